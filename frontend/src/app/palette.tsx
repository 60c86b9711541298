/* The command palette: pages, portfolios, positions, instruments, actions. */
import { Dialog } from "radix-ui";
import { useId, useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useAssetsQuery } from "../api/market";
import { usePositionsQuery } from "../api/portfolio";
import { mayAdmin, selectSession } from "../api/session";
import { KINDS, readSearch, withKind } from "../features/market/filters";
import { fit, cx } from "../lib/text";
import { paths } from "../lib/paths";
import { Icon, type IconName } from "../ui/icon";
import { Toggle } from "../ui/toggle";
import { useDebounced } from "../ui/use-debounced";
import { closed, opened, type Overlay } from "./overlay";
import { amountsHidden, themeChosen } from "./prefs";
import { useAppDispatch, useAppSelector } from "./store";
import { useBook } from "./use-book";

interface Command {
	id: string;
	group: string;
	icon: IconName;
	name: string;
	note?: string;
	run: () => void;
}

function useCommands(query: string): Command[] {
	const dispatch = useAppDispatch(),
		navigate = useNavigate();
	const { portfolios = [], current, usual } = useBook();
	const id = (current ?? usual)?.id;
	const { hideAmounts, recent } = useAppSelector((state) => state.prefs);
	const { role } = useAppSelector(selectSession);
	const { data: positions = [] } = usePositionsQuery(id ?? "", { skip: !id });
	const typed = useDebounced(query.trim(), 120);
	const ask = useMemo(() => {
		const { text, filter } = readSearch(typed);
		return { ...filter, ...(text === "" ? {} : { q: text }) };
	}, [typed]);
	const { currentData, data } = useAssetsQuery(ask, { skip: Object.keys(ask).length === 0 });
	const assets = currentData ?? data;

	return useMemo(() => {
		const go = (to: string) => () => {
			dispatch(closed());
			void navigate(to);
		};
		const show = (overlay: Overlay) => () => dispatch(opened(overlay));
		const then = (run: () => unknown) => () => {
			run();
			dispatch(closed());
		};
		const toAsset = (symbol: string) => go(id ? paths.position(id, symbol) : paths.asset(symbol));
		const rows: Command[] =
			query.trim() === ""
				? recent.map((symbol) => ({
						id: `r-${symbol}`,
						group: "Recent",
						icon: "clock" as const,
						name: symbol,
						run: toAsset(symbol),
					}))
				: [];
		if (id)
			rows.push(
				{
					id: "trade",
					group: "Actions",
					icon: "plus",
					name: "Record a trade",
					note: "n",
					run: show({ name: "activity", kind: "buy" }),
				},
				{
					id: "deposit",
					group: "Actions",
					icon: "wallet",
					name: "Record a deposit",
					run: show({ name: "activity", kind: "deposit" }),
				},
				{
					id: "dividend",
					group: "Actions",
					icon: "wallet",
					name: "Record a dividend",
					run: show({ name: "activity", kind: "dividend" }),
				},
				{
					id: "transfer",
					group: "Actions",
					icon: "wallet",
					name: "Record a transfer or a merger",
					run: show({ name: "activity", kind: "transfer_in" }),
				},
				{
					id: "dashboard",
					group: "Pages",
					icon: "chart",
					name: "Dashboard",
					note: "g d",
					run: go(paths.portfolio(id)),
				},
				{
					id: "trades",
					group: "Pages",
					icon: "list",
					name: "Trades",
					note: "g t",
					run: go(paths.trades(id)),
				},
			);
		rows.push(
			{
				id: "markets",
				group: "Pages",
				icon: "grid",
				name: "Markets",
				note: "g m",
				run: go(paths.markets),
			},
			{
				id: "instruments",
				group: "Pages",
				icon: "list",
				name: "Instruments",
				note: "g i",
				run: go(paths.instruments),
			},
			{ id: "jobs", group: "Pages", icon: "clock", name: "Jobs", run: go(paths.jobs) },
			...(mayAdmin(role)
				? [
						{
							id: "providers",
							group: "Pages",
							icon: "plug" as const,
							name: "Providers",
							run: go(paths.providers),
						},
					]
				: []),
			...portfolios.map((p) => ({
				id: p.id,
				group: "Portfolios",
				icon: "wallet" as const,
				name: p.name,
				note: p.currency,
				run: go(paths.portfolio(p.id)),
			})),
			{
				id: "new",
				group: "Portfolios",
				icon: "plus",
				name: "New portfolio",
				run: show({ name: "portfolio" }),
			},
			...(current
				? [
						{
							id: "settings",
							group: "Portfolios",
							icon: "sliders" as const,
							name: "Portfolio settings",
							run: show({ name: "portfolio-settings" }),
						},
					]
				: []),
		);
		if (id)
			rows.push(
				...positions.map((p) => ({
					id: `p-${p.symbol}`,
					group: "Positions",
					icon: "chart" as const,
					name: `${p.symbol}  ${p.name}`,
					run: go(paths.position(id, p.symbol)),
				})),
			);
		rows.push(
			{
				id: "hide",
				group: "Settings",
				icon: hideAmounts ? "eye" : "hidden",
				name: hideAmounts ? "Show amounts" : "Hide amounts",
				run: then(() => dispatch(amountsHidden(!hideAmounts))),
			},
			{
				id: "light",
				group: "Settings",
				icon: "sun",
				name: "Light theme",
				run: then(() => dispatch(themeChosen("light"))),
			},
			{
				id: "dark",
				group: "Settings",
				icon: "moon",
				name: "Dark theme",
				run: then(() => dispatch(themeChosen("dark"))),
			},
			{
				id: "system",
				group: "Settings",
				icon: "screen",
				name: "Theme as the system",
				run: then(() => dispatch(themeChosen("system"))),
			},
			{
				id: "keys",
				group: "Settings",
				icon: "keyboard",
				name: "Keys",
				note: "?",
				run: show({ name: "keys" }),
			},
		);
		const { text, filter } = readSearch(query);
		const narrowed = Object.keys(filter).length > 0;
		const list = narrowed
			? []
			: rows
					.map((row) => ({ row, score: fit(row.name, text) }))
					.filter(({ score }) => score > (text.length > 2 ? 1 : 0))
					.map(({ row }) => row);
		const held = new Set(narrowed ? [] : positions.map((p) => p.symbol));
		if (Object.keys(ask).length > 0 && (narrowed || text !== ""))
			list.push(
				...(assets ?? [])
					.filter((a) => !held.has(a.symbol))
					.map((a) => ({
						id: `a-${a.symbol}`,
						group: "Instruments",
						icon: "search" as const,
						name: `${a.symbol}  ${a.name}`,
						note: [a.exchange, a.currency].filter(Boolean).join(" · "),
						run: toAsset(a.symbol),
					})),
				...((assets ?? []).length === 0
					? []
					: [
							{
								id: "all",
								group: "Instruments",
								icon: "list" as const,
								name: "All of them as a list",
								run: go(
									`${paths.instruments}?${new URLSearchParams(
										Object.entries(ask).map(([name, value]) => [name, String(value)]),
									).toString()}`,
								),
							},
						]),
			);
		return list;
	}, [
		dispatch,
		navigate,
		id,
		current,
		portfolios,
		positions,
		assets,
		hideAmounts,
		recent,
		role,
		query,
		ask,
	]);
}

