/*
 * Windows in blocks. `end` is the sum of a block from a place to its border,
 * computed backwards; the sum from the border on grows as the window moves.
 * Four values are taken at a time where a sum would wait for the sum before.
 */
#include <float.h>
#include <stdint.h>

#include "quant/span.h"

/* Windows that begin in the block at b. */
static inline size_t
starts(size_t n, size_t w, size_t b)
{
	return (n - b - w + 1 < w ? n - b - w + 1 : w);
}

/* end[j] = x[j] + .. + x[w - 1] */
static void
sums_back(const double *x, size_t w, double *end)
{
	double sum = 0, d1, d2, d3;
	size_t j = w;

	for (; j >= 4; j -= 4) {
		d1 = x[j - 1] + x[j - 2];
		d2 = d1 + x[j - 3];
		d3 = d1 + (x[j - 3] + x[j - 4]);
		end[j - 1] = sum + x[j - 1];
		end[j - 2] = sum + d1;
		end[j - 3] = sum + d2;
		end[j - 4] = sum += d3;
	}
	while (j-- > 0)
		end[j] = sum += x[j];
}

void
span_mean(const double *x, size_t n, size_t w, double *out)
{
	double end[INDICATOR_WINDOW_MAX], sum, d1, d2, d3;
	double by = 1 / (double)w;
	const double *next;
	size_t j, m;

	for (size_t b = 0; b + w <= n; b += w) {
		m = starts(n, w, b);
		sums_back(x + b, w, end);
		next = x + b + w - 1;
		out[b] = end[0] * by;
		sum = 0;
		for (j = 1; j + 4 <= m; j += 4) {
			d1 = next[j] + next[j + 1];
			d2 = d1 + next[j + 2];
			d3 = d1 + (next[j + 2] + next[j + 3]);
			out[b + j] = (end[j] + (sum + next[j])) * by;
			out[b + j + 1] = (end[j + 1] + (sum + d1)) * by;
			out[b + j + 2] = (end[j + 2] + (sum + d2)) * by;
			sum += d3;
			out[b + j + 3] = (end[j + 3] + sum) * by;
		}
		/* In the same order, whether there are more or not. */
		if (j < m)
			out[b + j] = (end[j] + (sum + next[j])) * by;
		if (j + 1 < m)
			out[b + j + 1] = (end[j + 1] + (sum + (next[j] +
			    next[j + 1]))) * by;
		if (j + 2 < m)
			out[b + j + 2] = (end[j + 2] + (sum + ((next[j] +
			    next[j + 1]) + next[j + 2]))) * by;
	}
}

void
span_weighted(const double *x, size_t n, size_t w, double *out)
{
	double end[INDICATOR_WINDOW_MAX], plain, sum, weighted, in;
	double by = 2 / ((double)w * ((double)w + 1));
	size_t m;

	for (size_t b = 0; b + w <= n; b += w) {
		m = starts(n, w, b);
		plain = sum = 0;
		/* Each weight is one more, a place further back. */
		for (size_t j = w; j-- > 0;) {
			plain += x[b + j];
			end[j] = sum += plain;
		}
		out[b] = end[0] * by;
		sum = weighted = 0;
		for (size_t j = 1; j < m; j++) {
			in = x[b + w + j - 1];
			sum += in;
			weighted += (double)j * in;
			out[b + j] = (end[j] + ((double)(w - j) * sum +
			    weighted)) * by;
		}
	}
}

/* ---- spreads ----------------------------------------------------- */

/* Squares of n values that are only rounding are none. */
WIDE static void
squares_judge(const double *restrict mean, double *restrict squares, size_t n,
    double w)
{
	double least;

	for (size_t k = 0; k < n; k++) {
		least = FLAT * mean[k];
		least *= least * (w - 1);
		/* What is too large is not nothing. */
		least = least < DBL_MAX ? least : DBL_MAX;
		squares[k] = squares[k] > least ? squares[k] : 0;
	}
}

/* One block, of m windows; the bits are spread_four()'s. */
static void
spread_one(const double *x, size_t m, size_t w, double *restrict mean,
    double *restrict squares)
{
	double end1[INDICATOR_WINDOW_MAX], end2[INDICATOR_WINDOW_MAX];
	/* In every window that begins in this block. */
	double level = x[w - 1], by = 1 / (double)w, sum = 0, square = 0, d;

	for (size_t j = w; j-- > 0;) {
		d = x[j] - level;
		end1[j] = sum += d;
		end2[j] = square += d * d;
	}
	sum = square = 0;
	for (size_t j = 0; j < m; j++) {
		d = x[w - 1 + j] - level;
		sum += d;
		square += d * d;
		d = end1[j] + sum;
		mean[j] = level + d * by;
		squares[j] = (end2[j] + square) - d * (d * by);
	}
}

