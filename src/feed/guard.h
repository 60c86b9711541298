/*
 * guard: whether a provider may be called now with a certain key: its
 * breaker (five failures in a row), what it refused, and its budgets, which
 * are one for all processes. Inner header of feed/.
 */
#ifndef BURSAR_FEED_GUARD_H
#define BURSAR_FEED_GUARD_H

#include "feed/feed.h"

#define GUARD_FAILURES_MAX 5
#define GUARD_WAIT_MS_MIN  INT64_C(5000) /* doubling */
#define GUARD_WAIT_MS_MAX  INT64_C(60000)
#define GUARD_NAME_MAX     64

/* Calls allowed; 0 is no limit. Seconds and minutes begin with their first
 * call, days and months are UTC's. */
struct limits {
	int64_t second, minute, day, month;
};

/* Of this process alone, while there is no Redis. */
struct share {
	int64_t began_ms;
	int64_t count;
};

struct guard {
	/* In keys and rows: the provider's name, or with a fingerprint of
	 * the key: "finnhub:k:0123456789abcdef". */
	char name[GUARD_NAME_MAX];
	struct limits limits;
	struct share second, minute;
	/* The provider's own; NULL: this is it. Who is down is down for all. */
	struct guard *breaker;
	unsigned failures; /* in a row */
	unsigned opened;   /* times in a row */
	int64_t closed_until_ms;
	struct {
		int64_t until_ms;
		enum feed_answer why;
	} refused[FEED_NEEDS];
	/* For whoever asks how it is. */
	instant succeeded_at, failed_at;
	enum feed_answer failure;
	int64_t told_ms; /* when that was last written down */
};

/*
 * FEED_OK: make the call and tell guard_note() how it went. Else the answer
 * to give: what was refused before, FEED_RATE_LIMITED, FEED_UPSTREAM,
 * FEED_LEFT.
 */
enum feed_answer guard_admit(
    struct flow *f, struct guard *g, enum feed_need need);
/* Learn from an answer what to ask in future. */
void guard_note(struct guard *g, enum feed_need need, enum feed_answer a);
/* No calls at all for so long. */
void guard_pause(struct guard *g, int64_t ms, enum feed_answer why);
/* The breaker holds back calls now. */
bool guard_open(const struct guard *g);

#endif
