/*
 * Recording: entries are checked against what they are about, join the book,
 * and stand if the ledger can fold them. Nothing is half-written, and what
 * is refused is told in a sentence with the amounts.
 */
#include <stdlib.h>
#include <string.h>

#include "market/market.h"
#include "portfolio/book.h"

#include "portfolio_sql.h"

#define MOST_AMOUNT	INT64_C(1000000000000000)

/* What is being recorded, and where to say what is wrong with it. */
struct desk {
	struct book	 b;
	struct call	*c;		/* or NULL */
	const struct entry *e;
	uuid		instrument, into;
	str		currency;	/* of the entry's amounts */
	dec		rate;		/* or none: the portfolio's own */
};

/* Members of the bodies that activities come in. */
static const struct {
	const char	*amount, *day;
} pointers[] = {
	[A_BUY] = { "/quantity", "/traded_on" },
	[A_SELL] = { "/quantity", "/traded_on" },
	[A_DEPOSIT] = { "/amount", "/on" },
	[A_WITHDRAWAL] = { "/amount", "/on" },
	[A_DIVIDEND] = { "/amount", "/paid_on" },
	[A_INTEREST] = { "/amount", "/on" },
	[A_FEE] = { "/amount", "/on" },
	[A_TAX] = { "/amount", "/on" },
	[A_TRANSFER_IN] = { "/quantity", "/on" },
	[A_TRANSFER_OUT] = { "/quantity", "/on" },
	[A_REINVESTMENT] = { "/amount", "/on" },
	[A_STOCK_DIVIDEND] = { "/quantity", "/on" },
	[A_SPIN_OFF] = { "/amount", "/on" },
	[A_MERGER] = { "/amount", "/on" },
	[A_RENAME] = { "/symbol", "/on" },
	[A_RETURN_OF_CAPITAL] = { "/amount", "/on" },
	[A_STAKING] = { "/quantity", "/on" },
	[A_BONUS] = { "/quantity", "/on" },
};

/* With a call the fault is noted with its pointer, else as a sentence. */
#define REFUSE(d, pointer, code, ...) ((d)->c != NULL ?			\
	fault((d)->c, (pointer), (code), __VA_ARGS__) :			\
	flow_fault((d)->b.f, E_INVALID, __VA_ARGS__))

/* ---- one entry --------------------------------------------------------- */

static bool
is_trade(int kind)
{
	return (kind == A_BUY || kind == A_SELL);
}

static enum err
day_check(struct desk *d)
{
	const char *pointer = pointers[d->e->kind].day;
	day opened = d->b.portfolio.opened_on;
	char on[DAY_TEXT_MAX], since[DAY_TEXT_MAX];

	day_print(d->e->on, on);
	/* Tomorrow has begun already, somewhere. */
	if (day_cmp(d->e->on, day_add(day_today(), 1)) > 0)
		return (REFUSE(d, pointer, "future", "%s is in the future",
		    on));
	if (day_cmp(d->e->on, day_of(1900, 1, 1)) < 0)
		return (REFUSE(d, pointer, "out_of_range",
		    "%s is before 1900", on));
	if (!day_ok(opened) || day_cmp(d->e->on, opened) >= 0)
		return (OK);
	day_print(opened, since);
	return (REFUSE(d, pointer, "before_opening",
	    "%s is before the portfolio was opened, on %s", on, since));
}

static enum err
symbol_check(struct desk *d, str symbol, const char *pointer, uuid *id,
    str *currency)
{
	struct instrument in;
	enum err e;

	e = market_find(d->b.f, symbol, &in);
	if (e == E_NOT_FOUND)
		return (REFUSE(d, pointer, "unknown",
		    "no instrument is called %.*s", STR_ARG(symbol)));
	if (e != OK)
		return (e);
	*id = in.id;
	*currency = in.currency;
	return (OK);
}

/* What one of its currency was worth that day: as told, or as the market
 * knows. */
