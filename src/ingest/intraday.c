/*
 * Bars within the day: from the newest that is kept, which may have been
 * corrected, up to the newest that is over, a week at a time. Who is told
 * that the plan has none is not asked again before a day has passed.
 */
#include "base/settings.h"
#include "ingest/findings.h"
#include "ingest/session.h"
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

#define MINUTE_US	(60 * INT64_C(1000000))
#define DAY_US		(24 * 60 * MINUTE_US)
#define CHUNK_DAYS	7	/* providers tell eight at most */
#define REFUSED_FEW	3	/* refusals that stand for all */
#define DROP_ROWS	5000

struct moment {
	instant	at;
	dec	close;
};

static const struct field moment_fields[] = {
	MUST(moment, at, "First moment."),
	MUST(moment, close, "Last price."),
	FIELDS_END
};

struct close {
	dec	close;
};

static const struct field close_fields[] = {
	MUST(close, close, "Last price."),
	FIELDS_END
};

/* The setting, or the next smaller length that there is. */
static int
minutes_kept(void)
{
	static const int lengths[] = { 60, 30, 15, 5, 1 };
	size_t i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		if (settings.intraday_minutes >= lengths[i])
			return (lengths[i]);
	return (0);
}

static instant
kept_from(instant now)
{
	return ((instant){ now.us - settings.intraday_days * DAY_US });
}

/* ---- where it goes on -------------------------------------------- */

/* The newest that is kept, else the newest daily close. */
static enum err
newest_read(struct flow *f, uuid instrument, int minutes, instant since,
    struct moment *out)
{
	struct close c = { DEC_NONE };
	enum err e;

	*out = (struct moment){ INSTANT_NONE, DEC_NONE };
	e = store_row(f, &sql_ingest_moment_last, SHAPE(moment), out,
	    UUID(instrument), LONG(minutes), INSTANT(since));
	if (e != E_NOT_FOUND)
		return (e);
	e = store_row(f, &sql_ingest_close_last, SHAPE(close), &c,
	    UUID(instrument));
	out->at = INSTANT_NONE;
	out->close = c.close;
	return (e == E_NOT_FOUND ? OK : e);
}

static instant
first_moment(const struct tracked *t, const struct moment *newest,
    instant since)
{
	instant at = instant_ok(newest->at) ? newest->at : since;
	day from = instant_ok(t->wanted_at) ? t->wanted_from : DAY_NONE;

	if (day_ok(from) && instant_of_day(from).us < at.us)
		at = instant_of_day(from);
	return (at.us > since.us ? at : since);
}

/* ---- a week at a time -------------------------------------------- */

struct week {
	struct job		*j;
	const struct tracked	*t;
	struct took		*out;
	int			 minutes;
	instant			 from, until;
	dec			 last;
	struct quality		 q;
	enum err		 e;	/* of the judge */
};

static enum feed_answer
week_judge(struct flow *f, struct list *list, const struct feed_source *s)
{
	struct week *w = s->arg;
	struct moments_ask ask = { w->minutes, w->until, w->last, session_on,
	    session_known, w->t };

	moments_judge(&f->arena, &ask, list->v, list->n, &w->q);
	w->e = findings_put(f, w->t->instrument_id, &w->q,
	    str_of(s->provider));
	if (w->e != OK)
		return (FEED_LEFT);
	w->out->why = findings_refusal(&w->q);
	return (w->q.refused ? FEED_NONSENSE : FEED_OK);
}

static enum err
week_keep(struct week *w, const char *provider)
{
	struct instrument in = { .id = w->t->instrument_id,
	    .symbol = w->t->symbol, .currency = w->t->currency };
	struct put_count n = { 0 };

	if (w->q.n == 0)
		return (OK);
	TRY(market_intraday_put(w->j->f, &in, w->minutes, w->q.moments,
	    w->q.n, str_of(provider), &n));
	w->out->added += n.added;
	w->out->corrected += n.corrected;
	w->last = w->q.moments[w->q.n - 1].close;
	w->out->watermark = day_of_instant(w->q.moments[w->q.n - 1].at);
	return (OK);
}

static enum err
week_ask(struct week *w)
{
	struct feed_source source = { .judge = week_judge, .arg = w };
	enum feed_answer a;
	struct list bars;

	w->q.n = 0;
	w->e = OK;
	a = feed_intraday(w->j->f, w->t->symbol, w->minutes, w->from,
	    w->until, &bars, &source);
	TRY(w->e);
	/* A week without trading, or before the provider's memory. */
	w->out->answer = a == FEED_NO_DATA ? FEED_OK : a;
	if (a != FEED_NONSENSE)
		w->out->why = STR_NONE;
	/* Refused without having been asked: tells nothing of this one. */
	w->out->passed = a == FEED_NOT_ENTITLED && !source.called;
	return (a == FEED_OK ? week_keep(w, source.provider) : OK);
}

