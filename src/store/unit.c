/*
 * A unit: statements that travel to the server together, up to a Sync, and
 * come back in order. Outside a transaction the server makes one of them:
 * all or nothing, and the tenant's setting ends with it.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/wire.h"

/* A cancel is known to have arrived, or not to, after this long. */
#define CANCEL_ECHO_MS	2000

static struct units units_done = TAILQ_HEAD_INITIALIZER(units_done);

struct unit *
unit_new(enum unit_sort sort, const struct line *lines, size_t n)
{
	struct unit *u;
	size_t i;

	u = calloc(1, sizeof(*u) + n * sizeof(u->steps[0]));
	if (u == NULL)
		abort();
	u->sort = sort;
	u->n = n;
	for (i = 0; i < n; i++)
		u->steps[i].sql = lines[i].sql;
	return (u);
}

static void
unit_off(struct unit *u)
{
	struct conn *c = u->conn;

	if (u->place == UNIT_DONE)
		TAILQ_REMOVE(&units_done, u, at);
	if (u->place == UNIT_SENT) {
		TAILQ_REMOVE(&c->units, u, at);
		c->flying--;
		c->head_ms = mono_ms();
	}
	u->place = UNIT_OUT;
}

void
unit_free(struct unit *u)
{
	size_t i;

	unit_off(u);
	for (i = 0; i < u->n; i++)
		PQclear(u->steps[i].result);
	free(u);
}

static void
unit_fly(struct conn *c, struct unit *u)
{
	u->conn = c;
	u->place = UNIT_SENT;
	TAILQ_INSERT_TAIL(&c->units, u, at);
	if (c->flying++ == 0)
		c->head_ms = mono_ms();
	meter_add(M_db_statements_total, (int64_t)u->n);
}

/* ---- out --------------------------------------------------------- */

static struct prepared *
prepared_slot(struct conn *c, const struct sql *q)
{
	struct prepared *slot;
	const char *p;
	uint32_t h = 2166136261u;
	size_t tries;

	for (p = q->name; *p != '\0'; p++)
		h = (h ^ (uint8_t)*p) * 16777619u;	/* FNV-1a */
	for (tries = 0; tries < CONN_STATEMENTS; tries++) {
		slot = &c->prepared[(h + tries) % CONN_STATEMENTS];
		if (slot->sql == NULL)
			slot->sql = q;
		if (slot->sql == q)
			return (slot);
		if (strcmp(slot->sql->name, q->name) == 0) {
			/* One name is one statement, wherever embedded. */
			assert(strcmp(slot->sql->text, q->text) == 0);
			return (slot);
		}
	}
	abort();
}

/*
 * On its first use a statement is prepared ahead of it, with a Sync of its
 * own: so nothing else undoes the preparation.
 */
bool
unit_prepare(struct conn *c, const struct sql *q)
{
	struct prepared *slot = prepared_slot(c, q);
	struct line line = { .sql = q };

	if (slot->ready)
		return (true);
	if (!PQsendPrepare(c->pg, q->name, q->text, 0, NULL) ||
	    !PQpipelineSync(c->pg))
		return (false);
	slot->ready = true;
	unit_fly(c, unit_new(UNIT_PREPARE, &line, 1));
	return (true);
}

static bool
lines_send(struct conn *c, const struct line *lines, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!unit_prepare(c, lines[i].sql))
			return (false);
	for (i = 0; i < n; i++)
		if (!PQsendQueryPrepared(c->pg, lines[i].sql->name,
		    lines[i].n, lines[i].values, NULL, NULL, 0))
			return (false);
	return (PQpipelineSync(c->pg));
}

void
unit_send(struct conn *c, struct unit *u, const struct line *lines)
{
	bool sent;

	sent = lines_send(c, lines, u->n);
	unit_fly(c, u);
	if (!sent)
		conn_lose(c, "cannot send");
	else
		(void)conn_flush(c);
}

/* ---- back -------------------------------------------------------- */

/* The statement could not be prepared: what counts is why. */
static void
unit_unprepared(struct unit *u)
{
	struct prepared *slot;

	slot = prepared_slot(u->conn, u->steps[u->got].sql);
	if (slot->why == OK)
		return;
	u->fault.err = slot->why;
	memcpy(u->fault.state, slot->state, sizeof(u->fault.state));
}

