/*
 * Lots: how sales take them, from the table to the account, and those that
 * are left, from the account to the table. Only instruments that something
 * changed about are written.
 */
#include "portfolio/book.h"
#include "portfolio/listing.h"

#include "portfolio_sql.h"

struct method_row {
	day	from_day;
	int	method;
};

static const struct field method_row_fields[] = {
	MUST(method_row, from_day, "First day."),
	MUST(method_row, method, "Cost method.", .names = portfolio_methods),
	FIELDS_END
};

enum err
lots_method(struct book *b)
{
	const struct method_row *m;
	struct list list;
	size_t i;

	TRY(store_rows(b->f, &sql_method_fold, SHAPE(method_row), &list,
	    UUID(b->portfolio.id)));
	account_method(b->account, day_of(1, 1, 1), COST_AVERAGE);
	for (m = list.v, i = 0; i < list.n; i++)
		account_method(b->account, m[i].from_day,
		    (enum cost_method)m[i].method);
	return (OK);
}

/* ---- what changed ------------------------------------------------------ */

/* By the account's index: whether its lots may be others than in the table. */
static bool *
lots_changed(struct book *b)
{
	bool *changed = ARENA_MANY(&b->f->arena, b->dealt_n, bool);
	const struct activity *a;
	size_t i;

	/* What has no instrument has index 0, which is written in vain. */
	for (i = 0; i < b->dealt_n; i++)
		changed[i] = b->lots_anew || uuid_eq(b->dealt[i].id, b->gone);
	for (i = 0; i < b->activity_n; i++) {
		a = &b->activities[i];
		if (b->dealt_n > 0 && day_cmp(a->on, b->from) >= 0)
			changed[a->instrument] = changed[a->into] = true;
	}
	return (changed);
}

struct lot_columns {
	uuid	*instrument, *activity;
	int64_t	*n;
	day	*opened;
	dec	*quantity, *cost, *cost_base;
	size_t	 count;
};

static void
columns_new(struct arena *a, struct lot_columns *c, size_t n)
{
	c->instrument = ARENA_MANY(a, n, uuid);
	c->activity = ARENA_MANY(a, n, uuid);
	c->n = ARENA_MANY(a, n, int64_t);
	c->opened = ARENA_MANY(a, n, day);
	c->quantity = ARENA_MANY(a, n, dec);
	c->cost = ARENA_MANY(a, n, dec);
	c->cost_base = ARENA_MANY(a, n, dec);
	c->count = 0;
}

static void
lots_add(const struct book *b, size_t instrument, struct lot_columns *c)
{
	const struct lot *l = NULL;
	int64_t n = 0;

	while ((l = account_lot(b->account, instrument, l)) != NULL) {
		c->instrument[c->count] = b->dealt[instrument].id;
		c->activity[c->count] = b->kept[l->origin].id;
		c->n[c->count] = ++n;
		c->opened[c->count] = l->opened;
		c->quantity[c->count] = l->quantity;
		c->cost[c->count] = l->cost;
		c->cost_base[c->count++] = l->cost_base;
	}
}

enum err
lots_write(struct book *b)
{
	struct arena *a = &b->f->arena;
	const bool *changed = lots_changed(b);
	uuid *ids = ARENA_MANY(a, b->dealt_n, uuid);
	struct lot_columns c;
	size_t i, n = 0, most = 0;

	for (i = 0; i < b->dealt_n; i++)
		if (changed[i]) {
			ids[n++] = b->dealt[i].id;
			most += account_holding(b->account, i)->lots;
		}
	TRY(store_exec(b->f, &sql_lot_forget, NULL, UUID(b->portfolio.id),
	    MANY(K_UUID, ids, n), book_ids(b)));
	columns_new(a, &c, most);
	for (i = 0; i < b->dealt_n; i++)
		if (changed[i])
			lots_add(b, i, &c);
	if (c.count == 0)
		return (OK);
	return (store_exec(b->f, &sql_lot_write, NULL,
	    UUID(b->portfolio.id), MANY(K_UUID, c.instrument, c.count),
	    MANY(K_LONG, c.n, c.count), MANY(K_UUID, c.activity, c.count),
	    MANY(K_DAY, c.opened, c.count), MANY(K_DEC, c.quantity, c.count),
	    MANY(K_DEC, c.cost, c.count),
	    MANY(K_DEC, c.cost_base, c.count)));
}
