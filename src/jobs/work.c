/*
 * `bursar work`: one loop on which runs are flows. It looks for work when a
 * NOTIFY says that there is some, when a place becomes free, and once a
 * second all the same; it says that it lives, fires schedules, and gives back
 * what belongs to workers that do not live any more. Told to stop, it takes
 * nothing new, lets what runs finish for a while, then hands it back.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/settings.h"
#include "jobs/queue.h"
#include "jobs/work.h"

#include "jobs_sql.h"

#define ROUND_MS	1000
#define ROUND_FLOW_MS	15000
#define BEAT_MS		(LEASE_S * 1000 / 3)
#define RESCUE_MS	5000
#define TELL_MS		60000	/* how it goes, in the log */
#define UNWIND_MS	5000	/* for what was told to stop */

static struct {
	struct timer	 round, beat, end;
	struct watch	 signals;
	bool		 looking, beating;	/* a flow is at it */
	bool		 again;		/* something was said meanwhile */
	bool		 born;		/* schedules are as the program says */
	bool		 stopping, over;
	bool		 drain;		/* stop when there is nothing left */
	int64_t		 beat_ms, rescue_ms, told_ms;
	enum err	 failed;
	str		 names[KINDS_MAX];
	int64_t		 caps[KINDS_MAX];
	char		 host[64];
} work;

static void	work_look(void);

/* Marked before it begins, because it may end at once. */
static void
work_start(flow_fn fn, flow_done_fn over, bool *busy)
{
	*busy = true;
	if (flow_start(fn, over, NULL, ROUND_FLOW_MS) == NULL)
		*busy = false;
}

/* ---- saying that it lives -------------------------------------- */

struct alive {
	uuid	id;
	bool	cancelling;
};

static const struct field alive_fields[] = {
	MUST(alive, id, "A run that is this worker's."),
	MUST(alive, cancelling, "To be stopped."),
	FIELDS_END
};

struct pulse {
	struct job_own	*own[LIMIT_WORK_JOBS];
	uuid		 ids[LIMIT_WORK_JOBS];
	int64_t		 attempts[LIMIT_WORK_JOBS];
	double		 progress[LIMIT_WORK_JOBS];
	str		 doing[LIMIT_WORK_JOBS];
	size_t		 n;
};

static void
pulse_take(struct arena *a, struct pulse *p)
{
	struct job_own *own;
	str doing;

	TAILQ_FOREACH(own, &owns, at) {
		if (own->ended || p->n == LIMIT_WORK_JOBS)
			continue;
		for (doing = str_of(own->doing); !str_utf8(doing); doing.n--)
			;
		p->ids[p->n] = own->id;
		p->attempts[p->n] = own->attempt;
		p->progress[p->n] = own->progress;
		p->doing[p->n++] = arena_str(a, doing);
		own->told = true;
	}
}

/* Runs that were not answered are somebody else's by now. */
static void
pulse_heard(const struct pulse *p, const struct list *answer)
{
	const struct alive *a = answer->v;
	struct job_own *own;
	size_t i, k;

	for (i = 0; i < p->n; i++) {
		own = own_find(p->ids[i]);
		if (own == NULL || own->attempt != p->attempts[i])
			continue;
		for (k = 0; k < answer->n; k++)
			if (uuid_eq(a[k].id, own->id))
				break;
		if (k == answer->n)
			own->lost = true;
		else if (a[k].cancelling)
			own->cancelling = true;
		if (own->lost || own->cancelling)
			own_stop(own);
	}
}

static enum err
beat_run(struct flow *f, void *arg)
{
	struct pulse *p = ARENA_NEW(&f->arena, struct pulse);
	struct list answer;

	(void)arg;
	work.beat_ms = mono_ms();
	pulse_take(&f->arena, p);
	TRY(store_rows(f, &sql_job_beat, SHAPE(alive), &answer,
	    UUID(worker_id), STR(str_of(work.host)), LONG(getpid()),
	    LONG(settings.work_jobs), MANY(K_UUID, p->ids, p->n),
	    MANY(K_LONG, p->attempts, p->n),
	    MANY(K_REAL, p->progress, p->n), MANY(K_STR, p->doing, p->n),
	    LONG(LEASE_S)));
	pulse_heard(p, &answer);
	return (lines_write(f, NULL));
}

