/* Tables of numbers: right-aligned figures, quiet lines, sortable heads. */
import type { ComponentProps, ReactNode } from "react";
import { cx } from "../lib/text";

export function Table({
	label,
	className,
	children,
}: {
	label: string;
	className?: string;
	children: ReactNode;
}) {
	return (
		<table aria-label={label} className={cx("w-full border-collapse text-sm", className)}>
			{children}
		</table>
	);
}

export interface Sort<K extends string> {
	by: K;
	down: boolean;
}

type HeadProps<K extends string> = Omit<ComponentProps<"th">, "children"> & {
	children?: ReactNode;
	left?: boolean;
	by?: K;
	sort?: Sort<K>;
	onSort?: (by: K) => void;
};

export function Head<K extends string>({
	children,
	left,
	by,
	sort,
	onSort,
	className,
	...rest
}: HeadProps<K>) {
	const active = by !== undefined && sort?.by === by;
	const look = cx(
		"h-8 border-b border-line px-2 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-0 last:pr-0",
		left ? "text-left" : "text-right",
		className,
	);
	if (by === undefined || !onSort)
		return (
			<th scope="col" className={look} {...rest}>
				{children}
			</th>
		);
	return (
		<th
			scope="col"
			className={look}
			aria-sort={active ? (sort.down ? "descending" : "ascending") : "none"}
			{...rest}
		>
			<button
				type="button"
				onClick={() => {
					onSort(by);
				}}
				className={cx("inline-flex items-center gap-1 hover:text-ink", active && "text-ink")}
			>
				{children}
				<svg
					viewBox="0 0 8 8"
					width="7"
					height="7"
					aria-hidden="true"
					className={cx(!active && "opacity-0", active && !sort.down && "rotate-180")}
				>
					<path d="M4 6.5.7 1.5h6.6Z" fill="currentColor" />
				</svg>
			</button>
		</th>
	);
}

export function Cell({ left, className, ...rest }: ComponentProps<"td"> & { left?: boolean }) {
	return (
		<td
			className={cx(
				"h-11 border-b border-line px-2 whitespace-nowrap first:pl-0 last:pr-0",
				left ? "text-left" : "text-right",
				className,
			)}
			{...rest}
		/>
	);
}
