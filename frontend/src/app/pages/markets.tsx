/* The market as a whole: indices, a heat map, what moves. */
import { Link } from "react-router";
import { useMeQuery } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { Currencies } from "../../features/market/currencies";
import { Exchanges } from "../../features/market/exchanges";
import { HeatMap } from "../../features/market/heat-map";
import { IndexStrip } from "../../features/market/index-strip";
import { Movers } from "../../features/market/movers";
import { simulatedOf, useWholeMarket, type Priced } from "../../features/market/whole-market";
import { paths } from "../../lib/paths";
import { Button } from "../../ui/button";
import { Empty, Failed } from "../../ui/notice";
import { opened } from "../overlay";
import { useAppDispatch } from "../store";

export default function MarketsPage() {
	const dispatch = useAppDispatch();
	const { data: me } = useMeQuery();
	const { rows, error, refetch } = useWholeMarket();
	return (
		<div className="space-y-8">
			<title>Markets · Bursar</title>
			<header className="space-y-0.5">
				<div className="flex items-center justify-between gap-4">
					<h1 className="text-xl font-semibold tracking-[-0.015em]">Markets</h1>
					<Link
						to={paths.instruments}
						className="text-sm text-ink-2 underline decoration-line underline-offset-4 hover:text-ink"
					>
						All instruments
					</Link>
				</div>
				<p className="min-h-5 text-sm text-ink-3">{me && rows && source(rows, me)}</p>
				<Exchanges />
			</header>
			{error && !rows ? (
				<Failed what="The market" problem={asProblem(error)} onRetry={refetch} />
			) : rows?.length === 0 ? (
				<Empty
					icon="search"
					title="No instruments yet"
					action={
						<Button look="primary" onClick={() => dispatch(opened({ name: "palette" }))}>
							Search for one
						</Button>
					}
				>
					An instrument is kept from the moment somebody first looks at it. Search for one to begin.
				</Empty>
			) : (
				<>
					<IndexStrip />
					<HeatMap rows={rows} />
					<Movers />
					<Currencies />
				</>
			)}
		</div>
	);
}

const SOURCES = {
	all: () => "All prices are made up by a simulation.",
	some: () => "Some prices are made up by a simulation; they are marked.",
	none: ({ simulated, feed }: { simulated: boolean; feed: string }) =>
		simulated ? "Of what is kept here." : `Quotes from ${feed}. Of what is kept here.`,
};
const source = (rows: readonly Priced[], me: { simulated: boolean; feed: string }) =>
	SOURCES[simulatedOf(rows.map(({ asset }) => asset))](me);
