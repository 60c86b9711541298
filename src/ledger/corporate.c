/*
 * What companies do to what is held. Ratios are of whole numbers; a sum over
 * lots is rounded once, and each lot has what the sums before and after it
 * leave, so that no unit and no cent is lost on the way.
 */
#include "ledger/state.h"

/* A sum that is given out in parts. */
struct parts {
	dec	whole, of;	/* of / of is all of whole */
	dec	seen, given;
	int	places;
};

static dec
parts_next(struct parts *p, dec weight)
{
	dec up_to, part;

	p->seen = dec_add(p->seen, weight);
	up_to = dec_sign(p->of) == 0 ? DEC_ZERO :
	    dec_mul_div_round(p->whole, p->seen, p->of, p->places);
	part = dec_sub(up_to, p->given);
	p->given = up_to;
	return (part);
}

/* ---- splits ------------------------------------------------------------ */

/* The cost of lots that nothing is left of goes to the lots that are. */
static void
empty_lots_end(struct account *a, size_t instrument)
{
	struct holding *h = &a->holdings.v[instrument];
	struct lot *l, *heir;
	uint32_t i, next, to;

	for (i = h->first; i != NO_LOT; i = next) {
		next = a->lots.v[i].after;
		if (dec_sign(a->lots.v[i].quantity) != 0)
			continue;
		l = lot_touch(a, i);
		to = next != NO_LOT ? next : l->before;
		lot_unlink(a, i);
		if (to != NO_LOT) {
			heir = lot_touch(a, to);
			heir->cost = dec_add(heir->cost, l->cost);
			heir->cost_base = dec_add(heir->cost_base,
			    l->cost_base);
		}
		l->cost = l->cost_base = DEC_ZERO;
	}
}

/* A split that leaves nothing has lost what it had cost. */
static void
nothing_left(struct act *x, size_t instrument)
{
	struct holding *h = &x->a->holdings.v[instrument];
	struct taken t = { h->cost, h->cost_base, x->a->uses.n };

	if (dec_sign(h->quantity) != 0 || h->opened_on.n == DAY_NONE.n)
		return;
	gain_book(x, instrument, DEC_ZERO, DEC_ZERO, &t);
	h->cost = h->cost_base = DEC_ZERO;
	h->opened_on = DAY_NONE;
}

/* d old units become n new ones. */
static void
units_scale(struct act *x, dec n, dec d)
{
	struct account *a = x->a;
	struct holding *h = holding_touch(a, x->in->instrument);
	struct parts p = { .of = h->quantity, .places = DEC_PLACES };
	struct lot *l;
	uint32_t i;

	p.whole = dec_mul_div(h->quantity, n, d);
	for (i = h->first; i != NO_LOT; i = a->lots.v[i].after) {
		l = lot_touch(a, i);
		l->quantity = parts_next(&p, l->quantity);
	}
	h->quantity = p.whole;
	h->last_price = dec_mul_div(h->last_price, d, n);
	empty_lots_end(a, x->in->instrument);
	nothing_left(x, x->in->instrument);
	lots_repriced(a, x->in->instrument);
	COLUMN_ADD(a->mem, &a->rescalings) =
	    (struct rescaling){ x->in->instrument, x->in->on, n, d };
}

/* Cash for what is not whole, if there was some. */
static enum fault_kind
units_rescale(struct act *x, dec n, dec d)
{
	dec cash = some(x->in->amount);

	if (!dec_ok(dec_mul_div(x->h->quantity, n, d)))
		return (FAULT_TOO_BIG);
	lots_prepare(x->a, x->in->instrument);
	units_scale(x, n, d);
	if (dec_sign(cash) == 0 && dec_sign(x->in->price) <= 0)
		return (FAULT_NONE);
	return (fraction_sell(x, x->in->instrument, cash, x->in->price));
}

enum fault_kind
split_do(struct act *x)
{
	return (units_rescale(x, dec_of(x->in->numerator),
	    dec_of(x->in->denominator)));
}

