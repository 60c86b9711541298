/*
 * Valuation: what a portfolio was worth at each market day's close, written
 * for the days that changed and no others.
 */
#include <string.h>

#include "portfolio/book.h"
#include "store/store.h"

#include "portfolio_sql.h"

struct day_kept {
	day	day;
	dec	value;
	double	wealth;
};

static const struct field day_kept_fields[] = {
	MUST(day_kept, day, "Day."),
	MUST(day_kept, value, "Value at its close."),
	MUST(day_kept, wealth, "Wealth since the first day."),
	FIELDS_END
};

struct market_day {
	day	day;
};

static const struct field market_day_fields[] = {
	MUST(market_day, day, "Day."),
	FIELDS_END
};

struct close_kept {
	uuid	instrument_id;
	day	day;
	dec	close;
};

static const struct field close_kept_fields[] = {
	MUST(close_kept, instrument_id, "Instrument."),
	MUST(close_kept, day, "Day."),
	MUST(close_kept, close, "Close."),
	FIELDS_END
};

static enum err	(*changed_hook)(struct flow *, uuid);

void
portfolio_on_change(enum err (*fn)(struct flow *, uuid))
{
	changed_hook = fn;
}

enum err
portfolio_changed(struct flow *f, uuid portfolio)
{
	return (changed_hook != NULL ? changed_hook(f, portfolio) : OK);
}

/* The last kept day before b->from; .day is DAY_NONE when there is none. */
static enum err
day_before(struct book *b, struct day_kept *out)
{
	enum err e;

	e = store_row(b->f, &sql_day_before, SHAPE(day_kept), out,
	    UUID(b->portfolio.id), DAY(b->from));
	if (e == E_NOT_FOUND) {
		*out = (struct day_kept){ DAY_NONE, DEC_ZERO, 1.0 };
		return (OK);
	}
	return (e);
}

/* Closes of each instrument of the book, from `since` on. */
static enum err
closes_read(struct book *b, day since, struct closes **out)
{
	struct arena *a = &b->f->arena;
	const struct close_kept *rows;
	struct close *all;
	struct list list;
	size_t i, k;

	*out = ARENA_MANY(a, b->instrument_n + 1, struct closes);
	TRY(store_rows(b->f, &sql_close_fold, SHAPE(close_kept), &list,
	    MANY(K_UUID, b->instruments, b->instrument_n), DAY(since)));
	rows = list.v;
	all = ARENA_MANY(a, list.n, struct close);
	for (i = k = 0; i < list.n; i++) {
		all[i] = (struct close){ rows[i].day, rows[i].close };
		if (i == 0 || !uuid_eq(rows[i].instrument_id,
		    rows[i - 1].instrument_id)) {
			for (k = 0; k < b->instrument_n; k++)
				if (uuid_eq(b->instruments[k],
				    rows[i].instrument_id))
					break;
			(*out)[k].v = &all[i];
		}
		(*out)[k].n++;
	}
	return (OK);
}

struct day_columns {
	day	*on;
	dec	*value, *cash, *inflow, *outflow;
	double	*r, *wealth;
	bool	*stale;
};

static void
columns_new(struct arena *a, struct day_columns *c, size_t n)
{
	c->on = ARENA_MANY(a, n, day);
	c->value = ARENA_MANY(a, n, dec);
	c->cash = ARENA_MANY(a, n, dec);
	c->inflow = ARENA_MANY(a, n, dec);
	c->outflow = ARENA_MANY(a, n, dec);
	c->r = ARENA_MANY(a, n, double);
	c->wealth = ARENA_MANY(a, n, double);
	c->stale = ARENA_MANY(a, n, bool);
}

/* The day's return, inflow at its start and outflow at its end; 0 when
 * there was nothing to have one on. */
static double
day_return(dec before, const struct day_value *v)
{
	double base;

	base = dec_double(dec_add(before, v->inflow));
	if (!(base > 0))
		return (0);
	return (dec_double(dec_add(v->value, v->outflow)) / base - 1);
}

