import { describe, expect, it } from "vitest";
import { readSearch, withKind } from "./filters";

describe("a search as typed", () => {
	it("is words, and what narrows them", () => {
		expect(readSearch(" apple  kind:ETFs in:usd ")).toEqual({
			text: "apple",
			filter: { kind: "etf", currency: "USD" },
		});
		expect(readSearch("exchange:nyse")).toEqual({ text: "", filter: { exchange: "NYSE" } });
	});
	it("leaves alone what is no filter, and waits for a value", () => {
		expect(readSearch("s&p 500 a:b")).toEqual({ text: "s&p 500 a:b", filter: {} });
		expect(readSearch("bank kind:")).toEqual({ text: "bank", filter: {} });
	});
	it("has one kind at most", () => {
		expect(withKind("bank kind:etf", "stock")).toBe("bank kind:stock");
		expect(withKind("bank kind:etf", null)).toBe("bank");
		expect(withKind("", "crypto")).toBe("kind:crypto");
		expect(readSearch(withKind("a kind:etf in:eur", "bond"))).toEqual({
			text: "a",
			filter: { kind: "bond", currency: "EUR" },
		});
	});
});
