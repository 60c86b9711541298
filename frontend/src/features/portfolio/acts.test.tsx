import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Activity } from "../../api/types";
import { amount } from "../../lib/money";
import { firstPortfolio, logIn, makeWorld, show } from "../../test/world";
import ActivityDialog from "./activity-dialog";
import { cashEffect, toTrade, type Typed } from "./activity-form";
import { ACTS } from "./acts";
import { cashMoved, kindLabel } from "./kinds";
import { LotsPanel } from "./lots-panel";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function open(symbol = "AAPL") {
	const world = makeWorld();
	await logIn(world);
	const portfolio = await firstPortfolio(world);
	const onClose = vi.fn();
	show(
		world,
		<ActivityDialog
			portfolio={portfolio}
			cash={amount("100")}
			kind="buy"
			symbol={symbol}
			onClose={onClose}
		/>,
	);
	const user = userEvent.setup();
	const choose = (label: string) =>
		user.selectOptions(screen.getByLabelText("Transfers and what companies do"), label);
	const sent = () => JSON.parse(world.calls("/activities").at(-1)?.body ?? "null") as unknown;
	return { world, portfolio, onClose, user, choose, sent };
}

describe("what happens without a trade", () => {
	it("a merger is recorded with what it becomes and in which ratio", async () => {
		const { onClose, user, choose, sent } = await open();
		await choose("Merger");
		await user.type(screen.getByLabelText("Into"), "msft");
		await user.type(screen.getByLabelText("New units"), "3");
		await user.type(screen.getByLabelText("For units held"), "2");
		await user.type(screen.getByLabelText(/^Cash part/), "1,500.50");
		await user.click(screen.getByRole("button", { name: "Record merger" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		expect(sent()).toMatchObject({
			kind: "merger",
			symbol: "AAPL",
			into: "MSFT",
			numerator: 3,
			denominator: 2,
			amount: "1500.50",
		});
		expect(sent()).not.toHaveProperty("price");
		expect(sent()).not.toHaveProperty("received");
	});

	it("a transfer keeps the day it was acquired; what is missing is said", async () => {
		const { world, onClose, user, choose, sent } = await open();
		await choose("Transfer in");
		await user.type(screen.getByLabelText("Quantity"), "2.5");
		await user.click(screen.getByRole("button", { name: "Record transfer in" }));
		await screen.findByText("Needed");
		expect(world.calls("/activities")).toEqual([]);
		await user.type(screen.getByLabelText(/^They had cost/), "250");
		await user.type(screen.getByLabelText(/^Acquired on/), "2019-05-06");
		await user.click(screen.getByRole("button", { name: "Record transfer in" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		expect(sent()).toMatchObject({
			kind: "transfer_in",
			quantity: "2.5",
			amount: "250",
			acquired_on: "2019-05-06",
		});
	});

	it("a ratio is of whole units", async () => {
		const { world, user, choose } = await open();
		await choose("Stock dividend");
		await user.type(screen.getByLabelText("New units"), "0.5");
		await user.type(screen.getByLabelText("For units held"), "0");
		await user.click(screen.getByRole("button", { name: "Record stock dividend" }));
		expect((await screen.findAllByText("A whole number above 0")).length).toBe(2);
		expect(world.calls("/activities")).toEqual([]);
	});

	it("moves cash only where cash comes", () => {
		const of = (kind: Activity["kind"]) =>
			cashMoved({
				kind,
				amount: amount("100"),
				commission: amount("0"),
				withheld: amount("0"),
			} as Activity);
		const moving = ACTS.map(({ kind }) => kind).filter((kind) => of(kind) !== "0");
		expect(moving).toEqual(["spin_off", "merger", "return_of_capital"]);
		expect(kindLabel("transfer_in")).toBe("Transfer in");
		expect(kindLabel("stock_split")).toBe("Stock split");
	});
});

describe("an instrument in another currency", () => {
	const form = {
		kind: "buy",
		symbol: "BRLN",
		quantity: "10",
		price: "100",
		commission: "10",
		day: "2024-03-01",
		note: "",
		rate: "1.10",
	} as Typed;
	it("is paid for at the rate that was told", () => {
		expect(cashEffect(form, true)).toBe("-1111");
		expect(cashEffect({ ...form, rate: "" }, true)).toBeNull();
		expect(cashEffect({ ...form, rate: "" })).toBe("-1010");
		expect(toTrade({ ...form, kind: "buy" })).toMatchObject({ rate: "1.10" });
		expect(toTrade({ ...form, kind: "buy", rate: " " })).not.toHaveProperty("rate");
	});
	it("is cash of the portfolio's currency in the list", () => {
		const one = {
			kind: "buy",
			amount: amount("1000"),
			commission: amount("10"),
			withheld: amount("0"),
		} as Activity;
		expect(cashMoved({ ...one, rate: amount("1.10") })).toBe("-1111");
		expect(cashMoved({ ...one, rate: null })).toBe("-1010");
	});
});

describe("lots", () => {
	it("say what a holding is made of and which of them sales take", async () => {
		const world = makeWorld();
		await logIn(world);
		const portfolio = await firstPortfolio(world);
		show(world, <LotsPanel portfolio={{ ...portfolio, cost_method: "fifo" }} symbol="AAPL" />);
		await screen.findByText("1 lot; sales take the oldest first");
		const table = screen.getByRole("table", { name: "Lots" });
		expect(within(table).getByText("22 months")).toBeTruthy();
		expect(within(table).getByText("long")).toBeTruthy();
	});
});
