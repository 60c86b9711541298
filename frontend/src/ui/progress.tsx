/* How far something is; without a share it is only known to be at work. */
import { cx } from "../lib/text";

export function ProgressBar({
	label,
	share,
	className,
}: {
	label: string;
	share: number | null;
	className?: string;
}) {
	const done = share === null ? null : Math.round(Math.max(0, Math.min(1, share)) * 100);
	return (
		<span
			role="progressbar"
			aria-label={label}
			aria-valuemin={0}
			aria-valuemax={100}
			{...(done === null ? {} : { "aria-valuenow": done })}
			className={cx("block h-1.5 overflow-hidden rounded-full bg-sunken", className)}
		>
			<span
				className={cx(
					"block h-full rounded-full bg-accent transition-[width] duration-300",
					done === null && "shimmer w-full",
				)}
				style={done === null ? undefined : { width: `${done}%` }}
			/>
		</span>
	);
}
