/*
 * Trades and transfers, with one arithmetic for long and short: what is sold
 * short has quantity, cost and proceeds below zero. Commission belongs to
 * cost and proceeds; accrued interest is income, paid or got; tax is tax.
 */
#include "ledger/state.h"

dec
trade_amount(dec quantity, dec price, int places)
{
	return (dec_mul_round(quantity, price, places));
}

dec
gross_of(const struct security *s, dec quantity, dec price, int places)
{
	if (dec_sign(s->multiplier) > 0)
		quantity = dec_mul(quantity, s->multiplier);
	if (!s->percent)
		return (dec_mul_round(quantity, price, places));
	return (dec_mul_div_round(quantity, price, dec_of(100), places));
}

dec
act_gross(const struct act *x)
{
	return (dec_ok(x->in->amount) ? x->in->amount :
	    gross_of(x->s, x->in->quantity, x->in->price, x->places));
}

/* Tax and accrued interest beside a trade; `side` as below. */
static void
trade_beside(struct act *x, int side)
{
	struct totals *t = &x->a->totals;
	dec accrued = some(x->in->accrued), tax = some(x->in->withheld);
	dec base;

	if (dec_sign(accrued) > 0) {
		accrued = side > 0 ? dec_neg(accrued) : accrued;
		base = to_base(x, accrued);
		t->income = dec_add(t->income, base);
		x->h->income = dec_add(x->h->income, accrued);
		x->h->income_base = dec_add(x->h->income_base, base);
		money_move(x, accrued, base);
	}
	if (dec_sign(tax) > 0) {
		base = to_base(x, tax);
		t->taxes = dec_add(t->taxes, base);
		money_move(x, dec_neg(tax), dec_neg(base));
	}
}

static dec
sided(dec d, int side)
{
	return (side > 0 ? d : dec_neg(d));
}

static bool
wrong_side(const struct holding *h, int side)
{
	return (dec_sign(h->quantity) == -side);
}

/* ---- opening ----------------------------------------------------------- */

/* `side` 1: bought; -1: sold short. */
static enum fault_kind
trade_open(struct act *x, int side)
{
	const struct activity *in = x->in;
	struct lot_told t = { .origin = in->origin, .opened = in->on };

	if (wrong_side(x->h, side))
		return (FAULT_WRONG_SIDE);
	t.quantity = sided(in->quantity, side);
	t.cost = dec_add(sided(act_gross(x), side), some(in->commission));
	t.cost_base = to_base(x, t.cost);
	if (!dec_ok(t.cost_base))
		return (FAULT_TOO_BIG);
	lot_open(x, in->instrument, &t);
	x->h->last_price = some(in->price);
	x->h->trades++;
	money_move(x, dec_neg(t.cost), dec_neg(t.cost_base));
	trade_beside(x, side);
	return (FAULT_NONE);
}

enum fault_kind
buy_do(struct act *x)
{
	return (trade_open(x, 1));
}

enum fault_kind
short_do(struct act *x)
{
	return (trade_open(x, -1));
}

/* ---- closing ----------------------------------------------------------- */

/*
 * What the price did to a gain, at the rates the lots were opened at; the
 * proceeds go by quantity, and the last lot's are what is left.
 */
static dec
price_effect(const struct act *x, dec quantity, dec proceeds,
    const struct taken *t)
{
	const struct account *a = x->a;
	const struct lot_use *u;
	dec sum = DEC_ZERO, part, gain;
	size_t i;

	for (i = t->use; i < a->uses.n; i++) {
		u = &a->uses.v[i];
		part = dec_eq(u->quantity, quantity) ? proceeds :
		    dec_mul_div_round(proceeds, u->quantity, quantity,
		    x->places);
		proceeds = dec_sub(proceeds, part);
		quantity = dec_sub(quantity, u->quantity);
		gain = dec_sub(part, u->cost);
		sum = dec_add(sum, dec_sign(u->cost) == 0 ?
		    to_base(x, gain) : dec_mul_div_round(gain, u->cost_base,
		    u->cost, a->purses.v[0].places));
	}
	return (sum);
}

