/*
 * The routes of jobs. A tenant sees its own runs and the installation's; of
 * the latter, what they are about and what they say is for operators only,
 * and so is commanding them.
 */
#include <string.h>

#include "auth/auth.h"
#include "base/settings.h"
#include "jobs/queue.h"

#include "jobs_sql.h"

#define PAGE_ROWS	50

/* ---- what is sent ---------------------------------------------- */

struct run_path {
	uuid	run;
};

static const struct field run_path_fields[] = {
	MUST(run_path, run, "The run's id."),
	FIELDS_END
};

struct schedule_path {
	uuid	schedule;
};

static const struct field schedule_path_fields[] = {
	MUST(schedule_path, schedule, "The schedule's id."),
	FIELDS_END
};

struct runs_query {
	str	kind;
	int	status;
};

static const struct field runs_query_fields[] = {
	MAY(runs_query, kind, "Only those of this kind.", .max = KIND_BYTES),
	MAY(runs_query, status, "Only those of which this has become.",
	    .names = run_statuses),
	FIELDS_END
};

struct run_in {
	str	kind;
	str	args;
};

static const struct field run_in_fields[] = {
	MUST(run_in, kind, "What to run.", .min = 1, .max = KIND_BYTES,
	    .example = "\"jobs.tidy\""),
	JSON_TEXT(run_in, args, "Its arguments, as GET /jobs/kinds says."),
	FIELDS_END
};

struct schedule_change {
	str	cron;
	str	zone;
	int	state;
};

static const struct field schedule_change_fields[] = {
	MAY(schedule_change, cron, "Minute, hour, day of the month, month, "
	    "day of the week; or @daily and the like.", .min = 1, .max = 120,
	    .example = "\"5 16 * * mon-fri\""),
	MAY(schedule_change, zone, "A time zone of IANA's.", .min = 1,
	    .max = 64, .example = "\"America/New_York\""),
	MAY(schedule_change, state, "paused stops it from firing; what it "
	    "missed is not made up for.", .names = schedule_states),
	FIELDS_END
};

/* ---- what is answered ------------------------------------------ */

struct run_log {
	struct run	run;
	struct list	log;
};

static const struct field run_log_fields[] = {
	MUST(run_log, run, "The run.", .shape = SHAPE(run)),
	MUST(run_log, log, "The newest lines of its log, oldest first.",
	    .shape = SHAPE(log_line)),
	FIELDS_END
};

struct kind_arg {
	str	name;
	str	doc;
	int	type;
	bool	must;
};

static const char *const arg_types[] = {
	"boolean", "integer", "number", "string", "decimal", "date",
	"date-time", "uuid", "choice", "object", "list", "json", NULL
};

static const struct field kind_arg_fields[] = {
	MUST(kind_arg, name, "Its name."),
	MUST(kind_arg, doc, "What it says."),
	MUST(kind_arg, type, "What it is.", .names = arg_types),
	MUST(kind_arg, must, "Whether it must be given."),
	FIELDS_END
};

struct kind_out {
	str	name;
	str	doc;
	bool	shared;
	bool	allowed;
	int64_t	priority;
	int64_t	failures_max;
	int64_t	at_once;
	struct list args;
};

static const struct field kind_out_fields[] = {
	MUST(kind_out, name, "Its name."),
	MUST(kind_out, doc, "What it does."),
	MUST(kind_out, shared, "Runs for the installation, not a tenant."),
	MUST(kind_out, allowed, "Whether you may start it."),
	MUST(kind_out, priority, "Larger goes first."),
	MUST(kind_out, failures_max, "After so many failures it is dead."),
	MUST(kind_out, at_once, "Runs at work at once; 0: no limit."),
	MUST(kind_out, args, "What it is given.", .shape = SHAPE(kind_arg)),
	FIELDS_END
};

struct worker {
	uuid	id;
	str	host;
	int64_t	pid;
	int64_t	places, running;
	instant	started_at, seen_at;
};