static enum err
rate_check(struct desk *d)
{
	str own = d->b.portfolio.currency;
	char on[DAY_TEXT_MAX];
	struct fx_quotient q;
	enum err e;

	d->rate = dec_sign(d->e->rate) > 0 ? d->e->rate : DEC_NONE;
	if (str_eq(d->currency, own))
		return (!dec_ok(d->rate) ? OK : REFUSE(d, "/rate",
		    "not_needed", "%.*s is the portfolio's own currency",
		    STR_ARG(own)));
	if (dec_ok(d->rate))
		return (OK);
	e = market_fx(d->b.f, d->currency, own, d->e->on, &q);
	if (e == OK)
		d->rate = dec_div(q.numerator, q.denominator);
	if (e == E_NOT_FOUND) {
		d->b.f->fault = NULL;
		day_print(d->e->on, on);
		return (REFUSE(d, "/rate", "no_rate", "%.*s is quoted in "
		    "%.*s, and no rate to %.*s is known for %s: tell one",
		    STR_ARG(d->e->symbol), STR_ARG(d->currency), STR_ARG(own),
		    on));
	}
	return (e);
}

static bool
is_cash(int kind)
{
	return (kind == A_DEPOSIT || kind == A_WITHDRAWAL ||
	    kind == A_INTEREST || kind == A_FEE || kind == A_TAX);
}

static bool
has_other(int kind)
{
	return (kind == A_SPIN_OFF || kind == A_MERGER || kind == A_RENAME);
}

static enum err
instrument_check(struct desk *d)
{
	str other;

	d->instrument = d->into = UUID_NONE;
	d->currency = d->b.portfolio.currency;
	d->rate = DEC_NONE;
	if (is_cash(d->e->kind))
		return (OK);
	TRY(symbol_check(d, d->e->symbol, "/symbol", &d->instrument,
	    &d->currency));
	TRY(rate_check(d));
	if (!has_other(d->e->kind))
		return (OK);
	TRY(symbol_check(d, d->e->into, "/into", &d->into, &other));
	if (uuid_eq(d->instrument, d->into))
		return (REFUSE(d, "/into", "same", "it is the same one"));
	if (!str_eq(other, d->currency))
		return (REFUSE(d, "/into", "currency",
		    "%.*s is quoted in %.*s, %.*s in %.*s",
		    STR_ARG(d->e->symbol), STR_ARG(d->currency),
		    STR_ARG(d->e->into), STR_ARG(other)));
	return (OK);
}

static enum err
money_check(struct desk *d, const char *pointer, dec amount)
{
	str currency = d->currency;
	int places = currency_places(currency);

	if (!dec_ok(amount) || dec_cmp(amount, dec_of(MOST_AMOUNT)) > 0)
		return (REFUSE(d, pointer, "out_of_range",
		    "the amount comes to more than 10^15"));
	if (!dec_eq(dec_round(amount, places), amount))
		return (REFUSE(d, pointer, "too_precise",
		    "%.*s has %d decimals", STR_ARG(currency), places));
	return (OK);
}

static enum err
amounts_check(struct desk *d, const struct kept_activity *k)
{
	TRY(money_check(d, pointers[k->kind].amount, k->amount));
	TRY(money_check(d, "/commission", k->commission));
	TRY(money_check(d, "/withheld", k->withheld));
	if (dec_ok(k->received))
		TRY(money_check(d, "/received", k->received));
	if (dec_cmp(k->withheld, k->amount) > 0)
		return (REFUSE(d, "/withheld", "out_of_range",
		    "the tax withheld is more than the amount"));
	return (OK);
}

static dec
none_is_zero(dec d)
{
	return (dec_ok(d) ? d : DEC_ZERO);
}

/* What is neither a trade nor cash: units, ratios, and what goes along. */
static void
kept_other(const struct desk *d, struct kept_activity *k)
{
	const struct entry *e = d->e;

	k->quantity = e->quantity;
	k->price = e->price;
	k->amount = none_is_zero(e->amount);
	k->withheld = none_is_zero(e->withheld);
	k->numerator = e->numerator;
	k->denominator = e->denominator;
	k->price_into = e->price_into;
	k->received = e->received;
	k->acquired_on = e->acquired_on;
	if ((e->kind == A_STAKING || e->kind == A_BONUS) && dec_ok(e->price))
		k->amount = trade_amount(e->quantity, e->price,
		    currency_places(d->currency));
}

