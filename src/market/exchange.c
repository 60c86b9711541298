/*
 * The rules applied. A day is looked at from the year's rules, and from the
 * next year's first of January, which may be kept on a Friday before it.
 */
#include <string.h>
#include <strings.h>

#include "market/exchange_rule.h"

#define DAYS_BACK	14	/* no exchange stays closed longer */
#define MINUTE_US	(60 * INT64_C(1000000))

/* Anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8). */
day
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return (day_of(year, n / 31, n % 31 + 1));
}

/* ---- a rule in a year -------------------------------------------- */

static day
day_nth(int year, int month, int n, int weekday)
{
	day first = day_of(year, month, 1);
	int ahead = (weekday - day_weekday(first) + 7) % 7;

	return (day_add(first, ahead + 7 * (n - 1)));
}

static day
day_last(int year, int month, int weekday)
{
	day end = day_add(day_add_months(day_of(year, month, 1), 1), -1);

	return (day_add(end, -((day_weekday(end) - weekday + 7) % 7)));
}

static day
day_shift(day d, enum rule_shift shift)
{
	static const int saturday[] = { 0, 0, 2, -1, -1, 0 };
	static const int sunday[] = { 0, 1, 1, 1, -2, 0 };
	int w = day_weekday(d);

	if (w == 5)
		return (day_add(d, saturday[shift]));
	return (w == 6 ? day_add(d, sunday[shift]) : d);
}

/* As Japan reckons them for 1980 to 2099, in millionths of a day. */
static day
equinox(int year, int month, int in_1980)
{
	int n = year - 1980;

	return (day_of(year, month,
	    (in_1980 + 242194 * n) / 1000000 - n / 4));
}

/* The same way: 4.81 days into April of 2000. */
static day
ching_ming(int year)
{
	int n = year - 2000;

	return (day_of(year, 4, (48100 + 2422 * n) / 10000 - n / 4));
}

static day
lunar(int year, int which, int n)
{
	int date;

	if (year < LUNAR_FROM || year > LUNAR_TO)
		return (DAY_NONE);
	date = lunar_days[year - LUNAR_FROM][which];
	return (day_add(day_of(year, date / 100, date % 100), n));
}

static day
rule_day(const struct exchange_rule *r, int year)
{
	switch (r->sort) {
	case RULE_FIXED:
		return (day_shift(day_of(year, r->month, r->n), r->shift));
	case RULE_NTH:
		return (day_nth(year, r->month, r->n, r->weekday));
	case RULE_LAST:
		return (day_last(year, r->month, r->weekday));
	case RULE_EASTER:
		return (day_add(easter(year), r->n));
	case RULE_SPRING:
		return (day_add(equinox(year, 3, 20843100), r->n));
	case RULE_AUTUMN:
		return (day_add(equinox(year, 9, 23248800), r->n));
	case RULE_LUNAR:
		return (lunar(year, r->month, r->n));
	case RULE_CHINGMING:
		return (day_add(ching_ming(year), r->n));
	case RULE_END:
		break;
	}
	return (DAY_NONE);
}

static bool
rule_hits(const struct exchange_rule *r, int year, day d)
{
	return ((r->from == 0 || year >= r->from) &&
	    (r->to == 0 || year <= r->to) &&
	    (r->on == 0 || (r->on & 1 << day_weekday(d)) != 0) &&
	    day_cmp(rule_day(r, year), d) == 0);
}

/* How many holidays that move on are on a day. */
static int
movers_on(const struct exchange *x, day d)
{
	const struct exchange_rule *r;
	int year, month, dom, n = 0;

	day_civil(d, &year, &month, &dom);
	for (r = x->rules; r->sort != RULE_END; r++)
		n += r->shift == SHIFT_NEXT && rule_hits(r, year, d);
	return (n);
}

/* Whether a holiday that could not be kept on its own day is kept on this. */
static bool
made_up_for(const struct exchange *x, day d)
{
	int back, on, owed = 0;
	day p;

	for (back = DAYS_BACK; back > 0; back--) {
		p = day_add(d, -back);
		on = movers_on(x, p);
		if (day_weekday(p) == 6)
			owed += on;
		else if (on > 0)
			owed += on - 1;
		else if (owed > 0)
			owed--;
	}
	return (owed > 0 && movers_on(x, d) == 0);
}

