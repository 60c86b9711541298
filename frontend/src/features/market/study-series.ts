/* An indicator as series of a chart: over the price, or in its own pane. */
import {
	AreaSeries,
	HistogramSeries,
	LineSeries,
	LineStyle,
	type IChartApi,
	type ISeriesApi,
	type SeriesType,
	type Time,
} from "lightweight-charts";
import type { StudyPoint } from "../../api/types";
import { fade, type Palette } from "../../ui/chart";
import { colourOf } from "./colours";
import { linePoints, studyText, type Drawn } from "./study-values";
import type { StudyKind, StudyLine } from "./studies";

const points = (list: readonly StudyPoint[]) =>
	list.map(({ date, value }) => ({ time: date as Time, ...(value === null ? {} : { value }) }));

const LOOKS = { line: LineSeries, area: AreaSeries, bars: HistogramSeries, dots: LineSeries } as const;

function style(kind: StudyKind, line: StudyLine, colour: string, colours: Palette) {
	const base = {
		priceLineVisible: false,
		lastValueVisible: false,
		crosshairMarkerVisible: false,
		priceFormat: {
			type: "custom" as const,
			formatter: (value: number) => studyText(kind, value),
			minMove: 0.000001,
		},
	};
	switch (line.look) {
		case "bars":
			return { ...base, color: fade(colour, 0.5) };
		case "area":
			return {
				...base,
				lineColor: colour,
				lineWidth: 1 as const,
				topColor: fade(colour, 0.2),
				bottomColor: fade(colour, 0),
			};
		case "dots":
			return {
				...base,
				color: colour,
				lineVisible: false,
				pointMarkersVisible: true,
				pointMarkersRadius: 1.5,
			};
		default:
			return {
				...base,
				color: line.name === "middle" ? fade(colours["ink-3"], 0.9) : colour,
				lineWidth: 1 as const,
				...(line.name === "middle" ? { lineStyle: LineStyle.Dashed } : {}),
			};
	}
}

export function drawStudy(chart: IChartApi, colours: Palette, drawn: Drawn, index: number, pane: number) {
	const { kind } = drawn;
	const all = kind.lines.map((line, i) => {
		// A band is one thing; lines that cross each other are told apart.
		const colour = colourOf(
			colours,
			kind.group === "Bands" && kind.lines.length === 3 ? index : index + i,
		);
		const series = chart.addSeries(
			LOOKS[line.look ?? "line"] as typeof LineSeries,
			style(kind, line, colour, colours),
			pane,
		) as ISeriesApi<SeriesType>;
		series.setData(points(linePoints(drawn, line.name)));
		return series;
	});
	for (const level of kind.levels ?? [])
		all[0]?.createPriceLine({
			price: level,
			color: colours["line-strong"],
			lineWidth: 1,
			lineStyle: LineStyle.Dotted,
			axisLabelVisible: false,
			title: "",
		});
	return all;
}
