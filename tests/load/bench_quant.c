/*
 * The second part of `make bench-core`: every indicator of the table over
 * 500 symbols of ten years, 1.26 million bars, and what is to be done within
 * a time: the stored indicators, the figures of 200 holdings, a money-
 * weighted rate. One thread, the best of some rounds; beside a plain pass,
 * which reads and writes the same columns, and TA-Lib, where it was fetched.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "quant/quant.h"
#ifdef HAVE_TALIB
#include "ta_libc.h"
#endif

enum {
	SYMBOLS = 500, DAYS = 2520, HOLDINGS = 200, FLOWS = 1000, ROUNDS = 5,
	BARS = SYMBOLS * DAYS
};

static double *column[5];		/* open, high, low, close, volume */
static double out[INDICATOR_OUTPUTS_MAX][DAYS];
static double state[INDICATOR_STATE_MAX];
static volatile double sink;
static uint64_t seed = 88172645463325252;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return ((double)t.tv_sec + (double)t.tv_nsec * 1e-9);
}

static double
unit(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((double)(seed >> 11) * 0x1p-53);
}

static double
normal(void)
{
	double sum = -6;

	for (int i = 0; i < 12; i++)
		sum += unit();
	return (sum);
}

static bool
fill(void)
{
	double close = 100, open;

	for (int c = 0; c < 5; c++)
		if ((column[c] = malloc(BARS * sizeof(double))) == NULL)
			return (false);
	for (size_t i = 0; i < BARS; i++) {
		open = close * (1 + 0.003 * normal());
		close = open * (1 + 0.01 * normal() + 0.001 *
		    log(100 / open));
		column[0][i] = open;
		column[1][i] = fmax(open, close) * (1 + 0.005 * unit());
		column[2][i] = fmin(open, close) * (1 - 0.005 * unit());
		column[3][i] = close;
		column[4][i] = floor(1e6 * (1 + unit()));
	}
	return (true);
}

/* ---- indicators -------------------------------------------------- */

static struct bars
bars_of(size_t symbol)
{
	size_t at = symbol * DAYS;

	return ((struct bars){ column[0] + at, column[1] + at, column[2] + at,
	    column[3] + at, column[4] + at, DAYS });
}

static double
ours(const struct indicator *row)
{
	double param[INDICATOR_PARAMS_MAX], *to[INDICATOR_OUTPUTS_MAX];
	double t = seconds();
	struct bars in;

	for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX; j++)
		to[j] = out[j];
	quant_indicator_defaults(row, param);
	for (size_t s = 0; s < SYMBOLS; s++) {
		in = bars_of(s);
		quant_indicator_run(row, param, &in, state, to);
	}
	return (seconds() - t);
}

/* Reads what the row reads and writes what it writes. */
static double
plain(const struct indicator *row)
{
	double t = seconds(), sum[DAYS];

	for (size_t s = 0; s < SYMBOLS; s++) {
		memset(sum, 0, sizeof(sum));
		for (int c = 0; c < 5; c++)
			for (size_t i = 0; (row->reads & (1u << c)) &&
			    i < DAYS; i++)
				sum[i] += column[c][s * DAYS + i];
		for (size_t j = 0; j < INDICATOR_OUTPUTS_MAX &&
		    row->output[j] != NULL; j++)
			memcpy(out[j], sum, sizeof(sum));
		sink = out[0][s % DAYS];
	}
	return (seconds() - t);
}

#ifdef HAVE_TALIB
#define H	column[1] + at
#define L	column[2] + at
#define C	column[3] + at
#define V	column[4] + at
#define END	0, DAYS - 1
#define TO(j)	out[j]

