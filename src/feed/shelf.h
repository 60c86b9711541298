/*
 * shelf: values that cost a call, kept in this process and in Redis. However
 * many flows and processes want one at once, one call is made; when it gives
 * nothing the last good value is still there. Inner header of feed/.
 */
#ifndef BURSAR_FEED_SHELF_H
#define BURSAR_FEED_SHELF_H

#include "feed/feed.h"

struct shelf {
	const char *kind; /* in keys: feed:<provider>:<kind>:.. */
	int64_t near_ms;  /* served from this process's memory */
	int64_t fresh_ms; /* served from Redis */
	int64_t last_ms;  /* how long a last good value is kept */
	/* Ask the provider; on FEED_OK `*text` is what to keep. */
	enum feed_answer (*fetch)(struct flow *f, str about, str *text);
	/* What came from Redis: is it such a text? */
	bool (*good)(struct flow *f, str text);
};

/*
 * FEED_OK: `*text` is the flow's copy; `*stale` when the provider failed and
 * this is the last good one. FEED_UNKNOWN_SYMBOL is kept as a value is.
 */
enum feed_answer shelf_get(
    struct flow *f, const struct shelf *s, str about, str *text, bool *stale);
/* Forget what this process keeps. */
void shelf_clear(void);
/* Calls under way in this process. */
size_t shelf_flights(void);

#endif
