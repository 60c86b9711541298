/*
 * Who may try to log in, and how often, in PostgreSQL itself.
 */
#include "auth/scene.h"

static enum err
failed_flow(struct flow *f, void *arg)
{
	struct attempt *t = arg;

	return (store_exec(f, &sql_auth_login_failed, NULL,
	    STR(str_of(t->name)), STR(str_of(t->network))));
}

static int64_t
fail_once(const char *name, const char *network, int64_t limit)
{
	struct attempt t = attempt(name, network, limit);

	if (t.wait_s == 0)
		assert_int_equal(in_flow(failed_flow, &t), OK);
	return (t.wait_s);
}

static void
a_name_is_found_however_it_is_written(void **state)
{
	static const char *const ways[] = {
		"Alice", "alice", "ALICE", " alice "
	};
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		struct attempt t = attempt(ways[i], "n", 100);

		assert_true(uuid_eq(t.user, user));
		assert_true(uuid_eq(t.in, tenant));
		assert_int_equal(t.role, ROLE_MEMBER);
	}
	assert_false(uuid_ok(attempt("alic", "n", 100).user));
	assert_false(uuid_ok(attempt("", "n", 100).user));
}

static void
the_limit_is_exact_and_all_spellings_share_it(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 10; i++)
		assert_int_equal(fail_once(i % 2 ? "ALICE " : "alice", "n",
		    10), 0);
	assert_in_range(fail_once("Alice", "n", 10), 890, 900);
	assert_in_range(fail_once("alice", "elsewhere", 10), 890, 900);
	assert_int_equal(fail_once("bob", "n", 10), 0);
}

static void
unknown_names_are_counted_like_known_ones(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(fail_once("nobody", "n", 3), 0);
	assert_in_range(fail_once("nobody", "n", 3), 890, 900);
}

static void
attempts_count_before_their_outcome_is_known(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(attempt("alice", "n", 3).wait_s, 0);
	/* Those may all be right: it may be tried again soon. */
	assert_int_equal(attempt("alice", "n", 3).wait_s, 1);
	/* They never came back: that looks like an attack. */
	RUN("update bursar.login_attempts set touched = touched - "
	    "interval '16 s'");
	assert_in_range(attempt("alice", "n", 3).wait_s, 880, 900);
}

static void
a_window_ends_15_minutes_after_its_first_attempt(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		(void)fail_once("alice", "n", 3);
	RUN("update bursar.login_attempts set since = since - "
	    "interval '895 s'");
	assert_in_range(fail_once("alice", "n", 3), 1, 5);
	RUN("update bursar.login_attempts set since = since - "
	    "interval '5 s'");
	assert_int_equal(fail_once("alice", "n", 3), 0);
	assert_int_equal(fail_once("alice", "n", 3), 0);
}

static void
a_network_that_tries_many_names_must_wait(void **state)
{
	struct attempt t = { .network = "n", .limit = 10,
		.network_limit = 5 };
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < 6; i++) {
		snprintf(name, sizeof(name), "name%d", i);
		t.name = name;
		assert_int_equal(in_flow(attempt_flow, &t), OK);
		assert_int_equal(t.wait_s > 0, i == 5);
		if (t.wait_s == 0)
			assert_int_equal(in_flow(failed_flow, &t), OK);
	}
	t.network = "other";
	assert_int_equal(in_flow(attempt_flow, &t), OK);
	assert_int_equal(t.wait_s, 0);
}

static void
a_disabled_user_is_nobody(void **state)
{
	(void)state;
	RUN("update bursar.users set disabled = true");
	assert_false(uuid_ok(attempt("alice", "n", 10).user));
	RUN("update bursar.users set disabled = false");
	RUN("delete from bursar.memberships");
	assert_false(uuid_ok(attempt("alice", "n", 10).user));
}

static void
success_gives_the_attempts_back(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 9; i++)
		assert_int_equal(fail_once("alice", "n", 10), 0);
	(void)log_in();
	for (i = 0; i < 10; i++)
		assert_int_equal(fail_once("alice", "n", 10), 0);
	assert_true(fail_once("alice", "n", 10) > 0);
}

static void
many_log_ins_are_no_failures(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 25; i++)
		(void)log_in();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_name_is_found_however_it_is_written),
		T(the_limit_is_exact_and_all_spellings_share_it),
		T(unknown_names_are_counted_like_known_ones),
		T(attempts_count_before_their_outcome_is_known),
		T(a_window_ends_15_minutes_after_its_first_attempt),
		T(a_network_that_tries_many_names_must_wait),
		T(a_disabled_user_is_nobody),
		T(success_gives_the_attempts_back),
		T(many_log_ins_are_no_failures),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
