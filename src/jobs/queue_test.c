/*
 * The queue on a real PostgreSQL with real workers: nothing is lost, nothing
 * is done twice, whoever is killed, stopped or only slow.
 */
#include "jobs/yard.h"

#include "jobs_sql.h"

#define RAN(n)	"select (count(*) = " #n ")::int::bigint as n" \
		    " from bursar.job_runs where status = 'done'"
#define ENDED	"select (count(*) = 0)::int::bigint as n" \
		    " from bursar.job_runs where status in" \
		    " ('waiting', 'running')"

static int
fresh(void **state)
{
	(void)state;
	DO("truncate bursar.effects, bursar.job_runs, bursar.job_lines,"
	    " bursar.job_schedules, bursar.job_workers");
	return (0);
}

static int
over(void **state)
{
	(void)state;
	workers_end();
	unsetenv("YARD_CLOCK");
	return (0);
}

/* ---- once ------------------------------------------------------ */

static void
many_workers_run_each_run_once(void **state)
{
	char label[16];
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		worker_begin(i, 3);
	for (i = 0; i < 150; i++) {
		snprintf(label, sizeof(label), "run %d", i);
		put(&once_kind, label);
	}
	until(RAN(150), 30000);
	assert_int_equal(ask("select count(*) as n from bursar.effects"),
	    150);
	assert_int_equal(ask("select count(distinct label) as n"
	    " from bursar.effects"), 150);
	assert_int_equal(ask("select max(attempt) as n"
	    " from bursar.job_runs"), 1);
}

/* Leases are made to end, instead of waiting for it. */
static void
lease_end(void)
{
	DO("update bursar.job_runs set lease_until = now() - interval '1 s'"
	    " where status = 'running'");
}

static void
a_killed_worker_loses_and_doubles_nothing(void **state)
{
	int round;

	(void)state;
	put(&steps_kind, "a");
	put(&steps_kind, "b");
	put(&once_kind, "c");
	for (round = 0; round < 8; round++) {
		worker_begin(0, 2);
		usleep((useconds_t)(60000 + round * 23000));
		assert_int_equal(worker_end(0, SIGKILL), -SIGKILL);
		lease_end();
	}
	worker_begin(1, 2);
	until(RAN(3), 20000);
	assert_int_equal(ask("select count(*) as n from bursar.effects"
	    " where label in ('a', 'b')"), 2 * STEPS);
	assert_int_equal(ask("select count(distinct (label, step)) as n"
	    " from bursar.effects where label in ('a', 'b')"), 2 * STEPS);
	assert_int_equal(ask("select count(*) as n from bursar.effects"
	    " where label = 'c'"), 1);
	assert_true(ask("select max(attempt) as n from bursar.job_runs") > 1);
}

/* It is not dead, only slow: another has its run by then. */
static void
a_worker_thought_dead_writes_nothing_more(void **state)
{
	(void)state;
	put(&steps_kind, "a");
	worker_begin(0, 1);
	until("select (count(*) > 2)::int::bigint as n"
	    " from bursar.effects", 10000);
	kill(workers[0], SIGSTOP);
	/* its transaction ends with its connection */
	DO("select pg_terminate_backend(pid) from pg_stat_activity"
	    " where usename = 'bursar_app'");
	lease_end();
	worker_begin(1, 1);
	until("select (max(attempt) = 2)::int::bigint as n"
	    " from bursar.job_runs", 10000);
	kill(workers[0], SIGCONT);
	until(RAN(1), 20000);
	usleep(300000);
	assert_int_equal(ask("select count(*) as n from bursar.effects"),
	    STEPS);
	assert_int_equal(ask("select count(distinct step) as n"
	    " from bursar.effects"), STEPS);
	assert_int_equal(ask("select attempt as n from bursar.job_runs"), 2);
}

