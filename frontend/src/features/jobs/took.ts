import type { Run } from "../../api/types";

/* How long the last attempt took, or has taken so far: "1 min 5 s". */
export function took({ started_at, ended_at }: Run, now = Date.now()): string | null {
	if (!started_at) return null;
	const ms = (ended_at ? Date.parse(ended_at) : now) - Date.parse(started_at);
	if (ms < 0) return null;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 60
		? `${minutes} min ${seconds % 60} s`
		: `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
