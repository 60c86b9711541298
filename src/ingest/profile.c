/*
 * Profiles: a company's name, exchange, size. Asked for again after a week.
 */
#include "ingest/sweep.h"

enum err
profile_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct instrument in;
	struct profile p;

	if ((out->idle = track_fresh(t)))
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
