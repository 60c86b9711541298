/*
 * Views of bytes. Strings that matter stand in buffers of their exact size,
 * so that AddressSanitizer sees a read past the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static void
none_is_not_empty(void **state)
{
	(void)state;
	assert_true(str_eq(STR_NONE, STR_NONE));
	assert_false(str_eq(STR_NONE, S("")));
	assert_false(str_eq(S(""), STR_NONE));
	assert_true(str_eq(S(""), S("")));
	assert_null(str_of(NULL).p);
	assert_true(str_eqz(STR_NONE, NULL));
	assert_false(str_eqz(S(""), NULL));
	assert_false(str_eq_nocase(STR_NONE, S("")));
	assert_true(str_eq_nocase(STR_NONE, STR_NONE));
}

static void
equality_is_of_all_bytes(void **state)
{
	(void)state;
	assert_true(str_eq(str_of("AAPL"), S("AAPL")));
	assert_false(str_eq(S("AAPL"), S("AAP")));
	assert_false(str_eq(S("a\0b"), S("a\0c")));
	assert_true(str_eqz(S("MSFT"), "MSFT"));
	assert_false(str_eqz(S("MSFT"), "MSF"));
	assert_true(str_eq_nocase(S("Accept"), S("aCCEPT")));
	assert_false(str_eq_nocase(S("Accept"), S("accepts")));
	assert_false(str_eq_nocase(S("[A"), S("{a")));
	assert_false(str_eq_nocase(S("\xc4"), S("\xe4")));
}

static void
prefixes(void **state)
{
	(void)state;
	assert_true(str_starts(S("Bearer x"), S("Bearer ")));
	assert_true(str_starts(S("x"), S("")));
	assert_false(str_starts(S("Bear"), S("Bearer")));
	assert_false(str_starts(STR_NONE, S("")));
	assert_false(str_starts(S("x"), STR_NONE));
}

static void
order_is_bytewise(void **state)
{
	(void)state;
	assert_true(str_cmp(S("a"), S("b")) < 0);
	assert_true(str_cmp(S("a"), S("\xff")) < 0);
	assert_true(str_cmp(S("ab"), S("a")) > 0);
	assert_true(str_cmp(S("a"), S("ab")) < 0);
	assert_int_equal(str_cmp(S("ab"), S("ab")), 0);
	assert_int_equal(str_cmp(STR_NONE, S("")), 0);
}

static void
white_space_comes_off_the_ends_only(void **state)
{
	(void)state;
	assert_true(str_eq(str_trim(S(" \t\r\n\v\fa b ")), S("a b")));
	assert_true(str_eq(str_trim(S("   ")), S("")));
	assert_true(str_eq(str_trim(S("x")), S("x")));
	assert_null(str_trim(STR_NONE).p);
}

static void
a_list_is_cut_into_its_parts(void **state)
{
	str rest = S("a,,bc,"), part;

	(void)state;
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_eq(part, S("a")));
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_eq(part, S("")));
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_eq(part, S("bc")));
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_eq(part, S("")));
	assert_false(str_cut(&rest, ',', &part));
	rest = S("");
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_eq(part, S("")));
	assert_false(str_cut(&rest, ',', &part));
}

static void
whole_numbers_are_read_strictly(void **state)
{
	static const char *const bad[] = {
		"", "-", "+1", " 1", "1 ", "1.0", "0x1", "1e3",
		"9223372036854775808", "-9223372036854775809",
		"99999999999999999999999",
	};
	int64_t n = 42;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(str_long(str_of(bad[i]), &n));
	assert_false(str_long(STR_NONE, &n));
	assert_int_equal(n, 42);
	assert_true(str_long(S("0012"), &n));
	assert_int_equal(n, 12);
	assert_true(str_long(S("9223372036854775807"), &n));
	assert_true(n == INT64_MAX);
	assert_true(str_long(S("-9223372036854775808"), &n));
	assert_true(n == INT64_MIN);
	assert_true(str_long((str){ "-123", 3 }, &n));
	assert_int_equal(n, -12);
}

/* `s` in a buffer that ends where it ends. */
static bool
utf8(str s)
{
	char *p = malloc(s.n == 0 ? 1 : s.n);
	bool ok;

	assert_non_null(p);
	memcpy(p, s.p, s.n);
	ok = str_utf8((str){ p, s.n });
	free(p);
	return (ok);
}

