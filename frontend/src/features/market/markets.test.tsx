import { describe, expect, it } from "vitest";
import type { Asset, Mover } from "../../api/types";
import type { Day } from "../../lib/day";
import { amount } from "../../lib/money";
import { rateRows } from "./currencies";
import { layOut, sectorsOf, strength, tint, type Cell } from "./heat";
import { nearest } from "./heat-map";
import { moved } from "./movers";
import { changeToday, simulatedOf, type Priced } from "./whole-market";

const cell = (symbol: string, sector: string, weight: number, change: number | null = 0): Cell => ({
	symbol,
	name: symbol,
	sector,
	weight,
	change,
});
const priced = (symbol: string, change: number | null): Priced => ({
	asset: { symbol, name: symbol } as Asset,
	quote:
		change === null
			? undefined
			: { price: amount("1"), change: amount("0"), percent_change: change, as_of: "", stale: false },
});

describe("the heat map", () => {
	const cells = [cell("A", "X", 5), cell("B", "X", 3), cell("C", "Y", 2), cell("D", "Y", 0)];
	it("puts the largest sector first, and in it the largest instrument", () => {
		expect(sectorsOf(cells).map(({ name, weight }) => [name, weight])).toEqual([
			["X", 8],
			["Y", 2],
		]);
		expect(sectorsOf([...cells].reverse())).toEqual(sectorsOf(cells));
	});
	it("keeps every tile within its sector, and each within the map", () => {
		for (const sector of layOut(cells, 600, 300)) {
			expect(sector.x + sector.width).toBeLessThanOrEqual(600.001);
			for (const { x, y, width, height } of sector.tiles) {
				expect(x).toBeGreaterThanOrEqual(sector.x - 0.001);
				expect(x + width).toBeLessThanOrEqual(sector.x + sector.width + 0.001);
				expect(y + height).toBeLessThanOrEqual(sector.y + sector.height + 0.001);
			}
		}
		expect(layOut(cells, 0, 0)).toEqual([]);
	});
	it("is stronger the further a price went, up to a limit, and flat for none", () => {
		expect(strength(0.01, 0.03)).toBeLessThan(strength(-0.02, 0.03));
		expect(strength(0.5, 0.03)).toBe(1);
		expect(tint(null, 0.03)).toBe(tint(0, 0.03));
		expect(tint(0.01, 0.03)).toContain("gain");
		expect(tint(-0.01, 0.03)).toContain("loss");
	});
	it("is walked by the arrow keys, and not beyond its edge", () => {
		const at = (left: number, top: number) => ({ left, top, width: 10, height: 10 }) as DOMRect;
		const tiles = [at(0, 0), at(20, 0), at(0, 20), at(20, 20)];
		const from = tiles[0] as DOMRect;
		expect(nearest(tiles, from, "ArrowRight")).toBe(1);
		expect(nearest(tiles, from, "ArrowDown")).toBe(2);
		expect(nearest(tiles, from, "ArrowLeft")).toBe(-1);
	});
});

describe("movers", () => {
	it("are those that moved that way, in the order they came", () => {
		const of = (symbol: string, percent_change: number) => ({ symbol, percent_change }) as Mover;
		const rows = [of("B", -0.02), of("E", -0.01), of("D", 0), of("A", 0.01)];
		const symbols = (kind: Parameters<typeof moved>[0]) => moved(kind, rows).map(({ symbol }) => symbol);
		expect(symbols("losers")).toEqual(["B", "E"]);
		expect(symbols("gainers")).toEqual(["A"]);
		expect(symbols("active")).toEqual(["B", "E", "D", "A"]);
	});
});

describe("rates of exchange", () => {
	const table = (base: string, rates: Record<string, string>) => ({
		base,
		date: "2026-01-02" as Day,
		items: Object.entries(rates).map(([currency, rate]) => ({
			currency,
			rate: amount(rate),
			date: "2026-01-02" as Day,
			source: "test",
		})),
	});
	it("have the common ones first, without the base itself, and their change", () => {
		const rows = rateRows(
			table("EUR", { AUD: "1.65", BGN: "1.9558", EUR: "1", USD: "1.10" }),
			table("EUR", { USD: "1.00", AUD: "1.65" }),
		);
		expect(rows.map(({ currency }) => currency)).toEqual(["USD", "AUD", "BGN"]);
		expect(rows[0]?.change).toBeCloseTo(0.1, 12);
		expect(rows[1]?.change).toBe(0);
		expect(rows[2]?.change).toBeNull();
	});
});

describe("what is simulated", () => {
	it("is said of what is shown, not of the whole", () => {
		const assets = (...made: boolean[]) => made.map((simulated) => ({ simulated }));
		expect(simulatedOf(assets(true, true))).toBe("all");
		expect(simulatedOf(assets(true, false))).toBe("some");
		expect(simulatedOf(assets(false))).toBe("none");
		expect(simulatedOf([])).toBe("none");
	});
});

describe("today", () => {
	it("has no change of a price a week old", () => {
		const quote = { ...priced("A", 4).quote, as_of: "2022-03-24T20:00:00Z" } as Priced["quote"];
		const then = Date.parse("2022-03-25T14:00:00Z");
		expect(changeToday(quote, then)).toBe(4);
		expect(changeToday(quote)).toBeNull();
	});
});
