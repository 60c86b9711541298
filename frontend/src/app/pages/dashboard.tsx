import { useSummaryQuery } from "../../api/analytics";
import { usePositionsQuery } from "../../api/portfolio";
import { asProblem } from "../../api/problem";
import type { Portfolio } from "../../api/types";
import { AllocationPanel } from "../../features/analytics/allocation-panel";
import { FiguresStrip } from "../../features/analytics/figures-strip";
import { warningText } from "../../features/analytics/figures";
import { HistoryPanel } from "../../features/analytics/history-panel";
import { ValueHead } from "../../features/analytics/value-head";
import { MadeUp } from "../../features/market/made-up";
import { PositionsPanel } from "../../features/portfolio/positions-panel";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Empty, Failed } from "../../ui/notice";
import { opened } from "../overlay";
import { useAppDispatch } from "../store";
import { WithPortfolio } from "./with-portfolio";

const REFRESH = { pollingInterval: 60_000, skipPollingIfUnfocused: true };

function FirstSteps({ hasCash }: { hasCash: boolean }) {
	const dispatch = useAppDispatch();
	const deposit = (
		<Button
			key="d"
			look={hasCash ? "plain" : "primary"}
			onClick={() => dispatch(opened({ name: "activity", kind: "deposit" }))}
		>
			Record a deposit
		</Button>
	);
	const trade = (
		<Button
			key="t"
			look={hasCash ? "primary" : "plain"}
			onClick={() => dispatch(opened({ name: "activity", kind: "buy" }))}
		>
			Record a trade
		</Button>
	);
	return (
		<Empty
			icon="list"
			title={hasCash ? "Nothing is held yet" : "This portfolio is empty"}
			action={hasCash ? [trade, deposit] : [deposit, trade]}
		>
			{hasCash
				? "The cash is there: record what you bought with it."
				: "Start with the money: record a deposit, then what you bought with it."}
		</Empty>
	);
}

function DashboardOf({ portfolio }: { portfolio: Portfolio }) {
	const { currentData: summary, error, refetch } = useSummaryQuery(portfolio.id, REFRESH);
	const { currentData: positions } = usePositionsQuery(portfolio.id, REFRESH);
	const hasCash = summary !== undefined && /[1-9]/.test(summary.cash);
	const fresh = summary !== undefined && !hasCash && positions?.length === 0;
	return (
		<div className="space-y-6">
			<title>{`${portfolio.name || "Dashboard"} · Bursar`}</title>
			<h1 className="sr-only">{portfolio.name}</h1>
			{error && !summary ? (
				<Failed what="The summary" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : (
				<ValueHead summary={summary} positions={positions} />
			)}
			{fresh ? (
				<FirstSteps hasCash={false} />
			) : (
				<div className="grid gap-x-10 gap-y-7 max-lg:grid-cols-1 lg:grid-cols-[minmax(0,1fr)_19rem]">
					<HistoryPanel
						portfolio={portfolio.id}
						summary={summary}
						positions={positions}
						note={<MadeUp symbols={positions?.map((p) => p.symbol)} />}
					/>
					<div className="max-lg:order-last">
						<AllocationPanel portfolio={portfolio.id} />
					</div>
					<div className="lg:col-span-2">
						<FiguresStrip summary={summary} />
						{summary && summary.warnings.length > 0 && (
							<p className="mt-2 flex items-center gap-2 text-xs text-ink-2">
								<Icon name="info" size={14} className="shrink-0 text-warn" />
								{summary.warnings.map(warningText).join(" ")}
							</p>
						)}
					</div>
					<div className="min-w-0 lg:col-span-2">
						<PositionsPanel
							portfolio={portfolio.id}
							currency={portfolio.currency}
							cash={summary?.cash}
							empty={<FirstSteps hasCash={hasCash} />}
						/>
					</div>
				</div>
			)}
		</div>
	);
}

export default function Dashboard() {
	return (
		<WithPortfolio>
			{(portfolio) => <DashboardOf key={portfolio.id} portfolio={portfolio} />}
		</WithPortfolio>
	);
}
