/*
 * Indicators as a chart shows them: what they are called, what they take,
 * whether they lie over the price or in a pane of their own. Their numbers
 * come from the server; its ranges hold whatever is said here.
 */
import type { StudyRow } from "../../api/types";

export interface StudyParam {
	name: string;
	label: string;
	min: number;
	max: number;
	usual: number;
	step?: number;
}

export interface StudyLine {
	name: string; /* as the server calls it */
	label: string;
	look?: "line" | "bars" | "dots" | "area";
}

export interface StudyKind {
	name: string;
	label: string;
	short: string;
	group: "Averages" | "Bands" | "Momentum" | "Trend" | "Volatility" | "Volume";
	over: boolean; /* drawn over the price */
	params: readonly StudyParam[];
	lines: readonly StudyLine[];
	levels?: readonly number[];
	ratio?: boolean; /* a fraction, shown in percent */
}

const days = (name: string, label: string, usual: number, min = 1): StudyParam => ({
	name,
	label,
	min,
	max: 1000,
	usual,
});
const period = (usual: number, min = 1) => [days("window", "Days", usual, min)];
const one = (name: string, label: string, look?: StudyLine["look"]): StudyLine[] => [
	{ name, label, ...(look ? { look } : {}) },
];
const average = (name: string, short: string, label: string, usual: number, min = 1): StudyKind => ({
	name,
	label,
	short,
	group: "Averages",
	over: true,
	params: period(usual, min),
	lines: one(name, short),
});
const width: StudyParam = { name: "width", label: "Width", min: 0.1, max: 10, usual: 2, step: 0.1 };
const band: StudyLine[] = [
	{ name: "upper", label: "Upper" },
	{ name: "middle", label: "Middle" },
	{ name: "lower", label: "Lower" },
];
const swing = (
	name: string,
	short: string,
	label: string,
	params: readonly StudyParam[],
	lines: readonly StudyLine[],
	levels?: readonly number[],
): StudyKind => ({
	name,
	label,
	short,
	group: "Momentum",
	over: false,
	params,
	lines,
	...(levels ? { levels } : {}),
});
const kd: StudyLine[] = [
	{ name: "k", label: "%K" },
	{ name: "d", label: "%D" },
];

