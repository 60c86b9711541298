/*
 * Every address of the app, so that a link cannot be misspelt. A dot in a
 * symbol is a tilde in its address: what ends like a file's name is a file's.
 */
const symbolPath = (symbol: string) => encodeURIComponent(symbol.replaceAll(".", "~"));
export const symbolOf = (part: string) => part.replaceAll("~", ".");

export const paths = {
	home: "/",
	login: "/login",
	portfolio: (id: string) => `/portfolios/${id}`,
	position: (id: string, symbol: string) => `/portfolios/${id}/positions/${symbolPath(symbol)}`,
	trades: (id: string, symbol?: string) =>
		`/portfolios/${id}/trades${symbol ? `?symbol=${encodeURIComponent(symbol)}` : ""}`,
	asset: (symbol: string) => `/markets/${symbolPath(symbol)}`,
	markets: "/markets",
	instruments: "/instruments",
	jobs: "/jobs",
	providers: "/providers",
	docs: "/docs/",
};

/* Where to go after logging in: only a path of our own. */
export function safeReturn(to: string | null): string {
	return to?.startsWith("/") && !to.startsWith("//") && !to.includes("\\") ? to : paths.home;
}
