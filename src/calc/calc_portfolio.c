/*
 * What portfolios.c's rows run: assets from prices or from a covariance,
 * weights under their names.
 */
#include <string.h>

#include "calc/formula.h"

/* The returns of every series of prices, one behind the other. */
static enum why
prices_returns(struct question *q, double **r, size_t *t)
{
	const struct many *m = &q->many[IN_PRICES];
	enum why why = WHY_OK;

	*t = m->n > 0 ? m->n - 1 : 0;
	*r = question_room(q, m->count * m->n);
	for (size_t i = 0; i < m->count && why == WHY_OK; i++)
		why = quant_simple_returns(m->x[i], m->n, *r + i * *t);
	return (m->count == 0 ? WHY_INSUFFICIENT_DATA : why);
}

static enum why
assets_of_prices(struct question *q, struct assets *a)
{
	double periods = question_param(q, "periods"), *c, *mean, *r;
	struct figure f;
	size_t t;
	enum why why = prices_returns(q, &r, &t);

	if (why != WHY_OK)
		return (why);
	a->n = q->many[IN_PRICES].count;
	a->covariance = c = question_room(q, a->n * a->n);
	a->mean = mean = question_room(q, a->n);
	why = quant_covariances(r, a->n, t, c);
	for (size_t i = 0; i < a->n * a->n; i++)
		c[i] *= periods;
	for (size_t i = 0; i < a->n && why == WHY_OK; i++) {
		f = quant_annualised_periods(r + i * t, t, periods);
		mean[i] = f.value;
		why = f.why;
	}
	return (why);
}

static enum why
assets_of_covariance(struct question *q, struct assets *a)
{
	const struct many *m = &q->many[IN_COVARIANCE];
	double *c = question_room(q, m->count * m->count);

	a->n = m->count;
	a->covariance = c;
	if (m->n != m->count)
		return (WHY_MISALIGNED);
	for (size_t i = 0; i < a->n; i++)
		memcpy(c + i * a->n, m->x[i], a->n * sizeof(*c));
	return (WHY_OK);
}

static bool
column_fits(const struct question *q, enum input id, size_t n)
{
	return (q->in[id].x == NULL || q->in[id].n == n);
}

/* Every bound: its own, or the parameter. */
static const double *
bounds_of(struct question *q, enum input id, const char *param, size_t n)
{
	double all = question_param(q, param), *x;

	if (q->in[id].x != NULL || isnan(all))
		return (q->in[id].x);
	x = question_room(q, n);
	for (size_t i = 0; i < n; i++)
		x[i] = all;
	return (x);
}

/* False when neither prices nor a covariance is there, with a fault. */
static bool
question_assets(struct question *q, struct assets *a, enum why *why)
{
	*a = (struct assets){ 0 };
	if (!question_has(q, IN_PRICES) && !question_has(q, IN_COVARIANCE)) {
		snprintf(q->fault, sizeof(q->fault),
		    "inputs.prices or inputs.covariance is missing");
		return (false);
	}
	*why = question_has(q, IN_COVARIANCE) ? assets_of_covariance(q, a) :
	    assets_of_prices(q, a);
	if (*why != WHY_OK)
		return (true);
	if (!column_fits(q, IN_EXPECTED, a->n) ||
	    !column_fits(q, IN_LOWER, a->n) || !column_fits(q, IN_UPPER, a->n))
		*why = WHY_MISALIGNED;
	if (question_has(q, IN_EXPECTED))
		a->mean = q->in[IN_EXPECTED].x;
	a->low = bounds_of(q, IN_LOWER, "min", a->n);
	a->high = bounds_of(q, IN_UPPER, "max", a->n);
	return (true);
}

static const struct many *
assets_names(const struct question *q)
{
	return (&q->many[question_has(q, IN_COVARIANCE) ? IN_COVARIANCE :
	    IN_PRICES]);
}

/* "weights", and what they are expected to do, in an open object. */
static void
weights_write(struct question *q, const struct assets *a, const double *w)
{
	struct json *j = verdict_json(q);
	struct weighed x;

	quant_weigh(a, w, question_param(q, "risk_free"), &x);
	jw_key(j, "weights");
	jw_open(j);
	for (size_t i = 0; i < a->n; i++)
		verdict_beside(q, many_name(q, assets_names(q), i),
		    figure_of(w[i], 0));
	jw_close(j);
	verdict_beside(q, "return", x.expected);
	verdict_beside(q, "volatility", x.deviation);
	verdict_beside(q, "sharpe", x.sharpe);
}

void
run_weights(struct question *q)
{
	struct assets a;
	double *w;
	enum why why;

	if (!question_assets(q, &a, &why))
		return;
	w = question_room(q, a.n);
	if (why == WHY_OK)
		why = q->formula->of.weigh(q, &a, w,
		    question_room(q, WEIGHTS_WORK(a.n)));
	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	weights_write(q, &a, w);
	verdict_values_end(q, WHY_OK);
}

