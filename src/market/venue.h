/*
 * venue: exchanges, when they trade, and why they do not: rules of the
 * calendar, with the exceptions that were made. Pure; no clock, no zone files.
 * Include market/market.h, not this.
 */
#ifndef BURSAR_MARKET_VENUE_H
#define BURSAR_MARKET_VENUE_H

#include "base/day.h"

struct venue;

struct session {
	day		 day;
	bool		 open;
	bool		 early;		/* it closes earlier than usual */
	const char	*holiday;	/* why it is closed or early; NULL */
	instant		 opens, closes;	/* none when it is closed */
};

/* All of them; NULL after the last. */
const struct venue	*venue_at(size_t i);
/* By its code ("XNYS") or a name it is known by ("NASDAQ"), in any case; NULL:
 * none whose calendar is known. */
const struct venue	*venue_find(str name);
const char	*venue_mic(const struct venue *v);
const char	*venue_name(const struct venue *v);
const char	*venue_zone(const struct venue *v);	/* America/New_York */
/* The first year that its rules are right for. */
int	 venue_since(const struct venue *v);

void	 venue_session(const struct venue *v, day d, struct session *out);
/* The first session that closes after `at`. */
void	 venue_next(const struct venue *v, instant at, struct session *out);

#endif
