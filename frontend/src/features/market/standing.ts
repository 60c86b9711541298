/* How the data of an asset stand, in words. */
import type { Finding, Track } from "../../api/types";
import { capital } from "../../lib/text";

export const NEEDS: readonly { need: NonNullable<Need>; label: string }[] = [
	{ need: "daily", label: "Daily prices" },
	{ need: "intraday", label: "Prices within the day" },
	{ need: "events", label: "Dividends and splits" },
	{ need: "profile", label: "Profile" },
	{ need: "fundamentals", label: "Reports" },
	{ need: "identity", label: "Identifiers" },
];

export type Need = "daily" | "intraday" | "events" | "profile" | "fundamentals" | "identity";

export const needLabel = (need: string) => NEEDS.find((one) => one.need === need)?.label ?? capital(need);

const RULES: Record<string, string> = {
	empty: "No bar of the session",
	no_closes: "Closes are missing",
	scale: "Another unit of the currency",
	rescaled: "Kept days told by another factor",
	no_close: "Close is missing",
	negative: "Price or volume below zero",
	future: "A day yet to come",
	inverted: "High below low",
	hundredfold: "A hundred times its neighbours",
	twice: "A day told twice",
	unsorted: "Days out of order",
	closed: "A day the exchange was closed",
	missing: "Sessions without a bar",
	jump: "Large move",
	split: "Step of an unknown split",
	flat: "No movement for days",
	volume: "Unusual volume",
};

export const ruleLabel = (rule: string) => RULES[rule] ?? capital(rule.replaceAll("_", " "));

/* What was done about it. */
export const DONE: Record<string, string> = { note: "kept", warning: "bar left out", failure: "refused" };

export const unsettled = (findings: readonly Finding[]) =>
	findings.filter(({ settled_at }) => settled_at === null);

export type Mark = "wanted" | "failing" | "fine" | "new" | "off";

/* Asked for, and not tried since; what failed is tried again by itself. */
export const pending = ({ wanted_at, done_at, last_error }: Track) =>
	wanted_at !== null && (last_error === null || done_at === null || done_at < wanted_at);

export function markOf(track: Track): Mark {
	if (pending(track)) return "wanted";
	if (!track.enabled) return "off";
	if (track.failures > 0) return "failing";
	return track.done_at === null ? "new" : "fine";
}

/* Of what was asked for together, what was tried. */
export function fetched(tracks: readonly Track[], asked: readonly string[]): number | null {
	if (asked.length === 0) return null;
	const left = tracks.filter((track) => asked.includes(track.need) && pending(track));
	return 1 - left.length / asked.length;
}
