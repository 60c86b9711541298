/*
 * Value at risk and expected shortfall over one period: losses as positive
 * numbers, a negative one being a gain. Historical by interpolated
 * quantile, normal, and Cornish-Fisher where its expansion is monotone.
 */
#include <string.h>

#include "quant/lane.h"

/* Quantile of 99 %: at least this far the expansion must be monotone. */
static const double Z_REACH = 2.3263478740408408;

/* The lowest values, up to `most`, moved to the front: how many. */
static size_t
tail_gather(const double *restrict r, size_t n, double most,
    double *restrict out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		out[m] = r[i];
		m += r[i] <= most;
	}
	return (m);
}

/*
 * A value that is likely to have at least `share` of all below it, and not
 * many more; infinity where a look at a few says nothing.
 */
static double
tail_border(const double *r, size_t n, double share)
{
	enum { LOOK = 128, SPARE = 4 };
	size_t at = (size_t)ceil(1.5 * LOOK * share) + SPARE;
	double seen[LOOK];

	if (n < 4 * LOOK || at > LOOK / 2)
		return (INFINITY);
	for (size_t i = 0; i < LOOK; i++)
		seen[i] = r[i * (n / LOOK)];
	numbers_sort(seen, LOOK);
	return (seen[at]);
}

struct tail
tail_of(const double *r, size_t n, double c, double *work)
{
	struct tail t = { work, n, n, numbers_ok(r, n) };
	size_t need;

	if (!t.finite || n == 0 || !(c > 0.5 && c < 1))
		return (t);
	need = (size_t)((double)n * (1 - c)) + 3;
	if (work != r)
		t.count = tail_gather(r, n, tail_border(r, n, 1 - c), work);
	if (t.count < need && t.count < n) {
		memcpy(work, r, n * sizeof(*r));
		t.count = n;
	}
	numbers_sort(work, t.count);
	return (t);
}

