/* Candles or a line with volume, indicators over and under them, others to
 * compare with, and what happened on the way. Loaded lazily. */
import {
	AreaSeries,
	CandlestickSeries,
	createSeriesMarkers,
	HistogramSeries,
	LineSeries,
	LineStyle,
	type IChartApi,
	type ISeriesApi,
	type SeriesMarker,
	type SeriesType,
	type Time,
	type UTCTimestamp,
} from "lightweight-charts";
import { useCallback, useEffect, useRef } from "react";
import type { Bar, QuoteEvent } from "../../api/types";
import { sessionOf } from "../../lib/day";
import { amount, money, quantity, toPlot, type Amount } from "../../lib/money";
import { applyScale, fade, removeAll, useChart, type Palette, type Scale } from "../../ui/chart";
import { useHidden } from "../../ui/money";
import { colourOf } from "./colours";
import type { MarketEvent } from "./events";
import { drawStudy } from "./study-series";
import type { Drawn } from "./study-values";

type Latest = Pick<QuoteEvent, "price" | "as_of">;
export type Look = "candles" | "line";

export interface Compared {
	symbol: string;
	bars: readonly Bar[];
}

export interface PriceChartProps {
	bars: readonly Bar[];
	look: Look;
	scale: Scale;
	studies: readonly Drawn[];
	compared: readonly Compared[];
	events: readonly MarketEvent[];
	cost?: Amount | undefined; /* average cost of what is held */
	live?: Latest | undefined;
	onHover: (index: number | null) => void;
}

/* A bar within the day is at its moment, another at its day. */
export const timeOf = ({ at, date }: Bar): Time =>
	at === null || at === undefined ? (date as Time) : ((Date.parse(at) / 1000) as UTCTimestamp);

const TEXT = { dividend: "D", split: "S", earnings: "E" } as const;

/* An event sits on its own day, or on the next day there was a price. */
function markers(
	bars: readonly Bar[],
	events: readonly MarketEvent[],
	colours: Palette,
	hidden: boolean,
): SeriesMarker<Time>[] {
	const first = bars[0]?.date;
	return events
		.flatMap((event): SeriesMarker<Time>[] => {
			const bar = bars.find((one) => one.date >= event.date);
			if (!bar || !first || event.date < first || bar.at) return [];
			const at = { time: timeOf(bar) };
			if (event.kind === "buy")
				return [
					{
						...at,
						position: "belowBar",
						shape: "arrowUp",
						color: colours.accent,
						text: hidden || !event.quantity ? "Buy" : `+${quantity(event.quantity)}`,
					},
				];
			if (event.kind === "sell")
				return [
					{
						...at,
						position: "aboveBar",
						shape: "arrowDown",
						color: colours.c3,
						text: hidden || !event.quantity ? "Sell" : `\u2212${quantity(event.quantity)}`,
					},
				];
			return [
				{
					...at,
					position: "aboveBar",
					shape: "circle",
					size: 0.5,
					color: event.kind === "dividend" ? colours.c2 : colours.c4,
					text: TEXT[event.kind],
				},
			];
		})
		.sort((a, b) => String(a.time).localeCompare(String(b.time)));
}

function drawPrice(chart: IChartApi, colours: Palette, { bars, look }: PriceChartProps) {
	if (look === "line") {
		const line = chart.addSeries(AreaSeries, {
			lineWidth: 2,
			lineColor: colours.accent,
			topColor: fade(colours.accent, 0.14),
			bottomColor: fade(colours.accent, 0),
			priceLineVisible: false,
			crosshairMarkerRadius: 3.5,
		});
		line.setData(bars.map((bar) => ({ time: timeOf(bar), value: toPlot(bar.close) })));
		return line;
	}
	const candles = chart.addSeries(CandlestickSeries, {
		upColor: colours.gain,
		downColor: colours.loss,
		borderVisible: false,
		wickUpColor: colours.gain,
		wickDownColor: colours.loss,
		priceLineVisible: false,
	});
	candles.setData(
		bars.map((bar) => ({
			time: timeOf(bar),
			open: toPlot(bar.open),
			high: toPlot(bar.high),
			low: toPlot(bar.low),
			close: toPlot(bar.close),
		})),
	);
	return candles;
}

