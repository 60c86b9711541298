/* What a year of prices says: gains, and where today lies in its range. */
import { useMemo } from "react";
import { usePricesQuery, useQuoteQuery } from "../../api/market";
import { asProblem } from "../../api/problem";
import { daysAfter } from "../../lib/day";
import { compactNumber } from "../../lib/compact";
import { compare, roughly, toPlot, type Amount } from "../../lib/money";
import { Money, Percent } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { extremes, gains, place, type Extremes } from "./bars";
import { yearBack } from "./ranges";
import { useLatest } from "./use-latest";

/* The day's range, which a younger price may have left. */
function widened({ low, high }: Extremes, price: Amount | undefined): Extremes {
	if (!price) return { low, high };
	return { low: compare(price, low) < 0 ? price : low, high: compare(price, high) > 0 ? price : high };
}

function Span({ label, range, at }: { label: string; range: Extremes; at: Amount | undefined }) {
	const where = at === undefined ? null : place(at, range);
	return (
		<div className="min-w-0 flex-1">
			<div className="flex items-baseline justify-between gap-2 text-xs text-ink-3">
				<Money value={range.low} open className="text-ink" />
				<span>{label}</span>
				<Money value={range.high} open className="text-ink" />
			</div>
			<div className="relative mt-1.5 h-1 rounded-full bg-sunken" aria-hidden="true">
				{where !== null && (
					<i
						className="absolute -top-1 h-3 w-[3px] -translate-x-1/2 rounded-full bg-accent ring-2 ring-paper"
						style={{ left: `${where * 100}%` }}
					/>
				)}
			</div>
		</div>
	);
}

export function KeyFigures({
	symbol,
	marketValue,
	currency,
}: {
	symbol: string;
	marketValue: Amount | null | undefined;
	currency: string;
}) {
	const live = useLatest(symbol);
	const { currentData: quote } = useQuoteQuery(symbol);
	const { currentData, error, refetch } = usePricesQuery({ symbol, from: yearBack() });
	const bars = currentData?.items;
	const rows = useMemo(() => gains(bars ?? []), [bars]);
	const year = useMemo(() => {
		const last = bars?.at(-1)?.date;
		return extremes(last ? (bars ?? []).filter(({ date }) => date > daysAfter(last, -365)) : []);
	}, [bars]);
	const day =
		quote?.low && quote.high
			? widened({ low: quote.low, high: quote.high }, live?.price)
			: extremes(bars?.slice(-1) ?? []);
	const turnover = useMemo(() => {
		const last = (bars ?? []).slice(-63);
		return last.length === 0
			? null
			: last.reduce((sum, bar) => sum + toPlot(bar.volume), 0) / last.length;
	}, [bars]);
	if (error && !bars)
		return <Failed what="The key figures" problem={asProblem(error)} onRetry={() => void refetch()} />;
	if (bars?.length === 0) return null;
	return (
		<Panel title="Key figures" note="with dividends reinvested">
			<dl className="grid grid-cols-3 border-t border-line sm:grid-cols-6">
				{(bars ? rows : SKELETON).map(({ label, value }) => (
					<div
						key={label}
						className="border-b border-line py-2 pr-2 sm:border-r sm:pl-3 sm:first:pl-0 sm:last:border-r-0"
					>
						<dt className="text-xs text-ink-3">{label}</dt>
						<dd className="mt-0.5 font-medium">
							{bars ? <Percent value={value} coloured /> : <Skeleton className="h-5 w-14" />}
						</dd>
					</div>
				))}
			</dl>
			<div className="mt-3.5 flex flex-wrap gap-x-10 gap-y-4 max-sm:flex-col">
				{day && <Span label="Today" range={day} at={live?.price} />}
				{year && <Span label="52 weeks" range={year} at={live?.price ?? bars?.at(-1)?.close} />}
			</div>
			<p className="mt-3 flex flex-wrap gap-x-5 text-xs text-ink-3">
				{turnover !== null && (
					<span>
						Average volume, 3 months{" "}
						<span className="figures text-ink">{compactNumber(turnover)}</span>
					</span>
				)}
				{marketValue && (
					<span>
						Market value{" "}
						<span className="figures text-ink">{roughly(marketValue, currency)}</span>
					</span>
				)}
			</p>
		</Panel>
	);
}

const SKELETON = ["1 week", "1 month", "3 months", "6 months", "This year", "1 year"].map((label) => ({
	label,
	value: null,
}));
