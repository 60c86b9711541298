/* What daily bars say: adjusted, over spans, at their extremes. */
import type { Bar } from "../../api/types";
import { daysAfter, type Day } from "../../lib/day";
import { compare, ratio, scale, type Amount } from "../../lib/money";

const DIGITS = 6;

/* The whole bar moved as its close is by later splits and dividends. */
export function adjusted(bar: Bar): Bar {
	const by = ratio(bar.adjusted_close, bar.close);
	if (by === null || by === 1) return bar;
	return {
		...bar,
		open: scale(bar.open, by, DIGITS),
		high: scale(bar.high, by, DIGITS),
		low: scale(bar.low, by, DIGITS),
		close: bar.adjusted_close,
	};
}

const SPANS = [
	["1 week", 7],
	["1 month", 31],
	["3 months", 92],
	["6 months", 183],
	["1 year", 365],
] as const;

export interface Gain {
	label: string;
	value: number | null;
}

/* The last close at or before a day, adjusted. */
function closeAt(bars: readonly Bar[], day: Day): Amount | null {
	for (let i = bars.length - 1; i >= 0; i--) {
		const bar = bars[i];
		if (bar && bar.date <= day) return bar.adjusted_close;
	}
	return null;
}

/* Total returns up to the newest bar: null where the bars begin later. */
export function gains(bars: readonly Bar[]): Gain[] {
	const last = bars.at(-1);
	if (!last) return [];
	const since = (day: Day) => {
		const from = closeAt(bars, day);
		const grown = from && ratio(last.adjusted_close, from);
		return grown === null ? null : grown - 1;
	};
	const rows: Gain[] = SPANS.map(([label, days]) => ({ label, value: since(daysAfter(last.date, -days)) }));
	const newYear = `${last.date.slice(0, 4)}-01-01` as Day;
	rows.splice(4, 0, { label: "This year", value: since(daysAfter(newYear, -1)) });
	return rows;
}

export interface Extremes {
	low: Amount;
	high: Amount;
}

export function extremes(bars: readonly Bar[]): Extremes | null {
	const [first, ...rest] = bars;
	if (!first) return null;
	return rest.reduce<Extremes>(
		({ low, high }, bar) => ({
			low: compare(bar.low, low) < 0 ? bar.low : low,
			high: compare(bar.high, high) > 0 ? bar.high : high,
		}),
		{ low: first.low, high: first.high },
	);
}

/* Where a value lies between two, from 0 to 1. */
export function place(value: Amount, { low, high }: Extremes): number {
	if (compare(high, low) <= 0) return 0.5;
	const from = ratio(value, high) ?? 0,
		least = ratio(low, high) ?? 0;
	return Math.max(0, Math.min(1, (from - least) / (1 - least)));
}
