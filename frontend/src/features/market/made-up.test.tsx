import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { logIn, makeWorld, show } from "../../test/world";
import { MadeUp } from "./made-up";

afterEach(() => {
	vi.unstubAllGlobals();
});

describe("real quotes over a simulated history", () => {
	it("are told apart", async () => {
		const world = makeWorld({ simulated: false });
		await logIn(world);
		show(world, <MadeUp symbols={["MSFT", "AAPL"]} />);
		const badge = await screen.findByText("Simulated history");
		expect(badge.title).toMatch(/AAPL, MSFT/);
	});

	it("are not spoken of where everything is simulated", async () => {
		const world = makeWorld();
		await logIn(world);
		show(world, <MadeUp symbols={["AAPL"]} />);
		await waitFor(() => {
			expect(world.calls("/auth/me")).toHaveLength(1);
		});
		expect(world.calls("/prices")).toHaveLength(0);
		expect(screen.queryByText("Simulated history")).toBeNull();
	});
});
