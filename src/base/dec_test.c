/*
 * Arithmetic of decimals: what people know by heart, the edges of the range,
 * and laws over many random values. dec_gmp_test.c has a second opinion.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/dec.h"

#define MOST	"170141183460469231731.687303715884105727"
#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static dec
D(const char *z)
{
	dec d;

	assert_int_equal(dec_parse(str_of(z), &d), OK);
	return (d);
}

static void
assert_dec(dec got, const char *want)
{
	char text[DEC_TEXT_MAX];

	dec_print(got, text);
	assert_string_equal(text, want);
}

static uint64_t
next(void)
{
	static uint64_t s = 0x9e3779b97f4a7c15;

	s ^= s << 13;
	s ^= s >> 7;
	s ^= s << 17;
	return (s * 0x2545f4914f6cdd1d);
}

/* Of any size, so that small and large ones meet. */
static dec
any(void)
{
	unsigned __int128 n = (unsigned __int128)next() << 64 | next();
	dec d = { (__int128)(n >> (1 + next() % 127)) };

	return (next() % 2 == 0 ? d : dec_neg(d));
}

static void
sums_are_exact(void **state)
{
	(void)state;
	assert_dec(dec_add(D("0.1"), D("0.2")), "0.3");
	assert_dec(dec_sub(D("0.3"), D("0.1")), "0.2");
	assert_dec(dec_sub(D("1"), D("1.000000000000000001")),
	    "-0.000000000000000001");
	assert_dec(dec_neg(D("-7.5")), "7.5");
	assert_dec(dec_abs(D("-7.5")), "7.5");
	assert_dec(dec_abs(D("7.5")), "7.5");
	assert_dec(dec_neg(DEC_ZERO), "0");
}

static void
whole_numbers_and_units_are_made(void **state)
{
	(void)state;
	assert_dec(dec_of(INT64_MAX), "9223372036854775807");
	assert_dec(dec_of(INT64_MIN), "-9223372036854775808");
	assert_dec(dec_units(12345, 2), "123.45");
	assert_dec(dec_units(-1, 18), "-0.000000000000000001");
	assert_dec(dec_units(INT64_MIN, 0), "-9223372036854775808");
}

static void
what_does_not_fit_is_none(void **state)
{
	dec most = D(MOST), bit = dec_units(1, 18);

	(void)state;
	assert_dec(dec_add(most, bit), "null");
	assert_dec(dec_sub(dec_neg(most), bit), "null");
	assert_dec(dec_sub(dec_add(most, DEC_ZERO), bit),
	    "170141183460469231731.687303715884105726");
	assert_dec(dec_mul(most, D("1.000000000000000001")), "null");
	assert_dec(dec_mul(most, most), "null");
	assert_dec(dec_mul(most, D("-1")), "-" MOST);
	assert_dec(dec_div(most, D("0.9")), "null");
	assert_dec(dec_div(most, bit), "null");
	assert_dec(dec_div(most, most), "1");
	assert_dec(dec_div(dec_neg(most), D("1")), "-" MOST);
	assert_dec(dec_round(most, 0), "null");
	assert_dec(dec_round(most, 18), MOST);
	assert_dec(dec_mul_div(most, most, dec_neg(most)), "-" MOST);
	assert_dec(dec_mul_div(most, most, bit), "null");
}

static void
division_by_zero_is_none(void **state)
{
	(void)state;
	assert_dec(dec_div(D("1"), DEC_ZERO), "null");
	assert_dec(dec_div(DEC_ZERO, DEC_ZERO), "null");
	assert_dec(dec_mul_div(D("1"), D("1"), DEC_ZERO), "null");
}

