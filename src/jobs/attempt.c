/*
 * One attempt of a run: its arguments are read, its function runs on a flow
 * of its own, and what became of it is written down, however long that takes
 * while the database is away. Whether it is still this attempt's is the
 * database's to say: in job_begin, job_commit and at the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jobs/queue.h"

#include "jobs_sql.h"

#define TIMEOUT_S	60
#define END_MS		(15 * 60000)	/* to write down what became of it */
#define END_PAUSE_MS	1000
#define BACKOFF_FIRST_S	5.0
#define BACKOFF_MOST_S	3600.0
#define LINES_AT_ONCE	200

uuid		worker_id;
struct job_owns	owns = TAILQ_HEAD_INITIALIZER(owns);
size_t		own_count;
int64_t		own_ended[RUN_CANCELLED + 1];

static void	(*place_free)(void);

const struct field claimed_fields[] = {
	MUST(claimed, id, "The run."),
	MAY(claimed, tenant, "Whose it is."),
	MUST(claimed, kind, "What is run."),
	JSON_TEXT(claimed, args, "With which arguments."),
	JSON_TEXT(claimed, state, "What was done of it."),
	MUST(claimed, attempt, "Counts attempts."),
	MUST(claimed, failures, "Counts failures."),
	MUST(claimed, cancelling, "To be stopped."),
	MAY(claimed, period, "The schedule's time."),
	FIELDS_END
};

struct held {
	bool	held;
};

static const struct field held_fields[] = {
	MUST(held, held, "Whether it is still this attempt's."),
	FIELDS_END
};

/* ---- what answers mean ----------------------------------------- */

bool
err_final(enum err e)
{
	int status = err_row(e)->status;

	return (status >= 400 && status < 499 && e != E_SLOW &&
	    e != E_CONFLICT && e != E_RATE);
}

/* Doubled each time; between half of it and all of it, so that many that
 * failed together do not come back together. */
double
backoff_s(int64_t failures, double dice)
{
	double s = BACKOFF_FIRST_S;

	while (--failures > 0 && s < BACKOFF_MOST_S)
		s *= 2;
	if (s > BACKOFF_MOST_S)
		s = BACKOFF_MOST_S;
	return (s / 2 + s / 2 * dice);
}

static double
dice_throw(void)
{
	uint32_t n;

	random_bytes(&n, sizeof(n));
	return ((double)n / UINT32_MAX);
}

/* ---- what a kind's function may call --------------------------- */

