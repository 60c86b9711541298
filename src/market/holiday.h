/*
 * holiday: the days on which an exchange is closed, or closes early, as rules
 * of the calendar. Pure. Inner header of market/.
 */
#ifndef BURSAR_MARKET_HOLIDAY_H
#define BURSAR_MARKET_HOLIDAY_H

#include "base/day.h"

enum rule_kind {
	RULE_FIXED,	/* month, day of the month */
	RULE_NTH,	/* month, weekday, n-th: 1.., -1 the last */
	RULE_EASTER,	/* `n` days after Easter Sunday */
	RULE_SPRING, RULE_AUTUMN,	/* the equinox in Japan */
	RULE_BEFORE,	/* the last weekday before month, day; month 13 is
			   January of the next year */
	RULE_MONDAY	/* the last Monday before month, day */
};

/* What happens when it falls on a weekend. */
enum rule_moved {
	MOVED_NOT,
	MOVED_NEAREST,	/* Saturday's to Friday, Sunday's to Monday */
	MOVED_SUNDAY,	/* Sunday's alone, to Monday */
	MOVED_NEXT,	/* to the next weekday that is none yet */
	MOVED_JAPAN	/* Sunday's to the next day that is none yet */
};

struct rule {
	enum rule_kind	 kind;
	int		 month, n, weekday;
	int		 since, until;		/* years; until 0: for good */
	enum rule_moved	 moved;
	const char	*name;			/* NULL ends a list */
};

#define HOLIDAYS_MAX	40	/* of a year */

struct holiday {
	day		 day;
	const char	*name;
};

day	easter_sunday(int year);
/* A list's days in a year, weekends resolved; how many. */
size_t	holidays_of(const struct rule *rules, int year,
	    struct holiday out[HOLIDAYS_MAX]);

#endif