static void
none_is_handed_on(void **state)
{
	dec one = D("1"), none = DEC_NONE;

	(void)state;
	assert_false(dec_ok(none));
	assert_false(dec_ok(dec_add(one, none)));
	assert_false(dec_ok(dec_add(none, one)));
	assert_false(dec_ok(dec_sub(one, none)));
	assert_false(dec_ok(dec_sub(none, one)));
	assert_false(dec_ok(dec_neg(none)));
	assert_false(dec_ok(dec_abs(none)));
	assert_false(dec_ok(dec_mul(DEC_ZERO, none)));
	assert_false(dec_ok(dec_mul(none, DEC_ZERO)));
	assert_false(dec_ok(dec_div(none, one)));
	assert_false(dec_ok(dec_div(DEC_ZERO, none)));
	assert_false(dec_ok(dec_mul_div(one, one, none)));
	assert_false(dec_ok(dec_round(none, 2)));
	assert_false(dec_ok(dec_min(none, one)));
	assert_false(dec_ok(dec_min(one, none)));
	assert_false(dec_ok(dec_max(none, one)));
	assert_false(dec_ok(dec_max(one, none)));
	assert_int_equal(dec_sign(none), 0);
	assert_true(dec_eq(none, none));
	assert_false(dec_eq(none, DEC_ZERO));
	assert_true(isnan(dec_double(none)));
}

static void
products_and_quotients_round_half_even(void **state)
{
	(void)state;
	assert_dec(dec_mul(D("1.1"), D("1.1")), "1.21");
	assert_dec(dec_div(D("1"), D("3")), "0.333333333333333333");
	assert_dec(dec_div(D("2"), D("3")), "0.666666666666666667");
	assert_dec(dec_div(D("-2"), D("3")), "-0.666666666666666667");
	assert_dec(dec_mul(D("0.000000000000000001"), D("0.5")), "0");
	assert_dec(dec_mul(D("0.000000000000000003"), D("0.5")),
	    "0.000000000000000002");
	assert_dec(dec_mul(D("-0.000000000000000005"), D("0.5")),
	    "-0.000000000000000002");
	assert_dec(dec_div(D("0.000000000000000007"), D("2")),
	    "0.000000000000000004");
	assert_dec(dec_mul(D("123456789.123456789"), D("987654321.987654321")),
	    "121932631356500531.347203169112635269");
}

static void
a_share_is_rounded_once(void **state)
{
	(void)state;
	/* 1/3 of 3 by way of 0.333… would be 0.999…. */
	assert_dec(dec_mul_div(D("3"), D("1"), D("3")), "1");
	assert_dec(dec_mul_div(D("100"), D("2"), D("3")),
	    "66.666666666666666667");
	/* The product alone is past the range. */
	assert_dec(dec_mul_div(D("100000000000000000000"), D("30"),
	    D("-60")), "-50000000000000000000");
}

static void
an_amount_is_rounded_once(void **state)
{
	dec a = D("0.5"), b = D("0.109999999999999999");

	(void)state;
	/* 0.0549999999999999995: by way of 18 places it would be 0.06. */
	assert_dec(dec_mul_round(a, b, 2), "0.05");
	assert_dec(dec_mul_round(dec_neg(a), b, 2), "-0.05");
	assert_dec(dec_mul_round(a, b, 18), "0.055");
	assert_dec(dec_mul_round(D("3"), D("0.005"), 2), "0.02");
	assert_dec(dec_mul_round(D("2.5"), D("1"), 0), "2");
	assert_dec(dec_mul_round(D(MOST), D("1"), 0), "null");
	assert_dec(dec_mul_round(D(MOST), D("2"), 2), "null");
	assert_dec(dec_mul_round(DEC_NONE, a, 2), "null");
}

