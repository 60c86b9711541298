/*
 * Many flows on few connections: they share, wait, run late, are cancelled
 * and take turns, and nobody gets another's answer.
 */
#include "store/rig.h"

static struct tally {
	int	ok, busy, late, cancelled, conflict, other;
} tally;

static void
tally_up(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	switch (e) {
	case OK:
		tally.ok++;
		break;
	case E_BUSY:
		tally.busy++;
		break;
	case E_DEADLINE:
		tally.late++;
		break;
	case E_CANCELLED:
		tally.cancelled++;
		break;
	case E_CONFLICT:
		tally.conflict++;
		break;
	default:
		tally.other++;
		break;
	}
}

static struct flow *
start(flow_fn fn, const void *arg, int64_t timeout_ms)
{
	struct flow *f;

	f = flow_start(fn, tally_up, (void *)(uintptr_t)arg, timeout_ms);
	assert_non_null(f);
	return (f);
}

static int
setup(void **state)
{
	memset(&tally, 0, sizeof(tally));
	settings.statement_timeout_ms = 5000;
	settings.lock_timeout_ms = 3000;
	return (rig_pool_open(state));
}

static void
reopen(size_t connections)
{
	rig_close();
	rig_open(connections);
}

static void
steps(int64_t ms)
{
	int64_t end = mono_ms() + ms;

	while (mono_ms() < end)
		loop_step(5);
}

/* ---- sharing ----------------------------------------------------- */

static const struct sql sql_echo = { .name = "echo", .global = true,
    .params = 1, .text = "select $1::bigint as n" };

static enum err
echo(struct flow *f, int64_t n)
{
	struct count c;

	TRY(store_row(f, &sql_echo, SHAPE(count), &c, LONG(n)));
	assert_true(c.n == n);
	return (OK);
}

static enum err
echo_many(struct flow *f, void *arg)
{
	int64_t base = *(int64_t *)arg, i;

	for (i = 0; i < 50; i++)
		TRY(echo(f, base + i));
	return (OK);
}

static void
flows_start(size_t n, flow_fn fn, int64_t timeout_ms)
{
	static int64_t bases[LIMIT_FLOWS];
	size_t i;

	for (i = 0; i < n; i++) {
		bases[i] = (int64_t)i * 1000;
		start(fn, &bases[i], timeout_ms);
	}
}

static void
many_flows_share_few_connections(void **state)
{
	(void)state;
	flows_start(64, echo_many, 20000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 64);
	assert_string_equal(rig_ask("select count(*) from pg_stat_activity"
	    " where usename = 'bursar_app'"), "3");
}

static void
more_than_a_connection_holds_wait_their_turn(void **state)
{
	(void)state;
	reopen(1);
	flows_start(200, echo_many, 30000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 200);
}

/* ---- too late ---------------------------------------------------- */

static enum err
sleep_long(struct flow *f, void *arg)
{
	struct count c;

	return (store_row(f, &sql_sleep, SHAPE(count), &c,
	    REAL(*(const double *)arg)));
}

static enum err
echo_one(struct flow *f, void *arg)
{
	(void)arg;
	return (echo(f, 42));
}

static const double seconds_10 = 10, tenth = 0.1, seconds_2 = 2;

static const char *
sleepers(void)
{
	return (rig_ask("select count(*) from pg_stat_activity"
	    " where state <> 'idle' and usename = 'bursar_app'"));
}

static void
a_late_statement_is_left_and_stopped(void **state)
{
	int64_t before = mono_ms();

	(void)state;
	assert_int_equal(flow_run(sleep_long, (void *)(uintptr_t)&seconds_10,
	    100), E_DEADLINE);
	assert_in_range(mono_ms() - before, 99, 1000);
	assert_int_equal(flow_run(echo_one, NULL, 1000), OK);
	steps(500);
	assert_string_equal(sleepers(), "0");
}

static void
a_statement_may_not_run_for_ever(void **state)
{
	int64_t before = mono_ms();

	(void)state;
	settings.statement_timeout_ms = 300;
	reopen(1);
	assert_int_equal(flow_run(sleep_long, (void *)(uintptr_t)&seconds_10,
	    5000), E_DEADLINE);
	assert_in_range(mono_ms() - before, 299, 2000);
	assert_int_equal(flow_run(echo_one, NULL, 1000), OK);
}

static void
whoever_waits_for_a_connection_may_leave(void **state)
{
	int i;

	(void)state;
	settings.statement_timeout_ms = 600;
	reopen(1);
	for (i = 0; i < 16; i++)
		start(sleep_long, &seconds_10, 5000);
	for (i = 0; i < 10; i++)
		start(sleep_long, &tenth, 50);
	for (i = 0; i < 5; i++)
		flow_cancel(start(sleep_long, &tenth, 5000));
	steps(100);
	assert_int_equal(tally.late, 10);
	assert_int_equal(tally.cancelled, 5);
	assert_int_equal(flow_count(), 16);
}

