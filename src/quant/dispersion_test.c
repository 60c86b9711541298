/*
 * Moments, deviations and wins: golden figures, constant series and the
 * laws of shift and scale.
 */
#include "quant/golden.h"

static void
golden_moments(void **state)
{
	double rf = golden_series().rf_flat;

	(void)state;
	assert_figure(quant_volatility(golden_a, GOLDEN_N, 252),
	    0.17181514523);
	assert_plain(quant_downside_deviation(golden_a, GOLDEN_N, rf),
	    0.00693395889473);
	assert_plain(quant_skew_pop(golden_a, GOLDEN_N), -0.0330176831281);
	assert_plain(quant_excess_kurtosis_pop(golden_a, GOLDEN_N),
	    -0.707376182056);
	assert_int_equal(quant_volatility(golden_a, GOLDEN_N, 252).warnings,
	    WARN_SHORT_HISTORY);
	assert_int_equal(quant_volatility(golden_a, GOLDEN_N, 12).warnings, 0);
}

/* empyrical's test_stats.py. */
static void
moments_as_empyrical(void **state)
{
	const double weekly[9] = { 0.0, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02,
	    0.01, -0.1 };

	(void)state;
	assert_figure(quant_volatility(weekly, 9, 52), 0.38851569394870583);
	assert_plain(quant_downside_deviation(weekly, 9, 0.1),
	    0.7733045971672482 / sqrt(52));
	assert_plain(quant_downside_deviation(weekly + 1, 8, 0.1),
	    1.7161730681956295 / sqrt(252));
}

static void
constant_has_no_variance_at_all(void **state)
{
	double x[GOLDEN_N];

	(void)state;
	for (int i = 0; i < GOLDEN_N; i++)
		x[i] = 0.1;
	assert_true(quant_variance(x, GOLDEN_N).value == 0);
	assert_true(quant_volatility(x, GOLDEN_N, 252).value == 0);
	assert_true(quant_semi_deviation(x, GOLDEN_N).value == 0);
	assert_none(quant_skew_pop(x, GOLDEN_N), WHY_ZERO_VARIANCE);
	assert_none(quant_excess_kurtosis_pop(x, GOLDEN_N),
	    WHY_ZERO_VARIANCE);
}

static void
what_is_too_large_has_no_dispersion(void **state)
{
	double x[] = { 1e300, 0.01, 0.02, -0.01 };

	(void)state;
	assert_none(quant_volatility(x, 4, 252), WHY_OUT_OF_RANGE);
	assert_none(quant_variance(x, 4), WHY_OUT_OF_RANGE);
}

static void
one_observation_has_no_dispersion(void **state)
{
	const double x[2] = { 0.1, NAN };

	(void)state;
	assert_plain(quant_mean(x, 1), 0.1);
	assert_none(quant_mean(x, 0), WHY_INSUFFICIENT_DATA);
	assert_none(quant_variance(x, 1), WHY_INSUFFICIENT_DATA);
	assert_none(quant_variance(x, 0), WHY_INSUFFICIENT_DATA);
	assert_none(quant_covariance(x, x, 1), WHY_INSUFFICIENT_DATA);
	assert_none(quant_downside_deviation(x, 1, 0), WHY_INSUFFICIENT_DATA);
	assert_none(quant_semi_deviation(x, 1), WHY_INSUFFICIENT_DATA);
	assert_none(quant_skew_pop(x, 1), WHY_INSUFFICIENT_DATA);
	assert_none(quant_variance(x, 2), WHY_INVALID_INPUT);
	assert_none(quant_volatility(golden_a, GOLDEN_N, 0),
	    WHY_INVALID_INPUT);
	assert_none(quant_downside_deviation(golden_a, GOLDEN_N, NAN),
	    WHY_INVALID_INPUT);
}

/* 1e9 + {4, 7, 13, 16}: the sum of squares minus square of sums says 0. */
static void
variance_far_from_zero_keeps_its_digits(void **state)
{
	const double x[4] = { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 };

	(void)state;
	assert_plain(quant_variance(x, 4), 30);
	assert_plain(quant_covariance(x, x, 4), 30);
}

