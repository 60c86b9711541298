/*
 * store: PostgreSQL. A pool of connections in pipeline mode with prepared
 * statements; rows become arena structs here and no PGresult leaves.
 *
 * A call outside a transaction is one round trip and one transaction of its
 * own: the tenant setting and the statement travel together. Several flows
 * share a connection that way. store_begin takes a connection for the flow
 * alone until store_commit; a flow that ends otherwise rolls back.
 *
 * $1 of every statement is the tenant (f->who.tenant), bound here and never
 * by a caller, unless the statement is headed `-- global name:`.
 */
#ifndef BURSAR_STORE_STORE_H
#define BURSAR_STORE_STORE_H

#include <stdio.h>

#include "base/field.h"
#include "flow/flow.h"

/* A statement of a .sql file; made by embed.awk. */
struct sql {
	const char	*name;
	const char	*text;
	bool		 global;	/* $1 is not the tenant */
	int		 params;	/* highest $n, the tenant included */
};

/* A value for $2.. (or $1.. of a global statement); "none" becomes NULL. */
struct param {
	enum kind	 kind;
	bool		 many;		/* an array of .list */
	union {
		bool	 b;
		int64_t	 n;
		double	 x;
		str	 s;
		dec	 d;
		day	 day;
		instant	 t;
		uuid	 u;
		struct list list;
	};
};

#define BOOL(v)		((struct param){ .kind = K_BOOL, .b = (v) })
#define LONG(v)		((struct param){ .kind = K_LONG, .n = (v) })
#define REAL(v)		((struct param){ .kind = K_REAL, .x = (v) })
#define STR(v)		((struct param){ .kind = K_STR, .s = (v) })
#define DEC(v)		((struct param){ .kind = K_DEC, .d = (v) })
#define DAY(v)		((struct param){ .kind = K_DAY, .day = (v) })
#define INSTANT(v)	((struct param){ .kind = K_INSTANT, .t = (v) })
#define UUID(v)		((struct param){ .kind = K_UUID, .u = (v) })
#define JSON(v)		((struct param){ .kind = K_JSON, .s = (v) })
/* `n` values at `v` as an SQL array, for unnest($2::date[], ...). */
#define MANY(k, v_, n_)	((struct param){ .kind = (k), .many = true,	\
	    .list = { (void *)(uintptr_t)(v_), (n_) } })

