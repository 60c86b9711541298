import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { portfolioApi } from "../../api/portfolio";
import { quotesArrived } from "../../api/quotes";
import type { Activity, Position } from "../../api/types";
import { amount } from "../../lib/money";
import { HideAmounts, MASK } from "../../ui/money";
import { firstPortfolio, logIn, makeWorld, show, type World } from "../../test/world";
import ActivityDialog from "./activity-dialog";
import { cashMoved } from "./kinds";
import PortfolioDialog from "./portfolio-dialog";
import { largestWeight, PositionsPanel } from "./positions-panel";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function openDialog(world: World, kind: Activity["kind"], symbol?: string) {
	await logIn(world);
	const portfolio = await firstPortfolio(world);
	const onClose = vi.fn();
	show(
		world,
		<ActivityDialog
			portfolio={portfolio}
			cash={amount("1000")}
			kind={kind}
			symbol={symbol}
			onClose={onClose}
		/>,
	);
	return { onClose, user: userEvent.setup() };
}

describe("recording an activity", () => {
	it("puts the server's refusal at the field it is about", async () => {
		const world = makeWorld();
		const { user, onClose } = await openDialog(world, "sell", "AAPL");
		await user.type(screen.getByLabelText("Quantity"), "9999");
		await user.type(screen.getByLabelText(/^Price/), "10");
		await user.click(screen.getByRole("button", { name: "Record sell" }));
		const field = screen.getByLabelText("Quantity");
		await waitFor(() => {
			expect(field).toHaveProperty("ariaInvalid", "true");
		});
		expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toMatch(
			/holds 60, this sells 9999: 9939 too many/,
		);
		expect(onClose).not.toHaveBeenCalled();
	});

	it("says what is missing before anything is sent", async () => {
		const world = makeWorld();
		const { user } = await openDialog(world, "buy");
		await user.click(screen.getByRole("button", { name: "Record buy" }));
		expect(await screen.findByText("Which instrument?")).toBeTruthy();
		expect(screen.getAllByText("Needed")).toHaveLength(2);
		expect(world.calls("/trades")).toHaveLength(0);
	});

	it("shows what it will cost, to the cent, and what is left", async () => {
		const { user } = await openDialog(makeWorld(), "buy", "AAPL");
		await user.type(screen.getByLabelText("Quantity"), "3");
		await user.type(screen.getByLabelText(/^Price/), "0.335");
		await user.type(screen.getByLabelText(/^Commission/), "1.1");
		expect(screen.getByText("You pay").parentElement?.textContent).toContain("$2.10");
		expect(screen.getByText(/Cash after/).textContent).toContain("997.90");
	});

	it("says how a number is written, rather than guess", async () => {
		const { user } = await openDialog(makeWorld(), "deposit");
		await user.type(screen.getByLabelText(/^Amount/), "1,5");
		await user.tab();
		expect(await screen.findByText("Not a number; write one as 1.5")).toBeTruthy();
	});

	it("shows what is too long for its place as a title", async () => {
		const { user } = await openDialog(makeWorld(), "deposit");
		await user.type(screen.getByLabelText(/^Amount/), "123456789012345678");
		expect(screen.getByTitle("$123,456,789,012,345,678.00").textContent).toMatch(/^You receive/);
	});

	it("sends exact text and closes", async () => {
		const world = makeWorld();
		const { user, onClose } = await openDialog(world, "deposit");
		await user.type(screen.getByLabelText(/^Amount/), "1,234.50");
		await user.click(screen.getByRole("button", { name: "Record deposit" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		expect(JSON.parse(world.calls("/cash")[0]?.body ?? "{}")).toMatchObject({
			kind: "deposit",
			amount: "1234.50",
		});
	});

	it("repeats an attempt whose answer was lost under the same key, so that it counts once", async () => {
		const world = makeWorld();
		const { user, onClose } = await openDialog(world, "deposit");
		await user.type(screen.getByLabelText(/^Amount/), "77.77");
		world.failing = ({ path }) => (path.endsWith("/cash") ? "lost" : null);
		await user.click(screen.getByRole("button", { name: "Record deposit" }));
		expect(await screen.findByText(/could not be reached/)).toBeTruthy();
		world.failing = null;
		await user.click(screen.getByRole("button", { name: "Record deposit" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		const keys = world.calls("/cash").map(({ headers }) => headers["idempotency-key"]);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
		const portfolio = await firstPortfolio(world);
		const page = await world.store
			.dispatch(
				portfolioApi.endpoints.activities.initiate({ portfolio: portfolio.id, kind: "deposit" }),
			)
			.unwrap();
		expect(page.pages.flatMap(({ items }) => items).filter((a) => a.amount === "77.77")).toHaveLength(1);
	});
});

describe("what an activity did to the cash", () => {
	const base = { amount: amount("100"), commission: amount("1"), withheld: amount("15") } as Activity;
	it.each([
		["buy", "-101"],
		["sell", "84"],
		["deposit", "84"],
		["withdrawal", "-101"],
		["fee", "-101"],
		["split", "0"],
	] as const)("%s: %s", (kind, moved) => {
		expect(cashMoved({ ...base, kind })).toBe(moved);
	});
	it("takes the tax off a dividend", () => {
		expect(cashMoved({ ...base, kind: "dividend", commission: amount("0") })).toBe("85");
	});
});

describe("the positions", () => {
	async function showPositions(world: World, hidden = false) {
		await logIn(world);
		const portfolio = await firstPortfolio(world);
		show(
			world,
			<HideAmounts value={hidden}>
				<PositionsPanel portfolio={portfolio.id} currency="USD" cash={amount("5")} empty="nothing" />
			</HideAmounts>,
		);
		const link = (await screen.findAllByRole("link", { name: /^AAPL/ }))[0];
		return within(link?.closest("tr") ?? document.body);
	}

	it("follow the price of their own row", async () => {
		const world = makeWorld();
		const row = await showPositions(world);
		act(() => {
			world.store.dispatch(
				quotesArrived([
					{
						symbol: "AAPL",
						price: amount("300"),
						previous_close: amount("299"),
						change: amount("1"),
						percent_change: 1 / 299,
						as_of: "2999-01-01T00:00:00Z",
						stale: false,
					},
				]),
			);
		});
		expect(row.getByText("300")).toBeTruthy();
		expect(row.getByText("18,000")).toBeTruthy();
	});

	it("sort by any column, and tell so", async () => {
		await showPositions(makeWorld());
		const symbols = () =>
			screen
				.getAllByRole("row")
				.slice(1)
				.map((row) => within(row).queryAllByRole("link")[0]?.textContent)
				.filter(Boolean);
		await userEvent.click(screen.getByRole("button", { name: "Instrument" }));
		const down = symbols();
		expect(screen.getByRole("columnheader", { name: "Instrument" }).getAttribute("aria-sort")).toBe(
			"descending",
		);
		await userEvent.click(screen.getByRole("button", { name: "Instrument" }));
		expect(symbols()).toEqual([...down].reverse());
	});

	it("hide every amount that is the user's, not the market's", async () => {
		const row = await showPositions(makeWorld(), true);
		expect(row.getAllByText(MASK).length).toBeGreaterThanOrEqual(5);
		expect(row.getByText("228")).toBeTruthy();
	});
});

describe("weights", () => {
	const held = (...weights: number[]) => weights.map((weight) => ({ weight }) as Position);
	it("are drawn against the largest share, be it cash", () => {
		expect(largestWeight(held(0.137))).toBeCloseTo(0.863, 12);
		expect(largestWeight(held(0.6, 0.3))).toBe(0.6);
		expect(largestWeight([])).toBeGreaterThan(0);
	});
});

describe("a new portfolio", () => {
	it("has no first day unless one is given", async () => {
		const world = makeWorld();
		await logIn(world);
		const onCreated = vi.fn();
		show(world, <PortfolioDialog onClose={vi.fn()} onCreated={onCreated} />);
		const user = userEvent.setup();
		await user.type(screen.getByLabelText("Name"), "Old");
		await user.click(screen.getByRole("button", { name: "Create portfolio" }));
		await waitFor(() => {
			expect(onCreated).toHaveBeenCalled();
		});
		const sent = world.sent.find(({ method, path }) => method === "POST" && path.endsWith("/portfolios"));
		expect(JSON.parse(sent?.body ?? "")).not.toHaveProperty("opened_on");
	});
});
