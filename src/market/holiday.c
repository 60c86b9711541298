/*
 * Rules to days. A list's rules are applied in order, so that what is moved
 * finds those before it in their places.
 */
#include "market/holiday.h"

#define SATURDAY	5
#define SUNDAY		6

/* Of the Gregorian calendar (Meeus, Jones and Butcher). */
day
easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;

	return (day_of(year, (h + l - 7 * m + 114) / 31,
	    (h + l - 7 * m + 114) % 31 + 1));
}

/* The sun's, as Japan's calendars give them for 1980 to 2099. */
static int
equinox(int year, double base)
{
	return ((int)(base + 0.242194 * (year - 1980) - (year - 1980) / 4));
}

static day
nth_weekday(int year, int month, int weekday, int n)
{
	day d = day_of(year, month, 1);

	if (n < 0) {
		d = day_add(day_add_months(d, 1), -1);
		return (day_add(d, -((day_weekday(d) - weekday + 7) % 7)));
	}
	return (day_add(d, (weekday - day_weekday(d) + 7) % 7 + 7 * (n - 1)));
}

static day
weekday_before(int year, int month, int dom)
{
	day d = month > 12 ? day_of(year + 1, 1, dom) :
	    day_of(year, month, dom);

	do
		d = day_add(d, -1);
	while (day_weekday(d) >= SATURDAY);
	return (d);
}

static day
monday_before(day d)
{
	d = day_add(d, -1);
	return (day_add(d, -day_weekday(d)));
}

static day
rule_day(const struct rule *r, int year)
{
	switch (r->kind) {
	case RULE_FIXED:
		return (day_of(year, r->month, r->n));
	case RULE_NTH:
		return (nth_weekday(year, r->month, r->weekday, r->n));
	case RULE_EASTER:
		return (day_add(easter_sunday(year), r->n));
	case RULE_SPRING:
		return (day_of(year, 3, equinox(year, 20.8431)));
	case RULE_AUTUMN:
		return (day_of(year, 9, equinox(year, 23.2488)));
	case RULE_BEFORE:
		return (weekday_before(year, r->month, r->n));
	case RULE_MONDAY:
		return (monday_before(day_of(year, r->month, r->n)));
	}
	return (DAY_NONE);
}

static bool
taken(const struct holiday *v, size_t n, day d)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (day_cmp(v[i].day, d) == 0)
			return (true);
	return (false);
}

/* Does another rule of the list fall on that day? */
static bool
ruled(const struct rule *rules, int year, day d)
{
	const struct rule *r;

	for (r = rules; r->name != NULL; r++)
		if (year >= r->since && (r->until == 0 || year <= r->until) &&
		    day_cmp(rule_day(r, year), d) == 0)
			return (true);
	return (false);
}

static day
rule_moved(const struct rule *rules, const struct rule *r, int year, day d,
    const struct holiday *v, size_t n)
{
	int weekday = day_weekday(d);

	if (weekday < SATURDAY)
		return (d);
	switch (r->moved) {
	case MOVED_NOT:
		return (d);
	case MOVED_NEAREST:
		return (day_add(d, weekday == SATURDAY ? -1 : 1));
	case MOVED_SUNDAY:
		return (day_add(d, weekday == SUNDAY));
	case MOVED_NEXT:
		break;
	case MOVED_JAPAN:
		if (weekday == SATURDAY)
			return (d);
		break;
	}
	do
		d = day_add(d, 1);
	while ((r->moved == MOVED_NEXT && day_weekday(d) >= SATURDAY) ||
	    taken(v, n, d) || ruled(rules, year, d));
	return (d);
}

/* Japan: a day between two holidays is one. */
static size_t
sandwiches_add(struct holiday *v, size_t n)
{
	size_t i, most = n;
	day d;

	for (i = 0; i < most && n < HOLIDAYS_MAX; i++) {
		d = day_add(v[i].day, 1);
		if (!taken(v, n, d) && taken(v, most, day_add(d, 1)) &&
		    day_weekday(d) < SATURDAY)
			v[n++] = (struct holiday){ d, "Citizens' holiday" };
	}
	return (n);
}

size_t
holidays_of(const struct rule *rules, int year,
    struct holiday out[HOLIDAYS_MAX])
{
	const struct rule *r;
	bool japan = false;
	size_t n = 0;
	day d;

	for (r = rules; r->name != NULL && n < HOLIDAYS_MAX; r++) {
		if (year < r->since || (r->until != 0 && year > r->until))
			continue;
		japan = japan || r->moved == MOVED_JAPAN;
		d = rule_moved(rules, r, year, rule_day(r, year), out, n);
		out[n++] = (struct holiday){ d, r->name };
	}
	return (japan ? sandwiches_add(out, n) : n);
}
