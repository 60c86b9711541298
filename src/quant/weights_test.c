/*
 * Weights: what an optimum must satisfy, closed forms where there are some,
 * and the reference's frontier of twenty shares.
 */
#include "quant/golden.h"

enum { MOST = 40 };

static double c[MOST * MOST], mean[MOST], low[MOST], high[MOST], w[MOST];
static double work[WEIGHTS_WORK(MOST)];

static struct assets
market(uint64_t seed, size_t n, size_t factors)
{
	static double load[MOST][MOST];
	struct dice d = { seed };

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < factors; k++)
			load[i][k] = 0.1 * dice_normal(&d);
		mean[i] = 0.08 + 0.05 * dice_normal(&d);
		low[i] = -0.2 * dice_unit(&d);
		high[i] = 2.0 / (double)n + 0.3 * dice_unit(&d);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			c[i * n + j] = i == j ? 0.01 + 0.02 * (double)(i % 3) :
			    0;
			for (size_t k = 0; k < factors; k++)
				c[i * n + j] += load[i][k] * load[j][k];
		}
	return ((struct assets){ n, mean, c, NULL, NULL });
}

static double
low_at(const struct assets *a, size_t i)
{
	return (a->low != NULL ? a->low[i] : 0);
}

static double
high_at(const struct assets *a, size_t i)
{
	return (a->high != NULL ? a->high[i] : 1);
}

/* Within bounds, adding up to 1, and no pair would gain by trading. */
static void
assert_optimal(const struct assets *a, double price)
{
	double sum = 0, slope, most = INFINITY, least = -INFINITY;

	for (size_t i = 0; i < a->n; i++) {
		sum += w[i];
		assert_true(w[i] >= low_at(a, i) - 1e-12);
		assert_true(w[i] <= high_at(a, i) + 1e-12);
		slope = -price * mean[i];
		for (size_t j = 0; j < a->n; j++)
			slope += c[i * a->n + j] * w[j];
		if (w[i] < high_at(a, i) - 1e-10)
			most = fmin(most, slope);
		if (w[i] > low_at(a, i) + 1e-10)
			least = fmax(least, slope);
	}
	assert_within(sum, 1, 1e-12);
	/* The cheapest to add to is no cheaper than the dearest to cut. */
	assert_true(most >= least - 1e-9 * fmax(1, price));
}

static void
optima_have_no_better_neighbour(void **state)
{
	struct assets a;

	(void)state;
	for (uint64_t seed = 1; seed < 60; seed++) {
		a = market(seed, 2 + seed % 38, 1 + seed % 5);
		assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
		assert_optimal(&a, 0);
		assert_int_equal(quant_max_utility(&a, 3, w, work), WHY_OK);
		assert_optimal(&a, 1.0 / 3);
		a.low = low;
		a.high = high;
		assert_int_equal(quant_max_utility(&a, 0.5, w, work), WHY_OK);
		assert_optimal(&a, 2);
	}
}

static void
two_assets_by_hand(void **state)
{
	static const double two[] = { 0.04, 0.006, 0.006, 0.09 };
	struct assets a = { 2, NULL, two, NULL, NULL };

	(void)state;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	/* (s2^2 - s12) / (s1^2 + s2^2 - 2 s12) */
	assert_near(w[0], 0.084 / 0.118);
	assert_near(w[1], 0.034 / 0.118);
}

static void
a_target_is_met_exactly(void **state)
{
	struct assets a;
	double least, got, most;

	(void)state;
	for (uint64_t seed = 1; seed < 20; seed++) {
		a = market(seed, 3 + seed, 3);
		least = INFINITY;
		most = -INFINITY;
		for (size_t i = 0; i < a.n; i++) {
			least = fmin(least, mean[i]);
			most = fmax(most, mean[i]);
		}
		for (int k = 0; k <= 10; k++) {
			double goal = least + (most - least) * k / 10;

			assert_int_equal(quant_target_return(&a, goal, w,
			    work), WHY_OK);
			got = 0;
			for (size_t i = 0; i < a.n; i++)
				got += w[i] * mean[i];
			assert_within(got, goal, 1e-10);
		}
		assert_int_equal(quant_target_return(&a, most + 0.01, w,
		    work), WHY_NO_SOLUTION);
		assert_int_equal(quant_target_return(&a, least - 0.01, w,
		    work), WHY_NO_SOLUTION);
	}
}

/* Without bounds the tangent is C^-1 (mean - rf), scaled. */
static void
the_tangent_has_its_closed_form(void **state)
{
	static double wide[2][3] = { { -50, -50, -50 }, { 50, 50, 50 } };
	static const double three[] = { 0.04, 0.01, 0.00,
		0.01, 0.09, 0.02, 0.00, 0.02, 0.16 };
	static const double returns[] = { 0.06, 0.10, 0.12 };
	struct assets a = { 3, returns, three, wide[0], wide[1] };
	double rf = 0.02, ratio, row;

	(void)state;
	assert_int_equal(quant_max_sharpe(&a, rf, w, work), WHY_OK);
	assert_within(w[0] + w[1] + w[2], 1, 1e-12);
	ratio = 0;
	for (int i = 0; i < 3; i++) {
		row = 0;
		for (int j = 0; j < 3; j++)
			row += three[3 * i + j] * w[j];
		row /= returns[i] - rf;
		if (i > 0)
			assert_within(row, ratio, 1e-9);
		ratio = row;
	}
}

