/*
 * One series beside another: golden figures, itself as its benchmark, and a
 * benchmark that does not move.
 */
#include "quant/golden.h"

static void
golden_regression(void **state)
{
	struct series s = golden_series();

	(void)state;
	assert_figure(quant_beta(&s), 1.19771075809);
	assert_figure(quant_alpha(&s), 0.111424606377);
	assert_near(quant_alpha(&s).value / 252, 0.000442161136416);
	assert_figure(quant_correlation(&s), 0.98945551129);
	assert_figure(quant_r_squared(&s), 0.979022208823);
	assert_figure(quant_treynor(&s), 0.225170778748);
	assert_int_equal(quant_beta(&s).warnings, WARN_SHORT_HISTORY);
}

static void
golden_active_figures(void **state)
{
	struct series s = golden_series();
	double rf = s.rf_flat * 252;

	(void)state;
	assert_figure(quant_tracking_error(&s), 0.0375075035971);
	assert_figure(quant_information_ratio(&s), 3.66726619499);
	assert_figure(quant_up_capture(&s), 1.22065515293);
	assert_figure(quant_down_capture(&s), 1.11797223761);
	assert_figure(quant_capture_ratio(&s), 1.09184746443);
	assert_figure(quant_batting_average(&s), 13.0 / 24);
	assert_figure(quant_m_squared(&s), rf + 1.56964896053 *
	    quant_volatility(golden_b, GOLDEN_N, 252).value);
}

static void
its_own_benchmark(void **state)
{
	struct series s = golden_series();

	(void)state;
	s.b = s.r;
	assert_true(quant_beta(&s).value == 1);
	assert_true(quant_r_squared(&s).value == 1);
	assert_true(quant_up_capture(&s).value == 1);
	assert_true(quant_down_capture(&s).value == 1);
	assert_true(quant_tracking_error(&s).value == 0);
	assert_none(quant_information_ratio(&s), WHY_ZERO_DENOMINATOR);
	assert_figure(quant_alpha(&s), 0);
	assert_figure(quant_batting_average(&s), 0);
}

static void
benchmark_that_does_not_move(void **state)
{
	struct series s = golden_series();
	double flat[GOLDEN_N];

	(void)state;
	for (int i = 0; i < GOLDEN_N; i++)
		flat[i] = 0.01;
	s.b = flat;
	assert_none(quant_beta(&s), WHY_ZERO_VARIANCE);
	assert_none(quant_alpha(&s), WHY_ZERO_VARIANCE);
	assert_none(quant_treynor(&s), WHY_ZERO_VARIANCE);
	assert_none(quant_correlation(&s), WHY_ZERO_VARIANCE);
	assert_none(quant_r_squared(&s), WHY_ZERO_VARIANCE);
	assert_none(quant_down_capture(&s), WHY_NO_DOWN_PERIODS);
	assert_none(quant_capture_ratio(&s), WHY_NO_DOWN_PERIODS);
	assert_int_equal(quant_up_capture(&s).why, WHY_OK);
	s.b = golden_b;
	s.r = flat;
	assert_figure(quant_beta(&s), 0);
	assert_none(quant_treynor(&s), WHY_ZERO_DENOMINATOR);
	assert_none(quant_correlation(&s), WHY_ZERO_VARIANCE);
}

static void
benchmark_that_only_falls(void **state)
{
	const double b[2] = { -0.1, -0.2 };
	struct series s = golden_series();

	(void)state;
	s.b = b;
	s.n = 2;
	assert_none(quant_up_capture(&s), WHY_NO_UP_PERIODS);
	assert_none(quant_capture_ratio(&s), WHY_NO_UP_PERIODS);
}

static void
one_period_is_enough_to_compare(void **state)
{
	const double lost = -1, b = -0.5;
	struct series s = golden_series();

	(void)state;
	s.r = &lost;
	s.b = &b;
	s.n = 1;
	assert_figure(quant_down_capture(&s), 2);
	assert_figure(quant_batting_average(&s), 0);
	assert_none(quant_beta(&s), WHY_INSUFFICIENT_DATA);
}

static void
no_benchmark_is_misaligned(void **state)
{
	struct series s = golden_series();
	double bad[GOLDEN_N] = { NAN };

	(void)state;
	s.b = NULL;
	assert_none(quant_beta(&s), WHY_MISALIGNED);
	assert_none(quant_tracking_error(&s), WHY_MISALIGNED);
	assert_none(quant_batting_average(&s), WHY_MISALIGNED);
	assert_none(quant_up_capture(&s), WHY_MISALIGNED);
	assert_none(quant_m_squared(&s), WHY_MISALIGNED);
	s.b = bad;
	assert_none(quant_beta(&s), WHY_INVALID_INPUT);
	assert_none(quant_information_ratio(&s), WHY_INVALID_INPUT);
	s = golden_series();
	s.n = 1;
	assert_none(quant_beta(&s), WHY_INSUFFICIENT_DATA);
	assert_none(quant_tracking_error(&s), WHY_INSUFFICIENT_DATA);
	s.n = 0;
	assert_none(quant_batting_average(&s), WHY_INSUFFICIENT_DATA);
}

/* a = x + k b: beta and alpha are read off, correlation is of the noise. */
static void
law_beta_and_alpha_are_recovered(void **state)
{
	struct dice d = { 61 };
	double a[200], b[200], k, x;
	struct series s = { .r = a, .b = b, .n = 200, .periods = 252,
	    .rf_flat = 0.0001 };

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.01, b, 200);
		k = dice_normal(&d);
		x = 0.001 * dice_normal(&d);
		for (int i = 0; i < 200; i++)
			a[i] = s.rf_flat + x + k * (b[i] - s.rf_flat);
		assert_within(quant_beta(&s).value, k, 1e-9);
		assert_within(quant_alpha(&s).value, x * 252, 1e-9);
		assert_within(fabs(quant_correlation(&s).value), 1, 1e-9);
	}
}

static void
law_correlation_is_bounded_and_symmetric(void **state)
{
	struct dice d = { 62 };
	double a[50], b[50], c;
	struct series s = { .r = a, .b = b, .n = 50, .periods = 252 };
	struct series t = { .r = b, .b = a, .n = 50, .periods = 252 };

	(void)state;
	for (int round = 0; round < 200; round++) {
		dice_returns(&d, 0.01, a, 50);
		dice_returns(&d, 0.01, b, 50);
		c = quant_correlation(&s).value;
		assert_true(c >= -1 && c <= 1);
		assert_near(quant_correlation(&t).value, c);
		assert_near(quant_beta(&s).value * quant_beta(&t).value,
		    c * c);
		assert_near(quant_tracking_error(&s).value,
		    quant_tracking_error(&t).value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_regression),
		cmocka_unit_test(golden_active_figures),
		cmocka_unit_test(its_own_benchmark),
		cmocka_unit_test(benchmark_that_does_not_move),
		cmocka_unit_test(benchmark_that_only_falls),
		cmocka_unit_test(one_period_is_enough_to_compare),
		cmocka_unit_test(no_benchmark_is_misaligned),
		cmocka_unit_test(law_beta_and_alpha_are_recovered),
		cmocka_unit_test(law_correlation_is_bounded_and_symmetric),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
