/*
 * `bursar jobs …`, for whoever may open the database as the schema's owner:
 * all tenants' runs and the installation's. What goes wrong is said on
 * standard error, what was asked for stands alone on standard output.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"
#include "jobs/queue.h"

#include "jobs_sql.h"

#define CODE_FAILED	1	/* the run, or the database */
#define CODE_USAGE	2
#define CODE_UNKNOWN	3	/* no such run, kind or schedule */
#define CODE_REFUSED	4	/* it has ended, or is under way */
#define LOOK_MS		300
#define BAR		30
#define LIST_ROWS	30

struct command {
	struct flow	*f;
	str		 kind, status, args, tenant;
	int64_t		 limit;
	bool		 json, wait;
	str		 what;		/* the run, kind or schedule */
};

/* A run, and whose it is. */
struct owned {
	struct run	run;		/* first */
	uuid		tenant;
};

struct owned_schedule {
	struct schedule	schedule;	/* first */
	uuid		tenant;
};

static struct field owned_fields[LIMIT_FIELDS];
static struct field owned_schedule_fields[LIMIT_FIELDS];

/* Those of the record that comes first, and the tenant. */
static void
fields_join(struct field *out, const struct field *first, size_t offset)
{
	static const struct field tenant = { .name = "tenant",
	    .doc = "Whose it is.", .kind = K_UUID, .null = true };

	while (first->name != NULL)
		*out++ = *first++;
	*out = tenant;
	out->offset = offset;
}

static void	complain(const char *fmt, ...)
		    __attribute__((format(printf, 1, 2)));

