/*
 * Sessions against what exchanges published, and against the days on which
 * shares really traded.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/bar_file.h"
#include "market/exchange_rule.h"

static const struct exchange *
by(const char *mic)
{
	const struct exchange *x = exchange_find(str_of(mic), STR_NONE,
	    S("stock"));

	assert_string_equal(x->mic, mic);
	return (x);
}

static day
on(const char *text)
{
	day d = DAY_NONE;

	assert_true(day_parse(str_of(text), &d));
	return (d);
}

static void
each(const char *mic, enum hours want, const char *const *days)
{
	for (; *days != NULL; days++)
		if (exchange_hours(by(mic), on(*days)) != want)
			fail_msg("%s %s: not %d", mic, *days, want);
}

#define CLOSED(mic, ...) \
	each(mic, HOURS_NONE, (const char *const[]){ __VA_ARGS__, NULL })
#define SHORT(mic, ...) \
	each(mic, HOURS_HALF, (const char *const[]){ __VA_ARGS__, NULL })
#define OPEN(mic, ...) \
	each(mic, HOURS_FULL, (const char *const[]){ __VA_ARGS__, NULL })

/* ---- published calendars ----------------------------------------- */

static void
easter_is_where_almanacs_have_it(void **state)
{
	static const char *const days[] = { "1818-03-22", "1943-04-25",
	    "1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24",
	    "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25" };
	size_t i;
	int year, month, dom;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		day_civil(on(days[i]), &year, &month, &dom);
		assert_int_equal(day_cmp(easter(year), on(days[i])), 0);
	}
}

/* NYSE, "Holidays and Trading Hours", 2024 to 2026. */
static void
new_york_keeps_its_holidays(void **state)
{
	(void)state;
	CLOSED("XNYS", "2024-01-01", "2024-01-15", "2024-02-19",
	    "2024-03-29", "2024-05-27", "2024-06-19", "2024-07-04",
	    "2024-09-02", "2024-11-28", "2024-12-25", "2026-04-03",
	    "2026-06-19", "2026-07-03", "2027-12-24", "2025-01-09",
	    "2012-10-29", "2001-09-14");
	SHORT("XNYS", "2024-07-03", "2024-11-29", "2024-12-24", "2025-07-03",
	    "2025-11-28", "2025-12-24", "2026-11-27", "2026-12-24");
	OPEN("XNYS", "2021-12-31", "2021-06-18", "2020-06-19", "2024-10-14",
	    "2024-11-11", "2022-12-23", "2026-07-02");
}

/* London Stock Exchange, "Business days". */
static void
london_keeps_its_holidays(void **state)
{
	(void)state;
	CLOSED("XLON", "2022-01-03", "2022-06-02", "2022-06-03",
	    "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27",
	    "2021-12-27", "2021-12-28", "2020-05-08", "2020-12-28",
	    "2023-05-01", "2023-05-08", "2023-05-29", "2026-04-06");
	SHORT("XLON", "2024-12-24", "2024-12-31", "2022-12-23", "2022-12-30");
	OPEN("XLON", "2020-05-04", "2022-05-30", "2024-07-04", "2023-12-27");
}

static void
the_continent_keeps_its_holidays(void **state)
{
	(void)state;
	CLOSED("XETR", "2024-05-01", "2024-12-24", "2024-12-31", "2021-05-24",
	    "2017-10-31", "2019-10-03");
	SHORT("XETR", "2024-12-30", "2023-12-29");
	OPEN("XETR", "2022-06-06", "2022-10-03", "2014-06-09", "2024-05-09");
	CLOSED("XPAR", "2024-05-01", "2024-04-01", "2024-12-26");
	SHORT("XPAR", "2024-12-24", "2024-12-31");
	OPEN("XPAR", "2025-07-14", "2024-05-09");
	CLOSED("XSWX", "2024-01-02", "2024-05-09", "2024-05-20",
	    "2024-08-01");
	CLOSED("XTSE", "2024-02-19", "2024-05-20", "2024-07-01",
	    "2024-08-05", "2024-10-14", "2024-12-26", "2025-05-19");
	OPEN("XTSE", "2024-07-04", "2024-11-28", "2024-05-27");
}

/* ---- against real trading ---------------------------------------- */

