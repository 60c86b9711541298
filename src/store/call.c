/*
 * What a capability calls: statements with values in, records out, and one
 * round trip between. Everything that may end the flow early happens on its
 * own fiber; what was sent is then left to the connection to drain.
 */
#include <stdlib.h>
#include <string.h>

#include "store/wire.h"

#define TRIES_MAX	3	/* of a unit that another's cancel hits */
#define BATCH_MAX	32	/* statements of one unit */

/* What is known of the newest failure of all, and whose it was. */
static struct {
	const struct flow	*flow;
	char			 constraint[CONSTRAINT_BYTES];
	bool			 locked;
} newest;

static void
fault_note(struct flow *f, const struct fault *fault)
{
	fault_log(fault, f);
	newest.flow = f;
	newest.locked = strcmp(fault->state, "55P03") == 0;
	memcpy(newest.constraint, fault->constraint,
	    sizeof(newest.constraint));
}

str
store_constraint(const struct flow *f)
{
	if (newest.flow != f || newest.constraint[0] == '\0')
		return (STR_NONE);
	return (str_of(newest.constraint));
}

bool
store_locked(const struct flow *f)
{
	return (newest.flow == f && newest.locked);
}

/* Whoever need not wait any more need not begin. */
enum err
flow_late(const struct flow *f)
{
	if (f->cancelled)
		return (E_CANCELLED);
	return (mono_ms() >= f->deadline_ms ? E_DEADLINE : OK);
}

enum err
unit_run(struct flow *f, struct conn *c, enum unit_sort sort,
    const struct line *lines, size_t n, struct unit **out)
{
	struct unit *u;
	enum err e;

	*out = u = unit_new(sort, lines, n);
	u->flow = f;
	flow_defer(f, unit_leave, u);
	unit_send(c, u, lines);
	if ((e = unit_wait(f, u)) != OK || u->fault.err == OK || u->again)
		return (e);
	fault_note(f, &u->fault);
	return (u->fault.err);
}

void
unit_done(struct flow *f, struct unit *u)
{
	flow_undefer(f, unit_leave, u);
	unit_leave(u);
}

/* ---- a unit's lines ---------------------------------------------- */

/* What goes ahead of the caller's statements, and those. */
struct call {
	struct line	 lines[BATCH_MAX + 2];
	size_t		 n;
	size_t		 first;		/* of the caller's */
	char		 tenant[UUID_TEXT_MAX];
	const char	*tenant_value[1];
};

/* The tenant is bound here and nowhere else: no tenant, no statement. */
static enum err
line_make(struct flow *f, const struct query *q, const char *tenant,
    struct line *line)
{
	size_t given = q->n - 1, own = q->sql->global ? 0 : 1;
	const char **values;

	line->sql = q->sql;
	line->n = (int)(given + own);
	if (line->n != q->sql->params || (own && !uuid_ok(f->who.tenant))) {
		LOG(LOG_ERROR, "db_call", LZ("statement", q->sql->name),
		    LN("values", line->n), LN("wanted", q->sql->params));
		return (E_INTERNAL);
	}
	line->values = values = ARENA_MANY(&f->arena, q->n, const char *);
	values[0] = tenant;
	return (params_text(&f->arena, q->params + 1, given, values + own));
}

static bool
call_scoped(const struct flow *f, const struct query *q, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!q[i].sql->global)
			return (f->tx == NULL ||
			    !uuid_eq(f->tx->tenant, f->who.tenant));
	return (false);
}

static enum err
call_make(struct flow *f, const struct query *q, size_t n, struct call *call)
{
	struct line *line = call->lines;
	size_t i;

	if (n == 0 || n > BATCH_MAX)
		return (E_INTERNAL);
	uuid_print(f->who.tenant, call->tenant);
	call->tenant_value[0] = call->tenant;
	if (f->tx != NULL && !f->tx->begun)
		*line++ = (struct line){ .sql = &wire_begin };
	if (call_scoped(f, q, n))
		*line++ = (struct line){ &wire_tenant, call->tenant_value, 1 };
	call->first = (size_t)(line - call->lines);
	call->n = call->first + n;
	for (i = 0; i < n; i++)
		TRY(line_make(f, &q[i], call->tenant, line++));
	return (OK);
}

/* ---- sending it -------------------------------------------------- */

static enum err
call_send(struct flow *f, struct call *call, struct unit **out)
{
	struct store_tx *tx = f->tx;
	struct conn *c;
	enum err e;

	TRY(flow_late(f));
	if (tx == NULL) {
		TRY(pool_take(f, &c));
		return (unit_run(f, c, UNIT_CALL, call->lines, call->n, out));
	}
	TRY(tx->failed);
	tx->begun = true;
	if (call->first > 0 &&
	    call->lines[call->first - 1].sql == &wire_tenant)
		tx->tenant = f->who.tenant;
	e = unit_run(f, tx->conn, UNIT_CALL, call->lines, call->n, out);
	if (e != OK)
		tx->failed = e;
	return (e);
}

/* On success the caller reads the unit's results and says unit_done. */
static enum err
call_run(struct flow *f, const struct query *q, size_t n, struct call *call,
    struct unit **out)
{
	enum err e = E_BUSY;
	int tries;

	newest.flow = NULL;
	TRY(call_make(f, q, n, call));
	for (tries = 0; tries < TRIES_MAX; tries++) {
		*out = NULL;
		e = call_send(f, call, out);
		if (e == OK && !(*out)->again)
			return (OK);
		if (*out != NULL)
			unit_done(f, *out);
		if (e != OK)
			return (e);
	}
	return (E_BUSY);
}

/* ---- the face ---------------------------------------------------- */

enum err
store_batch(struct flow *f, const struct query *q, size_t n)
{
	struct call call;
	struct unit *u;
	enum err e = OK;
	size_t i;

	TRY(call_run(f, q, n, &call, &u));
	for (i = 0; i < n && e == OK; i++)
		if (q[i].shape != NULL)
			e = rows_read(&f->arena,
			    u->steps[call.first + i].result, q[i].sql,
			    q[i].shape, q[i].out);
	unit_done(f, u);
	return (e);
}

enum err
store_rows_(struct flow *f, const struct sql *q, const struct shape *sh,
    struct list *out, const struct param *params, size_t n)
{
	const struct query query = { q, sh, out, params, n };

	return (store_batch(f, &query, 1));
}

enum err
store_row_(struct flow *f, const struct sql *q, const struct shape *sh,
    void *out, const struct param *params, size_t n)
{
	const struct query query = { q, sh, NULL, params, n };
	struct call call;
	struct unit *u;
	enum err e;

	TRY(call_run(f, &query, 1, &call, &u));
	e = row_read(&f->arena, u->steps[call.first].result, q, sh, out);
	unit_done(f, u);
	return (e);
}

enum err
store_exec_(struct flow *f, const struct sql *q, int64_t *affected,
    const struct param *params, size_t n)
{
	const struct query query = { q, NULL, NULL, params, n };
	struct call call;
	struct unit *u;

	TRY(call_run(f, &query, 1, &call, &u));
	if (affected != NULL)
		*affected = atoll(PQcmdTuples(u->steps[call.first].result));
	unit_done(f, u);
	return (OK);
}
