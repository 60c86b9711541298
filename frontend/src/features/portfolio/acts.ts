/* What happens to units without a trade: they are moved, come as income, or
 * the company does something to them. A row says what the form asks for. */
import type { ActivityKind } from "../../api/types";

export type ActField =
	| "into"
	| "ratio" /* two fields: so many for so many */
	| "quantity"
	| "amount"
	| "price"
	| "price_into"
	| "withheld"
	| "received"
	| "acquired";

export interface Act {
	kind: ActKind;
	label: string;
	about: string;
	needs: readonly ActField[];
	may: readonly ActField[];
	names: Partial<Record<ActField, string>>; /* else LABELS */
}

export type ActKind =
	| "transfer_in"
	| "transfer_out"
	| "reinvestment"
	| "stock_dividend"
	| "spin_off"
	| "merger"
	| "rename"
	| "return_of_capital"
	| "staking"
	| "bonus";

export const LABELS: Record<Exclude<ActField, "ratio">, string> = {
	into: "Into",
	quantity: "Quantity",
	amount: "Amount",
	price: "Price of one",
	price_into: "Price of the new one",
	withheld: "Tax withheld",
	received: "Cash for fractions",
	acquired: "Acquired on",
};

export const ACTS: readonly Act[] = [
	{
		kind: "transfer_in",
		label: "Transfer in",
		about: "Units from another account keep the day and the cost they had there.",
		needs: ["quantity", "amount"],
		may: ["price", "acquired"],
		names: { amount: "They had cost" },
	},
	{
		kind: "transfer_out",
		label: "Transfer out",
		about: "Units leave at what they cost; nothing is realised.",
		needs: ["quantity"],
		may: ["price"],
		names: {},
	},
	{
		kind: "reinvestment",
		label: "Reinvestment",
		about: "A dividend that was paid in units: it is income, and what they cost.",
		needs: ["quantity", "amount"],
		may: ["withheld", "price"],
		names: { amount: "Gross income", quantity: "Units bought" },
	},
	{
		kind: "stock_dividend",
		label: "Stock dividend",
		about: "New units beside those held; the cost is spread over all of them.",
		needs: ["ratio"],
		may: [],
		names: {},
	},
	{
		kind: "spin_off",
		label: "Spin-off",
		about: "A part becomes a company of its own and takes its share of the cost, by the prices of the day.",
		needs: ["into", "ratio", "price", "price_into"],
		may: ["amount"],
		names: { into: "New company", price: "Price of the old one", amount: "Cash for fractions" },
	},
	{
		kind: "merger",
		label: "Merger",
		about: "Units become those of another company; cash beside them is gain, up to what there is.",
		needs: ["into", "ratio"],
		may: ["amount", "price_into", "received"],
		names: { amount: "Cash part" },
	},
	{
		kind: "rename",
		label: "New name",
		about: "The same units under another symbol, with their days and their cost.",
		needs: ["into"],
		may: [],
		names: { into: "New symbol" },
	},
	{
		kind: "return_of_capital",
		label: "Return of capital",
		about: "Cash that is no income: it makes the units cost less.",
		needs: ["amount"],
		may: [],
		names: {},
	},
	{
		kind: "staking",
		label: "Staking reward",
		about: "Units that come as income, at their price of the day.",
		needs: ["quantity"],
		may: ["price"],
		names: {},
	},
	{
		kind: "bonus",
		label: "Bonus units",
		about: "Units for nothing; the cost is spread over all of them.",
		needs: ["quantity"],
		may: [],
		names: {},
	},
];

export const actOf = (kind: ActivityKind): Act | undefined => ACTS.find((one) => one.kind === kind);
export const isAct = (kind: ActivityKind): kind is ActKind => actOf(kind) !== undefined;
export const asks = (act: Act | undefined, field: ActField) =>
	act !== undefined && (act.needs.includes(field) || act.may.includes(field));
