/* The price over time: ranges, the day under the cursor, a table, CSV. */
import { lazy, Suspense, useState } from "react";
import { usePricesQuery } from "../../api/market";
import { asProblem } from "../../api/problem";
import type { Activity, Bar, Prices } from "../../api/types";
import { csv, saveFile } from "../../lib/csv";
import { daysAfter, formatDay, today, type Day } from "../../lib/day";
import type { Amount } from "../../lib/money";
import { Attribution } from "../../ui/attribution";
import { IconButton } from "../../ui/button";
import { Money } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Segmented } from "../../ui/segmented";
import { Cell, Head, Table } from "../../ui/table";
import { useLatest } from "./use-latest";

const PriceChart = lazy(() => import("./price-chart"));
const RANGES = ["3M", "6M", "YTD", "1Y", "5Y", "MAX"] as const;
type Range = (typeof RANGES)[number];
const DAYS: Partial<Record<Range, number>> = { "3M": 92, "6M": 183, "1Y": 365, "5Y": 1826 };
const HEAD = ["date", "open", "high", "low", "close", "volume"] as const;

function start(range: Range): Day {
	const now = today(),
		back = DAYS[range];
	if (back !== undefined) return daysAfter(now, -back);
	return (range === "YTD" ? `${now.slice(0, 4)}-01-01` : "1970-01-01") as Day;
}

const Legend = ({ bar }: { bar: Bar }) => (
	<p className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-3">
		<span className="figures min-w-22 text-ink-2">{formatDay(bar.date)}</span>
		{(["open", "high", "low", "close"] as const).map((name) => (
			<span key={name}>
				{name[0]?.toUpperCase()} <Money value={bar[name]} open className="text-ink" />
			</span>
		))}
		<span className="max-sm:hidden">
			Volume <Money value={bar.volume} min={0} max={0} open className="text-ink" />
		</span>
	</p>
);

function PriceTable({ prices }: { prices: Prices }) {
	return (
		<div
			className="absolute inset-0 overflow-y-auto"
			tabIndex={0}
			role="region"
			aria-label="Daily prices"
		>
			<Table label="Daily prices">
				<thead className="sticky top-0 bg-paper">
					<tr>
						<Head left>Day</Head>
						{HEAD.slice(1).map((name) => (
							<Head key={name} className="capitalize">
								{name}
							</Head>
						))}
					</tr>
				</thead>
				<tbody>
					{[...prices.items].reverse().map((bar) => (
						<tr key={bar.date} className="[&>td]:h-7">
							<Cell left>{formatDay(bar.date)}</Cell>
							{(["open", "high", "low", "close"] as const).map((name) => (
								<Cell key={name}>
									<Money value={bar[name]} open />
								</Cell>
							))}
							<Cell>
								<Money value={bar.volume} min={0} max={0} open />
							</Cell>
						</tr>
					))}
				</tbody>
			</Table>
		</div>
	);
}

const NONE: readonly Activity[] = [];

export function PricePanel({
	symbol,
	trades = NONE,
	cost,
}: {
	symbol: string;
	trades?: readonly Activity[] | undefined;
	cost?: Amount | undefined;
}) {
	const live = useLatest(symbol);
	const [range, setRange] = useState<Range>("1Y");
	const [table, setTable] = useState(false);
	const [hovered, setHovered] = useState<number | null>(null);
	const { data, currentData, error, isFetching, refetch } = usePricesQuery({ symbol, from: start(range) });
	const prices = currentData ?? (data?.symbol === symbol ? data : undefined);
	const bar = prices?.items[hovered ?? prices.items.length - 1];
	return (
		<section aria-label="Price" className="flex min-w-0 flex-col gap-2">
			<div className="flex flex-wrap items-center justify-between gap-2">
				<Segmented
					label="Range"
					quiet
					value={range}
					onChange={setRange}
					className="-ml-2"
					options={RANGES.map((value) => ({ value, label: value }))}
				/>
				<div className="flex items-center gap-1">
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
						onClick={() => {
							if (prices)
								saveFile(
									`${symbol}.csv`,
									csv(
										HEAD,
										prices.items.map((row) => HEAD.map((name) => row[name])),
									),
								);
						}}
					/>
				</div>
			</div>
			<div className="min-h-4">{bar && <Legend bar={bar} />}</div>
			<div className="relative h-72 sm:h-96" aria-busy={isFetching}>
				{error && !prices ? (
					<Failed
						what="The prices"
						problem={asProblem(error)}
						onRetry={() => void refetch()}
						className="h-full"
					/>
				) : !prices ? (
					<Skeleton className="h-full w-full" />
				) : prices.items.length === 0 ? (
					<p className="flex h-full items-center justify-center text-sm text-ink-3">
						There are no prices for this range.
					</p>
				) : table ? (
					<PriceTable prices={prices} />
				) : (
					<div
						role="img"
						aria-label={`Price chart of ${symbol}, ${prices.items.length} days. The table shows the same.`}
						className="absolute inset-0"
					>
						<Suspense fallback={<Skeleton className="h-full w-full" />}>
							<PriceChart
								bars={prices.items}
								trades={trades}
								cost={cost}
								live={live}
								onHover={setHovered}
							/>
						</Suspense>
					</div>
				)}
			</div>
			<Attribution />
		</section>
	);
}
