/*
 * What the room's files share: compensated sums, and lanes, which are a
 * series less another (returns over the risk-free rate, returns over a
 * benchmark) read without copying. Not for other rooms.
 */
#ifndef BURSAR_QUANT_LANE_H
#define BURSAR_QUANT_LANE_H

#include "quant/quant.h"

/*
 * A loop worth compiling twice, for four doubles at once where the machine
 * has them; the answer's bits are the same.
 */
#if defined(__x86_64__) && defined(__gnu_linux__) && \
    defined(QUANT_WIDE) && !defined(__clang__)
#define WIDE	__attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* A sum and what its roundings lost: exact to the last bits in any order. */
struct sum {
	double	total, lost;
};

/* Knuth's: without asking which of the two is larger. */
static inline void
sum_add(struct sum *s, double x)
{
	double t = s->total + x, taken = t - s->total;

	s->lost += (s->total - (t - taken)) + (x - taken);
	s->total = t;
}

static inline double
sum_of(struct sum s)
{
	return (s.total + s.lost);
}

/* x[i] - less[i], or x[i] - flat when less is NULL. */
struct lane {
	const double	*x, *less;
	double		 flat;
};

static inline double
lane_at(struct lane l, size_t i)
{
	return (l.x[i] - (l.less != NULL ? l.less[i] : l.flat));
}

/* The same lane without its first `at` values. */
static inline struct lane
lane_from(struct lane l, size_t at)
{
	return ((struct lane){ l.x + at,
	    l.less != NULL ? l.less + at : NULL, l.flat });
}

static inline struct lane
lane_raw(const double *x)
{
	return ((struct lane){ .x = x });
}

/* `x`, which is s->r or s->b, over the risk-free rate. */
static inline struct lane
lane_excess(const struct series *s, const double *x)
{
	return ((struct lane){ .x = x, .less = s->rf, .flat = s->rf_flat });
}

static inline struct lane
lane_active(const struct series *s)
{
	return ((struct lane){ .x = s->r, .less = s->b });
}

struct spread {
	double	mean;
	double	squares;	/* sum of squared distances from it */
	double	scale;		/* largest magnitude that went in */
};

/* squares is 0 exactly where the spread is only rounding. */
struct spread	lane_spread(struct lane l, size_t n);

struct pair {
	struct spread	x, y;
	double		products;	/* of distances from the means */
};

void		lane_pair(struct lane x, struct lane y, size_t n,
		    struct pair *out);
/* Root mean square of what lies below 0, over all n. */
double		lane_downside(struct lane l, size_t n, struct spread s);

/* Returns linked, to some last bits of a long double; -1 once lost. */
double		linked_all(const double *r, size_t n);
/* The same over the periods where sign * b > 0; how many they were. */
double		linked_where(const double *r, const double *b, int sign,
		    size_t n, size_t *periods);

bool		numbers_ok(const double *x, size_t n);	/* all finite */
void		numbers_sort(double *x, size_t n);	/* sort.c; no NaN */
/* WHY_OK, or what is wrong with a series of at least `least` returns. */
enum why	series_fault(const struct series *s, size_t least);
/* The same, but the numbers are not looked at. */
enum why	series_fault_head(const struct series *s, size_t least);
/* The same as the first, and the benchmark must be there. */
enum why	series_fault_pair(const struct series *s, size_t least);
/* WARN_SHORT_HISTORY when n is under 60 days, or 12 of longer periods. */
unsigned	history_warning(size_t n, double periods);

/* Ascending copy of r in `sorted`; then figures of it. */
void		tail_sort(const double *r, size_t n, double *sorted);
struct figure	tail_var(const double *sorted, size_t n, double c);
struct figure	tail_es(const double *sorted, size_t n, double c);

#endif
