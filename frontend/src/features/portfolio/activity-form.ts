/*
 * The form behind "Record a trade": what is typed, checked as far as can be
 * without the server, and what is sent. The server's word is final; its
 * faults come back by pointer and are put at their fields.
 */
import * as v from "valibot";
import type { ActIn, ActivityKind, CashIn, Fault } from "../../api/types";
import { isDay, today, type Day } from "../../lib/day";
import {
	add,
	amount as exact,
	compare,
	negate,
	readAmount,
	round,
	subtract,
	times,
	typeAmount,
	ZERO,
	type Amount,
} from "../../lib/money";
import { ACTS, asks, isAct, type Act } from "./acts";
import { isTrade, pays } from "./kinds";

export interface Typed {
	kind: ActivityKind;
	symbol: string;
	quantity: string;
	price: string;
	amount: string;
	commission: string;
	withheld: string;
	into: string;
	numerator: string;
	denominator: string;
	price_into: string;
	received: string;
	acquired: string;
	rate: string;
	day: string;
	note: string;
}
export type FieldName = Exclude<keyof Typed, "kind">;

const typed = (least: "above" | "from") =>
	v.pipe(
		v.string(),
		v.rawCheck<string>(({ dataset, addIssue }) => {
			if (!dataset.typed) return;
			const text = dataset.value.trim(),
				value = text === "" && least === "from" ? ZERO : readAmount(text);
			if (text === "" && least === "above") addIssue({ message: "Needed" });
			else if (value === null)
				addIssue({ message: `Not a number; write one as ${typeAmount(exact("1.5"))}` });
			else if (least === "above" ? compare(value, ZERO) <= 0 : compare(value, ZERO) < 0)
				addIssue({ message: least === "above" ? "More than 0" : "Not below 0" });
		}),
	);

const day = v.pipe(
	v.string(),
	v.check((text) => isDay(text), "A date is needed"),
	v.check((text) => text <= today(), "Not in the future"),
);
const symbol = v.pipe(v.string(), v.trim(), v.nonEmpty("Which instrument?"), v.maxLength(16, "Too long"));
const note = v.pipe(v.string(), v.maxLength(500, "At most 500 characters"));
const any = v.string();

const entries = {
	symbol: any,
	quantity: any,
	price: any,
	amount: any,
	commission: any,
	withheld: any,
	into: any,
	numerator: any,
	denominator: any,
	price_into: any,
	received: any,
	acquired: any,
	rate: v.pipe(
		v.string(),
		v.check((text) => {
			const value = text.trim() === "" ? undefined : readAmount(text);
			return value === undefined || (value !== null && compare(value, ZERO) > 0);
		}, "A number above 0, or nothing"),
	),
	day,
	note,
};

const whole = v.pipe(
	v.string(),
	v.trim(),
	v.nonEmpty("Needed"),
	v.regex(/^[1-9]\d{0,6}$/, "A whole number above 0"),
);
/* Each its own field; "may" leaves it empty. */
const RULES = {
	into: { into: symbol },
	quantity: { quantity: typed("above") },
	amount: { amount: typed("above") },
	price: { price: typed("above") },
	price_into: { price_into: typed("above") },
	ratio: { numerator: whole, denominator: whole },
} as const;
const MAY = {
	amount: typed("from"),
	price: typed("from"),
	price_into: typed("from"),
	withheld: typed("from"),
	received: typed("from"),
	acquired: v.pipe(
		v.string(),
		v.check((text) => text === "" || isDay(text), "A date, or nothing"),
		v.check((text) => text <= today(), "Not in the future"),
	),
};

const acts = ACTS.map((act) =>
	v.object({
		...entries,
		symbol,
		...Object.fromEntries(act.may.map((field) => [field, MAY[field as keyof typeof MAY]])),
		...Object.assign({}, ...act.needs.map((field) => RULES[field as keyof typeof RULES])),
		kind: v.literal(act.kind),
	}),
);

