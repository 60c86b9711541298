/*
 * Simple, linked and annualised returns, by day or from two valuations.
 * A return of -1 or less empties the wealth for good; nothing under a year
 * is annualised by calendar.
 */
#include <string.h>

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

/* The gain of two stretches after each other. */
static long double
gain_join(long double a, long double b)
{
	return (a + b + a * b);
}

enum { TWR_BLOCK = 256 };
/* Of returns below these a double has lost some of what was left. */
static const double STEEP = -0.99, STEEP_DAY = -0.5;

/* b, and what is added to it, if anything. */
WIDE static void
twr_add(const double *restrict b, const double *restrict add, size_t n,
    double *restrict out)
{
	memcpy(out, b, n * sizeof(*b));
	if (add == NULL)
		return;
	for (size_t i = 0; i < n; i++)
		out[i] += add[i];
}

/* Days, and what came of what there was at their beginning. */
struct days {
	double	base[TWR_BLOCK], end[TWR_BLOCK], r[TWR_BLOCK];
};

/* A block's days; false if there is one without a base or an end. */
WIDE static bool
twr_plain(const double *v, const double *in, const double *out, size_t n,
    struct days *restrict d)
{
	size_t plain = 0;

	twr_add(v, in, n, d->base);
	twr_add(v + 1, out, n, d->end);
	for (size_t i = 0; i < n; i++)
		d->r[i] = d->end[i] / d->base[i] - 1;
	for (size_t i = 0; i < n; i++)
		plain += (d->base[i] > 0) & (d->end[i] > 0);
	return (plain == n);
}

/* The gain so far; or, where hardly anything was left once, the wealth. */
struct linked {
	long double	gain, wealth;
	bool		steep;
};

static void
twr_link(const struct days *d, size_t n, struct linked *all)
{
	long double gain = linked_all(d->r, n), wealth = 1;
	size_t steep = gain < STEEP;

	for (size_t i = 0; i < n; i++)
		steep += d->r[i] < STEEP_DAY && d->r[i] > -1;
	for (size_t i = 0; steep > 0 && i < n; i++)
		wealth *= d->base[i] > 0 && d->end[i] > 0 ?
		    (long double)d->end[i] / d->base[i] : 1 + d->r[i];
	all->gain = gain_join(all->gain, gain);
	all->wealth *= steep > 0 ? wealth : 1 + gain;
	all->steep |= steep > 0;
}

/* The whole return. r may be the values, so it is written behind them. */
static double
twr_days(const double *value, const double *in, const double *out, size_t n,
    double *r, struct twr *t)
{
	struct linked all = { 0, 1, false };
	struct days d;
	size_t m;

	for (size_t at = 1; at < n; at += m) {
		m = n - at < TWR_BLOCK ? n - at : TWR_BLOCK;
		if (!twr_plain(value + at - 1, in != NULL ? in + at : NULL,
		    out != NULL ? out + at : NULL, m, &d))
			for (size_t i = at; i < at + m; i++)
				d.r[i - at] = twr_day(value[i - 1],
				    value[i], in != NULL ? in[i] : 0,
				    out != NULL ? out[i] : 0, i, t);
		twr_link(&d, m, &all);
		memcpy(r + at - 1, d.r, m * sizeof(*r));
	}
	return ((double)(all.steep ? all.wealth - 1 : all.gain));
}

enum why
quant_twr(const double *value, const double *inflow, const double *outflow,
    size_t n, double *r, struct twr *t)
{
	enum why why = twr_fault(value, inflow, outflow, n);
	unsigned warn;
	double all;

	*t = (struct twr){ figure_none(why), figure_none(why), 0, 0 };
	if (why != WHY_OK)
		return (why);
	all = twr_days(value, inflow, outflow, n, r, t);
	/* Values and flows may add up to what no double holds. */
	if (!numbers_ok(r, n - 1)) {
		t->total = t->segment = figure_none(WHY_OUT_OF_RANGE);
		return (WHY_OUT_OF_RANGE);
	}
	warn = t->breaks > 0 ? WARN_TWR_BREAK : 0;
	t->total = t->restart == 0 && isfinite(all) ?
	    figure_of(all, 0) : quant_cumulative(r, n - 1);
	t->segment = t->restart == 0 ? t->total :
	    quant_cumulative(r + t->restart, n - 1 - t->restart);
	t->total.warnings |= warn;
	t->segment.warnings |= warn;
	return (WHY_OK);
}

enum { LINK_BLOCK = 256 };

