/*
 * Parts that add up: to the linked return, and to the difference from a
 * benchmark.
 */
#include "quant/golden.h"

static void
one_day_is_its_own_contribution(void **state)
{
	const double daily[2] = { 0.03, -0.01 }, r = 0.02;
	double out[2];

	(void)state;
	assert_int_equal(quant_contributions(daily, &r, 1, 2, out), WHY_OK);
	assert_near(out[0], 0.03);
	assert_near(out[1], -0.01);
}

/* 10 % from one holding, then 10 % from the other: alike, and 21 % in all. */
static void
equal_days_weigh_the_same(void **state)
{
	const double daily[4] = { 0.1, 0, 0, 0.1 }, r[2] = { 0.1, 0.1 };
	double out[2];

	(void)state;
	assert_int_equal(quant_contributions(daily, r, 2, 2, out), WHY_OK);
	assert_near(out[0], 0.105);
	assert_near(out[1], 0.105);
}

static void
flat_days_and_a_flat_whole_divide_by_nothing(void **state)
{
	const double r[3] = { 0, 0.25, -0.2 };
	const double daily[6] = { 0.1, -0.1, 0.25, 0, -0.2, 0 };
	double out[2];

	(void)state;
	assert_int_equal(quant_contributions(daily, r, 3, 2, out), WHY_OK);
	assert_near(out[0] + out[1], 0);
}

static void
what_was_lost_has_no_parts(void **state)
{
	const double daily[2] = { -1, NAN }, r[1] = { -1 }, up[1] = { 0.1 };
	double out[2];

	(void)state;
	assert_int_equal(quant_contributions(daily, r, 1, 1, out),
	    WHY_NON_POSITIVE_BASE);
	assert_int_equal(quant_contributions(daily, up, 1, 2, out),
	    WHY_INVALID_INPUT);
	assert_int_equal(quant_contributions(daily, r, 0, 1, out),
	    WHY_INSUFFICIENT_DATA);
}

static void
law_contributions_add_up_to_the_return(void **state)
{
	struct dice d = { 121 };
	double daily[250 * 8], r[250], out[8], sum;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (int t = 0; t < 250; t++) {
			r[t] = 0;
			for (int i = 0; i < 8; i++) {
				daily[t * 8 + i] = 0.003 * dice_normal(&d);
				r[t] += daily[t * 8 + i];
			}
		}
		assert_int_equal(quant_contributions(daily, r, 250, 8, out),
		    WHY_OK);
		sum = 0;
		for (int i = 0; i < 8; i++)
			sum += out[i];
		assert_within(sum, quant_cumulative(r, 250).value, 1e-11);
	}
}

/* Overweight what did well, and picked worse in it than the benchmark. */
static void
effects_have_their_signs(void **state)
{
	const struct segment s[2] = {
		{ .weight = 0.7, .r = 0.08, .b_weight = 0.5, .b = 0.10 },
		{ .weight = 0.3, .r = 0.02, .b_weight = 0.5, .b = 0.02 },
	};
	struct effects e[2];

	(void)state;
	assert_int_equal(quant_brinson(s, 2, e), WHY_OK);
	assert_near(e[0].allocation, 0.2 * 0.04);
	assert_near(e[0].selection, 0.5 * -0.02);
	assert_near(e[0].interaction, 0.2 * -0.02);
	assert_near(e[1].allocation, -0.2 * -0.04);
	assert_near(e[1].selection, 0);
	assert_near(e[1].interaction, 0);
}

static void
law_effects_add_up_to_the_difference(void **state)
{
	struct dice d = { 122 };
	struct segment s[6];
	struct effects e[6];
	double mine, theirs, a, b, sum;

	(void)state;
	for (int round = 0; round < 200; round++) {
		mine = theirs = a = b = sum = 0;
		for (int i = 0; i < 6; i++) {
			s[i] = (struct segment){ dice_unit(&d),
			    dice_normal(&d) / 10, dice_unit(&d),
			    dice_normal(&d) / 10 };
			mine += s[i].weight;
			theirs += s[i].b_weight;
		}
		for (int i = 0; i < 6; i++) {
			s[i].weight /= mine;
			s[i].b_weight /= theirs;
			a += s[i].weight * s[i].r;
			b += s[i].b_weight * s[i].b;
		}
		assert_int_equal(quant_brinson(s, 6, e), WHY_OK);
		for (int i = 0; i < 6; i++)
			sum += e[i].allocation + e[i].selection +
			    e[i].interaction;
		assert_near(sum, a - b);
	}
	s[3].b = INFINITY;
	assert_int_equal(quant_brinson(s, 6, e), WHY_INVALID_INPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_day_is_its_own_contribution),
		cmocka_unit_test(equal_days_weigh_the_same),
		cmocka_unit_test(flat_days_and_a_flat_whole_divide_by_nothing),
		cmocka_unit_test(what_was_lost_has_no_parts),
		cmocka_unit_test(law_contributions_add_up_to_the_return),
		cmocka_unit_test(effects_have_their_signs),
		cmocka_unit_test(law_effects_add_up_to_the_difference),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
