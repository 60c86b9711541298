/*
 * recent: quotes this process has just read, for as long as a tick takes, so
 * that many who ask for the same price at once cost one look. Inner header
 * of market/.
 */
#ifndef BURSAR_MARKET_RECENT_H
#define BURSAR_MARKET_RECENT_H

#include "market/market.h"

/* A quote of at most RECENT_MS ago, its texts in `a`; false: none. */
bool	recent_get(struct arena *a, str symbol, struct quote *out);
void	recent_put(const struct quote *q);

#endif
