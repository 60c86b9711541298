/* What it is worth, what it did today and since the start. */
import { useMoved } from "../../api/quotes";
import type { Position, Summary } from "../../api/types";
import { add, ratio, rescale, subtract } from "../../lib/money";
import { Change, Money } from "../../ui/money";
import { Skeleton } from "../../ui/notice";

function Since({ label, children }: { label: string; children: React.ReactNode }) {
	return (
		<div className="flex items-baseline gap-2 sm:block">
			<p className="text-xs text-ink-3 max-sm:w-11">{label}</p>
			<div className="text-sm font-medium sm:mt-0.5">{children}</div>
		</div>
	);
}

export function ValueHead({
	summary,
	positions,
}: {
	summary: Summary | undefined;
	positions: readonly Position[] | undefined;
}) {
	const moved = useMoved(positions);
	if (!summary)
		return (
			<div className="flex flex-wrap items-end gap-x-8 gap-y-2 sm:min-h-13">
				<Skeleton className="h-11 w-64 max-sm:mb-1" />
				<div className="flex gap-x-7 gap-y-1 pb-1 max-sm:h-10 max-sm:flex-col sm:h-11">
					<Skeleton className="h-9 w-36 max-sm:h-4" />
					<Skeleton className="h-9 w-36 max-sm:h-4" />
				</div>
			</div>
		);
	const value = add(summary.value, moved),
		today = add(summary.day_change, moved);
	const gain = add(summary.total_gain, moved);
	return (
		<div className="flex flex-wrap items-end gap-x-8 gap-y-2 sm:min-h-13">
			<div>
				<p className="sr-only">Value of the portfolio</p>
				<Money
					value={value}
					currency={summary.currency}
					code
					className="text-[2.125rem] leading-[2.75rem] font-semibold tracking-[-0.025em] sm:text-[2.5rem]"
				/>
			</div>
			<div className="flex flex-col gap-x-7 gap-y-0.5 pb-1 sm:flex-row">
				<Since label="Today">
					<Change value={today} ratio={ratio(today, subtract(value, today))} />
				</Since>
				<Since label="Total">
					<Change
						value={gain}
						ratio={rescale(summary.total_gain_ratio, summary.total_gain, gain)}
					/>
				</Since>
				<div className="hidden xl:block">
					<Since label="Net deposits">
						<Money value={summary.invested} />
					</Since>
				</div>
				<div className="hidden xl:block">
					<Since label="Cash">
						<Money value={summary.cash} />
					</Since>
				</div>
				<div className="hidden 2xl:block">
					<Since label="Income">
						<Money value={summary.income} />
					</Since>
				</div>
			</div>
		</div>
	);
}
