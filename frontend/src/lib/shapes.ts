/* The geometry of our own charts: a treemap's tiles and a ring's arcs. */
export interface Tile<T> {
	item: T;
	x: number;
	y: number;
	width: number;
	height: number;
}

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/* How far from square the worst tile of a row is; 1 is a square. */
function worst(row: readonly number[], side: number): number {
	const total = row.reduce((a, b) => a + b, 0);
	const square = (total / side) ** 2;
	return Math.max(...row.map((v) => Math.max(square / v, v / square)));
}

/* Squarified treemap: `items` largest first, weights positive. */
export function treemap<T>(items: readonly T[], weight: (item: T) => number, box: Box): Tile<T>[] {
	const used = items.filter((item) => weight(item) > 0);
	const total = used.reduce((s, item) => s + weight(item), 0);
	const scale = (box.width * box.height) / (total || 1);
	const tiles: Tile<T>[] = [];
	let free = { ...box };
	for (let at = 0; at < used.length;) {
		const side = Math.min(free.width, free.height);
		const row: number[] = [];
		let next = at;
		for (; next < used.length; next++) {
			const area = weight(used[next] as T) * scale;
			if (row.length > 0 && worst([...row, area], side) > worst(row, side)) break;
			row.push(area);
		}
		const thick = row.reduce((a, b) => a + b, 0) / side;
		const upright = free.width >= free.height;
		let along = 0;
		row.forEach((area, i) => {
			const length = area / thick;
			tiles.push(
				upright
					? { item: used[at + i] as T, x: free.x, y: free.y + along, width: thick, height: length }
					: { item: used[at + i] as T, x: free.x + along, y: free.y, width: length, height: thick },
			);
			along += length;
		});
		free = upright
			? { ...free, x: free.x + thick, width: free.width - thick }
			: { ...free, y: free.y + thick, height: free.height - thick };
		at = next;
	}
	return tiles;
}

/* A ring's slice from share `from` to share `to` (0..1, clockwise from noon). */
export function ringPath(from: number, to: number, outer: number, inner: number): string {
	const end = Math.min(to, from + 0.99999);
	const at = (share: number, radius: number) => {
		const angle = 2 * Math.PI * share;
		return `${(radius * Math.sin(angle)).toFixed(3)} ${(-radius * Math.cos(angle)).toFixed(3)}`;
	};
	const large = end - from > 0.5 ? 1 : 0;
	return (
		`M${at(from, outer)}A${outer} ${outer} 0 ${large} 1 ${at(end, outer)}` +
		`L${at(end, inner)}A${inner} ${inner} 0 ${large} 0 ${at(from, inner)}Z`
	);
}
