/*
 * Rows about a list of returns, alone or beside a benchmark's: one figure
 * each. The figures are quant's; here they are only asked for.
 */
#include "calc/formula.h"

/* The risk-free rate of a period: by period, or from a year's yield. */
static enum why
series_rate(const struct question *q, struct series *s)
{
	const struct column *rate = &q->in[IN_RISK_FREE];
	double yield = isnan(q->yield) ? question_param(q, "risk_free") :
	    q->yield;
	struct figure f;

	if (rate->x != NULL) {
		s->rf = rate->x;
		return (rate->n == s->n ? WHY_OK : WHY_MISALIGNED);
	}
	if (isnan(yield))
		return (WHY_OK);
	f = quant_rate_period(yield, s->periods);
	s->rf_flat = f.value;
	return (f.why);
}

enum why
question_series(const struct question *q, struct series *s)
{
	const struct column *r = &q->in[IN_RETURNS], *b = &q->in[IN_BENCHMARK];

	*s = (struct series){ .r = r->x, .n = r->n, .b = b->x,
	    .periods = question_param(q, "periods"), .from = DAY_NONE,
	    .to = DAY_NONE };
	if (isnan(s->periods))
		s->periods = 252;
	if (b->x != NULL && b->n != r->n)
		return (WHY_MISALIGNED);
	return (series_rate(q, s));
}

void
run_of_numbers(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	verdict_figure(q, q->formula->of.numbers(r->x, r->n));
}

void
run_of_pair(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS], *b = &q->in[IN_BENCHMARK];

	verdict_figure(q, r->n != b->n ? figure_none(WHY_MISALIGNED) :
	    q->formula->of.pair(r->x, b->x, r->n));
}

void
run_of_series(struct question *q)
{
	struct series s;
	enum why why = question_series(q, &s);

	verdict_figure(q, why != WHY_OK ? figure_none(why) :
	    q->formula->of.series(&s));
}

enum why
question_days(const struct question *q, size_t n, bool before)
{
	size_t days = q->in[IN_DATES].n;

	if (!question_has(q, IN_DATES))
		return (WHY_OK);
	if (days != n && !(before && days == n + 1))
		return (WHY_MISALIGNED);
	for (size_t i = 1; i < days; i++)
		if (day_cmp(q->on[i - 1], q->on[i]) >= 0)
			return (WHY_INVALID_INPUT);
	return (WHY_OK);
}

void
run_annualised(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS], *on = &q->in[IN_DATES];
	struct figure f = quant_cumulative(r->x, r->n);
	enum why why = question_days(q, r->n, true);

	if (why == WHY_OK && question_has(q, IN_DATES) && on->n < 2)
		why = WHY_INSUFFICIENT_DATA;
	if (why != WHY_OK)
		f = figure_none(why);
	else if (!question_has(q, IN_DATES))
		f = quant_annualised_periods(r->x, r->n,
		    question_param(q, "periods"));
	else if (figure_ok(f))
		f = quant_annualised(f.value, q->on[0], q->on[on->n - 1]);
	verdict_figure(q, f);
}

/* The least return that is not a loss: given, or the risk-free rate. */
static double
least_return(const struct question *q, const struct series *s)
{
	double mar = question_param(q, "mar");

	return (isnan(mar) ? s->rf_flat : mar);
}

void
run_downside_deviation(struct question *q)
{
	struct series s;
	enum why why = question_series(q, &s);
	struct figure f = figure_none(why);

	if (why == WHY_OK)
		f = quant_downside_deviation(s.r, s.n, least_return(q, &s));
	verdict_figure(q, f);
	verdict_beside(q, "annual", figure_ok(f) ?
	    figure_of(f.value * sqrt(s.periods), 0) : f);
}

void
run_sortino(struct question *q)
{
	double mar = question_param(q, "mar");
	struct series s;
	enum why why = question_series(q, &s);
	struct figure f = figure_none(why);

	if (why == WHY_OK)
		f = isnan(mar) ? quant_sortino(&s) :
		    quant_sortino_mar(&s, mar);
	verdict_figure(q, f);
}

void
run_omega(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];

	verdict_figure(q, quant_omega(r->x, r->n,
	    question_param(q, "threshold")));
}

static struct wins
wins_of(const struct question *q)
{
	struct wins w;

	quant_wins(q->in[IN_RETURNS].x, q->in[IN_RETURNS].n, &w);
	return (w);
}

void
run_best(struct question *q)
{
	verdict_figure(q, wins_of(q).best);
}

void
run_worst(struct question *q)
{
	verdict_figure(q, wins_of(q).worst);
}

void
run_positive_share(struct question *q)
{
	verdict_figure(q, wins_of(q).positive_share);
}

void
run_gain_loss(struct question *q)
{
	verdict_figure(q, wins_of(q).gain_loss);
}

void
run_profit_factor(struct question *q)
{
	verdict_figure(q, wins_of(q).profit_factor);
}

/* ---- drawdown ---------------------------------------------------- */

/* Index k is the end of period k, 0 the start; none if it never came. */
static day
drawdown_day(const struct question *q, size_t k)
{
	size_t shift = q->in[IN_DATES].n == q->in[IN_RETURNS].n ? 1 : 0;

	return (k == QUANT_NEVER || k < shift ? DAY_NONE : q->on[k - shift]);
}

static void
drawdown_point(struct question *q, const char *at, const char *on, size_t k)
{
	struct json *j = verdict_json(q);

	jw_key(j, at);
	jw_long(j, k == QUANT_NEVER ? LONG_NONE : (int64_t)k);
	if (!question_has(q, IN_DATES))
		return;
	jw_key(j, on);
	jw_day(j, drawdown_day(q, k));
}