static void
a_database_that_goes_away_and_comes_back_loses_nothing(void **state)
{
	int64_t end;
	int i;

	(void)state;
	put(&steps_kind, "a");
	put(&steps_kind, "b");
	put(&once_kind, "c");
	worker_begin(0, 3);
	until("select (count(*) > 4)::int::bigint as n"
	    " from bursar.effects", 10000);
	for (i = 0; i < 2; i++) {
		store_close();
		assert_int_equal(server("stop", "immediate"), 0);
		usleep(200000);
		assert_int_equal(server("start", ""), 0);
		assert_true(yard_connect());
	}
	for (end = mono_ms() + 40000; ask(RAN(3)) == 0;) {
		assert_true(mono_ms() < end);
		usleep(200000);
		DO("update bursar.job_runs set run_at = now()"
		    " where status = 'waiting'");
	}
	assert_int_equal(ask("select count(*) as n from bursar.effects"),
	    2 * STEPS + 1);
	assert_int_equal(ask("select count(distinct (label, step)) as n"
	    " from bursar.effects"), 2 * STEPS + 1);
}

static void
a_run_that_takes_its_worker_with_it_dies_in_the_end(void **state)
{
	int i;

	(void)state;
	put(&fail_kind, NULL);
	for (i = 0; i < 3; i++) {
		DO("update bursar.job_runs set status = 'running',"
		    " worker = gen_random_uuid(), attempt = attempt + 1,"
		    " lease_until = now() - interval '1 s'");
		assert_int_equal(ask("select bursar.job_rescue() as n"), 1);
	}
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where status = 'dead' and error = 'its worker fell silent'"), 1);
}

static void
a_lease_that_holds_is_left_alone(void **state)
{
	(void)state;
	put(&fail_kind, NULL);
	DO("update bursar.job_runs set status = 'running',"
	    " worker = gen_random_uuid(), attempt = 1,"
	    " lease_until = now() + interval '20 s'");
	assert_int_equal(ask("select bursar.job_rescue() as n"), 0);
}

/* ---- failing --------------------------------------------------- */

static void
a_failure_waits_longer_each_time_and_then_is_dead(void **state)
{
	int i;

	(void)state;
	put(&fail_kind, NULL);
	worker_begin(0, 1);
	for (i = 1; i <= 2; i++) {
		until(i == 1 ? "select count(*) as n from bursar.job_runs"
		    " where failures = 1 and status = 'waiting'" :
		    "select count(*) as n from bursar.job_runs"
		    " where failures = 2 and status = 'waiting'", 10000);
		assert_int_equal(ask(i == 1 ?
		    "select count(*) as n from bursar.job_runs where run_at"
		    " - now() between interval '1 s' and interval '5.1 s'" :
		    "select count(*) as n from bursar.job_runs where run_at"
		    " - now() between interval '3 s' and interval '10.1 s'"),
		    1);
		DO("update bursar.job_runs set run_at = now()");
	}
	until("select count(*) as n from bursar.job_runs"
	    " where failures = 3 and status = 'dead'"
	    " and error = 'nobody answers'", 10000);
}

static void
what_no_attempt_can_mend_is_dead_at_once(void **state)
{
	(void)state;
	put(&wrong_kind, NULL);
	worker_begin(0, 1);
	until("select count(*) as n from bursar.job_runs where failures = 1"
	    " and status = 'dead' and error = 'no such thing'", 10000);
	until("select count(*) as n from bursar.job_lines"
	    " where level = 'warn' and line = 'no such thing'", 5000);
}

static void
later_is_no_failure(void **state)
{
	(void)state;
	put(&later_kind, "x");
	worker_begin(0, 1);
	until(RAN(1), 10000);
	assert_int_equal(ask("select step as n from bursar.effects"), 3);
	assert_int_equal(ask("select failures as n from bursar.job_runs"), 0);
}

static void
what_takes_too_long_is_cut_off(void **state)
{
	(void)state;
	put(&late_kind, "x");
	worker_begin(0, 1);
	until("select count(*) as n from bursar.job_runs where status ="
	    " 'dead' and error = 'it took longer than it may'", 10000);
}

