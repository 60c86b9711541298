/* Kinds of activity, and which fields each of them asks for. */
import type { Activity, ActivityKind } from "../../api/types";
import { add, negate, subtract, times, ZERO, type Amount } from "../../lib/money";
import { capital } from "../../lib/text";
import { ACTS } from "./acts";

export const KINDS: readonly { kind: ActivityKind; label: string }[] = [
	{ kind: "buy", label: "Buy" },
	{ kind: "sell", label: "Sell" },
	{ kind: "deposit", label: "Deposit" },
	{ kind: "withdrawal", label: "Withdrawal" },
	{ kind: "dividend", label: "Dividend" },
	{ kind: "interest", label: "Interest" },
	{ kind: "fee", label: "Fee" },
	{ kind: "tax", label: "Tax" },
];

const ALL: readonly { kind: ActivityKind; label: string }[] = [...KINDS, ...ACTS];
export const kindLabel = (kind: string) =>
	ALL.find((k) => k.kind === kind)?.label ?? capital(kind.replaceAll("_", " "));
export const isKind = (text: string | null): text is ActivityKind => ALL.some((k) => k.kind === text);
export const isTrade = (kind: ActivityKind): kind is "buy" | "sell" => kind === "buy" || kind === "sell";
export const pays = (kind: ActivityKind) =>
	kind === "buy" || kind === "cover" || kind === "withdrawal" || kind === "fee" || kind === "tax";

/* Units move, or come for what they are worth: no cash does. */
const CASHLESS: readonly ActivityKind[] = [
	"split",
	"transfer_in",
	"transfer_out",
	"exchange",
	"reinvestment",
	"stock_dividend",
	"rename",
	"staking",
	"bonus",
];

/* What an activity did to the cash, in the portfolio's currency. Its amount is
 * gross and without a sign: the kind says which way it went, commission and
 * tax come off. */
export function cashMoved({ kind, amount, commission, withheld, rate }: Activity): Amount {
	if (CASHLESS.includes(kind)) return ZERO;
	const own = pays(kind)
		? negate(add(amount, commission))
		: subtract(subtract(amount, commission), withheld);
	return rate ? times(own, rate) : own;
}
