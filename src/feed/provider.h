/*
 * provider: the providers there are, for feed.c. Inner header of feed/.
 */
#ifndef BURSAR_FEED_PROVIDER_H
#define BURSAR_FEED_PROVIDER_H

#include "feed/feed.h"

extern const struct feed feed_finnhub;

/* Forget refusals and failures: another key, another try. */
void finnhub_forget(void);

#endif
