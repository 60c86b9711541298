import type { ComponentProps } from "react";
import { cx } from "../lib/text";
import { Icon, type IconName } from "./icon";

const LOOK = {
	primary: "bg-accent-strong text-white hover:brightness-110 active:brightness-95",
	plain: "bg-surface text-ink border border-line hover:bg-sunken",
	quiet: "text-ink-2 hover:text-ink hover:bg-sunken",
	danger: "bg-loss text-paper hover:brightness-110",
} as const;
const SIZE = {
	md: "h-8 px-3 text-sm gap-1.5",
	lg: "h-10 px-4 text-base gap-2",
	sm: "h-7 px-2 text-xs gap-1",
};

interface ButtonProps extends ComponentProps<"button"> {
	look?: keyof typeof LOOK;
	size?: keyof typeof SIZE;
	icon?: IconName;
	busy?: boolean;
}

export function Button({
	look = "plain",
	size = "md",
	icon,
	busy,
	className,
	children,
	disabled,
	type = "button",
	...rest
}: ButtonProps) {
	return (
		<button
			type={type}
			disabled={disabled ?? busy}
			aria-busy={busy ?? undefined}
			className={cx(
				"inline-flex items-center justify-center rounded-md font-medium whitespace-nowrap",
				"transition-colors duration-100 disabled:opacity-55",
				SIZE[size],
				LOOK[look],
				className,
			)}
			{...rest}
		>
			{icon && <Icon name={icon} size={size === "sm" ? 13 : 15} />}
			{children}
			{busy && (
				<span className="shimmer" aria-hidden="true">
					…
				</span>
			)}
		</button>
	);
}

export function IconButton({
	icon,
	label,
	className,
	...rest
}: ComponentProps<"button"> & { icon: IconName; label: string }) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			className={cx(
				"inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2",
				"transition-colors duration-100 hover:bg-sunken hover:text-ink disabled:opacity-50",
				className,
			)}
			{...rest}
		>
			<Icon name={icon} />
		</button>
	);
}
