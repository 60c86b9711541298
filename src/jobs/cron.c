/*
 * Crontab lines to moments. Everything is whole minutes.
 */
#include <string.h>

#include "jobs/cron.h"

#define MINUTE_S	60
#define HOUR_S		3600
#define DAY_S		INT64_C(86400)
#define DAYS_MOST	(9 * 366)	/* 29 February, past 2100 */

/* ---- reading --------------------------------------------------- */

static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
    "jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu",
    "fri", "sat", NULL };

static const struct unit {
	int			 low, high;
	const char *const	*names;
	const char		*wrong;
} units[] = {
	{ 0, 59, NULL, "the minute must be 0 to 59" },
	{ 0, 23, NULL, "the hour must be 0 to 23" },
	{ 1, 31, NULL, "the day of the month must be 1 to 31" },
	{ 1, 12, months, "the month must be 1 to 12 or jan to dec" },
	{ 0, 7, weekdays, "the day of the week must be 0 to 7 or sun to sat" },
};

static bool
number_read(const struct unit *u, str s, int *out)
{
	int64_t n;
	int i;

	for (i = 0; u->names != NULL && u->names[i] != NULL; i++)
		if (str_eq_nocase(s, str_of(u->names[i]))) {
			*out = i + u->low;
			return (true);
		}
	if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9' || !str_long(s, &n) ||
	    n < u->low || n > u->high)
		return (false);
	*out = (int)n;
	return (true);
}

/* One of a list: "*", "5", "1-5", each with "/2"; "5/2" goes to the end. */
static bool
part_read(const struct unit *u, str part, uint64_t *bits)
{
	str step = part, range, first;
	int64_t by = 1;
	int low = u->low, high = u->high;

	if (!str_cut(&step, '/', &range) ||
	    (step.p != NULL && (!str_long(step, &by) || by < 1 ||
	    by > u->high)))
		return (false);
	if (!str_eqz(range, "*")) {
		if (!str_cut(&range, '-', &first) ||
		    !number_read(u, first, &low))
			return (false);
		if (range.p != NULL) {
			if (!number_read(u, range, &high) || high < low)
				return (false);
		} else if (step.p == NULL)
			high = low;
	}
	for (; low <= high; low += (int)by)
		*bits |= UINT64_C(1) << low;
	return (true);
}

static bool
unit_read(const struct unit *u, str text, uint64_t *bits)
{
	str part;

	*bits = 0;
	if (text.n == 0 || text.p[text.n - 1] == ',')
		return (false);
	while (str_cut(&text, ',', &part))
		if (!part_read(u, part, bits))
			return (false);
	return (true);
}

