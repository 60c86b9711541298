/*
 * flow: one piece of work (a request, a job, a tick) written as linear code
 * that waits. A flow has a fiber, an arena and a deadline. Whatever must
 * wait parks the fiber and lets the loop serve others; there is one wait
 * below all others: until something wakes the flow, or its deadline passes,
 * or it is cancelled because whoever wanted the answer has left.
 *
 * One process has one loop. Under Kore the loop's descriptor is one more
 * descriptor of Kore's; in tools and tests loop_run() drives it.
 */
#ifndef BURSAR_FLOW_FLOW_H
#define BURSAR_FLOW_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/uuid.h"

/* ---- loop: descriptors and timers -------------------------------- */

#define WATCH_READ	1u
#define WATCH_WRITE	2u
#define WATCH_ERROR	4u	/* only ever reported */

/* A descriptor the loop looks at. Zeroed before its first watch_set. */
struct watch {
	int		 fd;
	unsigned	 events;	/* what it waits for now */
	void		(*fn)(void *arg, unsigned events);
	void		*arg;
};

/* Wait for `events`; 0 forgets the descriptor (do so before closing it). */
void	watch_set(struct watch *w, unsigned events);

/* A moment to be told of. Zeroed before its first timer_set. */
struct timer {
	int64_t		 at_ms;		/* on mono_ms()'s clock */
	size_t		 slot;		/* place in the heap, 0 when idle */
	void		(*fn)(void *arg);
	void		*arg;
};

void	timer_set(struct timer *t, int64_t in_ms);	/* or move it */
void	timer_stop(struct timer *t);

/* The loop of this process; called once after each fork. */
void	loop_open(void);
void	loop_close(void);
/* Readable when loop_step(0) has something to do. */
int	loop_fd(void);
/* Wait up to `timeout_ms` (-1: until something happens), then do it all. */
void	loop_step(int timeout_ms);
/* Let Kore's loop drive this one; only in a worker of Kore's. */
void	loop_attach(void);
/* Step until no flow is left, or `*stop` is true. */
void	loop_run(const bool *stop);

/* ---- flows ------------------------------------------------------- */

enum role { ROLE_NONE, ROLE_VIEWER, ROLE_MEMBER, ROLE_ADMIN, ROLE_OWNER };

extern const char *const role_names[];	/* "none" "viewer" .. NULL */

/* On whose behalf a flow works; the store binds .tenant to statements. */
struct who {
	uuid		 tenant;
	uuid		 user;
	uuid		 session;
	enum role	 role;
};

struct flow;

typedef enum err (*flow_fn)(struct flow *f, void *arg);
/* Called once, on the loop's stack, before the arena is dropped; it has
 * LIMIT_FLOW_END_BYTES of it, whatever the flow took. */
typedef void (*flow_done_fn)(struct flow *f, void *arg, enum err e);

struct flow {
	struct arena	 arena;
	struct who	 who;
	int64_t		 deadline_ms;	/* on mono_ms()'s clock */
	str		 request_id;	/* for log lines; may be STR_NONE */
	const char	*fault;		/* detail for people, or NULL */
	bool		 cancelled;
	struct store_tx	*tx;		/* store's: the open transaction */

	/* flow.c's own */
	struct fiber	*fiber;
	flow_fn		 fn;
	flow_done_fn	 done;
	void		*arg;
	struct timer	 timer;
	enum err	 woken;		/* what the wait will answer */
	bool		 parked, uncut, finished;
	struct {
		void	(*fn)(void *);
		void	*arg;
	}		 defers[LIMIT_FLOW_DEFERS];
	size_t		 defer_count;
	struct flow	*prev, *next;
};

/*
 * Begin a flow and run it until it first waits. NULL when this process
 * already has LIMIT_FLOWS. `done` may be NULL.
 */
struct flow *flow_start(flow_fn fn, flow_done_fn done, void *arg,
	    int64_t timeout_ms);
