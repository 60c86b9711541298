import { api } from "./base";
import { book } from "./tags";
import type { Allocation, History, Summary } from "./types";

export const RANGES = ["1M", "3M", "6M", "YTD", "1Y", "5Y", "MAX"] as const;
export type Range = (typeof RANGES)[number];

export const analyticsApi = api.injectEndpoints({
	endpoints: (build) => ({
		summary: build.query<Summary, string>({
			query: (id) => ({ path: `/portfolios/${id}/summary` }),
			transformResponse: ({ reasons, warnings, ...rest }: Summary) => ({
				...rest,
				reasons: reasons ?? {},
				warnings: warnings ?? [],
			}),
			providesTags: (_r, _e, id) => [book(id)],
		}),
		history: build.query<History, { portfolio: string; range: Range }>({
			query: ({ portfolio, range }) => ({ path: `/portfolios/${portfolio}/history`, query: { range } }),
			providesTags: (_r, _e, { portfolio }) => [book(portfolio)],
		}),
		allocation: build.query<Allocation, string>({
			query: (id) => ({ path: `/portfolios/${id}/allocation` }),
			providesTags: (_r, _e, id) => [book(id)],
		}),
	}),
});

export const { useSummaryQuery, useHistoryQuery, useAllocationQuery } = analyticsApi;
