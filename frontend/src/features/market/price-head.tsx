/* An instrument's name and its price now. */
import { usePricesQuery, useQuoteQuery } from "../../api/market";
import type { Asset } from "../../api/types";
import { ago, formatDay, formatTime } from "../../lib/day";
import { Flash } from "../../ui/flash";
import { Change, Money } from "../../ui/money";
import { Badge, Skeleton } from "../../ui/notice";
import { Mark } from "../../ui/symbol";
import { yearBack } from "./ranges";
import { useLatest } from "./use-latest";

/* Where nobody quotes it: the newest close that is kept. */
function LastClose({ symbol, currency }: { symbol: string; currency: string | null | undefined }) {
	const { isError, data: none } = useQuoteQuery(symbol);
	const unquoted = isError || none === null;
	const { currentData, isError: failed } = usePricesQuery(
		{ symbol, from: yearBack() },
		{ skip: !unquoted },
	);
	const last = currentData?.items.at(-1);
	if (!last)
		return currentData || failed ? (
			<p className="text-sm text-ink-3">No price yet</p>
		) : (
			<Skeleton className="h-12 w-40" />
		);
	return (
		<div className="text-right max-sm:text-left">
			<p className="text-2xl font-semibold tracking-[-0.02em]">
				<Money value={last.close} open {...(currency ? { currency, code: true } : {})} />
			</p>
			<p className="text-xs text-ink-3">close of {formatDay(last.date)}</p>
		</div>
	);
}

export function PriceHead({
	symbol,
	asset,
}: {
	symbol: string;
	asset: Pick<Asset, "name" | "exchange" | "sector" | "currency"> | undefined;
}) {
	const quote = useLatest(symbol);
	return (
		<header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
			<div className="flex min-w-0 items-center gap-3">
				<Mark symbol={symbol} size="size-11" />
				<div className="min-w-0">
					<h1 className="truncate text-xl font-semibold tracking-[-0.015em]">
						{asset?.name ?? symbol}
					</h1>
					<p className="text-sm text-ink-3">
						{[symbol, asset?.exchange, asset?.sector].filter(Boolean).join(" · ")}
					</p>
				</div>
			</div>
			{quote ? (
				<div className="text-right max-sm:text-left">
					<p className="text-2xl font-semibold tracking-[-0.02em]">
						<Flash watch={quote.price}>
							<Money
								value={quote.price}
								open
								{...(asset?.currency ? { currency: asset.currency, code: true } : {})}
							/>
						</Flash>
					</p>
					<p className="flex items-center gap-2 text-sm sm:justify-end">
						<Change value={quote.change} ratio={quote.percent_change} />
						{quote.stale ? (
							<Badge look="warn">{ago(quote.as_of)}</Badge>
						) : (
							<span className="figures text-xs text-ink-3">{formatTime(quote.as_of)}</span>
						)}
					</p>
				</div>
			) : (
				<LastClose symbol={symbol} currency={asset?.currency} />
			)}
		</header>
	);
}
