/*
 * Windows over whole arrays in a constant time a value, whatever the window.
 * The array is cut into blocks as long as the window; a window is the end of
 * one block and the beginning of the next, each of which is summed once from
 * the border outwards. Nothing is ever taken off a sum, so nothing drifts:
 * the error is that of adding the window's own values. Not for other rooms.
 *
 * Of n values there are n - w + 1 answers; out[k] is that of x[k .. k+w-1].
 * 1 <= w <= n, w <= INDICATOR_WINDOW_MAX.
 */
#ifndef BURSAR_QUANT_SPAN_H
#define BURSAR_QUANT_SPAN_H

#include "quant/window.h"

/* Out may be x. */
void	span_mean(const double *x, size_t n, size_t w, double *out);
/* Weighted 1, 2, .. w up to the latest; out may be x. */
void	span_weighted(const double *x, size_t n, size_t w, double *out);
/*
 * Mean, and squares about it: computed from distances to a value of the
 * window, so their relative error is below 2 w^2 roundings; 0 where they are
 * but rounding, as slide_flat() judges. The outputs are not x.
 */
void	span_spread(const double *x, size_t n, size_t w,
	    double *restrict mean, double *restrict squares);
/* The same; and products of distances from the means of place and value. */
void	span_line(const double *x, size_t n, size_t w,
	    double *restrict products, double *restrict squares);
/* Extremes; out is not x. */
void	span_high(const double *x, size_t n, size_t w, double *restrict out);
void	span_low(const double *x, size_t n, size_t w, double *restrict out);
/* How many values before the window's end it was, the latest of equals. */
void	span_high_ago(const double *x, size_t n, size_t w,
	    double *restrict out);
void	span_low_ago(const double *x, size_t n, size_t w,
	    double *restrict out);
/* Mean distance from `mean`, which span_spread() answered. */
void	span_distance(const double *restrict x, size_t n, size_t w,
	    const double *restrict mean, double *restrict out);

/*
 * Exponential averages go on where they were: `ema` is ema_push()'s state.
 * out[i] belongs to x[i], NaN while fewer than w were seen; out may be x.
 */
void	span_ema(double *ema, double w, double alpha, const double *x,
	    size_t n, double *out);

#endif
