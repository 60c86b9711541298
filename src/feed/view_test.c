/* JSON read where it stands: what is valid, and what its parts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feed/view.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena, 8 << 20, NULL, NULL);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_drop(&arena);
	arena_pool_drop();
	return (0);
}

static void
valid_json_is_told_from_the_rest(void **state)
{
	static const char *const good[] = { "{}", "[]", " [ ] ", "0", "-0.5e+3",
		"\"\"", "true", "null", "{\"a\":1}", "[1,2,[3,{\"b\":[]}]]",
		"{\"a\" : {\"b\" : [1 , 2]} , \"c\":\"\\u00e9\\n\\\"\"}",
		"[\"\xc3\xa9\"]", "[1e400]", "\n[\t1\r\n]" };
	static const char *const bad[] = { "", " ", "{", "[", "]", "{]", "[}",
		"[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
		"[1 2]", "[1],", "[1][2]", "01", "1.", ".5", "+1", "1e", "-",
		"nul", "NaN", "Infinity", "'a'", "\"a", "\"\\x\"", "\"\\u12\"",
		"[\"a\nb\"]", "{\"a\":1 \"b\":2}", "<html></html>",
		"[\"\xc3\"]", "{\"a\":1}x", "{{}}", "{1:2}", "truefalse" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!view_valid(str_of(good[i])))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (view_valid(str_of(bad[i])))
			fail_msg("taken: %s", bad[i]);
}

/* Exactly as large as the text, so that a step too far is seen. */
static bool
valid_alone(const char *text, size_t n)
{
	char *p = malloc(n + 1);
	bool valid;

	assert_non_null(p);
	memcpy(p, text, n);
	p = realloc(p, n > 0 ? n : 1);
	valid = view_valid((str){ p, n });
	free(p);
	return (valid);
}

static void
no_beginning_of_a_text_is_a_text(void **state)
{
	static const char whole[] = "{\"a\":[1.5e3,\"b\\u00e9\\\"\",null,{}],"
				    "\"c\":{\"d\":true}}";

	(void)state;
	assert_true(valid_alone(whole, sizeof(whole) - 1));
	for (size_t n = 0; n < sizeof(whole) - 1; n++)
		assert_false(valid_alone(whole, n));
}

static void
depth_has_a_limit(void **state)
{
	char text[2 * (VIEW_DEPTH_MAX + 1) + 1];

	(void)state;
	for (int depth = 1; depth <= VIEW_DEPTH_MAX + 1; depth++) {
		memset(text, '[', (size_t)depth);
		memset(text + depth, ']', (size_t)depth);
		assert_int_equal(view_valid((str){ text, 2 * (size_t)depth }),
		    depth <= VIEW_DEPTH_MAX);
	}
}

static void
members_are_found_by_their_path(void **state)
{
	str json = S(" {\"a\" : 1, \"b\":{\"c\":[1,{\"a\":2}], \"d\":\"x}\"},"
		     "\"a\":3, \"e\\u0065\":4}");

	(void)state;
	assert_true(view_valid(json));
	json = str_trim(json);
	assert_true(str_eqz(view_member(json, "a"), "1"));
	assert_true(str_eqz(view_path(json, "b", "d", NULL), "\"x}\""));
	assert_true(str_eqz(view_path(json, "b", "c", NULL), "[1,{\"a\":2}]"));
	assert_null(view_path(json, "b", "c", "a", NULL).p);
	assert_null(view_path(json, "x", "c", NULL).p);
	assert_null(view_member(S("[1]"), "a").p);
}

static void
items_come_one_by_one(void **state)
{
	str rest = S("[ 1 , \"a,b]\" ,[2,[3]], {\"x\":[]} ,null]"), v;
	static const char *const want[] = { "1", "\"a,b]\"", "[2,[3]]",
		"{\"x\":[]}", "null" };
	size_t n = 0;

	(void)state;
	while (view_item(&rest, &v))
		assert_true(str_eqz(v, want[n++]));
	assert_int_equal(n, 5);
	assert_false(view_item(&rest, &v));
	rest = S("[]");
	assert_false(view_item(&rest, &v));
	rest = STR_NONE;
	assert_false(view_item(&rest, &v));
}

static void
strings_lose_their_escapes(void **state)
{
	(void)state;
	assert_true(
	    str_eqz(view_str(&arena, S("\"a\\u0026\\n\\\"\""), 99), "a&\n\""));
	assert_true(
	    str_eqz(view_str(&arena, S("\"\\u00e9\\ud83d\\ude00\\u20ac\""), 99),
		"\xc3\xa9\xf0\x9f\x98\x80\xe2\x82\xac"));
	/* Half a pair and a NUL are no letters. */
	assert_true(str_eqz(view_str(&arena, S("\"\\ud83dx\\u0000\""), 99),
	    "\xef\xbf\xbdx\xef\xbf\xbd"));
	assert_true(
	    str_eqz(view_str(&arena, S("\"\xc3\xa9\xc3\xa9\xc3\xa9\""), 2),
		"\xc3\xa9\xc3\xa9"));
	assert_null(view_str(&arena, S("\"\""), 99).p);
	assert_null(view_str(&arena, S("7"), 99).p);
	assert_null(view_str(&arena, STR_NONE, 99).p);
}

static bool
dec_is(str v, const char *text)
{
	dec d, want;

	return (view_dec(v, &d) && dec_parse(str_of(text), &want) == OK &&
	    dec_eq(d, want));
}

static void
numbers_are_as_they_were_sent(void **state)
{
	int64_t n;
	dec d;
	day x;

	(void)state;
	assert_true(dec_is(S("125.85669708251953"), "125.85669708251953"));
	assert_true(dec_is(S("\"86.4900\""), "86.49"));
	assert_true(dec_is(S("-1.5e2"), "-150"));
	assert_false(view_dec(S("null"), &d));
	assert_false(view_dec(S("true"), &d));
	assert_false(view_dec(S("1e400"), &d));
	assert_false(view_dec(STR_NONE, &d));
	assert_true(view_long(S("1598880600"), &n));
	assert_int_equal(n, 1598880600);
	assert_true(view_long(S("\"0001318605\""), &n));
	assert_int_equal(n, 1318605);
	assert_false(view_long(S("1.5"), &n));
	assert_true(view_day(S("\"2024-02-29\""), &x));
	assert_int_equal(day_cmp(x, day_of(2024, 2, 29)), 0);
	assert_false(view_day(S("\"2023-02-29\""), &x));
	assert_false(view_day(S("20240229"), &x));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_json_is_told_from_the_rest),
		cmocka_unit_test(no_beginning_of_a_text_is_a_text),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(members_are_found_by_their_path),
		cmocka_unit_test(items_come_one_by_one),
		cmocka_unit_test(strings_lose_their_escapes),
		cmocka_unit_test(numbers_are_as_they_were_sent),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
