/* Where prices come from, for those who look after it. */
import { useMeQuery } from "../../api/auth";
import { mayAdmin, selectSession } from "../../api/session";
import { ProvidersPanel } from "../../features/providers/providers-panel";
import { Empty } from "../../ui/notice";
import { useAppSelector } from "../store";

export default function ProvidersPage() {
	const { role } = useAppSelector(selectSession);
	const { data: me } = useMeQuery();
	return (
		<div className="space-y-6">
			<title>Providers · Bursar</title>
			<header>
				<h1 className="text-xl font-semibold tracking-[-0.015em]">Providers</h1>
				<p className="min-h-5 text-sm text-ink-3">
					{me &&
						(me.simulated
							? "Quotes are simulated; nobody outside is asked for them."
							: `Quotes come from ${me.feed}.`)}
				</p>
			</header>
			{mayAdmin(role) ? (
				<ProvidersPanel />
			) : (
				<Empty icon="plug" title="For administrators">
					Ask an administrator of your account to look after providers and their keys.
				</Empty>
			)}
		</div>
	);
}