enum fault_kind
stock_dividend_do(struct act *x)
{
	const struct activity *in = x->in;
	dec d;

	if (dec_sign(in->quantity) > 0) {
		if (dec_sign(x->h->quantity) <= 0)
			return (FAULT_NOT_HELD);
		return (units_rescale(x, dec_add(x->h->quantity,
		    in->quantity), x->h->quantity));
	}
	if (in->numerator <= 0 || in->denominator <= 0)
		return (FAULT_RATIO);
	d = dec_of(in->denominator);
	return (units_rescale(x, dec_add(dec_of(in->numerator), d), d));
}

/* ---- a spin-off -------------------------------------------------------- */

/* Units of the other thing for those that are held; DEC_NONE: too many. */
static dec
units_into(const struct act *x)
{
	return (dec_mul_div(x->h->quantity, dec_of(x->in->numerator),
	    dec_of(x->in->denominator)));
}

/* The child's share of all that the parent had cost, by fair value. */
static struct parts
child_cost(const struct act *x, dec whole, dec cost, int places)
{
	const struct holding *h = x->h;
	const struct security *s = x->s;
	dec parent, child;

	parent = gross_of(s, h->quantity, x->in->price, x->places);
	child = gross_of(&x->a->securities.v[x->in->into], whole,
	    x->in->price_into, x->places);
	return ((struct parts){ .whole = dec_mul_div_round(cost, child,
	    dec_add(parent, child), places), .of = cost, .places = places });
}

static void
lot_spin(struct act *x, uint32_t i, struct lot_told *t, struct parts *cost,
    struct parts *cost_base)
{
	struct account *a = x->a;
	struct lot *l = lot_touch(a, i);

	t->cost = parts_next(cost, l->cost);
	t->cost_base = x->currency == 0 ? t->cost :
	    parts_next(cost_base, l->cost_base);
	t->opened = l->opened;
	l->cost = dec_sub(l->cost, t->cost);
	l->cost_base = dec_sub(l->cost_base, t->cost_base);
	x->h->cost = dec_sub(x->h->cost, t->cost);
	x->h->cost_base = dec_sub(x->h->cost_base, t->cost_base);
}

static void
lots_spin(struct act *x)
{
	struct account *a = x->a;
	struct parts units = { .of = x->h->quantity, .places = DEC_PLACES };
	struct parts cost, cost_base;
	struct lot_told t = { .origin = x->in->origin };
	uint32_t i;

	units.whole = units_into(x);
	cost = child_cost(x, units.whole, x->h->cost, x->places);
	cost_base = child_cost(x, units.whole, x->h->cost_base,
	    a->purses.v[0].places);
	for (i = x->h->first; i != NO_LOT; i = a->lots.v[i].after) {
		t.quantity = parts_next(&units, a->lots.v[i].quantity);
		if (dec_sign(t.quantity) == 0)
			continue;
		lot_spin(x, i, &t, &cost, &cost_base);
		lot_open(x, x->in->into, &t);
		t.part++;
	}
}

enum fault_kind
spin_off_do(struct act *x)
{
	struct account *a = x->a;
	const struct activity *in = x->in;
	struct holding *child;

	if (dec_sign(in->price) <= 0 || !dec_ok(in->price_into) ||
	    dec_sign(in->price_into) < 0)
		return (FAULT_NO_PRICE);
	if (dec_sign(x->h->quantity) == 0)
		return (FAULT_NOT_HELD);
	if (!dec_ok(units_into(x)))
		return (FAULT_TOO_BIG);
	child = holding_touch(a, in->into);
	if (dec_sign(child->quantity) == -dec_sign(x->h->quantity))
		return (FAULT_WRONG_SIDE);
	x->h = holding_touch(a, in->instrument);
	lots_prepare(a, in->instrument);
	lots_spin(x);
	lots_repriced(a, in->instrument);
	x->h->last_price = in->price;
	child->last_price = in->price_into;
	if (dec_sign(some(in->amount)) == 0)
		return (FAULT_NONE);
	return (fraction_sell(x, in->into, in->amount, in->price_into));
}

