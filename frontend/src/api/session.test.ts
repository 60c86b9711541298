import { afterEach, describe, expect, it, vi } from "vitest";
import { logIn, makeWorld } from "../test/world";
import { authApi } from "./auth";
import { renewSession } from "./base";
import { portfolioApi } from "./portfolio";
import { mayReturn, selectSession } from "./session";

afterEach(() => {
	vi.unstubAllGlobals();
});

const me = authApi.endpoints.me,
	portfolios = portfolioApi.endpoints.portfolios;
const fresh = { forceRefetch: true, subscribe: false };

describe("the session", () => {
	it("is found again by its cookie after a reload", async () => {
		const world = makeWorld();
		await logIn(world);
		await renewSession(world.store);
		expect(selectSession(world.store.getState())).toMatchObject({
			status: "in",
			user: { username: "demo" },
		});
		expect(world.calls("/auth/refresh")[0]?.headers["x-bursar"]).toBe("app");
	});

	it("is out, and not called expired, when there never was one", async () => {
		const world = makeWorld();
		await renewSession(world.store);
		expect(selectSession(world.store.getState())).toMatchObject({ status: "out", expired: false });
	});

	it("renews once for many requests that find the token too old, and repeats them", async () => {
		const world = makeWorld({ tokenSeconds: 0.05 });
		await logIn(world);
		await new Promise((resolve) => setTimeout(resolve, 80));
		const [a, b] = await Promise.all([
			world.store.dispatch(me.initiate(undefined, fresh)),
			world.store.dispatch(portfolios.initiate(undefined, fresh)),
		]);
		expect(a.data?.user.username).toBe("demo");
		expect(b.data).toHaveLength(2);
		expect(world.calls("/auth/refresh")).toHaveLength(1);
	});

	it("ends when it cannot be renewed, says so, and forgets what was loaded", async () => {
		const world = makeWorld({ tokenSeconds: 0.05 });
		await logIn(world);
		await world.store.dispatch(portfolios.initiate());
		await new Promise((resolve) => setTimeout(resolve, 80));
		world.forgetCookie();
		await world.store.dispatch(me.initiate(undefined, fresh));
		expect(selectSession(world.store.getState())).toMatchObject({
			status: "out",
			token: null,
			user: null,
			expired: true,
		});
		expect(portfolios.select()(world.store.getState()).data).toBeUndefined();
	});

	it("leaves nothing behind on logging out", async () => {
		const world = makeWorld();
		await logIn(world);
		await world.store.dispatch(portfolios.initiate());
		await world.store.dispatch(authApi.endpoints.logOut.initiate());
		expect(selectSession(world.store.getState())).toMatchObject({
			status: "out",
			token: null,
			expired: false,
		});
		expect(portfolios.select()(world.store.getState()).data).toBeUndefined();
	});

	it("outlives a server that is away for a moment", async () => {
		const world = makeWorld();
		await logIn(world);
		world.failing = () => "refused";
		const answer = await world.store.dispatch(me.initiate(undefined, fresh));
		expect(answer.error).toMatchObject({ status: 0, title: "No connection" });
		expect(selectSession(world.store.getState()).status).toBe("in");
	});

	it("leaves a sign that there is a cookie to ask about, until it ends", async () => {
		localStorage.clear();
		const world = makeWorld();
		expect(mayReturn()).toBe(false);
		await logIn(world);
		expect(mayReturn()).toBe(true);
		await world.store.dispatch(authApi.endpoints.logOut.initiate());
		expect(mayReturn()).toBe(false);
	});

	it("keeps its token out of the browser's storage", async () => {
		const world = makeWorld();
		await logIn(world);
		const token = selectSession(world.store.getState()).token ?? "";
		expect(token).not.toBe("");
		expect(JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie).not.toContain(token);
	});
});
