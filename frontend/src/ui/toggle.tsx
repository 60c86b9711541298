import type { ReactNode } from "react";
import { cx } from "../lib/text";

export function Toggle({
	pressed,
	onChange,
	children,
	title,
}: {
	pressed: boolean;
	onChange: (pressed: boolean) => void;
	children: ReactNode;
	title?: string;
}) {
	return (
		<button
			type="button"
			title={title}
			aria-pressed={pressed}
			onClick={() => {
				onChange(!pressed);
			}}
			className={cx(
				"h-7 rounded-md px-2 text-xs font-medium transition-colors duration-100 hover:text-ink",
				pressed ? "bg-accent-soft text-accent" : "text-ink-2 hover:bg-sunken",
			)}
		>
			{children}
		</button>
	);
}
