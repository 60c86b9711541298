/*
 * The book: read under the portfolio's lock, folded by the ledger, written
 * back. Two writers of one portfolio take turns at the lock.
 */
#include <string.h>

#include "portfolio/book.h"
#include "store/store.h"

#include "portfolio_sql.h"

static const struct field kept_activity_fields[] = {
	MUST(kept_activity, id, "Id."),
	MUST(kept_activity, kind, "Kind.", .names = activity_names),
	MAY(kept_activity, instrument_id, "Instrument."),
	MUST(kept_activity, on_day, "Day."),
	MAY(kept_activity, quantity, "Units."),
	MAY(kept_activity, price, "Price of one."),
	MUST(kept_activity, amount, "Gross amount."),
	MUST(kept_activity, commission, "Commission."),
	MUST(kept_activity, withheld, "Tax withheld."),
	MAY(kept_activity, realised, "Gain of a sale."),
	MAY(kept_activity, cost, "Cost of what was sold."),
	FIELDS_END
};

struct kept_split {
	uuid	instrument_id;
	day	ex_day;
	int64_t	numerator, denominator;
};

static const struct field kept_split_fields[] = {
	MUST(kept_split, instrument_id, "Instrument."),
	MUST(kept_split, ex_day, "First day at the new count."),
	MUST(kept_split, numerator, "New units."),
	MUST(kept_split, denominator, "For old ones."),
	FIELDS_END
};

/* ---- reading ----------------------------------------------------- */

enum err
book_open(struct book *b, struct flow *f, uuid portfolio, size_t more)
{
	struct list old;

	*b = (struct book){ .f = f, .from = DAY_NONE };
	TRY(store_row(f, &sql_portfolio_lock, SHAPE(portfolio),
	    &b->portfolio, UUID(portfolio)));
	TRY(store_rows(f, &sql_activity_fold, SHAPE(kept_activity), &old,
	    UUID(portfolio)));
	b->kept = ARENA_MANY(&f->arena, old.n + more, struct kept_activity);
	if (old.n > 0)
		memcpy(b->kept, old.v, old.n * sizeof(*b->kept));
	b->n = b->old_n = old.n;
	return (OK);
}

static void
book_changes(struct book *b, day on)
{
	if (!day_ok(b->from) || day_cmp(on, b->from) < 0)
		b->from = on;
}

void
book_add(struct book *b, const struct kept_activity *a)
{
	b->kept[b->n++] = *a;
	book_changes(b, a->on_day);
}

enum err
book_remove(struct book *b, uuid id)
{
	size_t i;

	for (i = 0; i < b->old_n; i++)
		if (uuid_eq(b->kept[i].id, id))
			break;
	if (i == b->old_n)
		return (E_NOT_FOUND);
	book_changes(b, b->kept[i].on_day);
	memmove(&b->kept[i], &b->kept[i + 1],
	    (b->n - i - 1) * sizeof(*b->kept));
	b->n--;
	b->old_n--;
	return (OK);
}

/* ---- folding ----------------------------------------------------- */

static size_t
instrument_index(struct book *b, uuid id)
{
	size_t i;

	for (i = b->instrument_n; i > 0; i--)
		if (uuid_eq(b->instruments[i - 1], id))
			return (i - 1);
	b->instruments[b->instrument_n] = id;
	return (b->instrument_n++);
}

static void
activity_of(struct book *b, size_t i)
{
	const struct kept_activity *k = &b->kept[i];

	b->activities[b->activity_n++] = (struct activity){
		.kind = (enum activity_kind)k->kind,
		.instrument = uuid_ok(k->instrument_id) ?
		    instrument_index(b, k->instrument_id) : 0,
		.on = k->on_day, .order = i, .quantity = k->quantity,
		.price = k->price, .amount = k->amount,
		.commission = k->commission, .withheld = k->withheld,
		.origin = i
	};
}

static day
day_first(const struct book *b)
{
	day first;
	size_t i;

	first = DAY_NONE;
	for (i = 0; i < b->n; i++)
		if (!day_ok(first) || day_cmp(b->kept[i].on_day, first) < 0)
			first = b->kept[i].on_day;
	return (first);
}