/* Each with the row's defaults; X(name, call) */
#define THEIRS(X)							\
	X(sma, TA_SMA(END, C, 20, &f, &n, TO(0)))			\
	X(ema, TA_EMA(END, C, 20, &f, &n, TO(0)))			\
	X(wma, TA_WMA(END, C, 14, &f, &n, TO(0)))			\
	X(dema, TA_DEMA(END, C, 20, &f, &n, TO(0)))			\
	X(tema, TA_TEMA(END, C, 20, &f, &n, TO(0)))			\
	X(kama, TA_KAMA(END, C, 10, &f, &n, TO(0)))			\
	X(trix, TA_TRIX(END, C, 15, &f, &n, TO(0)))			\
	X(macd, TA_MACD(END, C, 12, 26, 9, &f, &n, TO(0), TO(1), TO(2)))\
	X(slope, TA_LINEARREG_SLOPE(END, C, 14, &f, &n, TO(0)))		\
	X(momentum, TA_MOM(END, C, 14, &f, &n, TO(0)))			\
	X(roc, TA_ROC(END, C, 14, &f, &n, TO(0)))			\
	X(rsi, TA_RSI(END, C, 14, &f, &n, TO(0)))			\
	X(stochastic, TA_STOCH(END, H, L, C, 14, 3, 0, 3, 0, &f, &n,	\
	    TO(0), TO(1)))						\
	X(ultimate, TA_ULTOSC(END, H, L, C, 7, 14, 28, &f, &n, TO(0)))	\
	X(aroon, TA_AROON(END, H, L, 25, &f, &n, TO(0), TO(1)))		\
	X(williams_r, TA_WILLR(END, H, L, C, 14, &f, &n, TO(0)))	\
	X(cci, TA_CCI(END, H, L, C, 20, &f, &n, TO(0)))			\
	X(adx, TA_ADX(END, H, L, C, 14, &f, &n, TO(0)))			\
	X(deviation, TA_STDDEV(END, C, 14, 1, &f, &n, TO(0)))		\
	X(bollinger, TA_BBANDS(END, C, 20, 2, 2, 0, &f, &n, TO(0),	\
	    TO(1), TO(2)))						\
	X(true_range, TA_TRANGE(END, H, L, C, &f, &n, TO(0)))		\
	X(atr, TA_ATR(END, H, L, C, 14, &f, &n, TO(0)))			\
	X(sar, TA_SAR(END, H, L, 0.02, 0.2, &f, &n, TO(0)))		\
	X(obv, TA_OBV(END, C, V, &f, &n, TO(0)))			\
	X(ad, TA_AD(END, H, L, C, V, &f, &n, TO(0)))			\
	X(chaikin, TA_ADOSC(END, H, L, C, V, 3, 10, &f, &n, TO(0)))	\
	X(mfi, TA_MFI(END, H, L, C, V, 14, &f, &n, TO(0)))

#define THEIRS_RUN(name, call)						\
static void								\
their_##name(size_t at)							\
{									\
	int f, n;							\
									\
	call;								\
}
THEIRS(THEIRS_RUN)
#undef THEIRS_RUN

#define THEIRS_ROW(name, call)	{ #name, their_##name },
static const struct {
	const char	*name;
	void		(*run)(size_t at);
} their[] = { THEIRS(THEIRS_ROW) };
#undef THEIRS_ROW

static double
theirs(const struct indicator *row)
{
	double t;

	for (size_t i = 0; i < sizeof(their) / sizeof(their[0]); i++) {
		if (strcmp(their[i].name, row->name) != 0)
			continue;
		t = seconds();
		for (size_t s = 0; s < SYMBOLS; s++)
			their[i].run(s * DAYS);
		return (seconds() - t);
	}
	return (INFINITY);
}
#else
static double
theirs(const struct indicator *row)
{
	(void)row;
	return (INFINITY);
}
#endif

static double
indicator_measure(const struct indicator *row)
{
	double best = INFINITY, passed = INFINITY, them = INFINITY;
	double ns = 1e9 / BARS;

	for (int i = 0; i < ROUNDS; i++) {
		passed = fmin(passed, plain(row));
		best = fmin(best, ours(row));
		them = fmin(them, theirs(row));
	}
	printf("%-20s %8.2f %9.2f %8.2f", row->name, best * ns, passed * ns,
	    best / passed);
	if (isfinite(them))
		printf(" %9.2f %8.2f", them * ns, best / them);
	printf("\n");
	fflush(stdout);
	return (best);
}

