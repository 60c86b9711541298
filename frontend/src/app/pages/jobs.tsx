/* What runs beside the pages: runs, schedules, workers. */
import { useSearchParams } from "react-router";
import { RunsPanel } from "../../features/jobs/runs-panel";
import { SchedulesPanel } from "../../features/jobs/schedules-panel";
import { WorkersLine } from "../../features/jobs/workers-line";
import { Segmented } from "../../ui/segmented";

const VIEWS = [
	{ value: "runs", label: "Runs" },
	{ value: "schedules", label: "Schedules" },
] as const;
type View = (typeof VIEWS)[number]["value"];

export default function JobsPage() {
	const [query, setQuery] = useSearchParams();
	const view: View = query.get("view") === "schedules" ? "schedules" : "runs";
	return (
		<div className="space-y-5">
			<title>Jobs · Bursar</title>
			<header className="flex flex-wrap items-center justify-between gap-3">
				<div>
					<h1 className="text-xl font-semibold tracking-[-0.015em]">Jobs</h1>
					<WorkersLine />
				</div>
				<Segmented
					label="View"
					value={view}
					options={VIEWS}
					onChange={(next) => {
						setQuery(next === "runs" ? {} : { view: next }, { replace: true });
					}}
				/>
			</header>
			{view === "runs" ? <RunsPanel /> : <SchedulesPanel />}
		</div>
	);
}
