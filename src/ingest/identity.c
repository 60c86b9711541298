/*
 * Identities: the numbers an instrument goes by elsewhere. One listing is
 * taken, the one of its own exchange; of several nothing is guessed.
 */
#include "ingest/sweep.h"

#define NAMES_MAX 4

static size_t
name_add(struct identifier *v, size_t n, const char *kind, str value)
{
	if (value.n == 0)
		return (n);
	v[n] = (struct identifier){ str_of(kind), value };
	return (n + 1);
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

	if ((out->idle = !instant_ok(t->wanted_at) && instant_ok(t->done_at)))
		return (OK);
	out->answer = feed_identify(j->f, &ask, 1, &found, &source);
	if (out->answer != FEED_OK)
		return (OK);
	if (found.n != 1) {
		out->answer = FEED_NO_DATA;
		out->why = found.n == 0 ? S("nobody knows it")
					: S("several go by this symbol");
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
