/*
 * Valuation: what a portfolio was worth at each market day's close, written
 * for the days that changed and no others.
 */
#include "portfolio/book.h"

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

static const struct field close_fields[] = {
	MUST(close, on, "Day."),
	MUST(close, price, "Close."),
	FIELDS_END
};

static const struct shape close_shape = SHAPE_DEF(close, close_fields);

#define CLOSES_AT_ONCE	16	/* instruments of one round trip */
#define MOST_WORTH	INT64_C(1000000000000000000)	/* as the ledger's */

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

/* Closes from the one that `since`, or the first day, begins with. */
static enum err
closes_read(struct book *b, day since, struct closes **out)
{
	struct list found[CLOSES_AT_ONCE];
	struct query q[CLOSES_AT_ONCE];
	struct param values[CLOSES_AT_ONCE][3];
	const struct dealt *d;
	size_t i, k, n;

	*out = ARENA_MANY(&b->f->arena, b->dealt_n, struct closes);
	for (i = 0; i < b->dealt_n; i += n) {
		for (n = 0; n < CLOSES_AT_ONCE && i + n < b->dealt_n; n++) {
			d = &b->dealt[i + n];
			values[n][1] = UUID(d->id);
			values[n][2] = DAY(day_cmp(d->since, since) > 0 ?
			    d->since : since);
			q[n] = (struct query){ &sql_close_fold, &close_shape,
			    &found[n], values[n], 3 };
		}
		TRY(store_batch(b->f, q, n));
		for (k = 0; k < n; k++)
			(*out)[i + k] = (struct closes){ found[k].v,
			    found[k].n };
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

/* The last kept day, if there is one, and the market days after it. */
static enum err
days_read(struct book *b, day before, struct calendar *c)
{
	day *days, *since = ARENA_MANY(&b->f->arena, b->dealt_n, day);
	const struct market_day *rows;
	struct list list;
	size_t i;

	for (i = 0; i < b->dealt_n; i++)
		since[i] = b->dealt[i].since;
	TRY(store_rows(b->f, &sql_market_days, SHAPE(market_day), &list,
	    book_ids(b), MANY(K_DAY, since, b->dealt_n),
	    STR(b->portfolio.benchmark),
	    DAY(day_ok(before) ? day_add(before, 1) : book_begins(b))));
	rows = list.v;
	c->days = days = ARENA_MANY(&b->f->arena, list.n + 1, day);
	if (day_ok(before))
		days[c->n++] = before;
	for (i = 0; i < list.n; i++)
		days[c->n++] = rows[i].day;
	return (OK);
}

/* The rows after the day before; E_INVALID: one is too large. */
static enum err
days_make(struct book *b, const struct calendar *c, day before,
    struct day_value *values, size_t *made)
{
	size_t i;

	*made = account_days(b->account, c, day_ok(before) ?
	    day_add(before, 1) : book_begins(b), values);
	for (i = 0; i < *made; i++)
		if (!dec_ok(values[i].value) || dec_cmp(values[i].value,
		    dec_of(MOST_WORTH)) > 0)
			return (flow_fault(b->f, E_INVALID, "the portfolio "
			    "would be worth more than can be kept"));
	return (OK);
}

enum err
book_value(struct book *b)
{
	struct calendar c = { .n = 0 };
	struct day_value *values;
	struct closes *closes;
	struct day_kept before;
	size_t made;

	TRY(day_before(b, &before));
	TRY(store_exec(b->f, &sql_day_forget, NULL, UUID(b->portfolio.id),
	    DAY(b->from)));
	if (b->n == 0)
		return (OK);
	TRY(days_read(b, before.day, &c));
	if (c.n == 0)
		return (OK);
	TRY(closes_read(b, c.days[0], &closes));
	c.closes = closes;
	values = ARENA_MANY(&b->f->arena, c.n, struct day_value);
	TRY(days_make(b, &c, before.day, values, &made));
	return (days_write(b, values, made, &before));
}
