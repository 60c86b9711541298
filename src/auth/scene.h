/*
 * For this room's tests: a private PostgreSQL, freshly migrated, with one
 * tenant and one user in it. The pool connects as the owner, who may also
 * turn the clock back for a row.
 */
#ifndef BURSAR_AUTH_SCENE_H
#define BURSAR_AUTH_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "auth/credential.h"
#include "base/settings.h"
#include "store/store.h"

#include "auth_sql.h"

#define UNUSED	__attribute__((unused))

static char dir[64], owner_url[128], app_url[128];
static uuid tenant, user;

/* ---- a private server -------------------------------------------- */

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

/* Run one function in a flow; its answer. */
static UNUSED enum err
in_flow(flow_fn fn, void *arg)
{
	return (flow_run(fn, arg, 20000));
}

static UNUSED enum err
seed_flow(struct flow *f, void *arg)
{
	const char **words = arg;

	return (auth_seed(f, str_of(words[0]), str_of(words[1]),
	    str_of("Somebody"), str_of(words[2]), ROLE_MEMBER, &tenant,
	    &user));
}

static UNUSED void
seed(const char *tenant_name, const char *username, const char *password)
{
	const char *words[] = { tenant_name, username, password };

	assert_int_equal(in_flow(seed_flow, words), OK);
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
	snprintf(owner_url, sizeof(owner_url),
	    "host=%s user=postgres dbname=bursar", dir);
	snprintf(app_url, sizeof(app_url),
	    "host=%s user=bursar_app dbname=bursar", dir);
	settings.secret = "9c1f5ae0b7d34482c6a1907e5d2bf8136"
	    "a4e70d9ce158b3f2d7096a4b1c8e35f";
	settings.secret_file = "";
	settings.hash_jobs = 2;
	settings.statement_timeout_ms = 5000;
	settings.lock_timeout_ms = 3000;
	if (store_migrate(owner_url, quiet) != MIGRATE_OK ||
	    !auth_open(why, sizeof(why)))
		return (-1);
	fclose(quiet);
	loop_open();
	pool_open(owner_url);
	return (0);
}

static UNUSED int
stop(void **state)
{
	(void)state;
	store_close();
	job_close();
	loop_close();
	return (server("drop"));
}

static UNUSED enum err
run_flow(struct flow *f, void *arg)
{
	return (store_exec(f, (const struct sql *)arg, NULL));
}

/* A statement of the test's own, named by a number. */
#define TEXT_OF_(n)	#n
#define TEXT_OF(n)	TEXT_OF_(n)
#define STATEMENT(s)	{ .name = "line_" TEXT_OF(__COUNTER__),		\
	    .text = (s), .global = true }
#define RUN(s) do {							\
	static const struct sql q_ = STATEMENT(s);			\
	assert_int_equal(in_flow(run_flow, (void *)(uintptr_t)&q_), OK); \
} while (0)

static UNUSED int
fresh(void **state)
{
	(void)state;
	RUN("truncate bursar.sessions, bursar.refresh_tokens,"
	    " bursar.login_attempts");
	RUN("delete from bursar.memberships");
	RUN("delete from bursar.users");
	RUN("delete from bursar.tenants");
	seed("Acorn", "Alice", "right");
	return (0);
}

/* ---- an attempt to log in ---------------------------------------- */

struct attempt {
	const char	*name, *network;
	uuid		 tenant;
	int64_t		 limit, network_limit;
	int64_t		 wait_s;
	uuid		 user;
	uuid		 in;
	int		 role;
	char		 hash[AUTH_HASH_MAX];
};

struct found {
	int64_t	wait_s;
	uuid	user_id;
	str	username, name, password_hash;
	uuid	tenant_id;
	str	tenant_name;
	int	role;
};

static const struct field found_fields[] = {
	MUST(found, wait_s, ""), MAY(found, user_id, ""),
	MAY(found, username, ""), MAY(found, name, ""),
	MAY(found, password_hash, ""), MAY(found, tenant_id, ""),
	MAY(found, tenant_name, ""),
	MAY(found, role, "", .names = role_names),
	FIELDS_END
};

static UNUSED enum err
attempt_flow(struct flow *f, void *arg)
{
	struct attempt *t = arg;
	struct found found;

	TRY(store_row(f, &sql_auth_login_begin, SHAPE(found), &found,
	    STR(str_of(t->name)), STR(str_of(t->network)), UUID(t->tenant),
	    LONG(t->limit), LONG(t->network_limit)));
	t->wait_s = found.wait_s;
	t->user = found.user_id;
	t->in = found.tenant_id;
	t->role = found.role;
	snprintf(t->hash, sizeof(t->hash), "%.*s",
	    STR_ARG(found.password_hash));
	return (OK);
}

static UNUSED struct attempt
attempt(const char *name, const char *network, int64_t limit)
{
	struct attempt t = { .name = name, .network = network,
		.limit = limit, .network_limit = 1000 };

	assert_int_equal(in_flow(attempt_flow, &t), OK);
	return (t);
}

/* ---- a log-in, and its session ----------------------------------- */

struct log_in {
	uuid	session;
	char	token[OPAQUE_MAX];
	bool	wrong_hash, begun;
};

struct begun {
	bool	begun;
};

static const struct field begun_fields[] = {
	MUST(begun, begun, ""),
	FIELDS_END
};

static UNUSED enum err
log_in_flow(struct flow *f, void *arg)
{
	struct log_in *l = arg;
	struct attempt t = { .name = "alice", .network = "n", .limit = 10,
		.network_limit = 1000 };
	char hash[HEX_MAX];
	struct begun b;

	TRY(attempt_flow(f, &t));
	if (t.wait_s > 0)
		return (E_RATE);
	l->session = uuid_new();
	opaque_new(l->token);
	opaque_hash(str_of(l->token), hash);
	TRY(store_row(f, &sql_auth_login_done, SHAPE(begun), &b,
	    UUID(l->session), UUID(t.user), UUID(t.in), STR(S("n")),
	    STR(STR_NONE), STR(str_of(hash)), LONG(3600),
	    STR(str_of(l->wrong_hash ? "x" : t.hash)), STR(STR_NONE)));
	l->begun = b.begun;
	return (OK);
}

static UNUSED struct log_in
log_in(void)
{
	struct log_in l = { .begun = false };

	assert_int_equal(in_flow(log_in_flow, &l), OK);
	assert_true(l.begun);
	return (l);
}

struct lives {
	uuid	user_id, tenant_id;
	int	role;
};

static const UNUSED struct field lives_fields[] = {
	MUST(lives, user_id, ""), MUST(lives, tenant_id, ""),
	MUST(lives, role, "", .names = role_names),
	FIELDS_END
};

static UNUSED enum err
lives_flow(struct flow *f, void *arg)
{
	struct log_in *l = arg;
	struct lives lives;

	TRY(store_row(f, &sql_auth_session_live, SHAPE(lives), &lives,
	    UUID(l->session)));
	assert_true(uuid_eq(lives.user_id, user));
	assert_true(uuid_eq(lives.tenant_id, tenant));
	return (OK);
}

static UNUSED bool
lives(struct log_in *l)
{
	enum err e = in_flow(lives_flow, l);

	assert_true(e == OK || e == E_NOT_FOUND);
	return (e == OK);
}

static UNUSED enum err
end_flow(struct flow *f, void *arg)
{
	struct log_in *l = arg;

	return (store_exec(f, &sql_auth_session_end, NULL,
	    UUID(l->session)));
}

#define T(name)	cmocka_unit_test_setup(name, fresh)

#endif
