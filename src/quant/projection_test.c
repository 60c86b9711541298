/*
 * Projections and least squares: certain paths by hand, seeds, ruin, and a
 * line through points.
 */
#include "quant/golden.h"

enum { PATHS = 4000, PERIODS = 30, N = 200, K = 3 };

static double level[PERIODS * PROJECTION_LEVELS], work[2 * PATHS];
static double again[PERIODS * PROJECTION_LEVELS];

static void
without_deviation_there_is_one_path(void **state)
{
	struct projection p = { .mean = 0.05, .start = 1000, .flow = 100,
	    .growth = 0.02, .periods = 10, .paths = 7, .seed = 1 };
	double wealth = 1000, flow = 100;
	struct prospect end;

	(void)state;
	assert_int_equal(quant_project(&p, level, work, &end), WHY_OK);
	for (size_t k = 0; k < 10; k++, flow *= 1.02) {
		wealth = wealth * 1.05 + flow;
		for (size_t j = 0; j < PROJECTION_LEVELS; j++)
			assert_near(level[k * PROJECTION_LEVELS + j], wealth);
	}
	assert_figure(end.mean, wealth);
	assert_figure(end.ruined, 0);
	assert_int_equal(end.first_ruin, 11);
}

/* 1000 at no interest, 150 a year: the seventh cannot be paid. */
static void
a_pension_runs_out(void **state)
{
	struct projection p = { .start = 1000, .flow = -150, .periods = 10,
	    .paths = 5, .seed = 1 };
	struct prospect end;

	(void)state;
	assert_int_equal(quant_project(&p, level, work, &end), WHY_OK);
	assert_near(level[5 * PROJECTION_LEVELS], 100);
	assert_near(level[6 * PROJECTION_LEVELS], 0);
	assert_figure(end.ruined, 1);
	assert_int_equal(end.first_ruin, 7);
}

static void
a_seed_is_the_whole_difference(void **state)
{
	struct dice d = { 41 };
	double r[50];
	struct projection p = { .r = r, .n = 50, .start = 1,
	    .periods = PERIODS, .paths = 500, .seed = 5 };
	struct prospect a, b;

	(void)state;
	dice_returns(&d, 0.02, r, 50);
	assert_int_equal(quant_project(&p, level, work, &a), WHY_OK);
	assert_int_equal(quant_project(&p, again, work, &b), WHY_OK);
	assert_memory_equal(level, again, sizeof(level));
	p.seed = 6;
	assert_int_equal(quant_project(&p, again, work, &b), WHY_OK);
	assert_true(a.mean.value != b.mean.value);
	/* Percentiles are in order. */
	for (size_t i = 0; i < PERIODS * PROJECTION_LEVELS; i++)
		if (i % PROJECTION_LEVELS > 0)
			assert_true(level[i] >= level[i - 1]);
}

/* Of many paths the mean grows as the mean does, and spreads as a root. */
static void
many_paths_are_as_wide_as_they_should_be(void **state)
{
	struct projection p = { .mean = 0.004, .deviation = 0.03, .start = 1,
	    .periods = PERIODS, .paths = PATHS, .seed = 9 };
	const double *last = level + (PERIODS - 1) * PROJECTION_LEVELS;
	struct prospect end;

	(void)state;
	assert_int_equal(quant_project(&p, level, work, &end), WHY_OK);
	assert_figure_within(end.mean, pow(1.004, PERIODS), 0.015);
	assert_within(log(last[4] / last[0]), 2 * 1.645 * 0.03 *
	    sqrt(PERIODS), 0.05);
}

static void
projections_of_nothing_are_refused(void **state)
{
	struct projection p = { .start = 1, .periods = 1, .paths = 0 };
	struct prospect end;

	(void)state;
	assert_int_equal(quant_project(&p, level, work, &end),
	    WHY_INSUFFICIENT_DATA);
	p.paths = 1;
	p.deviation = -1;
	assert_int_equal(quant_project(&p, level, work, &end),
	    WHY_INVALID_INPUT);
	p.deviation = 0;
	p.start = -1;
	assert_int_equal(quant_project(&p, level, work, &end),
	    WHY_INVALID_INPUT);
}

/* ---- least squares ----------------------------------------------- */

