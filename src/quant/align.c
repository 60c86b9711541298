/*
 * Two dated lists on the days both have. Nothing is filled in: a day one
 * side lacks becomes part of the other's next joint period. A risk-free
 * rate is the last one known when the period began, never a later one.
 */
#include "quant/lane.h"

enum { CARRY_DAYS = 7 };	/* how long a yield stays known */

static bool
dated_ok(const struct dated *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (!isfinite(d->x[i]) || !day_ok(d->on[i]) ||
		    (i > 0 && day_cmp(d->on[i - 1], d->on[i]) >= 0))
			return (false);
	return (true);
}

/* Returns met since the last joint day. */
struct merge {
	long double	wealth;
	double		single;		/* the return, when it is one */
	size_t		n;
};

static void
merge_add(struct merge *m, double r)
{
	m->wealth = (m->n == 0 ? 1 : m->wealth) *
	    fmaxl(1 + (long double)r, 0);
	m->single = r;
	m->n++;
}

/* The merged return; only the last one when `alone`. */
static double
merge_take(struct merge *m, bool alone)
{
	double r = alone || m->n == 1 ? m->single : (double)(m->wealth - 1);

	m->n = 0;
	return (r);
}

enum why
quant_align(const struct dated *x, const struct dated *y, day *on, double *a,
    double *b, size_t *n)
{
	struct merge mx = { 0 }, my = { 0 };
	size_t i = 0, j = 0;
	int order;

	*n = 0;
	if (!dated_ok(x) || !dated_ok(y))
		return (WHY_INVALID_INPUT);
	while (i < x->n && j < y->n) {
		order = day_cmp(x->on[i], y->on[j]);
		if (order <= 0)
			merge_add(&mx, x->x[i++]);
		if (order >= 0)
			merge_add(&my, y->x[j++]);
		if (order != 0)
			continue;
		on[*n] = x->on[i - 1];
		a[*n] = merge_take(&mx, *n == 0);
		b[*n] = merge_take(&my, *n == 0);
		*n += 1;
	}
	return (*n < 2 ? WHY_MISALIGNED : WHY_OK);
}

/* Steps both to their next joint day; false at either's end. */
static bool
joint_next(const struct dated *x, const struct dated *y, size_t *i, size_t *j)
{
	int order;

	while (*i < x->n && *j < y->n) {
		order = day_cmp(x->on[*i], y->on[*j]);
		if (order == 0)
			return (true);
		*i += order < 0;
		*j += order > 0;
	}
	return (false);
}

enum why
quant_align_levels(const struct dated *x, const struct dated *y, day *on,
    double *a, double *b, size_t *n)
{
	size_t i = 0, j = 0, i0, j0;
	struct figure fa, fb;

	*n = 0;
	if (!dated_ok(x) || !dated_ok(y))
		return (WHY_INVALID_INPUT);
	if (!joint_next(x, y, &i, &j))
		return (WHY_MISALIGNED);
	for (;;) {
		i0 = i++;
		j0 = j++;
		if (!joint_next(x, y, &i, &j))
			break;
		fa = quant_simple_return(x->x[i0], x->x[i]);
		fb = quant_simple_return(y->x[j0], y->x[j]);
		if (!figure_ok(fa) || !figure_ok(fb))
			return (WHY_NON_POSITIVE_BASE);
		on[*n] = x->on[i];
		a[*n] = fa.value;
		b[*n] = fb.value;
		*n += 1;
	}
	return (*n < 1 ? WHY_MISALIGNED : WHY_OK);
}

enum why
quant_rate_align(const struct dated *yields, day from, const day *on,
    size_t n, double p, double *rf)
{
	size_t known = 0;
	struct figure f;
	day start = from;

	if (!dated_ok(yields) || !day_ok(from))
		return (WHY_INVALID_INPUT);
	for (size_t k = 0; k < n; k++) {
		if (!day_ok(on[k]) || day_cmp(start, on[k]) >= 0)
			return (WHY_INVALID_INPUT);
		while (known < yields->n &&
		    day_cmp(yields->on[known], start) <= 0)
			known++;
		if (known == 0 ||
		    day_between(yields->on[known - 1], start) > CARRY_DAYS)
			return (WHY_MISSING_PRICE);
		f = p == 0 ? quant_rate_act360(yields->x[known - 1],
		    day_between(start, on[k])) :
		    quant_rate_period(yields->x[known - 1], p);
		if (!figure_ok(f))
			return (f.why);
		rf[k] = f.value;
		start = on[k];
	}
	return (WHY_OK);
}
