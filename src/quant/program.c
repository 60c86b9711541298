/*
 * A quadratic program over weights that add up to 1: an active set of
 * bounds, and for the weights that are free Newton's steps. A step's matrix
 * has a little of each variance added, so that assets which make up one
 * another have a step as well; its slopes have not, so what the steps end at
 * is the optimum of the covariance as it is.
 */
#include "quant/program.h"

/* Added, of a variance and of the largest one. */
static const double RIDGE = 1e-9;
static const double RIDGE_LEAST = 1e-12;
static const double TIGHT = 1e-12;
/* A step this small, of the largest weight, is none. */
static const double STILL = 1e-15;
/* One this long, of the step before, comes to nothing by itself. */
static const double SLOW = 0.9;
enum { STEPS = 40 };

enum { FREE = 0, AT_LOW = -1, AT_HIGH = 1 };

/* Beyond these the products of an optimum leave a double's range. */
static const double LARGEST = 1e100;
static const double SMALLEST = 1e-100;

static bool
numbers_near(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!(fabs(x[i]) <= LARGEST))
			return (false);
	return (true);
}

enum why
covariance_fault(const struct assets *a)
{
	if (a->n == 0)
		return (WHY_INSUFFICIENT_DATA);
	if (!numbers_ok(a->covariance, a->n * a->n))
		return (WHY_INVALID_INPUT);
	if (!numbers_near(a->covariance, a->n * a->n))
		return (WHY_OUT_OF_RANGE);
	for (size_t i = 0; i < a->n; i++)
		if (asset_cov(a, i, i) > 0 && asset_cov(a, i, i) < SMALLEST)
			return (WHY_OUT_OF_RANGE);
	return (WHY_OK);
}

enum why
assets_fault(const struct assets *a)
{
	double low = 0, high = 0;

	TRY_WHY(covariance_fault(a));
	if (a->mean != NULL && !numbers_ok(a->mean, a->n))
		return (WHY_INVALID_INPUT);
	if (a->mean != NULL && !numbers_near(a->mean, a->n))
		return (WHY_OUT_OF_RANGE);
	for (size_t i = 0; i < a->n; i++) {
		if (!isfinite(asset_low(a, i)) ||
		    !isfinite(asset_high(a, i)) ||
		    asset_low(a, i) > asset_high(a, i) ||
		    !(asset_cov(a, i, i) >= 0))
			return (WHY_INVALID_INPUT);
		if (fabs(asset_low(a, i)) > LARGEST ||
		    fabs(asset_high(a, i)) > LARGEST)
			return (WHY_OUT_OF_RANGE);
		low += asset_low(a, i);
		high += asset_high(a, i);
	}
	return (low > 1 + TIGHT || high < 1 - TIGHT ? WHY_NO_SOLUTION :
	    WHY_OK);
}

void
program_open(struct program *p, const struct assets *a, double *w,
    double *work)
{
	size_t n = a->n;
	double left = 1, room;

	*p = (struct program){ .a = a, .n = n, .w = w, .factor = work,
	    .x = work + n * n, .ones = work + n * n + n,
	    .slope = work + n * n + 2 * n, .goal = work + n * n + 3 * n,
	    .state = work + n * n + 4 * n, .below = work + n * n + 6 * n,
	    .above = work + n * n + 7 * n };
	for (size_t i = 0; i < n; i++) {
		w[i] = asset_low(a, i);
		left -= w[i];
		p->state[i] = AT_LOW;
	}
	for (size_t i = 0; i < n && left > 0; i++) {
		room = fmin(left, asset_high(a, i) - w[i]);
		if (room <= 0)
			continue;
		w[i] += room;
		left -= room;
		p->state[i] = w[i] < asset_high(a, i) ? FREE : AT_HIGH;
	}
}

