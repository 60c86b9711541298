/*
 * A flow's transaction: one connection taken for it alone. begin and the
 * tenant's setting travel with its first statement. After any failure only a
 * rollback is left, and a commit says so.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/wire.h"

static void
tx_leave(void *arg)
{
	store_rollback(arg);
}

enum err
store_begin(struct flow *f)
{
	struct store_tx *tx;
	struct conn *c;

	assert(f->tx == NULL);
	TRY(flow_late(f));
	TRY(pool_take_whole(f, &c));
	if ((tx = calloc(1, sizeof(*tx))) == NULL)
		abort();
	tx->conn = c;
	c->tx = tx;
	f->tx = tx;
	flow_defer(f, tx_leave, f);
	return (OK);
}

static void
tx_forget(struct flow *f)
{
	if (f->tx->conn != NULL)
		f->tx->conn->tx = NULL;
	free(f->tx);
	f->tx = NULL;
	flow_undefer(f, tx_leave, f);
}

/* Does not wait: the connection goes back once it is out of it. */
void
store_rollback(struct flow *f)
{
	const struct line line = { .sql = &wire_rollback };
	struct store_tx *tx = f->tx;

	if (tx == NULL)
		return;
	if (tx->conn != NULL && tx->begun)
		unit_send(tx->conn, unit_new(UNIT_END, &line, 1), &line);
	else if (tx->conn != NULL)
		pool_give(tx->conn);
	tx_forget(f);
}

/* Nothing else than COMMIT counts: the server ends a failed transaction with
 * a ROLLBACK and no error. */
static enum err
commit_run(struct flow *f)
{
	const struct line line = { .sql = &wire_commit };
	struct unit *u;
	enum err e;

	e = unit_run(f, f->tx->conn, UNIT_END, &line, 1, &u);
	if (e == OK &&
	    strcmp(PQcmdStatus(u->steps[0].result), "COMMIT") != 0)
		e = E_INTERNAL;
	unit_done(f, u);
	tx_forget(f);
	return (e);
}

enum err
store_commit(struct flow *f)
{
	struct store_tx *tx = f->tx;
	enum err e;

	assert(tx != NULL);
	e = tx->failed;
	if (e == OK && tx->begun)
		return (commit_run(f));
	store_rollback(f);
	return (e);
}
