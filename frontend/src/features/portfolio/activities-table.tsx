/* What happened, newest first: a table on a desk, a list on a phone. */
import { useState } from "react";
import { Link } from "react-router";
import {
	useActivitiesInfiniteQuery,
	useDeleteActivityMutation,
	type ActivityFilter,
} from "../../api/portfolio";
import { asProblem, isFinal } from "../../api/problem";
import type { Activity } from "../../api/types";
import { formatDay } from "../../lib/day";
import { isZero } from "../../lib/money";
import { paths } from "../../lib/paths";
import { capital } from "../../lib/text";
import { Button, IconButton } from "../../ui/button";
import { Confirm } from "../../ui/confirm";
import { Change, Money, None, Quantity } from "../../ui/money";
import { Alert, Badge, Failed, Skeleton } from "../../ui/notice";
import { Cell, Head, Table } from "../../ui/table";
import { toast } from "../../ui/toast";
import { cashMoved, kindLabel } from "./kinds";

interface RowProps {
	activity: Activity;
	portfolio: string;
	onDelete: (activity: Activity) => void;
	bare: boolean; /* on a position's own page: its symbol is known */
}

/* In the portfolio's currency, as the cash is. */
const gainOf = (a: Activity) => a.realised_base ?? a.realised;

const Kind = ({ kind }: { kind: Activity["kind"] }) => (
	<Badge look={kind === "buy" ? "accent" : kind === "sell" ? "warn" : "plain"}>{kindLabel(kind)}</Badge>
);

const SymbolLink = ({ portfolio, symbol }: { portfolio: string; symbol: string }) => (
	<Link to={paths.position(portfolio, symbol)} className="font-medium hover:text-accent">
		{symbol}
	</Link>
);

function Row({ activity: a, portfolio, onDelete, bare }: RowProps) {
	return (
		<tr className="group hover:bg-sunken/60 [&>td]:h-9">
			<Cell left className="figures text-ink-2">
				{formatDay(a.traded_on)}
			</Cell>
			<Cell left>
				<Kind kind={a.kind} />
			</Cell>
			{!bare && (
				<Cell left>
					{a.symbol ? <SymbolLink portfolio={portfolio} symbol={a.symbol} /> : <None />}
				</Cell>
			)}
			<Cell>
				<Quantity value={a.quantity} />
			</Cell>
			<Cell>
				<Money value={a.price} currency={a.rate && a.price ? a.currency : undefined} open />
			</Cell>
			<Cell>
				<Money value={isZero(a.commission) ? null : a.commission} />
			</Cell>
			<Cell className="font-medium">
				<Money value={cashMoved(a)} signed />
			</Cell>
			<Cell>{gainOf(a) ? <Change value={gainOf(a)} ratio={null} /> : <None />}</Cell>
			<Cell left className="max-w-48 truncate text-ink-3" title={a.note ?? undefined}>
				{a.note}
			</Cell>
			<Cell className="w-9">
				<IconButton
					icon="trash"
					label={`Delete ${kindLabel(a.kind).toLowerCase()} of ${formatDay(a.traded_on)}`}
					className="size-7 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
					onClick={() => {
						onDelete(a);
					}}
				/>
			</Cell>
		</tr>
	);
}

function Line({ activity: a, portfolio, onDelete }: RowProps) {
	return (
		<li className="flex items-center justify-between gap-3 border-b border-line py-2.5">
			<div className="min-w-0 leading-snug">
				<p className="flex items-center gap-2">
					<Kind kind={a.kind} />
					{a.symbol && <SymbolLink portfolio={portfolio} symbol={a.symbol} />}
				</p>
				<p className="mt-0.5 truncate text-xs text-ink-3">
					{formatDay(a.traded_on)}
					{a.quantity && a.price && (
						<span className="figures">
							{" "}
							· <Quantity value={a.quantity} /> × <Money value={a.price} plain open />
						</span>
					)}
				</p>
			</div>
			<div className="flex items-center gap-1">
				<span className="text-right leading-snug">
					<Money value={cashMoved(a)} signed className="font-medium" />
					{gainOf(a) && (
						<span className="block text-xs">
							<Change value={gainOf(a)} ratio={null} />
						</span>
					)}
				</span>
				<IconButton
					icon="trash"
					label={`Delete ${kindLabel(a.kind).toLowerCase()} of ${formatDay(a.traded_on)}`}
					className="-mr-2"
					onClick={() => {
						onDelete(a);
					}}
				/>
			</div>
		</li>
	);
}

