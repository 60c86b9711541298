import { useProfileQuery } from "../../api/market";
import { asProblem } from "../../api/problem";
import { ago, formatDay } from "../../lib/day";
import { locale } from "../../lib/locale";
import { roughly } from "../../lib/money";
import { capital } from "../../lib/text";
import { None } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Facts, Panel } from "../../ui/panel";

function country(code: string | null) {
	try {
		return code && new Intl.DisplayNames(locale(), { type: "region" }).of(code);
	} catch {
		return code;
	}
}

/* Only http(s): a company's address comes from a foreign feed. */
function site(address: string | null) {
	const url = address && URL.canParse(address) ? new URL(address) : null;
	if (!url || !/^https?:$/.test(url.protocol)) return null;
	return (
		<a
			href={url.href}
			target="_blank"
			rel="noopener noreferrer nofollow"
			className="text-accent hover:underline"
		>
			{url.hostname.replace(/^www\./, "")}
		</a>
	);
}

export function ProfilePanel({ symbol }: { symbol: string }) {
	const { currentData: p, error, refetch } = useProfileQuery(symbol);
	return (
		<Panel title="Company">
			{error && !p ? (
				<Failed what="The profile" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : !p ? (
				<div className="space-y-3">
					{Array.from({ length: 7 }, (_, i) => (
						<Skeleton key={i} className="h-5 w-full" />
					))}
				</div>
			) : (
				<Facts
					rows={[
						["Kind", p.kind === "etf" ? "Fund (ETF)" : capital(p.kind)],
						["Sector", p.sector ?? <None />],
						["Industry", p.industry ?? <None />],
						["Country", country(p.country) ?? <None />],
						[
							"Market value",
							p.market_cap && p.currency ? roughly(p.market_cap, p.currency) : <None />,
						],
						["Listed since", p.ipo ? formatDay(p.ipo) : <None />],
						["Website", site(p.website) ?? <None />],
						[
							"Source",
							p.simulated
								? "Simulated market"
								: p.profile_at
									? `${p.source}, ${ago(p.profile_at)}`
									: p.source,
						],
					]}
				/>
			)}
		</Panel>
	);
}
