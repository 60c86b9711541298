/*
 * The lists of an answer: positions with their lots, cash, gains with what
 * they took, notes and faults. Money and units are decimals in strings.
 */
#include "calc/ledger_figures.h"

void
say_origin(const struct figures *f, size_t origin)
{
	const json_t *id = json_object_get(json_array_get(f->r->activities,
	    origin), "id");

	say_long(f->j, "activity", (int64_t)origin);
	if (json_is_string(id))
		say_z(f->j, "activity_id", json_string_value(id));
}

void
say_account(const struct figures *f, const struct account_told *t)
{
	if (f->r->named)
		say_z(f->j, "account", t->name);
}

/* ---- how long it was held ----------------------------------------------- */

static void
say_held(struct figures *f, day from, day to)
{
	say_long(f->j, "days_held", days_held(from, to));
	say_bool(f->j, "long_term", held_long(from, to));
}

/*
 * Units of a lot that replaced others at a loss: with the time of those, and
 * the lot's cost with that loss.
 */
static void
say_tacks(struct figures *f, size_t at, dec cost_base, day to)
{
	const struct tack *t;
	struct json *j = f->j;

	if (at == 0)
		return;
	jw_key(j, "tacked");
	jw_array(j);
	for (; at != 0; at = f->tack_next[at - 1]) {
		t = &f->washes.tacks[at - 1];
		cost_base = dec_add(cost_base, t->disallowed);
		jw_open(j);
		say_dec(j, "quantity", t->quantity);
		say_dec(j, "disallowed", t->disallowed);
		say_day(j, "held_from", t->held_from);
		say_held(f, t->held_from, to);
		jw_close(j);
	}
	jw_array_end(j);
	say_dec(j, "washed_cost_base", cost_base);
}

/* ---- positions --------------------------------------------------------- */