/* ---- cancels and neighbours -------------------------------------- */

static void
neighbours_of_a_cancelled_statement_lose_nothing(void **state)
{
	int64_t before = mono_ms();
	int i, round;

	(void)state;
	for (round = 0; round < 15; round++) {
		for (i = 0; i < 4; i++)
			start(sleep_long, &seconds_2, 20 + round);
		flows_start(30, echo_many, 10000);
		loop_run(NULL);
	}
	assert_int_equal(tally.late, 15 * 4);
	assert_int_equal(tally.ok, 15 * 30);
	assert_true(mono_ms() - before < 15 * 2000 / 2);
}

static const struct sql sql_stubborn = { .name = "stubborn",
    .global = true, .text = "select 1 as n from public.stubborn()" };

static enum err
be_stubborn(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	return (store_row(f, &sql_stubborn, SHAPE(count), &c));
}

static void
cancel_from_outside(void)
{
	rig_ask("select pg_cancel_backend(pid) from pg_stat_activity"
	    " where usename = 'bursar_app' and state = 'active'");
}

/*
 * What the pool's cancel was meant for swallows it, so the next one, to
 * which it is all the same who sent it, strikes a neighbour.
 */
static void
a_neighbour_hit_by_a_cancel_goes_again(void **state)
{
	static const double second = 1;

	(void)state;
	rig_ask("create function public.stubborn() returns void"
	    " language plpgsql as $$ begin perform pg_sleep(5);"
	    " exception when query_canceled then perform pg_sleep(0.3);"
	    " end $$");
	reopen(1);
	start(be_stubborn, NULL, 50);
	start(sleep_long, &second, 9000);
	steps(800);
	cancel_from_outside();
	loop_run(NULL);
	assert_int_equal(tally.late, 1);
	assert_int_equal(tally.ok, 1);
	start(sleep_long, &second, 9000);
	steps(100);
	cancel_from_outside();
	loop_run(NULL);
	assert_int_equal(tally.late, 2);
	rig_ask("drop function public.stubborn");
}

static enum err
add_and_sleep(struct flow *f, void *arg)
{
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(thing_add(f, "asleep"));
	TRY(sleep_long(f, arg));
	return (store_commit(f));
}

static void
a_cancelled_transaction_leaves_nothing(void **state)
{
	struct flow *f;
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		f = start(add_and_sleep, &seconds_10, 10000);
		steps(100);
		flow_cancel(f);
		loop_run(NULL);
	}
	steps(300);
	assert_int_equal(tally.cancelled, 5);
	assert_string_equal(sleepers(), "0");
	assert_string_equal(rig_ask("select count(*) from bursar.things"),
	    "0");
	assert_int_equal(flow_run(echo_one, NULL, 1000), OK);
}

/* ---- transactions in turn ---------------------------------------- */

static const struct sql sql_n_get = { .name = "n_get", .params = 1,
    .text = "select n from things where tenant_id = $1 for update" };
static const struct sql sql_n_put = { .name = "n_put", .params = 2,
    .text = "update things set n = $2 where tenant_id = $1" };

static enum err
count_up(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(store_row(f, &sql_n_get, SHAPE(count), &c));
	TRY(store_exec(f, &sql_n_put, NULL, LONG(c.n + 1)));
	return (store_commit(f));
}

static void
add_a_counter(void)
{
	rig_ask("insert into bursar.things (tenant_id, id, n) values"
	    " ('01020304-0506-7708-890a-0b0c0d0e0f0a',"
	    " '00000000-0000-7000-8000-000000000001', 0)");
}

static void
more_transactions_than_connections_take_turns(void **state)
{
	(void)state;
	add_a_counter();
	flows_start(100, count_up, 20000);
	flows_start(20, echo_many, 20000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 120);
	assert_string_equal(rig_ask("select n from bursar.things"), "100");
}

static void
one_connection_serves_both_kinds(void **state)
{
	(void)state;
	reopen(1);
	add_a_counter();
	flows_start(20, echo_many, 20000);
	flows_start(50, count_up, 20000);
	flows_start(20, echo_many, 20000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 90);
	assert_string_equal(rig_ask("select n from bursar.things"), "50");
}

static enum err
begin_and_sleep(struct flow *f, void *arg)
{
	(void)arg;
	TRY(store_begin(f));
	return (flow_sleep(f, 600));
}

static void
readers_go_on_while_transactions_hold_what_they_may(void **state)
{
	int64_t before = mono_ms();

	(void)state;
	flows_start(5, begin_and_sleep, 10000);
	assert_int_equal(flow_run(echo_one, NULL, 1000), OK);
	assert_true(mono_ms() - before < 400);
	loop_run(NULL);
	assert_int_equal(tally.ok, 5);
}

