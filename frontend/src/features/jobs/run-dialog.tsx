/* One run: what it is at or why it failed, its log, what it answered. */
import { useCommandRunMutation, useRunQuery } from "../../api/work";
import { asProblem } from "../../api/problem";
import type { Run, RunLog } from "../../api/types";
import { ago, formatInstant, formatTime } from "../../lib/day";
import { cx, plural } from "../../lib/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Alert, Failed, Skeleton } from "../../ui/notice";
import { Facts } from "../../ui/panel";
import { toast } from "../../ui/toast";
import { took } from "./took";
import { Progress, Status } from "./status";

export const canRetry = ({ status, failures }: Run) =>
	status === "dead" || status === "cancelled" || (status === "waiting" && failures > 0);
export const canCancel = ({ status, cancelling }: Run) =>
	(status === "waiting" || status === "running") && !cancelling;

const LEVEL = { fine: "text-ink-3", info: "text-ink", warn: "text-warn", error: "text-loss" } as const;

function Log({ log }: { log: RunLog["log"] }) {
	return (
		<div
			role="log"
			aria-label="Log"
			tabIndex={0}
			className="max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-2xs leading-5"
		>
			{log.length === 0 && <p className="text-ink-3">It has said nothing yet.</p>}
			{log.map((line, i) => (
				<p key={i} className="flex gap-3">
					<time dateTime={line.at} className="shrink-0 text-ink-3">
						{formatTime(line.at)}
					</time>
					<span className={cx("break-words whitespace-pre-wrap", LEVEL[line.level])}>
						{(line.level === "warn" || line.level === "error") && `${line.level}: `}
						{line.line}
					</span>
				</p>
			))}
		</div>
	);
}

const Json = ({ label, value }: { label: string; value: unknown }) => (
	<div>
		<h3 className="mb-1 text-xs font-medium text-ink-2">{label}</h3>
		<pre
			tabIndex={0}
			className="max-h-40 overflow-auto rounded-md bg-sunken p-3 font-mono text-2xs leading-4"
		>
			{JSON.stringify(value, null, 2)}
		</pre>
	</div>
);

function Commands({ run }: { run: Run }) {
	const [command, { isLoading, error }] = useCommandRunMutation();
	const give = (what: "retry" | "cancel", said: string) => async () => {
		const answer = await command({ id: run.id, command: what });
		if (!answer.error) toast(said);
	};
	return (
		<>
			{error && <Alert>{asProblem(error).detail ?? asProblem(error).title}</Alert>}
			{(canRetry(run) || canCancel(run)) && (
				<div className="flex justify-end gap-2">
					{canCancel(run) && (
						<Button busy={isLoading} onClick={() => void give("cancel", "It is being stopped")()}>
							Cancel run
						</Button>
					)}
					{canRetry(run) && (
						<Button
							look="primary"
							busy={isLoading}
							onClick={() => void give("retry", "It begins again")()}
						>
							Retry now
						</Button>
					)}
				</div>
			)}
		</>
	);
}

function Body({ run, log, allowed }: { run: Run; log: RunLog["log"]; allowed: boolean }) {
	return (
		<div className="space-y-4">
			<div className="flex items-center gap-3">
				<Status run={run} />
				{run.status === "running" && <Progress run={run} />}
			</div>
			{run.error && <Alert>{run.error}</Alert>}
			<Facts
				rows={[
					["Put into the queue", formatInstant(run.created_at)],
					...(run.started_at
						? [["Began", `${formatInstant(run.started_at)} (${ago(run.started_at)})`] as const]
						: [["Not before", formatInstant(run.run_at)] as const]),
					...(run.ended_at ? [["Ended", formatInstant(run.ended_at)] as const] : []),
					["Took", took(run) ?? "–"],
					["Attempts", plural(run.attempt, "attempt")],
					["Failures", `${run.failures} of ${run.failures_max}`],
				]}
			/>
			<Log log={log} />
			{run.args !== null && JSON.stringify(run.args) !== "{}" && (
				<Json label="Arguments" value={run.args} />
			)}
			{run.result !== null && <Json label="Answer" value={run.result} />}
			{allowed && <Commands run={run} />}
		</div>
	);
}

export function RunDialog({
	id,
	about,
	allowed,
	onClose,
}: {
	id: string;
	about: (kind: string) => string | undefined;
	allowed: (kind: string) => boolean;
	onClose: () => void;
}) {
	const { data, error, refetch } = useRunQuery(id, { pollingInterval: 2000, skipPollingIfUnfocused: true });
	return (
		<Dialog
			open
			onClose={onClose}
			title={data?.run.kind ?? "Run"}
			about={data && about(data.run.kind)}
			width="sm:max-w-xl"
		>
			{data ? (
				<Body run={data.run} log={data.log} allowed={allowed(data.run.kind)} />
			) : error ? (
				<Failed what="The run" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : (
				<div className="space-y-3">
					<Skeleton className="h-6 w-40" />
					<Skeleton className="h-40 w-full" />
				</div>
			)}
		</Dialog>
	);
}
