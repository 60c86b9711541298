/* Where the money is: a ring or tiles, and the same as a list. */
import { useState } from "react";
import { useAllocationQuery } from "../../api/analytics";
import { asProblem } from "../../api/problem";
import type { Allocation, Share } from "../../api/types";
import { percent } from "../../lib/money";
import { ringPath, treemap } from "../../lib/shapes";
import { capital, cx } from "../../lib/text";
import { Icon } from "../../ui/icon";
import { Money, Percent } from "../../ui/money";
import { Failed, Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Segmented } from "../../ui/segmented";

const BY = [
	{ value: "by_position", label: "Position" },
	{ value: "by_sector", label: "Sector" },
	{ value: "by_kind", label: "Kind" },
] as const;
type By = (typeof BY)[number]["value"];

const COLOURS = 10,
	KEPT = 9;
const KINDS: Record<string, string> = {
	etf: "Funds (ETF)",
	stock: "Shares",
	cash: "Cash",
	crypto: "Crypto",
	bond: "Bonds",
	fund: "Funds",
};

interface Slice {
	name: string;
	share: Share | null; /* null: the small ones together */
	weight: number;
	colour: string;
}

const isCash = (name: string) => name.toLowerCase() === "cash";
const nameOf = (by: By, name: string) =>
	isCash(name) ? "Cash" : by === "by_kind" ? (KINDS[name.toLowerCase()] ?? capital(name)) : name;

function slices(shares: readonly Share[], by: By): Slice[] {
	const shown = shares.length > KEPT + 1 ? shares.slice(0, KEPT) : shares;
	let next = 0;
	const list: Slice[] = shown.map((share) => ({
		name: nameOf(by, share.name),
		share,
		weight: share.weight ?? 0,
		colour: isCash(share.name) ? "var(--c0)" : `var(--c${(next++ % COLOURS) + 1})`,
	}));
	const rest = shares.slice(shown.length);
	if (rest.length > 0)
		list.push({
			name: `${rest.length} others`,
			share: null,
			colour: "var(--line-strong)",
			weight: rest.reduce((sum, share) => sum + (share.weight ?? 0), 0),
		});
	return list;
}

interface Picture {
	list: readonly Slice[];
	lit: string | null;
	onLight: (name: string | null) => void;
}

function Ring({ list, lit, onLight }: Picture) {
	const starts = list.map((_, i) => list.slice(0, i).reduce((sum, s) => sum + s.weight, 0));
	const one = list.find((s) => s.name === lit) ?? list[0];
	return (
		<svg
			viewBox="-52 -52 104 104"
			className="size-40 shrink-0"
			role="img"
			aria-label={list.map((s) => `${s.name} ${percent(s.weight, { digits: 0 })}`).join(", ")}
		>
			{list.map((s, i) => {
				const from = starts[i] ?? 0;
				return (
					<path
						key={s.name}
						d={ringPath(from, from + s.weight, 50, 33)}
						fill={s.colour}
						stroke={list.length > 1 ? "var(--paper)" : "none"}
						strokeWidth="1"
						className="transition-opacity duration-150"
						opacity={lit === null || lit === s.name ? 1 : 0.35}
						onMouseEnter={() => {
							onLight(s.name);
						}}
						onMouseLeave={() => {
							onLight(null);
						}}
					/>
				);
			})}
			{one && (
				<g textAnchor="middle" className="fill-ink">
					<text y="0" fontSize="13" fontWeight="600" className="figures">
						{percent(one.weight, { digits: 1 })}
					</text>
					<text y="11" fontSize="7.5" className="fill-ink-3">
						{one.name.slice(0, 16)}
					</text>
				</g>
			)}
		</svg>
	);
}

