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
/* What lies above and below 0, and how many are. */
struct sides {
	double	up, down;	/* down <= 0 */
	double	ups, downs;
};

struct sides	lane_sides(struct lane l, size_t n);
/* Root mean square of what lies below 0, over all n. */
double		lane_downside(struct lane l, size_t n, struct spread s);

/* Returns linked, to some last bits of the wealth; -1 once lost. */
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

/*
 * ---- what figures are of ----
 * The summary looks at a series once and asks for what each file's own
 * functions ask for. Nothing here judges its input.
 */

/* dispersion.c */
struct figure	deviation_of(struct spread s, size_t n);
struct figure	volatility_of(struct spread s, size_t n, double p);
struct moments {
	struct figure	skew, kurtosis;
};
struct moments	moments_of(const double *x, size_t n, struct spread s);

/* ratios.c: of returns over the risk-free rate, or over a minimum */
struct figure	sharpe_of(const struct series *s, struct spread over);
struct figure	sortino_of(const struct series *s, struct spread over,
		    double down);
struct figure	calmar_of(const struct series *s, struct figure total,
		    double depth);

/* returns.c */
struct figure	annualised_periods_of(struct figure total, const double *r,
		    size_t n, double p);

/* drawdown.c: both, of a series that is not empty */
void		water_of(const double *r, size_t n, struct figure *ulcer,
		    struct figure *pain);

/* benchmark.c: `why` of the pair; what there is no reason against */
struct figure	beta_of(const struct series *s, enum why why,
		    const struct pair *p);
struct figure	alpha_of(const struct series *s, struct figure beta,
		    const struct pair *p);
struct figure	treynor_of(const struct series *s, struct figure beta,
		    const struct pair *p);
struct figure	correlation_of(const struct series *s, enum why why,
		    const struct pair *p);
struct figure	r_squared_of(struct figure correlation);
struct figure	tracking_error_of(const struct series *s,
		    struct spread active);
struct figure	information_ratio_of(const struct series *s,
		    struct figure te, struct spread active);
struct figure	capture_ratio_of(struct figure up, struct figure down);
struct figure	m_squared_of(const struct series *s, struct figure sharpe,
		    struct figure b_volatility);

/* var.c: the lowest of n returns, as many as confidence c needs */
struct tail {
	const double	*low;		/* ascending; a tie is not cut */
	size_t		 count, n;
	bool		 finite;	/* all n are */
};

/* `work`, which may be r, has room for n. */
struct tail	tail_of(const double *r, size_t n, double c, double *work);
struct figure	tail_var(const struct tail *t, double c);
struct figure	tail_es(const struct tail *t, double c);
struct figure	var_normal_of(struct spread s, size_t n, double c);
struct figure	es_normal_of(struct spread s, size_t n, double c);
struct figure	var_cornish_fisher_of(struct spread s, size_t n, double c,
		    struct moments m);

#endif
