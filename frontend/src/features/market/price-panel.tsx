/* The price over time: ranges, indicators, others to compare with, the day
 * under the cursor, a table of all of it, CSV. */
import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from "react";
import { useComparedQuery, useStudiesQuery } from "../../api/charts";
import { marketApi, POINTS, useIntradayQuery, usePricesQuery } from "../../api/market";
import { asProblem, isProblem } from "../../api/problem";
import type { Activity, Bar } from "../../api/types";
import { csv, saveFile } from "../../lib/csv";
import { formatDay, formatInstant } from "../../lib/day";
import { ratio, type Amount } from "../../lib/money";
import { useRemembered } from "../../lib/remember";
import { cx } from "../../lib/text";
import { Attribution } from "../../ui/attribution";
import { Button, IconButton } from "../../ui/button";
import { CHIP, ChipClose } from "../../ui/chip";
import { Icon } from "../../ui/icon";
import { Money, None, Percent } from "../../ui/money";
import { Empty, Failed, Skeleton } from "../../ui/notice";
import { Segmented } from "../../ui/segmented";
import { Cell, Head, Table } from "../../ui/table";
import { toast } from "../../ui/toast";
import { Toggle } from "../../ui/toggle";
import { adjusted } from "./bars";
import { colourVar } from "./colours";
import { ComparePicker } from "./compare-picker";
import { eventsOf } from "./events";
import type { Compared, Look } from "./price-chart";
import { rangeStart, RANGES, type Range } from "./ranges";
import { readStudies, studyKind, studyLabel, type StudyAsk } from "./studies";
import { StudyChip, StudyPicker } from "./study-picker";
import { linePoints, studyText, type Drawn } from "./study-values";
import { useLatest } from "./use-latest";

const PriceChart = lazy(() => import("./price-chart"));
const HEAD = ["date", "open", "high", "low", "close", "volume"] as const;
const LOOKS = [
	{ value: "candles", name: "Candles", label: <Icon name="candles" size={14} /> },
	{ value: "line", name: "Line", label: <Icon name="chart" size={14} /> },
] as const;

interface Looks {
	look: Look;
	adjusted: boolean;
	log: boolean;
	events: boolean;
}

function readLooks(kept: unknown): Looks {
	const is = (kept ?? {}) as Partial<Record<keyof Looks, unknown>>;
	return {
		look: is.look === "line" ? "line" : "candles",
		adjusted: is.adjusted === true,
		log: is.log === true,
		events: is.events !== false,
	};
}

/* The indicators as they came, and what each says of a day. */
function useStudies(symbol: string, from: string, asks: readonly StudyAsk[]) {
	const list = useMemo(
		() => asks.map(({ name, params }) => ({ symbol, name, params, from })),
		[symbol, from, asks],
	);
	const { data, originalArgs } = useStudiesQuery(list, { skip: list.length === 0 });
	return useMemo(() => {
		if (list.length === 0) return [];
		return list.flatMap(({ name, params }): Drawn[] => {
			const kind = studyKind(name);
			// What came for the list before is shown until the next has come.
			const at = (originalArgs ?? []).findIndex(
				(one) =>
					one.name === name &&
					one.symbol === symbol &&
					JSON.stringify(one.params) === JSON.stringify(params),
			);
			const answer = data?.[at];
			if (!kind) return [];
			const ask = { name, params };
			if (answer === undefined) return [{ ask, kind, lines: {} }];
			return isProblem(answer)
				? [{ ask, kind, lines: {}, problem: answer }]
				: [{ ask, kind, lines: answer }];
		});
	}, [list, data, originalArgs, symbol]);
}

const NO_BARS: readonly Compared[] = [];
const NO_ASKS: readonly StudyAsk[] = [];
const NO_SYMBOLS: readonly string[] = [];

function useCompared(symbols: readonly string[], from: string): readonly Compared[] {
	const { data } = useComparedQuery({ symbols, from }, { skip: symbols.length === 0 });
	return useMemo(
		() =>
			symbols.length === 0
				? NO_BARS
				: (data ?? [])
						.filter(({ symbol }) => symbols.includes(symbol))
						.map(({ symbol, items }) => ({ symbol, bars: items })),
		[symbols, data],
	);
}

