/*
 * Kinds by name, and putting runs of them into the queue.
 */
#include <stdio.h>
#include <string.h>

#include "jobs/queue.h"

#include "jobs_sql.h"

#define FAILURES_MAX	5

const struct job_kind	*kinds[KINDS_MAX + 1];
size_t			 kind_count;

const char *const run_statuses[] = {
	"waiting", "running", "done", "dead", "cancelled", NULL
};

const char *const schedule_states[] = { "active", "paused", NULL };

static const char *const levels[] = { "fine", "info", "warn", "error", NULL };

const struct field run_fields[] = {
	MUST(run, id, "The run's id."),
	MUST(run, shared, "The installation's, not the tenant's."),
	MUST(run, kind, "What is run.", .example = "\"jobs.tidy\""),
	JSON_TEXT(run, args, "With which arguments; null where they are "
	    "not for the caller to see."),
	MUST(run, status, "What has become of it; dead: nobody tries again "
	    "by itself.", .names = run_statuses),
	MUST(run, priority, "Larger goes first."),
	MUST(run, run_at, "Not before."),
	MUST(run, attempt, "How many times it began."),
	MUST(run, failures, "How many times it failed."),
	MUST(run, failures_max, "After so many failures it is dead."),
	MUST(run, progress, "0 to 1."),
	MAY(run, doing, "What it is at."),
	JSON_TEXT(run, result, "What it answered."),
	MAY(run, error, "Why it failed the last time."),
	MUST(run, cancelling, "Asked to stop, and has not yet."),
	MAY(run, schedule_id, "The schedule that made it."),
	MAY(run, period, "The schedule's time that it is for."),
	MUST(run, created_at, "When it was put into the queue."),
	MAY(run, started_at, "When the last attempt began."),
	MAY(run, ended_at, "When it ended."),
	FIELDS_END
};

const struct field log_line_fields[] = {
	MUST(log_line, attempt, "The attempt that said it."),
	MUST(log_line, at, "When."),
	MUST(log_line, level, "How much it matters.", .names = levels),
	MUST(log_line, line, "What."),
	FIELDS_END
};

const struct field schedule_fields[] = {
	MUST(schedule, id, "The schedule's id."),
	MUST(schedule, shared, "The installation's, not the tenant's."),
	MUST(schedule, name, "Name."),
	MUST(schedule, kind, "What it runs."),
	JSON_TEXT(schedule, args, "With which arguments."),
	MUST(schedule, cron, "When: minute, hour, day of the month, month, "
	    "day of the week.", .example = "\"5 16 * * mon-fri\""),
	MUST(schedule, zone, "Where: a time zone of IANA's.",
	    .example = "\"America/New_York\""),
	MUST(schedule, state, "A paused one does not fire.",
	    .names = schedule_states),
	MAY(schedule, next_at, "When it fires next; null: never, or paused."),
	MAY(schedule, fired_at, "The time it fired for last."),
	MUST(schedule, version, "Counts changes."),
	FIELDS_END
};

/* ---- by name --------------------------------------------------- */

const struct job_kind *
kind_find(str name)
{
	size_t i;

	for (i = 0; i < kind_count; i++)
		if (str_eqz(name, kinds[i]->name))
			return (kinds[i]);
	return (NULL);
}

int64_t
kind_failures_max(const struct job_kind *k)
{
	return (k->attempts > 0 ? k->attempts : FAILURES_MAX);
}

static const char *
kind_fault(const struct job_kind *k)
{
	instant next;

	if (k->name == NULL || k->run == NULL || k->doc == NULL ||
	    strlen(k->name) > KIND_BYTES)
		return ("lacks a name, a doc or a function");
	if (kind_find(str_of(k->name)) != NULL)
		return ("is there twice");
	if (kind_count == KINDS_MAX)
		return ("is one too many");
	if (k->cron != NULL && !k->shared)
		return ("has a schedule, but is of tenants");
	if (k->cron != NULL)
		return (schedule_next(str_of(k->cron), str_of(k->zone),
		    instant_now(), &next));
	return (NULL);
}

bool
jobs_prepare(const struct job_kind *const *const *tables)
{
	const struct job_kind *const *k;
	const char *why;
	bool good = true;

	for (kind_count = 0; *tables != NULL; tables++)
		for (k = *tables; *k != NULL; k++) {
			if ((why = kind_fault(*k)) == NULL) {
				kinds[kind_count++] = *k;
				continue;
			}
			fprintf(stderr, "bursar: the job %s %s\n",
			    (*k)->name != NULL ? (*k)->name : "", why);
			good = false;
		}
	return (good);
}

/* ---- putting in ------------------------------------------------ */

struct added {
	uuid	run_id;
	bool	added;
};

static const struct field added_fields[] = {
	MUST(added, run_id, "The run."),
	MUST(added, added, "Whether it is new."),
	FIELDS_END
};

enum err
run_add(struct flow *f, const struct job_kind *k, str args,
    const struct job_order *order)
{
	static const struct job_order plain = { .priority = 0 };
	const struct job_order *o = order != NULL ? order : &plain;
	instant at = o->run_at.us == 0 ? INSTANT_NONE : o->run_at;
	int64_t priority = o->priority != 0 ? o->priority : k->priority;
	struct added a;

	if (k->shared)
		TRY(store_row(f, &sql_job_add_shared, SHAPE(added), &a,
		    UUID(uuid_new()), STR(str_of(k->name)), JSON(args),
		    LONG(k->unique), LONG(priority),
		    LONG(kind_failures_max(k)), INSTANT(at),
		    UUID(f->who.user)));
	else
		TRY(store_row(f, &sql_job_add, SHAPE(added), &a,
		    UUID(uuid_new()), STR(str_of(k->name)), JSON(args),
		    LONG(k->unique), LONG(priority),
		    LONG(kind_failures_max(k)), INSTANT(at),
		    UUID(f->who.user)));
	if (o->id != NULL)
		*o->id = a.run_id;
	if (o->added != NULL)
		*o->added = a.added;
	return (OK);
}

enum err
job_enqueue(struct flow *f, const struct job_kind *kind, const void *args,
    const struct job_order *order)
{
	struct json j;

	if (kind->args == NULL)
		return (run_add(f, kind, S("{}"), order));
	jw_init(&j, &f->arena);
	jw_record(&j, kind->args, args);
	return (run_add(f, kind, jw_text(&j), order));
}
