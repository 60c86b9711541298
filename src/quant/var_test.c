/*
 * The tail: golden figures, what a small sample may say, and the order of
 * the measures.
 */
#include "quant/golden.h"

static void
golden_tail(void **state)
{
	double work[GOLDEN_N];
	struct figure f;

	(void)state;
	f = quant_var_historical(golden_a, GOLDEN_N, 0.95, work);
	assert_figure(f, 0.01502);
	assert_int_equal(f.warnings, WARN_LOW_CONFIDENCE);
	assert_figure(quant_es_historical(golden_a, GOLDEN_N, 0.95, work),
	    0.0178);
	assert_figure(quant_var_normal(golden_a, GOLDEN_N, 0.95),
	    0.0166153047972);
	assert_figure(quant_es_normal(golden_a, GOLDEN_N, 0.95),
	    0.0211379354449);
	f = quant_var_cornish_fisher(golden_a, GOLDEN_N, 0.95);
	assert_figure(f, 0.0164909478381);
	assert_int_equal(f.warnings, WARN_LOW_CONFIDENCE);
}

/* empyrical's test_stats.py: percentiles by linear interpolation. */
static void
quantiles_as_empyrical(void **state)
{
	const double two[4] = { 1, 2, 1, 2 };
	const double six[6] = { 1, 81, 82, 83, 84, 85 };
	double work[10], ten[10];

	(void)state;
	assert_figure(quant_var_historical(two, 4, 0.7, work), -1);
	assert_figure(quant_var_historical(six, 6, 0.7, work), -81.5);
	for (int i = 0; i < 10; i++)
		ten[i] = 9 - i;
	assert_figure(quant_var_historical(ten, 10, 0.9, work), -0.9);
}

static void
small_sample_is_no_tail(void **state)
{
	double r[100], work[100];
	struct dice d = { 81 };

	(void)state;
	dice_returns(&d, 0.01, r, 100);
	assert_none(quant_var_historical(r, 19, 0.95, work),
	    WHY_INSUFFICIENT_DATA);
	assert_int_equal(quant_var_historical(r, 20, 0.95, work).why, WHY_OK);
	assert_none(quant_es_historical(r, 99, 0.99, work),
	    WHY_INSUFFICIENT_DATA);
	assert_int_equal(quant_es_historical(r, 100, 0.99, work).why, WHY_OK);
	assert_int_equal(quant_var_historical(r, 99, 0.95, work).warnings,
	    WARN_LOW_CONFIDENCE);
	assert_int_equal(quant_var_historical(r, 100, 0.95, work).warnings, 0);
	assert_none(quant_var_normal(r, 1, 0.95), WHY_INSUFFICIENT_DATA);
	assert_none(quant_var_normal(r, 50, 1), WHY_OUT_OF_RANGE);
	assert_none(quant_var_normal(r, 50, 0.5), WHY_OUT_OF_RANGE);
	r[3] = NAN;
	assert_none(quant_var_historical(r, 50, 0.95, work),
	    WHY_INVALID_INPUT);
	assert_none(quant_es_normal(r, 50, 0.95), WHY_INVALID_INPUT);
}

static void
only_gains_are_a_negative_risk(void **state)
{
	double r[40], work[40];

	(void)state;
	for (int i = 0; i < 40; i++)
		r[i] = 0.01;
	assert_figure(quant_var_historical(r, 40, 0.95, work), -0.01);
	assert_figure(quant_es_historical(r, 40, 0.95, work), -0.01);
	assert_figure(quant_var_normal(r, 40, 0.95), -0.01);
	assert_none(quant_var_cornish_fisher(r, 40, 0.95), WHY_ZERO_VARIANCE);
}

static void
outside_its_domain_cornish_fisher_is_the_normal(void **state)
{
	double r[200];
	struct figure f;

	(void)state;
	for (int i = 0; i < 200; i++)
		r[i] = 0.001 * (i % 7 - 3);
	r[100] = -0.5;
	f = quant_var_cornish_fisher(r, 200, 0.95);
	assert_figure(f, quant_var_normal(r, 200, 0.95).value);
	assert_int_equal(f.warnings, WARN_APPROXIMATE);
}

/* The expansion, walked from -99 % to 99 %: does it ever fall? */
static bool
expansion_falls(double s, double k)
{
	double last = -INFINITY, z, cf;

	for (z = -2.3263478; z <= 2.3263478; z += 1e-3) {
		cf = z + (z * z - 1) * s / 6 + (z * z * z - 3 * z) * k / 24 -
		    (2 * z * z * z - 5 * z) * s * s / 36;
		if (cf < last)
			return (true);
		last = cf;
	}
	return (false);
}

