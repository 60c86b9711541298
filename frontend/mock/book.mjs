/*
 * The development server's ledger and calculator: activities in, positions
 * (average cost), cash, daily values and figures out. Written to look right
 * on a screen; the numbers that count come from the real server.
 */
import Big from "big.js";
import { closeOn, history, instruments, quote, sessions } from "./market.mjs";

const text = (big) => big.toString();
const cents = (big) => big.round(2, Big.roundHalfEven).toFixed(2);
const sum = (list) => list.reduce((a, b) => a.plus(b), Big(0));
/* What it does to the cash: the amount is gross and has no sign. */
const moved = (a) => (["buy", "withdrawal", "fee", "tax"].includes(a.kind)
	? Big(a.amount).plus(a.commission ?? 0).neg()
	: Big(a.amount).minus(a.commission ?? 0).minus(a.withheld ?? 0));
const CASH_IN = new Set(["deposit", "interest", "dividend"]);

/* Walk the activities in order; `upto` a day. Throws a fault on overselling. */
export function walk(activities, upto = "9999-12-31") {
	const held = new Map();
	let cash = Big(0), flows = Big(0), fees = Big(0);
	for (const a of activities.filter((x) => x.traded_on <= upto)) {
		const amount = moved(a);
		if (a.kind === "buy" || a.kind === "sell") {
			const h = held.get(a.symbol) ?? { quantity: Big(0), cost: Big(0), realised: Big(0),
				income: Big(0), opened_on: a.traded_on, trades: 0 };
			const quantity = Big(a.quantity);
			h.trades++;
			if (a.kind === "buy") {
				h.quantity = h.quantity.plus(quantity);
				h.cost = h.cost.minus(amount);
			} else {
				if (quantity.gt(h.quantity))
					throw { pointer: "/quantity", code: "more_than_held",
						detail: `${a.symbol}: the portfolio holds ${text(h.quantity)}, this sells ${
							text(quantity)}: ${text(quantity.minus(h.quantity))} too many` };
				const taken = Big(cents(h.cost.times(quantity).div(h.quantity)));
				h.cost = h.cost.minus(taken);
				h.quantity = h.quantity.minus(quantity);
				a.realised = cents(amount.minus(taken));
				h.realised = h.realised.plus(a.realised);
			}
			held.set(a.symbol, h);
		}
		if (a.kind === "dividend" && held.has(a.symbol))
			held.get(a.symbol).income = held.get(a.symbol).income.plus(amount);
		if (a.kind === "deposit" || a.kind === "withdrawal")
			flows = flows.plus(amount);
		if (a.kind === "fee")
			fees = fees.plus(amount);
		cash = cash.plus(amount);
		if (cash.lt(0) && !CASH_IN.has(a.kind))
			throw { pointer: "/quantity", code: "not_enough_cash",
				detail: `${cents(cash.abs())} USD are missing on ${a.traded_on}` };
	}
	return { held, cash, flows, fees };
}

export function positions(activities) {
	const { held, cash } = walk(activities);
	const rows = [...held].filter(([, h]) => h.quantity.gt(0)).map(([symbol, h]) => {
		const it = instruments.get(symbol), q = quote(symbol);
		const value = Big(cents(h.quantity.times(q.price)));
		const before = Big(cents(h.quantity.times(q.previous_close)));
		const unrealised = value.minus(h.cost);
		return { symbol, name: it.name, sector: it.sector, kind: it.kind, currency: it.currency,
			quantity: text(h.quantity), average_cost: h.cost.div(h.quantity).round(4).toString(),
			cost_basis: cents(h.cost), price: q.price, price_as_of: q.as_of, price_stale: q.stale,
			previous_close: q.previous_close, market_value: cents(value),
			unrealised: cents(unrealised),
			unrealised_ratio: h.cost.gt(0) ? +unrealised.div(h.cost) : null,
			realised: cents(h.realised), income: cents(h.income),
			day_change: cents(value.minus(before)),
			day_change_ratio: q.percent_change, weight: 0, logo: null,
			opened_on: h.opened_on, trades: h.trades, base_currency: it.currency,
			rate: "1", cost_basis_base: cents(h.cost), market_value_base: cents(value),
			unrealised_base: cents(unrealised), price_effect: cents(unrealised),
			currency_effect: "0", realised_base: cents(h.realised),
			income_base: cents(h.income), day_change_base: cents(value.minus(before)) };
	});
	const total = sum(rows.map((r) => r.market_value)).plus(cash);
	for (const row of rows)
		row.weight = total.gt(0) ? +Big(row.market_value).div(total) : 0;
	return rows.sort((a, b) => b.weight - a.weight);
}

