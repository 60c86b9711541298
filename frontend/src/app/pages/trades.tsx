import { useSearchParams } from "react-router";
import { usePositionsQuery } from "../../api/portfolio";
import type { Portfolio } from "../../api/types";
import { ActivitiesTable } from "../../features/portfolio/activities-table";
import { ACTS } from "../../features/portfolio/acts";
import { isKind, KINDS } from "../../features/portfolio/kinds";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/notice";
import { opened } from "../overlay";
import { useAppDispatch } from "../store";
import { WithPortfolio } from "./with-portfolio";

const FILTER = "h-8 rounded-md border border-line bg-surface px-2 text-sm hover:border-ink-3";

function TradesOf({ portfolio }: { portfolio: Portfolio }) {
	const dispatch = useAppDispatch();
	const [query, setQuery] = useSearchParams();
	const { data: positions = [] } = usePositionsQuery(portfolio.id);
	const symbol = query.get("symbol") ?? "",
		kind = query.get("kind");
	const filtered = symbol !== "" || kind !== null;
	const symbols = [...new Set([...positions.map((p) => p.symbol), ...(symbol ? [symbol] : [])])].sort();

	function filter(name: string, value: string) {
		const next = new URLSearchParams(query);
		if (value) next.set(name, value);
		else next.delete(name);
		setQuery(next, { replace: true });
	}

	return (
		<div className="space-y-4">
			<title>{`Trades · ${portfolio.name || "Bursar"}`}</title>
			<header className="flex flex-wrap items-center justify-between gap-3">
				<h1 className="text-xl font-semibold tracking-[-0.015em]">Trades and cash</h1>
				<div className="flex flex-wrap items-center gap-2">
					<select
						aria-label="Instrument"
						className={FILTER}
						value={symbol}
						onChange={(event) => {
							filter("symbol", event.target.value);
						}}
					>
						<option value="">All instruments</option>
						{symbols.map((one) => (
							<option key={one}>{one}</option>
						))}
					</select>
					<select
						aria-label="Kind"
						className={FILTER}
						value={kind ?? ""}
						onChange={(event) => {
							filter("kind", event.target.value);
						}}
					>
						<option value="">All kinds</option>
						{[...KINDS, ...ACTS].map((row) => (
							<option key={row.kind} value={row.kind}>
								{row.label}
							</option>
						))}
					</select>
				</div>
			</header>
			<ActivitiesTable
				key={portfolio.id}
				currency={portfolio.currency}
				filter={{
					portfolio: portfolio.id,
					symbol: symbol || undefined,
					kind: isKind(kind) ? kind : undefined,
				}}
				empty={
					filtered ? (
						<Empty
							icon="search"
							title="Nothing fits the filter"
							action={
								<Button
									onClick={() => {
										setQuery({}, { replace: true });
									}}
								>
									Show all
								</Button>
							}
						>
							No activity is of this instrument and kind.
						</Empty>
					) : (
						<Empty
							icon="list"
							title="Nothing recorded yet"
							action={
								<Button
									look="primary"
									onClick={() => dispatch(opened({ name: "activity", kind: "deposit" }))}
								>
									Record a deposit
								</Button>
							}
						>
							Deposits, trades and dividends appear here, newest first.
						</Empty>
					)
				}
			/>
		</div>
	);
}

export default function TradesPage() {
	return <WithPortfolio>{(portfolio) => <TradesOf portfolio={portfolio} />}</WithPortfolio>;
}
