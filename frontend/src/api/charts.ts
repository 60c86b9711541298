/* What a chart of prices asks beyond the prices: indicators, others' prices. */
import { marketApi } from "./market";
import { asProblem, type Problem } from "./problem";
import type { Prices, StudyPoint, StudyRow } from "./types";

export interface StudyQuery {
	symbol: string;
	name: string;
	params: Readonly<Record<string, number>>;
	from: string;
}

/* An indicator's lines by their names. */
export type StudyLines = Record<string, readonly StudyPoint[]>;

/* Several values a day have their names once; a single one needs none. */
interface Answer {
	outputs?: string[] | null;
	items: (StudyPoint & { values?: (number | null)[] | null })[];
}

export function linesOf({ outputs, items }: Answer): StudyLines {
	if (!outputs || outputs.length === 0) return { value: items };
	return Object.fromEntries(
		outputs.map((name, i) => [
			name,
			items.map(({ date, value, values }) => ({
				date,
				value: values && values.length > 0 ? (values[i] ?? null) : i === 0 ? value : null,
			})),
		]),
	);
}

/* "fast=12,slow=26" */
const asked = (params: Readonly<Record<string, number>>) =>
	Object.entries(params)
		.map(([name, value]) => `${name}=${value}`)
		.join(",") || undefined;

const studyApi = marketApi.injectEndpoints({
	endpoints: (build) => ({
		study: build.query<StudyLines, StudyQuery>({
			query: ({ symbol, name, params, from }) => ({
				path: "/indicators",
				query: { symbol, name, params: asked(params), from },
			}),
			transformResponse: linesOf,
		}),
		catalogue: build.query<StudyRow[], void>({
			query: () => ({ path: "/indicators/catalogue" }),
			keepUnusedDataFor: 3600,
		}),
	}),
});

export const { useCatalogueQuery } = studyApi;

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
