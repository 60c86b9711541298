/*
 * COPY in binary: many rows into one table, on a connection of its own, in
 * one transaction that ends with the last row. Values go out as the server
 * holds them, without a text between. It waits as every call of a flow does.
 */
#include <stdlib.h>
#include <string.h>

#include "store/wire.h"

#define FLUSH_BYTES	(64 * 1024)
#define EPOCH_DAYS	10957			/* 2000-01-01 */
#define EPOCH_US	(INT64_C(946684800) * 1000000)
#define GROUPS_MAX	12	/* of four digits, of a decimal */

struct copy {
	PGconn	*pg;
	char	*p;
	size_t	 n, cap;
	int64_t	 rows;
};

static void
copy_drop(void *arg)
{
	struct copy *c = arg;

	PQfinish(c->pg);
	free(c->p);
	free(c);
}

/* ---- bytes, most significant first --------------------------------------- */

static char *
room(struct copy *c, size_t n)
{
	if (c->n + n > c->cap) {
		c->cap = 2 * (c->n + n) + FLUSH_BYTES;
		if ((c->p = realloc(c->p, c->cap)) == NULL)
			abort();
	}
	c->n += n;
	return (c->p + c->n - n);
}

static void
put(struct copy *c, uint64_t v, size_t bytes)
{
	char *p = room(c, bytes);

	while (bytes-- > 0) {
		p[bytes] = (char)(v & 0xff);
		v >>= 8;
	}
}

/* Groups of four decimal digits, as numeric_recv reads them. */
static void
put_dec(struct copy *c, dec d)
{
	unsigned __int128 v = d.v < 0 ? -(unsigned __int128)d.v :
	    (unsigned __int128)d.v;
	unsigned __int128 one = 1000000000000000000u, whole = v / one,
	    part = v % one * 100;	/* 20 places: five groups */
	uint16_t groups[GROUPS_MAX];
	int i, n = 0, first, weight;

	for (i = 0; i < 5; i++, part /= 10000)
		groups[GROUPS_MAX - 1 - i] = (uint16_t)(part % 10000);
	for (n = 5; whole > 0; whole /= 10000)
		groups[GROUPS_MAX - 1 - n++] = (uint16_t)(whole % 10000);
	first = GROUPS_MAX - n;
	weight = n - 6;
	for (; n > 0 && groups[first] == 0; n--, weight--)
		first++;
	for (i = GROUPS_MAX - 1; n > 0 && groups[i] == 0; i--)
		n--;
	put(c, (uint64_t)(8 + 2 * n), 4);
	put(c, (uint64_t)n, 2);
	put(c, (uint64_t)(n > 0 ? weight : 0), 2);
	put(c, d.v < 0 ? 0x4000 : 0, 2);
	put(c, DEC_PLACES, 2);
	for (i = 0; i < n; i++)
		put(c, groups[first + i], 2);
}

void
copy_row(struct copy *c, int columns)
{
	c->rows++;
	put(c, (uint64_t)columns, 2);
}

static void
put_bytes(struct copy *c, const void *p, size_t n)
{
	put(c, n, 4);
	memcpy(room(c, n), p, n);
}

void
copy_value(struct copy *c, struct param v)
{
	if (value_none(v.kind, &v.b)) {
		put(c, UINT64_MAX, 4);
		return;
	}
	switch (v.kind) {
	case K_DEC:
		put_dec(c, v.d);
		break;
	case K_DAY:
		put(c, 4, 4);
		put(c, (uint64_t)(int64_t)(v.day.n - EPOCH_DAYS), 4);
		break;
	case K_INSTANT:
		put(c, 8, 4);
		put(c, (uint64_t)(v.t.us - EPOCH_US), 8);
		break;
	case K_UUID:
		put_bytes(c, &v.u, 16);
		break;
	case K_STR:
		put_bytes(c, v.s.p, v.s.n);
		break;
	default:
		abort();	/* no other kind is copied */
	}
}

/* ---- the conversation ---------------------------------------------------- */