function Tiles({ list, lit, onLight }: Picture) {
	return (
		<svg
			viewBox="0 0 300 170"
			className="w-full"
			role="img"
			aria-label={list.map((s) => `${s.name} ${percent(s.weight, { digits: 0 })}`).join(", ")}
		>
			{treemap(list, (s) => s.weight, { x: 0, y: 0, width: 300, height: 170 }).map(
				({ item, x, y, width, height }) => (
					<g
						key={item.name}
						opacity={lit === null || lit === item.name ? 1 : 0.45}
						className="transition-opacity duration-150"
						onMouseEnter={() => {
							onLight(item.name);
						}}
						onMouseLeave={() => {
							onLight(null);
						}}
					>
						<rect
							x={x + 0.75}
							y={y + 0.75}
							width={Math.max(0, width - 1.5)}
							height={Math.max(0, height - 1.5)}
							rx="2"
							fill={`color-mix(in oklab, ${item.colour} 22%, var(--surface))`}
						/>
						{width > 30 && height > 24 && (
							<text x={x + 6} y={y + 14} fontSize="9.5" fontWeight="600" className="fill-ink">
								{item.name.slice(0, Math.floor(width / 6))}
							</text>
						)}
						{width > 38 && height > 36 && (
							<text x={x + 6} y={y + 26} fontSize="9" className="figures fill-ink-2">
								{percent(item.weight, { digits: 1 })}
							</text>
						)}
					</g>
				),
			)}
		</svg>
	);
}

function Legend({ list, lit, onLight }: Picture) {
	return (
		<ul className="w-full text-sm">
			{list.map((s) => (
				<li
					key={s.name}
					onMouseEnter={() => {
						onLight(s.name);
					}}
					onMouseLeave={() => {
						onLight(null);
					}}
					className={cx(
						"flex items-center gap-2 rounded px-1 py-[3px]",
						lit === s.name && "bg-sunken",
					)}
				>
					<i className="size-2 shrink-0 rounded-[2px]" style={{ backgroundColor: s.colour }} />
					<span className="min-w-0 flex-1 truncate">{s.name}</span>
					{s.share && (
						<Money value={s.share.value} min={0} max={0} className="text-xs text-ink-3" />
					)}
					<Percent value={s.weight} digits={1} className="w-12 text-right" />
				</li>
			))}
		</ul>
	);
}

function Body({ data, by, tiles }: { data: Allocation; by: By; tiles: boolean }) {
	const [lit, setLit] = useState<string | null>(null);
	const list = slices(data[by], by);
	if (list.length === 0)
		return <p className="py-10 text-center text-sm text-ink-3">Nothing is invested yet.</p>;
	const picture = { list, lit, onLight: setLit };
	return (
		<div className="flex flex-col items-center gap-3 sm:max-lg:flex-row sm:max-lg:items-start sm:max-lg:gap-8">
			{tiles ? <Tiles {...picture} /> : <Ring {...picture} />}
			<Legend {...picture} />
		</div>
	);
}

export function AllocationPanel({ portfolio }: { portfolio: string }) {
	const [by, setBy] = useState<By>("by_position");
	const [picture, setPicture] = useState<"ring" | "tiles">("ring");
	const { data, error, refetch } = useAllocationQuery(portfolio);
	return (
		<Panel
			title="Allocation"
			bare
			controls={
				<>
					<Segmented label="Group by" value={by} onChange={setBy} options={BY} />
					<Segmented
						label="Picture"
						value={picture}
						onChange={setPicture}
						options={[
							{ value: "ring", name: "Ring", label: <Icon name="ring" size={14} /> },
							{ value: "tiles", name: "Tiles", label: <Icon name="grid" size={14} /> },
						]}
					/>
				</>
			}
		>
			{error && !data ? (
				<Failed what="The allocation" problem={asProblem(error)} onRetry={() => void refetch()} />
			) : data ? (
				<Body data={data} by={by} tiles={picture === "tiles"} />
			) : (
				<div className="flex flex-col items-center gap-3">
					<Skeleton className="size-40 rounded-full" />
					<div className="w-full space-y-2.5">
						{Array.from({ length: 9 }, (_, i) => (
							<Skeleton key={i} className="h-4 w-full" />
						))}
					</div>
				</div>
			)}
		</Panel>
	);
}
