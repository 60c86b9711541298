import { useEffect, useMemo } from "react";
import { Link, Navigate, useLocation, useParams } from "react-router";
import { useProfileQuery } from "../../api/market";
import { useActivitiesInfiniteQuery, usePositionQuery, usePositionsQuery } from "../../api/portfolio";
import { asProblem } from "../../api/problem";
import type { Portfolio } from "../../api/types";
import { mayAdmin, selectSession } from "../../api/session";
import { DataPanel } from "../../features/market/data-panel";
import { FundamentalsPanel } from "../../features/market/fundamentals-panel";
import { KeyFigures } from "../../features/market/key-figures";
import { MadeUp } from "../../features/market/made-up";
import { NoReports } from "../../features/market/no-reports";
import { PriceHead } from "../../features/market/price-head";
import { PricePanel } from "../../features/market/price-panel";
import { ProfilePanel } from "../../features/market/profile-panel";
import { ActivitiesTable } from "../../features/portfolio/activities-table";
import { LotsPanel } from "../../features/portfolio/lots-panel";
import { PositionFacts } from "../../features/portfolio/position-facts";
import { paths, symbolOf } from "../../lib/paths";
import { Button } from "../../ui/button";
import { Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { opened } from "../overlay";
import { assetOpened } from "../prefs";
import { useAppDispatch, useAppSelector } from "../store";
import NotFound from "./not-found";
import { useBook } from "../use-book";
import { WithPortfolio } from "./with-portfolio";

function Held({ portfolio, symbol }: { portfolio: string; symbol: string }) {
	const { currentData, error, refetch } = usePositionQuery({ portfolio, symbol });
	const { currentData: all } = usePositionsQuery(portfolio);
	const problem = error && asProblem(error);
	if (currentData && !problem)
		return (
			<PositionFacts
				position={currentData}
				weight={all?.find((p) => p.symbol === symbol)?.weight ?? null}
			/>
		);
	if (problem?.status === 404)
		return (
			<Panel title="Your position">
				<p className="py-3 text-sm text-ink-3">Not held in this portfolio.</p>
			</Panel>
		);
	if (problem) return <Failed what="The position" problem={problem} onRetry={() => void refetch()} />;
	return (
		<Panel title="Your position">
			<div className="space-y-3">
				{Array.from({ length: 9 }, (_, i) => (
					<Skeleton key={i} className="h-5 w-full" />
				))}
			</div>
		</Panel>
	);
}

function PositionOf({ portfolio, symbol }: { portfolio: Portfolio | undefined; symbol: string }) {
	const dispatch = useAppDispatch();
	const id = portfolio?.id ?? "";
	const { currentData: asset, error } = useProfileQuery(symbol);
	const admin = mayAdmin(useAppSelector(selectSession).role);
	useEffect(() => {
		if (asset) dispatch(assetOpened(asset.symbol));
	}, [dispatch, asset]);
	const { currentData: position } = usePositionQuery({ portfolio: id, symbol }, { skip: id === "" });
	const one = useMemo(() => [symbol], [symbol]);
	const filter = useMemo(() => ({ portfolio: id, symbol }), [id, symbol]);
	const { currentData: activities } = useActivitiesInfiniteQuery(filter, { skip: id === "" });
	const done = useMemo(() => activities?.pages.flatMap((page) => page.items), [activities]);
	if (error && asProblem(error).status === 404)
		return <NotFound what={`No instrument is known as ${symbol}. Search for its name or its ticker.`} />;
	const record = (kind: "buy" | "sell" | "dividend") => () =>
		dispatch(opened({ name: "activity", kind, symbol }));
	return (
		<div className="space-y-6">
			<title>{`${symbol} · Bursar`}</title>
			<div>
				<p className="mb-3 text-xs text-ink-3">
					<Link
						to={portfolio ? paths.portfolio(id) : paths.markets}
						className="hover:text-ink hover:underline"
					>
						{portfolio?.name ?? "Markets"}
					</Link>{" "}
					<span aria-hidden="true">/</span> {symbol}
				</p>
				<PriceHead symbol={symbol} asset={asset} />
			</div>
			{/* On a phone what is held comes right after the price. */}
			<div className="gap-x-10 gap-y-8 max-lg:flex max-lg:flex-col lg:grid lg:grid-cols-[minmax(0,1fr)_20rem]">
				<div className="flex min-w-0 flex-col gap-8 max-lg:contents">
					<div className="min-w-0 max-lg:-order-2">
						<PricePanel
							symbol={symbol}
							activities={done}
							cost={position?.average_cost}
							notes={<MadeUp symbols={one} />}
						/>
					</div>
					<KeyFigures
						symbol={symbol}
						marketValue={asset?.market_cap}
						currency={asset?.currency ?? "USD"}
					/>
					{asset?.kind === "stock" && (
						<FundamentalsPanel
							symbol={symbol}
							nothing={<NoReports asset={asset} admin={admin} />}
						/>
					)}
					{portfolio && (
						<LotsPanel portfolio={portfolio} symbol={symbol} currency={position?.currency} />
					)}
					{portfolio && (
						<Panel
							title="Activities"
							note={`${symbol} in ${portfolio.name}`}
							controls={
								<>
									<Button size="sm" onClick={record("buy")}>
										Buy
									</Button>
									<Button size="sm" onClick={record("sell")}>
										Sell
									</Button>
									<Button size="sm" onClick={record("dividend")}>
										Dividend
									</Button>
								</>
							}
						>
							<ActivitiesTable
								bare
								filter={filter}
								currency={portfolio.currency}
								empty={
									<p className="py-3 text-sm text-ink-3">
										Nothing was recorded for {symbol}.
									</p>
								}
							/>
						</Panel>
					)}
				</div>
				<div className="flex flex-col gap-8 max-lg:contents">
					{portfolio && (
						<div className="max-lg:-order-1">
							<Held portfolio={id} symbol={symbol} />
						</div>
					)}
					<ProfilePanel symbol={symbol} />
					{asset && <DataPanel asset={asset} admin={admin} />}
				</div>
			</div>
		</div>
	);
}

/* Under a portfolio's address it is that one's; under the instrument's own,
 * the one last looked at, if there is any. */
export default function PositionPage() {
	const { symbol: part = "", portfolio: named } = useParams();
	const symbol = symbolOf(part).toUpperCase();
	const { usual } = useBook();
	const { search } = useLocation();
	const page = (portfolio: Portfolio | undefined) => (
		<PositionOf key={symbol} portfolio={portfolio} symbol={symbol} />
	);
	if (symbolOf(part) !== symbol)
		return (
			<Navigate replace to={(named ? paths.position(named, symbol) : paths.asset(symbol)) + search} />
		);
	return named ? <WithPortfolio>{page}</WithPortfolio> : page(usual);
}
