/*
 * session: the sessions of a tracked instrument's exchange. Inner header of
 * ingest/.
 */
#ifndef BURSAR_INGEST_SESSION_H
#define BURSAR_INGEST_SESSION_H

#include "market/market.h"

/* For quality_ask.open_on; `tracked` is a struct tracked. */
bool	session_on(const void *tracked, day d);
/* The newest that was over an hour ago: providers need a while. */
day	session_last(const struct tracked *t, instant now);

#endif
