/*
 * The writer of JSON: values, commas, escapes, and that misuse stops the
 * process rather than leave broken text.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"

static struct arena arena;
static struct json j;

static int
begin(void **state)
{
	(void)state;
	arena_init(&arena, 64 * 1024 * 1024, NULL, NULL);
	jw_init(&j, &arena);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

static void
assert_text(const char *want)
{
	str got = jw_text(&j);

	assert_string_equal(arena_z(&arena, got), want);
	jw_init(&j, &arena);
}

static dec
D(const char *z)
{
	dec d;

	assert_int_equal(dec_parse(str_of(z), &d), OK);
	return (d);
}

static void
an_unwritten_text_is_empty(void **state)
{
	(void)state;
	assert_text("");
}

static void
containers_and_commas(void **state)
{
	(void)state;
	jw_open(&j);
	jw_close(&j);
	assert_text("{}");
	jw_array(&j);
	jw_array_end(&j);
	assert_text("[]");
	jw_open(&j);
	jw_key(&j, "a");
	jw_array(&j);
	jw_long(&j, 1);
	jw_open(&j);
	jw_close(&j);
	jw_array(&j);
	jw_array_end(&j);
	jw_null(&j);
	jw_array_end(&j);
	jw_key(&j, "b");
	jw_open(&j);
	jw_key(&j, "c");
	jw_bool(&j, true);
	jw_key(&j, "d");
	jw_bool(&j, false);
	jw_close(&j);
	jw_key(&j, "e");
	jw_raw(&j, S("[1,2]"));
	jw_close(&j);
	assert_text("{\"a\":[1,{},[],null],\"b\":{\"c\":true,\"d\":false},"
	    "\"e\":[1,2]}");
}

static void
none_of_every_kind_is_null(void **state)
{
	(void)state;
	jw_array(&j);
	jw_str(&j, STR_NONE);
	jw_z(&j, NULL);
	jw_dec(&j, DEC_NONE);
	jw_dec_number(&j, DEC_NONE, 2);
	jw_day(&j, DAY_NONE);
	jw_instant(&j, INSTANT_NONE);
	jw_uuid(&j, UUID_NONE);
	jw_long(&j, LONG_NONE);
	jw_real(&j, NAN);
	jw_real(&j, INFINITY);
	jw_real(&j, -INFINITY);
	jw_raw(&j, STR_NONE);
	jw_array_end(&j);
	assert_text("[null,null,null,null,null,null,null,null,null,null,null,"
	    "null]");
}

static void
amounts_are_strings_and_rounded_ones_numbers(void **state)
{
	(void)state;
	jw_array(&j);
	jw_dec(&j, D("-12.340"));
	jw_dec(&j, DEC_ZERO);
	jw_dec_number(&j, D("2.675"), 2);
	jw_dec_number(&j, D("2.60"), 2);
	jw_dec_number(&j, D("-0.001"), 2);
	jw_dec_number(&j, D("2.5"), 0);
	jw_array_end(&j);
	assert_text("[\"-12.34\",\"0\",2.68,2.6,0,2]");
}

static void
days_moments_and_ids_are_strings(void **state)
{
	uuid u = { { 1, [15] = 0xff } };

	(void)state;
	jw_array(&j);
	jw_day(&j, day_of(2024, 2, 29));
	jw_instant(&j, instant_of_unix(0));
	jw_uuid(&j, u);
	jw_array_end(&j);
	assert_text("[\"2024-02-29\",\"1970-01-01T00:00:00Z\","
	    "\"01000000-0000-0000-0000-0000000000ff\"]");
}

static void
whole_numbers(void **state)
{
	(void)state;
	jw_array(&j);
	jw_long(&j, 0);
	jw_long(&j, -1);
	jw_long(&j, INT64_MAX);
	jw_long(&j, INT64_MIN + 1);
	jw_array_end(&j);
	assert_text("[0,-1,9223372036854775807,-9223372036854775807]");
}

static void
reals_are_as_short_as_they_can_be(void **state)
{
	static const struct {
		double		 x;
		const char	*text;
	} cases[] = {
		{ 0.0, "0" }, { -0.0, "-0" }, { 1.0, "1" }, { -3.0, "-3" },
		{ 0.1, "0.1" }, { 0.3, "0.3" }, { 0.1 + 0.2,
		    "0.30000000000000004" }, { 1e15, "1e+15" },
		{ 999999999999999.0, "999999999999999" },
		{ 1e-5, "1e-05" }, { 1e23, "1e+23" }, { 5e-324, "5e-324" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ DBL_MAX, "1.7976931348623157e+308" },
		{ DBL_MIN, "2.2250738585072014e-308" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		jw_real(&j, cases[i].x);
		assert_text(cases[i].text);
	}
}

static void
every_real_reads_back_the_same(void **state)
{
	char text[64];
	uint64_t bits;
	double x;
	int i;
	str s;

	(void)state;
	srandom(1);
	for (i = 0; i < 50000; i++) {
		bits = (uint64_t)random() << 62 ^ (uint64_t)random() << 31 ^
		    (uint64_t)random();
		memcpy(&x, &bits, sizeof(x));
		if (i % 2 == 0)
			x = (double)random() / (double)(1 + random() % 1000);
		if (!isfinite(x))
			continue;
		jw_init(&j, &arena);
		jw_real(&j, x);
		s = jw_text(&j);
		assert_true(s.n <= 24);
		memcpy(text, s.p, s.n);
		text[s.n] = '\0';
		assert_true(strtod(text, NULL) == x);
		arena_drop(&arena);
	}
}

static void
strings_are_escaped(void **state)
{
	(void)state;
	jw_array(&j);
	jw_str(&j, S(""));
	jw_z(&j, "plain");
	jw_z(&j, "\"\\/\b\f\n\r\t");
	jw_str(&j, S("\0\x01\x1f\x7f"));
	jw_z(&j, "5 \xe2\x82\xac \xc3\xa9 \xf0\x9f\x98\x80");
	jw_z(&j, "</script>");
	jw_array_end(&j);
	assert_text("[\"\",\"plain\",\"\\\"\\\\/\\b\\f\\n\\r\\t\","
	    "\"\\u0000\\u0001\\u001f\\u007f\","
	    "\"5 \xe2\x82\xac \xc3\xa9 \xf0\x9f\x98\x80\","
	    "\"</script>\"]");
}

static void
keys_are_escaped_too(void **state)
{
	(void)state;
	jw_open(&j);
	jw_key(&j, "a\"b");
	jw_z(&j, "x");
	jw_close(&j);
	assert_text("{\"a\\\"b\":\"x\"}");
}

static void
broken_utf8_is_replaced_byte_by_byte(void **state)
{
	(void)state;
	jw_array(&j);
	jw_str(&j, S("a\xff" "b"));
	jw_str(&j, S("\xe2\x82"));
	jw_str(&j, S("\xed\xa0\x80\""));
	jw_array_end(&j);
	assert_text("[\"a\xef\xbf\xbd" "b\",\"\xef\xbf\xbd\xef\xbf\xbd\","
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\\\"\"]");
}

/* Each byte alone: what comes out is valid UTF-8 without control bytes. */
static void
no_byte_breaks_the_text(void **state)
{
	char c;
	str s;
	int i;
	size_t k;

	(void)state;
	for (i = 0; i < 256; i++) {
		c = (char)i;
		jw_init(&j, &arena);
		jw_str(&j, (str){ &c, 1 });
		s = jw_text(&j);
		assert_true(str_utf8(s));
		assert_int_equal(s.p[0], '"');
		assert_int_equal(s.p[s.n - 1], '"');
		for (k = 1; k < s.n - 1; k++)
			assert_true((unsigned char)s.p[k] >= 0x20 &&
			    (s.p[k] != '"' || s.p[k - 1] == '\\'));
	}
}

