/*
 * Return over risk: golden figures, and a reason instead of an infinity.
 */
#include "quant/golden.h"

static struct series
plain(const double *r, size_t n, double p)
{
	return ((struct series){ .r = r, .n = n, .periods = p,
	    .from = DAY_NONE, .to = DAY_NONE });
}

static void
golden_ratios(void **state)
{
	struct series s = golden_series();

	(void)state;
	assert_figure(quant_sharpe(&s), 1.56964896053);
	assert_figure(quant_sortino(&s), 2.45009230964);
	assert_figure(quant_sortino_mar(&s, 0), 2.74453229096);
	assert_figure(quant_calmar(&s), 12.5459137497);
	assert_int_equal(quant_sharpe(&s).warnings, WARN_SHORT_HISTORY);
}

/* A flat rate and the same rate told period by period. */
static void
rate_by_period_is_the_rate(void **state)
{
	struct series s = golden_series();
	double rf[GOLDEN_N];

	(void)state;
	for (int i = 0; i < GOLDEN_N; i++)
		rf[i] = s.rf_flat;
	s.rf = rf;
	s.rf_flat = 0.5;
	assert_figure(quant_sharpe(&s), 1.56964896053);
	assert_figure(quant_sortino(&s), 2.45009230964);
	assert_figure(quant_beta(&s), 1.19771075809);
	assert_figure(quant_alpha(&s), 0.111424606377);
}

/* empyrical's test_stats.py: rows of one missing value are left out. */
static void
ratios_as_empyrical(void **state)
{
	const double mixed[8] = { 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01,
	    -0.1 };
	const double rates[8] = { 0.01, 0.0, 0.01, 0.0, 0.01, 0.0, 0.01, 0.0 };
	const double negative[9] = { 0.0, -0.06, -0.07, -0.01, -0.09, -0.02,
	    -0.06, -0.08, -0.05 };
	const double weekly[9] = { 0.0, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02,
	    0.01, -0.1 };
	struct series s = plain(mixed, 8, 252);

	(void)state;
	s.rf = rates;
	assert_figure(quant_sharpe(&s), 0.34111411441060574);
	s.rf = NULL;
	assert_figure(quant_sortino_mar(&s, 0.01), -1.3934779588919977);
	assert_figure(quant_omega(mixed, 8, 0.01), 0.8125);
	s = plain(negative, 9, 252);
	assert_figure(quant_sharpe(&s), -24.406808633910085);
	s = plain(weekly, 9, 52);
	assert_figure(quant_sortino_mar(&s, 0), 1.115890105686644);
	assert_figure(quant_calmar(&s), 2.4690830513998208);
}

static void
too_little_is_no_ratio(void **state)
{
	struct series s;

	(void)state;
	for (size_t n = 0; n < 2; n++) {
		s = plain(golden_a, n, 252);
		assert_none(quant_sharpe(&s), WHY_INSUFFICIENT_DATA);
		assert_none(quant_sortino(&s), WHY_INSUFFICIENT_DATA);
		assert_none(quant_calmar(&s), WHY_INSUFFICIENT_DATA);
	}
	assert_none(quant_omega(golden_a, 0, 0), WHY_INSUFFICIENT_DATA);
}

static void
constant_returns_have_no_sharpe(void **state)
{
	const double constant[2] = { 0.001, 0.1 };
	double r[GOLDEN_N];
	struct series s = plain(r, GOLDEN_N, 252);

	(void)state;
	for (int k = 0; k < 2; k++) {
		for (int i = 0; i < GOLDEN_N; i++)
			r[i] = constant[k];
		assert_none(quant_sharpe(&s), WHY_ZERO_VARIANCE);
		s.rf_flat = constant[k];
		assert_none(quant_sharpe(&s), WHY_ZERO_VARIANCE);
		s.rf_flat = 0;
	}
	/* The same rate by period, off by a rounding. */
	for (int i = 0; i < GOLDEN_N; i++)
		r[i] = golden_b[i] * 3 / 3;
	s.rf = golden_b;
	assert_none(quant_sharpe(&s), WHY_ZERO_VARIANCE);
}

static void
without_losses_there_is_nothing_to_divide_by(void **state)
{
	double r[GOLDEN_N];
	struct series s = plain(r, GOLDEN_N, 252);

	(void)state;
	for (int i = 0; i < GOLDEN_N; i++)
		r[i] = 0.001 + fabs(golden_a[i]);
	assert_none(quant_sortino_mar(&s, 0), WHY_NO_DOWNSIDE);
	assert_none(quant_sortino(&s), WHY_NO_DOWNSIDE);
	assert_none(quant_calmar(&s), WHY_NO_DRAWDOWN);
	assert_none(quant_omega(r, GOLDEN_N, 0), WHY_NO_DOWNSIDE);
}

static void
bad_input_is_named(void **state)
{
	double r[3] = { 0.1, NAN, 0.2 };
	struct series s = plain(r, 3, 252);

	(void)state;
	assert_none(quant_sharpe(&s), WHY_INVALID_INPUT);
	s = plain(golden_a, 3, 0);
	assert_none(quant_sharpe(&s), WHY_INVALID_INPUT);
	s = plain(golden_a, 3, -INFINITY);
	assert_none(quant_calmar(&s), WHY_INVALID_INPUT);
	s = plain(golden_a, 3, 252);
	assert_none(quant_sortino_mar(&s, NAN), WHY_INVALID_INPUT);
	assert_none(quant_omega(golden_a, 3, NAN), WHY_INVALID_INPUT);
	assert_none(quant_omega(r, 3, 0), WHY_INVALID_INPUT);
	s.rf = r;
	assert_none(quant_sortino(&s), WHY_INVALID_INPUT);
}

static void
law_leverage_keeps_the_sharpe_ratio(void **state)
{
	struct dice d = { 51 };
	double r[100], twice[100];
	struct series s = plain(r, 100, 252), t = plain(twice, 100, 252);

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.01, r, 100);
		for (int i = 0; i < 100; i++)
			twice[i] = 2 * r[i];
		assert_near(quant_sharpe(&t).value, quant_sharpe(&s).value);
		assert_near(quant_sortino(&t).value, quant_sortino(&s).value);
		assert_near(quant_omega(twice, 100, 0).value,
		    quant_omega(r, 100, 0).value);
	}
}

/* At the mean, gains and losses weigh the same. */
static void
law_omega_at_the_mean_is_one(void **state)
{
	struct dice d = { 52 };
	double r[100];

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.01, r, 100);
		assert_near(quant_omega(r, 100,
		    quant_mean(r, 100).value).value, 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_ratios),
		cmocka_unit_test(rate_by_period_is_the_rate),
		cmocka_unit_test(ratios_as_empyrical),
		cmocka_unit_test(too_little_is_no_ratio),
		cmocka_unit_test(constant_returns_have_no_sharpe),
		cmocka_unit_test(without_losses_there_is_nothing_to_divide_by),
		cmocka_unit_test(bad_input_is_named),
		cmocka_unit_test(law_leverage_keeps_the_sharpe_ratio),
		cmocka_unit_test(law_omega_at_the_mean_is_one),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
