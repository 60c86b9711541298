/*
 * The API as the frontend knows it, answering from memory. `api.handle()`
 * takes a plain request and gives a plain answer, so the development server
 * and the unit tests use the same one.
 */
import Big from "big.js";
import { allocation, daily, drawdowns, positions, summary, walk } from "./book.mjs";
import { createData, REAL } from "./data.mjs";
import { createJobs } from "./jobs.mjs";
import { history, instruments, quote, sessions, today } from "./market.mjs";
import { openapi } from "./openapi.mjs";
import { createProviders } from "./providers.mjs";
import { activity, demoActivities, id } from "./seed.mjs";

const TITLES = { 400: "Bad request", 401: "Not logged in", 403: "Not allowed",
	404: "Not found", 409: "Conflict", 412: "Changed meanwhile", 422: "Invalid input",
	428: "If-Match is missing", 429: "Too many requests", 503: "Unavailable" };

const ok = (body, status = 200, headers = {}) => ({ status, headers, body });
function problem(status, detail, errors, headers = {}) {
	return { status, type: "application/problem+json", headers, body: {
		type: `/docs/errors/${status}`, title: TITLES[status], status, detail,
		request_id: Math.random().toString(16).slice(2, 14),
		...(errors ? { errors } : {}) } };
}
const invalid = (...errors) =>
	problem(422, errors.map((e) => e.detail).join("; "), errors);

const DECIMAL = /^-?\d{1,20}(\.\d{1,18})?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const since = { "1M": 21, "3M": 63, "6M": 126, "1Y": 252, "5Y": 1260, MAX: 1e6 };