static void
law_cornish_fisher_is_used_where_it_only_rises(void **state)
{
	struct dice d = { 85 };
	double r[60], s, k;
	size_t used = 0, left = 0;
	bool falls;

	(void)state;
	for (int round = 0; round < 600; round++) {
		dice_returns(&d, 0.01, r, 60);
		for (int i = 0; i < 60; i++)
			r[i] *= 1 + round % 6 * exp(dice_normal(&d)) +
			    (r[i] < 0 ? round % 5 * dice_unit(&d) : 0);
		s = quant_skew_pop(r, 60).value;
		k = quant_excess_kurtosis_pop(r, 60).value;
		falls = expansion_falls(s, k);
		assert_int_equal(falls,
		    (quant_var_cornish_fisher(r, 60, 0.95).warnings &
		    WARN_APPROXIMATE) != 0);
		used += !falls;
		left += falls;
	}
	assert_true(used > 100 && left > 100);
}

static void
horizon_overlaps_or_scales(void **state)
{
	double r[120], work[120], two[119];
	struct dice d = { 82 };
	struct figure f;

	(void)state;
	dice_returns(&d, 0.01, r, 120);
	for (int i = 0; i < 119; i++)
		two[i] = (1 + r[i]) * (1 + r[i + 1]) - 1;
	assert_int_equal(quant_horizon(r, 120, 2, work), 119);
	for (int i = 0; i < 119; i++)
		assert_near(work[i], two[i]);
	assert_int_equal(quant_horizon(r, 120, 12, work), 109);
	assert_int_equal(quant_horizon(r, 120, 13, work), 0);
	assert_int_equal(quant_horizon(r, 120, 0, work), 0);
	f = quant_horizon_scaled(quant_var_normal(r, 120, 0.95), 20);
	assert_figure(f, sqrt(20) * quant_var_normal(r, 120, 0.95).value);
	assert_int_equal(f.warnings, WARN_APPROXIMATE);
	assert_none(quant_horizon_scaled(figure_none(WHY_OUT_OF_RANGE), 20),
	    WHY_OUT_OF_RANGE);
	/* They may take the returns' place. */
	assert_int_equal(quant_horizon(r, 120, 2, r), 119);
	assert_near(r[118], two[118]);
	r[60] = INFINITY;
	assert_int_equal(quant_horizon(r, 119, 2, work), 0);
}

static void
normal_quantiles_to_the_last_digits(void **state)
{
	(void)state;
	assert_within(quant_normal_quantile(0.05), -1.6448536269514722, 1e-14);
	assert_within(quant_normal_quantile(0.01), -2.3263478740408408, 1e-14);
	assert_within(quant_normal_quantile(0.975), 1.9599639845400545, 1e-14);
	assert_within(quant_normal_quantile(1e-9), -5.9978070150076869, 1e-14);
	assert_true(quant_normal_quantile(0.5) == 0);
	for (double p = 0.001; p < 1; p += 0.001)
		assert_within(erfc(-quant_normal_quantile(p) * M_SQRT1_2) / 2,
		    p, 1e-13);
}

/* Chi-squared with one degree: 3.841459 is its 95 % point. */
static void
kupiec_judges_the_count(void **state)
{
	double x = 20, n = 250, ratio;

	(void)state;
	assert_figure(quant_kupiec(50, 1000, 0.95), 1);
	ratio = 2 * (x * log(x / n / 0.05) +
	    (n - x) * log((1 - x / n) / 0.95));
	assert_figure(quant_kupiec(20, 250, 0.95), erfc(sqrt(ratio / 2)));
	assert_true(quant_kupiec(20, 250, 0.95).value < 0.05);
	assert_true(quant_kupiec(15, 250, 0.95).value > 0.05);
	assert_figure(quant_kupiec(1, 20, 0.95), 1);
	assert_figure(quant_kupiec(0, 100, 0.95),
	    erfc(sqrt(-100 * log(0.95))));
	assert_none(quant_kupiec(3, 2, 0.95), WHY_OUT_OF_RANGE);
	assert_none(quant_kupiec(0, 0, 0.95), WHY_INSUFFICIENT_DATA);
}

static void
law_shortfall_exceeds_value_at_risk(void **state)
{
	struct dice d = { 83 };
	double r[300], work[300];
	struct figure v95, v99, e95, e99;

	(void)state;
	for (int round = 0; round < 200; round++) {
		dice_returns(&d, 0.01, r, 300);
		if (round % 3 == 0)
			r[dice_bits(&d) % 300] *= 1 + 20 * dice_unit(&d);
		v95 = quant_var_historical(r, 300, 0.95, work);
		v99 = quant_var_historical(r, 300, 0.99, work);
		e95 = quant_es_historical(r, 300, 0.95, work);
		e99 = quant_es_historical(r, 300, 0.99, work);
		assert_true(v99.value >= v95.value);
		assert_true(e95.value >= v95.value);
		assert_true(e99.value >= v99.value);
		assert_true(e99.value >= e95.value);
		assert_true(quant_es_normal(r, 300, 0.95).value >=
		    quant_var_normal(r, 300, 0.95).value);
		assert_true(quant_var_cornish_fisher(r, 300, 0.99).value >=
		    quant_var_cornish_fisher(r, 300, 0.95).value);
	}
}