export default function Palette({ onClose }: { onClose: () => void }) {
	const list = useId();
	const [query, setQuery] = useState("");
	const [at, setAt] = useState(0);
	const commands = useCommands(query);
	const active = Math.min(at, commands.length - 1);
	const field = useRef<HTMLInputElement>(null);
	const { kind } = readSearch(query).filter;

	function press(event: React.KeyboardEvent) {
		const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
		if (step !== 0 && commands.length > 0) {
			event.preventDefault();
			const next = (active + step + commands.length) % commands.length;
			setAt(next);
			document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: "nearest" });
		} else if (event.key === "Enter") {
			event.preventDefault();
			commands[active]?.run();
		}
	}

	return (
		<Dialog.Root
			open
			onOpenChange={(open) => {
				if (!open) onClose();
			}}
		>
			<Dialog.Portal>
				<Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_12_16/0.45)]" />
				<Dialog.Content
					aria-describedby={undefined}
					className="fade-in fixed inset-x-3 top-[10vh] z-50 mx-auto flex max-h-[70vh] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-raised outline-none"
				>
					<Dialog.Title className="sr-only">Commands</Dialog.Title>
					<div className="flex items-center gap-2.5 border-b border-line px-4">
						<Icon name="search" className="text-ink-3" />
						<input
							ref={field}
							autoFocus
							role="combobox"
							aria-label="Search commands, portfolios and instruments"
							aria-expanded="true"
							aria-controls={list}
							aria-activedescendant={commands.length > 0 ? `${list}-${active}` : undefined}
							autoComplete="off"
							spellCheck={false}
							placeholder="Search pages, positions, instruments"
							value={query}
							onKeyDown={press}
							className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
							onChange={(event) => {
								setQuery(event.target.value);
								setAt(0);
							}}
						/>
					</div>
					<div
						role="group"
						aria-label="Kinds of instruments"
						className="flex gap-1 overflow-x-auto border-b border-line px-3 py-1.5"
					>
						{KINDS.map(({ value, label }) => (
							<Toggle
								key={value}
								pressed={kind === value}
								onChange={(on) => {
									setQuery(withKind(query, on ? value : null));
									setAt(0);
									field.current?.focus();
								}}
							>
								{label}
							</Toggle>
						))}
					</div>
					<ul id={list} role="listbox" aria-label="Commands" className="overflow-y-auto p-1.5">
						{commands.map((command, i) => (
							<li
								key={command.id}
								id={`${list}-${i}`}
								role="option"
								aria-selected={i === active}
								onMouseMove={() => {
									setAt(i);
								}}
								onClick={command.run}
								className={cx(
									"flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm",
									i === active && "bg-sunken",
								)}
							>
								<Icon name={command.icon} className="shrink-0 text-ink-3" />
								<span className="min-w-0 flex-1 truncate">{command.name}</span>
								{commands[i - 1]?.group !== command.group && (
									<span className="text-2xs text-ink-3">{command.group}</span>
								)}
								{command.note && (
									<span className="min-w-8 text-right text-xs text-ink-3">
										{command.note}
									</span>
								)}
							</li>
						))}
						{commands.length === 0 && (
							<li
								role="option"
								aria-selected="false"
								aria-disabled="true"
								className="px-3 py-6 text-center text-sm text-ink-3"
							>
								Nothing fits “{query}”
							</li>
						)}
					</ul>
					<p className="border-t border-line px-4 py-2 text-2xs text-ink-3 max-sm:hidden">
						Narrow it with <span className="text-ink-2">kind:etf</span>,{" "}
						<span className="text-ink-2">exchange:NYSE</span> or{" "}
						<span className="text-ink-2">currency:EUR</span>. Arrows choose, Enter opens, Esc
						closes.
					</p>
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}
