import { afterEach, describe, expect, it } from "vitest";
import { setLocale } from "./locale";
import {
	add,
	amount,
	compare,
	decimal,
	direction,
	isAmount,
	joinParts,
	MINUS,
	money,
	multiplyDelta,
	parts,
	percent,
	quantity,
	ratio,
	readAmount,
	rescale,
	round,
	roughly,
	subtract,
	sum,
	times,
	typeAmount,
	type Amount,
} from "./money";

const a = (text: string): Amount => amount(text);

afterEach(() => {
	setLocale("en-US");
});

describe("arithmetic", () => {
	it("adds what doubles cannot", () => {
		expect(add(a("0.1"), a("0.2"))).toBe("0.3");
		expect(add(a("9007199254740993"), a("0.000000000000000001"))).toBe(
			"9007199254740993.000000000000000001",
		);
	});

	it("never writes an exponent", () => {
		expect(times(a("0.000000001"), a("0.000000001"))).toBe("0.000000000000000001");
		expect(times(a("1000000000000"), a("1000000000000"))).toBe("1000000000000000000000000");
	});

	it("rounds half to even, both ways from zero", () => {
		const cases = [
			["0.125", "0.12"],
			["0.135", "0.14"],
			["2.675", "2.68"],
			["1.005", "1"],
			["0.005", "0"],
			["0.015", "0.02"],
			["-0.125", "-0.12"],
		];
		for (const [from, to] of cases) expect(compare(round(a(from ?? ""), 2), a(to ?? ""))).toBe(0);
	});

	it("undoes what it did", () => {
		for (const [x, y] of [
			["1", "3"],
			["-0.5", "0.25"],
			["123456789.987654321", "0.000000001"],
		])
			expect(compare(subtract(add(a(x ?? ""), a(y ?? "")), a(y ?? "")), a(x ?? ""))).toBe(0);
	});

	it("sums nothing to zero", () => {
		expect(sum([])).toBe("0");
	});

	it("moves a position by units times the change of price", () => {
		expect(multiplyDelta(a("12.5"), a("10.30"), a("10.10"))).toBe("2.5");
		expect(multiplyDelta(a("3"), a("1"), a("1"))).toBe("0");
	});

	it("has no ratio to nothing", () => {
		expect(ratio(a("1"), a("0"))).toBeNull();
		expect(ratio(a("1"), a("4"))).toBe(0.25);
	});

	it("rescales a ratio with its numerator", () => {
		expect(rescale(0.5, a("100"), a("110"))).toBeCloseTo(0.55, 12);
		expect(rescale(null, a("100"), a("110"))).toBeNull();
		expect(rescale(0.5, a("0"), a("110"))).toBe(0.5);
	});

	it("refuses what is not a plain decimal", () => {
		for (const text of ["", "1e3", "NaN", "1,5", "+1", ".5", "1.", "Infinity", " 1"])
			expect(isAmount(text)).toBe(false);
		expect(() => amount("1e3")).toThrow(TypeError);
	});
});

describe("text", () => {
	it("keeps every digit of an amount no double holds", () => {
		expect(money(a("12345678901234567890.12"))).toBe("12,345,678,901,234,567,890.12");
	});

	it("says a loss with a true minus and a gain with a plus", () => {
		expect(money(a("-5"), { signed: true })).toBe(`${MINUS}5.00`);
		expect(money(a("5"), { signed: true })).toBe("+5.00");
		expect(money(a("5"))).toBe("5.00");
	});

	it("has no sign on what rounds to nothing", () => {
		expect(money(a("-0.001"), { signed: true })).toBe("0.00");
		expect(money(a("0.001"), { signed: true })).toBe("0.00");
	});

	it("uses each currency's own digits", () => {
		expect(money(a("1234.5"), { currency: "USD" })).toBe("$1,234.50");
		expect(money(a("1234.5"), { currency: "JPY" })).toBe("¥1,234");
	});

	it("splits off the minor digits", () => {
		expect(parts(a("-1234.56"))).toEqual({
			sign: MINUS,
			symbol: "",
			symbolFirst: true,
			whole: "1,234",
			minor: ".56",
		});
	});

	it("writes as the user's locale does", () => {
		setLocale("de-DE");
		expect(money(a("-1234567.5"))).toBe(`${MINUS}1.234.567,50`);
		expect(joinParts(parts(a("5"), { currency: "EUR" }))).toBe("5,00\u00a0€");
		expect(percent(-0.0123, { signed: true })).toBe(`${MINUS}1,23\u00a0%`);
	});

	it("shows as many units as there are", () => {
		expect(quantity(a("10"))).toBe("10");
		expect(quantity(a("0.12345678"))).toBe("0.12345678");
	});

	it("writes ratios", () => {
		expect(percent(0.0123)).toBe("1.23%");
		expect(percent(0, { signed: true })).toBe("0.00%");
		expect(percent(0.05, { digits: 1, loose: true })).toBe("5%");
		expect(decimal(-0.5)).toBe(`${MINUS}0.50`);
	});

	it("shortens what nobody adds up", () => {
		expect(roughly(a("3450000000000"), "USD")).toBe("$3.45T");
	});

	it("tells the direction of text and of numbers", () => {
		expect([
			direction(a("-0.0001")),
			direction(0),
			direction(0.1),
			direction(null),
			direction(a("0.00")),
		]).toEqual(["down", "flat", "up", "flat", "flat"]);
	});
});

describe("what is typed", () => {
	it.each([
		["en-US", "1234.50", "1234.50"],
		["en-US", "1,234.5", "1234.5"],
		["en-US", " .5 ", "0.5"],
		["en-US", "007", "7"],
		["en-US", "5.", "5"],
		["de-DE", "1.234,50", "1234.50"],
		["de-DE", "1234,5", "1234.5"],
		["fr-FR", "1 234,5", "1234.5"],
		["en-US", "\u22125", "-5"],
	])("%s: %s is %s", (tag, typed, read) => {
		expect(readAmount(typed, tag)).toBe(read);
	});

	it.each([
		["en-US", "1,5"],
		["en-US", "1,23,456"],
		["en-US", "1.2.3"],
		["en-US", "abc"],
		["en-US", ""],
		["en-US", "."],
		["en-US", "-"],
		["en-US", "1e3"],
		["de-DE", "1.5"],
		["de-DE", "1,5,0"],
		["en-US", "1 000"],
	])("%s: %s is refused rather than guessed", (tag, typed) => {
		expect(readAmount(typed, tag)).toBeNull();
	});

	it("comes back as it would be typed", () => {
		for (const tag of ["en-US", "de-DE", "fr-FR", "sv-SE"])
			expect(readAmount(typeAmount(a("1234.5"), tag), tag)).toBe("1234.5");
	});
});
