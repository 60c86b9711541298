/* Joining class names, and finding words in words. */
export const cx = (...names: (string | false | null | undefined)[]) => names.filter(Boolean).join(" ");

/* How well `query` fits `text`: higher is better, 0 not at all. */
export function fit(text: string, query: string): number {
	const where = text.toLowerCase(),
		what = query.trim().toLowerCase();
	if (what === "") return 1;
	if (where.startsWith(what)) return 4;
	if (where.includes(` ${what}`)) return 3;
	if (where.includes(what)) return 2;
	let at = 0;
	for (const c of where) if (c === what[at]) at++;
	return at === what.length ? 1 : 0;
}

export const plural = (count: number, one: string, many = `${one}s`) =>
	`${count} ${count === 1 ? one : many}`;

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
