/*
 * Daily bars: from the day after the newest that is kept, with a week before
 * it, because providers correct what they told, up to the last session that
 * is over. A year at a time, judged before it is kept. Prices become those
 * that were paid on the day again.
 */
#include "ingest/findings.h"
#include "ingest/quality.h"
#include "ingest/session.h"
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

#define OVERLAP_DAYS	7
#define CHUNK_DAYS	366
#define FIRST_YEARS	10	/* when nobody said from when on */

struct known {
	struct list	 kept;		/* struct kept_close */
	struct list	 splits;	/* struct split */
};

static const struct field kept_close_fields[] = {
	MUST(kept_close, day, "Day."),
	MUST(kept_close, close, "Close."),
	FIELDS_END
};

static const struct field split_fields[] = {
	MUST(split, ex_day, "First day after it."),
	MUST(split, numerator, "For so many"),
	MUST(split, denominator, "there were so many."),
	FIELDS_END
};

static enum err
known_read(struct flow *f, const struct tracked *t, day before,
    struct known *out)
{
	TRY(store_rows(f, &sql_ingest_kept, SHAPE(kept_close), &out->kept,
	    UUID(t->instrument_id), DAY(before)));
	return (store_rows(f, &sql_ingest_splits, SHAPE(split), &out->splits,
	    UUID(t->instrument_id)));
}

static struct instrument
instrument_of(const struct tracked *t)
{
	return ((struct instrument){ .id = t->instrument_id,
	    .symbol = t->symbol, .kind = t->kind, .currency = t->currency,
	    .exchange = t->exchange });
}

/* ---- as paid on the day ------------------------------------------ */

static void
bar_unsplit(struct daily_bar *b, const struct split *s)
{
	dec up = dec_of(s->numerator), down = dec_of(s->denominator);
	dec *const price[] = { &b->open, &b->high, &b->low, &b->close };
	size_t i;

	if (day_cmp(s->ex_day, b->day) <= 0)
		return;
	for (i = 0; i < sizeof(price) / sizeof(price[0]); i++)
		*price[i] = dec_mul_div(*price[i], up, down);
	b->volume = dec_mul_div(b->volume, down, up);
}

static void
bars_unsplit(struct list *bars, const struct list *splits)
{
	struct daily_bar *b = bars->v;
	const struct split *s = splits->v;
	size_t i, k;

	for (i = 0; i < bars->n; i++)
		for (k = 0; k < splits->n; k++)
			bar_unsplit(&b[i], &s[k]);
}

/* ---- a year at a time -------------------------------------------- */

struct span {
	day	from, to;
};

struct chunk {
	struct job		*j;
	const struct tracked	*t;
	struct span		 s;
	struct known		 known;
	struct quality		 q;
	str			 refused;
	enum err		 e;	/* of the judge */
};

/* For feed: the gates, with every doubt written down. */
static enum feed_answer
chunk_judge(struct flow *f, struct list *bars, const struct feed_source *s)
{
	struct chunk *c = s->arg;
	struct quality_ask ask = { .from = c->s.from, .to = c->s.to,
	    .kept = c->known.kept.v, .kept_n = c->known.kept.n,
	    .splits = c->known.splits.v, .splits_n = c->known.splits.n,
	    .open_on = session_on, .known_on = session_known,
	    .calendar = c->t };

	/* It is known that there is nothing. */
	if (bars->n == 0)
		return (FEED_OK);
	if (!s->raw)
		bars_unsplit(bars, &c->known.splits);
	quality_judge(&f->arena, &ask, bars->v, bars->n, &c->q);
	c->refused = findings_refusal(&c->q);
	c->e = findings_put(f, c->t->instrument_id, &c->q,
	    str_of(s->provider));
	if (c->e != OK)
		return (FEED_LEFT);
	return (c->q.refused ? FEED_NONSENSE : FEED_OK);
}

static enum err
chunk_keep(struct chunk *c, const char *provider, struct took *out)
{
	struct instrument in = instrument_of(c->t);
	struct put_count n = { 0 };

	if (c->q.n == 0)
		return (OK);
	TRY(market_bars_put(c->j->f, &in, c->q.bars, c->q.n,
	    str_of(provider), &n));
	TRY(findings_settle(c->j->f, in.id, &c->q, str_of(provider),
	    c->s.from, c->s.to));
	out->added += n.added;
	out->corrected += n.corrected;
	out->watermark = c->q.bars[c->q.n - 1].day;
	return (OK);
}

static enum err
chunk_ask(struct job *j, const struct tracked *t, struct span s,
    struct took *out)
{
	struct chunk c = { .j = j, .t = t, .s = s, .refused = STR_NONE };
	struct feed_source source = { .judge = chunk_judge, .arg = &c };
	struct list bars;

	TRY(known_read(j->f, t, s.to, &c.known));
	out->answer = feed_bars(j->f, t->symbol, s.from, s.to, &bars, &source);
	TRY(c.e);
	/* A year before the first bar, or a day that nobody has yet. */
	if (out->answer == FEED_NO_DATA)
		out->answer = FEED_OK;
	else if (out->answer == FEED_OK)
		return (chunk_keep(&c, source.provider, out));
	if (out->answer == FEED_NONSENSE)
		out->why = c.refused;
	return (OK);
}

static enum err
chunk_take(struct job *j, const struct tracked *t, struct span s,
    struct took *out)
{
	struct piece *p = piece_begin(j->f);
	enum err e = chunk_ask(j, t, s, out);

	piece_end(p);
	return (e);
}

static day
first_day(const struct tracked *t, day last)
{
	if (instant_ok(t->wanted_at) && day_ok(t->wanted_from))
		return (t->wanted_from);
	if (day_ok(t->watermark))
		return (day_add(t->watermark, -OVERLAP_DAYS));
	if (day_ok(t->from_day))
		return (t->from_day);
	return (day_add_months(last, -12 * FIRST_YEARS));
}

static day
day_earlier(day a, day b)
{
	return (day_cmp(a, b) < 0 ? a : b);
}

/*
 * Splits are needed before the bars they changed: of one that is new the
 * events are asked for first, and after bars that were told in new units.
 */
enum err
daily_take(struct job *j, const struct tracked *t, struct took *out)
{
	day last = session_last(t, instant_now());
	struct took events = { .watermark = DAY_NONE };
	struct span s;

	out->idle = !instant_ok(t->wanted_at) && day_ok(t->watermark) &&
	    day_cmp(t->watermark, last) >= 0;
	if (out->idle)
		return (OK);
	if (!day_ok(t->watermark) || t->failures > 0)
		TRY(events_take(j, t, &events));
	for (s.from = first_day(t, last); day_cmp(s.from, last) <= 0 &&
	    out->answer == FEED_OK; s.from = day_add(s.to, 1)) {
		s.to = day_earlier(day_add(s.from, CHUNK_DAYS - 1), last);
		TRY(chunk_take(j, t, s, out));
	}
	return (OK);
}
