/*
 * candle: what is made of an instrument's bars before they are answered:
 * adjusted for what a share has become since, converted, folded into longer
 * ones, thinned out. Pure. Inner header of market/.
 */
#ifndef BURSAR_MARKET_CANDLE_H
#define BURSAR_MARKET_CANDLE_H

#include "market/arrival.h"

/* How long a bar is; in this order. */
enum interval {
	INTERVAL_1M, INTERVAL_5M, INTERVAL_15M, INTERVAL_30M, INTERVAL_1H,
	INTERVAL_1D, INTERVAL_1W, INTERVAL_1MO
};
extern const char *const interval_names[];	/* "1m" .. "1mo" NULL */

/* How far back: "1d" "5d" "1m" "3m" "6m" "ytd" "1y" "3y" "5y" "10y" "max" */
extern const char *const range_names[];
enum { RANGE_WEEK = 1, RANGE_YEAR = 6 };
/* The first day of a range that ends on `to`. */
day	range_from(int range, day to);

/* Minutes of an interval within the day; 0: days or longer. */
int64_t	interval_minutes(int interval);

struct price {
	day	date;
	instant	at;			/* none: a bar of days */
	dec	open, high, low, close, adjusted_close, volume;
	str	source;
};

/*
 * All prices times adjusted close / close, rounded once; the volume in
 * today's shares by the splits (ascending) after its day.
 */
void	prices_adjust(struct price *p, size_t n, const struct split *splits,
	    size_t split_n);
/*
 * In another currency by the newest rate of each day or the ten days before
 * it; both ascending. A bar without one goes; how many are left.
 */
size_t	prices_convert(struct price *p, size_t n,
	    const struct fx_quotient *rates, size_t rate_n);
/*
 * Bars folded into longer ones: first open, last close, highest high, lowest
 * low, all volume, the first's date. How many there are.
 */
size_t	prices_fold(struct price *p, size_t n, int interval);
/*
 * At most `most` of n bars, and at least min(n, most) / 4 of them: the first,
 * the last, and of each stretch those with the lowest low, the highest high,
 * the lowest and the highest close, so that no extreme is lost; `most` is at
 * least 10. How many are left.
 */
size_t	prices_thin(struct price *p, size_t n, size_t most);

#endif