/* The row of an entry; what its kind has no use for is left out. */
static struct kept_activity
kept_of(const struct desk *d, uuid id)
{
	const struct entry *e = d->e;
	struct kept_activity k = {
		.id = id, .kind = e->kind, .on_day = e->on,
		.quantity = DEC_NONE, .price = DEC_NONE, .amount = e->amount,
		.commission = DEC_ZERO, .withheld = DEC_ZERO,
		.realised = DEC_NONE, .cost = DEC_NONE, .note = e->note,
		.price_into = DEC_NONE, .received = DEC_NONE,
		.acquired_on = DAY_NONE, .instrument_id = d->instrument,
		.into_id = d->into, .rate = d->rate,
		.realised_base = DEC_NONE
	};

	if (is_trade(e->kind)) {
		k.quantity = e->quantity;
		k.price = e->price;
		k.amount = trade_amount(e->quantity, e->price,
		    currency_places(d->currency));
		k.commission = none_is_zero(e->commission);
		k.picks = e->picks;
		k.pick_n = e->pick_n;
	} else if (e->kind == A_DIVIDEND || e->kind == A_INTEREST)
		k.withheld = none_is_zero(e->withheld);
	else if (!is_cash(e->kind))
		kept_other(d, &k);
	return (k);
}

static enum err
entry_add(struct desk *d, uuid id)
{
	struct kept_activity k;

	TRY(day_check(d));
	TRY(instrument_check(d));
	k = kept_of(d, id);
	TRY(amounts_check(d, &k));
	book_add(&d->b, &k);
	return (OK);
}

/* ---- what the fold refused, in words ----------------------------------- */

struct called {
	str	symbol;
};

static const struct field called_fields[] = {
	MUST(called, symbol, "Symbol."),
	FIELDS_END
};

/* Words for the amounts of a fault. */
struct told {
	char	held[DEC_TEXT_MAX], asked[DEC_TEXT_MAX];
	char	missing[DEC_TEXT_MAX], on[DAY_TEXT_MAX];
	str	symbol;
};

static void
units_tell(const struct ledger_fault *ff, struct told *t)
{
	dec_print(ff->held, t->held);
	dec_print(ff->asked, t->asked);
	dec_print(ff->missing, t->missing);
}

static void
money_tell(const struct ledger_fault *ff, int places, struct told *t)
{
	dec_print_places(ff->held, places, t->held);
	dec_print_places(ff->asked, places, t->asked);
	dec_print_places(ff->missing, places, t->missing);
}

static enum err
symbol_tell(struct flow *f, uuid instrument, struct told *t)
{
	struct called called;

	TRY(store_row(f, &sql_instrument_symbol, SHAPE(called), &called,
	    UUID(instrument)));
	t->symbol = called.symbol;
	return (OK);
}

static enum err
sale_refused(struct desk *d, const struct kept_activity *k, struct told *t)
{
	TRY(symbol_tell(d->b.f, k->instrument_id, t));
	units_tell(&d->b.fault, t);
	if (k->pick_n > 0 && k->fresh)
		return (REFUSE(d, "/lots", "more_than_held", "%.*s: %s held "
		    "on %s, or left of a lot, %s to be sold: %s too many",
		    STR_ARG(t->symbol), t->held, t->on, t->asked,
		    t->missing));
	return (REFUSE(d, pointers[d->e->kind].amount, "more_than_held",
	    k->fresh ? "%.*s: %s held on %s, %s to be sold: %s too many" :
	    "%.*s: %s would be held on %s, when %s were sold: %s too many",
	    STR_ARG(t->symbol), t->held, t->on, t->asked, t->missing));
}

static enum err
cash_refused(struct desk *d, const struct kept_activity *k, struct told *t)
{
	str currency = d->b.portfolio.currency;

	money_tell(&d->b.fault, currency_places(currency), t);
	return (REFUSE(d, pointers[d->e->kind].amount, "not_enough_cash",
	    k->fresh ? "%s %.*s in cash on %s, %s needed: %s short" :
	    "%s %.*s would be in cash on %s, when %s were needed: %s short",
	    t->held, STR_ARG(currency), t->on, t->asked, t->missing));
}

