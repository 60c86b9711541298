/* The portfolio's days as lines. Loaded lazily, for the library's sake. */
import {
	AreaSeries,
	createSeriesMarkers,
	LineSeries,
	LineStyle,
	type AreaData,
	type IChartApi,
	type ISeriesApi,
	type SeriesType,
	type Time,
} from "lightweight-charts";
import { useCallback, useEffect, useRef } from "react";
import type { HistoryDay } from "../../api/types";
import { isNegative, percent, toPlot } from "../../lib/money";
import { applyScale, fade, removeAll, useChart, type Palette } from "../../ui/chart";
import { MASK, useHidden } from "../../ui/money";
import { compactNumber } from "../../lib/compact";
import { notableFlows } from "./flows";

export type Mode = "value" | "return";

export interface HistoryChartProps {
	days: readonly HistoryDay[];
	mode: Mode;
	benchmark: boolean;
	drawdown: boolean;
	log: boolean;
	live?: HistoryDay | undefined; /* the last day, as it is now */
	onHover: (index: number | null) => void;
}

const pick = (day: HistoryDay, mode: Mode) => (mode === "value" ? toPlot(day.value) : day.return);

const line = (days: readonly HistoryDay[], pick: (day: HistoryDay) => number | null): AreaData[] =>
	days.flatMap((day) => {
		const value = pick(day);
		return value === null ? [] : [{ time: day.date as Time, value }];
	});

function drawMain(chart: IChartApi, colours: Palette, { days, mode }: HistoryChartProps) {
	const main = chart.addSeries(AreaSeries, {
		lineWidth: 2,
		lineColor: colours.accent,
		topColor: fade(colours.accent, 0.16),
		bottomColor: fade(colours.accent, 0),
		priceLineVisible: false,
		lastValueVisible: true,
		crosshairMarkerRadius: 3.5,
		crosshairMarkerBorderWidth: 2,
		crosshairMarkerBorderColor: colours.paper,
		crosshairMarkerBackgroundColor: colours.accent,
	});
	main.setData(line(days, (day) => pick(day, mode)));
	if (mode === "return")
		main.createPriceLine({
			price: 0,
			color: colours["line-strong"],
			lineWidth: 1,
			lineStyle: LineStyle.Dotted,
			axisLabelVisible: false,
			title: "",
		});
	else
		createSeriesMarkers(
			main,
			notableFlows(days).map((day) => ({
				time: day.date as Time,
				position: "inBar",
				shape: "circle",
				size: 0.25,
				color: isNegative(day.flow) ? colours.loss : colours["ink-3"],
			})),
		);
	return main;
}

function draw(chart: IChartApi, colours: Palette, props: HistoryChartProps) {
	const main = drawMain(chart, colours, props);
	const drawn: ISeriesApi<SeriesType>[] = [main];
	if (props.benchmark && props.mode === "return") {
		const bench = chart.addSeries(LineSeries, {
			lineWidth: 1,
			color: colours.c3,
			priceLineVisible: false,
			lastValueVisible: true,
			crosshairMarkerRadius: 3,
		});
		bench.setData(line(props.days, (day) => day.benchmark_return));
		drawn.push(bench);
	}
	if (props.drawdown) {
		const falls = chart.addSeries(
			AreaSeries,
			{
				lineWidth: 1,
				lineColor: colours.loss,
				topColor: fade(colours.loss, 0),
				bottomColor: fade(colours.loss, 0.22),
				invertFilledArea: true,
				priceLineVisible: false,
				lastValueVisible: false,
				crosshairMarkerVisible: false,
				priceFormat: {
					type: "custom",
					formatter: (v: number) => percent(v, { digits: 1, loose: true }),
					minMove: 0.0001,
				},
			},
			1,
		);
		falls.setData(line(props.days, (day) => day.drawdown));
		chart.panes()[1]?.setStretchFactor(0.28);
		drawn.push(falls);
	}
	applyScale(chart, props.log ? "log" : "plain");
	chart.timeScale().fitContent();
	return { main, all: drawn };
}

export default function HistoryChart(props: HistoryChartProps) {
	const { days, mode, benchmark, drawdown, log, live, onHover } = props;
	const main = useRef<ISeriesApi<"Area">>(null);
	const box = useRef<HTMLDivElement>(null);
	const hidden = useHidden();
	const price = useCallback(
		(value: number) =>
			mode === "return"
				? percent(value, { digits: 1, loose: true })
				: hidden
					? MASK
					: compactNumber(value),
		[mode, hidden],
	);
	const { chart, colours } = useChart(box, price);

	useEffect(() => {
		if (!chart) return;
		const drawn = draw(chart, colours, { days, mode, benchmark, drawdown, log, onHover });
		main.current = drawn.main;
		return () => {
			main.current = null;
			removeAll(chart, drawn.all);
		};
	}, [chart, colours, days, mode, benchmark, drawdown, log, onHover]);

	useEffect(() => {
		if (live && main.current && live.date === days.at(-1)?.date)
			main.current.update({ time: live.date as Time, value: pick(live, mode) ?? 0 });
	}, [chart, colours, days, mode, benchmark, drawdown, live]);

	useEffect(() => {
		if (!chart) return;
		const places = new Map(days.map((day, i) => [day.date as string, i]));
		const hover: Parameters<IChartApi["subscribeCrosshairMove"]>[0] = ({ time }) => {
			onHover(time === undefined ? null : (places.get(time as string) ?? null));
		};
		chart.subscribeCrosshairMove(hover);
		return () => {
			chart.unsubscribeCrosshairMove(hover);
		};
	}, [chart, days, onHover]);

	return <div ref={box} className="absolute inset-0" />;
}
