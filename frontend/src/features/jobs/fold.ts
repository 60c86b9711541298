/* Runs that had nothing to do come every minute and would bury the rest:
 * those of a kind are folded into the newest of them. */
import type { Run } from "../../api/types";

export interface Folded {
	run: Run;
	count: number; /* of runs this row stands for */
}

function answer(result: unknown): string {
	if (typeof result !== "object" || result === null) return "";
	return Object.entries(result)
		.filter(([, value]) => typeof value === "number" || typeof value === "string")
		.map(([name, value]) => `${name.replaceAll("_", " ")}: ${String(value)}`)
		.join(", ");
}

/* What is worth saying in a line; empty where nothing is. */
export const sayingOf = (run: Run): string => run.error ?? run.doing ?? answer(run.result);

const isQuiet = (run: Run) => run.status === "done" && run.failures === 0 && sayingOf(run) === "";

export function fold(runs: readonly Run[]): Folded[] {
	const rows: Folded[] = [];
	const quiet = new Map<string, Folded>();
	for (const run of runs) {
		const known = isQuiet(run) ? quiet.get(run.kind) : undefined;
		if (known) known.count++;
		else {
			const row = { run, count: 1 };
			rows.push(row);
			if (isQuiet(run)) quiet.set(run.kind, row);
		}
	}
	return rows;
}
