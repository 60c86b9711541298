/*
 * Sessions of a tracked instrument, by the exchange that it says it is on.
 */
#include "ingest/session.h"

#define SETTLE_MINUTES 60

static const struct exchange *
exchange_of(const struct tracked *t)
{
	return (exchange_find(t->mic, t->exchange, t->kind));
}

bool
session_on(const void *tracked, day d)
{
	return (exchange_open_on(exchange_of(tracked), d));
}

day
session_last(const struct tracked *t, instant now)
{
	return (exchange_last_session(exchange_of(t), now, SETTLE_MINUTES));
}
