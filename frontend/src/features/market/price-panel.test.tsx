import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logIn, makeWorld, show } from "../../test/world";
import type { PriceChartProps } from "./price-chart";
import { PricePanel } from "./price-panel";

const drawn = vi.hoisted(() => ({ props: null as PriceChartProps | null }));
vi.mock("./price-chart", () => ({
	default: (props: PriceChartProps) => {
		drawn.props = props;
		return <p>drawn</p>;
	},
}));

beforeEach(() => {
	localStorage.clear();
	drawn.props = null;
});
afterEach(() => {
	vi.unstubAllGlobals();
});

async function openPanel(symbol = "AAPL") {
	const world = makeWorld();
	await logIn(world);
	show(world, <PricePanel symbol={symbol} />);
	await screen.findByText("drawn");
	return { world, user: userEvent.setup() };
}

async function add(user: ReturnType<typeof userEvent.setup>, name: RegExp) {
	await user.click(screen.getByRole("button", { name: "Indicators" }));
	await user.click(await screen.findByRole("button", { name }));
	await user.keyboard("{Escape}");
}

describe("the chart of a price", () => {
	it("draws an indicator with its usual window, says its value and remembers it", async () => {
		const { world, user } = await openPanel();
		await add(user, /^Simple moving average/);
		const list = screen.getByRole("list", { name: "Drawn on the chart" });
		await waitFor(() => {
			expect(within(list).getByText(/^\d{2,3}\.\d\d$/)).toBeTruthy();
		});
		const asked = world.sent.find(({ path }) => path.endsWith("/indicators"));
		expect(asked).toBeTruthy();
		expect(drawn.props?.studies[0]?.lines.value?.length).toBeGreaterThan(200);
		expect(JSON.parse(localStorage.getItem("bursar.indicators") ?? "")).toEqual([
			{ name: "sma", params: { window: 20 } },
		]);
	});

	it("changes a window within its range, and takes the indicator away", async () => {
		const { user } = await openPanel();
		await add(user, /^Simple moving average/);
		await user.click(await screen.findByRole("button", { name: "Settings of SMA 20" }));
		const days = await screen.findByLabelText(/^Days/);
		await user.clear(days);
		await user.type(days, "5000{Enter}");
		await waitFor(() => {
			expect(drawn.props?.studies[0]?.ask.params).toEqual({ window: 1000 });
		});
		await user.keyboard("{Escape}");
		await user.click(await screen.findByRole("button", { name: "Remove SMA 1000" }));
		expect(screen.queryByRole("list", { name: "Drawn on the chart" })).toBeNull();
	});

	it("compares from zero with another, adjusted and without a scale of its own", async () => {
		const { user } = await openPanel();
		await user.click(screen.getByRole("button", { name: "Compare" }));
		await user.type(await screen.findByRole("combobox", { name: "Compare with" }), "msf");
		await user.click(await screen.findByRole("option", { name: /MSFT/ }));
		await waitFor(() => {
			expect(drawn.props?.compared[0]?.bars.length).toBeGreaterThan(200);
		});
		expect(drawn.props?.scale).toBe("percent");
		expect(screen.queryByRole("button", { name: "Log" })).toBeNull();
		await user.keyboard("{Escape}");
		await user.click(await screen.findByRole("button", { name: "Remove MSFT" }));
		expect(drawn.props?.scale).toBe("plain");
	});

	it("has all of it as a table, indicators too", async () => {
		const { user } = await openPanel();
		await add(user, /^Relative strength/);
		await user.click(screen.getByRole("button", { name: "Show as table" }));
		const table = await screen.findByRole("table", { name: "Daily prices" });
		expect(within(table).getByRole("columnheader", { name: "RSI 14" })).toBeTruthy();
		expect(within(table).getAllByRole("row").length).toBeGreaterThan(200);
	});

	it("asks for no more bars than it has room for", async () => {
		const { world, user } = await openPanel();
		await user.click(screen.getByRole("radio", { name: "MAX" }));
		await waitFor(() => {
			expect(world.queries("/prices").at(-1)?.get("from")).toBe("1970-01-01");
		});
		for (const query of world.queries("/prices")) expect(query.get("points")).toBe("1600");
	});

	it("draws the bars of the last session alone, and without what is daily", async () => {
		const { user } = await openPanel("KO");
		await user.click(screen.getByRole("radio", { name: "1D" }));
		await waitFor(() => {
			expect(drawn.props?.bars.map(({ at }) => at?.slice(11))).toEqual(["14:30:00Z", "14:35:00Z"]);
		});
		expect(screen.queryByRole("button", { name: "Indicators" })).toBeNull();
	});

	it("says why there is nothing within the day", async () => {
		const { user } = await openPanel();
		await user.click(screen.getByRole("radio", { name: "1D" }));
		await screen.findByText(/Only daily bars are simulated of AAPL/);
		await user.click(screen.getByRole("button", { name: "Show daily bars" }));
		await screen.findByText("drawn");
	});
});
