/*
 * Texts of doubles beside printf's: the same bytes, over every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "base/real.h"

static uint64_t seed = 88172645463325252;

static uint64_t
next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed * 0x2545f4914f6cdd1d);
}

/* The least of 15, 16 and 17 digits that reads back; below, all of them. */
static void
by_printf(double x, char *out)
{
	int places;

	for (places = fabs(x) < 1e-300 ? 1 : 15; places <= 17; places++) {
		snprintf(out, REAL_TEXT_MAX, "%.*g", places, x);
		if (strtod(out, NULL) == x)
			return;
	}
}

static void
check(double x)
{
	char text[REAL_TEXT_MAX], want[REAL_TEXT_MAX];

	memset(text, 0, sizeof(text));
	text[real_print(x, text)] = '\0';
	if (strtod(text, NULL) != x)
		fail_msg("%s is not %.17g", text, x);
	by_printf(x, want);
	if (strcmp(text, want) != 0)
		fail_msg("%s instead of %s", text, want);
}

static void
check_about(double x)
{
	check(x);
	check(-x);
	check(nextafter(x, INFINITY));
	check(nextafter(x, 0));
}

static void
short_numbers_stay_short(void **state)
{
	(void)state;
	for (int n = 1; n < 20000; n++)
		for (double by = 1; by < 1e9; by *= 10)
			check(n / by);
	check_about(0.1);
	check_about(1.0 / 3);
	check_about(99.99);
	check_about(123456789012345.5);
}

static void
borders_of_the_range_agree(void **state)
{
	(void)state;
	for (int e = -300; e <= 300; e++)
		check_about(pow(10, e));
	for (int e = -1020; e <= 1020; e++)
		check_about(ldexp(1, e));
	check_about(5e-324);
	check_about(1.7976931348623157e308 / 2);
}

static void
doubles_of_random_bits_agree(void **state)
{
	uint64_t bits;
	double x;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		/* An exponent of what is printed here, or any. */
		bits = next();
		if (i % 8 != 0)
			bits = (bits & UINT64_C(0x800fffffffffffff)) |
			    (1023 - 80 + next() % 135) << 52;
		memcpy(&x, &bits, sizeof(x));
		if (isfinite(x))
			check(x);
	}
}

static void
sums_and_ratios_agree(void **state)
{
	double x = 100;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		x *= 1 + ((double)(next() % 2001) - 1000) / 50000;
		x = x > 1e-3 && x < 1e9 ? x : 100;
		check(x);
		check(floor(x * 100 + 0.5) / 100);
		check(x / 7 - floor(x / 7));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_numbers_stay_short),
		cmocka_unit_test(borders_of_the_range_agree),
		cmocka_unit_test(sums_and_ratios_agree),
		cmocka_unit_test(doubles_of_random_bits_agree),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
