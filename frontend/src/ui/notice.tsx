/* Words about how things stand: badges, failures, emptiness, placeholders. */
import type { ReactNode } from "react";
import { cx } from "../lib/text";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";

const BADGE = {
	plain: "bg-sunken text-ink-2",
	warn: "bg-warn-soft text-warn",
	accent: "bg-accent-soft text-accent",
} as const;

export function Badge({
	look = "plain",
	title,
	children,
}: {
	look?: keyof typeof BADGE;
	title?: string;
	children: ReactNode;
}) {
	return (
		<span
			title={title}
			className={cx(
				"inline-flex items-center gap-1 rounded-[5px] px-1.5 py-px text-2xs font-medium whitespace-nowrap",
				BADGE[look],
			)}
		>
			{children}
		</span>
	);
}

export const Skeleton = ({ className }: { className?: string }) => (
	<span className={cx("shimmer block rounded bg-sunken", className)} aria-hidden="true" />
);

/* What happened, that nothing was lost, and a way to try again. */
export function Failed({
	problem,
	onRetry,
	what,
	className,
}: {
	problem: { title: string; detail?: string | undefined; request_id?: string | undefined };
	onRetry?: () => void;
	what?: string;
	className?: string;
}) {
	return (
		<div
			role="alert"
			className={cx("flex flex-col items-start justify-center gap-2 py-6 text-sm", className)}
		>
			<p className="flex items-center gap-2 font-medium">
				<Icon name="alert" className="text-warn" />
				{what ? `${what}: ${problem.title.toLowerCase()}` : problem.title}
			</p>
			{problem.detail && <p className="max-w-prose text-ink-2">{problem.detail}</p>}
			{problem.request_id && <p className="text-xs text-ink-3">Request {problem.request_id}</p>}
			{onRetry && (
				<Button size="sm" onClick={onRetry}>
					Try again
				</Button>
			)}
		</div>
	);
}

export function Alert({ children }: { children: ReactNode }) {
	return (
		<div role="alert" className="flex gap-2 rounded-md bg-loss-soft px-3 py-2 text-sm text-ink">
			<Icon name="alert" className="mt-0.5 shrink-0 text-loss" />
			<div>{children}</div>
		</div>
	);
}

export function Empty({
	icon,
	title,
	children,
	action,
}: {
	icon: IconName;
	title: string;
	children: ReactNode;
	action?: ReactNode;
}) {
	return (
		<div className="mx-auto flex max-w-sm flex-col items-center gap-2 py-14 text-center">
			<Icon name={icon} size={26} className="text-ink-3" />
			<h2 className="text-base font-semibold">{title}</h2>
			<p className="text-sm text-ink-2">{children}</p>
			{action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
		</div>
	);
}

export const Key = ({ children }: { children: ReactNode }) => (
	<kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-2xs font-medium text-ink-2">
		{children}
	</kbd>
);
