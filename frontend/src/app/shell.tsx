/* What stays while pages change: the header, the keys, the dialogs, the line
 * of live prices. */
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useStore } from "react-redux";
import { NavLink, Outlet, useLocation, useNavigate } from "react-router";
import { useLogOutMutation, useMeQuery } from "../api/auth";
import { asProblem } from "../api/problem";
import { selectLine } from "../api/quotes";
import { selectSession } from "../api/session";
import { openLine } from "../api/stream";
import { AssetSearch } from "../features/market/asset-search";
import { Switcher } from "../features/portfolio/switcher";
import { createKeys } from "../lib/keys";
import { paths } from "../lib/paths";
import { cx } from "../lib/text";
import { Button, IconButton } from "../ui/button";
import { Icon, Logo, type IconName } from "../ui/icon";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuSwitch, MenuText } from "../ui/menu";
import { Badge, Failed, Key } from "../ui/notice";
import { Banner } from "./banner";
import { ErrorBoundary } from "./error-boundary";
import { opened } from "./overlay";
import { amountsHidden, portfolioOpened, themeChosen } from "./prefs";
import { useAppDispatch, useAppSelector } from "./store";
import { useBook } from "./use-book";

const Overlays = lazy(() => import("./overlays"));

function useLine() {
	const store = useStore();
	useEffect(() => openLine(store), [store]);
}

function useShortcuts(field: React.RefObject<HTMLInputElement | null>) {
	const dispatch = useAppDispatch(), navigate = useNavigate();
	const { current } = useBook();
	const id = current?.id;
	useEffect(() => {
		const press = createKeys({
			"/": () => {
				if (field.current?.offsetParent)
					field.current.focus();
				else
					dispatch(opened({ name: "palette" }));
			},
			"?": () => dispatch(opened({ name: "keys" })),
			...(id ? {
				"n": () => dispatch(opened({ name: "activity", kind: "buy" })),
				"g d": () => void navigate(paths.portfolio(id)),
				"g t": () => void navigate(paths.trades(id)),
			} : {}),
		});
		function onKey(event: KeyboardEvent) {
			if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
				event.preventDefault();
				dispatch(opened({ name: "palette" }));
			} else if (!document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]'))
				press(event);
		}
		addEventListener("keydown", onKey);
		return () => {
			removeEventListener("keydown", onKey);
		};
	}, [dispatch, navigate, field, id]);
}

function Settings() {
	const dispatch = useAppDispatch();
	const { theme, hideAmounts } = useAppSelector((state) => state.prefs);
	const { user, tenant } = useAppSelector(selectSession);
	const [logOut] = useLogOutMutation();
	return (
		<Menu trigger={<IconButton icon="user" label="Settings" />}>
			<MenuText><p className="font-medium">{user?.name}</p><p className="text-xs text-ink-3">{tenant?.name}</p></MenuText>
			<MenuLine />
			<MenuChoice label="Theme" value={theme} onChange={(next) => dispatch(themeChosen(next))} options={[
				{ value: "system", label: "As the system", icon: "screen" },
				{ value: "light", label: "Light", icon: "sun" },
				{ value: "dark", label: "Dark", icon: "moon" }]} />
			<MenuLine />
			<MenuSwitch icon={hideAmounts ? "hidden" : "eye"} checked={hideAmounts} onChange={(on) => dispatch(amountsHidden(on))}>Hide amounts</MenuSwitch>
			<MenuItem icon="keyboard" note={<Key>?</Key>} onSelect={() => dispatch(opened({ name: "keys" }))}>Keys</MenuItem>
			<MenuItem icon="external" onSelect={() => {
				open(paths.docs, "_blank", "noopener");
			}}>API reference</MenuItem>
			<MenuLine />
			<MenuItem icon="out" onSelect={() => void logOut()}>Log out</MenuItem>
		</Menu>
	);
}

function Live() {
	const { line } = useAppSelector(selectLine);
	const words = { idle: "Prices are not live", connecting: "Connecting", live: "Prices are live", waiting: "Reconnecting" }[line];
	return (
		<span role="img" aria-label={words} title={words} className="inline-flex size-6 items-center justify-center">
			<span className={cx("size-1.5 rounded-full", line === "live" ? "bg-gain" : line === "waiting" ? "bg-warn" : "bg-line-strong")} />
		</span>
	);
}

const TABS = [{ name: "Dashboard", to: paths.portfolio, icon: "chart" }, { name: "Trades", to: paths.trades, icon: "list" }] as const;

