/* Moments and clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/day.h"

#define FIRST	"0001-01-01T00:00:00Z"
#define LAST	"9999-12-31T23:59:59.999999Z"

static instant
I(const char *z)
{
	instant t;

	assert_true(instant_parse(str_of(z), &t));
	return (t);
}

static void
every_form_has_one_text(void **state)
{
	static const char *const cases[][2] = {
		{ "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z" },
		{ "2024-02-29t23:59:59z", "2024-02-29T23:59:59Z" },
		{ "2024-01-02 03:04:05.5+00", "2024-01-02T03:04:05.500000Z" },
		{ "2024-01-02 03:04:05.123456+00",
		    "2024-01-02T03:04:05.123456Z" },
		{ "2024-01-02 03:04:05+00", "2024-01-02T03:04:05Z" },
		{ "2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00Z" },
		{ "2024-01-01T00:30:00-05:30", "2024-01-01T06:00:00Z" },
		{ "2024-01-01T00:30:00-00:00", "2024-01-01T00:30:00Z" },
		{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
		/* Finer than a microsecond is cut off. */
		{ "2024-01-01T00:00:00.1234569999Z",
		    "2024-01-01T00:00:00.123456Z" },
		{ "1969-12-31T23:59:59.999999Z",
		    "1969-12-31T23:59:59.999999Z" },
		{ FIRST, FIRST }, { LAST, LAST },
	};
	char text[INSTANT_TEXT_MAX];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(instant_print(I(cases[i][0]), text),
		    strlen(cases[i][1]));
		assert_string_equal(text, cases[i][1]);
	}
	assert_int_equal(I("1969-12-31T23:59:59.999999Z").us, -1);
	assert_int_equal(I("2001-09-09T01:46:40Z").us, 1000000000000000);
}

static void
half_a_moment_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "2024-01-01", "2024-01-01T", "2024-01-01T00:00:00",
		"2024-01-01T00:00Z", "2024-01-01T24:00:00Z",
		"2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z",
		"2024-01-01T00:00:00.Z", "2024-01-01T00:00:00,5Z",
		"2024-01-01T0:00:00Z", "2024-01-01T00:00:00Zx",
		"2024-01-01T00:00:00+", "2024-01-01T00:00:00+1",
		"2024-01-01T00:00:00+24", "2024-01-01T00:00:00+01:60",
		"2024-01-01T00:00:00+01:", "2024-01-01T00:00:00+0100",
		"2023-02-29T00:00:00Z", "2024-01-01_00:00:00Z",
		"2024-01-01  00:00:00Z", "0001-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z",
	};
	instant t = { 42 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (instant_parse(str_of(bad[i]), &t))
			fail_msg("%s was read", bad[i]);
	assert_false(instant_parse(STR_NONE, &t));
	assert_false(instant_parse((str){ "2024-01-01T00:00:00\0", 20 }, &t));
	assert_int_equal(t.us, 42);
}

/* A cut text stands in a buffer of its size, for AddressSanitizer. */
static void
no_byte_past_the_view_is_read(void **state)
{
	static const char whole[] = "2024-01-01T00:00:00.5+01:30";
	instant t;
	size_t n;
	char *p;

	(void)state;
	for (n = 1; n < sizeof(whole) - 1; n++) {
		p = malloc(n);
		assert_non_null(p);
		memcpy(p, whole, n);
		/* "+01" is a whole zone already. */
		assert_int_equal(instant_parse((str){ p, n }, &t), n == 24);
		free(p);
	}
}

static void
every_moment_reads_back(void **state)
{
	int64_t first = I(FIRST).us, last = I(LAST).us;
	char text[INSTANT_TEXT_MAX];
	instant t, back;
	size_t n;
	int i;

	(void)state;
	srandom(1);
	for (i = 0; i < 100000; i++) {
		t.us = first + (int64_t)(((uint64_t)random() << 31 ^
		    (uint64_t)random()) % (uint64_t)(last - first));
		n = instant_print(t, text);
		assert_true(instant_parse((str){ text, n }, &back));
		assert_true(back.us == t.us);
		assert_true(instant_of_day(day_of_instant(t)).us <= t.us);
		assert_true(instant_of_day(day_add(day_of_instant(t), 1)).us
		    > t.us || t.us > last - INT64_C(86400000000));
	}
}

static void
a_day_is_from_midnight_to_midnight(void **state)
{
	day d;

	(void)state;
	assert_true(day_parse(S("1969-12-31"), &d));
	assert_int_equal(day_of_instant((instant){ -1 }).n, d.n);
	assert_int_equal(day_of_instant((instant){ 0 }).n, 0);
	assert_int_equal(day_of_instant(instant_of_day(d)).n, d.n);
	assert_int_equal(day_of_instant(
	    (instant){ instant_of_day(d).us - 1 }).n, d.n - 1);
}

static void
what_is_outside_the_years_is_none(void **state)
{
	char text[INSTANT_TEXT_MAX];

	(void)state;
	assert_false(instant_ok(INSTANT_NONE));
	assert_false(instant_ok((instant){ INT64_MAX }));
	assert_false(instant_ok((instant){ I(FIRST).us - 1 }));
	assert_false(instant_ok((instant){ I(LAST).us + 1 }));
	assert_true(instant_ok(I(LAST)));
	assert_true(instant_of_unix(INT64_MAX).us == INSTANT_NONE.us);
	assert_true(instant_of_unix(INT64_C(1) << 40).us == INSTANT_NONE.us);
	assert_int_equal(instant_of_unix(1000000000).us, 1000000000000000);
	assert_true(instant_of_day(DAY_NONE).us == INSTANT_NONE.us);
	assert_int_equal(day_of_instant(INSTANT_NONE).n, DAY_NONE.n);
	assert_int_equal(instant_print(INSTANT_NONE, text), 4);
	assert_string_equal(text, "null");
}

static void
clocks_go_forward(void **state)
{
	int64_t us = mono_us(), ms = mono_ms();
	instant now = instant_now();
	time_t t = time(NULL);

	(void)state;
	assert_true(now.us / 1000000 - t <= 1 && t - now.us / 1000000 <= 1);
	assert_in_range(day_between(day_of_instant(now), day_today()), 0, 1);
	assert_true(mono_us() >= us);
	assert_true(ms >= us / 1000 && mono_ms() >= ms);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_has_one_text),
		cmocka_unit_test(half_a_moment_is_refused),
		cmocka_unit_test(no_byte_past_the_view_is_read),
		cmocka_unit_test(every_moment_reads_back),
		cmocka_unit_test(a_day_is_from_midnight_to_midnight),
		cmocka_unit_test(what_is_outside_the_years_is_none),
		cmocka_unit_test(clocks_go_forward),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
