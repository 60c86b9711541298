/* Candles and volume with the user's own trades on them. Loaded lazily. */
import { CandlestickSeries, createSeriesMarkers, HistogramSeries, type IChartApi, type SeriesMarker, type Time } from "lightweight-charts";
import { useCallback, useEffect, useRef } from "react";
import type { Activity, Bar } from "../../api/types";
import { amount, money, quantity, toPlot } from "../../lib/money";
import { fade, useChart, type Palette } from "../../ui/chart";

export interface PriceChartProps {
	bars: readonly Bar[];
	trades: readonly Activity[];
	onHover: (index: number | null) => void;
}

/* A trade sits on its own day, or on the next day there was a price. */
function markers(bars: readonly Bar[], trades: readonly Activity[], colours: Palette): SeriesMarker<Time>[] {
	return trades.flatMap((trade) => {
		const bar = bars.find((one) => one.date >= trade.traded_on);
		if (!bar || !trade.quantity || (bars[0] && trade.traded_on < bars[0].date))
			return [];
		const buy = trade.kind === "buy";
		return [{ time: bar.date as Time, position: buy ? "belowBar" : "aboveBar",
			shape: buy ? "arrowUp" : "arrowDown", color: buy ? colours.accent : colours.c3,
			text: `${buy ? "+" : "\u2212"}${quantity(trade.quantity)}` } satisfies SeriesMarker<Time>];
	}).sort((a, b) => String(a.time).localeCompare(String(b.time)));
}

function draw(chart: IChartApi, colours: Palette, { bars, trades }: PriceChartProps) {
	const candles = chart.addSeries(CandlestickSeries, { upColor: colours.gain, downColor: colours.loss,
		borderVisible: false, wickUpColor: colours.gain, wickDownColor: colours.loss, priceLineVisible: false });
	candles.setData(bars.map((bar) => ({ time: bar.date as Time, open: toPlot(bar.open), high: toPlot(bar.high),
		low: toPlot(bar.low), close: toPlot(bar.close) })));
	createSeriesMarkers(candles, markers(bars, trades, colours));
	const volume = chart.addSeries(HistogramSeries, { priceScaleId: "volume", priceLineVisible: false,
		lastValueVisible: false, color: fade(colours["ink-3"], 0.28) });
	chart.priceScale("volume").applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
	volume.setData(bars.map((bar) => ({ time: bar.date as Time, value: toPlot(bar.volume) })));
	chart.timeScale().fitContent();
	return [candles, volume];
}

export default function PriceChart({ bars, trades, onHover }: PriceChartProps) {
	const box = useRef<HTMLDivElement>(null);
	const price = useCallback((value: number) => money(amount(value.toFixed(2))), []);
	const { chart, colours } = useChart(box, price);
	useEffect(() => {
		if (!chart)
			return;
		const drawn = draw(chart, colours, { bars, trades, onHover });
		const places = new Map(bars.map((bar, i) => [bar.date as string, i]));
		const hover: Parameters<IChartApi["subscribeCrosshairMove"]>[0] = ({ time }) => {
			onHover(time === undefined ? null : places.get(time as string) ?? null);
		};
		chart.subscribeCrosshairMove(hover);
		return () => {
			chart.unsubscribeCrosshairMove(hover);
			for (const series of drawn)
				chart.removeSeries(series);
		};
	}, [chart, colours, bars, trades, onHover]);
	return <div ref={box} className="absolute inset-0" />;
}