/*
 * Four blocks side by side, each with all its windows: of x[0 .. 5 w - 1).
 * What a lane waits for, the others do meanwhile.
 */
typedef double	four __attribute__((vector_size(4 * sizeof(double))));

enum { FOUR = 4, FOUR_WINDOW = 128 };

/* Macros, because how a function would be given a `four` is not settled. */
#define FOUR_AT(x)	((four){ (x)[0], (x)[w], (x)[2 * w], (x)[3 * w] })
#define FOUR_PUT(x, v)	((x)[0] = (v)[0], (x)[w] = (v)[1],		\
	(x)[2 * w] = (v)[2], (x)[3 * w] = (v)[3])

WIDE static void
spread_four(const double *restrict x, size_t w, double *restrict mean,
    double *restrict squares)
{
	four end1[FOUR_WINDOW], end2[FOUR_WINDOW];
	four level = FOUR_AT(x + w - 1), sum = { 0 }, square = { 0 }, d, m;
	double by = 1 / (double)w;

	for (size_t j = w; j-- > 0;) {
		d = FOUR_AT(x + j) - level;
		end1[j] = sum += d;
		end2[j] = square += d * d;
	}
	sum = square = (four){ 0 };
	for (size_t j = 0; j < w; j++) {
		d = FOUR_AT(x + w - 1 + j) - level;
		sum += d;
		square += d * d;
		d = end1[j] + sum;
		m = level + d * by;
		d = (end2[j] + square) - d * (d * by);
		FOUR_PUT(mean + j, m);
		FOUR_PUT(squares + j, d);
	}
}

void
span_spread(const double *x, size_t n, size_t w, double *restrict mean,
    double *restrict squares)
{
	size_t b = 0;

	for (; w <= FOUR_WINDOW && b + (FOUR + 1) * w <= n; b += FOUR * w)
		spread_four(x + b, w, mean + b, squares + b);
	for (; b + w <= n; b += w)
		spread_one(x + b, starts(n, w, b), w, mean + b, squares + b);
	squares_judge(mean, squares, n - w + 1, (double)w);
}

/* Of one block: windows that begin in x[0 .. m). */
static void
line_block(const double *x, size_t m, size_t w, double *restrict products,
    double *restrict mean, double *restrict squares)
{
	double end1[INDICATOR_WINDOW_MAX], end2[INDICATOR_WINDOW_MAX];
	double endp[INDICATOR_WINDOW_MAX], level = x[w - 1], d, all;
	double sum = 0, square = 0, placed = 0, by = 1 / (double)w;

	line_back(x, w, end1, end2, endp);
	for (size_t j = 0; j < m; j++) {
		if (j > 0) {
			d = x[w + j - 1] - level;
			sum += d;
			square += d * d;
			placed += (double)(j - 1) * d;
		}
		all = end1[j] + sum;
		mean[j] = level + all * by;
		squares[j] = (end2[j] + square) - all * (all * by);
		products[j] = (endp[j] + ((double)(w - j) * sum + placed)) -
		    ((double)w - 1) / 2 * all;
	}
}

void
span_line(const double *x, size_t n, size_t w, double *restrict products,
    double *restrict squares)
{
	double mean[INDICATOR_WINDOW_MAX];
	size_t m;

	for (size_t b = 0; b + w <= n; b += w) {
		m = starts(n, w, b);
		line_block(x + b, m, w, products + b, mean, squares + b);
		squares_judge(mean, squares + b, m, (double)w);
	}
}

/* Added up anew for each window, of eight windows side by side. */
WIDE void
span_distance(const double *restrict x, size_t n, size_t w,
    const double *restrict mean, double *restrict out)
{
	enum { LANES = 8 };
	double sum[LANES], by = 1 / (double)w;
	size_t k;

	for (k = 0; k + LANES + w - 1 <= n; k += LANES) {
		for (size_t j = 0; j < LANES; j++)
			sum[j] = 0;
		for (size_t i = 0; i < w; i++)
			for (size_t j = 0; j < LANES; j++)
				sum[j] += fabs(x[k + i + j] - mean[k + j]);
		for (size_t j = 0; j < LANES; j++)
			out[k + j] = sum[j] * by;
	}
	for (; k + w <= n; k++) {
		sum[0] = 0;
		for (size_t i = 0; i < w; i++)
			sum[0] += fabs(x[k + i] - mean[k]);
		out[k] = sum[0] * by;
	}
}

