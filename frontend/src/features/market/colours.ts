/* The colours of lines drawn over a price, in the order they are added. */
import type { Palette } from "../../ui/chart";

const ORDER = ["c3", "c4", "c2", "c6", "c5", "c7", "c8", "c1"] as const;

export const colourOf = (colours: Palette, index: number) => colours[ORDER[index % ORDER.length] ?? "c3"];
export const colourVar = (index: number) => `var(--${ORDER[index % ORDER.length] ?? "c3"})`;
