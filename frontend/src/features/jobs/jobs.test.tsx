import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Run } from "../../api/types";
import { logIn, makeWorld, show } from "../../test/world";
import { fold, sayingOf } from "./fold";
import { RunsPanel } from "./runs-panel";
import { SchedulesPanel } from "./schedules-panel";
import { readArg } from "./start-dialog";
import { took } from "./took";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function open(what: React.ReactElement) {
	const world = makeWorld();
	await logIn(world);
	show(world, what);
	return { world, user: userEvent.setup() };
}

const row = (name: RegExp) => within(screen.getByRole("table", { name: "Runs" })).getByRole("row", { name });

describe("runs", () => {
	it("say how far they are and why they failed", async () => {
		await open(<RunsPanel />);
		await screen.findByRole("table", { name: "Runs" });
		const bar = within(row(/Running/)).getByRole("progressbar");
		expect(bar.getAttribute("aria-valuenow")).toBe("42");
		expect(row(/Failed/).textContent).toMatch(/daily limit is used up/);
	});

	it("are tried again from their log", async () => {
		const { world, user } = await open(<RunsPanel />);
		await screen.findByRole("table", { name: "Runs" });
		await user.click(within(row(/Failed/)).getByRole("button"));
		const dialog = await screen.findByRole("dialog");
		expect(within(dialog).getByRole("log").textContent).toMatch(/warn: AAPL: 3 days are missing/);
		expect(within(dialog).queryByRole("button", { name: "Cancel run" })).toBeNull();
		await user.click(within(dialog).getByRole("button", { name: "Retry now" }));
		await waitFor(() => {
			expect(world.calls("/retry")).toHaveLength(1);
		});
		expect(await within(dialog).findByText("Waiting")).toBeTruthy();
	});

	it("are started with their arguments, empty ones left out", async () => {
		const { world, user } = await open(<RunsPanel />);
		await user.click(await screen.findByRole("button", { name: "Start a job" }));
		await user.type(await screen.findByLabelText(/^Symbol/), "MSFT");
		await user.click(screen.getByRole("button", { name: "Start" }));
		await waitFor(() => {
			expect(screen.queryByRole("dialog")).toBeNull();
		});
		const sent = world.sent.find(({ method, path }) => method === "POST" && path.endsWith("/jobs/runs"));
		expect(JSON.parse(sent?.body ?? "")).toEqual({ kind: "market.backfill", args: { symbol: "MSFT" } });
		expect(sent?.headers["idempotency-key"]).toBeTruthy();
	});

	it("that nobody may start are not offered", async () => {
		const { user } = await open(<RunsPanel />);
		await user.click(await screen.findByRole("button", { name: "Start a job" }));
		const names = within(await screen.findByRole("dialog"))
			.getAllByRole("option")
			.map(({ textContent }) => textContent);
		expect(names).toEqual(["market.backfill", "jobs.tidy"]);
	});
});

describe("runs with nothing to say", () => {
	const run = (kind: string, more: Partial<Run> = {}) =>
		({ id: kind, kind, status: "done", failures: 0, ...more }) as Run;
	it("are one row a kind, in the place of the newest", () => {
		const rows = fold([
			run("wanted"),
			run("tidy", { error: "no room" }),
			run("wanted"),
			run("wanted", { status: "dead" }),
			run("held"),
			run("wanted"),
		]);
		expect(rows.map((row) => [row.run.kind, row.run.status, row.count])).toEqual([
			["wanted", "done", 3],
			["tidy", "done", 1],
			["wanted", "dead", 1],
			["held", "done", 1],
		]);
	});
	it("are not those that have an answer", () => {
		const one = run("tidy", { result: { runs: 12 } as unknown as Run["result"] });
		expect(sayingOf(one)).toBe("runs: 12");
		expect(fold([one, one])).toHaveLength(2);
	});
});

describe("schedules", () => {
	it("are paused and resumed, each with the version that was seen", async () => {
		const { world, user } = await open(<SchedulesPanel />);
		await user.click(await screen.findByRole("button", { name: "Pause jobs.tidy" }));
		expect(await screen.findByText("Paused")).toBeTruthy();
		await user.click(await screen.findByRole("button", { name: "Resume jobs.tidy" }));
		await screen.findByRole("button", { name: "Pause jobs.tidy" });
		const patches = world.sent.filter(({ method }) => method === "PATCH");
		expect(patches.map(({ headers }) => headers["if-match"])).toEqual(['"v1"', '"v2"']);
	});
});

describe("an argument", () => {
	const arg = (type: string) =>
		({ name: "a", doc: "", must: false, type }) as Parameters<typeof readArg>[0];
	it("is sent as what it is", () => {
		expect(readArg(arg("integer"), " 12 ")).toBe(12);
		expect(readArg(arg("decimal"), "12.50")).toBe("12.50");
		expect(readArg(arg("list"), "AAPL, MSFT")).toEqual(["AAPL", "MSFT"]);
		expect(readArg(arg("json"), '{"a":1}')).toEqual({ a: 1 });
		expect(readArg(arg("string"), "  ")).toBeUndefined();
		expect(readArg(arg("integer"), "many")).toBe("many");
	});
});

describe("how long it took", () => {
	const run = (seconds: number) =>
		({
			started_at: "2026-01-01T00:00:00Z",
			ended_at: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
		}) as Run;
	it("is said in two units", () => {
		expect([0.25, 5, 65, 3725].map((s) => took(run(s)))).toEqual([
			"250 ms",
			"5 s",
			"1 min 5 s",
			"1 h 2 min",
		]);
		expect(took({ started_at: null } as Run)).toBeNull();
	});
});