static void
no_portfolio_beats_the_tangent(void **state)
{
	double other[MOST], sum;
	struct weighed best, any;
	struct dice d = { 31 };
	struct assets a;

	(void)state;
	for (uint64_t seed = 1; seed < 15; seed++) {
		a = market(seed, 6, 3);
		mean[0] = 0.2;
		assert_int_equal(quant_max_sharpe(&a, 0.02, w, work), WHY_OK);
		quant_weigh(&a, w, 0.02, &best);
		for (int round = 0; round < 2000; round++) {
			sum = 0;
			for (size_t i = 0; i < a.n; i++)
				sum += other[i] = pow(dice_unit(&d), 3);
			for (size_t i = 0; i < a.n; i++)
				other[i] /= sum;
			quant_weigh(&a, other, 0.02, &any);
			assert_true(any.sharpe.value <=
			    best.sharpe.value + 1e-12);
		}
	}
	for (size_t i = 0; i < a.n; i++)
		mean[i] = 0.01;
	assert_int_equal(quant_max_sharpe(&a, 0.02, w, work),
	    WHY_NO_SOLUTION);
}

static void
a_frontier_rises(void **state)
{
	static double points[21 * 12];
	struct weighed before = { .deviation = { .value = -1 } }, now;
	struct assets a = market(5, 12, 4);
	double most = -INFINITY;

	(void)state;
	assert_int_equal(quant_frontier(&a, 21, points, work), WHY_OK);
	for (size_t k = 0; k < 21; k++) {
		quant_weigh(&a, points + 12 * k, 0, &now);
		assert_true(now.deviation.value >= before.deviation.value);
		assert_true(k == 0 || now.expected.value >
		    before.expected.value);
		before = now;
	}
	for (size_t i = 0; i < 12; i++)
		most = fmax(most, mean[i]);
	assert_within(now.expected.value, most, 1e-10);
	assert_int_equal(quant_frontier(&a, 1, points, work),
	    WHY_INVALID_INPUT);
}

static void
what_cannot_be_is_refused(void **state)
{
	struct assets a = market(6, 4, 2);

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		low[i] = 0;
		high[i] = 0.2;
	}
	a.low = low;
	a.high = high;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_NO_SOLUTION);
	high[0] = -1;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_INVALID_INPUT);
	a.low = a.high = NULL;
	c[1] = NAN;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_INVALID_INPUT);
	a.n = 0;
	assert_int_equal(quant_min_variance(&a, w, work),
	    WHY_INSUFFICIENT_DATA);
	a = market(6, 1, 1);
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	assert_true(w[0] == 1);
	c[0] = 1e300;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OUT_OF_RANGE);
	assert_int_equal(quant_risk_parity(&a, NULL, w, work),
	    WHY_OUT_OF_RANGE);
	c[0] = 1e-300;
	assert_int_equal(quant_hierarchical_parity(&a, w, work),
	    WHY_OUT_OF_RANGE);
	c[0] = 1;
	assert_int_equal(quant_max_utility(&a, 1e-310, w, work),
	    WHY_OUT_OF_RANGE);
}

/* Two series that are one: any split will do, but it must come back. */
static void
a_singular_covariance_is_survived(void **state)
{
	static const double twins[] = { 0.04, 0.04, 0.04, 0.04 };
	static const double nothing[4];
	struct assets a = { 2, NULL, twins, NULL, NULL };

	(void)state;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	assert_within(w[0] + w[1], 1, 1e-12);
	a.covariance = nothing;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	assert_within(w[0] + w[1], 1, 1e-12);
}

/* Fewer factors than assets, and nothing of their own: no rank to speak of. */
static struct assets
market_of_factors(uint64_t seed, size_t n, size_t factors)
{
	struct assets a = market(seed, n, factors);

	for (size_t i = 0; i < n; i++)
		c[i * n + i] -= 0.01 + 0.02 * (double)(i % 3);
	return (a);
}

static double
variance_now(size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			sum += w[i] * w[j] * c[i * n + j];
	return (sum);
}

/* Any two assets that together return as much vary at least as much. */
static void
assert_no_pair_is_calmer(size_t n, double goal)
{
	double mine = variance_now(n), part;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			if (!(mean[i] < goal && mean[j] > goal))
				continue;
			part = (goal - mean[i]) / (mean[j] - mean[i]);
			memset(w, 0, n * sizeof(*w));
			w[i] = 1 - part;
			w[j] = part;
			assert_true(mine <= variance_now(n) + 1e-12);
		}
}

