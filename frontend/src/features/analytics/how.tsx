/* "How?": the formula, what went into it, and where the API says the same. */
import { ROOT } from "../../api/base";
import type { Summary } from "../../api/types";
import { formatDay } from "../../lib/day";
import { decimal, percent } from "../../lib/money";
import { Icon } from "../../ui/icon";
import { Facts } from "../../ui/panel";
import { toast } from "../../ui/toast";
import { formatFigure, reasonText, warningText, type FigureRow } from "./figures";

const METHODS: Record<string, string> = {
	twr: "Time-weighted, daily",
	simple: "Simple",
	mwr: "Money-weighted (XIRR)",
};

const shown = (value: number | null) => (value === null ? "–" : percent(value, { signed: true }));

function inputs(row: FigureRow, { figures, total_gain_ratio }: Summary): [string, string][] {
	const list: [string, string][] = [];
	if (figures.from && figures.to)
		list.push(["Period", `${formatDay(figures.from)} – ${formatDay(figures.to)}`]);
	list.push(
		["Days counted", decimal(figures.n, 0)],
		["Method", METHODS[figures.method] ?? figures.method.toUpperCase()],
	);
	if (row.against) list.push(["Benchmark", figures.benchmark || "none"]);
	if (row.name === "max_drawdown" && figures.drawdown_from && figures.drawdown_to)
		list.push(["Fell from", formatDay(figures.drawdown_from)], ["to", formatDay(figures.drawdown_to)]);
	if (row.name === "return" || row.name === "mwr")
		list.push(
			["Time-weighted", shown(figures.return)],
			["Money-weighted", shown(figures.mwr)],
			["Simple, gain ÷ paid in", shown(total_gain_ratio)],
			[`Benchmark ${figures.benchmark ?? ""}`.trim(), shown(figures.benchmark_return)],
		);
	return list;
}

export function How({ row, summary }: { row: FigureRow; summary: Summary }) {
	const value = summary.figures[row.name];
	const address = `${ROOT}/portfolios/${summary.portfolio_id}/summary`;
	return (
		<div className="space-y-3">
			<header>
				<div className="flex items-baseline justify-between gap-4">
					<h3 className="font-semibold">{row.label}</h3>
					<span className="figures text-base font-semibold">
						{value === null ? "no value" : formatFigure(row, value)}
					</span>
				</div>
				<p className="mt-0.5 text-ink-2">{row.says}</p>
			</header>
			{value === null && (
				<p className="rounded-md bg-warn-soft px-2.5 py-1.5 text-warn">
					{reasonText(summary.reasons[row.name])}
				</p>
			)}
			<div className="rounded-md bg-sunken px-2.5 py-2">
				<p className="font-mono text-xs leading-relaxed whitespace-pre-line">{row.formula}</p>
				<ul className="mt-1.5 text-xs text-ink-2">
					{row.where.map((line) => (
						<li key={line}>{line}</li>
					))}
				</ul>
			</div>
			<Facts rows={inputs(row, summary)} className="figures text-xs" />
			{summary.warnings.map((code) => (
				<p key={code} className="flex gap-2 text-xs text-ink-2">
					<Icon name="alert" size={14} className="mt-px shrink-0 text-warn" />
					{warningText(code)}
				</p>
			))}
			<button
				type="button"
				title={`Copy the address: ${address}`}
				className="block max-w-full truncate font-mono text-2xs text-ink-3 hover:text-ink"
				onClick={() => {
					void navigator.clipboard.writeText(location.origin + address).then(() => {
						toast("Address copied");
					});
				}}
			>
				GET …/summary → figures.{row.name}
			</button>
		</div>
	);
}
