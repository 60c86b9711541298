/*
 * Inner header of store/: connections, what is under way on them, and who
 * waits for one. A connection's whole life is its state:
 *
 *	AWAY -> DIALLING -> GREETING -> READY -> AWAY ...
 *
 * A READY one is shared by many flows, each with a unit under way, or taken
 * by one flow's transaction.
 */
#ifndef BURSAR_STORE_WIRE_H
#define BURSAR_STORE_WIRE_H

#include <sys/queue.h>

#include <libpq-fe.h>

#include "store/store.h"

#define CONNS_MAX		64
#define CONN_UNITS_MAX		16	/* under way on one connection */
#define CONN_STATEMENTS		2048	/* slots for names; a power of two */
#define CONSTRAINT_BYTES	64	/* NAMEDATALEN */

/* What the server said of a unit that failed. */
struct fault {
	enum err	 err;		/* OK: it did not fail */
	const char	*statement;
	char		 state[6];	/* SQLSTATE, or "" */
	char		 constraint[CONSTRAINT_BYTES];
};

/* A statement with its values as text, ready to be sent. */
struct line {
	const struct sql	*sql;
	const char *const	*values;
	int			 n;
};

enum unit_sort {
	UNIT_CALL,	/* somebody's statements */
	UNIT_PREPARE,	/* prepares steps[0] */
	UNIT_END,	/* the end of a transaction: frees the connection */
	UNIT_ASIDE,	/* the pool's own: a cancel, a probe */
};

enum unit_place { UNIT_OUT, UNIT_SENT, UNIT_DONE };

/*
 * Statements that travel together and succeed or fail together, up to a
 * Sync. It outlives a flow that leaves: then `flow` is NULL and what comes
 * back is dropped.
 */
struct unit {
	TAILQ_ENTRY(unit)	 at;	/* in the list that `place` names */
	enum unit_place		 place;
	enum unit_sort		 sort;
	struct conn		*conn;
	struct flow		*flow;
	bool			 over;	/* all has come back, or never will */
	bool			 again;	/* undone by another unit's cancel */
	struct fault		 fault;
	size_t			 n, got;
	struct step {
		const struct sql *sql;
		PGresult	 *result;
	}			 steps[];
};

TAILQ_HEAD(units, unit);

enum conn_state { CONN_AWAY, CONN_DIALLING, CONN_GREETING, CONN_READY };

struct conn {
	PGconn		*pg;		/* NULL when AWAY */
	enum conn_state	 state;
	struct watch	 watch;
	struct timer	 timer;
	struct units	 units;		/* UNIT_SENT, oldest first */
	size_t		 flying;	/* how many */
	int64_t		 head_ms;	/* since when the first is first */
	int64_t		 heard_ms;	/* last time the server said anything */
	int64_t		 cancel_ms;	/* last time a cancel was sent for it */
	unsigned	 failures;	/* in a row */
	bool		 once;		/* not dialled again: an errand */
	bool		 taken;		/* a transaction has it alone */
	bool		 draining;	/* promised to a transaction */
	bool		 worn;		/* to be closed once nothing flies */
	struct store_tx	*tx;		/* whose, while the flow holds it */
	struct prepared {
		const struct sql *sql;	/* keyed by its name */
		bool		  ready;
		enum err	  why;	/* it was not to be prepared */
		char		  state[6];
	}		 prepared[CONN_STATEMENTS];
};

/* A flow's transaction, from store_begin to its end. */
struct store_tx {
	struct conn	*conn;		/* NULL once the connection is lost */
	struct flow	*flow;
	bool		 begun;		/* BEGIN was sent */
	uuid		 tenant;	/* that the setting holds */
	enum err	 failed;	/* nothing but a rollback is left */
};

/* ---- address.c: where to, and how a session begins --------------------- */

void	 address_set(const char *address);
PGconn	*address_dial(void);

/* ---- conn.c: one connection -------------------------------------- */