function Values({ drawn, date }: { drawn: Drawn; date: string | undefined }) {
	return (
		<span className="figures inline-flex gap-2 text-ink">
			{drawn.kind.lines.map((line) => {
				const value = linePoints(drawn, line.name).find((one) => one.date === date)?.value ?? null;
				return (
					<span key={line.name}>
						{drawn.kind.lines.length > 1 && <span className="text-ink-3">{line.label} </span>}
						<StudyValue drawn={drawn} value={value} />
					</span>
				);
			})}
		</span>
	);
}

const StudyValue = ({ drawn, value }: { drawn: Drawn; value: number | null }) =>
	value === null ? <None /> : <>{studyText(drawn.kind, value)}</>;

const barName = ({ at, date }: Bar) => (at ? formatInstant(at) : formatDay(date));

/* Why there is nothing, and what there is instead. */
function NothingWithin({
	symbol,
	simulated,
	onDaily,
}: {
	symbol: string;
	simulated: boolean;
	onDaily: () => void;
}) {
	return (
		<div className="flex h-full flex-col items-center justify-center">
			<Empty
				icon="clock"
				title="No bars within the day"
				action={<Button onClick={onDaily}>Show daily bars</Button>}
			>
				{simulated
					? `Only daily bars are simulated of ${symbol}.`
					: `Nobody has brought bars of five minutes of ${symbol} in the last days. They come from a provider that has them, once “Prices within the day” is fetched or tracked under Data.`}
			</Empty>
		</div>
	);
}

/* The day under the cursor; beside others, how far each has come. */
function Legend({ bar, before }: { bar: Bar; before: Bar | undefined }) {
	const grown = before ? ratio(bar.close, before.close) : null;
	return (
		<p className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-3">
			<span className="figures min-w-22 text-ink-2">{barName(bar)}</span>
			{(["open", "high", "low", "close"] as const).map((name) => (
				<span key={name}>
					{name[0]?.toUpperCase()} <Money value={bar[name]} open className="text-ink" />
				</span>
			))}
			<Percent value={grown === null ? null : grown - 1} coloured />
			<span className="max-sm:hidden">
				Volume <Money value={bar.volume} min={0} max={0} open className="text-ink" />
			</span>
		</p>
	);
}

function ComparedChip({
	of,
	index,
	date,
	onRemove,
}: {
	of: { symbol: string; bars: readonly Bar[] | undefined };
	index: number;
	date: string | undefined;
	onRemove?: () => void;
}) {
	const first = of.bars?.[0],
		now = of.bars?.findLast((one) => date === undefined || one.date <= date) ?? of.bars?.at(-1);
	const grown = first && now ? ratio(now.adjusted_close, first.adjusted_close) : null;
	return (
		<li className={cx(CHIP, !onRemove && "pr-2")}>
			<i
				className="inline-block h-0.5 w-3 rounded"
				style={{ backgroundColor: onRemove ? colourVar(index) : "var(--accent)" }}
				aria-hidden="true"
			/>
			<span className="font-medium text-ink-2">{of.symbol}</span>
			<Percent value={grown === null ? null : grown - 1} signed className="text-ink" />
			{onRemove && <ChipClose label={`Remove ${of.symbol}`} onClick={onRemove} />}
		</li>
	);
}

