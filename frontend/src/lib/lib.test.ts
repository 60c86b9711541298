import { describe, expect, it, vi } from "vitest";
import { csv } from "./csv";
import { createKeys } from "./keys";
import { paths, safeReturn, symbolOf } from "./paths";
import { ringPath, treemap } from "./shapes";
import { createEventReader, type ServerEvent } from "./sse";
import { fit } from "./text";

function read(...pieces: string[]): ServerEvent[] {
	const events: ServerEvent[] = [];
	const feed = createEventReader((event) => events.push(event));
	for (const piece of pieces) feed(piece);
	return events;
}

describe("server-sent events", () => {
	const text =
		': hello\r\nevent: quote\r\nid: 7\r\ndata: {"a":1}\r\n\r\ndata: two\ndata:lines\n\nevent: empty\n\n';

	it("come whole however the text is cut", () => {
		const whole = read(text);
		expect(whole).toEqual([
			{ event: "quote", data: '{"a":1}', id: "7" },
			{ event: "message", data: "two\nlines", id: "7" },
		]);
		expect(read(...text)).toEqual(whole);
		for (let at = 0; at < text.length; at++)
			expect(read(text.slice(0, at), text.slice(at))).toEqual(whole);
	});

	it("wait for their end", () => {
		expect(read("data: half\n")).toEqual([]);
	});
});

describe("treemap", () => {
	const box = { x: 0, y: 0, width: 300, height: 170 };
	const weights = [0.3, 0.22, 0.15, 0.1, 0.09, 0.07, 0.04, 0.03];
	const tiles = treemap(weights, (w) => w, box);

	it("gives each its share of the area", () => {
		expect(tiles).toHaveLength(weights.length);
		for (const { item, width, height } of tiles) expect(width * height).toBeCloseTo(item * 300 * 170, 6);
	});

	it("stays inside and does not overlap", () => {
		for (const t of tiles) {
			expect(t.x).toBeGreaterThanOrEqual(-1e-9);
			expect(t.x + t.width).toBeLessThanOrEqual(300 + 1e-9);
			expect(t.y + t.height).toBeLessThanOrEqual(170 + 1e-9);
			for (const o of tiles)
				if (o !== t)
					expect(
						t.x + t.width <= o.x + 1e-9 ||
							o.x + o.width <= t.x + 1e-9 ||
							t.y + t.height <= o.y + 1e-9 ||
							o.y + o.height <= t.y + 1e-9,
					).toBe(true);
		}
	});

	it("leaves out what weighs nothing", () => {
		expect(treemap([1, 0], (w) => w, box)).toHaveLength(1);
		expect(treemap([], (w: number) => w, box)).toEqual([]);
	});
});

describe("ring", () => {
	it("draws a whole circle as a visible one", () => {
		expect(ringPath(0, 1, 10, 5)).not.toContain("NaN");
		expect(ringPath(0, 1, 10, 5)).toMatch(/A10 10 0 1 1/);
	});
});

describe("CSV", () => {
	it("quotes what needs it", () => {
		expect(
			csv(
				["a", "b"],
				[
					["x,y", 'say "no"'],
					[null, 1],
				],
			),
		).toBe('a,b\r\n"x,y","say ""no"""\r\n,1\r\n');
	});

	it("does not let a cell be run, and leaves a loss a number", () => {
		expect(csv(["n"], [["=1+1"], ["-12.5"], ["@x"], ["+1"]])).toBe(
			"n\r\n'=1+1\r\n-12.5\r\n'@x\r\n'+1\r\n",
		);
	});
});

describe("keys", () => {
	const press = (
		keys: ReturnType<typeof createKeys>,
		key: string,
		at = 0,
		target: EventTarget = document.body,
	) => {
		const event = new KeyboardEvent("keydown", { key, cancelable: true });
		Object.defineProperties(event, { timeStamp: { value: at }, target: { value: target } });
		return keys(event);
	};

	it("run a sequence, but not a slow one", () => {
		const run = vi.fn();
		const keys = createKeys({ "g d": run });
		press(keys, "g", 0);
		press(keys, "d", 500);
		expect(run).toHaveBeenCalledTimes(1);
		press(keys, "g", 1000);
		press(keys, "d", 9000);
		expect(run).toHaveBeenCalledTimes(1);
	});

	it("belong to whoever is typing", () => {
		const run = vi.fn();
		expect(press(createKeys({ n: run }), "n", 0, document.createElement("input"))).toBe(false);
		expect(run).not.toHaveBeenCalled();
	});
});

describe("addresses", () => {
	it("encode what is foreign", () => {
		expect(paths.position("p", "BRK/B")).toBe("/portfolios/p/positions/BRK%2FB");
	});

	it("return only to ourselves after logging in", () => {
		expect(safeReturn("/portfolios/1?x=1")).toBe("/portfolios/1?x=1");
		for (const evil of ["https://evil.example", "//evil.example", "/\\evil.example", "", null])
			expect(safeReturn(evil)).toBe("/");
	});
});

describe("finding", () => {
	it("prefers beginnings", () => {
		expect(fit("Dashboard", "dash")).toBeGreaterThan(fit("My dashboard", "dash"));
		expect(fit("Dashboard", "xyz")).toBe(0);
	});
});

describe("an instrument's address", () => {
	it("does not end like a file's name, and leads back to its symbol", () => {
		expect(paths.asset("BRK.B")).toBe("/markets/BRK~B");
		expect(symbolOf(decodeURIComponent(paths.position("p", "^A.B").split("/").at(-1) ?? ""))).toBe(
			"^A.B",
		);
	});
});