static enum err
splits_add(struct book *b)
{
	const struct kept_split *s;
	struct activity *all;
	struct list splits;
	size_t i;

	TRY(store_rows(b->f, &sql_split_fold, SHAPE(kept_split), &splits,
	    MANY(K_UUID, b->instruments, b->instrument_n)));
	if (splits.n == 0)
		return (OK);
	all = ARENA_MANY(&b->f->arena, b->activity_n + splits.n,
	    struct activity);
	memcpy(all, b->activities, b->activity_n * sizeof(*all));
	b->activities = all;
	for (i = 0; i < splits.n; i++) {
		s = (const struct kept_split *)splits.v + i;
		if (day_cmp(s->ex_day, day_first(b)) < 0)
			continue;
		b->activities[b->activity_n++] = (struct activity){
			.kind = A_SPLIT, .on = s->ex_day,
			.instrument = instrument_index(b, s->instrument_id),
			.numerator = s->numerator,
			.denominator = s->denominator, .amount = DEC_ZERO,
			.commission = DEC_ZERO, .withheld = DEC_ZERO,
			.origin = (size_t)-1
		};
	}
	return (OK);
}

/* What the fold found about sales goes back to where it came from. */
static void
gains_take(struct book *b)
{
	const struct activity *a;
	struct kept_activity *k;
	size_t i;

	for (i = 0; i < b->activity_n; i++) {
		a = &b->activities[i];
		if (a->kind != A_SELL)
			continue;
		k = &b->kept[a->origin];
		k->changed = !dec_eq(k->realised, a->realised);
		k->realised = a->realised;
		k->cost = a->cost;
	}
}

enum err
book_fold(struct book *b)
{
	struct arena *a = &b->f->arena;
	size_t i;

	b->activities = ARENA_MANY(a, b->n, struct activity);
	b->instruments = ARENA_MANY(a, b->n + 1, uuid);
	for (i = 0; i < b->n; i++)
		activity_of(b, i);
	TRY(splits_add(b));
	b->holdings = ARENA_MANY(a, b->instrument_n + 1, struct holding);
	ledger_open(&b->ledger, currency_places(b->portfolio.currency),
	    b->holdings, b->instrument_n);
	if (!ledger_fold(&b->ledger, b->activities, b->activity_n,
	    &b->fault)) {
		b->fault.activity = b->activities[b->fault.activity].origin;
		return (E_INVALID);
	}
	gains_take(b);
	return (OK);
}

/* ---- writing ----------------------------------------------------- */

/* A column of the activities as an array of its own, for unnest. */
static void *
column(struct book *b, size_t first, size_t n, size_t offset, size_t size)
{
	char *out;
	size_t i;

	out = arena_array(&b->f->arena, n, size);
	for (i = 0; i < n; i++)
		memcpy(out + i * size, (char *)&b->kept[first + i] + offset,
		    size);
	return (out);
}

#define COLUMN(k, member) MANY((k), column(b, first, n,			\
	    offsetof(struct kept_activity, member),			\
	    sizeof(b->kept[0].member)), n)

static enum err
activities_insert(struct book *b)
{
	size_t first = b->old_n, n = b->n - b->old_n, i;
	str *kinds;

	if (n == 0)
		return (OK);
	kinds = ARENA_MANY(&b->f->arena, n, str);
	for (i = 0; i < n; i++)
		kinds[i] = str_of(activity_names[b->kept[first + i].kind]);
	meter_add(M_trades_total, (int64_t)n);
	return (store_exec(b->f, &sql_activity_insert, NULL,
	    UUID(b->portfolio.id), UUID(b->f->who.user), COLUMN(K_UUID, id),
	    MANY(K_STR, kinds, n), COLUMN(K_UUID, instrument_id),
	    COLUMN(K_DAY, on_day), COLUMN(K_DEC, quantity),
	    COLUMN(K_DEC, price), COLUMN(K_DEC, amount),
	    COLUMN(K_DEC, commission), COLUMN(K_DEC, withheld),
	    COLUMN(K_DEC, realised), COLUMN(K_DEC, cost),
	    COLUMN(K_STR, note)));
}