static void
beat_over(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	work.beating = false;
	if (e != OK)
		work.beat_ms = 0;
}

/* More often while there is something to tell. */
static bool
beat_due(void)
{
	struct job_own *own;

	if (work.beat_ms == 0 || mono_ms() - work.beat_ms >= BEAT_MS)
		return (true);
	TAILQ_FOREACH(own, &owns, at)
		if (!own->told || !TAILQ_EMPTY(&own->lines))
			return (true);
	return (false);
}

static void
work_tell(void)
{
	if (mono_ms() - work.told_ms < TELL_MS)
		return;
	work.told_ms = mono_ms();
	LOG(LOG_INFORM, "work", LN("running", (int64_t)own_count),
	    LN("done", own_ended[RUN_DONE]), LN("dead", own_ended[RUN_DEAD]),
	    LN("again", own_ended[RUN_WAITING]),
	    LN("cancelled", own_ended[RUN_CANCELLED]));
}

static void
beat(void *arg)
{
	(void)arg;
	timer_set(&work.beat, ROUND_MS);
	work_tell();
	if (!work.beating && beat_due())
		work_start(beat_run, beat_over, &work.beating);
}

/* ---- taking work ----------------------------------------------- */

struct counted {
	int64_t	n;
};

static const struct field counted_fields[] = {
	MUST(counted, n, "How many."),
	FIELDS_END
};

static size_t
places_free(void)
{
	size_t places = (size_t)settings.work_jobs;

	return (work.stopping || own_count >= places ? 0 :
	    places - own_count);
}

static enum err
rescue(struct flow *f)
{
	struct counted c;

	if (work.rescue_ms != 0 && mono_ms() - work.rescue_ms < RESCUE_MS)
		return (OK);
	work.rescue_ms = mono_ms();
	TRY(store_row(f, &sql_job_rescue, SHAPE(counted), &c));
	if (c.n > 0)
		LOG(LOG_WARN, "rescue", LN("runs", c.n));
	return (OK);
}

/* What has been claimed runs, also when this flow is late. */
static enum err
claim(struct flow *f)
{
	const struct claimed *c;
	struct list list;
	size_t i;

	if (places_free() == 0 || kind_count == 0)
		return (OK);
	TRY(store_rows(f, &sql_job_claim, SHAPE(claimed), &list,
	    UUID(worker_id), MANY(K_STR, work.names, kind_count),
	    MANY(K_LONG, work.caps, kind_count),
	    LONG((int64_t)places_free()), LONG(LEASE_S)));
	c = list.v;
	for (i = 0; i < list.n; i++)
		own_begin(&c[i], work_look);
	work.drain = work.drain && (list.n > 0 || own_count > 0);
	return (OK);
}

/* A schedule that cannot fire is not in the way of what waits. */
static enum err
look_run(struct flow *f, void *arg)
{
	enum err e;

	(void)arg;
	if (!work.born) {
		TRY(schedules_born(f));
		work.born = true;
	}
	TRY(rescue(f));
	if ((e = schedules_fire(f)) != OK)
		store_rollback(f);
	TRY(claim(f));
	return (e);
}

static void
look_over(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	work.looking = false;
	/* An outage is told once. */
	if (e != OK && e != work.failed)
		LOG(LOG_WARN, "work", LZ("error", err_row(e)->name));
	work.failed = e;
	if (work.again && e == OK)
		work_look();
}

static void
work_look(void)
{
	work.again = work.looking;
	if (!work.looking && !work.stopping && store_up())
		work_start(look_run, look_over, &work.looking);
}

