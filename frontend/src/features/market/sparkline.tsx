/* A few points as a line, without axes; its meaning stands beside it. */
export function Sparkline({ values, up }: { values: readonly number[]; up: boolean }) {
	if (values.length < 2) return <svg viewBox="0 0 100 28" className="h-7 w-full" aria-hidden="true" />;
	const low = Math.min(...values),
		high = Math.max(...values),
		step = 100 / (values.length - 1);
	const y = (value: number) => (high === low ? 14 : 26 - ((value - low) / (high - low)) * 24);
	return (
		<svg viewBox="0 0 100 28" preserveAspectRatio="none" className="h-7 w-full" aria-hidden="true">
			<path
				d={values
					.map(
						(value, i) => `${i === 0 ? "M" : "L"}${(i * step).toFixed(2)} ${y(value).toFixed(2)}`,
					)
					.join("")}
				fill="none"
				stroke={up ? "var(--gain)" : "var(--loss)"}
				strokeWidth="1.5"
				vectorEffect="non-scaling-stroke"
				strokeLinejoin="round"
			/>
		</svg>
	);
}
