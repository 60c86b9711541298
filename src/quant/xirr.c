/*
 * Money-weighted rate of dated flows: every root of the present value on
 * x = ln(1 + r), from r = -1 + 1e-9 to 1e6 - 1. The present value is taken
 * on the first day for x > 0 and on the last for x < 0, so that no term
 * exceeds its flow and forty years at -99 % do not overflow. Under a year r
 * is the period's: a year's of -50 % in a day would be out of all range.
 */
#include <string.h>

#include "quant/lane.h"

enum {
	DOWN = 240,		/* steps of 15 ln(10) / 400: 9/15 below 0 */
	NODES = 400 + 1,
	CHUNK = 64		/* flows whose terms are stepped together */
};

static const double STEP = 15 * 2.302585092994045684 / 400;
static const double X_CLOSE = 1e-13;
/* A minimum this near 0, as a share of the flows, is a double root. */
static const double TOUCH = 1e-12;
static const double YEAR = 365;

struct flows {
	const struct cashflow	*f;
	size_t			 n;
	double			 unit;		/* days: a year, or less */
	double			 span;		/* units, first to last */
	double			 gross;		/* sum of magnitudes */
};

static double
flow_time(const struct flows *fs, size_t i)
{
	return (((double)fs->f[i].on.n - fs->f[0].on.n) / fs->unit);
}

/* Units a flow is discounted by, on the side of x. */
static double
flow_age(const struct flows *fs, size_t i, bool below)
{
	return (flow_time(fs, i) - (below ? fs->span : 0));
}

static double
npv(const struct flows *fs, double x, double *slope)
{
	struct sum value = { 0 }, fall = { 0 };
	double age, term;

	for (size_t i = 0; i < fs->n; i++) {
		age = flow_age(fs, i, x < 0);
		term = fs->f[i].amount * exp(-x * age);
		sum_add(&value, term);
		sum_add(&fall, -age * term);
	}
	*slope = sum_of(fall);
	return (sum_of(value));
}

static double
npv_only(const struct flows *fs, double x)
{
	double slope;

	return (npv(fs, x, &slope));
}

/* Adds to nodes going one way from x = 0 the terms of flows [at, at + m). */
static void
grid_side(const struct flows *fs, size_t at, size_t m, bool below,
    double *node)
{
	double term[CHUNK] = { 0 }, fade[CHUNK] = { 0 }, part[4];
	int steps = below ? DOWN : NODES - 1 - DOWN;

	for (size_t i = 0; i < m; i++) {
		term[i] = fs->f[at + i].amount;
		fade[i] = exp(-STEP * fabs(flow_age(fs, at + i, below)));
	}
	for (int k = 1; k <= steps; k++) {
		memset(part, 0, sizeof(part));
		for (size_t i = 0; i < CHUNK; i += 4)
			for (size_t j = 0; j < 4; j++)
				part[j] += term[i + j] *= fade[i + j];
		node[below ? DOWN - k : DOWN + k] +=
		    (part[0] + part[1]) + (part[2] + part[3]);
	}
}

static void
grid_fill(const struct flows *fs, double node[NODES])
{
	size_t m;

	memset(node, 0, NODES * sizeof(node[0]));
	node[DOWN] = npv_only(fs, 0);
	for (size_t at = 0; at < fs->n; at += m) {
		m = fs->n - at < CHUNK ? fs->n - at : CHUNK;
		grid_side(fs, at, m, true, node);
		grid_side(fs, at, m, false, node);
	}
}

static double
node_x(int k)
{
	return ((k - DOWN) * STEP);
}

/* The root in [a, b]: Newton, kept in its bracket by bisection. */
static double
root_in(const struct flows *fs, double a, double b)
{
	double fa = npv_only(fs, a), fb = npv_only(fs, b);
	double x, next, f, slope, last = b - a;

	/* The grid's running products round: the root may be at an end. */
	if (fa == 0 || (fa > 0) == (fb > 0))
		return (fabs(fa) < fabs(fb) ? a : b);
	x = (a + b) / 2;
	for (int i = 0; i < 200; i++) {
		f = npv(fs, x, &slope);
		if (f == 0)
			return (x);
		if ((f > 0) == (fa > 0))
			a = x;
		else
			b = x;
		next = x - f / slope;
		if (!(next > a && next < b) || fabs(next - x) > last / 2)
			next = (a + b) / 2;
		last = fabs(next - x);
		x = next;
		if (last <= X_CLOSE * fmax(1, fabs(x)))
			break;
	}
	return (x);
}

static void
root_add(struct xirr *out, double x)
{
	if (out->n < XIRR_ROOTS_MAX)
		out->root[out->n++] = expm1(x);
}

/*
 * Between nodes of one sign the value may dip to 0 and back: golden section
 * for its least magnitude on [a, b], until the sign turns.
 */
static void
root_dip(const struct flows *fs, double a, double b, double sign,
    struct xirr *out)
{
	static const double GOLD = 0.6180339887498949;
	double from = a, to = b, c, d, fc, fd;

