/*
 * For this room's tests: a private PostgreSQL, freshly migrated, with one
 * tenant's table in it, and the pool connected as bursar_app.
 */
#ifndef BURSAR_STORE_RIG_H
#define BURSAR_STORE_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "base/settings.h"
#include "store/store.h"

#define UNUSED	__attribute__((unused))

static char rig_dir[64];
static char rig_owner[160], rig_app[160];

/* Two tenants; every byte but the last is that of a valid version 7 id. */
static const uuid tenant_a = { { 1, 2, 3, 4, 5, 6, 0x77, 8, 0x89,
    10, 11, 12, 13, 14, 15, 0xa } };
static const uuid tenant_b = { { 1, 2, 3, 4, 5, 6, 0x77, 8, 0x89,
    10, 11, 12, 13, 14, 15, 0xb } };

static int UNUSED
rig_shell(const char *action, const char *mode)
{
	char command[160];

	snprintf(command, sizeof(command), "sh tests/pg.sh %s %s %s >&2",
	    action, rig_dir, mode);
	return (system(command));
}

/* As the superuser; the first value of the answer, or "". */
static const char *UNUSED
rig_ask(const char *text)
{
	static char answer[512];
	PGconn *pg = PQconnectdb(rig_owner);
	PGresult *r = PQexec(pg, text);

	if (PQresultStatus(r) != PGRES_COMMAND_OK &&
	    PQresultStatus(r) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", text, PQerrorMessage(pg));
	snprintf(answer, sizeof(answer), "%s", PQntuples(r) > 0 ?
	    PQgetvalue(r, 0, 0) : "");
	PQclear(r);
	PQfinish(pg);
	return (answer);
}

static const char rig_tables[] =
    "set role bursar_owner; set search_path = bursar;"
    "create table things (tenant_id uuid not null, id uuid not null,"
    " label text, amount numeric(38,18), on_day date, at timestamptz,"
    " flag bool not null default false, ratio float8, n bigint,"
    " mood text, extra json, primary key (tenant_id, id),"
    " constraint things_label_key unique (tenant_id, label),"
    " constraint things_n_check check (n >= 0));"
    "create table parts (tenant_id uuid not null, id uuid not null,"
    " thing_id uuid not null, primary key (tenant_id, id),"
    " constraint parts_thing_fkey foreign key (tenant_id, thing_id)"
    " references things (tenant_id, id));"
    "alter table things enable row level security;"
    "alter table things force row level security;"
    "create policy tenant on things using (tenant_id = (select"
    " nullif(current_setting('app.tenant_id', true), '')::uuid));"
    "alter table parts enable row level security;"
    "alter table parts force row level security;"
    "create policy tenant on parts using (tenant_id = (select"
    " nullif(current_setting('app.tenant_id', true), '')::uuid));"
    "grant select, insert, update, delete on things, parts"
    " to bursar_app;";

static int UNUSED
rig_server_start(void **state)
{
	(void)state;
	strcpy(rig_dir, P_tmpdir "/bursar.XXXXXX");
	if (mkdtemp(rig_dir) == NULL || rig_shell("start", "") != 0)
		return (-1);
	snprintf(rig_owner, sizeof(rig_owner),
	    "host=%s user=postgres dbname=bursar"
	    " options='-c client_min_messages=error'", rig_dir);
	snprintf(rig_app, sizeof(rig_app),
	    "host=%s user=bursar_app dbname=bursar", rig_dir);
	return (0);
}

static int UNUSED
rig_server_stop(void **state)
{
	(void)state;
	return (rig_shell("drop", ""));
}

static void UNUSED
rig_until(bool up, int64_t ms)
{
	int64_t end = mono_ms() + ms;

	while (store_up() != up) {
		assert_true(mono_ms() < end);
		loop_step(10);
	}
}

static void UNUSED
rig_open(size_t connections)
{
	loop_open();
	store_open(rig_app, connections);
	rig_until(true, 5000);
}

static void UNUSED
rig_close(void)
{
	store_close();
	job_close();
	loop_close();
}

static int UNUSED
rig_start(void **state)
{
	FILE *quiet = fopen("/dev/null", "w");

	if (rig_server_start(state) != 0 || quiet == NULL ||
	    store_migrate(rig_owner, quiet) != MIGRATE_OK)
		return (-1);
	fclose(quiet);
	rig_ask(rig_tables);
	return (0);
}

static int UNUSED
rig_pool_open(void **state)
{
	(void)state;
	rig_open(3);
	return (0);
}

static int UNUSED
rig_pool_close(void **state)
{
	(void)state;
	rig_close();
	rig_ask("truncate bursar.things cascade");
	return (0);
}

/* One value answered under the name "n" or "label". */
struct count {
	int64_t	n;
};

static const struct field count_fields[] = {
	MUST(count, n, "A number."),
	FIELDS_END
};

struct label {
	str	label;
};

static const struct field UNUSED label_fields[] = {
	MUST(label, label, "A text."),
	FIELDS_END
};

static const struct sql UNUSED sql_thing_add = { .name = "thing_add",
    .params = 3, .text = "insert into things (tenant_id, id, label)"
    " values ($1, $2, $3)" };
static const struct sql UNUSED sql_thing_count = { .name = "thing_count",
    .params = 1, .text = "select count(*) as n from things"
    " where tenant_id = $1" };
static const struct sql UNUSED sql_sleep = { .name = "sleep",
    .global = true, .params = 1,
    .text = "select 1 as n from pg_sleep($1::float8)" };
static const struct sql UNUSED sql_one = { .name = "one",
    .global = true, .params = 0, .text = "select 1 as n" };

static enum err UNUSED
thing_add(struct flow *f, const char *label)
{
	return (store_exec(f, &sql_thing_add, NULL, UUID(uuid_new()),
	    STR(str_of(label))));
}

static enum err UNUSED
thing_count(struct flow *f, int64_t *n)
{
	struct count c;

	TRY(store_row(f, &sql_thing_count, SHAPE(count), &c));
	*n = c.n;
	return (OK);
}

#endif
