/* What a change makes out of date. `book` (by portfolio) is all that follows
 * from a portfolio's activities: positions, cash, summary, history. */
export const TAGS = ["me", "portfolios", "book", "runs", "schedules", "keys", "tracks"] as const;

export const book = (id: string) => ({ type: "book", id }) as const;