static str
alias(str text)
{
	static const struct {
		const char	*name, *text;
	} aliases[] = {
		{ "@hourly", "0 * * * *" }, { "@daily", "0 0 * * *" },
		{ "@midnight", "0 0 * * *" }, { "@weekly", "0 0 * * 0" },
		{ "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
		{ "@annually", "0 0 1 1 *" },
	};
	size_t i;

	for (i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (str_eqz(text, aliases[i].name))
			return (str_of(aliases[i].text));
	return (text);
}

/* The next word; spaces and tabs lie between. */
static str
word(str *rest)
{
	str w = str_trim(*rest);
	size_t n;

	for (n = 0; n < w.n && w.p[n] != ' ' && w.p[n] != '\t'; n++)
		;
	*rest = (str){ w.p + n, w.n - n };
	return ((str){ w.p, n });
}

const char *
cron_read(str text, struct cron *out)
{
	uint64_t bits[5];
	str rest, w;
	int i;

	memset(out, 0, sizeof(*out));
	rest = alias(str_trim(text));
	for (i = 0; i < 5; i++) {
		if ((w = word(&rest)).n == 0)
			return ("five fields, or @daily and the like");
		if (!unit_read(&units[i], w, &bits[i]))
			return (units[i].wrong);
		if (i == 2)
			out->any_day = w.p[0] == '*';
		if (i == 4)
			out->any_weekday = w.p[0] == '*';
	}
	if (str_trim(rest).n > 0)
		return ("five fields, or @daily and the like");
	out->minutes = bits[0];
	out->hours = (uint32_t)bits[1];
	out->days = (uint32_t)bits[2];
	out->months = (uint32_t)bits[3];
	out->weekdays = (uint32_t)((bits[4] | bits[4] >> 7) & 0x7f);
	out->real = out->hours == (1u << 24) - 1;
	if (!instant_ok(cron_next(out, zone_find(S("UTC")),
	    instant_of_day(day_of(2000, 1, 1)))))
		return ("there is no such day");
	return (NULL);
}

/* ---- days ------------------------------------------------------ */

static bool
day_match(const struct cron *c, day d)
{
	int y, m, n;
	bool of_month, of_week;

	day_civil(d, &y, &m, &n);
	if (!(c->months >> m & 1))
		return (false);
	of_month = c->days >> n & 1;
	/* day_weekday counts from Monday. */
	of_week = c->weekdays >> ((day_weekday(d) + 1) % 7) & 1;
	if (c->any_day || c->any_weekday)
		return (of_month && of_week);
	return (of_month || of_week);
}

static day
local_day(int64_t local)
{
	return ((day){ (int32_t)((local - (local < 0 ? DAY_S - 1 : 0)) /
	    DAY_S) });
}

/* The first time of this day, by the clock on the wall, after `t`. */
static bool
day_first(const struct cron *c, const struct zone *z, day d, int64_t t,
    int64_t *out)
{
	int h, m;

	for (h = 0; h < 24; h++) {
		if (!(c->hours >> h & 1))
			continue;
		for (m = 0; m < 60; m++) {
			if (!(c->minutes >> m & 1))
				continue;
			*out = zone_moment(z, d.n * DAY_S + h * HOUR_S +
			    m * MINUTE_S);
			if (*out > t)
				return (true);
		}
	}
	return (false);
}

static int64_t
next_by_wall(const struct cron *c, const struct zone *z, int64_t t)
{
	int64_t until, out;
	day d;
	int i;

	/* A day that is jumped over whole may be due yesterday. */
	d = day_add(local_day(t + zone_offset(z, t, &until)), -1);
	for (i = 0; i < DAYS_MOST && day_ok(d); i++, d = day_add(d, 1))
		if (day_match(c, d) && day_first(c, z, d, t, &out))
			return (out);
	return (INT64_MIN);
}

/* ---- every hour ------------------------------------------------ */

/* The first time that the wall clock can show at or after `local`, if its
 * offset never changed. */
static int64_t
local_first(const struct cron *c, int64_t local)
{
	int64_t hour, in_day;
	day d;
	int i, m;

	local += (MINUTE_S - local % MINUTE_S) % MINUTE_S;
	d = local_day(local);
	for (i = 0; i < DAYS_MOST; i++, d = day_add(d, 1)) {
		if (!day_ok(d) || !day_match(c, d))
			continue;
		in_day = i == 0 ? local - d.n * DAY_S : 0;
		for (hour = in_day / HOUR_S; hour < 24; hour++)
			for (m = 0; m < 60; m++)
				if (c->minutes >> m & 1 && hour * HOUR_S +
				    m * MINUTE_S >= in_day)
					return (d.n * DAY_S + hour * HOUR_S +
					    m * MINUTE_S);
	}
	return (INT64_MIN);
}

/* Stretch by stretch of one offset. */
static int64_t
next_by_hours(const struct cron *c, const struct zone *z, int64_t t)
{
	int64_t at = t + 1, until, offset, local;

	while (at - t < DAYS_MOST * DAY_S) {
		offset = zone_offset(z, at, &until);
		local = local_first(c, at + offset);
		if (local == INT64_MIN)
			break;
		if (local - offset < until)
			return (local - offset);
		at = until;
	}
	return (INT64_MIN);
}

/* ---- asking ---------------------------------------------------- */

static int64_t
seconds_of(instant t)
{
	return (t.us / 1000000 - (t.us % 1000000 < 0));
}

static int64_t
next_s(const struct cron *c, const struct zone *z, int64_t t)
{
	return (c->real ? next_by_hours(c, z, t) : next_by_wall(c, z, t));
}

instant
cron_next(const struct cron *c, const struct zone *z, instant t)
{
	int64_t s = next_s(c, z, seconds_of(t));

	return (s == INT64_MIN ? INSTANT_NONE : instant_of_unix(s));
}

/* From not so long ago to longer ago, so that few are stepped over. */
instant
cron_last(const struct cron *c, const struct zone *z, instant t)
{
	static const int64_t spans[] = { HOUR_S, DAY_S, 32 * DAY_S,
	    366 * DAY_S, DAYS_MOST * DAY_S };
	int64_t now = seconds_of(t), s, last;
	size_t i;

	for (i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		last = INT64_MIN;
		s = now - spans[i];
		while ((s = next_s(c, z, s)) != INT64_MIN && s <= now)
			last = s;
		if (last != INT64_MIN)
			return (instant_of_unix(last));
	}
	return (INSTANT_NONE);
}
