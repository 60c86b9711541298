/* A heat map's geometry and colours: sectors, and their instruments in them. */
import { treemap, type Tile } from "../../lib/shapes";

export interface Cell {
	symbol: string;
	name: string;
	sector: string;
	weight: number;
	change: number | null;
	marked?: boolean | undefined; /* as simulated */
}

export interface Sector {
	name: string;
	weight: number;
	cells: Cell[];
}

export const HEAD = 18; /* height of a sector's name */

export function sectorsOf(cells: readonly Cell[]): Sector[] {
	const by = new Map<string, Cell[]>();
	for (const cell of cells) by.set(cell.sector, [...(by.get(cell.sector) ?? []), cell]);
	return [...by]
		.map(([name, list]) => ({
			name,
			cells: [...list].sort((a, b) => b.weight - a.weight || a.symbol.localeCompare(b.symbol)),
			weight: list.reduce((sum, { weight }) => sum + weight, 0),
		}))
		.sort((a, b) => b.weight - a.weight || a.name.localeCompare(b.name));
}

export interface SectorTile extends Tile<Sector> {
	tiles: Tile<Cell>[];
}

export function layOut(cells: readonly Cell[], width: number, height: number): SectorTile[] {
	if (width <= 0 || height <= 0) return [];
	return treemap(sectorsOf(cells), ({ weight }) => weight, { x: 0, y: 0, width, height }).map((tile) => ({
		...tile,
		tiles: treemap(tile.item.cells, ({ weight }) => weight, {
			x: tile.x,
			y: tile.y + HEAD,
			width: tile.width,
			height: Math.max(1, tile.height - HEAD),
		}),
	}));
}

/* How strong the colour is: 0 to 1, full at `full` (3 % for a day). */
export const strength = (change: number, full: number) => Math.min(1, Math.sqrt(Math.abs(change) / full));

/* Paler where the text on it is light. */
export function tint(change: number | null, full: number): string {
	if (change === null || change === 0) return "var(--sunken)";
	const how = strength(change, full);
	const mix = (share: number) =>
		`color-mix(in oklab, ${change > 0 ? "var(--gain)" : "var(--loss)"} ${Math.round(12 + how * share)}%, var(--surface))`;
	return `light-dark(${mix(48)}, ${mix(28)})`;
}
