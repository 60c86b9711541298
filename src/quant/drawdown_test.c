/*
 * Depths under water: where they begin, end and heal.
 */
#include "quant/golden.h"

static void
golden_drawdown(void **state)
{
	struct drawdown d;

	(void)state;
	quant_drawdown(golden_a, GOLDEN_N, &d);
	assert_plain(d.depth, -0.026279719752);
	assert_int_equal(d.peak, 4);
	assert_int_equal(d.trough, 7);
	assert_int_equal(d.recovery, 11);
}

/* empyrical's test_stats.py. */
static void
only_losses_as_empyrical(void **state)
{
	const double r[9] = { -0.02, -0.06, -0.07, -0.01, -0.09, -0.02,
	    -0.06, -0.08, -0.05 };
	struct drawdown d;

	(void)state;
	quant_drawdown(r, 9, &d);
	assert_plain(d.depth, -0.37858915742876154);
	assert_int_equal(d.peak, 0);
	assert_int_equal(d.trough, 9);
	assert_true(d.recovery == QUANT_NEVER);
}

static void
loss_on_day_one_counts_and_heals(void **state)
{
	const double r[3] = { -0.2, 0.25, 0.1 };
	struct drawdown d;

	(void)state;
	quant_drawdown(r, 3, &d);
	assert_plain(d.depth, -0.2);
	assert_int_equal(d.peak, 0);
	assert_int_equal(d.trough, 1);
	assert_int_equal(d.recovery, 2);
}

static void
deepest_of_two_is_told(void **state)
{
	const double r[7] = { 0.1, -0.1, 0.2, 0.1, -0.3, 0.1, 0.1 };
	struct drawdown d;

	(void)state;
	quant_drawdown(r, 7, &d);
	assert_plain(d.depth, -0.3);
	assert_int_equal(d.peak, 4);
	assert_int_equal(d.trough, 5);
	assert_true(d.recovery == QUANT_NEVER);
}

static void
always_rising_never_sinks(void **state)
{
	const double r[3] = { 0.1, 0, 0.1 };
	struct drawdown d;

	(void)state;
	quant_drawdown(r, 3, &d);
	assert_true(d.depth.why == WHY_OK && d.depth.value == 0);
	assert_int_equal(d.recovery, 0);
	assert_plain(quant_ulcer(r, 3), 0);
	assert_plain(quant_pain(r, 3), 0);
}

static void
everything_lost_is_minus_one(void **state)
{
	const double r[7] = { 0.1, 0.1, -0.1, 0.1, -1, 0.5, 0.5 };
	struct drawdown d;
	double under[7];

	(void)state;
	quant_drawdown(r, 7, &d);
	assert_plain(d.depth, -1);
	assert_int_equal(d.trough, 5);
	quant_underwater(r, 7, under);
	assert_near(under[6], -1);
}

static void
nothing_has_no_drawdown(void **state)
{
	const double bad[2] = { 0.1, INFINITY };
	struct drawdown d;

	(void)state;
	quant_drawdown(NULL, 0, &d);
	assert_none(d.depth, WHY_INSUFFICIENT_DATA);
	assert_none(quant_ulcer(NULL, 0), WHY_INSUFFICIENT_DATA);
	quant_drawdown(bad, 2, &d);
	assert_none(d.depth, WHY_INVALID_INPUT);
	assert_none(quant_pain(bad, 2), WHY_INVALID_INPUT);
}

static void
ulcer_and_pain_average_the_water(void **state)
{
	const double r[4] = { -0.1, 0, 1.0 / 9, 0 };

	(void)state;
	assert_plain(quant_ulcer(r, 4), sqrt(0.02 / 4));
	assert_plain(quant_pain(r, 4), 0.05);
}

static void
law_depth_is_the_lowest_water(void **state)
{
	struct dice d = { 41 };
	struct drawdown found;
	double r[300], w[300], under[300], peak, depth;

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.03, r, 300);
		quant_drawdown(r, 300, &found);
		quant_wealth(r, 300, w);
		memcpy(under, r, sizeof(r));
		quant_underwater(under, 300, under);
		peak = 1;
		depth = 0;
		for (int i = 0; i < 300; i++) {
			peak = fmax(peak, w[i]);
			assert_near(under[i], w[i] / peak - 1);
			depth = fmin(depth, under[i]);
		}
		assert_near(found.depth.value, depth);
		assert_true(depth >= -1 && depth <= 0);
		assert_true(found.peak < found.trough);
		assert_near((found.peak > 0 ? w[found.peak - 1] : 1) *
		    (1 + depth), w[found.trough - 1]);
		assert_true(quant_pain(r, 300).value <=
		    quant_ulcer(r, 300).value + 1e-15);
		assert_true(quant_ulcer(r, 300).value <= -depth);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_drawdown),
		cmocka_unit_test(only_losses_as_empyrical),
		cmocka_unit_test(loss_on_day_one_counts_and_heals),
		cmocka_unit_test(deepest_of_two_is_told),
		cmocka_unit_test(always_rising_never_sinks),
		cmocka_unit_test(everything_lost_is_minus_one),
		cmocka_unit_test(nothing_has_no_drawdown),
		cmocka_unit_test(ulcer_and_pain_average_the_water),
		cmocka_unit_test(law_depth_is_the_lowest_water),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
