/* What happened to an instrument, or was done with it, on a day. */
import type { Activity } from "../../api/types";
import type { Day } from "../../lib/day";
import type { Amount } from "../../lib/money";

export interface MarketEvent {
	date: Day;
	kind: "buy" | "sell" | "dividend" | "split" | "earnings";
	quantity?: Amount | null;
}

const SHOWN = new Set(["buy", "sell", "dividend", "split"]);

export const eventsOf = (activities: readonly Activity[]): MarketEvent[] =>
	activities
		.filter(({ kind }) => SHOWN.has(kind))
		.map(({ kind, traded_on, quantity }) => ({
			date: traded_on,
			kind: kind as MarketEvent["kind"],
			quantity,
		}));
