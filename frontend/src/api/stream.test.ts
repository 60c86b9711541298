import { configureStore } from "@reduxjs/toolkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { quotesReducer } from "./quotes";
import { sessionReducer, sessionStarted } from "./session";
import { backoff_ms, openLine } from "./stream";
import type { Session } from "./types";

const session = { access_token: "t1", user: {}, tenant: {}, role: "owner" } as Session;
const makeStore = () => configureStore({ reducer: { session: sessionReducer, quotes: quotesReducer } });
const encode = (text: string) => new TextEncoder().encode(text);

/* A line whose server end the test holds. */
function makeLine() {
	const opened: { controller: ReadableStreamDefaultController<Uint8Array>; headers: Headers }[] = [];
	vi.stubGlobal(
		"fetch",
		(_: string, init: RequestInit) =>
			new Promise<Response>((resolve) => {
				const body = new ReadableStream<Uint8Array>({
					start(controller) {
						opened.push({ controller, headers: new Headers(init.headers) });
					},
				});
				resolve(new Response(body, { status: 200 }));
			}),
	);
	return opened;
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const HELLO = 'event: hello\ndata: {"simulated":true}\n\n';

describe("the live line", () => {
	it("sends the token in a header and brings quotes together", async () => {
		const opened = makeLine(),
			store = makeStore();
		store.dispatch(sessionStarted(session));
		const close = openLine(store);
		await settle();
		expect(opened[0]?.headers.get("authorization")).toBe("Bearer t1");
		opened[0]?.controller.enqueue(encode(HELLO));
		await settle();
		expect(store.getState().quotes).toMatchObject({ line: "live", simulated: true });
		opened[0]?.controller.enqueue(
			encode('event: quote\ndata: {"symbol":"A","price":"1","as_of":"1"}\n\n'),
		);
		opened[0]?.controller.enqueue(
			encode('event: quote\ndata: {"symbol":"A","price":"2","as_of":"2"}\n\n'),
		);
		await settle();
		expect(store.getState().quotes.bySymbol).toEqual({});
		await settle(200);
		expect(store.getState().quotes.bySymbol.A?.price).toBe("2");
		close();
		expect(store.getState().quotes.line).toBe("idle");
	});

	it("says that it is lost, and heals", async () => {
		const opened = makeLine(),
			store = makeStore();
		const close = openLine(store);
		await settle();
		opened[0]?.controller.close();
		await settle();
		expect(store.getState().quotes).toMatchObject({ line: "waiting" });
		expect(store.getState().quotes.lost_at).not.toBeNull();
		await settle(1500);
		expect(opened).toHaveLength(2);
		opened[1]?.controller.enqueue(encode(HELLO));
		await settle();
		expect(store.getState().quotes).toMatchObject({ line: "live", lost_at: null });
		close();
	});

	it("goes on after the last event that came", async () => {
		const opened = makeLine(),
			store = makeStore();
		store.dispatch(sessionStarted(session));
		const close = openLine(store);
		await settle();
		expect(opened[0]?.headers.has("last-event-id")).toBe(false);
		opened[0]?.controller.enqueue(encode("id: 7-0\n" + HELLO));
		opened[0]?.controller.enqueue(
			encode('id: 8-1\nevent: quote\ndata: {"symbol":"A","price":"1","as_of":"1"}\n\n'),
		);
		opened[0]?.controller.enqueue(encode('event: bye\ndata: {"reason":"stopping"}\n\n'));
		await settle();
		opened[0]?.controller.close();
		await settle(3000);
		expect(opened[1]?.headers.get("last-event-id")).toBe("8-1");
		close();
	});

	it("waits longer each time, never past half a minute and a bit", () => {
		const waits = Array.from({ length: 12 }, (_, i) => backoff_ms(i, 0.5));
		expect([...waits].sort((a, b) => a - b)).toEqual(waits);
		expect(Math.max(...Array.from({ length: 50 }, (_, i) => backoff_ms(i, 1)))).toBeLessThanOrEqual(
			37_500,
		);
	});

	it("does not open again after it was closed", async () => {
		const opened = makeLine(),
			store = makeStore();
		openLine(store)();
		await settle(60_000);
		expect(opened.length).toBeLessThanOrEqual(1);
	});
});
