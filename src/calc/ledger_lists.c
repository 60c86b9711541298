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
		say_held(f, l->opened, f->r->as_of);
		if (l->part == 0 && l->origin < f->r->n)
			say_tacks(f, f->tacks[l->origin], l->cost_base,
			    f->r->as_of);
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
	if (!dec_eq(t->unit, dec_of(1)))
		say_z(j, "quoted", t->quoted);
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
		say_held(f, u->opened, r->on);
		say_tacks(f, f->use_tacks[r->use + i], u->cost_base, r->on);
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
	const struct realised *r;
	const struct tack *t;
	size_t n, *first;

	f->washes = account_washes(&f->a, 1);
	r = account_realised(f->a, &n);
	f->use_tacks = ARENA_MANY(mem, n == 0 ? 0 :
	    r[n - 1].use + r[n - 1].use_n, size_t);
	f->tacks = ARENA_MANY(mem, f->r->n, size_t);
	f->tack_next = ARENA_MANY(mem, f->washes.tack_n, size_t);
	for (size_t i = f->washes.tack_n; i > 0; i--) {
		t = &f->washes.tacks[i - 1];
		first = t->use == TACK_HELD ? &f->tacks[t->origin] :
		    &f->use_tacks[t->use];
		f->tack_next[i - 1] = *first;
		*first = i;
	}
}

void
say_washes(struct figures *f)
{
	const struct wash *w = f->washes.v;
	day sold;

	jw_key(f->j, "washes");
	jw_array(f->j);
	for (size_t i = 0; i < f->washes.n; i++) {
		sold = account_uses(f->a)[w[i].use].opened;
		jw_open(f->j);
		say_long(f->j, "realised", (int64_t)w[i].realised);
		say_origin(f, w[i].origin);
		say_dec(f->j, "quantity", w[i].quantity);
		say_dec(f->j, "disallowed", w[i].disallowed);
		say_day(f->j, "opened", sold);
		say_day(f->j, "held_from", w[i].held_from);
		jw_close(f->j);
	}
	jw_array_end(f->j);
}

/* ---- what could not be done -------------------------------------------- */

static const struct {
	const char	*field, *detail;
} causes[] = {
	[FAULT_MORE_THAN_HELD] = { "quantity", "more than there is" },
	[FAULT_NOT_ENOUGH_CASH] = { "amount", "the day's money is not enough; "
	    "it was done all the same" },
	[FAULT_NOT_HELD] = { "symbol", "was never held, or is not now" },
	[FAULT_RATIO] = { "ratio", "both numbers are more than 0" },
	[FAULT_TOO_BIG] = { "quantity", "something would be more than 10^18" },
	[FAULT_BEFORE_OPENING] = { "date", "before `since`" },
	[FAULT_AMOUNT] = { "amount", "an amount that this type cannot have" },
	[FAULT_INSTRUMENT] = { "into", "the same as symbol" },
	[FAULT_CURRENCY] = { "currency", "the same, or not that of symbol" },
	[FAULT_NO_RATE] = { "currency", "no rate within 7 days, neither told "
	    "nor through a third currency" },
	[FAULT_NO_PRICE] = { "price", "both prices are needed, price more "
	    "than 0" },
	[FAULT_WRONG_SIDE] = { "symbol", "is short where this needs it long, "
	    "or the other way round" },
	[FAULT_UNKNOWN_LOT] = { "lots", "no such lot is open" },
	[FAULT_LOTS] = { "lots", "their quantities must be more than 0 and "
	    "sum up to quantity, costs not below 0, days not after date" },
};

/* Which amount it is that cannot be. */
static const char *
amount_amiss(const struct activity *a)
{
	const struct {
		const char	*name;
		dec		 d;
	} all[] = {
		{ "price", a->price }, { "fee", a->commission },
		{ "tax", a->withheld }, { "accrued", a->accrued },
		{ "rate", a->rate }, { "received", a->received },
		{ "amount", a->amount },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (dec_ok(all[i].d) && dec_sign(all[i].d) < 0)
			return (all[i].name);
	if (dec_ok(a->amount) && dec_ok(a->withheld) &&
	    dec_cmp(a->withheld, a->amount) > 0 && a->kind != A_BUY)
		return ("tax");
	return (a->kind == A_SPLIT || a->kind == A_SPIN_OFF ? "amount" :
	    "quantity");
}

/* The currency that had no rate: its pair with the base. */
static void
say_pair(struct figures *f, size_t currency)
{
	char pair[7];

	snprintf(pair, sizeof(pair), "%.3s%.3s",
	    f->r->currencies[currency].code, f->r->currencies[0].code);
	say_z(f->j, "pair", pair);
}

static size_t
rateless(const struct figures *f, const struct activity *a)
{
	size_t c = a->currency;

	if (json_object_get(json_array_get(f->r->activities, a->origin),
	    "symbol") != NULL)
		c = f->r->things[a->instrument].terms.currency;
	return (dec_sign(a->rate) > 0 || rate_is_known(f->r, c, a->on) ?
	    a->currency_into : c);
}

static void
say_cause(struct figures *f, const struct ledger_fault *v)
{
	const struct activity *a = &f->r->a[v->origin];

	say_z(f->j, "field", v->kind == FAULT_AMOUNT ? amount_amiss(a) :
	    causes[v->kind].field);
	say_z(f->j, "detail", causes[v->kind].detail);
	if (v->kind == FAULT_NO_RATE)
		say_pair(f, rateless(f, a));
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
		if (v[i].origin < f->r->n)
			say_cause(f, &v[i]);
		if (dec_ok(v[i].held)) {
			say_dec(j, "held", v[i].held);
			say_dec(j, "asked", v[i].asked);
			say_dec(j, "missing", v[i].missing);
		}
		jw_close(j);
	}
	jw_array_end(j);
}

/* ---- what was done without --------------------------------------------- */

static bool
currency_matters(const struct figures *f, size_t currency)
{
	const struct thing_told *t = f->r->things;

	if (dec_sign(account_cash(f->a, currency)->amount) != 0)
		return (true);
	for (size_t i = 0; i < f->r->thing_n; i++)
		if (t[i].terms.currency == currency &&
		    dec_sign(account_holding(f->a, i)->quantity) != 0)
			return (true);
	return (false);
}

static void
warn_rates(struct figures *f)
{
	for (size_t i = 1; i < f->r->currency_n; i++) {
		if (rate_is_known(f->r, i, f->r->as_of) ||
		    !currency_matters(f, i))
			continue;
		jw_open(f->j);
		say_z(f->j, "code", "no_rate");
		say_pair(f, i);
		say_day(f->j, "date", f->r->as_of);
		say_z(f->j, "detail", causes[FAULT_NO_RATE].detail);
		jw_close(f->j);
	}
}

/* A symbol misspelt would else go unseen. */
static void
warn_prices(struct figures *f)
{
	const char *symbol;
	json_t *v;

	json_object_foreach(f->r->prices, symbol, v) {
		if (json_object_get(f->r->symbols, symbol) != NULL)
			continue;
		jw_open(f->j);
		say_z(f->j, "code", "unused_prices");
		say_z(f->j, "symbol", symbol);
		say_z(f->j, "detail", "no activity is about it");
		jw_close(f->j);
	}
}

void
say_warnings(struct figures *f)
{
	jw_key(f->j, "warnings");
	jw_array(f->j);
	warn_rates(f);
	warn_prices(f);
	jw_array_end(f->j);
}