/* Whoever wanted the answer has left: the next wait gives E_CANCELLED. */
void	flow_cancel(struct flow *f);
/* The flow whose fiber runs now, or NULL on the loop's stack. */
struct flow *flow_current(void);
size_t	flow_count(void);

/*
 * Wait until flow_wake(f). OK, E_DEADLINE or E_CANCELLED; whoever would
 * have woken the flow must then be told to forget it.
 */
enum err flow_park(struct flow *f) MUSTCHECK;
/* Run a parked flow again, now; no effect on one that is not parked. */
void	flow_wake(struct flow *f);
/* Wait until `fd` is ready for `events`. */
enum err flow_wait(struct flow *f, int fd, unsigned events) MUSTCHECK;
enum err flow_sleep(struct flow *f, int64_t ms) MUSTCHECK;
/*
 * Run a pure function on a thread and wait for it. The wait is not cut short
 * by deadline or cancellation, because the function works on the flow's
 * memory; both are reported after it. E_BUSY: LIMIT_JOBS_WAITING reached.
 */
enum err flow_job(struct flow *f, void (*fn)(void *), void *arg) MUSTCHECK;
/* Call `fn(arg)` when the flow ends, however it ends; last in, first out. */
void	flow_defer(struct flow *f, void (*fn)(void *), void *arg);
/* Forget the newest defer of that function and argument: it was done. */
void	flow_undefer(struct flow *f, void (*fn)(void *), void *arg);

/*
 * A piece of a long flow's work has memory of its own, dropped at the
 * piece's end, so that a flow may go over more rows than its arena would
 * hold. From begin to end f->arena is the piece's. Pieces may be nested.
 */
struct piece;
struct piece *piece_begin(struct flow *f);
/* The flow's own arena again; f->fault is carried over. */
void	piece_end(struct piece *p);

/* Unwind the current flow from anywhere in it, ending it with `e`. */
void	flow_leave(struct flow *f, enum err e) __attribute__((noreturn));
/* Set f->fault, a sentence for people; answers `e`. */
enum err flow_fault(struct flow *f, enum err e, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * For tools and tests: run one flow to its end and answer what it did.
 * Must be called outside any flow.
 */
enum err flow_run(flow_fn fn, void *arg, int64_t timeout_ms);

/* Threads for flow_job; opened by the first job, `threads` from settings. */
void	job_close(void);

/* ---- log: one JSON object a line, on standard error -------------- */

struct log_field {
	const char	*key;
	str		 text;		/* when .p != NULL */
	int64_t		 number;
};

/* A field that is not there this time. */
#define LNONE		((struct log_field){ NULL, STR_NONE, 0 })
#define LS(k, s)	((struct log_field){ (k), (s), 0 })
#define LZ(k, z)	((struct log_field){ (k), str_of(z), 0 })
#define LN(k, n)	((struct log_field){ (k), STR_NONE, (n) })

/* Lines below settings.log_level are dropped. Control characters, quotes
 * and invalid UTF-8 are escaped; never pass a secret. */
void	log_write(enum log_level level, const char *event,
	    const struct log_field *fields, size_t n);
#define LOG(level, event, ...) log_write((level), (event),		\
	    (const struct log_field[]){ __VA_ARGS__ },			\
	    sizeof((const struct log_field[]){ __VA_ARGS__ }) /		\
	    sizeof(struct log_field))

/* ---- meters: counters shared by all workers ---------------------- */

enum meter {
#define METER(name, type, help)	M_##name,
#include "flow/meter.def"
#undef METER
	M_COUNT
};

/* Before any fork; afterwards each worker calls meter_join with its slot. */
void	meter_open(size_t workers);
void	meter_join(size_t slot);
void	meter_add(enum meter m, int64_t n);	/* no effect before open */
void	meter_set(enum meter m, int64_t n);	/* a gauge of this worker */
int64_t	meter_sum(enum meter m);		/* over all workers */
/* Prometheus text of every row of meter.def. */
void	meter_print(struct arena *a, str *out);
/* Zeroed memory that all workers share; only before the fork. */
void	*shared_alloc(size_t n);

#endif