/* Cholesky's factor of the covariance of the free, in rows of n. */
static void
factor_free(struct program *p, const size_t *free, size_t m)
{
	double *f = p->factor, sum, most = 0, ridge = 0;

	for (size_t i = 0; i < p->n; i++)
		most = fmax(most, asset_cov(p->a, i, i));
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j <= i; j++) {
			sum = asset_cov(p->a, free[i], free[j]);
			if (i == j) {
				ridge = RIDGE * sum + RIDGE_LEAST * most +
				    1e-300;
				sum += ridge;
			}
			for (size_t k = 0; k < j; k++)
				sum -= f[i * p->n + k] * f[j * p->n + k];
			f[i * p->n + j] = i == j ? sqrt(fmax(sum, ridge)) :
			    sum / f[j * p->n + j];
		}
}

static void
factor_solve(const struct program *p, size_t m, double *x)
{
	const double *f = p->factor;

	for (size_t i = 0; i < m; i++) {
		for (size_t k = 0; k < i; k++)
			x[i] -= f[i * p->n + k] * x[k];
		x[i] /= f[i * p->n + i];
	}
	for (size_t i = m; i-- > 0;) {
		for (size_t k = i + 1; k < m; k++)
			x[i] -= f[k * p->n + i] * x[k];
		x[i] /= f[i * p->n + i];
	}
}

/* How variance, less the price of return, changes with each weight. */
static void
slopes(struct program *p)
{
	for (size_t i = 0; i < p->n; i++) {
		p->slope[i] = -p->price * asset_mean(p->a, i);
		for (size_t j = 0; j < p->n; j++)
			p->slope[i] += asset_cov(p->a, i, j) * p->w[j];
	}
}

/* What a step's rounding would add to all weights, off its largest part. */
static void
goal_level(struct program *p, size_t m)
{
	struct sum all = { 0 };
	size_t most = 0;

	for (size_t i = 0; i < m; i++) {
		sum_add(&all, p->goal[i]);
		if (fabs(p->goal[i]) > fabs(p->goal[most]))
			most = i;
	}
	p->goal[most] -= sum_of(all);
}

/* The free weights' best, the others where they are: a step towards it. */
static void
free_goal(struct program *p, const size_t *free, size_t m)
{
	double all = 0, each = 0, level = 0;

	slopes(p);
	/* Level slopes are no step: near an optimum that is all they are. */
	for (size_t i = 0; i < m; i++)
		level += p->slope[free[i]] / (double)m;
	for (size_t i = 0; i < m; i++) {
		p->x[i] = level - p->slope[free[i]];
		p->ones[i] = 1;
	}
	factor_solve(p, m, p->x);
	factor_solve(p, m, p->ones);
	for (size_t i = 0; i < m; i++) {
		all += p->x[i];
		each += p->ones[i];
	}
	for (size_t i = 0; i < m; i++)
		p->goal[i] = p->x[i] - all / each * p->ones[i];
	p->multiplier = all / each - level;
	goal_level(p, m);
}

/* How long a step is, of the largest weight. */
static double
goal_length(const struct program *p, size_t m)
{
	double far = 0, whole = 1;

	for (size_t i = 0; i < m; i++)
		far = fmax(far, fabs(p->goal[i]));
	for (size_t i = 0; i < p->n; i++)
		whole = fmax(whole, fabs(p->w[i]));
	return (far / whole);
}

/*
 * How often a goal may be gone towards until the slopes there are level: it
 * is what is left between assets that make up one another, where what was
 * added shortens a step. 0 if the pull is but rounding.
 */
static double
goal_reach(const struct program *p, const size_t *free, size_t m)
{
	double pull = 0, whole = 0, bend = 0;

	for (size_t i = 0; i < m; i++) {
		pull -= p->slope[free[i]] * p->goal[i];
		whole += fabs(p->slope[free[i]] * p->goal[i]);
		for (size_t j = 0; j < m; j++)
			bend += p->goal[i] * p->goal[j] *
			    asset_cov(p->a, free[i], free[j]);
	}
	if (!(pull > TIGHT * whole))
		return (0);
	return (bend > 0 ? fmax(1, pull / bend) : INFINITY);
}

