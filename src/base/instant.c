/*
 * Moments in UTC, within the years that a day may have, and the two clocks.
 * Leap seconds are not kept: 23:59:60 is the midnight after it, as in
 * PostgreSQL. A text without a zone is refused, since nobody knows when it
 * was.
 */
#include <string.h>
#include <time.h>

#include "base/day.h"
#include "base/digits.h"

#define US_OF_SECOND	INT64_C(1000000)
#define US_OF_MINUTE	(60 * US_OF_SECOND)
#define US_OF_DAY	(24 * 60 * US_OF_MINUTE)

bool
instant_ok(instant t)
{
	return (day_ok(day_of_instant(t)));
}

day
day_of_instant(instant t)
{
	int64_t n = t.us / US_OF_DAY - (t.us % US_OF_DAY < 0);
	day d = { (int32_t)n };

	return (day_ok(d) ? d : DAY_NONE);
}

instant
instant_of_day(day d)
{
	return (day_ok(d) ? (instant){ d.n * US_OF_DAY } : INSTANT_NONE);
}

instant
instant_of_unix(int64_t seconds)
{
	instant t;

	if (__builtin_mul_overflow(seconds, US_OF_SECOND, &t.us) ||
	    !instant_ok(t))
		return (INSTANT_NONE);
	return (t);
}

static int64_t
clock_us(clockid_t which)
{
	struct timespec ts;

	clock_gettime(which, &ts);
	return (ts.tv_sec * US_OF_SECOND + ts.tv_nsec / 1000);
}

instant
instant_now(void)
{
	return ((instant){ clock_us(CLOCK_REALTIME) });
}

day
day_today(void)
{
	return (day_of_instant(instant_now()));
}

int64_t
mono_us(void)
{
	return (clock_us(CLOCK_MONOTONIC));
}

int64_t
mono_ms(void)
{
	return (mono_us() / 1000);
}

/* Two digits off the front of *s, at most `most`; or -1. */
static int
take_two(str *s, int most)
{
	int v;

	if (s->n < 2 || s->p[0] < '0' || s->p[0] > '9' ||
	    s->p[1] < '0' || s->p[1] > '9')
		return (-1);
	v = (s->p[0] - '0') * 10 + (s->p[1] - '0');
	*s = (str){ s->p + 2, s->n - 2 };
	return (v <= most ? v : -1);
}

/* One byte off the front of *s, if it is one of `set`; or 0. */
static char
take_one(str *s, const char *set)
{
	char c;

	if (s->n == 0 || *s->p == '\0' || strchr(set, *s->p) == NULL)
		return (0);
	c = *s->p;
	*s = (str){ s->p + 1, s->n - 1 };
	return (c);
}

/* Microseconds of ".123"; what is finer than one is cut off. */
static bool
take_fraction(str *s, int64_t *us)
{
	int64_t unit = US_OF_SECOND;
	char c;

	*us = 0;
	if (take_one(s, ".") == 0)
		return (true);
	while ((c = take_one(s, "0123456789")) != 0) {
		unit /= 10;
		*us += unit * (c - '0');
	}
	/* unit is as it was when no digit came. */
	return (unit != US_OF_SECOND);
}

/* Z, +HH, +HH:MM or the same with a minus: microseconds east of UTC. */
static bool
take_zone(str *s, int64_t *us)
{
	char sign = take_one(s, "Zz+-");
	int hours, minutes = 0;

	*us = 0;
	if (sign == 'Z' || sign == 'z')
		return (true);
	if (sign == 0 || (hours = take_two(s, 23)) < 0)
		return (false);
	if (take_one(s, ":") != 0 && (minutes = take_two(s, 59)) < 0)
		return (false);
	*us = (hours * 60 + minutes) * US_OF_MINUTE;
	if (sign == '-')
		*us = -*us;
	return (true);
}

bool
instant_parse(str s, instant *out)
{
	int64_t fraction, zone;
	int hour, minute, second;
	instant t;
	day d;

	if (s.n < 10 || !day_parse((str){ s.p, 10 }, &d))
		return (false);
	s = (str){ s.p + 10, s.n - 10 };
	if (take_one(&s, "Tt ") == 0 || (hour = take_two(&s, 23)) < 0 ||
	    take_one(&s, ":") == 0 || (minute = take_two(&s, 59)) < 0 ||
	    take_one(&s, ":") == 0 || (second = take_two(&s, 60)) < 0 ||
	    !take_fraction(&s, &fraction) || !take_zone(&s, &zone) ||
	    s.n != 0)
		return (false);
	t.us = d.n * US_OF_DAY + (hour * 60 + minute) * US_OF_MINUTE +
	    second * US_OF_SECOND + fraction - zone;
	if (!instant_ok(t))
		return (false);
	*out = t;
	return (true);
}

size_t
instant_print(instant t, char out[INSTANT_TEXT_MAX])
{
	day d = day_of_instant(t);
	uint64_t us;
	char *p;

	if (!day_ok(d))
		return (day_print(d, out));
	us = (uint64_t)(t.us - d.n * US_OF_DAY);
	p = out + day_print(d, out);
	*p++ = 'T';
	p = digits_pad(p, us / (60 * US_OF_MINUTE), 2);
	*p++ = ':';
	p = digits_pad(p, us / US_OF_MINUTE % 60, 2);
	*p++ = ':';
	p = digits_pad(p, us / US_OF_SECOND % 60, 2);
	if (us % US_OF_SECOND != 0) {
		*p++ = '.';
		p = digits_pad(p, us % US_OF_SECOND, 6);
	}
	*p++ = 'Z';
	*p = '\0';
	return ((size_t)(p - out));
}
