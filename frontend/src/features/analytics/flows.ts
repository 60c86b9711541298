/* Money paid in or out that a chart of values needs to explain: at least a
 * fiftieth of the value. Smaller, regular ones would only be clutter. */
import type { HistoryDay } from "../../api/types";
import { toPlot } from "../../lib/money";

const NOTABLE = 0.02;

export const notableFlows = (days: readonly HistoryDay[]): HistoryDay[] =>
	days
		.slice(1)
		.filter((day) => Math.abs(toPlot(day.flow)) >= NOTABLE * toPlot(day.value) && toPlot(day.flow) !== 0);
