/* Reports put side by side: a row a figure, a column a period. Companies name
 * their figures differently, and not the same each year: the first name that
 * has a value for a period counts. */
import type { Facts } from "../../api/reports";
import type { Fact } from "../../api/types";
import { daysBetween, formatDay, type Day } from "../../lib/day";
import { decimal, money, ratio, roughly, subtract, sum, toPlot, type Amount } from "../../lib/money";
import { compactNumber } from "../../lib/compact";

export type Span = "annual" | "quarter";

interface Kind {
	id: string;
	label: string;
	names: readonly string[];
	standing?: boolean; /* of a day, not of a time */
}

const KINDS: readonly Kind[] = [
	{
		id: "revenue",
		label: "Revenue",
		names: [
			"Revenues",
			"RevenueFromContractWithCustomerExcludingAssessedTax",
			"RevenueFromContractWithCustomerIncludingAssessedTax",
			"SalesRevenueNet",
			"Revenue",
		],
	},
	{ id: "net", label: "Net income", names: ["NetIncomeLoss", "ProfitLoss"] },
	{
		id: "eps",
		label: "Earnings per share",
		names: ["EarningsPerShareDiluted", "EarningsPerShareBasic", "DilutedEarningsLossPerShare"],
	},
	{ id: "gross", label: "Gross profit", names: ["GrossProfit"] },
	{
		id: "operating",
		label: "Operating income",
		names: ["OperatingIncomeLoss", "ProfitLossFromOperatingActivities"],
	},
	{
		id: "cash-flow",
		label: "Operating cash flow",
		names: ["NetCashProvidedByUsedInOperatingActivities", "CashFlowsFromUsedInOperatingActivities"],
	},
	{ id: "assets", label: "Total assets", names: ["Assets"], standing: true },
	{ id: "equity", label: "Equity", names: ["StockholdersEquity", "Equity"], standing: true },
	{
		id: "cash",
		label: "Cash",
		names: ["CashAndCashEquivalentsAtCarryingValue", "CashAndCashEquivalents"],
		standing: true,
	},
];

export const METRICS = KINDS.flatMap(({ names }) => names);

export interface ReportValue {
	value: Amount;
	derived: boolean; /* the year less its other quarters */
	filed: Day;
	form: string | null;
}

export interface ReportRow {
	id: string;
	label: string;
	unit: string;
	values: readonly (ReportValue | null)[]; /* beside `ends` */
}

export interface Reports {
	ends: readonly Day[]; /* oldest first */
	rows: readonly ReportRow[];
}

const SHOWN: Record<Span, number> = { annual: 10, quarter: 12 };

const plainName = (metric: string) => metric.slice(metric.indexOf(":") + 1);

/* A figure's facts in the unit it is told in most, one a period's end. */
function series({ names }: Kind, facts: readonly Fact[]): { unit: string; byEnd: Map<Day, Fact> } | null {
	const mine = names.flatMap((name) => facts.filter(({ metric }) => plainName(metric) === name));
	const units = new Map<string, number>();
	for (const { unit } of mine) units.set(unit, (units.get(unit) ?? 0) + 1);
	const unit = [...units].sort((a, b) => b[1] - a[1])[0]?.[0];
	if (unit === undefined) return null;
	const byEnd = new Map<Day, Fact>();
	for (const fact of mine)
		if (fact.unit === unit && !byEnd.has(fact.period_end)) byEnd.set(fact.period_end, fact);
	return { unit, byEnd };
}

const told = ({ value, filed, form }: Fact): ReportValue => ({ value, derived: false, filed, form });

/* The last quarter is seldom reported by itself. Per share it cannot be had
 * so: the shares of the quarters differ. */
function lastQuarters(years: ReadonlyMap<Day, Fact>, quarters: ReadonlyMap<Day, Fact>) {
	const found = new Map<Day, ReportValue>();
	for (const [end, year] of years) {
		if (quarters.has(end) || year.unit.includes("/")) continue;
		const others = [...quarters.values()].filter(
			(one) => one.period_start >= year.period_start && one.period_end < end,
		);
		if (others.length === 3)
			found.set(end, {
				...told(year),
				value: subtract(year.value, sum(others.map(({ value }) => value))),
				derived: true,
			});
	}
	return found;
}

export function reportsOf(facts: Facts, span: Span): Reports {
	const rows = KINDS.flatMap((kind) => {
		const flow = series(kind, kind.standing ? facts.instant : facts[span]);
		const years = kind.standing || span === "annual" ? null : series(kind, facts.annual);
		const unit = flow?.unit ?? years?.unit;
		if (unit === undefined) return [];
		const quarters = flow?.byEnd ?? new Map<Day, Fact>();
		const values = new Map([...quarters].map(([end, fact]) => [end, told(fact)] as const));
		if (years?.unit === unit)
			for (const [end, value] of lastQuarters(years.byEnd, quarters)) values.set(end, value);
		return [{ kind, unit, values }];
	});
	const ending = (standing: boolean) =>
		new Set(
			rows
				.filter(({ kind }) => (kind.standing ?? false) === standing)
				.flatMap(({ values }) => [...values.keys()]),
		);
	const flows = ending(false);
	const ends = [...(flows.size > 0 ? flows : ending(true))].sort().slice(-SHOWN[span]);
	return {
		ends,
		rows: rows
			.map(({ kind: { id, label }, unit, values }) => ({
				id,
				label,
				unit,
				values: ends.map((end) => values.get(end) ?? null),
			}))
			.filter(({ values }) => values.some((one) => one !== null)),
	};
}

/* Since the same period a year before; null from nothing or from a loss. */
export function growth({ ends }: Reports, { values }: ReportRow, at: number): number | null {
	const end = ends[at],
		now = values[at];
	if (!end || !now) return null;
	const before = ends.findIndex((one) => {
		const days = daysBetween(one, end);
		return days > 350 && days < 380;
	});
	const was = values[before]?.value;
	if (!was || toPlot(was) <= 0) return null;
	const grown = ratio(now.value, was);
	return grown === null ? null : grown - 1;
}

export const periodName = (end: Day, span: Span) =>
	span === "annual" ? `Year to ${formatDay(end, "month")}` : `Quarter to ${formatDay(end, "month")}`;

export const periodShort = (end: Day, span: Span) =>
	span === "annual" ? end.slice(0, 4) : formatDay(end, "month");

/* "USD" is money, "USD/shares" money a share, anything else a number. */
export function reportText(value: Amount, unit: string): string {
	const [what = "", per] = unit.split("/");
	if (!/^[A-Z]{3}$/.test(what)) return compactNumber(toPlot(value));
	return per === undefined ? roughly(value, what) : money(value, { currency: what, min: 2, max: 2 });
}

/* Of one column all in the same unit: what a table says of a row. */
export const reportUnit = (unit: string) =>
	unit.endsWith("/shares") ? `${unit.slice(0, -7)} a share` : unit;

/* Where a bar begins and ends, from 0 (top) to 1, and where nothing lies. */
export function barPlaces(values: readonly (number | null)[]) {
	const known = values.filter((one) => one !== null);
	const high = Math.max(0, ...known),
		low = Math.min(0, ...known);
	const y = (value: number) => (high === low ? 1 : (high - value) / (high - low));
	return {
		zero: y(0),
		bars: values.map((value) =>
			value === null ? null : { top: Math.min(y(value), y(0)), height: Math.abs(y(value) - y(0)) },
		),
	};
}

export const exact = (value: Amount, unit: string) =>
	unit.includes("/") ? decimal(toPlot(value)) : money(value, { min: 0, max: 0 });