/* Are these kept for each asset, whoever asks? */
static bool
is_stored(const char *name)
{
	static const char *const stored[] = { "return", "sma", "ema", "rsi",
		"volatility" };

	for (size_t i = 0; i < sizeof(stored) / sizeof(stored[0]); i++)
		if (strcmp(name, stored[i]) == 0)
			return (true);
	return (false);
}

/* ---- what has a time --------------------------------------------- */

static void
told(const char *what, double t, double most)
{
	printf("%-52s %8.2f ms", what, t * 1e3);
	if (most > 0)
		printf("   <= %g ms", most);
	printf("\n");
	fflush(stdout);
}

static void
indicators_measure(void)
{
	double all = 0, stored = 0, t;

	printf("\n%d symbols x %d days, ns a bar\n", SYMBOLS, DAYS);
	printf("%-20s %8s %9s %8s %9s %8s\n", "", "ours", "plain", "ratio",
	    "ta-lib", "ratio");
	for (const struct indicator *row = quant_indicators;
	    row->name != NULL; row++) {
		t = indicator_measure(row);
		all += t;
		stored += is_stored(row->name) ? t : 0;
	}
	printf("\n");
	told("return, sma, ema, rsi, volatility: stored for each", stored, 30);
	told("every indicator of the table", all, 0);
}

/* Closing values to returns, and every figure beside a benchmark. */
static void
figures_measure(void)
{
	static double r[DAYS], b[DAYS], work[DAYS];
	struct series s = { .r = r, .b = b, .n = DAYS - 1,
	    .rf_flat = 0.0001, .periods = 252, .from = DAY_NONE,
	    .to = DAY_NONE };
	double best = INFINITY, t;
	struct summary sum;
	struct twr twr;

	if (quant_simple_returns(column[3] + (size_t)HOLDINGS * DAYS, DAYS,
	    b) != WHY_OK)
		return;
	for (int i = 0; i < ROUNDS; i++) {
		t = seconds();
		for (size_t h = 0; h < HOLDINGS; h++) {
			if (quant_twr(column[3] + h * DAYS, NULL, NULL, DAYS,
			    r, &twr) != WHY_OK)
				return;
			quant_summary(&s, work, &sum);
			sink = sum.sharpe.value;
		}
		best = fmin(best, seconds() - t);
	}
	told("200 holdings x ten years: TWR and every figure", best, 20);
}

static void
rate_measure(void)
{
	static struct cashflow f[FLOWS];
	double best = INFINITY, t;
	struct xirr x;

	for (size_t i = 0; i < FLOWS; i++)
		f[i] = (struct cashflow){ day_add(day_of(2010, 1, 1),
		    (int)i * 4), i + 1 == FLOWS ? 1500.0 * FLOWS :
		    i % 10 == 9 ? 200 : -1000 };
	for (int i = 0; i < ROUNDS; i++) {
		t = seconds();
		quant_xirr(f, FLOWS, &x);
		best = fmin(best, seconds() - t);
	}
	told("a money-weighted rate of 1000 flows", best, 1);
}

static void
rolling_measure(void)
{
	enum { LONG = 100000, WINDOW = 60 };
	struct series s = { .r = column[3], .b = column[1], .n = LONG,
	    .periods = 252 };
	double best = INFINITY, t, *to = malloc(LONG * sizeof(*to));

	for (int i = 0; to != NULL && i < ROUNDS; i++) {
		t = seconds();
		for (int k = 0; k < 10; k++) {
			s.r = column[3] + k * 1000;
			quant_roll_volatility(s.r, LONG, WINDOW, 252, to);
		}
		best = fmin(best, seconds() - t);
	}
	free(to);
	told("rolling volatility of 10 series of 100,000", best, 20);
}

int
main(void)
{
	if (!fill())
		return (1);
	indicators_measure();
	figures_measure();
	rate_measure();
	rolling_measure();
	for (int c = 0; c < 5; c++)
		free(column[c]);
	return (0);
}