const Tab = ({ to, children }: { to: string; children: string }) => (
	<NavLink to={to} end className={({ isActive }) => cx("relative flex h-12 items-center px-2.5 text-sm font-medium",
		isActive ? "text-ink after:absolute after:inset-x-2.5 after:bottom-[-1px] after:h-0.5 after:bg-accent" : "text-ink-2 hover:text-ink")}>{children}</NavLink>
);

function BottomTab({ icon, label, to, onClick }: { icon: IconName; label: string; to?: string; onClick?: () => void }) {
	const inside = <><Icon name={icon} size={19} /><span className="text-2xs">{label}</span></>;
	const look = "flex flex-1 flex-col items-center justify-center gap-0.5 py-1.5";
	return to === undefined
		? <button type="button" className={cx(look, "text-ink-2")} onClick={onClick}>{inside}</button>
		: <NavLink to={to} end className={({ isActive }) => cx(look, isActive ? "text-accent" : "text-ink-2")}>{inside}</NavLink>;
}

function BottomBar({ id }: { id: string | undefined }) {
	const dispatch = useAppDispatch();
	return (
		<nav aria-label="Main" className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
			{id && TABS.map((tab) => <BottomTab key={tab.name} icon={tab.icon} label={tab.name} to={tab.to(id)} />)}
			{id && <BottomTab icon="plus" label="Record" onClick={() => dispatch(opened({ name: "activity", kind: "buy" }))} />}
			<BottomTab icon="search" label="Search" onClick={() => dispatch(opened({ name: "palette" }))} />
		</nav>
	);
}

export default function Shell() {
	const dispatch = useAppDispatch(), navigate = useNavigate();
	const { pathname } = useLocation();
	const field = useRef<HTMLInputElement>(null), main = useRef<HTMLElement>(null);
	const { portfolios, current, named, usual, error, refetch } = useBook();
	const { data: me } = useMeQuery();
	const overlay = useAppSelector((state) => state.overlay);
	const id = (current ?? usual)?.id;
	useLine();
	useShortcuts(field);

	useEffect(() => {
		if (named)
			dispatch(portfolioOpened(named.id));
	}, [dispatch, named]);

	const body = useMemo(() => (error && !portfolios
		? <Failed what="Your portfolios" problem={asProblem(error)} onRetry={() => void refetch()} className="min-h-[50dvh]" />
		: <Suspense fallback={null}><Outlet /></Suspense>), [error, portfolios, refetch]);

	return (
		<>
			<a href="#main" className="sr-only z-50 rounded bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2" onClick={(event) => {
				event.preventDefault();
				main.current?.focus();
			}}>Skip to the content</a>
			<header className="sticky top-0 z-20 border-b border-line bg-paper">
				<div className="mx-auto flex h-12 max-w-[90rem] items-center gap-1 px-4 sm:px-6">
					<NavLink to={paths.home} aria-label="Bursar, home" className="mr-1.5 shrink-0"><Logo /></NavLink>
					{portfolios && <Switcher portfolios={portfolios} current={current} onSwitch={(next) => void navigate(paths.portfolio(next))}
						onCreate={() => dispatch(opened({ name: "portfolio" }))} />}
					{me?.simulated && <span className="ml-1"><Badge look="warn" title="Prices are made up by a simulation, not taken from an exchange."><span className="sm:hidden">Simulated</span><span className="max-sm:hidden">Simulated market</span></Badge></span>}
					<nav aria-label="Main" className="ml-3 flex max-md:hidden">
						{id && TABS.map((tab) => <Tab key={tab.name} to={tab.to(id)}>{tab.name}</Tab>)}
					</nav>
					<div className="ml-auto w-60 max-lg:w-44 max-md:hidden">
						<AssetSearch field={field} onPick={(symbol) => {
							if (id)
								void navigate(paths.position(id, symbol));
						}} />
					</div>
					{id && <Button look="primary" icon="plus" className="ml-2 max-md:hidden" onClick={() => dispatch(opened({ name: "activity", kind: "buy" }))}>Record</Button>}
					<span className="ml-1 flex items-center max-md:ml-auto"><Live /><Settings /></span>
				</div>
			</header>
			<Banner />
			<main id="main" ref={main} tabIndex={-1} className="mx-auto max-w-[90rem] px-4 pt-5 pb-24 outline-none sm:px-6 md:pb-12">
				<ErrorBoundary where={pathname}>{body}</ErrorBoundary>
			</main>
			<BottomBar id={id} />
			{overlay && <Suspense fallback={null}><Overlays overlay={overlay} /></Suspense>}
		</>
	);
}
