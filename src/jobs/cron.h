/*
 * cron: the five fields of a crontab, in a time zone. Minute, hour, day of
 * the month, month, day of the week (0 and 7 are Sunday); each a star, a
 * number, a name (jan..dec, sun..sat), a range, any of these with a step,
 * or a list; or @hourly, @daily, @weekly, @monthly, @yearly. Where both days
 * are given, one of them is enough.
 *
 * When clocks change: a schedule that names its hours follows the clock on
 * the wall. A time that does not exist is at the moment the clock jumps over
 * it, once; a time that happens twice is at the first. A schedule for every
 * hour follows real hours, so each of the two is one.
 */
#ifndef BURSAR_JOBS_CRON_H
#define BURSAR_JOBS_CRON_H

#include "base/day.h"
#include "jobs/zone.h"

struct cron {
	uint64_t	minutes;
	uint32_t	hours, days, months, weekdays;	/* bits */
	bool		any_day, any_weekday;
	bool		real;		/* every hour */
};

/* NULL, or what is wrong with it, for people. */
const char *cron_read(str text, struct cron *out);
/* The first time after `t`; INSTANT_NONE: not within nine years. */
instant	cron_next(const struct cron *c, const struct zone *z, instant t);
/* The last time at or before `t`; INSTANT_NONE: not within nine years. */
instant	cron_last(const struct cron *c, const struct zone *z, instant t);

#endif
