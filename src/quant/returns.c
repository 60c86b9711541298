/*
 * Simple, linked and annualised returns, by day or from two valuations.
 * A return of -1 or less empties the wealth for good; nothing under a year
 * is annualised by calendar.
 */
#include "quant/lane.h"

struct figure
quant_simple_return(double v0, double v1)
{
	if (!isfinite(v0) || !isfinite(v1))
		return (figure_none(WHY_INVALID_INPUT));
	if (v0 <= 0)
		return (figure_none(WHY_NON_POSITIVE_BASE));
	return (figure_of(v1 / v0 - 1, 0));
}

enum why
quant_simple_returns(const double *v, size_t n, double *r)
{
	struct figure f;

	if (n < 2)
		return (WHY_INSUFFICIENT_DATA);
	for (size_t i = 0; i + 1 < n; i++) {
		f = quant_simple_return(v[i], v[i + 1]);
		if (!figure_ok(f))
			return (f.why);
		r[i] = f.value;
	}
	return (WHY_OK);
}

/* Did value appear or vanish that no flow explains? */
static bool
twr_broken(double v0, double v1, double in, double out)
{
	double gap = v1 + out - in - v0;
	double scale = fmax(fmax(fabs(v0), fabs(v1)), fmax(in, out));

	/* Exact amounts became doubles on the way here. */
	return (fabs(gap) > 1e-9 * scale);
}

static enum why
twr_fault(const double *value, const double *in, const double *out, size_t n)
{
	if (n < 2)
		return (WHY_INSUFFICIENT_DATA);
	if (!numbers_ok(value, n) ||
	    (in != NULL && !numbers_ok(in + 1, n - 1)) ||
	    (out != NULL && !numbers_ok(out + 1, n - 1)))
		return (WHY_INVALID_INPUT);
	for (size_t i = 1; i < n; i++)
		if ((in != NULL && in[i] < 0) || (out != NULL && out[i] < 0))
			return (WHY_INVALID_INPUT);
	return (WHY_OK);
}

/* One day's return; counts a break or notes that all was lost. */
static double
twr_day(double v0, double v1, double in, double out, size_t i, struct twr *t)
{
	double base = v0 + in, end = v1 + out;

	if (base <= 0) {
		t->breaks += twr_broken(v0, v1, in, out);
		return (0);
	}
	if (end > 0)
		return (end / base - 1);
	t->breaks += end < 0;
	t->restart = i;
	return (-1);
}

enum why
quant_twr(const double *value, const double *inflow, const double *outflow,
    size_t n, double *r, struct twr *t)
{
	enum why why = twr_fault(value, inflow, outflow, n);
	unsigned warn;

	*t = (struct twr){ figure_none(why), figure_none(why), 0, 0 };
	if (why != WHY_OK)
		return (why);
	for (size_t i = 1; i < n; i++)
		r[i - 1] = twr_day(value[i - 1], value[i],
		    inflow != NULL ? inflow[i] : 0,
		    outflow != NULL ? outflow[i] : 0, i, t);
	warn = t->breaks > 0 ? WARN_TWR_BREAK : 0;
	t->total = quant_cumulative(r, n - 1);
	t->segment = quant_cumulative(r + t->restart, n - 1 - t->restart);
	t->total.warnings |= warn;
	t->segment.warnings |= warn;
	return (WHY_OK);
}

/* The gain of two stretches after each other. */
static long double
gain_join(long double a, long double b)
{
	return (a + b + a * b);
}

static long double
gain_of(double r)
{
	return (r > -1 ? r : -1);
}

/* Gains, not wealths: what was hardly won keeps its digits. */
double
linked_all(const double *r, size_t n)
{
	long double a = 0, b = 0, c = 0, d = 0;
	size_t i;

	/* Their order is nothing to a product; four need not wait. */
	for (i = 0; i + 4 <= n; i += 4) {
		a = gain_join(a, gain_of(r[i]));
		b = gain_join(b, gain_of(r[i + 1]));
		c = gain_join(c, gain_of(r[i + 2]));
		d = gain_join(d, gain_of(r[i + 3]));
	}
	for (; i < n; i++)
		a = gain_join(a, gain_of(r[i]));
	return ((double)gain_join(gain_join(a, b), gain_join(c, d)));
}

