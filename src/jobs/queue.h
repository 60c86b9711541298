/*
 * Inner header of jobs/: kinds by name, runs and schedules as they are kept,
 * and the attempt that is under way.
 */
#ifndef BURSAR_JOBS_QUEUE_H
#define BURSAR_JOBS_QUEUE_H

#include <sys/queue.h>

#include "jobs/cron.h"
#include "jobs/jobs.h"
#include "store/store.h"

#define LEASE_S		30
#define KINDS_MAX	64
#define KIND_BYTES	64
#define DOING_BYTES	200
#define ERROR_BYTES	1000
#define LINE_BYTES	1000
#define LINES_MAX	1000	/* of one attempt */
#define LOG_LINES_MOST	500	/* that are shown */
#define CHANNEL		"bursar_jobs"

enum run_status {
	RUN_WAITING, RUN_RUNNING, RUN_DONE, RUN_DEAD, RUN_CANCELLED
};

extern const char *const run_statuses[];

struct run {
	uuid	id;
	bool	shared;
	str	kind;
	str	args;
	int	status;
	int64_t	priority;
	instant	run_at;
	int64_t	attempt;
	int64_t	failures, failures_max;
	double	progress;
	str	doing;
	str	result;
	str	error;
	bool	cancelling;
	uuid	schedule_id;
	instant	period;
	instant	created_at, started_at, ended_at;
};

extern const struct field run_fields[];

struct log_line {
	int64_t	attempt;
	instant	at;
	int	level;
	str	line;
};

extern const struct field log_line_fields[];

struct schedule {
	uuid	id;
	bool	shared;
	str	name;
	str	kind;
	str	args;
	str	cron;
	str	zone;
	int	state;
	instant	next_at, fired_at;
	int64_t	version;
};

enum schedule_state { SCHEDULE_ACTIVE, SCHEDULE_PAUSED };

extern const char *const schedule_states[];
extern const struct field schedule_fields[];

/* ---- kinds.c --------------------------------------------------- */

extern const struct job_kind	*kinds[KINDS_MAX + 1];	/* ends with NULL */
extern size_t			 kind_count;

const struct job_kind *kind_find(str name);
int64_t	kind_failures_max(const struct job_kind *k);
/* A run of which the arguments are JSON text, already checked. */
enum err run_add(struct flow *f, const struct job_kind *k, str args,
	    const struct job_order *order) MUSTCHECK;

/* ---- attempt.c: one run, on a flow ----------------------------- */

struct own_line {
	TAILQ_ENTRY(own_line)	 at;
	int64_t			 n;
	instant			 when;
	enum log_level		 level;
	char			 text[];
};

TAILQ_HEAD(own_lines, own_line);

/* An attempt of this process's: outlives its flow until its end is kept. */
struct job_own {
	TAILQ_ENTRY(job_own)	 at;
	uuid			 id, tenant;
	const struct job_kind	*kind;
	int64_t			 attempt, failures;
	instant			 period;
	char			*args, *state;
	struct job		 job;
	struct flow		*flow;		/* while it runs */
	int64_t			 began_ms;
	double			 progress;
	char			 doing[DOING_BYTES];
	bool			 told;		/* progress is as written */
	struct own_lines	 lines;		/* not written yet */
	int64_t			 line_count;
	char			*result;
	bool			 ended;		/* with its end written */
	bool			 lost;		/* it is another's by now */
	bool			 cancelling;	/* somebody wants it stopped */
	bool			 stopping;	/* the worker goes */
	int64_t			 snooze_s;
	enum err		 answer;
	char			 error[ERROR_BYTES];
};

TAILQ_HEAD(job_owns, job_own);

extern uuid		 worker_id;
extern struct job_owns	 owns;
extern size_t		 own_count;
extern int64_t		 own_ended[RUN_CANCELLED + 1];	/* by what became */

struct claimed {
	uuid	id, tenant;
	str	kind;
	str	args, state;
	int64_t	attempt, failures;
	bool	cancelling;
	instant	period;
};

extern const struct field claimed_fields[];

/* Begin it; `free` is called on the loop's stack when its place is free. */
void	own_begin(const struct claimed *c, void (*free)(void));
/* Somebody else's, or to be stopped: its flow unwinds. */
void	own_stop(struct job_own *own);
struct job_own *own_find(uuid id);
/* Write lines that are not written; all of them, or one attempt's. */
enum err lines_write(struct flow *f, struct job_own *only) MUSTCHECK;
/* Seconds to wait after so many failures in a row; `dice` of 0 to 1. */
double	backoff_s(int64_t failures, double dice);
/* Can no other attempt mend it? */
bool	err_final(enum err e);

/* ---- schedule.c ------------------------------------------------ */

/* What is wrong with its times, or NULL; next_at is the first after `t`. */
const char *schedule_next(str cron, str zone, instant t, instant *next);
enum err schedules_born(struct flow *f) MUSTCHECK;
/* Runs for those that are due; each at most once, the latest time only. */
enum err schedules_fire(struct flow *f) MUSTCHECK;

#endif
