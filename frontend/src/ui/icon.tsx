/* Our own icons: 16 units square, strokes in the text's colour. */
const PATHS = {
	search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
	plus: "M8 3v10M3 8h10",
	swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
	check: "m3 8.5 3.2 3.2L13 4.8",
	close: "m4 4 8 8m0-8-8 8",
	down: "m4 6 4 4 4-4",
	right: "m6 4 4 4-4 4",
	eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
	hidden: "m2 2 12 12M6.5 6.6A2 2 0 0 0 9.4 9.4M4.2 4.6A11 11 0 0 0 1.5 8S4 12.5 8 12.5a6.3 6.3 0 0 0 3-.8m1.8-1.5A10 10 0 0 0 14.5 8S12 3.5 8 3.5a6 6 0 0 0-1.4.2",
	sun: "M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
	moon: "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7Z",
	screen: "M2 3h12v8H2zM6 14h4M8 11v3",
	out: "M6 2.5H3v11h3M10.5 5l3 3-3 3M13 8H6.5",
	trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 6.5v4.5M9.3 6.5v4.5",
	chart: "m2 11.5 4-4.5 3 2.5 5-6M2 14h12",
	list: "M5.5 4H14M5.5 8H14M5.5 12H14M2.2 4h.1M2.2 8h.1M2.2 12h.1",
	info: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 7.3V11M8 5h.01",
	alert: "M8 2 1.5 13.5h13L8 2Zm0 4.5v3.5M8 11.8h.01",
	offline:
		"m2 2 12 12M5 9.8a4.5 4.5 0 0 1 1.5-.9M11 9.8a4.5 4.5 0 0 0-1-.6M2.5 7A8 8 0 0 1 5 5.4M13.5 7A8 8 0 0 0 8 4.6M8 12.5h.01",
	table: "M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.5 6.5V13",
	download: "M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 13.5h11",
	wallet: "M2 5h11.5v8.5H2zM2 5l8.5-2.5V5M11 9.2h.01",
	keyboard: "M1.5 4h13v8.5h-13zM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 10h6",
	external: "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M6 3.5H2.5v10h10V10",
	user: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 14a5.5 5.5 0 0 1 11 0",
	grid: "M2.5 2.5h6v11h-6zM8.5 2.5h5v5h-5zM8.5 7.5h5v6h-5z",
	candles: "M5 2v2m0 6v4M3.5 4h3v6h-3zM11 3v3m0 5v2M9.5 6h3v5h-3z",
	clock: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 4.5V8l2.5 1.5",
	plug: "M6 2v4m4-4v4M4 6h8v2.5a4 4 0 0 1-8 0V6Zm4 6.5v2",
	sliders: "M2.5 5h6m3 0h2M2.5 11h2m3 0h6M10 6.8V3.2M6 12.8V9.2",
	ring: "M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12Zm0-3.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 2v3.5M10.2 9.3l3 1.7",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
	return (
		<svg
			width={size}
			height={size}
			viewBox="0 0 16 16"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.4"
			strokeLinecap="round"
			strokeLinejoin="round"
			aria-hidden="true"
			className={className}
		>
			<path d={PATHS[name]} />
		</svg>
	);
}

export function Logo({ size = 22 }: { size?: number }) {
	return (
		<svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
			<rect width="32" height="32" rx="7" className="fill-accent-strong" />
			<g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
				<path d="M8 21.5 13 15l4 3.6L24 10" />
				<path d="M8 26h16" opacity=".55" />
			</g>
		</svg>
	);
}