const benchmarkOf = (symbol) => (history(symbol) ? symbol : "SPY");

/* One row per session since the portfolio's first activity. */
export function daily(activities, benchmark = "SPY") {
	if (activities.length === 0)
		return [];
	const first = sessions.findIndex((d) => d >= activities[0].traded_on);
	const rows = [];
	let held = new Map(), cash = 0, next = 0, before = 0, index = 1;
	for (let i = first; i < sessions.length && i >= 0; i++) {
		const date = sessions[i];
		let flow = 0;
		for (; next < activities.length && activities[next].traded_on <= date; next++) {
			const a = activities[next], amount = +moved(a);
			cash += amount;
			if (a.kind === "deposit" || a.kind === "withdrawal")
				flow += amount;
			if (a.kind === "buy" || a.kind === "sell")
				held.set(a.symbol, (held.get(a.symbol) ?? 0) +
					(a.kind === "buy" ? 1 : -1) * +a.quantity);
		}
		let value = cash;
		for (const [symbol, quantity] of held)
			value += quantity * (i === sessions.length - 1
				? +quote(symbol).price : closeOn(symbol, i));
		const base = before + Math.max(flow, 0);
		const r = base > 0 ? (value + Math.max(-flow, 0)) / base - 1 : 0;
		index *= 1 + r;
		const b = i > 0 ? closeOn(benchmarkOf(benchmark), i) /
			closeOn(benchmarkOf(benchmark), i - 1) - 1 : 0;
		rows.push({ date, value, cash, flow, r, b, index });
		before = value;
	}
	return rows;
}

const mean = (xs) => xs.reduce((a, b) => a + b, 0) / xs.length;
const dot = (xs, ys) => {
	const mx = mean(xs), my = mean(ys);
	return xs.reduce((s, x, i) => s + (x - mx) * (ys[i] - my), 0) / (xs.length - 1);
};

function xirr(rows) {
	const flows = rows.filter((x) => x.flow).map((x) => [Date.parse(x.date), -x.flow]);
	if (flows.length === 0)
		return null;
	flows.push([Date.parse(rows.at(-1).date), rows.at(-1).value]);
	const npv = (r) => flows.reduce((s, [t, f]) =>
		s + f / (1 + r) ** ((t - flows[0][0]) / 31536e6), 0);
	let low = -0.99, high = 10;
	for (let i = 0; i < 80; i++) {
		const mid = (low + high) / 2;
		if (npv(mid) > 0) low = mid; else high = mid;
	}
	return (low + high) / 2;
}

export function drawdowns(rows) {
	let peak = 1, peakDay = rows[0]?.date;
	return rows.map((row) => {
		if (row.index > peak) {
			peak = row.index;
			peakDay = row.date;
		}
		return { date: row.date, peakDay, depth: row.index / peak - 1 };
	});
}