enum err
activity_forget(struct flow *f, uuid portfolio, uuid activity)
{
	return (store_exec(f, &sql_activity_delete, NULL, UUID(portfolio),
	    UUID(activity)));
}

/* Old sales whose gain is another one now. */
static enum err
activities_regain(struct book *b)
{
	struct arena *a = &b->f->arena;
	dec *realised, *cost;
	size_t i, n;
	uuid *ids;

	ids = ARENA_MANY(a, b->old_n, uuid);
	realised = ARENA_MANY(a, b->old_n, dec);
	cost = ARENA_MANY(a, b->old_n, dec);
	for (i = n = 0; i < b->old_n; i++) {
		if (!b->kept[i].changed)
			continue;
		ids[n] = b->kept[i].id;
		realised[n] = b->kept[i].realised;
		cost[n++] = b->kept[i].cost;
	}
	if (n == 0)
		return (OK);
	return (store_exec(b->f, &sql_activity_regain, NULL,
	    UUID(b->portfolio.id), MANY(K_UUID, ids, n),
	    MANY(K_DEC, realised, n), MANY(K_DEC, cost, n)));
}

struct holding_columns {
	uuid	*ids;
	dec	*quantity, *cost, *realised, *income, *last_price;
	day	*opened_on;
	int64_t	*trades;
	size_t	 n;
};

static void
holdings_gather(struct book *b, struct holding_columns *c)
{
	struct arena *a = &b->f->arena;
	const struct holding *h;
	size_t i;

	c->ids = ARENA_MANY(a, b->instrument_n, uuid);
	c->quantity = ARENA_MANY(a, b->instrument_n, dec);
	c->cost = ARENA_MANY(a, b->instrument_n, dec);
	c->realised = ARENA_MANY(a, b->instrument_n, dec);
	c->income = ARENA_MANY(a, b->instrument_n, dec);
	c->last_price = ARENA_MANY(a, b->instrument_n, dec);
	c->opened_on = ARENA_MANY(a, b->instrument_n, day);
	c->trades = ARENA_MANY(a, b->instrument_n, int64_t);
	for (i = c->n = 0; i < b->instrument_n; i++) {
		h = &b->holdings[i];
		if (h->trades == 0)
			continue;
		c->ids[c->n] = b->instruments[i];
		c->quantity[c->n] = h->quantity;
		c->cost[c->n] = h->cost;
		c->realised[c->n] = h->realised;
		c->income[c->n] = h->income;
		c->last_price[c->n] = h->last_price;
		c->opened_on[c->n] = h->opened_on;
		c->trades[c->n++] = h->trades;
	}
}

static enum err
positions_write(struct book *b)
{
	struct holding_columns c;

	holdings_gather(b, &c);
	TRY(store_exec(b->f, &sql_position_prune, NULL,
	    UUID(b->portfolio.id), MANY(K_UUID, c.ids, c.n)));
	if (c.n == 0)
		return (OK);
	return (store_exec(b->f, &sql_position_write, NULL,
	    UUID(b->portfolio.id), MANY(K_UUID, c.ids, c.n),
	    MANY(K_DEC, c.quantity, c.n), MANY(K_DEC, c.cost, c.n),
	    MANY(K_DEC, c.realised, c.n), MANY(K_DEC, c.income, c.n),
	    MANY(K_DAY, c.opened_on, c.n), MANY(K_LONG, c.trades, c.n),
	    MANY(K_DEC, c.last_price, c.n)));
}

enum err
book_write(struct book *b)
{
	const struct ledger *l = &b->ledger;
	day valued_to;

	TRY(activities_insert(b));
	TRY(activities_regain(b));
	TRY(positions_write(b));
	TRY(book_value(b, &valued_to));
	TRY(store_exec(b->f, &sql_portfolio_total, NULL,
	    UUID(b->portfolio.id), DEC(l->cash), DEC(l->paid_in),
	    DEC(l->paid_out), DEC(l->realised), DEC(l->income),
	    DEC(l->fees), DEC(l->taxes), DAY(valued_to)));
	return (portfolio_changed(b->f, b->portfolio.id));
}
