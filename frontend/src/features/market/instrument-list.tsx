/* Instruments with their prices, a page at a time. The arrow keys walk it. */
import { useMemo } from "react";
import { Link } from "react-router";
import { useListedInfiniteQuery } from "../../api/markets";
import type { AssetFilter } from "../../api/market";
import { asProblem } from "../../api/problem";
import { capital } from "../../lib/text";
import { paths } from "../../lib/paths";
import { Button } from "../../ui/button";
import { Flash } from "../../ui/flash";
import { Icon } from "../../ui/icon";
import { Money, None, Percent } from "../../ui/money";
import { Badge, Failed, Skeleton } from "../../ui/notice";
import { Mark } from "../../ui/symbol";
import { Cell, Head, Table } from "../../ui/table";
import { Simulated } from "./made-up";
import { usePriced, type Priced } from "./whole-market";

export const kindName = (kind: string) => (kind === "etf" ? "ETF" : capital(kind));

function Name({ asset, marked }: Pick<Priced, "asset" | "marked">) {
	return (
		<Link to={paths.asset(asset.symbol)} data-row className="group flex items-center gap-2.5">
			<Mark symbol={asset.symbol} />
			<span className="min-w-0 leading-tight">
				<span className="flex items-center gap-1.5 font-medium group-hover:text-accent">
					{asset.symbol}
					{marked && <Simulated />}
					{asset.tracked && (
						<span title="Kept up to date" className="text-gain">
							<Icon name="check" size={11} />
							<span className="sr-only">, kept up to date</span>
						</span>
					)}
				</span>
				<span className="block truncate text-xs text-ink-3">{asset.name}</span>
			</span>
		</Link>
	);
}

const Price = ({ quote }: Pick<Priced, "quote">) => (
	<>
		{quote?.stale && (
			<>
				<Badge look="warn">old</Badge>{" "}
			</>
		)}
		<Flash watch={quote?.price ?? null}>
			<Money value={quote?.price} open />
		</Flash>
	</>
);

function walk(event: React.KeyboardEvent<HTMLElement>) {
	const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
	if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
	const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("a[data-row]")].filter(
		(one) => one.offsetParent !== null,
	);
	const next = rows[rows.indexOf(event.target) + step];
	if (!next) return;
	event.preventDefault();
	next.focus();
}

function Rows({ rows }: { rows: readonly Priced[] }) {
	return (
		<div onKeyDown={walk}>
			<Table label="Instruments" className="table-fixed max-md:hidden">
				<thead>
					<tr>
						<Head left>Instrument</Head>
						<Head left className="w-28">
							Kind
						</Head>
						<Head left className="w-44">
							Exchange
						</Head>
						<Head left className="w-48 max-lg:hidden">
							Sector
						</Head>
						<Head className="w-40">Price</Head>
						<Head left className="w-16">
							<span className="sr-only">Currency</span>
						</Head>
						<Head className="w-24">Today</Head>
					</tr>
				</thead>
				<tbody>
					{rows.map(({ asset, quote, marked }) => (
						<tr key={asset.symbol} className="hover:bg-sunken/60">
							<Cell left>
								<Name asset={asset} marked={marked} />
							</Cell>
							<Cell left className="text-ink-2">
								{kindName(asset.kind)}
							</Cell>
							<Cell left className="truncate text-ink-2">
								{asset.exchange ?? <None />}
							</Cell>
							<Cell left className="truncate text-ink-2 max-lg:hidden">
								{asset.sector ?? <None />}
							</Cell>
							<Cell>
								<Price quote={quote} />
							</Cell>
							<Cell left className="text-xs text-ink-3">
								{asset.currency}
							</Cell>
							<Cell>
								<Percent value={quote?.percent_change} coloured arrow />
							</Cell>
						</tr>
					))}
				</tbody>
			</Table>
			<ul className="border-t border-line md:hidden" aria-label="Instruments">
				{rows.map(({ asset, quote, marked }) => (
					<li
						key={asset.symbol}
						className="flex h-13 items-center justify-between gap-3 border-b border-line text-sm"
					>
						<Name asset={asset} marked={marked} />
						<span className="shrink-0 text-right leading-tight">
							<span className="block">
								<Price quote={quote} />
							</span>
							<Percent value={quote?.percent_change} coloured arrow className="text-xs" />
						</span>
					</li>
				))}
			</ul>
		</div>
	);
}

export function InstrumentList({ filter, empty }: { filter: AssetFilter; empty: React.ReactNode }) {
	const { currentData, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
		useListedInfiniteQuery(filter);
	const assets = useMemo(() => currentData?.pages.flatMap((page) => page.items), [currentData]);
	const { rows } = usePriced(assets);
	if (error && !rows)
		return <Failed what="The instruments" problem={asProblem(error)} onRetry={() => void refetch()} />;
	if (!rows)
		return (
			<div className="space-y-2">
				{Array.from({ length: 12 }, (_, i) => (
					<Skeleton key={i} className="h-9 w-full" />
				))}
			</div>
		);
	if (rows.length === 0) return empty;
	return (
		<>
			<Rows rows={rows} />
			{hasNextPage && (
				<Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
					More instruments
				</Button>
			)}
		</>
	);
}
