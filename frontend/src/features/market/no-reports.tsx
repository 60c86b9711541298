/* Why there are no reports of a company, and how they would come. */
import { asProblem } from "../../api/problem";
import { useBackfillMutation, useTrackingQuery } from "../../api/reports";
import type { Profile } from "../../api/types";
import { Button } from "../../ui/button";
import { Alert } from "../../ui/notice";
import { markOf } from "./standing";

function why(asset: Profile, mark: ReturnType<typeof markOf> | undefined, admin: boolean): string {
	if (asset.simulated)
		return `The simulation has no reports of ${asset.symbol}. Real companies have revenue, income and earnings here, from their filings.`;
	if (mark === "wanted") return "They were asked for, and come when a worker has fetched them.";
	if (mark === "fine" || mark === "failing")
		return `Nothing was found under ${asset.symbol} in the filings that providers know.`;
	return admin
		? "Its filings were not fetched yet."
		: "Its filings were not fetched yet. An administrator can have them fetched.";
}

export function NoReports({ asset, admin }: { asset: Profile; admin: boolean }) {
	const { currentData: tracks } = useTrackingQuery(asset.symbol, { skip: asset.simulated });
	const [backfill, { isLoading, error }] = useBackfillMutation();
	const track = tracks?.find(({ need }) => need === "fundamentals");
	const mark = track && markOf(track);
	return (
		<div className="space-y-2 border-t border-line py-3 text-sm text-ink-2">
			<p className="max-w-prose">{why(asset, mark, admin)}</p>
			{error && <Alert>{asProblem(error).detail ?? asProblem(error).title}</Alert>}
			{admin && !asset.simulated && mark !== "wanted" && (
				<Button
					size="sm"
					icon="download"
					busy={isLoading}
					onClick={() => void backfill({ symbol: asset.symbol, body: { need: "fundamentals" } })}
				>
					Fetch its reports
				</Button>
			)}
		</div>
	);
}
