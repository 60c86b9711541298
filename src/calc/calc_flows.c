/*
 * Rows about dated values and the money that moved: time-weighted and
 * money-weighted returns, and what parts contributed.
 */
#include "calc/formula.h"

void
run_xirr(struct question *q)
{
	struct json *j = verdict_json(q);
	struct xirr x;

	quant_xirr(q->flows, q->in[IN_FLOWS].n, &x);
	verdict_figure(q, x.shown);
	verdict_beside(q, "annual", x.annual);
	jw_key(j, "roots");
	jw_array(j);
	for (size_t i = 0; i < x.n; i++)
		jw_real(j, x.root[i]);
	jw_array_end(j);
}

void
run_xnpv(struct question *q)
{
	if (q->in[IN_FLOWS].n == 0)
		verdict_figure(q, figure_none(WHY_INSUFFICIENT_DATA));
	else
		verdict_figure(q, figure_of(quant_xnpv(q->flows,
		    q->in[IN_FLOWS].n, question_param(q, "rate")), 0));
}

/* Flows to the days they fall on, which must all be valued. */
static enum why
flows_lay(const struct question *q, double *in, double *out)
{
	size_t n = q->in[IN_VALUES].n, at = 0;
	const struct cashflow *f = q->flows;

	for (size_t i = 0; i < q->in[IN_FLOWS].n; i++) {
		while (at < n && day_cmp(q->on[at], f[i].on) < 0)
			at++;
		if (at == n || day_cmp(q->on[at], f[i].on) != 0)
			return (WHY_MISSING_PRICE);
		if (f[i].amount > 0)
			in[at] += f[i].amount;
		else
			out[at] -= f[i].amount;
	}
	return (WHY_OK);
}

static enum why
values_fault(const struct question *q)
{
	if (q->in[IN_VALUES].n < 2)
		return (WHY_INSUFFICIENT_DATA);
	if (q->in[IN_FLOWS].n > 0 && !question_has(q, IN_DATES))
		return (WHY_INVALID_INPUT);
	return (question_days(q, q->in[IN_VALUES].n, false));
}

void
run_twr(struct question *q)
{
	const struct column *v = &q->in[IN_VALUES];
	double *in = question_room(q, v->n), *out = question_room(q, v->n);
	double *r = question_room(q, v->n);
	enum why why = values_fault(q);
	struct twr t;

	if (why == WHY_OK)
		why = flows_lay(q, in, out);
	if (why == WHY_OK)
		why = quant_twr(v->x, in, out, v->n, r, &t);
	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_figure(q, t.total);
	if (question_has(q, IN_DATES) && figure_ok(t.total))
		verdict_beside(q, "annualised", quant_annualised(
		    t.total.value, q->on[0], q->on[v->n - 1]));
	if (t.restart > 0)
		verdict_beside(q, "segment", t.segment);
	verdict_series(q, "returns", 0, r, v->n - 1);
}

void
run_modified_dietz(struct question *q)
{
	const struct column *v = &q->in[IN_VALUES];
	enum why why = values_fault(q);
	enum dietz rule = question_word(q, "rule", "start") ? DIETZ_START :
	    question_word(q, "rule", "end") ? DIETZ_END :
	    DIETZ_IN_START_OUT_END;

	verdict_figure(q, why != WHY_OK ? figure_none(why) :
	    quant_modified_dietz(v->x[0], v->x[v->n - 1], q->on[0],
	    q->on[v->n - 1], q->flows, q->in[IN_FLOWS].n, rule));
}

/* Trades, not flows: bought above 0, sold below, while values were taken. */
void
run_turnover(struct question *q)
{
	const struct column *v = &q->in[IN_VALUES];
	size_t last = v->n - 1;
	double bought = 0, sold = 0;
	enum why why = values_fault(q);

	for (size_t i = 0; why == WHY_OK && i < q->in[IN_FLOWS].n; i++) {
		if (day_cmp(q->flows[i].on, q->on[0]) < 0 ||
		    day_cmp(q->flows[i].on, q->on[last]) > 0)
			why = WHY_INVALID_INPUT;
		bought += fmax(0, q->flows[i].amount);
		sold -= fmin(0, q->flows[i].amount);
	}
	verdict_figure(q, why != WHY_OK ? figure_none(why) :
	    quant_turnover(bought, sold, quant_mean(v->x, v->n).value,
	    q->on[0], q->on[last]));
}

/* ---- by month ---------------------------------------------------- */

static bool
same_month(day a, day b)
{
	int ya, yb, ma, mb, d;

	day_civil(a, &ya, &ma, &d);
	day_civil(b, &yb, &mb, &d);
	return (ya == yb && ma == mb);
}

static void
month_write(struct json *j, day on)
{
	char text[DAY_TEXT_MAX];

	day_print(on, text);
	text[7] = '\0';
	jw_z(j, text);
}

/* Ends of the months' runs of returns; how many. */
static size_t
months_cut(const struct question *q, size_t n, size_t *end)
{
	size_t months = 0;

	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || !same_month(q->on[i], q->on[i + 1]))
			end[months++] = i + 1;
	return (months);
}

void
run_monthly_returns(struct question *q)
{
	const struct column *r = &q->in[IN_RETURNS];
	size_t *end = ARENA_MANY(q->arena, r->n, size_t), months;
	double *linked = question_room(q, r->n);
	enum why why = question_days(q, r->n, false);
	struct json *j;

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	months = months_cut(q, r->n, end);
	for (size_t i = 0, at = 0; i < months; at = end[i++])
		linked[i] = quant_cumulative(r->x + at, end[i] - at).value;
	verdict_values(q);
	j = verdict_json(q);
	jw_key(j, "month");
	jw_array(j);
	for (size_t i = 0; i < months; i++)
		month_write(j, q->on[end[i] - 1]);
	jw_array_end(j);
	verdict_series(q, "return", 0, linked, months);
	verdict_values_end(q, WHY_OK);
}

/* ---- attribution ------------------------------------------------- */

void
run_contribution(struct question *q)
{
	const struct column *r = &q->in[IN_RETURNS];
	const struct many *parts = &q->many[IN_PARTS];
	size_t n = parts->n, m = parts->count;
	double *daily = question_room(q, n * m), *out = question_room(q, m);
	enum why why = n == r->n ? WHY_OK : WHY_MISALIGNED;

	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; i < m; i++)
			daily[t * m + i] = parts->x[i][t];
	if (why == WHY_OK)
		why = quant_contributions(daily, r->x, n, m, out);
	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	verdict_values(q);
	for (size_t i = 0; i < m; i++)
		verdict_beside(q, many_name(q, parts, i),
		    figure_of(out[i], 0));
	verdict_values_end(q, WHY_OK);
}

void
run_brinson(struct question *q)
{
	size_t n = q->in[IN_SEGMENTS].n;
	struct effects *e = ARENA_MANY(q->arena, n, struct effects);
	double *x = question_room(q, 3 * n);
	enum why why = quant_brinson(q->segments, n, e);

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		x[i] = e[i].allocation;
		x[n + i] = e[i].selection;
		x[2 * n + i] = e[i].interaction;
	}
	verdict_values(q);
	for (size_t k = 0; k < 3; k++)
		verdict_series(q, q->formula->output[k], 0, x + k * n, n);
	verdict_values_end(q, WHY_OK);
}
