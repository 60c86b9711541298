import { api } from "./base";
import type { Asset, Page, Prices, Profile, Quote } from "./types";

/* Two a pixel of a wide chart. */
export const POINTS = 1600;

/* What an instrument must be; undefined: anything. */
export interface AssetFilter {
	q?: string | undefined;
	kind?: string | undefined;
	exchange?: string | undefined;
	currency?: string | undefined;
	sector?: string | undefined;
	tracked?: boolean | undefined;
}

export const marketApi = api.injectEndpoints({
	endpoints: (build) => ({
		assets: build.query<Asset[], AssetFilter>({
			query: ({ tracked: _all, ...filter }) => ({ path: "/assets", query: { ...filter, limit: 8 } }),
			transformResponse: (page: Page<Asset>) => page.items,
			keepUnusedDataFor: 300,
		}),
		profile: build.query<Profile, string>({
			query: (symbol) => ({ path: `/assets/${encodeURIComponent(symbol)}` }),
			keepUnusedDataFor: 600,
		}),
		/* Daily; of more days than a chart has room for, those that stand out. */
		prices: build.query<Prices, { symbol: string; from: string; whole?: boolean }>({
			query: ({ symbol, from, whole }) => ({
				path: "/prices",
				query: { symbol, from, points: whole ? undefined : POINTS },
			}),
		}),
		/* Within the newest day that has any. */
		intraday: build.query<Prices, { symbol: string; from: string }>({
			query: ({ symbol, from }) => ({ path: "/prices", query: { symbol, from, interval: "5m" } }),
			transformResponse: (prices: Prices) => {
				const day = prices.items.at(-1)?.date;
				return { ...prices, items: prices.items.filter(({ date }) => date === day) };
			},
		}),
		/* Those of the symbols whose history is made up, whatever their quotes are. */
		simulated: build.query<string[], readonly string[]>({
			async queryFn(symbols, _api, _extra, ask) {
				const answers = await Promise.all(
					symbols.map((symbol) => ask({ path: "/prices", query: { symbol, limit: 1 } })),
				);
				return {
					data: answers.flatMap(({ data }) => {
						const { simulated, symbol } = (data ?? {}) as Partial<Prices>;
						return simulated && symbol ? [symbol] : [];
					}),
				};
			},
			keepUnusedDataFor: 3600,
		}),
		quote: build.query<Quote | null, string>({
			query: (symbols) => ({ path: "/quotes", query: { symbols } }),
			transformResponse: ({ items }: { items: Quote[] }) => items[0] ?? null,
		}),
	}),
});

export const {
	useAssetsQuery,
	useProfileQuery,
	usePricesQuery,
	useIntradayQuery,
	useSimulatedQuery,
	useQuoteQuery,
} = marketApi;
