/*
 * study: which indicators are served, and how they are run. Pure. Inner
 * header of market/.
 */
#ifndef BURSAR_MARKET_STUDY_H
#define BURSAR_MARKET_STUDY_H

#include "base/arena.h"
#include "base/field.h"
#include "quant/quant.h"

#define STUDY_PERIOD_MAX	400
#define STUDY_BARS_MAX		20000	/* before a day; more do not show */

/* "sma" "ema" "rsi" "daily_return" "volatility", then the rest of quant's
 * table, NULL. */
extern const char *const study_names[];
enum { STUDIES_USUAL = 5 };		/* stored of every asset */

const struct indicator	*study_indicator(int study);
/*
 * Its parameters: the usual ones, the period as the first (0: not said), then
 * those of a text "fast=12,slow=26". False: not its own, or out of range.
 */
bool	study_params(int study, size_t period, double periods, str text,
	    double param[INDICATOR_PARAMS_MAX]);

/* The period asked for, or the usual one; 0: not one this can have. */
size_t	study_period(int study, int64_t asked);
/*
 * How many bars before a day its value wants: those of the window; of one
 * that remembers everything, so many that more would not show.
 */
size_t	study_before(int study, size_t period);
/*
 * Values of n closes; out[k] belongs to close[k + first]. Answers how many;
 * NaN: no value there. `periods`: trading days in a year.
 */
size_t	study_run(struct arena *a, int study, size_t period, double periods,
	    const double *close, size_t n, double *out, size_t *first);

#endif
