/*
 * Live prices by symbol, and the state of the line they come on. Rows select
 * their own symbol, so a new price renders one row.
 */
import { createSelector, createSlice, type PayloadAction } from "@reduxjs/toolkit";
import { useSelector } from "react-redux";
import { add, isZero, multiplyDelta, ratio, rescale, times, ZERO, type Amount } from "../lib/money";
import { loggedOut, sessionEnded } from "./session";
import type { Position, QuoteEvent } from "./types";

/* idle: not wanted; waiting: lost, will try again at `retry_at`. */
export type LineStatus = "idle" | "connecting" | "live" | "waiting";

export interface QuotesState {
	bySymbol: Record<string, QuoteEvent>;
	line: LineStatus;
	retry_at: number | null;
	lost_at: number | null;
	simulated: boolean | null;
}

const START: QuotesState = { bySymbol: {}, line: "idle", retry_at: null, lost_at: null, simulated: null };

const slice = createSlice({
	name: "quotes",
	initialState: START,
	reducers: {
		quotesArrived(state, { payload }: PayloadAction<QuoteEvent[]>) {
			for (const quote of payload) {
				const known = state.bySymbol[quote.symbol];
				if (!known || known.as_of <= quote.as_of) state.bySymbol[quote.symbol] = quote;
			}
		},
		lineOpened(state, { payload }: PayloadAction<{ simulated: boolean }>) {
			state.line = "live";
			state.retry_at = state.lost_at = null;
			state.simulated = payload.simulated;
		},
		lineConnecting(state) {
			state.line = "connecting";
		},
		lineLost(state, { payload }: PayloadAction<{ now: number; retry_at: number }>) {
			state.line = "waiting";
			state.lost_at ??= payload.now;
			state.retry_at = payload.retry_at;
		},
		lineClosed: () => START,
	},
	extraReducers: (build) => {
		build.addCase(loggedOut, () => START).addCase(sessionEnded, () => START);
	},
});

export const { quotesArrived, lineOpened, lineConnecting, lineLost, lineClosed } = slice.actions;
export const quotesReducer = slice.reducer;

interface WithQuotes {
	quotes: QuotesState;
}
export const selectLine = (state: WithQuotes) => state.quotes;

export const useLiveQuote = (symbol: string): QuoteEvent | undefined =>
	useSelector((state: WithQuotes) => state.quotes.bySymbol[symbol]);

/* The later of what the page loaded and what the line brought. */
function newer(position: Position, quote: QuoteEvent | undefined): QuoteEvent | undefined {
	return quote && (position.price_as_of === null || quote.as_of > position.price_as_of) ? quote : undefined;
}

/* In the portfolio's currency; without a rate nothing is known to have moved. */
const inBase = (position: Position, moved: Amount): Amount =>
	position.rate ? times(moved, position.rate) : ZERO;

/*
 * A position at the newest price. Amounts move by quantity x (new - old
 * price), so the server's own rules about the day's change stay in force.
 */
export function atQuote(position: Position, quote: QuoteEvent | undefined): Position {
	const q = newer(position, quote);
	if (!q) return position;
	const moved = multiplyDelta(position.quantity, q.price, position.price);
	const unrealised = add(position.unrealised, moved);
	const change = add(position.day_change, moved);
	const base = inBase(position, moved);
	return {
		...position,
		price: q.price,
		price_as_of: q.as_of,
		price_stale: q.stale,
		previous_close: q.previous_close ?? position.previous_close,
		market_value: add(position.market_value, moved),
		market_value_base: add(position.market_value_base, base),
		unrealised,
		unrealised_base: add(position.unrealised_base, base),
		unrealised_ratio: ratio(unrealised, position.cost_basis),
		day_change: change,
		day_change_base: add(position.day_change_base, base),
		/* A fraction of what was there before and came today, as the server has it. */
		day_change_ratio: isZero(position.day_change)
			? q.percent_change
			: rescale(position.day_change_ratio, position.day_change, change),
	};
}

/* How much all positions moved since the page loaded them. */
const selectMoved = createSelector(
	[
		(state: WithQuotes) => state.quotes.bySymbol,
		(_: WithQuotes, positions: readonly Position[] | undefined) => positions,
	],
	(bySymbol, positions): Amount =>
		(positions ?? []).reduce((total, position) => {
			const q = newer(position, bySymbol[position.symbol]);
			return q
				? add(total, inBase(position, multiplyDelta(position.quantity, q.price, position.price)))
				: total;
		}, ZERO),
);

export const useMoved = (positions: readonly Position[] | undefined): Amount =>
	useSelector((state: WithQuotes) => selectMoved(state, positions));
