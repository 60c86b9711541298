/*
 * The fold: one activity after another, each with the ledger as it stands.
 */
#include <stdlib.h>

#include "ledger/ledger.h"

const char *const activity_names[] = {
	"buy", "sell", "deposit", "withdrawal", "dividend", "interest",
	"fee", "tax", "split", NULL
};

const char *const fault_names[] = {
	"none", "more_than_held", "not_enough_cash", "not_held", "ratio",
	"too_big", NULL
};

void
ledger_open(struct ledger *l, int places, struct holding *holdings, size_t n)
{
	size_t i;

	*l = (struct ledger){ .places = places, .holdings = holdings, .n = n };
	l->cash = l->paid_in = l->paid_out = DEC_ZERO;
	l->realised = l->income = l->fees = l->taxes = DEC_ZERO;
	for (i = 0; i < n; i++)
		holdings[i] = (struct holding){
			.quantity = DEC_ZERO, .cost = DEC_ZERO,
			.realised = DEC_ZERO, .income = DEC_ZERO,
			.opened_on = DAY_NONE, .last_price = DEC_ZERO
		};
}

dec
trade_amount(dec quantity, dec price, int places)
{
	return (dec_round(dec_mul(quantity, price), places));
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
	case A_DIVIDEND:
	case A_INTEREST:
		return (dec_sub(a->amount, a->withheld));
	case A_WITHDRAWAL:
	case A_FEE:
	case A_TAX:
		return (dec_neg(a->amount));
	case A_SPLIT:
		break;
	}
	return (DEC_ZERO);
}

/* ---- one of each kind -------------------------------------------- */

static enum fault_kind
apply_buy(struct ledger *l, struct activity *a)
{
	struct holding *h = &l->holdings[a->instrument];
	struct holding next = *h;

	next.quantity = dec_add(h->quantity, a->quantity);
	next.cost = dec_add(h->cost, dec_add(a->amount, a->commission));
	if (!dec_ok(next.quantity) || !dec_ok(next.cost))
		return (FAULT_TOO_BIG);
	if (dec_sign(h->quantity) == 0)
		next.opened_on = a->on;
	next.trades++;
	next.last_price = a->price;
	*h = next;
	return (FAULT_NONE);
}

static dec
cost_taken(const struct ledger *l, const struct holding *h, dec quantity)
{
	if (dec_eq(quantity, h->quantity))
		return (h->cost);
	return (dec_round(dec_mul_div(h->cost, quantity, h->quantity),
	    l->places));
}

static enum fault_kind
apply_sell(struct ledger *l, struct activity *a, struct fault_found *fault)
{
	struct holding *h = &l->holdings[a->instrument];
	dec cost, gain;

	if (dec_cmp(a->quantity, h->quantity) > 0) {
		fault->held = h->quantity;
		fault->asked = a->quantity;
		fault->missing = dec_sub(a->quantity, h->quantity);
		return (FAULT_MORE_THAN_HELD);
	}
	cost = cost_taken(l, h, a->quantity);
	gain = dec_sub(dec_sub(a->amount, a->commission), cost);
	if (!dec_ok(cost) || !dec_ok(gain) ||
	    !dec_ok(dec_add(l->realised, gain)))
		return (FAULT_TOO_BIG);
	a->cost = cost;
	a->realised = gain;
	h->quantity = dec_sub(h->quantity, a->quantity);
	h->cost = dec_sub(h->cost, cost);
	h->realised = dec_add(h->realised, gain);
	h->trades++;
	h->last_price = a->price;
	l->realised = dec_add(l->realised, gain);
	if (dec_sign(h->quantity) == 0)
		h->opened_on = DAY_NONE;
	return (FAULT_NONE);
}

static enum fault_kind
apply_income(struct ledger *l, struct activity *a)
{
	struct holding *h;

	if (a->kind == A_DIVIDEND) {
		h = &l->holdings[a->instrument];
		if (h->trades == 0)
			return (FAULT_NOT_HELD);
		h->income = dec_add(h->income, dec_sub(a->amount,
		    a->withheld));
	}
	l->income = dec_add(l->income, a->amount);
	l->taxes = dec_add(l->taxes, a->withheld);
	return (FAULT_NONE);
}

