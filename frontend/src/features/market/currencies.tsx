/* What a currency costs in others, and how that changed in a week. */
import { useMemo, useState } from "react";
import { useRateHistoriesQuery, useRatesQuery } from "../../api/markets";
import { asProblem } from "../../api/problem";
import type { FxHistory, FxTable } from "../../api/types";
import { formatDay } from "../../lib/day";
import { locale } from "../../lib/locale";
import { ratio, toPlot } from "../../lib/money";
import { Money, Percent } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Converter } from "./converter";
import { Sparkline } from "./sparkline";

const BASES = ["EUR", "USD", "GBP", "CHF", "JPY"] as const;
const FIRST = ["USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "PLN", "CNY", "INR"];

export interface RateRow {
	currency: string;
	rate: FxTable["items"][number]["rate"];
	date: FxTable["items"][number]["date"];
	change: number | null;
}

/* The common ones first, with the change since the table before. */
export function rateRows(now: FxTable, before: FxTable): RateRow[] {
	const was = new Map(before.items.map(({ currency, rate }) => [currency, rate]));
	const place = (currency: string) => {
		const at = FIRST.indexOf(currency);
		return at < 0 ? FIRST.length : at;
	};
	return now.items
		.filter(({ currency }) => currency !== now.base)
		.sort((a, b) => place(a.currency) - place(b.currency) || a.currency.localeCompare(b.currency))
		.map(({ currency, rate, date }) => {
			const old = was.get(currency);
			const grown = old ? ratio(rate, old) : null;
			return { currency, rate, date, change: grown === null ? null : grown - 1 };
		});
}

function nameOf(code: string) {
	try {
		return new Intl.DisplayNames(locale(), { type: "currency" }).of(code) ?? code;
	} catch {
		return code;
	}
}

const SHOWN = 12;

function Way({ points }: { points: FxHistory["items"] | undefined }) {
	const values = useMemo(() => (points ?? []).map(({ rate }) => toPlot(rate)), [points]);
	return <Sparkline values={values} up={(values.at(-1) ?? 0) >= (values[0] ?? 0)} />;
}

export function Currencies() {
	const [base, setBase] = useState<string>("EUR");
	const [all, setAll] = useState(false);
	const { data, error, refetch } = useRatesQuery(base);
	const rows = useMemo(() => (data ? rateRows(data.now, data.before) : []), [data]);
	const shown = useMemo(() => (all ? rows : rows.slice(0, SHOWN)), [rows, all]);
	const quotes = useMemo(() => shown.map(({ currency }) => currency), [shown]);
	const { data: ways = {} } = useRateHistoriesQuery({ base, quotes }, { skip: quotes.length === 0 });
	if (error && !data)
		return (
			<Panel title="Currencies">
				<Failed what="The rates" problem={asProblem(error)} onRetry={() => void refetch()} />
			</Panel>
		);
	return (
		<Panel
			title="Currencies"
			note={
				rows[0] &&
				`reference rates of ${formatDay(rows[0].date)}; three months, and the change in a week`
			}
			controls={
				<select
					aria-label="One unit of"
					className="h-7 rounded-md border border-line bg-surface px-2 text-xs hover:border-ink-3"
					value={base}
					onChange={(event) => {
						setBase(event.target.value);
					}}
				>
					{BASES.map((code) => (
						<option key={code} value={code}>
							1 {code}
						</option>
					))}
				</select>
			}
		>
			{!data ? (
				<Skeleton className="h-24 w-full" />
			) : rows.length === 0 ? (
				<p className="border-t border-line py-3 text-sm text-ink-3">
					No rates are kept yet. They come by themselves once a provider of rates, such as the
					European Central Bank, is asked.
				</p>
			) : (
				<ul className="grid border-t border-line sm:grid-cols-2 sm:gap-x-10 xl:grid-cols-3">
					{shown.map(({ currency, rate, change }) => (
						<li
							key={currency}
							className="flex h-11 items-center gap-3 border-b border-line text-sm"
						>
							<span className="min-w-0 flex-1 leading-tight">
								<span className="block font-medium">{currency}</span>
								<span className="block truncate text-xs text-ink-3">{nameOf(currency)}</span>
							</span>
							<span className="w-20 shrink-0">
								<Way points={ways[currency]} />
							</span>
							<Money value={rate} min={2} max={4} open className="w-20 text-right" />
							<Percent value={change} coloured arrow className="w-18 text-right" />
						</li>
					))}
				</ul>
			)}
			{rows.length > SHOWN && (
				<button
					type="button"
					className="mt-2 text-xs text-ink-2 underline decoration-line underline-offset-2 hover:text-ink"
					onClick={() => {
						setAll(!all);
					}}
				>
					{all ? "Show fewer" : `Show all ${rows.length}`}
				</button>
			)}
			{data && rows.length > 0 && (
				<Converter
					key={base}
					base={base}
					currencies={[
						...new Set([base, ...data.now.items.map(({ currency }) => currency)]),
					].sort()}
				/>
			)}
		</Panel>
	);
}
