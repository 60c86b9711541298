/*
 * Paths are drawn by counting, not by remembering: a draw is a scramble of
 * seed, path and period, so no path depends on another.
 */
#include "quant/lane.h"

static const double levels[PROJECTION_LEVELS] = { 0.05, 0.25, 0.5, 0.75,
    0.95 };

/* Steele, Lea and Flood's finaliser, of SplittableRandom. */
static uint64_t
scramble(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (x ^ (x >> 31));
}

static double
path_return(const struct projection *p, uint64_t path, uint64_t period)
{
	uint64_t bits = scramble(scramble(scramble(p->seed) ^ path) ^ period);
	/* Strictly between 0 and 1. */
	double unit = ((double)(bits >> 12) + 0.5) * 0x1p-52;

	if (p->r != NULL)
		return (p->r[(size_t)(unit * (double)p->n)]);
	return (p->mean + p->deviation * quant_normal_quantile(unit));
}

/* Type 7, as all quantiles here. */
static double
level_of(const double *sorted, size_t n, double p)
{
	double h = (double)(n - 1) * p, low = floor(h);
	size_t at = (size_t)low;

	if (at + 1 >= n)
		return (sorted[n - 1]);
	return (sorted[at] + (h - low) * (sorted[at + 1] - sorted[at]));
}

static enum why
projection_fault(const struct projection *p)
{
	if (p->periods == 0 || p->paths == 0 || (p->r != NULL && p->n == 0))
		return (WHY_INSUFFICIENT_DATA);
	if (!isfinite(p->start) || p->start < 0 || !isfinite(p->flow) ||
	    !(p->growth > -1) || !isfinite(p->growth) ||
	    (p->r != NULL && !numbers_ok(p->r, p->n)) ||
	    (p->r == NULL && (!isfinite(p->mean) ||
	    !(p->deviation >= 0) || !isfinite(p->deviation))))
		return (WHY_INVALID_INPUT);
	return (WHY_OK);
}

/* A path that has nothing has a NaN for good; it counts as 0. */
static double
path_step(double wealth, double r, double flow)
{
	wealth = wealth * fmax(0, 1 + r) + flow;
	return (wealth > 0 ? wealth : NAN);
}

enum why
quant_project(const struct projection *p, double *level, double *work,
    struct prospect *out)
{
	enum why why = projection_fault(p);
	double *wealth = work, *sorted = work + p->paths, flow = p->flow;
	struct sum end = { 0 };
	size_t ruined = 0;

	*out = (struct prospect){ figure_none(why), figure_none(why),
	    p->periods + 1 };
	if (why != WHY_OK)
		return (why);
	for (size_t i = 0; i < p->paths; i++)
		wealth[i] = p->start;
	for (size_t k = 0; k < p->periods; k++, flow *= 1 + p->growth) {
		for (size_t i = 0; i < p->paths; i++) {
			wealth[i] = path_step(wealth[i],
			    path_return(p, i, k), flow);
			sorted[i] = isnan(wealth[i]) ? 0 : wealth[i];
			if (isnan(wealth[i]) && out->first_ruin > k + 1)
				out->first_ruin = k + 1;
		}
		numbers_sort(sorted, p->paths);
		for (size_t j = 0; j < PROJECTION_LEVELS; j++)
			level[k * PROJECTION_LEVELS + j] =
			    level_of(sorted, p->paths, levels[j]);
	}
	for (size_t i = 0; i < p->paths; i++) {
		ruined += isnan(wealth[i]);
		sum_add(&end, isnan(wealth[i]) ? 0 : wealth[i]);
	}
	out->mean = figure_of(sum_of(end) / (double)p->paths, 0);
	out->ruined = figure_of((double)ruined / (double)p->paths, 0);
	return (WHY_OK);
}
