/*
 * Every figure, indicator and optimum on any numbers: NaN, infinities, the
 * largest and smallest there are, no values, one, days in any order. Whatever
 * has a value is finite, whatever has none is NaN and says why, and nothing
 * is written beyond what was promised. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/quant_fuzz.c \
 *	$(ls src/quant/[a-z]*.c | grep -v _test) src/base/day.c \
 *	src/base/digits.c src/base/str.c -lm -o quant_fuzz
 *   ./quant_fuzz -max_total_time=300
 */
#include <stdlib.h>
#include <string.h>

#include "quant/quant.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)

enum { MOST = 256, ASSETS = 5 };

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t	*p;
	size_t		 n;
};

static unsigned
byte(struct input *in)
{
	if (in->n == 0)
		return (0);
	in->n--;
	return (*in->p++);
}

/* Mostly a small return; now and then what nobody expects. */
static double
number(struct input *in)
{
	static const double odd[] = { 0, -0.0, 1, -1, -2, 1e-310, 5e-324, 1e300,
	    -1e300, 1.7e308, 1e-12, NAN, INFINITY, -INFINITY, 100, 0.1 };
	unsigned kind = byte(in);

	if (kind < 16)
		return (odd[kind]);
	return (((double)kind * 256 + byte(in) - 36000) * 1e-6);
}

/* n numbers in an array that ends with them. */
static double *
numbers(struct input *in, size_t n, bool price)
{
	double *x = malloc((n + (n == 0)) * sizeof(*x));

	MUST_HOLD(x != NULL);
	for (size_t i = 0; i < n; i++) {
		x[i] = number(in);
		if (price && fabs(x[i]) < 0.1)
			x[i] += 100;
	}
	return (x);
}

static void
honest(struct figure f)
{
	MUST_HOLD(f.why == WHY_OK ? isfinite(f.value) : isnan(f.value));
	MUST_HOLD(strcmp(why_name(f.why), "") != 0);
}

/* Values of windows: no infinity. */
static void
honest_all(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		MUST_HOLD(!isinf(x[i]));
}

static void
check_summary(const struct series *s, double *work)
{
	struct summary sum;

	quant_summary(s, work, &sum);
#define HONEST(name)	honest(sum.name);
	SUMMARY_FIGURES(HONEST)
#undef HONEST
	MUST_HOLD(sum.max_drawdown.why != WHY_OK ||
	    (sum.max_drawdown.value >= -1 && sum.max_drawdown.value <= 0));
	MUST_HOLD(sum.es95.why != WHY_OK ||
	    sum.es95.value >= sum.var95.value);
	MUST_HOLD(sum.var99.why != WHY_OK ||
	    sum.var99.value >= sum.var95.value);
	MUST_HOLD(sum.correlation.why != WHY_OK ||
	    fabs(sum.correlation.value) <= 1);
}

static void
check_rolling(const struct series *s, size_t w, double *out)
{
	honest_all(out, quant_roll_mean(s->r, s->n, w, out));
	honest_all(out, quant_roll_volatility(s->r, s->n, w, s->periods, out));
	honest_all(out, quant_roll_sharpe(s, w, out));
	honest_all(out, quant_roll_beta(s, w, out));
	honest_all(out, quant_roll_correlation(s, w, out));
}

/* As many as are told of, and no more is written. */
static void
check_horizon(struct input *in, const double *r, size_t n)
{
	size_t h = byte(in), m;
	double *many = numbers(in, n, false);
	double *work = numbers(in, n, false);
	double c = number(in);

	m = quant_horizon(r, n, h, many);
	MUST_HOLD(m == 0 || m == n - h + 1);
	honest(quant_var_historical(many, m, c, work));
	honest(quant_horizon_scaled(quant_var_normal(r, n, c), h));
	free(many);
	free(work);
}

static void
check_series(struct input *in)
{
	size_t n = byte(in) % MOST, w = byte(in) % 40;
	double *r = numbers(in, n, false), *b = numbers(in, n, false);
	double *rf = byte(in) % 4 == 0 ? numbers(in, n, false) : NULL;
	double *work = numbers(in, n, false);
	struct series s = { .r = r, .b = byte(in) % 4 == 0 ? NULL : b,
	    .rf = rf, .n = n, .rf_flat = number(in), .periods = 252,
	    .from = DAY_NONE, .to = DAY_NONE };

	if (byte(in) % 8 == 0)
		s.periods = number(in);
	check_summary(&s, work);
	honest(quant_sortino_mar(&s, number(in)));
	check_horizon(in, r, n);
	honest(quant_turnover(number(in), number(in), number(in),
	    (day){ byte(in) }, (day){ byte(in) }));
	honest(quant_rate_act360(number(in), byte(in)));
	honest(quant_kupiec(byte(in), byte(in), 0.95));
	quant_underwater(r, n, work);
	quant_wealth(r, n, work);
	check_rolling(&s, w, work);
	free(r);
	free(b);
	free(rf);
	free(work);
}