static void
pauses_double_up_to_an_hour_and_differ(void **state)
{
	double full, half;
	int64_t n;

	(void)state;
	assert_true(backoff_s(1, 1) == 5);
	assert_true(backoff_s(2, 1) == 10);
	assert_true(backoff_s(4, 1) == 40);
	for (n = 1; n < 100; n++) {
		full = backoff_s(n, 1);
		half = backoff_s(n, 0);
		assert_true(half * 2 == full && full <= 3600);
		assert_true(full >= backoff_s(n - 1, 1));
	}
	assert_true(backoff_s(INT64_MAX, 1) == 3600);
}

/* ---- commanding ------------------------------------------------ */

static void
a_run_at_work_is_cancelled_within_a_second(void **state)
{
	(void)state;
	put(&long_kind, "x");
	worker_begin(0, 1);
	until("select count(*) as n from bursar.effects", 10000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs r,"
	    " lateral bursar.job_cancel(gen_random_uuid(), r.id, true) c"
	    " where c.cancelling"), 1);
	until("select count(*) as n from bursar.job_runs"
	    " where status = 'cancelled'", 1000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where error is null and failures = 0"), 1);
}

static void
one_that_waits_never_begins(void **state)
{
	(void)state;
	put(&once_kind, "x");
	(void)ask("select count(*) as n from bursar.job_runs r, lateral"
	    " bursar.job_cancel(gen_random_uuid(), r.id, true) c");
	worker_begin(0, 1);
	put(&once_kind, "y");
	until(RAN(1), 10000);
	assert_int_equal(ask("select count(*) as n from bursar.effects"
	    " where label = 'x'"), 0);
}

static void
a_worker_told_to_stop_hands_back(void **state)
{
	(void)state;
	put(&long_kind, "x");
	worker_begin(0, 1);
	until("select count(*) as n from bursar.effects", 10000);
	assert_int_equal(worker_end(0, SIGTERM), 0);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where status = 'waiting' and failures = 0 and attempt = 1"
	    " and error is null"), 1);
	assert_int_equal(ask("select count(*) as n from bursar.job_workers"),
	    0);
}

static void
a_worker_told_to_stop_lets_finish_what_can(void **state)
{
	(void)state;
	put(&steps_kind, "x");
	worker_begin(0, 1);
	until("select count(*) as n from bursar.effects", 10000);
	assert_int_equal(worker_end(0, SIGTERM), 0);
	assert_int_equal(ask(RAN(1)), 1);
}

/* ---- putting in ------------------------------------------------ */

static void
alike_runs_are_put_in_as_their_kind_says(void **state)
{
	struct put first, second;

	(void)state;
	assert_true(put(&once_kind, "x").added);
	assert_true(put(&once_kind, "x").added);
	first = put(&long_kind, "x");
	second = put(&long_kind, "x");
	assert_true(first.added && !second.added);
	assert_true(uuid_eq(first.id, second.id));
	assert_true(put(&long_kind, "y").added);
	assert_true(put(&alone_kind, "x").added);
	assert_false(put(&alone_kind, "x").added);
	DO("update bursar.job_runs set status = 'running', attempt = 1,"
	    " worker = gen_random_uuid(), lease_until = now()"
	    " + interval '1 h'");
	assert_false(put(&long_kind, "x").added);
	assert_true(put(&alone_kind, "x").added);
	DO("update bursar.job_runs set status = 'done', worker = null,"
	    " lease_until = null, ended_at = now()");
	assert_true(put(&long_kind, "x").added);
}

static void
larger_priorities_go_first(void **state)
{
	struct put p = { .kind = &once_kind };
	static const struct {
		const char	*label;
		int		 priority;
	} rows[] = { { "c", 0 }, { "d", -5 }, { "a", 9 }, { "b", 3 } };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		p.label = rows[i].label;
		p.order.priority = rows[i].priority;
		assert_int_equal(flow_run(put_flow, &p, 10000), OK);
	}
	worker_begin(0, 1);
	until(RAN(4), 10000);
	assert_int_equal(ask("select (string_agg(label, '' order by at) ="
	    " 'abcd')::int::bigint as n from bursar.effects"), 1);
}

