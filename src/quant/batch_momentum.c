/*
 * Batches of the indicators of speed.
 */
#include <string.h>

#include "quant/batch.h"

/* What wilder_push() does, to a whole pass. */
static size_t
wilders(double *ema, double w, const double *x, size_t from, size_t n,
    double *out)
{
	return (stage_ema(ema, w, 1 / w, x, from, n, out));
}

/* The first bar that has one before it and was not seen. */
static size_t
fresh_change(const struct pass *p)
{
	return (p->fresh > 0 ? p->fresh : 1);
}

/* Into x, from the answered bar on. */
WIDE static size_t
rsi_values(const double *param, const struct pass *p, double *restrict x)
{
	double loss[PASS_ROOM], move, all;
	size_t from = fresh_change(p);

	for (size_t i = from; i < p->n; i++) {
		move = p->close[i] - p->close[i - 1];
		x[i] = move > 0 ? move : 0;
		loss[i] = move < 0 ? -move : 0;
	}
	wilders(p->carry + 2, param[0], x, from, p->n, x);
	from = wilders(p->carry + 2 + EMA_SIZE, param[0], loss, from, p->n,
	    loss);
	for (size_t i = from; i < p->n; i++) {
		all = x[i] + loss[i];
		x[i] = all > 0 ? 100 * x[i] / all : NAN;
	}
	return (from);
}

void
rsi_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	pass_put(p, 0, x, rsi_values(param, p, x));
}

/* ---- where a value lies in its range ----------------------------- */

/* `by` times its place between low and high, plus `plus`. */
WIDE static size_t
places(const double *high, const double *low, const double *x, size_t from,
    size_t n, double w, double by, double plus, double *restrict out)
{
	double most[PASS_ROOM], least[PASS_ROOM], range;

	stage(span_low, low, from, n, w, least);
	from = stage(span_high, high, from, n, w, most);
	for (size_t i = from; i < n; i++) {
		range = most[i] - least[i];
		out[i] = (x[i] - least[i]) / range;
		out[i] = by * (range > FLAT * fabs(most[i]) ? out[i] : 0.5) +
		    plus;
	}
	return (from);
}

void
williams_r_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	pass_put(p, 0, x, places(p->high, p->low, p->close, 0, p->n, param[0],
	    100, -100, x));
}

size_t
stochastic_lead(const double *param)
{
	return ((size_t)(param[0] + param[1] + param[2]) - 3);
}

static void
stochastic_of(const double *param, struct pass *p, const double *high,
    const double *low, const double *x, size_t from)
{
	double k[PASS_ROOM], d[PASS_ROOM];

	from = places(high, low, x, from, p->n, param[0], 100, 0, d);
	from = stage(span_mean, d, from, p->n, param[1], k);
	pass_put(p, 0, k, from);
	pass_put(p, 1, d, stage(span_mean, k, from, p->n, param[2], d));
}

void
stochastic_pass(const double *param, struct pass *p)
{
	stochastic_of(param, p, p->high, p->low, p->close, 0);
}

size_t
stochastic_rsi_lead(const double *param)
{
	return (stochastic_lead(param + 1) + 1);
}

/*
 * Behind the RSI's own, the carry has how many of its last values follow,
 * and them: the history of what the stochastic is of.
 */
void
stochastic_rsi_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM], *kept = p->carry + rsi_size(param);
	size_t before = (size_t)kept[0], from, lead;

	from = rsi_values(param, p, x);
	for (size_t i = from; i < p->n; i++)
		x[i] = isnan(x[i]) ? 50 : x[i];
	memcpy(x + from - before, kept + 1, before * sizeof(x[0]));
	from -= before;
	lead = stochastic_lead(param + 1);
	lead = p->n - from < lead ? p->n - from : lead;
	memcpy(kept + 1, x + p->n - lead, lead * sizeof(x[0]));
	kept[0] = (double)lead;
	stochastic_of(param + 1, p, x, x, x, from);
}

/* ------------------------------------------------------------------ */

size_t
ultimate_lead(const double *param)
{
	return (ultimate_need(param) - 1);
}

