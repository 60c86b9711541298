/*
 * How far returns lie from their mean, from a minimum and from each other;
 * and how often they win. Sample moments divide by n - 1; skew and kurtosis
 * are those of the population and say so in their names.
 */
#include "quant/lane.h"

static enum why
sample_fault(const double *x, size_t n, size_t least)
{
	if (!numbers_ok(x, n))
		return (WHY_INVALID_INPUT);
	return (n < least ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

struct figure
quant_mean(const double *x, size_t n)
{
	enum why why = sample_fault(x, n, 1);

	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(lane_spread(lane_raw(x), n).mean, 0));
}

struct figure
quant_variance(const double *x, size_t n)
{
	enum why why = sample_fault(x, n, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(
	    lane_spread(lane_raw(x), n).squares / (double)(n - 1), 0));
}

struct figure
quant_deviation(const double *x, size_t n)
{
	struct figure f = quant_variance(x, n);

	return (figure_ok(f) ? figure_of(sqrt(f.value), 0) : f);
}

struct figure
quant_covariance(const double *x, const double *y, size_t n)
{
	enum why why = sample_fault(x, n, 2);
	struct pair p;

	if (why == WHY_OK)
		why = sample_fault(y, n, 2);
	if (why != WHY_OK)
		return (figure_none(why));
	lane_pair(lane_raw(x), lane_raw(y), n, &p);
	return (figure_of(p.products / (double)(n - 1), 0));
}

/* The standardised central moment of `power`, 3 or 4. */
static struct figure
moment_pop(const double *x, size_t n, int power)
{
	enum why why = sample_fault(x, n, 2);
	struct spread s;
	struct sum m = { 0 };
	double sd, z;

	if (why != WHY_OK)
		return (figure_none(why));
	s = lane_spread(lane_raw(x), n);
	if (s.squares <= 0)
		return (figure_none(WHY_ZERO_VARIANCE));
	sd = sqrt(s.squares / (double)n);
	for (size_t i = 0; i < n; i++) {
		z = (x[i] - s.mean) / sd;
		sum_add(&m, z * z * (power == 3 ? z : z * z));
	}
	return (figure_of(sum_of(m) / (double)n, 0));
}

struct figure
quant_skew_pop(const double *x, size_t n)
{
	return (moment_pop(x, n, 3));
}

struct figure
quant_excess_kurtosis_pop(const double *x, size_t n)
{
	struct figure f = moment_pop(x, n, 4);

	return (figure_ok(f) ? figure_of(f.value - 3, 0) : f);
}

struct figure
quant_volatility(const double *r, size_t n, double p)
{
	struct figure f = quant_deviation(r, n);

	if (!figure_ok(f))
		return (f);
	if (!(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(f.value * sqrt(p), history_warning(n, p)));
}

struct figure
quant_downside_deviation(const double *r, size_t n, double mar)
{
	enum why why = sample_fault(r, n, 2);
	struct lane l = { .x = r, .flat = mar };

	if (why == WHY_OK && !isfinite(mar))
		why = WHY_INVALID_INPUT;
	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(lane_downside(l, n, lane_spread(l, n)), 0));
}

struct figure
quant_semi_deviation(const double *r, size_t n)
{
	struct figure mean = quant_mean(r, n);

	if (!figure_ok(mean))
		return (mean);
	return (quant_downside_deviation(r, n, mean.value));
}

/* Best, worst, and the longest runs up and down. */
static void
wins_extremes(const double *r, size_t n, struct wins *w)
{
	size_t up = 0, down = 0;

	for (size_t i = 0; i < n; i++) {
		if (r[i] > r[w->best_at])
			w->best_at = i;
		if (r[i] < r[w->worst_at])
			w->worst_at = i;
		up = r[i] > 0 ? up + 1 : 0;
		down = r[i] < 0 ? down + 1 : 0;
		w->up_run = up > w->up_run ? up : w->up_run;
		w->down_run = down > w->down_run ? down : w->down_run;
	}
	w->best = figure_of(r[w->best_at], 0);
	w->worst = figure_of(r[w->worst_at], 0);
}

static void
wins_averages(const double *r, size_t n, struct wins *w)
{
	struct sum gains = { 0 }, losses = { 0 };
	size_t ups = 0, downs = 0;
	double gain, loss;

	for (size_t i = 0; i < n; i++) {
		sum_add(r[i] > 0 ? &gains : &losses, r[i]);
		ups += r[i] > 0;
		downs += r[i] < 0;
	}
	gain = sum_of(gains);
	loss = sum_of(losses);
	w->positive_share = figure_of((double)ups / (double)n, 0);
	w->mean_gain = ups == 0 ? figure_none(WHY_NO_UP_PERIODS) :
	    figure_of(gain / (double)ups, 0);
	w->mean_loss = downs == 0 ? figure_none(WHY_NO_DOWN_PERIODS) :
	    figure_of(loss / (double)downs, 0);
	w->profit_factor = downs == 0 ? figure_none(WHY_NO_DOWN_PERIODS) :
	    figure_of(gain / -loss, 0);
	w->gain_loss = w->mean_gain;
	if (ups > 0)
		w->gain_loss = downs == 0 ? w->mean_loss :
		    figure_of(w->mean_gain.value / -w->mean_loss.value, 0);
}

void
quant_wins(const double *r, size_t n, struct wins *out)
{
	enum why why = sample_fault(r, n, 1);
	struct figure none = figure_none(why);

	*out = (struct wins){ none, none, none, none, none, none, none, 0, 0,
	    0, 0 };
	if (why != WHY_OK)
		return;
	wins_extremes(r, n, out);
	wins_averages(r, n, out);
}
