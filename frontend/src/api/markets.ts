/* The whole market at once: what there is, its quotes, how far it has come. */
import { api } from "./base";
import type { Amount } from "../lib/money";
import { daysAfter, today } from "../lib/day";
import type { AssetFilter } from "./market";
import type {
	Asset,
	Compared,
	Exchange,
	FxConversion,
	FxHistory,
	FxTable,
	Mover,
	Page,
	Profile,
	Quote,
} from "./types";

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
		/* Pairs' ways, for the lines beside their rates. */
		rateHistories: build.query<
			Record<string, FxHistory["items"]>,
			{ base: string; quotes: readonly string[] }
		>({
			async queryFn({ base, quotes }, _api, _extra, ask) {
				const answers = await Promise.all(
					quotes.map((quote) => ask({ path: "/fx/history", query: { base, quote, range: "3m" } })),
				);
				return {
					data: Object.fromEntries(
						answers.flatMap(({ data }) => {
							const told = data as FxHistory | undefined;
							return told ? [[told.quote, told.items] as const] : [];
						}),
					),
				};
			},
			keepUnusedDataFor: 600,
		}),
		conversion: build.query<FxConversion, { from: string; to: string; amount: Amount }>({
			query: ({ from, to, amount }) => ({ path: "/fx/convert", query: { from, to, amount } }),
		}),
		movers: build.query<Mover[], { kind: "gainers" | "losers" | "active"; limit: number }>({
			query: (query) => ({ path: "/market/movers", query }),
			transformResponse: ({ items }: { items: Mover[] }) => items,
		}),
		/* Of one kind, by symbol: indices, funds. */
		ofKind: build.query<Asset[], { kind: string; limit: number }>({
			query: (query) => ({ path: "/assets", query }),
			transformResponse: (page: Page<Asset>) => page.items,
			keepUnusedDataFor: 600,
		}),
		listed: build.infiniteQuery<Page<Asset>, AssetFilter, string | null>({
			infiniteQueryOptions: {
				initialPageParam: null,
				getNextPageParam: (last) => last.next_cursor ?? undefined,
			},
			query: ({ queryArg: { tracked, ...filter }, pageParam }) => ({
				path: "/assets",
				query: {
					...filter,
					...(tracked ? { tracked: "true" } : {}),
					limit: QUOTES_AT_ONCE,
					cursor: pageParam ?? undefined,
				},
			}),
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
	useRateHistoriesQuery,
	useConversionQuery,
	useMoversQuery,
	useOfKindQuery,
	useListedInfiniteQuery,
} = marketsApi;
