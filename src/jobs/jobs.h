/*
 * jobs: work that outlives a request. A queue in PostgreSQL, schedules that
 * put runs into it, and the workers that take them out.
 *
 * A capability describes a kind of job as it describes a route, by a row,
 * and exports a table of them that main.c joins. A run is at work in one
 * worker at a time: it holds a lease that the worker renews; a run whose
 * worker fell silent is given to another. What a run writes between
 * job_begin and job_commit stands only if the run was still its own then, so
 * a worker that is killed, or thought to be, loses and doubles nothing.
 */
#ifndef BURSAR_JOBS_JOBS_H
#define BURSAR_JOBS_JOBS_H

#include "base/field.h"
#include "flow/flow.h"
#include "http/http.h"

struct job;
struct job_kind;

extern const struct capability jobs_capability;
extern const struct job_kind *const jobs_jobs[];

/* What is not put into the queue because it is there already: a run of the
 * same kind, tenant and arguments. */
enum job_unique {
	JOB_ANY,		/* alike ones may be there */
	JOB_ONE_WAITING,	/* one waits; another may be at work */
	JOB_ONE_ACTIVE		/* one waits or is at work */
};

struct job_kind {
	const char		*name;	/* "market.backfill": room, thing */
	const char		*doc;	/* one phrase */
	const struct shape	*args;	/* NULL: it takes none */
	/* What it has done, kept by job_commit for a next attempt; or NULL. */
	const struct shape	*state;
	/* The installation's, without a tenant; else a tenant's. */
	bool			 shared;
	/* All of run is one transaction, and so is the run's end: no
	 * job_begin, no job_commit. */
	bool			 tx;
	/*
	 * Who may start, retry and cancel a tenant's run over the API;
	 * NEED_UNSAID: nobody starts one there. Shared ones are for the
	 * operators (settings.operators) whatever stands here.
	 */
	enum need		 need;
	enum job_unique		 unique;
	int			 priority;	/* larger goes first; 0 */
	int			 attempts;	/* failures before it is dead;
						   0: 5 */
	int			 timeout_s;	/* of one attempt; 0: 60 */
	int			 at_once;	/* runs at work everywhere;
						   0: no limit */
	/* The schedule it is born with, of the same name; or NULL. Needs no
	 * arguments. Operators may change or pause it. */
	const char		*cron, *zone;	/* zone NULL: UTC */
	enum err		(*run)(struct job *);
};

/* One attempt of a run: what a kind's function gets. */
struct job {
	struct flow		*f;	/* its deadline is the timeout; .who
					   .tenant is the run's tenant */
	const struct job_kind	*kind;
	const void		*args;	/* struct of kind->args */
	void			*state;	/* struct of kind->state; all "none"
					   until something was kept */
	uuid			 id;
	uuid			 tenant;	/* UUID_NONE: shared */
	int64_t			 attempt;	/* from 1 */
	instant			 period;	/* the schedule's time that it
						   is for; or INSTANT_NONE */
	struct job_own		*own;		/* jobs' own */
};

/*
 * What a kind's function answers says what becomes of the run. OK: done.
 * What another attempt cannot mend (400 to 499 in err.def, save E_SLOW,
 * E_CONFLICT, E_RATE and E_CANCELLED): dead at once. Anything else: tried
 * again after a pause that doubles, until kind->attempts have failed, then
 * dead. f->fault is the sentence that people read.
 */

/* 0 to 1, and what it is at (may be NULL). Does not wait; it is written
 * within seconds. */
void	job_progress(struct job *j, double share, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/*
 * A line of the run's log. Does not wait; lines beyond a limit are dropped
 * and counted. The log of a shared run must not speak of tenants' things.
 */
void	job_log(struct job *j, enum log_level level, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* JSON text for whoever asks for the run; kept when it is done. */
void	job_result(struct job *j, str json);
/*
 * A transaction that holds the run: nobody else can begin an attempt until
 * it ends. E_CANCELLED: the run is not this worker's any more.
 */
enum err job_begin(struct job *j) MUSTCHECK;
/* Commit, and with it j->state, for a next attempt to go on from. */
enum err job_commit(struct job *j) MUSTCHECK;
/* Not now: try again in so many seconds, without counting a failure. To be
 * returned. */
enum err job_snooze(struct job *j, int64_t seconds) MUSTCHECK;

/* How a run shall be made, where it differs from the kind's row. */
struct job_order {
	instant	 run_at;	/* not before; zeroed or none: at once */
	int	 priority;	/* 0: the kind's */
	uuid	*id;		/* the run's, or of the one that is alike */
	bool	*added;		/* false: one alike was there */
};

/*
 * Put a run of `kind` into the queue, in the caller's transaction if one is
 * open. A tenant's kind takes f->who.tenant. `args` is a struct of
 * kind->args (NULL where it takes none); `order` may be NULL.
 */
enum err job_enqueue(struct flow *f, const struct job_kind *kind,
	    const void *args, const struct job_order *order) MUSTCHECK;

/* ---- joining: main.c only -------------------------------------- */

/*
 * The kinds of all capabilities: each table ends with NULL. Also of serve,
 * which puts runs into the queue. False and a sentence per fault on stderr.
 */
bool	jobs_prepare(const struct job_kind *const *const *tables);
/*
 * `bursar work`: run jobs until told to stop; the exit code. `start` and
 * `stop` are called with the loop open, around everything.
 */
int	jobs_work(int argc, char **argv, bool (*start)(void),
	    void (*stop)(void));
/* `bursar jobs …`; the exit code. */
int	jobs_command(struct flow *f, int argc, char **argv);
/* Workers, queue lengths and ages as Prometheus text; "" while unknown. */
enum err jobs_print(struct flow *f, str *out) MUSTCHECK;

#endif
