/* A section of a page: a heading, its controls, its content. No box. */
import type { ReactNode } from "react";
import { cx } from "../lib/text";

export function Panel({
	title,
	note,
	controls,
	className,
	children,
	bare,
}: {
	title: string;
	bare?: boolean; /* the heading is for screen readers only */
	note?: ReactNode;
	controls?: ReactNode;
	className?: string;
	children: ReactNode;
}) {
	return (
		<section aria-label={title} className={cx("min-w-0", className)}>
			<header className="mb-2 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
				<h2 className={bare ? "sr-only" : "flex items-baseline gap-2 text-sm font-semibold"}>
					{title}
					{note && <span className="text-xs font-normal text-ink-3">{note}</span>}
				</h2>
				{controls && (
					<div className={cx("flex items-center gap-2", bare && "w-full justify-between")}>
						{controls}
					</div>
				)}
			</header>
			{children}
		</section>
	);
}

export function Facts({
	rows,
	className,
}: {
	rows: readonly (readonly [string, ReactNode])[];
	className?: string;
}) {
	return (
		<dl className={cx("text-sm", className)}>
			{rows.map(([name, value]) => (
				<div
					key={name}
					className="flex items-baseline justify-between gap-4 border-b border-line py-1.5 last:border-0"
				>
					<dt className="text-ink-3">{name}</dt>
					<dd className="min-w-0 truncate text-right">{value}</dd>
				</div>
			))}
		</dl>
	);
}
