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
deviation_of(struct spread s, size_t n)
{
	return (n < 2 ? figure_none(WHY_INSUFFICIENT_DATA) :
	    figure_of(sqrt(s.squares / (double)(n - 1)), 0));
}

struct figure
quant_deviation(const double *x, size_t n)
{
	enum why why = sample_fault(x, n, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (deviation_of(lane_spread(lane_raw(x), n), n));
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

/*
 * Sums of distances from the mean, in deviations, and of their third and
 * fourth powers. The first is not 0 where no double is the mean.
 */
struct powers {
	double	one, three, four;
};

WIDE static struct powers
powers_of(const double *x, size_t n, double mean, double by)
{
	enum { PARTS = 4 };
	double one[PARTS] = { 0 }, three[PARTS] = { 0 }, four[PARTS] = { 0 };
	double z, zz;
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			z = (x[i + j] - mean) * by;
			zz = z * z;
			one[j] += z;
			three[j] += zz * z;
			four[j] += zz * zz;
		}
	for (; i < n; i++) {
		z = (x[i] - mean) * by;
		zz = z * z;
		one[0] += z;
		three[0] += zz * z;
		four[0] += zz * zz;
	}
	return ((struct powers){
	    (one[0] + one[1]) + (one[2] + one[3]),
	    (three[0] + three[1]) + (three[2] + three[3]),
	    (four[0] + four[1]) + (four[2] + four[3]) });
}

struct moments
moments_of(const double *x, size_t n, struct spread s)
{
	enum { BLOCK = 512 };
	struct sum one = { 0 }, three = { 0 }, four = { 0 };
	double by = 1 / sqrt(s.squares / (double)n), off, skew, kurtosis;
	struct figure none = figure_none(n < 2 ? WHY_INSUFFICIENT_DATA :
	    WHY_ZERO_VARIANCE);
	struct powers p;
	size_t m;

	if (n < 2 || s.squares <= 0)
		return ((struct moments){ none, none });
	for (size_t at = 0; at < n; at += m) {
		m = n - at < BLOCK ? n - at : BLOCK;
		p = powers_of(x + at, m, s.mean, by);
		sum_add(&one, p.one);
		sum_add(&three, p.three);
		sum_add(&four, p.four);
	}
	/* Moved to the mean itself; what is of second order is rounding. */
	off = sum_of(one) / (double)n;
	skew = sum_of(three) / (double)n - 3 * off;
	kurtosis = sum_of(four) / (double)n - 4 * off * skew - 3;
	return ((struct moments){ figure_of(skew, 0),
	    figure_of(kurtosis, 0) });
}

static struct moments
moments_pop(const double *x, size_t n)
{
	enum why why = sample_fault(x, n, 2);

	if (why != WHY_OK)
		return ((struct moments){ figure_none(why),
		    figure_none(why) });
	return (moments_of(x, n, lane_spread(lane_raw(x), n)));
}

struct figure
quant_skew_pop(const double *x, size_t n)
{
	return (moments_pop(x, n).skew);
}

struct figure
quant_excess_kurtosis_pop(const double *x, size_t n)
{
	return (moments_pop(x, n).kurtosis);
}

struct figure
volatility_of(struct spread s, size_t n, double p)
{
	struct figure f = deviation_of(s, n);

	if (!figure_ok(f))
		return (f);
	if (!(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(f.value * sqrt(p), history_warning(n, p)));
}

struct figure
quant_volatility(const double *r, size_t n, double p)
{
	enum why why = sample_fault(r, n, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (volatility_of(lane_spread(lane_raw(r), n), n, p));
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

/* Smallest and largest of n > 0. */
struct ends {
	double	low, high;
};

WIDE static struct ends
ends_of(const double *x, size_t n)
{
	enum { PARTS = 4 };
	double low[PARTS], high[PARTS];
	size_t i;

	for (size_t j = 0; j < PARTS; j++)
		low[j] = high[j] = x[0];
	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			low[j] = x[i + j] < low[j] ? x[i + j] : low[j];
			high[j] = x[i + j] > high[j] ? x[i + j] : high[j];
		}
	for (; i < n; i++) {
		low[0] = x[i] < low[0] ? x[i] : low[0];
		high[0] = x[i] > high[0] ? x[i] : high[0];
	}
	return ((struct ends){
	    fmin(fmin(low[0], low[1]), fmin(low[2], low[3])),
	    fmax(fmax(high[0], high[1]), fmax(high[2], high[3])) });
}

static size_t
first_at(const double *x, double value)
{
	size_t i = 0;

	while (x[i] != value)
		i++;
	return (i);
}

/* Best, worst, and the longest runs up and down. */
static void
wins_extremes(const double *r, size_t n, struct wins *w)
{
	struct ends e = ends_of(r, n);
	size_t up = 0, down = 0;

	w->best = figure_of(e.high, 0);
	w->worst = figure_of(e.low, 0);
	w->best_at = first_at(r, e.high);
	w->worst_at = first_at(r, e.low);
	for (size_t i = 0; i < n; i++) {
		/* Whether it goes on is nothing a machine could guess. */
		up = (up + 1) & -(size_t)(r[i] > 0);
		down = (down + 1) & -(size_t)(r[i] < 0);
		w->up_run = up > w->up_run ? up : w->up_run;
		w->down_run = down > w->down_run ? down : w->down_run;
	}
}

static void
wins_averages(const double *r, size_t n, struct wins *w)
{
	struct sides s = lane_sides(lane_raw(r), n);
	size_t ups = (size_t)s.ups, downs = (size_t)s.downs;
	double gain = s.up, loss = s.down;

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
