/*
 * provider: what feed.c and the providers share inside this room.
 */
#ifndef BURSAR_FEED_PROVIDER_H
#define BURSAR_FEED_PROVIDER_H

#include "feed/feed.h"

extern const struct feed feed_simulated;

#endif