static void
rounding_is_half_even(void **state)
{
	static const struct {
		const char	*from;
		int		 places;
		const char	*to;
	} cases[] = {
		{ "0.125", 2, "0.12" }, { "0.135", 2, "0.14" },
		{ "2.675", 2, "2.68" }, { "1.005", 2, "1" },
		{ "0.005", 2, "0" }, { "0.015", 2, "0.02" },
		{ "-0.125", 2, "-0.12" }, { "-0.135", 2, "-0.14" },
		{ "0.125000000000000001", 2, "0.13" },
		{ "2.5", 0, "2" }, { "3.5", 0, "4" }, { "-2.5", 0, "-2" },
		{ "0.5", 0, "0" }, { "-0.5", 0, "0" }, { "1.5", 0, "2" },
		{ "1.23456789", 8, "1.23456789" },
		{ "0.0000000000000000005", 18, NULL },
		{ "0.123456789012345678", 18, "0.123456789012345678" },
		{ "0.123456789012345675", 17, "0.12345678901234568" },
	};
	size_t i;
	dec d;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		if (cases[i].to == NULL) {
			assert_int_equal(dec_parse(str_of(cases[i].from), &d),
			    E_TOO_LARGE);
			continue;
		}
		assert_dec(dec_round(D(cases[i].from), cases[i].places),
		    cases[i].to);
	}
}

static void
order_is_total(void **state)
{
	(void)state;
	assert_true(dec_cmp(D("-1"), D("1")) < 0);
	assert_true(dec_cmp(D("1"), D("-1")) > 0);
	assert_int_equal(dec_cmp(D("1.0"), D("1")), 0);
	assert_int_equal(dec_sign(D("-0.000000000000000001")), -1);
	assert_int_equal(dec_sign(DEC_ZERO), 0);
	assert_int_equal(dec_sign(D(MOST)), 1);
	assert_dec(dec_min(D("2"), D("-3")), "-3");
	assert_dec(dec_max(D("2"), D("-3")), "2");
	assert_true(dec_eq(D("2.50"), D("2.5")));
}

static void
laws_of_a_field_hold(void **state)
{
	dec a, b, c;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++) {
		a = any();
		b = any();
		c = dec_add(a, b);
		assert_true(dec_eq(c, dec_add(b, a)));
		assert_true(!dec_ok(c) || dec_eq(dec_sub(c, b), a));
		c = dec_mul(a, b);
		assert_true(dec_eq(c, dec_mul(b, a)));
		assert_true(dec_eq(dec_neg(c), dec_mul(dec_neg(a), b)));
		assert_true(dec_eq(dec_mul_div(a, b, dec_of(1)), c));
		if (dec_sign(b) != 0)
			assert_true(dec_eq(dec_mul_div(a, b, b), a));
		assert_true(dec_eq(dec_mul(a, dec_of(1)), a));
		assert_true(dec_eq(dec_div(a, dec_of(1)), a));
	}
}

/* A rate as markets quote them: 1e-4 to 1e5, of up to 18 places. */
static dec
any_rate(void)
{
	dec rate = dec_units((int64_t)(1 + next() % 1000000000),
	    4 + (int)(next() % 10));

	return (dec_max(rate, D("0.0001")));
}

/*
 * Each conversion is off by half of 1e-18 at most, and the way back stretches
 * the first: from where both together are 1e-18 of the amount, that holds.
 */
static void
assert_there_and_back(dec amount, dec there, dec back, dec stretch)
{
	dec gap = dec_abs(dec_sub(back, amount));
	dec most = dec_mul_div(dec_add(stretch, dec_of(1)), dec_units(1, 18),
	    dec_of(2));

	assert_true(dec_ok(there) && dec_ok(back));
	/* In units, the rounding of the bound itself aside. */
	assert_true(gap.v <= most.v + 1);
	if (dec_cmp(dec_abs(amount), dec_add(stretch, dec_of(2))) >= 0)
		assert_true(gap.v <= dec_abs(amount).v / dec_of(1).v);
}

static void
law_currency_there_and_back_is_the_same(void **state)
{
	dec amount, rate, there;
	int i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		amount = dec_units((int64_t)(next() >> 20), (int)(next() % 8));
		amount = i % 2 ? dec_neg(amount) : amount;
		rate = any_rate();
		there = dec_mul(amount, rate);
		assert_there_and_back(amount, there, dec_div(there, rate),
		    dec_div(dec_of(1), rate));
		there = dec_div(amount, rate);
		if (!dec_ok(there))
			continue;
		assert_there_and_back(amount, there, dec_mul(there, rate),
		    rate);
	}
}