/* Goes `step` goals, or as far as bounds let it; false: one stopped it. */
static bool
free_step(struct program *p, const size_t *free, size_t m, double step)
{
	double reach;
	size_t stopped = m;

	for (size_t i = 0; i < m; i++) {
		reach = (p->goal[i] < 0 ? asset_low(p->a, free[i]) :
		    asset_high(p->a, free[i])) - p->w[free[i]];
		if (fabs(p->goal[i]) * step > fabs(reach)) {
			step = fabs(reach / p->goal[i]);
			stopped = i;
		}
	}
	for (size_t i = 0; i < m; i++)
		p->w[free[i]] += step * p->goal[i];
	if (stopped == m)
		return (true);
	p->state[free[stopped]] = p->goal[stopped] < 0 ? AT_LOW : AT_HIGH;
	p->w[free[stopped]] = p->goal[stopped] < 0 ?
	    asset_low(p->a, free[stopped]) : asset_high(p->a, free[stopped]);
	return (false);
}

/* Nothing is free: the pair that would gain by trading places, if any. */
static bool
free_pair(struct program *p)
{
	size_t up = p->n, down = p->n;

	slopes(p);
	for (size_t i = 0; i < p->n; i++) {
		if (asset_low(p->a, i) == asset_high(p->a, i))
			continue;
		if (p->state[i] == AT_LOW &&
		    (up == p->n || p->slope[i] < p->slope[up]))
			up = i;
		if (p->state[i] == AT_HIGH &&
		    (down == p->n || p->slope[i] > p->slope[down]))
			down = i;
	}
	if (up == p->n || down == p->n || p->slope[up] >=
	    p->slope[down] - TIGHT * fabs(p->slope[down]))
		return (false);
	p->state[up] = p->state[down] = FREE;
	return (true);
}

/* Frees the weight that its bound holds back most; false: none is. */
static bool
free_one(struct program *p, double room)
{
	size_t which = p->n;
	double pull, most = room;

	slopes(p);
	for (size_t i = 0; i < p->n; i++) {
		pull = p->state[i] * (p->slope[i] + p->multiplier);
		if (p->state[i] == FREE || !(pull > most) ||
		    asset_low(p->a, i) == asset_high(p->a, i))
			continue;
		most = pull;
		which = i;
	}
	if (which == p->n)
		return (false);
	p->state[which] = FREE;
	return (true);
}

static size_t
free_list(const struct program *p, size_t *free)
{
	size_t m = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->state[i] == FREE)
			free[m++] = i;
	return (m);
}

/* Where assets without risk pull without end, digits are lost. */
static enum why
program_end(const struct program *p)
{
	double sum = 0, all = 1;

	for (size_t i = 0; i < p->n; i++) {
		sum += p->w[i];
		all += fabs(p->w[i]);
	}
	if (!isfinite(all))
		return (WHY_OUT_OF_RANGE);
	return (fabs(sum - 1) <= 1e-9 * all ? WHY_OK : WHY_NO_SOLUTION);
}

/* Steps until a bound stops one (false), or there is no further to go. */
static bool
free_settle(struct program *p, const size_t *free, size_t m)
{
	double length, last = INFINITY, step;

	factor_free(p, free, m);
	for (int i = 0; i < STEPS; i++, last = length) {
		free_goal(p, free, m);
		length = goal_length(p, m);
		step = length < SLOW * last ? 1 : goal_reach(p, free, m);
		if (!(length > STILL && step > 0))
			break;
		if (!free_step(p, free, m, step))
			return (false);
	}
	return (true);
}

enum why
program_solve(struct program *p)
{
	size_t *free = (size_t *)(p->state + p->n), m;
	double room = 0;

	for (size_t i = 0; i < p->n; i++)
		room = fmax(room, asset_cov(p->a, i, i) +
		    fabs(p->price * asset_mean(p->a, i)));
	for (size_t turn = 0; turn < 100 + 50 * p->n; turn++) {
		m = free_list(p, free);
		if (m == 0 && !free_pair(p))
			return (program_end(p));
		m = free_list(p, free);
		if (free_settle(p, free, m) && !free_one(p, TIGHT * room))
			return (program_end(p));
	}
	return (WHY_NO_SOLUTION);
}