static void
unit_failed(struct unit *u, const PGresult *r)
{
	struct conn *c = u->conn;

	if (u->fault.err != OK)
		return;
	fault_from(&u->fault, r, u->steps[u->got].sql);
	if (strcmp(u->fault.state, "26000") == 0)
		unit_unprepared(u);
	if (u->sort != UNIT_ASIDE)
		meter_add(M_db_errors_total, 1);
	/* The plan is older than the schema: a new connection has none. */
	if (strcmp(u->fault.state, "0A000") == 0)
		c->worn = true;
	if (strcmp(u->fault.state, "57014") != 0 || c->cancel_ms == 0)
		return;
	/* Meant for a unit whose flow has left, it may hit its neighbour. */
	u->again = u->flow != NULL && !c->taken &&
	    mono_ms() - c->cancel_ms < CANCEL_ECHO_MS;
	c->cancel_ms = 0;
}

static void
unit_prepared(struct unit *u)
{
	const struct sql *q = u->steps[0].sql;
	struct prepared *slot = prepared_slot(u->conn, q);

	slot->why = u->fault.err;
	memcpy(slot->state, u->fault.state, sizeof(slot->state));
	if (u->fault.err == OK)
		return;
	slot->ready = false;
	LOG(err_row(u->fault.err)->level, "db_prepare",
	    LZ("statement", q->name), LZ("sqlstate", u->fault.state));
}

/* Nothing more will come: its flow, if it has one, is to be woken. */
static void
unit_over(struct unit *u)
{
	unit_off(u);
	if (u->flow == NULL) {
		unit_free(u);
		return;
	}
	u->over = true;
	u->place = UNIT_DONE;
	TAILQ_INSERT_TAIL(&units_done, u, at);
	pool_kick();
}

static void
unit_came(struct unit *u)
{
	struct conn *c = u->conn;
	bool end = u->sort == UNIT_END;

	if (u->sort == UNIT_PREPARE)
		unit_prepared(u);
	unit_over(u);
	if (end)
		pool_give(c);
}

static void
unit_take(struct unit *u, PGresult *r)
{
	switch (PQresultStatus(r)) {
	case PGRES_PIPELINE_SYNC:
		PQclear(r);
		unit_came(u);
		return;
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_PIPELINE_ABORTED:
		break;
	default:
		unit_failed(u, r);
		break;
	}
	assert(u->got < u->n || u->fault.err != OK);
	if (u->got < u->n && u->flow != NULL)
		u->steps[u->got].result = r;
	else
		PQclear(r);
	if (u->got < u->n)
		u->got++;
}

/* Between two results PQgetResult answers NULL once. */
void
units_read(struct conn *c)
{
	struct unit *u;
	PGresult *r;
	int nulls = 0;

	while (!PQisBusy(c->pg) && (u = TAILQ_FIRST(&c->units)) != NULL) {
		if ((r = PQgetResult(c->pg)) == NULL) {
			if (++nulls > 1)
				break;
			continue;
		}
		nulls = 0;
		unit_take(u, r);
		if (PQstatus(c->pg) == CONNECTION_BAD)
			break;
	}
}

void
units_lose(struct conn *c)
{
	struct unit *u;

	while ((u = TAILQ_FIRST(&c->units)) != NULL) {
		if (u->fault.err == OK) {
			u->fault.err = E_BUSY;
			u->fault.statement = u->steps[0].sql->name;
		}
		u->again = false;
		unit_over(u);
	}
}

void
units_wake(void)
{
	struct unit *u;

	while ((u = TAILQ_FIRST(&units_done)) != NULL) {
		unit_off(u);
		flow_wake(u->flow);
	}
}

/* ---- waiting, and leaving ---------------------------------------- */

enum err
unit_wait(struct flow *f, struct unit *u)
{
	enum err e = OK;

	while (!u->over && e == OK)
		e = flow_park(f);
	return (u->over ? OK : e);
}

void
unit_leave(void *unit)
{
	struct unit *u = unit;

	u->flow = NULL;
	if (u->over)
		unit_free(u);
	else
		conn_hurry(u->conn);
}
