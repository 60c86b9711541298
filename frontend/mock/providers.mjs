/* Providers to look at, one of each state, and keys that are kept in memory. */
const provider = (name, doc, fields) => ({ name, doc, needs: ["quote", "bars"], enabled: true,
	takes_key: true, needs_key: true, has_key: false, shares: false, state: "up",
	succeeded_at: new Date(Date.now() - 20_000).toISOString(), failed_at: null, failure: null,
	budgets: [{ window: "minute", calls: 60, left: 57 }], ...fields });
const list = [
	provider("finnhub", "US quotes and profiles", { has_key: true }),
	provider("alphavantage", "Daily bars", { state: "failing", failure: "429 too many requests",
		failed_at: new Date(Date.now() - 60_000).toISOString(),
		budgets: [{ window: "day", calls: 25, left: 2 }] }),
	provider("ecb", "Euro reference rates", { needs: ["fx"], enabled: false, takes_key: false,
		needs_key: false, state: "off", succeeded_at: null, budgets: [] }),
];

export function createProviders({ ok, problem }) {
	const keys = new Map();
	return function providers(req, [what, name], body) {
		if (what === "provider-keys") return ok([...keys.values()]);
		if (!name) return ok(list);
		if (!list.some((one) => one.name === name && one.takes_key))
			return problem(404, "It takes no key.");
		if (req.method === "DELETE") {
			keys.delete(name);
			return ok(undefined, 204);
		}
		if (req.method === "PUT") {
			if ((body?.key ?? "").length < 4)
				return problem(422, "the key is too short", [{ pointer: "/key", code: "too_short",
					detail: "must be 4 or more characters" }]);
			keys.set(name, { provider: name, fingerprint: "9f2c41ab", state: "unproven",
				set_at: new Date().toISOString(), checked_at: null });
		}
		return keys.has(name) ? ok(keys.get(name)) : problem(404, "No key was brought.");
	};
}