static bool
moves_on(const struct exchange *x)
{
	const struct exchange_rule *r;

	for (r = x->rules; r->sort != RULE_END; r++)
		if (r->shift == SHIFT_NEXT)
			return (true);
	return (false);
}

/* A rule that closes goes before one that only shortens. */
static const struct exchange_rule *
rule_of(const struct exchange *x, day d)
{
	static const struct exchange_rule made_up = {
		.name = "Made up for a holiday"
	};
	const struct exchange_rule *r, *half = NULL;
	int year, month, dom;

	if (x->rules == NULL || !exchange_knows(x, d))
		return (NULL);
	day_civil(d, &year, &month, &dom);
	for (r = x->rules; r->sort != RULE_END; r++) {
		if (!rule_hits(r, year, d) && !rule_hits(r, year + 1, d))
			continue;
		if (!r->half)
			return (r);
		half = r;
	}
	return (moves_on(x) && made_up_for(x, d) ? &made_up : half);
}

static bool
closed_once(const struct exchange *x, day d)
{
	char text[DAY_TEXT_MAX];
	const char *const *p;

	if (x->closed == NULL)
		return (false);
	day_print(d, text);
	for (p = x->closed; *p != NULL; p++)
		if (strcmp(*p, text) == 0)
			return (true);
	return (false);
}

/* ---- a day ------------------------------------------------------- */

bool
exchange_knows(const struct exchange *x, day d)
{
	int year, month, dom;

	day_civil(d, &year, &month, &dom);
	return (!x->weekdays_only && (x->known_from == 0 ||
	    (year >= x->known_from && year <= x->known_to)));
}

enum hours
exchange_hours(const struct exchange *x, day d)
{
	const struct exchange_rule *r;

	if (x->every_day)
		return (HOURS_FULL);
	if (day_weekday(d) >= 5 || closed_once(x, d))
		return (HOURS_NONE);
	if ((r = rule_of(x, d)) == NULL)
		return (HOURS_FULL);
	return (r->half ? HOURS_HALF : HOURS_NONE);
}

bool
exchange_open_on(const struct exchange *x, day d)
{
	return (exchange_hours(x, d) != HOURS_NONE);
}

const char *
exchange_holiday(const struct exchange *x, day d)
{
	const struct exchange_rule *r;

	if (x->every_day || day_weekday(d) >= 5)
		return (NULL);
	if (closed_once(x, d))
		return ("Closed for this day");
	r = rule_of(x, d);
	return (r == NULL ? NULL : r->name);
}

/* ---- moments ----------------------------------------------------- */

/* From the second Sunday of March (before 2007: the first of April) to the
 * first of November (before: the last of October). */
static bool
summer_us(day d, int year)
{
	day from = year < 2007 ? day_nth(year, 4, 1, 6)
			       : day_nth(year, 3, 2, 6);
	day to = year < 2007 ? day_last(year, 10, 6) : day_nth(year, 11, 1, 6);

	return (day_cmp(d, from) >= 0 && day_cmp(d, to) < 0);
}

static bool
summer(const struct exchange *x, day d)
{
	int year, month, dom;

	day_civil(d, &year, &month, &dom);
	switch (x->summer) {
	case SUMMER_US:
		return (summer_us(d, year));
	case SUMMER_EU:
		return (day_cmp(d, day_last(year, 3, 6)) >= 0 &&
		    day_cmp(d, day_last(year, 10, 6)) < 0);
	case SUMMER_AU:
		return (day_cmp(d, day_nth(year, 4, 1, 6)) < 0 ||
		    day_cmp(d, day_nth(year, 10, 1, 6)) >= 0);
	case SUMMER_NONE:
		break;
	}
	return (false);
}

