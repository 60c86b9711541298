/*
 * The book: read under the portfolio's lock, folded by the ledger, written
 * back. Two writers of one portfolio take turns at the lock. Activities are
 * in the order of day and id, which is the table's: they fold the same way
 * again when they are read from it.
 */
#include <stdlib.h>
#include <string.h>

#include "portfolio/book.h"

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
	MAY(kept_activity, into_id, "The other instrument."),
	MAY(kept_activity, numerator, "New units."),
	MAY(kept_activity, denominator, "For old ones."),
	MAY(kept_activity, price_into, "Price of the other."),
	MAY(kept_activity, received, "Cash for what is not whole."),
	MAY(kept_activity, acquired_on, "When what came was acquired."),
	MAY(kept_activity, rate, "The portfolio's currency for one."),
	MAY(kept_activity, realised_base, "Gain, in the portfolio's."),
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

/* ---- reading ----------------------------------------------------------- */

enum err
book_open(struct book *b, struct flow *f, uuid portfolio, size_t more)
{
	struct list old, picks;
	const struct query both[] = {
		QUERY(&sql_activity_fold, SHAPE(kept_activity), &old,
		    UUID(portfolio)),
		QUERY(&sql_pick_fold, SHAPE(pick_row), &picks,
		    UUID(portfolio))
	};

	*b = (struct book){ .f = f, .from = DAY_NONE };
	TRY(store_row(f, &sql_portfolio_lock, SHAPE(portfolio),
	    &b->portfolio, UUID(portfolio)));
	TRY(store_batch(f, both, 2));
	b->kept = ARENA_MANY(&f->arena, old.n + more, struct kept_activity);
	if (old.n > 0)
		memcpy(b->kept, old.v, old.n * sizeof(*b->kept));
	b->n = old.n;
	return (picks_keep(b, &picks));
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
	b->kept[b->n] = *a;
	b->kept[b->n++].fresh = true;
	book_changes(b, a->on_day);
}

enum err
book_remove(struct book *b, uuid id)
{
	size_t i;

	for (i = 0; i < b->n && !uuid_eq(b->kept[i].id, id); i++)
		;
	if (i == b->n)
		return (E_NOT_FOUND);
	book_changes(b, b->kept[i].on_day);
	b->gone = b->kept[i].instrument_id;
	b->lots_anew = uuid_ok(b->kept[i].into_id);
	b->n--;
	memmove(&b->kept[i], &b->kept[i + 1],
	    (b->n - i) * sizeof(*b->kept));
	return (OK);
}

/* ---- folding ----------------------------------------------------------- */

static int
kept_cmp(const void *left, const void *right)
{
	const struct kept_activity *a = left, *b = right;
	int c;

	c = day_cmp(a->on_day, b->on_day);
	return (c != 0 ? c : memcmp(a->id.b, b->id.b, sizeof(a->id.b)));
}

/* Instruments are met in the order of time. */
static size_t
dealt_index(struct book *b, uuid id, day on)
{
	size_t i;

	for (i = b->dealt_n; i > 0; i--)
		if (uuid_eq(b->dealt[i - 1].id, id))
			return (i - 1);
	b->dealt[b->dealt_n] = (struct dealt){ .id = id, .since = on };
	return (b->dealt_n++);
}

/* What comes from elsewhere has a day and cost of its own. */
static const struct lot_told *
lot_of(struct book *b, const struct kept_activity *k)
{
	struct lot_told *lot = ARENA_NEW(&b->f->arena, struct lot_told);

	*lot = (struct lot_told){ .opened = day_ok(k->acquired_on) ?
	    k->acquired_on : k->on_day, .quantity = k->quantity,
	    .cost = k->amount, .cost_base = DEC_NONE };
	return (lot);
}

static void
activity_of(struct book *b, size_t i)
{
	const struct kept_activity *k = &b->kept[i];
	bool comes = k->kind == A_TRANSFER_IN;

	b->activities[b->activity_n++] = (struct activity){
		.kind = (enum activity_kind)k->kind,
		.instrument = uuid_ok(k->instrument_id) ?
		    dealt_index(b, k->instrument_id, k->on_day) : 0,
		.into = uuid_ok(k->into_id) ?
		    dealt_index(b, k->into_id, k->on_day) : 0,
		.on = k->on_day, .order = i, .quantity = k->quantity,
		.price = k->price, .amount = k->amount,
		.commission = k->commission, .withheld = k->withheld,
		.numerator = k->numerator, .denominator = k->denominator,
		.price_into = k->price_into, .received = k->received,
		.rate = k->rate,
		.lots = comes ? lot_of(b, k) : k->pick_n > 0 ?
		    picks_told(b, k) : NULL,
		.lot_n = comes ? 1 : k->pick_n,
		.origin = i
	};
}

