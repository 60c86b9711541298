import { describe, expect, it } from "vitest";
import type { Bar } from "../../api/types";
import type { Day } from "../../lib/day";
import { amount } from "../../lib/money";
import { adjusted, extremes, gains, place } from "./bars";
import { rangeStart } from "./ranges";

function bar(date: string, close: string, adjustedClose = close): Bar {
	const price = amount(close);
	return {
		date: date as Day,
		at: null,
		open: price,
		high: price,
		low: price,
		close: price,
		adjusted_close: amount(adjustedClose),
		volume: amount("1"),
		source: "test",
	};
}

describe("an adjusted bar", () => {
	it("is moved as a whole, by a split of two for one", () => {
		const { open, high, low, close } = adjusted(bar("2026-01-02", "100.5", "50.25"));
		expect([open, high, low, close]).toEqual(["50.25", "50.25", "50.25", "50.25"]);
	});
	it("is the same bar where nothing happened since", () => {
		const one = bar("2026-01-02", "100");
		expect(adjusted(one)).toBe(one);
	});
});

describe("gains", () => {
	const bars = [
		bar("2025-12-31", "80"),
		bar("2026-02-27", "90"),
		bar("2026-03-20", "96"),
		bar("2026-03-27", "100", "100"),
	];
	const of = (label: string) => gains(bars).find((one) => one.label === label)?.value;
	it("count from the last close before the span began", () => {
		expect(of("1 week")).toBeCloseTo(100 / 96 - 1, 12);
		expect(of("This year")).toBeCloseTo(0.25, 12);
	});
	it("are not made up where no price is that old", () => {
		expect(of("1 year")).toBeNull();
		expect(gains([])).toEqual([]);
	});
});

describe("extremes", () => {
	it("hold every price, and place them from 0 to 1", () => {
		const range = extremes([bar("2026-01-01", "10"), bar("2026-01-02", "30"), bar("2026-01-03", "20")]);
		expect(range).toEqual({ low: "10", high: "30" });
		expect(range && place(amount("15"), range)).toBeCloseTo(0.25, 12);
		expect(range && place(amount("99"), range)).toBe(1);
		expect(extremes([])).toBeNull();
	});
});

describe("a range", () => {
	it("begins so many days ago, or with the year", () => {
		const now = "2026-11-21" as Day;
		expect(rangeStart("1W", now)).toBe("2026-11-14");
		expect(rangeStart("YTD", now)).toBe("2026-01-01");
		expect(rangeStart("MAX", now)).toBe("1970-01-01");
	});
});
