import { describe, expect, it } from "vitest";
import { ago, daysAfter, daysBetween, formatDay, isDay, sessionOf, today, type Day } from "./day";

const day = (text: string) => text as Day;

describe("days", () => {
	it("knows a day from other text", () => {
		expect(["2026-02-28", "2024-02-29"].every(isDay)).toBe(true);
		expect(["2026-2-28", "2026-13-01", "", "2026-01-01T00:00:00Z"].some(isDay)).toBe(false);
	});

	it("crosses months, leap days and clock changes by whole days", () => {
		expect(daysAfter(day("2024-02-28"), 2)).toBe("2024-03-01");
		expect(daysAfter(day("2026-03-29"), 1)).toBe("2026-03-30");
		expect(daysAfter(day("2026-01-01"), -1)).toBe("2025-12-31");
	});

	it("counts what it adds", () => {
		for (const n of [0, 1, 30, 365, 3653])
			expect(daysBetween(day("2023-06-15"), daysAfter(day("2023-06-15"), n))).toBe(n);
	});

	it("is the user's own day, not Greenwich's", () => {
		expect(today(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
		expect(today(new Date(2026, 0, 5, 0, 1))).toBe("2026-01-05");
	});

	it("is formatted as the day it is in any zone", () => {
		expect(formatDay(day("2026-01-01"))).toBe("Jan 1, 2026");
		expect(formatDay(day("2026-12-31"), "short")).toBe("Dec 31");
	});

	it("counts a weekend's price to Friday", () => {
		expect(
			["2026-11-20T23:59:59Z", "2026-11-21T12:00:00Z", "2026-11-22T00:00:00Z"].map(sessionOf),
		).toEqual(Array(3).fill("2026-11-20"));
		expect(sessionOf("2026-11-23T00:00:01Z")).toBe("2026-11-23");
	});

	it("says how old a price is", () => {
		const now = Date.parse("2026-01-05T12:00:00Z");
		expect(ago("2026-01-05T11:59:20Z", now)).toBe("40 seconds ago");
		expect(ago("2026-01-05T09:00:00Z", now)).toBe("3 hours ago");
		expect(ago("2026-01-04T12:00:00Z", now)).toBe("yesterday");
	});
});