#define DAYS_MAX 40000

static bool traded[DAYS_MAX];

/* The weekdays of a year on which it is closed, or those on which it closes
 * early, "0101 0102 ". */
static void
year_of(const char *mic, int year, bool early, const char *want)
{
	const struct exchange *x = by(mic);
	int y, month, dom;
	char got[400];
	size_t n = 0;
	day d;

	for (d = day_of(year, 1, 1); day_cmp(d, day_of(year, 12, 31)) <= 0;
	    d = day_add(d, 1)) {
		day_civil(d, &y, &month, &dom);
		if (day_weekday(d) < 5 && exchange_hours(x, d) ==
		    (early ? HOURS_HALF : HOURS_NONE))
			n += (size_t)snprintf(got + n, sizeof(got) - n,
			    "%02d%02d ", month, dom);
	}
	got[n] = '\0';
	assert_string_equal(got, want);
}

static void
tokyo_keeps_its_holidays(void **state)
{
	(void)state;
	year_of("XTKS", 2019, false, "0101 0102 0103 0114 0211 0321 0429 0430 "
	    "0501 0502 0503 0506 0715 0812 0916 0923 1014 1022 1104 1231 ");
	year_of("XTKS", 2020, false, "0101 0102 0103 0113 0211 0224 0320 0429 "
	    "0504 0505 0506 0723 0724 0810 0921 0922 1001 1103 1123 1231 ");
	year_of("XTKS", 2024, false, "0101 0102 0103 0108 0212 0223 0320 0429 "
	    "0503 0506 0715 0812 0916 0923 1014 1104 1231 ");
	year_of("XTKS", 2026, false, "0101 0102 0112 0211 0223 0320 0429 0504 "
	    "0505 0506 0720 0811 0921 0922 0923 1012 1103 1123 1231 ");
	year_of("XTKS", 2024, true, "");
	assert_true(exchange_open_on(by("XTKS"), on("2023-01-04")));
}

static void
hong_kong_keeps_its_holidays(void **state)
{
	(void)state;
	year_of("XHKG", 2012, false, "0102 0123 0124 0125 0404 0406 0409 0501 "
	    "0702 1001 1002 1023 1225 1226 ");
	year_of("XHKG", 2021, false, "0101 0212 0215 0402 0405 0406 0519 0614 "
	    "0701 0922 1001 1013 1014 1227 ");
	year_of("XHKG", 2021, true, "0211 1224 1231 ");
	year_of("XHKG", 2022, false, "0201 0202 0203 0405 0415 0418 0502 0509 "
	    "0603 0701 0912 1004 1226 1227 ");
	year_of("XHKG", 2024, false, "0101 0212 0213 0329 0401 0404 0501 0515 "
	    "0610 0701 0906 0918 1001 1011 1225 1226 ");
	year_of("XHKG", 2025, false, "0101 0129 0130 0131 0404 0418 0421 0501 "
	    "0505 0701 1001 1007 1029 1225 1226 ");
	year_of("XHKG", 2026, false, "0101 0217 0218 0219 0403 0406 0407 0501 "
	    "0525 0619 0701 1001 1019 1225 ");
}

static void
sydney_keeps_its_holidays(void **state)
{
	(void)state;
	year_of("XASX", 2021, false, "0101 0126 0402 0405 0614 1227 1228 ");
	year_of("XASX", 2022, false, "0103 0126 0415 0418 0425 0613 0922 1226 "
	    "1227 ");
	year_of("XASX", 2022, true, "1223 1230 ");
	year_of("XASX", 2024, false, "0101 0126 0329 0401 0425 0610 1225 "
	    "1226 ");
	year_of("XASX", 2024, true, "1224 1231 ");
	year_of("XASX", 2026, false, "0101 0126 0403 0406 0608 1225 1228 ");
}

/* Where a table ends nothing is guessed. */
static void
years_that_are_not_known_are_weekdays(void **state)
{
	(void)state;
	assert_true(exchange_knows(by("XHKG"), on("2049-12-31")));
	assert_false(exchange_knows(by("XHKG"), on("2050-01-01")));
	assert_false(exchange_knows(by("XTKS"), on("2009-12-31")));
	assert_false(exchange_knows(by("24/5"), on("2024-01-01")));
	assert_true(exchange_knows(by("XNYS"), on("1985-01-01")));
	assert_true(exchange_open_on(by("XHKG"), on("2050-12-26")));
	assert_false(exchange_open_on(by("XHKG"), on("2050-12-25")));
}

