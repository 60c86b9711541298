/*
 * Money that only passes through: what is taken out at a close and is back
 * before the next day begins was never away.
 */
#include "quant/golden.h"

enum { DAYS = 120 };

static void
law_out_and_in_at_one_instant_changes_no_return(void **state)
{
	static double v[DAYS], in[DAYS], out[DAYS], r[DAYS], same[DAYS];
	struct dice d = { 51 };
	struct twr t, u;
	double passing;

	(void)state;
	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < DAYS; i++) {
			v[i] = 1000 * (1 + dice_unit(&d));
			in[i] = dice_unit(&d) < 0.1 ? 300 : 0;
			out[i] = dice_unit(&d) < 0.1 ? 200 : 0;
		}
		assert_int_equal(quant_twr(v, in, out, DAYS, r, &t), WHY_OK);
		for (size_t i = 1; i + 1 < DAYS; i++) {
			if (dice_unit(&d) < 0.7)
				continue;
			/* Up to everything. */
			passing = v[i] * dice_unit(&d);
			v[i] -= passing;
			out[i] += passing;
			in[i + 1] += passing;
		}
		assert_int_equal(quant_twr(v, in, out, DAYS, same, &u),
		    WHY_OK);
		for (size_t i = 0; i + 1 < DAYS; i++)
			assert_within(same[i], r[i], 1e-11);
		assert_near(u.total.value, t.total.value);
		assert_int_equal(u.total.warnings, t.total.warnings);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    law_out_and_in_at_one_instant_changes_no_return),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
