/* What a chart of prices asks beyond the prices: indicators, others' prices. */
import { marketApi } from "./market";
import { asProblem, type Problem } from "./problem";
import type { Prices, Study, StudyPoint } from "./types";

export interface StudyQuery {
	symbol: string;
	name: string;
	params: Readonly<Record<string, number>>;
	from: string;
}

/* An indicator's lines by their names. */
export type StudyLines = Record<string, readonly StudyPoint[]>;

const studyApi = marketApi.injectEndpoints({
	endpoints: (build) => ({
		study: build.query<StudyLines, StudyQuery>({
			query: ({ symbol, name, params, from }) => ({
				path: "/indicators",
				query: { symbol, name, ...params, from },
			}),
			transformResponse: ({ items }: Study) => ({ value: items }),
		}),
	}),
});

const chartApi = studyApi.injectEndpoints({
	endpoints: (build) => ({
		/* Several at once: one that fails leaves the others be. */
		studies: build.query<(StudyLines | Problem)[], readonly StudyQuery[]>({
			async queryFn(list, { dispatch }) {
				const answers = list.map((one) =>
					dispatch(studyApi.endpoints.study.initiate(one, { subscribe: false })),
				);
				return {
					data: (await Promise.all(answers)).map(({ data, error }) => data ?? asProblem(error)),
				};
			},
			keepUnusedDataFor: 0,
		}),
		compared: build.query<Prices[], { symbols: readonly string[]; from: string }>({
			async queryFn({ symbols, from }, { dispatch }) {
				const answers = symbols.map((symbol) =>
					dispatch(marketApi.endpoints.prices.initiate({ symbol, from }, { subscribe: false })),
				);
				return { data: (await Promise.all(answers)).flatMap(({ data }) => data ?? []) };
			},
			keepUnusedDataFor: 0,
		}),
	}),
});

export const { useStudiesQuery, useComparedQuery } = chartApi;
