/* Where the prices of an asset come from, how old they are, what looked wrong
 * about them, and what is kept up to date. */
import { useState } from "react";
import { Link } from "react-router";
import { useQuoteQuery } from "../../api/market";
import { asProblem } from "../../api/problem";
import { useQualityQuery, useTrackingQuery, useTrackMutation, useUntrackMutation } from "../../api/reports";
import type { Finding, Profile, Quality, Track } from "../../api/types";
import { useWorkersQuery } from "../../api/work";
import { ago, daysBetween, formatDay, formatInstant, today, type Day } from "../../lib/day";
import { amount, money } from "../../lib/money";
import { cx, plural } from "../../lib/text";
import { paths } from "../../lib/paths";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Alert, Badge, Failed, Skeleton } from "../../ui/notice";
import { Facts, Panel } from "../../ui/panel";
import { ProgressBar } from "../../ui/progress";
import { toast } from "../../ui/toast";
import { FetchDialog } from "./fetch-dialog";
import { DONE, fetched, markOf, needLabel, pending, ruleLabel, unsettled, type Mark } from "./standing";

const BUSY_MS = 2500;
const FEW = 3;

const sourceName = (source: string) => (source === "simulated" ? "Simulated market" : source);

const old = (day: Day) => {
	const days = daysBetween(day, today());
	return days <= 0 ? "today" : ago(`${day}T00:00:00Z`, Date.parse(`${today()}T00:00:00Z`));
};

function Sources({ quality, symbol }: { quality: Quality; symbol: string }) {
	const { currentData: quote } = useQuoteQuery(symbol);
	const newest = quality.sources.reduce<Day | null>(
		(day, { to_day }) => (day === null || to_day > day ? to_day : day),
		null,
	);
	return (
		<>
			<Facts
				rows={[
					[
						"Last price",
						quote ? (
							<span title={formatInstant(quote.as_of)}>
								{ago(quote.as_of)}
								{quote.stale && (
									<>
										{" "}
										<Badge look="warn">old</Badge>
									</>
								)}
							</span>
						) : (
							"none yet"
						),
					],
					[
						"Newest day",
						newest ? <span title={formatDay(newest)}>{old(newest)}</span> : "none yet",
					],
				]}
			/>
			{quality.sources.length > 0 && (
				<ul className="border-t border-line" aria-label="Sources">
					{quality.sources.map(({ source, bars, from_day, to_day }) => (
						<li key={source} className="border-b border-line py-1.5 text-sm last:border-0">
							<span className="flex justify-between gap-3">
								<span>{sourceName(source)}</span>
								<span className="figures text-ink-2">
									{money(amount(String(bars)), { min: 0, max: 0 })}{" "}
									{bars === 1 ? "day" : "days"}
								</span>
							</span>
							<span className="block text-xs text-ink-3">
								{formatDay(from_day)} – {formatDay(to_day)}
							</span>
						</li>
					))}
				</ul>
			)}
		</>
	);
}

const MARKS: Record<Mark, { mark: string; look: string }> = {
	fine: { mark: "✓", look: "text-gain" },
	wanted: { mark: "○", look: "text-accent" },
	failing: { mark: "!", look: "text-warn" },
	new: { mark: "○", look: "text-ink-3" },
	off: { mark: "–", look: "text-ink-3" },
};

function said(track: Track): string {
	switch (markOf(track)) {
		case "wanted":
			return "asked for";
		case "off":
			return "no longer";
		case "new":
			return "not yet";
		case "failing":
			return `failed ${plural(track.failures, "time")}`;
		case "fine":
			return track.watermark
				? `up to ${formatDay(track.watermark, "short")}`
				: ago(track.done_at ?? "");
	}
}

function Tracks({ tracks }: { tracks: readonly Track[] }) {
	return (
		<ul aria-label="Kept up to date" className="text-sm">
			{tracks.map((track) => {
				const { mark, look } = MARKS[markOf(track)];
				return (
					<li key={track.need} className="border-b border-line py-1.5 last:border-0">
						<span className="flex items-baseline gap-2">
							<span className={cx("w-3 shrink-0 text-center", look)} aria-hidden="true">
								{mark}
							</span>
							<span className="min-w-0 flex-1 truncate">{needLabel(track.need)}</span>
							<span
								className="shrink-0 text-xs text-ink-2"
								title={track.done_at ? `Done ${formatInstant(track.done_at)}` : undefined}
							>
								{said(track)}
							</span>
						</span>
						{track.last_error && (
							<span className="mt-0.5 ml-5 block text-xs break-words text-warn">
								{track.last_error}
							</span>
						)}
					</li>
				);
			})}
		</ul>
	);
}

/* What is being fetched, and why nothing happens if nothing does. */
function Fetching({ tracks, asked }: { tracks: readonly Track[]; asked: readonly string[] }) {
	const { data: workers } = useWorkersQuery();
	const done = fetched(tracks, asked);
	return (
		<div className="space-y-1.5 py-2" role="status">
			<ProgressBar label="Fetching" share={done === 0 ? null : done} className="w-full" />
			<p className="text-xs text-ink-2">
				{workers?.length === 0
					? "No worker is running: it waits until one is started."
					: "A worker takes it up within a minute. You may leave this page."}{" "}
				<Link to={paths.jobs} className="underline decoration-line underline-offset-2 hover:text-ink">
					Jobs
				</Link>
			</p>
		</div>
	);
}

