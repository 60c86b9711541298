/*
 * Dividends and splits: all that a provider tells of the asset's kept years,
 * because an event may be told late.
 */
#include "ingest/sweep.h"

static day
events_from(const struct tracked *t)
{
	return (day_ok(t->from_day) ? t->from_day : day_of(1980, 1, 1));
}

/* Per share as there were on the day. */
static void
dividends_unsplit(struct list *dividends, const struct list *splits)
{
	struct dividend *d = dividends->v;
	const struct split *s = splits->v;
	size_t i, k;

	for (i = 0; i < dividends->n; i++)
		for (k = 0; k < splits->n; k++)
			if (day_cmp(s[k].ex_day, d[i].ex_day) > 0)
				d[i].amount = dec_mul_div(d[i].amount,
				    dec_of(s[k].numerator),
				    dec_of(s[k].denominator));
}

/* Nobody who tells them is no failure of the bars. */
static bool
answer_known(enum feed_answer a)
{
	return (a == FEED_OK || a == FEED_NO_DATA || a == FEED_NOBODY ||
	    a == FEED_NOT_ENTITLED);
}

enum err
events_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct instrument in = { .id = t->instrument_id,
	    .symbol = t->symbol, .currency = t->currency };
	struct list dividends = { NULL, 0 }, splits = { NULL, 0 };
	day from = events_from(t), to = day_add(day_today(), 60);
	struct feed_source source = { 0 };
	struct put_count n = { 0 };
	enum feed_answer a, b;

	a = feed_splits(j->f, t->symbol, from, to, &splits, NULL);
	b = feed_dividends(j->f, t->symbol, from, to, &dividends,
	    &source);
	if (!answer_known(a) || !answer_known(b)) {
		out->answer = answer_known(a) ? b : a;
		return (OK);
	}
	if (a == FEED_NOBODY && b == FEED_NOBODY) {
		out->answer = FEED_NOBODY;
		return (OK);
	}
	if (!source.raw)
		dividends_unsplit(&dividends, &splits);
	TRY(market_actions_put(j->f, &in, dividends.v, dividends.n, splits.v,
	    splits.n, &n));
	out->added = n.added;
	out->corrected = n.corrected;
	out->watermark = day_today();
	return (OK);
}
