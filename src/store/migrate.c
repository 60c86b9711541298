/*
 * Migrations: numbered SQL files that the program carries, forward only, one
 * transaction each, as the role bursar_owner. Number 0 is not one of them:
 * it makes the roles and the schema, as whoever connects, and must bear
 * being run again. What was applied is remembered with a checksum; a
 * database that remembers something else is refused.
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "store/schema.h"

#include "migrations.h"

#define CONNECT_S	"5"
#define LOCK_KEY	"108256570859890"	/* "bursar" as a number */

static void
notice_ignore(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

PGconn *
schema_connect(const char *url)
{
	static const char *const keys[] = {
		"fallback_application_name", "gssencmode", "connect_timeout",
		"client_encoding", "dbname", NULL
	};
	const char *const values[] = {
		"bursar-migrate", "disable", CONNECT_S, "UTF8", url, NULL
	};
	PGconn *pg;

	if ((pg = PQconnectdbParams(keys, values, 1)) == NULL)
		abort();
	PQsetNoticeProcessor(pg, notice_ignore, NULL);
	return (pg);
}

static bool
answer_good(PGresult *r)
{
	bool good = PQresultStatus(r) == PGRES_COMMAND_OK ||
	    PQresultStatus(r) == PGRES_TUPLES_OK;

	PQclear(r);
	return (good);
}

bool
schema_say(PGconn *pg, const char *text)
{
	return (answer_good(PQexec(pg, text)));
}

/* ---- what is known, and what was applied ------------------------- */

static int
version_of(const struct migration *m)
{
	return (atoi(m->name));
}

static void
checksum_of(const struct migration *m, char out[CHECKSUM_BYTES])
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned i, n = 0;

	if (!EVP_Digest(m->text, strlen(m->text), sum, &n, EVP_sha256(),
	    NULL))
		abort();
	for (i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

static const struct migration *
migration_find(int version)
{
	const struct migration *m;

	for (m = migrations; m->name != NULL; m++)
		if (version_of(m) == version)
			return (m);
	return (NULL);
}

/* The table itself is made by the first migration. */
static PGresult *
applied_read(PGconn *pg)
{
	return (PQexec(pg, "select version, checksum "
	    "from bursar.schema_migrations order by version"));
}

static bool
applied_none(PGconn *pg)
{
	PGresult *r = PQexec(pg,
	    "select to_regclass('bursar.schema_migrations') is null");
	bool none = PQntuples(r) == 1 && *PQgetvalue(r, 0, 0) == 't';

	PQclear(r);
	return (none);
}

static bool
applied_has(const PGresult *r, int version)
{
	int i;

	for (i = 0; i < PQntuples(r); i++)
		if (atoi(PQgetvalue(r, i, 0)) == version)
			return (true);
	return (false);
}

static enum migrate_answer
applied_row_compare(const PGresult *r, int row, char *why, size_t why_size)
{
	int version = atoi(PQgetvalue(r, row, 0));
	const struct migration *m = migration_find(version);
	char sum[CHECKSUM_BYTES];

	if (m == NULL) {
		snprintf(why, why_size, "the database has migration %04d, "
		    "which this program does not know: it is older than the "
		    "database", version);
		return (MIGRATE_NEWER);
	}
	checksum_of(m, sum);
	if (strcmp(sum, PQgetvalue(r, row, 1)) == 0)
		return (MIGRATE_OK);
	snprintf(why, why_size, "migration %s is not the one that was "
	    "applied: its checksum differs", m->name);
	return (MIGRATE_CHANGED);
}

static enum migrate_answer
applied_compare(const PGresult *r, char *why, size_t why_size)
{
	const struct migration *m;
	enum migrate_answer a;
	int i;

	if (PQresultStatus(r) != PGRES_TUPLES_OK) {
		snprintf(why, why_size, "the migrations that were applied "
		    "cannot be read");
		return (MIGRATE_FAILED);
	}
	for (i = 0; i < PQntuples(r); i++)
		if ((a = applied_row_compare(r, i, why, why_size)) !=
		    MIGRATE_OK)
			return (a);
	for (m = migrations; m->name != NULL; m++) {
		if (version_of(m) == 0 || applied_has(r, version_of(m)))
			continue;
		snprintf(why, why_size, "migration %s was not applied yet",
		    m->name);
		return (MIGRATE_BEHIND);
	}
	return (MIGRATE_OK);
}

enum migrate_answer
schema_compare(PGconn *pg, char *why, size_t why_size)
{
	enum migrate_answer a;
	PGresult *r;

	if (applied_none(pg)) {
		snprintf(why, why_size, "the database has no schema yet");
		return (MIGRATE_BEHIND);
	}
	r = applied_read(pg);
	a = applied_compare(r, why, why_size);
	PQclear(r);
	return (a);
}

/* ---- applying ---------------------------------------------------- */

static bool
migration_note(PGconn *pg, const struct migration *m)
{
	char version[12], sum[CHECKSUM_BYTES];
	const char *values[] = { version, m->name, sum };

	snprintf(version, sizeof(version), "%d", version_of(m));
	checksum_of(m, sum);
	return (answer_good(PQexecParams(pg,
	    "insert into bursar.schema_migrations (version, name, checksum) "
	    "values ($1, $2, $3)", 3, NULL, values, NULL, NULL, 0)));
}

static bool
migration_run(PGconn *pg, const struct migration *m)
{
	if (version_of(m) == 0)
		return (schema_say(pg, m->text));
	return (schema_say(pg, "set local role bursar_owner;"
	    "set local search_path = bursar, pg_temp;"
	    "set local lock_timeout = '10s'") &&
	    schema_say(pg, m->text) && migration_note(pg, m));
}

static enum migrate_answer
migration_apply(PGconn *pg, const struct migration *m, FILE *out)
{
	int64_t began = mono_ms();

	if (schema_say(pg, "begin") && migration_run(pg, m) &&
	    schema_say(pg, "commit")) {
		fprintf(out, "%s: applied in %lld ms\n", m->name,
		    (long long)(mono_ms() - began));
		return (MIGRATE_OK);
	}
	fprintf(out, "%s: failed: %s", m->name, PQerrorMessage(pg));
	(void)schema_say(pg, "rollback");
	return (MIGRATE_FAILED);
}

static bool
migration_wanted(PGconn *pg, const struct migration *m)
{
	PGresult *r;
	bool has;

	if (version_of(m) == 0 || applied_none(pg))
		return (true);
	r = applied_read(pg);
	has = applied_has(r, version_of(m));
	PQclear(r);
	return (!has);
}

static enum migrate_answer
migrations_apply(PGconn *pg, FILE *out)
{
	const struct migration *m;
	enum migrate_answer a = MIGRATE_OK;

	for (m = migrations; m->name != NULL && a == MIGRATE_OK; m++)
		if (migration_wanted(pg, m))
			a = migration_apply(pg, m, out);
	return (a);
}

/* The lock is the session's: it ends with the connection. */
static enum migrate_answer
migrate(PGconn *pg, FILE *out)
{
	enum migrate_answer a;
	char why[256];

	if (PQstatus(pg) != CONNECTION_OK) {
		fprintf(out, "cannot connect: %s", PQerrorMessage(pg));
		return (MIGRATE_UNREACHABLE);
	}
	if (!schema_say(pg, "select pg_advisory_lock(" LOCK_KEY ")"))
		return (MIGRATE_FAILED);
	a = schema_compare(pg, why, sizeof(why));
	if (a == MIGRATE_BEHIND)
		return (migrations_apply(pg, out));
	fprintf(out, "%s\n", a == MIGRATE_OK ?
	    "the schema is up to date" : why);
	return (a);
}

enum migrate_answer
store_migrate(const char *owner_url, FILE *out)
{
	enum migrate_answer a;
	PGconn *pg;

	pg = schema_connect(owner_url);
	a = migrate(pg, out);
	PQfinish(pg);
	return (a);
}