function PriceTable({ bars, studies }: { bars: readonly Bar[]; studies: readonly Drawn[] }) {
	const columns = useMemo(
		() =>
			studies
				.filter(({ problem }) => !problem)
				.flatMap((drawn) =>
					drawn.kind.lines.map((line) => ({
						drawn,
						name: `${studyLabel(drawn.ask)}${drawn.kind.lines.length > 1 ? ` ${line.label}` : ""}`,
						values: new Map(linePoints(drawn, line.name).map(({ date, value }) => [date, value])),
					})),
				),
		[studies],
	);
	return (
		<div className="absolute inset-0 overflow-auto" tabIndex={0} role="region" aria-label="Daily prices">
			<Table label="Daily prices">
				<thead className="sticky top-0 bg-paper">
					<tr>
						<Head left>Day</Head>
						{HEAD.slice(1).map((name) => (
							<Head key={name} className="capitalize">
								{name}
							</Head>
						))}
						{columns.map(({ name }) => (
							<Head key={name}>{name}</Head>
						))}
					</tr>
				</thead>
				<tbody>
					{[...bars].reverse().map((bar) => (
						<tr key={bar.at ?? bar.date} className="[&>td]:h-7">
							<Cell left>{barName(bar)}</Cell>
							{(["open", "high", "low", "close"] as const).map((name) => (
								<Cell key={name}>
									<Money value={bar[name]} open />
								</Cell>
							))}
							<Cell>
								<Money value={bar.volume} min={0} max={0} open />
							</Cell>
							{columns.map(({ name, drawn, values }) => (
								<Cell key={name} className="figures">
									<StudyValue drawn={drawn} value={values.get(bar.date) ?? null} />
								</Cell>
							))}
						</tr>
					))}
				</tbody>
			</Table>
		</div>
	);
}

const NONE: readonly Activity[] = [];
const NO_EVENTS: ReturnType<typeof eventsOf> = [];

