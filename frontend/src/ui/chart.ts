/*
 * Time series charts: lightweight-charts in our colours, in the user's
 * notation, following the theme. Imported only by charts that are loaded
 * lazily, so that the library stays out of the first load.
 */
import {
	ColorType,
	createChart,
	CrosshairMode,
	PriceScaleMode,
	TickMarkType,
	type ChartOptions,
	type DeepPartial,
	type IChartApi,
	type ISeriesApi,
	type SeriesType,
	type Time,
} from "lightweight-charts";
import { useEffect, useRef, useState, type RefObject } from "react";
import { percent } from "../lib/money";
import { formatDay, formatInstant, formatMinute, type Day } from "../lib/day";

const TOKENS = [
	"ink",
	"ink-2",
	"ink-3",
	"line",
	"surface",
	"paper",
	"accent",
	"gain",
	"loss",
	"c1",
	"c2",
	"c3",
	"c4",
	"c5",
	"c6",
	"c7",
	"c8",
	"line-strong",
] as const;
export type Palette = Record<(typeof TOKENS)[number], string>;

/* What the tokens are worth now, as colours a canvas understands. */
function palette(): Palette {
	const probe = document.createElement("i");
	document.body.append(probe);
	const read = TOKENS.map((token) => {
		probe.style.color = `var(--${token})`;
		return [token, getComputedStyle(probe).color] as const;
	});
	probe.remove();
	return Object.fromEntries(read) as Palette;
}

export const fade = (rgb: string, alpha: number) => rgb.replace(/^rgb\(([^)]*)\)$/, `rgba($1, ${alpha})`);

/* The palette, read again when the theme changes. */
export function usePalette(): Palette {
	const [colours, setColours] = useState(palette);
	useEffect(() => {
		const read = () => {
			setColours(palette());
		};
		const system = matchMedia("(prefers-color-scheme: dark)");
		const chosen = new MutationObserver(read);
		system.addEventListener("change", read);
		chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
		return () => {
			system.removeEventListener("change", read);
			chosen.disconnect();
		};
	}, []);
	return colours;
}

const moment = (seconds: number) => new Date(seconds * 1000).toISOString();
const asDay = (time: Time) => time as unknown as Day;

export function chartOptions(colours: Palette, price: (value: number) => string): DeepPartial<ChartOptions> {
	return {
		autoSize: true,
		layout: {
			background: { type: ColorType.Solid, color: "transparent" },
			textColor: colours["ink-3"],
			fontFamily: getComputedStyle(document.body).fontFamily,
			fontSize: 11,
			// Its own mark needs markup from a string; the page shows the
			// attribution in words beside the chart.
			attributionLogo: false,
			panes: { separatorColor: colours.line, separatorHoverColor: colours.line, enableResize: false },
		},
		grid: { vertLines: { visible: false }, horzLines: { color: fade(colours.line, 0.9) } },
		crosshair: {
			mode: CrosshairMode.Magnet,
			vertLine: { color: colours["ink-3"], width: 1, style: 3, labelVisible: false },
			horzLine: { visible: false, labelVisible: false },
		},
		rightPriceScale: {
			borderVisible: false,
			entireTextOnly: true,
			scaleMargins: { top: 0.1, bottom: 0.08 },
		},
		timeScale: {
			borderVisible: false,
			fixLeftEdge: true,
			fixRightEdge: true,
			minBarSpacing: 0.05,
			// A day alone among months would be a bare number.
			tickMarkFormatter: (time: Time, type: TickMarkType) =>
				typeof time === "number"
					? formatMinute(moment(time))
					: type === TickMarkType.DayOfMonth
						? formatDay(asDay(time), "short")
						: null,
			lockVisibleTimeRangeOnResize: true,
		},
		localization: {
			priceFormatter: price,
			percentageFormatter: (value: number) => percent(value / 100, { digits: 1, loose: true }),
			timeFormatter: (time: Time) =>
				typeof time === "number" ? formatInstant(moment(time)) : formatDay(asDay(time)),
			locale: navigator.language,
		},
		handleScroll: { vertTouchDrag: false },
	};
}

/* A chart in `box` for as long as the component lives. */
export function useChart(box: RefObject<HTMLDivElement | null>, price: (value: number) => string) {
	const [chart, setChart] = useState<IChartApi | null>(null);
	const colours = usePalette();
	const format = useRef(price);
	useEffect(() => {
		format.current = price;
	});
	useEffect(() => {
		if (!box.current) return;
		const made = createChart(
			box.current,
			chartOptions(palette(), (value) => format.current(value)),
		);
		setChart(made);
		return () => {
			setChart(null);
			// After the cleanups of whoever drew on it.
			queueMicrotask(() => {
				made.remove();
			});
		};
	}, [box]);
	useEffect(() => {
		chart?.applyOptions(chartOptions(colours, (value) => format.current(value)));
	}, [chart, colours, price]);
	return { chart, colours };
}

export type Scale = "plain" | "log" | "percent";

const MODES = {
	plain: PriceScaleMode.Normal /* equal steps for equal amounts */,
	log: PriceScaleMode.Logarithmic /* for equal gains */,
	percent: PriceScaleMode.Percentage /* since the first day in sight */,
};

/* Of the price's pane; those below are plain. */
export function applyScale(chart: IChartApi, scale: Scale) {
	chart.panes().forEach((_, i) => {
		chart.priceScale("right", i).applyOptions({ mode: MODES[i === 0 ? scale : "plain"] });
	});
}

/* The last first, so that the price's own pane is never the one to go. */
export function removeAll(chart: IChartApi, all: readonly ISeriesApi<SeriesType>[]) {
	for (const series of [...all].reverse()) chart.removeSeries(series);
}
