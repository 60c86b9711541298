/*
 * Days, beside a calendar that counts one day after the other, and beside
 * libc's.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/day.h"

static day
D(const char *z)
{
	day d;

	assert_true(day_parse(str_of(z), &d));
	return (d);
}

static void
assert_day(day d, const char *want)
{
	char text[DAY_TEXT_MAX];

	day_print(d, text);
	assert_string_equal(text, want);
}

static void
known_days_have_known_numbers(void **state)
{
	(void)state;
	assert_int_equal(D("1970-01-01").n, 0);
	assert_int_equal(D("1969-12-31").n, -1);
	assert_int_equal(D("2000-03-01").n, 11017);
	assert_int_equal(D("2024-02-29").n, 19782);
	assert_int_equal(D("0001-01-01").n, -719162);
	assert_int_equal(D("9999-12-31").n, 2932896);
}

/* Counted by the rule everybody learns, from the first day to the last. */
static void
every_day_follows_the_one_before(void **state)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	int year = 1, month = 1, dom = 1, y, m, k, n, length;
	char want[40], text[DAY_TEXT_MAX];
	day d;

	(void)state;
	for (n = -719162; n <= 2932896; n++) {
		d = day_of(year, month, dom);
		day_civil(d, &y, &m, &k);
		if (d.n != n || y != year || m != month || k != dom)
			fail_msg("%d-%d-%d is %d", year, month, dom, d.n);
		if (dom == 29 || n % 97 == 0) {
			snprintf(want, sizeof(want), "%04d-%02d-%02d", year,
			    month, dom);
			assert_int_equal(day_print(d, text), 10);
			assert_string_equal(text, want);
			assert_int_equal(D(text).n, n);
		}
		length = lengths[month - 1];
		if (month == 2 && ((year % 4 == 0 && year % 100 != 0) ||
		    year % 400 == 0))
			length = 29;
		if (++dom > length) {
			dom = 1;
			if (++month > 12) {
				month = 1;
				year++;
			}
		}
	}
	assert_int_equal(year, 10000);
}

static void
libc_agrees(void **state)
{
	struct tm tm;
	time_t t;
	int n, y, m, k;

	(void)state;
	for (n = -719162; n <= 2932896; n += 41) {
		t = (time_t)n * 86400;
		assert_non_null(gmtime_r(&t, &tm));
		day_civil((day){ n }, &y, &m, &k);
		assert_int_equal(y, tm.tm_year + 1900);
		assert_int_equal(m, tm.tm_mon + 1);
		assert_int_equal(k, tm.tm_mday);
		assert_int_equal(day_weekday((day){ n }),
		    (tm.tm_wday + 6) % 7);
	}
}

static void
days_that_do_not_exist_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "2024-1-01", "2024-01-1", "2024-13-01", "2024-00-01",
		"2024-01-00", "2024-01-32", "2023-02-29", "1900-02-29",
		"2100-02-29", "2024-02-30", "2024-04-31", "0000-01-01",
		"-001-01-01", "2024/01/01", "20240101", "2024-01-01 ",
		" 2024-01-01", "2024-01-0a", "2024-01-01T", "+024-01-01",
	};
	day d = { 42 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(day_parse(str_of(bad[i]), &d));
	assert_false(day_parse(STR_NONE, &d));
	assert_int_equal(d.n, 42);
	assert_false(day_ok(day_of(10000, 1, 1)));
	assert_false(day_ok(day_of(0, 12, 31)));
	assert_false(day_ok(day_of(2023, 2, 29)));
	assert_true(day_ok(day_of(2000, 2, 29)));
	assert_false(day_ok(day_of(INT_MIN, INT_MIN, INT_MIN)));
}

static void
days_are_added_within_the_calendar(void **state)
{
	day first = D("0001-01-01"), last = D("9999-12-31");

	(void)state;
	assert_day(day_add(D("2024-02-28"), 1), "2024-02-29");
	assert_day(day_add(D("2024-03-01"), -1), "2024-02-29");
	assert_day(day_add(first, -1), "null");
	assert_day(day_add(last, 1), "null");
	assert_day(day_add(last, INT_MAX), "null");
	assert_day(day_add(first, INT_MIN), "null");
	assert_day(day_add(DAY_NONE, 1), "null");
	assert_int_equal(day_between(first, last), 3652058);
	assert_int_equal(day_between(last, first), -3652058);
	assert_true(day_cmp(first, last) < 0);
	assert_true(day_cmp(last, first) > 0);
	assert_int_equal(day_cmp(last, last), 0);
	assert_true(day_cmp(DAY_NONE, first) < 0);
}

static void
months_end_on_their_last_day(void **state)
{
	(void)state;
	assert_day(day_add_months(D("2024-01-31"), 1), "2024-02-29");
	assert_day(day_add_months(D("2023-01-31"), 1), "2023-02-28");
	assert_day(day_add_months(D("2024-03-31"), -1), "2024-02-29");
	assert_day(day_add_months(D("2024-02-29"), 12), "2025-02-28");
	assert_day(day_add_months(D("2024-02-29"), 48), "2028-02-29");
	assert_day(day_add_months(D("2024-12-15"), 1), "2025-01-15");
	assert_day(day_add_months(D("2024-01-15"), -1), "2023-12-15");
	assert_day(day_add_months(D("2024-05-31"), 0), "2024-05-31");
	assert_day(day_add_months(D("9999-12-01"), 1), "null");
	assert_day(day_add_months(D("0001-01-31"), -1), "null");
	assert_day(day_add_months(D("2024-01-01"), INT_MAX), "null");
	assert_day(day_add_months(D("2024-01-01"), INT_MIN), "null");
	assert_day(day_add_months(DAY_NONE, 1), "null");
}

static void
weeks_begin_on_monday(void **state)
{
	(void)state;
	assert_int_equal(day_weekday(D("1970-01-01")), 3);
	assert_int_equal(day_weekday(D("2024-01-01")), 0);
	assert_int_equal(day_weekday(D("2024-01-07")), 6);
	assert_int_equal(day_weekday(D("0001-01-01")), 0);
}

static void
none_is_no_day(void **state)
{
	char text[DAY_TEXT_MAX];

	(void)state;
	assert_false(day_ok(DAY_NONE));
	assert_int_equal(day_print(DAY_NONE, text), 4);
	assert_string_equal(text, "null");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days_have_known_numbers),
		cmocka_unit_test(every_day_follows_the_one_before),
		cmocka_unit_test(libc_agrees),
		cmocka_unit_test(days_that_do_not_exist_are_refused),
		cmocka_unit_test(days_are_added_within_the_calendar),
		cmocka_unit_test(months_end_on_their_last_day),
		cmocka_unit_test(weeks_begin_on_monday),
		cmocka_unit_test(none_is_no_day),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
