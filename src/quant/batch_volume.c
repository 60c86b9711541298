/*
 * Batches of the indicators of traded volume.
 */
#include "quant/batch.h"

/* What a bar adds to the line; the first adds nothing. */
WIDE static void
obv_moves(const struct pass *p, double *restrict x)
{
	double up, down, volume;

	x[0] = 0;
	for (size_t i = 1; i < p->n; i++) {
		/* Read whichever way it goes. */
		volume = p->volume[i];
		up = p->close[i] > p->close[i - 1] ? volume : 0;
		down = p->close[i] < p->close[i - 1] ? volume : 0;
		x[i] = up - down;
	}
}

void
obv_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM], line = p->carry[2];

	(void)param;
	obv_moves(p, x);
	for (size_t i = p->fresh; i < p->n; i++)
		x[i] = line += x[i];
	p->carry[2] = line;
	pass_put(p, 0, x, p->fresh);
}

/* Values become the sums up to them, and of all before: kept[0 .. 1]. */
static void
sums_on(double *kept, double *x, size_t from, size_t n)
{
	struct sum sum = { kept[0], kept[1] };

	for (size_t i = from; i < n; i++) {
		sum_add(&sum, x[i]);
		x[i] = sum_of(sum);
	}
	kept[0] = sum.total;
	kept[1] = sum.lost;
}

WIDE void
vwap_pass(const double *param, struct pass *p)
{
	double money[PASS_ROOM], volume[PASS_ROOM];

	(void)param;
	for (size_t i = p->fresh; i < p->n; i++) {
		money[i] = (p->high[i] + p->low[i] + p->close[i]) / 3 *
		    p->volume[i];
		volume[i] = p->volume[i];
	}
	sums_on(p->carry, money, p->fresh, p->n);
	sums_on(p->carry + 2, volume, p->fresh, p->n);
	for (size_t i = p->fresh; i < p->n; i++)
		money[i] = volume[i] > 0 ? money[i] / volume[i] : NAN;
	pass_put(p, 0, money, p->fresh);
}

/* Volume, by where the close lies between the bar's low and high. */
WIDE static void
money_flows(const struct pass *p, double *restrict out)
{
	double range, high, low;

	for (size_t i = 0; i < p->n; i++) {
		high = p->high[i];
		low = p->low[i];
		range = ((p->close[i] - low) - (high - p->close[i])) /
		    (high - low) * p->volume[i];
		out[i] = high > low ? range : 0;
	}
}

void
ad_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	(void)param;
	money_flows(p, x);
	sums_on(p->carry, x, p->fresh, p->n);
	pass_put(p, 0, x, p->fresh);
}

WIDE void
money_flow_pass(const double *param, struct pass *p)
{
	double flow[PASS_ROOM], x[PASS_ROOM], volume[PASS_ROOM];
	size_t from;

	money_flows(p, flow);
	from = stage(span_mean, flow, 0, p->n, param[0], x);
	stage(span_mean, p->volume, 0, p->n, param[0], volume);
	for (size_t i = from; i < p->n; i++)
		x[i] = volume[i] > 0 ? x[i] / volume[i] : NAN;
	pass_put(p, 0, x, from);
}

WIDE void
chaikin_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM], slow[PASS_ROOM], *ema = p->carry + 2;
	size_t from, known;

	money_flows(p, x);
	sums_on(p->carry, x, p->fresh, p->n);
	from = stage_ema(ema + EMA_SIZE, param[1], ema_alpha(param[1]), x,
	    p->fresh, p->n, slow);
	known = stage_ema(ema, param[0], ema_alpha(param[0]), x, p->fresh,
	    p->n, x);
	from = known > from ? known : from;
	for (size_t i = from; i < p->n; i++)
		x[i] -= slow[i];
	pass_put(p, 0, x, from);
}

WIDE void
mfi_pass(const double *param, struct pass *p)
{
	double typical[PASS_ROOM], up[PASS_ROOM], down[PASS_ROOM], money, all;
	double in[PASS_ROOM];
	size_t from;

	for (size_t i = 0; i < p->n; i++)
		typical[i] = (p->high[i] + p->low[i] + p->close[i]) / 3;
	for (size_t i = 1; i < p->n; i++) {
		money = typical[i] * p->volume[i];
		up[i] = typical[i] > typical[i - 1] ? money : 0;
		down[i] = typical[i] < typical[i - 1] ? money : 0;
	}
	from = stage(span_mean, up, 1, p->n, param[0], in);
	stage(span_mean, down, 1, p->n, param[0], up);
	for (size_t i = from; i < p->n; i++) {
		all = in[i] + up[i];
		in[i] = all > 0 ? 100 * in[i] / all : NAN;
	}
	pass_put(p, 0, in, from);
}