static enum err
unheld_refused(struct desk *d, const struct kept_activity *k,
    struct told *t)
{
	TRY(symbol_tell(d->b.f, k->instrument_id, t));
	if (k->kind != A_DIVIDEND)
		return (REFUSE(d, "/symbol", "not_held", k->fresh ?
		    "%.*s: nothing held on %s" :
		    "%.*s: nothing would be held on %s, when something was "
		    "done to it", STR_ARG(t->symbol), t->on));
	return (REFUSE(d, "/symbol", "not_held", k->fresh ?
	    "%.*s: never held up to %s" :
	    "%.*s: would never have been held up to %s, when it paid a "
	    "dividend", STR_ARG(t->symbol), t->on));
}

static enum err
fold_refused(struct desk *d)
{
	const struct ledger_fault *ff = &d->b.fault;
	const struct kept_activity *k;
	struct told t;

	if (ff->origin >= d->b.n)
		return (REFUSE(d, pointers[d->e->kind].amount, "out_of_range",
		    "with a later split it is more than can be kept"));
	k = &d->b.kept[ff->origin];
	day_print(k->on_day, t.on);
	switch (ff->kind) {
	case FAULT_MORE_THAN_HELD:
		return (sale_refused(d, k, &t));
	case FAULT_NOT_ENOUGH_CASH:
		return (cash_refused(d, k, &t));
	case FAULT_NOT_HELD:
		return (unheld_refused(d, k, &t));
	case FAULT_UNKNOWN_LOT:
		return (REFUSE(d, "/lots", "unknown", k->fresh ? "no lot of "
		    "it that is held on %s began with that activity" :
		    "a lot that was sold on %s would not be there", t.on));
	case FAULT_LOTS:
		return (REFUSE(d, "/lots", "do_not_add_up", k->fresh ?
		    "the lots add up to the quantity, and the cost method of "
		    "%s is not average" : "the sale of %s told its lots, and "
		    "an average has none", t.on));
	case FAULT_AMOUNT:
		return (REFUSE(d, has_other(k->kind) && k->fresh &&
		    k->kind == A_MERGER ? "/received" : "/amount",
		    "no_fraction", "cash for what is not whole, when all "
		    "is whole"));
	default:
		return (REFUSE(d, pointers[d->e->kind].amount, "out_of_range",
		    "with what there is it is more than can be kept"));
	}
}

/* ---- the face ---------------------------------------------------------- */

static int
uuid_order(const void *a, const void *b)
{
	return (memcmp(a, b, sizeof(uuid)));
}

/* Ids that ascend, because activities of one day are in their order. */
static uuid *
ids_new(struct arena *a, size_t n)
{
	uuid *ids = ARENA_MANY(a, n, uuid);
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = uuid_new();
	qsort(ids, n, sizeof(*ids), uuid_order);
	return (ids);
}

static enum err
desk_close(struct desk *d)
{
	enum err e = book_fold(&d->b);

	if (e == E_INVALID)
		return (fold_refused(d));
	return (e == OK ? book_write(&d->b) : e);
}

enum err
portfolio_record(struct flow *f, struct call *c, uuid portfolio,
    const struct entry *entries, size_t n, uuid *first)
{
	struct desk d = { .c = c };
	uuid *ids;
	size_t i;

	if (n == 0)
		return (OK);
	TRY(book_open(&d.b, f, portfolio, n));
	ids = ids_new(&f->arena, n);
	for (i = 0; i < n; i++) {
		d.e = &entries[i];
		TRY(entry_add(&d, ids[i]));
	}
	d.e = entries;
	if (first != NULL)
		*first = ids[0];
	return (desk_close(&d));
}

enum err
portfolio_unrecord(struct flow *f, uuid portfolio, uuid activity)
{
	static const struct entry none = { .kind = A_BUY };
	struct desk d = { .e = &none };

	TRY(book_open(&d.b, f, portfolio, 0));
	TRY(book_remove(&d.b, activity));
	TRY(store_exec(f, &sql_activity_delete, NULL, UUID(portfolio),
	    UUID(activity)));
	return (desk_close(&d));
}