export const schema = v.variant("kind", [
	v.object({
		...entries,
		kind: v.picklist(["buy", "sell"]),
		symbol,
		quantity: typed("above"),
		price: typed("above"),
		commission: typed("from"),
	}),
	v.object({
		...entries,
		kind: v.literal("dividend"),
		symbol,
		amount: typed("above"),
		withheld: typed("from"),
	}),
	v.object({
		...entries,
		kind: v.picklist(["deposit", "withdrawal", "interest", "fee", "tax"]),
		amount: typed("above"),
	}),
	...acts,
]);

const read = (text: string): Amount => readAmount(text) ?? ZERO;
const some = (text: string) => (text.trim() === "" ? {} : { note: text.trim() });
/* Of an instrument in another currency; the market's of the day when empty. */
const rated = (text: string) => (text.trim() === "" ? {} : { rate: read(text) });

export function toTrade(form: Typed & { kind: "buy" | "sell" }) {
	return {
		kind: form.kind,
		symbol: form.symbol.trim().toUpperCase(),
		quantity: read(form.quantity),
		price: read(form.price),
		commission: read(form.commission),
		traded_on: form.day as Day,
		...rated(form.rate),
		...some(form.note),
	};
}

export const toDividend = (form: Typed) => ({
	symbol: form.symbol.trim().toUpperCase(),
	amount: read(form.amount),
	withheld: read(form.withheld),
	paid_on: form.day as Day,
	...rated(form.rate),
	...some(form.note),
});

export function toCash(form: Typed) {
	const kind = form.kind as CashIn["kind"];
	return { kind, amount: read(form.amount), on: form.day as Day, ...some(form.note) };
}

export function toAct(form: Typed, act: Act): ActIn {
	const amounts = (["quantity", "amount", "price", "price_into", "withheld", "received"] as const).filter(
		(field) => asks(act, field) && form[field].trim() !== "",
	);
	const count = (text: string) => parseInt(text, 10);
	return {
		kind: act.kind,
		symbol: form.symbol.trim().toUpperCase(),
		...Object.fromEntries(amounts.map((field) => [field, read(form[field])])),
		...(asks(act, "into") ? { into: form.into.trim().toUpperCase() } : {}),
		...(asks(act, "ratio")
			? { numerator: count(form.numerator), denominator: count(form.denominator) }
			: {}),
		...(asks(act, "acquired") && form.acquired !== "" ? { acquired_on: form.acquired as Day } : {}),
		on: form.day as Day,
		...rated(form.rate),
		...some(form.note),
	};
}

/* What a trade does to the cash: negative when it costs. Null while incomplete,
 * and where the rate is the market's. */
export function cashEffect(form: Typed, foreign = false): Amount | null {
	const own = ownEffect(form);
	if (!foreign || !own) return own;
	const rate = readAmount(form.rate);
	return rate && round(times(own, rate), 2);
}

function ownEffect(form: Typed): Amount | null {
	const fee = form.commission.trim() === "" ? ZERO : readAmount(form.commission);
	if (isTrade(form.kind)) {
		const units = readAmount(form.quantity),
			price = readAmount(form.price);
		if (!units || !price || !fee) return null;
		const gross = round(times(units, price), 2);
		return form.kind === "buy" ? negate(add(gross, fee)) : subtract(gross, fee);
	}
	if (isAct(form.kind) && form.kind !== "return_of_capital") return null;
	const amount = readAmount(form.amount);
	if (!amount) return null;
	if (form.kind === "dividend") return subtract(amount, readAmount(form.withheld) ?? ZERO);
	return pays(form.kind) ? negate(amount) : amount;
}

const FIELDS: Record<string, FieldName> = {
	symbol: "symbol",
	quantity: "quantity",
	price: "price",
	amount: "amount",
	commission: "commission",
	withheld: "withheld",
	traded_on: "day",
	on: "day",
	paid_on: "day",
	into: "into",
	numerator: "numerator",
	denominator: "denominator",
	price_into: "price_into",
	received: "received",
	acquired_on: "acquired",
	rate: "rate",
	note: "note",
};

/* The field a fault's pointer means, if the form has it. */
export const fieldOf = (fault: Fault): FieldName | undefined => FIELDS[fault.pointer.replace(/^\//, "")];