/* Quantities and past prices change, cost does not. */
static enum fault_kind
apply_split(struct ledger *l, struct activity *a)
{
	struct holding *h = &l->holdings[a->instrument];
	dec n, d, quantity;

	if (a->numerator <= 0 || a->denominator <= 0)
		return (FAULT_RATIO);
	n = dec_of(a->numerator);
	d = dec_of(a->denominator);
	quantity = dec_mul_div(h->quantity, n, d);
	if (!dec_ok(quantity))
		return (FAULT_TOO_BIG);
	h->quantity = quantity;
	h->last_price = dec_mul_div(h->last_price, d, n);
	return (FAULT_NONE);
}

static enum fault_kind
apply_kind(struct ledger *l, struct activity *a, struct fault_found *fault)
{
	switch (a->kind) {
	case A_BUY:
		return (apply_buy(l, a));
	case A_SELL:
		return (apply_sell(l, a, fault));
	case A_DEPOSIT:
		l->paid_in = dec_add(l->paid_in, a->amount);
		return (FAULT_NONE);
	case A_WITHDRAWAL:
		l->paid_out = dec_add(l->paid_out, a->amount);
		return (FAULT_NONE);
	case A_DIVIDEND:
	case A_INTEREST:
		return (apply_income(l, a));
	case A_FEE:
		l->fees = dec_add(l->fees, a->amount);
		return (FAULT_NONE);
	case A_TAX:
		l->taxes = dec_add(l->taxes, a->amount);
		return (FAULT_NONE);
	case A_SPLIT:
		return (apply_split(l, a));
	}
	return (FAULT_NONE);
}

/* Gross sums stay within reach when cash and what was paid in do. */
static bool
within_reach(const struct ledger *l, const struct activity *a)
{
	return (dec_ok(a->amount) && dec_ok(a->commission) &&
	    dec_ok(a->withheld) &&
	    dec_ok(dec_add(l->cash, activity_cash(a))) &&
	    dec_ok(dec_add(l->paid_in, a->amount)) &&
	    dec_ok(dec_add(l->paid_out, a->amount)) &&
	    dec_ok(dec_add(l->income, a->amount)) &&
	    dec_ok(dec_add(l->fees, a->amount)) &&
	    dec_ok(dec_add(l->taxes, a->amount)));
}

enum fault_kind
ledger_apply(struct ledger *l, struct activity *a, struct fault_found *fault)
{
	enum fault_kind kind;

	a->realised = a->cost = DEC_NONE;
	kind = within_reach(l, a) ? apply_kind(l, a, fault) : FAULT_TOO_BIG;
	fault->kind = kind;
	if (kind == FAULT_NONE)
		l->cash = dec_add(l->cash, activity_cash(a));
	return (kind);
}

/* ---- all of them ------------------------------------------------- */

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
activity_cmp(const void *left, const void *right)
{
	const struct activity *a = left, *b = right;
	int c;

	if ((c = day_cmp(a->on, b->on)) != 0)
		return (c);
	if ((c = kind_rank(a->kind) - kind_rank(b->kind)) != 0)
		return (c);
	return (a->order < b->order ? -1 : a->order > b->order);
}

void
activities_sort(struct activity *a, size_t n)
{
	if (n > 1)
		qsort(a, n, sizeof(*a), activity_cmp);
}

static bool
day_ends(const struct activity *a, size_t i, size_t n)
{
	return (i + 1 == n || day_cmp(a[i].on, a[i + 1].on) != 0);
}

/* Money that is not there is told of the day's last activity that took it. */
static bool
cash_short(const struct ledger *l, const struct activity *a, size_t i,
    struct fault_found *fault)
{
	dec asked;

	if (dec_sign(l->cash) >= 0)
		return (false);
	while (i > 0 && dec_sign(activity_cash(&a[i])) >= 0 &&
	    day_cmp(a[i - 1].on, a[i].on) == 0)
		i--;
	asked = dec_neg(activity_cash(&a[i]));
	*fault = (struct fault_found){ .kind = FAULT_NOT_ENOUGH_CASH,
	    .activity = i, .held = dec_add(l->cash, asked), .asked = asked,
	    .missing = dec_neg(l->cash) };
	return (true);
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
		if (day_ends(a, i, n) && cash_short(l, a, i, fault))
			return (false);
	}
	fault->kind = FAULT_NONE;
	return (true);
}