/* Is there a tail of this confidence at all? */
static enum why
tail_fault(bool finite, size_t n, double c, size_t least)
{
	if (!(c > 0.5 && c < 1))
		return (WHY_OUT_OF_RANGE);
	if (!finite)
		return (WHY_INVALID_INPUT);
	return (n < least ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

/* 1 / (1 - c), less what 0.95 falls short of itself in binary. */
static double
tail_least(double c)
{
	return (1 / (1 - c) - 1e-9);
}

static unsigned
tail_warning(size_t n, double c)
{
	return ((double)n < 5 * tail_least(c) ? WARN_LOW_CONFIDENCE : 0);
}

/*
 * Hyndman and Fan's type 7, of 1 - c. 1 - 0.9 is less than a tenth in binary,
 * and a place that falls short of a return leaves it out of the tail.
 */
static double
tail_quantile(const struct tail *t, double c)
{
	double h = (double)(t->n - 1) * (1 - c), whole = rint(h);
	size_t i;

	h = fabs(h - whole) < 1e-9 ? whole : h;
	i = (size_t)h;

	if (i + 1 >= t->n)
		return (t->low[t->n - 1]);
	return (t->low[i] + (h - (double)i) * (t->low[i + 1] - t->low[i]));
}

struct figure
tail_var(const struct tail *t, double c)
{
	enum why why = tail_fault(t->finite, t->n, c, 1);

	if (why == WHY_OK && (double)t->n < tail_least(c))
		why = WHY_INSUFFICIENT_DATA;
	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(-tail_quantile(t, c), tail_warning(t->n, c)));
}

struct figure
tail_es(const struct tail *t, double c)
{
	struct figure var = tail_var(t, c);
	struct sum worst = { 0 };
	size_t m = 0;

	if (!figure_ok(var))
		return (var);
	while (m < t->count && t->low[m] <= -var.value)
		sum_add(&worst, t->low[m++]);
	/* A mean of equal numbers may round to above them. */
	return (figure_of(fmax(var.value, -sum_of(worst) / (double)m),
	    var.warnings));
}

struct figure
quant_var_historical(const double *r, size_t n, double c, double *work)
{
	struct tail t = tail_of(r, n, c, work);

	return (tail_var(&t, c));
}

struct figure
quant_es_historical(const double *r, size_t n, double c, double *work)
{
	struct tail t = tail_of(r, n, c, work);

	return (tail_es(&t, c));
}

size_t
quant_horizon(const double *r, size_t n, size_t h, double *out)
{
	if (h == 0 || n / 10 < h || !numbers_ok(r, n))
		return (0);
	for (size_t i = 0; i + h <= n; i++)
		out[i] = linked_all(r + i, h);
	return (n - h + 1);
}

struct figure
quant_horizon_scaled(struct figure one, size_t h)
{
	return (!figure_ok(one) ? one : figure_of(one.value * sqrt((double)h),
	    one.warnings | WARN_APPROXIMATE));
}

/*
 * Newton on ln Phi(z), which is concave: from a start left of the root each
 * step stays left of it. Phi(-t) <= exp(-t^2 / 2) / 2 gives the start.
 */
double
quant_normal_quantile(double p)
{
	static const double ROOT_2PI = 2.5066282746310005;
	double z, cdf, step;

	if (p > 0.5)
		return (-quant_normal_quantile(1 - p));
	if (p == 0.5)
		return (0);
	z = -sqrt(-2 * log(p));
	for (int i = 0; i < 60; i++) {
		cdf = erfc(-z * M_SQRT1_2) / 2;
		step = log(p / cdf) * cdf * ROOT_2PI * exp(z * z / 2);
		z += step;
		if (fabs(step) <= 1e-15 * fabs(z))
			break;
	}
	return (z);
}

static double
normal_density(double z)
{
	return (exp(-z * z / 2) / sqrt(2 * M_PI));
}

struct figure
var_normal_of(struct spread s, size_t n, double c)
{
	enum why why = tail_fault(true, n, c, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(-(s.mean + quant_normal_quantile(1 - c) *
	    deviation_of(s, n).value), tail_warning(n, c)));
}

struct figure
es_normal_of(struct spread s, size_t n, double c)
{
	enum why why = tail_fault(true, n, c, 2);

	if (why != WHY_OK)
		return (figure_none(why));
	return (figure_of(-s.mean + deviation_of(s, n).value *
	    normal_density(quant_normal_quantile(1 - c)) / (1 - c),
	    tail_warning(n, c)));
}

struct figure
quant_var_normal(const double *r, size_t n, double c)
{
	enum why why = tail_fault(numbers_ok(r, n), n, c, 2);

	return (why != WHY_OK ? figure_none(why) :
	    var_normal_of(lane_spread(lane_raw(r), n), n, c));
}

struct figure
quant_es_normal(const double *r, size_t n, double c)
{
	enum why why = tail_fault(numbers_ok(r, n), n, c, 2);

	return (why != WHY_OK ? figure_none(why) :
	    es_normal_of(lane_spread(lane_raw(r), n), n, c));
}

/*
 * Does the expansion rise everywhere in [-reach, reach]? Its slope is
 * a z^2 + b z + d: least at an end, or at the vertex when a > 0.
 */
static bool
cornish_fisher_rises(double skew, double kurt, double reach)
{
	double a = kurt / 8 - skew * skew / 6, b = skew / 3;
	double d = 1 - kurt / 8 + skew * skew * 5 / 36;
	double least = fmin(a * reach * reach + b * reach + d,
	    a * reach * reach - b * reach + d);

	if (a > 0 && fabs(b) < 2 * a * reach)
		least = fmin(least, d - b * b / (4 * a));
	return (least > 0);
}

struct figure
var_cornish_fisher_of(struct spread spread, size_t n, double c,
    struct moments m)
{
	enum why why = tail_fault(true, n, c, 2);
	double s = m.skew.value, k = m.kurtosis.value, sd, z;

	if (why == WHY_OK && spread.squares <= 0)
		why = WHY_ZERO_VARIANCE;
	if (why != WHY_OK)
		return (figure_none(why));
	z = quant_normal_quantile(1 - c);
	sd = deviation_of(spread, n).value;
	if (!cornish_fisher_rises(s, k, fmax(Z_REACH, -z)))
		return (figure_of(-(spread.mean + z * sd),
		    tail_warning(n, c) | WARN_APPROXIMATE));
	z += (z * z - 1) * s / 6 + (z * z * z - 3 * z) * k / 24 -
	    (2 * z * z * z - 5 * z) * s * s / 36;
	/* The expansion's moments are all the population's. */
	sd *= sqrt((double)(n - 1) / (double)n);
	return (figure_of(-(spread.mean + z * sd), tail_warning(n, c)));
}

struct figure
quant_var_cornish_fisher(const double *r, size_t n, double c)
{
	enum why why = tail_fault(numbers_ok(r, n), n, c, 2);
	struct spread s;

	if (why != WHY_OK)
		return (figure_none(why));
	s = lane_spread(lane_raw(r), n);
	return (var_cornish_fisher_of(s, n, c, moments_of(r, n, s)));
}

/* x ln(y), where 0 ln(0) is 0. */
static double
log_times(double x, double y)
{
	return (x > 0 ? x * log(y) : 0);
}

struct figure
quant_kupiec(size_t exceedances, size_t n, double c)
{
	double x = (double)exceedances, all = (double)n, ratio;

	if (!(c > 0.5 && c < 1) || exceedances > n)
		return (figure_none(WHY_OUT_OF_RANGE));
	if (n == 0)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	ratio = log_times(x, x / all) + log_times(all - x, 1 - x / all) -
	    x * log(1 - c) - (all - x) * log(c);
	/* Twice the log ratio is chi-squared with one degree of freedom. */
	return (figure_of(erfc(sqrt(fmax(0, ratio))), 0));
}