/* ---- capital that comes back ------------------------------------------- */

/* `part` of what a lot had cost is taken off; its worth in base. */
static dec
lot_lower(struct act *x, struct lot *l, dec part)
{
	dec base = part;

	if (x->currency != 0)
		base = dec_eq(part, l->cost) ? l->cost_base :
		    dec_mul_div_round(l->cost_base, part, l->cost,
		    x->a->purses.v[0].places);
	l->cost = dec_sub(l->cost, part);
	l->cost_base = dec_sub(l->cost_base, base);
	return (base);
}

static void
cost_lowered(struct holding *h, const struct taken *t)
{
	h->cost = dec_sub(h->cost, t->cost);
	h->cost_base = dec_sub(h->cost_base, t->cost_base);
}

static void
lowered_book(struct act *x, dec cash, const struct taken *t, bool review)
{
	struct realised *r;

	cost_lowered(x->h, t);
	r = gain_book(x, x->in->instrument, DEC_ZERO, cash, t);
	r->review = review;
	money_move(x, cash, r->proceeds_base);
}

/* What a lot's share of the cash takes off its cost; the rest is gain. */
static dec
lot_recovers(const struct act *x, const struct lot *l, dec cash, dec units)
{
	dec gain, worth;

	if (x->in->kind != A_MERGER || dec_sign(x->in->price_into) <= 0)
		return (dec_min(cash, l->cost));
	worth = gross_of(&x->a->securities.v[x->in->into], units,
	    x->in->price_into, x->places);
	gain = dec_sub(dec_add(worth, cash), l->cost);
	gain = dec_min(dec_max(gain, DEC_ZERO), cash);
	return (dec_sub(cash, gain));
}

enum fault_kind
return_of_capital_do(struct act *x)
{
	struct account *a = x->a;
	struct parts cash = { .whole = x->in->amount, .of = x->h->quantity,
	    .places = x->places };
	struct taken t = { .use = a->uses.n };
	struct lot *l;
	uint32_t i;
	dec part;

	if (dec_sign(x->h->quantity) == 0)
		return (FAULT_NOT_HELD);
	if (dec_sign(x->h->quantity) < 0)
		return (FAULT_WRONG_SIDE);
	x->h = holding_touch(a, x->in->instrument);
	lots_prepare(a, x->in->instrument);
	for (i = x->h->first; i != NO_LOT; i = a->lots.v[i].after) {
		l = lot_touch(a, i);
		part = lot_recovers(x, l, parts_next(&cash, l->quantity),
		    DEC_ZERO);
		t.cost = dec_add(t.cost, part);
		t.cost_base = dec_add(t.cost_base, lot_lower(x, l, part));
	}
	lowered_book(x, x->in->amount, &t, false);
	lots_repriced(a, x->in->instrument);
	return (FAULT_NONE);
}

/* ---- mergers and names ------------------------------------------------- */

/* A lot that nothing is left of leaves its cost to the next one. */
static void
lot_move(struct act *x, uint32_t i, dec units, struct taken *carry)
{
	struct lot *l = lot_touch(x->a, i);
	struct lot_told t = { .origin = l->origin, .part = l->part,
	    .opened = l->opened, .quantity = units };

	lot_unlink(x->a, i);
	carry->cost = dec_add(carry->cost, l->cost);
	carry->cost_base = dec_add(carry->cost_base, l->cost_base);
	l->quantity = l->cost = l->cost_base = DEC_ZERO;
	if (dec_sign(units) == 0)
		return;
	t.cost = carry->cost;
	t.cost_base = carry->cost_base;
	carry->cost = carry->cost_base = DEC_ZERO;
	lot_open(x, x->in->into, &t);
}