void
job_progress(struct job *j, double share, const char *fmt, ...)
{
	struct job_own *own = j->own;
	va_list ap;

	own->progress = share > 1 ? 1 : share >= 0 ? share : 0;
	own->told = false;
	if (fmt == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(own->doing, sizeof(own->doing), fmt, ap);
	va_end(ap);
}

static void
line_add(struct job_own *own, enum log_level level, const char *text)
{
	struct own_line *line;
	size_t n = strlen(text);

	if ((line = malloc(sizeof(*line) + n + 1)) == NULL)
		return;
	line->n = ++own->line_count;
	line->when = instant_now();
	line->level = level;
	memcpy(line->text, text, n + 1);
	TAILQ_INSERT_TAIL(&own->lines, line, at);
}

void
job_log(struct job *j, enum log_level level, const char *fmt, ...)
{
	struct job_own *own = j->own;
	char text[LINE_BYTES];
	va_list ap;

	if (own->line_count >= LINES_MAX) {
		own->line_count++;
		return;
	}
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	line_add(own, level, text);
}

void
job_result(struct job *j, str json)
{
	free(j->own->result);
	j->own->result = strndup(json.p, json.n);
}

enum err
job_snooze(struct job *j, int64_t seconds)
{
	j->own->snooze_s = seconds > 0 ? seconds : 1;
	return (E_RATE);
}

enum err
job_begin(struct job *j)
{
	struct held h;
	enum err e;

	TRY(store_begin(j->f));
	e = store_row(j->f, &sql_job_hold, SHAPE(held), &h, UUID(worker_id),
	    UUID(j->id), LONG(j->attempt));
	if (e == OK && !h.held)
		e = E_CANCELLED;
	if (e != OK)
		store_rollback(j->f);
	return (e);
}

/* The lease counts from now, not from when the transaction began. */
enum err
job_commit(struct job *j)
{
	struct held h;
	struct json js;
	str state = STR_NONE;

	if (j->kind->state != NULL) {
		jw_init(&js, &j->f->arena);
		jw_record(&js, j->kind->state, j->state);
		state = jw_text(&js);
	}
	TRY(store_row(j->f, &sql_job_keep, SHAPE(held), &h, UUID(worker_id),
	    UUID(j->id), LONG(j->attempt), JSON(state), LONG(LEASE_S)));
	return (h.held ? store_commit(j->f) : E_CANCELLED);
}

/* What was cut may end within a character. */
static str
text_good(const char *z)
{
	str s = str_of(z);

	while (!str_utf8(s))
		s.n--;
	return (s);
}

/* Empty is none. */
static str
text_said(const char *z)
{
	return (z[0] != '\0' ? text_good(z) : STR_NONE);
}

/* ---- the log --------------------------------------------------- */

struct packed {
	uuid	runs[LINES_AT_ONCE];
	int64_t	attempts[LINES_AT_ONCE], ns[LINES_AT_ONCE];
	instant	ats[LINES_AT_ONCE];
	str	levels[LINES_AT_ONCE], lines[LINES_AT_ONCE];
	size_t	n;
};

static void
lines_pack(struct arena *a, struct job_own *own, struct packed *p)
{
	static const char *const levels[] = { "fine", "info", "warn", "error" };
	struct own_line *line;

	TAILQ_FOREACH(line, &own->lines, at) {
		if (p->n == LINES_AT_ONCE)
			return;
		p->runs[p->n] = own->id;
		p->attempts[p->n] = own->attempt;
		p->ns[p->n] = line->n;
		p->ats[p->n] = line->when;
		p->levels[p->n] = str_of(levels[line->level]);
		p->lines[p->n] = arena_str(a, text_good(line->text));
		p->n++;
	}
}

static void
lines_drop(struct job_own *own, int64_t up_to)
{
	struct own_line *line;

	while ((line = TAILQ_FIRST(&own->lines)) != NULL && line->n <= up_to) {
		TAILQ_REMOVE(&own->lines, line, at);
		free(line);
	}
}

/* By their numbers, because more may have come meanwhile, and an attempt may
 * have gone. */
static void
lines_written(const struct packed *p)
{
	struct job_own *own;
	size_t i;

	for (i = 0; i < p->n; i++)
		if ((own = own_find(p->runs[i])) != NULL &&
		    own->attempt == p->attempts[i])
			lines_drop(own, p->ns[i]);
}

enum err
lines_write(struct flow *f, struct job_own *only)
{
	struct packed *p;
	struct job_own *own;

	do {
		p = ARENA_NEW(&f->arena, struct packed);
		TAILQ_FOREACH(own, &owns, at)
			if (only == NULL || own == only)
				lines_pack(&f->arena, own, p);
		if (p->n == 0)
			return (OK);
		TRY(store_exec(f, &sql_job_lines_put, NULL,
		    MANY(K_UUID, p->runs, p->n),
		    MANY(K_LONG, p->attempts, p->n),
		    MANY(K_LONG, p->ns, p->n),
		    MANY(K_INSTANT, p->ats, p->n),
		    MANY(K_STR, p->levels, p->n),
		    MANY(K_STR, p->lines, p->n)));
		lines_written(p);
	} while (p->n == LINES_AT_ONCE);
	return (OK);
}

/* ---- its end --------------------------------------------------- */

struct ended {
	int	status;
};

static const struct field ended_fields[] = {
	MUST(ended, status, "What became of it.", .names = run_statuses),
	FIELDS_END
};

static const char *
own_how(const struct job_own *own)
{
	if (own->answer == OK)
		return ("done");
	if (own->cancelling)
		return ("cancelled");
	if (own->stopping && own->answer == E_CANCELLED)
		return ("back");
	if (own->snooze_s > 0)
		return ("later");
	return (err_final(own->answer) ? "dead" : "failed");
}

static double
own_delay_s(const struct job_own *own)
{
	if (own->snooze_s > 0)
		return ((double)own->snooze_s);
	if (own->stopping && own->answer == E_CANCELLED)
		return (0);
	return (backoff_s(own->failures + 1, dice_throw()));
}

static enum err
end_write(struct flow *f, struct job_own *own, const char *how)
{
	struct ended *e;
	struct list list;

	TRY(store_rows(f, &sql_job_end, SHAPE(ended), &list,
	    UUID(worker_id), UUID(own->id), LONG(own->attempt),
	    STR(str_of(how)), REAL(own_delay_s(own)),
	    STR(text_said(own->error)), REAL(own->progress),
	    STR(text_said(own->doing)),
	    JSON(own->result != NULL ? str_of(own->result) : STR_NONE)));
	e = list.v;
	if (list.n > 0)
		own_ended[e->status]++;
	LOG(LOG_INFORM, "job", LZ("kind", own->kind->name),
	    LZ("status", list.n == 0 ? "lost" : run_statuses[e->status]),
	    LN("attempt", own->attempt),
	    LN("ms", mono_ms() - own->began_ms),
	    own->error[0] != '\0' ? LZ("why", own->error) : LNONE);
	return (list.n == 0 ? E_CANCELLED : OK);
}

static void
own_free(struct job_own *own)
{
	TAILQ_REMOVE(&owns, own, at);
	own_count--;
	lines_drop(own, INT64_MAX);
	free(own->args);
	free(own->state);
	free(own->result);
	free(own);
	place_free();
}

/* Until it is written, or the run is another's; the lease is renewed
 * meanwhile, so that nobody begins again what may be done. */
static enum err
end_run(struct flow *f, void *arg)
{
	struct job_own *own = arg;
	enum err e;

	for (;;) {
		e = lines_write(f, own);
		if (e == OK && !own->ended)
			e = end_write(f, own, own_how(own));
		if (e == OK || own->lost || (e == E_CANCELLED &&
		    !f->cancelled))
			return (e);
		TRY(flow_sleep(f, END_PAUSE_MS));
	}
}

static void
end_over(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)e;
	own_free(arg);
}