static void
drawdown_days(struct question *q, const char *key, size_t from, size_t to)
{
	struct json *j = verdict_json(q);
	day a, b;

	if (!question_has(q, IN_DATES))
		return;
	a = drawdown_day(q, from);
	b = drawdown_day(q, to);
	jw_key(j, key);
	jw_long(j, day_ok(a) && day_ok(b) ? day_between(a, b) : LONG_NONE);
}

void
run_max_drawdown(struct question *q)
{
	struct column *r = &q->in[IN_RETURNS];
	enum why why = question_days(q, r->n, true);
	struct drawdown d;

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	quant_drawdown(r->x, r->n, &d);
	if (!figure_ok(d.depth) || d.depth.value == 0)
		d.peak = d.trough = d.recovery = QUANT_NEVER;
	verdict_figure(q, d.depth);
	drawdown_point(q, "peak", "peak_date", d.peak);
	drawdown_point(q, "trough", "trough_date", d.trough);
	drawdown_point(q, "recovery", "recovery_date", d.recovery);
	drawdown_days(q, "fall_days", d.peak, d.trough);
	drawdown_days(q, "recovery_days", d.trough, d.recovery);
}

/* The last months' returns, by their days or else by their number. */
static size_t
months_from(const struct question *q, const struct series *s, double months)
{
	size_t days = q->in[IN_DATES].n, first = days - s->n, i = 0;
	double most = ceil(months * s->periods / 12);
	day from;

	if (!question_has(q, IN_DATES))
		return ((double)s->n > most ? s->n - (size_t)most : 0);
	from = day_add_months(q->on[days - 1], -(int)months);
	while (i < s->n && day_cmp(q->on[first + i], from) <= 0)
		i++;
	return (i);
}

void
run_calmar(struct question *q)
{
	double months = question_param(q, "months");
	struct series s;
	enum why why = question_series(q, &s);
	size_t skip;

	if (why == WHY_OK)
		why = question_days(q, s.n, true);
	if (why == WHY_OK && !isnan(months) && s.n > 0) {
		skip = months_from(q, &s, months);
		s.r += skip;
		s.n -= skip;
	}
	verdict_figure(q, why != WHY_OK ? figure_none(why) :
	    quant_calmar(&s));
}

/* ---- tails ------------------------------------------------------- */

typedef struct figure	tail_figure(const struct question *q, const double *r,
			    size_t n, double *work);

static struct figure
tail_var(const struct question *q, const double *r, size_t n, double *work)
{
	double c = question_param(q, "confidence");

	if (question_word(q, "method", "historical"))
		return (quant_var_historical(r, n, c, work));
	return (question_word(q, "method", "normal") ?
	    quant_var_normal(r, n, c) : quant_var_cornish_fisher(r, n, c));
}

static struct figure
tail_es(const struct question *q, const double *r, size_t n, double *work)
{
	double c = question_param(q, "confidence");

	return (question_word(q, "method", "historical") ?
	    quant_es_historical(r, n, c, work) : quant_es_normal(r, n, c));
}

/* Over the horizon: of overlapping returns, or one period's scaled. */
static void
tail_answer(struct question *q, tail_figure *tail)
{
	struct column *r = &q->in[IN_RETURNS];
	size_t h = (size_t)question_param(q, "horizon"), n = 0;
	double *work = question_room(q, r->n);
	struct figure f;

	if (h > 1)
		n = quant_horizon(r->x, r->n, h, r->x);
	f = tail(q, r->x, n > 0 ? n : r->n, work);
	verdict_figure(q, h > 1 && n == 0 ? quant_horizon_scaled(f, h) : f);
}

void
run_var(struct question *q)
{
	tail_answer(q, tail_var);
}

void
run_es(struct question *q)
{
	tail_answer(q, tail_es);
}

void
run_kupiec(struct question *q)
{
	verdict_figure(q, quant_kupiec(
	    (size_t)question_param(q, "exceedances"),
	    (size_t)question_param(q, "n"), question_param(q, "confidence")));
}

/* ---- all at once ------------------------------------------------- */

static void
summary_reason(struct json *j, const char *name, struct figure f)
{
	if (figure_ok(f))
		return;
	jw_key(j, name);
	jw_z(j, why_name(f.why));
}

void
run_summary(struct question *q)
{
	struct json *j = verdict_json(q);
	struct series s;
	struct summary sum;
	unsigned warnings = 0;
	enum why why = question_series(q, &s);

	if (why != WHY_OK) {
		verdict_figure(q, figure_none(why));
		return;
	}
	quant_summary(&s, question_room(q, s.n), &sum);
	verdict_values(q);
#define SUMMARY_VALUE(name)	verdict_beside(q, #name, sum.name);
	SUMMARY_FIGURES(SUMMARY_VALUE)
#undef SUMMARY_VALUE
	verdict_values_end(q, WHY_OK);
#define SUMMARY_WARN(name)	warnings |= sum.name.warnings;
	SUMMARY_FIGURES(SUMMARY_WARN)
#undef SUMMARY_WARN
	verdict_warnings(j, warnings);
	jw_key(j, "reasons");
	jw_open(j);
#define SUMMARY_REASON(name)	summary_reason(j, #name, sum.name);
	SUMMARY_FIGURES(SUMMARY_REASON)
#undef SUMMARY_REASON
	jw_close(j);
}
