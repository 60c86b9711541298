/*
 * Batches of the averages, and of what is a difference of closes.
 */
#include "quant/batch.h"

WIDE void
return_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	(void)param;
	for (size_t i = 1; i < p->n; i++)
		x[i] = p->close[i] / p->close[i - 1] - 1;
	pass_put(p, 0, x, 1);
}

void
sma_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	pass_put(p, 0, x, stage(span_mean, p->close, 0, p->n, param[0], x));
}

/* `deep` averages, each of the one before; from where the last is known. */
static size_t
averages(double *ema, double w, size_t deep, struct pass *p,
    double (*x)[PASS_ROOM])
{
	const double *of = p->close;
	size_t from = p->fresh;

	for (size_t i = 0; i < deep; i++) {
		from = stage_ema(ema + i * EMA_SIZE, w, ema_alpha(w), of, from,
		    p->n, x[i]);
		of = x[i];
	}
	return (from);
}

void
ema_pass(const double *param, struct pass *p)
{
	double x[1][PASS_ROOM];

	pass_put(p, 0, x[0], averages(p->carry, param[0], 1, p, x));
}

void
wma_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM];

	pass_put(p, 0, x, stage(span_weighted, p->close, 0, p->n, param[0],
	    x));
}

WIDE void
dema_pass(const double *param, struct pass *p)
{
	double x[2][PASS_ROOM];
	size_t from = averages(p->carry, param[0], 2, p, x);

	for (size_t i = from; i < p->n; i++)
		x[0][i] = 2 * x[0][i] - x[1][i];
	pass_put(p, 0, x[0], from);
}

WIDE void
tema_pass(const double *param, struct pass *p)
{
	double x[3][PASS_ROOM];
	size_t from = averages(p->carry, param[0], 3, p, x);

	for (size_t i = from; i < p->n; i++)
		x[0][i] = 3 * x[0][i] - 3 * x[1][i] + x[2][i];
	pass_put(p, 0, x[0], from);
}

size_t
hma_lead(const double *param)
{
	return (hma_need(param) - 1);
}

WIDE void
hma_pass(const double *param, struct pass *p)
{
	double slow[PASS_ROOM], fast[PASS_ROOM], w = param[0];
	size_t from = stage(span_weighted, p->close, 0, p->n, w, slow);

	stage(span_weighted, p->close, 0, p->n, floor(w / 2), fast);
	for (size_t i = from; i < p->n; i++)
		fast[i] = 2 * fast[i] - slow[i];
	pass_put(p, 0, slow, stage(span_weighted, fast, from, p->n,
	    floor(sqrt(w)), slow));
}

/* How far the average moves towards each close. */
WIDE static void
kama_rates(const double *param, const struct pass *p, size_t from,
    double *restrict rate)
{
	double moves[PASS_ROOM], w = param[0], share;
	double fast = 2 / (param[1] + 1), slow = 2 / (param[2] + 1);
	size_t lag = (size_t)w;

	for (size_t i = 1; i < p->n; i++)
		rate[i] = fabs(p->close[i] - p->close[i - 1]);
	stage(span_mean, rate, 1, p->n, w, moves);
	for (size_t i = from; i < p->n; i++) {
		share = fabs(p->close[i] - p->close[i - lag]) / (moves[i] * w);
		share = share < 1 ? share : 1;
		share = moves[i] > 0 ? share : 0;
		share = share * (fast - slow) + slow;
		rate[i] = share * share;
	}
}

void
kama_pass(const double *param, struct pass *p)
{
	size_t w = (size_t)param[0], from = p->fresh > 0 ? p->fresh : w;
	double rate[PASS_ROOM], e = p->carry[0];

	if (p->fresh == 0)
		e = p->close[w - 1];
	kama_rates(param, p, from, rate);
	for (size_t i = from; i < p->n; i++)
		e = rate[i] = (1 - rate[i]) * e + rate[i] * p->close[i];
	p->carry[0] = e;
	pass_put(p, 0, rate, from);
}

/* The signal's average leaves out what has no value. */
static void
trix_signal(double *ema, double w, const double *x, size_t from, size_t n,
    double *out)
{
	for (size_t i = from; i < n; i++)
		if (isnan(x[i]) ||
		    !ema_push(ema, w, ema_alpha(w), x[i], &out[i]))
			out[i] = NAN;
}

/* The carry begins as trix_step()'s state: the last triple average. */
void
trix_pass(const double *param, struct pass *p)
{
	double x[3][PASS_ROOM], *chain = p->carry + 2, before = p->carry[1];
	size_t from = averages(chain, param[0], 3, p, x);
	bool whole = true;

	if (p->carry[0] == 0 && from < p->n) {
		before = x[2][from++];
		p->carry[0] = 1;
	}
	for (size_t i = from; i < p->n; i++) {
		whole &= before != 0;
		x[0][i] = before != 0 ? 100 * (x[2][i] / before - 1) : NAN;
		before = x[2][i];
	}
	p->carry[1] = before;
	chain += 3 * EMA_SIZE;
	if (whole)
		stage_ema(chain, param[1], ema_alpha(param[1]), x[0], from,
		    p->n, x[1]);
	else
		trix_signal(chain, param[1], x[0], from, p->n, x[1]);
	pass_put(p, 0, x[0], from);
	pass_put(p, 1, x[1], from);
}

WIDE void
macd_pass(const double *param, struct pass *p)
{
	double x[PASS_ROOM], slow[PASS_ROOM];
	size_t from, known;

	from = stage_ema(p->carry, param[0], ema_alpha(param[0]), p->close,
	    p->fresh, p->n, x);
	known = stage_ema(p->carry + EMA_SIZE, param[1], ema_alpha(param[1]),
	    p->close, p->fresh, p->n, slow);
	from = known > from ? known : from;
	for (size_t i = from; i < p->n; i++)
		x[i] -= slow[i];
	pass_put(p, 0, x, from);
	from = stage_ema(p->carry + 2 * EMA_SIZE, param[2],
	    ema_alpha(param[2]), x, from, p->n, slow);
	pass_put(p, 1, slow, from);
	for (size_t i = from; i < p->n; i++)
		x[i] -= slow[i];
	pass_put(p, 2, x, from);
}

WIDE void
slope_pass(const double *param, struct pass *p)
{
	double products[PASS_ROOM], squares[PASS_ROOM], w = param[0];
	double by = 12 / (w * (w * w - 1));
	size_t from = (size_t)w - 1;

	span_line(p->close, p->n, (size_t)w, products + from, squares + from);
	for (size_t i = from; i < p->n; i++) {
		squares[i] = squares[i] > 0 ?
		    products[i] * (products[i] * by) / squares[i] : NAN;
		products[i] *= by;
	}
	pass_put(p, 0, products, from);
	pass_put(p, 1, squares, from);
}

WIDE void
momentum_pass(const double *param, struct pass *p)
{
	size_t w = (size_t)param[0];
	double x[PASS_ROOM];

	for (size_t i = w; i < p->n; i++)
		x[i] = p->close[i] - p->close[i - w];
	pass_put(p, 0, x, w);
}

WIDE void
roc_pass(const double *param, struct pass *p)
{
	size_t w = (size_t)param[0];
	double x[PASS_ROOM];

	for (size_t i = w; i < p->n; i++)
		x[i] = 100 * (p->close[i] / p->close[i - w] - 1);
	pass_put(p, 0, x, w);
}
