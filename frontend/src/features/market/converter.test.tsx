import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { logIn, makeWorld, show } from "../../test/world";
import { Converter } from "./converter";

afterEach(() => {
	vi.unstubAllGlobals();
});

it("converts what was typed, exactly, and back when swapped", async () => {
	const world = makeWorld();
	await logIn(world);
	const user = userEvent.setup();
	show(world, <Converter currencies={["EUR", "USD"]} base="EUR" />);
	await screen.findByText("1,250.00 USD");
	const amount = screen.getByLabelText("Amount");
	await user.clear(amount);
	await user.type(amount, "0.1");
	await screen.findByText("0.12 USD");
	await user.click(screen.getByRole("button", { name: "Swap currencies" }));
	await screen.findByText("0.08 EUR");
	await user.clear(amount);
	await user.type(amount, "-5");
	await screen.findByText(/An amount above zero/);
	expect(world.calls("/fx/convert").length).toBe(3);
});
