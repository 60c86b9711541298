/*
 * Everything at a glance: a tile an instrument, by sector, coloured by its
 * change and marked with its sign. The arrow keys move between tiles.
 */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { Link } from "react-router";
import { useMarketValuesQuery, useSpansQuery, type Span } from "../../api/markets";
import { percent, toPlot } from "../../lib/money";
import { paths } from "../../lib/paths";
import { Skeleton } from "../../ui/notice";
import { Panel } from "../../ui/panel";
import { Segmented } from "../../ui/segmented";
import { HEAD, layOut, tint, type Cell } from "./heat";
import { changeToday, type Priced } from "./whole-market";

const PERIODS = [
	{ value: "1d", label: "Today" },
	{ value: "5d", label: "1W" },
	{ value: "1m", label: "1M" },
	{ value: "ytd", label: "YTD" },
	{ value: "1y", label: "1Y" },
] as const;
type Period = (typeof PERIODS)[number]["value"];
const FULL: Record<Period, number> = { "1d": 0.03, "5d": 0.06, "1m": 0.12, ytd: 0.3, "1y": 0.4 };
const SIZES = [
	{ value: "value", label: "Market value" },
	{ value: "equal", label: "Equal" },
] as const;

function useWidth() {
	const box = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(0);
	useEffect(() => {
		if (!box.current) return;
		const see = new ResizeObserver(([entry]) => {
			setWidth(Math.floor(entry?.contentRect.width ?? 0));
		});
		see.observe(box.current);
		return () => {
			see.disconnect();
		};
	}, []);
	return [box, width] as const;
}

function useCells(rows: readonly Priced[] | undefined, period: Period, sized: boolean): Cell[] | undefined {
	const key = (rows ?? [])
		.filter(({ asset }) => asset.kind === "stock")
		.map(({ asset }) => asset.symbol)
		.join(",");
	const symbols = useMemo(() => (key === "" ? [] : key.split(",")), [key]);
	const spans = useSpansQuery(
		{ symbols, span: period as Span },
		{ skip: period === "1d" || symbols.length === 0 },
	);
	const values = useMarketValuesQuery(symbols, { skip: symbols.length === 0 });
	return useMemo(() => {
		if (!rows || (sized && !values.data)) return undefined;
		const grown = new Map((spans.currentData ?? []).map((one) => [one.symbol, one.total_return]));
		const known = symbols.flatMap((symbol) => values.data?.[symbol] ?? []).map(toPlot);
		const least = known.length > 0 ? Math.min(...known) : 1;
		return rows
			.filter(({ asset }) => asset.kind === "stock")
			.map(({ asset, quote, marked }) => {
				const value = values.data?.[asset.symbol];
				return {
					symbol: asset.symbol,
					name: asset.name,
					marked,
					sector: asset.sector ?? "Other",
					weight: sized ? (value ? toPlot(value) : least) : 1,
					change: period === "1d" ? changeToday(quote) : (grown.get(asset.symbol) ?? null),
				};
			});
	}, [rows, sized, values.data, spans.currentData, symbols, period]);
}

const said = (change: number | null) => (change === null ? "no price" : percent(change, { signed: true }));

function shownChange(change: number | null, room: number): string {
	if (change === null) return room > 52 ? "no price" : "";
	const digits = room > 48 ? 2 : room > 38 ? 1 : 0;
	return room > 28 ? percent(change, { signed: true, digits }) : "";
}

function TileLink({
	cell,
	full,
	first,
	style,
	big,
	room,
}: {
	cell: Cell;
	full: number;
	first: boolean;
	style: React.CSSProperties;
	big: boolean;
	room: number; /* its width */
}) {
	// What is read is what is seen, and then the rest.
	const sim = cell.marked && room > 38 ? "sim" : "",
		change = shownChange(cell.change, room);
	const seen = [cell.symbol, sim, change || said(cell.change)].filter(Boolean).join(" ");
	return (
		<Link
			to={paths.asset(cell.symbol)}
			data-tile=""
			tabIndex={first ? 0 : -1}
			aria-label={`${seen}, ${cell.name}${cell.marked ? ", simulated" : ""}`}
			title={`${cell.name} ${said(cell.change)}${cell.marked ? " (simulated)" : ""}`}
			className="absolute flex flex-col items-center justify-center overflow-hidden rounded-[3px] text-center leading-tight text-ink outline-offset-[-2px] hover:brightness-95 focus-visible:z-10"
			style={{ ...style, backgroundColor: tint(cell.change, full) }}
		>
			<span className={big ? "text-sm font-semibold" : "text-2xs font-semibold"}>
				{cell.symbol} {sim && <span className="ml-0.5 text-2xs font-normal">{sim}</span>}
			</span>{" "}
			{change && <span className="figures text-2xs">{change}</span>}
		</Link>
	);
}