static void
long_texts_grow(void **state)
{
	char *big = arena_alloc(&arena, 100001);
	str s;
	int i;

	(void)state;
	memset(big, '\x01', 100000);
	jw_array(&j);
	jw_z(&j, big);
	for (i = 0; i < 10000; i++)
		jw_long(&j, i);
	jw_array_end(&j);
	s = jw_text(&j);
	/* 6 bytes for each escaped one, 10 + 180 + 2700 + 36000 digits,
	 * 10000 commas, brackets and quotes. */
	assert_int_equal(s.n, 600000 + 10 + 180 + 2700 + 36000 + 10000 + 4);
	assert_true(str_starts(s, S("[\"\\u0001")));
}

static void
close_without_open(void)
{
	jw_close(&j);
}

static void
two_values_at_the_top(void)
{
	jw_null(&j);
	jw_null(&j);
}

static void
a_key_outside_an_object(void)
{
	jw_key(&j, "a");
}

static void
a_key_after_a_key(void)
{
	jw_open(&j);
	jw_key(&j, "a");
	jw_key(&j, "b");
}

static void
a_key_without_its_value(void)
{
	jw_open(&j);
	jw_key(&j, "a");
	jw_close(&j);
}

static void
a_value_without_its_key(void)
{
	jw_open(&j);
	jw_null(&j);
}

static void
a_key_in_an_array(void)
{
	jw_array(&j);
	jw_key(&j, "a");
}

static void
the_wrong_bracket(void)
{
	jw_array(&j);
	jw_close(&j);
}

static void
too_deep(void)
{
	int i;

	for (i = 0; i < JSON_DEPTH_MAX; i++)
		jw_array(&j);
}

static bool
aborts(void (*misuse)(void))
{
	const struct rlimit no_core = { 0, 0 };
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(2);
		misuse();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void
misuse_stops_the_process(void **state)
{
	(void)state;
	assert_true(aborts(close_without_open));
	assert_true(aborts(two_values_at_the_top));
	assert_true(aborts(a_key_outside_an_object));
	assert_true(aborts(a_key_after_a_key));
	assert_true(aborts(a_key_without_its_value));
	assert_true(aborts(a_value_without_its_key));
	assert_true(aborts(a_key_in_an_array));
	assert_true(aborts(the_wrong_bracket));
	assert_true(aborts(too_deep));
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_unwritten_text_is_empty),
		TEST(containers_and_commas),
		TEST(none_of_every_kind_is_null),
		TEST(amounts_are_strings_and_rounded_ones_numbers),
		TEST(days_moments_and_ids_are_strings),
		TEST(whole_numbers),
		TEST(reals_are_as_short_as_they_can_be),
		TEST(every_real_reads_back_the_same),
		TEST(strings_are_escaped),
		TEST(keys_are_escaped_too),
		TEST(broken_utf8_is_replaced_byte_by_byte),
		TEST(no_byte_breaks_the_text),
		TEST(long_texts_grow),
		TEST(misuse_stops_the_process),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
