import { describe, expect, it } from "vitest";
import { CHOSEN_MAX, readStudies, STUDIES, studyKey, studyLabel, usualStudy, within } from "./studies";

describe("the indicators a chart offers", () => {
	it("have a name each, and usual values within their ranges", () => {
		expect(new Set(STUDIES.map(({ name }) => name)).size).toBe(STUDIES.length);
		for (const { params } of STUDIES)
			for (const param of params) expect(within(param, param.usual)).toBe(param.usual);
	});

	it("are told with what they were given", () => {
		const rsi = STUDIES.find(({ name }) => name === "rsi");
		expect(rsi && studyLabel(usualStudy(rsi))).toBe("RSI 14");
		expect(studyKey({ name: "sma", params: { period: 50 } })).toBe("sma(50)");
	});
});

describe("a remembered choice of indicators", () => {
	it("comes back as it was", () => {
		const kept = [{ name: "sma", params: { period: 50 } }];
		expect(readStudies(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
	});

	it("loses what is unknown, is put back in range, and is not without end", () => {
		expect(readStudies([{ name: "gone" }, null, "sma"])).toEqual([]);
		expect(readStudies([{ name: "sma", params: { period: 1e9 } }])[0]?.params).toEqual({ period: 1000 });
		expect(readStudies([{ name: "sma", params: { period: "x" } }])[0]?.params).toEqual({ period: 20 });
		expect(readStudies(Array(50).fill({ name: "sma" }))).toHaveLength(CHOSEN_MAX);
		expect(readStudies("nothing")).toEqual([]);
	});
});
