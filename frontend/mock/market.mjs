/*
 * A market to develop against: a few instruments whose prices follow one
 * shared factor and a bit of their own luck, the same on every start. The
 * last price moves while the server runs. Never part of a build.
 */
const ROWS = `
SPY|SPDR S&P 500 ETF Trust|etf|NYSE Arca|Funds|Exchange-traded fund|590|0.0|1.0|540000000000|1993-01-22
AAPL|Apple Inc.|stock|NASDAQ|Technology|Consumer electronics|228|0.008|1.15|3450000000000|1980-12-12
MSFT|Microsoft Corporation|stock|NASDAQ|Technology|Software|431|0.007|1.05|3200000000000|1986-03-13
NVDA|NVIDIA Corporation|stock|NASDAQ|Technology|Semiconductors|141|0.017|1.7|3460000000000|1999-01-22
GOOGL|Alphabet Inc.|stock|NASDAQ|Communication|Internet services|176|0.009|1.1|2150000000000|2004-08-19
AMZN|Amazon.com, Inc.|stock|NASDAQ|Consumer cyclical|Online retail|204|0.011|1.2|2140000000000|1997-05-15
TSLA|Tesla, Inc.|stock|NASDAQ|Consumer cyclical|Automobiles|338|0.025|1.8|1080000000000|2010-06-29
JPM|JPMorgan Chase & Co.|stock|NYSE|Financials|Banks|245|0.009|1.0|690000000000|1969-03-05
V|Visa Inc.|stock|NYSE|Financials|Payments|311|0.007|0.9|600000000000|2008-03-19
BRK.B|Berkshire Hathaway Inc.|stock|NYSE|Financials|Insurance|472|0.006|0.7|1010000000000|1996-05-09
JNJ|Johnson & Johnson|stock|NYSE|Healthcare|Pharmaceuticals|155|0.007|0.4|373000000000|1944-09-25
UNH|UnitedHealth Group|stock|NYSE|Healthcare|Managed care|588|0.011|0.6|540000000000|1984-10-17
KO|The Coca-Cola Company|stock|NYSE|Consumer staples|Beverages|62.5|0.006|0.45|269000000000|1919-09-05
PG|Procter & Gamble|stock|NYSE|Consumer staples|Household products|172|0.006|0.4|405000000000|1950-03-22
XOM|Exxon Mobil Corporation|stock|NYSE|Energy|Oil and gas|120|0.012|0.7|527000000000|1920-03-25
VTI|Vanguard Total Stock Market ETF|etf|NYSE Arca|Funds|Exchange-traded fund|291|0.001|1.0|440000000000|2001-05-24
BND|Vanguard Total Bond Market ETF|etf|NASDAQ|Bonds|Exchange-traded fund|72.6|0.002|0.05|120000000000|2007-04-03
GLD|SPDR Gold Shares|etf|NYSE Arca|Commodities|Exchange-traded fund|243|0.008|0.05|75000000000|2004-11-18
`;

export const instruments = new Map(
	ROWS.trim().split("\n").map((row) => {
		const [symbol, name, kind, exchange, sector, industry, last, own, beta, cap, ipo] =
			row.split("|");
		return [symbol, { symbol, name, kind, exchange, sector, industry, currency: "USD",
			last: +last, own: +own, beta: +beta, market_cap: cap, ipo }];
	}),
);

export const dayOf = (date) => date.toISOString().slice(0, 10);
export const today = () => dayOf(new Date());

/* mulberry32: small, seeded, good enough to draw charts from. */
export function random(seed) {
	let a = seed >>> 0;
	return () => {
		a = (a + 0x6d2b79f5) >>> 0;
		let t = Math.imul(a ^ (a >>> 15), a | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

function normal(next) {
	return Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
}

export const sessions = (() => {
	const days = [];
	const date = new Date(`${today()}T00:00:00Z`);
	while (days.length < 1400) {
		if (date.getUTCDay() % 6 !== 0)
			days.unshift(dayOf(date));
		date.setUTCDate(date.getUTCDate() - 1);
	}
	return days;
})();

const factor = (() => {
	const next = random(20260105);
	let vol = 0.009;
	return sessions.map((_, i) => {
		vol = Math.max(0.006, 0.94 * vol + 0.0006 * Math.abs(normal(next)));
		const slump = i > 700 && i < 760 ? -0.0032 : 0;
		return 0.00055 + slump + vol * normal(next);
	});
})();

const bars = new Map();
export function history(symbol) {
	const it = instruments.get(symbol);
	if (!it)
		return undefined;
	if (!bars.has(symbol)) {
		const next = random([...symbol].reduce((h, c) => h * 31 + c.charCodeAt(0), 7));
		const returns = factor.map((f) => it.beta * f + it.own * normal(next));
		let close = it.last / returns.reduce((p, r) => p * (1 + r), 1);
		bars.set(symbol, sessions.map((date, i) => {
			const before = close;
			close = Math.max(0.5, close * (1 + returns[i]));
			const open = before * (1 + 0.3 * returns[i] + 0.002 * normal(next));
			const reach = 0.004 + 0.5 * Math.abs(returns[i]);
			return { date, open, close,
				high: Math.max(open, close) * (1 + reach * next()),
				low: Math.min(open, close) * (1 - reach * next()),
				volume: Math.round((it.market_cap / close) * 0.004 * (0.6 + next())) };
		}));
	}
	return bars.get(symbol);
}

export const closeOn = (symbol, index) => history(symbol)[index].close;

const live = new Map();
export function quote(symbol) {
	const days = history(symbol);
	if (!days)
		return undefined;
	if (!live.has(symbol))
		live.set(symbol, { price: days.at(-1).close, as_of: new Date() });
	const { price, as_of } = live.get(symbol);
	const previous = days.at(-2).close;
	const text = (v) => v.toFixed(2);
	const now = +text(price), was = +text(previous);
	return { symbol, price: text(now), previous_close: text(was), change: text(now - was),
		percent_change: (now - was) / was, open: text(days.at(-1).open),
		high: text(Math.max(days.at(-1).high, now)), low: text(Math.min(days.at(-1).low, now)),
		as_of: as_of.toISOString(), source: "simulated", stale: false,
		age_s: Math.round((Date.now() - as_of) / 1000) };
}

const drift = random(99);
export function tick(symbol) {
	quote(symbol);
	const it = live.get(symbol);
	const anchor = history(symbol).at(-1).close;
	it.price += it.price * 0.0007 * normal(drift) + 0.02 * (anchor - it.price);
	it.as_of = new Date();
	return quote(symbol);
}
