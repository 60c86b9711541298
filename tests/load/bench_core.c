/*
 * `make bench-core`: nanoseconds an element of the calculators over ten
 * million values, on one thread, beside a plain pass over the same memory
 * and, where it was fetched, TA-Lib, all in the same run; then the ledger, in
 * milliseconds. The best of some rounds counts, because the machine is not
 * ours alone.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ledger/ledger.h"
#include "quant/quant.h"
#ifdef HAVE_TALIB
#include "ta_libc.h"
#endif

enum { MOST = 10000000, ROUNDS = 5 };

static double *x, *r, *b, *out;
static size_t n = MOST;
static volatile double sink;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return ((double)t.tv_sec + (double)t.tv_nsec * 1e-9);
}

static double
normal(uint64_t *seed)
{
	double sum = -6;

	for (int i = 0; i < 12; i++) {
		*seed ^= *seed << 13;
		*seed ^= *seed >> 7;
		*seed ^= *seed << 17;
		sum += (double)(*seed >> 11) * 0x1p-53;
	}
	return (sum);
}

static void
fill(void)
{
	uint64_t seed = 88172645463325252;
	double price = 100;

	for (size_t i = 0; i < n; i++) {
		r[i] = 0.0003 + 0.01 * normal(&seed);
		b[i] = 0.7 * r[i] + 0.005 * normal(&seed);
		/* A price that stays about where it is. */
		price *= 1 + 0.01 * normal(&seed) + 0.0001 * log(100 / price);
		x[i] = price;
		out[i] = 0;
	}
}

/* ---- what is measured -------------------------------------------- */

static void
plain_read(void)
{
	double sum[8] = { 0 };

	for (size_t i = 0; i + 8 <= n; i += 8)
		for (size_t j = 0; j < 8; j++)
			sum[j] += r[i + j];
	sink = sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] +
	    sum[7];
}

static void
plain_write(void)
{
	for (size_t i = 0; i < n; i++)
		out[i] = x[i] * 0.5;
}

static void
our_sma(void)
{
	quant_sma(x, n, 20, out);
}

static void
our_ema(void)
{
	quant_ema(x, n, 20, out);
}

static void
our_rsi(void)
{
	quant_rsi(x, n, 14, out);
}

static void
our_deviation(void)
{
	quant_roll_deviation(x, n, 20, out);
}

static struct series
series(void)
{
	return ((struct series){ .r = r, .b = b, .n = n, .rf_flat = 0.0001,
	    .periods = 252, .from = DAY_NONE, .to = DAY_NONE });
}

static void
our_sharpe(void)
{
	struct series s = series();

	sink = quant_sharpe(&s).value;
}

static void
our_beta(void)
{
	struct series s = series();

	sink = quant_beta(&s).value;
}

static void
our_drawdown(void)
{
	struct drawdown d;

	quant_drawdown(r, n, &d);
	sink = d.depth.value;
}

#ifdef HAVE_TALIB
static void
their_sma(void)
{
	int from, count;

	TA_SMA(0, (int)n - 1, x, 20, &from, &count, out);
}

static void
their_ema(void)
{
	int from, count;

	TA_EMA(0, (int)n - 1, x, 20, &from, &count, out);
}

static void
their_rsi(void)
{
	int from, count;

	TA_RSI(0, (int)n - 1, x, 14, &from, &count, out);
}

static void
their_deviation(void)
{
	int from, count;

	TA_STDDEV(0, (int)n - 1, x, 20, 1, &from, &count, out);
}
#define THEIRS(fn)	fn
#else
#define THEIRS(fn)	NULL
#endif

static const struct {
	const char	*name;
	void		(*ours)(void);
	void		(*plain)(void);
	void		(*theirs)(void);
	double		 ratio;		/* to theirs, at most; 0: none */
	double		 ns;		/* at most; 0: none */
} rows[] = {
	{ "sma(20)", our_sma, plain_write, THEIRS(their_sma), 0.75, 0 },
	{ "ema(20)", our_ema, plain_write, THEIRS(their_ema), 1.05, 0 },
	{ "rsi(14)", our_rsi, plain_write, THEIRS(their_rsi), 0.7, 0 },
	{ "deviation(20)", our_deviation, plain_write,
	    THEIRS(their_deviation), 0.5, 0 },
	{ "sharpe", our_sharpe, plain_read, NULL, 0, 1.0 },
	{ "beta", our_beta, plain_read, NULL, 0, 1.0 },
	{ "max drawdown", our_drawdown, plain_read, NULL, 0, 1.4 },
};

/* The best of the rounds, in nanoseconds an element. */
static double
best(double now, double before)
{
	double ns = now / (double)n * 1e9;

	return (before == 0 || ns < before ? ns : before);
}

static double
timed(void (*run)(void), double before)
{
	double t = seconds();

	run();
	return (best(seconds() - t, before));
}

static void
measure(size_t row)
{
	double ours = 0, plain = 0, theirs = 0;

	for (int i = 0; i < ROUNDS; i++) {
		plain = timed(rows[row].plain, plain);
		ours = timed(rows[row].ours, ours);
		if (rows[row].theirs != NULL)
			theirs = timed(rows[row].theirs, theirs);
	}
	printf("%-14s %8.2f %9.2f %8.2f", rows[row].name, ours, plain,
	    ours / plain);
	if (rows[row].theirs != NULL)
		printf(" %9.2f %8.2f   <= %.2f", theirs, ours / theirs,
		    rows[row].ratio);
	else if (rows[row].ns > 0)
		printf(" %9s %8s   <= %.1f ns", "", "", rows[row].ns);
	printf("\n");
	fflush(stdout);
}

