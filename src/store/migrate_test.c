/*
 * Migrations from nothing to the newest, twice, side by side, and refused
 * when the database remembers something else; and who may run the program.
 */
#include <pthread.h>

#include "store/rig.h"

static FILE *quiet;

static int
setup(void **state)
{
	if (rig_server_start(state) != 0)
		return (-1);
	quiet = tmpfile();
	return (quiet == NULL ? -1 : 0);
}

static int
teardown(void **state)
{
	fclose(quiet);
	return (rig_server_stop(state));
}

static enum migrate_answer
migrate(void)
{
	return (store_migrate(rig_owner, quiet));
}

static void
checks(const char *url, enum migrate_answer wanted, const char *sentence)
{
	char why[256] = "";

	assert_int_equal(store_check(url, why, sizeof(why)), wanted);
	if (strstr(why, sentence) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why, sentence);
}

static void
an_empty_database_is_behind(void **state)
{
	(void)state;
	rig_ask("create role bursar_app login");
	checks(rig_app, MIGRATE_BEHIND, "no schema yet");
}

static void
an_address_that_nobody_answers_is_unreachable(void **state)
{
	(void)state;
	checks("host=/nowhere/at/all", MIGRATE_UNREACHABLE, "cannot be");
	assert_int_equal(store_migrate("host=/nowhere/at/all", quiet),
	    MIGRATE_UNREACHABLE);
	assert_int_equal(store_app_password("host=/nowhere/at/all", "x",
	    quiet), MIGRATE_UNREACHABLE);
}

static void *
migrate_beside(void *arg)
{
	*(enum migrate_answer *)arg = store_migrate(rig_owner, quiet);
	return (NULL);
}

static void
two_at_once_apply_each_migration_once(void **state)
{
	enum migrate_answer answers[4];
	pthread_t threads[4];
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL,
		    migrate_beside, &answers[i]), 0);
	for (i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(answers[i], MIGRATE_OK);
	}
	assert_string_equal(rig_ask("select count(*) from pg_locks"
	    " where locktype = 'advisory'"), "0");
}

static void
a_second_run_changes_nothing(void **state)
{
	char before[64];

	(void)state;
	snprintf(before, sizeof(before), "%s", rig_ask(
	    "select max(applied_at) from bursar.schema_migrations"));
	assert_int_equal(migrate(), MIGRATE_OK);
	assert_string_equal(rig_ask("select max(applied_at)"
	    " from bursar.schema_migrations"), before);
	checks(rig_app, MIGRATE_OK, "");
}

static void
all_that_was_made_belongs_to_the_owner(void **state)
{
	(void)state;
	assert_string_equal(rig_ask("select count(*) from pg_class c"
	    " where relnamespace = 'bursar'::regnamespace and"
	    " pg_get_userbyid(relowner) <> 'bursar_owner'"), "0");
	assert_string_equal(rig_ask("select rolcanlogin from pg_roles"
	    " where rolname = 'bursar_owner'"), "f");
}

static void
what_was_applied_and_is_not_known_is_newer(void **state)
{
	(void)state;
	rig_ask("insert into bursar.schema_migrations"
	    " values (9999, '9999_tomorrow', 'x')");
	assert_int_equal(migrate(), MIGRATE_NEWER);
	checks(rig_app, MIGRATE_NEWER, "9999");
	rig_ask("delete from bursar.schema_migrations where version = 9999");
}

static void
what_was_applied_otherwise_is_changed(void **state)
{
	(void)state;
	rig_ask("update bursar.schema_migrations set checksum = 'x' ||"
	    " checksum where version = 1");
	assert_int_equal(migrate(), MIGRATE_CHANGED);
	checks(rig_app, MIGRATE_CHANGED, "0001_tenancy");
	rig_ask("update bursar.schema_migrations set checksum ="
	    " substr(checksum, 2) where version = 1");
	assert_int_equal(migrate(), MIGRATE_OK);
}

/* It fails half way: the first statement must not stay. */
static void
a_migration_that_fails_leaves_nothing(void **state)
{
	(void)state;
	rig_ask("drop schema bursar cascade; drop owned by bursar_owner");
	rig_ask("create schema bursar authorization bursar_owner;"
	    "grant usage on schema bursar to bursar_app;"
	    "create table bursar.idempotency_keys ()");
	assert_int_equal(migrate(), MIGRATE_FAILED);
	assert_string_equal(rig_ask("select coalesce("
	    "to_regclass('bursar.tenants')::text, 'none')"), "none");
	checks(rig_app, MIGRATE_BEHIND, "no schema yet");
	rig_ask("drop table bursar.idempotency_keys");
	assert_int_equal(migrate(), MIGRATE_OK);
	checks(rig_app, MIGRATE_OK, "");
}

