/*
 * For this room's tests: a private PostgreSQL, freshly migrated, a market
 * whose prices the test itself writes, and a tenant with a portfolio for
 * each test. The pool connects as bursar_app.
 */
#ifndef BURSAR_PORTFOLIO_OFFICE_H
#define BURSAR_PORTFOLIO_OFFICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/settings.h"
#include "portfolio/book.h"

#define UNUSED	__attribute__((unused))

static char office_dir[64], office_owner[160], office_app[160];
static uuid tenant, portfolio;
static char sentence[512];	/* the last refusal */
static enum err answered;	/* what the last flow answered */

/* ---- the server -------------------------------------------------------- */

static UNUSED int
office_server(const char *action)
{
	char command[160];

	snprintf(command, sizeof(command), "sh tests/pg.sh %s %s >&2", action,
	    office_dir);
	return (system(command));
}

/* As the superuser, by a client of its own. */
static UNUSED void
office_sql(const char *fmt, ...)
{
	char command[4096], text[3600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	snprintf(command, sizeof(command), "psql -X -q -v ON_ERROR_STOP=1 "
	    "-h %s -U postgres -d bursar -c \"set client_min_messages = "
	    "warning; set search_path = bursar; %s\" >&2", office_dir, text);
	if (system(command) != 0)
		fail_msg("%s", text);
}

static UNUSED void
office_pool(void)
{
	int64_t end = mono_ms() + 5000;

	store_open(office_app, 8);
	while (!store_up() && mono_ms() < end)
		loop_step(10);
	assert_true(store_up());
}

static UNUSED int
office_start(void **state)
{
	FILE *quiet = fopen("/dev/null", "w");

	(void)state;
	strcpy(office_dir, P_tmpdir "/bursar.XXXXXX");
	if (mkdtemp(office_dir) == NULL || office_server("start") != 0 ||
	    quiet == NULL)
		return (-1);
	snprintf(office_owner, sizeof(office_owner), "host=%s user=postgres "
	    "dbname=bursar options='-c client_min_messages=error'",
	    office_dir);
	snprintf(office_app, sizeof(office_app),
	    "host=%s user=bursar_app dbname=bursar", office_dir);
	settings.statement_timeout_ms = 20000;
	settings.lock_timeout_ms = 10000;
	settings.log_level = "error";
	settings.benchmark = "SPY";
	if (store_migrate(office_owner, quiet) != MIGRATE_OK)
		return (-1);
	fclose(quiet);
	office_sql("insert into instruments (id, symbol, name, kind, "
	    "currency, source) select ('00000000-0000-7000-8000-' || "
	    "lpad(n::text, 12, '0'))::uuid, s, s, case s when 'COIN' then "
	    "'crypto' else 'stock' end, case s when 'SONY' then 'JPY' else "
	    "'USD' end, 'test' from unnest(array['SPY', 'ACME', 'BOLT', "
	    "'CORD', 'COIN', 'SONY']) with ordinality as u (s, n)");
	loop_open();
	office_pool();
	return (0);
}

static UNUSED int
office_stop(void **state)
{
	(void)state;
	store_close();
	job_close();
	loop_close();
	return (office_server("drop"));
}

/* ---- flows ------------------------------------------------------------- */

static UNUSED enum err
in_flow(flow_fn fn, void *arg)
{
	return (flow_run(fn, arg, 60000));
}

/* A statement of the test's own; $1 is the tenant. */
#define OWN(id, text_, n)						\
	static const struct sql UNUSED id = { .name = #id,		\
	    .params = (n), .text = (text_) }

struct told_text {
	str	what;
};

static UNUSED const struct field told_text_fields[] = {
	MAY(told_text, what, "Text."),
	FIELDS_END
};

/* Everything that follows from the activities, as one text. */
OWN(sql_office_state, "select concat_ws(E'\\n', "
    "(select concat_ws(' ', cash, paid_in, paid_out, realised, income, fees,"
    " taxes) from portfolios where tenant_id = $1 and id = $2), "
    "(select string_agg(p::text, E'\\n' order by instrument_id) from"
    " positions p where tenant_id = $1 and portfolio_id = $2), "
    "(select string_agg(concat_ws(' ', on_day, kind, quantity, realised,"
    " cost), E'\\n' order by on_day, id) from activities where tenant_id ="
    " $1 and portfolio_id = $2), "
    "(select string_agg(l::text, E'\\n' order by instrument_id, n) from"
    " lots l where tenant_id = $1 and portfolio_id = $2), "
    "(select string_agg(d::text, E'\\n' order by day) from portfolio_days d"
    " where tenant_id = $1 and portfolio_id = $2)) as what", 2);
/* When each day's row was written, up to a day. */
OWN(sql_office_rows, "select string_agg(concat_ws(' ', day, xmin, ctid),"
    " E'\\n' order by day) as what from portfolio_days where tenant_id = $1"
    " and portfolio_id = $2 and day < $3", 3);
OWN(sql_office_wipe_days, "delete from portfolio_days where tenant_id = $1"
    " and portfolio_id = $2", 2);
OWN(sql_office_wipe_held, "delete from positions where tenant_id = $1"
    " and portfolio_id = $2", 2);
OWN(sql_office_wipe_lots, "delete from lots where tenant_id = $1"
    " and portfolio_id = $2", 2);
OWN(sql_office_wipe_gains, "update activities set realised = null, cost ="
    " null where tenant_id = $1 and portfolio_id = $2", 2);
OWN(sql_office_wipe_sums, "update portfolios set cash = -1, paid_in = -1,"
    " paid_out = -1, realised = -1, income = -1, fees = -1, taxes = -1"
    " where tenant_id = $1 and id = $2", 2);

struct asking {
	const struct sql *sql;
	uuid	portfolio;
	day	before;
	char	*text;
};

static UNUSED enum err
ask_run(struct flow *f, void *arg)
{
	struct asking *a = arg;
	struct told_text t;

	f->who.tenant = tenant;
	if (a->sql->params == 3)
		TRY(store_row(f, a->sql, SHAPE(told_text), &t,
		    UUID(a->portfolio), DAY(a->before)));
	else
		TRY(store_row(f, a->sql, SHAPE(told_text), &t,
		    UUID(a->portfolio)));
	a->text = strndup(t.what.p == NULL ? "" : t.what.p, t.what.n);
	return (OK);
}

/* The caller frees it. */
static UNUSED char *
office_state(void)
{
	struct asking a = { &sql_office_state, portfolio, DAY_NONE, NULL };

	assert_int_equal(in_flow(ask_run, &a), OK);
	return (a.text);
}

static UNUSED char *
office_rows(day before)
{
	struct asking a = { &sql_office_rows, portfolio, before, NULL };

	assert_int_equal(in_flow(ask_run, &a), OK);
	return (a.text);
}

/* ---- the market -------------------------------------------------------- */

static UNUSED day
on(const char *z)
{
	day d;

	if (!day_parse(str_of(z), &d))
		fail_msg("%s is no day", z);
	return (d);
}

static UNUSED dec
D(const char *z)
{
	dec d;

	if (z == NULL)
		return (DEC_NONE);
	if (dec_parse(str_of(z), &d) != OK)
		fail_msg("%s is no decimal", z);
	return (d);
}

/* One close; again: a correction. */
static UNUSED void
price(const char *symbol, const char *when, const char *close)
{
	office_sql("insert into prices_daily (instrument_id, day, open, high, "
	    "low, close, source) select id, '%s', %s, %s, %s, %s, 'test' from "
	    "instruments where symbol = '%s' on conflict (instrument_id, day) "
	    "do update set open = excluded.open, high = excluded.high, low = "
	    "excluded.low, close = excluded.close, stored_at = now()",
	    when, close, close, close, close, symbol);
}

/*
 * Closes that wander, the same on each run, of weekdays or of all days.
 * `gaps` of 10 days there is none.
 */
static UNUSED void
prices(const char *symbol, const char *from, const char *to, int gaps,
    bool weekends)
{
	office_sql("insert into prices_daily (instrument_id, day, open, high, "
	    "low, close, source) select i.id, d, c, c, c, c, 'test' from "
	    "instruments i, generate_series('%s'::date, '%s', '1 day') d, "
	    "lateral (select round((50 + 20 * sin(extract(epoch from d) / "
	    "9e5 + length(i.name) + ascii(i.name)))::numeric, 4) as c) p "
	    "where i.symbol = '%s' and (%s or extract(isodow from d) < 6) "
	    "and abs(hashtext(i.symbol || d::date)) %% 10 >= %d "
	    "on conflict do nothing", from, to, symbol,
	    weekends ? "true" : "false", gaps);
}

static UNUSED void
quote(const char *symbol, const char *now, const char *before)
{
	office_sql("insert into quotes (instrument_id, price, previous_close, "
	    "as_of, source) select id, %s, %s, now(), 'test' from instruments "
	    "where symbol = '%s'", now, before, symbol);
}

static UNUSED void
split(const char *symbol, const char *when, int n, int d)
{
	office_sql("insert into splits (instrument_id, ex_day, numerator, "
	    "denominator) select id, '%s', %d, %d from instruments where "
	    "symbol = '%s'", when, n, d, symbol);
}

/* ---- the portfolio ----------------------------------------------------- */

static UNUSED enum err
portfolio_open(struct flow *f, void *arg)
{
	const char *const *words = arg;
	struct portfolio p;

	f->who.tenant = tenant;
	TRY(portfolio_add(f, str_of(words[0]), str_of(words[1]),
	    str_of(words[2]), words[3] == NULL ? DAY_NONE : on(words[3]),
	    &p));
	portfolio = p.id;
	return (OK);
}

static UNUSED void
office_portfolio(const char *currency, const char *benchmark,
    const char *opened)
{
	static int n;
	char name[32];
	const char *words[] = { name, currency, benchmark, opened };

	snprintf(name, sizeof(name), "portfolio %d", ++n);
	assert_int_equal(in_flow(portfolio_open, words), OK);
}

/* A market without prices and a tenant with an empty portfolio. */
static UNUSED int
office_new(void **state)
{
	char id[UUID_TEXT_MAX];

	(void)state;
	tenant = uuid_new();
	uuid_print(tenant, id);
	office_sql("truncate prices_daily, splits, quotes, portfolios cascade; "
	    "insert into tenants (id, name) values ('%s', 'test')", id);
	office_portfolio("USD", "SPY", NULL);
	portfolio_on_change(NULL);
	return (0);
}

/* ---- recording --------------------------------------------------------- */

#define ENTRIES_MOST	400

struct writing {
	struct entry	 entries[ENTRIES_MOST];
	size_t		 n;
	uuid		 first;
};

static UNUSED struct entry
entry(enum activity_kind kind, const char *when, const char *symbol,
    const char *quantity, const char *each)
{
	struct entry e = {
		.kind = (int)kind, .symbol = str_of(symbol),
		.quantity = DEC_NONE, .price = DEC_NONE, .amount = DEC_NONE,
		.commission = DEC_NONE, .withheld = DEC_NONE,
		.on = on(when), .note = STR_NONE
	};

	if (kind == A_BUY || kind == A_SELL) {
		e.quantity = D(quantity);
		e.price = D(each);
	} else
		e.amount = D(quantity);
	return (e);
}

static UNUSED enum err
write_run(struct flow *f, void *arg)
{
	struct writing *w = arg;
	enum err e;

	f->who.tenant = tenant;
	f->who.user = tenant;
	sentence[0] = '\0';
	TRY(store_begin(f));
	e = portfolio_record(f, NULL, portfolio, w->entries, w->n, &w->first);
	if (f->fault != NULL)
		snprintf(sentence, sizeof(sentence), "%s", f->fault);
	return (e == OK ? store_commit(f) : e);
}

static UNUSED enum err
record_all(struct writing *w)
{
	return (in_flow(write_run, w));
}

/* One entry; its id. */
static UNUSED uuid
record(struct entry e)
{
	struct writing w = { .entries = { e }, .n = 1 };

	answered = record_all(&w);
	return (w.first);
}

#define RECORD(...) do {						\
	record(entry(__VA_ARGS__));					\
	if (answered != OK)						\
		fail_msg("refused: %s", sentence);			\
} while (0)

