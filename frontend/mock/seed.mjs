/* The demo portfolio: a few years of deposits, trades and dividends that a
 * careful private investor might have made. */
import Big from "big.js";
import { history, random, sessions } from "./market.mjs";

const DEPOSITS = [[180, "60000"], [420, "25000"], [760, "30000"], [1100, "20000"]];
const TRADES = [
	[182, "buy", "SPY", 40], [184, "buy", "AAPL", 75], [190, "buy", "MSFT", 30],
	[215, "buy", "KO", 120], [240, "buy", "JPM", 35], [262, "buy", "BND", 90],
	[300, "buy", "NVDA", 80], [424, "buy", "GOOGL", 60], [430, "buy", "TSLA", 22],
	[470, "buy", "JNJ", 40], [610, "sell", "TSLA", 10], [762, "buy", "SPY", 25],
	[764, "buy", "NVDA", 45], [790, "buy", "V", 24], [860, "buy", "XOM", 55],
	[905, "sell", "KO", 50], [980, "buy", "AMZN", 30], [1102, "buy", "GLD", 26],
	[1106, "buy", "VTI", 62], [1110, "buy", "BRK.B", 12], [1180, "sell", "AAPL", 15], [1290, "buy", "UNH", 8],
	[1360, "sell", "XOM", 20], [1391, "buy", "MSFT", 6],
];
const DIVIDENDS = { SPY: 1.7, AAPL: 0.24, MSFT: 0.75, KO: 0.46, JPM: 1.15, BND: 0.2 };

let serial = 0;
export function id() {
	serial++;
	return `0190b6c2-7a10-7000-8000-${serial.toString(16).padStart(12, "0")}`;
}

export function activity(fields) {
	return { id: id(), symbol: null, quantity: null, price: null, commission: "0",
		withheld: "0", realised: null, note: null, recorded_at: new Date().toISOString(),
		...fields };
}

export function demoActivities() {
	const list = DEPOSITS.map(([at, amount]) =>
		activity({ kind: "deposit", amount, traded_on: sessions[at] }));
	const next = random(5);
	const held = {};
	for (const [at, kind, symbol, quantity] of TRADES) {
		const price = (history(symbol)[at].close * (1 + (next() - 0.5) * 0.004)).toFixed(2);
		const gross = Big(price).times(quantity), commission = "1.00";
		list.push(activity({ kind, symbol, quantity: String(quantity), price, commission,
			amount: gross.toFixed(2), traded_on: sessions[at],
			note: symbol === "NVDA" && at === 764 ? "Added after the sell-off" : null }));
		(held[symbol] ??= []).push([at, kind === "buy" ? quantity : -quantity]);
	}
	for (const [symbol, each] of Object.entries(DIVIDENDS))
		for (let at = 250; at < sessions.length; at += 63) {
			const quantity = (held[symbol] ?? []).filter(([t]) => t < at)
				.reduce((s, [, q]) => s + q, 0);
			if (quantity > 0)
				list.push(activity({ kind: "dividend", symbol, withheld: "0",
					amount: (quantity * each).toFixed(2), traded_on: sessions[at] }));
		}
	list.push(activity({ kind: "fee", amount: "18.00", traded_on: sessions[900],
		note: "Custody fee" }));
	list.push(activity({ kind: "interest", amount: "41.27", traded_on: sessions[1200] }));
	return list.sort((a, b) => a.traded_on.localeCompare(b.traded_on));
}
