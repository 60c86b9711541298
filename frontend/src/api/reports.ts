/* What companies reported, and how the data of an asset stand. */
import { api } from "./base";
import type { Fact, Quality, Track, TrackIn, Tracking } from "./types";

export interface Facts {
	annual: readonly Fact[];
	quarter: readonly Fact[];
	instant: readonly Fact[];
}

const MOST = 500;
const of = (symbol: string, rest: string) => `/assets/${encodeURIComponent(symbol)}/${rest}`;

export const reportsApi = api.injectEndpoints({
	endpoints: (build) => ({
		facts: build.query<Facts, { symbol: string; metrics: readonly string[] }>({
			async queryFn({ symbol, metrics }, _api, _extra, ask) {
				const [annual, quarter, instant] = await Promise.all(
					(["annual", "quarter", "instant"] as const).map((period) =>
						ask({
							path: "/fundamentals",
							query: { symbol, metric: metrics.join(","), period, limit: MOST },
						}),
					),
				);
				const error = annual?.error ?? quarter?.error ?? instant?.error;
				if (error) return { error };
				const items = (answer: typeof annual) => (answer?.data as { items: Fact[] }).items;
				return { data: { annual: items(annual), quarter: items(quarter), instant: items(instant) } };
			},
			keepUnusedDataFor: 600,
			providesTags: ["tracks"],
		}),
		quality: build.query<Quality, string>({
			query: (symbol) => ({ path: of(symbol, "quality") }),
			providesTags: ["tracks"],
		}),
		tracking: build.query<Track[], string>({
			query: (symbol) => ({ path: of(symbol, "tracking") }),
			transformResponse: ({ items }: Tracking) => items,
			providesTags: ["tracks"],
		}),
		track: build.mutation<Tracking, { symbol: string; body: TrackIn }>({
			query: ({ symbol, body }) => ({ path: of(symbol, "tracking"), method: "POST", body }),
			invalidatesTags: (r) => (r ? ["tracks"] : []),
		}),
		untrack: build.mutation<null, string>({
			query: (symbol) => ({ path: of(symbol, "tracking"), method: "DELETE" }),
			invalidatesTags: (_r, e) => (e ? [] : ["tracks"]),
		}),
		backfill: build.mutation<Tracking, { symbol: string; body: TrackIn }>({
			query: ({ symbol, body }) => ({ path: of(symbol, "backfill"), method: "POST", body }),
			invalidatesTags: (r) => (r ? ["tracks"] : []),
		}),
	}),
});

export const {
	useFactsQuery,
	useQualityQuery,
	useTrackingQuery,
	useTrackMutation,
	useUntrackMutation,
	useBackfillMutation,
} = reportsApi;
