/*
 * Sliding windows: against the whole formula on each window, over a long
 * drift, over jumps of scale, and with the output over the input.
 */
#include "quant/golden.h"

static struct series
pair(const double *r, const double *b, size_t n)
{
	return ((struct series){ .r = r, .b = b, .n = n, .periods = 252,
	    .from = DAY_NONE, .to = DAY_NONE });
}

static void
golden_rolling_beta(void **state)
{
	struct series s = pair(golden_a, golden_b, GOLDEN_N);
	double out[GOLDEN_N];

	(void)state;
	assert_int_equal(quant_roll_beta(&s, 10, out), 15);
	assert_near(out[14], 1.21560595181);
	assert_near(out[0], quant_beta(&(struct series){ .r = golden_a,
	    .b = golden_b, .n = 10, .periods = 252 }).value);
}

/* empyrical's test_stats.py, to its decimals. */
static void
rolling_sharpe_as_empyrical(void **state)
{
	const double mixed[8] = { 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01,
	    -0.1 };
	struct series s = pair(mixed, NULL, 8);
	double out[8];

	(void)state;
	assert_int_equal(quant_roll_sharpe(&s, 6, out), 3);
	assert_within(out[0], 8.22784105, 1e-8);
	assert_within(out[1], 8.22784105, 1e-8);
	assert_within(out[2], -3.1374751, 1e-8);
}

static void
no_window_no_answer(void **state)
{
	struct series s = pair(golden_a, NULL, GOLDEN_N);
	double out[GOLDEN_N];

	(void)state;
	assert_int_equal(quant_roll_mean(golden_a, 9, 10, out), 0);
	assert_int_equal(quant_roll_mean(golden_a, 9, 1, out), 0);
	assert_int_equal(quant_roll_mean(golden_a, 0, 2, out), 0);
	assert_int_equal(quant_roll_beta(&s, 10, out), 0);
	assert_int_equal(quant_roll_correlation(&s, 10, out), 0);
	assert_int_equal(quant_roll_volatility(golden_a, 9, 3, -1, out), 0);
	assert_int_equal(quant_roll_mean(golden_a, 10, 10, out), 1);
	assert_near(out[0], quant_mean(golden_a, 10).value);
}

static void
flat_stretch_has_no_ratio(void **state)
{
	double r[40], out[40];
	struct series s = pair(r, r, 40);

	(void)state;
	for (int i = 0; i < 40; i++)
		r[i] = i < 10 || i >= 30 ? golden_a[i % 10] : 0.1;
	assert_int_equal(quant_roll_sharpe(&s, 5, out), 36);
	for (int i = 10; i <= 25; i++)
		assert_true(isnan(out[i]));
	assert_true(isfinite(out[9]) && isfinite(out[26]));
	assert_int_equal(quant_roll_volatility(r, 40, 5, 252, out), 36);
	assert_true(out[10] == 0 && out[25] == 0 && out[26] > 0);
	quant_roll_beta(&s, 5, out);
	assert_true(isnan(out[10]));
	assert_near(out[9], 1);
	quant_roll_correlation(&s, 5, out);
	assert_true(isnan(out[25]));
	assert_near(out[26], 1);
}

/* Every k-th window beside the formula of the whole window. */
static void
compare_windows(const double *r, const double *b, size_t n, size_t w,
    size_t every)
{
	struct series s = pair(r, b, n), at;
	double *out = malloc(n * sizeof(*out));
	size_t m = n - w + 1;

	assert_non_null(out);
	assert_int_equal(quant_roll_sharpe(&s, w, out), m);
	for (size_t k = 0; k < m; k += every) {
		at = pair(r + k, b + k, w);
		assert_near(out[k], quant_sharpe(&at).value);
	}
	assert_int_equal(quant_roll_volatility(r, n, w, 252, out), m);
	for (size_t k = 0; k < m; k += every)
		assert_near(out[k], quant_volatility(r + k, w, 252).value);
	assert_int_equal(quant_roll_mean(r, n, w, out), m);
	for (size_t k = 0; k < m; k += every)
		assert_near(out[k], quant_mean(r + k, w).value);
	assert_int_equal(quant_roll_beta(&s, w, out), m);
	for (size_t k = 0; k < m; k += every) {
		at = pair(r + k, b + k, w);
		assert_near(out[k], quant_beta(&at).value);
	}
	assert_int_equal(quant_roll_correlation(&s, w, out), m);
	for (size_t k = 0; k < m; k += every) {
		at = pair(r + k, b + k, w);
		assert_near(out[k], quant_correlation(&at).value);
	}
	free(out);
}