export function figures(rows, benchmark, win_rate) {
	const none = { from: rows[0]?.date ?? null, to: rows.at(-1)?.date ?? null, n: rows.length,
		method: "twr", benchmark };
	const names = ["return", "annualised_return", "mwr", "volatility", "sharpe", "sortino",
		"calmar", "max_drawdown", "beta", "alpha", "correlation", "var95", "es95", "win_rate",
		"best_day", "worst_day", "benchmark_return"];
	if (rows.length < 3)
		return { figures: { ...none, ...Object.fromEntries(names.map((k) => [k, null])),
			drawdown_from: null, drawdown_to: null },
			reasons: Object.fromEntries(names.map((k) => [k, "INSUFFICIENT_DATA"])),
			warnings: ["SHORT_HISTORY"] };
	const r = rows.slice(1).map((x) => x.r), b = rows.slice(1).map((x) => x.b);
	const rf = 1.03 ** (1 / 252) - 1, n = r.length;
	const ex = r.map((x) => x - rf), sd = Math.sqrt(dot(r, r));
	const down = Math.sqrt(mean(ex.map((x) => Math.min(x, 0) ** 2)));
	const total = rows.at(-1).index - 1;
	const annual = (1 + total) ** (252 / n) - 1;
	const falls = drawdowns(rows), worst = falls.reduce((w, d) => (d.depth < w.depth ? d : w));
	const beta = dot(r, b) / dot(b, b), sorted = [...r].sort((x, y) => x - y);
	const tail = sorted.slice(0, Math.max(1, Math.floor(n * 0.05)));
	const year = n >= 252;
	return { figures: { ...none, n, return: total, annualised_return: year ? annual : null,
		mwr: xirr(rows), volatility: sd * Math.sqrt(252),
		sharpe: (mean(ex) / sd) * Math.sqrt(252), sortino: (mean(ex) / down) * Math.sqrt(252),
		calmar: worst.depth < 0 ? annual / -worst.depth : null, max_drawdown: worst.depth,
		drawdown_from: worst.peakDay, drawdown_to: worst.date, beta,
		alpha: (mean(ex) - beta * (mean(b) - rf)) * 252,
		correlation: dot(r, b) / (sd * Math.sqrt(dot(b, b))), var95: -tail.at(-1),
		es95: -mean(tail), win_rate, best_day: sorted.at(-1),
		worst_day: sorted[0], benchmark_return: b.reduce((p, x) => p * (1 + x), 1) - 1 },
		reasons: { ...(year ? {} : { annualised_return: "INSUFFICIENT_DATA" }),
			...(win_rate === null ? { win_rate: "INSUFFICIENT_DATA" } : {}) },
		warnings: n < 60 ? ["SHORT_HISTORY", "LOW_CONFIDENCE"] : year ? [] : ["NOT_ANNUALISED"] };
}

function won(activities) {
	const sales = activities.filter((a) => a.kind === "sell");
	return sales.length ? sales.filter((a) => +a.realised > 0).length / sales.length : null;
}

export function summary(portfolio, activities) {
	const { held, cash, flows, fees } = walk(activities);
	const list = positions(activities), rows = daily(activities, portfolio.benchmark);
	const market = sum(list.map((p) => p.market_value)), cost = sum(list.map((p) => p.cost_basis));
	const all = [...held.values()], change = sum(list.map((p) => p.day_change));
	const value = market.plus(cash), gain = value.minus(flows);
	return { portfolio_id: portfolio.id, currency: portfolio.currency,
		as_of: new Date().toISOString(), value: cents(value), cash: cents(cash),
		invested: cents(flows), market_value: cents(market), cost_basis: cents(cost),
		unrealised: cents(market.minus(cost)), realised: cents(sum(all.map((h) => h.realised))),
		income: cents(sum(all.map((h) => h.income))), fees: cents(fees.abs()),
		total_gain: cents(gain), total_gain_ratio: flows.gt(0) ? +gain.div(flows) : null,
		day_change: cents(change),
		day_change_ratio: value.gt(0) ? +change.div(value.minus(change)) : null,
		...figures(rows, portfolio.benchmark, won(activities)) };
}

export function allocation(activities) {
	const list = positions(activities), { cash } = walk(activities);
	const total = sum(list.map((p) => p.market_value)).plus(cash);
	const grouped = (key) => {
		const groups = new Map();
		for (const p of [...list, { market_value: cash, name: "Cash", symbol: "Cash",
			sector: "Cash", kind: "cash" }])
			groups.set(p[key], (groups.get(p[key]) ?? Big(0)).plus(p.market_value));
		return [...groups].filter(([, v]) => v.gt(0)).map(([name, v]) =>
			({ name, value: cents(v), weight: +v.div(total) }))
			.sort((a, b) => b.weight - a.weight);
	};
	return { by_position: grouped("symbol"), by_sector: grouped("sector"),
		by_kind: grouped("kind") };
}