static const struct field worker_fields[] = {
	MUST(worker, id, "The worker."),
	MAY(worker, host, "Where it works; for operators."),
	MAY(worker, pid, "Its process; for operators."),
	MUST(worker, places, "Runs it may have at once."),
	MUST(worker, running, "Runs it has."),
	MUST(worker, started_at, "Since when it works."),
	MUST(worker, seen_at, "When it said last that it lives."),
	FIELDS_END
};

/* ---- who may --------------------------------------------------- */

static enum err
operators_only(struct call *c, bool operator)
{
	return (operator ? OK : flow_fault(c->f, E_FORBIDDEN,
	    "this belongs to the installation; only its operators may"));
}

static bool
role_suffices(const struct call *c, enum need need)
{
	return (need != NEED_UNSAID && (int)c->f->who.role - ROLE_VIEWER >=
	    (int)need - NEED_VIEWER);
}

/* Of a tenant's run: as its kind says; a kind nobody knows: admins. */
static enum err
need_met(struct call *c, const struct job_kind *k)
{
	enum need need = k != NULL && k->need != NEED_UNSAID ? k->need :
	    NEED_ADMIN;

	return (role_suffices(c, need) ? OK : flow_fault(c->f, E_FORBIDDEN,
	    "this needs the role %s", role_names[ROLE_VIEWER + (int)need -
	    NEED_VIEWER]));
}

/* What shared runs are about is not for everybody. */
static void
run_veil(struct run *r, bool operator)
{
	if (!r->shared || operator)
		return;
	r->args = r->result = r->error = r->doing = STR_NONE;
}

/* ---- runs ------------------------------------------------------ */

static uuid
path_run(const struct call *c)
{
	return (((const struct run_path *)c->params)->run);
}

static enum err
run_list(struct call *c)
{
	const struct runs_query *q = c->query;
	int64_t i, limit = call_limit(c, PAGE_ROWS);
	char id[UUID_TEXT_MAX];
	uuid before = UUID_NONE;
	struct list list;
	struct run *r;
	bool operator;
	str cursor;

	cursor = call_cursor(c);
	if (cursor.p != NULL && !uuid_parse(cursor, &before))
		return (E_BAD_REQUEST);
	TRY(auth_operator(c->f, &operator));
	TRY(store_rows(c->f, &sql_job_list, SHAPE(run), &list, STR(q->kind),
	    STR(q->status == ENUM_NONE ? STR_NONE :
	    str_of(run_statuses[q->status])), UUID(before),
	    LONG(limit + 1)));
	r = list.v;
	for (i = 0; i < (int64_t)list.n; i++)
		run_veil(&r[i], operator);
	if ((int64_t)list.n <= limit)
		return (reply_many(c, &list, STR_NONE));
	list.n = (size_t)limit;
	uuid_print(r[limit - 1].id, id);
	return (reply_many(c, &list, arena_str(&c->f->arena, str_of(id))));
}

static enum err
run_find(struct call *c, uuid id, struct run *r, bool *operator)
{
	TRY(auth_operator(c->f, operator));
	return (store_row(c->f, &sql_job_show, SHAPE(run), r, UUID(id)));
}

static enum err
run_show(struct call *c)
{
	struct run_log out;
	bool operator;

	TRY(run_find(c, path_run(c), &out.run, &operator));
	TRY(store_rows(c->f, &sql_job_log, SHAPE(log_line), &out.log,
	    UUID(out.run.id), BOOL(operator), LONG(LOG_LINES_MOST)));
	run_veil(&out.run, operator);
	return (reply(c, &out));
}

/* May they command it? */
static enum err
run_command(struct call *c, struct run *r, bool *operator)
{
	TRY(run_find(c, path_run(c), r, operator));
	return (r->shared ? operators_only(c, *operator) :
	    need_met(c, kind_find(r->kind)));
}