/* Dial now; from here on it reconnects by itself. */
void	conn_open(struct conn *c);
void	conn_close(struct conn *c);
/* It is of no use any more: whatever was under way answers E_BUSY. */
void	conn_lose(struct conn *c, const char *why);
/* Put what is buffered on the wire. */
void	conn_flush(struct conn *c);
/* Look after its oldest unit soon: nobody waits for that one. */
void	conn_hurry(struct conn *c);
/* Milliseconds that the oldest unit has been the oldest; 0 when idle. */
int64_t	conn_age_ms(const struct conn *c);

/* ---- unit.c: what is under way ----------------------------------- */

struct unit *unit_new(enum unit_sort sort, const struct line *lines, size_t n);
/* Off its list, results and all. */
void	unit_free(struct unit *u);
/* Send; on failure the connection is lost and the unit over. */
void	unit_send(struct conn *c, struct unit *u, const struct line *lines);
bool	unit_prepare(struct conn *c, const struct sql *q);
/* Park until it is over; not OK when the flow must leave before. */
enum err unit_wait(struct flow *f, struct unit *u) MUSTCHECK;
/*
 * For flow_defer: its flow is done with it, or leaves. What was sent is let
 * run, unless it keeps others waiting.
 */
void	unit_leave(void *unit);
/* Take what has come back on a connection. */
void	units_read(struct conn *c);
/* All that was under way on it is over, as E_BUSY. */
void	units_lose(struct conn *c);
/* Run the flows whose units are over; only on the loop's stack. */
void	units_wake(void);

/* ---- pool.c: all of them ----------------------------------------- */

extern const struct sql wire_begin, wire_commit, wire_rollback, wire_tenant;

/* A connection with room for one unit more; may wait. */
enum err pool_take(struct flow *f, struct conn **out) MUSTCHECK;
/* A connection for a transaction alone; may wait. */
enum err pool_take_whole(struct flow *f, struct conn **out) MUSTCHECK;
/* The transaction on it is over. */
void	pool_give(struct conn *c);
/* Something changed: settle when the loop comes round. */
void	pool_kick(void);
/* Wake whoever can go on; only on the loop's stack. */
void	pool_settle(void);
/* The oldest unit of `c` takes its time: see to it. */
void	pool_slow(struct conn *c);
/* The errand has nothing under way: something to do, or home. */
void	pool_errand(void);
/* It is ready now; it no longer is. */
void	pool_came(struct conn *c);
void	pool_went(struct conn *c, const char *why);
/* Prepare what the pool itself says; false when it cannot. */
bool	pool_greet(struct conn *c);

/* ---- sqlstate.c, params.c, rows.c -------------------------------- */

enum err sqlstate_err(const char *state);
void	fault_from(struct fault *fault, const PGresult *r,
	    const struct sql *q);
void	fault_log(const struct fault *fault, const struct flow *f);

/* Values as libpq wants them, in the flow's arena; E_INVALID for a text
 * that PostgreSQL cannot hold. */
enum err params_text(struct arena *a, const struct param *p, size_t n,
	    const char **values) MUSTCHECK;

/* Is this a kind's "none"? */
bool	value_none(enum kind k, const void *at);

enum err rows_read(struct arena *a, const PGresult *r, const struct sql *q,
	    const struct shape *sh, struct list *out) MUSTCHECK;
enum err row_read(struct arena *a, const PGresult *r, const struct sql *q,
	    const struct shape *sh, void *out) MUSTCHECK;

/* ---- call.c ------------------------------------------------------ */

/*
 * Send `lines` on `c` for `f` and wait; what failed is noted and logged. The
 * unit is the caller's to give to unit_done, also on failure.
 */
enum err unit_run(struct flow *f, struct conn *c, enum unit_sort sort,
	    const struct line *lines, size_t n, struct unit **out) MUSTCHECK;
void	unit_done(struct flow *f, struct unit *u);
/* E_CANCELLED or E_DEADLINE when the flow need not begin any more. */
enum err flow_late(const struct flow *f) MUSTCHECK;

#endif