static void
complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("bursar: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

static int
broke(const struct flow *f, enum err e)
{
	complain("%s%s", f->fault != NULL ? f->fault : err_row(e)->title,
	    settings.owner_url[0] != '\0' || e == E_BUSY ? "" :
	    "; this needs the schema's owner: set BURSAR_OWNER_URL");
	return (CODE_FAILED);
}

static void
json_print(struct command *c, const struct shape *sh, const struct list *list,
    bool many)
{
	struct json j;
	str text;

	jw_init(&j, &c->f->arena);
	if (many)
		jw_records(&j, sh, list->v, list->n);
	else
		jw_record(&j, sh, list->v);
	text = jw_text(&j);
	printf("%.*s\n", STR_ARG(text));
}

/* ---- looking --------------------------------------------------- */

static const char *
instant_text(instant t, char out[INSTANT_TEXT_MAX])
{
	if (!instant_ok(t))
		return ("-");
	instant_print(t, out);
	out[19] = '\0';		/* without fractions and Z */
	return (out);
}

static enum err
runs_read(struct command *c, uuid id, struct list *out)
{
	TRY(store_await(c->f));
	return (store_rows(c->f, &sql_job_command_list, SHAPE(owned), out,
	    STR(c->kind), STR(c->status), UUID(id), LONG(c->limit)));
}

static int
run_find(struct command *c, struct owned *out)
{
	struct list list;
	enum err e;
	uuid id;

	if (!uuid_parse(c->what, &id)) {
		complain("\"%.*s\" is no id of a run", STR_ARG(c->what));
		return (CODE_UNKNOWN);
	}
	if ((e = runs_read(c, id, &list)) != OK)
		return (broke(c->f, e));
	if (list.n == 0) {
		complain("there is no run %.*s", STR_ARG(c->what));
		return (CODE_UNKNOWN);
	}
	*out = *(struct owned *)list.v;
	return (0);
}

static int
do_list(struct command *c)
{
	char id[UUID_TEXT_MAX], when[INSTANT_TEXT_MAX];
	const struct owned *o;
	struct list list;
	enum err e;
	size_t i;

	if (c->status.p != NULL && enum_of(run_statuses, c->status) < 0) {
		complain("no run is ever %.*s", STR_ARG(c->status));
		return (CODE_USAGE);
	}
	if ((e = runs_read(c, UUID_NONE, &list)) != OK)
		return (broke(c->f, e));
	if (c->json) {
		json_print(c, SHAPE(owned), &list, true);
		return (0);
	}
	o = list.v;
	for (i = 0; i < list.n; i++) {
		uuid_print(o[i].run.id, id);
		printf("%s  %-9s %3.0f %%  %s  %.*s\n", id,
		    run_statuses[o[i].run.status], o[i].run.progress * 100,
		    instant_text(o[i].run.created_at, when),
		    STR_ARG(o[i].run.kind));
	}
	return (0);
}

static void
show_line(const char *name, str value)
{
	if (value.p != NULL)
		printf("%-10s %.*s\n", name, STR_ARG(value));
}

static void
show_print(const struct run *r, const struct list *log)
{
	const struct log_line *l = log->v;
	char when[INSTANT_TEXT_MAX];
	size_t i;

	show_line("kind", r->kind);
	show_line("status", str_of(run_statuses[r->status]));
	printf("%-10s %.0f %%\n", "progress", r->progress * 100);
	printf("%-10s %lld, %lld of %lld failed\n", "attempts",
	    (long long)r->attempt, (long long)r->failures,
	    (long long)r->failures_max);
	show_line("doing", r->doing);
	show_line("args", r->args);
	show_line("result", r->result);
	show_line("error", r->error);
	printf("%-10s %s\n", "created",
	    instant_text(r->created_at, when));
	printf("%-10s %s\n", "started",
	    instant_text(r->started_at, when));
	printf("%-10s %s\n", "ended", instant_text(r->ended_at, when));
	for (i = 0; i < log->n; i++)
		printf("%s  %.*s\n", instant_text(l[i].at, when),
		    STR_ARG(l[i].line));
}

static int
do_show(struct command *c)
{
	struct owned o;
	struct list log, one = { &o, 1 };
	enum err e;
	int code;

	if ((code = run_find(c, &o)) != 0)
		return (code);
	if (c->json) {
		json_print(c, SHAPE(owned), &one, false);
		return (0);
	}
	e = store_rows(c->f, &sql_job_command_log, SHAPE(log_line), &log,
	    UUID(o.run.id), LONG(LOG_LINES_MOST));
	if (e != OK)
		return (broke(c->f, e));
	show_print(&o.run, &log);
	return (0);
}

/* ---- waiting --------------------------------------------------- */

/* On a terminal one line that changes; else a line for each change. */
static void
progress_print(const struct run *r, double *shown, bool first)
{
	bool terminal = isatty(STDERR_FILENO);
	int full = (int)(r->progress * BAR), i;

	if (!first && !terminal && r->progress <= *shown)
		return;
	*shown = r->progress;
	if (!terminal) {
		fprintf(stderr, "%s %.0f %% %.*s\n", run_statuses[r->status],
		    r->progress * 100, STR_ARG(r->doing));
		return;
	}
	fputs("\r[", stderr);
	for (i = 0; i < BAR; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %3.0f %% %s %.*s\033[K", r->progress * 100,
	    run_statuses[r->status], STR_ARG(r->doing));
}

/* Until it ends; what it leaves is printed. */
static int
run_wait(struct command *c, struct owned *o)
{
	struct list one = { o, 1 };
	bool first = true;
	double shown = 0;
	int code;

	for (;;) {
		progress_print(&o->run, &shown, first);
		first = false;
		if (o->run.status >= RUN_DONE)
			break;
		if (flow_sleep(c->f, LOOK_MS) != OK)
			return (CODE_FAILED);
		if ((code = run_find(c, o)) != 0)
			return (code);
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
	if (c->json)
		json_print(c, SHAPE(owned), &one, false);
	else if (o->run.result.p != NULL)
		printf("%.*s\n", STR_ARG(o->run.result));
	if (o->run.status != RUN_DONE && o->run.error.p != NULL)
		complain("%.*s", STR_ARG(o->run.error));
	return (o->run.status == RUN_DONE ? 0 : CODE_FAILED);
}

/* What was commanded has begun. */
static int
run_told(struct command *c, uuid id)
{
	char text[UUID_TEXT_MAX];
	struct list one;
	struct owned o;
	int code;

	uuid_print(id, text);
	c->what = arena_str(&c->f->arena, str_of(text));
	if ((code = run_find(c, &o)) != 0)
		return (code);
	if (c->wait)
		return (run_wait(c, &o));
	one = (struct list){ &o, 1 };
	if (c->json)
		json_print(c, SHAPE(owned), &one, false);
	else
		printf("%s %s\n", text, run_statuses[o.run.status]);
	return (0);
}

/* ---- commanding ------------------------------------------------ */

static enum err
args_read(struct command *c, const struct job_kind *k, str *out)
{
	struct json j;
	void *record;

	*out = S("{}");
	if (k->args == NULL)
		return (c->args.p == NULL ? OK : flow_fault(c->f, E_INVALID,
		    "%s takes no arguments", k->name));
	record = arena_alloc(&c->f->arena, k->args->size);
	TRY(text_read(c->f, k->args, c->args.p != NULL ? c->args : S("{}"),
	    record));
	jw_init(&j, &c->f->arena);
	jw_record(&j, k->args, record);
	*out = jw_text(&j);
	return (OK);
}

static int
do_run(struct command *c)
{
	const struct job_kind *k = kind_find(c->what);
	enum err e;
	str args;
	uuid id;

	if (k == NULL) {
		complain("nothing is called %.*s", STR_ARG(c->what));
		return (CODE_UNKNOWN);
	}
	if (!k->shared && !uuid_parse(c->tenant, &c->f->who.tenant)) {
		complain("%s is of tenants: --tenant ID", k->name);
		return (CODE_USAGE);
	}
	if (args_read(c, k, &args) != OK) {
		(void)broke(c->f, E_INVALID);
		return (CODE_USAGE);
	}
	if ((e = store_await(c->f)) == OK)
		e = run_add(c->f, k, args, &(struct job_order){ .id = &id });
	return (e == OK ? run_told(c, id) : broke(c->f, e));
}

/* A statement about a tenant's runs wants a tenant: for one that has none,
 * one that is nobody's. */
static void
act_for(struct command *c, uuid tenant)
{
	c->f->who.tenant = uuid_ok(tenant) ? tenant : uuid_new();
}

static int
run_command(struct command *c, const struct sql *q, bool cancel)
{
	struct owned o;
	enum err e;
	int code;

	if ((code = run_find(c, &o)) != 0)
		return (code);
	act_for(c, o.tenant);
	e = store_row(c->f, q, SHAPE(run), &o.run, UUID(o.run.id),
	    BOOL(true));
	if (e == E_CONFLICT) {
		complain("one alike is under way");
		return (CODE_REFUSED);
	}
	if (e != OK)
		return (broke(c->f, e));
	if (cancel ? o.run.status == RUN_DONE || o.run.status == RUN_DEAD :
	    o.run.status != RUN_WAITING) {
		complain("it is %s", run_statuses[o.run.status]);
		return (CODE_REFUSED);
	}
	return (run_told(c, o.run.id));
}

static int
do_cancel(struct command *c)
{
	return (run_command(c, &sql_job_cancel, true));
}

static int
do_retry(struct command *c)
{
	return (run_command(c, &sql_job_retry, false));
}

/* ---- schedules ------------------------------------------------- */

static enum err
schedules_read(struct command *c, struct list *out)
{
	TRY(store_await(c->f));
	return (store_rows(c->f, &sql_job_command_schedules,
	    SHAPE(owned_schedule), out));
}

static int
do_schedules(struct command *c)
{
	char next[INSTANT_TEXT_MAX], last[INSTANT_TEXT_MAX];
	const struct owned_schedule *s;
	struct list list;
	enum err e;
	size_t i;

	if ((e = schedules_read(c, &list)) != OK)
		return (broke(c->f, e));
	if (c->json) {
		json_print(c, SHAPE(owned_schedule), &list, true);
		return (0);
	}
	s = list.v;
	for (i = 0; i < list.n; i++)
		printf("%-24.*s %-6s next %-19s last %-19s  %.*s  %.*s\n",
		    STR_ARG(s[i].schedule.name),
		    schedule_states[s[i].schedule.state],
		    instant_text(s[i].schedule.next_at, next),
		    instant_text(s[i].schedule.fired_at, last),
		    STR_ARG(s[i].schedule.cron), STR_ARG(s[i].schedule.zone));
	return (0);
}

/* By its name, or by its id where tenants have some of the same name. */
static const struct owned_schedule *
schedule_named(const struct list *list, str what)
{
	const struct owned_schedule *s = list->v;
	uuid id;
	size_t i;

	if (!uuid_parse(what, &id))
		id = UUID_NONE;
	for (i = 0; i < list->n; i++)
		if (uuid_eq(s[i].schedule.id, id) ||
		    (s[i].schedule.shared &&
		    str_eq(s[i].schedule.name, what)))
			return (&s[i]);
	return (NULL);
}

static enum err
schedule_set(struct command *c, struct owned_schedule *s, int state)
{
	instant next = INSTANT_NONE;
	const char *why;

	why = schedule_next(s->schedule.cron, s->schedule.zone,
	    instant_now(), &next);
	if (why != NULL)
		return (flow_fault(c->f, E_INVALID, "%s", why));
	if (state == SCHEDULE_PAUSED)
		next = INSTANT_NONE;
	act_for(c, s->tenant);
	return (store_row(c->f, &sql_job_schedule_change, SHAPE(schedule),
	    &s->schedule, UUID(s->schedule.id), BOOL(true),
	    STR(s->schedule.cron), STR(s->schedule.zone),
	    BOOL(state == SCHEDULE_PAUSED), INSTANT(next)));
}

static int
schedule_command(struct command *c, int state)
{
	const struct owned_schedule *found;
	char next[INSTANT_TEXT_MAX];
	struct owned_schedule s;
	struct list list, one = { &s, 1 };
	enum err e;

	if ((e = schedules_read(c, &list)) != OK)
		return (broke(c->f, e));
	if ((found = schedule_named(&list, c->what)) == NULL) {
		complain("there is no schedule %.*s", STR_ARG(c->what));
		return (CODE_UNKNOWN);
	}
	s = *found;
	if ((e = schedule_set(c, &s, state)) != OK)
		return (broke(c->f, e));
	if (c->json)
		json_print(c, SHAPE(owned_schedule), &one, false);
	else
		printf("%.*s is %s; next %s\n", STR_ARG(s.schedule.name),
		    schedule_states[s.schedule.state],
		    instant_text(s.schedule.next_at, next));
	return (0);
}

static int
do_pause(struct command *c)
{
	return (schedule_command(c, SCHEDULE_PAUSED));
}

static int
do_resume(struct command *c)
{
	return (schedule_command(c, SCHEDULE_ACTIVE));
}

/* ---- words ----------------------------------------------------- */

static const struct {
	const char	*word;
	const char	*of;		/* what must follow, or NULL */
	int		(*run)(struct command *);
	const char	*doc;
} words[] = {
	{ "list", NULL, do_list,
	    "[--kind KIND] [--status STATUS] [--limit N]: newest first" },
	{ "show", "RUN", do_show, "a run and its log" },
	{ "run", "KIND", do_run,
	    "[--args JSON] [--tenant ID] [--wait]: put a run into the queue" },
	{ "retry", "RUN", do_retry, "[--wait]: try it again, now" },
	{ "cancel", "RUN", do_cancel, "stop it" },
	{ "schedules", NULL, do_schedules, "and when each fires next" },
	{ "pause", "SCHEDULE", do_pause, "it fires no more" },
	{ "resume", "SCHEDULE", do_resume, "it fires again" },
};

#define WORDS	(sizeof(words) / sizeof(words[0]))

static int
usage(FILE *out, int code)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		fprintf(out, "bursar jobs %-9s %-8s  %s\n", words[i].word,
		    words[i].of != NULL ? words[i].of : "", words[i].doc);
	fprintf(out, "  --json prints JSON. It ends with 0: done; 1: "
	    "failed; 2: asked wrongly;\n  3: there is no such thing; "
	    "4: it has ended, or is under way.\n");
	return (code);
}

static bool
option_read(struct command *c, const char *word, const char *value)
{
	struct { const char *name; str *to; } texts[] = {
		{ "--kind", &c->kind }, { "--status", &c->status },
		{ "--args", &c->args }, { "--tenant", &c->tenant },
	};
	size_t i;

	if (value == NULL)
		return (false);
	if (strcmp(word, "--limit") == 0)
		return (str_long(str_of(value), &c->limit) && c->limit > 0);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(word, texts[i].name) == 0) {
			*texts[i].to = str_of(value);
			return (true);
		}
	return (false);
}

static bool
words_read(struct command *c, int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			c->json = true;
		else if (strcmp(argv[i], "--wait") == 0)
			c->wait = true;
		else if (argv[i][0] == '-') {
			if (!option_read(c, argv[i],
			    i + 1 < argc ? argv[i + 1] : NULL))
				return (false);
			i++;
		} else if (c->what.p == NULL)
			c->what = str_of(argv[i]);
		else
			return (false);
	}
	return (true);
}

int
jobs_command(struct flow *f, int argc, char **argv)
{
	struct command c = { .f = f, .limit = LIST_ROWS };
	size_t i;

	fields_join(owned_fields, run_fields, offsetof(struct owned, tenant));
	fields_join(owned_schedule_fields, schedule_fields,
	    offsetof(struct owned_schedule, tenant));
	if (argc > 0 && strcmp(argv[argc - 1], "--help") == 0)
		return (usage(stdout, 0));
	for (i = 0; i < WORDS; i++)
		if (argc > 0 && strcmp(argv[0], words[i].word) == 0)
			break;
	if (i == WORDS || !words_read(&c, argc - 1, argv + 1) ||
	    (c.what.p != NULL) != (words[i].of != NULL))
		return (usage(stderr, CODE_USAGE));
	return (words[i].run(&c));
}