export const STUDIES: readonly StudyKind[] = [
	average("sma", "SMA", "Simple moving average", 20),
	average("ema", "EMA", "Exponential moving average", 20),
	average("wma", "WMA", "Weighted moving average", 14),
	average("dema", "DEMA", "Double exponential average", 20),
	average("tema", "TEMA", "Triple exponential average", 20),
	average("hma", "HMA", "Hull moving average", 20, 2),
	{
		...average("kama", "KAMA", "Kaufman's adaptive average", 10),
		params: [...period(10), days("fast", "Fast", 2), days("slow", "Slow", 30)],
	},
	{
		name: "vwap",
		label: "Volume-weighted average price",
		short: "VWAP",
		group: "Averages",
		over: true,
		params: [],
		lines: one("vwap", "VWAP"),
	},
	{
		name: "bollinger",
		label: "Bollinger bands",
		short: "BB",
		group: "Bands",
		over: true,
		params: [...period(20, 2), width],
		lines: band,
	},
	{
		name: "keltner",
		label: "Keltner channels",
		short: "KC",
		group: "Bands",
		over: true,
		params: [...period(20), width, days("atr", "ATR days", 10)],
		lines: band,
	},
	{
		name: "donchian",
		label: "Donchian channels",
		short: "DC",
		group: "Bands",
		over: true,
		params: period(20),
		lines: band,
	},
	{
		name: "ichimoku",
		label: "Ichimoku cloud",
		short: "Ichimoku",
		group: "Bands",
		over: true,
		params: [
			days("conversion", "Conversion", 9),
			days("base", "Base", 26),
			days("span", "Span", 52),
			days("shift", "Shift", 26),
		],
		lines: [
			{ name: "conversion", label: "Conversion" },
			{ name: "base", label: "Base" },
			{ name: "span_a", label: "Span A" },
			{ name: "span_b", label: "Span B" },
		],
	},
	swing("rsi", "RSI", "Relative strength index", period(14), one("rsi", "RSI"), [30, 70]),
	swing(
		"macd",
		"MACD",
		"Moving average convergence/divergence",
		[days("fast", "Fast", 12), days("slow", "Slow", 26), days("signal", "Signal", 9)],
		[
			{ name: "histogram", label: "Histogram", look: "bars" },
			{ name: "macd", label: "MACD" },
			{ name: "signal", label: "Signal" },
		],
		[0],
	),
	swing(
		"stochastic",
		"Stoch",
		"Stochastic oscillator",
		[...period(14), days("smooth", "Smoothing", 3), days("signal", "Signal", 3)],
		kd,
		[20, 80],
	),
	swing(
		"stochastic_rsi",
		"Stoch RSI",
		"Stochastic RSI",
		[
			...period(14),
			days("stochastic", "Stochastic", 14),
			days("smooth", "Smoothing", 3),
			days("signal", "Signal", 3),
		],
		kd,
		[20, 80],
	),
	swing("cci", "CCI", "Commodity channel index", period(20, 2), one("cci", "CCI"), [-100, 100]),
	swing("williams_r", "%R", "Williams %R", period(14), one("williams_r", "%R"), [-80, -20]),
	swing("roc", "ROC", "Rate of change, percent", period(14), one("roc", "ROC"), [0]),
	swing("momentum", "Momentum", "Momentum", period(14), one("momentum", "Momentum"), [0]),
	swing(
		"ultimate",
		"Ultimate",
		"Ultimate oscillator",
		[days("fast", "Fast", 7), days("middle", "Middle", 14), days("slow", "Slow", 28)],
		one("ultimate", "Ultimate"),
		[30, 70],
	),
	swing(
		"trix",
		"TRIX",
		"TRIX",
		[...period(15), days("signal", "Signal", 9)],
		[
			{ name: "trix", label: "TRIX" },
			{ name: "signal", label: "Signal" },
		],
		[0],
	),
	{
		...swing("daily_return", "Return", "Daily return", [], one("return", "Return", "bars"), [0]),
		ratio: true,
	},
	{
		...swing(
			"adx",
			"ADX",
			"Average directional index",
			period(14),
			[
				{ name: "adx", label: "ADX" },
				{ name: "plus_di", label: "+DI" },
				{ name: "minus_di", label: "\u2212DI" },
			],
			[25],
		),
		group: "Trend",
	},
	{
		...swing(
			"aroon",
			"Aroon",
			"Aroon",
			period(25),
			[
				{ name: "up", label: "Up" },
				{ name: "down", label: "Down" },
			],
			[30, 70],
		),
		group: "Trend",
	},
	{
		name: "sar",
		label: "Parabolic SAR",
		short: "SAR",
		group: "Trend",
		over: true,
		params: [
			{ name: "step", label: "Step", min: 0.001, max: 1, usual: 0.02, step: 0.001 },
			{ name: "most", label: "Most", min: 0.001, max: 1, usual: 0.2, step: 0.01 },
		],
		lines: one("sar", "SAR", "dots"),
	},
	{
		...swing("slope", "Slope", "Slope of the regression line", period(14, 2), one("slope", "Slope"), [0]),
		group: "Trend",
	},
	{
		...swing(
			"volatility",
			"Volatility",
			"Volatility, annual",
			period(20, 2),
			one("volatility", "Volatility"),
		),
		group: "Volatility",
		ratio: true,
	},
	{ ...swing("atr", "ATR", "Average true range", period(14), one("atr", "ATR")), group: "Volatility" },
	{ ...swing("true_range", "TR", "True range", [], one("true_range", "TR", "bars")), group: "Volatility" },
	{
		...swing("deviation", "SD", "Standard deviation", period(14, 2), one("deviation", "SD")),
		group: "Volatility",
	},
	{
		...swing("z_score", "Z", "Z-score", period(14, 2), one("z_score", "Z"), [-2, 0, 2]),
		group: "Volatility",
	},
	{ ...swing("obv", "OBV", "On-balance volume", [], one("obv", "OBV")), group: "Volume" },
	{ ...swing("ad", "A/D", "Accumulation/distribution", [], one("ad", "A/D")), group: "Volume" },
	{ ...swing("mfi", "MFI", "Money flow index", period(14), one("mfi", "MFI"), [20, 80]), group: "Volume" },
	{
		...swing(
			"chaikin_money_flow",
			"CMF",
			"Chaikin money flow",
			period(20),
			one("chaikin_money_flow", "CMF", "area"),
			[0],
		),
		group: "Volume",
	},
	{
		...swing(
			"chaikin",
			"Chaikin",
			"Chaikin oscillator",
			[days("fast", "Fast", 3), days("slow", "Slow", 10)],
			one("chaikin", "Chaikin"),
			[0],
		),
		group: "Volume",
	},
];

