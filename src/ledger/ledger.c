/*
 * The fold: one activity after another, each done to a copy of what it
 * touches. The copy is kept if all its numbers are within reach, so that
 * nothing is half-done; DEC_NONE is handed on until then.
 */
#include <stdlib.h>

#include "ledger/ledger.h"

/*
 * A thousand times the largest amount that is booked, and a hundredth of
 * where numeric(38, 18) ends.
 */
#define REACH	INT64_C(1000000000000000000)

static const struct holding holding_none = {
	.quantity = DEC_ZERO, .cost = DEC_ZERO, .realised = DEC_ZERO,
	.income = DEC_ZERO, .opened_on = DAY_NONE, .last_price = DEC_ZERO
};

void
ledger_open(struct ledger *l, int places, struct holding *holdings, size_t n)
{
	size_t i;

	*l = (struct ledger){ .places = places, .holdings = holdings, .n = n };
	l->cash = l->paid_in = l->paid_out = DEC_ZERO;
	l->realised = l->income = l->fees = l->taxes = DEC_ZERO;
	for (i = 0; i < n; i++)
		holdings[i] = holding_none;
}

dec
trade_amount(dec quantity, dec price, int places)
{
	return (dec_mul_round(quantity, price, places));
}

dec
activity_cash(const struct activity *a)
{
	switch (a->kind) {
	case A_BUY:
		return (dec_neg(dec_add(a->amount, a->commission)));
	case A_SELL:
		return (dec_sub(a->amount, a->commission));
	case A_DEPOSIT:
		return (a->amount);
	case A_DIVIDEND:
	case A_INTEREST:
		return (dec_sub(a->amount, a->withheld));
	case A_WITHDRAWAL:
	case A_FEE:
	case A_TAX:
		return (dec_neg(a->amount));
	default:
		break;
	}
	return (DEC_ZERO);
}

/* ---- one of each kind -------------------------------------------------- */

static void
gain_book(struct ledger *l, struct holding *h, dec gain)
{
	h->realised = dec_add(h->realised, gain);
	l->realised = dec_add(l->realised, gain);
}

static void
buy_apply(struct holding *h, const struct activity *a)
{
	if (dec_sign(h->quantity) == 0)
		h->opened_on = a->on;
	h->quantity = dec_add(h->quantity, a->quantity);
	h->cost = dec_add(h->cost, dec_add(a->amount, a->commission));
	h->last_price = a->price;
	h->trades++;
}

/* The cost of `sold` units where `left` others stay. */
static dec
cost_share(dec cost, dec sold, dec left, int places)
{
	const dec weights[] = { sold, left };
	dec parts[2];

	return (dec_allocate(cost, weights, 2, places, parts) == OK ?
	    parts[0] : DEC_NONE);
}

static enum fault_kind
sell_apply(struct ledger *l, struct holding *h, struct activity *a,
    struct fault_found *fault)
{
	dec left = dec_sub(h->quantity, a->quantity);

	if (dec_sign(left) < 0) {
		fault->held = h->quantity;
		fault->asked = a->quantity;
		fault->missing = dec_neg(left);
		return (FAULT_MORE_THAN_HELD);
	}
	a->cost = cost_share(h->cost, a->quantity, left, l->places);
	a->realised = dec_sub(dec_sub(a->amount, a->commission), a->cost);
	gain_book(l, h, a->realised);
	h->quantity = left;
	h->cost = dec_sub(h->cost, a->cost);
	h->last_price = a->price;
	h->trades++;
	if (dec_sign(left) == 0)
		h->opened_on = DAY_NONE;
	return (FAULT_NONE);
}

static enum fault_kind
dividend_apply(struct holding *h, const struct activity *a)
{
	if (h->trades == 0)
		return (FAULT_NOT_HELD);
	h->income = dec_add(h->income, dec_sub(a->amount, a->withheld));
	return (FAULT_NONE);
}

/* Units and past prices change, cost does not. */
static enum fault_kind
split_apply(struct ledger *l, struct holding *h, const struct activity *a)
{
	dec n = dec_of(a->numerator), d = dec_of(a->denominator);

	if (a->numerator <= 0 || a->denominator <= 0)
		return (FAULT_RATIO);
	h->quantity = dec_mul_div(h->quantity, n, d);
	h->last_price = dec_mul_div(h->last_price, d, n);
	if (dec_eq(h->quantity, DEC_ZERO)) {
		gain_book(l, h, dec_neg(h->cost));
		h->cost = DEC_ZERO;
		h->opened_on = DAY_NONE;
	}
	return (FAULT_NONE);
}

static void
income_apply(struct ledger *l, const struct activity *a)
{
	l->income = dec_add(l->income, a->amount);
	l->taxes = dec_add(l->taxes, a->withheld);
}

static bool
has_instrument(enum activity_kind k)
{
	return (k == A_BUY || k == A_SELL || k == A_DIVIDEND || k == A_SPLIT);
}

