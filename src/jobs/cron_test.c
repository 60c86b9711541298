/*
 * Schedules in time zones: what a line means, and laws that hold for many
 * zones and years, above all on the days when clocks change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "jobs/cron.h"

#define DAY_S		INT64_C(86400)

static const char *const places[] = {
	"UTC", "America/New_York", "America/Toronto", "America/Santiago",
	"America/Sao_Paulo", "America/St_Johns", "America/Havana",
	"Europe/London", "Europe/Berlin", "Europe/Dublin",
	"Africa/Casablanca", "Africa/Cairo", "Asia/Tokyo", "Asia/Kolkata",
	"Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Australia/Sydney",
	"Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham",
	"Pacific/Apia", "Antarctica/Troll", "America/Nuuk",
};
#define PLACES	(sizeof(places) / sizeof(places[0]))

static instant
at(const char *z)
{
	instant t;

	assert_true(instant_parse(str_of(z), &t));
	return (t);
}

static struct cron
line(const char *z)
{
	const char *why;
	struct cron c;

	if ((why = cron_read(str_of(z), &c)) != NULL)
		fail_msg("%s: %s", z, why);
	return (c);
}

static const struct zone *
place(const char *z)
{
	const struct zone *zone = zone_find(str_of(z));

	if (zone == NULL)
		fail_msg("no zone %s", z);
	return (zone);
}

static void
next_is(const char *cron, const char *zone, const char *from,
    const char *want)
{
	char got[INSTANT_TEXT_MAX];
	struct cron c = line(cron);

	instant_print(cron_next(&c, place(zone), at(from)), got);
	assert_string_equal(got, want);
}

/* ---- lines ----------------------------------------------------- */

