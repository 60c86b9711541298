/*
 * The live line: GET /stream read with fetch, so that the bearer token goes
 * in a header. Events are gathered for a moment and handed to the store
 * together. A line that is lost or silent is opened again, waiting longer
 * each time, and goes on after the last event that came.
 */
import { createEventReader } from "../lib/sse";
import { renewSession, ROOT } from "./base";
import { lineClosed, lineConnecting, lineLost, lineOpened, quotesArrived } from "./quotes";
import { selectToken, type SessionState } from "./session";
import type { QuoteEvent } from "./types";

interface Store {
	dispatch: (action: { type: string; payload?: unknown }) => unknown;
	getState: () => unknown;
}

const GATHER_MS = 120;
const SILENCE_MS = 45_000; /* three missed pings */
const BACKOFF_MS = [1000, 2000, 5000, 10_000, 20_000, 30_000];

/* With a quarter of chance, so that a restart does not bring all at once. */
export const backoff_ms = (attempt: number, luck = Math.random()) =>
	Math.round((BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 30_000) * (0.75 + luck / 2));

export function openLine(store: Store): () => void {
	let stopped = false,
		attempt = 0,
		last = "";
	let request: AbortController | undefined;
	let retry: ReturnType<typeof setTimeout> | undefined;
	let silence: ReturnType<typeof setTimeout> | undefined;
	let gather: ReturnType<typeof setTimeout> | undefined;
	const waiting = new Map<string, QuoteEvent>();

	function flush() {
		gather = undefined;
		store.dispatch(quotesArrived([...waiting.values()]));
		waiting.clear();
	}

	function heard() {
		clearTimeout(silence);
		silence = setTimeout(() => request?.abort(), SILENCE_MS);
	}

	const reader = () =>
		createEventReader(({ event, data, id }) => {
			if (id) last = id;
			if (event === "hello") {
				attempt = 0;
				store.dispatch(lineOpened(JSON.parse(data) as { simulated: boolean }));
			} else if (event === "quote") {
				const quote = JSON.parse(data) as QuoteEvent;
				waiting.set(quote.symbol, quote);
				gather ??= setTimeout(flush, GATHER_MS);
			}
		});

	async function read(signal: AbortSignal) {
		const token = selectToken(store.getState() as { session: SessionState });
		const answer = await fetch(`${ROOT}/stream`, {
			signal,
			cache: "no-store",
			headers: {
				Accept: "text/event-stream",
				Authorization: `Bearer ${token ?? ""}`,
				...(last && { "Last-Event-ID": last }),
			},
		});
		if (answer.status === 401) await renewSession(store);
		if (!answer.ok || !answer.body) throw new Error(`stream: ${answer.status}`);
		const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
		const feed = reader();
		for (heard(); ;) {
			const { done, value } = await text.read();
			if (done) return;
			heard();
			feed(value);
		}
	}

	async function run() {
		store.dispatch(lineConnecting());
		request = new AbortController();
		try {
			await read(request.signal);
		} catch {
			// every way to lose the line ends below
		}
		clearTimeout(silence);
		if (stopped) return;
		const wait = backoff_ms(attempt++);
		store.dispatch(lineLost({ now: Date.now(), retry_at: Date.now() + wait }));
		retry = setTimeout(() => {
			retry = undefined;
			void run();
		}, wait);
	}

	function again() {
		if (retry === undefined || stopped) return;
		clearTimeout(retry);
		retry = undefined;
		attempt = 0;
		void run();
	}

	addEventListener("online", again);
	addEventListener("bursar:reconnect", again);
	void run();
	return () => {
		stopped = true;
		removeEventListener("online", again);
		removeEventListener("bursar:reconnect", again);
		for (const timer of [retry, silence, gather]) clearTimeout(timer);
		request?.abort();
		store.dispatch(lineClosed());
	};
}