double
linked_where(const double *r, const double *b, int sign, size_t n,
    size_t *periods)
{
	long double even = 0, odd = 0;
	size_t i;

	*periods = 0;
	for (i = 0; i + 2 <= n; i += 2) {
		*periods += (sign * b[i] > 0) + (sign * b[i + 1] > 0);
		even = gain_join(even, sign * b[i] > 0 ? gain_of(r[i]) : 0);
		odd = gain_join(odd, sign * b[i + 1] > 0 ?
		    gain_of(r[i + 1]) : 0);
	}
	if (i < n && sign * b[i] > 0) {
		*periods += 1;
		even = gain_join(even, gain_of(r[i]));
	}
	return ((double)gain_join(even, odd));
}

struct figure
quant_cumulative(const double *r, size_t n)
{
	if (n == 0)
		return (figure_none(WHY_INSUFFICIENT_DATA));
	if (!numbers_ok(r, n))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(linked_all(r, n), 0));
}

void
quant_wealth(const double *r, size_t n, double *w)
{
	long double wealth = 1;

	for (size_t i = 0; i < n; i++) {
		wealth *= fmaxl(1 + (long double)r[i], 0);
		w[i] = (double)wealth;
	}
}

struct figure
quant_annualised(double total, day from, day to)
{
	if (!isfinite(total) || total < -1 || !day_ok(from) || !day_ok(to) ||
	    day_cmp(from, to) >= 0)
		return (figure_none(WHY_INVALID_INPUT));
	if (day_cmp(to, day_add_months(from, 12)) < 0)
		return (figure_of(total, WARN_NOT_ANNUALISED));
	return (figure_of(
	    expm1(log1p(total) * 365 / day_between(from, to)), 0));
}

struct figure
quant_annualised_periods(const double *r, size_t n, double p)
{
	struct figure f = quant_cumulative(r, n);

	if (!figure_ok(f))
		return (f);
	if (!(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(expm1(log1p(f.value) * p / (double)n), 0));
}

struct figure
quant_rate_period(double yield, double p)
{
	if (!isfinite(yield) || yield <= -1 || !(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(expm1(log1p(yield) / p), 0));
}

/* The share of the period for which a flow on day d of cd was there. */
static double
dietz_weight(double d, double cd, double amount, enum dietz rule)
{
	bool start = rule == DIETZ_START ||
	    (rule == DIETZ_IN_START_OUT_END && amount > 0);

	return ((cd - d + (start ? 1 : 0)) / cd);
}

struct figure
quant_modified_dietz(double v0, double v1, day from, day to,
    const struct cashflow *f, size_t n, enum dietz rule)
{
	struct sum net = { 0 }, base = { 0 };
	unsigned warn = WARN_APPROXIMATE;
	double cd, d, last = 0;

	if (!isfinite(v0) || !isfinite(v1) || !day_ok(from) || !day_ok(to) ||
	    day_cmp(from, to) >= 0)
		return (figure_none(WHY_INVALID_INPUT));
	cd = day_between(from, to);
	sum_add(&base, v0);
	for (size_t i = 0; i < n; i++) {
		d = (double)f[i].on.n - from.n;
		if (!isfinite(f[i].amount) || d <= 0 || d > cd || d < last)
			return (figure_none(WHY_INVALID_INPUT));
		last = d;
		sum_add(&net, f[i].amount);
		sum_add(&base, f[i].amount *
		    dietz_weight(d, cd, f[i].amount, rule));
		if (f[i].amount != 0 && fabs(f[i].amount) >= v0 / 10)
			warn |= WARN_LOW_CONFIDENCE;
	}
	if (sum_of(base) <= 0)
		return (figure_none(WHY_NON_POSITIVE_BASE));
	return (figure_of((v1 - v0 - sum_of(net)) / sum_of(base), warn));
}