static void
fields_mean_what_a_crontab_says(void **state)
{
	static const struct {
		const char	*cron, *from, *want;
	} rows[] = {
		{ "* * * * *", "2026-11-21T09:30:00Z", "2026-11-21T09:31:00Z" },
		{ "*/15 * * * *", "2026-11-21T09:31:00Z",
		    "2026-11-21T09:45:00Z" },
		{ "5 16 * * 1-5", "2026-11-20T16:05:00Z",
		    "2026-11-23T16:05:00Z" },
		{ "5 16 * * mon-FRI", "2026-11-20T16:04:59Z",
		    "2026-11-20T16:05:00Z" },
		{ "0 6 * * 1", "2026-11-21T00:00:00Z", "2026-11-23T06:00:00Z" },
		{ "0 0 * * 7", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z" },
		{ "0 0 * * sun", "2026-11-21T00:00:00Z",
		    "2026-11-22T00:00:00Z" },
		{ "0 0 1,15 * *", "2026-11-01T00:00:00Z",
		    "2026-11-15T00:00:00Z" },
		{ "0 0 29 2 *", "2096-03-01T00:00:00Z",
		    "2104-02-29T00:00:00Z" },
		{ "30 3-5/2 * jan,JUL *", "2026-11-21T00:00:00Z",
		    "2027-01-01T03:30:00Z" },
		{ "10/20 0 * * *", "2026-11-21T00:10:00Z",
		    "2026-11-21T00:30:00Z" },
		/* either day is enough */
		{ "0 0 13 * fri", "2026-11-21T00:00:00Z",
		    "2026-11-27T00:00:00Z" },
		{ "0 0 13 * fri", "2026-12-12T00:00:00Z",
		    "2026-12-13T00:00:00Z" },
		/* a star with a step is still a star */
		{ "0 0 */2 * mon", "2026-11-21T00:00:00Z",
		    "2026-11-23T00:00:00Z" },
		{ "@daily", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z" },
		{ "@weekly", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z" },
		{ "@hourly", "2026-11-21T23:30:00Z", "2026-11-22T00:00:00Z" },
		{ "@monthly", "2026-12-21T23:30:00Z", "2027-01-01T00:00:00Z" },
		{ "@yearly", "2026-11-21T23:30:00Z", "2027-01-01T00:00:00Z" },
		{ " 1\t2  3 4 * ", "2026-11-21T00:00:00Z",
		    "2027-04-03T02:01:00Z" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		next_is(rows[i].cron, "UTC", rows[i].from, rows[i].want);
}

static void
what_is_no_schedule_is_refused_with_a_reason(void **state)
{
	static const char *const lines[] = {
		"", "*", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *",
		"* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *",
		"* * * * 8", "-1 * * * *", "+1 * * * *", "1- * * * *",
		"5-1 * * * *", "*/0 * * * *", "*/60 * * * *", "1,,2 * * * *",
		"1, * * * *", "* * * foo *", "* * * * january", "@reboot",
		"@", "1.5 * * * *", "0x1 * * * *", "* * 30 2 *",
		"0 0 31 4,6,9,11 *", "99999999999999999999 * * * *",
	};
	struct cron c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (cron_read(str_of(lines[i]), &c) == NULL)
			fail_msg("\"%s\" was taken", lines[i]);
}

static void
zones_that_are_none_are_refused(void **state)
{
	static const char *const names[] = {
		"", "Nowhere/City", "../../../etc/passwd", "/etc/localtime",
		"Europe", "Europe/", "America/../Europe/Berlin", "zone.tab",
		"tzdata.zi", ".", "Europe/Berlin\n", "iso3166.tab",
		"right/UTC",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (zone_find(str_of(names[i])) != NULL)
			fail_msg("\"%s\" was taken", names[i]);
	assert_ptr_equal(place("Europe/Berlin"), place("Europe/Berlin"));
}

/* ---- when clocks change ---------------------------------------- */

static void
a_time_that_does_not_exist_is_when_the_clock_jumps(void **state)
{
	(void)state;
	/* New York: 02:00 to 03:00 on 8 March 2026 */
	next_is("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z",
	    "2026-03-08T07:00:00Z");
	next_is("30 2 * * *", "America/New_York", "2026-03-08T07:00:00Z",
	    "2026-03-09T06:30:00Z");
	/* three of them are one, and what is there at 03:00 is the same one */
	next_is("0,20,40 2,3 * * *", "America/New_York",
	    "2026-03-08T06:59:00Z", "2026-03-08T07:00:00Z");
	next_is("0,20,40 2,3 * * *", "America/New_York",
	    "2026-03-08T07:00:00Z", "2026-03-08T07:20:00Z");
	/* midnight in Santiago, and in Cairo */
	next_is("0 0 * * *", "America/Santiago", "2026-09-05T12:00:00Z",
	    "2026-09-06T04:00:00Z");
	next_is("@daily", "Africa/Cairo", "2026-04-23T12:00:00Z",
	    "2026-04-23T22:00:00Z");
	/* a whole day: Samoa had no 30 December 2011 */
	next_is("0 12 30 * *", "Pacific/Apia", "2011-12-29T12:00:00Z",
	    "2011-12-30T10:00:00Z");
	next_is("0 12 * * *", "Pacific/Apia", "2011-12-30T10:00:00Z",
	    "2011-12-30T22:00:00Z");
}

static void
a_time_that_happens_twice_is_the_first(void **state)
{
	(void)state;
	/* New York: 02:00 back to 01:00 on 1 November 2026 */
	next_is("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z",
	    "2026-11-01T05:30:00Z");
	next_is("30 1 * * *", "America/New_York", "2026-11-01T05:30:00Z",
	    "2026-11-02T06:30:00Z");
	/* also when asked between the two */
	next_is("30 1 * * *", "America/New_York", "2026-11-01T06:10:00Z",
	    "2026-11-02T06:30:00Z");
	next_is("15 1 * * *", "Europe/London", "2026-10-24T12:00:00Z",
	    "2026-10-25T00:15:00Z");
}

static void
every_hour_is_every_real_hour(void **state)
{
	(void)state;
	next_is("30 * * * *", "America/New_York", "2026-11-01T05:30:00Z",
	    "2026-11-01T06:30:00Z");
	next_is("30 * * * *", "America/New_York", "2026-03-08T06:30:00Z",
	    "2026-03-08T07:30:00Z");
	/* where the clock jumps half an hour, the wall's minute counts */
	next_is("0 * * * *", "Australia/Lord_Howe", "2026-04-04T14:00:00Z",
	    "2026-04-04T15:30:00Z");
}

/* ---- laws ------------------------------------------------------ */

/*
 * The days of the calendar in order, each once: at the first moment that the
 * wall shows its time, or jumps over it. (Two days may share that moment
 * where a whole one is jumped over.)
 */
static void
one_day_one_time(const struct zone *z, int hour, int minute, int year)
{
	char text[32];
	int64_t want, last;
	struct cron c;
	instant t;
	day d;

	snprintf(text, sizeof(text), "%d %d * * *", minute, hour);
	c = line(text);
	d = day_of(year, 1, 1);
	last = zone_moment(z, d.n * DAY_S + hour * 3600 + minute * 60);
	for (d = day_add(d, 1); d.n < day_of(year + 1, 1, 2).n;
	    d = day_add(d, 1)) {
		want = zone_moment(z, d.n * DAY_S + hour * 3600 + minute * 60);
		assert_true(want >= last);
		if (want == last)
			continue;
		t = cron_next(&c, z, instant_of_unix(last));
		assert_int_equal(t.us, instant_of_unix(want).us);
		last = want;
	}
}

static void
each_day_has_one_time_in_all_zones_and_years(void **state)
{
	static const int times[][2] = {
		{ 0, 0 }, { 0, 30 }, { 1, 30 }, { 2, 30 }, { 3, 0 }, { 23, 59 },
	};
	size_t i, k;
	int year;

	(void)state;
	for (i = 0; i < PLACES; i++)
		for (k = 0; k < sizeof(times) / sizeof(times[0]); k++)
			for (year = 2005; year < 2055; year += 3)
				one_day_one_time(place(places[i]),
				    times[k][0], times[k][1], year);
}

/* The last time at or before a moment is one whose next is after it. */
static void
the_last_and_the_next_enclose_a_moment(void **state)
{
	static const char *const lines[] = {
		"* * * * *", "0 * * * *", "*/7 2 * * *", "30 1 * * sun",
		"5 16 * * 1-5", "0 0 1 * *", "0 12 29 2 *",
	};
	struct cron c;
	instant t, last, next;
	unsigned seed = 1;
	size_t i, k;
	int n;

	(void)state;
	for (i = 0; i < PLACES; i++)
		for (k = 0; k < sizeof(lines) / sizeof(lines[0]); k++)
			for (n = 0; n < 40; n++) {
				c = line(lines[k]);
				t = instant_of_unix(1262304000 + (int64_t)(
				    (double)rand_r(&seed) / RAND_MAX * 1.2e9));
				last = cron_last(&c, place(places[i]), t);
				next = cron_next(&c, place(places[i]), t);
				assert_true(last.us <= t.us);
				assert_true(next.us > t.us);
				assert_int_equal(cron_next(&c,
				    place(places[i]), last).us, next.us);
			}
}

/* What the wall shows at the moment found is what was asked for, or it never
 * shows that; and it is never found later than the first time. */
static void
a_moment_shows_its_time_on_the_wall(void **state)
{
	int64_t local, t, until, shown;
	size_t i;

	(void)state;
	for (i = 0; i < PLACES; i++)
		for (local = 1262304000; local < 2840140800;
		    local += 86400 * 3 + 1801) {
			t = zone_moment(place(places[i]), local);
			shown = t + zone_offset(place(places[i]), t, &until);
			if (shown == local)
				continue;
			/* jumped over: just before, it showed less */
			assert_true(shown > local);
			assert_true(t - 1 + zone_offset(place(places[i]),
			    t - 1, &until) < local);
		}
}

static void
far_years_follow_the_rule(void **state)
{
	(void)state;
	next_is("0 12 * * *", "America/New_York", "2090-07-01T00:00:00Z",
	    "2090-07-01T16:00:00Z");
	next_is("0 12 * * *", "America/New_York", "2090-01-01T00:00:00Z",
	    "2090-01-01T17:00:00Z");
	next_is("0 12 * * *", "Australia/Sydney", "2090-01-01T00:00:00Z",
	    "2090-01-01T01:00:00Z");
	next_is("0 12 * * *", "Europe/Dublin", "2090-07-01T00:00:00Z",
	    "2090-07-01T11:00:00Z");
	next_is("0 12 * * *", "America/Nuuk", "2090-07-01T00:00:00Z",
	    "2090-07-01T13:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_mean_what_a_crontab_says),
		cmocka_unit_test(what_is_no_schedule_is_refused_with_a_reason),
		cmocka_unit_test(zones_that_are_none_are_refused),
		cmocka_unit_test(
		    a_time_that_does_not_exist_is_when_the_clock_jumps),
		cmocka_unit_test(a_time_that_happens_twice_is_the_first),
		cmocka_unit_test(every_hour_is_every_real_hour),
		cmocka_unit_test(each_day_has_one_time_in_all_zones_and_years),
		cmocka_unit_test(the_last_and_the_next_enclose_a_moment),
		cmocka_unit_test(a_moment_shows_its_time_on_the_wall),
		cmocka_unit_test(far_years_follow_the_rule),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