/* ---- roles ------------------------------------------------------- */

static void
roles_that_row_security_would_not_hold_are_refused(void **state)
{
	(void)state;
	checks(rig_owner, MIGRATE_FAILED, "superuser");
	rig_ask("alter role bursar_app bypassrls");
	checks(rig_app, MIGRATE_FAILED, "bypasses");
	rig_ask("alter role bursar_app nobypassrls;"
	    "grant bursar_owner to bursar_app");
	checks(rig_app, MIGRATE_FAILED, "owns tables");
	rig_ask("revoke bursar_owner from bursar_app;"
	    "revoke usage on schema bursar from bursar_app");
	checks(rig_app, MIGRATE_FAILED, "may not use the schema");
	rig_ask("grant usage on schema bursar to bursar_app");
	checks(rig_app, MIGRATE_OK, "");
}

static void
a_role_without_superpowers_can_migrate(void **state)
{
	char url[160];

	(void)state;
	rig_ask("create role deployer login createrole");
	rig_ask("create database fresh owner deployer");
	snprintf(url, sizeof(url), "host=%s user=deployer dbname=fresh",
	    rig_dir);
	assert_int_equal(store_migrate(url, quiet), MIGRATE_OK);
	assert_int_equal(store_app_password(url, "something", quiet),
	    MIGRATE_OK);
	snprintf(url, sizeof(url), "host=%s user=bursar_app dbname=fresh",
	    rig_dir);
	checks(url, MIGRATE_OK, "");
}

#define PASSWORD	"correct' horse\\ battery"

static void
a_password_is_never_in_the_servers_log(void **state)
{
	char command[240];

	(void)state;
	rig_ask("alter system set log_statement = 'all'");
	rig_ask("select pg_reload_conf()");
	assert_int_equal(store_app_password(rig_owner, NULL, quiet),
	    MIGRATE_OK);
	assert_int_equal(store_app_password(rig_owner, PASSWORD, quiet),
	    MIGRATE_OK);
	assert_string_equal(rig_ask("select left(rolpassword, 14) from"
	    " pg_authid where rolname = 'bursar_app'"), "SCRAM-SHA-256$");
	snprintf(command, sizeof(command), "grep -q SCRAM-SHA %s/data/log"
	    " && ! grep -q battery %s/data/log", rig_dir, rig_dir);
	assert_int_equal(system(command), 0);
}

/* The password that was given is the one that opens. */
static void
the_password_opens(void **state)
{
	char url[200];
	PGconn *pg;

	(void)state;
	rig_ask("create table public.hba (line text);"
	    "insert into public.hba values"
	    " ('local bursar bursar_app scram-sha-256'),"
	    " ('local all all trust')");
	rig_ask("do $$ begin execute format('copy public.hba to %L',"
	    " current_setting('hba_file')); end $$");
	rig_ask("select pg_reload_conf()");
	snprintf(url, sizeof(url), "%s password='correct\\' horse\\\\ "
	    "battery'", rig_app);
	pg = PQconnectdb(url);
	assert_int_equal(PQstatus(pg), CONNECTION_OK);
	PQfinish(pg);
	snprintf(url, sizeof(url), "%s password=wrong", rig_app);
	checks(url, MIGRATE_UNREACHABLE, "password");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_database_is_behind),
		cmocka_unit_test(an_address_that_nobody_answers_is_unreachable),
		cmocka_unit_test(two_at_once_apply_each_migration_once),
		cmocka_unit_test(a_second_run_changes_nothing),
		cmocka_unit_test(all_that_was_made_belongs_to_the_owner),
		cmocka_unit_test(what_was_applied_and_is_not_known_is_newer),
		cmocka_unit_test(what_was_applied_otherwise_is_changed),
		cmocka_unit_test(a_migration_that_fails_leaves_nothing),
		cmocka_unit_test(
		    roles_that_row_security_would_not_hold_are_refused),
		cmocka_unit_test(a_role_without_superpowers_can_migrate),
		cmocka_unit_test(a_password_is_never_in_the_servers_log),
		cmocka_unit_test(the_password_opens),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
