/* Kinds of activity, and which fields each of them asks for. */
import type { ActivityKind } from "../../api/types";

export const KINDS: readonly { kind: ActivityKind; label: string }[] = [
	{ kind: "buy", label: "Buy" },
	{ kind: "sell", label: "Sell" },
	{ kind: "deposit", label: "Deposit" },
	{ kind: "withdrawal", label: "Withdrawal" },
	{ kind: "dividend", label: "Dividend" },
	{ kind: "interest", label: "Interest" },
	{ kind: "fee", label: "Fee" },
];

export const kindLabel = (kind: string) => KINDS.find((k) => k.kind === kind)?.label ?? kind;
export const isKind = (text: string | null): text is ActivityKind => KINDS.some((k) => k.kind === text);
export const isTrade = (kind: ActivityKind): kind is "buy" | "sell" => kind === "buy" || kind === "sell";
export const pays = (kind: ActivityKind) => kind === "buy" || kind === "withdrawal" || kind === "fee";
