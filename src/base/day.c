/*
 * Calendar days of the proleptic Gregorian calendar, years 1 to 9999, which
 * is what four digits of a year can say. Whatever leaves that range is
 * DAY_NONE. No time zone is known here: a day is what the caller says it is.
 */
#include <assert.h>
#include <string.h>

#include "base/day.h"
#include "base/digits.h"

#define DAY_FIRST	(-719162)	/* 0001-01-01 */
#define DAY_LAST	2932896		/* 9999-12-31 */

#define DAYS_OF_400	146097
#define DAYS_OF_100	36524
#define DAYS_OF_4	1461
#define DAYS_OF_1	365

/* Days of a common year before each month. */
static const int16_t before[13] = {
	0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365,
};

static bool
is_leap(int year)
{
	return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

static int
month_days(int year, int month)
{
	return (before[month] - before[month - 1] +
	    (month == 2 && is_leap(year)));
}

day
day_of(int year, int month, int dom)
{
	int past;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || dom < 1 ||
	    dom > month_days(year, month))
		return (DAY_NONE);
	past = year - 1;
	return ((day){ DAY_FIRST + past * DAYS_OF_1 + past / 4 - past / 100 +
	    past / 400 + before[month - 1] + (month > 2 && is_leap(year)) +
	    dom - 1 });
}

/* How many times `unit` is in *n, at most three; *n keeps the rest. */
static int
take(int *n, int unit)
{
	int times = *n / unit;

	/* The last year of a cycle that ends in a leap year is a day longer. */
	if (times > 3)
		times = 3;
	*n -= times * unit;
	return (times);
}

void
day_civil(day d, int *year, int *month, int *dom)
{
	int n = d.n - DAY_FIRST, y, m, leap;

	assert(day_ok(d));
	y = 1 + 400 * (n / DAYS_OF_400);
	n %= DAYS_OF_400;
	y += 100 * take(&n, DAYS_OF_100);
	y += 4 * (n / DAYS_OF_4);
	n %= DAYS_OF_4;
	y += take(&n, DAYS_OF_1);
	leap = is_leap(y);
	/* A month has at most 31 days, so this is right or one too small. */
	m = n / 31 + 1;
	if (n >= before[m] + (m >= 2 && leap))
		m++;
	*year = y;
	*month = m;
	*dom = n - before[m - 1] - (m > 2 && leap) + 1;
}

bool
day_ok(day d)
{
	return (d.n >= DAY_FIRST && d.n <= DAY_LAST);
}

/* The number that all bytes of `s` are the digits of, or -1. */
static int
number_of(const char *p, int n)
{
	int i, v = 0;

	for (i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return (-1);
		v = v * 10 + (p[i] - '0');
	}
	return (v);
}

bool
day_parse(str s, day *out)
{
	day d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return (false);
	d = day_of(number_of(s.p, 4), number_of(s.p + 5, 2),
	    number_of(s.p + 8, 2));
	if (!day_ok(d))
		return (false);
	*out = d;
	return (true);
}

size_t
day_print(day d, char out[DAY_TEXT_MAX])
{
	int year, month, dom;

	if (!day_ok(d)) {
		memcpy(out, "null", 5);
		return (4);
	}
	day_civil(d, &year, &month, &dom);
	digits_pad(out, (uint64_t)year, 4);
	out[4] = '-';
	digits_pad(out + 5, (uint64_t)month, 2);
	out[7] = '-';
	digits_pad(out + 8, (uint64_t)dom, 2);
	out[10] = '\0';
	return (10);
}

int
day_cmp(day a, day b)
{
	return ((a.n > b.n) - (a.n < b.n));
}

int
day_between(day a, day b)
{
	assert(day_ok(a) && day_ok(b));
	return (b.n - a.n);
}

day
day_add(day d, int days)
{
	day sum;

	if (!day_ok(d) || __builtin_add_overflow(d.n, days, &sum.n) ||
	    !day_ok(sum))
		return (DAY_NONE);
	return (sum);
}

int
day_weekday(day d)
{
	assert(day_ok(d));
	/* 0001-01-01 was a Monday. */
	return ((d.n - DAY_FIRST) % 7);
}

day
day_add_months(day d, int months)
{
	int year, month, dom, last;
	int64_t n;

	if (!day_ok(d))
		return (DAY_NONE);
	day_civil(d, &year, &month, &dom);
	n = (int64_t)year * 12 + month - 1 + months;
	if (n < 12 || n >= 10000 * 12)
		return (DAY_NONE);
	year = (int)(n / 12);
	month = (int)(n % 12) + 1;
	last = month_days(year, month);
	return (day_of(year, month, dom < last ? dom : last));
}
