/* The chart with its ranges, its legend under the cursor, and its data as a
 * table and as CSV. */
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { RANGES, useHistoryQuery, type Range } from "../../api/analytics";
import { asProblem } from "../../api/problem";
import { useMoved } from "../../api/quotes";
import type { History, HistoryDay, Position, Summary } from "../../api/types";
import { csv, saveFile } from "../../lib/csv";
import { formatDay, sessionOf } from "../../lib/day";
import { add, isNegative, isZero, negate, ratio } from "../../lib/money";
import { Attribution } from "../../ui/attribution";
import { IconButton } from "../../ui/button";
import { Money, Percent } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Segmented } from "../../ui/segmented";
import { Cell, Head, Table } from "../../ui/table";
import { Toggle } from "../../ui/toggle";
import { notableFlows } from "./flows";
import type { Mode } from "./history-chart";

const HistoryChart = lazy(() => import("./history-chart"));
const MODES = [
	{ value: "value", label: "Value" },
	{ value: "return", label: "Return" },
] as const;

const HEAD = ["date", "value", "cash", "flow", "return", "benchmark_return", "drawdown"] as const;

function saveHistory(history: History) {
	saveFile(
		`history-${history.from ?? ""}-${history.to ?? ""}.csv`,
		csv(
			HEAD,
			history.days.map((day) => HEAD.map((name) => day[name])),
		),
	);
}

function Legend({
	history,
	index,
	day,
	benchmark,
	drawdown,
}: {
	index: number | null;
	history: History;
	day: HistoryDay | undefined;
	benchmark: boolean;
	drawdown: boolean;
}) {
	if (!day) return null;
	return (
		<p className="flex flex-wrap items-baseline gap-x-4 text-xs text-ink-3" aria-live="off">
			<span className="figures min-w-22 text-ink-2">{formatDay(day.date)}</span>
			<span>
				Value <Money value={day.value} className="text-ink" />
			</span>
			<span>
				Return <Percent value={day.return} signed coloured />
			</span>
			{benchmark && history.benchmark && (
				<span className="inline-flex items-baseline gap-1.5">
					<i className="inline-block h-0.5 w-3 self-center bg-(--c3)" />
					{history.benchmark} <Percent value={day.benchmark_return} signed className="text-ink" />
				</span>
			)}
			{index !== 0 && !isZero(day.flow) && (
				<span>
					{isNegative(day.flow) ? "Paid out" : "Paid in"}{" "}
					<Money value={isNegative(day.flow) ? negate(day.flow) : day.flow} className="text-ink" />
				</span>
			)}
			{drawdown && (
				<span>
					Drawdown <Percent value={day.drawdown} className="text-ink" />
				</span>
			)}
		</p>
	);
}

function HistoryTable({ history }: { history: History }) {
	return (
		<div
			className="absolute inset-0 overflow-y-auto"
			tabIndex={0}
			role="region"
			aria-label="Daily values"
		>
			<Table label="Daily values">
				<thead className="sticky top-0 bg-paper">
					<tr>
						<Head left>Day</Head>
						<Head>Value ({history.currency})</Head>
						<Head>Flow</Head>
						<Head>Return</Head>
						<Head>{history.benchmark ?? "Benchmark"}</Head>
						<Head>Drawdown</Head>
					</tr>
				</thead>
				<tbody>
					{[...history.days].reverse().map((day) => (
						<tr key={day.date} className="[&>td]:h-7">
							<Cell left>{formatDay(day.date)}</Cell>
							<Cell>
								<Money value={day.value} />
							</Cell>
							<Cell>
								<Money value={day.flow} signed />
							</Cell>
							<Cell>
								<Percent value={day.return} signed />
							</Cell>
							<Cell>
								<Percent value={day.benchmark_return} signed />
							</Cell>
							<Cell>
								<Percent value={day.drawdown} />
							</Cell>
						</tr>
					))}
				</tbody>
			</Table>
		</div>
	);
}

const summaryOf = ({ from, to, days }: History) =>
	from && to
		? `Chart of ${days.length} days, ${formatDay(from)} to ${formatDay(to)}. The table shows the same.`
		: "Chart";

/*
 * Today's point at the value now. Only when the last day is the summary's
 * own: an earlier day's close does not move.
 */
function useLive(
	history: History | undefined,
	summary: Summary | undefined,
	positions: readonly Position[] | undefined,
) {
	const moved = useMoved(positions);
	return useMemo(() => {
		const last = history?.days.at(-1);
		if (!last || !summary || last.date !== sessionOf(summary.as_of)) return last;
		const value = add(summary.value, moved),
			grown = ratio(value, last.value);
		return {
			...last,
			value,
			return: last.return === null || grown === null ? last.return : (1 + last.return) * grown - 1,
		};
	}, [history, summary, moved]);
}

