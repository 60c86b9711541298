/* Every instrument with its newest price, as the page and the line have it. */
import { useMemo } from "react";
import { useSelector } from "react-redux";
import { useAllQuotesQuery, useUniverseQuery } from "../../api/markets";
import type { QuotesState } from "../../api/quotes";
import type { Asset, Quote, QuoteEvent } from "../../api/types";

export interface Priced {
	asset: Asset;
	quote: Pick<Quote, "price" | "change" | "percent_change" | "as_of" | "stale"> | undefined;
	marked?: boolean | undefined; /* made up, among others that are not */
}

const newer = (loaded: Quote | undefined, live: QuoteEvent | undefined) =>
	live && (!loaded || live.as_of >= loaded.as_of) ? live : loaded;

const WEEK_MS = 7 * 24 * 3600 * 1000;

/* Today's change as a fraction; a price of a week ago has none. */
export const changeToday = (quote: Priced["quote"], now: number = Date.now()): number | null =>
	quote && !(now - Date.parse(quote.as_of) > WEEK_MS) ? quote.percent_change : null;

/* How many of them are made up. */
export function simulatedOf(assets: readonly Pick<Asset, "simulated">[]): "none" | "some" | "all" {
	const made = assets.filter(({ simulated }) => simulated).length;
	return made === 0 ? "none" : made < assets.length ? "some" : "all";
}

/* Instruments with their newest prices; `marked` where some are made up. */
export function usePriced(assets: readonly Asset[] | undefined) {
	const symbols = useMemo(() => (assets ?? []).map(({ symbol }) => symbol), [assets]);
	const quotes = useAllQuotesQuery(symbols, {
		skip: symbols.length === 0,
		pollingInterval: 60_000,
		skipPollingIfUnfocused: true,
	});
	const live = useSelector((state: { quotes: QuotesState }) => state.quotes.bySymbol);
	const rows = useMemo<Priced[] | undefined>(() => {
		if (!assets) return undefined;
		const loaded = new Map((quotes.data ?? []).map((one) => [one.symbol, one]));
		const mixed = simulatedOf(assets) === "some";
		return assets.map((asset) => ({
			asset,
			marked: mixed && asset.simulated,
			quote: newer(loaded.get(asset.symbol), live[asset.symbol]),
		}));
	}, [assets, quotes.data, live]);
	return { rows, quotes };
}

export function useWholeMarket() {
	const universe = useUniverseQuery();
	const { rows, quotes } = usePriced(universe.data);
	return {
		rows,
		error: universe.error ?? quotes.error,
		refetch: () => {
			if (universe.error) void universe.refetch();
			else void quotes.refetch();
		},
	};
}