static void
own_why(struct job_own *own, const struct flow *f)
{
	const char *why = f->fault;

	if (own->answer == OK || own->answer == E_CANCELLED)
		return;
	if (why == NULL && own->answer == E_DEADLINE)
		why = "it took longer than it may";
	if (why == NULL)
		why = err_row(own->answer)->title;
	snprintf(own->error, sizeof(own->error), "%s", why);
}

static void
attempt_over(struct flow *f, void *arg, enum err e)
{
	struct job_own *own = arg;
	char text[LINE_BYTES];

	own->flow = NULL;
	own->answer = e;
	own_why(own, f);
	if (own->line_count > LINES_MAX) {
		snprintf(text, sizeof(text), "%lld more lines",
		    (long long)(own->line_count - LINES_MAX));
		line_add(own, LOG_WARN, text);
	}
	if (own->error[0] != '\0')
		line_add(own, LOG_WARN, own->error);
	if (flow_start(end_run, end_over, own, END_MS) == NULL)
		own_free(own);
}

/* ---- its run --------------------------------------------------- */

static enum err
record_read(struct flow *f, const struct shape *sh, const char *text,
    void **out)
{
	if (sh == NULL)
		return (OK);
	*out = arena_alloc(&f->arena, sh->size);
	shape_clear(sh, *out);
	return (text == NULL ? OK : text_read(f, sh, str_of(text), *out));
}

/* Its end belongs to its one transaction. */
static enum err
attempt_whole(struct job *j)
{
	struct job_own *own = j->own;

	TRY(job_begin(j));
	TRY(own->kind->run(j));
	own->progress = 1;
	TRY(end_write(j->f, own, "done"));
	TRY(store_commit(j->f));
	own->ended = true;
	return (OK);
}

static enum err
attempt_run(struct flow *f, void *arg)
{
	struct job_own *own = arg;
	struct job *j = &own->job;
	void *args = NULL;

	*j = (struct job){ .f = f, .kind = own->kind, .id = own->id,
	    .tenant = own->tenant, .attempt = own->attempt,
	    .period = own->period, .own = own };
	f->who.tenant = own->tenant;
	TRY(record_read(f, own->kind->args, own->args, &args));
	TRY(record_read(f, own->kind->state, own->state, &j->state));
	j->args = args;
	return (own->kind->tx ? attempt_whole(j) : own->kind->run(j));
}

static char *
text_keep(str s)
{
	return (s.p != NULL ? strndup(s.p, s.n) : NULL);
}

void
own_begin(const struct claimed *c, void (*fn)(void))
{
	struct job_own *own;
	int timeout_s;

	if ((own = calloc(1, sizeof(*own))) == NULL)
		abort();
	place_free = fn;
	own->id = c->id;
	own->tenant = c->tenant;
	own->kind = kind_find(c->kind);
	own->attempt = c->attempt;
	own->failures = c->failures;
	own->period = c->period;
	own->args = text_keep(c->args);
	own->state = text_keep(c->state);
	own->began_ms = mono_ms();
	TAILQ_INIT(&own->lines);
	TAILQ_INSERT_TAIL(&owns, own, at);
	own_count++;
	timeout_s = own->kind->timeout_s > 0 ? own->kind->timeout_s :
	    TIMEOUT_S;
	own->flow = flow_start(attempt_run, attempt_over, own,
	    timeout_s * INT64_C(1000));
	if (own->flow == NULL)
		abort();
	if (c->cancelling) {
		own->cancelling = true;
		own_stop(own);
	}
}

void
own_stop(struct job_own *own)
{
	if (own->flow != NULL)
		flow_cancel(own->flow);
}

struct job_own *
own_find(uuid id)
{
	struct job_own *own;

	TAILQ_FOREACH(own, &owns, at)
		if (uuid_eq(own->id, id))
			return (own);
	return (NULL);
}
