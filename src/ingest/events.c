/*
 * Dividends and splits: all that a provider tells of the asset's kept years,
 * because an event may be told late.
 */
#include "ingest/findings.h"
#include "ingest/points.h"
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

static const struct field close_fields[] = {
	MUST(kept_close, day, "Day."),
	MUST(kept_close, close, "Close."),
	FIELDS_END
};

static const struct shape close_shape = SHAPE_DEF(kept_close, close_fields);

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

struct told {
	const struct tracked	*t;
	struct list		 closes;	/* struct kept_close */
	struct list		 splits, dividends;
	enum err		 e;		/* of a judge */
};

static enum feed_answer
doubts_tell(struct flow *f, struct told *told, const struct quality *q,
    const struct feed_source *s)
{
	told->e = findings_put(f, told->t->instrument_id, q,
	    str_of(s->provider));
	if (told->e != OK)
		return (FEED_LEFT);
	/* Nothing is left of something. */
	return (q->seen > 0 && q->n == 0 ? FEED_NONSENSE : FEED_OK);
}

static enum feed_answer
splits_told(struct flow *f, struct list *splits, const struct feed_source *s)
{
	struct quality q;

	splits_judge(&f->arena, splits, &q);
	return (doubts_tell(f, s->arg, &q, s));
}

static enum feed_answer
dividends_told(struct flow *f, struct list *dividends,
    const struct feed_source *s)
{
	struct told *told = s->arg;
	struct quality q;

	if (!s->raw)
		dividends_unsplit(dividends, &told->splits);
	dividends_judge(&f->arena, dividends, &told->closes, &q);
	return (doubts_tell(f, told, &q, s));
}

static enum err
told_ask(struct job *j, struct told *told, enum feed_answer *a,
    enum feed_answer *b)
{
	struct feed_source splits = { .judge = splits_told, .arg = told };
	struct feed_source dividends = { .judge = dividends_told,
	    .arg = told };
	day from = events_from(told->t), to = day_add(day_today(), 60);

	TRY(store_rows(j->f, &sql_ingest_closes, &close_shape, &told->closes,
	    UUID(told->t->instrument_id)));
	*a = feed_splits(j->f, told->t->symbol, from, to, &told->splits,
	    &splits);
	TRY(told->e);
	*b = feed_dividends(j->f, told->t->symbol, from, to,
	    &told->dividends, &dividends);
	return (told->e);
}

enum err
events_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct instrument in = { .id = t->instrument_id,
	    .symbol = t->symbol, .currency = t->currency };
	struct told told = { .t = t, .e = OK };
	struct put_count n = { 0 };
	enum feed_answer a, b;

	TRY(told_ask(j, &told, &a, &b));
	if (!answer_known(a) || !answer_known(b)) {
		out->answer = answer_known(a) ? b : a;
		return (OK);
	}
	if (a == FEED_NOBODY && b == FEED_NOBODY) {
		out->answer = FEED_NOBODY;
		return (OK);
	}
	TRY(market_actions_put(j->f, &in, told.dividends.v, told.dividends.n,
	    told.splits.v, told.splits.n, &n));
	out->added = n.added;
	out->corrected = n.corrected;
	out->watermark = day_today();
	return (OK);
}
