/* How a run stands: by word and mark, not by colour alone. */
import type { Run } from "../../api/types";
import { cx } from "../../lib/text";
import { ProgressBar } from "../../ui/progress";

const WORDS: Record<Run["status"], { word: string; mark: string; look: string }> = {
	waiting: { word: "Waiting", mark: "○", look: "text-ink-2 bg-sunken" },
	running: { word: "Running", mark: "●", look: "text-accent bg-accent-soft" },
	done: { word: "Done", mark: "✓", look: "text-gain bg-gain-soft" },
	dead: { word: "Failed", mark: "✕", look: "text-loss bg-loss-soft" },
	cancelled: { word: "Cancelled", mark: "–", look: "text-ink-2 bg-sunken" },
};

export const STATUSES = Object.entries(WORDS).map(([value, { word }]) => ({
	value: value as Run["status"],
	label: word,
}));

export function Status({ run }: { run: Run }) {
	const again = run.status === "waiting" && run.failures > 0;
	const { word, mark, look } = WORDS[run.status];
	return (
		<span
			className={cx(
				"inline-flex items-center gap-1 rounded-[5px] px-1.5 py-px text-2xs font-medium whitespace-nowrap",
				again ? "bg-warn-soft text-warn" : look,
			)}
		>
			<span aria-hidden="true">{mark}</span>
			{run.cancelling ? "Stopping" : again ? "Tries again" : word}
		</span>
	);
}

export function Progress({ run }: { run: Run }) {
	const share = Math.round(Math.max(0, Math.min(1, run.progress)) * 100);
	return (
		<span className="flex min-w-0 items-center gap-2">
			<ProgressBar label={`Progress of ${run.kind}`} share={run.progress} className="w-24 shrink-0" />
			<span className="figures w-9 shrink-0 text-xs">{share}%</span>
			{run.doing && <span className="truncate text-xs text-ink-3">{run.doing}</span>}
		</span>
	);
}