struct realised *
gain_book(struct act *x, size_t instrument, dec quantity, dec proceeds,
    const struct taken *t)
{
	struct account *a = x->a;
	struct holding *h = holding_touch(a, instrument);
	struct realised *r = &COLUMN_ADD(a->mem, &a->realised);
	dec gain, gain_base;

	*r = (struct realised){ .origin = x->in->origin,
	    .instrument = (uint32_t)instrument, .on = x->in->on,
	    .quantity = quantity,
	    .proceeds = proceeds, .cost = t->cost,
	    .proceeds_base = to_base(x, proceeds),
	    .cost_base = t->cost_base, .use = (uint32_t)t->use,
	    .use_n = (uint32_t)(a->uses.n - t->use) };
	gain = dec_sub(proceeds, t->cost);
	gain_base = dec_sub(r->proceeds_base, t->cost_base);
	r->price_effect = x->currency == 0 ? gain_base : r->use_n == 0 ?
	    to_base(x, gain) : price_effect(x, quantity, proceeds, t);
	h->realised = dec_add(h->realised, gain);
	h->realised_base = dec_add(h->realised_base, gain_base);
	h->price_effect = dec_add(h->price_effect, r->price_effect);
	a->totals.realised = dec_add(a->totals.realised, gain_base);
	a->totals.price_effect = dec_add(a->totals.price_effect,
	    r->price_effect);
	return (r);
}

/* Whether a holding has so much on this side. */
static enum fault_kind
held_check(struct act *x, int side)
{
	dec held = sided(x->h->quantity, side);

	if (wrong_side(x->h, side))
		return (FAULT_WRONG_SIDE);
	return (dec_cmp(x->in->quantity, held) > 0 ?
	    refuse(x, FAULT_MORE_THAN_HELD, held, x->in->quantity) :
	    FAULT_NONE);
}

/* `side` 1: what was bought is sold; -1: what was short is bought back. */
static enum fault_kind
trade_close(struct act *x, int side)
{
	const struct activity *in = x->in;
	enum fault_kind kind = held_check(x, side);
	const struct realised *r;
	struct taken t;
	dec proceeds;

	if (kind != FAULT_NONE)
		return (kind);
	proceeds = dec_sub(sided(act_gross(x), side), some(in->commission));
	kind = lots_take(x, in->instrument, sided(in->quantity, side), &t);
	if (kind != FAULT_NONE)
		return (kind);
	r = gain_book(x, in->instrument, sided(in->quantity, side), proceeds,
	    &t);
	x->h->last_price = some(in->price);
	x->h->trades++;
	money_move(x, proceeds, r->proceeds_base);
	trade_beside(x, -side);
	return (FAULT_NONE);
}

enum fault_kind
sell_do(struct act *x)
{
	return (trade_close(x, 1));
}

enum fault_kind
cover_do(struct act *x)
{
	return (trade_close(x, -1));
}

enum fault_kind
fraction_sell(struct act *x, size_t instrument, dec proceeds, dec price)
{
	const struct holding *h = &x->a->holdings.v[instrument];
	const dec one = dec_of(1);
	const struct realised *r;
	struct taken t;
	dec fraction = { h->quantity.v % one.v };

	if (dec_sign(h->quantity) < 0)
		return (FAULT_WRONG_SIDE);
	if (dec_sign(fraction) == 0)
		return (dec_sign(proceeds) > 0 ? FAULT_AMOUNT : FAULT_NONE);
	if (dec_sign(proceeds) <= 0)
		proceeds = gross_of(&x->a->securities.v[instrument],
		    fraction, price, x->places);
	lots_take(x, instrument, fraction, &t);
	r = gain_book(x, instrument, fraction, proceeds, &t);
	money_move(x, proceeds, r->proceeds_base);
	return (FAULT_NONE);
}

/* ---- transfers --------------------------------------------------------- */

