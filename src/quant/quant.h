/*
 * Returns, risk and indicators: pure functions of double arrays, by the
 * definitions of README.md. No globals, no allocation, no clock: scratch is
 * the caller's, and the same input gives the same bits. Returns, volatility
 * and ratios are fractions (0.01 is 1 %). Arrays are oldest first and
 * NaN-free; a value that is not finite is WHY_INVALID_INPUT.
 */
#ifndef BURSAR_QUANT_QUANT_H
#define BURSAR_QUANT_QUANT_H

#include "base/day.h"
#include "base/err.h"
#include "quant/figure.h"
#include "quant/indicator.h"
#include "quant/projection.h"
#include "quant/weights.h"

enum { QUANT_METHODOLOGY = 1 };		/* version of the definitions */
#define QUANT_NEVER	((size_t)-1)	/* an index that did not come */

/* What ratios are computed from. */
struct series {
	const double	*r;		/* n simple returns */
	const double	*b;		/* benchmark's, same periods, or NULL */
	const double	*rf;		/* risk-free by period, or NULL */
	size_t		 n;
	double		 rf_flat;	/* per period, when rf is NULL */
	double		 periods;	/* P: 252, 365, 52, 12, 4 */
	/* First and last valuation; not from < to: not known. */
	day		 from, to;
};

/* ---- returns.c --------------------------------------------------- */

struct figure	quant_simple_return(double v0, double v1);
/* The n - 1 returns between n values, in `r` (may be `v`). */
enum why	quant_simple_returns(const double *v, size_t n, double *r)
		    MUSTCHECK;

struct twr {
	struct figure	total;		/* linked; -1 once wiped out */
	struct figure	segment;	/* linked since `restart` */
	size_t		restart;	/* first return after a wipe-out */
	size_t		breaks;		/* days whose change has no base */
};

/*
 * Daily time-weighted returns of n >= 2 closing values: inflow at the start
 * of the day, outflow (positive) at its end; either may be NULL. inflow[0]
 * and outflow[0] are in value[0] already and not read. Fills r[0..n-2].
 */
enum why	quant_twr(const double *value, const double *inflow,
		    const double *outflow, size_t n, double *r,
		    struct twr *out) MUSTCHECK;
struct figure	quant_cumulative(const double *r, size_t n);
/* w[i] = wealth after r[i], from 1; 0 for good after r <= -1. w may be r. */
void		quant_wealth(const double *r, size_t n, double *w);
/* By calendar: a year or more, else `total` and WARN_NOT_ANNUALISED. */
struct figure	quant_annualised(double total, day from, day to);
/* By count: (1 + R)^(P / n) - 1, however short. */
struct figure	quant_annualised_periods(const double *r, size_t n, double p);
/* Effective annual yield to the rate of one of p periods. */
struct figure	quant_rate_period(double yield, double p);
/* Simple annual yield to the rate of so many days, as bills are quoted. */
struct figure	quant_rate_act360(double yield, int days);
/*
 * The lesser of what was bought and sold over the average market value, a
 * year's.
 */
struct figure	quant_turnover(double bought, double sold, double average,
		    day from, day to);

struct cashflow {
	day	on;
	double	amount;
};

enum dietz {
	DIETZ_END,			/* flows weigh from their day's end */
	DIETZ_START,			/* flows weigh from its start */
	DIETZ_IN_START_OUT_END		/* as quant_twr takes them */
};

/* Flows ascending, in (from, to], positive into the portfolio. */
struct figure	quant_modified_dietz(double v0, double v1, day from, day to,
		    const struct cashflow *f, size_t n, enum dietz rule);

/* ---- xirr.c ------------------------------------------------------ */

enum { XIRR_ROOTS_MAX = 16 };

struct xirr {
	struct figure	annual;		/* effective rate, ACT/365F */
	/* What to show: the period's rate when it is under 365 days. */
	struct figure	shown;
	int		days;
	size_t		n;		/* roots, annual, ascending */
	double		root[XIRR_ROOTS_MAX];
};

/*
 * Money-weighted rate. Flows ascending by day (several on one day are
 * netted); the investor's signs: paid in -, taken out +, last value +.
 */
void		quant_xirr(const struct cashflow *f, size_t n,
		    struct xirr *out);
/* Present value on the first flow's day at an effective annual rate. */
double		quant_xnpv(const struct cashflow *f, size_t n, double rate);

/* ---- dispersion.c ------------------------------------------------ */

