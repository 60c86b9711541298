/* The market in a few lines: indices where there are any, else broad funds. */
import { useMemo } from "react";
import { Link } from "react-router";
import { useOfKindQuery, useSpansQuery } from "../../api/markets";
import { paths } from "../../lib/paths";
import { Flash } from "../../ui/flash";
import { Money, Percent } from "../../ui/money";
import { Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Simulated } from "./made-up";
import { Sparkline } from "./sparkline";
import { usePriced } from "./whole-market";

const SHOWN = 6;

export function IndexStrip() {
	const indices = useOfKindQuery({ kind: "index", limit: SHOWN });
	const funds = useOfKindQuery({ kind: "etf", limit: SHOWN }, { skip: indices.data?.length !== 0 });
	const chosen = indices.data?.length === 0 ? funds : indices;
	const { rows } = usePriced(chosen.data);
	const shown = useMemo(() => rows ?? [], [rows]);
	const symbols = useMemo(() => shown.map(({ asset }) => asset.symbol).join(","), [shown]);
	const list = useMemo(() => (symbols === "" ? [] : symbols.split(",")), [symbols]);
	const { data = [] } = useSpansQuery(
		{ symbols: list, span: "3m", points: 60 },
		{ skip: list.length === 0 },
	);
	if (chosen.error || rows?.length === 0) return null;
	return (
		<Panel title={chosen === funds ? "Broad funds" : "Indices"} note="today, and three months">
			<ul className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 xl:grid-cols-6">
				{rows
					? shown.map(({ asset, quote, marked }) => {
							const points = data.find(({ symbol }) => symbol === asset.symbol)?.points ?? [];
							const values = points.map(({ value }) => value);
							return (
								<li key={asset.symbol} className="min-w-0">
									<Link to={paths.asset(asset.symbol)} className="group block">
										<span className="flex items-baseline justify-between gap-2">
											<span className="font-medium group-hover:text-accent">
												{asset.symbol} {marked && <Simulated />}
											</span>
											<Percent
												value={quote?.percent_change}
												coloured
												arrow
												className="text-xs"
											/>
										</span>
										<span className="flex items-baseline justify-between gap-2 text-xs text-ink-3">
											<span className="truncate">{asset.name}</span>
											<Flash watch={quote?.price ?? null}>
												<Money value={quote?.price} open className="text-ink-2" />
											</Flash>
										</span>
										<Sparkline
											values={values}
											up={(values.at(-1) ?? 0) >= (values[0] ?? 0)}
										/>
									</Link>
								</li>
							);
						})
					: Array.from({ length: SHOWN }, (_, i) => (
							<li key={i}>
								<Skeleton className="h-[4.5rem] w-full" />
							</li>
						))}
			</ul>
		</Panel>
	);
}
