/*
 * session: the sessions of a tracked instrument's exchange. Inner header of
 * ingest/.
 */
#ifndef BURSAR_INGEST_SESSION_H
#define BURSAR_INGEST_SESSION_H

#include "market/market.h"

/* For quality_ask.open_on; `tracked` is a struct tracked. */
bool	session_on(const void *tracked, day d);
/* For .known_on: where its exchange's holidays are not, weekdays count. */
bool	session_known(const void *tracked, day d);
/* The newest that was over an hour ago: providers need a while. */
day	session_last(const struct tracked *t, instant now);

const struct exchange *session_exchange(const struct tracked *t);
/*
 * The first moment of the newest bar of so many minutes that is over: of a
 * session, or all day long where trading never ends.
 */
instant	session_bar_last(const struct tracked *t, int minutes, instant now);

#endif
