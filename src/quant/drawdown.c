/*
 * Depths below the running peak of a wealth that starts at 1, so that a
 * loss on the first day counts. Of the index only, never of money.
 */
#include "quant/lane.h"

/* Closer to its peak than this, wealth is back: (1 - .2) * 1.25 < 1. */
static const double BACK = 1e-12;

enum { TIDE = 8 };		/* returns looked at together */

/* Wealth as a share of its peak, so that it never runs out of range. */
struct water {
	double	level;
	size_t	peak_at;
	/* The peak lies in the tide from here, if it was not looked for. */
	size_t	tide;
	double	tide_level;
};

#define WATER_START	{ 1, 0, QUANT_NEVER, 0 }

static inline double
growth(double r)
{
	return (1 + r > 0 ? 1 + r : 0);
}

/* The depth after one return more, which is the at-th. */
static double
water_step(struct water *w, double r, size_t at)
{
	w->level *= growth(r);
	if (w->level - 1 < -BACK)
		return (w->level - 1);
	if (w->level > 1) {
		w->level = 1;
		w->peak_at = at;
		w->tide = QUANT_NEVER;
	}
	return (0);
}

static size_t
water_peak(const struct water *w, const double *r)
{
	struct water then = { .level = w->tide_level };

	if (w->tide == QUANT_NEVER)
		return (w->peak_at);
	for (size_t i = 0; i < TIDE; i++)
		water_step(&then, r[w->tide + i], w->tide + i + 1);
	return (then.peak_at);
}

/* What TIDE returns make of a wealth of 1. */
struct tide {
	double	end, low, high;
	double	finite;		/* not, if a return is not */
};

static inline struct tide
tide_of(const double *r)
{
	struct tide t = { 1, INFINITY, 0, 0 };
	double f;

	for (size_t i = 0; i < TIDE; i++) {
		f = 1 + r[i];
		t.finite += f;
		t.end *= f > 0 ? f : 0;
		t.low = t.end < t.low ? t.end : t.low;
		t.high = t.end > t.high ? t.end : t.high;
	}
	return (t);
}

static enum why
drawdown_fault(const double *r, size_t n)
{
	if (!numbers_ok(r, n))
		return (WHY_INVALID_INPUT);
	return (n == 0 ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

static void
drawdown_step(const double *r, size_t i, struct water *w,
    struct drawdown *out)
{
	double depth = water_step(w, r[i], i + 1);

	if (depth < out->depth.value)
		*out = (struct drawdown){ figure_of(depth, 0),
		    water_peak(w, r), i + 1, QUANT_NEVER };
	else if (depth >= 0 && out->recovery == QUANT_NEVER)
		out->recovery = i + 1;
}

/* Could the tide hold the trough, or the day it is made up for? */
static inline bool
tide_matters(const struct tide *t, double level,
    const struct drawdown *out)
{
	double high = level * t->high;

	return (level * t->low < (1 + out->depth.value) *
	    (high > 1 ? high : 1) ||
	    (out->recovery == QUANT_NEVER && high >= 1 - 2 * BACK));
}

void
quant_drawdown(const double *r, size_t n, struct drawdown *out)
{
	struct water w = WATER_START;
	struct tide t;
	double finite = 0;
	size_t i, j;

	*out = (struct drawdown){ .depth = figure_of(0, 0) };
	for (i = 0; i + TIDE <= n; i += TIDE) {
		t = tide_of(r + i);
		finite += t.finite;
		if (tide_matters(&t, w.level, out)) {
			for (j = i; j < i + TIDE; j++)
				drawdown_step(r, j, &w, out);
		} else if (w.level * t.high > 1) {
			w.tide = i;
			w.tide_level = w.level;
			w.level = t.end / t.high;
		} else {
			w.level *= t.end;
		}
	}
	for (; i < n; i++) {
		finite += r[i];
		drawdown_step(r, i, &w, out);
	}
	if (n == 0 || (!isfinite(finite) && drawdown_fault(r, n) != WHY_OK))
		*out = (struct drawdown){ .depth =
		    figure_none(drawdown_fault(r, n)) };
}

void
quant_underwater(const double *r, size_t n, double *d)
{
	struct water w = WATER_START;

	for (size_t i = 0; i < n; i++)
		d[i] = water_step(&w, r[i], i + 1);
}

void
water_of(const double *r, size_t n, struct figure *ulcer,
    struct figure *pain)
{
	struct water w = WATER_START;
	struct sum squares = { 0 }, depths = { 0 };
	double d;

	for (size_t i = 0; i < n; i++) {
		d = water_step(&w, r[i], i + 1);
		sum_add(&squares, d * d);
		sum_add(&depths, -d);
	}
	*ulcer = figure_of(sqrt(sum_of(squares) / (double)n), 0);
	*pain = figure_of(sum_of(depths) / (double)n, 0);
}

struct figure
quant_ulcer(const double *r, size_t n)
{
	enum why why = drawdown_fault(r, n);
	struct figure ulcer, pain;

	if (why != WHY_OK)
		return (figure_none(why));
	water_of(r, n, &ulcer, &pain);
	return (ulcer);
}

struct figure
quant_pain(const double *r, size_t n)
{
	enum why why = drawdown_fault(r, n);
	struct figure ulcer, pain;

	if (why != WHY_OK)
		return (figure_none(why));
	water_of(r, n, &ulcer, &pain);
	return (pain);
}
