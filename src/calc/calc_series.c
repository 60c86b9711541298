/*
 * Rows that answer arrays: indicators and rolling windows. Where there is
 * not history enough the array begins with null, so its length is the
 * input's.
 */
#include "calc/formula.h"

/* One series, `n` of `whole` values at its end. */
static void
series_answer(struct question *q, const double *x, size_t n, size_t whole)
{
	verdict_values(q);
	verdict_series(q, q->formula->output[0], whole - n, x, n);
	verdict_values_end(q, n > 0 ? WHY_OK : WHY_INSUFFICIENT_DATA);
}

void
run_wealth(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	quant_wealth(r->x, r->n, r->x);
	series_answer(q, r->x, r->n, r->n);
}

void
run_underwater(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	quant_underwater(r->x, r->n, r->x);
	series_answer(q, r->x, r->n, r->n);
}

static size_t
window_of(const struct question *q)
{
	return ((size_t)question_param(q, "window"));
}

void
run_rolling_mean(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	series_answer(q, r->x, quant_roll_mean(r->x, r->n, window_of(q),
	    r->x), r->n);
}

void
run_rolling_volatility(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	series_answer(q, r->x, quant_roll_volatility(r->x, r->n, window_of(q),
	    question_param(q, "periods"), r->x), r->n);
}

void
run_rolling(struct question *q)
{
	struct series s;
	enum why why = question_series(q, &s);
	size_t n = why == WHY_OK ? q->formula->of.roll(&s, window_of(q),
	    q->in[IN_RETURNS].x) : 0;

	if (why == WHY_OK) {
		series_answer(q, s.r, n, s.n);
		return;
	}
	verdict_values(q);
	verdict_series(q, q->formula->output[0], s.n, NULL, 0);
	verdict_values_end(q, why);
}

/* ---- indicators -------------------------------------------------- */

static enum why
bars_of(const struct question *q, struct bars *b)
{
	const struct column *in = q->in;
	unsigned reads = q->formula->of.row->reads;

	*b = (struct bars){ in[IN_OPEN].x, in[IN_HIGH].x, in[IN_LOW].x,
	    in[IN_CLOSE].x, in[IN_VOLUME].x, 0 };
	for (enum input id = IN_OPEN; id <= IN_VOLUME; id++)
		if (in[id].x != NULL && b->n == 0)
			b->n = in[id].n;
	for (enum input id = IN_OPEN; id <= IN_VOLUME; id++)
		if (in[id].x != NULL && b->n != in[id].n)
			return (WHY_MISALIGNED);
	for (size_t i = 0; (reads & BAR_POSITIVE) && i < b->n; i++)
		if (b->close[i] <= 0)
			return (WHY_NON_POSITIVE_BASE);
	return (WHY_OK);
}

void
run_indicator(struct question *q)
{
	const struct indicator *row = q->formula->of.row;
	double *out[INDICATOR_OUTPUTS_MAX];
	struct bars b;
	enum why why = bars_of(q, &b);
	size_t n = 0;

	for (int j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		out[j] = row->output[j] == NULL ? NULL : question_room(q, b.n);
	if (why == WHY_OK)
		n = quant_indicator_run(row, q->param, &b,
		    question_room(q, row->size(q->param)), out);
	if (why == WHY_OK && n == 0)
		why = WHY_INSUFFICIENT_DATA;
	verdict_values(q);
	for (int j = 0; j < INDICATOR_OUTPUTS_MAX && row->output[j] != NULL;
	    j++)
		verdict_series(q, row->output[j], b.n - n, out[j], n);
	verdict_values_end(q, why);
}
