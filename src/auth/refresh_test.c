/*
 * Which refresh tokens are good, and what comes of those that are not, in
 * PostgreSQL itself.
 */
#include "auth/scene.h"

enum outcome { OUT_DEAD, OUT_NEW, OUT_AGAIN, OUT_REUSED };

static const char *const outcome_names[] = {
	"dead", "new", "again", "reused", NULL
};

struct turn {
	int	outcome;
	uuid	session_id;
	str	salt;
};

static const struct field turn_fields[] = {
	MUST(turn, outcome, "", .names = outcome_names),
	MAY(turn, session_id, ""), MAY(turn, salt, ""),
	FIELDS_END
};

struct use {
	char		token[OPAQUE_MAX], next[OPAQUE_MAX];
	enum outcome	outcome;
};

/* As refresh.c does it. */
static enum err
use_flow(struct flow *f, void *arg)
{
	struct use *u = arg;
	unsigned char salt[16];
	char hash[HEX_MAX], salt_hex[33], next_hash[HEX_MAX];
	struct turn turn;

	random_bytes(salt, sizeof(salt));
	hex_print(salt, sizeof(salt), salt_hex);
	opaque_hash(str_of(u->token), hash);
	opaque_next(str_of(u->token), salt, u->next);
	opaque_hash(str_of(u->next), next_hash);
	TRY(store_row(f, &sql_auth_refresh, SHAPE(turn), &turn,
	    STR(str_of(hash)), STR(str_of(salt_hex)), STR(str_of(next_hash)),
	    LONG(3600)));
	u->outcome = (enum outcome)turn.outcome;
	if (turn.salt.p != NULL) {
		assert_true(hex_read(turn.salt, salt, sizeof(salt)));
		opaque_next(str_of(u->token), salt, u->next);
	}
	return (OK);
}

static struct use
use(const char *token)
{
	struct use u = { .next = "" };

	snprintf(u.token, sizeof(u.token), "%s", token);
	assert_int_equal(in_flow(use_flow, &u), OK);
	return (u);
}

static void
tokens_follow_one_another(void **state)
{
	struct log_in l = log_in();
	struct use one, two;

	(void)state;
	one = use(l.token);
	assert_int_equal(one.outcome, OUT_NEW);
	assert_string_not_equal(one.next, l.token);
	two = use(one.next);
	assert_int_equal(two.outcome, OUT_NEW);
	assert_int_equal(use(two.next).outcome, OUT_NEW);
	assert_true(lives(&l));
}

