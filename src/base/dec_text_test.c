/*
 * Decimals as text: one shortest form for each value, which reads back as
 * the same value, and a reader that takes nothing else than plain notation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
every_form_has_one_shortest_text(void **state)
{
	static const char *const cases[][2] = {
		{ "0", "0" }, { "-0", "0" }, { "-0.000", "0" },
		{ "12.34", "12.34" }, { "-0.50", "-0.5" },
		{ "100", "100" }, { "100.000", "100" }, { "+7", "7" },
		{ "007.10", "7.1" }, { "10", "10" }, { "0.10", "0.1" },
		{ "0.000000000000000001", "0.000000000000000001" },
		{ "1.0000000000000000010000", "1.000000000000000001" },
		{ "000000000000000000000000000000000012", "12" },
		{ "18446744073709551616", "18446744073709551616" },
		{ "100000000000000000000", "100000000000000000000" },
		{ "9999999999999999999.5", "9999999999999999999.5" },
		{ "10000000000000000000", "10000000000000000000" },
		{ MOST, MOST }, { "-" MOST, "-" MOST },
	};
	char text[DEC_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(dec_print(D(cases[i][0]), text),
		    strlen(cases[i][1]));
		assert_string_equal(text, cases[i][1]);
	}
}

static void
nonsense_is_refused(void **state)
{
	static const char *const cases[] = {
		"", "-", "+", ".", "-.", ".5", "5.", "1e5", "1E5", " 1", "1 ",
		"--1", "+-1", "1.2.3", "0x10", "1,5", "NaN", "inf", "null",
		"1.00000000000000000000000x", "\xd9\xa1",
	};
	dec d = { 42 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_int_equal(dec_parse(str_of(cases[i]), &d), E_INVALID);
	assert_int_equal(dec_parse(STR_NONE, &d), E_INVALID);
	assert_int_equal(dec_parse((str){ "1\0", 2 }, &d), E_INVALID);
	assert_true(dec_eq(d, (dec){ 42 }));
}

static void
too_much_is_told_from_nonsense(void **state)
{
	static const char *const cases[] = {
		"0.0000000000000000001", "1.1234567890123456789",
		"170141183460469231731.687303715884105728",
		"-170141183460469231731.687303715884105728",
		"170141183460469231732", "999999999999999999999",
		"1000000000000000000000", "340282366920938463463374607431768",
		/* 2^128, and then some. */
		"340282366920938463463374607431768211456",
		"340282366920938463463374607431768211457.5",
	};
	dec d = { 42 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++)
		assert_int_equal(dec_parse(str_of(cases[i]), &d),
		    E_TOO_LARGE);
	assert_true(dec_eq(d, (dec){ 42 }));
}

static void
only_the_views_own_bytes_are_read(void **state)
{
	dec d;

	(void)state;
	assert_int_equal(dec_parse((str){ "12.345", 4 }, &d), OK);
	assert_true(dec_eq(d, D("12.3")));
}

static void
none_prints_null_and_does_not_read(void **state)
{
	char text[DEC_TEXT_MAX];
	dec d;

	(void)state;
	assert_int_equal(dec_print(DEC_NONE, text), 4);
	assert_string_equal(text, "null");
	assert_int_equal(dec_print_places(DEC_NONE, 2, text), 4);
	assert_string_equal(text, "null");
	assert_int_equal(dec_parse(str_of(text), &d), E_INVALID);
}

static void
money_is_padded_to_its_places(void **state)
{
	static const struct {
		const char	*from;
		int		 places;
		const char	*to;
	} cases[] = {
		{ "12.3", 2, "12.30" }, { "12", 2, "12.00" },
		{ "12.345", 2, "12.34" }, { "-0.004", 2, "0.00" },
		{ "0.999", 2, "1.00" }, { "1234.5", 0, "1234" },
		{ "0", 0, "0" }, { "100", 0, "100" },
		{ "1", 18, "1.000000000000000000" },
		{ "-1.5", 3, "-1.500" }, { MOST, 18, MOST },
	};
	char text[DEC_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		assert_int_equal(dec_print_places(D(cases[i].from),
		    cases[i].places, text), strlen(cases[i].to));
		assert_string_equal(text, cases[i].to);
	}
}

static void
assert_round_trip(dec d)
{
	char text[DEC_TEXT_MAX];
	size_t n = dec_print(d, text);
	dec back;

	assert_true(n < DEC_TEXT_MAX && text[n] == '\0');
	assert_int_equal(dec_parse((str){ text, n }, &back), OK);
	assert_true(dec_eq(back, d));
	assert_true(strchr(text, '.') == NULL || text[n - 1] != '0');
}

/* Every power of two and its neighbours, and every prefix of random bits. */
static void
every_value_reads_back(void **state)
{
	unsigned __int128 bits = 0;
	__int128 n;
	int i;

	(void)state;
	for (i = 0; i < 127; i++) {
		n = (__int128)1 << i;
		assert_round_trip((dec){ n });
		assert_round_trip((dec){ n - 1 });
		assert_round_trip((dec){ -n });
	}
	assert_round_trip(D(MOST));
	assert_round_trip(D("-" MOST));
	srandom(1);
	for (i = 0; i < 200000; i++) {
		bits = bits << 31 ^ (unsigned __int128)random();
		n = (__int128)(bits >> (1 + random() % 127));
		assert_round_trip((dec){ i % 2 == 0 ? n : -n });
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_has_one_shortest_text),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(too_much_is_told_from_nonsense),
		cmocka_unit_test(only_the_views_own_bytes_are_read),
		cmocka_unit_test(none_prints_null_and_does_not_read),
		cmocka_unit_test(money_is_padded_to_its_places),
		cmocka_unit_test(every_value_reads_back),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
