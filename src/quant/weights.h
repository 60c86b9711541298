/*
 * What to hold of n assets: weights from expected returns, a covariance
 * (n x n, symmetric, row by row) and bounds. A year's, a day's: as both are
 * given. Include quant/quant.h, not this.
 */
#ifndef BURSAR_QUANT_WEIGHTS_H
#define BURSAR_QUANT_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "quant/figure.h"

/* Doubles of scratch for n assets, for every function here. */
#define WEIGHTS_WORK(n)	(2 * (n) * (n) + 8 * (n))

struct assets {
	size_t		 n;
	const double	*mean;		/* expected returns; or NULL: 0 */
	const double	*covariance;
	const double	*low, *high;	/* of each weight; NULL: 0 and 1 */
};

struct weighed {
	struct figure	expected;	/* return */
	struct figure	deviation;
	struct figure	sharpe;		/* over rf, no root of anything */
};

/*
 * Weights that add up to 1, within their bounds. WHY_NO_SOLUTION when no
 * such weights are, or none that the objective asks for;
 * WHY_INVALID_INPUT when a number is not finite, bounds cross, or a
 * variance is negative; WHY_OUT_OF_RANGE when one is beyond 1e100, or a
 * variance below 1e-100.
 */
enum why	quant_min_variance(const struct assets *a, double *w,
		    double *work) MUSTCHECK;
/* The least variance that is expected to return `target` exactly. */
enum why	quant_target_return(const struct assets *a, double target,
		    double *w, double *work) MUSTCHECK;
/* The most of return - aversion / 2 * variance; aversion > 0. */
enum why	quant_max_utility(const struct assets *a, double aversion,
		    double *w, double *work) MUSTCHECK;
/* The tangent from rf; WHY_NO_SOLUTION when nothing returns more. */
enum why	quant_max_sharpe(const struct assets *a, double rf, double *w,
		    double *work) MUSTCHECK;
/*
 * `points` >= 2 weights, n each, from the least variance to the highest
 * return, evenly spaced by return.
 */
enum why	quant_frontier(const struct assets *a, size_t points,
		    double *w, double *work) MUSTCHECK;
/* What weights are expected to do. */
void		quant_weigh(const struct assets *a, const double *w, double rf,
		    struct weighed *out);

/*
 * Long only, each asset's share of the risk its budget's (NULL: all alike).
 * Bounds and means are not read.
 */
enum why	quant_risk_parity(const struct assets *a, const double *budget,
		    double *w, double *work) MUSTCHECK;
/*
 * Hierarchical: assets ordered by single linkage of the distances of their
 * correlation distances, then halved again and again, each half weighed by
 * the other's inverse-variance risk.
 */
enum why	quant_hierarchical_parity(const struct assets *a, double *w,
		    double *work) MUSTCHECK;

/*
 * Sample covariance of n series of t returns, r[i * t + k], by t - 1.
 */
enum why	quant_covariances(const double *r, size_t n, size_t t,
		    double *out) MUSTCHECK;
/*
 * Ledoit and Wolf's: the population's covariance drawn to a multiple of the
 * identity. *shrinkage is how far, 0 to 1. `work` has room for n * t.
 */
enum why	quant_shrunk_covariances(const double *r, size_t n, size_t t,
		    double *out, double *shrinkage, double *work) MUSTCHECK;

/* Trades towards weights: see quant_rebalance. */
struct rebalance {
	size_t		 n;
	const double	*value;		/* held now */
	const double	*target;	/* weights that add up to 1 */
	double		 cash;		/* to invest; negative: to raise */
	double		 band;		/* weights this near are let be */
	double		 least;		/* no trade smaller than this */
	bool		 no_sales;
};

/*
 * What to buy (+) and sell (-) of each. With neither band nor least the
 * trades add up to the cash; what cannot be placed stays cash.
 */
enum why	quant_rebalance(const struct rebalance *b, double *trade)
		    MUSTCHECK;

#endif
