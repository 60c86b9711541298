/*
 * guard: whether a provider may be called now: its breaker (five failures in
 * a row) and its budgets, which are one for all processes. Inner header of
 * feed/.
 */
#ifndef BURSAR_FEED_GUARD_H
#define BURSAR_FEED_GUARD_H

#include "feed/feed.h"

#define GUARD_FAILURES_MAX 5
#define GUARD_WAIT_MS_MIN  INT64_C(5000) /* doubling */
#define GUARD_WAIT_MS_MAX  INT64_C(60000)
#define GUARD_BUDGETS      2

struct budget {
	int64_t limit;
	int64_t window_ms;
	/* This process alone, while there is no Redis. */
	int64_t began_ms;
	int64_t count;
};

struct guard {
	const char *name; /* the provider */
	struct budget budgets[GUARD_BUDGETS];
	unsigned failures; /* in a row */
	unsigned opened;   /* times in a row */
	int64_t closed_until_ms;
};

/*
 * FEED_OK: make the call and tell guard_note() how it went. Else the answer
 * to give: FEED_RATE_LIMITED, FEED_UPSTREAM, FEED_LEFT.
 */
enum feed_answer guard_admit(struct flow *f, struct guard *g);
void guard_note(struct guard *g, enum feed_answer a);

#endif