static enum err
run_cancel(struct call *c)
{
	struct run r;
	bool operator;

	TRY(run_command(c, &r, &operator));
	TRY(store_row(c->f, &sql_job_cancel, SHAPE(run), &r, UUID(r.id),
	    BOOL(operator)));
	if (r.status == RUN_DONE || r.status == RUN_DEAD)
		return (flow_fault(c->f, E_CONFLICT, "it has ended"));
	return (reply(c, &r));
}

static enum err
run_retry(struct call *c)
{
	struct run r;
	bool operator;
	enum err e;

	TRY(run_command(c, &r, &operator));
	e = store_row(c->f, &sql_job_retry, SHAPE(run), &r, UUID(r.id),
	    BOOL(operator));
	if (e == E_CONFLICT)
		return (flow_fault(c->f, e, "one alike is under way"));
	TRY(e);
	if (r.status != RUN_WAITING)
		return (flow_fault(c->f, E_CONFLICT, r.status == RUN_DONE ?
		    "it is done" : "it is under way"));
	return (reply(c, &r));
}

static enum err
reply_run(struct call *c, uuid id, bool operator)
{
	char text[UUID_TEXT_MAX];
	struct run r;

	TRY(store_row(c->f, &sql_job_show, SHAPE(run), &r, UUID(id)));
	run_veil(&r, operator);
	uuid_print(id, text);
	reply_header(c, "location", arena_printf(&c->f->arena,
	    "/api/v1/jobs/runs/%s", text));
	return (reply(c, &r));
}

/* Arguments as the kind describes them, written again so that those alike
 * are the same text. */
static enum err
args_check(struct call *c, const struct job_kind *k, str *args)
{
	static const struct field nothing_fields[] = { FIELDS_END };
	static const struct shape nothing = { "nothing", nothing_fields, 1 };
	const struct shape *sh = k->args != NULL ? k->args : &nothing;
	void *record = arena_alloc(&c->f->arena, sh->size);
	struct json j;

	TRY(call_read(c, "/args", sh, args->p != NULL ? *args : S("{}"),
	    record));
	jw_init(&j, &c->f->arena);
	jw_record(&j, sh, record);
	*args = jw_text(&j);
	return (OK);
}

static enum err
run_create(struct call *c)
{
	const struct run_in *in = c->body;
	const struct job_kind *k = kind_find(in->kind);
	str args = in->args;
	bool operator;
	uuid id;

	TRY(auth_operator(c->f, &operator));
	if (k == NULL || (!k->shared && k->need == NEED_UNSAID))
		return (fault(c, "/kind", "unknown", "nothing that can be "
		    "started is called so; see GET /jobs/kinds"));
	TRY(k->shared ? operators_only(c, operator) : need_met(c, k));
	TRY(args_check(c, k, &args));
	TRY(run_add(c->f, k, args, &(struct job_order){ .id = &id }));
	return (reply_run(c, id, operator));
}

/* ---- kinds and workers ----------------------------------------- */

static void
args_describe(struct call *c, const struct shape *sh, struct list *out)
{
	const struct field *fd;
	struct kind_arg *a;

	*out = (struct list){ NULL, 0 };
	if (sh == NULL)
		return;
	a = ARENA_MANY(&c->f->arena, LIMIT_FIELDS, struct kind_arg);
	out->v = a;
	for (fd = sh->fields; fd->name != NULL; fd++, out->n++)
		a[out->n] = (struct kind_arg){ .name = str_of(fd->name),
		    .doc = str_of(fd->doc), .type = (int)fd->kind,
		    .must = fd->must };
}

