/*
 * Exact amounts: plain decimal strings from the server, branded so that no
 * other string passes for one. Arithmetic is big.js and for display only;
 * text is Intl, given the string itself, so no digit is lost on the way.
 * Nothing here turns an amount into a double, except toPlot(), which places
 * it on a screen.
 */
import Big from "big.js";
import { cached, locale } from "./locale";

declare const brand: unique symbol;
export type Amount = string & { readonly [brand]: "amount" };

const PLAIN = /^-?\d+(\.\d+)?$/;
export const MINUS = "\u2212";

export const isAmount = (text: string): text is Amount => PLAIN.test(text);

export function amount(text: string): Amount {
	if (!isAmount(text)) throw new TypeError(`not an amount: ${text}`);
	return text;
}

const plain = (value: Big): Amount => amount(value.toFixed());

export const ZERO = amount("0");
export const add = (a: Amount, b: Amount) => plain(new Big(a).plus(b));
export const subtract = (a: Amount, b: Amount) => plain(new Big(a).minus(b));
export const times = (a: Amount, b: Amount) => plain(new Big(a).times(b));
/* What `units` gained when the price went from `before` to `now`. */
export const multiplyDelta = (units: Amount, now: Amount, before: Amount) =>
	plain(new Big(now).minus(before).times(units));
export const negate = (a: Amount) => plain(new Big(a).times(-1));
export const compare = (a: Amount, b: Amount) => new Big(a).cmp(b);
export const sum = (list: readonly Amount[]) => list.reduce(add, ZERO);
export const isNegative = (a: Amount) => new Big(a).lt(0);
export const isZero = (a: Amount) => new Big(a).eq(0);
export const round = (a: Amount, digits: number) => plain(new Big(a).round(digits, Big.roundHalfEven));

/* A multiple that is not itself an amount, as an adjustment's factor. */
export const scale = (a: Amount, by: number, digits: number) =>
	plain(new Big(a).times(by).round(digits, Big.roundHalfEven));

export type Direction = "up" | "down" | "flat";
export function direction(value: Amount | number | null): Direction {
	if (value === null) return "flat";
	const sign = typeof value === "number" ? Math.sign(value) : new Big(value).cmp(0);
	return sign > 0 ? "up" : sign < 0 ? "down" : "flat";
}

/* a / b as a fraction; null when b is zero. */
export function ratio(a: Amount, b: Amount): number | null {
	return isZero(b) ? null : new Big(a).div(b).toNumber();
}

/* A ratio whose numerator went from `before` to `now`. */
export const rescale = (share: number | null, before: Amount, now: Amount): number | null =>
	share === null || isZero(before) ? share : share * (ratio(now, before) ?? 1);

/* Where on a screen: the one place an amount becomes a double. */
export const toPlot = (a: Amount): number => new Big(a).toNumber();

export interface Parts {
	sign: "" | "+" | typeof MINUS;
	symbol: string; /* "" unless a currency was asked for */
	symbolFirst: boolean;
	whole: string;
	minor: string; /* decimal separator and digits, or "" */
}

export interface Style {
	currency?: string | undefined;
	min?: number | undefined; /* fraction digits; the currency's by default */
	max?: number | undefined;
	signed?: boolean | undefined; /* a plus before gains */
}

const formatter = cached((key) => {
	const { currency, min, max } = JSON.parse(key) as Style;
	return new Intl.NumberFormat(locale(), {
		...(currency ? { style: "currency", currency, currencyDisplay: "narrowSymbol" } : {}),
		minimumFractionDigits: min,
		maximumFractionDigits: max,
		roundingMode: "halfEven",
	} as Intl.NumberFormatOptions);
});

/* Minor units of a currency, as Intl knows them. */
export const minorDigits = cached((currency: string) => {
	const { maximumFractionDigits } = new Intl.NumberFormat("en", {
		style: "currency",
		currency,
	}).resolvedOptions();
	return maximumFractionDigits ?? 2;
});

