/* What a holding is made of: when each lot was acquired, what it cost, what
 * it gained. */
import { useMemo } from "react";
import { useLotsQuery } from "../../api/portfolio";
import { asProblem } from "../../api/problem";
import type { Lot, Portfolio } from "../../api/types";
import { formatDay } from "../../lib/day";
import { ratio } from "../../lib/money";
import { plural } from "../../lib/text";
import { Change, Money, Quantity } from "../../ui/money";
import { Badge, Failed } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Cell, Head, Table } from "../../ui/table";
import { METHODS } from "./methods";

const age = (days: number) =>
	days < 60
		? plural(days, "day")
		: days < 730
			? plural(Math.floor(days / 30.44), "month")
			: plural(Math.floor(days / 365.25), "year");

const Term = ({ lot }: { lot: Lot }) => (
	<span title={`${plural(lot.days_held, "day")}${lot.long_term ? ", more than a year" : ""}`}>
		{age(lot.days_held)} {lot.long_term && <Badge>long</Badge>}
	</span>
);

const gained = (lot: Lot) => <Change value={lot.unrealised} ratio={ratio(lot.unrealised, lot.cost)} />;

/* `currency`: the instrument's, in which its lots are told. */
export function LotsPanel({
	portfolio,
	symbol,
	currency = portfolio.currency,
}: {
	portfolio: Portfolio;
	symbol: string;
	currency?: string | undefined;
}) {
	const { currentData, error, refetch } = useLotsQuery({ portfolio: portfolio.id, symbol });
	const method = useMemo(
		() => METHODS.find(({ value }) => value === portfolio.cost_method),
		[portfolio.cost_method],
	);
	const foreign = currency !== portfolio.currency;
	const problem = error && asProblem(error);
	if (problem?.status === 404 || currentData?.length === 0 || (!currentData && !problem)) return null;
	return (
		<Panel
			title="Lots"
			note={currentData && `${plural(currentData.length, "lot")}; sales take ${method?.short ?? ""}`}
		>
			{problem && !currentData ? (
				<Failed what="The lots" problem={problem} onRetry={() => void refetch()} />
			) : (
				<>
					<div className="hidden overflow-x-auto md:block">
						<Table label="Lots">
							<thead>
								<tr>
									<Head left>Acquired</Head>
									<Head left>Held for</Head>
									<Head>Quantity</Head>
									<Head>Cost of one</Head>
									<Head>Cost ({currency})</Head>
									<Head>Value</Head>
									<Head>Unrealised</Head>
									{foreign && <Head>Value ({portfolio.currency})</Head>}
								</tr>
							</thead>
							<tbody>
								{currentData?.map((lot) => (
									<tr key={`${lot.activity} ${lot.opened_on}`} className="[&>td]:h-9">
										<Cell left>{formatDay(lot.opened_on)}</Cell>
										<Cell left className="text-ink-2">
											<Term lot={lot} />
										</Cell>
										<Cell>
											<Quantity value={lot.quantity} />
										</Cell>
										<Cell>
											<Money value={lot.unit_cost} max={4} />
										</Cell>
										<Cell>
											<Money value={lot.cost} />
										</Cell>
										<Cell>
											<Money value={lot.market_value} />
										</Cell>
										<Cell>{gained(lot)}</Cell>
										{foreign && (
											<Cell>
												<Money value={lot.market_value_base} />
											</Cell>
										)}
									</tr>
								))}
							</tbody>
						</Table>
					</div>
					<ul className="border-t border-line md:hidden" aria-label="Lots">
						{currentData?.map((lot) => (
							<li
								key={`${lot.activity} ${lot.opened_on}`}
								className="flex justify-between gap-3 border-b border-line py-2 text-sm"
							>
								<span className="min-w-0 leading-snug">
									<span className="block">{formatDay(lot.opened_on)}</span>
									<span className="block text-xs text-ink-3">
										<Quantity value={lot.quantity} /> ×{" "}
										<Money value={lot.unit_cost} max={4} plain /> · <Term lot={lot} />
									</span>
								</span>
								<span className="text-right leading-snug">
									<Money value={lot.market_value} className="block font-medium" />
									<span className="text-xs">{gained(lot)}</span>
								</span>
							</li>
						))}
					</ul>
				</>
			)}
		</Panel>
	);
}