static void
made_up_tokens_do_nothing(void **state)
{
	struct log_in l = log_in();

	(void)state;
	assert_int_equal(use("").outcome, OUT_DEAD);
	assert_int_equal(use("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	    .outcome, OUT_DEAD);
	assert_true(lives(&l));
}

static void
a_lost_answer_is_given_again(void **state)
{
	struct log_in l = log_in();
	struct use one = use(l.token), again = use(l.token);

	(void)state;
	assert_int_equal(again.outcome, OUT_AGAIN);
	assert_string_equal(again.next, one.next);
	assert_int_equal(use(l.token).outcome, OUT_AGAIN);
	assert_int_equal(use(one.next).outcome, OUT_NEW);
}

static void
a_lost_answer_is_not_given_once_it_arrived(void **state)
{
	struct log_in l = log_in();
	struct use one = use(l.token), two = use(one.next);

	(void)state;
	assert_int_equal(use(l.token).outcome, OUT_REUSED);
	assert_false(lives(&l));
	assert_int_equal(use(two.next).outcome, OUT_DEAD);
	assert_int_equal(use(l.token).outcome, OUT_DEAD);
}

static void
a_lost_answer_is_not_given_after_ten_seconds(void **state)
{
	struct log_in l = log_in(), other = log_in();
	struct use one = use(l.token);

	(void)state;
	RUN("update bursar.refresh_tokens set used_at = used_at - "
	    "interval '9 s'");
	assert_int_equal(use(l.token).outcome, OUT_AGAIN);
	RUN("update bursar.refresh_tokens set used_at = used_at - "
	    "interval '1 s'");
	assert_int_equal(use(l.token).outcome, OUT_REUSED);
	assert_int_equal(use(one.next).outcome, OUT_DEAD);
	assert_true(lives(&other));
	assert_int_equal(use(other.token).outcome, OUT_NEW);
}

static void
a_token_that_lay_idle_too_long_is_dead(void **state)
{
	struct log_in l = log_in();

	(void)state;
	RUN("update bursar.refresh_tokens set expires_at = now()");
	assert_int_equal(use(l.token).outcome, OUT_DEAD);
	assert_true(lives(&l));
}

static void
parallel_uses_leave_one_living_token(void **state)
{
	enum { N = 40 };
	struct use uses[N];
	struct log_in l = log_in();
	bool no = false;
	int i, news;

	(void)state;
	for (i = 0; i < N; i++) {
		strcpy(uses[i].token, l.token);
		assert_non_null(flow_start(use_flow, NULL, &uses[i], 20000));
	}
	loop_run(&no);
	for (i = news = 0; i < N; i++) {
		news += uses[i].outcome == OUT_NEW;
		assert_true(uses[i].outcome == OUT_NEW ||
		    uses[i].outcome == OUT_AGAIN);
		assert_string_equal(uses[i].next, uses[0].next);
	}
	assert_int_equal(news, 1);
	assert_int_equal(use(uses[0].next).outcome, OUT_NEW);
}

static enum err
keeper_flow(struct flow *f, void *arg)
{
	struct use *u = arg;
	char hash[HEX_MAX];
	struct {
		uuid	session_id, user_id, tenant_id;
		int	role;
	} got;
	const struct field fields[] = {
		{ .name = "session_id", .kind = K_UUID, .offset = 0 },
		{ .name = "user_id", .kind = K_UUID, .offset = 16 },
		{ .name = "tenant_id", .kind = K_UUID, .offset = 32 },
		{ .name = "role", .kind = K_ENUM, .offset = 48,
		    .names = role_names },
		FIELDS_END
	};
	const struct shape shape = { "got", fields, sizeof(got) };

	opaque_hash(str_of(u->token), hash);
	return (store_row(f, &sql_auth_session_by_token, &shape, &got,
	    STR(str_of(hash))));
}

static bool
keeps_alive(const char *token)
{
	struct use u;

	snprintf(u.token, sizeof(u.token), "%s", token);
	return (in_flow(keeper_flow, &u) == OK);
}

static void
a_cookie_counts_while_its_token_would(void **state)
{
	struct log_in l = log_in();
	struct use one;

	(void)state;
	assert_true(keeps_alive(l.token));
	assert_false(keeps_alive("x"));
	one = use(l.token);
	assert_true(keeps_alive(l.token));
	assert_true(keeps_alive(one.next));
	(void)use(one.next);
	assert_false(keeps_alive(l.token));
	assert_int_equal(in_flow(end_flow, &l), OK);
	assert_false(keeps_alive(use(one.next).next));
}

static void
a_new_password_ends_the_sessions_of_the_old(void **state)
{
	struct log_in l = log_in();

	(void)state;
	seed("Acorn", "alice", "changed");
	assert_false(lives(&l));
	assert_int_equal(use(l.token).outcome, OUT_DEAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(tokens_follow_one_another),
		T(made_up_tokens_do_nothing),
		T(a_lost_answer_is_given_again),
		T(a_lost_answer_is_not_given_once_it_arrived),
		T(a_lost_answer_is_not_given_after_ten_seconds),
		T(a_token_that_lay_idle_too_long_is_dead),
		T(parallel_uses_leave_one_living_token),
		T(a_cookie_counts_while_its_token_would),
		T(a_new_password_ends_the_sessions_of_the_old),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
