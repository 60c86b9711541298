/*
 * Rates of exchange: from the newest day that is kept, or since the euro
 * began, up to today. Central banks tell one rate a day; a day that is told
 * again otherwise takes the place of what was kept.
 */
#include "ingest/findings.h"
#include "ingest/points.h"
#include "ingest/sweep.h"
#include "store/store.h"

#include "ingest_sql.h"

#define OVERLAP_DAYS 7

struct newest {
	day	day;
};

static const struct field newest_fields[] = {
	MAY(newest, day, "The last day that is kept."),
	FIELDS_END
};

static const struct field kept_fields[] = {
	MUST(fx_rate, base, "Of one"),
	MUST(fx_rate, quote, "so many"),
	MUST(fx_rate, day, "on a day:"),
	MUST(fx_rate, rate, "units."),
	FIELDS_END
};

static const struct shape kept_shape = SHAPE_DEF(fx_rate, kept_fields);

struct told {
	struct list	kept;
	struct quality	q;
	enum err	e;		/* of the judge */
};

static enum feed_answer
told_judge(struct flow *f, struct list *rates, const struct feed_source *s)
{
	struct told *t = s->arg;

	rates_judge(&f->arena, rates, day_today(), &t->kept, &t->q);
	t->e = findings_put(f, UUID_NONE, &t->q, str_of(s->provider));
	if (t->e != OK)
		return (FEED_LEFT);
	return (t->q.refused ? FEED_NONSENSE : FEED_OK);
}

enum err
rates_run(struct job *j)
{
	struct told told = { .e = OK };
	struct feed_source source = { .judge = told_judge, .arg = &told };
	struct put_count n = { 0 };
	struct newest newest;
	enum feed_answer a;
	struct list rates;
	day from;

	TRY(store_row(j->f, &sql_ingest_rates_newest, SHAPE(newest),
	    &newest));
	TRY(store_rows(j->f, &sql_ingest_rates_kept, &kept_shape, &told.kept));
	from = day_ok(newest.day) ? day_add(newest.day, -OVERLAP_DAYS)
				  : day_of(1999, 1, 4);
	job_progress(j, 0.1, "asking");
	a = feed_fx(j->f, from, day_today(), &rates, &source);
	TRY(told.e);
	if (a == FEED_RATE_LIMITED)
		return (job_snooze(j, 600));
	if (a == FEED_NOBODY) {
		job_log(j, LOG_INFORM, "no provider is set up for this");
		return (OK);
	}
	if (a != FEED_OK)
		return (feed_need_err(j->f, a, FOR_FX, &source, S("EUR")));
	job_progress(j, 0.5, "storing");
	TRY(market_fx_put(j->f, rates.v, rates.n, str_of(source.provider),
	    &n));
	job_log(j, LOG_INFORM, "%s: %lld rates added, %lld corrected, %zu "
	    "passed over", source.provider, (long long)n.added,
	    (long long)n.corrected, told.q.seen - rates.n);
	return (OK);
}