/*
 * Gains, not wealths: what was hardly won keeps its digits. Their order is
 * nothing to a product, so eight go side by side, and not for long: a gain
 * near -1 has lost what its wealth was.
 */
WIDE static long double
linked_block(const double *r, size_t n)
{
	enum { LANES = 8 };
	double gain[LANES] = { 0 }, x;
	long double all = 0;
	size_t i;

	for (i = 0; i + LANES <= n; i += LANES)
		for (size_t j = 0; j < LANES; j++) {
			x = r[i + j];
			gain[j] += x + gain[j] * x;
		}
	for (; i < n; i++)
		all = gain_join(all, r[i]);
	for (size_t j = 0; j < LANES; j++)
		all = gain_join(all, gain[j]);
	return (all);
}

/* A product that leaves a double's range on the way may come back. */
static double
linked_far(const double *r, size_t n)
{
	long double all = 0;

	for (size_t i = 0; i < n; i++)
		all = gain_join(all, r[i]);
	return ((double)all);
}

/* Is all lost at some time? Beside a large gain the loss is no digit. */
WIDE static bool
linked_lost(const double *r, size_t n)
{
	size_t lost = 0;

	for (size_t i = 0; i < n; i++)
		lost += r[i] <= -1;
	return (lost > 0);
}

double
linked_all(const double *r, size_t n)
{
	long double all = 0;
	size_t m;

	for (size_t at = 0; at < n; at += m) {
		m = n - at < LINK_BLOCK ? n - at : LINK_BLOCK;
		if (linked_lost(r + at, m))
			return (-1);
		all = gain_join(all, linked_block(r + at, m));
	}
	return (isfinite((double)all) ? (double)all : linked_far(r, n));
}

/* r where sign * b > 0, else nothing; how many they were. */
WIDE static size_t
linked_choose(const double *restrict r, const double *restrict b, double sign,
    size_t n, double *restrict out)
{
	size_t chosen = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] = sign * b[i] > 0 ? r[i] : 0;
		chosen += sign * b[i] > 0;
	}
	return (chosen);
}

double
linked_where(const double *r, const double *b, int sign, size_t n,
    size_t *periods)
{
	double chosen[LINK_BLOCK], gain;
	long double all = 0;
	bool lost = false;
	size_t m;

	*periods = 0;
	for (size_t at = 0; at < n; at += m) {
		m = n - at < LINK_BLOCK ? n - at : LINK_BLOCK;
		*periods += linked_choose(r + at, b + at, sign, m, chosen);
		gain = linked_all(chosen, m);
		lost |= gain <= -1;
		all = gain_join(all, gain);
	}
	return (lost ? -1 : (double)all);
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

/* ln of what 1 became, of which beside the loss few digits are left. */
static double
linked_log(const double *r, size_t n)
{
	struct sum log = { 0 };

	if (linked_lost(r, n))
		return (-INFINITY);
	for (size_t i = 0; i < n; i++)
		sum_add(&log, log1p(r[i]));
	return (sum_of(log));
}

struct figure
annualised_periods_of(struct figure total, const double *r, size_t n,
    double p)
{
	double log;

	if (!figure_ok(total))
		return (total);
	if (!(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	log = total.value > STEEP ? log1p(total.value) : linked_log(r, n);
	return (figure_of(expm1(log * p / (double)n), 0));
}

struct figure
quant_annualised_periods(const double *r, size_t n, double p)
{
	return (annualised_periods_of(quant_cumulative(r, n), r, n, p));
}

struct figure
quant_rate_period(double yield, double p)
{
	if (!isfinite(yield) || yield <= -1 || !(p > 0) || !isfinite(p))
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(expm1(log1p(yield) / p), 0));
}

struct figure
quant_rate_act360(double yield, int days)
{
	if (!isfinite(yield) || days < 0)
		return (figure_none(WHY_INVALID_INPUT));
	return (figure_of(yield * days / 360, 0));
}

struct figure
quant_turnover(double bought, double sold, double average, day from, day to)
{
	if (!(bought >= 0) || !(sold >= 0) || !isfinite(bought + sold) ||
	    !isfinite(average) || !day_ok(from) || !day_ok(to) ||
	    day_cmp(from, to) >= 0)
		return (figure_none(WHY_INVALID_INPUT));
	if (average <= 0)
		return (figure_none(WHY_NON_POSITIVE_BASE));
	return (figure_of(fmin(bought, sold) / average * 365 /
	    day_between(from, to), 0));
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