/* First and last day of a file; false: it is not there. */
static bool
days_read(const char *path, day *first, day *last)
{
	const char *shared = getenv("BURSAR_SHARED");
	char name[512], line[512], *comma;
	FILE *file;
	day d;

	memset(traded, 0, sizeof(traded));
	snprintf(name, sizeof(name), "%s/data/market/daily/%s",
	    shared != NULL ? shared : "../shared", path);
	if ((file = fopen(name, "r")) == NULL)
		return (false);
	*first = DAY_NONE;
	while (fgets(line, sizeof(line), file) != NULL) {
		if ((comma = strchr(line, ',')) == NULL)
			continue;
		*comma = '\0';
		if (day_read(str_of(line), &d) != BAR_GOOD)
			continue;
		if (!day_ok(*first))
			*first = d;
		*last = d;
		traded[d.n] = true;
	}
	fclose(file);
	return (day_ok(*first));
}

static void
new_york_traded_on_its_sessions_and_no_other_day(void **state)
{
	static const char *const files[] = { "djia_2006_2018/JPM.csv",
	    "yahoo_2021_2026/AAPL.csv", "SPX_1990_2022.csv" };
	day d, first, last;
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (!days_read(files[i], &first, &last)) {
			print_message("no price files in ../shared/data\n");
			skip();
		}
		for (d = first; day_cmp(d, last) <= 0; d = day_add(d, 1)) {
			char text[DAY_TEXT_MAX];

			day_print(d, text);
			if (traded[d.n] != exchange_open_on(by("XNYS"), d))
				fail_msg("%s: %s", files[i], text);
			n += traded[d.n];
		}
	}
	assert_true(n > 12000);
}

/* ---- moments ----------------------------------------------------- */

static instant
at(const char *text)
{
	instant t = INSTANT_NONE;

	assert_true(instant_parse(str_of(text), &t));
	return (t);
}

static void
session(const char *mic, const char *d, const char *from, const char *to)
{
	instant a, b;

	assert_true(exchange_session(by(mic), on(d), &a, &b));
	assert_int_equal(a.us, at(from).us);
	assert_int_equal(b.us, at(to).us);
}

static void
sessions_follow_the_clocks_of_the_place(void **state)
{
	(void)state;
	session("XNYS", "2024-03-08", "2024-03-08T14:30:00Z",
	    "2024-03-08T21:00:00Z");
	session("XNYS", "2024-03-11", "2024-03-11T13:30:00Z",
	    "2024-03-11T20:00:00Z");
	session("XNYS", "2006-03-20", "2006-03-20T14:30:00Z",
	    "2006-03-20T21:00:00Z");
	session("XNYS", "2024-11-29", "2024-11-29T14:30:00Z",
	    "2024-11-29T18:00:00Z");
	session("XLON", "2024-03-28", "2024-03-28T08:00:00Z",
	    "2024-03-28T16:30:00Z");
	session("XLON", "2024-04-02", "2024-04-02T07:00:00Z",
	    "2024-04-02T15:30:00Z");
	session("XASX", "2024-01-15", "2024-01-14T23:00:00Z",
	    "2024-01-15T05:00:00Z");
	session("XASX", "2024-07-15", "2024-07-15T00:00:00Z",
	    "2024-07-15T06:00:00Z");
}

static void
last(const char *mic, const char *now, const char *want)
{
	char text[DAY_TEXT_MAX];

	day_print(exchange_last_session(by(mic), at(now), 60), text);
	assert_string_equal(text, want);
}

static void
last_session_is_one_that_is_over(void **state)
{
	(void)state;
	last("XNYS", "2024-03-11T20:59:59Z", "2024-03-08");
	last("XNYS", "2024-03-11T21:00:00Z", "2024-03-11");
	last("XNYS", "2024-03-31T12:00:00Z", "2024-03-28");	/* Easter */
	last("XNYS", "2001-09-16T12:00:00Z", "2001-09-10");
	last("XTKS", "2024-03-11T07:29:59Z", "2024-03-08");
	last("XTKS", "2024-03-11T07:30:00Z", "2024-03-11");
	last("24/7", "2024-03-10T00:59:59Z", "2024-03-08");
	last("24/7", "2024-03-10T01:00:00Z", "2024-03-09");
}

