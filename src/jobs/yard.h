/*
 * For this room's tests: a private PostgreSQL, freshly migrated, kinds of
 * jobs that exist nowhere else, and workers, which are this same program
 * started again. The test itself looks and meddles as the owner.
 */
#ifndef BURSAR_JOBS_YARD_H
#define BURSAR_JOBS_YARD_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/settings.h"
#include "jobs/queue.h"

#define STEPS		12
#define WORKERS_MAX	8

static char dir[64], owner_url[128], app_url[128];
static pid_t workers[WORKERS_MAX];

/* ---- kinds ----------------------------------------------------- */

struct effect_args {
	str	label;
};

static const struct field effect_args_fields[] = {
	MUST(effect_args, label, "What is told apart by."),
	FIELDS_END
};

struct steps_state {
	int64_t	done;
};

static const struct field steps_state_fields[] = {
	MAY(steps_state, done, "Steps done."),
	FIELDS_END
};

static const struct sql sql_effect = { .name = "effect", .global = true,
    .params = 3, .text = "insert into bursar.effects (label, step, attempt)"
    " values ($1, $2, $3)" };

static enum err
effect(struct job *j, int64_t step)
{
	const struct effect_args *a = j->args;

	return (store_exec(j->f, &sql_effect, NULL, STR(a->label),
	    LONG(step), LONG(j->attempt)));
}

/* One piece. */
static enum err
once_run(struct job *j)
{
	TRY(effect(j, 0));
	return (flow_sleep(j->f, 5));
}

/* Many pieces, each kept; begun anew it goes on. */
static enum err
steps_run(struct job *j)
{
	struct steps_state *s = j->state;

	if (s->done == LONG_NONE)
		s->done = 0;
	while (s->done < STEPS) {
		TRY(job_begin(j));
		TRY(effect(j, s->done));
		TRY(flow_sleep(j->f, 15));
		s->done++;
		TRY(job_commit(j));
		job_progress(j, (double)s->done / STEPS, "step %lld",
		    (long long)s->done);
		job_log(j, LOG_INFORM, "step %lld", (long long)s->done);
	}
	job_result(j, S("{\"steps\": 12}"));
	return (OK);
}

static enum err
fail_run(struct job *j)
{
	return (flow_fault(j->f, E_UPSTREAM, "nobody answers"));
}

static enum err
wrong_run(struct job *j)
{
	return (flow_fault(j->f, E_INVALID, "no such thing"));
}

static enum err
later_run(struct job *j)
{
	return (j->attempt < 3 ? job_snooze(j, 1) : effect(j, j->attempt));
}

/* Until it is stopped. */
static enum err
long_run(struct job *j)
{
	TRY(effect(j, 0));
	for (;;)
		TRY(flow_sleep(j->f, 10));
}

/* Its beginning and its end. */
static enum err
alone_run(struct job *j)
{
	TRY(effect(j, 1));
	TRY(flow_sleep(j->f, 60));
	return (effect(j, -1));
}

static const struct job_kind once_kind = { .name = "test.once",
    .doc = "one piece", .args = SHAPE(effect_args), .shared = true,
    .tx = true, .run = once_run };
static const struct job_kind steps_kind = { .name = "test.steps",
    .doc = "many pieces", .args = SHAPE(effect_args), .shared = true,
    .state = SHAPE(steps_state), .attempts = 50, .run = steps_run };
static const struct job_kind fail_kind = { .name = "test.fail",
    .doc = "fails", .shared = true, .attempts = 3, .run = fail_run };
static const struct job_kind wrong_kind = { .name = "test.wrong",
    .doc = "can never do", .shared = true, .run = wrong_run };
static const struct job_kind later_kind = { .name = "test.later",
    .doc = "not yet", .args = SHAPE(effect_args), .shared = true,
    .attempts = 1, .run = later_run };
static const struct job_kind long_kind = { .name = "test.long",
    .doc = "until stopped", .args = SHAPE(effect_args), .shared = true,
    .unique = JOB_ONE_ACTIVE, .run = long_run };
static const struct job_kind late_kind = { .name = "test.late",
    .doc = "takes too long", .args = SHAPE(effect_args), .shared = true,
    .timeout_s = 1, .attempts = 1, .run = long_run };
static const struct job_kind alone_kind = { .name = "test.alone",
    .doc = "one at a time", .args = SHAPE(effect_args), .shared = true,
    .at_once = 1, .unique = JOB_ONE_WAITING, .run = alone_run };
static const struct job_kind clock_kind = { .name = "test.clock",
    .doc = "has a schedule", .shared = true, .cron = "*/10 * * * *",
    .zone = "Europe/Berlin", .run = wrong_run };

static const struct job_kind *const test_jobs[] = { &once_kind, &steps_kind,
    &fail_kind, &wrong_kind, &later_kind, &long_kind, &late_kind,
    &alone_kind, NULL };
static const struct job_kind *const clock_jobs[] = { &clock_kind, NULL };
static const struct job_kind *const *const tables[] = { test_jobs, NULL };
static const struct job_kind *const *const clock_tables[] = { test_jobs,
    clock_jobs, NULL };

/* ---- workers: this program with the word "worker" -------------- */

static bool
worker_start(void)
{
	store_open(getenv("YARD_APP"), (size_t)settings.work_jobs + 2);
	return (jobs_prepare(getenv("YARD_CLOCK") != NULL ? clock_tables :
	    tables));
}

static int
worker_main(void)
{
	char why[200];

	if (settings_load(why, sizeof(why)) != OK)
		return (9);
	return (jobs_work(0, NULL, worker_start, store_close));
}