static enum err
kind_list(struct call *c)
{
	struct kind_out *out = ARENA_MANY(&c->f->arena, KINDS_MAX,
	    struct kind_out);
	struct list list = { out, kind_count };
	const struct job_kind *k;
	bool operator;
	size_t i;

	TRY(auth_operator(c->f, &operator));
	for (i = 0; i < kind_count; i++) {
		k = kinds[i];
		out[i] = (struct kind_out){ .name = str_of(k->name),
		    .doc = str_of(k->doc), .shared = k->shared,
		    .allowed = k->shared ? operator :
		    role_suffices(c, k->need), .priority = k->priority,
		    .failures_max = kind_failures_max(k),
		    .at_once = k->at_once };
		args_describe(c, k->args, &out[i].args);
	}
	return (reply_many(c, &list, STR_NONE));
}

static enum err
worker_list(struct call *c)
{
	struct list list;
	struct worker *w;
	bool operator;
	size_t i;

	TRY(auth_operator(c->f, &operator));
	TRY(store_rows(c->f, &sql_job_worker_list, SHAPE(worker), &list));
	w = list.v;
	for (i = 0; i < list.n && !operator; i++) {
		w[i].host = STR_NONE;
		w[i].pid = LONG_NONE;
	}
	return (reply_many(c, &list, STR_NONE));
}

/* ---- schedules ------------------------------------------------- */

static uuid
path_schedule(const struct call *c)
{
	return (((const struct schedule_path *)c->params)->schedule);
}

static void
schedule_veil(struct schedule *s, bool operator)
{
	if (s->shared && !operator)
		s->args = STR_NONE;
}

static str
schedule_tag(struct call *c, const struct schedule *s)
{
	return (arena_printf(&c->f->arena, "v%lld", (long long)s->version));
}

static enum err
reply_schedule(struct call *c, struct schedule *s, bool operator)
{
	schedule_veil(s, operator);
	reply_etag(c, schedule_tag(c, s));
	return (reply(c, s));
}

static enum err
schedule_list(struct call *c)
{
	struct schedule *s;
	struct list list;
	bool operator;
	size_t i;

	TRY(auth_operator(c->f, &operator));
	TRY(store_rows(c->f, &sql_job_schedule_list, SHAPE(schedule), &list));
	s = list.v;
	for (i = 0; i < list.n; i++)
		schedule_veil(&s[i], operator);
	return (reply_many(c, &list, STR_NONE));
}

static enum err
schedule_find(struct call *c, struct schedule *s, bool *operator)
{
	TRY(auth_operator(c->f, operator));
	return (store_row(c->f, &sql_job_schedule_lock, SHAPE(schedule), s,
	    UUID(path_schedule(c))));
}

static enum err
schedule_show(struct call *c)
{
	struct schedule s;
	bool operator;

	TRY(schedule_find(c, &s, &operator));
	return (reply_schedule(c, &s, operator));
}

static enum err
schedule_times(struct call *c, const struct schedule *s, instant *next)
{
	const char *why;
	struct cron cron;

	*next = INSTANT_NONE;
	if ((why = cron_read(s->cron, &cron)) != NULL)
		(void)fault(c, "/cron", "format", "%s", why);
	if (zone_find(s->zone) == NULL)
		(void)fault(c, "/zone", "unknown", "no such time zone");
	TRY(faults(c));
	if (s->state == SCHEDULE_ACTIVE)
		*next = cron_next(&cron, zone_find(s->zone), instant_now());
	return (OK);
}

static enum err
schedule_modify(struct call *c)
{
	const struct schedule_change *in = c->body;
	struct schedule s;
	bool operator;
	instant next;

	TRY(schedule_find(c, &s, &operator));
	TRY(s.shared ? operators_only(c, operator) : need_met(c, NULL));
	TRY(call_match(c, schedule_tag(c, &s)));
	if (in->cron.p != NULL)
		s.cron = str_trim(in->cron);
	if (in->zone.p != NULL)
		s.zone = in->zone;
	if (in->state != ENUM_NONE)
		s.state = in->state;
	TRY(schedule_times(c, &s, &next));
	TRY(store_row(c->f, &sql_job_schedule_change, SHAPE(schedule), &s,
	    UUID(s.id), BOOL(operator), STR(s.cron), STR(s.zone),
	    BOOL(s.state == SCHEDULE_PAUSED), INSTANT(next)));
	return (reply_schedule(c, &s, operator));
}

