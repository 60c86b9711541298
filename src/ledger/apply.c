/*
 * One activity after another: is it one that can be, what is its currency
 * and rate, do it, and are all numbers still within reach. What is refused
 * half-way is taken back with its block, and left out when the block is done
 * again. When a day is over, its cash is looked at.
 */
#include "ledger/state.h"

/*
 * A thousand times the largest amount that is booked, and a hundredth of
 * where numeric(38, 18) ends.
 */
#define REACH	INT64_C(1000000000000000000)
#define ONE	INT64_C(1000000000000000000)

const char *const activity_names[] = {
	"buy", "sell", "deposit", "withdrawal", "dividend", "interest",
	"fee", "tax", "split", "short", "cover", "transfer_in",
	"transfer_out", "exchange", "reinvestment", "coupon",
	"stock_dividend", "spin_off", "merger", "rename",
	"return_of_capital", "staking", "bonus", NULL
};

const char *const fault_names[] = {
	"none", "more_than_held", "not_enough_cash", "not_held", "ratio",
	"too_big", "before_opening", "amount", "instrument", "currency",
	"no_rate", "no_price", "wrong_side", "unknown_lot", "lots", NULL
};

enum {
	UNITS = 1,	/* quantity > 0 */
	PRICED = 2,	/* price or amount, and commission */
	MONEY = 4,	/* amount >= 0 */
	INCOME = 8,	/* tax withheld, not more than the amount */
	THING = 16,	/* an instrument; its currency */
	OTHER = 32,	/* another one of the same currency */
	RATIO = 64
};

static const struct {
	enum fault_kind	(*run)(struct act *);
	int		 needs;
} kinds[] = {
	[A_BUY] = { buy_do, UNITS | PRICED | THING },
	[A_SELL] = { sell_do, UNITS | PRICED | THING },
	[A_SHORT] = { short_do, UNITS | PRICED | THING },
	[A_COVER] = { cover_do, UNITS | PRICED | THING },
	[A_DEPOSIT] = { deposit_do, MONEY },
	[A_WITHDRAWAL] = { withdrawal_do, MONEY },
	[A_TRANSFER_IN] = { transfer_in_do, UNITS | THING },
	[A_TRANSFER_OUT] = { transfer_out_do, UNITS | THING },
	[A_EXCHANGE] = { exchange_do, MONEY },
	[A_INTEREST] = { interest_do, MONEY | INCOME },
	[A_FEE] = { fee_do, MONEY },
	[A_TAX] = { tax_do, MONEY },
	[A_DIVIDEND] = { dividend_do, MONEY | INCOME | THING },
	[A_COUPON] = { dividend_do, MONEY | INCOME | THING },
	[A_REINVESTMENT] = { reinvestment_do, UNITS | THING },
	[A_STAKING] = { gift_do, UNITS | THING },
	[A_BONUS] = { gift_do, UNITS | THING },
	[A_SPLIT] = { split_do, THING | RATIO },
	[A_STOCK_DIVIDEND] = { stock_dividend_do, THING },
	[A_SPIN_OFF] = { spin_off_do, THING | OTHER | RATIO },
	[A_MERGER] = { merger_do, THING | OTHER | RATIO },
	[A_RENAME] = { rename_do, THING | OTHER },
	[A_RETURN_OF_CAPITAL] = { return_of_capital_do, THING | MONEY },
};

enum fault_kind
refuse(struct act *x, enum fault_kind kind, dec held, dec asked)
{
	x->fault.held = held;
	x->fault.asked = asked;
	x->fault.missing = dec_sub(asked, held);
	return (kind);
}

/* ---- rates ------------------------------------------------------------- */

