/*
 * exchange: on which days an exchange trades, and from when to when. Pure:
 * rules and dates, no file and no zone database. Include market/market.h,
 * not this.
 */
#ifndef BURSAR_MARKET_EXCHANGE_H
#define BURSAR_MARKET_EXCHANGE_H

#include "base/day.h"
#include "base/str.h"

enum hours { HOURS_NONE, HOURS_HALF, HOURS_FULL };

struct exchange_rule;

struct exchange {
	const char	*mic;		/* ISO 10383 */
	const char	*name;
	const char	*currency;
	const char	*zone;		/* IANA, for people */
	int		 utc_minutes;	/* in winter */
	enum { SUMMER_NONE, SUMMER_US, SUMMER_EU, SUMMER_AU } summer;
	int		 opens, closes, closes_early;	/* minutes of the
							   local day */
	const struct exchange_rule *rules;
	/* Single days, "YYYY-MM-DD", that no rule explains; end with NULL. */
	const char *const *closed;
	bool		 every_day;	/* weekends too: crypto */
	/* Holidays are not known: weekdays all count as sessions. */
	bool		 weekdays_only;
	int		 known_from, known_to;	/* years; outside of them as
						   weekdays_only; 0: all */
};

/* All of them; the last has a NULL mic. */
extern const struct exchange exchanges[];

/*
 * By MIC, by what providers call it ("NASDAQ NMS - GLOBAL MARKET", "NYSE",
 * "LSE"), or by the instrument's kind: crypto trades every day, currencies on
 * weekdays. An exchange that is not known trades on weekdays.
 */
const struct exchange *exchange_find(str mic, str name, str kind);

/* Whether its holidays are known in the year of a day. */
bool	exchange_knows(const struct exchange *x, day d);
/* Whether it trades on a day, and for how long. */
enum hours exchange_hours(const struct exchange *x, day d);
bool	exchange_open_on(const struct exchange *x, day d);
/* First and last moment of a session; false when there is none that day. */
bool	exchange_session(const struct exchange *x, day d, instant *from,
	    instant *to);
/* The newest session that was over `settle_minutes` before `now`. */
day	exchange_last_session(const struct exchange *x, instant now,
	    int settle_minutes);
/*
 * The newest session whose day has begun there, and the one before it. False
 * where its holidays are not known.
 */
bool	exchange_sessions(const struct exchange *x, instant now, day *newest,
	    day *before);
/* Why it is closed or closes early; NULL: a weekend, or a whole session. */
const char *exchange_holiday(const struct exchange *x, day d);

#endif
