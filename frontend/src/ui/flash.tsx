/* Tints its content once, softly, when the value it watches has changed. */
import { useEffect, useRef, type ReactNode } from "react";
import { compare, type Amount } from "../lib/money";

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function Flash({ watch, children }: { watch: Amount | null; children: ReactNode }) {
	const box = useRef<HTMLSpanElement>(null);
	const before = useRef(watch);
	useEffect(() => {
		const was = before.current;
		before.current = watch;
		if (was === null || watch === null || was === watch || !box.current || still()) return;
		const tint = compare(watch, was) >= 0 ? "var(--gain-soft)" : "var(--loss-soft)";
		box.current.animate(
			[
				{ backgroundColor: tint },
				{ backgroundColor: tint, offset: 0.2 },
				{ backgroundColor: "transparent" },
			],
			{ duration: 900, easing: "ease-out" },
		);
	}, [watch]);
	return (
		<span ref={box} className="-mx-1 rounded px-1 py-0.5">
			{children}
		</span>
	);
}
