/* Which exchanges trade now, and when the others do next. */
import { useExchangesQuery } from "../../api/markets";
import type { Exchange } from "../../api/types";
import { ago, formatInstant } from "../../lib/day";

const SHOWN = ["XNYS", "XLON", "XETR", "XTKS", "XHKG"];

const Row = ({ of }: { of: Exchange }) => {
	const next = of.open ? of.closes_at : of.opens_at;
	return (
		<li className="flex items-center gap-1.5" title={formatInstant(next)}>
			<span aria-hidden="true" className={of.open ? "text-gain" : "text-ink-3"}>
				{of.open ? "●" : "○"}
			</span>
			<span className="text-ink-2">{of.name}</span>
			<span className="text-ink-3">
				{of.open ? "open, closes" : "closed, opens"} {ago(next)}
			</span>
		</li>
	);
};

export function Exchanges() {
	const { data = [] } = useExchangesQuery(undefined, {
		pollingInterval: 60_000,
		skipPollingIfUnfocused: true,
	});
	const shown = SHOWN.flatMap((code) => data.find(({ exchange }) => exchange === code) ?? []);
	return (
		<ul aria-label="Exchanges" className="flex min-h-4 flex-wrap gap-x-6 gap-y-1 text-xs">
			{shown.map((one) => (
				<Row key={one.exchange} of={one} />
			))}
		</ul>
	);
}
