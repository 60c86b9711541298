/* An instrument's mark: its own logo where it is one of ours, else letters. */
import { useState } from "react";
import { cx } from "../lib/text";

const hue = (symbol: string) =>
	((([...symbol].reduce((h, c) => h * 31 + c.charCodeAt(0), 7) % 10) + 10) % 10) + 1;

export function Mark({
	symbol,
	logo,
	size = "size-7",
}: {
	symbol: string;
	logo?: string | null;
	size?: string;
}) {
	const [broken, setBroken] = useState(false);
	// Another host's picture would tell it who looks at what.
	const ours = logo && (logo.startsWith("/") || logo.startsWith("data:")) && !logo.startsWith("//");
	if (ours && !broken)
		return (
			<img
				src={logo}
				alt=""
				loading="lazy"
				className={cx("rounded-md object-contain", size)}
				onError={() => {
					setBroken(true);
				}}
			/>
		);
	const colour = `var(--c${hue(symbol)})`;
	return (
		<span
			aria-hidden="true"
			className={cx(
				"inline-flex shrink-0 items-center justify-center rounded-md text-2xs font-semibold",
				size,
			)}
			style={{
				color: `color-mix(in oklab, ${colour} 70%, var(--ink))`,
				backgroundColor: `color-mix(in oklab, ${colour} 16%, var(--surface))`,
			}}
		>
			{symbol
				.toUpperCase()
				.replace(/[^\p{L}\p{N}]/gu, "")
				.slice(0, 2)}
		</span>
	);
}