function drawVolume(chart: IChartApi, colours: Palette, bars: readonly Bar[]) {
	const volume = chart.addSeries(HistogramSeries, {
		priceScaleId: "volume",
		priceLineVisible: false,
		lastValueVisible: false,
		color: fade(colours["ink-3"], 0.28),
	});
	chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
	chart.priceScale("right").applyOptions({ scaleMargins: { top: 0.08, bottom: 0.2 } });
	volume.setData(bars.map((bar) => ({ time: timeOf(bar), value: toPlot(bar.volume) })));
	return volume;
}

function drawCompared(chart: IChartApi, colours: Palette, compared: readonly Compared[]) {
	return compared.map(({ bars }, i) => {
		const line = chart.addSeries(LineSeries, {
			lineWidth: 2,
			color: colourOf(colours, i),
			priceLineVisible: false,
			crosshairMarkerRadius: 3,
		});
		line.setData(bars.map((bar) => ({ time: timeOf(bar), value: toPlot(bar.adjusted_close) })));
		return line;
	});
}

function draw(chart: IChartApi, colours: Palette, props: PriceChartProps, hidden: boolean) {
	const { bars, events, cost, scale, studies, compared } = props;
	const main = drawPrice(chart, colours, props);
	createSeriesMarkers(main as ISeriesApi<SeriesType>, markers(bars, events, colours, hidden));
	if (cost && !hidden && scale !== "percent")
		main.createPriceLine({
			price: toPlot(cost),
			color: colours["ink-3"],
			lineWidth: 1,
			lineStyle: LineStyle.Dashed,
			axisLabelVisible: true,
			title: "average cost",
		});
	const all: ISeriesApi<SeriesType>[] = [main, drawVolume(chart, colours, bars)];
	all.push(...drawCompared(chart, colours, compared));
	let pane = 1;
	for (const [i, study] of studies.entries()) {
		// Beside others all begin at zero, an average of one of them cannot.
		if (study.problem || (study.kind.over && scale === "percent")) continue;
		const own = study.kind.over ? 0 : pane++;
		all.push(...drawStudy(chart, colours, study, i + compared.length, own));
	}
	chart.panes().forEach((one, i) => {
		one.setStretchFactor(i === 0 ? 3 : 1);
	});
	applyScale(chart, scale);
	chart.timeScale().applyOptions({ timeVisible: Boolean(bars[0]?.at) });
	chart.timeScale().fitContent();
	return { main, all };
}

/* The last bar at the price now, when it is of the same day. */
function follow(
	main: ISeriesApi<"Candlestick"> | ISeriesApi<"Area"> | null,
	last: Bar | undefined,
	live: Latest | undefined,
) {
	if (!main || !last || last.at || !live || sessionOf(live.as_of) !== last.date) return;
	const close = toPlot(live.price),
		time = timeOf(last);
	if (main.seriesType() === "Area") (main as ISeriesApi<"Area">).update({ time, value: close });
	else
		(main as ISeriesApi<"Candlestick">).update({
			time,
			open: toPlot(last.open),
			close,
			high: Math.max(toPlot(last.high), close),
			low: Math.min(toPlot(last.low), close),
		});
}

export default function PriceChart(props: PriceChartProps) {
	const { bars, look, scale, studies, compared, events, cost, live, onHover } = props;
	const hidden = useHidden();
	const main = useRef<ISeriesApi<"Candlestick"> | ISeriesApi<"Area">>(null);
	const box = useRef<HTMLDivElement>(null);
	const price = useCallback((value: number) => money(amount(value.toFixed(2))), []);
	const { chart, colours } = useChart(box, price);
	useEffect(() => {
		if (!chart) return;
		const drawn = draw(
			chart,
			colours,
			{ bars, look, scale, studies, compared, events, cost, onHover },
			hidden,
		);
		main.current = drawn.main;
		const places = new Map(bars.map((bar, i) => [timeOf(bar), i]));
		const hover: Parameters<IChartApi["subscribeCrosshairMove"]>[0] = ({ time }) => {
			onHover(time === undefined ? null : (places.get(time) ?? null));
		};
		chart.subscribeCrosshairMove(hover);
		return () => {
			chart.unsubscribeCrosshairMove(hover);
			main.current = null;
			removeAll(chart, drawn.all);
		};
	}, [chart, colours, bars, look, scale, studies, compared, events, cost, hidden, onHover]);
	useEffect(() => {
		follow(main.current, bars.at(-1), live);
	}, [chart, colours, bars, look, scale, studies, compared, events, cost, hidden, live]);
	return <div ref={box} className="absolute inset-0" />;
}