static enum err
lock_and_sleep(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	f->who.tenant = tenant_a;
	TRY(store_begin(f));
	TRY(store_row(f, &sql_n_get, SHAPE(count), &c));
	return (flow_sleep(f, 500));
}

static enum err
count_up_locked(struct flow *f, void *arg)
{
	enum err e = count_up(f, arg);

	assert_true(store_locked(f));
	return (e);
}

static void
a_lock_is_waited_for_only_so_long(void **state)
{
	(void)state;
	settings.lock_timeout_ms = 100;
	reopen(3);
	add_a_counter();
	start(lock_and_sleep, NULL, 5000);
	steps(100);
	assert_int_equal(flow_run(count_up_locked, NULL, 5000), E_BUSY);
	loop_run(NULL);
	assert_int_equal(flow_run(count_up, NULL, 5000), OK);
}

static enum err
lock_two(struct flow *f, void *arg)
{
	static const struct sql lock = { .name = "lock", .global = true,
	    .params = 1, .text = "select 1 as n"
	    " from pg_advisory_xact_lock($1)" };
	int64_t first = *(int64_t *)arg / 1000;
	struct count c;

	TRY(store_begin(f));
	TRY(store_row(f, &lock, SHAPE(count), &c, LONG(first)));
	TRY(flow_sleep(f, 100));
	TRY(store_row(f, &lock, SHAPE(count), &c, LONG(1 - first)));
	return (store_commit(f));
}

static void
a_deadlock_is_a_conflict_for_one(void **state)
{
	(void)state;
	flows_start(2, lock_two, 10000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 1);
	assert_int_equal(tally.conflict, 1);
}

/* ---- a schema that changes meanwhile ----------------------------- */

static const struct sql sql_shifting = { .name = "shifting", .global = true,
    .text = "select n from public.shifting" };

static enum err
read_shifting(struct flow *f, void *arg)
{
	struct count c;

	(void)arg;
	return (store_row(f, &sql_shifting, SHAPE(count), &c));
}

static void
a_changed_column_costs_one_refusal_at_most(void **state)
{
	(void)state;
	reopen(1);
	rig_ask("create table public.shifting as select 1::int as n;"
	    "grant select on public.shifting to public");
	assert_int_equal(flow_run(read_shifting, NULL, 5000), OK);
	rig_ask("alter table public.shifting alter n type bigint");
	assert_int_equal(flow_run(read_shifting, NULL, 5000), E_BUSY);
	steps(20);
	rig_until(true, 2000);
	assert_int_equal(flow_run(read_shifting, NULL, 5000), OK);
	rig_ask("drop table public.shifting");
}

static enum err
count_things(struct flow *f, void *arg)
{
	static const struct sql sql_things = { .name = "locked_things",
	    .params = 1, .text = "select count(*) as n from bursar.things"
	    " where tenant_id = $1" };
	struct count c;

	(void)arg;
	f->who.tenant = tenant_a;
	return (store_row(f, &sql_things, SHAPE(count), &c));
}

/* One prepares, is kept waiting and fails; others relied on it. */
static void
a_lock_met_while_preparing_is_busy_for_all(void **state)
{
	PGconn *holder = PQconnectdb(rig_owner);
	int i;

	(void)state;
	settings.lock_timeout_ms = 300;
	reopen(1);
	PQclear(PQexec(holder, "begin; lock table bursar.things"));
	for (i = 0; i < 8; i++)
		start(count_things, NULL, 5000);
	loop_run(NULL);
	PQfinish(holder);
	assert_int_equal(tally.busy, 8);
	start(count_things, NULL, 5000);
	loop_run(NULL);
	assert_int_equal(tally.ok, 1);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, rig_pool_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(many_flows_share_few_connections),
		T(more_than_a_connection_holds_wait_their_turn),
		T(a_late_statement_is_left_and_stopped),
		T(a_statement_may_not_run_for_ever),
		T(whoever_waits_for_a_connection_may_leave),
		T(neighbours_of_a_cancelled_statement_lose_nothing),
		T(a_neighbour_hit_by_a_cancel_goes_again),
		T(a_cancelled_transaction_leaves_nothing),
		T(more_transactions_than_connections_take_turns),
		T(one_connection_serves_both_kinds),
		T(readers_go_on_while_transactions_hold_what_they_may),
		T(a_lock_is_waited_for_only_so_long),
		T(a_lock_met_while_preparing_is_busy_for_all),
		T(a_deadlock_is_a_conflict_for_one),
		T(a_changed_column_costs_one_refusal_at_most),
	};

	return (cmocka_run_group_tests(tests, rig_start, rig_server_stop));
}
