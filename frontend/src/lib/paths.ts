/* Every address of the app, so that a link cannot be misspelt. */
export const paths = {
	home: "/",
	login: "/login",
	portfolio: (id: string) => `/portfolios/${id}`,
	position: (id: string, symbol: string) => `/portfolios/${id}/positions/${encodeURIComponent(symbol)}`,
	trades: (id: string, symbol?: string) =>
		`/portfolios/${id}/trades${symbol ? `?symbol=${encodeURIComponent(symbol)}` : ""}`,
	asset: (symbol: string) => `/assets/${encodeURIComponent(symbol)}`,
	markets: "/markets",
	jobs: "/jobs",
	docs: "/docs/",
};

/* Where to go after logging in: only a path of our own. */
export function safeReturn(to: string | null): string {
	return to?.startsWith("/") && !to.startsWith("//") && !to.includes("\\") ? to : paths.home;
}