const BY_NAME = new Map(STUDIES.map((kind) => [kind.name, kind]));
export const studyKind = (name: string) => BY_NAME.get(name);

const BASIC = new Set(["sma", "ema", "rsi", "daily_return", "volatility"]);

/* Those the server has, in the ranges it says; one that is new here is not
 * offered until it has a name for people. Without its list, the basic ones. */
export function offered(rows: readonly StudyRow[] | undefined): readonly StudyKind[] {
	if (!rows) return STUDIES.filter(({ name }) => BASIC.has(name));
	const there = new Map(rows.map((row) => [row.name, row]));
	return STUDIES.flatMap((kind) => {
		const row = there.get(kind.name);
		if (!row) return [];
		return [
			{
				...kind,
				params: kind.params.flatMap((param) => {
					const said = row.params.find(({ name }) => name === param.name);
					return said ? [{ ...param, min: said.least, max: said.most, usual: said.usual }] : [];
				}),
			},
		];
	});
}

/* One on a chart. */
export interface StudyAsk {
	name: string;
	params: Readonly<Record<string, number>>;
}

export const CHOSEN_MAX = 6;

export const usualStudy = ({ name, params }: StudyKind): StudyAsk => ({
	name,
	params: Object.fromEntries(params.map((p) => [p.name, p.usual])),
});

export const studyKey = ({ name, params }: StudyAsk) => `${name}(${Object.values(params).join(",")})`;

/* "SMA 20", "MACD 12 26 9" */
export function studyLabel({ name, params }: StudyAsk): string {
	const kind = studyKind(name);
	return [kind?.short ?? name, ...(kind?.params ?? []).map((p) => params[p.name] ?? p.usual)].join(" ");
}

/* A parameter back in its range, and whole where it counts days. */
export function within(param: StudyParam, value: number): number {
	if (!Number.isFinite(value)) return param.usual;
	const held = Math.min(param.max, Math.max(param.min, value));
	return param.step === undefined ? Math.round(held) : held;
}

/* What was remembered, as far as it still means something. */
export function readStudies(kept: unknown): StudyAsk[] {
	if (!Array.isArray(kept)) return [];
	return kept
		.flatMap((one: unknown) => {
			const { name, params } = (one ?? {}) as { name?: unknown; params?: unknown };
			const kind = typeof name === "string" ? studyKind(name) : undefined;
			if (!kind) return [];
			const given = (params ?? {}) as Record<string, unknown>;
			return [
				{
					name: kind.name,
					params: Object.fromEntries(
						kind.params.map((p) => {
							const value = given[p.name];
							return [p.name, typeof value === "number" ? within(p, value) : p.usual];
						}),
					),
				},
			];
		})
		.slice(0, CHOSEN_MAX);
}
