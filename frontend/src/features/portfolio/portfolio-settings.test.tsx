import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isFinal } from "../../api/problem";
import { Confirm } from "../../ui/confirm";
import { firstPortfolio, logIn, makeWorld, show } from "../../test/world";
import PortfolioSettings, { changeOf } from "./portfolio-settings";

afterEach(() => {
	vi.unstubAllGlobals();
});

async function openSettings(world = makeWorld()) {
	await logIn(world);
	const portfolio = await firstPortfolio(world);
	const onClose = vi.fn(),
		onRemoved = vi.fn();
	show(
		world,
		<PortfolioSettings portfolio={portfolio} removable onClose={onClose} onRemoved={onRemoved} />,
	);
	return { world, portfolio, onClose, onRemoved, user: userEvent.setup() };
}

describe("a portfolio's settings", () => {
	it("send only what has changed, with the version that was read", async () => {
		const { world, portfolio, onClose, user } = await openSettings();
		const name = screen.getByLabelText("Name");
		await user.clear(name);
		await user.type(name, "Old age");
		await user.click(screen.getByRole("button", { name: "Save" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		const sent = world.sent.find(({ method }) => method === "PATCH");
		expect(JSON.parse(sent?.body ?? "")).toEqual({ name: "Old age" });
		expect(sent?.headers["if-match"]).toBe(`"v${portfolio.version}"`);
	});

	it("ask nothing of the server when nothing changed", async () => {
		const { world, onClose, user } = await openSettings();
		await user.click(screen.getByRole("button", { name: "Save" }));
		await waitFor(() => {
			expect(onClose).toHaveBeenCalled();
		});
		expect(world.sent.some(({ method }) => method === "PATCH")).toBe(false);
	});

	it("say that somebody else was faster, and keep what was typed", async () => {
		const { world, portfolio, user } = await openSettings();
		world.api.handle({
			method: "PATCH",
			path: `/api/v1/portfolios/${portfolio.id}`,
			query: new URLSearchParams(),
			headers: {
				authorization: `Bearer ${world.store.getState().session.token ?? ""}`,
				"if-match": `"v${portfolio.version}"`,
			},
			body: JSON.stringify({ name: "Theirs" }),
		});
		await user.type(screen.getByLabelText("Name"), " ours");
		await user.click(screen.getByRole("button", { name: "Save" }));
		expect((await screen.findByRole("alert")).textContent).toMatch(/changed meanwhile/);
		expect(screen.getByLabelText("Name")).toHaveProperty("value", `${portfolio.name} ours`);
	});

	it("delete only after asking", async () => {
		const { world, onRemoved, user } = await openSettings();
		await user.click(screen.getByRole("button", { name: "Delete portfolio" }));
		expect(world.sent.some(({ method }) => method === "DELETE")).toBe(false);
		await user.click(screen.getByRole("button", { name: "Delete" }));
		await waitFor(() => {
			expect(onRemoved).toHaveBeenCalled();
		});
	});
});

describe("a refusal", () => {
	it("is asked for again only where that could help", () => {
		const status = (code: number) => ({ status: code, title: "", detail: "" });
		expect([403, 404, 409, 422].map(status).every(isFinal)).toBe(true);
		expect([0, 401, 412, 429, 503].map(status).some(isFinal)).toBe(false);
	});

	it("leaves nothing to confirm", () => {
		const props = {
			open: true,
			title: "Delete?",
			action: "Delete",
			onClose: vi.fn(),
			onConfirm: vi.fn(),
		};
		show(
			makeWorld(),
			<Confirm {...props} refused>
				It is needed.
			</Confirm>,
		);
		expect(screen.getByRole("button", { name: "Delete" })).toHaveProperty("disabled", true);
		expect(screen.getByRole("button", { name: "Keep it" })).toHaveProperty("disabled", false);
	});
});

describe("the change that is sent", () => {
	it("is empty for the same name in spaces and the same benchmark in small letters", () => {
		const before = { name: "A", benchmark: "SPY", is_default: false, cost_method: "average" };
		expect(
			changeOf(before as Parameters<typeof changeOf>[0], {
				name: " A ",
				benchmark: "spy",
				is_default: false,
				cost_method: "average",
				cost_method_from: "2026-01-02",
			}),
		).toEqual({});
	});
	it("has another way to take lots, from the day that was told", () => {
		const before = { name: "A", benchmark: "SPY", is_default: false, cost_method: "average" };
		const form = { name: "A", benchmark: "SPY", is_default: false, cost_method: "fifo" as const };
		const sent = (cost_method_from: string) =>
			changeOf(before as Parameters<typeof changeOf>[0], { ...form, cost_method_from });
		expect(sent("2026-01-02")).toEqual({ cost_method: "fifo", cost_method_from: "2026-01-02" });
		expect(sent("")).toEqual({ cost_method: "fifo" });
	});
});
