/* Says that the past shown is simulated while the quotes are a provider's.
 * Where the whole market is simulated the header says so already. */
import { useMemo } from "react";
import { useMeQuery } from "../../api/auth";
import { useSimulatedQuery } from "../../api/market";
import { Badge } from "../../ui/notice";

const ASKED_MAX = 24;

/* At a price that is made up among others that are not. */
export const Simulated = () => (
	<Badge look="warn" title="Its price is made up by a simulation.">
		<span aria-hidden="true">sim</span>
		<span className="sr-only">simulated</span>
	</Badge>
);

export function MadeUp({ symbols }: { symbols: readonly string[] | undefined }) {
	const { data: me } = useMeQuery();
	const asked = useMemo(() => [...(symbols ?? [])].sort().slice(0, ASKED_MAX), [symbols]);
	const { data: made = [] } = useSimulatedQuery(asked, {
		skip: me?.simulated !== false || asked.length === 0,
	});
	if (made.length === 0 || me?.simulated !== false) return null;
	return (
		<Badge
			look="warn"
			title={`Quotes are real; the history of ${made.join(", ")} is made up by a simulation.`}
		>
			{made.length === asked.length ? "Simulated history" : "Partly simulated history"}
		</Badge>
	);
}
