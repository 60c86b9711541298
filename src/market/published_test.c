/*
 * Calendars against what the exchanges published: for some years every
 * weekday that was closed and every short one, and nothing else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/exchange.h"

static const struct {
	const char	*mic;
	int		 year;
	const char	*closed, *early;
} published[] = {
	{ "XNYS", 2001, "01-01 01-15 02-19 04-13 05-28 07-04 09-03 09-11 09-12 "
	    "09-13 09-14 11-22 12-25", "07-03 11-23 12-24" },
	{ "XNYS", 2012, "01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 "
	    "11-22 12-25", "07-03 11-23 12-24" },
	{ "XNYS", 2021, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24",
	    "11-26" },
	{ "XNYS", 2022, "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26",
	    "11-25" },
	{ "XNAS", 2024, "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 "
	    "12-25", "07-03 11-29 12-24" },
	{ "XNAS", 2025, "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 "
	    "11-27 12-25", "07-03 11-28 12-24" },
	{ "XNYS", 2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 "
	    "12-25", "11-27 12-24" },
	{ "XTSE", 2024, "01-01 02-19 03-29 05-20 07-01 08-05 09-02 10-14 12-25 "
	    "12-26", "12-24" },
	{ "XLON", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
	    "12-24 12-31" },
	{ "XLON", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 "
	    "12-27", "12-23 12-30" },
	{ "XLON", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
	    "12-24 12-31" },
	{ "XETR", 2024, "01-01 03-29 04-01 05-01 12-24 12-25 12-26 12-31",
	    "12-30" },
	{ "XETR", 2025, "01-01 04-18 04-21 05-01 12-24 12-25 12-26 12-31",
	    "12-30" },
	{ "XPAR", 2024, "01-01 03-29 04-01 05-01 12-25 12-26", "12-24 12-31" },
	{ "XSWX", 2024, "01-01 01-02 03-29 04-01 05-01 05-09 05-20 08-01 12-24 "
	    "12-25 12-26 12-31", "" },
};

static void
note(char *list, size_t size, day d)
{
	char text[DAY_TEXT_MAX];
	size_t n = strlen(list);

	day_print(d, text);
	snprintf(list + n, size - n, "%s%s", n > 0 ? " " : "", text + 5);
}

static void
calendars_are_what_was_published(void **state)
{
	char closed[400], early[400];
	const struct exchange *x;
	enum hours hours;
	size_t i;
	day d;

	(void)state;
	for (i = 0; i < sizeof(published) / sizeof(published[0]); i++) {
		x = exchange_find(str_of(published[i].mic), STR_NONE,
		    STR_NONE);
		closed[0] = early[0] = '\0';
		for (d = day_of(published[i].year, 1, 1);
		    day_cmp(d, day_of(published[i].year + 1, 1, 1)) < 0;
		    d = day_add(d, 1)) {
			hours = exchange_hours(x, d);
			if (hours == HOURS_NONE && day_weekday(d) < 5)
				note(closed, sizeof(closed), d);
			if (hours == HOURS_HALF)
				note(early, sizeof(early), d);
		}
		assert_string_equal(closed, published[i].closed);
		assert_string_equal(early, published[i].early);
	}
}

static void
hours_follow_the_clocks_of_the_place(void **state)
{
	static const struct {
		const char	*mic, *day, *opens, *closes;
	} cases[] = {
		{ "XNYS", "2024-03-08", "2024-03-08T14:30:00Z",
		    "2024-03-08T21:00:00Z" },
		{ "XNYS", "2024-03-11", "2024-03-11T13:30:00Z",
		    "2024-03-11T20:00:00Z" },
		{ "XNYS", "2024-07-03", "2024-07-03T13:30:00Z",
		    "2024-07-03T17:00:00Z" },
		{ "XNYS", "2006-04-03", "2006-04-03T13:30:00Z",
		    "2006-04-03T20:00:00Z" },
		{ "XLON", "2024-03-28", "2024-03-28T08:00:00Z",
		    "2024-03-28T16:30:00Z" },
		{ "XLON", "2024-04-02", "2024-04-02T07:00:00Z",
		    "2024-04-02T15:30:00Z" },
		{ "XETR", "2024-10-28", "2024-10-28T08:00:00Z",
		    "2024-10-28T16:30:00Z" },
	};
	char text[INSTANT_TEXT_MAX];
	const struct exchange *x;
	instant from, to;
	size_t i;
	day d;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(day_parse(str_of(cases[i].day), &d));
		x = exchange_find(str_of(cases[i].mic), STR_NONE, STR_NONE);
		assert_true(exchange_session(x, d, &from, &to));
		instant_print(from, text);
		assert_string_equal(text, cases[i].opens);
		instant_print(to, text);
		assert_string_equal(text, cases[i].closes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendars_are_what_was_published),
		cmocka_unit_test(hours_follow_the_clocks_of_the_place),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
