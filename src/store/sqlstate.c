/*
 * SQLSTATE to enum err, and what is kept and logged of a failure: the state,
 * the statement's name and the constraint's. Never the server's message,
 * which quotes values.
 */
#include <string.h>

#include "store/wire.h"

/* The first row whose text the state begins with. */
static const struct {
	const char	*state;
	enum err	 err;
} rules[] = {
	{ "23505", E_CONFLICT },	/* unique_violation */
	{ "23P01", E_CONFLICT },	/* exclusion_violation */
	{ "23503", E_NOT_FOUND },	/* foreign_key_violation */
	{ "23514", E_INVALID },		/* check_violation */
	{ "40",	   E_CONFLICT },	/* serialisation, deadlock */
	{ "22001", E_INVALID },		/* text too long */
	{ "22003", E_INVALID },		/* number out of range */
	{ "22007", E_INVALID },		/* bad date */
	{ "22008", E_INVALID },		/* date out of range */
	{ "22021", E_INVALID },		/* not UTF-8 */
	{ "22P05", E_INVALID },		/* \u0000 in a JSON text */
	{ "55P03", E_BUSY },		/* lock_timeout */
	{ "57014", E_DEADLINE },	/* statement_timeout, or a cancel */
	{ "57P",   E_BUSY },		/* shutting down, starting up */
	{ "53",	   E_BUSY },		/* out of disk, memory, connections */
	{ "08",	   E_BUSY },		/* the connection */
	{ "25006", E_BUSY },		/* a standby */
	{ "25P03", E_BUSY },		/* idle in a transaction for long */
	{ "0A000", E_BUSY },		/* a plan older than the schema */
	{ "",	   E_INTERNAL },
};

enum err
sqlstate_err(const char *state)
{
	size_t i = 0;

	if (*state == '\0')
		return (E_BUSY);
	while (strncmp(state, rules[i].state, strlen(rules[i].state)) != 0)
		i++;
	return (rules[i].err);
}

static void
copy(char *out, size_t size, const char *z)
{
	size_t n;

	if (z == NULL)
		z = "";
	n = strnlen(z, size - 1);
	memcpy(out, z, n);
	out[n] = '\0';
}

/* libpq gives no state when it was the connection that failed. */
void
fault_from(struct fault *fault, const PGresult *r, const struct sql *q)
{
	copy(fault->state, sizeof(fault->state),
	    PQresultErrorField(r, PG_DIAG_SQLSTATE));
	copy(fault->constraint, sizeof(fault->constraint),
	    PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME));
	fault->statement = q->name;
	fault->err = sqlstate_err(fault->state);
}

/* A lost connection is told of once, by the pool. */
void
fault_log(const struct fault *fault, const struct flow *f)
{
	if (fault->state[0] == '\0')
		return;
	LOG(err_row(fault->err)->level, "db_error",
	    LS("request_id", f->request_id.p != NULL ? f->request_id : S("")),
	    LZ("statement", fault->statement),
	    LZ("sqlstate", fault->state));
}