static void
assets_that_make_up_one_another_have_an_optimum(void **state)
{
	static double many[8 * MOST];
	struct assets a;
	double goal, got;
	size_t n;

	(void)state;
	for (uint64_t seed = 1; seed < 120; seed++) {
		n = 2 + seed % 20;
		a = market_of_factors(seed, n, 1 + seed % 4);
		assert_int_equal(quant_max_utility(&a, 3, w, work), WHY_OK);
		assert_optimal(&a, 1.0 / 3);
		assert_int_equal(quant_max_sharpe(&a, -1, w, work), WHY_OK);
		assert_int_equal(quant_frontier(&a, 8, many, work), WHY_OK);
		goal = (mean[0] + mean[1]) / 2;
		assert_int_equal(quant_target_return(&a, goal, w, work),
		    WHY_OK);
		got = 0;
		for (size_t i = 0; i < n; i++)
			got += w[i] * mean[i];
		assert_within(got, goal, 1e-10);
		assert_no_pair_is_calmer(n, goal);
		a.low = low;
		a.high = high;
		assert_int_equal(quant_max_utility(&a, 0.5, w, work), WHY_OK);
		assert_optimal(&a, 2);
	}
}

/* What is left of a hedge is rounding, and no risk to divide by. */
static void
a_perfect_hedge_has_no_sharpe_ratio(void **state)
{
	static const double both[] = { 0.01, -0.03, -0.03, 0.09 };
	static const double bonds[] = { 0.05, 0.07 };
	struct assets a = { 2, bonds, both, NULL, NULL };
	struct weighed x;

	(void)state;
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	assert_within(w[0], 0.75, 1e-12);
	quant_weigh(&a, w, 0, &x);
	assert_figure(x.deviation, 0);
	assert_none(x.sharpe, WHY_ZERO_VARIANCE);
}

/* ---- the reference ----------------------------------------------- */

/* n, means and covariance of mu_cov.csv; skips when it is not there. */
static size_t
reference_market(void)
{
	const char *shared = getenv("BURSAR_SHARED");
	char name[512], line[8192], *cell;
	size_t n = 0;
	FILE *f;

	snprintf(name, sizeof(name), "%s/data/reference/optim/mu_cov.csv",
	    shared != NULL ? shared : "../shared");
	if ((f = fopen(name, "r")) == NULL) {
		print_message("skipped: no reference data at %s\n", name);
		skip();
	}
	assert_non_null(fgets(line, sizeof(line), f));
	while (n < 20 && fgets(line, sizeof(line), f) != NULL) {
		cell = strchr(line, ',');
		for (size_t j = 0; j <= 20; j++, cell = strchr(cell + 1, ','))
			*(j == 0 ? &mean[n] : &c[n * 20 + j - 1]) =
			    strtod(cell + 1, NULL);
		n++;
	}
	fclose(f);
	return (n);
}

static void
twenty_shares_as_the_reference(void **state)
{
	struct assets a = { reference_market(), mean, c, NULL, NULL };
	struct weighed x;

	(void)state;
	assert_int_equal(a.n, 20);
	assert_int_equal(quant_min_variance(&a, w, work), WHY_OK);
	quant_weigh(&a, w, 0.02, &x);
	assert_figure_within(x.expected, 0.15056821399482578, 1e-6);
	assert_figure_within(x.deviation, 0.15915084514118694, 1e-6);
	assert_figure_within(x.sharpe, 0.8204054077060996, 1e-6);
	assert_int_equal(quant_target_return(&a, 0.25, w, work), WHY_OK);
	quant_weigh(&a, w, 0.02, &x);
	assert_figure_within(x.expected, 0.25, 1e-9);
	assert_figure_within(x.deviation, 0.18723269942026335, 1e-6);
	assert_int_equal(quant_max_utility(&a, 2, w, work), WHY_OK);
	quant_weigh(&a, w, 0.02, &x);
	assert_figure_within(x.expected, 0.3677732711751504, 1e-6);
	assert_figure_within(x.deviation, 0.2921342197778279, 1e-6);
	assert_figure_within(x.sharpe, 1.1904571516463793, 1e-6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_assets_by_hand),
		cmocka_unit_test(what_cannot_be_is_refused),
		cmocka_unit_test(optima_have_no_better_neighbour),
		cmocka_unit_test(a_target_is_met_exactly),
		cmocka_unit_test(the_tangent_has_its_closed_form),
		cmocka_unit_test(no_portfolio_beats_the_tangent),
		cmocka_unit_test(a_frontier_rises),
		cmocka_unit_test(a_singular_covariance_is_survived),
		cmocka_unit_test(
		    assets_that_make_up_one_another_have_an_optimum),
		cmocka_unit_test(a_perfect_hedge_has_no_sharpe_ratio),
		cmocka_unit_test(twenty_shares_as_the_reference),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
