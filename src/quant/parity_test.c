/*
 * Risk parity, hierarchical parity, shrunk covariances and rebalancing:
 * what they promise, and small cases by hand.
 */
#include "quant/golden.h"

enum { N = 8, T = 60 };

static double r[N * T], c[N * N], w[N], work[WEIGHTS_WORK(N) + N * T];

static struct assets
drawn(uint64_t seed)
{
	struct dice d = { seed };
	double common;

	for (size_t k = 0; k < T; k++) {
		common = dice_normal(&d);
		for (size_t i = 0; i < N; i++)
			r[i * T + k] = 0.01 * (1 + (double)(i % 3)) *
			    (0.6 * common + dice_normal(&d));
	}
	assert_int_equal(quant_covariances(r, N, T, c), WHY_OK);
	return ((struct assets){ N, NULL, c, NULL, NULL });
}

static void
covariances_are_the_figures(void **state)
{
	(void)state;
	drawn(1);
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++)
			assert_near(c[i * N + j], quant_covariance(r + i * T,
			    r + j * T, T).value);
	assert_int_equal(quant_covariances(r, N, 1, c),
	    WHY_INSUFFICIENT_DATA);
}

static void
every_asset_bears_its_share_of_risk(void **state)
{
	static const double budget[N] = { 1, 2, 3, 4, 1, 1, 1, 1 };
	double risk[N], all;
	struct assets a;

	(void)state;
	for (uint64_t seed = 1; seed < 20; seed++)
		for (int own = 0; own < 2; own++) {
			a = drawn(seed);
			assert_int_equal(quant_risk_parity(&a,
			    own ? budget : NULL, w, work), WHY_OK);
			all = 0;
			for (size_t i = 0; i < N; i++) {
				risk[i] = 0;
				assert_true(w[i] > 0);
				for (size_t j = 0; j < N; j++)
					risk[i] += w[i] * c[i * N + j] * w[j];
				all += risk[i];
			}
			for (size_t i = 0; i < N; i++)
				assert_within(risk[i] / all, own ?
				    budget[i] / 14 : 1.0 / N, 1e-10);
		}
}

static void
apart_assets_are_weighed_by_their_own_risk(void **state)
{
	static const double apart[] = { 0.01, 0, 0, 0, 0.04, 0, 0, 0, 0.16 };
	struct assets a = { 3, NULL, apart, NULL, NULL };

	(void)state;
	/* 1 / deviation; 1 / variance. */
	assert_int_equal(quant_risk_parity(&a, NULL, w, work), WHY_OK);
	assert_near(w[0], 10.0 / 17.5);
	assert_near(w[2], 2.5 / 17.5);
	assert_int_equal(quant_hierarchical_parity(&a, w, work), WHY_OK);
	assert_near(w[0], 100.0 / 131.25);
	assert_near(w[2], 6.25 / 131.25);
}

/* 0 and 2 move together, so 1 is alone in the first half. */
static void
a_tree_of_three_by_hand(void **state)
{
	static const double three[] = { 0.04, 0.002, 0.036,
		0.002, 0.01, 0.002, 0.036, 0.002, 0.04 };
	struct assets a = { 3, NULL, three, NULL, NULL };
	/* Of 0 and 2, held alike, the variance is 0.038; of 1, 0.01. */
	double alone = 0.038 / 0.048;

	(void)state;
	assert_int_equal(quant_hierarchical_parity(&a, w, work), WHY_OK);
	assert_near(w[1], alone);
	assert_near(w[0], (1 - alone) / 2);
	assert_near(w[2], (1 - alone) / 2);
}

static void
a_tree_does_not_mind_the_order(void **state)
{
	double turned[N * N], other[N];
	struct assets a = drawn(7), b = { N, NULL, turned, NULL, NULL };

	(void)state;
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++)
			turned[i * N + j] = 4 * c[i * N + j];
	assert_int_equal(quant_hierarchical_parity(&a, w, work), WHY_OK);
	assert_int_equal(quant_hierarchical_parity(&b, other, work), WHY_OK);
	for (size_t i = 0; i < N; i++) {
		assert_true(w[i] > 0);
		assert_near(other[i], w[i]);
	}
	c[0] = 0;
	assert_int_equal(quant_hierarchical_parity(&a, w, work),
	    WHY_ZERO_VARIANCE);
}

/* The definition, term by term. */
static void
shrinkage_is_scatter_by_distance(void **state)
{
	double s[N * N], x[N * T], out[N * N], got, scatter = 0, apart = 0;
	double target = 0, mean, d;

	(void)state;
	drawn(9);
	for (size_t i = 0; i < N; i++) {
		mean = quant_mean(r + i * T, T).value;
		for (size_t k = 0; k < T; k++)
			x[i * T + k] = r[i * T + k] - mean;
		target += c[i * N + i] * (T - 1) / T / N;
	}
	for (size_t i = 0; i < N * N; i++) {
		s[i] = c[i] * (T - 1) / T;
		d = s[i] - (i % (N + 1) == 0 ? target : 0);
		apart += d * d;
		for (size_t k = 0; k < T; k++) {
			d = x[i / N * T + k] * x[i % N * T + k] - s[i];
			scatter += d * d / T / T;
		}
	}
	assert_int_equal(quant_shrunk_covariances(r, N, T, out, &got, work),
	    WHY_OK);
	assert_true(got > 0 && got < 1);
	assert_near(got, scatter / apart);
	for (size_t i = 0; i < N * N; i++)
		assert_near(out[i], (1 - got) * s[i] +
		    (i % (N + 1) == 0 ? got * target : 0));
}

/* ---- rebalancing ------------------------------------------------- */

static void
trades_lead_to_the_weights(void **state)
{
	static const double value[] = { 500, 300, 200 };
	static const double target[] = { 0.3, 0.3, 0.4 };
	struct rebalance b = { .n = 3, .value = value, .target = target,
	    .cash = 100 };
	double trade[3], sum = 0;

	(void)state;
	assert_int_equal(quant_rebalance(&b, trade), WHY_OK);
	for (int i = 0; i < 3; i++) {
		assert_near(value[i] + trade[i], target[i] * 1100);
		sum += trade[i];
	}
	assert_near(sum, 100);
	b.band = 0.03;
	assert_int_equal(quant_rebalance(&b, trade), WHY_OK);
	assert_true(trade[1] == 0 && trade[0] < 0 && trade[2] > 0);
	b.band = 0;
	b.no_sales = true;
	assert_int_equal(quant_rebalance(&b, trade), WHY_OK);
	assert_true(trade[0] == 0);
	/* 30 and 240 are lacking; there are 100. */
	assert_near(trade[1], 100 * 30.0 / 270);
	assert_near(trade[2], 100 * 240.0 / 270);
	b.least = 50;
	assert_int_equal(quant_rebalance(&b, trade), WHY_OK);
	assert_true(trade[1] == 0);
	b.cash = -1000;
	assert_int_equal(quant_rebalance(&b, trade), WHY_NON_POSITIVE_BASE);
	b.target = value;
	assert_int_equal(quant_rebalance(&b, trade), WHY_INVALID_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(covariances_are_the_figures),
		cmocka_unit_test(apart_assets_are_weighed_by_their_own_risk),
		cmocka_unit_test(every_asset_bears_its_share_of_risk),
		cmocka_unit_test(a_tree_of_three_by_hand),
		cmocka_unit_test(a_tree_does_not_mind_the_order),
		cmocka_unit_test(shrinkage_is_scatter_by_distance),
		cmocka_unit_test(trades_lead_to_the_weights),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
