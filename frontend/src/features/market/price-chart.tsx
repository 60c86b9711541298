/* Candles and volume with the user's own trades on them. Loaded lazily. */
import {
	CandlestickSeries,
	createSeriesMarkers,
	HistogramSeries,
	LineStyle,
	type IChartApi,
	type ISeriesApi,
	type SeriesMarker,
	type Time,
} from "lightweight-charts";
import { useCallback, useEffect, useRef } from "react";
import type { Activity, Bar, QuoteEvent } from "../../api/types";
import { sessionOf } from "../../lib/day";
import { amount, money, quantity, toPlot, type Amount } from "../../lib/money";
import { fade, useChart, type Palette } from "../../ui/chart";
import { useHidden } from "../../ui/money";

type Latest = Pick<QuoteEvent, "price" | "as_of">;

export interface PriceChartProps {
	bars: readonly Bar[];
	trades: readonly Activity[];
	cost?: Amount | undefined; /* average cost of what is held */
	live?: Latest | undefined;
	onHover: (index: number | null) => void;
}

/* A trade sits on its own day, or on the next day there was a price. */
function markers(
	bars: readonly Bar[],
	trades: readonly Activity[],
	colours: Palette,
	hidden: boolean,
): SeriesMarker<Time>[] {
	return trades
		.flatMap((trade) => {
			const bar = bars.find((one) => one.date >= trade.traded_on);
			if (!bar || !trade.quantity || (bars[0] && trade.traded_on < bars[0].date)) return [];
			const buy = trade.kind === "buy";
			return [
				{
					time: bar.date as Time,
					position: buy ? "belowBar" : "aboveBar",
					shape: buy ? "arrowUp" : "arrowDown",
					color: buy ? colours.accent : colours.c3,
					text: hidden
						? buy
							? "Buy"
							: "Sell"
						: `${buy ? "+" : "\u2212"}${quantity(trade.quantity)}`,
				} satisfies SeriesMarker<Time>,
			];
		})
		.sort((a, b) => String(a.time).localeCompare(String(b.time)));
}

function draw(chart: IChartApi, colours: Palette, { bars, trades, cost }: PriceChartProps, hidden: boolean) {
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
			time: bar.date as Time,
			open: toPlot(bar.open),
			high: toPlot(bar.high),
			low: toPlot(bar.low),
			close: toPlot(bar.close),
		})),
	);
	createSeriesMarkers(candles, markers(bars, trades, colours, hidden));
	if (cost && !hidden)
		candles.createPriceLine({
			price: toPlot(cost),
			color: colours["ink-3"],
			lineWidth: 1,
			lineStyle: LineStyle.Dashed,
			axisLabelVisible: true,
			title: "average cost",
		});
	const volume = chart.addSeries(HistogramSeries, {
		priceScaleId: "volume",
		priceLineVisible: false,
		lastValueVisible: false,
		color: fade(colours["ink-3"], 0.28),
	});
	chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
	chart.priceScale("right").applyOptions({ scaleMargins: { top: 0.08, bottom: 0.2 } });
	volume.setData(bars.map((bar) => ({ time: bar.date as Time, value: toPlot(bar.volume) })));
	chart.timeScale().fitContent();
	return { candles, all: [candles, volume] };
}

/* The last candle at the price now, when it is of the same day. */
function follow(candles: ISeriesApi<"Candlestick"> | null, last: Bar | undefined, live: Latest | undefined) {
	if (!candles || !last || !live || sessionOf(live.as_of) !== last.date) return;
	const close = toPlot(live.price);
	candles.update({
		time: last.date as Time,
		open: toPlot(last.open),
		close,
		high: Math.max(toPlot(last.high), close),
		low: Math.min(toPlot(last.low), close),
	});
}

export default function PriceChart({ bars, trades, cost, live, onHover }: PriceChartProps) {
	const hidden = useHidden();
	const candles = useRef<ISeriesApi<"Candlestick">>(null);
	const box = useRef<HTMLDivElement>(null);
	const price = useCallback((value: number) => money(amount(value.toFixed(2))), []);
	const { chart, colours } = useChart(box, price);
	useEffect(() => {
		if (!chart) return;
		const drawn = draw(chart, colours, { bars, trades, cost, onHover }, hidden);
		candles.current = drawn.candles;
		const places = new Map(bars.map((bar, i) => [bar.date as string, i]));
		const hover: Parameters<IChartApi["subscribeCrosshairMove"]>[0] = ({ time }) => {
			onHover(time === undefined ? null : (places.get(time as string) ?? null));
		};
		chart.subscribeCrosshairMove(hover);
		return () => {
			chart.unsubscribeCrosshairMove(hover);
			candles.current = null;
			for (const series of drawn.all) chart.removeSeries(series);
		};
	}, [chart, colours, bars, trades, cost, hidden, onHover]);
	useEffect(() => {
		follow(candles.current, bars.at(-1), live);
	}, [chart, colours, bars, trades, cost, hidden, live]);
	return <div ref={box} className="absolute inset-0" />;
}