/* Now, beside its times: they are not moved by it. */
static enum err
schedule_run(struct call *c)
{
	const struct job_kind *k;
	struct schedule s;
	bool operator;
	uuid id;

	TRY(schedule_find(c, &s, &operator));
	k = kind_find(s.kind);
	TRY(s.shared ? operators_only(c, operator) : need_met(c, k));
	if (k == NULL)
		return (flow_fault(c->f, E_CONFLICT,
		    "this version does not know what it runs"));
	TRY(run_add(c->f, k, s.args, &(struct job_order){ .id = &id }));
	return (reply_run(c, id, operator));
}

/* ---- rows ------------------------------------------------------ */

static const struct route routes[] = {
	{ GET, "/jobs/runs", NEED_VIEWER, "listRuns",
	  "Runs of jobs, newest first.", .query = SHAPE(runs_query),
	  .reply = SHAPE(run), .page = true, .run = run_list },
	{ POST, "/jobs/runs", NEED_VIEWER, "startRun",
	  "Put a run into the queue, or find the one that is alike.",
	  .body = SHAPE(run_in), .reply = SHAPE(run), .status = 202,
	  .tx = true, .once = true, .run = run_create },
	{ GET, "/jobs/runs/{run}", NEED_VIEWER, "getRun",
	  "A run and its log.", .params = SHAPE(run_path),
	  .reply = SHAPE(run_log), .run = run_show },
	{ POST, "/jobs/runs/{run}/retry", NEED_VIEWER, "retryRun",
	  "Try one again, now, that failed, waits or was cancelled.",
	  .params = SHAPE(run_path), .reply = SHAPE(run), .status = 202,
	  .run = run_retry },
	{ POST, "/jobs/runs/{run}/cancel", NEED_VIEWER, "cancelRun",
	  "Stop a run: at once if it waits, soon if it is at work.",
	  .params = SHAPE(run_path), .reply = SHAPE(run), .status = 202,
	  .run = run_cancel },
	{ GET, "/jobs/kinds", NEED_VIEWER, "listJobKinds",
	  "What can be run.", .reply = SHAPE(kind_out), .page = true,
	  .run = kind_list },
	{ GET, "/jobs/workers", NEED_VIEWER, "listWorkers",
	  "Workers that live; without one nothing is run.",
	  .reply = SHAPE(worker), .page = true, .run = worker_list },
	{ GET, "/jobs/schedules", NEED_VIEWER, "listSchedules",
	  "Schedules, and when each fires next.", .reply = SHAPE(schedule),
	  .page = true, .run = schedule_list },
	{ GET, "/jobs/schedules/{schedule}", NEED_VIEWER, "getSchedule",
	  "One schedule.", .params = SHAPE(schedule_path),
	  .reply = SHAPE(schedule), .run = schedule_show },
	{ PATCH, "/jobs/schedules/{schedule}", NEED_VIEWER, "changeSchedule",
	  "Pause it, resume it, or give it other times.",
	  .params = SHAPE(schedule_path), .body = SHAPE(schedule_change),
	  .reply = SHAPE(schedule), .match = true, .tx = true,
	  .run = schedule_modify },
	{ POST, "/jobs/schedules/{schedule}/run", NEED_VIEWER, "runSchedule",
	  "Run it now, beside its times.", .params = SHAPE(schedule_path),
	  .reply = SHAPE(run), .status = 202, .tx = true, .once = true,
	  .run = schedule_run },
	ROUTES_END
};

const struct capability jobs_capability = {
	"jobs", "Work that outlives a request: runs, schedules, workers.",
	routes
};
