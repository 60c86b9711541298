/*
 * For this room's tests: a private PostgreSQL, freshly migrated, on the
 * simulated market of one pretended day. The pool connects as the owner,
 * as the tool does.
 */
#ifndef BURSAR_MARKET_STAND_H
#define BURSAR_MARKET_STAND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "market/instrument.h"
#include "store/store.h"

#define UNUSED	__attribute__((unused))

static char dir[64], owner_url[160], app_url[160];

static UNUSED int
server(const char *action)
{
	char command[160];

	snprintf(command, sizeof(command), "sh tests/pg.sh %s %s >&2", action,
	    dir);
	return (system(command));
}

static UNUSED void
pool_open(const char *url)
{
	int64_t end = mono_ms() + 5000;

	store_open(url, 3);
	while (!store_up() && mono_ms() < end)
		loop_step(10);
	assert_true(store_up());
}

static UNUSED enum err
in_flow(flow_fn fn, void *arg)
{
	return (flow_run(fn, arg, 60000));
}

static UNUSED int
start(void **state)
{
	FILE *quiet = fopen("/dev/null", "w");
	char why[200];

	(void)state;
	strcpy(dir, P_tmpdir "/bursar.XXXXXX");
	if (mkdtemp(dir) == NULL || server("start") != 0 || quiet == NULL)
		return (-1);
	snprintf(owner_url, sizeof(owner_url), "host=%s user=postgres "
	    "dbname=bursar options='-c client_min_messages=error'", dir);
	snprintf(app_url, sizeof(app_url),
	    "host=%s user=bursar_app dbname=bursar", dir);
	settings.statement_timeout_ms = 20000;
	settings.lock_timeout_ms = 3000;
	settings.tick_ms = 2000;
	settings.log_level = "error";
	settings.benchmark = "SPY";
	settings.feed = "simulated";
	settings.market_today = 20260320;
	if (store_migrate(owner_url, quiet) != MIGRATE_OK ||
	    feed_open(why, sizeof(why)) == NULL)
		return (-1);
	fclose(quiet);
	loop_open();
	cache_open("", 1);
	pool_open(owner_url);
	return (0);
}

static UNUSED int
stop(void **state)
{
	(void)state;
	store_close();
	feed_close();
	job_close();
	loop_close();
	instruments_forget();
	return (server("drop"));
}

static UNUSED enum err
run_flow(struct flow *f, void *arg)
{
	return (store_exec(f, (const struct sql *)arg, NULL));
}

/* A statement of the test's own. */
#define TEXT_OF_(n)	#n
#define TEXT_OF(n)	TEXT_OF_(n)
#define STATEMENT(s)	{ .name = "own_" TEXT_OF(__COUNTER__),		\
	    .text = (s), .global = true }
#define RUN(s) do {							\
	static const struct sql q_ = STATEMENT(s);			\
	assert_int_equal(in_flow(run_flow, (void *)(uintptr_t)&q_), OK); \
} while (0)

struct told {
	str	what;
};

static UNUSED const struct field told_fields[] = {
	MAY(told, what, "Text."),
	FIELDS_END
};

struct asked {
	const struct sql	*sql;
	char			 answer[4096];
};

static UNUSED enum err
ask_flow(struct flow *f, void *arg)
{
	struct asked *q = arg;
	struct told t;

	TRY(store_row(f, q->sql, SHAPE(told), &t));
	snprintf(q->answer, sizeof(q->answer), "%.*s", STR_ARG(t.what));
	return (OK);
}

/* The statement's one column, called what, is this text. */
#define ASSERT_TOLD(s, text) do {					\
	static const struct sql q_ = STATEMENT(s);			\
	struct asked a_ = { .sql = &q_ };				\
	assert_int_equal(in_flow(ask_flow, &a_), OK);			\
	assert_string_equal(a_.answer, (text));				\
} while (0)

static UNUSED int
fresh(void **state)
{
	(void)state;
	RUN("truncate bursar.instruments, bursar.fx_rates,"
	    " bursar.search_variants cascade");
	instruments_forget();
	settings.market_today = 20260320;
	return (0);
}

#endif