static void
say_lots(struct figures *f, const struct book *b, size_t thing)
{
	const struct lot *l = NULL;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	while ((l = account_lot(b->a, thing, l)) != NULL) {
		jw_open(j);
		say_origin(f, l->origin);
		say_long(j, "part", l->part);
		say_day(j, "opened", l->opened);
		say_dec(j, "quantity", l->quantity);
		say_dec(j, "cost", l->cost);
		say_dec(j, "cost_base", l->cost_base);
		say_held(f, l->opened, f->r->as_of);
		if (l->part == 0)
			say_tacks(f, f->tacks[l->origin], l->cost_base,
			    f->r->as_of);
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_stand(struct figures *f, const struct book *b, size_t thing,
    const struct holding *h)
{
	const struct stand *s = &b->stands[thing];
	struct json *j = f->j;
	dec gain = dec_sub(s->value_base, h->cost_base);

	say_dec(j, "price", s->price);
	say_day(j, "price_on", s->priced_on);
	say_bool(j, "stale", s->stale);
	say_dec(j, "value", s->value);
	say_dec(j, "value_base", s->value_base);
	say_dec(j, "unrealised", gain);
	say_dec(j, "price_effect", s->price_effect);
	say_dec(j, "currency_effect", dec_sub(gain, s->price_effect));
}

static void
say_position(struct figures *f, const struct book *b, size_t thing)
{
	const struct holding *h = account_holding(b->a, thing);
	const struct thing_told *t = &f->r->things[thing];
	struct json *j = f->j;

	jw_open(j);
	say_account(f, b->told);
	say_z(j, "symbol", t->symbol);
	say_z(j, "currency", f->r->currencies[t->terms.currency].code);
	if (!dec_eq(t->unit, dec_of(1)))
		say_z(j, "quoted", t->quoted);
	say_dec(j, "quantity", h->quantity);
	say_day(j, "opened_on", h->opened_on);
	say_dec(j, "cost", h->cost);
	say_dec(j, "cost_base", h->cost_base);
	if (dec_sign(h->quantity) != 0)
		say_stand(f, b, thing, h);
	say_dec(j, "realised", h->realised);
	say_dec(j, "realised_base", h->realised_base);
	say_dec(j, "income", h->income);
	say_dec(j, "income_base", h->income_base);
	say_long(j, "trades", h->trades);
	say_lots(f, b, thing);
	jw_close(j);
}

void
say_positions(struct figures *f)
{
	const struct book *b;

	jw_key(f->j, "positions");
	jw_array(f->j);
	for (b = f->books; b < f->books + f->book_n; b++)
		for (size_t i = 0; i < f->r->thing_n; i++)
			if (!f->r->named || account_holding(b->a, i)->known)
				say_position(f, b, i);
	jw_array_end(f->j);
}

/* Of all accounts when the book is of no one. */
void
say_cash(struct figures *f, const struct book *b)
{
	const struct book *each;
	dec amount, book;

	jw_key(f->j, "cash");
	jw_open(f->j);
	for (size_t i = 0; i < f->r->currency_n; i++) {
		amount = book = DEC_ZERO;
		for (each = f->books; each < f->books + f->book_n; each++) {
			if (b->a != NULL && b != each)
				continue;
			amount = dec_add(amount, account_cash(each->a,
			    i)->amount);
			book = dec_add(book, account_cash(each->a, i)->book);
		}
		jw_key(f->j, f->r->currencies[i].code);
		jw_open(f->j);
		say_dec(f->j, "amount", amount);
		say_dec(f->j, "book", book);
		jw_close(f->j);
	}
	jw_close(f->j);
}

/* ---- gains ------------------------------------------------------------- */

static void
say_uses(struct figures *f, const struct book *b, const struct realised *r)
{
	const struct lot_use *u;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	for (size_t i = 0; i < r->use_n; i++) {
		u = &account_uses(b->a)[r->use + i];
		jw_open(j);
		say_origin(f, u->origin);
		say_long(j, "part", u->part);
		say_day(j, "opened", u->opened);
		say_dec(j, "quantity", u->quantity);
		say_dec(j, "cost", u->cost);
		say_dec(j, "cost_base", u->cost_base);
		say_held(f, u->opened, r->on);
		say_tacks(f, b->use_tacks[r->use + i], u->cost_base, r->on);
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_gain(struct figures *f, const struct book *b, const struct realised *r)
{
	struct json *j = f->j;

	jw_open(j);
	say_origin(f, r->origin);
	say_account(f, b->told);
	say_day(j, "date", r->on);
	say_z(j, "symbol", f->r->things[r->instrument].symbol);
	say_dec(j, "quantity", r->quantity);
	say_dec(j, "proceeds", r->proceeds);
	say_dec(j, "cost", r->cost);
	say_dec(j, "gain", realised_gain(r));
	say_dec(j, "gain_base", realised_gain_base(r));
	say_dec(j, "price_effect", r->price_effect);
	say_dec(j, "currency_effect", realised_currency_effect(r));
	if (r->review)
		say_bool(j, "review", true);
	say_uses(f, b, r);
	jw_close(j);
}

void
say_gains(struct figures *f)
{
	const struct realised *r;
	const struct book *b;
	size_t n;

	jw_key(f->j, "realised");
	jw_array(f->j);
	for (b = f->books; b < f->books + f->book_n; b++) {
		r = account_realised(b->a, &n);
		for (size_t i = 0; i < n; i++)
			say_gain(f, b, &r[i]);
	}
	jw_array_end(f->j);
}

/* ---- what was washed --------------------------------------------------- */

void
washes_find(struct figures *f)
{
	struct arena *mem = f->r->arena;
	const struct tack *t;
	struct book *b;
	size_t *first;

	f->washes = account_washes(f->accounts, f->book_n);
	for (b = f->books; b < f->books + f->book_n; b++)
		b->use_tacks = ARENA_MANY(mem, account_use_n(b->a), size_t);
	f->tacks = ARENA_MANY(mem, f->r->n, size_t);
	f->tack_next = ARENA_MANY(mem, f->washes.tack_n, size_t);
	for (size_t i = f->washes.tack_n; i > 0; i--) {
		t = &f->washes.tacks[i - 1];
		first = t->use == TACK_HELD ? &f->tacks[t->origin] :
		    &f->books[t->account].use_tacks[t->use];
		f->tack_next[i - 1] = *first;
		*first = i;
	}
}

/* Where a gain is in the answer's list. */
static size_t
gain_place(const struct figures *f, size_t account, size_t realised)
{
	size_t n;

	while (account-- > 0) {
		(void)account_realised(f->books[account].a, &n);
		realised += n;
	}
	return (realised);
}

void
say_washes(struct figures *f)
{
	const struct wash *w = f->washes.v;
	const struct lot_use *u;
	struct json *j = f->j;

	jw_key(j, "washes");
	jw_array(j);
	for (size_t i = 0; i < f->washes.n; i++) {
		u = &account_uses(f->accounts[w[i].account])[w[i].use];
		jw_open(j);
		say_long(j, "realised", (int64_t)gain_place(f, w[i].account,
		    w[i].realised));
		say_origin(f, w[i].origin);
		say_account(f, f->books[w[i].replaced_in].told);
		say_dec(j, "quantity", w[i].quantity);
		say_dec(j, "disallowed", w[i].disallowed);
		say_day(j, "opened", u->opened);
		say_day(j, "held_from", w[i].held_from);
		jw_close(j);
	}
	jw_array_end(j);
}