static void
nothing_begins_before_its_time(void **state)
{
	struct put p = { .kind = &once_kind, .label = "x" };

	(void)state;
	worker_begin(0, 1);
	p.order.run_at = instant_now();
	p.order.run_at.us += 1500000;
	assert_int_equal(flow_run(put_flow, &p, 10000), OK);
	until(RAN(1), 10000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where started_at >= run_at"), 1);
}

static void
a_kind_with_a_limit_keeps_it_everywhere(void **state)
{
	char label[16];
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		worker_begin(i, 4);
	for (i = 0; i < 12; i++) {
		snprintf(label, sizeof(label), "run %d", i);
		put(&alone_kind, label);
	}
	until(RAN(12), 30000);
	assert_int_equal(ask("select max(s) as n from (select sum(step)"
	    " over (order by at)::bigint as s from bursar.effects) x"), 1);
}

static void
a_worker_is_woken_at_once(void **state)
{
	int i;

	(void)state;
	worker_begin(0, 1);
	put(&once_kind, "first");
	until(RAN(1), 10000);
	for (i = 0; i < 10; i++) {
		put(&once_kind, "x");
		until(ENDED, 5000);
	}
	/* a round a second alone would need five on average */
	assert_int_equal(ask("select (avg(started_at - created_at) <"
	    " interval '200 ms')::int::bigint as n from bursar.job_runs"),
	    1);
}

/* The connection that hears is made anew. */
static void
a_worker_hears_again_after_its_connections_were_cut(void **state)
{
	int i;

	(void)state;
	worker_begin(0, 1);
	put(&once_kind, "first");
	until(RAN(1), 10000);
	DO("select pg_terminate_backend(pid) from pg_stat_activity"
	    " where usename = 'bursar_app'");
	until("select count(*) as n from pg_stat_activity where usename ="
	    " 'bursar_app' and query = 'listen bursar_jobs'", 5000);
	DO("truncate bursar.job_runs cascade");
	for (i = 0; i < 10; i++) {
		put(&once_kind, "x");
		until(ENDED, 5000);
	}
	assert_int_equal(ask("select (avg(started_at - created_at) <"
	    " interval '300 ms')::int::bigint as n from bursar.job_runs"),
	    1);
}

static void
progress_lines_and_results_are_kept(void **state)
{
	(void)state;
	put(&steps_kind, "x");
	worker_begin(0, 1);
	until(RAN(1), 10000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where progress = 1 and doing = 'step 12'"
	    " and result = '{\"steps\": 12}'"), 1);
	assert_int_equal(ask("select (array_agg(line order by n) ="
	    " array(select 'step ' || i from generate_series(1, 12) i))"
	    "::int::bigint as n from bursar.job_lines"), 1);
}

/* ---- schedules ------------------------------------------------- */

/* As if nobody had been there since. */
static void
clock_back(const char *interval)
{
	char text[160];

	ASK_FORMAT(text, "with u as (update bursar.job_schedules set next_at"
	    " = date_trunc('hour', now()) - interval '%s' returning 1)"
	    " select count(*) as n from u", interval);
	assert_int_equal(ask(text), 1);
}

/* Workers have a schedule now, which does not fire by itself meanwhile. */
static void
clock_begin(void)
{
	setenv("YARD_CLOCK", "1", 1);
	while (instant_now().us / 1000000 % 600 > 570)
		usleep(200000);
}

static void
a_schedule_fires_once_for_a_time_with_many_workers(void **state)
{
	int i;

	(void)state;
	clock_begin();
	for (i = 0; i < 4; i++)
		worker_begin(i, 2);
	until("select count(*) as n from bursar.job_schedules"
	    " where next_at > now() and next_at <= now()"
	    " + interval '10 min'", 10000);
	for (i = 0; i < 5; i++) {
		DO("update bursar.job_schedules set fired_at = null");
		DO("delete from bursar.job_runs");
		clock_back("0");
		until("select count(*) as n from bursar.job_runs", 5000);
		until("select count(*) as n from bursar.job_schedules"
		    " where next_at > now()", 5000);
		usleep(50000);
		assert_int_equal(ask("select count(*) as n"
		    " from bursar.job_runs"), 1);
	}
}

