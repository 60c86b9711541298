/* How sales take lots. */
import type { Portfolio } from "../../api/types";

export type Method = Portfolio["cost_method"];

export const METHODS: readonly { value: Method; label: string; short: string; about: string }[] = [
	{
		value: "average",
		label: "Average cost",
		short: "them at their average",
		about: "All units cost the same: the average of what is held.",
	},
	{
		value: "fifo",
		label: "First in, first out",
		short: "the oldest first",
		about: "The oldest lots are sold first.",
	},
	{
		value: "lifo",
		label: "Last in, first out",
		short: "the newest first",
		about: "The newest lots are sold first.",
	},
	{
		value: "hifo",
		label: "Highest cost first",
		short: "the dearest first",
		about: "The dearest lots are sold first: the least gain.",
	},
	{
		value: "lofo",
		label: "Lowest cost first",
		short: "the cheapest first",
		about: "The cheapest lots are sold first: the most gain.",
	},
];
