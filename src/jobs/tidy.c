/*
 * The room's own kind of job: what ended long ago is forgotten, and what a
 * schedule did that fires often. Log-ins and idempotency keys are not its
 * business: whoever keeps those tidies them.
 */
#include "base/settings.h"
#include "jobs/queue.h"

#include "jobs_sql.h"

#define ROUNDS_MOST	200

struct tidied {
	int64_t	n;
};

static const struct field tidied_fields[] = {
	MUST(tidied, n, "How many."),
	FIELDS_END
};

/* A few at a time, so that nobody waits for it. */
static enum err
tidy(struct job *j)
{
	int64_t total = 0;
	struct tidied t;
	int i;

	for (i = 0; i < ROUNDS_MOST; i++) {
		TRY(store_row(j->f, &sql_job_tidy, SHAPE(tidied), &t,
		    LONG(settings.job_days), LONG(settings.job_dead_days)));
		total += t.n;
		if (t.n == 0)
			break;
		job_progress(j, (double)i / ROUNDS_MOST, "%lld runs",
		    (long long)total);
	}
	job_log(j, LOG_INFORM, "%lld runs forgotten", (long long)total);
	job_result(j, arena_printf(&j->f->arena, "{\"runs\": %lld}",
	    (long long)total));
	return (OK);
}

static const struct job_kind tidy_kind = {
	.name = "jobs.tidy", .doc = "Forget runs that ended long ago.",
	.shared = true, .unique = JOB_ONE_ACTIVE, .cron = "17 3 * * *",
	.run = tidy,
};

const struct job_kind *const jobs_jobs[] = { &tidy_kind, NULL };
