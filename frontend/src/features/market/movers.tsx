/* What rose most and fell most today. */
import { useMemo } from "react";
import { Link } from "react-router";
import { paths } from "../../lib/paths";
import { Flash } from "../../ui/flash";
import { Money, Percent } from "../../ui/money";
import { Badge, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Mark } from "../../ui/symbol";
import { Simulated } from "./made-up";
import { changeToday, type Priced } from "./whole-market";

const SHOWN = 6;

export function moversOf(rows: readonly Priced[]): { up: Priced[]; down: Priced[] } {
	const change = ({ quote }: Priced) => changeToday(quote) ?? 0;
	const moved = rows.filter((row) => change(row) !== 0).sort((a, b) => change(b) - change(a));
	return {
		up: moved.filter((row) => change(row) > 0).slice(0, SHOWN),
		down: moved
			.filter((row) => change(row) < 0)
			.reverse()
			.slice(0, SHOWN),
	};
}

function List({ title, rows, none }: { title: string; rows: readonly Priced[] | undefined; none: string }) {
	return (
		<Panel title={title}>
			{rows?.length === 0 && <p className="py-3 text-sm text-ink-3">{none}</p>}
			<ul className="border-t border-line">
				{rows
					? rows.map(({ asset, quote, marked }) => (
							<li key={asset.symbol} className="border-b border-line">
								<Link
									to={paths.asset(asset.symbol)}
									className="group flex h-11 items-center gap-2.5 text-sm hover:bg-sunken/60"
								>
									<Mark symbol={asset.symbol} />
									<span className="min-w-0 flex-1 leading-tight">
										<span className="block font-medium group-hover:text-accent">
											{asset.symbol}
										</span>
										<span className="block truncate text-xs text-ink-3">
											{asset.name}
										</span>
									</span>
									{marked && <Simulated />}
									{quote?.stale && <Badge look="warn">old</Badge>}
									<Flash watch={quote?.price ?? null}>
										<Money value={quote?.price} open />
									</Flash>
									<Percent
										value={quote?.percent_change}
										coloured
										arrow
										className="w-20 text-right"
									/>
								</Link>
							</li>
						))
					: Array.from({ length: SHOWN }, (_, i) => (
							<li key={i} className="border-b border-line py-1.5">
								<Skeleton className="h-8 w-full" />
							</li>
						))}
			</ul>
		</Panel>
	);
}

export function Movers({ rows }: { rows: readonly Priced[] | undefined }) {
	const moved = useMemo(() => (rows ? moversOf(rows) : undefined), [rows]);
	return (
		<div className="grid gap-x-10 gap-y-7 md:grid-cols-2">
			<List title="Rising" rows={moved?.up} none="Nothing has risen today." />
			<List title="Falling" rows={moved?.down} none="Nothing has fallen today." />
		</div>
	);
}