#define PARAMS(...)	(const struct param[]){ { 0 }, ##__VA_ARGS__ },	\
	    sizeof((const struct param[]){ { 0 }, ##__VA_ARGS__ }) /	\
	    sizeof(struct param)

/*
 * All answer OK, E_BUSY (no connection; database away), E_DEADLINE,
 * E_CANCELLED, E_CONFLICT (a unique key, or a serialisation failure),
 * E_NOT_FOUND (a foreign key), E_INVALID (a check), E_INTERNAL.
 * store_constraint() names the constraint of the last E_CONFLICT,
 * E_NOT_FOUND or E_INVALID that came from one; else STR_NONE.
 */

/* Every row as a record of `sh`, columns matched to fields by name; a column
 * without a field or a field without a column is E_INTERNAL. */
#define store_rows(f, q, sh, out, ...)					\
	store_rows_((f), (q), (sh), (out), PARAMS(__VA_ARGS__))
enum err store_rows_(struct flow *f, const struct sql *q,
	    const struct shape *sh, struct list *out,
	    const struct param *params, size_t n) MUSTCHECK;
/* The only row into `out`; E_NOT_FOUND when there is none. */
#define store_row(f, q, sh, out, ...)					\
	store_row_((f), (q), (sh), (out), PARAMS(__VA_ARGS__))
enum err store_row_(struct flow *f, const struct sql *q,
	    const struct shape *sh, void *out,
	    const struct param *params, size_t n) MUSTCHECK;
/* No rows wanted; `*affected` (may be NULL) is how many were touched. */
#define store_exec(f, q, affected, ...)					\
	store_exec_((f), (q), (affected), PARAMS(__VA_ARGS__))
enum err store_exec_(struct flow *f, const struct sql *q, int64_t *affected,
	    const struct param *params, size_t n) MUSTCHECK;

/* Several statements in one round trip and one transaction. */
struct query {
	const struct sql	*sql;
	const struct shape	*shape;		/* NULL: no rows wanted */
	struct list		*out;
	const struct param	*params;	/* PARAMS(...) */
	size_t			 n;
};
#define QUERY(q, sh, o, ...)	{ (q), (sh), (o), PARAMS(__VA_ARGS__) }
enum err store_batch(struct flow *f, const struct query *q, size_t n)
	    MUSTCHECK;

str	 store_constraint(const struct flow *f);
/* Was the last failure an E_BUSY because somebody else holds the lock? */
bool	 store_locked(const struct flow *f);

/* A transaction of the flow's own. Not nested. */
enum err store_begin(struct flow *f) MUSTCHECK;
enum err store_commit(struct flow *f) MUSTCHECK;
void	 store_rollback(struct flow *f);

/*
 * Many rows into one table by binary COPY, on a connection of its own, in one
 * transaction: begin with "copy t (…) from stdin (format binary)", then each
 * row its count of columns and a value for each (texts, decimals, days,
 * instants, ids), flush after some rows, end. Not in a transaction; after an
 * error only store_copy_end may follow, or nothing: the flow's end drops it.
 * E_CONFLICT, E_INVALID and so on are told by the end.
 */
struct copy;
enum err store_copy_begin(struct flow *f, const char *text, struct copy **out)
	    MUSTCHECK;
void	 copy_row(struct copy *c, int columns);
void	 copy_value(struct copy *c, struct param v);
enum err store_copy_flush(struct flow *f, struct copy *c) MUSTCHECK;
enum err store_copy_end(struct flow *f, struct copy *c, int64_t *rows)
	    MUSTCHECK;

/* The pool of this process. store_open does not wait: connections come and
 * go with backoff and jitter, and calls meanwhile answer E_BUSY. */
void	 store_open(const char *url, size_t connections);
void	 store_close(void);
bool	 store_up(void);	/* at least one connection is ready */

/* A tool's pool, of one connection. When that cannot be had nothing is
 * logged: store_await, which waits for it, says why and names the setting. */
void	 store_open_tool(const char *url);
enum err store_await(struct flow *f) MUSTCHECK;

/*
 * Hear what is said with NOTIFY on a channel (a plain name), on a connection
 * of its own, one a process, after store_open. `fn` is called on the loop's
 * stack; with STR_NONE when it begins to hear, also anew after an outage,
 * because what was said before was missed.
 */
void	 store_listen(const char *channel, void (*fn)(str payload));
void	 store_unlisten(void);

/* ---- migrations: at start and in tools; these block -------------- */

enum migrate_answer {
	MIGRATE_OK, MIGRATE_BEHIND, MIGRATE_NEWER, MIGRATE_CHANGED,
	MIGRATE_UNREACHABLE, MIGRATE_FAILED
};

/*
 * Bring the schema up to date, one transaction each, under an advisory
 * lock; a line on `out` for each. MIGRATE_NEWER: the database has one this
 * program does not know. MIGRATE_CHANGED: a checksum differs.
 */
enum migrate_answer store_migrate(const char *owner_url, FILE *out);
/*
 * As the program's own role: is the schema exactly the one this program
 * needs? `why` gets a sentence otherwise. Also refuses a role that is
 * superuser, bypasses row security or owns a table (MIGRATE_FAILED).
 */
enum migrate_answer store_check(const char *url, char *why, size_t why_size);
/* Give the role bursar_app this password (NULL: leave it), as owner. */
enum migrate_answer store_app_password(const char *owner_url,
	    const char *password, FILE *out);

#endif