export function HistoryPanel({
	portfolio,
	summary,
	positions,
	note,
}: {
	portfolio: string;
	summary: Summary | undefined;
	positions: readonly Position[] | undefined;
	note?: ReactNode; /* what is to be known of the days shown */
}) {
	const [range, setRange] = useState<Range>("1Y");
	const [mode, setMode] = useState<Mode>("value");
	const [benchmark, setBenchmark] = useState(true);
	const [drawdown, setDrawdown] = useState(false);
	const [log, setLog] = useState(false);
	const [table, setTable] = useState(false);
	const [hovered, setHovered] = useState<number | null>(null);
	const { data, currentData, error, isFetching, refetch } = useHistoryQuery({ portfolio, range });
	const history = currentData ?? data;
	const live = useLive(history, summary, positions);
	const paid = useMemo(() => {
		const flows = table ? [] : notableFlows(history?.days ?? []);
		const out = flows.filter(({ flow }) => isNegative(flow)).length;
		return { in: flows.length > out, out: out > 0 };
	}, [history, table]);
	return (
		<section aria-label="History" className="flex min-w-0 flex-col gap-2">
			<div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
				<Segmented
					label="Range"
					quiet
					value={range}
					onChange={setRange}
					className="-ml-2"
					options={RANGES.map((value) => ({ value, label: value }))}
				/>
				<div className="flex flex-wrap items-center gap-1">
					{mode === "return" && history?.benchmark && (
						<Toggle pressed={benchmark} onChange={setBenchmark}>
							{history.benchmark}
						</Toggle>
					)}
					{mode === "value" && (
						<Toggle pressed={log} onChange={setLog} title="Equal steps for equal gains">
							Log
						</Toggle>
					)}
					<Toggle pressed={drawdown} onChange={setDrawdown}>
						Drawdown
					</Toggle>
					<Segmented
						label="Show"
						value={mode}
						onChange={setMode}
						options={MODES}
						className="ml-1"
					/>
					<IconButton
						icon={table ? "chart" : "table"}
						label={table ? "Show as chart" : "Show as table"}
						aria-pressed={table}
						onClick={() => {
							setTable(!table);
						}}
					/>
					<IconButton
						icon="download"
						label="Save as CSV"
						disabled={!history}
						onClick={() => {
							if (history) saveHistory(history);
						}}
					/>
				</div>
			</div>
			<div className="flex min-h-4 flex-wrap items-center justify-between gap-x-4 gap-y-1">
				{history && history.days.length > 0 && (
					<Legend
						history={history}
						index={hovered}
						day={
							hovered === null || hovered === history.days.length - 1
								? live
								: history.days[hovered]
						}
						benchmark={benchmark && mode === "return"}
						drawdown={drawdown}
					/>
				)}
				{note}
			</div>
			<div className="relative h-64 sm:h-80 lg:h-auto lg:min-h-80 lg:flex-1" aria-busy={isFetching}>
				{error && !history ? (
					<Failed
						what="The history"
						problem={asProblem(error)}
						onRetry={() => void refetch()}
						className="h-full"
					/>
				) : !history ? (
					<Skeleton className="h-full w-full" />
				) : history.days.length < 2 ? (
					<p className="flex h-full items-center justify-center text-sm text-ink-3">
						The chart begins with the second day.
					</p>
				) : table ? (
					<HistoryTable history={history} />
				) : (
					<div role="img" aria-label={summaryOf(history)} className="absolute inset-0">
						<Suspense fallback={<Skeleton className="h-full w-full" />}>
							<HistoryChart
								days={history.days}
								live={live}
								mode={mode}
								benchmark={benchmark}
								drawdown={drawdown}
								log={log && mode === "value"}
								onHover={setHovered}
							/>
						</Suspense>
					</div>
				)}
			</div>
			<div className="flex flex-wrap justify-between gap-x-4">
				<Attribution />
				{mode === "value" && (paid.in || paid.out) && (
					<p className="flex items-center gap-3 text-2xs text-ink-3" aria-hidden="true">
						{paid.in && (
							<span className="flex items-center gap-1">
								<i className="size-1.5 rounded-full bg-ink-3" />
								paid in
							</span>
						)}
						{paid.out && (
							<span className="flex items-center gap-1">
								<i className="size-1.5 rounded-full bg-loss" />
								paid out
							</span>
						)}
					</p>
				)}
			</div>
		</section>
	);
}