WIDE void
ultimate_pass(const double *param, struct pass *p)
{
	static const double weight[] = { 400.0 / 7, 200.0 / 7, 100.0 / 7 };
	double pressure[PASS_ROOM], range[PASS_ROOM], up[PASS_ROOM];
	double all[PASS_ROOM], x[PASS_ROOM], low;
	size_t from = 1, known;

	pass_ranges(p, range);
	for (size_t i = 1; i < p->n; i++) {
		low = p->low[i] < p->close[i - 1] ? p->low[i] :
		    p->close[i - 1];
		pressure[i] = p->close[i] - low;
		x[i] = 0;
	}
	for (int j = 0; j < 3; j++) {
		stage(span_mean, pressure, 1, p->n, param[j], up);
		known = stage(span_mean, range, 1, p->n, param[j], all);
		from = known > from ? known : from;
		for (size_t i = known; i < p->n; i++)
			x[i] += all[i] > 0 ? weight[j] * up[i] / all[i] : NAN;
	}
	pass_put(p, 0, x, from);
}

WIDE void
aroon_pass(const double *param, struct pass *p)
{
	double up[PASS_ROOM], down[PASS_ROOM], w = param[0];
	size_t from = stage(span_high_ago, p->high, 0, p->n, w + 1, up);

	stage(span_low_ago, p->low, 0, p->n, w + 1, down);
	for (size_t i = from; i < p->n; i++) {
		up[i] = 100 * (1 - up[i] / w);
		down[i] = 100 * (1 - down[i] / w);
	}
	pass_put(p, 0, up, from);
	pass_put(p, 1, down, from);
	for (size_t i = from; i < p->n; i++)
		up[i] -= down[i];
	pass_put(p, 2, up, from);
}

WIDE void
cci_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM], mean[PASS_ROOM], squares[PASS_ROOM];
	double distance[PASS_ROOM];
	size_t w = (size_t)param[0], from = w - 1;

	for (size_t i = 0; i < p->n; i++)
		x[i] = (p->high[i] + p->low[i] + p->close[i]) / 3;
	span_spread(x, p->n, w, mean + from, squares + from);
	span_distance(x, p->n, w, mean + from, distance + from);
	for (size_t i = from; i < p->n; i++)
		x[i] = squares[i] > 0 ?
		    (x[i] - mean[i]) / (0.015 * distance[i]) : NAN;
	pass_put(p, 0, x, from);
}

/* ---- Wilder's directional movement ------------------------------- */

WIDE static void
adx_moves_all(const struct pass *p, double *restrict plus,
    double *restrict minus)
{
	double up, down;

	for (size_t i = 1; i < p->n; i++) {
		up = p->high[i] - p->high[i - 1];
		down = p->low[i - 1] - p->low[i];
		plus[i] = up > down ? up : 0;
		plus[i] = up > 0 ? plus[i] : 0;
		minus[i] = down > up ? down : 0;
		minus[i] = down > 0 ? minus[i] : 0;
	}
}

WIDE void
adx_pass(const double *param, struct pass *p)
{
	double plus[PASS_ROOM], minus[PASS_ROOM], range[PASS_ROOM];
	double *average = p->carry + 4, w = param[0], all, by;
	size_t from = fresh_change(p), known;

	adx_moves_all(p, plus, minus);
	pass_ranges(p, range);
	known = wilders(average, w, plus, from, p->n, plus);
	wilders(average + EMA_SIZE, w, minus, from, p->n, minus);
	wilders(average + 2 * EMA_SIZE, w, range, from, p->n, range);
	for (size_t i = known; i < p->n; i++) {
		by = range[i] > 0 ? 100 / range[i] : 0;
		plus[i] *= by;
		minus[i] *= by;
		all = plus[i] + minus[i];
		range[i] = 100 * fabs(plus[i] - minus[i]) / all;
		range[i] = all > 0 ? range[i] : 0;
	}
	pass_put(p, 0, plus, known);
	pass_put(p, 1, minus, known);
	pass_put(p, 2, plus, wilders(average + 3 * EMA_SIZE, w, range, known,
	    p->n, plus));
}
