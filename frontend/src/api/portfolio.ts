import { api } from "./base";
import { book } from "./tags";
import type {
	ActIn,
	Activity,
	ActivityKind,
	CashIn,
	DividendIn,
	Lot,
	Page,
	Portfolio,
	PortfolioChange,
	PortfolioIn,
	Position,
	PositionDetail,
	TradeIn,
} from "./types";

interface Keyed {
	portfolio: string;
	key: string; /* Idempotency-Key: the same for a repeated attempt */
}

export interface ActivityFilter {
	portfolio: string;
	symbol?: string | undefined;
	kind?: ActivityKind | undefined;
	limit?: number;
}

const at = (portfolio: string, rest = "") => `/portfolios/${portfolio}${rest}`;
const post = (portfolio: string, rest: string, key: string, body: unknown) =>
	({ path: at(portfolio, rest), method: "POST", body, headers: { "Idempotency-Key": key } }) as const;

const ifMatch = ({ version }: Portfolio) => ({ "If-Match": `"v${version}"` });

export const portfolioApi = api.injectEndpoints({
	endpoints: (build) => ({
		portfolios: build.query<Portfolio[], void>({
			query: () => ({ path: "/portfolios", query: { limit: 200 } }),
			transformResponse: (page: Page<Portfolio>) => page.items,
			providesTags: ["portfolios"],
		}),
		createPortfolio: build.mutation<Portfolio, PortfolioIn & { key: string }>({
			query: ({ key, ...body }) => ({
				path: "/portfolios",
				method: "POST",
				body,
				headers: { "Idempotency-Key": key },
			}),
			invalidatesTags: ["portfolios"],
		}),
		changePortfolio: build.mutation<Portfolio, { portfolio: Portfolio; change: PortfolioChange }>({
			query: ({ portfolio, change }) => ({
				path: at(portfolio.id),
				method: "PATCH",
				body: change,
				headers: ifMatch(portfolio),
			}),
			// Also when refused: somebody else may have changed it.
			invalidatesTags: (r, _e, { portfolio, change }) =>
				r && (change.benchmark || change.cost_method)
					? ["portfolios", book(portfolio.id)]
					: ["portfolios"],
		}),
		removePortfolio: build.mutation<null, Portfolio>({
			query: (portfolio) => ({ path: at(portfolio.id), method: "DELETE", headers: ifMatch(portfolio) }),
			invalidatesTags: ["portfolios"],
		}),
		positions: build.query<Position[], string>({
			query: (id) => ({ path: at(id, "/positions") }),
			transformResponse: (page: Page<Position>) => page.items,
			providesTags: (_r, _e, id) => [book(id)],
		}),
		position: build.query<PositionDetail, { portfolio: string; symbol: string }>({
			query: ({ portfolio, symbol }) => ({
				path: at(portfolio, `/positions/${encodeURIComponent(symbol)}`),
			}),
			providesTags: (_r, _e, { portfolio }) => [book(portfolio)],
		}),
		activities: build.infiniteQuery<Page<Activity>, ActivityFilter, string | null>({
			infiniteQueryOptions: {
				initialPageParam: null,
				getNextPageParam: (last) => last.next_cursor ?? undefined,
			},
			query: ({ queryArg: { portfolio, limit = 50, ...filter }, pageParam }) => ({
				path: at(portfolio, "/activities"),
				query: { ...filter, limit, cursor: pageParam ?? undefined },
			}),
			providesTags: (_r, _e, { portfolio }) => [book(portfolio)],
		}),
		lots: build.query<Lot[], { portfolio: string; symbol: string }>({
			query: ({ portfolio, symbol }) => ({
				path: at(portfolio, `/positions/${encodeURIComponent(symbol)}/lots`),
				query: { limit: 200 },
			}),
			transformResponse: (page: Page<Lot>) => page.items,
			providesTags: (_r, _e, { portfolio }) => [book(portfolio)],
		}),
		recordAct: build.mutation<{ activity: Activity }, Keyed & { act: ActIn }>({
			query: ({ portfolio, key, act }) => post(portfolio, "/activities", key, act),
			invalidatesTags: (r, _e, { portfolio }) => (r ? [book(portfolio)] : []),
		}),
		recordTrade: build.mutation<{ activity: Activity }, Keyed & { trade: TradeIn }>({
			query: ({ portfolio, key, trade }) => post(portfolio, "/trades", key, trade),
			invalidatesTags: (r, _e, { portfolio }) => (r ? [book(portfolio)] : []),
		}),
		recordCash: build.mutation<{ activity: Activity }, Keyed & { cash: CashIn }>({
			query: ({ portfolio, key, cash }) => post(portfolio, "/cash", key, cash),
			invalidatesTags: (r, _e, { portfolio }) => (r ? [book(portfolio)] : []),
		}),
		recordDividend: build.mutation<{ activity: Activity }, Keyed & { dividend: DividendIn }>({
			query: ({ portfolio, key, dividend }) => post(portfolio, "/dividends", key, dividend),
			invalidatesTags: (r, _e, { portfolio }) => (r ? [book(portfolio)] : []),
		}),
		deleteActivity: build.mutation<null, { portfolio: string; activity: string }>({
			query: ({ portfolio, activity }) => ({
				path: at(portfolio, `/activities/${activity}`),
				method: "DELETE",
			}),
			invalidatesTags: (_r, e, { portfolio }) => (e ? [] : [book(portfolio)]),
		}),
	}),
});

export const {
	usePortfoliosQuery,
	useCreatePortfolioMutation,
	useChangePortfolioMutation,
	useRemovePortfolioMutation,
	usePositionsQuery,
	usePositionQuery,
	useActivitiesInfiniteQuery,
	useLotsQuery,
	useRecordActMutation,
	useRecordTradeMutation,
	useRecordCashMutation,
	useRecordDividendMutation,
	useDeleteActivityMutation,
} = portfolioApi;

/* Gone at once, lest the way home leads back to it. */
export const portfolioRemoved = (id: string) =>
	portfolioApi.util.updateQueryData("portfolios", undefined, (list) => list.filter((one) => one.id !== id));
