/* The whole market at once: what there is, its quotes, how far it has come. */
import { api } from "./base";
import type { Amount } from "../lib/money";
import { daysAfter, today } from "../lib/day";
import type { Asset, Compared, Exchange, FxTable, Page, Profile, Quote } from "./types";

const QUOTES_AT_ONCE = 50,
	COMPARED_AT_ONCE = 12,
	ASSETS_MAX = 200;

export const SPANS = ["5d", "1m", "3m", "ytd", "1y"] as const;
export type Span = (typeof SPANS)[number];

function parts<T>(list: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
		list.slice(i * size, (i + 1) * size),
	);
}

export const marketsApi = api.injectEndpoints({
	endpoints: (build) => ({
		universe: build.query<Asset[], void>({
			query: () => ({ path: "/assets", query: { limit: ASSETS_MAX } }),
			transformResponse: (page: Page<Asset>) => page.items,
			keepUnusedDataFor: 600,
		}),
		allQuotes: build.query<Quote[], readonly string[]>({
			async queryFn(symbols, _api, _extra, ask) {
				const answers = await Promise.all(
					parts(symbols, QUOTES_AT_ONCE).map((some) =>
						ask({ path: "/quotes", query: { symbols: some.join(",") } }),
					),
				);
				const failed = answers.find(({ error }) => error);
				if (failed?.error) return { error: failed.error };
				return { data: answers.flatMap(({ data }) => (data as { items: Quote[] }).items) };
			},
		}),
		/* Returns with dividends over a span, and a few points on the way. */
		spans: build.query<Compared[], { symbols: readonly string[]; span: Span; points?: number }>({
			async queryFn({ symbols, span, points = 10 }, _api, _extra, ask) {
				const answers = await Promise.all(
					parts(symbols, COMPARED_AT_ONCE).map((some) =>
						ask({ path: "/compare", query: { symbols: some.join(","), range: span, points } }),
					),
				);
				const failed = answers.find(({ error }) => error);
				if (failed?.error) return { error: failed.error };
				return { data: answers.flatMap(({ data }) => (data as { items: Compared[] }).items) };
			},
			keepUnusedDataFor: 300,
		}),
		/* Of a day and a week before it; none where no rates are kept. */
		rates: build.query<{ now: FxTable; before: FxTable }, string>({
			async queryFn(base, _api, _extra, ask) {
				const [now, before] = await Promise.all([
					ask({ path: "/fx", query: { base } }),
					ask({ path: "/fx", query: { base, date: daysAfter(today(), -7) } }),
				]);
				const error = now.error ?? before.error;
				return error
					? { error }
					: { data: { now: now.data as FxTable, before: before.data as FxTable } };
			},
			keepUnusedDataFor: 600,
		}),
		exchanges: build.query<Exchange[], void>({ query: () => ({ path: "/calendar/exchanges" }) }),
		marketValues: build.query<Record<string, Amount>, readonly string[]>({
			async queryFn(symbols, _api, _extra, ask) {
				const answers = await Promise.all(
					symbols.map((symbol) => ask({ path: `/assets/${encodeURIComponent(symbol)}` })),
				);
				return {
					data: Object.fromEntries(
						answers.flatMap(({ data }) => {
							const { symbol, market_cap } = (data ?? {}) as Partial<Profile>;
							return symbol && market_cap ? [[symbol, market_cap] as const] : [];
						}),
					),
				};
			},
			keepUnusedDataFor: 3600,
		}),
	}),
});

export const {
	useUniverseQuery,
	useAllQuotesQuery,
	useSpansQuery,
	useMarketValuesQuery,
	useRatesQuery,
	useExchangesQuery,
} = marketsApi;
