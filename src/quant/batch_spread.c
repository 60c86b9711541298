/*
 * Batches of the indicators of width and of channels.
 */
#include "quant/batch.h"

/* Mean and population deviation of the window that ends at each bar. */
WIDE static size_t
deviations(const double *x, size_t from, size_t n, double w,
    double *restrict mean, double *restrict out)
{
	size_t valid = from + (size_t)w - 1;
	double by = 1 / w;

	if (valid >= n)
		return (n);
	span_spread(x + from, n - from, (size_t)w, mean + valid, out + valid);
	for (size_t i = valid; i < n; i++)
		out[i] = sqrt(out[i] * by);
	return (valid);
}

void
deviation_pass(const double *param, struct pass *p)
{
	double mean[PASS_ROOM], x[PASS_ROOM];

	pass_put(p, 0, x, deviations(p->close, 0, p->n, param[0], mean, x));
}

WIDE void
z_score_pass(const double *param, struct pass *p)
{
	double mean[PASS_ROOM], x[PASS_ROOM];
	size_t from = deviations(p->close, 0, p->n, param[0], mean, x);

	for (size_t i = from; i < p->n; i++)
		x[i] = x[i] > 0 ? (p->close[i] - mean[i]) / x[i] : NAN;
	pass_put(p, 0, x, from);
}

WIDE void
bollinger_pass(const double *param, struct pass *p)
{
	double mean[PASS_ROOM], x[PASS_ROOM], low[PASS_ROOM];
	double high[PASS_ROOM];
	size_t from = deviations(p->close, 0, p->n, param[0], mean, x);

	for (size_t i = from; i < p->n; i++) {
		high[i] = mean[i] + param[1] * x[i];
		low[i] = mean[i] - param[1] * x[i];
		x[i] = high[i] - low[i];
	}
	pass_put(p, 0, mean, from);
	pass_put(p, 1, high, from);
	pass_put(p, 2, low, from);
	for (size_t i = from; i < p->n; i++) {
		low[i] = (p->close[i] - low[i]) / x[i];
		low[i] = x[i] > 0 ? low[i] : NAN;
		x[i] = x[i] / mean[i];
		x[i] = mean[i] != 0 ? x[i] : NAN;
	}
	pass_put(p, 3, low, from);
	pass_put(p, 4, x, from);
}

WIDE void
volatility_pass(const double *param, struct pass *p)
{
	double mean[PASS_ROOM], x[PASS_ROOM], r[PASS_ROOM], w = param[0];
	double by = sqrt(w / (w - 1) * param[1]);
	size_t from;

	for (size_t i = 1; i < p->n; i++)
		r[i] = p->close[i] / p->close[i - 1] - 1;
	from = deviations(r, 1, p->n, w, mean, x);
	for (size_t i = from; i < p->n; i++)
		x[i] *= by;
	pass_put(p, 0, x, from);
}

/* ---- ranges of bars ---------------------------------------------- */

WIDE void
pass_ranges(const struct pass *p, double *restrict out)
{
	double range, up, down;

	for (size_t i = 1; i < p->n; i++) {
		range = p->high[i] - p->low[i];
		up = fabs(p->high[i] - p->close[i - 1]);
		down = fabs(p->low[i] - p->close[i - 1]);
		range = up > range ? up : range;
		out[i] = down > range ? down : range;
	}
}

void
true_range_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	(void)param;
	pass_ranges(p, x);
	pass_put(p, 0, x, 1);
}

/* Wilder's average of them. */
static size_t
average_ranges(double *ema, double w, const struct pass *p, double *x)
{
	pass_ranges(p, x);
	return (stage_ema(ema, w, 1 / w, x, p->fresh > 0 ? p->fresh : 1, p->n,
	    x));
}

WIDE void
atr_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];
	size_t from = average_ranges(p->carry + 2, param[0], p, x);

	pass_put(p, 0, x, from);
	for (size_t i = from; i < p->n; i++) {
		x[i] = 100 * x[i] / p->close[i];
		x[i] = p->close[i] != 0 ? x[i] : NAN;
	}
	pass_put(p, 1, x, from);
}

WIDE void
keltner_pass(const double *param, struct pass *p)
{
	double middle[PASS_ROOM], x[PASS_ROOM], most[PASS_ROOM];
	size_t from, known;

	known = stage_ema(p->carry, param[0], ema_alpha(param[0]), p->close,
	    p->fresh, p->n, middle);
	from = average_ranges(p->carry + EMA_SIZE + 2, param[2], p, x);
	from = known > from ? known : from;
	for (size_t i = from; i < p->n; i++) {
		most[i] = middle[i] + param[1] * x[i];
		x[i] = middle[i] - param[1] * x[i];
	}
	pass_put(p, 0, middle, from);
	pass_put(p, 1, most, from);
	pass_put(p, 2, x, from);
}

/* ---- channels ---------------------------------------------------- */

/* Halfway between the extremes of the window that ends at each bar. */
WIDE static size_t
middles(const struct pass *p, double w, double *restrict out)
{
	double high[PASS_ROOM], low[PASS_ROOM];
	size_t from = stage(span_high, p->high, 0, p->n, w, high);

	stage(span_low, p->low, 0, p->n, w, low);
	for (size_t i = from; i < p->n; i++)
		out[i] = (high[i] + low[i]) / 2;
	return (from);
}

size_t
ichimoku_lead(const double *param)
{
	return ((size_t)(fmax(fmax(param[0], param[1]), param[2]) + param[3]) -
	    1);
}

/* x[i], which was known `shift` bars before. */
static size_t
shifted_stage(const double *x, size_t from, size_t n, size_t shift,
    double *out)
{
	if (n < shift)
		return (n);
	for (size_t i = n - shift; i-- > from;)
		out[i + shift] = x[i];
	return (from + shift < n ? from + shift : n);
}

WIDE void
ichimoku_pass(const double *param, struct pass *p)
{
	double fast[PASS_ROOM], base[PASS_ROOM], x[PASS_ROOM];
	size_t from, known, shift = (size_t)param[3];

	from = middles(p, param[2], x);
	pass_put(p, 3, x, shifted_stage(x, from, p->n, shift, x));
	known = middles(p, param[0], fast);
	from = middles(p, param[1], base);
	from = known > from ? known : from;
	pass_put(p, 0, fast, from);
	pass_put(p, 1, base, from);
	for (size_t i = from; i < p->n; i++)
		x[i] = (fast[i] + base[i]) / 2;
	pass_put(p, 2, x, shifted_stage(x, from, p->n, shift, x));
}

/* Of the bars before: what ends at a bar belongs to the next. */
WIDE void
donchian_pass(const double *param, struct pass *p)
{
	double high[PASS_ROOM], low[PASS_ROOM], x[PASS_ROOM];
	size_t from = stage(span_high, p->high, 0, p->n - 1, param[0],
	    high + 1) + 1;

	stage(span_low, p->low, 0, p->n - 1, param[0], low + 1);
	for (size_t i = from; i < p->n; i++)
		x[i] = (high[i] + low[i]) / 2;
	pass_put(p, 0, high, from);
	pass_put(p, 1, x, from);
	pass_put(p, 2, low, from);
}
