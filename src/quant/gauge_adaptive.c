/*
 * Averages that answer faster than their window: Hull's, Kaufman's, and the
 * speed of a triple one.
 */
#include "quant/gauge.h"

static double
hull_half(double w)
{
	return (floor(w / 2));
}

static double
hull_root(double w)
{
	return (floor(sqrt(w)));
}

size_t
hma_need(const double *param)
{
	return ((size_t)(param[0] + hull_root(param[0])) - 1);
}

size_t
hma_size(const double *param)
{
	double w = param[0];

	return (weighted_size(w) + weighted_size(hull_half(w)) +
	    weighted_size(hull_root(w)));
}

bool
hma_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double w = param[0], half = hull_half(w), slow, fast;
	double *halves = state + weighted_size(w);
	double *roots = halves + weighted_size(half);
	bool ready;

	ready = weighted_push(state, w, bar->close, &slow);
	weighted_push(halves, half, bar->close, &fast);
	return (ready && weighted_push(roots, hull_root(w), 2 * fast - slow,
	    out));
}

/* The average, the moves' window, then the closes'. */
size_t
kama_size(const double *param)
{
	return (3 + average_size(param[0]) + ring_size(param[0]));
}

bool
kama_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double w = param[0], x = bar->close, before, moves, gone, rate;
	double fast = 2 / (param[1] + 1), slow = 2 / (param[2] + 1);
	double *window = state + 3, *closes = window + average_size(w);
	bool full = ring_full(closes, w);

	gone = ring_push(closes, w, x);
	if (previous(state, x, &before))
		average_push(window, w, fabs(x - before), &moves);
	if (!full) {
		state[2] = x;		/* it starts at the last close before */
		return (false);
	}
	rate = moves > 0 ? fmin(1, fabs(x - gone) / (moves * w)) : 0;
	rate = rate * (fast - slow) + slow;
	state[2] += rate * rate * (x - state[2]);
	*out = state[2];
	return (true);
}

size_t
trix_need(const double *param)
{
	return (3 * (size_t)param[0] - 1);
}

size_t
trix_size(const double *param)
{
	(void)param;
	return (2 + 4 * EMA_SIZE);
}

bool
trix_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double *chain = state + 2, e[3], before;

	if (!ema_chain(chain, param[0], 3, bar->close, e) ||
	    !previous(state, e[2], &before))
		return (false);
	out[0] = before != 0 ? 100 * (e[2] / before - 1) : NAN;
	if (before == 0 || !ema_push(chain + 3 * EMA_SIZE, param[1],
	    ema_alpha(param[1]), out[0], &out[1]))
		out[1] = NAN;
	return (true);
}
