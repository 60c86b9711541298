/* Reports of one company, and how the data of one that is not simulated
 * stand. What is asked for is there two looks later. */
import Big from "big.js";
import { instruments, sessions } from "./market.mjs";

export const REAL = "KO";
const REPORTS = "AAPL";
const USUAL = ["daily", "events", "profile"];

const fact = (metric, unit, period_start, period_end, value) => ({ metric: `us-gaap:${metric}`, unit,
	period_start, period_end, value, fiscal_year: null, fiscal_period: null, form: "10-K",
	filed: "2026-02-01", source: "sec" });

const reports = {
	annual: [2025, 2024, 2023].flatMap((year) => [
		fact("Revenues", "USD", `${year}-01-01`, `${year}-12-31`, `${year - 1923}000000000`),
		fact("NetIncomeLoss", "USD", `${year}-01-01`, `${year}-12-31`, year === 2024 ? "-5000000000" : "20000000000"),
		fact("EarningsPerShareDiluted", "USD/shares", `${year}-01-01`, `${year}-12-31`, "1.25")]),
	quarter: [["01-01", "03-31"], ["04-01", "06-30"], ["07-01", "09-30"]].map(([from, to]) =>
		fact("Revenues", "USD", `2025-${from}`, `2025-${to}`, "24000000000")).reverse(),
	instant: [fact("Assets", "USD", "2025-12-31", "2025-12-31", "300000000000")],
};

export function createData({ ok, problem }) {
	const tracks = new Map();

	function track(need, from, wanted) {
		const before = tracks.get(need);
		tracks.set(need, { need, enabled: true, from_day: from ?? before?.from_day ?? null,
			watermark: before?.watermark ?? null, done_at: before?.done_at ?? null, failures: 0,
			last_error: null, wanted_at: wanted ? new Date().toISOString() : before?.wanted_at ?? null,
			looks: 0 });
	}

	function told() {
		for (const one of tracks.values())
			if (one.wanted_at && one.looks++ > 1)
				Object.assign(one, { wanted_at: null, done_at: new Date().toISOString(),
					watermark: sessions.at(-1) });
		return { symbol: REAL, items: [...tracks.values()].map(({ looks: _looks, ...one }) => one) };
	}

	function tracking(req, symbol, what, body) {
		if (req.method === "GET")
			return ok(symbol === REAL ? told() : { symbol, items: [] });
		if (req.method === "DELETE") {
			tracks.forEach((one) => Object.assign(one, { enabled: false, wanted_at: null }));
			return ok(undefined, 204);
		}
		for (const need of body.need ? [body.need] : USUAL)
			track(need, body.from, what === "backfill");
		return ok(told(), what === "backfill" ? 202 : 200);
	}

	const quality = (symbol) => ok({ symbol, simulated: symbol !== REAL,
		sources: [{ source: symbol === REAL ? "yahoo" : "simulated", bars: sessions.length,
			from_day: sessions[0], to_day: sessions.at(-1), stored_at: `${sessions.at(-1)}T22:00:00Z` }],
		findings: symbol !== REAL ? [] : [
			{ day: sessions.at(-9), rule: "jump", severity: "note", detail: "74 % up in a session",
				source: "yahoo", found_at: `${sessions.at(-8)}T05:00:00Z`, settled_at: null },
			{ day: sessions.at(-90), rule: "inverted", severity: "warning", detail: "high 1, low 2",
				source: "yahoo", found_at: `${sessions.at(-80)}T05:00:00Z`,
				settled_at: `${sessions.at(-70)}T05:00:00Z` }] });

	/* The euro is at 1.25 dollars; nothing else is traded. */
	function fx(what, query) {
		if (what !== "convert")
			return ok({ base: query.get("base") ?? "EUR", quote: query.get("quote"), date: sessions.at(-1), items: [] });
		const from = query.get("from"), to = query.get("to"), amount = query.get("amount");
		const rate = from === to ? 1 : from === "EUR" ? 1.25 : 0.8;
		return ok({ from, to, amount, date: sessions.at(-1), rate: String(rate),
			result: new Big(amount).times(rate).toFixed() });
	}

	return function data(req, [what, symbol, rest], body = {}) {
		if (what === "fx")
			return fx(symbol, req.query);
		if (what === "market")
			return ok({ kind: req.query.get("kind"), items: [] });
		if (what === "fundamentals") {
			const of = req.query.get("symbol"), metrics = (req.query.get("metric") ?? "").split(",");
			return ok({ symbol: of, items: of !== REPORTS ? [] : reports[req.query.get("period") ?? "annual"]
				.filter(({ metric }) => metrics.includes(metric.split(":")[1])) });
		}
		if (what !== "assets" || !rest)
			return undefined;
		if (!instruments.has(symbol))
			return problem(404, `No instrument is called ${symbol}.`);
		return rest === "quality" ? quality(symbol) : tracking(req, symbol, rest, body);
	};
}
