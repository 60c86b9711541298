/*
 * The simulated exchange's calendar: weekdays without the holidays that the
 * exchanges in New York keep by rule. Closures without a rule (mourning,
 * storms) and short days are left out.
 */
#include "feed/sim.h"

/* Easter Sunday by the anonymous Gregorian computus (Meeus, chapter 8). */
static day
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return (day_of(year, n / 31, n % 31 + 1));
}

/* Is `dom` in the n-th week of its month? 5: the month's last. */
static bool
nth_week(day d, int dom, int n)
{
	int year, month, later;

	if (n < 5)
		return ((dom - 1) / 7 + 1 == n);
	day_civil(day_add(d, 7), &year, &month, &later);
	return (later < dom);
}

/* A fixed day, kept on Friday when a Saturday, on Monday when a Sunday. */
static bool
kept_on(day d, int year, int month, int dom)
{
	day fixed = day_of(year, month, dom);
	int weekday = day_weekday(fixed);
	int shift = weekday == 5 ? -1 : weekday == 6 ? 1 : 0;

	return (day_cmp(d, day_add(fixed, shift)) == 0);
}

static const struct {
	int month, weekday, week;
} moving[] = {
	{ 1, 0, 3 },  /* Martin Luther King Jr. Day */
	{ 2, 0, 3 },  /* Washington's Birthday */
	{ 5, 0, 5 },  /* Memorial Day */
	{ 9, 0, 1 },  /* Labor Day */
	{ 11, 3, 4 }, /* Thanksgiving Day */
};

bool
sim_open_on(day d)
{
	int year, month, dom, weekday = day_weekday(d);

	if (weekday > 4)
		return (false);
	day_civil(d, &year, &month, &dom);
	for (size_t i = 0; i < sizeof(moving) / sizeof(moving[0]); i++)
		if (month == moving[i].month && weekday == moving[i].weekday &&
		    nth_week(d, dom, moving[i].week))
			return (false);
	/* New Year's Day on a Saturday is not made up for in the old year. */
	if (month == 1 && kept_on(d, year, 1, 1))
		return (false);
	if (day_between(d, easter(year)) == 2)
		return (false);
	if (year >= 2022 && kept_on(d, year, 6, 19))
		return (false);
	return (!kept_on(d, year, 7, 4) && !kept_on(d, year, 12, 25));
}

/* Weekdays but those on which the euro's payments rest. */
bool
sim_fixed_on(day d)
{
	int year, month, dom, from_easter;

	if (day_weekday(d) > 4)
		return (false);
	day_civil(d, &year, &month, &dom);
	from_easter = (int)day_between(easter(year), d);
	if (from_easter == -2 || from_easter == 1)
		return (false);
	return (!(month == 1 && dom == 1) && !(month == 5 && dom == 1) &&
	    !(month == 12 && (dom == 25 || dom == 26)));
}
