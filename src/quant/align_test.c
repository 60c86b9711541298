/*
 * Joining by day: gaps merge, nothing is filled in, and no rate is known
 * before its day.
 */
#include "quant/golden.h"

enum { MAX = 16 };

static struct dated
dated(const day *on, const double *x, size_t n)
{
	return ((struct dated){ .on = on, .x = x, .n = n });
}

static void
days_from(day *on, const int *n, size_t count)
{
	for (size_t i = 0; i < count; i++)
		on[i] = (day){ 20000 + n[i] };
}

static void
missing_benchmark_day_merges_the_gap(void **state)
{
	const int xn[5] = { 1, 2, 3, 4, 5 }, yn[4] = { 1, 2, 4, 5 };
	const double x[5] = { 0.01, 0.02, 0.03, 0.04, 0.05 };
	const double y[4] = { 0.1, 0.2, 0.3, 0.4 };
	day xd[5], yd[4], on[MAX];
	double a[MAX], b[MAX];
	struct dated dx = dated(xd, x, 5), dy = dated(yd, y, 4);
	size_t n;

	(void)state;
	days_from(xd, xn, 5);
	days_from(yd, yn, 4);
	assert_int_equal(quant_align(&dx, &dy, on, a, b, &n), WHY_OK);
	assert_int_equal(n, 4);
	assert_int_equal(on[2].n, 20004);
	assert_near(a[2], 1.03 * 1.04 - 1);
	assert_near(b[2], 0.3);
	assert_true(a[3] == 0.05 && b[3] == 0.4);
	assert_int_equal(quant_align(&dy, &dx, on, b, a, &n), WHY_OK);
	assert_near(a[2], 1.03 * 1.04 - 1);
}

static void
what_precedes_the_first_joint_day_is_left_out(void **state)
{
	const int xn[4] = { 1, 2, 5, 6 }, yn[4] = { 3, 4, 5, 6 };
	const double r[4] = { 0.1, 0.2, 0.3, 0.4 };
	day xd[4], yd[4], on[MAX];
	double a[MAX], b[MAX];
	struct dated dx = dated(xd, r, 4), dy = dated(yd, r, 4);
	size_t n;

	(void)state;
	days_from(xd, xn, 4);
	days_from(yd, yn, 4);
	assert_int_equal(quant_align(&dx, &dy, on, a, b, &n), WHY_OK);
	assert_int_equal(n, 2);
	assert_true(a[0] == 0.3 && b[0] == 0.3);
}

static void
fewer_than_two_joint_days_are_misaligned(void **state)
{
	const int xn[2] = { 1, 2 }, yn[2] = { 2, 3 };
	const double r[2] = { 0.1, 0.2 };
	day xd[2], yd[2], on[MAX];
	double a[MAX], b[MAX];
	struct dated dx = dated(xd, r, 2), dy = dated(yd, r, 2);
	struct dated none = dated(NULL, NULL, 0);
	size_t n;

	(void)state;
	days_from(xd, xn, 2);
	days_from(yd, yn, 2);
	assert_int_equal(quant_align(&dx, &dy, on, a, b, &n), WHY_MISALIGNED);
	assert_int_equal(quant_align(&dx, &none, on, a, b, &n),
	    WHY_MISALIGNED);
	assert_int_equal(quant_align_levels(&dx, &dy, on, a, b, &n),
	    WHY_MISALIGNED);
	assert_int_equal(quant_align_levels(&none, &dy, on, a, b, &n),
	    WHY_MISALIGNED);
}

static void
unsorted_or_repeated_days_are_refused(void **state)
{
	const int up[3] = { 1, 2, 3 }, twice[3] = { 1, 2, 2 };
	const int down[3] = { 2, 1, 3 };
	const double r[3] = { 0.1, 0.2, 0.3 }, bad[3] = { 0.1, NAN, 0.2 };
	day ud[3], td[3], on[MAX];
	double a[MAX], b[MAX];
	struct dated du = dated(ud, r, 3), dt = dated(td, r, 3);
	struct dated db = dated(ud, bad, 3);
	size_t n;

	(void)state;
	days_from(ud, up, 3);
	days_from(td, down, 3);
	assert_int_equal(quant_align(&du, &dt, on, a, b, &n),
	    WHY_INVALID_INPUT);
	days_from(td, twice, 3);
	assert_int_equal(quant_align(&du, &dt, on, a, b, &n),
	    WHY_INVALID_INPUT);
	assert_int_equal(quant_align(&db, &du, on, a, b, &n),
	    WHY_INVALID_INPUT);
	assert_int_equal(quant_align_levels(&dt, &du, on, a, b, &n),
	    WHY_INVALID_INPUT);
	assert_int_equal(quant_rate_align(&dt, ud[0], ud + 1, 2, 252, a),
	    WHY_INVALID_INPUT);
}

