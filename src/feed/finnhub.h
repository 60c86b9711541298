/*
 * finnhub: what its answers mean. Pure functions, apart from the provider so
 * that tests can hand them anything. Inner header of feed/.
 */
#ifndef BURSAR_FEED_FINNHUB_H
#define BURSAR_FEED_FINNHUB_H

#include "feed/outbound.h"
#include "feed/provider.h"

/* Strings of the results are the arena's. `now` is for ages and to refuse
 * quotes from the future. */
enum feed_answer finnhub_read_quote(struct arena *a,
    const struct outbound_reply *r, str symbol, instant now, struct quote *out);
enum feed_answer finnhub_read_profile(struct arena *a,
    const struct outbound_reply *r, str symbol, struct profile *out);
enum feed_answer finnhub_read_search(
    struct arena *a, const struct outbound_reply *r, struct list *out);

#endif