/* How many closes there are up to a day; `hint` of the time before. */
static size_t
closes_up_to(const struct closes *c, day on, size_t hint)
{
	size_t low = 0, high = c->n, mid;

	if (hint <= c->n && (hint == 0 ||
	    day_cmp(c->v[hint - 1].on, on) <= 0)) {
		if (hint == c->n || day_cmp(c->v[hint].on, on) > 0)
			return (hint);
		low = hint + 1;
	}
	while (low < high) {
		mid = low + (high - low) / 2;
		if (day_cmp(c->v[mid].on, on) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

bool
rate_on(struct account *a, size_t currency, day on, dec *rate)
{
	struct purse *p = &a->purses.v[currency];
	size_t i;

	*rate = dec_of(1);
	if (currency == 0)
		return (true);
	if (p->rates == NULL)
		return (false);
	p->hint = i = closes_up_to(p->rates, on, p->hint);
	if (i == 0)
		return (false);
	*rate = p->rates->v[i - 1].price;
	return (close_age(&p->rates->v[i - 1], on) <= CARRY_DAYS);
}

dec
to_base(const struct act *x, dec amount)
{
	return (x->currency == 0 ? amount :
	    dec_mul_round(amount, x->rate, x->a->purses.v[0].places));
}

void
cash_move(struct account *a, size_t currency, dec amount, dec book)
{
	struct cash *c = cash_touch(a, currency);

	c->amount = dec_add(c->amount, amount);
	c->book = dec_add(c->book, book);
}

void
money_move(struct act *x, dec amount, dec base)
{
	if (x->s != NULL && x->s->home)
		cash_move(x->a, 0, base, base);
	else
		cash_move(x->a, x->currency, amount, base);
}

/* ---- can it be --------------------------------------------------------- */

/* 0 <= d; no number is none. */
static bool
at_least_zero(dec d)
{
	return (d.v >= 0 || !dec_ok(d));
}

static enum fault_kind
amounts_check(const struct activity *in, int needs)
{
	if ((needs & UNITS) != 0 && dec_sign(in->quantity) <= 0)
		return (FAULT_AMOUNT);
	if ((needs & MONEY) != 0 && (!dec_ok(in->amount) ||
	    dec_sign(in->amount) < 0))
		return (FAULT_AMOUNT);
	if ((needs & PRICED) != 0 && (!at_least_zero(in->commission) ||
	    !at_least_zero(in->accrued)))
		return (FAULT_AMOUNT);
	if ((needs & INCOME) != 0 &&
	    dec_cmp(some(in->withheld), in->amount) > 0)
		return (FAULT_AMOUNT);
	if (!at_least_zero(in->price) || !at_least_zero(in->amount) ||
	    !at_least_zero(in->withheld) || !at_least_zero(in->rate))
		return (FAULT_AMOUNT);
	if ((needs & RATIO) != 0 &&
	    (in->numerator <= 0 || in->denominator <= 0))
		return (FAULT_RATIO);
	return (FAULT_NONE);
}

static enum fault_kind
thing_check(struct act *x, int needs)
{
	const struct activity *in = x->in;
	const struct account *a = x->a;

	if (in->instrument >= a->securities.n)
		return (FAULT_INSTRUMENT);
	x->s = &a->securities.v[in->instrument];
	x->h = &a->holdings.v[in->instrument];
	x->currency = x->s->currency;
	if ((needs & OTHER) == 0)
		return (FAULT_NONE);
	if (in->into >= a->securities.n || in->into == in->instrument)
		return (FAULT_INSTRUMENT);
	return (a->securities.v[in->into].currency != x->currency ?
	    FAULT_CURRENCY : FAULT_NONE);
}

/* A transfer of nothing is one of cash. */
static int
needs_of(const struct activity *in)
{
	if ((in->kind == A_TRANSFER_IN || in->kind == A_TRANSFER_OUT) &&
	    dec_sign(in->quantity) == 0)
		return (MONEY);
	return (kinds[in->kind].needs);
}

static enum fault_kind
act_check(struct act *x)
{
	const struct activity *in = x->in;
	int needs = needs_of(in);
	enum fault_kind kind;

	if (day_ok(x->a->since) && day_cmp(in->on, x->a->since) < 0)
		return (FAULT_BEFORE_OPENING);
	x->currency = in->currency;
	if ((needs & THING) != 0 &&
	    (kind = thing_check(x, needs)) != FAULT_NONE)
		return (kind);
	if (x->currency >= x->a->purses.n)
		return (FAULT_CURRENCY);
	if ((kind = amounts_check(in, needs)) != FAULT_NONE)
		return (kind);
	x->places = x->a->purses.v[x->currency].places;
	if (x->currency != 0 && dec_sign(in->rate) > 0)
		x->rate = in->rate;
	else if (!rate_on(x->a, x->currency, in->on, &x->rate))
		return (FAULT_NO_RATE);
	return (FAULT_NONE);
}

/* ---- is all within reach ----------------------------------------------- */

static bool
in_reach(const dec *d, size_t n)
{
	const __int128 most = (__int128)REACH * ONE;
	size_t i;

	for (i = 0; i < n; i++)
		if (d[i].v > most || d[i].v < -most)
			return (false);
	return (true);
}

#define IN_REACH(...)	in_reach((const dec[]){ __VA_ARGS__ },		\
	    sizeof((const dec[]){ __VA_ARGS__ }) / sizeof(dec))

static bool
holding_in_reach(const struct holding *h)
{
	return (IN_REACH(h->quantity, h->cost, h->cost_base, h->realised,
	    h->realised_base, h->price_effect, h->income, h->income_base,
	    h->last_price));
}

static bool
cash_in_reach(const struct account *a, size_t currency)
{
	const struct cash *c = &a->purses.v[currency].cash;

	return (IN_REACH(c->amount, c->book));
}

static bool
all_in_reach(const struct act *x)
{
	const struct account *a = x->a;
	const struct totals *t = &a->totals;

	if (!cash_in_reach(a, x->currency) || !cash_in_reach(a, 0) ||
	    (x->in->kind == A_EXCHANGE &&
	    !cash_in_reach(a, x->in->currency_into)))
		return (false);
	if (!IN_REACH(t->paid_in, t->paid_out, t->moved_in,
	    t->moved_out, t->realised, t->price_effect,
	    t->income, t->fees, t->taxes, t->exchanged, t->carried))
		return (false);
	if (x->h == NULL)
		return (true);
	return (holding_in_reach(x->h) &&
	    ((needs_of(x->in) & OTHER) == 0 ||
	    holding_in_reach(&a->holdings.v[x->in->into])));
}

/* ---- a day's cash ------------------------------------------------------ */

static dec
after_tax(const struct activity *in)
{
	return (dec_sub(in->amount, some(in->withheld)));
}

/* What a trade does to cash: `side` is 1 for what takes. */
static dec
trade_takes(const struct act *x, int side)
{
	const struct activity *in = x->in;
	dec sum = dec_add(act_gross(x), some(in->accrued));

	sum = side > 0 ? sum : dec_neg(sum);
	return (dec_add(dec_add(sum, some(in->commission)),
	    some(in->withheld)));
}

static dec
activity_takes(const struct act *x)
{
	const struct activity *in = x->in;

	switch (in->kind) {
	case A_BUY:
	case A_COVER:
		return (trade_takes(x, 1));
	case A_SELL:
	case A_SHORT:
		return (trade_takes(x, -1));
	case A_WITHDRAWAL:
	case A_FEE:
	case A_TAX:
		return (in->amount);
	case A_EXCHANGE:
		return (dec_add(in->amount, some(in->commission)));
	case A_TRANSFER_OUT:
		return (dec_sign(in->quantity) > 0 ? DEC_ZERO : in->amount);
	case A_DIVIDEND:
	case A_COUPON:
		return (dec_sign(x->h->quantity) < 0 ? after_tax(in) :
		    DEC_ZERO);
	case A_STAKING:
	case A_BONUS:
		return (some(in->withheld));
	default:
		return (DEC_ZERO);
	}
}

/* What was taken of a currency; what brought some is not of interest. */
static dec
cash_taken(struct account *a, const struct activity *in, size_t currency)
{
	struct act x = { .a = a, .in = in, .currency = in->currency };
	bool home = false;

	if ((needs_of(in) & THING) != 0) {
		x.s = &a->securities.v[in->instrument];
		x.h = &a->holdings.v[in->instrument];
		x.currency = x.s->currency;
		home = x.s->home;
	}
	if ((home ? 0 : x.currency) != currency)
		return (DEC_ZERO);
	x.places = a->purses.v[x.currency].places;
	if (!home)
		return (activity_takes(&x));
	if (dec_sign(in->rate) > 0)
		x.rate = in->rate;
	else if (!rate_on(a, x.currency, in->on, &x.rate))
		return (DEC_ZERO);
	return (to_base(&x, activity_takes(&x)));
}

static bool
was_refused(const struct account *a, const struct activity *in)
{
	size_t i;

	for (i = a->told; i > 0; i--) {
		if (day_cmp(a->faults.v[i - 1].on, in->on) != 0)
			break;
		if (a->faults.v[i - 1].origin == in->origin)
			return (true);
	}
	return (false);
}

/*
 * Going back, what was taken is put back until there is enough: the first
 * taker that found too little is told.
 */
static void
cash_tell(struct account *a, size_t currency)
{
	struct ledger_fault found = { .kind = FAULT_NONE };
	dec pot = a->purses.v[currency].cash.amount, taken;
	const struct activity *in;
	size_t i;

	for (i = a->done; i > a->day_first && dec_sign(pot) < 0; i--) {
		in = a->order.v[i - 1];
		taken = was_refused(a, in) ? DEC_ZERO :
		    cash_taken(a, in, currency);
		if (dec_sign(taken) <= 0)
			continue;
		pot = dec_add(pot, taken);
		found = (struct ledger_fault){ FAULT_NOT_ENOUGH_CASH,
		    in->origin, in->on, pot, taken, dec_sub(taken, pot) };
	}
	if (found.kind != FAULT_NONE)
		COLUMN_ADD(a->mem, &a->faults) = found;
}

void
day_tell(struct account *a)
{
	size_t i;

	if (a->margin || a->done == a->day_first)
		return;
	for (i = 0; i < a->purses.n; i++)
		if (dec_sign(a->purses.v[i].cash.amount) < 0)
			cash_tell(a, i);
}

/* ---- the step ---------------------------------------------------------- */

static void
day_begin(struct account *a, day on)
{
	size_t i;

	if (day_ok(a->on)) {
		day_tell(a);
		a->told = a->faults.n;
	}
	a->on = on;
	a->day_first = a->done;
	a->method = COST_FIFO;
	for (i = 0; i < a->methods.n &&
	    day_cmp(a->methods.v[i].from, on) <= 0; i++)
		a->method = a->methods.v[i].method;
}

static void
fault_add(struct account *a, const struct ledger_fault *f)
{
	a->faults.n = a->told;
	COLUMN_ADD(a->mem, &a->faults) = *f;
	a->told = a->faults.n;
}

/* Back to the block's beginning and here again, but for the last one. */
static void
refuse_late(struct account *a, const struct ledger_fault *f)
{
	size_t at = a->done, in_block = at % BLOCK;
	uint64_t late = a->late;

	block_rewind(a, at);
	a->late_faults[in_block] = *f;
	block_begin(a);
	a->late = late | (uint64_t)1 << in_block;
	while (a->done <= at)
		account_step(a);
}

enum fault_kind
account_step(struct account *a)
{
	const struct activity *in = a->order.v[a->done];
	size_t in_block = a->done % BLOCK;
	struct act x = { .a = a, .in = in, .fault = { .origin = in->origin,
	    .on = in->on, .held = DEC_NONE, .asked = DEC_NONE,
	    .missing = DEC_NONE } };

	if (in_block == 0 && a->blocks.n == a->done / BLOCK)
		block_begin(a);
	a->faults.n = a->told;
	if (day_cmp(in->on, a->on) != 0)
		day_begin(a, in->on);
	if ((a->late >> in_block & 1) != 0) {
		x.fault = a->late_faults[in_block];
		fault_add(a, &x.fault);
		a->done++;
		return (x.fault.kind);
	}
	a->changed = false;
	x.fault.kind = act_check(&x);
	if (x.fault.kind == FAULT_NONE)
		x.fault.kind = kinds[in->kind].run(&x);
	if (x.fault.kind == FAULT_NONE && !all_in_reach(&x))
		x.fault.kind = FAULT_TOO_BIG;
	if (x.fault.kind != FAULT_NONE && a->changed) {
		refuse_late(a, &x.fault);
		return (x.fault.kind);
	}
	if (x.fault.kind != FAULT_NONE)
		fault_add(a, &x.fault);
	a->done++;
	return (x.fault.kind);
}