static void
valid_utf8_is_accepted(void **state)
{
	(void)state;
	assert_true(utf8(S("")));
	assert_true(utf8(S("plain, and longer than eight bytes")));
	assert_true(utf8(S("\xc2\x80\xdf\xbf")));
	assert_true(utf8(S("\xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80")));
	assert_true(utf8(S("\xef\xbf\xbf \xf0\x90\x80\x80")));
	assert_true(utf8(S("\xf4\x8f\xbf\xbf")));
	assert_true(utf8(S("1234567\xc3\xa9 \xe2\x82\xac 12345678")));
}

static void
broken_utf8_is_refused_at_any_offset(void **state)
{
	static const str bad[] = {
		{ "\x80", 1 }, { "\xbf", 1 }, { "\xc0\x80", 2 },
		{ "\xc1\xbf", 2 }, { "\xc2", 1 }, { "\xc2\x20", 2 },
		{ "\xe0\x9f\xbf", 3 }, { "\xed\xa0\x80", 3 },
		{ "\xed\xbf\xbf", 3 }, { "\xe2\x82", 2 },
		{ "\xe2\x82\x20", 3 }, { "\xf0\x8f\xbf\xbf", 4 },
		{ "\xf0\x9f\x98", 3 }, { "\xf4\x90\x80\x80", 4 },
		{ "\xf5\x80\x80\x80", 4 }, { "\xff", 1 }, { "\xfe", 1 },
	};
	char text[32];
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		for (at = 0; at <= 20; at++) {
			memset(text, 'x', sizeof(text));
			memcpy(text + at, bad[i].p, bad[i].n);
			assert_false(utf8((str){ text, at + bad[i].n }));
			assert_false(utf8((str){ text, sizeof(text) }));
		}
}

/* Every code point, encoded here, is valid and is one. */
static void
every_code_point_is_one_point(void **state)
{
	unsigned char b[4];
	uint32_t c;
	size_t n;
	str s;

	(void)state;
	for (c = 0x80; c <= 0x10ffff; c++) {
		if (c < 0x800) {
			b[0] = (unsigned char)(0xc0 | c >> 6);
			n = 2;
		} else if (c < 0x10000) {
			b[0] = (unsigned char)(0xe0 | c >> 12);
			b[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
			n = 3;
		} else {
			b[0] = (unsigned char)(0xf0 | c >> 18);
			b[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
			b[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
			n = 4;
		}
		b[n - 1] = (unsigned char)(0x80 | (c & 0x3f));
		s = (str){ (char *)b, n };
		if (c >= 0xd800 && c <= 0xdfff) {
			assert_int_equal(str_point(s), 0);
			continue;
		}
		assert_int_equal(str_point(s), n);
		assert_int_equal(str_points(s), 1);
	}
}

static void
points_are_counted(void **state)
{
	(void)state;
	assert_int_equal(str_points(S("")), 0);
	assert_int_equal(str_point(S("")), 0);
	assert_int_equal(str_point(S("ab")), 1);
	assert_int_equal(str_points(S("abc")), 3);
	assert_int_equal(str_points(S("\xe2\x82\xac" "5 \xf0\x9f\x98\x80")), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_is_not_empty),
		cmocka_unit_test(equality_is_of_all_bytes),
		cmocka_unit_test(prefixes),
		cmocka_unit_test(order_is_bytewise),
		cmocka_unit_test(white_space_comes_off_the_ends_only),
		cmocka_unit_test(a_list_is_cut_into_its_parts),
		cmocka_unit_test(whole_numbers_are_read_strictly),
		cmocka_unit_test(valid_utf8_is_accepted),
		cmocka_unit_test(broken_utf8_is_refused_at_any_offset),
		cmocka_unit_test(every_code_point_is_one_point),
		cmocka_unit_test(points_are_counted),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