/* ---- extremes ---------------------------------------------------- */

static inline double
upper(double a, double b)
{
	return (a > b ? a : b);
}

void
span_high(const double *x, size_t n, size_t w, double *restrict out)
{
	double end[INDICATOR_WINDOW_MAX], most;
	size_t m;

	for (size_t b = 0; b + w <= n; b += w) {
		m = starts(n, w, b);
		most = -INFINITY;
		for (size_t j = w; j-- > 0;)
			end[j] = most = upper(x[b + j], most);
		most = x[b + w - 1];
		for (size_t j = 0; j < m; j++) {
			most = upper(x[b + w + j - 1], most);
			out[b + j] = upper(end[j], most);
		}
	}
}

static inline double
lower(double a, double b)
{
	return (a < b ? a : b);
}

void
span_low(const double *x, size_t n, size_t w, double *restrict out)
{
	double end[INDICATOR_WINDOW_MAX], least;
	size_t m;

	for (size_t b = 0; b + w <= n; b += w) {
		m = starts(n, w, b);
		least = INFINITY;
		for (size_t j = w; j-- > 0;)
			end[j] = least = lower(x[b + j], least);
		least = x[b + w - 1];
		for (size_t j = 0; j < m; j++) {
			least = lower(x[b + w + j - 1], least);
			out[b + j] = lower(end[j], least);
		}
	}
}

/* `by` is 1 for the highest, -1 for the lowest. */
static inline void
extreme_ago(const double *x, size_t n, size_t w, double by,
    double *restrict out)
{
	double end[INDICATOR_WINDOW_MAX], most, in;
	uint32_t at[INDICATOR_WINDOW_MAX], place, j, m, last = (uint32_t)w - 1;

	for (size_t b = 0; b + w <= n; b += w) {
		m = (uint32_t)starts(n, w, b);
		most = -INFINITY;
		place = 0;
		for (j = (uint32_t)w; j-- > 0;) {
			in = by * x[b + j];
			place = in > most ? j : place;
			most = upper(in, most);
			end[j] = most;
			at[j] = place;
		}
		most = -INFINITY;
		place = 0;
		for (j = 0; j < m; j++) {
			in = by * x[b + last + j];
			place = in >= most ? last + j : place;
			most = upper(in, most);
			out[b + j] = (double)(int32_t)(last + j -
			    (most >= end[j] ? place : at[j]));
		}
	}
}

void
span_high_ago(const double *x, size_t n, size_t w, double *restrict out)
{
	extreme_ago(x, n, w, 1, out);
}

void
span_low_ago(const double *x, size_t n, size_t w, double *restrict out)
{
	extreme_ago(x, n, w, -1, out);
}

/* ---- exponential averages ---------------------------------------- */

/*
 * Four at a time: what they add to the average is known before the average
 * is, so that it waits for one product and one sum in four.
 */
static double
ema_run(double a, double e, const double *x, size_t n, double *out)
{
	double c = 1 - a, c2 = c * c, c3 = c2 * c, c4 = c2 * c2;
	double p1, p2, p3, p4;
	size_t k;

	for (k = 0; k + 4 <= n; k += 4) {
		p1 = a * x[k];
		p2 = a * x[k + 1] + c * p1;
		p3 = a * x[k + 2] + c * p2;
		p4 = a * x[k + 3] + c * p3;
		out[k] = p1 + c * e;
		out[k + 1] = p2 + c2 * e;
		out[k + 2] = p3 + c3 * e;
		e = out[k + 3] = p4 + c4 * e;
	}
	/* As they would be if there were more. */
	p1 = k < n ? a * x[k] : 0;
	p2 = k + 1 < n ? a * x[k + 1] + c * p1 : 0;
	p3 = k + 2 < n ? a * x[k + 2] + c * p2 : 0;
	p4 = e;
	if (k < n)
		p4 = out[k] = p1 + c * e;
	if (k + 1 < n)
		p4 = out[k + 1] = p2 + c2 * e;
	if (k + 2 < n)
		p4 = out[k + 2] = p3 + c3 * e;
	return (p4);
}

void
span_ema(double *ema, double w, double alpha, const double *x, size_t n,
    double *out)
{
	double e;
	size_t k = 0;

	while (k < n && ema[0] < w) {
		out[k] = ema_push(ema, w, alpha, x[k], &e) ? e : NAN;
		k++;
	}
	if (k < n)
		ema[3] = ema_run(alpha, ema[3], x + k, n - k, out + k);
}