/* Not all workers at the same moment. */
static void
work_round(void *arg)
{
	uint8_t dice;

	(void)arg;
	random_bytes(&dice, sizeof(dice));
	timer_set(&work.round, ROUND_MS * 3 / 4 + ROUND_MS / 2 * dice / 255);
	work_look();
}

static void
work_heard(str what)
{
	struct job_own *own;
	str word;
	uuid id;

	if (str_starts(what, S("cancel "))) {
		word = (str){ what.p + 7, what.n - 7 };
		own = uuid_parse(word, &id) ? own_find(id) : NULL;
		if (own != NULL) {
			own->cancelling = true;
			own_stop(own);
		}
		return;
	}
	work_look();
}

/* ---- stopping -------------------------------------------------- */

static void
work_end(void *arg)
{
	struct job_own *own;

	(void)arg;
	if (work.over || own_count == 0) {
		work.over = true;
		return;
	}
	LOG(LOG_INFORM, "work_hands_back", LN("runs", (int64_t)own_count));
	TAILQ_FOREACH(own, &owns, at) {
		own->stopping = true;
		own_stop(own);
	}
	/* Then at the latest. What is left has a lease that ends. */
	work.over = true;
	work.end.fn = work_end;
	timer_set(&work.end, UNWIND_MS);
}

void
work_stop(void)
{
	if (work.stopping) {
		timer_set(&work.end, 0);
		return;
	}
	work.stopping = true;
	work.end.fn = work_end;
	timer_set(&work.end, settings.work_grace_s * 1000);
}

static void
work_signal(void *arg, unsigned events)
{
	struct signalfd_siginfo si;

	(void)arg;
	(void)events;
	while (read(work.signals.fd, &si, sizeof(si)) == sizeof(si))
		work_stop();
}

static void
signals_open(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	work.signals.fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	work.signals.fn = work_signal;
	watch_set(&work.signals, WATCH_READ);
}

/* ---- all of it ------------------------------------------------- */

void
work_open(void)
{
	size_t i;

	memset(&work, 0, sizeof(work));
	work.told_ms = mono_ms();
	worker_id = uuid_new();
	gethostname(work.host, sizeof(work.host) - 1);
	for (i = 0; i < kind_count; i++) {
		work.names[i] = str_of(kinds[i]->name);
		work.caps[i] = kinds[i]->at_once;
	}
	work.round.fn = work_round;
	work.beat.fn = beat;
	timer_set(&work.round, 0);
	timer_set(&work.beat, 0);
	store_listen(CHANNEL, work_heard);
}

static enum err
leave_run(struct flow *f, void *arg)
{
	(void)arg;
	return (store_exec(f, &sql_job_worker_leave, NULL, UUID(worker_id)));
}

void
work_close(void)
{
	timer_stop(&work.round);
	timer_stop(&work.beat);
	timer_stop(&work.end);
	store_unlisten();
	if (store_up())
		(void)flow_run(leave_run, NULL, 1000);
}

bool
work_idle(void)
{
	return (own_count == 0);
}

int
jobs_work(int argc, char **argv, bool (*start)(void), void (*stop)(void))
{
	if (argc > 1 || (argc == 1 && strcmp(argv[0], "--drain") != 0)) {
		fprintf(stderr, "bursar: work [--drain]\n");
		return (2);
	}
	loop_open();
	if (!start()) {
		loop_close();
		return (1);
	}
	work_open();
	work.drain = argc == 1;
	signals_open();
	LOG(LOG_INFORM, "work_begins", LN("places", settings.work_jobs),
	    LN("kinds", (int64_t)kind_count));
	while (!(work.stopping && own_count == 0) &&
	    !(work.over && work.end.slot == 0) &&
	    !(argc == 1 && !work.drain && !work.looking))
		loop_step(-1);
	work_close();
	stop();
	LOG(LOG_INFORM, "work_ends", LN("runs", (int64_t)own_count));
	loop_close();
	return (0);
}
