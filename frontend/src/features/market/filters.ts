/* What narrows a search: chosen from lists, or typed as "kind:etf". */
import type { AssetFilter } from "../../api/market";

export const KINDS = [
	{ value: "stock", label: "Stocks" },
	{ value: "etf", label: "ETFs" },
	{ value: "fund", label: "Funds" },
	{ value: "index", label: "Indices" },
	{ value: "crypto", label: "Crypto" },
	{ value: "currency", label: "Currencies" },
	{ value: "commodity", label: "Commodities" },
	{ value: "bond", label: "Bonds" },
] as const;

export const kindLabel = (kind: string) => KINDS.find(({ value }) => value === kind)?.label ?? kind;

const WORDS = {
	kind: "kind",
	type: "kind",
	exchange: "exchange",
	on: "exchange",
	currency: "currency",
	in: "currency",
} as const;

const plainKind = (text: string) =>
	KINDS.find(({ value, label }) => [value, `${value}s`, label.toLowerCase()].includes(text.toLowerCase()))
		?.value ?? text.toLowerCase();

/* "apple kind:etf in:usd" is the text "apple" and a filter. A word that is
 * begun and has no value yet ("kind:") is neither. */
export function readSearch(typed: string): { text: string; filter: AssetFilter } {
	const filter: AssetFilter = {};
	const rest = typed
		.trim()
		.split(/\s+/)
		.filter((word) => {
			const [, name = "", value = ""] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
			const key = WORDS[name.toLowerCase() as keyof typeof WORDS] as
				(typeof WORDS)[keyof typeof WORDS] | undefined;
			if (!key) return true;
			if (value !== "") filter[key] = key === "kind" ? plainKind(value) : value.toUpperCase();
			return false;
		});
	return { text: rest.join(" "), filter };
}

/* The same words with another kind, or without any. */
export function withKind(typed: string, kind: string | null): string {
	const rest = typed
		.split(/\s+/)
		.filter((word) => !/^(kind|type):/i.test(word))
		.join(" ")
		.trim();
	return kind === null ? rest : `${rest}${rest === "" ? "" : " "}kind:${kind}`;
}
