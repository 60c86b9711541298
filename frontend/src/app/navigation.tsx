/* Where one can go: tabs above on a desk, a bar below on a phone. */
import { NavLink } from "react-router";
import { paths } from "../lib/paths";
import { cx } from "../lib/text";
import { Icon, type IconName } from "../ui/icon";
import { opened } from "./overlay";
import { useAppDispatch } from "./store";

const TABS = [
	{ name: "Dashboard", to: paths.portfolio, icon: "chart" },
	{ name: "Trades", to: paths.trades, icon: "list" },
] as const;
const MARKETS = { name: "Markets", to: paths.markets, icon: "grid" } as const;

const Tab = ({ to, children }: { to: string; children: string }) => (
	<NavLink
		to={to}
		end
		className={({ isActive }) =>
			cx(
				"relative flex h-12 items-center px-2.5 text-sm font-medium",
				isActive
					? "text-ink after:absolute after:inset-x-2.5 after:bottom-[-1px] after:h-0.5 after:bg-accent"
					: "text-ink-2 hover:text-ink",
			)
		}
	>
		{children}
	</NavLink>
);

function BottomTab({
	icon,
	label,
	to,
	onClick,
}: {
	icon: IconName;
	label: string;
	to?: string;
	onClick?: () => void;
}) {
	const inside = (
		<>
			<Icon name={icon} size={19} />
			<span className="text-2xs">{label}</span>
		</>
	);
	const look = "flex flex-1 flex-col items-center justify-center gap-0.5 py-1.5";
	return to === undefined ? (
		<button type="button" className={cx(look, "text-ink-2")} onClick={onClick}>
			{inside}
		</button>
	) : (
		<NavLink to={to} end className={({ isActive }) => cx(look, isActive ? "text-accent" : "text-ink-2")}>
			{inside}
		</NavLink>
	);
}

export function BottomBar({ id }: { id: string | undefined }) {
	const dispatch = useAppDispatch();
	return (
		<nav
			aria-label="Main"
			className="fixed inset-x-0 bottom-0 z-20 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
		>
			{id &&
				TABS.map((tab) => (
					<BottomTab key={tab.name} icon={tab.icon} label={tab.name} to={tab.to(id)} />
				))}
			{id && (
				<BottomTab
					icon="plus"
					label="Record"
					onClick={() => dispatch(opened({ name: "activity", kind: "buy" }))}
				/>
			)}
			<BottomTab icon={MARKETS.icon} label={MARKETS.name} to={MARKETS.to} />
			<BottomTab icon="search" label="Search" onClick={() => dispatch(opened({ name: "palette" }))} />
		</nav>
	);
}

export const Tabs = ({ id }: { id: string | undefined }) => (
	<nav aria-label="Main" className="ml-3 flex max-md:hidden">
		{id &&
			TABS.map((tab) => (
				<Tab key={tab.name} to={tab.to(id)}>
					{tab.name}
				</Tab>
			))}
		<Tab to={MARKETS.to}>{MARKETS.name}</Tab>
	</nav>
);