/* From the tile that has the focus to the nearest one in a direction. */
export function nearest(tiles: readonly DOMRect[], from: DOMRect, key: string): number {
	const x = from.left + from.width / 2,
		y = from.top + from.height / 2;
	let best = -1,
		least = Infinity;
	tiles.forEach((tile, i) => {
		const dx = tile.left + tile.width / 2 - x,
			dy = tile.top + tile.height / 2 - y;
		const [along, aside] =
			key === "ArrowRight"
				? [dx, dy]
				: key === "ArrowLeft"
					? [-dx, dy]
					: key === "ArrowDown"
						? [dy, dx]
						: [-dy, dx];
		const far = along + 2 * Math.abs(aside);
		if (along > 1 && far < least) {
			least = far;
			best = i;
		}
	});
	return best;
}

function step(event: KeyboardEvent<HTMLElement>) {
	if (!/^Arrow/.test(event.key)) return;
	const from = document.activeElement;
	if (!(from instanceof HTMLElement) || from.dataset.tile === undefined) return;
	event.preventDefault();
	const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-tile]")];
	const to =
		tiles[
			nearest(
				tiles.map((tile) => tile.getBoundingClientRect()),
				from.getBoundingClientRect(),
				event.key,
			)
		];
	if (!to) return;
	for (const tile of tiles) tile.tabIndex = tile === to ? 0 : -1;
	to.focus();
}

export function HeatMap({ rows }: { rows: readonly Priced[] | undefined }) {
	const [period, setPeriod] = useState<Period>("1d");
	const [size, setSize] = useState<"value" | "equal">("value");
	const [box, width] = useWidth();
	const height = width < 600 ? Math.round(width * 1.35) : Math.min(560, Math.round(width * 0.42));
	const cells = useCells(rows, period, size === "value");
	const sectors = useMemo(() => layOut(cells ?? [], width, height), [cells, width, height]);
	if (cells?.length === 0) return null;
	const full = FULL[period];
	const first = sectors[0]?.tiles[0]?.item.symbol;
	return (
		<Panel
			title="Heat map"
			note="shares by sector"
			controls={
				<>
					<Segmented label="Size by" value={size} onChange={setSize} options={SIZES} />
					<Segmented label="Change over" value={period} onChange={setPeriod} options={PERIODS} />
				</>
			}
		>
			<div
				ref={box}
				role="group"
				aria-label="Heat map. Arrow keys move between instruments"
				className="relative min-h-64"
				style={{ height }}
				onKeyDown={step}
			>
				{!cells && <Skeleton className="absolute inset-0" />}
				{sectors.map(({ item, x, y, width: w, tiles }) => (
					<section key={item.name} aria-label={item.name}>
						<h3
							className="absolute truncate pt-0.5 text-2xs font-medium text-ink-3"
							style={{ left: x + 1, top: y, width: Math.max(0, w - 4), height: HEAD }}
						>
							{item.name}
						</h3>
						{tiles.map((tile) => (
							<TileLink
								key={tile.item.symbol}
								cell={tile.item}
								full={full}
								room={tile.width}
								first={tile.item.symbol === first}
								big={tile.width > 90 && tile.height > 60}
								style={{
									left: tile.x,
									top: tile.y,
									width: Math.max(1, tile.width - 2),
									height: Math.max(1, tile.height - 2),
								}}
							/>
						))}
					</section>
				))}
			</div>
			<p className="mt-2 flex items-center gap-2 text-2xs text-ink-3" aria-hidden="true">
				{[-1, -0.3, 0, 0.3, 1].map((share) => (
					<span key={share} className="flex items-center gap-1">
						<i
							className="size-3 rounded-[2px]"
							style={{ backgroundColor: tint(share * full, full) }}
						/>
						{percent(share * full, { digits: 1, signed: true, loose: true })}
					</span>
				))}
			</p>
		</Panel>
	);
}
