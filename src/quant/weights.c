/*
 * What to hold for the least variance, the most return or the best of both.
 * What has a parameter (a target return, a tangent) is a search over the one
 * price of return, on which the weights of least variance depend piece by
 * piece linearly.
 */
#include <string.h>

#include "quant/program.h"

static const double TIGHT = 1e-12;
static const double AVERSION_LEAST = 1e-100;

static double
returns_of(const struct assets *a, const double *w)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < a->n; i++)
		sum_add(&sum, w[i] * asset_mean(a, i));
	return (sum_of(sum));
}

/* 0 where what is left of its parts is their rounding. */
static double
variance_of(const struct assets *a, const double *w)
{
	static const double ROUNDING = 1e-15;
	struct sum sum = { 0 };
	double part, whole = 0;

	for (size_t i = 0; i < a->n; i++)
		for (size_t j = 0; j < a->n; j++) {
			part = w[i] * w[j] * asset_cov(a, i, j);
			sum_add(&sum, part);
			whole += fabs(part);
		}
	return (sum_of(sum) > ROUNDING * whole ? sum_of(sum) : 0);
}

void
quant_weigh(const struct assets *a, const double *w, double rf,
    struct weighed *out)
{
	out->expected = figure_of(returns_of(a, w), 0);
	out->deviation = figure_of(sqrt(variance_of(a, w)), 0);
	out->sharpe = figure_none(WHY_ZERO_VARIANCE);
	if (figure_ok(out->deviation) && out->deviation.value > 0)
		out->sharpe = figure_of((out->expected.value - rf) /
		    out->deviation.value, 0);
}

enum why
quant_min_variance(const struct assets *a, double *w, double *work)
{
	return (quant_max_utility(a, INFINITY, w, work));
}

enum why
quant_max_utility(const struct assets *a, double aversion, double *w,
    double *work)
{
	enum why why = assets_fault(a);
	struct program p;

	if (why == WHY_OK && !(aversion > 0))
		why = WHY_INVALID_INPUT;
	if (why == WHY_OK && aversion < AVERSION_LEAST)
		why = WHY_OUT_OF_RANGE;
	if (why != WHY_OK)
		return (why);
	program_open(&p, a, w, work);
	p.price = 1 / aversion;
	return (program_solve(&p));
}

/* ---- searches over the price of return --------------------------- */

/* The highest return there is within bounds, or with sign -1 the lowest. */
static double
return_most(struct program *p, double sign)
{
	double most = 0, left = 1, best, room;
	const struct assets *a = p->a;
	size_t which;

	for (size_t i = 0; i < p->n; i++) {
		most += asset_low(a, i) * asset_mean(a, i);
		left -= asset_low(a, i);
		p->x[i] = 0;			/* not yet filled */
	}
	while (left > TIGHT) {
		which = p->n;
		best = -INFINITY;
		for (size_t i = 0; i < p->n; i++)
			if (p->x[i] == 0 && sign * asset_mean(a, i) > best) {
				best = sign * asset_mean(a, i);
				which = i;
			}
		if (which == p->n)
			break;
		p->x[which] = 1;
		room = fmin(left, asset_high(a, which) - asset_low(a, which));
		most += room * asset_mean(a, which);
		left -= room;
	}
	return (most);
}

/* What a search holds against 0: it rises with the price. */
typedef double	excess(const struct program *p, double wanted);

static double
excess_return(const struct program *p, double wanted)
{
	return (returns_of(p->a, p->w) - wanted);
}

/* At the tangent the price of return is variance by return over rf. */
static double
excess_tangent(const struct program *p, double rf)
{
	return (p->price * (returns_of(p->a, p->w) - rf) -
	    variance_of(p->a, p->w));
}

/* One end of a search: a price, the excess there, and what is made of it. */
struct end {
	double	price, gap, held;
	double	*w;
};

static void
end_take(const struct program *p, double gap, struct end *e)
{
	e->price = p->price;
	e->gap = e->held = gap;
	memcpy(e->w, p->w, p->n * sizeof(*p->w));
}

static enum why
end_solve(struct program *p, double price, excess *over, double wanted,
    struct end *e)
{
	p->price = price;
	TRY_WHY(program_solve(p));
	end_take(p, over(p, wanted), e);
	return (WHY_OK);
}

/*
 * Where assets make up one another the weights jump at a price: all between
 * the two are as good there, and their excess is a straight line.
 */
static void
ends_mix(struct program *p, const struct end *a, const struct end *b)
{
	double part = a->gap < 0 && b->gap > 0 ?
	    -a->gap / (b->gap - a->gap) : a->gap < 0;

	for (size_t i = 0; i < p->n; i++)
		p->w[i] = a->w[i] + part * (b->w[i] - a->w[i]);
}

