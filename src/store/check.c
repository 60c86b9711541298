/*
 * At start: may this program run here, with this role? It refuses a role
 * that row security would not hold, because then one missing filter would be
 * a leak, and a schema that is not exactly the one it was built for.
 */
#include <string.h>

#include "store/schema.h"

/* A value of the one row; NULL in SQL reads as "". */
static bool
truth(const PGresult *r, int column)
{
	return (*PQgetvalue(r, 0, column) == 't');
}

static enum migrate_answer
role_judge(const PGresult *r, char *why, size_t why_size)
{
	const char *role, *fault = NULL;

	if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1) {
		snprintf(why, why_size, "the role's rights cannot be read");
		return (MIGRATE_FAILED);
	}
	role = PQgetvalue(r, 0, 0);
	if (truth(r, 1))
		fault = "is a superuser";
	else if (truth(r, 2))
		fault = "bypasses row level security";
	else if (truth(r, 3))
		fault = "owns tables, or belongs to a role that does";
	else if (truth(r, 4) && !truth(r, 5))
		fault = "may not use the schema bursar";
	if (fault == NULL)
		return (MIGRATE_OK);
	snprintf(why, why_size, "the role %s %s: use bursar_app", role,
	    fault);
	return (MIGRATE_FAILED);
}

static enum migrate_answer
role_check(PGconn *pg, char *why, size_t why_size)
{
	enum migrate_answer a;
	PGresult *r;

	r = PQexec(pg,
	    "select rolname, rolsuper, rolbypassrls,"
	    " exists (select from pg_class"
	    "  where relnamespace = to_regnamespace('bursar')"
	    "  and pg_has_role(current_user, relowner, 'member')),"
	    " to_regnamespace('bursar') is not null,"
	    " has_schema_privilege(to_regnamespace('bursar')::oid, 'usage') "
	    "from pg_roles where rolname = current_user");
	a = role_judge(r, why, why_size);
	PQclear(r);
	return (a);
}

enum migrate_answer
store_check(const char *url, char *why, size_t why_size)
{
	enum migrate_answer a;
	PGconn *pg;

	pg = schema_connect(url);
	if (PQstatus(pg) == CONNECTION_OK) {
		a = role_check(pg, why, why_size);
		if (a == MIGRATE_OK)
			a = schema_compare(pg, why, why_size);
	} else {
		a = MIGRATE_UNREACHABLE;
		snprintf(why, why_size, "the database cannot be reached: %s",
		    PQerrorMessage(pg));
		why[strcspn(why, "\n")] = '\0';
	}
	PQfinish(pg);
	return (a);
}