static void
after_an_outage_the_latest_time_alone_is_made_up_for(void **state)
{
	(void)state;
	clock_begin();
	worker_begin(0, 2);
	until("select count(*) as n from bursar.job_schedules", 10000);
	clock_back("3 days");
	until("select count(*) as n from bursar.job_runs", 5000);
	usleep(1500000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"
	    " where now() - period < interval '10 min 5 s'"), 1);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"), 1);
	assert_int_equal(ask("select count(*) as n from"
	    " bursar.job_schedules s join bursar.job_runs r on"
	    " r.period = s.fired_at and s.next_at = r.period"
	    " + interval '10 min'"), 1);
}

static void
a_paused_schedule_does_not_fire(void **state)
{
	(void)state;
	clock_begin();
	worker_begin(0, 2);
	until("select count(*) as n from bursar.job_schedules", 10000);
	DO("update bursar.job_schedules set paused = true");
	clock_back("1 day");
	usleep(2500000);
	assert_int_equal(ask("select count(*) as n from bursar.job_runs"), 0);
}

static void
a_time_that_has_fired_does_not_fire_again(void **state)
{
	(void)state;
	DO("insert into bursar.job_schedules (id, name, kind, cron, zone,"
	    " next_at, fired_at) values (gen_random_uuid(), 'x', 'x',"
	    " '@daily', 'UTC', now(), '2026-01-02')");
	assert_int_equal(ask("select count(*) as n from"
	    " bursar.job_schedules s, lateral bursar.job_schedule_fire(s.id,"
	    " gen_random_uuid(), '2026-01-02', '2026-01-03', 0, 0, 5)"), 0);
	assert_int_equal(ask("select count(*) as n from"
	    " bursar.job_schedules s, lateral bursar.job_schedule_fire(s.id,"
	    " gen_random_uuid(), '2026-01-03', '2026-01-04', 0, 0, 5)"), 1);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, fresh, over)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(many_workers_run_each_run_once),
		T(a_killed_worker_loses_and_doubles_nothing),
		T(a_worker_thought_dead_writes_nothing_more),
		T(a_database_that_goes_away_and_comes_back_loses_nothing),
		T(a_run_that_takes_its_worker_with_it_dies_in_the_end),
		T(a_lease_that_holds_is_left_alone),
		T(a_failure_waits_longer_each_time_and_then_is_dead),
		T(what_no_attempt_can_mend_is_dead_at_once),
		T(later_is_no_failure),
		T(what_takes_too_long_is_cut_off),
		T(pauses_double_up_to_an_hour_and_differ),
		T(a_run_at_work_is_cancelled_within_a_second),
		T(one_that_waits_never_begins),
		T(a_worker_told_to_stop_hands_back),
		T(a_worker_told_to_stop_lets_finish_what_can),
		T(alike_runs_are_put_in_as_their_kind_says),
		T(larger_priorities_go_first),
		T(nothing_begins_before_its_time),
		T(a_kind_with_a_limit_keeps_it_everywhere),
		T(a_worker_is_woken_at_once),
		T(a_worker_hears_again_after_its_connections_were_cut),
		T(progress_lines_and_results_are_kept),
		T(a_schedule_fires_once_for_a_time_with_many_workers),
		T(after_an_outage_the_latest_time_alone_is_made_up_for),
		T(a_paused_schedule_does_not_fire),
		T(a_time_that_has_fired_does_not_fire_again),
	};

	if (argc == 2 && strcmp(argv[1], "worker") == 0)
		return (worker_main());
	return (cmocka_run_group_tests(tests, yard_open, yard_close));
}