static double x[K * N], y[N], b[K + 1], error[K + 1], left[N];
static double scratch[(N + K + 1) * (K + 1)];

static void
factors_draw(uint64_t seed)
{
	struct dice d = { seed };

	for (size_t i = 0; i < K * N; i++)
		x[i] = dice_normal(&d) + (double)(i / N);
}

static void
a_plane_is_found_again(void **state)
{
	struct regression out;

	(void)state;
	factors_draw(51);
	for (size_t i = 0; i < N; i++)
		y[i] = 0.7 + 2 * x[i] - 3 * x[N + i] + 0.1 * x[2 * N + i];
	assert_int_equal(quant_regress(y, x, N, K, b, error, left, scratch,
	    &out), WHY_OK);
	assert_near(b[0], 0.7);
	assert_near(b[1], 2);
	assert_near(b[2], -3);
	assert_near(b[3], 0.1);
	assert_figure(out.r_squared, 1);
}

static void
one_factor_is_beta(void **state)
{
	struct series s = golden_series();
	struct spread { double mean, squares; } bs = { 0, 0 };
	struct regression out;
	double deviation;

	(void)state;
	s.rf_flat = 0;
	assert_int_equal(quant_regress(golden_a, golden_b, GOLDEN_N, 1, b,
	    error, left, scratch, &out), WHY_OK);
	assert_near(b[1], quant_beta(&s).value);
	assert_near(b[0], quant_alpha(&s).value / 252);
	assert_figure(out.r_squared, quant_r_squared(&s).value);
	/* s / root of the factor's squares; s root(1/n + mean^2 / squares) */
	deviation = out.deviation.value;
	bs.mean = quant_mean(golden_b, GOLDEN_N).value;
	bs.squares = quant_variance(golden_b, GOLDEN_N).value *
	    (GOLDEN_N - 1);
	assert_near(error[1], deviation / sqrt(bs.squares));
	assert_near(error[0], deviation * sqrt(1.0 / GOLDEN_N +
	    bs.mean * bs.mean / bs.squares));
}

static void
residuals_have_nothing_of_the_factors(void **state)
{
	struct dice d = { 53 };
	struct regression out;
	double sum = 0, along[K] = { 0 };

	(void)state;
	factors_draw(52);
	for (size_t i = 0; i < N; i++)
		y[i] = x[i] + dice_normal(&d);
	assert_int_equal(quant_regress(y, x, N, K, b, error, left, scratch,
	    &out), WHY_OK);
	for (size_t i = 0; i < N; i++) {
		sum += left[i];
		for (size_t j = 0; j < K; j++)
			along[j] += left[i] * x[j * N + i];
	}
	assert_near(sum, 0);
	for (size_t j = 0; j < K; j++)
		assert_true(fabs(along[j]) < 1e-10);
	assert_true(out.adjusted.value < out.r_squared.value);
}

static void
factors_that_say_the_same_are_refused(void **state)
{
	struct regression out;

	(void)state;
	factors_draw(54);
	for (size_t i = 0; i < N; i++)
		x[2 * N + i] = 3 * x[i] - x[N + i] + 1;
	assert_int_equal(quant_regress(y, x, N, K, b, error, NULL, scratch,
	    &out), WHY_ZERO_VARIANCE);
	for (size_t i = 0; i < N; i++)
		x[i] = 0.1;
	assert_int_equal(quant_regress(y, x, N, 1, b, error, NULL, scratch,
	    &out), WHY_ZERO_VARIANCE);
	assert_int_equal(quant_regress(y, x, K + 1, K, b, error, NULL,
	    scratch, &out), WHY_INSUFFICIENT_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_deviation_there_is_one_path),
		cmocka_unit_test(a_pension_runs_out),
		cmocka_unit_test(a_seed_is_the_whole_difference),
		cmocka_unit_test(many_paths_are_as_wide_as_they_should_be),
		cmocka_unit_test(projections_of_nothing_are_refused),
		cmocka_unit_test(a_plane_is_found_again),
		cmocka_unit_test(one_factor_is_beta),
		cmocka_unit_test(residuals_have_nothing_of_the_factors),
		cmocka_unit_test(factors_that_say_the_same_are_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