#define REFUSED(text, ...) do {						\
	record(entry(__VA_ARGS__));					\
	assert_int_equal(answered, E_INVALID);				\
	assert_string_equal(sentence, (text));				\
} while (0)

static UNUSED enum err
forget_run(struct flow *f, void *arg)
{
	enum err e;

	f->who.tenant = tenant;
	sentence[0] = '\0';
	TRY(store_begin(f));
	e = portfolio_unrecord(f, portfolio, *(const uuid *)arg);
	if (f->fault != NULL)
		snprintf(sentence, sizeof(sentence), "%s", f->fault);
	return (e == OK ? store_commit(f) : e);
}

static UNUSED enum err
forget(uuid activity)
{
	return (in_flow(forget_run, &activity));
}

static UNUSED enum err
roll_all(struct flow *f, void *arg)
{
	(void)arg;
	return (portfolio_roll(f));
}

static UNUSED void
roll(void)
{
	assert_int_equal(in_flow(roll_all, NULL), OK);
}

/* Nothing but the activities themselves is left, then all follows again. */
static UNUSED enum err
rebuild_run(struct flow *f, void *arg)
{
	(void)arg;
	f->who.tenant = tenant;
	TRY(store_begin(f));
	TRY(store_exec(f, &sql_office_wipe_days, NULL, UUID(portfolio)));
	TRY(store_exec(f, &sql_office_wipe_held, NULL, UUID(portfolio)));
	TRY(store_exec(f, &sql_office_wipe_lots, NULL, UUID(portfolio)));
	TRY(store_exec(f, &sql_office_wipe_gains, NULL, UUID(portfolio)));
	TRY(store_exec(f, &sql_office_wipe_sums, NULL, UUID(portfolio)));
	TRY(portfolio_rebuild(f, portfolio));
	return (store_commit(f));
}

static UNUSED void
office_same(char *before, char *after)
{
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static UNUSED void
equals_a_rebuild(void)
{
	char *before = office_state();

	assert_int_equal(in_flow(rebuild_run, NULL), OK);
	office_same(before, office_state());
}

#endif
