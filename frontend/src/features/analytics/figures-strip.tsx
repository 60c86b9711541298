import { useState } from "react";
import type { Summary } from "../../api/types";
import { tone } from "../../ui/money";
import { Button } from "../../ui/button";
import { Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Popover } from "../../ui/popover";
import { formatDay } from "../../lib/day";
import { cx } from "../../lib/text";
import { FIGURES, formatFigure, MORE_FIGURES, reasonText, type FigureRow } from "./figures";
import { How } from "./how";

function Figure({ row, summary }: { row: FigureRow; summary: Summary | undefined }) {
	if (!summary)
		return (
			<div className="px-3 py-2.5">
				<p className="text-xs text-ink-3">{row.label}</p>
				<Skeleton className="mt-1.5 h-5 w-16" />
			</div>
		);
	const value = summary.figures[row.name];
	const text = value === null ? "–" : formatFigure(row, value);
	return (
		<Popover
			label={`How ${row.label.toLowerCase()} is computed`}
			trigger={
				<button
					type="button"
					className="group w-full px-3 py-2.5 text-left hover:bg-sunken data-[state=open]:bg-sunken"
				>
					<span className="flex items-baseline justify-between gap-1 text-xs text-ink-3">
						<span className="truncate">{row.label}</span>
						<span className="text-2xs text-ink-3 underline decoration-line-strong decoration-dotted underline-offset-2 group-hover:text-ink">
							how?
						</span>
					</span>
					<span
						title={value === null ? reasonText(summary.reasons[row.name]) : undefined}
						className={cx(
							"figures mt-0.5 block text-[1.0625rem] font-medium tracking-[-0.01em]",
							value === null ? "text-ink-3" : row.signed ? tone(value) : "text-ink",
						)}
					>
						{text}
					</span>
				</button>
			}
		>
			<How row={row} summary={summary} />
		</Popover>
	);
}

const period = ({ figures: { from, to } }: Summary) =>
	from && to ? `${formatDay(from)} – ${formatDay(to)}` : "";

/* Fills the last line, so that the hairlines end where the paper does. */
function Rest({ count }: { count: number }) {
	const holes = [
		[2, "sm:hidden"],
		[4, "max-sm:hidden xl:hidden"],
		[7, "max-xl:hidden"],
	] as const;
	return holes.flatMap(([columns, look]) =>
		Array.from({ length: (columns - (count % columns)) % columns }, (_, i) => (
			<li key={`${columns}-${i}`} className={cx("bg-paper", look)} aria-hidden="true" />
		)),
	);
}

/* The key figures on one line, each of which can be asked how it came about. */
export function FiguresStrip({ summary }: { summary: Summary | undefined }) {
	const [all, setAll] = useState(false);
	const rows = all ? [...FIGURES, ...MORE_FIGURES] : FIGURES;
	return (
		<Panel
			title="Key figures"
			note={summary && period(summary)}
			controls={<More all={all} onChange={setAll} />}
		>
			<ul className="grid grid-cols-2 gap-px overflow-hidden border-y border-line bg-line sm:grid-cols-4 xl:grid-cols-7">
				{rows.map((row) => (
					<li key={row.name} className="bg-paper">
						<Figure row={row} summary={summary} />
					</li>
				))}
				<Rest count={rows.length} />
			</ul>
		</Panel>
	);
}

function More({ all, onChange }: { all: boolean; onChange: (all: boolean) => void }) {
	return (
		<Button
			look="quiet"
			size="sm"
			aria-expanded={all}
			onClick={() => {
				onChange(!all);
			}}
		>
			{all ? "Fewer figures" : "More figures"}
		</Button>
	);
}