static void
worker_begin(int i, int places)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", places);
	setenv("BURSAR_WORK_JOBS", text, 1);
	if ((workers[i] = fork()) == 0) {
		execl("/proc/self/exe", "yard", "worker", (char *)NULL);
		_exit(9);
	}
	assert_true(workers[i] > 0);
}

/* Its exit code, or minus the signal that ended it. */
static int
worker_end(int i, int signal_number)
{
	int status;

	kill(workers[i], signal_number);
	assert_int_equal(waitpid(workers[i], &status, 0), workers[i]);
	workers[i] = 0;
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
}

static void
workers_end(void)
{
	int i;

	for (i = 0; i < WORKERS_MAX; i++)
		if (workers[i] > 0)
			(void)worker_end(i, SIGKILL);
}

/* ---- looking and meddling, as the owner ------------------------ */

struct number {
	int64_t	n;
};

static const struct field number_fields[] = {
	MUST(number, n, "A number."),
	FIELDS_END
};

struct ask {
	const struct sql	*sql;
	struct number		 answer;
};

static enum err
ask_flow(struct flow *f, void *arg)
{
	struct ask *a = arg;

	return (store_row(f, a->sql, SHAPE(number), &a->answer));
}

/* A statement lives as long as the connections that prepare it. */
static const struct sql *
asked(const char *text)
{
	static struct sql kept[256];
	static char names[256][12];
	size_t i;

	for (i = 0; kept[i].text != NULL; i++)
		if (strcmp(kept[i].text, text) == 0)
			return (&kept[i]);
	assert_true(i + 1 < 256);
	snprintf(names[i], sizeof(names[i]), "ask_%d", (int)i);
	kept[i] = (struct sql){ .name = names[i], .text = strdup(text),
	    .global = true };
	return (&kept[i]);
}

/* The number n that a statement answers. */
static int64_t
ask(const char *text)
{
	struct ask a = { .sql = asked(text) };

	if (flow_run(ask_flow, &a, 10000) != OK)
		fail_msg("%s", text);
	return (a.answer.n);
}

#define ASK_FORMAT(out, ...) snprintf((out), sizeof(out), __VA_ARGS__)

static void
until(const char *text, int64_t ms)
{
	int64_t end = mono_ms() + ms, t;

	while (ask(text) == 0) {
		if (mono_ms() > end)
			fail_msg("not within %lld ms: %s", (long long)ms, text);
		for (t = mono_ms() + 20; mono_ms() < t;)
			loop_step(5);
	}
}

static enum err
nothing_flow(struct flow *f, void *arg)
{
	return (store_exec(f, (const struct sql *)arg, NULL));
}

/* Statements of the test's own that answer nothing. */
#define TEXT_OF_(n)	#n
#define TEXT_OF(n)	TEXT_OF_(n)
#define DO(s) do {							\
	static const struct sql q_ = { .name = "do_" TEXT_OF(__LINE__),	\
	    .text = (s), .global = true };				\
	assert_int_equal(flow_run(nothing_flow,				\
	    (void *)(uintptr_t)&q_, 10000), OK);			\
} while (0)

struct put {
	const struct job_kind	*kind;
	const char		*label;
	struct job_order	 order;
	uuid			 id;
	bool			 added;
};

static enum err
put_flow(struct flow *f, void *arg)
{
	struct put *p = arg;
	struct effect_args args = { str_of(p->label) };

	p->order.id = &p->id;
	p->order.added = &p->added;
	return (job_enqueue(f, p->kind, &args, &p->order));
}

static struct put
put(const struct job_kind *k, const char *label)
{
	struct put p = { .kind = k, .label = label };

	assert_int_equal(flow_run(put_flow, &p, 10000), OK);
	return (p);
}

/* ---- the server ------------------------------------------------ */

static int
server(const char *action, const char *mode)
{
	char command[160];

	snprintf(command, sizeof(command), "sh tests/pg.sh %s %s %s >&2",
	    action, dir, mode);
	return (system(command));
}

static bool
yard_connect(void)
{
	int64_t end = mono_ms() + 5000;

	store_open(owner_url, 2);
	while (!store_up() && mono_ms() < end)
		loop_step(10);
	return (store_up());
}

static int
yard_open(void **state)
{
	FILE *quiet = fopen("/dev/null", "w");
	char why[200];

	(void)state;
	strcpy(dir, P_tmpdir "/bursar.XXXXXX");
	if (mkdtemp(dir) == NULL || server("start", "") != 0 || quiet == NULL)
		return (-1);
	snprintf(owner_url, sizeof(owner_url),
	    "host=%s user=postgres dbname=bursar", dir);
	snprintf(app_url, sizeof(app_url),
	    "host=%s user=bursar_app dbname=bursar", dir);
	setenv("YARD_APP", app_url, 1);
	setenv("BURSAR_WORK_GRACE_S", "1", 1);
	setenv("BURSAR_LOG_LEVEL", "error", 1);
	if (settings_load(why, sizeof(why)) != OK ||
	    store_migrate(owner_url, quiet) != MIGRATE_OK ||
	    !jobs_prepare(tables))
		return (-1);
	fclose(quiet);
	loop_open();
	if (!yard_connect())
		return (-1);
	DO("create table bursar.effects (label text, step bigint,"
	    " attempt bigint, at timestamptz default clock_timestamp())");
	DO("grant insert on bursar.effects to bursar_app");
	return (0);
}

static int
yard_close(void **state)
{
	(void)state;
	workers_end();
	store_close();
	loop_close();
	return (server("drop", ""));
}

#endif
