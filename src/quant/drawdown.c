/*
 * Depths below the running peak of a wealth that starts at 1, so that a
 * loss on the first day counts. Of the index only, never of money.
 */
#include "quant/lane.h"

/* Closer to its peak than this, wealth is back: (1 - .2) * 1.25 < 1. */
static const long double BACK = 1e-12L;

struct water {
	long double	wealth, peak;
	size_t		peak_at;
};

static const struct water WATER_START = { 1, 1, 0 };

/* The depth after one return more, which is the at-th. */
static double
water_step(struct water *w, double r, size_t at)
{
	long double depth;

	w->wealth *= fmaxl(1 + (long double)r, 0);
	depth = w->wealth / w->peak - 1;
	if (depth < -BACK)
		return ((double)depth);
	if (w->wealth > w->peak) {
		w->peak = w->wealth;
		w->peak_at = at;
	}
	return (0);
}

static enum why
drawdown_fault(const double *r, size_t n)
{
	if (!numbers_ok(r, n))
		return (WHY_INVALID_INPUT);
	return (n == 0 ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

void
quant_drawdown(const double *r, size_t n, struct drawdown *out)
{
	enum why why = drawdown_fault(r, n);
	struct water w = WATER_START;
	double depth;

	*out = (struct drawdown){ .depth = figure_none(why) };
	if (why != WHY_OK)
		return;
	out->depth = figure_of(0, 0);
	for (size_t i = 0; i < n; i++) {
		depth = water_step(&w, r[i], i + 1);
		if (depth < out->depth.value)
			*out = (struct drawdown){ figure_of(depth, 0),
			    w.peak_at, i + 1, QUANT_NEVER };
		else if (depth >= 0 && out->recovery == QUANT_NEVER)
			out->recovery = i + 1;
	}
}

void
quant_underwater(const double *r, size_t n, double *d)
{
	struct water w = WATER_START;

	for (size_t i = 0; i < n; i++)
		d[i] = water_step(&w, r[i], i + 1);
}

struct figure
quant_ulcer(const double *r, size_t n)
{
	enum why why = drawdown_fault(r, n);
	struct water w = WATER_START;
	struct sum squares = { 0 };
	double d;

	if (why != WHY_OK)
		return (figure_none(why));
	for (size_t i = 0; i < n; i++) {
		d = water_step(&w, r[i], i + 1);
		sum_add(&squares, d * d);
	}
	return (figure_of(sqrt(sum_of(squares) / (double)n), 0));
}

struct figure
quant_pain(const double *r, size_t n)
{
	enum why why = drawdown_fault(r, n);
	struct water w = WATER_START;
	struct sum depths = { 0 };

	if (why != WHY_OK)
		return (figure_none(why));
	for (size_t i = 0; i < n; i++)
		sum_add(&depths, -water_step(&w, r[i], i + 1));
	return (figure_of(sum_of(depths) / (double)n, 0));
}
