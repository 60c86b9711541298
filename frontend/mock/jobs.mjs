/* Jobs to look at: one of each state, and one at work. */
const minute = 60_000;
const at = (minutes) => new Date(Date.now() + minutes * minute).toISOString();

export function createJobs({ ok, problem, id }) {
	const kinds = [["market.backfill", "Load the history of what is held.", true],
		["jobs.tidy", "Forget runs that ended long ago.", true],
		["reports.month", "Write the month's report.", false]].map(([name, doc, allowed]) =>
		({ name, doc, shared: true, allowed, priority: 0, failures_max: 5, at_once: 0,
			args: name === "market.backfill" ? [{ name: "symbol", must: false, type: "string",
				doc: "Only this one; all when absent." }] : [] }));
	const run = (fields) => ({ id: id(), shared: true, args: {}, priority: 0, run_at: at(-5),
		attempt: 1, failures: 0, failures_max: 5, progress: 0, doing: null, result: null,
		error: null, cancelling: false, schedule_id: null, period: null, created_at: at(-5),
		started_at: at(-5), ended_at: null, ...fields });
	const runs = [
		run({ kind: "market.backfill", status: "running", progress: 0.42, doing: "NVDA, 7 of 17" }),
		run({ kind: "market.backfill", status: "dead", failures: 5, attempt: 5, ended_at: at(-40),
			started_at: at(-41), error: "the provider's daily limit is used up" }),
		run({ kind: "jobs.tidy", status: "done", progress: 1, started_at: at(-300), ended_at: at(-299),
			result: { forgotten: 12 } }),
	];
	const schedules = [{ id: id(), shared: true, name: "jobs.tidy", kind: "jobs.tidy", args: {},
		cron: "17 3 * * *", zone: "UTC", state: "active", next_at: at(600), fired_at: at(-840), version: 1 }];
	const page = (items) => ok({ items, next_cursor: null });

	function command(one, what) {
		if (what === "retry")
			Object.assign(one, { status: "waiting", failures: 0, error: null, ended_at: null });
		else
			Object.assign(one, one.status === "running" ? { cancelling: true } : { status: "cancelled" });
		return ok(one, 202);
	}

	return function jobs(req, [what, which, order], body) {
		if (what === "kinds") return page(kinds);
		if (what === "workers") return page([{ id: "w", host: "mock", pid: 1, places: 8, running: 1,
			started_at: at(-60), seen_at: at(0) }]);
		if (what === "schedules") {
			const one = schedules.find((s) => s.id === which);
			if (!which) return page(schedules);
			if (!one) return problem(404, "There is no such schedule.");
			if (order === "run") return ok(runs[runs.unshift(run({ kind: one.kind, status: "waiting" })) - 1], 202);
			if (req.method !== "PATCH") return ok(one);
			if (req.headers["if-match"] !== `"v${one.version}"`) return problem(412, "It was changed meanwhile.");
			Object.assign(one, body, { version: one.version + 1 });
			one.next_at = one.state === "paused" ? null : at(600);
			return ok(one);
		}
		if (!which && req.method === "POST") {
			runs.unshift(run({ kind: body.kind, args: body.args ?? {}, status: "waiting" }));
			return ok(runs[0], 202);
		}
		if (!which) return page(runs.filter((r) => (req.query.get("status") ?? r.status) === r.status &&
			(req.query.get("kind") ?? r.kind) === r.kind));
		const one = runs.find((r) => r.id === which);
		if (!one) return problem(404, "There is no such run.");
		return order ? command(one, order) : ok({ run: one, log: [
			{ attempt: 1, at: at(-5), level: "info", line: "begins" },
			{ attempt: 1, at: at(-4), level: "warn", line: "AAPL: 3 days are missing" }] });
	};
}
