import { describe, expect, it } from "vitest";
import type { Day } from "../lib/day";
import { amount, compare, times } from "../lib/money";
import { atQuote, quotesArrived, quotesReducer } from "./quotes";
import type { Position, QuoteEvent } from "./types";

const position: Position = {
	symbol: "ABC",
	name: "Abc",
	sector: null,
	kind: "stock",
	currency: "USD",
	quantity: amount("12.5"),
	average_cost: amount("80"),
	cost_basis: amount("1000"),
	price: amount("100"),
	price_as_of: "2026-01-05T12:00:00Z",
	price_stale: false,
	previous_close: amount("98"),
	market_value: amount("1250"),
	unrealised: amount("250"),
	unrealised_ratio: 0.25,
	realised: amount("0"),
	income: amount("0"),
	day_change: amount("25"),
	day_change_ratio: 0.0204,
	weight: 0.5,
	opened_on: "2025-01-06" as Day,
	trades: 1,
	logo: null,
	base_currency: "USD",
	rate: amount("1"),
	cost_basis_base: amount("1000"),
	market_value_base: amount("1250"),
	unrealised_base: amount("250"),
	price_effect: amount("250"),
	currency_effect: amount("0"),
	realised_base: amount("0"),
	income_base: amount("0"),
	day_change_base: amount("25"),
};
const quote = (price: string, as_of: string): QuoteEvent => ({
	symbol: "ABC",
	price: amount(price),
	previous_close: amount("98"),
	change: amount("4"),
	percent_change: 0.0408,
	as_of,
	stale: false,
});

describe("a position at a newer price", () => {
	it("moves every amount by units times the change", () => {
		const p = atQuote(position, quote("102", "2026-01-05T12:00:01Z"));
		expect([p.market_value, p.unrealised, p.day_change]).toEqual(["1275", "275", "50"]);
		const dollars = atQuote(
			{ ...position, currency: "EUR", rate: amount("1.1"), market_value_base: amount("1375") },
			quote("102", "2026-01-05T12:00:10Z"),
		);
		expect([dollars.market_value, dollars.market_value_base]).toEqual(["1275", "1402.5"]);
		expect(p.unrealised_ratio).toBeCloseTo(0.275, 12);
		expect(compare(p.market_value, times(p.quantity, amount("102")))).toBe(0);
	});

	it("stays as it is when the quote is older, or there is none", () => {
		expect(atQuote(position, quote("102", "2026-01-05T11:59:59Z"))).toBe(position);
		expect(atQuote(position, undefined)).toBe(position);
	});
});

describe("quotes that arrive", () => {
	it("out of order do not turn the price back", () => {
		const now = quotesReducer(undefined, quotesArrived([quote("102", "2026-01-05T12:00:02Z")]));
		expect(
			quotesReducer(now, quotesArrived([quote("101", "2026-01-05T12:00:01Z")])).bySymbol.ABC?.price,
		).toBe("102");
	});
});
