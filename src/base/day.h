/*
 * day: a calendar day, without hour or zone, as days since 1970-01-01.
 * instant: a moment in UTC, as microseconds since 1970-01-01.
 */
#ifndef BURSAR_BASE_DAY_H
#define BURSAR_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

typedef struct {
	int32_t	n;
} day;

typedef struct {
	int64_t	us;
} instant;

#define DAY_NONE	((day){ INT32_MIN })
#define INSTANT_NONE	((instant){ INT64_MIN })
#define DAY_TEXT_MAX	11	/* YYYY-MM-DD and NUL */
#define INSTANT_TEXT_MAX 28	/* YYYY-MM-DDTHH:MM:SS.ffffffZ and NUL */

day	day_of(int year, int month, int dom);	/* DAY_NONE if no such day */
void	day_civil(day d, int *year, int *month, int *dom);
bool	day_ok(day d);
/* Exactly YYYY-MM-DD, years 0001 to 9999, and a day that exists. */
bool	day_parse(str s, day *out);
/* Terminated; its length. DAY_NONE is "null". */
size_t	day_print(day d, char out[DAY_TEXT_MAX]);
int	day_cmp(day a, day b);
int	day_between(day a, day b);		/* b - a in days */
day	day_add(day d, int days);
int	day_weekday(day d);			/* 0 = Monday .. 6 = Sunday */
/* Same day of the month `months` later, or that month's last day. */
day	day_add_months(day d, int months);
day	day_of_instant(instant t);		/* the UTC day */
day	day_today(void);			/* UTC */

bool	instant_ok(instant t);
instant	instant_now(void);
instant	instant_of_day(day d);			/* 00:00 UTC */
instant	instant_of_unix(int64_t seconds);
/*
 * RFC 3339 with Z or an offset; also PostgreSQL's text in UTC. What is finer
 * than a microsecond is cut off.
 */
bool	instant_parse(str s, instant *out);
/* Ends in Z, with six places or none. INSTANT_NONE is "null". */
size_t	instant_print(instant t, char out[INSTANT_TEXT_MAX]);
/* Milliseconds of a clock that never steps. */
int64_t	mono_ms(void);
int64_t	mono_us(void);

#endif
