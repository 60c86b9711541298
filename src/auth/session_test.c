/*
 * Which sessions live, in PostgreSQL itself, and who may change that.
 */
#include "auth/scene.h"

static void
no_session_for_a_password_that_was_changed_meanwhile(void **state)
{
	struct log_in l = { .wrong_hash = true };

	(void)state;
	assert_int_equal(in_flow(log_in_flow, &l), OK);
	assert_false(l.begun);
	assert_false(lives(&l));
}

static void
a_session_ends_alone(void **state)
{
	struct log_in one = log_in(), two = log_in();

	(void)state;
	assert_true(lives(&one));
	assert_int_equal(in_flow(end_flow, &one), OK);
	assert_false(lives(&one));
	assert_true(lives(&two));
}

static void
a_session_ends_with_its_user_or_membership(void **state)
{
	struct log_in l = log_in();

	(void)state;
	RUN("update bursar.users set disabled = true");
	assert_false(lives(&l));
	RUN("update bursar.users set disabled = false");
	assert_true(lives(&l));
	RUN("update bursar.sessions set expires_at = now()");
	assert_false(lives(&l));
	RUN("update bursar.sessions set expires_at = now() + "
	    "interval '1 hour'");
	assert_true(lives(&l));
	RUN("delete from bursar.memberships");
	assert_false(lives(&l));
}

struct several {
	struct who	who[4];
	bool		alive[4];
};

static enum err
several_flow(struct flow *f, void *arg)
{
	struct several *s = arg;

	return (auth_sessions_alive(f, s->who, 4, s->alive));
}

static void
many_sessions_are_asked_for_at_once(void **state)
{
	struct log_in one = log_in(), two = log_in();
	struct who who = { .tenant = tenant, .user = user,
		.role = ROLE_MEMBER };
	struct several s = { .who = { who, who, who, who } };

	(void)state;
	s.who[0].session = one.session;
	s.who[1].session = two.session;
	s.who[2].session = one.session;
	s.who[2].role = ROLE_OWNER;
	s.who[3].session = uuid_new();
	assert_int_equal(in_flow(end_flow, &two), OK);
	assert_int_equal(in_flow(several_flow, &s), OK);
	assert_true(s.alive[0]);
	assert_false(s.alive[1]);	/* ended */
	assert_false(s.alive[2]);	/* has another role now */
	assert_false(s.alive[3]);	/* never was */
}

static void
the_oldest_session_ends_when_there_are_too_many(void **state)
{
	struct log_in first = log_in(), last;

	(void)state;
	RUN("insert into bursar.sessions (id, user_id, tenant, expires_at)"
	    " select gen_random_uuid(), user_id, tenant, expires_at"
	    "  from bursar.sessions, generate_series(1, 498)");
	last = log_in();
	assert_true(lives(&first));
	last = log_in();
	assert_false(lives(&first));
	assert_true(lives(&last));
}

static void
seeding_twice_changes_nothing(void **state)
{
	struct log_in l = log_in();
	uuid t = tenant, u = user;

	(void)state;
	seed("Acorn", "alice", "right");
	assert_true(uuid_eq(t, tenant) && uuid_eq(u, user));
	assert_true(lives(&l));
}

static void
one_person_may_belong_to_two_tenants(void **state)
{
	struct attempt t = { .name = "alice", .network = "n", .limit = 10,
		.network_limit = 100 };
	uuid acorn = tenant, alice = user;

	(void)state;
	seed("Birch", "alice", "right");
	assert_true(uuid_eq(user, alice));
	assert_false(uuid_eq(tenant, acorn));
	assert_int_equal(in_flow(attempt_flow, &t), OK);
	assert_true(uuid_eq(t.in, acorn));
	t.tenant = tenant;
	assert_int_equal(in_flow(attempt_flow, &t), OK);
	assert_true(uuid_eq(t.in, tenant));
	t.tenant = uuid_new();
	assert_int_equal(in_flow(attempt_flow, &t), OK);
	assert_false(uuid_ok(t.user));
}

static void
the_program_can_call_functions_and_nothing_else(void **state)
{
	static const struct sql forbidden[] = {
		STATEMENT("select * from bursar.sessions"),
		STATEMENT("select * from bursar.refresh_tokens"),
		STATEMENT("select * from bursar.login_attempts"),
		STATEMENT("select * from bursar.users"),
		STATEMENT("select bursar.auth_attempt('\\x00', 1)"),
		STATEMENT("select * from bursar.auth_seed('a', 'b', 'c', "
		    "'d', 'owner', gen_random_uuid(), gen_random_uuid())"),
	};
	struct log_in l;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		assert_int_equal(in_flow(run_flow,
		    (void *)(uintptr_t)&forbidden[i]), OK);
	store_close();
	pool_open(app_url);
	for (i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		assert_int_not_equal(in_flow(run_flow,
		    (void *)(uintptr_t)&forbidden[i]), OK);
	l = log_in();
	assert_true(lives(&l));
	assert_int_equal(in_flow(end_flow, &l), OK);
	assert_false(lives(&l));
	store_close();
	pool_open(owner_url);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_session_for_a_password_that_was_changed_meanwhile),
		T(a_session_ends_alone),
		T(a_session_ends_with_its_user_or_membership),
		T(many_sessions_are_asked_for_at_once),
		T(the_oldest_session_ends_when_there_are_too_many),
		T(seeding_twice_changes_nothing),
		T(one_person_may_belong_to_two_tenants),
		T(the_program_can_call_functions_and_nothing_else),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
