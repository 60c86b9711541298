/* What is held: a table on a desk, a list on a phone. Each row follows its
 * own price. */
import { memo, useMemo, useState } from "react";
import { Link } from "react-router";
import { usePositionsQuery } from "../../api/portfolio";
import { asProblem } from "../../api/problem";
import { atQuote, useLiveQuote } from "../../api/quotes";
import type { Position } from "../../api/types";
import { ago } from "../../lib/day";
import { add, compare, ZERO, type Amount } from "../../lib/money";
import { paths } from "../../lib/paths";
import { Flash } from "../../ui/flash";
import { Change, Money, Percent, Quantity } from "../../ui/money";
import { Badge, Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Mark } from "../../ui/symbol";
import { Cell, Head, Table, type Sort } from "../../ui/table";

const COLUMNS = [
	"symbol",
	"price",
	"day_change_base",
	"quantity",
	"average_cost",
	"market_value_base",
	"unrealised_base",
	"weight",
] as const;
type Column = (typeof COLUMNS)[number];

function by(column: Column): (a: Position, b: Position) => number {
	if (column === "symbol") return (a, b) => b.symbol.localeCompare(a.symbol);
	if (column === "weight") return (a, b) => (a.weight ?? -1) - (b.weight ?? -1);
	return (a, b) => compare(a[column], b[column]);
}

interface RowProps {
	portfolio: string;
	position: Position;
}

const Name = ({ portfolio, position: p }: RowProps) => (
	<Link to={paths.position(portfolio, p.symbol)} className="group flex min-w-0 items-center gap-2.5">
		<Mark symbol={p.symbol} logo={p.logo} />
		<span className="min-w-0 leading-tight">
			<span className="block font-medium group-hover:text-accent">{p.symbol}</span>
			<span className="block truncate text-xs text-ink-3">{p.name}</span>
		</span>
	</Link>
);

/* A price in another currency than the portfolio's says which. */
const foreign = (p: Position) => (p.currency === p.base_currency ? undefined : p.currency);

function Stale({ position: p }: { position: Position }) {
	return p.price_stale && p.price_as_of ? (
		<Badge look="warn" title="The price is old.">
			{ago(p.price_as_of)}
		</Badge>
	) : null;
}

const Row = memo(function Row({ portfolio, position, top }: RowProps & { top: number }) {
	const p = atQuote(position, useLiveQuote(position.symbol));
	return (
		<tr className="hover:bg-sunken/60">
			<Cell left className="max-w-60">
				<Name portfolio={portfolio} position={p} />
			</Cell>
			<Cell>
				<Stale position={p} />{" "}
				<Flash watch={p.price}>
					<Money value={p.price} currency={foreign(p)} open />
				</Flash>
			</Cell>
			<Cell>
				<Change value={p.day_change_base} ratio={p.day_change_ratio} aligned />
			</Cell>
			<Cell>
				<Quantity value={p.quantity} />
			</Cell>
			<Cell>
				<Money value={p.average_cost} currency={foreign(p)} />
			</Cell>
			<Cell className="font-medium">
				<Money value={p.market_value_base} />
			</Cell>
			<Cell>
				<Change value={p.unrealised_base} ratio={p.unrealised_ratio} aligned />
			</Cell>
			<Cell>
				<Weight value={p.weight} top={top} />
			</Cell>
		</tr>
	);
});

/* What the positions leave of the whole is cash. */
const cashWeight = (positions: readonly Position[]) =>
	1 - positions.reduce((sum, p) => sum + (p.weight ?? 0), 0);

/* The largest share there is, cash among them: a full bar. */
export const largestWeight = (positions: readonly Position[]) =>
	Math.max(0.01, ...positions.map((p) => p.weight ?? 0), positions.length > 0 ? cashWeight(positions) : 0);

/* The bar is measured against the largest, `top`, the figure against all. */
function Weight({ value, top }: { value: number | null; top: number }) {
	return (
		<span className="flex items-center justify-end gap-2">
			<span className="h-1 w-10 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
				<span
					className="block h-full rounded-full bg-accent"
					style={{ width: `${Math.max(0, Math.min(1, (value ?? 0) / top)) * 100}%` }}
				/>
			</span>
			<Percent value={value} digits={1} className="w-11" />
		</span>
	);
}