function Deletion({
	portfolio,
	activity,
	onClose,
}: {
	portfolio: string;
	activity: Activity;
	onClose: () => void;
}) {
	const [remove, { isLoading, error }] = useDeleteActivityMutation();
	async function run() {
		const done = await remove({ portfolio, activity: activity.id });
		if (!("error" in done)) {
			toast(`${kindLabel(activity.kind)} deleted`);
			onClose();
		}
	}
	const problem = error && asProblem(error);
	return (
		<Confirm
			open
			title={`Delete this ${kindLabel(activity.kind).toLowerCase()}?`}
			action="Delete"
			busy={isLoading}
			refused={problem !== undefined && isFinal(problem)}
			onClose={onClose}
			onConfirm={() => void run()}
		>
			<p>
				{formatDay(activity.traded_on)}
				{activity.symbol && `, ${activity.symbol}`}, <Money value={cashMoved(activity)} signed />.
				Positions, cash and figures are computed again without it.
			</p>
			{problem && (
				<Alert>
					{capital(
						problem.errors?.map((e) => e.detail).join("; ") ?? problem.detail ?? problem.title,
					)}
				</Alert>
			)}
		</Confirm>
	);
}

export function ActivitiesTable({
	filter,
	currency,
	bare = false,
	empty,
}: {
	filter: ActivityFilter;
	currency: string;
	bare?: boolean;
	empty: React.ReactNode;
}) {
	const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } =
		useActivitiesInfiniteQuery(filter);
	const [deleting, setDeleting] = useState<Activity | null>(null);
	const rows = data?.pages.flatMap((page) => page.items);
	if (error && !rows)
		return <Failed what="The activities" problem={asProblem(error)} onRetry={() => void refetch()} />;
	if (rows?.length === 0 && !isFetching) return <>{empty}</>;
	const props = { portfolio: filter.portfolio, onDelete: setDeleting, bare };
	return (
		<>
			<div className="hidden overflow-x-auto md:block" aria-busy={isFetching}>
				<Table label="Activities">
					<thead>
						<tr>
							<Head left>Date</Head>
							<Head left>Kind</Head>
							{!bare && <Head left>Instrument</Head>}
							<Head>Quantity</Head>
							<Head>Price</Head>
							<Head>Commission</Head>
							<Head>Cash ({currency})</Head>
							<Head>Realised</Head>
							<Head left>Note</Head>
							<Head>
								<span className="sr-only">Delete</span>
							</Head>
						</tr>
					</thead>
					<tbody>
						{rows
							? rows.map((a) => <Row key={a.id} activity={a} {...props} />)
							: Array.from({ length: 12 }, (_, i) => (
									<tr key={i} className="[&>td]:h-9">
										{Array.from({ length: bare ? 9 : 10 }, (_x, j) => (
											<Cell key={j}>
												<Skeleton className="h-4 w-14" />
											</Cell>
										))}
									</tr>
								))}
					</tbody>
				</Table>
			</div>
			<ul className="md:hidden">
				{rows
					? rows.map((a) => <Line key={a.id} activity={a} {...props} />)
					: Array.from({ length: 8 }, (_, i) => (
							<li key={i} className="border-b border-line py-2.5">
								<Skeleton className="h-9 w-full" />
							</li>
						))}
			</ul>
			{hasNextPage && (
				<div className="flex justify-center py-4">
					<Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
						Load more
					</Button>
				</div>
			)}
			{deleting && (
				<Deletion
					portfolio={filter.portfolio}
					activity={deleting}
					onClose={() => {
						setDeleting(null);
					}}
				/>
			)}
		</>
	);
}
