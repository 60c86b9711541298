/*
 * Identities: the numbers an instrument goes by elsewhere. One listing is
 * taken, the one of its own exchange; of several nothing is guessed.
 */
#include "ingest/sweep.h"

#define NOBODY		"nobody knows it"
#define SEVERAL		"several go by this symbol"
#define WEEK_US		(7 * 24 * 3600 * INT64_C(1000000))
#define NAMES_MAX 4

static size_t
name_add(struct identifier *v, size_t n, const char *kind, str value)
{
	if (value.n == 0)
		return (n);
	v[n] = (struct identifier){ str_of(kind), value };
	return (n + 1);
}

/* Names stay. Who has none is asked about again after a week, after a failure
 * of the provider the next time. */
static bool
identity_known(const struct tracked *t)
{
	if (instant_ok(t->wanted_at) || !instant_ok(t->done_at))
		return (false);
	if (t->failures == 0)
		return (true);
	return ((str_eqz(t->last_error, NOBODY) ||
	    str_eqz(t->last_error, SEVERAL)) &&
	    instant_now().us - t->done_at.us < WEEK_US);
}

enum err
identity_take(struct job *j, const struct tracked *t, struct took *out)
{
	const struct identity_ask ask = { S("ticker"), t->symbol, S("US") };
	struct instrument in = { .id = t->instrument_id,
	    .symbol = t->symbol };
	struct identifier names[NAMES_MAX];
	struct feed_source source = { 0 };
	const struct identity *x;
	struct put_count n = { 0 };
	struct list found;
	size_t count = 0;

	if ((out->idle = identity_known(t)))
		return (OK);
	out->answer = feed_identify(j->f, &ask, 1, &found, &source);
	if (out->answer != FEED_OK)
		return (OK);
	if (found.n != 1) {
		out->answer = FEED_NO_DATA;
		out->why = found.n == 0 ? S(NOBODY) : S(SEVERAL);
		return (OK);
	}
	x = found.v;
	count = name_add(names, count, "figi", x->figi);
	count = name_add(names, count, "composite_figi", x->composite_figi);
	count = name_add(names, count, "share_class_figi",
	    x->share_class_figi);
	count = name_add(names, count, "name", x->name);
	TRY(market_identity_put(j->f, &in, names, count,
	    str_of(source.provider), &n));
	out->added = n.added;
	return (OK);
}