static enum err
dial(struct flow *f, struct copy *c)
{
	PostgresPollingStatusType s = PGRES_POLLING_WRITING;

	if ((c->pg = address_dial()) == NULL)
		abort();
	while (s != PGRES_POLLING_OK) {
		if (s == PGRES_POLLING_FAILED ||
		    PQstatus(c->pg) == CONNECTION_BAD)
			return (E_BUSY);
		TRY(flow_wait(f, PQsocket(c->pg), s == PGRES_POLLING_READING ?
		    WATCH_READ : WATCH_WRITE));
		s = PQconnectPoll(c->pg);
	}
	return (PQsetnonblocking(c->pg, 1) == 0 ? OK : E_BUSY);
}

static enum err
sent(struct flow *f, struct copy *c)
{
	int left;

	while ((left = PQflush(c->pg)) > 0) {
		TRY(flow_wait(f, PQsocket(c->pg), WATCH_READ | WATCH_WRITE));
		if (!PQconsumeInput(c->pg))
			return (E_BUSY);
	}
	return (left == 0 ? OK : E_BUSY);
}

/* The next answer; the last one of a statement is told by NULL. */
static enum err
heard(struct flow *f, struct copy *c, PGresult **out)
{
	TRY(sent(f, c));
	while (PQisBusy(c->pg)) {
		TRY(flow_wait(f, PQsocket(c->pg), WATCH_READ));
		if (!PQconsumeInput(c->pg))
			return (E_BUSY);
	}
	*out = PQgetResult(c->pg);
	return (OK);
}

static enum err
judged(const PGresult *r, ExecStatusType wanted)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	if (PQresultStatus(r) == wanted)
		return (OK);
	return (state != NULL ? sqlstate_err(state) : E_BUSY);
}

/* All answers of what was said, the last of which is to be this. */
static enum err
answered(struct flow *f, struct copy *c, ExecStatusType wanted)
{
	enum err e = OK, one;
	PGresult *r;

	for (;;) {
		TRY(heard(f, c, &r));
		if (r == NULL)
			return (e);
		one = judged(r, PQresultStatus(r) == PGRES_COMMAND_OK ?
		    PGRES_COMMAND_OK : wanted);
		PQclear(r);
		if (e == OK)
			e = one;
		if (one == OK && wanted == PGRES_COPY_IN &&
		    PQtransactionStatus(c->pg) == PQTRANS_ACTIVE)
			return (e);
	}
}

static enum err
say(struct flow *f, struct copy *c, const char *text, ExecStatusType wanted)
{
	if (!PQsendQuery(c->pg, text))
		return (E_BUSY);
	return (answered(f, c, wanted));
}

/* ---- the face ------------------------------------------------------------ */

enum err
store_copy_begin(struct flow *f, const char *text, struct copy **out)
{
	struct copy *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	*out = c;
	flow_defer(f, copy_drop, c);
	TRY(dial(f, c));
	TRY(say(f, c, "begin", PGRES_COMMAND_OK));
	TRY(say(f, c, "set local statement_timeout = 0", PGRES_COMMAND_OK));
	TRY(say(f, c, text, PGRES_COPY_IN));
	memcpy(room(c, 11), "PGCOPY\n\377\r\n", 11);
	put(c, 0, 8);
	return (OK);
}

static enum err
copy_send(struct flow *f, struct copy *c)
{
	if (c->n > 0 && PQputCopyData(c->pg, c->p, (int)c->n) != 1)
		return (E_BUSY);
	c->n = 0;
	return (sent(f, c));
}

enum err
store_copy_flush(struct flow *f, struct copy *c)
{
	return (c->n < FLUSH_BYTES ? OK : copy_send(f, c));
}

enum err
store_copy_end(struct flow *f, struct copy *c, int64_t *rows)
{
	enum err e;

	put(c, UINT64_MAX, 2);
	e = copy_send(f, c);
	if (e == OK && PQputCopyEnd(c->pg, NULL) != 1)
		e = E_BUSY;
	if (e == OK)
		e = answered(f, c, PGRES_COMMAND_OK);
	if (e == OK)
		e = say(f, c, "commit", PGRES_COMMAND_OK);
	*rows = e == OK ? c->rows : 0;
	flow_undefer(f, copy_drop, c);
	copy_drop(c);
	return (e);
}