function Findings({ findings }: { findings: readonly Finding[] }) {
	const [all, setAll] = useState(false);
	const open = unsettled(findings);
	const rest = findings.length - Math.min(open.length, FEW);
	const shown = all ? findings : open.slice(0, FEW);
	return (
		<div>
			<h3 className="mb-1 flex items-baseline justify-between text-xs font-medium text-ink-2">
				Doubts
				<span className="font-normal text-ink-3">
					{open.length === 0 ? "none open" : `${open.length} open`}
				</span>
			</h3>
			{open.length === 0 && !all && (
				<p className="flex items-center gap-2 py-1 text-sm text-ink-2">
					<Icon name="check" className="text-gain" /> Every bar that is kept passed the checks.
				</p>
			)}
			<ul>
				{shown.map((one, i) => (
					<li key={i} className="border-b border-line py-1.5 last:border-0">
						<span className="flex items-baseline justify-between gap-2 text-sm">
							<span className={cx(one.settled_at !== null && "text-ink-3")}>
								{ruleLabel(one.rule)}
							</span>
							<Badge
								look={one.settled_at === null && one.severity !== "note" ? "warn" : "plain"}
							>
								{one.settled_at === null ? (DONE[one.severity] ?? one.severity) : "settled"}
							</Badge>
						</span>
						<span className="block text-xs break-words text-ink-3">
							{one.day && `${formatDay(one.day)} · `}
							{sourceName(one.source)} · {one.detail}
						</span>
					</li>
				))}
			</ul>
			{rest > 0 && (
				<button
					type="button"
					aria-expanded={all}
					className="mt-1 text-xs text-ink-2 underline decoration-line underline-offset-2 hover:text-ink"
					onClick={() => {
						setAll(!all);
					}}
				>
					{all ? "Show fewer" : `Show ${rest} more, settled ones among them`}
				</button>
			)}
		</div>
	);
}

function Kept({ symbol, tracks, admin }: { symbol: string; tracks: readonly Track[]; admin: boolean }) {
	const [fetching, setFetching] = useState(false);
	const [track, { isLoading: tracking, error: refused }] = useTrackMutation();
	const [untrack, { isLoading: stopping, error: kept }] = useUntrackMutation();
	const on = tracks.some(({ enabled }) => enabled);
	const wanted = tracks.filter(pending).map(({ need }) => need);
	// What was asked for since the last time nothing was.
	const [asked, setAsked] = useState<readonly string[]>([]);
	const next = wanted.length === 0 ? [] : [...new Set([...asked, ...wanted])];
	if (next.length !== asked.length) setAsked(next);
	const problem = refused ?? kept;
	return (
		<div>
			<h3 className="mb-1 flex items-center justify-between text-xs font-medium text-ink-2">
				Kept up to date
				{admin && (
					<span className="flex gap-1.5">
						<Button
							size="sm"
							icon="download"
							onClick={() => {
								setFetching(true);
							}}
						>
							Fetch
						</Button>
						<Button
							size="sm"
							busy={tracking || stopping}
							onClick={() =>
								void (on ? untrack(symbol) : track({ symbol, body: {} })).then(
									({ error }) => {
										if (!error)
											toast(
												on
													? `${symbol} is kept up to date no longer; what is there stays`
													: `${symbol} is kept up to date from now on`,
											);
									},
								)
							}
						>
							{on ? "Stop" : "Track"}
						</Button>
					</span>
				)}
			</h3>
			{problem && <Alert>{asProblem(problem).detail ?? asProblem(problem).title}</Alert>}
			{wanted.length > 0 && <Fetching tracks={tracks} asked={next} />}
			{tracks.length > 0 ? (
				<Tracks tracks={tracks} />
			) : (
				<p className="py-1 text-sm text-ink-2">
					{admin
						? "Not tracked: its prices come when somebody asks for them. Track it to have them every day."
						: "Not tracked. An administrator can have it kept up to date."}
				</p>
			)}
			{fetching && (
				<FetchDialog
					symbol={symbol}
					onClose={() => {
						setFetching(false);
					}}
				/>
			)}
		</div>
	);
}

export function DataPanel({ asset, admin }: { asset: Profile; admin: boolean }) {
	const { symbol, simulated } = asset;
	const real = !simulated && !symbol.startsWith(".");
	const [busy, setBusy] = useState(false);
	const polling = { pollingInterval: busy ? BUSY_MS : 0, skipPollingIfUnfocused: true };
	const { currentData: quality, error, refetch } = useQualityQuery(symbol, polling);
	const { currentData: tracks } = useTrackingQuery(symbol, { ...polling, skip: !real });
	const atWork = tracks?.some(pending) ?? false;
	if (atWork !== busy) setBusy(atWork);
	return (
		<Panel title="Data">
			{error && !quality ? (
				<Failed what="Its data" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : !quality || (real && !tracks) ? (
				<div className="space-y-3">
					{Array.from({ length: 6 }, (_, i) => (
						<Skeleton key={i} className="h-5 w-full" />
					))}
				</div>
			) : (
				<div className="space-y-4">
					<div>
						<Sources quality={quality} symbol={symbol} />
						{simulated && (
							<p className="pt-1 text-xs text-ink-3">
								Made up by a simulation: nothing is fetched, and there is nothing to doubt.
							</p>
						)}
					</div>
					{real && <Kept symbol={symbol} tracks={tracks ?? []} admin={admin} />}
					{real && <Findings findings={quality.findings} />}
				</div>
			)}
		</Panel>
	);
}