/* The lots that come, or the one there is when none are told. */
static enum fault_kind
lots_come(struct act *x, dec *cost, dec *cost_base)
{
	const struct activity *in = x->in;
	struct lot_told t = { .opened = in->on, .quantity = in->quantity,
	    .cost = act_gross(x), .cost_base = DEC_NONE };
	dec sum = DEC_ZERO;
	size_t i;

	for (i = 0; i < (in->lot_n > 0 ? in->lot_n : 1); i++) {
		if (in->lot_n > 0)
			t = in->lots[i];
		t.origin = in->origin;
		t.part = (uint32_t)i;
		if (dec_sign(t.quantity) <= 0 || dec_sign(t.cost) < 0 ||
		    !dec_ok(t.cost) || day_cmp(t.opened, in->on) > 0)
			return (FAULT_LOTS);
		if (x->currency == 0 || !dec_ok(t.cost_base))
			t.cost_base = to_base(x, t.cost);
		if (!dec_ok(t.cost_base))
			return (FAULT_TOO_BIG);
		lot_open(x, in->instrument, &t);
		sum = dec_add(sum, t.quantity);
		*cost = dec_add(*cost, t.cost);
		*cost_base = dec_add(*cost_base, t.cost_base);
	}
	return (dec_eq(sum, in->quantity) ? FAULT_NONE : FAULT_LOTS);
}

/* At the market's price, or else at what they cost. */
static dec
transfer_worth(const struct act *x, dec cost)
{
	return (dec_sign(x->in->price) > 0 ? gross_of(x->s, x->in->quantity,
	    x->in->price, x->places) : cost);
}

/* A price at which units would cost what they did. */
static dec
price_of(const struct act *x, dec cost)
{
	dec units = x->in->quantity;

	if (dec_sign(x->in->price) > 0)
		return (x->in->price);
	if (dec_sign(x->s->multiplier) > 0)
		units = dec_mul(units, x->s->multiplier);
	return (dec_mul_div(cost, dec_of(x->s->percent ? 100 : 1), units));
}

static void
flow_book(const struct act *x, dec *paid, dec *moved, dec worth)
{
	*paid = dec_add(*paid, worth);
	if (x->in->internal)
		*moved = dec_add(*moved, worth);
}

enum fault_kind
transfer_in_do(struct act *x)
{
	struct totals *t = &x->a->totals;
	dec cost = DEC_ZERO, cost_base = DEC_ZERO, worth;
	enum fault_kind kind;

	if (dec_sign(x->in->quantity) == 0)
		return (deposit_do(x));
	if (wrong_side(x->h, 1))
		return (FAULT_WRONG_SIDE);
	kind = lots_come(x, &cost, &cost_base);
	if (kind != FAULT_NONE)
		return (kind);
	worth = dec_sign(x->in->price) > 0 ?
	    to_base(x, transfer_worth(x, cost)) : cost_base;
	flow_book(x, &t->paid_in, &t->moved_in, worth);
	t->carried = dec_add(t->carried, dec_sub(worth, cost_base));
	x->h->last_price = price_of(x, cost);
	return (FAULT_NONE);
}

enum fault_kind
transfer_out_do(struct act *x)
{
	struct totals *t = &x->a->totals;
	enum fault_kind kind;
	struct taken taken;
	dec worth;

	if (dec_sign(x->in->quantity) == 0)
		return (withdrawal_do(x));
	if ((kind = held_check(x, 1)) != FAULT_NONE)
		return (kind);
	kind = lots_take(x, x->in->instrument, x->in->quantity, &taken);
	if (kind != FAULT_NONE)
		return (kind);
	worth = dec_sign(x->in->price) > 0 ?
	    to_base(x, transfer_worth(x, taken.cost)) : taken.cost_base;
	flow_book(x, &t->paid_out, &t->moved_out, worth);
	t->carried = dec_sub(t->carried, dec_sub(worth, taken.cost_base));
	return (FAULT_NONE);
}
