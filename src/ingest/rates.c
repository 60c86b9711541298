/*
 * Rates of exchange: from the newest day that is kept, or since the euro
 * began, up to today. Central banks tell one rate a day; a day that is told
 * again otherwise takes the place of what was kept.
 */
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

static bool
rate_sound(const struct fx_rate *r, day today)
{
	return (dec_ok(r->rate) && dec_sign(r->rate) > 0 &&
	    day_cmp(r->day, today) <= 0 && !str_eq(r->base, r->quote));
}

/* Those that can be; how many they are. */
static size_t
rates_sift(struct list *rates)
{
	struct fx_rate *v = rates->v;
	day today = day_today();
	size_t i, n = 0;

	for (i = 0; i < rates->n; i++)
		if (rate_sound(&v[i], today))
			v[n++] = v[i];
	return (n);
}

enum err
rates_run(struct job *j)
{
	struct feed_source source = { 0 };
	struct put_count n = { 0 };
	struct newest newest;
	enum feed_answer a;
	struct list rates;
	size_t sound;
	day from;

	TRY(store_row(j->f, &sql_ingest_rates_newest, SHAPE(newest),
	    &newest));
	from = day_ok(newest.day) ? day_add(newest.day, -OVERLAP_DAYS)
				  : day_of(1999, 1, 4);
	job_progress(j, 0.1, "asking");
	a = feed_fx(j->f, from, day_today(), &rates, &source);
	if (a == FEED_RATE_LIMITED)
		return (job_snooze(j, 600));
	if (a == FEED_NOBODY) {
		job_log(j, LOG_INFORM, "no provider is set up for this");
		return (OK);
	}
	if (a != FEED_OK)
		return (feed_need_err(j->f, a, FOR_FX, &source, S("EUR")));
	sound = rates_sift(&rates);
	job_progress(j, 0.5, "storing");
	TRY(market_fx_put(j->f, rates.v, sound, str_of(source.provider), &n));
	job_log(j, LOG_INFORM, "%s: %lld rates added, %lld corrected, %zu "
	    "passed over", source.provider, (long long)n.added,
	    (long long)n.corrected, rates.n - sound);
	return (OK);
}
