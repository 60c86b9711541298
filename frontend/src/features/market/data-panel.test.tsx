import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { marketApi } from "../../api/market";
import type { Track } from "../../api/types";
import type { Day } from "../../lib/day";
import { logIn, makeWorld, show } from "../../test/world";
import { DataPanel } from "./data-panel";
import { FundamentalsPanel } from "./fundamentals-panel";
import { NoReports } from "./no-reports";
import { fetched, markOf } from "./standing";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function profile(symbol: string) {
	const world = makeWorld();
	await logIn(world);
	const asset = await world.store.dispatch(marketApi.endpoints.profile.initiate(symbol)).unwrap();
	return { world, asset, user: userEvent.setup() };
}

describe("the data of an asset", () => {
	it("says who told its prices and which doubts there are", async () => {
		const { world, asset, user } = await profile("KO");
		show(world, <DataPanel asset={asset} admin={false} />);
		const sources = await screen.findByRole("list", { name: "Sources" });
		expect(within(sources).getByText("yahoo")).toBeTruthy();
		expect(screen.getByText("1 open")).toBeTruthy();
		expect(screen.getByText("Large move")).toBeTruthy();
		expect(screen.queryByText("High below low")).toBeNull();
		await user.click(screen.getByRole("button", { name: /Show 1 more/ }));
		expect(screen.getByText("High below low")).toBeTruthy();
		expect(screen.queryByRole("button", { name: "Fetch" })).toBeNull();
		expect(screen.getByText(/An administrator can have it kept up to date/)).toBeTruthy();
	});

	it("is tracked, fetched from a day on, and tracked no longer", async () => {
		const { world, asset, user } = await profile("KO");
		show(world, <DataPanel asset={asset} admin />);
		await user.click(await screen.findByRole("button", { name: "Track" }));
		const kept = await screen.findByRole("list", { name: "Kept up to date" });
		expect(within(kept).getByText("Dividends and splits")).toBeTruthy();
		await user.click(screen.getByRole("button", { name: "Fetch" }));
		const dialog = await screen.findByRole("dialog");
		await user.selectOptions(within(dialog).getByLabelText("What"), "daily");
		await user.type(within(dialog).getByLabelText(/^From/), "2015-03-02");
		await user.click(within(dialog).getByRole("button", { name: "Fetch" }));
		await screen.findByRole("progressbar", { name: "Fetching" });
		expect(JSON.parse(world.calls("/backfill")[0]?.body ?? "")).toEqual({
			need: "daily",
			from: "2015-03-02",
		});
		await waitFor(
			() => {
				expect(screen.queryByRole("progressbar")).toBeNull();
			},
			{ timeout: 15_000 },
		);
		expect(within(kept).getByText(/^up to /)).toBeTruthy();
		await user.click(screen.getByRole("button", { name: "Stop" }));
		await screen.findByRole("button", { name: "Track" });
		expect(within(kept).getAllByText("no longer").length).toBe(3);
	}, 30_000);

	it("of a simulation is not fetched and not doubted", async () => {
		const { world, asset } = await profile("AAPL");
		show(world, <DataPanel asset={asset} admin />);
		await screen.findByText(/Made up by a simulation/);
		expect(screen.queryByRole("button")).toBeNull();
		expect(world.calls("/tracking")).toEqual([]);
	});
});

describe("what is asked for", () => {
	const track = (part: Partial<Track>): Track => ({
		need: "daily",
		enabled: true,
		from_day: null,
		watermark: null,
		wanted_at: null,
		done_at: null,
		failures: 0,
		last_error: null,
		...part,
	});
	const wanted_at = "2026-01-02T10:00:00Z";
	it("is waited for until it was tried, also when that failed", () => {
		expect(markOf(track({ wanted_at }))).toBe("wanted");
		const failed = { failures: 2, last_error: "no such symbol" };
		expect(markOf(track({ wanted_at, ...failed, done_at: "2026-01-01T10:00:00Z" }))).toBe("wanted");
		expect(markOf(track({ wanted_at, ...failed, done_at: "2026-01-02T10:01:00Z" }))).toBe("failing");
		expect(markOf(track({ done_at: wanted_at, watermark: "2026-01-01" as Day }))).toBe("fine");
		expect(markOf(track({ enabled: false }))).toBe("off");
	});
	it("is as far as that of it which is there", () => {
		const tracks = [track({ wanted_at }), track({ need: "events", done_at: wanted_at })];
		expect(fetched(tracks, ["daily", "events"])).toBe(0.5);
		expect(fetched(tracks, [])).toBeNull();
	});
});

describe("fundamentals", () => {
	it("are bars whose period the arrow keys choose, and a table", async () => {
		const { world, user } = await profile("AAPL");
		show(world, <FundamentalsPanel symbol="AAPL" nothing={<p>nothing</p>} />);
		await screen.findByText("Year to Dec 2025");
		expect(screen.getByText("$102.00B")).toBeTruthy();
		const bars = screen.getByRole("group", { name: /^Reports as bars, 3 periods/ });
		bars.focus();
		await user.keyboard("{ArrowLeft}");
		expect(screen.getByText("Year to Dec 2024")).toBeTruthy();
		expect(screen.getByText(/−\$5/)).toBeTruthy();
		await user.click(screen.getByRole("button", { name: "Show reports as table" }));
		const table = screen.getByRole("table", { name: "Reports" });
		expect(within(table).getByRole("row", { name: /^Net income USD.*−5,000,000,000/ })).toBeTruthy();
		await user.click(screen.getByRole("radio", { name: "Quarter" }));
		expect(within(table).getByText("30,000,000,000*")).toBeTruthy();
	});

	it("say why there are none, and how they come", async () => {
		const { world, asset, user } = await profile("KO");
		show(world, <FundamentalsPanel symbol="KO" nothing={<NoReports asset={asset} admin />} />);
		await user.click(await screen.findByRole("button", { name: "Fetch its reports" }));
		await screen.findByText(/They were asked for/);
		expect(JSON.parse(world.calls("/backfill")[0]?.body ?? "")).toEqual({ need: "fundamentals" });
	});
});
