/*
 * Every figure a dashboard stores, of one series at once. It defines
 * nothing: each figure is the one its own file computes, of moments that are
 * computed once for all.
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

/* Of the returns as they are: their spread, and what is made of it. */
static void
summary_spread(const struct series *s, struct summary *out)
{
	struct spread raw = lane_spread(lane_raw(s->r), s->n);
	struct moments m = moments_of(s->r, s->n, raw);

	out->mean = s->n > 0 ? figure_of(raw.mean, 0) :
	    figure_none(WHY_INSUFFICIENT_DATA);
	out->volatility = volatility_of(raw, s->n, s->periods);
	out->skew_pop = m.skew;
	out->excess_kurtosis_pop = m.kurtosis;
	out->var95_normal = var_normal_of(raw, s->n, 0.95);
	out->es95_normal = es_normal_of(raw, s->n, 0.95);
	out->var95_cornish_fisher = var_cornish_fisher_of(raw, s->n, 0.95, m);
}

/* Over the risk-free rate. */
static void
summary_excess(const struct series *s, struct summary *out)
{
	struct lane over = lane_excess(s, s->r);
	struct spread ex = lane_spread(over, s->n);
	double down = lane_downside(over, s->n, ex);

	out->downside_deviation = s->n < 2 ?
	    figure_none(WHY_INSUFFICIENT_DATA) :
	    figure_of(down * sqrt(s->periods),
	    history_warning(s->n, s->periods));
	out->sharpe = sharpe_of(s, ex);
	out->sortino = sortino_of(s, ex, down);
}

static void
summary_water(const struct series *s, struct summary *out)
{
	quant_drawdown(s->r, s->n, &out->drawdown);
	out->max_drawdown = out->drawdown.depth;
	out->calmar = calmar_of(s, out->cumulative, out->max_drawdown.value);
	out->omega = quant_omega(s->r, s->n, 0);
	if (s->n > 0)
		water_of(s->r, s->n, &out->ulcer, &out->pain);
	else
		out->ulcer = out->pain = out->max_drawdown;
}

static void
summary_tail(const struct series *s, double *work, struct summary *out)
{
	struct tail t = tail_of(s->r, s->n, 0.95, work);

	out->var95 = tail_var(&t, 0.95);
	out->es95 = tail_es(&t, 0.95);
	out->var99 = tail_var(&t, 0.99);
	out->es99 = tail_es(&t, 0.99);
}

static void
summary_pair(const struct series *s, struct summary *out)
{
	enum why why = s->n < 2 ? WHY_INSUFFICIENT_DATA : WHY_OK;
	struct spread active = lane_spread(lane_active(s), s->n);
	struct pair p;

	lane_pair(lane_excess(s, s->r), lane_excess(s, s->b), s->n, &p);
	out->beta = beta_of(s, why, &p);
	out->alpha = alpha_of(s, out->beta, &p);
	out->treynor = treynor_of(s, out->beta, &p);
	out->correlation = correlation_of(s, why, &p);
	out->r_squared = r_squared_of(out->correlation);
	out->tracking_error = tracking_error_of(s, active);
	out->information_ratio = information_ratio_of(s, out->tracking_error,
	    active);
	out->m_squared = m_squared_of(s, out->sharpe,
	    quant_volatility(s->b, s->n, s->periods));
}

/* The benchmark has no fault. */
static void
summary_benchmark(const struct series *s, struct summary *out)
{
	out->active_return = out->benchmark_cumulative =
	    quant_cumulative(s->b, s->n);
	if (figure_ok(out->active_return))
		out->active_return = figure_of(out->cumulative.value -
		    out->benchmark_cumulative.value, 0);
	summary_pair(s, out);
	out->up_capture = quant_up_capture(s);
	out->down_capture = quant_down_capture(s);
	out->capture_ratio = capture_ratio_of(out->up_capture,
	    out->down_capture);
	out->batting_average = quant_batting_average(s);
}

static void
summary_refuse(enum why why, struct summary *out)
{
#define REFUSE(name)	out->name = figure_none(why);
	SUMMARY_FIGURES(REFUSE)
#undef REFUSE
	out->drawdown.depth = figure_none(why);
}

/* Without a benchmark, or with one that cannot be read. */
static void
summary_alone(enum why why, struct summary *out)
{
#define ALONE(name)	out->name = figure_none(why);
	SUMMARY_BENCHMARK(ALONE)
#undef ALONE
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
	summary_spread(s, out);
	summary_excess(s, out);
	summary_water(s, out);
	summary_tail(s, work, out);
	why = series_fault_pair(s, 0);
	if (why == WHY_OK)
		summary_benchmark(s, out);
	else
		summary_alone(why, out);
}