static void
wins_count_zero_as_not_positive(void **state)
{
	struct wins w;

	(void)state;
	quant_wins(golden_a, GOLDEN_N, &w);
	assert_plain(w.positive_share, 13.0 / 24);
	assert_plain(w.best, 0.0213);
	assert_int_equal(w.best_at, 15);
	assert_plain(w.worst, -0.0201);
	assert_int_equal(w.worst_at, 6);
	assert_plain(w.mean_gain, 0.1202 / 13);
	assert_plain(w.mean_loss, -0.0917 / 10);
	assert_plain(w.gain_loss, 0.1202 / 13 / (0.0917 / 10));
	assert_plain(w.profit_factor, 0.1202 / 0.0917);
	assert_int_equal(w.up_run, 2);
	assert_int_equal(w.down_run, 2);
}

static void
wins_without_losses_say_so(void **state)
{
	const double up[3] = { 0.1, 0.2, 0 }, down[2] = { -0.1, -0.2 };
	const double one[2] = { 0.3, -0.2 };
	struct wins w;

	(void)state;
	quant_wins(up, 3, &w);
	assert_none(w.mean_loss, WHY_NO_DOWN_PERIODS);
	assert_none(w.gain_loss, WHY_NO_DOWN_PERIODS);
	assert_none(w.profit_factor, WHY_NO_DOWN_PERIODS);
	quant_wins(down, 2, &w);
	assert_none(w.mean_gain, WHY_NO_UP_PERIODS);
	assert_none(w.gain_loss, WHY_NO_UP_PERIODS);
	assert_plain(w.profit_factor, 0);
	assert_int_equal(w.down_run, 2);
	quant_wins(one, 2, &w);
	assert_plain(w.gain_loss, 1.5);
	quant_wins(NULL, 0, &w);
	assert_none(w.best, WHY_INSUFFICIENT_DATA);
	assert_none(w.positive_share, WHY_INSUFFICIENT_DATA);
}

static void
law_shift_moves_the_mean_and_scale_the_spread(void **state)
{
	struct dice d = { 31 };
	double x[100], y[100], shift, k;

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.02, x, 100);
		shift = dice_normal(&d);
		k = exp(dice_normal(&d));
		for (int i = 0; i < 100; i++)
			y[i] = k * x[i] + shift;
		assert_near(quant_mean(y, 100).value,
		    k * quant_mean(x, 100).value + shift);
		assert_near(quant_deviation(y, 100).value,
		    k * quant_deviation(x, 100).value);
		assert_near(quant_covariance(x, y, 100).value,
		    k * quant_variance(x, 100).value);
		assert_within(quant_skew_pop(y, 100).value,
		    quant_skew_pop(x, 100).value, 1e-9);
		assert_within(quant_excess_kurtosis_pop(y, 100).value,
		    quant_excess_kurtosis_pop(x, 100).value, 1e-9);
	}
}

/* Sums of differences, which are exact; their mean is no double's. */
static void
moments_far_from_zero_keep_their_digits(void **state)
{
	struct dice d = { 32 };
	double x[64], y[64];

	(void)state;
	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < 64; i++) {
			y[i] = (double)(dice_bits(&d) % 1000000) * 0x1p-40;
			x[i] = y[i] + 0.5;
		}
		assert_figure(quant_skew_pop(x, 63),
		    quant_skew_pop(y, 63).value);
		assert_figure(quant_excess_kurtosis_pop(x, 63),
		    quant_excess_kurtosis_pop(y, 63).value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_moments),
		cmocka_unit_test(moments_as_empyrical),
		cmocka_unit_test(constant_has_no_variance_at_all),
		cmocka_unit_test(what_is_too_large_has_no_dispersion),
		cmocka_unit_test(one_observation_has_no_dispersion),
		cmocka_unit_test(variance_far_from_zero_keeps_its_digits),
		cmocka_unit_test(moments_far_from_zero_keep_their_digits),
		cmocka_unit_test(wins_count_zero_as_not_positive),
		cmocka_unit_test(wins_without_losses_say_so),
		cmocka_unit_test(law_shift_moves_the_mean_and_scale_the_spread),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