struct param
book_ids(const struct book *b)
{
	uuid *ids = ARENA_MANY(&b->f->arena, b->dealt_n, uuid);
	size_t i;

	for (i = 0; i < b->dealt_n; i++)
		ids[i] = b->dealt[i].id;
	return (MANY(K_UUID, ids, b->dealt_n));
}

/* Also of before the first deal: a close that is carried may be older. */
static enum err
splits_add(struct book *b)
{
	const struct kept_split *s;
	struct activity *all;
	struct list splits;
	size_t i;

	TRY(store_rows(b->f, &sql_split_fold, SHAPE(kept_split), &splits,
	    book_ids(b)));
	all = ARENA_MANY(&b->f->arena, b->activity_n + splits.n,
	    struct activity);
	memcpy(all, b->activities, b->activity_n * sizeof(*all));
	b->activities = all;
	for (i = 0; i < splits.n; i++) {
		s = (const struct kept_split *)splits.v + i;
		b->activities[b->activity_n++] = (struct activity){
			.kind = A_SPLIT, .on = s->ex_day, .instrument =
			dealt_index(b, s->instrument_id, s->ex_day),
			.numerator = s->numerator,
			.denominator = s->denominator, .amount = DEC_NONE,
			.rate = dec_of(1),
			.order = i, .origin = b->n + i
		};
	}
	return (OK);
}

static dec
gain_add(dec sum, dec more)
{
	return (dec_ok(sum) ? dec_add(sum, more) : more);
}

/* Whatever was gained by it goes back to where it came from; one activity
 * may have gained more than once. */
static void
gains_take(struct book *b)
{
	struct taken {
		dec	gain, cost, base;
	} *t = ARENA_MANY(&b->f->arena, b->n, struct taken);
	const struct realised *r;
	struct kept_activity *k;
	size_t i, n;

	for (i = 0; i < b->n; i++)
		t[i] = (struct taken){ DEC_NONE, DEC_NONE, DEC_NONE };
	r = account_realised(b->account, &n);
	for (i = 0; i < n; i++) {
		if (r[i].origin >= b->n)
			continue;
		t[r[i].origin].gain = gain_add(t[r[i].origin].gain,
		    realised_gain(&r[i]));
		t[r[i].origin].cost = gain_add(t[r[i].origin].cost,
		    r[i].cost);
		t[r[i].origin].base = gain_add(t[r[i].origin].base,
		    realised_gain_base(&r[i]));
	}
	for (i = 0; i < b->n; i++) {
		k = &b->kept[i];
		k->changed = !k->fresh && !(dec_eq(k->realised, t[i].gain) &&
		    dec_eq(k->cost, t[i].cost) &&
		    dec_eq(k->realised_base, t[i].base));
		k->realised = t[i].gain;
		k->realised_base = t[i].base;
		k->cost = t[i].cost;
	}
}

/* The first fault, in the order of time, is the one that is told. */
static enum err
account_fill(struct book *b)
{
	const struct ledger_fault *f;
	size_t i, n;

	b->account = account_open(&b->f->arena,
	    currency_places(b->portfolio.currency), DAY_NONE, false);
	TRY(lots_method(b));
	TRY(rates_add(b));
	for (i = 0; i < b->dealt_n; i++)
		account_security(b->account, (struct security){
		    .currency = b->dealt[i].currency, .home = true });
	account_fold(b->account, b->activities, b->activity_n);
	f = account_faults(b->account, &n);
	if (n == 0)
		return (OK);
	b->fault = f[0];
	return (E_INVALID);
}

enum err
book_fold(struct book *b)
{
	struct arena *a = &b->f->arena;
	size_t i;

	qsort(b->kept, b->n, sizeof(*b->kept), kept_cmp);
	b->activities = ARENA_MANY(a, b->n, struct activity);
	b->dealt = ARENA_MANY(a, 2 * b->n, struct dealt);
	for (i = 0; i < b->n; i++)
		activity_of(b, i);
	TRY(splits_add(b));
	TRY(account_fill(b));
	gains_take(b);
	return (OK);
}

day
book_begins(const struct book *b)
{
	return (b->n > 0 ? b->kept[0].on_day : DAY_NONE);
}

/* ---- writing ----------------------------------------------------------- */

/* A column of some activities as an array of its own, for unnest. */
static void *
column(struct arena *a, const struct kept_activity *const *rows, size_t n,
    size_t offset, size_t size)
{
	char *out;
	size_t i;

	out = arena_array(a, n, size);
	for (i = 0; i < n; i++)
		memcpy(out + i * size, (const char *)rows[i] + offset, size);
	return (out);
}

#define COLUMN(k, member) MANY((k), column(&b->f->arena, rows, n,	\
	    offsetof(struct kept_activity, member),			\
	    sizeof(b->kept[0].member)), n)

