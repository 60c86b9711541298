/* The newest price known: from the live line, or asked for now and then. */
import { useQuoteQuery } from "../../api/market";
import { useLiveQuote } from "../../api/quotes";

export function useLatest(symbol: string) {
	const live = useLiveQuote(symbol);
	const { currentData: loaded } = useQuoteQuery(symbol, {
		pollingInterval: live ? 0 : 30_000,
		skipPollingIfUnfocused: true,
	});
	return live ?? loaded ?? undefined;
}