static enum err
week_take(struct week *w)
{
	struct piece *p = piece_begin(w->j->f);
	enum err e = week_ask(w);

	piece_end(p);
	return (e);
}

/* ---- one instrument ---------------------------------------------- */

/* The plan had none, less than a day ago, and nobody asked since. */
static bool
refused_lately(const struct tracked *t, instant now)
{
	return (str_eqz(t->last_error, feed_answer_names[FEED_NOT_ENTITLED]) &&
	    instant_ok(t->done_at) && now.us - t->done_at.us < DAY_US &&
	    !(instant_ok(t->wanted_at) && t->wanted_at.us > t->done_at.us));
}

enum err
intraday_take(struct job *j, const struct tracked *t, struct took *out)
{
	struct week w = { .j = j, .t = t, .out = out,
	    .minutes = minutes_kept() };
	instant now = instant_now(), since = kept_from(now), due;
	struct moment newest;

	if ((out->passed = refused_lately(t, now)))
		return (OK);
	due = session_bar_last(t, w.minutes, now);
	TRY(newest_read(j->f, t->instrument_id, w.minutes, since, &newest));
	out->idle = w.minutes == 0 || !instant_ok(due) ||
	    (!instant_ok(t->wanted_at) && instant_ok(newest.at) &&
	    newest.at.us >= due.us);
	if (out->idle)
		return (OK);
	w.last = newest.close;
	w.from = first_moment(t, &newest, since);
	for (; w.from.us <= due.us && out->answer == FEED_OK;
	    w.from.us = w.until.us + 1) {
		w.until.us = w.from.us + CHUNK_DAYS * DAY_US;
		if (w.until.us > due.us)
			w.until = due;
		TRY(week_take(&w));
	}
	return (OK);
}

struct entitled {
	int64_t	refused, well;
};

static const struct field entitled_fields[] = {
	MUST(entitled, refused, "Not in the plan."),
	MUST(entitled, well, "Brought."),
	FIELDS_END
};

enum err
intraday_open(struct job *j, bool *open)
{
	struct entitled n;

	TRY(store_row(j->f, &sql_ingest_entitled, SHAPE(entitled), &n,
	    STR(S("intraday"))));
	*open = minutes_kept() > 0 && (n.well > 0 || n.refused < REFUSED_FEW);
	if (!*open)
		job_log(j, LOG_INFORM, minutes_kept() == 0 ?
		    "bars within the day are not wanted" :
		    "no plan has bars within the day; asked again tomorrow");
	return (OK);
}

/* ---- the simulated market ---------------------------------------- */

static enum err
simulated_take(struct job *j, str symbol, struct put_count *sum)
{
	instant now = sim_now(), since = kept_from(now);
	struct moments_ask ask = { .minutes = minutes_kept(), .until = now };
	struct put_count n = { 0 };
	struct intraday_bar *bars;
	struct instrument in;
	struct moment newest;
	struct quality q;
	size_t got;
	enum err e;

	if ((e = market_find(j->f, symbol, &in)) != OK || !in.simulated)
		return (e == E_NOT_FOUND ? OK : e);
	TRY(newest_read(j->f, in.id, ask.minutes, since, &newest));
	if (instant_ok(newest.at))
		since.us = newest.at.us + 1;
	got = sim_moments(&j->f->arena, symbol, ask.minutes, since, now,
	    &bars);
	ask.last = newest.close;
	moments_judge(&j->f->arena, &ask, bars, got, &q);
	TRY(findings_put(j->f, in.id, &q, S("simulated")));
	TRY(market_intraday_put(j->f, &in, ask.minutes, q.moments, q.n,
	    S("simulated"), &n));
	sum->added += n.added;
	return (OK);
}

enum err
intraday_simulated(struct job *j)
{
	const struct sim_asset *a = sim_assets();
	struct put_count sum = { 0 };
	struct piece *p;
	size_t i, n;
	enum err e;

	for (n = 0; a[n].symbol != NULL; n++)
		;
	for (i = 0; i < n && minutes_kept() > 0; i++) {
		job_progress(j, (double)i / (double)n, "%s", a[i].symbol);
		p = piece_begin(j->f);
		e = simulated_take(j, str_of(a[i].symbol), &sum);
		piece_end(p);
		TRY(e);
	}
	job_log(j, LOG_INFORM, "simulated: %lld rows added",
	    (long long)sum.added);
	return (OK);
}

/* ---- what is too old --------------------------------------------- */

enum err
tidy_run(struct job *j)
{
	instant before = kept_from(feed_current()->simulated ? sim_now() :
	    instant_now());
	int64_t n, all = 0;

	do {
		TRY(store_exec(j->f, &sql_ingest_moments_drop, &n,
		    INSTANT(before), LONG(DROP_ROWS)));
		all += n;
	} while (n == DROP_ROWS);
	job_log(j, LOG_INFORM, "%lld bars within the day were too old",
	    (long long)all);
	return (OK);
}