static enum err
activities_insert(struct book *b)
{
	const struct kept_activity **rows;
	size_t i, n;
	str *kinds;

	rows = ARENA_MANY(&b->f->arena, b->n, const struct kept_activity *);
	kinds = ARENA_MANY(&b->f->arena, b->n, str);
	for (i = n = 0; i < b->n; i++)
		if (b->kept[i].fresh) {
			kinds[n] = str_of(activity_names[b->kept[i].kind]);
			rows[n++] = &b->kept[i];
		}
	if (n == 0)
		return (OK);
	meter_add(M_trades_total, (int64_t)n);
	return (store_exec(b->f, &sql_activity_insert, NULL,
	    UUID(b->portfolio.id), UUID(b->f->who.user), COLUMN(K_UUID, id),
	    MANY(K_STR, kinds, n), COLUMN(K_UUID, instrument_id),
	    COLUMN(K_DAY, on_day), COLUMN(K_DEC, quantity),
	    COLUMN(K_DEC, price), COLUMN(K_DEC, amount),
	    COLUMN(K_DEC, commission), COLUMN(K_DEC, withheld),
	    COLUMN(K_DEC, realised), COLUMN(K_DEC, cost),
	    COLUMN(K_STR, note), COLUMN(K_UUID, into_id),
	    COLUMN(K_LONG, numerator), COLUMN(K_LONG, denominator),
	    COLUMN(K_DEC, price_into), COLUMN(K_DEC, received),
	    COLUMN(K_DAY, acquired_on), COLUMN(K_DEC, rate),
	    COLUMN(K_DEC, realised_base)));
}

/* Old sales whose gain is another one now. */
static enum err
activities_regain(struct book *b)
{
	const struct kept_activity **rows;
	size_t i, n;

	rows = ARENA_MANY(&b->f->arena, b->n, const struct kept_activity *);
	for (i = n = 0; i < b->n; i++)
		if (b->kept[i].changed)
			rows[n++] = &b->kept[i];
	if (n == 0)
		return (OK);
	return (store_exec(b->f, &sql_activity_regain, NULL,
	    UUID(b->portfolio.id), COLUMN(K_UUID, id),
	    COLUMN(K_DEC, realised), COLUMN(K_DEC, cost),
	    COLUMN(K_DEC, realised_base)));
}

struct holding_columns {
	uuid	*ids;
	dec	*quantity, *cost, *realised, *income, *last_price;
	dec	*cost_base, *realised_base, *income_base, *price_effect;
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

	c->ids = ARENA_MANY(a, b->dealt_n, uuid);
	c->quantity = ARENA_MANY(a, b->dealt_n, dec);
	c->cost = ARENA_MANY(a, b->dealt_n, dec);
	c->realised = ARENA_MANY(a, b->dealt_n, dec);
	c->income = ARENA_MANY(a, b->dealt_n, dec);
	c->last_price = ARENA_MANY(a, b->dealt_n, dec);
	c->opened_on = ARENA_MANY(a, b->dealt_n, day);
	c->trades = ARENA_MANY(a, b->dealt_n, int64_t);
	c->cost_base = ARENA_MANY(a, b->dealt_n, dec);
	c->realised_base = ARENA_MANY(a, b->dealt_n, dec);
	c->income_base = ARENA_MANY(a, b->dealt_n, dec);
	c->price_effect = ARENA_MANY(a, b->dealt_n, dec);
	c->n = b->dealt_n;
	for (i = 0; i < c->n; i++) {
		h = account_holding(b->account, i);
		c->ids[i] = b->dealt[i].id;
		c->quantity[i] = h->quantity;
		c->cost[i] = h->cost;
		c->realised[i] = h->realised;
		c->income[i] = h->income;
		c->last_price[i] = h->last_price;
		c->opened_on[i] = h->opened_on;
		c->trades[i] = h->trades;
		c->cost_base[i] = h->cost_base;
		c->realised_base[i] = h->realised_base;
		c->income_base[i] = h->income_base;
		c->price_effect[i] = h->price_effect;
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
	    MANY(K_DEC, c.last_price, c.n), MANY(K_DEC, c.cost_base, c.n),
	    MANY(K_DEC, c.realised_base, c.n),
	    MANY(K_DEC, c.income_base, c.n),
	    MANY(K_DEC, c.price_effect, c.n)));
}

enum err
book_write(struct book *b)
{
	const struct totals *t = account_totals(b->account);

	TRY(activities_insert(b));
	TRY(picks_write(b));
	TRY(activities_regain(b));
	TRY(positions_write(b));
	TRY(lots_write(b));
	TRY(book_value(b));
	TRY(store_exec(b->f, &sql_portfolio_total, NULL,
	    UUID(b->portfolio.id), DEC(account_cash(b->account, 0)->amount),
	    DEC(t->paid_in), DEC(t->paid_out), DEC(t->realised),
	    DEC(t->income), DEC(t->fees), DEC(t->taxes)));
	return (portfolio_changed(b->f, b->portfolio.id));
}