static instant
moment(const struct exchange *x, day d, int minutes)
{
	instant t = instant_of_day(d);

	minutes -= x->utc_minutes + (summer(x, d) ? 60 : 0);
	t.us += minutes * MINUTE_US;
	return (t);
}

bool
exchange_session(const struct exchange *x, day d, instant *from, instant *to)
{
	enum hours h = exchange_hours(x, d);

	if (h == HOURS_NONE)
		return (false);
	*from = moment(x, d, x->opens);
	*to = moment(x, d, h == HOURS_HALF ? x->closes_early : x->closes);
	return (true);
}

day
exchange_last_session(const struct exchange *x, instant now,
    int settle_minutes)
{
	day d = day_add(day_of_instant(now), 1);
	instant from, to;
	int i;

	for (i = 0; i < DAYS_BACK; i++, d = day_add(d, -1))
		if (exchange_session(x, d, &from, &to) &&
		    to.us + settle_minutes * MINUTE_US <= now.us)
			return (d);
	return (d);
}

/* The newest from `d` back; false: none for longer than any stays closed. */
static bool
session_back(const struct exchange *x, day d, day *out)
{
	int i;

	for (i = 0; i < DAYS_BACK; i++, d = day_add(d, -1)) {
		if (!exchange_open_on(x, d))
			continue;
		*out = d;
		return (true);
	}
	return (false);
}

bool
exchange_sessions(const struct exchange *x, instant now, day *newest,
    day *before)
{
	day today = day_add(day_of_instant(now), 1);

	while (moment(x, today, 0).us > now.us)
		today = day_add(today, -1);
	return (exchange_knows(x, today) &&
	    session_back(x, today, newest) &&
	    session_back(x, day_add(*newest, -1), before));
}

/* ---- which one --------------------------------------------------- */

/* What providers call them; the beginning of a name is enough. */
static const struct {
	const char	*begins, *mic;
} called[] = {
	{ "NASDAQ", "XNAS" }, { "NEW YORK", "XNYS" }, { "NYSE ARCA", "ARCX" },
	{ "NYSE", "XNYS" }, { "CBOE", "BATS" }, { "BATS", "BATS" },
	{ "AMEX", "XNYS" }, { "US", "XNYS" },
	{ "LONDON", "XLON" }, { "LSE", "XLON" },
	{ "XETRA", "XETR" }, { "DEUTSCHE", "XETR" }, { "FRANKFURT", "XETR" },
	{ "EURONEXT PARIS", "XPAR" }, { "PARIS", "XPAR" },
	{ "EURONEXT AMSTERDAM", "XAMS" }, { "AMSTERDAM", "XAMS" },
	{ "EURONEXT BRUSSELS", "XBRU" }, { "BRUSSELS", "XBRU" },
	{ "SIX", "XSWX" }, { "SWISS", "XSWX" },
	{ "TORONTO", "XTSE" }, { "TSX", "XTSE" },
	{ "TOKYO", "XTKS" }, { "HONG KONG", "XHKG" }, { "ASX", "XASX" },
	{ "AUSTRALIAN", "XASX" },
};

static const struct exchange *
exchange_by_mic(str mic)
{
	const struct exchange *x;

	for (x = exchanges; x->mic != NULL; x++)
		if (str_eq(mic, str_of(x->mic)))
			return (x);
	return (NULL);
}

static const struct exchange *
exchange_by_name(str name)
{
	size_t i, n;

	for (i = 0; i < sizeof(called) / sizeof(called[0]); i++) {
		n = strlen(called[i].begins);
		if (name.n >= n &&
		    strncasecmp(name.p, called[i].begins, n) == 0)
			return (exchange_by_mic(str_of(called[i].mic)));
	}
	return (NULL);
}

const struct exchange *
exchange_find(str mic, str name, str kind)
{
	const struct exchange *x = NULL;

	if (str_eq(kind, S("crypto")))
		return (exchange_by_mic(S("24/7")));
	if (mic.n > 0)
		x = exchange_by_mic(mic);
	if (x == NULL && name.n > 0)
		x = exchange_by_name(name);
	return (x != NULL ? x : exchange_by_mic(S("24/5")));
}