struct figure	quant_mean(const double *x, size_t n);
struct figure	quant_variance(const double *x, size_t n);	/* n - 1 */
struct figure	quant_deviation(const double *x, size_t n);
struct figure	quant_covariance(const double *x, const double *y, size_t n);
struct figure	quant_skew_pop(const double *x, size_t n);
struct figure	quant_excess_kurtosis_pop(const double *x, size_t n);
struct figure	quant_volatility(const double *r, size_t n, double p);
/* Root mean square below `mar`, over all n; per period. */
struct figure	quant_downside_deviation(const double *r, size_t n, double mar);
/* The same below the mean. */
struct figure	quant_semi_deviation(const double *r, size_t n);

struct wins {
	struct figure	best, worst, positive_share;
	struct figure	mean_gain, mean_loss;	/* mean_loss < 0 */
	struct figure	gain_loss;		/* mean gain / mean loss, > 0 */
	struct figure	profit_factor;		/* sum of gains / of losses */
	size_t		best_at, worst_at;
	size_t		up_run, down_run;	/* longest unbroken */
};

void		quant_wins(const double *r, size_t n, struct wins *out);

/* ---- drawdown.c -------------------------------------------------- */

/* Indices count returns: 0 is the start, k after r[k - 1]. */
struct drawdown {
	struct figure	depth;		/* in [-1, 0] */
	size_t		peak, trough;
	size_t		recovery;	/* QUANT_NEVER while under water */
};

void		quant_drawdown(const double *r, size_t n, struct drawdown *out);
/* Depth below the running peak after each return; d may be r. */
void		quant_underwater(const double *r, size_t n, double *d);
struct figure	quant_ulcer(const double *r, size_t n);
struct figure	quant_pain(const double *r, size_t n);

/* ---- ratios.c ---------------------------------------------------- */

struct figure	quant_sharpe(const struct series *s);
struct figure	quant_sortino(const struct series *s);	/* MAR = risk-free */
struct figure	quant_sortino_mar(const struct series *s, double mar);
struct figure	quant_calmar(const struct series *s);
struct figure	quant_omega(const double *r, size_t n, double threshold);

/* ---- benchmark.c ------------------------------------------------- */

struct figure	quant_beta(const struct series *s);
struct figure	quant_alpha(const struct series *s);	/* Jensen, annual */
struct figure	quant_treynor(const struct series *s);
struct figure	quant_tracking_error(const struct series *s);
struct figure	quant_information_ratio(const struct series *s);
struct figure	quant_correlation(const struct series *s);
struct figure	quant_r_squared(const struct series *s);
struct figure	quant_up_capture(const struct series *s);
struct figure	quant_down_capture(const struct series *s);
struct figure	quant_capture_ratio(const struct series *s);
struct figure	quant_batting_average(const struct series *s);
/* rf + Sharpe * benchmark's volatility; rf = its mean * P. */
struct figure	quant_m_squared(const struct series *s);

/* ---- attribution.c ----------------------------------------------- */

/*
 * Contributions of m holdings over n days, daily[t * m + i] adding up to
 * r[t] each day, linked so that out[0..m-1] add up to the whole return.
 */
enum why	quant_contributions(const double *daily, const double *r,
		    size_t n, size_t m, double *out) MUSTCHECK;

/* A part of the portfolio and of the benchmark: weights and returns. */
struct segment {
	double	weight, r;
	double	b_weight, b;
};

struct effects {
	double	allocation, selection, interaction;
};

/*
 * One period of n segments: when both weights add up to 1, all effects
 * together are the portfolio's return less the benchmark's.
 */
enum why	quant_brinson(const struct segment *s, size_t n,
		    struct effects *out) MUSTCHECK;

/* ---- align.c ----------------------------------------------------- */

struct dated {
	const day	*on;		/* strictly ascending */
	const double	*x;
	size_t		 n;
};

/*
 * Inner join by day of two lists of returns. A day only one side has is
 * merged geometrically into its next joint day; what precedes the first
 * joint day is left out. Fills on, a, b (room for the shorter list) and
 * *n. WHY_MISALIGNED when fewer than 2 are joint.
 */
enum why	quant_align(const struct dated *x, const struct dated *y,
		    day *on, double *a, double *b, size_t *n) MUSTCHECK;
/* The same of two lists of levels: the returns between joint days. */
enum why	quant_align_levels(const struct dated *x, const struct dated *y,
		    day *on, double *a, double *b, size_t *n) MUSTCHECK;
