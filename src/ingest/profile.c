/*
 * Profiles: a company's name, exchange, size. Asked for again after a week.
 */
#include "ingest/sweep.h"

#define FRESH_US (7 * 24 * 3600 * INT64_C(1000000))

static bool
fresh(const struct tracked *t)
{
	return (!instant_ok(t->wanted_at) && instant_ok(t->done_at) &&
	    t->failures == 0 && instant_now().us - t->done_at.us < FRESH_US);
}

enum err
profile_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct instrument in;
	struct profile p;

	if ((out->idle = fresh(t)))
		return (OK);
	/* What is made up is not told of what is real. */
	if (feed_current()->simulated) {
		out->answer = FEED_NOBODY;
		return (OK);
	}
	out->answer = feed_profile(j->f, t->symbol, &p);
	if (out->answer != FEED_OK)
		return (OK);
	out->corrected = 1;
	return (market_profile_put(j->f, t->symbol, &p, &in));
}