static void
check_flows(struct input *in)
{
	struct cashflow f[MOST];
	size_t n = byte(in) % MOST;
	int on = 0;
	struct xirr x;

	for (size_t i = 0; i < n; i++) {
		on += byte(in) == 0 ? -1 : (int)byte(in) % 60;
		f[i] = (struct cashflow){ day_add(day_of(2000, 1, 1), on),
		    1000 * number(in) };
	}
	quant_xirr(f, n, &x);
	honest(x.annual);
	honest(x.shown);
	MUST_HOLD(x.n <= XIRR_ROOTS_MAX);
	for (size_t i = 0; i < x.n; i++)
		MUST_HOLD(isfinite(x.root[i]) && x.root[i] >= -1);
	honest(quant_modified_dietz(number(in), number(in),
	    day_of(2000, 1, 1), day_add(day_of(2000, 1, 1), (int)byte(in)), f,
	    n, (enum dietz)(byte(in) % 3)));
}

static void
check_twr(struct input *in)
{
	size_t n = byte(in) % MOST;
	double *v = numbers(in, n, true), *a = numbers(in, n, false);
	double *r = numbers(in, n, false);
	struct twr t;
	enum why why = quant_twr(v, a, byte(in) % 2 ? a : NULL, n, r, &t);

	honest(t.total);
	honest(t.segment);
	for (size_t i = 0; why == WHY_OK && i + 1 < n; i++)
		MUST_HOLD(r[i] >= -1);
	free(v);
	free(a);
	free(r);
}

static void
check_indicator(struct input *in)
{
	static double state[INDICATOR_STATE_MAX];
	double param[INDICATOR_PARAMS_MAX], *out[INDICATOR_OUTPUTS_MAX];
	const struct indicator *row = quant_indicators;
	size_t n = byte(in) % MOST, k, rows = 0;
	double *c[5];

	while (row[rows].name != NULL)
		rows++;
	row += byte(in) % rows;
	quant_indicator_defaults(row, param);
	for (int i = 0; row->param[i].name != NULL; i++)
		param[i] = byte(in) % 4 == 0 ? number(in) :
		    fmax(row->param[i].min, byte(in) % 70);
	for (int i = 0; i < 5; i++)
		c[i] = numbers(in, n, byte(in) % 16 != 0);
	for (int i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		out[i] = c[(i + (int)byte(in)) % 5];
	for (int i = 0; i < INDICATOR_OUTPUTS_MAX; i++)
		for (int j = 0; j < i; j++)
			if (out[i] == out[j])
				out[i] = c[i];
	k = quant_indicator_run(row, param, &(struct bars){ c[0], c[1], c[2],
	    c[3], c[4], n }, state, out);
	MUST_HOLD(k <= n);
	for (int j = 0; j < INDICATOR_OUTPUTS_MAX && row->output[j] != NULL;
	    j++)
		honest_all(out[j], k);
	for (int i = 0; i < 5; i++)
		free(c[i]);
}

static void
check_weights(enum why why, const double *w, size_t n)
{
	double sum = 0;

	for (size_t i = 0; why == WHY_OK && i < n; i++) {
		MUST_HOLD(isfinite(w[i]));
		sum += w[i];
	}
	MUST_HOLD(why != WHY_OK || fabs(sum - 1) < 1e-6);
}

static void
check_assets(struct input *in)
{
	size_t n = 1 + byte(in) % ASSETS, t = byte(in) % 30;
	double *r = numbers(in, n * t, false), w[ASSETS], c[ASSETS * ASSETS];
	double mean[ASSETS], *work = malloc(64 * 1024), shrinkage;
	struct assets a = { .n = n, .mean = mean, .covariance = c };

	MUST_HOLD(work != NULL);
	for (size_t i = 0; i < n; i++)
		mean[i] = number(in);
	if (byte(in) % 2 == 0 ?
	    quant_covariances(r, n, t, c) == WHY_OK :
	    quant_shrunk_covariances(r, n, t, c, &shrinkage, work) ==
	    WHY_OK) {
		check_weights(quant_min_variance(&a, w, work), w, n);
		check_weights(quant_max_sharpe(&a, number(in), w, work), w, n);
		check_weights(quant_max_utility(&a, number(in), w, work), w,
		    n);
		check_weights(quant_target_return(&a, number(in), w, work), w,
		    n);
		check_weights(quant_risk_parity(&a, NULL, w, work), w, n);
		check_weights(quant_hierarchical_parity(&a, w, work), w, n);
	}
	free(r);
	free(work);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };

	switch (byte(&in) % 5) {
	case 0:
		check_series(&in);
		break;
	case 1:
		check_flows(&in);
		break;
	case 2:
		check_twr(&in);
		break;
	case 3:
		check_indicator(&in);
		break;
	default:
		check_assets(&in);
	}
	return (0);
}
