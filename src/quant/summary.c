/*
 * Every figure a dashboard stores, of one series at once. It defines
 * nothing: each figure is the one its own file computes.
 */
#include <string.h>

#include "quant/lane.h"

/* By calendar where the days are known, else by count; never under a year. */
static struct figure
summary_annualised(const struct series *s, struct figure total)
{
	if (!figure_ok(total))
		return (total);
	if (day_ok(s->from) && day_ok(s->to) && day_cmp(s->from, s->to) < 0)
		return (quant_annualised(total.value, s->from, s->to));
	if ((double)s->n >= s->periods)
		return (quant_annualised_periods(s->r, s->n, s->periods));
	return (figure_of(total.value, WARN_NOT_ANNUALISED));
}

static void
summary_returns(const struct series *s, struct summary *out)
{
	struct wins w;

	out->cumulative = quant_cumulative(s->r, s->n);
	out->annualised = summary_annualised(s, out->cumulative);
	quant_wins(s->r, s->n, &w);
	out->best = w.best;
	out->worst = w.worst;
	out->best_at = w.best_at;
	out->worst_at = w.worst_at;
	out->positive_share = w.positive_share;
	out->gain_loss = w.gain_loss;
}

static struct figure
summary_downside(const struct series *s)
{
	struct lane ex = lane_excess(s, s->r);
	double down;

	if (s->n < 2)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	down = lane_downside(ex, s->n, lane_spread(ex, s->n));
	return (figure_of(down * sqrt(s->periods),
	    history_warning(s->n, s->periods)));
}

static void
summary_risk(const struct series *s, struct summary *out)
{
	out->mean = quant_mean(s->r, s->n);
	out->volatility = quant_volatility(s->r, s->n, s->periods);
	out->downside_deviation = summary_downside(s);
	out->skew_pop = quant_skew_pop(s->r, s->n);
	out->excess_kurtosis_pop = quant_excess_kurtosis_pop(s->r, s->n);
	out->sharpe = quant_sharpe(s);
	out->sortino = quant_sortino(s);
	out->calmar = quant_calmar(s);
	out->omega = quant_omega(s->r, s->n, 0);
	quant_drawdown(s->r, s->n, &out->drawdown);
	out->max_drawdown = out->drawdown.depth;
	out->ulcer = quant_ulcer(s->r, s->n);
	out->pain = quant_pain(s->r, s->n);
}

static void
summary_tail(const struct series *s, double *work, struct summary *out)
{
	tail_sort(s->r, s->n, work);
	out->var95 = tail_var(work, s->n, 0.95);
	out->es95 = tail_es(work, s->n, 0.95);
	out->var99 = tail_var(work, s->n, 0.99);
	out->es99 = tail_es(work, s->n, 0.99);
	out->var95_normal = quant_var_normal(s->r, s->n, 0.95);
	out->es95_normal = quant_es_normal(s->r, s->n, 0.95);
	out->var95_cornish_fisher = quant_var_cornish_fisher(s->r, s->n, 0.95);
}

static void
summary_benchmark(const struct series *s, struct summary *out)
{
	out->benchmark_cumulative = s->b != NULL ?
	    quant_cumulative(s->b, s->n) : figure_none(WHY_MISALIGNED);
	out->active_return = out->benchmark_cumulative;
	if (figure_ok(out->active_return))
		out->active_return = figure_of(out->cumulative.value -
		    out->benchmark_cumulative.value, 0);
	out->beta = quant_beta(s);
	out->alpha = quant_alpha(s);
	out->treynor = quant_treynor(s);
	out->correlation = quant_correlation(s);
	out->r_squared = quant_r_squared(s);
	out->tracking_error = quant_tracking_error(s);
	out->information_ratio = quant_information_ratio(s);
	out->up_capture = quant_up_capture(s);
	out->down_capture = quant_down_capture(s);
	out->capture_ratio = quant_capture_ratio(s);
	out->batting_average = quant_batting_average(s);
	out->m_squared = quant_m_squared(s);
}

static void
summary_refuse(enum why why, struct summary *out)
{
#define REFUSE(name)	out->name = figure_none(why);
	SUMMARY_FIGURES(REFUSE)
#undef REFUSE
	out->drawdown.depth = figure_none(why);
}

void
quant_summary(const struct series *s, double *work, struct summary *out)
{
	enum why why = series_fault(s, 0);

	memset(out, 0, sizeof(*out));
	out->n = s->n;
	if (why != WHY_OK) {
		summary_refuse(why, out);
		return;
	}
	summary_returns(s, out);
	summary_risk(s, out);
	summary_tail(s, work, out);
	summary_benchmark(s, out);
}