const Line = memo(function Line({ portfolio, position }: RowProps) {
	const p = atQuote(position, useLiveQuote(position.symbol));
	return (
		<li className="flex items-center justify-between gap-3 border-b border-line py-2.5">
			<Name portfolio={portfolio} position={p} />
			<span className="shrink-0 text-right leading-tight">
				<Flash watch={p.price}>
					<Money value={p.market_value_base} className="font-medium" />
				</Flash>
				<span className="mt-0.5 block text-xs">
					<Percent value={p.day_change_ratio} coloured arrow />
				</span>
			</span>
		</li>
	);
});

function Foot({
	positions,
	cash,
	top,
}: {
	positions: readonly Position[];
	cash: Amount | undefined;
	top: number;
}) {
	const total = positions.reduce((sum, p) => add(sum, p.market_value_base), cash ?? ZERO);
	return (
		<tfoot>
			{cash !== undefined && (
				<tr>
					<Cell left className="text-ink-2" colSpan={5}>
						Cash
					</Cell>
					<Cell className="font-medium">
						<Money value={cash} />
					</Cell>
					<Cell />
					<Cell>
						<Weight value={compare(total, ZERO) > 0 ? cashWeight(positions) : null} top={top} />
					</Cell>
				</tr>
			)}
		</tfoot>
	);
}

export function PositionsPanel({
	portfolio,
	currency,
	cash,
	empty,
}: {
	portfolio: string;
	currency: string;
	cash: Amount | undefined;
	empty: React.ReactNode;
}) {
	const { data, error, refetch } = usePositionsQuery(portfolio);
	const [sort, setSort] = useState<Sort<Column>>({ by: "market_value_base", down: true });
	const rows = useMemo(() => {
		const up = [...(data ?? [])].sort(by(sort.by));
		return sort.down ? up.reverse() : up;
	}, [data, sort]);
	const top = useMemo(() => largestWeight(data ?? []), [data]);
	const head = {
		sort,
		onSort: (column: Column) => {
			setSort({ by: column, down: sort.by === column ? !sort.down : true });
		},
	};
	if (error && !data)
		return (
			<Panel title="Positions">
				<Failed what="The positions" problem={asProblem(error)} onRetry={() => void refetch()} />
			</Panel>
		);
	if (data?.length === 0) return <Panel title="Positions">{empty}</Panel>;
	return (
		<Panel title="Positions" note={data && `${data.length} held, amounts in ${currency}`}>
			<div className="hidden overflow-x-auto md:block">
				<Table label="Positions">
					<thead>
						<tr>
							<Head left by="symbol" {...head}>
								Instrument
							</Head>
							<Head by="price" {...head}>
								Price
							</Head>
							<Head by="day_change_base" {...head}>
								Today
							</Head>
							<Head by="quantity" {...head}>
								Quantity
							</Head>
							<Head by="average_cost" {...head}>
								Average cost
							</Head>
							<Head by="market_value_base" {...head}>
								Value
							</Head>
							<Head by="unrealised_base" {...head}>
								Unrealised
							</Head>
							<Head by="weight" {...head}>
								Weight
							</Head>
						</tr>
					</thead>
					<tbody>
						{data
							? rows.map((p) => (
									<Row key={p.symbol} portfolio={portfolio} position={p} top={top} />
								))
							: Array.from({ length: 8 }, (_, i) => (
									<tr key={i}>
										{COLUMNS.map((c) => (
											<Cell key={c}>
												<Skeleton className="ml-auto h-4 w-16 first:ml-0" />
											</Cell>
										))}
									</tr>
								))}
					</tbody>
					{data && <Foot positions={data} cash={cash} top={top} />}
				</Table>
			</div>
			<ul className="md:hidden">
				{data
					? rows.map((p) => <Line key={p.symbol} portfolio={portfolio} position={p} />)
					: Array.from({ length: 6 }, (_, i) => (
							<li key={i} className="border-b border-line py-2.5">
								<Skeleton className="h-8 w-full" />
							</li>
						))}
				{data && cash !== undefined && (
					<li className="flex items-center justify-between py-2.5 text-ink-2">
						Cash <Money value={cash} className="font-medium text-ink" />
					</li>
				)}
			</ul>
		</Panel>
	);
}
