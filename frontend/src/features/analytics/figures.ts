/* Each key figure: what it is called, how it is computed, what it is made of. */
import type { Figures } from "../../api/types";
import { decimal, percent } from "../../lib/money";

type Numeric = { [K in keyof Figures]: Figures[K] extends number | null ? K : never }[keyof Figures];
export type FigureName = Exclude<Numeric, "n" | "benchmark_return">;

export interface FigureRow {
	name: FigureName;
	label: string;
	unit: "percent" | "number";
	signed?: boolean; /* gain and loss: coloured, with a sign */
	says: string;
	formula: string;
	where: readonly string[];
	against?: true; /* needs a benchmark */
}

export const FIGURES: readonly FigureRow[] = [
	{
		name: "return",
		label: "Return",
		unit: "percent",
		signed: true,
		says: "What the portfolio itself earned, whatever was paid in or out and when.",
		formula: "TWR = Π (1 + rₜ) − 1\nrₜ = (Vₜ + outₜ) ÷ (Vₜ₋₁ + inₜ) − 1",
		where: ["V: value at the day's close", "in, out: deposits and withdrawals of the day"],
	},
	{
		name: "mwr",
		label: "Money-weighted",
		unit: "percent",
		signed: true,
		says: "The rate your own money earned; when you paid in counts.",
		formula: "Σ CFᵢ · (1 + MWR)^(−dᵢ ÷ 365) = 0",
		where: [
			"CF: deposits (−), withdrawals (+) and the value today (+)",
			"d: days since the first of them; under a year the rate is the period's",
		],
	},
	{
		name: "sharpe",
		label: "Sharpe",
		unit: "number",
		says: "Return above the risk-free rate for each unit of risk taken.",
		formula: "mean(r − rf) ÷ sd(r − rf) · √252",
		where: ["r: daily returns", "rf: risk-free rate, taken as 0"],
	},
	{
		name: "volatility",
		label: "Volatility",
		unit: "percent",
		says: "How far daily returns swing, per year.",
		formula: "sd(r) · √252",
		where: ["sd: sample standard deviation of daily returns"],
	},
	{
		name: "max_drawdown",
		label: "Max drawdown",
		unit: "percent",
		signed: true,
		says: "The deepest fall from a peak.",
		formula: "min over t of  Wₜ ÷ max(W up to t) − 1",
		where: ["W: growth of 1 by time-weighted returns, starting at 1"],
	},
	{
		name: "beta",
		label: "Beta",
		unit: "number",
		against: true,
		says: "How much the portfolio moves when the benchmark moves by one.",
		formula: "cov(r, b) ÷ var(b)",
		where: ["r, b: daily returns of portfolio and benchmark, above the risk-free rate"],
	},
	{
		name: "win_rate",
		label: "Win rate",
		unit: "percent",
		says: "The share of sales that made a gain.",
		formula: "sales at a gain ÷ all sales",
		where: ["a gain: proceeds above the cost of what was sold, fees in both"],
	},
];

export const MORE_FIGURES: readonly FigureRow[] = [
	{
		name: "annualised_return",
		label: "Return a year",
		unit: "percent",
		signed: true,
		says: "The return as a yearly rate; only when there is a full year.",
		formula: "(1 + TWR)^(365 ÷ days) − 1",
		where: ["days: calendar days of the period"],
	},
	{
		name: "sortino",
		label: "Sortino",
		unit: "number",
		says: "As Sharpe, but only falls count as risk.",
		formula: "mean(r − rf) ÷ √(Σ min(r − rf, 0)² ÷ n) · √252",
		where: ["n: all days, also those that rose; rf as in Sharpe"],
	},
	{
		name: "calmar",
		label: "Calmar",
		unit: "number",
		says: "Yearly return for each unit of the deepest fall.",
		formula: "yearly return ÷ |max drawdown|",
		where: ["over the whole period"],
	},
	{
		name: "alpha",
		label: "Alpha",
		unit: "percent",
		signed: true,
		against: true,
		says: "Return a year that the benchmark's moves do not explain.",
		formula: "(mean(r − rf) − β · mean(b − rf)) · 252",
		where: ["β: beta, as above"],
	},
	{
		name: "correlation",
		label: "Correlation",
		unit: "number",
		against: true,
		says: "How closely the portfolio follows the benchmark, −1 to 1.",
		formula: "cov(r, b) ÷ (sd(r) · sd(b))",
		where: ["r, b: daily returns"],
	},
	{
		name: "var95",
		label: "Value at risk, 95 %",
		unit: "percent",
		says: "On 95 of 100 days the loss stayed below this.",
		formula: "−(5th percentile of r)",
		where: ["historical: from the days as they were"],
	},
	{
		name: "es95",
		label: "Expected shortfall",
		unit: "percent",
		says: "The average loss on the worst 5 of 100 days.",
		formula: "−mean(r at or below the 5th percentile)",
		where: ["historical"],
	},
	{
		name: "best_day",
		label: "Best day",
		unit: "percent",
		signed: true,
		says: "The highest daily return.",
		formula: "max(r)",
		where: ["r: daily returns"],
	},
	{
		name: "worst_day",
		label: "Worst day",
		unit: "percent",
		signed: true,
		says: "The lowest daily return.",
		formula: "min(r)",
		where: ["r: daily returns"],
	},
];

export function formatFigure({ unit, signed }: FigureRow, value: number): string {
	return unit === "number" ? decimal(value) : percent(value, { signed: signed ?? false });
}

const REASONS: Record<string, string> = {
	INSUFFICIENT_DATA: "There are not enough days yet.",
	ZERO_VARIANCE: "All days were alike, so nothing can be divided by their spread.",
	ZERO_DENOMINATOR: "It would mean dividing by zero.",
	NO_DOWNSIDE: "There was no day below the target.",
	NO_DRAWDOWN: "The portfolio never fell below an earlier peak.",
	NO_UP_PERIODS: "The benchmark had no day that rose.",
	NO_DOWN_PERIODS: "The benchmark had no day that fell.",
	NO_SOLUTION: "No rate makes the cash flows come to zero.",
	NON_POSITIVE_BASE: "The value at the start was not above zero.",
	MISSING_PRICE: "A price is missing.",
	MISSING_FX: "An exchange rate is missing.",
	MISALIGNED: "The days of portfolio and benchmark do not match.",
	OUT_OF_RANGE: "The result is outside what can be said.",
	INVALID_INPUT: "The data could not be used.",
};
const WARNINGS: Record<string, string> = {
	SHORT_HISTORY: "Fewer than 60 days: take the figures as a first impression.",
	STALE_PRICES: "Some prices are old.",
	MULTIPLE_ROOTS: "More than one rate solves the money-weighted return; the likeliest is shown.",
	APPROXIMATE: "Approximated, because some daily values are missing.",
	TWR_BREAK: "The portfolio was empty in between; returns are linked over the gap.",
	NOT_ANNUALISED: "Less than a year: returns are for the period, not per year.",
	LOW_CONFIDENCE: "Few observations: the tail is uncertain.",
};

export const reasonText = (code: string | undefined) =>
	code === undefined ? "There is no value." : (REASONS[code] ?? code);
export const warningText = (code: string) => WARNINGS[code] ?? code;