/* ---- the ledger -------------------------------------------------- */

enum { TRADES = 1000000, HISTORY = 14400, SYMBOLS = 250, DAYS = 3130 };

static struct activity *trades, *history;
static struct close *closes;
static struct closes by_symbol[SYMBOLS];
static day days[DAYS];
static struct day_value *worths;

static uint64_t
roll(uint64_t *seed, uint64_t most)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return ((*seed >> 11) % most);
}

/* A purchase, or a sale of what there is. */
static void
trade_make(struct activity *a, uint64_t *seed, size_t i, day on, int64_t *held)
{
	int64_t units = 1 + (int64_t)roll(seed, 100);
	bool sells = *held >= units && roll(seed, 2) == 0;

	*held += sells ? -units : units;
	*a = (struct activity){ .kind = sells ? A_SELL : A_BUY, .on = on,
	    .origin = i, .order = i, .quantity = dec_of(units),
	    .amount = DEC_NONE, .commission = dec_of(1),
	    .second = 1 + (int32_t)(i % 80000),
	    .price = dec_units(10000 + (int64_t)roll(seed, 5000), 2) };
}

static void
trades_fill(void)
{
	uint64_t seed = 88172645463325252;
	int64_t held = 0;

	for (size_t i = 0; i < TRADES; i++)
		trade_make(&trades[i], &seed, i, day_add(day_of(2010, 1, 1),
		    (int)(i / 200)), &held);
}

/* Twelve years of market days, 250 symbols, a hundred trades a month. */
static void
history_fill(void)
{
	static int64_t held[SYMBOLS];
	uint64_t seed = 88172645463325252;
	day on = day_of(2012, 1, 2);
	struct close *c = closes;

	for (size_t i = 0; i < DAYS; on = day_add(on, 1))
		if (day_weekday(on) < 5)
			days[i++] = on;
	for (size_t i = 0; i < SYMBOLS; i++) {
		by_symbol[i] = (struct closes){ c, DAYS };
		for (size_t k = 0; k < DAYS; k++)
			*c++ = (struct close){ .on = days[k],
			    .price = dec_units(10000 +
			    (int64_t)roll(&seed, 5000), 2) };
	}
	for (size_t i = 0; i < HISTORY; i++) {
		size_t symbol = (size_t)roll(&seed, SYMBOLS);

		trade_make(&history[i], &seed, i, days[i * DAYS / HISTORY],
		    &held[symbol]);
		history[i].instrument = symbol;
	}
}

static void
ledger_fifo(struct arena *mem)
{
	struct account *a = account_open(mem, 2, DAY_NONE, true);
	size_t gains;

	account_security(a, (struct security){ .currency = 0 });
	account_fold(a, trades, TRADES);
	account_realised(a, &gains);
	sink = (double)gains;
}

static void
ledger_daily(struct arena *mem)
{
	const struct calendar c = { .days = days, .n = DAYS,
	    .closes = by_symbol };
	struct account *a = account_open(mem, 2, DAY_NONE, true);

	for (size_t i = 0; i < SYMBOLS; i++)
		account_security(a, (struct security){ .currency = 0 });
	account_fold(a, history, HISTORY);
	sink = (double)account_days(a, &c, days[0], worths);
}

static void
ledger_measure(const char *name, void (*run)(struct arena *), double most)
{
	double ms = 0, t;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena mem;

		arena_init(&mem, SIZE_MAX, NULL, NULL);
		t = seconds();
		run(&mem);
		t = (seconds() - t) * 1e3;
		arena_drop(&mem);
		ms = i == 0 || t < ms ? t : ms;
	}
	printf("%-40s %8.1f ms   <= %.0f ms\n", name, ms, most);
	fflush(stdout);
}

static int
ledger_bench(void)
{
	trades = malloc(TRADES * sizeof(*trades));
	history = malloc(HISTORY * sizeof(*history));
	closes = malloc((size_t)SYMBOLS * DAYS * sizeof(*closes));
	worths = malloc(DAYS * sizeof(*worths));
	if (trades == NULL || history == NULL || closes == NULL ||
	    worths == NULL)
		return (1);
	trades_fill();
	history_fill();
	ledger_measure("ledger: a million trades, fifo", ledger_fifo, 300);
	ledger_measure("ledger: 14400 over 12 years, each day",
	    ledger_daily, 100);
	return (0);
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		n = strtoul(argv[1], NULL, 10);
	if (n < 1000 || n > MOST)
		n = MOST;
	x = malloc(n * sizeof(*x));
	r = malloc(n * sizeof(*r));
	b = malloc(n * sizeof(*b));
	out = malloc(n * sizeof(*out));
	if (x == NULL || r == NULL || b == NULL || out == NULL)
		return (1);
	fill();
	printf("%zu values, ns an element, best of %d\n", n, ROUNDS);
	printf("%-14s %8s %9s %8s %9s %8s   %s\n", "", "ours", "plain",
	    "ratio", "ta-lib", "ratio", "shall");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		measure(i);
	free(x);
	free(r);
	free(b);
	free(out);
	return (ledger_bench());
}
