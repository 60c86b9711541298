/*
 * For this room's tests: the 24 periods every golden figure is of, the ways
 * to compare doubles, and a seeded source of returns.
 */
#ifndef BURSAR_QUANT_GOLDEN_H
#define BURSAR_QUANT_GOLDEN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quant/quant.h"

enum { GOLDEN_N = 24 };

static const double golden_a[GOLDEN_N] = {
	0.0061, -0.0123, 0.0035, 0.0148, -0.0072, 0.0009, -0.0201, 0.0187,
	0.0042, -0.0066, 0.0119, 0.0000, -0.0034, 0.0078, -0.0155, 0.0213,
	0.0027, -0.0091, 0.0056, 0.0132, -0.0048, -0.0017, 0.0095, -0.0110,
};

static const double golden_b[GOLDEN_N] = {
	0.0044, -0.0101, 0.0052, 0.0110, -0.0090, 0.0021, -0.0165, 0.0150,
	0.0030, -0.0049, 0.0088, 0.0004, -0.0058, 0.0061, -0.0129, 0.0170,
	0.0000, -0.0075, 0.0063, 0.0097, -0.0030, -0.0026, 0.0081, -0.0094,
};

/* P = 252, risk-free 3 % effective. */
static inline struct series
golden_series(void)
{
	return ((struct series){ .r = golden_a, .b = golden_b, .n = GOLDEN_N,
	    .rf_flat = quant_rate_period(0.03, 252).value, .periods = 252,
	    .from = DAY_NONE, .to = DAY_NONE });
}

/* Equal to 1e-10 of the larger, or 1e-12 near 0, unless `tol` says else. */
static inline void
check_near(double got, double want, double tol, const char *file, int line)
{
	double room = fmax(tol * fmax(fabs(got), fabs(want)), tol / 100);

	if (fabs(got - want) <= room)
		return;
	print_error("%.17g is not %.17g\n", got, want);
	_fail(file, line);
}

static inline void
check_figure(struct figure f, double want, double tol, const char *file,
    int line)
{
	if (f.why != WHY_OK) {
		print_error("no value: %s\n", why_name(f.why));
		_fail(file, line);
	}
	check_near(f.value, want, tol, file, line);
}

static inline void
check_none(struct figure f, enum why why, const char *file, int line)
{
	if (f.why == why && isnan(f.value))
		return;
	print_error("%.17g %s, not %s\n", f.value, why_name(f.why),
	    why_name(why));
	_fail(file, line);
}

#define assert_near(got, want)	\
	check_near(got, want, 1e-10, __FILE__, __LINE__)
#define assert_within(got, want, tol)	\
	check_near(got, want, tol, __FILE__, __LINE__)
#define assert_figure(f, want)	\
	check_figure(f, want, 1e-10, __FILE__, __LINE__)
#define assert_figure_within(f, want, tol)	\
	check_figure(f, want, tol, __FILE__, __LINE__)
/* And nothing to warn of. */
#define assert_plain(f, want) do {	\
	struct figure plain_ = (f);	\
	assert_figure(plain_, want);	\
	assert_int_equal(plain_.warnings, 0);	\
} while (0)
#define assert_none(f, why)	check_none(f, why, __FILE__, __LINE__)

/* A seeded stream, the same on every machine. */
struct dice {
	uint64_t	seed;
};

static inline uint64_t
dice_bits(struct dice *d)
{
	d->seed ^= d->seed << 13;
	d->seed ^= d->seed >> 7;
	d->seed ^= d->seed << 17;
	return (d->seed * 0x2545f4914f6cdd1d);
}

/* In [0, 1). */
static inline double
dice_unit(struct dice *d)
{
	return ((double)(dice_bits(d) >> 11) * 0x1p-53);
}

/* About normal, of deviation 1: the sum of twelve. */
static inline double
dice_normal(struct dice *d)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += dice_unit(d);
	return (sum);
}

static inline void
dice_returns(struct dice *d, double sd, double *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		r[i] = fmax(-0.9, dice_normal(d) * sd + sd / 20);
}

#endif
