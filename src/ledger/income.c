/*
 * Money that comes and goes without a trade, and units that come for none.
 */
#include "ledger/state.h"

/* ---- cash alone -------------------------------------------------------- */

/* `in` is added to cash, its worth to a sum. */
static enum fault_kind
money_in(struct act *x, dec *sum)
{
	dec base = to_base(x, x->in->amount);

	*sum = dec_add(*sum, base);
	money_move(x, x->in->amount, base);
	return (FAULT_NONE);
}

static enum fault_kind
money_out(struct act *x, dec *sum)
{
	dec base = to_base(x, x->in->amount);

	*sum = dec_add(*sum, base);
	money_move(x, dec_neg(x->in->amount), dec_neg(base));
	return (FAULT_NONE);
}

enum fault_kind
deposit_do(struct act *x)
{
	struct totals *t = &x->a->totals;

	if (x->in->internal)
		t->moved_in = dec_add(t->moved_in, to_base(x,
		    x->in->amount));
	return (money_in(x, &x->a->totals.paid_in));
}

enum fault_kind
withdrawal_do(struct act *x)
{
	struct totals *t = &x->a->totals;

	if (x->in->internal)
		t->moved_out = dec_add(t->moved_out, to_base(x,
		    x->in->amount));
	return (money_out(x, &x->a->totals.paid_out));
}

enum fault_kind
fee_do(struct act *x)
{
	return (money_out(x, &x->a->totals.fees));
}

enum fault_kind
tax_do(struct act *x)
{
	return (money_out(x, &x->a->totals.taxes));
}

enum fault_kind
exchange_do(struct act *x)
{
	const struct activity *in = x->in;
	struct totals *t = &x->a->totals;
	struct act other = { .a = x->a, .currency = in->currency_into };
	dec fee = some(in->commission), out, back, fee_base;

	if (in->currency_into >= x->a->purses.n ||
	    in->currency_into == in->currency)
		return (FAULT_CURRENCY);
	if (!dec_ok(in->received) || dec_sign(in->received) < 0 ||
	    dec_sign(fee) < 0)
		return (FAULT_AMOUNT);
	if (!rate_on(x->a, other.currency, in->on, &other.rate))
		return (FAULT_NO_RATE);
	out = to_base(x, in->amount);
	back = to_base(&other, in->received);
	fee_base = to_base(x, fee);
	t->fees = dec_add(t->fees, fee_base);
	t->exchanged = dec_add(t->exchanged, dec_sub(back, out));
	money_move(x, dec_neg(dec_add(in->amount, fee)),
	    dec_neg(dec_add(out, fee_base)));
	cash_move(x->a, other.currency, in->received, back);
	return (FAULT_NONE);
}

/* ---- income ------------------------------------------------------------ */

/* What remains of it after tax, and of its worth. */
struct net {
	dec	amount, base;
};

static struct net
income_book(struct act *x, dec gross)
{
	struct totals *t = &x->a->totals;
	dec tax = some(x->in->withheld);
	dec gross_base, tax_base;
	struct net n;

	if (dec_sign(gross) < 0)
		tax = dec_neg(tax);
	gross_base = to_base(x, gross);
	tax_base = to_base(x, tax);
	t->income = dec_add(t->income, gross_base);
	t->taxes = dec_add(t->taxes, tax_base);
	n.amount = dec_sub(gross, tax);
	n.base = dec_sub(gross_base, tax_base);
	if (x->h != NULL) {
		x->h = holding_touch(x->a, x->in->instrument);
		x->h->income = dec_add(x->h->income, n.amount);
		x->h->income_base = dec_add(x->h->income_base, n.base);
	}
	return (n);
}

enum fault_kind
interest_do(struct act *x)
{
	struct net n = income_book(x, x->in->amount);

	money_move(x, n.amount, n.base);
	return (FAULT_NONE);
}

/* Of what is short, it is owed. */
enum fault_kind
dividend_do(struct act *x)
{
	struct net n;

	if (!x->h->known)
		return (FAULT_NOT_HELD);
	n = income_book(x, dec_sign(x->h->quantity) < 0 ?
	    dec_neg(x->in->amount) : x->in->amount);
	money_move(x, n.amount, n.base);
	return (FAULT_NONE);
}

static enum fault_kind
units_come(struct act *x, dec cost, dec cost_base)
{
	struct lot_told t = { .origin = x->in->origin, .opened = x->in->on,
	    .quantity = x->in->quantity, .cost = cost,
	    .cost_base = cost_base };

	if (!dec_ok(cost) || !dec_ok(cost_base))
		return (FAULT_TOO_BIG);
	lot_open(x, x->in->instrument, &t);
	if (dec_sign(x->in->price) > 0)
		x->h->last_price = x->in->price;
	return (FAULT_NONE);
}

enum fault_kind
reinvestment_do(struct act *x)
{
	dec gross = act_gross(x);
	struct net n;

	if (!x->h->known)
		return (FAULT_NOT_HELD);
	if (dec_sign(x->h->quantity) < 0)
		return (FAULT_WRONG_SIDE);
	if (!dec_ok(gross))
		return (FAULT_TOO_BIG);
	if (dec_cmp(some(x->in->withheld), gross) > 0)
		return (FAULT_AMOUNT);
	n = income_book(x, gross);
	x->h->trades++;
	return (units_come(x, n.amount, n.base));
}

/* Units for nothing cost what they were worth as income. */
enum fault_kind
gift_do(struct act *x)
{
	dec gross = act_gross(x), tax = some(x->in->withheld);

	if (dec_sign(x->h->quantity) < 0)
		return (FAULT_WRONG_SIDE);
	if (!dec_ok(gross))
		return (FAULT_TOO_BIG);
	income_book(x, gross);
	money_move(x, dec_neg(tax), dec_neg(to_base(x, tax)));
	return (units_come(x, gross, to_base(x, gross)));
}