static void
levels_give_returns_between_joint_days(void **state)
{
	const int xn[4] = { 0, 1, 2, 3 }, yn[3] = { 0, 2, 3 };
	const double x[4] = { 100, 110, 121, 60.5 }, y[3] = { 50, 51, 102 };
	const double fallen[3] = { 50, 0, 10 };
	day xd[4], yd[3], on[MAX];
	double a[MAX], b[MAX];
	struct dated dx = dated(xd, x, 4), dy = dated(yd, y, 3);
	size_t n;

	(void)state;
	days_from(xd, xn, 4);
	days_from(yd, yn, 3);
	assert_int_equal(quant_align_levels(&dx, &dy, on, a, b, &n), WHY_OK);
	assert_int_equal(n, 2);
	assert_near(a[0], 0.21);
	assert_near(b[0], 0.02);
	assert_near(a[1], -0.5);
	assert_near(b[1], 1);
	assert_int_equal(on[0].n, 20002);
	dy.x = fallen;
	assert_int_equal(quant_align_levels(&dx, &dy, on, a, b, &n),
	    WHY_NON_POSITIVE_BASE);
}

static void
rate_is_the_last_known_before_the_period(void **state)
{
	const int yn[3] = { 0, 3, 4 }, pn[3] = { 1, 4, 5 };
	const double y[3] = { 0.01, 0.02, 0.03 };
	day yd[3], on[3];
	double rf[3];
	struct dated yields = dated(yd, y, 3);

	(void)state;
	days_from(yd, yn, 3);
	days_from(on, pn, 3);
	assert_int_equal(quant_rate_align(&yields, yd[0], on, 3, 252, rf),
	    WHY_OK);
	assert_near(rf[0], quant_rate_period(0.01, 252).value);
	assert_near(rf[1], quant_rate_period(0.01, 252).value);
	assert_near(rf[2], quant_rate_period(0.03, 252).value);
	/* As bills are quoted, by the days a period has. */
	assert_int_equal(quant_rate_align(&yields, yd[0], on, 3, 0, rf),
	    WHY_OK);
	assert_near(rf[0], 0.01 * day_between(yd[0], on[0]) / 360);
	assert_near(rf[1], 0.01 * day_between(on[0], on[1]) / 360);
	assert_near(rf[2], 0.03 * day_between(on[1], on[2]) / 360);
}

static void
rate_older_than_a_week_is_missing(void **state)
{
	const double y = 0.01;
	const day known = { 20000 }, day8 = { 20008 }, day9 = { 20009 };
	struct dated yields = dated(&known, &y, 1);
	double rf;

	(void)state;
	assert_int_equal(quant_rate_align(&yields, (day){ 20007 }, &day8, 1,
	    252, &rf), WHY_OK);
	assert_int_equal(quant_rate_align(&yields, day8, &day9, 1, 252, &rf),
	    WHY_MISSING_PRICE);
	assert_int_equal(quant_rate_align(&yields, (day){ 19999 }, &known, 1,
	    252, &rf), WHY_MISSING_PRICE);
	assert_int_equal(quant_rate_align(&yields, day8, &day8, 1, 252, &rf),
	    WHY_INVALID_INPUT);
}

static void
law_merging_keeps_the_total(void **state)
{
	struct dice d = { 71 };
	day on[100], some[100], joint[100];
	double x[100], y[100], a[100], b[100], z;
	struct dated dx = dated(on, x, 100), dy;
	size_t n, m;

	(void)state;
	for (int round = 0; round < 100; round++) {
		dice_returns(&d, 0.02, x, 100);
		m = 0;
		for (int i = 0; i < 100; i++) {
			on[i] = (day){ 10000 + i };
			if (i == 0 || i == 99 || dice_unit(&d) < 0.6)
				some[m++] = on[i];
		}
		dice_returns(&d, 0.02, y, m);
		dy = dated(some, y, m);
		assert_int_equal(quant_align(&dx, &dy, joint, a, b, &n),
		    WHY_OK);
		assert_int_equal(n, m);
		z = quant_cumulative(x, 100).value;
		assert_near(quant_cumulative(a, n).value, z);
		assert_memory_equal(b, y, m * sizeof(*y));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_benchmark_day_merges_the_gap),
		cmocka_unit_test(what_precedes_the_first_joint_day_is_left_out),
		cmocka_unit_test(fewer_than_two_joint_days_are_misaligned),
		cmocka_unit_test(unsorted_or_repeated_days_are_refused),
		cmocka_unit_test(levels_give_returns_between_joint_days),
		cmocka_unit_test(rate_is_the_last_known_before_the_period),
		cmocka_unit_test(rate_older_than_a_week_is_missing),
		cmocka_unit_test(law_merging_keeps_the_total),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