static void
rounding_is_idempotent_and_near(void **state)
{
	dec a, b, gap;
	int i, places;

	(void)state;
	for (i = 0; i < 100000; i++) {
		a = any();
		places = (int)(next() % 19);
		b = dec_round(a, places);
		if (!dec_ok(b))
			continue;
		assert_true(dec_eq(dec_round(b, places), b));
		gap = dec_abs(dec_sub(a, b));
		assert_true(dec_cmp(dec_add(gap, gap),
		    dec_units(1, places)) <= 0);
		assert_true(dec_eq(dec_round(dec_neg(a), places),
		    dec_neg(b)));
	}
}

static void
fees_are_shared_to_the_last_cent(void **state)
{
	const dec thirds[] = { D("1"), D("1"), D("1") };
	const dec lots[] = { D("0"), D("10"), D("0"), D("30"), D("0") };
	dec parts[5];

	(void)state;
	assert_int_equal(dec_allocate(D("100"), thirds, 3, 2, parts), OK);
	assert_dec(parts[0], "33.33");
	assert_dec(parts[1], "33.34");
	assert_dec(parts[2], "33.33");
	assert_int_equal(dec_allocate(D("-0.05"), lots, 5, 2, parts), OK);
	assert_dec(parts[0], "0");
	assert_dec(parts[1], "-0.01");
	assert_dec(parts[2], "0");
	assert_dec(parts[3], "-0.04");
	assert_dec(parts[4], "0");
	/* What is finer than the places goes to the last one. */
	assert_int_equal(dec_allocate(D("1.001"), thirds, 2, 2, parts), OK);
	assert_dec(parts[0], "0.5");
	assert_dec(parts[1], "0.501");
}

static void
parts_sum_to_the_whole(void **state)
{
	dec weights[7], parts[7], whole, sum;
	size_t i, n;
	int round, places;

	(void)state;
	for (round = 0; round < 20000; round++) {
		n = 1 + next() % COUNT(weights);
		places = (int)(next() % 19);
		whole = dec_units((int64_t)next(), (int)(next() % 19));
		for (i = 0; i < n; i++)
			weights[i] = dec_units((int64_t)(next() >> 1) >>
			    next() % 63, (int)(next() % 19));
		weights[next() % n] = D("0.7");
		assert_int_equal(dec_allocate(whole, weights, n, places,
		    parts), OK);
		sum = DEC_ZERO;
		for (i = 0; i < n; i++) {
			sum = dec_add(sum, parts[i]);
			if (dec_sign(weights[i]) == 0)
				assert_int_equal(dec_sign(parts[i]), 0);
		}
		assert_true(dec_eq(sum, whole));
	}
}

static void
bad_weights_are_refused(void **state)
{
	const dec minus[] = { D("1"), D("-1") };
	const dec less[] = { D("2"), D("-1") };
	const dec zeros[] = { DEC_ZERO, DEC_ZERO };
	const dec none[] = { D("1"), DEC_NONE };
	const dec heavy[] = { D(MOST), D(MOST) };
	const dec uneven[] = { D("100000000000000000000"),
	    dec_units(1, 18) };
	dec parts[2];

	(void)state;
	assert_int_equal(dec_allocate(D("1"), minus, 2, 2, parts), E_INVALID);
	assert_int_equal(dec_allocate(D("1"), less, 2, 2, parts), E_INVALID);
	assert_int_equal(dec_allocate(D("1"), zeros, 2, 2, parts), E_INVALID);
	assert_int_equal(dec_allocate(D("1"), none, 2, 2, parts), E_INVALID);
	assert_int_equal(dec_allocate(D("1"), NULL, 0, 2, parts), E_INVALID);
	assert_int_equal(dec_allocate(DEC_NONE, uneven, 2, 2, parts),
	    E_INVALID);
	assert_int_equal(dec_allocate(D("1"), heavy, 2, 2, parts),
	    E_TOO_LARGE);
	/* The first share rounds up past the range. */
	assert_int_equal(dec_allocate(D(MOST), uneven, 2, 0, parts),
	    E_TOO_LARGE);
}

