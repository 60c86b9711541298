/* Jobs: runs, what can be run, when, and who works on them. */
import { api } from "./base";
import type { JobKind, Page, Run, RunLog, Schedule, ScheduleChange, Worker } from "./types";

export type RunStatus = Run["status"];
export interface RunFilter {
	status?: RunStatus | undefined;
	kind?: string | undefined;
}

const items = <T>(page: Page<T>) => page.items;

export const workApi = api.injectEndpoints({
	endpoints: (build) => ({
		runs: build.infiniteQuery<Page<Run>, RunFilter, string | null>({
			infiniteQueryOptions: {
				initialPageParam: null,
				getNextPageParam: (last) => last.next_cursor ?? undefined,
			},
			query: ({ queryArg, pageParam }) => ({
				path: "/jobs/runs",
				query: { ...queryArg, limit: 50, cursor: pageParam ?? undefined },
			}),
			providesTags: ["runs"],
		}),
		run: build.query<RunLog, string>({
			query: (id) => ({ path: `/jobs/runs/${id}` }),
			providesTags: ["runs"],
		}),
		startRun: build.mutation<Run, { key: string; kind: string; args: Record<string, unknown> }>({
			query: ({ key, kind, args }) => ({
				path: "/jobs/runs",
				method: "POST",
				body: { kind, ...(Object.keys(args).length > 0 ? { args } : {}) },
				headers: { "Idempotency-Key": key },
			}),
			invalidatesTags: ["runs"],
		}),
		commandRun: build.mutation<Run, { id: string; command: "retry" | "cancel" }>({
			query: ({ id, command }) => ({ path: `/jobs/runs/${id}/${command}`, method: "POST" }),
			invalidatesTags: ["runs"],
		}),
		jobKinds: build.query<JobKind[], void>({
			query: () => ({ path: "/jobs/kinds", query: { limit: 200 } }),
			transformResponse: items<JobKind>,
			keepUnusedDataFor: 600,
		}),
		workers: build.query<Worker[], void>({
			query: () => ({ path: "/jobs/workers", query: { limit: 200 } }),
			transformResponse: items<Worker>,
		}),
		schedules: build.query<Schedule[], void>({
			query: () => ({ path: "/jobs/schedules", query: { limit: 200 } }),
			transformResponse: items<Schedule>,
			providesTags: ["schedules"],
		}),
		changeSchedule: build.mutation<Schedule, { schedule: Schedule; change: ScheduleChange }>({
			query: ({ schedule: { id, version }, change }) => ({
				path: `/jobs/schedules/${id}`,
				method: "PATCH",
				body: change,
				headers: { "If-Match": `"v${version}"` },
			}),
			invalidatesTags: ["schedules"],
		}),
		runSchedule: build.mutation<Run, { id: string; key: string }>({
			query: ({ id, key }) => ({
				path: `/jobs/schedules/${id}/run`,
				method: "POST",
				headers: { "Idempotency-Key": key },
			}),
			invalidatesTags: ["runs"],
		}),
	}),
});

export const {
	useRunsInfiniteQuery,
	useRunQuery,
	useStartRunMutation,
	useCommandRunMutation,
	useJobKindsQuery,
	useWorkersQuery,
	useSchedulesQuery,
	useChangeScheduleMutation,
	useRunScheduleMutation,
} = workApi;