export function parts(value: Amount, { currency, min, max, signed }: Style = {}): Parts {
	const least = min ?? (max === undefined ? 2 : Math.min(2, max));
	const key = JSON.stringify({ currency, min: least, max: Math.max(max ?? 2, least) });
	const out: Parts = { sign: "", symbol: "", symbolFirst: true, whole: "", minor: "" };
	const pieces = formatter(
		currency && min === undefined && max === undefined ? JSON.stringify({ currency }) : key,
	).formatToParts(value as Intl.StringNumericLiteral);
	for (const { type, value: piece } of pieces)
		if (type === "minusSign") out.sign = MINUS;
		else if (type === "currency") {
			out.symbol = piece;
			out.symbolFirst = out.whole === "";
		} else if (type === "integer" || type === "group") out.whole += piece;
		else if (type === "decimal" || type === "fraction") out.minor += piece;
	// What rounds to nothing has no sign: no "−0.00".
	if (!/[1-9]/.test(out.whole + out.minor)) out.sign = "";
	else if (signed && out.sign === "") out.sign = "+";
	return out;
}

export function joinParts(p: Parts): string {
	const space = p.symbol.length > 1 ? "\u00a0" : "";
	return p.symbolFirst
		? p.sign + p.symbol + (p.symbol ? space : "") + p.whole + p.minor
		: `${p.sign}${p.whole}${p.minor}\u00a0${p.symbol}`;
}

export const money = (value: Amount, style: Style = {}) => joinParts(parts(value, style));

/* Units held: as many digits as there are, up to eight. */
export const quantity = (value: Amount) => money(value, { min: 0, max: 8 });

const compact = cached(
	(currency: string) =>
		new Intl.NumberFormat(locale(), {
			style: "currency",
			currency,
			currencyDisplay: "narrowSymbol",
			notation: "compact",
			maximumFractionDigits: 2,
		}),
);

/* "$3.45T": for sizes nobody adds up, as a company's market value. */
export const roughly = (value: Amount, currency: string) =>
	compact(currency)
		.format(value as Intl.StringNumericLiteral)
		.replace("-", MINUS);

const percentage = cached(
	(key) =>
		new Intl.NumberFormat(locale(), {
			style: "percent",
			minimumFractionDigits: key.includes("~") ? 0 : parseInt(key, 10),
			maximumFractionDigits: parseInt(key, 10),
			signDisplay: key.endsWith("+") ? "exceptZero" : "negative",
		} as Intl.NumberFormatOptions),
);

/* `loose`: no more digits than needed, as on an axis. */
export function percent(value: number, { digits = 2, signed = false, loose = false } = {}): string {
	return percentage(`${digits}${loose ? "~" : ""}${signed ? "+" : ""}`)
		.format(value)
		.replace("-", MINUS);
}

const figure = cached(
	(key) =>
		new Intl.NumberFormat(locale(), {
			minimumFractionDigits: parseInt(key, 10),
			maximumFractionDigits: parseInt(key, 10),
			signDisplay: "negative",
		} as Intl.NumberFormatOptions),
);

/* A plain number, as a Sharpe ratio. */
export const decimal = (value: number, digits = 2) =>
	figure(String(digits)).format(value).replace("-", MINUS);

const separators = cached((tag: string) => {
	const found = new Intl.NumberFormat(tag).formatToParts(-12345678.9);
	const one = (type: string) => found.find((p) => p.type === type)?.value ?? "";
	return { group: one("group"), decimal: one("decimal") || "." };
});

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/*
 * What a person typed, in their own notation: "1.234,50" in German,
 * "1,234.50" in English. Null for what could be read two ways: "1,5" in
 * English is refused rather than taken for fifteen.
 */
export function readAmount(typed: string, tag = locale()): Amount | null {
	const { group, decimal: point } = separators(tag);
	const text = typed
		.trim()
		.replace(/[\u2212\u2013]/g, "-")
		.replace(/[\u00a0\u202f ]/g, " ");
	const gap = /\s/.test(group) ? " " : group;
	const grouped = new RegExp(`^-?\\d{1,3}(?:${literal(gap)}\\d{3})+(?:${literal(point)}\\d*)?$`);
	const bare = new RegExp(`^-?\\d*(?:${literal(point)}\\d*)?$`);
	if (!/\d/.test(text) || (!bare.test(text) && !(gap && grouped.test(text)))) return null;
	const [whole = "", minor = ""] = (gap ? text.split(gap).join("") : text).split(point);
	const sign = whole.startsWith("-") ? "-" : "";
	const digits = whole.replace("-", "").replace(/^0+(?=\d)/, "") || "0";
	return amount(`${sign}${digits}${minor ? `.${minor}` : ""}`);
}

/* The same amount as it would be typed, to fill a field with. */
export function typeAmount(value: Amount, tag = locale()): string {
	return value.replace(".", separators(tag).decimal);
}
