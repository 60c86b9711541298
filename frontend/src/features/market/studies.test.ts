import { describe, expect, it } from "vitest";
import { linesOf } from "../../api/charts";
import type { Day } from "../../lib/day";
import {
	CHOSEN_MAX,
	offered,
	readStudies,
	STUDIES,
	studyKey,
	studyLabel,
	usualStudy,
	within,
} from "./studies";

describe("the indicators a chart offers", () => {
	it("have a name each, and usual values within their ranges", () => {
		expect(new Set(STUDIES.map(({ name }) => name)).size).toBe(STUDIES.length);
		for (const { params } of STUDIES)
			for (const param of params) expect(within(param, param.usual)).toBe(param.usual);
	});

	it("are told with what they were given", () => {
		const macd = STUDIES.find(({ name }) => name === "macd");
		expect(macd && studyLabel(usualStudy(macd))).toBe("MACD 12 26 9");
		expect(studyKey({ name: "sma", params: { window: 50 } })).toBe("sma(50)");
	});
});

describe("the server's list of indicators", () => {
	const row = (name: string, most: number) => ({
		name,
		doc: "",
		params: [{ name: "window", least: 2, most, usual: 10, whole: true }],
		outputs: [],
	});
	it("says which are offered, and in which ranges", () => {
		const [sma, ...more] = offered([row("sma", 99), row("unheard_of", 5)]);
		expect(more).toEqual([]);
		expect(sma?.params).toMatchObject([{ label: "Days", min: 2, max: 99, usual: 10 }]);
	});
	it("is not needed for the basic ones", () => {
		expect(offered(undefined).map(({ name }) => name)).toContain("rsi");
		expect(offered(undefined).map(({ name }) => name)).not.toContain("macd");
	});
	it("names the lines of an answer", () => {
		const date = "2026-01-02" as Day;
		expect(
			linesOf({ outputs: ["macd", "signal"], items: [{ date, value: 1, values: [1, null] }] }),
		).toEqual({ macd: [{ date, value: 1 }], signal: [{ date, value: null }] });
		expect(linesOf({ items: [{ date, value: 2 }] })).toEqual({ value: [{ date, value: 2 }] });
		expect(linesOf({ outputs: ["sma"], items: [{ date, value: 2, values: [] }] }).sma?.[0]?.value).toBe(
			2,
		);
	});
});

describe("a remembered choice of indicators", () => {
	it("comes back as it was", () => {
		const kept = [{ name: "sma", params: { window: 50 } }];
		expect(readStudies(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
	});

	it("loses what is unknown, is put back in range, and is not without end", () => {
		expect(readStudies([{ name: "gone" }, null, "sma"])).toEqual([]);
		expect(readStudies([{ name: "sma", params: { window: 1e9 } }])[0]?.params).toEqual({ window: 1000 });
		expect(readStudies([{ name: "sma", params: { window: "x" } }])[0]?.params).toEqual({ window: 20 });
		expect(readStudies(Array(50).fill({ name: "sma" }))).toHaveLength(CHOSEN_MAX);
		expect(readStudies("nothing")).toEqual([]);
	});
});
