/* What a company reported, as bars side by side and as a table. The period
 * under the pointer, or chosen by the arrow keys, is the one that is told. */
import { useMemo, useState, type ReactNode } from "react";
import { useFactsQuery } from "../../api/reports";
import { asProblem } from "../../api/problem";
import { formatDay, type Day } from "../../lib/day";
import { toPlot } from "../../lib/money";
import { cx } from "../../lib/text";
import { IconButton } from "../../ui/button";
import { None, Percent } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Segmented } from "../../ui/segmented";
import { Cell, Head, Table } from "../../ui/table";
import {
	barPlaces,
	exact,
	growth,
	METRICS,
	periodName,
	periodShort,
	reportsOf,
	reportText,
	reportUnit,
	type ReportRow,
	type Reports,
	type Span,
} from "./reports";

const HEIGHT = 64,
	STEP = 10;

function Bars({ row, at, onAt }: { row: ReportRow; at: number; onAt: (index: number | null) => void }) {
	const { zero, bars } = useMemo(() => barPlaces(row.values.map((one) => one && toPlot(one.value))), [row]);
	const width = bars.length * STEP;
	return (
		<svg
			viewBox={`0 0 ${width} ${HEIGHT}`}
			preserveAspectRatio="none"
			className="mt-2 h-16 w-full"
			aria-hidden="true"
			onPointerMove={(event) => {
				const box = event.currentTarget.getBoundingClientRect();
				onAt(
					Math.max(
						0,
						Math.min(
							bars.length - 1,
							Math.floor(((event.clientX - box.left) / box.width) * bars.length),
						),
					),
				);
			}}
			onPointerLeave={() => {
				onAt(null);
			}}
		>
			{bars.map(
				(bar, i) =>
					bar && (
						<rect
							key={i}
							x={i * STEP + 1.5}
							width={STEP - 3}
							y={bar.top * (HEIGHT - 2)}
							height={Math.max(1, bar.height * (HEIGHT - 2))}
							fill={bar.top >= zero && bar.height > 0 ? "var(--loss)" : "var(--accent)"}
							opacity={i === at ? 1 : 0.42}
						/>
					),
			)}
			<line
				x1="0"
				x2={width}
				y1={zero * (HEIGHT - 2) + 0.5}
				y2={zero * (HEIGHT - 2) + 0.5}
				stroke="var(--line)"
				vectorEffect="non-scaling-stroke"
			/>
		</svg>
	);
}

function Card({
	row,
	reports,
	at,
	onAt,
}: {
	row: ReportRow;
	reports: Reports;
	at: number;
	onAt: (index: number | null) => void;
}) {
	const now = row.values[at];
	return (
		<div className="min-w-0">
			<p className="truncate text-xs text-ink-3">{row.label}</p>
			<p className="mt-0.5 flex items-baseline justify-between gap-2">
				<span className="figures font-medium">
					{now ? reportText(now.value, row.unit) : <None why="not reported" />}
					{now?.derived && (
						<abbr
							title="Not reported by itself: the year less its other three quarters"
							className="ml-0.5 text-ink-3 no-underline"
						>
							*
						</abbr>
					)}
				</span>
				<Percent value={growth(reports, row, at)} digits={1} coloured className="text-xs" />
			</p>
			<Bars row={row} at={at} onAt={onAt} />
		</div>
	);
}

function ReportTable({ reports: { ends, rows }, span }: { reports: Reports; span: Span }) {
	const newest = ends.map((_, i) => ends.length - 1 - i);
	return (
		<div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Reports, each period">
			<Table label="Reports">
				<thead>
					<tr>
						<Head left className="sticky left-0 bg-paper">
							Figure
						</Head>
						{newest.map((i) => (
							<Head key={ends[i]}>{periodShort(ends[i] as Day, span)}</Head>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.id} className="[&>td]:h-9">
							<th
								scope="row"
								className="sticky left-0 border-b border-line bg-paper pr-3 text-left font-normal whitespace-nowrap"
							>
								{row.label} <span className="text-xs text-ink-3">{reportUnit(row.unit)}</span>
							</th>
							{newest.map((i) => {
								const one = row.values[i];
								return (
									<Cell key={ends[i]} className="figures">
										{one ? (
											<span
												title={
													one.derived
														? "The year less its other three quarters"
														: `${one.form ?? "Filed"}, ${formatDay(one.filed)}`
												}
											>
												{exact(one.value, row.unit)}
												{one.derived && "*"}
											</span>
										) : (
											<None why="not reported" />
										)}
									</Cell>
								);
							})}
						</tr>
					))}
				</tbody>
			</Table>
		</div>
	);
}

