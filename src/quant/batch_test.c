/*
 * Batches beside the steps they stand for: every window, sizes about the
 * stripes' borders, and numbers that a running sum would spoil.
 */
#include "quant/golden.h"

enum { MOST = 5000 };

static double x[MOST], out[MOST], want[MOST], state_a[INDICATOR_STATE_MAX];

static const char *const names[] = { "sma", "ema", "rsi", "deviation" };

static size_t
by_steps(const struct indicator *row, double w, size_t n)
{
	struct bar bar = { 0 };
	size_t k = 0;

	quant_indicator_start(row, &w, state_a);
	for (size_t i = 0; i < n; i++) {
		bar.close = x[i];
		if (row->step(state_a, &w, &bar, &want[k]))
			k++;
	}
	return (k);
}

static double
scale_of(const char *name, size_t n)
{
	double most = 0;

	if (strcmp(name, "rsi") == 0)
		return (100);
	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(x[i]));
	return (most);
}

/* All four, on x[0..n), to `room` of the largest value. */
static void
agree(double w, size_t n, double room)
{
	for (size_t r = 0; r < 4; r++) {
		const struct indicator *row = quant_indicator(names[r]);
		double most = scale_of(names[r], n);
		size_t k;

		if (!quant_indicator_fits(row, &w))
			continue;
		k = by_steps(row, w, n);
		assert_int_equal(row->batch(x, n, (size_t)w, out), k);
		for (size_t i = 0; i < k; i++) {
			assert_int_equal(isnan(out[i]), isnan(want[i]));
			if (!isnan(want[i]) &&
			    fabs(out[i] - want[i]) > room * most)
				fail_msg("%s(%g) of %zu: [%zu] %.17g not %.17g",
				    names[r], w, n, i, out[i], want[i]);
		}
	}
}

static void
prices(uint64_t seed)
{
	struct dice d = { seed };
	double price = 100;

	for (size_t i = 0; i < MOST; i++)
		x[i] = price *= 1 + 0.01 * dice_normal(&d);
}

static void
batches_agree_with_steps(void **state)
{
	static const double windows[] = { 1, 2, 3, 4, 5, 14, 20, 63, 255, 256,
	    257, 999, 1000 };
	static const size_t sizes[] = { 1000, 1024, 1043, 1044, 1045, 2067,
	    MOST };

	(void)state;
	prices(21);
	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
		for (size_t j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++)
			agree(windows[i], sizes[j], 1e-12);
}

static void
the_smallest_arrays_agree(void **state)
{
	(void)state;
	prices(22);
	for (double w = 1; w < 12; w++)
		for (size_t n = 0; n < 40; n++)
			agree(w, n, 1e-12);
}

static void
windows_that_do_not_fit_have_no_answer(void **state)
{
	(void)state;
	prices(23);
	for (size_t r = 0; r < 4; r++) {
		const struct indicator *row = quant_indicator(names[r]);

		assert_int_equal(row->batch(x, MOST, 0, out), 0);
		assert_int_equal(row->batch(x, 10, 11, out), 0);
		assert_int_equal(row->batch(x, 0, 5, out), 0);
	}
	assert_int_equal(quant_sma(x, MOST, INDICATOR_WINDOW_MAX + 1, out), 0);
	assert_int_equal(quant_roll_deviation(x, MOST, 1, out), 0);
}

/* Each answer to its own size, not to the largest value's. */
static void
agree_closely(const char *name, double w, double tol)
{
	const struct indicator *row = quant_indicator(name);
	size_t k = by_steps(row, w, MOST);

	assert_int_equal(row->batch(x, MOST, (size_t)w, out), k);
	for (size_t i = 0; i < k; i++)
		if (fabs(out[i] - want[i]) > tol * fabs(want[i]))
			fail_msg("%s: [%zu] %.17g not %.17g", name, i, out[i],
			    want[i]);
}

static void
a_spike_leaves_nothing_behind(void **state)
{
	(void)state;
	for (size_t spike = 0; spike < 1100; spike += 137) {
		prices(24);
		x[spike] = 1e13;
		x[spike + 3] = -1e13;
		agree_closely("sma", 20, 1e-12);
		agree_closely("deviation", 20, 1e-11);
	}
}

static void
flat_stretches_are_flat(void **state)
{
	(void)state;
	prices(25);
	for (size_t i = 300; i < 900; i++)
		x[i] = 0.1;
	for (size_t i = 2000; i < 2300; i++)
		x[i] = 1e9;
	agree_closely("sma", 20, 1e-12);
	agree_closely("deviation", 20, 1e-11);
	assert_true(out[500] == 0 && out[2100] == 0);
}

static void
numbers_about_zero_agree(void **state)
{
	struct dice d = { 26 };

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		x[i] = dice_normal(&d);
	agree(20, MOST, 1e-13);
	agree_closely("deviation", 20, 1e-11);
}

/* A price of a million that moves by a cent, in both ways of running. */
static void
a_small_spread_at_a_high_price_is_exact(void **state)
{
	struct dice d = { 27 };
	long double mean, squares;
	size_t k;

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		x[i] = 1e6 + 0.01 * dice_normal(&d);
	k = by_steps(quant_indicator("deviation"), 20, MOST);
	assert_int_equal(quant_roll_deviation(x, MOST, 20, out), k);
	for (size_t i = 0; i < k; i++) {
		mean = squares = 0;
		for (size_t j = i; j < i + 20; j++)
			mean += x[j] - 1e6L;
		for (size_t j = i; j < i + 20; j++)
			squares += (x[j] - 1e6L - mean / 20) *
			    (x[j] - 1e6L - mean / 20);
		assert_true(fabsl(out[i] / sqrtl(squares / 20) - 1) < 1e-12L);
		assert_true(fabsl(want[i] / sqrtl(squares / 20) - 1) < 1e-12L);
	}
}

static void
an_output_may_be_the_input(void **state)
{
	static const size_t windows[] = { 2, 20, 256, 1000 };

	(void)state;
	for (size_t r = 0; r < 4; r++)
		for (size_t i = 0; i < 4; i++) {
			const struct indicator *row =
			    quant_indicator(names[r]);
			size_t k;

			prices(28);
			k = row->batch(x, MOST, windows[i], out);
			assert_int_equal(row->batch(x, MOST, windows[i], x),
			    k);
			assert_memory_equal(x, out, k * sizeof(x[0]));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_smallest_arrays_agree),
		cmocka_unit_test(windows_that_do_not_fit_have_no_answer),
		cmocka_unit_test(batches_agree_with_steps),
		cmocka_unit_test(numbers_about_zero_agree),
		cmocka_unit_test(a_spike_leaves_nothing_behind),
		cmocka_unit_test(flat_stretches_are_flat),
		cmocka_unit_test(a_small_spread_at_a_high_price_is_exact),
		cmocka_unit_test(an_output_may_be_the_input),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
