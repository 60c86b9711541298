/*
 * The lists of an answer: positions with their lots, cash, gains with what
 * they took, notes and faults. Money and units are decimals in strings.
 */
#include "calc/ledger_figures.h"

/* An activity by its place among those of the request, and by its id. */
static void
say_origin(const struct figures *f, size_t origin)
{
	const json_t *id = json_object_get(json_array_get(f->r->activities,
	    origin), "id");

	say_long(f->j, "activity", (int64_t)origin);
	if (json_is_string(id))
		say_z(f->j, "activity_id", json_string_value(id));
}

/* ---- positions --------------------------------------------------------- */

static void
say_lots(struct figures *f, size_t thing)
{
	const struct lot *l = NULL;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	while ((l = account_lot(f->a, thing, l)) != NULL) {
		jw_open(j);
		say_origin(f, l->origin);
		say_long(j, "part", l->part);
		say_day(j, "opened", l->opened);
		say_dec(j, "quantity", l->quantity);
		say_dec(j, "cost", l->cost);
		say_dec(j, "cost_base", l->cost_base);
		if (dec_sign(f->washed[l->origin]) > 0)
			say_dec(j, "washed_cost_base", dec_add(l->cost_base,
			    f->washed[l->origin]));
		say_long(j, "days_held", days_held(l->opened, f->r->as_of));
		say_bool(j, "long_term", held_long(l->opened, f->r->as_of));
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_stand(struct figures *f, size_t thing, const struct holding *h)
{
	const struct stand *s = &f->stands[thing];
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
say_position(struct figures *f, size_t thing)
{
	const struct holding *h = account_holding(f->a, thing);
	const struct thing_told *t = &f->r->things[thing];
	struct json *j = f->j;

	jw_open(j);
	say_z(j, "symbol", t->symbol);
	say_z(j, "currency", f->r->currencies[t->terms.currency].code);
	say_dec(j, "quantity", h->quantity);
	say_day(j, "opened_on", h->opened_on);
	say_dec(j, "cost", h->cost);
	say_dec(j, "cost_base", h->cost_base);
	if (dec_sign(h->quantity) != 0)
		say_stand(f, thing, h);
	say_dec(j, "realised", h->realised);
	say_dec(j, "realised_base", h->realised_base);
	say_dec(j, "income", h->income);
	say_dec(j, "income_base", h->income_base);
	say_long(j, "trades", h->trades);
	say_lots(f, thing);
	jw_close(j);
}

void
say_positions(struct figures *f)
{
	jw_key(f->j, "positions");
	jw_array(f->j);
	for (size_t i = 0; i < f->r->thing_n; i++)
		say_position(f, i);
	jw_array_end(f->j);
}

void
say_cash(struct figures *f)
{
	const struct cash *c;

	jw_key(f->j, "cash");
	jw_open(f->j);
	for (size_t i = 0; i < f->r->currency_n; i++) {
		c = account_cash(f->a, i);
		jw_key(f->j, f->r->currencies[i].code);
		jw_open(f->j);
		say_dec(f->j, "amount", c->amount);
		say_dec(f->j, "book", c->book);
		jw_close(f->j);
	}
	jw_close(f->j);
}

/* ---- gains ------------------------------------------------------------- */

static void
say_uses(struct figures *f, const struct realised *r)
{
	const struct lot_use *u;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	for (size_t i = 0; i < r->use_n; i++) {
		u = &account_uses(f->a)[r->use + i];
		jw_open(j);
		say_origin(f, u->origin);
		say_long(j, "part", u->part);
		say_day(j, "opened", u->opened);
		say_dec(j, "quantity", u->quantity);
		say_dec(j, "cost", u->cost);
		say_dec(j, "cost_base", u->cost_base);
		say_long(j, "days_held", days_held(u->opened, r->on));
		say_bool(j, "long_term", held_long(u->opened, r->on));
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_gain(struct figures *f, const struct realised *r)
{
	struct json *j = f->j;

	jw_open(j);
	say_origin(f, r->origin);
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
	say_uses(f, r);
	jw_close(j);
}

void
say_gains(struct figures *f)
{
	const struct realised *r;
	size_t n;

	r = account_realised(f->a, &n);
	jw_key(f->j, "realised");
	jw_array(f->j);
	for (size_t i = 0; i < n; i++)
		say_gain(f, &r[i]);
	jw_array_end(f->j);
}

void
washes_find(struct figures *f)
{
	struct arena *mem = f->r->arena;

	f->wash_n = account_washes(f->a, NULL, 0);
	f->washes = ARENA_MANY(mem, f->wash_n, struct wash);
	(void)account_washes(f->a, f->washes, f->wash_n);
	f->washed = ARENA_MANY(mem, f->r->n, dec);
	for (size_t i = 0; i < f->wash_n; i++)
		f->washed[f->washes[i].origin] = dec_add(
		    f->washed[f->washes[i].origin], f->washes[i].disallowed);
}

void
say_washes(struct figures *f)
{
	const struct wash *w = f->washes;

	jw_key(f->j, "washes");
	jw_array(f->j);
	for (size_t i = 0; i < f->wash_n; i++) {
		jw_open(f->j);
		say_long(f->j, "realised", (int64_t)w[i].realised);
		say_origin(f, w[i].origin);
		say_dec(f->j, "quantity", w[i].quantity);
		say_dec(f->j, "disallowed", w[i].disallowed);
		jw_close(f->j);
	}
	jw_array_end(f->j);
}

void
say_faults(struct figures *f)
{
	const struct ledger_fault *v;
	struct json *j = f->j;
	size_t n;

	v = account_faults(f->a, &n);
	jw_key(j, "faults");
	jw_array(j);
	for (size_t i = 0; i < n; i++) {
		jw_open(j);
		say_origin(f, v[i].origin);
		say_z(j, "code", fault_names[v[i].kind]);
		say_day(j, "date", v[i].on);
		if (dec_ok(v[i].held)) {
			say_dec(j, "held", v[i].held);
			say_dec(j, "asked", v[i].asked);
			say_dec(j, "missing", v[i].missing);
		}
		jw_close(j);
	}
	jw_array_end(j);
}