	c = b - GOLD * (b - a);
	d = a + GOLD * (b - a);
	fc = sign * npv_only(fs, c);
	fd = sign * npv_only(fs, d);
	while (b - a > 1e-8 && fc > 0 && fd > 0) {
		if (fc < fd) {
			b = d;
			d = c;
			fd = fc;
			c = b - GOLD * (b - a);
			fc = sign * npv_only(fs, c);
		} else {
			a = c;
			c = d;
			fc = fd;
			d = a + GOLD * (b - a);
			fd = sign * npv_only(fs, d);
		}
	}
	if (fmin(fc, fd) < 0) {
		root_add(out, root_in(fs, from, fc < fd ? c : d));
		root_add(out, root_in(fs, fc < fd ? c : d, to));
	} else if (fmin(fc, fd) <= TOUCH * fs->gross)
		root_add(out, fc < fd ? c : d);
}

/* Do three nodes of one sign end at k, the middle one nearest to 0? */
static bool
node_dips(const double *node, int k)
{
	double sign = node[k] > 0 ? 1 : -1, middle = sign * node[k - 1];

	return (middle > 0 && middle < sign * node[k] &&
	    middle < sign * node[k - 2]);
}

static void
roots_find(const struct flows *fs, struct xirr *out)
{
	double node[NODES];

	grid_fill(fs, node);
	for (int k = 0; k < NODES; k++) {
		if (node[k] == 0)
			root_add(out, node_x(k));
		else if (k > 0 && node[k - 1] != 0 &&
		    (node[k - 1] > 0) != (node[k] > 0))
			root_add(out, root_in(fs, node_x(k - 1), node_x(k)));
		else if (k > 1 && node_dips(node, k))
			root_dip(fs, node_x(k - 2), node_x(k),
			    node[k] > 0 ? 1 : -1, out);
	}
}

/*
 * Modified Dietz of a unit, of the same flows, weighed from their day's end
 * (the first day's are the opening value, the last day's the closing one);
 * 0.1 where it has none.
 */
static double
roots_guess(const struct flows *fs)
{
	double gain = 0, base = 0, r;

	for (size_t i = 0; i < fs->n; i++) {
		gain += fs->f[i].amount;
		base -= fs->f[i].amount * (1 - flow_time(fs, i) / fs->span);
	}
	if (!(base > 0) || gain / base <= -1)
		return (0.1);
	r = expm1(log1p(gain / base) / fs->span);
	return (isfinite(r) ? r : 0.1);
}

static double
root_nearest(const struct xirr *x, double guess)
{
	double best = x->root[0];

	for (size_t i = 1; i < x->n; i++)
		if (fabs(x->root[i] - guess) < fabs(best - guess))
			best = x->root[i];
	return (best);
}

/* Days must ascend; after netting by day both signs must be there. */
static enum why
flows_fault(const struct cashflow *f, size_t n)
{
	bool in = false, out = false;
	struct sum net = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (!isfinite(f[i].amount) || !day_ok(f[i].on) ||
		    (i > 0 && day_cmp(f[i - 1].on, f[i].on) > 0))
			return (WHY_INVALID_INPUT);
		if (i > 0 && day_cmp(f[i - 1].on, f[i].on) < 0)
			net = (struct sum){ 0 };
		sum_add(&net, f[i].amount);
		if (i + 1 == n || day_cmp(f[i].on, f[i + 1].on) != 0) {
			in = in || sum_of(net) < 0;
			out = out || sum_of(net) > 0;
		}
	}
	return (in && out ? WHY_OK : WHY_NO_SOLUTION);
}

/* From a unit's rate to a year's. */
static double
rate_annual(const struct flows *fs, double rate)
{
	return (fs->unit < YEAR ? expm1(log1p(rate) * YEAR / fs->unit) : rate);
}

/* A root whose year's rate no double holds is left out. */
static void
roots_annual(const struct flows *fs, struct xirr *out)
{
	size_t n = 0;
	double rate;

	for (size_t i = 0; i < out->n; i++) {
		rate = rate_annual(fs, out->root[i]);
		if (isfinite(rate))
			out->root[n++] = rate;
	}
	out->n = n;
}

void
quant_xirr(const struct cashflow *f, size_t n, struct xirr *out)
{
	struct flows fs = { .f = f, .n = n };
	enum why why = flows_fault(f, n);
	unsigned warn;
	double rate;

	memset(out, 0, sizeof(*out));
	out->annual = out->shown = figure_none(why);
	if (why != WHY_OK)
		return;
	out->days = day_between(f[0].on, f[n - 1].on);
	fs.unit = fmin(YEAR, out->days);
	fs.span = out->days / fs.unit;
	for (size_t i = 0; i < n; i++)
		fs.gross += fabs(f[i].amount);
	roots_find(&fs, out);
	out->annual = out->shown = figure_none(WHY_NO_SOLUTION);
	if (out->n == 0)
		return;
	warn = out->n > 1 ? WARN_MULTIPLE_ROOTS : 0;
	rate = root_nearest(out, roots_guess(&fs));
	out->annual = figure_of(rate_annual(&fs, rate), warn);
	out->shown = figure_of(rate, warn |
	    (out->days < YEAR ? WARN_NOT_ANNUALISED : 0));
	roots_annual(&fs, out);
}

double
quant_xnpv(const struct cashflow *f, size_t n, double rate)
{
	struct flows fs = { .f = f, .n = n, .unit = YEAR };
	struct sum value = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&value, f[i].amount *
		    exp(-log1p(rate) * flow_time(&fs, i)));
	return (sum_of(value));
}
