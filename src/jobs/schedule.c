/*
 * Schedules fire: every worker looks, the row's lock lets one of them act,
 * and a run's key (schedule, time) refuses a second run for the same time.
 */
#include "jobs/queue.h"

#include "jobs_sql.h"

#define DUE_MOST	20

struct fired {
	uuid	run_id;
	bool	added;
};

static const struct field fired_fields[] = {
	MUST(fired, run_id, "The run."),
	MUST(fired, added, "Whether it is new."),
	FIELDS_END
};

const char *
schedule_next(str cron, str zone, instant t, instant *next)
{
	const struct zone *z;
	const char *why;
	struct cron c;

	if ((why = cron_read(cron, &c)) != NULL)
		return (why);
	if ((z = zone_find(zone.p != NULL ? zone : S("UTC"))) == NULL)
		return ("no such time zone");
	*next = cron_next(&c, z, t);
	return (NULL);
}

enum err
schedules_born(struct flow *f)
{
	const struct job_kind *k;
	instant next;
	str zone;
	size_t i;

	for (i = 0; i < kind_count; i++) {
		if ((k = kinds[i])->cron == NULL)
			continue;
		zone = k->zone != NULL ? str_of(k->zone) : S("UTC");
		if (schedule_next(str_of(k->cron), zone, instant_now(),
		    &next) != NULL)
			return (E_INTERNAL);
		TRY(store_exec(f, &sql_job_schedule_born, NULL,
		    UUID(uuid_new()), STR(str_of(k->name)),
		    STR(str_of(k->cron)), STR(zone), INSTANT(next)));
	}
	return (OK);
}

/* One whose time has come, and what the database's clock says. */
struct due {
	uuid	id;
	str	name, kind, cron, zone;
	instant	next_at, looked_at;
};

static const struct field due_fields[] = {
	MUST(due, id, "The schedule."),
	MUST(due, name, "Its name."),
	MUST(due, kind, "What it runs."),
	MUST(due, cron, "When."),
	MUST(due, zone, "Where."),
	MUST(due, next_at, "The time that has come."),
	MUST(due, looked_at, "Now."),
	FIELDS_END
};

/* After an outage only the latest time counts. A kind that this program does
 * not know is put in all the same, for one that does. */
static enum err
schedule_fire(struct flow *f, const struct due *d)
{
	static const struct job_kind unknown = { .name = "" };
	const struct job_kind *k = kind_find(d->kind);
	const struct zone *z = zone_find(d->zone);
	struct list rows;
	instant period;
	struct cron c;

	if (k == NULL)
		k = &unknown;
	if (z == NULL || cron_read(d->cron, &c) != NULL) {
		LOG(LOG_ERROR, "schedule", LS("name", d->name),
		    LZ("why", "this machine cannot tell its times"));
		return (OK);
	}
	period = cron_last(&c, z, d->looked_at);
	if (!instant_ok(period) || period.us < d->next_at.us)
		period = d->next_at;
	TRY(store_rows(f, &sql_job_schedule_fire, SHAPE(fired), &rows,
	    UUID(d->id), UUID(uuid_new()), INSTANT(period),
	    INSTANT(cron_next(&c, z, d->looked_at)), LONG(k->unique),
	    LONG(k->priority), LONG(kind_failures_max(k))));
	LOG(LOG_FINE, "schedule", LS("name", d->name),
	    LN("runs", (int64_t)rows.n));
	return (OK);
}

enum err
schedules_fire(struct flow *f)
{
	const struct due *d;
	struct list list;
	size_t i;

	TRY(store_begin(f));
	TRY(store_rows(f, &sql_job_schedule_due, SHAPE(due), &list,
	    LONG(DUE_MOST)));
	d = list.v;
	for (i = 0; i < list.n; i++)
		TRY(schedule_fire(f, &d[i]));
	return (store_commit(f));
}
