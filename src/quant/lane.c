/*
 * Sums, spreads and the checks every figure starts with. Two passes with
 * compensated sums: the textbook one-pass variance loses every digit on
 * prices, and a constant 0.1 must have no variance at all.
 */
#include "quant/lane.h"

/* Below this share of the largest magnitude a spread is rounding. */
static const double ROUNDING = 1e-12;

static double
lane_scale(struct lane l, size_t i)
{
	double less = l.less != NULL ? l.less[i] : l.flat;

	return (fmax(fabs(l.x[i]), fabs(less)));
}

struct spread
lane_spread(struct lane l, size_t n)
{
	struct spread s = { 0 };
	struct sum mean = { 0 }, squares = { 0 }, rest = { 0 };
	double low = INFINITY, high = -INFINITY, d;

	for (size_t i = 0; i < n; i++) {
		d = lane_at(l, i);
		sum_add(&mean, d);
		low = fmin(low, d);
		high = fmax(high, d);
		s.scale = fmax(s.scale, lane_scale(l, i));
	}
	if (n == 0)
		return (s);
	s.mean = sum_of(mean) / (double)n;
	if (low == high) {
		s.mean = low;
		return (s);
	}
	for (size_t i = 0; i < n; i++) {
		d = lane_at(l, i) - s.mean;
		sum_add(&squares, d * d);
		sum_add(&rest, d);
	}
	/* The mean is rounded; what it left over is taken out again. */
	s.squares = sum_of(squares) - sum_of(rest) * sum_of(rest) / (double)n;
	if (n > 1 && s.squares / (double)(n - 1) <=
	    ROUNDING * s.scale * ROUNDING * s.scale)
		s.squares = 0;
	return (s);
}

double
lane_products(struct lane x, double x_mean, struct lane y, double y_mean,
    size_t n)
{
	struct sum products = { 0 }, xs = { 0 }, ys = { 0 };
	double dx, dy;

	for (size_t i = 0; i < n; i++) {
		dx = lane_at(x, i) - x_mean;
		dy = lane_at(y, i) - y_mean;
		sum_add(&products, dx * dy);
		sum_add(&xs, dx);
		sum_add(&ys, dy);
	}
	return (sum_of(products) - sum_of(xs) * sum_of(ys) / (double)n);
}

double
lane_downside(struct lane l, size_t n, struct spread s)
{
	struct sum squares = { 0 };
	double d, rms;

	for (size_t i = 0; i < n; i++) {
		d = fmin(lane_at(l, i), 0);
		sum_add(&squares, d * d);
	}
	rms = sqrt(sum_of(squares) / (double)n);
	return (rms <= ROUNDING * s.scale ? 0 : rms);
}

bool
numbers_ok(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(x[i]))
			return (false);
	return (true);
}

enum why
series_fault(const struct series *s, size_t least)
{
	if (!(s->periods > 0) || !isfinite(s->periods) ||
	    !isfinite(s->rf_flat) || !numbers_ok(s->r, s->n) ||
	    (s->rf != NULL && !numbers_ok(s->rf, s->n)))
		return (WHY_INVALID_INPUT);
	return (s->n < least ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

enum why
series_fault_pair(const struct series *s, size_t least)
{
	if (s->b == NULL)
		return (WHY_MISALIGNED);
	if (!numbers_ok(s->b, s->n))
		return (WHY_INVALID_INPUT);
	return (series_fault(s, least));
}

unsigned
history_warning(size_t n, double periods)
{
	return (n < (periods > 200 ? 60 : 12) ? WARN_SHORT_HISTORY : 0);
}
