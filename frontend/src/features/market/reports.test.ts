import { describe, expect, it } from "vitest";
import type { Facts } from "../../api/reports";
import type { Fact } from "../../api/types";
import type { Day } from "../../lib/day";
import { amount } from "../../lib/money";
import { barPlaces, growth, reportsOf, reportText } from "./reports";

const fact = (metric: string, start: string, end: string, value: string, unit = "USD"): Fact => ({
	metric: `us-gaap:${metric}`,
	unit,
	period_start: start as Day,
	period_end: end as Day,
	value: amount(value),
	fiscal_year: null,
	fiscal_period: null,
	form: null,
	filed: "2026-02-01" as Day,
	source: "sec",
});
const none: Facts = { annual: [], quarter: [], instant: [] };
const year = (metric: string, y: number, value: string, unit?: string) =>
	fact(metric, `${y}-01-01`, `${y}-12-31`, value, unit);

describe("reports side by side", () => {
	it("has one row for a figure whose name changed", () => {
		const { ends, rows } = reportsOf(
			{
				...none,
				annual: [
					year("Revenues", 2025, "120"),
					year("SalesRevenueNet", 2024, "100"),
					year("RevenueFromContractWithCustomerExcludingAssessedTax", 2025, "119"),
				],
			},
			"annual",
		);
		expect(ends).toEqual(["2024-12-31", "2025-12-31"]);
		expect(rows.map(({ id, values }) => [id, values.map((one) => one?.value)])).toEqual([
			["revenue", ["100", "120"]],
		]);
	});
	it("leaves a hole where nothing was told, and out what is in another unit", () => {
		const { rows } = reportsOf(
			{
				...none,
				annual: [
					year("Revenues", 2025, "120"),
					year("Revenues", 2024, "100"),
					year("Revenues", 2023, "90", "EUR"),
					year("NetIncomeLoss", 2025, "-3"),
				],
			},
			"annual",
		);
		expect(rows[0]?.values.map((one) => one?.value ?? null)).toEqual(["100", "120"]);
		expect(rows[1]?.values.map((one) => one?.value ?? null)).toEqual([null, "-3"]);
	});
	const quarters = [
		fact("Revenues", "2025-01-01", "2025-03-31", "20.1"),
		fact("Revenues", "2025-04-01", "2025-06-30", "20.2"),
		fact("Revenues", "2025-07-01", "2025-09-30", "20.3"),
	];
	it("has the last quarter as the year less the others, to the last digit", () => {
		const all = { ...none, annual: [year("Revenues", 2025, "100.7")], quarter: quarters };
		const last = reportsOf(all, "quarter").rows[0]?.values.at(-1);
		expect(last?.value).toBe("40.1");
		expect(last?.derived).toBe(true);
		expect(
			reportsOf({ ...all, quarter: quarters.slice(1) }, "quarter").rows[0]?.values.map(
				(one) => one?.value,
			),
		).toEqual(["20.2", "20.3"]);
	});
	it("never reckons earnings per share so", () => {
		const eps = (one: Fact): Fact => ({
			...one,
			metric: "x:EarningsPerShareDiluted",
			unit: "USD/shares",
		});
		const { rows } = reportsOf(
			{ ...none, annual: [eps(year("", 2025, "4"))], quarter: quarters.map(eps) },
			"quarter",
		);
		expect(rows[0]?.values.length).toBe(3);
	});
	it("compares with the same quarter of the year before, not with a loss", () => {
		const reports = reportsOf(
			{
				...none,
				quarter: [
					...quarters,
					fact("Revenues", "2026-01-01", "2026-03-31", "40.2"),
					fact("Revenues", "2024-04-01", "2024-06-30", "-1"),
				],
			},
			"quarter",
		);
		const row = reports.rows[0];
		if (!row) throw new Error("no row");
		const at = (end: string) => reports.ends.indexOf(end as Day);
		expect(growth(reports, row, at("2026-03-31"))).toBe(1);
		expect(growth(reports, row, at("2025-06-30"))).toBeNull();
		expect(growth(reports, row, at("2025-09-30"))).toBeNull();
	});
	it("is empty without reports", () => {
		expect(reportsOf(none, "annual")).toEqual({ ends: [], rows: [] });
	});
	it("says what a value is of", () => {
		expect(reportText(amount("405840000000"), "USD")).toBe("$405.84B");
		expect(reportText(amount("-1.5"), "USD/shares")).toMatch(/1\.50/);
		expect(reportText(amount("15000000"), "shares")).toBe("15M");
	});
});

describe("bars", () => {
	it("stand on nothing, losses hang below it", () => {
		const { zero, bars } = barPlaces([10, -10, null, 5]);
		expect(zero).toBe(0.5);
		expect(bars).toEqual([
			{ top: 0, height: 0.5 },
			{ top: 0.5, height: 0.5 },
			null,
			{ top: 0.25, height: 0.25 },
		]);
		expect(barPlaces([0, 0]).bars).toEqual([
			{ top: 1, height: 0 },
			{ top: 1, height: 0 },
		]);
	});
});
