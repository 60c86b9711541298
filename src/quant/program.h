/*
 * The program behind weights.c: least variance less `price` times return,
 * over weights within bounds that add up to 1. Not for other rooms.
 */
#ifndef BURSAR_QUANT_PROGRAM_H
#define BURSAR_QUANT_PROGRAM_H

#include "quant/lane.h"

#define TRY_WHY(expr) do {			\
	enum why why_ = (expr);			\
	if (why_ != WHY_OK)			\
		return (why_);			\
} while (0)

struct program {
	const struct assets	*a;
	size_t			 n;
	double			 price;		/* of return, in variance */
	double			*w;
	double			 multiplier;	/* of adding up to 1 */
	/* scratch */
	double			*factor, *x, *ones, *slope, *goal, *state;
	double			*below, *above;	/* weights at two prices */
};

static inline double
asset_low(const struct assets *a, size_t i)
{
	return (a->low != NULL ? a->low[i] : 0);
}

static inline double
asset_high(const struct assets *a, size_t i)
{
	return (a->high != NULL ? a->high[i] : 1);
}

static inline double
asset_mean(const struct assets *a, size_t i)
{
	return (a->mean != NULL ? a->mean[i] : 0);
}

static inline double
asset_cov(const struct assets *a, size_t i, size_t j)
{
	return (a->covariance[i * a->n + j]);
}

/* Are covariances there, finite, and of a size to be computed with? */
enum why	covariance_fault(const struct assets *a);
/* And the rest, and is there a weight that the bounds allow? */
enum why	assets_fault(const struct assets *a);
/* Feasible to begin with: all at their lows, then filled up in turn. */
void		program_open(struct program *p, const struct assets *a,
		    double *w, double *work);
/* The best weights, found from those it has. */
enum why	program_solve(struct program *p) MUSTCHECK;

#endif
