/* What rose most, fell most and was traded most, of all there is. */
import { useMemo } from "react";
import { Link } from "react-router";
import { useMoversQuery } from "../../api/markets";
import { asProblem } from "../../api/problem";
import { useLiveQuote } from "../../api/quotes";
import type { Mover } from "../../api/types";
import { compactNumber } from "../../lib/compact";
import { toPlot } from "../../lib/money";
import { paths } from "../../lib/paths";
import { Flash } from "../../ui/flash";
import { Money, Percent } from "../../ui/money";
import { Badge, Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Mark } from "../../ui/symbol";
import { Simulated } from "./made-up";
import { simulatedOf } from "./whole-market";

const SHOWN = 6;
type Kind = "gainers" | "losers" | "active";

/* The list is as long as asked for, also where few fell. */
export const moved = (kind: Kind, rows: readonly Mover[]) =>
	rows.filter(({ percent_change }) =>
		kind === "gainers" ? percent_change > 0 : kind === "losers" ? percent_change < 0 : true,
	);

function Row({ of, marked, kind }: { of: Mover; marked: boolean; kind: Kind }) {
	const live = useLiveQuote(of.symbol);
	const now = live && live.as_of > of.as_of ? live : of;
	return (
		<li className="border-b border-line">
			<Link
				to={paths.asset(of.symbol)}
				className="group flex h-11 items-center gap-2.5 text-sm hover:bg-sunken/60"
			>
				<Mark symbol={of.symbol} />
				<span className="min-w-0 flex-1 leading-tight">
					<span className="block font-medium group-hover:text-accent">{of.symbol}</span>
					<span className="block truncate text-xs text-ink-3">{of.name}</span>
				</span>
				{marked && <Simulated />}
				{now.stale && <Badge look="warn">old</Badge>}
				<span className="text-right leading-tight">
					<Flash watch={now.price}>
						<Money value={now.price} open />
					</Flash>
					{kind === "active" && of.volume && (
						<span className="figures block text-xs text-ink-3">
							{compactNumber(toPlot(of.volume))} traded
						</span>
					)}
				</span>
				<Percent value={now.percent_change} coloured arrow className="w-20 text-right" />
			</Link>
		</li>
	);
}

function List({ title, kind, none }: { title: string; kind: Kind; none: string }) {
	const { data, error, refetch } = useMoversQuery(
		{ kind, limit: SHOWN },
		{ pollingInterval: 60_000, skipPollingIfUnfocused: true },
	);
	const rows = useMemo(() => data && moved(kind, data), [kind, data]);
	const mixed = data !== undefined && simulatedOf(data) === "some";
	return (
		<Panel title={title}>
			{error && !rows && (
				<Failed what={title} problem={asProblem(error)} onRetry={() => void refetch()} />
			)}
			{rows?.length === 0 && <p className="border-t border-line py-3 text-sm text-ink-3">{none}</p>}
			<ul className={rows?.length === 0 ? "" : "border-t border-line"}>
				{rows
					? rows.map((one) => (
							<Row key={one.symbol} of={one} kind={kind} marked={mixed && one.simulated} />
						))
					: !error &&
						Array.from({ length: SHOWN }, (_, i) => (
							<li key={i} className="h-[45px] border-b border-line py-1.5">
								<Skeleton className="h-8 w-full" />
							</li>
						))}
			</ul>
		</Panel>
	);
}

export const Movers = () => (
	<div className="grid gap-x-10 gap-y-7 md:grid-cols-2 xl:grid-cols-3">
		<List title="Rising" kind="gainers" none="Nothing has risen today." />
		<List title="Falling" kind="losers" none="Nothing has fallen today." />
		<List title="Most traded" kind="active" none="Nothing was traded in the last week." />
	</div>
);
