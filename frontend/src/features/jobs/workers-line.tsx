/* Who works. Without anybody nothing is run, and that is said. */
import { useWorkersQuery } from "../../api/work";
import { plural } from "../../lib/text";
import { Icon } from "../../ui/icon";

export function WorkersLine() {
	const { data } = useWorkersQuery(undefined, { pollingInterval: 10_000, skipPollingIfUnfocused: true });
	if (!data) return <p className="h-5" />;
	if (data.length === 0)
		return (
			<p role="status" className="flex items-center gap-2 text-sm text-warn">
				<Icon name="alert" className="shrink-0" />
				<span>
					No worker lives, so nothing is run. Start one with{" "}
					<code className="font-mono text-xs">bursar work</code>.
				</span>
			</p>
		);
	const places = data.reduce((sum, { places: n }) => sum + n, 0),
		running = data.reduce((sum, { running: n }) => sum + n, 0);
	return (
		<p role="status" className="text-sm text-ink-2">
			{plural(data.length, "worker")}, {running} of {plural(places, "place")} busy
		</p>
	);
}