export function createApi({ tokenSeconds = 900, simulated = true } = {}) {
	const users = new Map([["demo", tenant("demo", "demo123", "Demo Investor", true)],
		["empty", tenant("empty", "empty123", "New Customer", false)]]);
	const data = createData({ ok, problem });
	const jobs = createJobs({ ok, problem, id });
	const providers = createProviders({ ok, problem });
	const access = new Map(), refresh = new Map(), replies = new Map();

	function tenant(username, password, name, filled) {
		const portfolios = new Map();
		const t = { username, password, user: { id: id(), username, name },
			tenant: { id: id(), name: filled ? "Demo household" : "New household" }, portfolios };
		if (filled) {
			add(t, { name: "Long-term", benchmark: "SPY", opened_on: sessions[180] });
			[...portfolios.values()][0].activities = demoActivities();
			add(t, { name: "Fresh start", benchmark: "SPY", opened_on: today() });
		}
		return t;
	}

	function add(t, { name, currency = "USD", benchmark = "SPY", opened_on = null }) {
		const portfolio = { id: id(), name, currency, benchmark, opened_on,
			is_default: t.portfolios.size === 0, version: 1, cost_method: "average" };
		t.portfolios.set(portfolio.id, { portfolio, activities: [] });
		return portfolio;
	}

	function session(t, role = "owner") {
		const a = `mock.${id()}`, r = `r-${id()}`;
		access.set(a, { t, until: Date.now() + tokenSeconds * 1000 });
		refresh.set(r, t);
		return ok({ access_token: a, token_type: "bearer", expires_in: tokenSeconds,
			refresh_token: r, user: t.user, tenant: t.tenant, role }, 200,
		{ "set-cookie": `bursar_session=${r}; HttpOnly; SameSite=Strict; Path=/` });
	}

	function login({ username, password }) {
		const t = users.get(String(username ?? "").toLowerCase());
		if (!t || t.password !== password)
			return problem(401, "The user name or the password is wrong.");
		return session(t);
	}

	function renew(req, body) {
		const cookie = /bursar_session=([^;]+)/.exec(req.headers.cookie ?? "")?.[1];
		if (!body?.refresh_token && req.headers["x-bursar"] !== "app")
			return problem(403, "The header X-Bursar is missing.");
		const token = body?.refresh_token ?? cookie;
		const t = refresh.get(token);
		if (!t)
			return problem(401, "There is no session to renew.");
		refresh.delete(token);
		return session(t);
	}

	function who(req) {
		const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1];
		const found = access.get(bearer);
		return found && found.until > Date.now() ? { ...found, bearer } : undefined;
	}

	/* Re-run the whole ledger with the change; a fault undoes it. */
	function change(book, next) {
		const before = book.activities.map((a) => ({ ...a }));
		book.activities = next.sort((a, b) => a.traded_on.localeCompare(b.traded_on));
		try {
			walk(book.activities);
		} catch (fault) {
			book.activities = before;
			if (fault.pointer)
				return fault;
			throw fault;
		}
		book.portfolio.version++;
		return undefined;
	}

	function amounts(body, names, errors) {
		for (const name of names)
			if (body[name] === undefined)
				errors.push({ pointer: `/${name}`, code: "missing", detail: `${name} is missing` });
			else if (!DECIMAL.test(body[name]))
				errors.push({ pointer: `/${name}`, code: "not_a_decimal",
					detail: `${name} is not a plain decimal number` });
			else if (Big(body[name]).lte(0) && name !== "commission" && name !== "withheld")
				errors.push({ pointer: `/${name}`, code: "too_small",
					detail: `${name} must be more than 0` });
	}

	function dated(body, name, errors) {
		const on = body[name] ?? today();
		if (!DAY.test(on))
			errors.push({ pointer: `/${name}`, code: "not_a_day", detail: "a day is YYYY-MM-DD" });
		else if (on > today())
			errors.push({ pointer: `/${name}`, code: "in_the_future",
				detail: "the day has not come yet" });
		return on;
	}

	function known(body, errors) {
		if (!instruments.has(body.symbol))
			errors.push({ pointer: "/symbol", code: "unknown_symbol",
				detail: `no instrument is called ${body.symbol || "nothing"}` });
	}

	function record(book, made, reply) {
		const fault = change(book, [...book.activities, made]);
		return fault ? invalid(fault) : ok({ activity: made, ...reply(made) }, 201);
	}

	const positionOf = (book) => (made) => ({ position: positions(book.activities)
		.find((p) => p.symbol === made.symbol) ?? null });

	function trade(book, body) {
		const errors = [];
		known(body, errors);
		const input = { commission: "0", ...body };
		amounts(input, ["quantity", "price", "commission"], errors);
		const on = dated(body, "traded_on", errors);
		if (errors.length)
			return invalid(...errors);
		const gross = Big(body.quantity).times(body.price);
		return record(book, activity({ kind: body.kind, symbol: body.symbol,
			quantity: body.quantity, price: body.price, commission: input.commission,
			amount: gross.round(2, Big.roundHalfEven).toFixed(2), traded_on: on,
			note: body.note ?? null }), positionOf(book));
	}

	function cash(book, body) {
		const errors = [];
		amounts(body, ["amount"], errors);
		const on = dated(body, "on", errors);
		if (errors.length)
			return invalid(...errors);
		const made = activity({ kind: body.kind, note: body.note ?? null, traded_on: on,
			amount: Big(body.amount).toFixed(2) });
		const fault = change(book, [...book.activities, made]);
		if (fault)
			return invalid({ ...fault, pointer: "/amount" });
		return ok({ activity: made, cash: walk(book.activities).cash.toFixed(2) }, 201);
	}

	function dividend(book, body) {
		const errors = [];
		known(body, errors);
		amounts({ withheld: "0", ...body }, ["amount", "withheld"], errors);
		const on = dated(body, "paid_on", errors);
		if (errors.length)
			return invalid(...errors);
		return record(book, activity({ kind: "dividend", symbol: body.symbol, traded_on: on,
			withheld: body.withheld ?? "0",
			amount: Big(body.amount).toFixed(2), note: body.note ?? null }), positionOf(book));
	}

	function listed(book, query) {
		const limit = Number(query.get("limit") ?? 50), from = Number(query.get("cursor") ?? 0);
		const all = [...book.activities].reverse().filter((a) =>
			(!query.get("symbol") || a.symbol === query.get("symbol")) &&
			(!query.get("kind") || a.kind === query.get("kind")));
		return ok({ items: all.slice(from, from + limit),
			next_cursor: from + limit < all.length ? String(from + limit) : null });
	}

	function past(book, query) {
		const range = query.get("range") ?? "1Y", name = book.portfolio.benchmark;
		const all = daily(book.activities, query.get("benchmark") ?? name);
		const start = range === "YTD"
			? all.filter((d) => d.date < today().slice(0, 4)).length - 1
			: all.length - 1 - (since[range] ?? 252);
		const rows = all.slice(Math.max(0, start)), base = rows[0]?.index ?? 1;
		const falls = drawdowns(rows.map((d) => ({ ...d, index: d.index / base })));
		let bench = 1;
		return ok({ currency: book.portfolio.currency, benchmark: name,
			from: rows[0]?.date ?? null, to: rows.at(-1)?.date ?? null,
			days: rows.map((d, i) => {
				bench *= i ? 1 + d.b : 1;
				return { date: d.date, value: d.value.toFixed(2), cash: d.cash.toFixed(2),
					flow: d.flow.toFixed(2), return: d.index / base - 1,
					benchmark_return: bench - 1, drawdown: falls[i].depth };
			}) });
	}

	function inPortfolio(req, t, [portfolioId, what, item, more], body) {
		const book = t.portfolios.get(portfolioId), { query, method } = req;
		if (!book)
			return problem(404, "There is no such portfolio.");
		const list = book.activities;
		if (!what && method !== "GET") {
			const match = req.headers["if-match"];
			if (match !== `"v${book.portfolio.version}"`)
				return match ? problem(412, "It was changed meanwhile.")
					: problem(428, "If-Match is missing.");
		}
		switch (`${method} ${what ?? ""}`) {
		case "GET ":
			return ok(book.portfolio, 200, { etag: `"v${book.portfolio.version}"` });
		case "PATCH ":
			Object.assign(book.portfolio, body, { version: book.portfolio.version + 1 });
			return ok(book.portfolio);
		case "DELETE ":
			t.portfolios.delete(portfolioId);
			return ok(undefined, 204);
		case "GET summary": return ok(summary(book.portfolio, list));
		case "GET allocation": return ok(allocation(list));
		case "GET history": return past(book, query);
		case "GET activities": return listed(book, query);
		case "POST trades": return trade(book, body);
		case "POST cash": return cash(book, body);
		case "POST dividends": return dividend(book, body);
		case "POST activities": return ok({ activity: activity({ ...body, amount: body.amount ?? "0",
			traded_on: body.on }), position: null }, 201);
		case "GET positions": {
			const rows = positions(list);
			if (!item)
				return ok({ items: rows });
			const one = rows.find((p) => p.symbol === item);
			if (one && more === "lots")
				return ok({ next_cursor: null, items: [{ activity: id(), opened_on: sessions.at(-500),
					days_held: 700, long_term: true, quantity: one.quantity, cost: one.cost_basis,
					unit_cost: one.average_cost, market_value: one.market_value, unrealised: one.unrealised }] });
			return one ? ok(one) : problem(404, `The portfolio does not hold ${item}.`);
		}
		case "DELETE activities": {
			const fault = change(book, list.filter((a) => a.id !== item));
			return fault ? invalid({ ...fault, pointer: "" }) : ok(undefined, 204);
		}
		default: return problem(404, "There is no such page.");
		}
	}

	const asset = ({ symbol, name, kind, exchange, currency, sector }) =>
		({ symbol, name, kind, exchange, currency, sector });

	function market(req, [what, symbol, rest], body) {
		const { query } = req;
		const told = data(req, [what, symbol, rest], body);
		if (told)
			return told;
		if (what === "assets" && symbol) {
			const it = instruments.get(symbol);
			return it ? ok({ ...asset(it), country: "US", ipo: it.ipo, market_cap: it.market_cap,
				industry: it.industry, logo: null, website: "https://example.com/",
				source: "simulated", simulated: symbol !== REAL, profile_at: null })
				: problem(404, `No instrument is called ${symbol}.`);
		}
		if (what === "assets") {
			const q = (query.get("q") ?? "").toLowerCase();
			return ok({ items: [...instruments.values()].filter((it) =>
				it.symbol.toLowerCase().startsWith(q) || it.name.toLowerCase().includes(q))
				.slice(0, Number(query.get("limit") ?? 20)).map(asset), next_cursor: null });
		}
		if (what === "quotes")
			return ok({ items: (query.get("symbols") ?? "").split(",").map(quote).filter(Boolean) });
		if (what === "indicators" && symbol === "catalogue")
			return ok(["sma", "ema", "rsi", "volatility"].map((name) => ({ name, doc: "", outputs: [],
				params: [{ name: "window", least: 1, most: 1000, usual: name === "rsi" ? 14 : 20,
					whole: true }] })));
		const days = history(query.get("symbol"));
		if (!days)
			return problem(404, "No such instrument.");
		if (what === "indicators")
			return study(days, query);
		if (query.get("interval") === "5m")
			return ok(within(query.get("symbol"), days));
		const from = query.get("from") ?? sessions.at(-252), to = query.get("to") ?? today();
		return ok({ symbol: query.get("symbol"), currency: "USD", source: "simulated",
			simulated: true, items: days.filter((d) => d.date >= from && d.date <= to)
				.map((d) => ({ date: d.date, open: d.open.toFixed(2), high: d.high.toFixed(2),
					low: d.low.toFixed(2), close: d.close.toFixed(2),
					adjusted_close: d.close.toFixed(2), source: "simulated", volume: String(d.volume) })) });
	}

	/* Two bars of the last two sessions, of the one that is not simulated. */
	function within(symbol, days) {
		const items = symbol !== REAL ? [] : days.slice(-2).flatMap(({ date, close }) =>
			["14:30", "14:35"].map((time) => ({ date, at: `${date}T${time}:00Z`, open: close.toFixed(2),
				high: close.toFixed(2), low: close.toFixed(2), close: close.toFixed(2),
				adjusted_close: close.toFixed(2), volume: "10", source: "yahoo" })));
		return { symbol, currency: "USD", source: null, simulated: symbol !== REAL, interval: "5m", adjusted: false, items };
	}

	/* Means of so many closes, whatever was asked for: enough to look at. */
	function study(days, query) {
		const period = Number(/window=(\d+)/.exec(query.get("params"))?.[1] ?? 20), from = query.get("from") ?? "";
		if (!["sma", "ema", "rsi", "daily_return", "volatility"].includes(query.get("name")))
			return problem(422, "name is not one of those there are");
		const items = days.map(({ date }, i) => ({ date, value: i + 1 < period ? null
			: days.slice(i + 1 - period, i + 1).reduce((s, d) => s + d.close, 0) / period }));
		return ok({ symbol: query.get("symbol"), name: query.get("name"), period,
			items: items.filter((p) => p.value !== null && p.date >= from) });
	}

	function authed(req, parts, body) {
		const me = who(req);
		if (!me)
			return problem(401, "Log in first.", undefined, { "www-authenticate": "Bearer" });
		const { t } = me;
		if (parts[0] === "auth" && parts[1] === "logout") {
			access.delete(me.bearer);
			refresh.forEach((owner, key) => owner === t && refresh.delete(key));
			return ok(undefined, 204, { "set-cookie": "bursar_session=; Max-Age=0; Path=/" });
		}
		if (parts[0] === "auth")
			return ok({ user: t.user, tenant: t.tenant, role: "owner",
				feed: simulated ? "simulated" : "finnhub", simulated });
		if (parts[0] === "jobs")
			return jobs(req, parts.slice(1), body);
		if (parts[0].startsWith("provider"))
			return providers(req, parts, body);
		if (parts[0] !== "portfolios")
			return market(req, parts, body);
		if (parts.length > 1)
			return inPortfolio(req, t, parts.slice(1), body);
		if (req.method === "GET")
			return ok({ items: [...t.portfolios.values()].map((b) => b.portfolio),
				next_cursor: null });
		return body.name?.trim() ? ok(add(t, body), 201)
			: invalid({ pointer: "/name", code: "missing", detail: "name is missing" });
	}

	function once(req, body, run) {
		const key = req.headers["idempotency-key"];
		if (req.method !== "POST" || !key)
			return run();
		const sent = JSON.stringify(body), before = replies.get(key);
		if (before)
			return before.sent === sent ? before.reply
				: problem(422, "This Idempotency-Key came with another body before.");
		const reply = run();
		if (reply.status < 300)
			replies.set(key, { sent, reply });
		return reply;
	}

	/* request: {method, path, query: URLSearchParams, headers, body: string} */
	function handle(req) {
		const path = req.path.replace(/^\/api(\/v1)?/, "");
		const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
		const form = (req.headers["content-type"] ?? "").includes("urlencoded");
		let body;
		try {
			body = form ? Object.fromEntries(new URLSearchParams(req.body))
				: req.body ? JSON.parse(req.body) : undefined;
		} catch {
			return problem(400, "The body is not JSON.");
		}
		switch (`${req.method} ${path}`) {
		case "GET /health": return ok({ status: "ok", version: "0.1.0-mock", demo: true,
			database: "ok", cache: "ok", feed: "simulated" });
		case "GET /openapi.json": return ok(openapi);
		case "POST /auth/login": case "POST /auth/token": return login(body ?? {});
		case "POST /auth/refresh": return renew(req, body);
		default: return once(req, body, () => authed(req, parts, body));
		}
	}

	return { handle, who, simulated, held: (t) => [...new Set([...t.portfolios.values()]
		.flatMap((b) => positions(b.activities).map((p) => p.symbol)))] };
}