/*
 * The price in [from, to] where `over` turns from below 0 to above: false
 * position, with what is held halved at the end that lags.
 */
static enum why
price_find(struct program *p, double from, double to, excess *over,
    double wanted, double room)
{
	struct end a = { .w = p->below }, b = { .w = p->above }, *e;
	double next, gap;
	int side = 0;

	TRY_WHY(end_solve(p, from, over, wanted, &a));
	TRY_WHY(end_solve(p, to, over, wanted, &b));
	/* Of several least variances it need not be the one seen before. */
	if (from == 0 && a.gap > 0)
		TRY_WHY(end_solve(p, -to, over, wanted, &a));
	if (to == 0 && b.gap < 0)
		TRY_WHY(end_solve(p, -from, over, wanted, &b));
	for (int i = 0; i < 300 && b.price - a.price > 1e-15 *
	    (fabs(a.price) + fabs(b.price)) + 1e-17 * (to - from); i++) {
		next = (a.price * b.held - b.price * a.held) /
		    (b.held - a.held);
		if (!(next > a.price && next < b.price))
			next = (a.price + b.price) / 2;
		p->price = next;
		TRY_WHY(program_solve(p));
		gap = over(p, wanted);
		if (fabs(gap) <= room)
			return (WHY_OK);
		e = gap < 0 ? &a : &b;
		end_take(p, gap, e);
		if (e == &a)
			b.held = side < 0 ? b.held / 2 : b.held;
		else
			a.held = side > 0 ? a.held / 2 : a.held;
		side = e == &a ? -1 : 1;
	}
	ends_mix(p, &a, &b);
	return (WHY_OK);
}

/* A price beyond which the return no longer changes. */
static double
price_most(const struct program *p)
{
	double variance = 0, reach = 1, apart = INFINITY, d;

	for (size_t i = 0; i < p->n; i++) {
		variance = fmax(variance, asset_cov(p->a, i, i));
		reach = fmax(reach, fmax(fabs(asset_low(p->a, i)),
		    fabs(asset_high(p->a, i))));
	}
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < i; j++) {
			d = fabs(asset_mean(p->a, i) - asset_mean(p->a, j));
			apart = d > 0 ? fmin(apart, d) : apart;
		}
	return (isfinite(apart) ? 8 * variance * reach / apart *
	    (double)p->n : 0);
}

static enum why
target_solve(struct program *p, double target)
{
	double most = return_most(p, 1), least = return_most(p, -1), price;
	double room = 1e-13 * fmax(fabs(most), fabs(least));

	if (target > most + 10 * room || target < least - 10 * room)
		return (WHY_NO_SOLUTION);
	p->price = 0;
	TRY_WHY(program_solve(p));
	if (fabs(excess_return(p, target)) <= room)
		return (WHY_OK);
	price = price_most(p);
	return (excess_return(p, target) < 0 ?
	    price_find(p, 0, price, excess_return, target, room) :
	    price_find(p, -price, 0, excess_return, target, room));
}

enum why
quant_target_return(const struct assets *a, double target, double *w,
    double *work)
{
	enum why why = assets_fault(a);
	struct program p;

	if (why == WHY_OK && !isfinite(target))
		why = WHY_INVALID_INPUT;
	if (why != WHY_OK)
		return (why);
	program_open(&p, a, w, work);
	return (target_solve(&p, target));
}

enum why
quant_max_sharpe(const struct assets *a, double rf, double *w, double *work)
{
	enum why why = assets_fault(a);
	struct program p;
	double price;

	if (why == WHY_OK && !isfinite(rf))
		why = WHY_INVALID_INPUT;
	if (why != WHY_OK)
		return (why);
	program_open(&p, a, w, work);
	if (!(return_most(&p, 1) > rf))
		return (WHY_NO_SOLUTION);
	/* Past the last piece the price only has to be high enough. */
	price = fmax(price_most(&p), 1);
	for (int i = 0; i < 60; i++, price *= 8) {
		p.price = price;
		TRY_WHY(program_solve(&p));
		if (excess_tangent(&p, rf) >= 0)
			break;
	}
	return (price_find(&p, 0, price, excess_tangent, rf, 0));
}

enum why
quant_frontier(const struct assets *a, size_t points, double *w,
    double *work)
{
	enum why why = points < 2 ? WHY_INVALID_INPUT : assets_fault(a);
	double from, to;
	struct program p;

	if (why != WHY_OK)
		return (why);
	TRY_WHY(quant_min_variance(a, w, work));
	from = returns_of(a, w);
	for (size_t k = 1; k < points; k++) {
		program_open(&p, a, w + k * a->n, work);
		to = return_most(&p, 1);
		TRY_WHY(target_solve(&p, from + (to - from) * (double)k /
		    (double)(points - 1)));
	}
	return (WHY_OK);
}
