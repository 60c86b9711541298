/*
 * A world for a test: a fresh store, and the development server's API behind
 * fetch. `failing` makes requests fail before or after they took effect.
 */
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { Provider } from "react-redux";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { createApi, type MockReply } from "../../mock/api.mjs";
import { authApi } from "../api/auth";
import { portfolioApi } from "../api/portfolio";
import type { Portfolio } from "../api/types";
import { makeStore } from "../app/store";

export interface Sent {
	method: string;
	path: string;
	query?: URLSearchParams;
	headers: Record<string, string>;
	body: string;
}

export function makeWorld(options?: Parameters<typeof createApi>[0]) {
	const api = createApi(options);
	const store = makeStore();
	const sent: Sent[] = [];
	let cookie = "";
	const world = {
		api,
		store,
		sent,
		/* set to break the next answers: "lost" takes effect and is not heard of */
		failing: null as ((request: Sent) => "refused" | "lost" | null) | null,
		forgetCookie: () => {
			cookie = "";
		},
		queries: (path: string) =>
			sent.flatMap((one) => (one.path.endsWith(path) && one.query ? [one.query] : [])),
		calls: (path: string) => sent.filter((one) => one.path.includes(path)),
	};

	function answer(request: Sent, query: URLSearchParams): MockReply {
		const reply = api.handle({ ...request, query, headers: { ...request.headers, cookie } });
		cookie = reply.headers["set-cookie"]?.split(";")[0] ?? cookie;
		return reply;
	}

	vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
		await Promise.resolve();
		const url = new URL(address, "http://localhost");
		const headers = Object.fromEntries([...new Headers(init.headers)].map(([k, v]) => [k, v]));
		const request = {
			method: init.method ?? "GET",
			path: url.pathname,
			query: url.searchParams,
			headers,
			body: String(init.body ?? ""),
		};
		sent.push(request);
		const failure = world.failing?.(request);
		if (failure === "refused") throw new TypeError("Failed to fetch");
		const reply = answer(request, url.searchParams);
		if (failure === "lost") throw new TypeError("Failed to fetch");
		return new Response(reply.body === undefined ? null : JSON.stringify(reply.body), {
			status: reply.status,
			headers: { "content-type": reply.type ?? "application/json", ...reply.headers },
		});
	});
	return world;
}

export type World = ReturnType<typeof makeWorld>;

export async function logIn({ store }: World, username = "demo", password = "demo123") {
	await store.dispatch(authApi.endpoints.logIn.initiate({ username, password })).unwrap();
}

export async function firstPortfolio({ store }: World): Promise<Portfolio> {
	const list = await store.dispatch(portfolioApi.endpoints.portfolios.initiate()).unwrap();
	if (!list[0]) throw new Error("no portfolio");
	return list[0];
}

export function show({ store }: World, what: ReactElement) {
	return render(
		<Provider store={store}>
			<MemoryRouter>{what}</MemoryRouter>
		</Provider>,
	);
}