static void
law_risk_scales_and_shifts_with_returns(void **state)
{
	struct dice d = { 84 };
	double r[150], s[150], work[150], k, x;

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.01, r, 150);
		k = exp(dice_normal(&d));
		x = 0.01 * dice_normal(&d);
		for (int i = 0; i < 150; i++)
			s[i] = k * r[i] + x;
		assert_near(quant_var_historical(s, 150, 0.95, work).value,
		    k * quant_var_historical(r, 150, 0.95, work).value - x);
		assert_near(quant_es_historical(s, 150, 0.95, work).value,
		    k * quant_es_historical(r, 150, 0.95, work).value - x);
		assert_near(quant_var_normal(s, 150, 0.95).value,
		    k * quant_var_normal(r, 150, 0.95).value - x);
	}
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return ((x > y) - (x < y));
}

/* The k-th of 10 k + 1 is the quantile itself, whatever 0.9 is in binary. */
static void
a_return_at_the_quantile_is_of_the_tail(void **state)
{
	static const double share[] = { 0.6, 0.7, 0.8, 0.9 };
	double r[101], work[101], sum;
	struct dice d = { 85 };

	(void)state;
	for (size_t n = 11; n <= 101; n += 10)
		for (size_t k = 0; k < 4; k++) {
			size_t at = (n - 1) / 10 * (4 - k);

			dice_returns(&d, 0.01, r, n);
			qsort(r, n, sizeof(*r), ascending);
			sum = 0;
			for (size_t i = 0; i <= at; i++)
				sum += r[i];
			assert_figure(quant_var_historical(r, n, share[k],
			    work), -r[at]);
			assert_figure(quant_es_historical(r, n, share[k],
			    work), -sum / (double)(at + 1));
		}
}

/* By the definition, of all returns in order. */
static void
tail_of_all(const double *r, size_t n, double c, double *sorted, double *var,
    double *es)
{
	double h = (double)(n - 1) * (1 - c), sum = 0;
	size_t i = (size_t)(h + 1e-9), m = 0;

	memcpy(sorted, r, n * sizeof(*r));
	qsort(sorted, n, sizeof(*r), ascending);
	*var = -(sorted[i] + fmax(0, h - (double)i) *
	    (sorted[i + 1] - sorted[i]));
	for (; m < n && sorted[m] <= -*var; m++)
		sum += sorted[m];
	*es = -sum / (double)m;
}

/* Few are put in order where there are many: whatever theirs was. */
static void
a_long_series_has_the_tail_of_all_its_returns(void **state)
{
	enum { MANY = 5000 };
	static double r[MANY], work[MANY], sorted[MANY];
	static const double levels[] = { 0.51, 0.9, 0.95, 0.99, 0.999 };
	struct dice d = { 77 };
	double var, es;
	size_t n;

	(void)state;
	for (int round = 0; round < 200; round++) {
		n = 1001 + dice_bits(&d) % (MANY - 1001);
		dice_returns(&d, 0.01, r, n);
		for (size_t i = 0; i < n; i++)
			switch (round % 5) {
			case 1:		/* ties */
				r[i] = floor(r[i] * 100) / 100;
				break;
			case 2:		/* ascending, then falling */
				r[i] = 1e-5 * (double)i;
				break;
			case 3:
				r[i] = -1e-5 * (double)i;
				break;
			case 4:		/* what is looked at is not the rest */
				r[i] = i % (n / 128) == 0 ? 1 : r[i];
				break;
			}
		assert_none(quant_var_historical(r, n, -INFINITY, work),
		    WHY_OUT_OF_RANGE);
		assert_none(quant_es_historical(r, n, NAN, work),
		    WHY_OUT_OF_RANGE);
		for (size_t l = 0; l < 5; l++) {
			tail_of_all(r, n, levels[l], sorted, &var, &es);
			assert_near(quant_var_historical(r, n, levels[l],
			    work).value, var);
			assert_near(quant_es_historical(r, n, levels[l],
			    work).value, es);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_tail),
		cmocka_unit_test(quantiles_as_empyrical),
		cmocka_unit_test(small_sample_is_no_tail),
		cmocka_unit_test(only_gains_are_a_negative_risk),
		cmocka_unit_test(
		    outside_its_domain_cornish_fisher_is_the_normal),
		cmocka_unit_test(
		    law_cornish_fisher_is_used_where_it_only_rises),
		cmocka_unit_test(horizon_overlaps_or_scales),
		cmocka_unit_test(a_return_at_the_quantile_is_of_the_tail),
		cmocka_unit_test(normal_quantiles_to_the_last_digits),
		cmocka_unit_test(kupiec_judges_the_count),
		cmocka_unit_test(law_shortfall_exceeds_value_at_risk),
		cmocka_unit_test(law_risk_scales_and_shifts_with_returns),
		cmocka_unit_test(
		    a_long_series_has_the_tail_of_all_its_returns),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
