/*
 * The database goes away, hangs and comes back: calls answer E_BUSY at once,
 * and work again by themselves within six seconds.
 */
#include <signal.h>

#include "store/rig.h"

static enum err
one(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	return (store_row(f, &sql_one, SHAPE(count), &c));
}

static enum err
sleep_10(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	return (store_row(f, &sql_sleep, SHAPE(count), &c, REAL(10)));
}

static enum err
add_and_wait(struct flow *f, void *arg)
{
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(thing_add(f, "never"));
	*(int *)arg = 1;
	TRY(flow_sleep(f, 500));
	return (store_commit(f));
}

static enum err answer;

static void
note_answer(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	answer = e;
}

static void
heals_within(int64_t ms)
{
	int64_t end = mono_ms() + ms;

	while (flow_run(one, NULL, 3000) != OK) {
		assert_true(mono_ms() < end);
		loop_step(20);
	}
}

static void
without_a_server_the_answer_is_busy_at_once(void **state)
{
	int64_t before = mono_ms();

	(void)state;
	store_close();
	store_open("host=/nowhere/at/all user=bursar_app dbname=bursar", 3);
	assert_int_equal(flow_run(one, NULL, 5000), E_BUSY);
	assert_true(mono_ms() - before < 200);
	assert_false(store_up());
}

static void
a_restart_is_survived(void **state)
{
	(void)state;
	assert_int_equal(rig_shell("stop", "fast"), 0);
	rig_until(false, 1000);
	assert_int_equal(flow_run(one, NULL, 5000), E_BUSY);
	assert_int_equal(rig_shell("start", ""), 0);
	heals_within(6000);
}

/* As long as it takes for the pauses between attempts to reach their most. */
static void
a_long_absence_is_survived(void **state)
{
	int64_t end;

	(void)state;
	assert_int_equal(rig_shell("stop", "immediate"), 0);
	for (end = mono_ms() + 4000; mono_ms() < end;)
		loop_step(100);
	assert_int_equal(rig_shell("start", ""), 0);
	heals_within(6000);
}

static void
what_was_under_way_is_answered(void **state)
{
	int64_t before;

	(void)state;
	answer = OK;
	assert_non_null(flow_start(sleep_10, note_answer, NULL, 9000));
	loop_step(50);
	before = mono_ms();
	assert_int_equal(rig_shell("stop", "immediate"), 0);
	loop_run(NULL);
	assert_int_equal(answer, E_BUSY);
	assert_true(mono_ms() - before < 1500);
	assert_int_equal(rig_shell("start", ""), 0);
	heals_within(6000);
}

static void
a_transaction_that_lost_its_connection_cannot_commit(void **state)
{
	int added = 0;

	(void)state;
	answer = OK;
	assert_non_null(flow_start(add_and_wait, note_answer, &added, 9000));
	while (!added)
		loop_step(20);
	rig_ask("select count(pg_terminate_backend(pid)) from"
	    " pg_stat_activity where usename = 'bursar_app'");
	loop_run(NULL);
	assert_int_equal(answer, E_BUSY);
	heals_within(1000);
	assert_string_equal(rig_ask("select count(*) from bursar.things"),
	    "0");
}

/* ---- a server that is there and says nothing --------------------- */

#define PIDS_MAX	32

static pid_t pids[PIDS_MAX];
static size_t pid_count;

static void
pids_read(void)
{
	const char *p;
	char path[96], *end;
	FILE *f;
	int first = 0;

	snprintf(path, sizeof(path), "%s/data/postmaster.pid", rig_dir);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fscanf(f, "%d", &first), 1);
	fclose(f);
	pids[0] = first;
	pid_count = 1;
	p = rig_ask("select string_agg(pid::text, ' ') from pg_stat_activity"
	    " where usename = 'bursar_app'");
	while (pid_count < PIDS_MAX) {
		first = (int)strtol(p, &end, 10);
		if (end == p)
			break;
		pids[pid_count++] = first;
		p = end;
	}
}

static void
pids_signal(int signal)
{
	size_t i;

	for (i = 0; i < pid_count; i++)
		assert_int_equal(kill(pids[i], signal), 0);
}

static void
a_server_that_hangs_is_given_up_within_two_seconds(void **state)
{
	int64_t before;

	(void)state;
	pids_read();
	pids_signal(SIGSTOP);
	before = mono_ms();
	assert_int_equal(flow_run(one, NULL, 9000), E_BUSY);
	assert_in_range(mono_ms() - before, 1000, 2200);
	assert_false(store_up());
	before = mono_ms();
	assert_int_equal(flow_run(one, NULL, 9000), E_BUSY);
	assert_true(mono_ms() - before < 100);
	pids_signal(SIGCONT);
	heals_within(6000);
}

/* One connection, one long statement: slow, but there. */
static enum err
sleep_a_while(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	return (store_row(f, &sql_sleep, SHAPE(count), &c, REAL(3)));
}

static void
a_slow_server_is_not_taken_for_a_hanging_one(void **state)
{
	(void)state;
	rig_close();
	rig_open(1);
	assert_int_equal(flow_run(sleep_a_while, NULL, 9000), OK);
	assert_true(store_up());
}

#define T(name)	cmocka_unit_test_setup_teardown(name, rig_pool_open,	\
    rig_pool_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_restart_is_survived),
		T(a_long_absence_is_survived),
		T(what_was_under_way_is_answered),
		T(a_transaction_that_lost_its_connection_cannot_commit),
		T(a_server_that_hangs_is_given_up_within_two_seconds),
		T(a_slow_server_is_not_taken_for_a_hanging_one),
		T(without_a_server_the_answer_is_busy_at_once),
	};

	return (cmocka_run_group_tests(tests, rig_start, rig_server_stop));
}
