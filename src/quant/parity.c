/*
 * Weights by risk alone: every asset the same share of it, or by a tree of
 * what moves together. No expected return is read.
 */
#include "quant/program.h"

enum { SWEEPS = 2000 };

static double
row_times(const struct assets *a, size_t i, const double *w)
{
	double sum = 0;

	for (size_t j = 0; j < a->n; j++)
		sum += asset_cov(a, i, j) * w[j];
	return (sum);
}

static enum why
risk_fault(const struct assets *a, const double *budget)
{
	TRY_WHY(covariance_fault(a));
	for (size_t i = 0; i < a->n; i++) {
		if (asset_cov(a, i, i) <= 0)
			return (WHY_ZERO_VARIANCE);
		if (budget != NULL && !(budget[i] > 0 && isfinite(budget[i])))
			return (WHY_INVALID_INPUT);
	}
	return (WHY_OK);
}

static void
scale_to_one(double *w, size_t n)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		sum_add(&sum, w[i]);
	for (size_t i = 0; i < n; i++)
		w[i] /= sum_of(sum);
}

/*
 * Least of w' C w / 2 - sum of budget ln w, one weight at a time: each has
 * a square equation to itself. Its unscaled answer has equal risks.
 */
enum why
quant_risk_parity(const struct assets *a, const double *budget, double *w,
    double *work)
{
	enum why why = risk_fault(a, budget);
	double share, rest, next, change = 1, variance;

	(void)work;
	if (why != WHY_OK)
		return (why);
	for (size_t i = 0; i < a->n; i++)
		w[i] = 1 / sqrt(asset_cov(a, i, i) * (double)a->n);
	for (int sweep = 0; sweep < SWEEPS && change > 1e-15; sweep++) {
		change = 0;
		for (size_t i = 0; i < a->n; i++) {
			variance = asset_cov(a, i, i);
			share = budget != NULL ? budget[i] : 1.0 /
			    (double)a->n;
			rest = row_times(a, i, w) - variance * w[i];
			next = (sqrt(rest * rest + 4 * variance * share) -
			    rest) / (2 * variance);
			change = fmax(change, fabs(next - w[i]) / next);
			w[i] = next;
		}
	}
	scale_to_one(w, a->n);
	return (change < 1e-9 ? WHY_OK : WHY_NO_SOLUTION);
}

/* ---- hierarchical ------------------------------------------------ */

/* Of the columns of correlation distances: their Euclidean distance. */
static void
distances_fill(const struct assets *a, double *near, double *far)
{
	size_t n = a->n;
	double sum, d, c;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			c = asset_cov(a, i, j) / sqrt(asset_cov(a, i, i) *
			    asset_cov(a, j, j));
			near[i * n + j] = i == j ? 0 :
			    sqrt(fmax(0, (1 - fmin(1, c)) / 2));
		}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			sum = 0;
			for (size_t k = 0; k < n; k++) {
				d = near[i * n + k] - near[j * n + k];
				sum += d * d;
			}
			far[i * n + j] = sqrt(sum);
		}
}

/* Clusters are lists, known by their first; all four have n elements. */
struct tree {
	size_t	n;
	size_t	*next, *last, *age, *order;
};

#define GONE	((size_t)-1)

/* The nearest two that are left: the one made earlier goes first. */
static void
tree_nearest(const struct tree *t, const double *far, size_t *x, size_t *y)
{
	double least = INFINITY;

	for (size_t i = 0; i < t->n; i++)
		for (size_t j = i + 1; j < t->n && t->age[i] != GONE; j++) {
			if (t->age[j] == GONE || !(far[i * t->n + j] < least))
				continue;
			least = far[i * t->n + j];
			*x = t->age[i] < t->age[j] ? i : j;
			*y = i + j - *x;
		}
}

/* x takes y in; as far from others as the nearer of the two was. */
static void
tree_join(struct tree *t, double *far, size_t x, size_t y, size_t age)
{
	size_t n = t->n;

	t->next[t->last[x]] = y;
	t->last[x] = t->last[y];
	t->age[x] = age;
	t->age[y] = GONE;
	for (size_t k = 0; k < n; k++)
		far[x * n + k] = far[k * n + x] =
		    fmin(far[x * n + k], far[y * n + k]);
}

static void
tree_order(struct tree *t, double *far)
{
	size_t n = t->n, x = 0, y = 0, at = 0;

	for (size_t i = 0; i < n; i++) {
		t->next[i] = GONE;
		t->last[i] = t->age[i] = i;
	}
	for (size_t age = n; age + 1 < 2 * n; age++) {
		tree_nearest(t, far, &x, &y);
		tree_join(t, far, x, y, age);
	}
	for (size_t i = n == 1 ? 0 : x; i != GONE; i = t->next[i])
		t->order[at++] = i;
}

/* Variance of a run held by inverse variance. */
static double
run_variance(const struct assets *a, const size_t *order, size_t n)
{
	double all = 0, sum = 0;

	for (size_t i = 0; i < n; i++)
		all += 1 / asset_cov(a, order[i], order[i]);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			sum += asset_cov(a, order[i], order[j]) /
			    asset_cov(a, order[i], order[i]) /
			    asset_cov(a, order[j], order[j]);
	return (sum / (all * all));
}

static void
run_halve(const struct assets *a, const size_t *order, size_t n, double *w)
{
	size_t half = n / 2;
	double left, right, share;

	if (n < 2)
		return;
	left = run_variance(a, order, half);
	right = run_variance(a, order + half, n - half);
	share = left + right > 0 ? right / (left + right) : 0.5;
	for (size_t i = 0; i < n; i++)
		w[order[i]] *= i < half ? share : 1 - share;
	run_halve(a, order, half, w);
	run_halve(a, order + half, n - half, w);
}

enum why
quant_hierarchical_parity(const struct assets *a, double *w, double *work)
{
	enum why why = risk_fault(a, NULL);
	size_t n = a->n, *list = (size_t *)(work + 2 * n * n);
	struct tree t = { n, list, list + n, list + 2 * n, list + 3 * n };

	if (why != WHY_OK)
		return (why);
	distances_fill(a, work, work + n * n);
	tree_order(&t, work + n * n);
	for (size_t i = 0; i < n; i++)
		w[i] = 1;
	run_halve(a, t.order, n, w);
	scale_to_one(w, n);
	return (WHY_OK);
}
