/*
 * How much waits, for those who watch: as Prometheus text.
 */
#include "jobs/queue.h"

#include "jobs_sql.h"

#define WAIT_MS		250

struct count {
	str	kind;
	str	status;
	int64_t	n;
	double	oldest_s;
};

static const struct field count_fields[] = {
	MUST(count, kind, "What is run."),
	MUST(count, status, "Waiting or running."),
	MUST(count, n, "How many."),
	MUST(count, oldest_s, "Since when the first of them, in seconds."),
	FIELDS_END
};

struct watcher {
	uuid	id;
	str	host;
	int64_t	pid, places, running;
	instant	started_at, seen_at;
};

static const struct field watcher_fields[] = {
	MUST(watcher, id, "A worker."),
	MUST(watcher, host, "Where."),
	MUST(watcher, pid, "Its process."),
	MUST(watcher, places, "Runs it may have at once."),
	MUST(watcher, running, "Runs it has."),
	MUST(watcher, started_at, "Since when."),
	MUST(watcher, seen_at, "When it said last that it lives."),
	FIELDS_END
};

static str
count_line(struct arena *a, str text, const char *name,
    const struct count *c, double value)
{
	return (arena_printf(a, "%.*s%s{kind=\"%.*s\",status=\"%.*s\"} %.15g\n",
	    STR_ARG(text), name, STR_ARG(c->kind), STR_ARG(c->status),
	    value));
}

/* Whoever watches shall not wait for a database that does not answer. */
static enum err
counts_read(struct flow *f, struct list *counts, struct list *workers)
{
	int64_t deadline_ms = f->deadline_ms;
	enum err e;

	if (f->deadline_ms > mono_ms() + WAIT_MS)
		f->deadline_ms = mono_ms() + WAIT_MS;
	e = store_batch(f, (const struct query[]){
	    QUERY(&sql_job_counts, SHAPE(count), counts),
	    QUERY(&sql_job_worker_list, SHAPE(watcher), workers) }, 2);
	f->deadline_ms = deadline_ms;
	return (e);
}

enum err
jobs_print(struct flow *f, str *out)
{
	struct arena *a = &f->arena;
	struct list counts, workers;
	const struct count *c;
	size_t i;

	*out = S("");
	TRY(counts_read(f, &counts, &workers));
	c = counts.v;
	*out = arena_printf(a, "# HELP bursar_job_workers Workers that live.\n"
	    "# TYPE bursar_job_workers gauge\nbursar_job_workers %zu\n"
	    "# HELP bursar_job_runs Runs that wait or are at work.\n"
	    "# TYPE bursar_job_runs gauge\n", workers.n);
	for (i = 0; i < counts.n; i++)
		*out = count_line(a, *out, "bursar_job_runs", &c[i],
		    (double)c[i].n);
	*out = arena_printf(a, "%.*s# HELP bursar_job_oldest_seconds Since "
	    "when the first of them is due, or at work.\n"
	    "# TYPE bursar_job_oldest_seconds gauge\n", STR_ARG(*out));
	for (i = 0; i < counts.n; i++)
		*out = count_line(a, *out, "bursar_job_oldest_seconds",
		    &c[i], c[i].oldest_s > 0 ? c[i].oldest_s : 0);
	return (OK);
}
