/*
 * tick: how quotes travel between processes and to live streams. A message
 * is a JSON array of flat objects, each begun the same way, so that who
 * passes quotes on can take it apart without reading JSON. Pure. Inner
 * header of market/.
 */
#ifndef BURSAR_MARKET_TICK_H
#define BURSAR_MARKET_TICK_H

#include "feed/feed.h"

struct tick {
	str	symbol;
	str	price;		/* as text */
	str	json;		/* the object */
};

/* The message of n quotes. */
str	tick_message(struct arena *a, const struct quote *q, size_t n);
/* The publication's number and the one before it, which stand in front, off
 * `*message`; false when there are none. */
bool	tick_number(str *message, uint64_t *seq, uint64_t *before);
/* The next quote off `*rest`; false at the end and on what is none. */
bool	tick_next(str *rest, struct tick *out);

#endif
