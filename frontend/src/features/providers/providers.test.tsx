import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { logIn, makeWorld, show } from "../../test/world";
import { ProvidersPanel } from "./providers-panel";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function open() {
	const world = makeWorld();
	await logIn(world);
	show(world, <ProvidersPanel />);
	await screen.findByRole("region", { name: "Asked" });
	return { world, user: userEvent.setup() };
}

describe("providers", () => {
	it("say how they are and what is left of their budgets", async () => {
		await open();
		const asked = screen.getByRole("region", { name: "Asked" });
		expect(asked.textContent).toMatch(/alphavantage.*Failing.*429 too many requests/);
		const used = within(asked).getByRole("meter", { name: "Calls used a day, alphavantage" });
		expect(used.getAttribute("aria-valuenow")).toBe("23");
		expect(asked.textContent).toMatch(/2 left of 25 a day/);
		const others = screen.getByRole("region", { name: "Not asked" });
		expect(others.textContent).toMatch(/ecb.*Takes no key/);
	});

	it("take a key, which is not shown again, and give it back after asking", async () => {
		const { world, user } = await open();
		await user.click(screen.getByRole("button", { name: "Add your key: finnhub" }));
		const field = await screen.findByLabelText("Key");
		expect(field).toHaveProperty("type", "password");
		await user.type(field, "abc");
		await user.click(screen.getByRole("button", { name: "Keep key" }));
		expect(await screen.findByText(/Must be 4 or more/)).toBeTruthy();
		await user.type(field, "d-secret");
		await user.click(screen.getByRole("button", { name: "Keep key" }));
		expect(await screen.findByText("9f2c41ab")).toBeTruthy();
		expect(document.body.textContent).not.toContain("secret");
		await user.click(screen.getByRole("button", { name: "Remove: finnhub" }));
		expect(world.sent.some(({ method }) => method === "DELETE")).toBe(false);
		await user.click(await screen.findByRole("button", { name: "Remove" }));
		await waitFor(() => {
			expect(screen.queryByText("9f2c41ab")).toBeNull();
		});
	});
});