static enum fault_kind
holding_apply(struct ledger *l, struct holding *h, struct activity *a,
    struct fault_found *fault)
{
	switch (a->kind) {
	case A_BUY:
		buy_apply(h, a);
		break;
	case A_SELL:
		return (sell_apply(l, h, a, fault));
	case A_DIVIDEND:
		income_apply(l, a);
		return (dividend_apply(h, a));
	case A_SPLIT:
		return (split_apply(l, h, a));
	default:
		break;
	}
	return (FAULT_NONE);
}

static void
money_apply(struct ledger *l, const struct activity *a)
{
	switch (a->kind) {
	case A_DEPOSIT:
		l->paid_in = dec_add(l->paid_in, a->amount);
		break;
	case A_WITHDRAWAL:
		l->paid_out = dec_add(l->paid_out, a->amount);
		break;
	case A_INTEREST:
		income_apply(l, a);
		break;
	case A_FEE:
		l->fees = dec_add(l->fees, a->amount);
		break;
	case A_TAX:
		l->taxes = dec_add(l->taxes, a->amount);
		break;
	default:
		break;
	}
}

static bool
in_reach(const dec *d, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!dec_ok(d[i]) || dec_cmp(dec_abs(d[i]), dec_of(REACH)) > 0)
			return (false);
	return (true);
}

#define IN_REACH(...)	in_reach((const dec[]){ __VA_ARGS__ },		\
	    sizeof((const dec[]){ __VA_ARGS__ }) / sizeof(dec))

static bool
all_in_reach(const struct ledger *l, const struct holding *h)
{
	return (IN_REACH(l->cash, l->paid_in, l->paid_out, l->realised,
	    l->income, l->fees, l->taxes) &&
	    IN_REACH(h->quantity, h->cost, h->realised, h->income,
	    h->last_price));
}

enum fault_kind
ledger_apply(struct ledger *l, struct activity *a, struct fault_found *fault)
{
	struct ledger next = *l;
	struct holding h = has_instrument(a->kind) ?
	    l->holdings[a->instrument] : holding_none;

	*fault = (struct fault_found){ .held = DEC_NONE, .asked = DEC_NONE,
	    .missing = DEC_NONE };
	a->realised = a->cost = DEC_NONE;
	next.cash = dec_add(l->cash, activity_cash(a));
	money_apply(&next, a);
	fault->kind = holding_apply(&next, &h, a, fault);
	if (fault->kind == FAULT_NONE && !all_in_reach(&next, &h))
		fault->kind = FAULT_TOO_BIG;
	if (fault->kind != FAULT_NONE) {
		a->realised = a->cost = DEC_NONE;
		return (fault->kind);
	}
	*l = next;
	if (has_instrument(a->kind))
		l->holdings[a->instrument] = h;
	return (FAULT_NONE);
}

/* ---- all of them ------------------------------------------------------- */

static int
kind_rank(enum activity_kind k)
{
	static const int ranks[] = {
		[A_SPLIT] = 0, [A_DEPOSIT] = 1, [A_BUY] = 2,
		[A_DIVIDEND] = 3, [A_INTEREST] = 3, [A_FEE] = 4, [A_TAX] = 4,
		[A_SELL] = 5, [A_WITHDRAWAL] = 6
	};

	return (ranks[k]);
}

static int
by_time(const void *left, const void *right)
{
	const struct activity *a = left, *b = right;
	int c;

	if ((c = day_cmp(a->on, b->on)) != 0)
		return (c);
	if ((c = kind_rank(a->kind) - kind_rank(b->kind)) != 0)
		return (c);
	return ((a->order > b->order) - (a->order < b->order));
}

void
activities_sort(struct activity *a, size_t n)
{
	if (n > 1)
		qsort(a, n, sizeof(*a), by_time);
}

static bool
day_ends(const struct activity *a, size_t i, size_t n)
{
	return (i + 1 == n || day_cmp(a[i].on, a[i + 1].on) != 0);
}

/*
 * The day that ends with a[i] has left cash below zero. Going back, what was
 * taken is put back until there is enough: the first taker that found too
 * little is told.
 */
static void
cash_short(const struct ledger *l, const struct activity *a, size_t i,
    struct fault_found *fault)
{
	dec pot = l->cash, taken;

	for (;; i--) {
		taken = dec_neg(activity_cash(&a[i]));
		if (dec_sign(taken) <= 0)
			continue;
		pot = dec_add(pot, taken);
		if (dec_sign(pot) >= 0)
			break;
	}
	*fault = (struct fault_found){ .kind = FAULT_NOT_ENOUGH_CASH,
	    .activity = i, .held = pot, .asked = taken,
	    .missing = dec_sub(taken, pot) };
}

bool
ledger_fold(struct ledger *l, struct activity *a, size_t n,
    struct fault_found *fault)
{
	size_t i;

	activities_sort(a, n);
	for (i = 0; i < n; i++) {
		if (ledger_apply(l, &a[i], fault) != FAULT_NONE) {
			fault->activity = i;
			return (false);
		}
		if (day_ends(a, i, n) && dec_sign(l->cash) < 0) {
			cash_short(l, a, i, fault);
			return (false);
		}
	}
	*fault = (struct fault_found){ .kind = FAULT_NONE };
	return (true);
}