const SPANS = [
	{ value: "annual", label: "Year" },
	{ value: "quarter", label: "Quarter" },
] as const;

/* `nothing`: what to say, and to do, where no report is kept. */
export function FundamentalsPanel({ symbol, nothing }: { symbol: string; nothing: ReactNode }) {
	const { currentData, error, refetch } = useFactsQuery({ symbol, metrics: METRICS });
	const [asked, setSpan] = useState<Span>("annual");
	const [table, setTable] = useState(false);
	const [chosen, setAt] = useState<number | null>(null);
	const both = useMemo(
		() =>
			currentData && {
				annual: reportsOf(currentData, "annual"),
				quarter: reportsOf(currentData, "quarter"),
			},
		[currentData],
	);
	const madeUp = currentData?.annual.some(({ source }) => source === "simulated") ?? false;
	const span = both && both[asked].rows.length === 0 ? (asked === "annual" ? "quarter" : "annual") : asked;
	const reports = both?.[span];
	const last = (reports?.ends.length ?? 0) - 1;
	const at = Math.min(chosen ?? last, last);
	const end = reports?.ends[at];
	if (error && !currentData)
		return (
			<Panel title="Fundamentals">
				<Failed what="The reports" problem={asProblem(error)} onRetry={() => void refetch()} />
			</Panel>
		);
	if (reports?.rows.length === 0) return <Panel title="Fundamentals">{nothing}</Panel>;
	return (
		<Panel
			title="Fundamentals"
			note={end && <span aria-live="polite">{periodName(end, span)}</span>}
			controls={
				reports && (
					<>
						<Segmented
							label="Periods"
							value={span}
							options={SPANS}
							onChange={(next) => {
								setSpan(next);
								setAt(null);
							}}
						/>
						<IconButton
							icon={table ? "chart" : "table"}
							label={table ? "Show reports as bars" : "Show reports as table"}
							aria-pressed={table}
							onClick={() => {
								setTable(!table);
							}}
						/>
					</>
				)
			}
		>
			{!reports ? (
				<div className="grid grid-cols-2 gap-x-8 gap-y-6 border-t border-line pt-3 sm:grid-cols-3">
					{Array.from({ length: 6 }, (_, i) => (
						<Skeleton key={i} className="h-28 w-full" />
					))}
				</div>
			) : table ? (
				<ReportTable reports={reports} span={span} />
			) : (
				<div
					role="group"
					tabIndex={0}
					aria-label={`Reports as bars, ${reports.ends.length} periods. The left and right arrow keys choose one; the table shows all.`}
					className={cx(
						"grid grid-cols-2 gap-x-8 gap-y-6 border-t border-line pt-3 sm:grid-cols-3",
					)}
					onKeyDown={(event) => {
						const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
						if (step === 0) return;
						event.preventDefault();
						setAt(Math.max(0, Math.min(last, at + step)));
					}}
				>
					{reports.rows.map((row) => (
						<Card key={row.id} row={row} reports={reports} at={at} onAt={setAt} />
					))}
				</div>
			)}
			{reports && end && (
				<p className="mt-2 text-2xs text-ink-3">
					Change from the same period a year before.
					{madeUp && " Made up by a simulation."}
					{reports.rows.some((row) => row.values.some((one) => one?.derived)) &&
						" * The year less its other three quarters."}
				</p>
			)}
		</Panel>
	);
}