export function PricePanel({
	symbol,
	activities = NONE,
	cost,
	notes,
}: {
	symbol: string;
	activities?: readonly Activity[] | undefined;
	cost?: Amount | undefined;
	notes?: ReactNode;
}) {
	const live = useLatest(symbol);
	const [range, setRange] = useState<Range>("1Y");
	const [looks, setLooks] = useRemembered("chart", readLooks);
	const [asks, setAsks] = useRemembered("indicators", readStudies);
	const [against, setAgainst] = useState<string[]>([]);
	const [table, setTable] = useState(false);
	const [hovered, setHovered] = useState<number | null>(null);
	const from = rangeStart(range);
	const within = range === "1D";
	const daily = usePricesQuery({ symbol, from }, { skip: within });
	const intraday = useIntradayQuery({ symbol, from }, { skip: !within });
	const { data, currentData, error, isFetching, refetch } = within ? intraday : daily;
	const prices = currentData ?? (data?.symbol === symbol ? data : undefined);
	const [readWhole] = marketApi.useLazyPricesQuery();
	const comparing = against.length > 0 && !within;
	const wantsAdjusted = (looks.adjusted || comparing) && !within;
	const bars = useMemo(
		() => (wantsAdjusted ? (prices?.items ?? []).map(adjusted) : (prices?.items ?? [])),
		[prices, wantsAdjusted],
	);
	const studies = useStudies(symbol, prices?.items[0]?.date ?? from, within ? NO_ASKS : asks);
	const compared = useCompared(within ? NO_SYMBOLS : against, from);
	const events = useMemo(
		() => (looks.events ? eventsOf(activities) : NO_EVENTS),
		[activities, looks.events],
	);
	const onHover = useCallback((index: number | null) => {
		setHovered(index);
	}, []);
	const at = Math.min(hovered ?? bars.length - 1, bars.length - 1);
	const bar = bars[at];
	const panes = studies.filter(({ kind, problem }) => !kind.over && !problem).length;
	const scale = comparing ? "percent" : looks.log ? "log" : "plain";

	/* Every day is in the file, also those a chart has no room for. */
	async function save() {
		const thinned = !within && bars.length >= POINTS;
		const whole = thinned
			? (await readWhole({ symbol, from, whole: true }).unwrap()).items.map((one) =>
					wantsAdjusted ? adjusted(one) : one,
				)
			: bars;
		const head = within ? (["at", ...HEAD.slice(1)] as const) : HEAD;
		saveFile(
			`${symbol}.csv`,
			csv(
				head,
				whole.map((row) => head.map((name) => row[name])),
			),
		);
	}

	return (
		<section aria-label="Price" className="flex min-w-0 flex-col gap-2">
			<div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
				<Segmented
					label="Range"
					quiet
					value={range}
					onChange={setRange}
					className="-ml-2"
					options={RANGES.map((value) => ({ value, label: value }))}
				/>
				<div className="flex flex-wrap items-center gap-1">
					{!within && (
						<>
							<StudyPicker chosen={asks} onChange={setAsks} />
							<ComparePicker symbol={symbol} chosen={against} onChange={setAgainst} />
							<Toggle
								pressed={wantsAdjusted}
								title="Prices as of now, by splits and dividends since"
								onChange={(on) => {
									setLooks({ ...looks, adjusted: on });
								}}
							>
								Adjusted
							</Toggle>
						</>
					)}
					{!comparing && (
						<Toggle
							pressed={looks.log}
							title="Equal steps for equal gains"
							onChange={(on) => {
								setLooks({ ...looks, log: on });
							}}
						>
							Log
						</Toggle>
					)}
					{activities.length > 0 && !within && (
						<Toggle
							pressed={looks.events}
							title="Your trades, dividends and splits"
							onChange={(on) => {
								setLooks({ ...looks, events: on });
							}}
						>
							Events
						</Toggle>
					)}
					<Segmented
						label="Draw as"
						value={looks.look}
						options={LOOKS}
						className="ml-1"
						onChange={(look) => {
							setLooks({ ...looks, look });
						}}
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
						disabled={!prices}
						onClick={() =>
							void save().catch(() => {
								toast("The prices could not be read whole; nothing was saved");
							})
						}
					/>
				</div>
			</div>
			<div className="flex min-h-4 flex-wrap items-center justify-between gap-x-4 gap-y-1">
				{bar && <Legend bar={bar} before={bars[at - 1]} />}
				{prices?.simulated && notes}
			</div>
			{!within && (asks.length > 0 || comparing) && (
				<ul className="flex flex-wrap gap-1.5" aria-label="Drawn on the chart">
					{comparing && <ComparedChip of={{ symbol, bars }} index={0} date={bar?.date} />}
					{against.map((one, i) => (
						<ComparedChip
							key={one}
							of={{ symbol: one, bars: compared.find((c) => c.symbol === one)?.bars }}
							index={i}
							date={bar?.date}
							onRemove={() => {
								setAgainst(against.filter((other) => other !== one));
							}}
						/>
					))}
					{studies.map((drawn, i) => (
						<StudyChip
							key={`${i}-${drawn.ask.name}`}
							ask={drawn.ask}
							index={i + compared.length}
							note={drawn.problem && (drawn.problem.detail ?? drawn.problem.title)}
							onChange={(next) => {
								setAsks(asks.map((ask, j) => (j === i ? next : ask)));
							}}
							onRemove={() => {
								setAsks(asks.filter((_, j) => j !== i));
							}}
						>
							<Values drawn={drawn} date={bar?.date} />
						</StudyChip>
					))}
				</ul>
			)}
			<div
				className="relative h-(--chart-height)"
				style={
					{
						"--chart-height": `calc(clamp(18rem, 46dvh, 27rem) + ${panes * 7}rem)`,
					} as React.CSSProperties
				}
				aria-busy={isFetching}
			>
				{error && !prices ? (
					<Failed
						what="The prices"
						problem={asProblem(error)}
						onRetry={() => void refetch()}
						className="h-full"
					/>
				) : !prices ? (
					<Skeleton className="h-full w-full" />
				) : bars.length === 0 ? (
					within ? (
						<NothingWithin
							symbol={symbol}
							simulated={prices.simulated}
							onDaily={() => {
								setRange("1M");
							}}
						/>
					) : (
						<p className="flex h-full items-center justify-center text-sm text-ink-3">
							There are no prices for this range.
						</p>
					)
				) : table ? (
					<PriceTable bars={bars} studies={studies} />
				) : (
					<div
						role="img"
						aria-label={`Price chart of ${symbol}, ${bars.length} ${within ? "bars of five minutes" : "days"}. The table shows the same.`}
						className="absolute inset-0"
					>
						<Suspense fallback={<Skeleton className="h-full w-full" />}>
							<PriceChart
								bars={bars}
								look={comparing ? "line" : looks.look}
								scale={scale}
								studies={studies}
								compared={compared}
								events={events}
								cost={cost}
								live={live}
								onHover={onHover}
							/>
						</Suspense>
					</div>
				)}
			</div>
			<Attribution />
		</section>
	);
}