static void
two(const char *mic, const char *now, const char *newest, const char *before)
{
	day a, b;

	assert_true(exchange_sessions(by(mic), at(now), &a, &b));
	assert_int_equal(day_cmp(a, on(newest)), 0);
	assert_int_equal(day_cmp(b, on(before)), 0);
}

static void
last_two_sessions_leave_out_holidays(void **state)
{
	day a, b;

	(void)state;
	two("XNYS", "2024-11-28T15:00:00Z", "2024-11-27", "2024-11-26");
	two("XNYS", "2024-11-29T05:00:00Z", "2024-11-29", "2024-11-27");
	two("XNYS", "2024-11-29T04:59:59Z", "2024-11-27", "2024-11-26");
	two("XNYS", "2024-09-03T15:00:00Z", "2024-09-03", "2024-08-30");
	two("XNYS", "2024-09-01T15:00:00Z", "2024-08-30", "2024-08-29");
	two("XTKS", "2019-05-06T15:00:00Z", "2019-05-07", "2019-04-26");
	two("XASX", "2024-01-14T13:00:00Z", "2024-01-15", "2024-01-12");
	assert_false(exchange_sessions(by("24/5"), at("2024-01-14T13:00:00Z"),
	    &a, &b));
	assert_false(exchange_sessions(by("XHKG"), at("2051-01-14T13:00:00Z"),
	    &a, &b));
}

/* ---- which exchange ---------------------------------------------- */

static void
called(const char *name, const char *kind, const char *mic)
{
	assert_string_equal(exchange_find(STR_NONE, str_of(name),
	    str_of(kind))->mic, mic);
}

static void
names_of_providers_are_understood(void **state)
{
	(void)state;
	called("NASDAQ NMS - GLOBAL MARKET", "stock", "XNAS");
	called("NEW YORK STOCK EXCHANGE, INC.", "stock", "XNYS");
	called("NYSE Arca", "etf", "ARCX");
	called("LSE", "stock", "XLON");
	called("XETRA", "stock", "XETR");
	called("NASDAQ", "crypto", "24/7");
	called("Nowhere", "stock", "24/5");
	called("", "fund", "24/5");
}

/* Every row is whole: hours in order, and a name for each rule. */
static void
rows_are_whole(void **state)
{
	const struct exchange_rule *r;
	const struct exchange *x;
	const char *const *p;

	(void)state;
	for (x = exchanges; x->mic != NULL; x++) {
		assert_non_null(x->name);
		assert_non_null(x->zone);
		assert_true(x->opens < x->closes);
		assert_true(x->closes_early <= x->closes);
		assert_true(x->rules != NULL || x->weekdays_only ||
		    x->every_day);
		for (r = x->rules; r != NULL && r->sort != RULE_END; r++)
			assert_true(strlen(r->name) > 3);
		for (p = x->closed; p != NULL && *p != NULL; p++)
			assert_false(exchange_open_on(x, on(*p)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easter_is_where_almanacs_have_it),
		cmocka_unit_test(new_york_keeps_its_holidays),
		cmocka_unit_test(london_keeps_its_holidays),
		cmocka_unit_test(the_continent_keeps_its_holidays),
		cmocka_unit_test(tokyo_keeps_its_holidays),
		cmocka_unit_test(hong_kong_keeps_its_holidays),
		cmocka_unit_test(sydney_keeps_its_holidays),
		cmocka_unit_test(years_that_are_not_known_are_weekdays),
		cmocka_unit_test(
		    new_york_traded_on_its_sessions_and_no_other_day),
		cmocka_unit_test(sessions_follow_the_clocks_of_the_place),
		cmocka_unit_test(last_session_is_one_that_is_over),
		cmocka_unit_test(last_two_sessions_leave_out_holidays),
		cmocka_unit_test(names_of_providers_are_understood),
		cmocka_unit_test(rows_are_whole),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
