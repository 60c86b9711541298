/*
 * The one way to the server: adds the bearer token, renews it once when it
 * has run out, and turns every failure into a Problem.
 */
import { createApi, type BaseQueryFn } from "@reduxjs/toolkit/query/react";
import { readProblem, UNREACHABLE, type Problem } from "./problem";
import { selectToken, sessionEnded, sessionStarted, type SessionState } from "./session";
import { TAGS } from "./tags";
import type { Session } from "./types";

export const ROOT = "/api/v1";

export interface Ask {
	path: string; /* below /api/v1 */
	method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	query?: Record<string, string | number | undefined>;
	body?: unknown;
	headers?: Record<string, string>;
}

interface Store {
	dispatch: (action: ReturnType<typeof sessionStarted> | ReturnType<typeof sessionEnded>) => unknown;
	getState: () => unknown;
}

const stateOf = (store: Store) => store.getState() as { session: SessionState };

function address({ path, query = {} }: Ask): string {
	const text = new URLSearchParams(
		Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, String(v)]])),
	);
	return ROOT + path + (text.size > 0 ? `?${text.toString()}` : "");
}

async function send(ask: Ask, token: string | null, signal?: AbortSignal): Promise<Response> {
	return fetch(address(ask), {
		method: ask.method ?? "GET",
		headers: {
			Accept: "application/json",
			...(ask.body === undefined ? {} : { "Content-Type": "application/json" }),
			...(token ? { Authorization: `Bearer ${token}` } : {}),
			...ask.headers,
		},
		credentials: "same-origin",
		...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
		...(signal ? { signal } : {}),
	});
}

async function exchangeCookie(): Promise<Session | Problem> {
	const answer = await send(
		{ path: "/auth/refresh", method: "POST", body: {}, headers: { "X-Bursar": "app" } },
		null,
	);
	return answer.ok ? ((await answer.json()) as Session) : await readProblem(answer);
}

let renewing: Promise<string | null> | undefined;

/* One renewal at a time, also between tabs where the browser can say so. */
export function renewSession(store: Store): Promise<string | null> {
	renewing ??= (async () => {
		try {
			const locks = "locks" in navigator ? navigator.locks : undefined;
			const answer = await (locks ? locks.request("bursar-session", exchangeCookie) : exchangeCookie());
			if ("access_token" in answer) {
				store.dispatch(sessionStarted(answer));
				return answer.access_token;
			}
			// A server in trouble is no reason to throw the user out.
			if (answer.status < 500 && answer.status !== 429) store.dispatch(sessionEnded());
			return null;
		} finally {
			renewing = undefined;
		}
	})();
	return renewing;
}

const baseQuery: BaseQueryFn<Ask, unknown, Problem> = async (ask, store) => {
	try {
		const token = selectToken(stateOf(store));
		let answer = await send(ask, token, store.signal);
		if (answer.status === 401 && token) {
			// Another request may have renewed it while this one was away.
			const now = selectToken(stateOf(store));
			const fresh = now && now !== token ? now : await renewSession(store);
			if (fresh) answer = await send(ask, fresh, store.signal);
		}
		if (!answer.ok) return { error: await readProblem(answer) };
		return { data: answer.status === 204 ? null : ((await answer.json()) as unknown) };
	} catch (why) {
		if (store.signal.aborted) throw why;
		return { error: UNREACHABLE };
	}
};

export const api = createApi({
	reducerPath: "api",
	baseQuery,
	tagTypes: TAGS,
	refetchOnReconnect: true,
	endpoints: () => ({}),
});
