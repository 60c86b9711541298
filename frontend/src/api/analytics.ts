import { daysAfter, today } from "../lib/day";
import { api } from "./base";
import { book } from "./tags";
import type { Allocation, History, Summary } from "./types";

export const RANGES = ["1W", "1M", "3M", "6M", "YTD", "1Y", "5Y", "MAX"] as const;
export type Range = (typeof RANGES)[number];

/* A week is said by its first day: the server's own ranges begin with a month. */
const span = (range: Range) => (range === "1W" ? { from: daysAfter(today(), -7) } : { range });

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
			query: ({ portfolio, range }) => ({
				path: `/portfolios/${portfolio}/history`,
				query: span(range),
			}),
			providesTags: (_r, _e, { portfolio }) => [book(portfolio)],
		}),
		allocation: build.query<Allocation, string>({
			query: (id) => ({ path: `/portfolios/${id}/allocation` }),
			providesTags: (_r, _e, id) => [book(id)],
		}),
	}),
});

export const { useSummaryQuery, useHistoryQuery, useAllocationQuery } = analyticsApi;