enum { LONG = 100000 };

static void
law_no_drift_over_a_hundred_thousand_steps(void **state)
{
	struct dice d = { 91 };
	double *r = malloc(LONG * sizeof(*r)), *b = malloc(LONG * sizeof(*b));

	(void)state;
	assert_true(r != NULL && b != NULL);
	dice_returns(&d, 0.01, r, LONG);
	dice_returns(&d, 0.008, b, LONG);
	for (int i = 0; i < LONG; i++)
		r[i] += b[i] * 0.7;
	compare_windows(r, b, LONG, 60, 37);
	compare_windows(r, b, LONG, 252, 509);
	free(r);
	free(b);
}

/* A crash a thousand times the usual enters and leaves the window. */
static void
law_no_drift_where_the_scale_jumps(void **state)
{
	struct dice d = { 92 };
	double r[4000], b[4000];

	(void)state;
	for (int i = 0; i < 4000; i++) {
		r[i] = 1e-5 * dice_normal(&d);
		b[i] = r[i] + 1e-5 * dice_normal(&d);
		if (i % 500 == 250)
			r[i] = b[i] = -0.5 + 0.1 * dice_unit(&d);
	}
	compare_windows(r, b, 4000, 30, 1);
	compare_windows(r, b, 4000, 2, 1);
}

static void
what_is_too_large_has_no_figure(void **state)
{
	double r[50], out[50];

	(void)state;
	for (int i = 0; i < 50; i++)
		r[i] = i == 20 ? 1e300 : i % 3 * 0.01;
	assert_int_equal(quant_roll_volatility(r, 50, 5, 252, out), 46);
	for (int i = 0; i < 46; i++)
		assert_int_equal(isnan(out[i]), i >= 16 && i <= 20);
}

static void
law_output_may_overwrite_an_input(void **state)
{
	struct dice d = { 93 };
	double r[3000], b[3000], apart[3000], over[3000];
	struct series s = pair(r, b, 3000), t;
	size_t n;

	(void)state;
	dice_returns(&d, 0.01, r, 3000);
	dice_returns(&d, 0.01, b, 3000);
	n = quant_roll_beta(&s, 20, apart);
	memcpy(over, b, sizeof(b));
	t = pair(r, over, 3000);
	assert_int_equal(quant_roll_beta(&t, 20, over), n);
	assert_memory_equal(over, apart, n * sizeof(double));
	memcpy(over, r, sizeof(r));
	t = pair(over, b, 3000);
	assert_int_equal(quant_roll_beta(&t, 20, over), n);
	assert_memory_equal(over, apart, n * sizeof(double));
	quant_roll_volatility(r, 3000, 20, 252, apart);
	memcpy(over, r, sizeof(r));
	quant_roll_volatility(over, 3000, 20, 252, over);
	assert_memory_equal(over, apart, n * sizeof(double));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_rolling_beta),
		cmocka_unit_test(rolling_sharpe_as_empyrical),
		cmocka_unit_test(no_window_no_answer),
		cmocka_unit_test(flat_stretch_has_no_ratio),
		cmocka_unit_test(law_no_drift_over_a_hundred_thousand_steps),
		cmocka_unit_test(law_no_drift_where_the_scale_jumps),
		cmocka_unit_test(what_is_too_large_has_no_figure),
		cmocka_unit_test(law_output_may_overwrite_an_input),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