/* All lots go over, with their days and what they cost. */
static void
lots_move(struct act *x, dec whole)
{
	struct account *a = x->a;
	struct parts units = { .whole = whole, .of = x->h->quantity,
	    .places = DEC_PLACES };
	struct taken carry = { .use = a->uses.n };
	uint32_t i, next;

	for (i = x->h->first; i != NO_LOT; i = next) {
		next = a->lots.v[i].after;
		lot_move(x, i, parts_next(&units, a->lots.v[i].quantity),
		    &carry);
	}
	if (dec_sign(carry.cost) != 0 || dec_sign(carry.cost_base) != 0)
		gain_book(x, x->in->instrument, DEC_ZERO, DEC_ZERO, &carry);
	x->h->quantity = x->h->cost = x->h->cost_base = DEC_ZERO;
	x->h->opened_on = DAY_NONE;
	a->heaps.v[x->in->instrument].made = false;
}

/* The part in cash: gain, but not more than there is. */
static void
boot_take(struct act *x, dec cash, dec n, dec d)
{
	struct account *a = x->a;
	struct parts boot = { .whole = cash, .of = x->h->quantity,
	    .places = x->places };
	struct taken t = { .use = a->uses.n };
	struct lot *l;
	uint32_t i;
	dec part;

	for (i = x->h->first; i != NO_LOT; i = a->lots.v[i].after) {
		l = lot_touch(a, i);
		part = lot_recovers(x, l, parts_next(&boot, l->quantity),
		    dec_mul_div(l->quantity, n, d));
		t.cost = dec_add(t.cost, part);
		t.cost_base = dec_add(t.cost_base, lot_lower(x, l, part));
	}
	lowered_book(x, cash, &t, true);
}

/* Both holdings, ready for lots to go from one to the other. */
static enum fault_kind
both_prepare(struct act *x, struct holding **to)
{
	*to = holding_touch(x->a, x->in->into);
	x->h = holding_touch(x->a, x->in->instrument);
	if (dec_sign((*to)->quantity) * dec_sign(x->h->quantity) < 0)
		return (FAULT_WRONG_SIDE);
	lots_prepare(x->a, x->in->instrument);
	return (FAULT_NONE);
}

enum fault_kind
merger_do(struct act *x)
{
	const struct activity *in = x->in;
	dec n = dec_of(in->numerator), d = dec_of(in->denominator);
	dec cash = some(in->amount), rest = some(in->received);
	enum fault_kind kind;
	struct holding *to;

	if (dec_sign(x->h->quantity) == 0)
		return (FAULT_NOT_HELD);
	if (dec_sign(rest) < 0)
		return (FAULT_AMOUNT);
	if (!dec_ok(units_into(x)))
		return (FAULT_TOO_BIG);
	if (dec_sign(x->h->quantity) < 0 && dec_sign(cash) > 0)
		return (FAULT_WRONG_SIDE);
	if ((kind = both_prepare(x, &to)) != FAULT_NONE)
		return (kind);
	if (dec_sign(cash) > 0)
		boot_take(x, cash, n, d);
	lots_move(x, units_into(x));
	to->last_price = dec_sign(in->price_into) > 0 ? in->price_into :
	    dec_mul_div(x->h->last_price, d, n);
	if (dec_sign(rest) == 0)
		return (FAULT_NONE);
	return (fraction_sell(x, in->into, rest, DEC_ZERO));
}

/* It is the same thing still, so its gains and income go with it. */
enum fault_kind
rename_do(struct act *x)
{
	enum fault_kind kind;
	struct holding *to;

	if ((kind = both_prepare(x, &to)) != FAULT_NONE)
		return (kind);
	lots_move(x, x->h->quantity);
	to->realised = dec_add(to->realised, x->h->realised);
	to->realised_base = dec_add(to->realised_base, x->h->realised_base);
	to->price_effect = dec_add(to->price_effect, x->h->price_effect);
	to->income = dec_add(to->income, x->h->income);
	to->income_base = dec_add(to->income_base, x->h->income_base);
	to->trades += x->h->trades;
	to->known |= x->h->known;
	to->last_price = x->h->last_price;
	x->h->realised = x->h->realised_base = x->h->price_effect =
	    x->h->income = x->h->income_base = DEC_ZERO;
	x->h->trades = 0;
	return (FAULT_NONE);
}
