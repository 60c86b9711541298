import { cached, locale } from "./locale";
import { MINUS } from "./money";

const format = cached(
	(_: "axis") => new Intl.NumberFormat(locale(), { notation: "compact", maximumSignificantDigits: 4 }),
);

/* An axis label: "198.4K". */
export const compactNumber = (value: number) => format("axis").format(value).replace("-", MINUS);
