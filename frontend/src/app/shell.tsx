/* What stays while pages change: the header, the keys, the dialogs, the line
 * of live prices. */
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useStore } from "react-redux";
import { NavLink, Outlet, useLocation, useNavigate } from "react-router";
import { useMeQuery } from "../api/auth";
import { asProblem } from "../api/problem";
import { openLine } from "../api/stream";
import { AssetSearch } from "../features/market/asset-search";
import { Switcher } from "../features/portfolio/switcher";
import { paths } from "../lib/paths";
import { Button } from "../ui/button";
import { Logo } from "../ui/icon";
import { Badge, Failed, Skeleton } from "../ui/notice";
import { Banner, Live } from "./banner";
import { ErrorBoundary } from "./error-boundary";
import { BottomBar, Tabs } from "./navigation";
import { opened } from "./overlay";
import { portfolioOpened } from "./prefs";
import { SettingsMenu } from "./settings-menu";
import { useShortcuts } from "./shortcuts";
import { useAppDispatch, useAppSelector } from "./store";
import { useBook } from "./use-book";

const Overlays = lazy(() => import("./overlays"));

function useLine() {
	const store = useStore();
	useEffect(() => openLine(store), [store]);
}

export default function Shell() {
	const dispatch = useAppDispatch(),
		navigate = useNavigate();
	const { pathname } = useLocation();
	const field = useRef<HTMLInputElement>(null),
		main = useRef<HTMLElement>(null);
	const { portfolios, current, named, usual, id: asked, error, refetch } = useBook();
	const { data: me } = useMeQuery();
	const overlay = useAppSelector((state) => state.overlay);
	const id = (current ?? usual)?.id ?? asked;
	useLine();
	useShortcuts(field);

	useEffect(() => {
		if (named) dispatch(portfolioOpened(named.id));
	}, [dispatch, named]);

	const body = useMemo(
		() =>
			error && !portfolios ? (
				<Failed
					what="Your portfolios"
					problem={asProblem(error)}
					onRetry={() => void refetch()}
					className="min-h-[50dvh]"
				/>
			) : (
				<Suspense fallback={null}>
					<Outlet />
				</Suspense>
			),
		[error, portfolios, refetch],
	);

	return (
		<>
			<a
				href="#main"
				className="sr-only z-50 rounded bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
				onClick={(event) => {
					event.preventDefault();
					main.current?.focus();
				}}
			>
				Skip to the content
			</a>
			<header className="sticky top-0 z-20 border-b border-line bg-paper">
				<div className="mx-auto flex h-12 max-w-[90rem] items-center gap-1 px-4 sm:px-6">
					<NavLink to={paths.home} aria-label="Bursar, home" className="mr-1.5 shrink-0">
						<Logo />
					</NavLink>
					{portfolios ? (
						<Switcher
							portfolios={portfolios}
							current={current}
							onSwitch={(next) => void navigate(paths.portfolio(next))}
							onCreate={() => dispatch(opened({ name: "portfolio" }))}
							onEdit={() => dispatch(opened({ name: "portfolio-settings" }))}
						/>
					) : (
						<Skeleton className="mx-2 h-4 w-24" />
					)}
					{me?.simulated && (
						<span className="ml-1">
							<Badge
								look="warn"
								title="Prices are made up by a simulation, not taken from an exchange."
							>
								<span className="sm:hidden">Simulated</span>
								<span className="max-sm:hidden">Simulated market</span>
							</Badge>
						</span>
					)}
					<Tabs id={id} />
					<div className="ml-auto w-60 max-lg:w-44 max-md:hidden">
						<AssetSearch
							field={field}
							onPick={(symbol) => {
								void navigate(id ? paths.position(id, symbol) : paths.asset(symbol));
							}}
						/>
					</div>
					{id && (
						<Button
							look="primary"
							icon="plus"
							className="ml-2 max-md:hidden"
							onClick={() => dispatch(opened({ name: "activity", kind: "buy" }))}
						>
							Record
						</Button>
					)}
					<span className="ml-1 flex items-center max-md:ml-auto">
						<Live />
						<SettingsMenu />
					</span>
				</div>
			</header>
			<Banner />
			<main
				id="main"
				ref={main}
				tabIndex={-1}
				className="mx-auto max-w-[90rem] px-4 pt-5 pb-24 outline-none sm:px-6 md:pb-12"
			>
				<ErrorBoundary where={pathname}>{body}</ErrorBoundary>
			</main>
			<BottomBar id={id} />
			{overlay && (
				<Suspense fallback={null}>
					<Overlays overlay={overlay} />
				</Suspense>
			)}
		</>
	);
}
