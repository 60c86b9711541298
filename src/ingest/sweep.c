/*
 * The walk. After each instrument the place is kept in the transaction that
 * holds the run, so another worker that takes over begins behind it.
 */
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

#define PAGE		100
#define FRESH_US	(7 * 24 * 3600 * INT64_C(1000000))
#define PATIENCE_S	120	/* after "too many calls" */

const struct field swept_fields[] = {
	MUST(swept, after, "The last that was gone over."),
	MUST(swept, looked, "Instruments."),
	MUST(swept, taken, "Of them, with something new."),
	MUST(swept, failed, "Of them, failed."),
	MUST(swept, added, "Rows."),
	MUST(swept, corrected, "Rows that took others' place."),
	FIELDS_END
};

struct count {
	int64_t	n;
};

static const struct field count_fields[] = {
	MUST(count, n, "How many."),
	FIELDS_END
};

struct walk {
	struct job	*j;
	struct swept	*s;
	const char	*need;
	bool		 wanted;
	take_fn		 take;
	int64_t		 total;
	bool		 over;		/* nobody can be asked */
};

bool
track_fresh(const struct tracked *t)
{
	return (!instant_ok(t->wanted_at) && instant_ok(t->done_at) &&
	    t->failures == 0 && instant_now().us - t->done_at.us < FRESH_US);
}

/* The place is kept, and with it the right to go on. */
static enum err
place_keep(struct job *j)
{
	TRY(job_begin(j));
	return (job_commit(j));
}

static void
took_count(struct swept *s, const struct took *x)
{
	if (x->answer != FEED_OK)
		s->failed++;
	else if (!x->idle)
		s->taken++;
	s->added += x->added;
	s->corrected += x->corrected;
}

static str
took_why(const struct took *x)
{
	if (x->answer == FEED_OK)
		return (STR_NONE);
	return (x->why.p != NULL ? x->why
				 : str_of(feed_answer_names[x->answer]));
}

static enum err
took_note(struct walk *w, const struct tracked *t, const struct took *x)
{
	str why = took_why(x);

	if (x->passed)
		return (OK);
	if (x->idle && x->answer == FEED_OK && !instant_ok(t->wanted_at))
		return (OK);
	if (x->answer != FEED_OK)
		job_log(w->j, LOG_WARN, "%.*s: %.*s", (int)t->symbol.n,
		    t->symbol.p, (int)why.n, why.p);
	return (market_track_done(w->j->f, t->instrument_id,
	    str_of(w->need), x->watermark, why));
}

/* Does the provider want us to wait, or is there none? */
static bool
answer_stops(enum feed_answer a)
{
	return (a == FEED_RATE_LIMITED || a == FEED_LEFT ||
	    a == FEED_NOBODY || a == FEED_KEY);
}

static enum err
one_take(struct walk *w, const struct tracked *t, enum feed_answer *answer)
{
	struct took x = { .watermark = DAY_NONE, .why = STR_NONE };
	enum err e;

	e = w->take(w->j, t, &x);
	*answer = x.answer;
	if (e != OK || answer_stops(x.answer))
		return (e);
	took_count(w->s, &x);
	return (took_note(w, t, &x));
}

/* Why the run stops here, for now or for good. */
static enum err
walk_stop(struct walk *w, enum feed_answer a)
{
	if (a == FEED_LEFT)
		return (E_CANCELLED);
	job_log(w->j, LOG_WARN, "%s: %s", w->need, feed_answer_names[a]);
	if (a == FEED_RATE_LIMITED) {
		TRY(place_keep(w->j));
		return (job_snooze(w->j, PATIENCE_S));
	}
	if (a == FEED_NOBODY) {
		w->over = true;
		return (OK);
	}
	return (flow_fault(w->j->f, E_INVALID,
	    "the provider does not take the key"));
}

static enum err
walk_one(struct walk *w, const struct tracked *t)
{
	enum feed_answer answer = FEED_OK;
	struct piece *p;
	enum err e;

	job_progress(w->j,
	    w->total > 0 ? (double)w->s->looked / (double)w->total : 0,
	    "%.*s", (int)t->symbol.n, t->symbol.p);
	p = piece_begin(w->j->f);
	e = one_take(w, t, &answer);
	piece_end(p);
	TRY(e);
	if (answer_stops(answer))
		return (walk_stop(w, answer));
	w->s->after = t->instrument_id;
	w->s->looked++;
	return (place_keep(w->j));
}

static enum err
walk_page(struct walk *w, size_t *n)
{
	const struct tracked *t;
	struct list page;
	size_t i;

	TRY(market_tracked(w->j->f, str_of(w->need), w->s->after, w->wanted,
	    PAGE, &page));
	t = page.v;
	for (i = 0; i < page.n && !w->over; i++)
		TRY(walk_one(w, &t[i]));
	*n = page.n;
	return (OK);
}

enum err
sweep(struct job *j, const char *need, bool wanted, take_fn take)
{
	struct walk w = { j, j->state, need, wanted, take, 0, false };
	struct count all;
	size_t n;

	TRY(store_row(j->f, &sql_ingest_count, SHAPE(count), &all,
	    STR(str_of(need)), BOOL(wanted)));
	w.total = all.n;
	if (!uuid_ok(w.s->after))
		*w.s = (struct swept){ .after = UUID_NONE };
	do
		TRY(walk_page(&w, &n));
	while (n == PAGE && !w.over);
	job_log(j, LOG_INFORM, "%lld looked at, %lld with something new, "
	    "%lld failed; %lld rows added, %lld corrected",
	    (long long)w.s->looked, (long long)w.s->taken,
	    (long long)w.s->failed, (long long)w.s->added,
	    (long long)w.s->corrected);
	return (OK);
}