static void
columns_fill(struct day_columns *c, const struct day_value *v, size_t n,
    const struct day_kept *before)
{
	double wealth;
	size_t i;
	dec value;

	wealth = before->wealth;
	value = before->value;
	for (i = 0; i < n; i++) {
		c->r[i] = day_return(value, &v[i]);
		wealth *= 1 + c->r[i];
		c->on[i] = v[i].on;
		c->value[i] = value = v[i].value;
		c->cash[i] = v[i].cash;
		c->inflow[i] = v[i].inflow;
		c->outflow[i] = v[i].outflow;
		c->wealth[i] = wealth;
		c->stale[i] = v[i].stale;
	}
}

static enum err
days_write(struct book *b, const struct day_value *v, size_t n,
    const struct day_kept *before)
{
	struct day_columns c;

	if (n == 0)
		return (OK);
	columns_new(&b->f->arena, &c, n);
	columns_fill(&c, v, n, before);
	return (store_exec(b->f, &sql_day_write, NULL,
	    UUID(b->portfolio.id), MANY(K_DAY, c.on, n),
	    MANY(K_DEC, c.value, n), MANY(K_DEC, c.cash, n),
	    MANY(K_DEC, c.inflow, n), MANY(K_DEC, c.outflow, n),
	    MANY(K_REAL, c.r, n), MANY(K_REAL, c.wealth, n),
	    MANY(K_BOOL, c.stale, n)));
}

/* Market days from the last kept one, or from the first activity. */
static enum err
days_read(struct book *b, day since, day **days, size_t *n)
{
	const struct market_day *rows;
	struct list list;
	size_t i;

	TRY(store_rows(b->f, &sql_market_days, SHAPE(market_day), &list,
	    MANY(K_UUID, b->instruments, b->instrument_n),
	    STR(b->portfolio.benchmark), DAY(since)));
	rows = list.v;
	*days = ARENA_MANY(&b->f->arena, list.n, day);
	for (i = 0; i < list.n; i++)
		(*days)[i] = rows[i].day;
	*n = list.n;
	return (OK);
}

enum err
book_value(struct book *b, day *valued_to)
{
	struct day_kept before;
	struct day_value *values;
	struct closes *closes;
	struct calendar calendar;
	struct ledger l;
	size_t days_n, made;
	day *days, since;

	TRY(day_before(b, &before));
	since = day_ok(before.day) ? before.day :
	    b->activity_n > 0 ? b->activities[0].on : b->from;
	TRY(days_read(b, since, &days, &days_n));
	TRY(closes_read(b, day_add(since, -2 * CARRY_DAYS), &closes));
	values = ARENA_MANY(&b->f->arena, days_n, struct day_value);
	ledger_open(&l, b->ledger.places, ARENA_MANY(&b->f->arena,
	    b->instrument_n + 1, struct holding), b->instrument_n);
	calendar = (struct calendar){ days, days_n, closes };
	made = ledger_days(&l, b->activities, b->activity_n, &calendar,
	    day_ok(before.day) ? day_add(before.day, 1) : since, values);
	TRY(store_exec(b->f, &sql_day_forget, NULL, UUID(b->portfolio.id),
	    DAY(b->from)));
	*valued_to = days_n > 0 ? days[days_n - 1] : before.day;
	return (days_write(b, values, made, &before));
}

/* ---- rolling on -------------------------------------------------- */

struct behind {
	uuid	tenant_id, portfolio_id;
};

static const struct field behind_fields[] = {
	MUST(behind, tenant_id, "Tenant."),
	MUST(behind, portfolio_id, "Portfolio."),
	FIELDS_END
};

static enum err
roll_one(struct flow *f, uuid portfolio)
{
	struct book b;

	TRY(store_begin(f));
	TRY(book_open(&b, f, portfolio, 0));
	/* From the day after the last kept one; the lock is held. */
	b.from = day_of(9999, 12, 31);
	TRY(book_fold(&b));
	TRY(book_write(&b));
	return (store_commit(f));
}

enum err
portfolio_roll(struct flow *f)
{
	const struct behind *b;
	struct list list;
	enum err e;
	size_t i;

	TRY(store_rows(f, &sql_portfolio_behind, SHAPE(behind), &list));
	for (i = 0; i < list.n; i++) {
		b = (const struct behind *)list.v + i;
		f->who.tenant = b->tenant_id;
		if ((e = roll_one(f, b->portfolio_id)) != OK) {
			store_rollback(f);
			LOG(LOG_WARN, "roll", LZ("error", err_row(e)->name));
		}
	}
	return (OK);
}