/*
 * The risk-free rate of each period that ends on on[0..n-1], the first
 * having begun on `from`: the last yield known on or before the period's
 * start, at most 7 days old, else WHY_MISSING_PRICE. Yields are effective,
 * of p periods a year; or, with p = 0, simple, by actual days over 360.
 */
enum why	quant_rate_align(const struct dated *yields, day from,
		    const day *on, size_t n, double p, double *rf) MUSTCHECK;

/* ---- var.c: losses are positive; `work` has room for n doubles --- */

struct figure	quant_var_historical(const double *r, size_t n, double c,
		    double *work);
struct figure	quant_es_historical(const double *r, size_t n, double c,
		    double *work);
struct figure	quant_var_normal(const double *r, size_t n, double c);
struct figure	quant_es_normal(const double *r, size_t n, double c);
struct figure	quant_var_cornish_fisher(const double *r, size_t n, double c);
/*
 * Over h periods any of them is of the overlapping returns of h periods each:
 * how many are in `out`, which may be r; none when n < 10 h. Then one period's
 * figure is scaled by the root of h, and APPROXIMATE.
 */
size_t		quant_horizon(const double *r, size_t n, size_t h,
		    double *out);
struct figure	quant_horizon_scaled(struct figure one, size_t h);
/* Kupiec's test: the probability of so many exceedances by chance. */
struct figure	quant_kupiec(size_t exceedances, size_t n, double c);
/* z with standard normal probability p below it; 0 < p < 1. */
double		quant_normal_quantile(double p);

/*
 * ---- rolling.c ----
 * Trailing windows of w >= 2 returns: out[k] is that of r[k .. k + w - 1].
 * Answer how many: n - w + 1, or 0. NaN where the window has no value. The
 * output may be one of the inputs. O(n).
 */
size_t		quant_roll_mean(const double *r, size_t n, size_t w,
		    double *out);
size_t		quant_roll_volatility(const double *r, size_t n, size_t w,
		    double p, double *out);
size_t		quant_roll_sharpe(const struct series *s, size_t w,
		    double *out);
size_t		quant_roll_beta(const struct series *s, size_t w, double *out);
size_t		quant_roll_correlation(const struct series *s, size_t w,
		    double *out);

/*
 * ---- batch.c ----
 * Indicators over whole arrays, as their rows' steps to 1e-12: out[k] is
 * that of the window that ends at x[k + w - 1] (RSI: x[k + w]). Answer how
 * many there are, 0 if the window does not fit (at most
 * INDICATOR_WINDOW_MAX). x must be finite; out may be x.
 */
size_t		quant_sma(const double *x, size_t n, size_t w, double *out);
size_t		quant_ema(const double *x, size_t n, size_t w, double *out);
size_t		quant_rsi(const double *x, size_t n, size_t w, double *out);
/* Of the population, as Bollinger's. */
size_t		quant_roll_deviation(const double *x, size_t n, size_t w,
		    double *out);

/* ---- summary.c --------------------------------------------------- */

/* Everything a dashboard stores: one X for each figure. */
#define SUMMARY_FIGURES(X)						\
	X(cumulative) X(annualised) X(mean) X(volatility)		\
	X(downside_deviation) X(skew_pop) X(excess_kurtosis_pop)	\
	X(sharpe) X(sortino) X(calmar) X(omega)				\
	X(max_drawdown) X(ulcer) X(pain)				\
	X(var95) X(es95) X(var99) X(es99)				\
	X(var95_normal) X(es95_normal) X(var95_cornish_fisher)		\
	X(best) X(worst) X(positive_share) X(gain_loss)			\
	SUMMARY_BENCHMARK(X)
/* Those that need a benchmark. */
#define SUMMARY_BENCHMARK(X)						\
	X(benchmark_cumulative) X(active_return) X(beta) X(alpha)	\
	X(treynor) X(correlation) X(r_squared) X(tracking_error)	\
	X(information_ratio) X(up_capture) X(down_capture)		\
	X(capture_ratio) X(batting_average) X(m_squared)

#define SUMMARY_FIELD(name)	struct figure name;
struct summary {
	size_t		n;
	SUMMARY_FIGURES(SUMMARY_FIELD)
	struct drawdown	drawdown;
	size_t		best_at, worst_at;	/* index of the return */
};
#undef SUMMARY_FIELD

/*
 * Fills every figure, each with its value or its reason; without a
 * benchmark those that need one are WHY_MISALIGNED. downside_deviation is
 * annual, below the risk-free rate; omega's threshold is 0. `work` has
 * room for n doubles.
 */
void		quant_summary(const struct series *s, double *work,
		    struct summary *out);

#endif
