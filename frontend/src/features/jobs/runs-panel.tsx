/* Runs, newest first: what they are at, and what became of them. */
import { useState } from "react";
import { useJobKindsQuery, useRunsInfiniteQuery, type RunStatus } from "../../api/work";
import { asProblem } from "../../api/problem";
import type { Run } from "../../api/types";
import { ago, formatInstant } from "../../lib/day";
import { Button } from "../../ui/button";
import { Empty, Failed, Skeleton } from "../../ui/notice";
import { Cell, Head, Table } from "../../ui/table";
import { RunDialog } from "./run-dialog";
import { StartDialog } from "./start-dialog";
import { fold, sayingOf, type Folded } from "./fold";
import { Progress, Status, STATUSES } from "./status";
import { took } from "./took";

const BUSY_MS = 2000,
	IDLE_MS = 15_000;
const FILTER = "h-8 rounded-md border border-line bg-surface px-2 text-sm hover:border-ink-3";

const When = ({ run }: { run: Run }) => {
	const at = run.ended_at ?? run.started_at ?? run.run_at;
	return (
		<time dateTime={at} title={formatInstant(at)} className="text-ink-2">
			{ago(at)}
		</time>
	);
};

/* What is worth saying in a line. */
function Saying({ run }: { run: Run }) {
	if (run.status === "running") return <Progress run={run} />;
	return <span className="block truncate text-xs text-ink-3">{sayingOf(run)}</span>;
}

function Rows({
	rows,
	about,
	onOpen,
	onKind,
}: {
	rows: readonly Folded[];
	about: (kind: string) => string | undefined;
	onOpen: (id: string) => void;
	onKind: (kind: string) => void;
}) {
	const says = rows.some(({ run }) => run.status === "running" || sayingOf(run) !== "");
	const name = ({ run, count }: Folded) => (
		<div className="flex min-w-0 items-baseline gap-2">
			<button
				type="button"
				className="block max-w-full min-w-0 text-left leading-tight"
				onClick={() => {
					onOpen(run.id);
				}}
			>
				<span className="block truncate font-medium hover:text-accent">{run.kind}</span>
				<span className="block truncate text-xs text-ink-3">{about(run.kind)}</span>
			</button>
			{count > 1 && (
				<button
					type="button"
					aria-label={`All ${count} runs of ${run.kind}`}
					title={`${count} runs with nothing to say. Show each`}
					className="figures shrink-0 text-xs text-ink-3 hover:text-accent"
					onClick={() => {
						onKind(run.kind);
					}}
				>
					× {count}
				</button>
			)}
		</div>
	);
	return (
		<>
			<div className="hidden overflow-x-auto md:block">
				<Table label="Runs" className="table-fixed">
					<thead>
						<tr>
							<Head left className={says ? "w-[28%]" : ""}>
								Job
							</Head>
							<Head left className="w-28">
								Status
							</Head>
							{says && <Head left>What it says</Head>}
							<Head className="w-24">Failures</Head>
							<Head className="w-28">Took</Head>
							<Head className="w-36">When</Head>
						</tr>
					</thead>
					<tbody>
						{rows.map(({ run, count }) => (
							<tr key={run.id} className="hover:bg-sunken/60">
								<Cell left>{name({ run, count })}</Cell>
								<Cell left>
									<Status run={run} />
								</Cell>
								{says && (
									<Cell left>
										<Saying run={run} />
									</Cell>
								)}
								<Cell className="figures">{run.failures === 0 ? "–" : run.failures}</Cell>
								<Cell className="figures">{took(run) ?? "–"}</Cell>
								<Cell>
									<When run={run} />
								</Cell>
							</tr>
						))}
					</tbody>
				</Table>
			</div>
			<ul className="md:hidden">
				{rows.map(({ run, count }) => (
					<li key={run.id} className="space-y-1.5 border-b border-line py-2.5">
						<div className="flex items-start justify-between gap-3">
							{name({ run, count })}
							<span className="shrink-0 space-y-1 text-right text-xs">
								<Status run={run} />
								<span className="block">
									<When run={run} />
								</span>
							</span>
						</div>
						<Saying run={run} />
					</li>
				))}
			</ul>
		</>
	);
}

export function RunsPanel() {
	const [status, setStatus] = useState<RunStatus | "">("");
	const [kind, setKind] = useState("");
	const [shown, setShown] = useState<string | null>(null);
	const [starting, setStarting] = useState(false);
	const { data: kinds = [] } = useJobKindsQuery();
	const filter = { status: status || undefined, kind: kind || undefined };
	const [busy, setBusy] = useState(false);
	const { currentData, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
		useRunsInfiniteQuery(filter, {
			pollingInterval: busy ? BUSY_MS : IDLE_MS,
			skipPollingIfUnfocused: true,
		});
	const runs = currentData?.pages.flatMap((page) => page.items);
	const atWork = runs?.some((run) => run.status === "running" || run.status === "waiting") ?? false;
	if (atWork !== busy) setBusy(atWork);
	const about = (name: string) => kinds.find((one) => one.name === name)?.doc;
	const allowed = (name: string) => kinds.find((one) => one.name === name)?.allowed ?? false;
	const startable = kinds.filter((one) => one.allowed);
	const filtered = status !== "" || kind !== "";
	return (
		<section aria-label="Runs" className="space-y-3">
			<div className="flex flex-wrap items-center gap-2">
				<select
					aria-label="Status"
					className={FILTER}
					value={status}
					onChange={(event) => {
						setStatus(event.target.value as RunStatus | "");
					}}
				>
					<option value="">All states</option>
					{STATUSES.map(({ value, label }) => (
						<option key={value} value={value}>
							{label}
						</option>
					))}
				</select>
				<select
					aria-label="Job"
					className={FILTER}
					value={kind}
					onChange={(event) => {
						setKind(event.target.value);
					}}
				>
					<option value="">All jobs</option>
					{kinds.map((one) => (
						<option key={one.name}>{one.name}</option>
					))}
				</select>
				{startable.length > 0 && (
					<Button
						className="ml-auto"
						icon="plus"
						onClick={() => {
							setStarting(true);
						}}
					>
						Start a job
					</Button>
				)}
			</div>
			{error && !runs ? (
				<Failed what="The runs" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : !runs ? (
				<div className="space-y-2">
					{Array.from({ length: 6 }, (_, i) => (
						<Skeleton key={i} className="h-10 w-full" />
					))}
				</div>
			) : runs.length === 0 ? (
				<Empty
					icon="list"
					title={filtered ? "Nothing fits the filter" : "Nothing has run yet"}
					action={
						filtered ? (
							<Button
								onClick={() => {
									setStatus("");
									setKind("");
								}}
							>
								Show all
							</Button>
						) : undefined
					}
				>
					{filtered
						? "No run is of this job and state."
						: startable.length > 0
							? "Runs appear here when a schedule fires, or when you start a job."
							: "Runs appear here when a schedule fires."}
				</Empty>
			) : (
				<Rows
					rows={kind === "" ? fold(runs) : runs.map((run) => ({ run, count: 1 }))}
					about={about}
					onOpen={setShown}
					onKind={setKind}
				/>
			)}
			{hasNextPage && (
				<Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
					Older runs
				</Button>
			)}
			{shown && (
				<RunDialog
					id={shown}
					about={about}
					allowed={allowed}
					onClose={() => {
						setShown(null);
					}}
				/>
			)}
			{starting && (
				<StartDialog
					kinds={startable}
					onClose={() => {
						setStarting(false);
					}}
				/>
			)}
		</section>
	);
}
