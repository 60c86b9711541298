/* A position's numbers, moving with its price. */
import { atQuote, useLiveQuote } from "../../api/quotes";
import type { PositionDetail } from "../../api/types";
import { formatDay } from "../../lib/day";
import { decimal } from "../../lib/money";
import { Change, Money, Percent, Quantity } from "../../ui/money";
import { Facts, Panel } from "../../ui/panel";

export function PositionFacts({ position, weight }: { position: PositionDetail; weight: number | null }) {
	const p = { ...position, ...atQuote(position, useLiveQuote(position.symbol)) };
	return (
		<Panel title="Your position" note={p.currency}>
			<Facts
				rows={[
					["Value", <Money key="v" value={p.market_value} className="font-medium" />],
					["Today", <Change key="d" value={p.day_change} ratio={p.day_change_ratio} />],
					["Unrealised", <Change key="u" value={p.unrealised} ratio={p.unrealised_ratio} />],
					["Realised", <Change key="r" value={p.realised} ratio={null} />],
					["Income", <Money key="i" value={p.income} />],
					["Quantity", <Quantity key="q" value={p.quantity} />],
					["Average cost", <Money key="a" value={p.average_cost} max={4} />],
					["Cost basis", <Money key="c" value={p.cost_basis} />],
					...(p.currency === p.base_currency
						? []
						: ([
								[
									`Value in ${p.base_currency}`,
									<Money key="vb" value={p.market_value_base} />,
								],
								[
									`Unrealised in ${p.base_currency}`,
									<Change key="ub" value={p.unrealised_base} ratio={null} />,
								],
								["By its price", <Change key="pe" value={p.price_effect} ratio={null} />],
								[
									"By its currency",
									<Change key="ce" value={p.currency_effect} ratio={null} />,
								],
							] as const)),
					["Weight", <Percent key="w" value={p.weight ?? weight} digits={1} />],
					...(p.opened_on ? [["Held since", formatDay(p.opened_on)] as const] : []),
					...(p.trades === undefined ? [] : [["Trades", decimal(p.trades, 0)] as const]),
				]}
			/>
		</Panel>
	);
}
