/*
 * What may become of money: many seeded paths of a portfolio that is paid
 * into or lived from; and least squares on factors. Include quant/quant.h,
 * not this.
 */
#ifndef BURSAR_QUANT_PROJECTION_H
#define BURSAR_QUANT_PROJECTION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "quant/figure.h"

enum { PROJECTION_LEVELS = 5 };		/* 5, 25, 50, 75, 95 % */

/*
 * Each path earns, each period, a return drawn from `r` (n of them, with
 * replacement), or, when r is NULL, from the normal of `mean` and
 * `deviation`; then `flow` is added, a withdrawal if below 0, which grows
 * by `growth` a period. A path that falls to 0 stays there: it is ruined.
 */
struct projection {
	const double	*r;
	size_t		 n;
	double		 mean, deviation;
	double		 start;		/* >= 0 */
	double		 flow, growth;
	size_t		 periods, paths;
	uint64_t	 seed;
};

struct prospect {
	struct figure	mean;		/* of what paths end at */
	struct figure	ruined;		/* share of paths */
	size_t		first_ruin;	/* period, or periods + 1: none */
};

/*
 * Fills level[k * PROJECTION_LEVELS + j] with the j-th percentile after
 * period k + 1. The same seed gives the same bits, in whatever order paths
 * are run. `work` has room for 2 * paths doubles.
 */
enum why	quant_project(const struct projection *p, double *level,
		    double *work, struct prospect *out) MUSTCHECK;

/* ---- least squares ----------------------------------------------- */

struct regression {
	struct figure	r_squared, adjusted;
	struct figure	deviation;	/* of residuals, by n - k - 1 */
};

/*
 * y on k factors and a constant: x[j * n + i]. Fills coefficient[0..k] and
 * error[0..k], the constant first; a residual each period if `residual` is
 * not NULL. `work` has room for (n + k + 1) * (k + 1) doubles.
 * WHY_INSUFFICIENT_DATA if n < k + 2; WHY_ZERO_VARIANCE if a factor is
 * constant or a combination of others.
 */
enum why	quant_regress(const double *y, const double *x, size_t n,
		    size_t k, double *coefficient, double *error,
		    double *residual, double *work, struct regression *out)
		    MUSTCHECK;

#endif
