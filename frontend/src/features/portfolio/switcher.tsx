import type { Portfolio } from "../../api/types";
import { Icon } from "../../ui/icon";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../../ui/menu";

export function Switcher({
	portfolios,
	current,
	onSwitch,
	onCreate,
	onEdit,
}: {
	portfolios: readonly Portfolio[];
	current: Portfolio | undefined;
	onSwitch: (id: string) => void;
	onCreate: () => void;
	onEdit: () => void;
}) {
	return (
		<Menu
			align="start"
			trigger={
				<button
					type="button"
					aria-label={`Portfolio: ${current?.name ?? "none"}. Switch`}
					className="flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 text-sm font-medium hover:bg-sunken data-[state=open]:bg-sunken"
				>
					<span className="truncate">{current?.name ?? "Portfolios"}</span>
					<Icon name="down" size={14} className="shrink-0 text-ink-3" />
				</button>
			}
		>
			{portfolios.length > 0 && (
				<>
					<MenuChoice
						label="Portfolios"
						value={current?.id ?? ""}
						onChange={onSwitch}
						options={portfolios.map((p) => ({
							value: p.id,
							label: p.name,
							note: p.currency,
							icon: "wallet" as const,
						}))}
					/>
					<MenuLine />
				</>
			)}
			{current && (
				<MenuItem icon="sliders" onSelect={onEdit}>
					Portfolio settings
				</MenuItem>
			)}
			<MenuItem icon="plus" onSelect={onCreate}>
				New portfolio
			</MenuItem>
		</Menu>
	);
}
