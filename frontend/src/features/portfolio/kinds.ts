/* Kinds of activity, and which fields each of them asks for. */
import type { Activity, ActivityKind } from "../../api/types";
import { add, negate, subtract, ZERO, type Amount } from "../../lib/money";
import { capital } from "../../lib/text";

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

export const kindLabel = (kind: string) => KINDS.find((k) => k.kind === kind)?.label ?? capital(kind);
export const isKind = (text: string | null): text is ActivityKind => KINDS.some((k) => k.kind === text);
export const isTrade = (kind: ActivityKind): kind is "buy" | "sell" => kind === "buy" || kind === "sell";
export const pays = (kind: ActivityKind) =>
	kind === "buy" || kind === "withdrawal" || kind === "fee" || kind === "tax";

/* What an activity did to the cash. Its amount is gross and without a sign:
 * the kind says which way it went, commission and tax come off. */
export function cashMoved({ kind, amount, commission, withheld }: Activity): Amount {
	if (kind === "split") return ZERO;
	return pays(kind) ? negate(add(amount, commission)) : subtract(subtract(amount, commission), withheld);
}