static void
doubles_are_the_nearest(void **state)
{
	char text[DEC_TEXT_MAX];
	dec d;
	int i;

	(void)state;
	assert_true(dec_double(D("0.1")) == 0.1);
	assert_true(dec_double(D("-1.05")) == -1.05);
	assert_true(dec_double(DEC_ZERO) == 0.0);
	assert_true(dec_double(D(MOST)) == 0x1p127 / 1e18);
	/* 2^53 + 1 is a tie, which the last place alone breaks. */
	assert_true(dec_double(D("9007199254740993")) == 0x1p53);
	assert_true(dec_double(D("9007199254740993.000000000000000001")) ==
	    0x1p53 + 2);
	for (i = 0; i < 100000; i++) {
		d = any();
		dec_print(d, text);
		assert_true(dec_double(d) == strtod(text, NULL));
	}
}

static void
doubles_come_back_by_their_exact_value(void **state)
{
	(void)state;
	assert_dec(dec_from_double(0.125, 2), "0.12");
	assert_dec(dec_from_double(0.375, 2), "0.38");
	/* The double nearest to 2.675 is a little less than that. */
	assert_dec(dec_from_double(2.675, 2), "2.67");
	assert_dec(dec_from_double(-2.5, 0), "-2");
	assert_dec(dec_from_double(0.1, 18), "0.100000000000000006");
	assert_dec(dec_from_double(1e20, 18), "100000000000000000000");
	assert_dec(dec_from_double(1e20, 0), "100000000000000000000");
	assert_dec(dec_from_double(1.8e20, 0), "null");
	assert_dec(dec_from_double(1.8e20, 18), "null");
	assert_dec(dec_from_double(0x1.fffffffffffffp67, 0), "null");
	assert_dec(dec_from_double(0x1.fffffffffffffp67, 18), "null");
	assert_dec(dec_from_double(0x1p68, 0), "null");
	assert_dec(dec_from_double(-1e300, 2), "null");
	assert_dec(dec_from_double(5e-324, 18), "0");
	assert_dec(dec_from_double(-0.0, 2), "0");
	assert_dec(dec_from_double(NAN, 2), "null");
	assert_dec(dec_from_double(INFINITY, 2), "null");
}

/* libc prints a double exactly and half-even, too. */
static void
doubles_round_as_libc_prints_them(void **state)
{
	char text[128];
	int i, places;
	double x;

	(void)state;
	for (i = 0; i < 100000; i++) {
		x = ldexp((double)(int64_t)next(), (int)(next() % 120) - 117);
		places = (int)(next() % 19);
		snprintf(text, sizeof(text), "%.*f", places, x);
		assert_true(fabs(x) > 1.7e20 ||
		    dec_eq(dec_from_double(x, places), D(text)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_exact),
		cmocka_unit_test(whole_numbers_and_units_are_made),
		cmocka_unit_test(what_does_not_fit_is_none),
		cmocka_unit_test(division_by_zero_is_none),
		cmocka_unit_test(none_is_handed_on),
		cmocka_unit_test(products_and_quotients_round_half_even),
		cmocka_unit_test(a_share_is_rounded_once),
		cmocka_unit_test(an_amount_is_rounded_once),
		cmocka_unit_test(rounding_is_half_even),
		cmocka_unit_test(order_is_total),
		cmocka_unit_test(laws_of_a_field_hold),
		cmocka_unit_test(law_currency_there_and_back_is_the_same),
		cmocka_unit_test(rounding_is_idempotent_and_near),
		cmocka_unit_test(fees_are_shared_to_the_last_cent),
		cmocka_unit_test(parts_sum_to_the_whole),
		cmocka_unit_test(bad_weights_are_refused),
		cmocka_unit_test(doubles_are_the_nearest),
		cmocka_unit_test(doubles_come_back_by_their_exact_value),
		cmocka_unit_test(doubles_round_as_libc_prints_them),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
