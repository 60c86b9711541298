/* Schedules: when each fires, paused or not, and now. */
import { useState } from "react";
import {
	useChangeScheduleMutation,
	useJobKindsQuery,
	useRunScheduleMutation,
	useSchedulesQuery,
} from "../../api/work";
import { asProblem, type Problem } from "../../api/problem";
import type { Schedule } from "../../api/types";
import { ago, formatInstant } from "../../lib/day";
import { randomKey } from "../../lib/random";
import { capital } from "../../lib/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { Alert, Badge, Empty, Failed, Skeleton } from "../../ui/notice";
import { toast } from "../../ui/toast";
import { cronWords } from "./cron";

function TimesDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
	const [cron, setCron] = useState(schedule.cron);
	const [zone, setZone] = useState(schedule.zone);
	const [problem, setProblem] = useState<Problem | null>(null);
	const [change, { isLoading }] = useChangeScheduleMutation();
	const fault = (name: string) => {
		const said = problem?.errors?.find(({ pointer }) => pointer === `/${name}`)?.detail;
		return said && capital(said);
	};
	async function submit(event: React.FormEvent) {
		event.preventDefault();
		const answer = await change({ schedule, change: { cron: cron.trim(), zone: zone.trim() } });
		if (answer.error) setProblem(asProblem(answer.error));
		else {
			toast("Saved");
			onClose();
		}
	}
	return (
		<Dialog open onClose={onClose} title="Times" about={schedule.name}>
			<form noValidate className="space-y-3.5" onSubmit={(event) => void submit(event)}>
				<TextField
					label="When"
					value={cron}
					hint={`${cronWords(cron)}. Minute, hour, day of the month, month, day of the week`}
					error={fault("cron")}
					className="font-mono"
					onChange={(event) => {
						setCron(event.target.value);
					}}
				/>
				<TextField
					label="Time zone"
					value={zone}
					hint="As America/New_York"
					error={fault("zone")}
					onChange={(event) => {
						setZone(event.target.value);
					}}
				/>
				{problem && !fault("cron") && !fault("zone") && (
					<Alert>
						{problem.status === 412
							? "It was changed meanwhile by somebody else. Close this and look again."
							: (problem.detail ?? problem.title)}
					</Alert>
				)}
				<div className="flex justify-end gap-2 pt-1">
					<Button onClick={onClose}>Cancel</Button>
					<Button look="primary" type="submit" busy={isLoading}>
						Save
					</Button>
				</div>
			</form>
		</Dialog>
	);
}

function Row({ schedule, doc, allowed }: { schedule: Schedule; doc: string | undefined; allowed: boolean }) {
	const [change, { isLoading }] = useChangeScheduleMutation();
	const [run, { isLoading: starting }] = useRunScheduleMutation();
	const [editing, setEditing] = useState(false);
	const paused = schedule.state === "paused";
	async function toggle() {
		const answer = await change({ schedule, change: { state: paused ? "active" : "paused" } });
		toast(answer.error ? asProblem(answer.error).title : paused ? "It fires again" : "It is paused");
	}
	async function now() {
		const answer = await run({ id: schedule.id, key: randomKey() });
		toast(answer.error ? asProblem(answer.error).title : "It is in the queue");
	}
	return (
		<li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-3 text-sm">
			<div className="min-w-52 flex-1">
				<p className="flex items-center gap-2 font-medium">
					{schedule.name}
					{paused && <Badge look="warn">Paused</Badge>}
				</p>
				<p className="text-xs text-ink-3">{doc ?? schedule.kind}</p>
			</div>
			<div className="min-w-44">
				<p title={schedule.cron}>{cronWords(schedule.cron)}</p>
				<p className="text-xs text-ink-3">{schedule.zone}</p>
			</div>
			<div className="min-w-40 text-xs text-ink-2">
				<p>
					Next{" "}
					{schedule.next_at ? (
						<time
							dateTime={schedule.next_at}
							title={formatInstant(schedule.next_at)}
							className="text-ink"
						>
							{ago(schedule.next_at)}
						</time>
					) : (
						"never"
					)}
				</p>
				<p>
					Last{" "}
					{schedule.fired_at ? (
						<time dateTime={schedule.fired_at} title={formatInstant(schedule.fired_at)}>
							{ago(schedule.fired_at)}
						</time>
					) : (
						"not yet"
					)}
				</p>
			</div>
			{allowed && (
				<div className="flex gap-1.5">
					<Button
						size="sm"
						busy={starting}
						onClick={() => void now()}
						aria-label={`Run now: ${schedule.name}`}
					>
						Run now
					</Button>
					<Button
						size="sm"
						busy={isLoading}
						onClick={() => void toggle()}
						aria-label={`${paused ? "Resume" : "Pause"} ${schedule.name}`}
					>
						{paused ? "Resume" : "Pause"}
					</Button>
					<Button
						size="sm"
						look="quiet"
						aria-label={`Times of ${schedule.name}`}
						onClick={() => {
							setEditing(true);
						}}
					>
						Times
					</Button>
				</div>
			)}
			{editing && (
				<TimesDialog
					schedule={schedule}
					onClose={() => {
						setEditing(false);
					}}
				/>
			)}
		</li>
	);
}

export function SchedulesPanel() {
	const { data, error, refetch } = useSchedulesQuery(undefined, {
		pollingInterval: 30_000,
		skipPollingIfUnfocused: true,
	});
	const { data: kinds = [] } = useJobKindsQuery();
	if (error && !data)
		return <Failed what="The schedules" problem={asProblem(error)} onRetry={() => void refetch()} />;
	if (!data) return <Skeleton className="h-40 w-full" />;
	if (data.length === 0)
		return (
			<Empty icon="clock" title="No schedules">
				Jobs that repeat have a schedule here, with the times at which they run.
			</Empty>
		);
	return (
		<ul aria-label="Schedules" className="border-t border-line">
			{data.map((schedule) => {
				const kind = kinds.find(({ name }) => name === schedule.kind);
				return (
					<Row
						key={schedule.id}
						schedule={schedule}
						doc={kind?.doc}
						allowed={kind?.allowed ?? false}
					/>
				);
			})}
		</ul>
	);
}
