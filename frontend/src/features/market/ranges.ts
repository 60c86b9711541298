/* How far back a chart of prices goes. */
import { daysAfter, today, type Day } from "../../lib/day";

export const RANGES = ["1D", "1W", "1M", "3M", "6M", "YTD", "1Y", "5Y", "MAX"] as const;
export type Range = (typeof RANGES)[number];

const DAYS: Partial<Record<Range, number>> = {
	"1D": 6 /* a long weekend, and the session before it */,
	"1W": 7,
	"1M": 31,
	"3M": 92,
	"6M": 183,
	"1Y": 365,
	"5Y": 1826,
};

/* The first day of a range that ends on `now`. */
export function rangeStart(range: Range, now = today()): Day {
	const back = DAYS[range];
	if (back !== undefined) return daysAfter(now, -back);
	return (range === "YTD" ? `${now.slice(0, 4)}-01-01` : "1970-01-01") as Day;
}

/* A year and the days around its first one that have no price. */
export const yearBack = (now = today()): Day => daysAfter(now, -380);
