/*
 * A worker is killed in mid-run and nobody helps: leases end by themselves,
 * so this waits as long as that takes.
 */
#include "jobs/yard.h"

static void
a_killed_workers_run_is_done_by_another_within_a_minute(void **state)
{
	int64_t killed_ms;

	(void)state;
	(void)put(&steps_kind, "x");
	worker_begin(0, 1);
	until("select count(*) as n from bursar.effects", 10000);
	assert_int_equal(worker_end(0, SIGKILL), -SIGKILL);
	killed_ms = mono_ms();
	worker_begin(1, 1);
	until("select count(*) as n from bursar.job_runs"
	    " where status = 'done' and attempt = 2 and failures = 1", 60000);
	assert_true(mono_ms() - killed_ms > 10000);
	assert_int_equal(ask("select count(*) as n from bursar.effects"),
	    STEPS);
	assert_int_equal(ask("select count(distinct step) as n"
	    " from bursar.effects"), STEPS);
	assert_int_equal(ask("select count(*) as n from bursar.job_lines"
	    " where line = 'its worker fell silent'"), 1);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_killed_workers_run_is_done_by_another_within_a_minute),
	};

	if (argc == 2 && strcmp(argv[1], "worker") == 0)
		return (worker_main());
	return (cmocka_run_group_tests(tests, yard_open, yard_close));
}