void
run_frontier(struct question *q)
{
	size_t points = (size_t)question_param(q, "points");
	struct assets a;
	struct json *j;
	double *w;
	enum why why;

	if (!question_assets(q, &a, &why))
		return;
	w = question_room(q, a.n * points);
	if (why == WHY_OK)
		why = quant_frontier(&a, points, w,
		    question_room(q, WEIGHTS_WORK(a.n)));
	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	j = verdict_json(q);
	jw_key(j, "points");
	jw_array(j);
	for (size_t k = 0; k < points; k++) {
		jw_open(j);
		weights_write(q, &a, w + k * a.n);
		jw_close(j);
	}
	jw_array_end(j);
	verdict_values_end(q, WHY_OK);
}

/* ---- covariances ------------------------------------------------- */

static void
covariance_write(struct question *q, double *c, enum why why)
{
	const struct many *m = &q->many[IN_PRICES];
	double periods = question_param(q, "periods");

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	for (size_t i = 0; i < m->count * m->count; i++)
		c[i] *= periods;
	verdict_values(q);
	for (size_t i = 0; i < m->count; i++)
		verdict_series(q, many_name(q, m, i), 0, c + i * m->count,
		    m->count);
	verdict_values_end(q, WHY_OK);
}

void
run_covariance_matrix(struct question *q)
{
	size_t n = q->many[IN_PRICES].count, t;
	double *r, *c = question_room(q, n * n);
	enum why why = prices_returns(q, &r, &t);

	if (why == WHY_OK)
		why = quant_covariances(r, n, t, c);
	covariance_write(q, c, why);
}

void
run_ledoit_wolf(struct question *q)
{
	size_t n = q->many[IN_PRICES].count, t;
	double *r, *c = question_room(q, n * n), shrinkage = NAN;
	enum why why = prices_returns(q, &r, &t);

	if (why == WHY_OK)
		why = quant_shrunk_covariances(r, n, t, c, &shrinkage,
		    question_room(q, n * t));
	covariance_write(q, c, why);
	verdict_beside(q, "shrinkage", figure_of(shrinkage, 0));
}

/* ---- factors, paths, trades -------------------------------------- */

void
run_regression(struct question *q)
{
	const struct many *m = &q->many[IN_FACTORS];
	const struct column *y = &q->in[IN_RETURNS];
	size_t n = m->n, k = m->count;
	double *x = question_room(q, n * k), *b = question_room(q, k + 1);
	double *error = question_room(q, k + 1), *rest = question_room(q, n);
	struct regression out;
	enum why why = n == y->n ? WHY_OK : WHY_MISALIGNED;

	for (size_t i = 0; i < k; i++)
		memcpy(x + i * n, m->x[i], n * sizeof(*x));
	if (why == WHY_OK)
		why = quant_regress(y->x, x, n, k, b, error, rest,
		    question_room(q, (n + k + 1) * (k + 1)), &out);
	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	verdict_series(q, "coefficients", 0, b, k + 1);
	verdict_series(q, "errors", 0, error, k + 1);
	verdict_series(q, "residuals", 0, rest, n);
	verdict_beside(q, "r_squared", out.r_squared);
	verdict_beside(q, "adjusted_r_squared", out.adjusted);
	verdict_beside(q, "deviation", out.deviation);
	verdict_values_end(q, WHY_OK);
}

void
run_projection(struct question *q)
{
	struct projection p = { .r = q->in[IN_RETURNS].x,
	    .n = q->in[IN_RETURNS].n, .mean = question_param(q, "mean"),
	    .deviation = question_param(q, "deviation"),
	    .start = question_param(q, "start"),
	    .flow = question_param(q, "flow"),
	    .growth = question_param(q, "growth"),
	    .periods = (size_t)question_param(q, "horizon"),
	    .paths = (size_t)question_param(q, "paths"),
	    .seed = (uint64_t)question_param(q, "seed") };
	double *level = question_room(q, p.periods * PROJECTION_LEVELS);
	double *one = question_room(q, p.periods);
	struct prospect end;
	enum why why = quant_project(&p, level, question_room(q, 2 * p.paths),
	    &end);

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	for (size_t k = 0; k < PROJECTION_LEVELS; k++) {
		for (size_t i = 0; i < p.periods; i++)
			one[i] = level[i * PROJECTION_LEVELS + k];
		verdict_series(q, q->formula->output[k], 0, one, p.periods);
	}
	verdict_beside(q, "mean", end.mean);
	verdict_beside(q, "ruined", end.ruined);
	verdict_values_end(q, WHY_OK);
}

void
run_rebalance(struct question *q)
{
	const struct column *held = &q->in[IN_HELD], *to = &q->in[IN_TARGET];
	struct rebalance b = { .n = held->n, .value = held->x,
	    .target = to->x, .cash = question_param(q, "cash"),
	    .band = question_param(q, "band"),
	    .least = question_param(q, "least"),
	    .no_sales = question_word(q, "sales", "no") };
	double *trade = question_room(q, b.n);
	enum why why = held->n == to->n ? quant_rebalance(&b, trade) :
	    WHY_MISALIGNED;

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	verdict_series(q, "trades", 0, trade, b.n);
	verdict_values_end(q, WHY_OK);
}
