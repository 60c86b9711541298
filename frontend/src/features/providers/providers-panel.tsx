/* Each provider: whether it is asked, how it is, what its budget has left,
 * and the key of one's own. */
import { useState } from "react";
import { asProblem, isFinal } from "../../api/problem";
import { useProviderKeysQuery, useProvidersQuery, useRemoveKeyMutation } from "../../api/providers";
import type { Provider, ProviderKey } from "../../api/types";
import { ago, formatInstant } from "../../lib/day";
import { capital, cx } from "../../lib/text";
import { Button } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { Alert, Badge, Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { toast } from "../../ui/toast";
import { KeyDialog } from "./key-dialog";

const LOOK: Record<string, { mark: string; look: string }> = {
	up: { mark: "✓", look: "bg-gain-soft text-gain" },
	failing: { mark: "!", look: "bg-warn-soft text-warn" },
	down: { mark: "✕", look: "bg-loss-soft text-loss" },
	"no key": { mark: "!", look: "bg-warn-soft text-warn" },
};

function State({ state }: { state: string }) {
	const { mark, look } = LOOK[state] ?? { mark: "○", look: "bg-sunken text-ink-2" };
	return (
		<span
			className={cx(
				"inline-flex items-center gap-1 rounded-[5px] px-1.5 py-px text-2xs font-medium whitespace-nowrap",
				look,
			)}
		>
			<span aria-hidden="true">{mark}</span>
			{capital(state)}
		</span>
	);
}

function Budget({
	name,
	budget: { window, calls, left },
}: {
	name: string;
	budget: Provider["budgets"][number];
}) {
	const used = Math.max(0, calls - left),
		share = calls > 0 ? Math.min(1, used / calls) : 1;
	return (
		<div className="flex items-center gap-2 text-xs">
			<span
				role="meter"
				aria-label={`Calls used a ${window}, ${name}`}
				aria-valuemin={0}
				aria-valuemax={calls}
				aria-valuenow={used}
				aria-valuetext={`${used} used, ${left} left`}
				className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-sunken"
			>
				<span
					className={cx("block h-full rounded-full", share < 0.8 ? "bg-accent" : "bg-warn")}
					style={{ width: `${Math.round(share * 100)}%` }}
				/>
			</span>
			<span className="figures whitespace-nowrap">
				{left} left{" "}
				<span className="text-ink-3">
					of {calls} a {window}
				</span>
			</span>
		</div>
	);
}

function Removal({ provider, onClose }: { provider: string; onClose: () => void }) {
	const [remove, { isLoading, error }] = useRemoveKeyMutation();
	return (
		<Confirm
			open
			onClose={onClose}
			title={`Remove the key for ${provider}?`}
			action="Remove"
			busy={isLoading}
			refused={error !== undefined && isFinal(asProblem(error))}
			onConfirm={() => {
				void remove(provider).then((answer) => {
					if (answer.error) return;
					toast("The key is removed");
					onClose();
				});
			}}
		>
			<p>Everything it brought is removed too.</p>
			{error && <Alert>{asProblem(error).detail ?? asProblem(error).title}</Alert>}
		</Confirm>
	);
}

function OwnKey({ provider, kept }: { provider: Provider; kept: ProviderKey | undefined }) {
	const [open, setOpen] = useState<"key" | "removal" | null>(null);
	const close = () => {
		setOpen(null);
	};
	if (!provider.takes_key) return <p className="text-xs text-ink-3">Takes no key</p>;
	return (
		<div className="space-y-1.5">
			{kept ? (
				<p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
					Your key <code className="font-mono">{kept.fingerprint}</code>
					<Badge look={kept.state === "refused" ? "warn" : "plain"}>{capital(kept.state)}</Badge>
				</p>
			) : (
				<p className="text-xs text-ink-3">
					{provider.has_key
						? "The installation has a key"
						: provider.needs_key
							? "Needs a key"
							: "Works without a key"}
				</p>
			)}
			<div className="flex gap-1.5">
				<Button
					size="sm"
					aria-label={`${kept ? "Replace" : "Add your key"}: ${provider.name}`}
					onClick={() => {
						setOpen("key");
					}}
				>
					{kept ? "Replace" : "Add your key"}
				</Button>
				{kept && (
					<Button
						size="sm"
						look="quiet"
						aria-label={`Remove: ${provider.name}`}
						onClick={() => {
							setOpen("removal");
						}}
					>
						Remove
					</Button>
				)}
			</div>
			{open === "key" && (
				<KeyDialog provider={provider} replaces={kept !== undefined} onClose={close} />
			)}
			{open === "removal" && <Removal provider={provider.name} onClose={close} />}
		</div>
	);
}

function Row({ provider, kept }: { provider: Provider; kept: ProviderKey | undefined }) {
	const { name, doc, needs, state, succeeded_at, failed_at, failure, budgets, shares } = provider;
	return (
		<li className="grid gap-x-8 gap-y-3 border-b border-line py-4 text-sm md:grid-cols-[minmax(0,1fr)_13rem_12rem]">
			<div className="min-w-0">
				<p className="flex items-center gap-2 font-medium">
					{name} <State state={state} />
				</p>
				<p className="mt-0.5 max-w-prose text-xs text-ink-2">{doc}</p>
				<p className="mt-1.5 flex flex-wrap gap-1" aria-label="What it brings">
					{needs.map((need) => (
						<Badge key={need}>{need}</Badge>
					))}
				</p>
				{(succeeded_at ?? failed_at) && (
					<p className="mt-1.5 text-xs text-ink-3">
						{succeeded_at && (
							<span title={formatInstant(succeeded_at)}>Answered {ago(succeeded_at)}. </span>
						)}
						{failed_at && (
							<span title={formatInstant(failed_at)} className="text-ink-2">
								Failed {ago(failed_at)}
								{failure && `: ${failure}`}
							</span>
						)}
					</p>
				)}
				{!shares && kept && (
					<p className="mt-1 text-xs text-ink-3">What your key brings is shown to you alone.</p>
				)}
			</div>
			<div className="space-y-1">
				{budgets.map((budget) => (
					<Budget key={budget.window} name={name} budget={budget} />
				))}
			</div>
			<OwnKey provider={provider} kept={kept} />
		</li>
	);
}

export function ProvidersPanel() {
	const { data, error, refetch } = useProvidersQuery(undefined, {
		pollingInterval: 15_000,
		skipPollingIfUnfocused: true,
	});
	const { data: keys = [] } = useProviderKeysQuery();
	if (error && !data)
		return <Failed what="The providers" problem={asProblem(error)} onRetry={() => void refetch()} />;
	if (!data)
		return (
			<div className="space-y-3">
				{Array.from({ length: 5 }, (_, i) => (
					<Skeleton key={i} className="h-20 w-full" />
				))}
			</div>
		);
	const list = (title: string, note: string, rows: readonly Provider[]) =>
		rows.length > 0 && (
			<Panel title={title} note={note}>
				<ul className="border-t border-line">
					{rows.map((provider) => (
						<Row
							key={provider.name}
							provider={provider}
							kept={keys.find((one) => one.provider === provider.name)}
						/>
					))}
				</ul>
			</Panel>
		);
	return (
		<div className="space-y-8">
			{list(
				"Asked",
				"in the order of the settings",
				data.filter(({ enabled }) => enabled),
			)}
			{list(
				"Not asked",
				"until the installation's settings name them",
				data.filter(({ enabled }) => !enabled),
			)}
		</div>
	);
}
