/*
 * Recording: entries are checked against what they are about, join the book,
 * and stand if the ledger can fold them. Nothing is half-written.
 */
#include <string.h>

#include "market/market.h"
#include "portfolio/book.h"
#include "store/store.h"

/* With a call the fault is noted with its pointer, else as a sentence. */
#define REFUSE(f, c, pointer, code, ...) ((c) != NULL ?			\
	fault((c), (pointer), (code), __VA_ARGS__) :			\
	flow_fault((f), E_INVALID, __VA_ARGS__))

static const char *
day_pointer(const struct entry *e)
{
	return (e->kind == A_BUY || e->kind == A_SELL ? "/traded_on" :
	    e->kind == A_DIVIDEND ? "/paid_on" : "/on");
}

static enum err
day_check(struct book *b, struct call *c, const struct entry *e)
{
	char text[DAY_TEXT_MAX];

	if (day_cmp(e->on, day_add(day_today(), 1)) > 0)
		return (REFUSE(b->f, c, day_pointer(e), "future",
		    "is in the future"));
	if (day_cmp(e->on, day_of(1900, 1, 1)) < 0)
		return (REFUSE(b->f, c, day_pointer(e), "out_of_range",
		    "is before 1900"));
	if (day_ok(b->portfolio.opened_on) &&
	    day_cmp(e->on, b->portfolio.opened_on) < 0) {
		day_print(b->portfolio.opened_on, text);
		return (REFUSE(b->f, c, day_pointer(e), "before_opening",
		    "the portfolio was opened on %s", text));
	}
	return (OK);
}

static enum err
instrument_check(struct book *b, struct call *c, const struct entry *e,
    uuid *id)
{
	struct instrument in;
	enum err err;

	if (e->symbol.p == NULL) {
		*id = UUID_NONE;
		return (OK);
	}
	err = market_find(b->f, e->symbol, &in);
	if (err == E_NOT_FOUND)
		return (REFUSE(b->f, c, "/symbol", "unknown",
		    "no instrument is called %.*s", STR_ARG(e->symbol)));
	if (err != OK)
		return (err);
	if (!str_eq(in.currency, b->portfolio.currency))
		return (REFUSE(b->f, c, "/symbol", "currency",
		    "%.*s is quoted in %.*s, the portfolio is in %.*s",
		    STR_ARG(e->symbol), STR_ARG(in.currency),
		    STR_ARG(b->portfolio.currency)));
	*id = in.id;
	return (OK);
}

static dec
none_is_zero(dec d)
{
	return (dec_ok(d) ? d : DEC_ZERO);
}

static enum err
amount_check(struct book *b, struct call *c, const struct entry *e,
    struct kept_activity *k)
{
	int places = currency_places(b->portfolio.currency);

	k->amount = e->amount;
	if (e->kind == A_BUY || e->kind == A_SELL)
		k->amount = trade_amount(e->quantity, e->price, places);
	if (!dec_ok(k->amount) || dec_cmp(k->amount, dec_of(
	    INT64_C(1000000000000000))) > 0)
		return (REFUSE(b->f, c, e->kind == A_BUY || e->kind == A_SELL ?
		    "/quantity" : "/amount", "out_of_range",
		    "comes to more than 10^15"));
	if (!dec_eq(dec_round(k->amount, places), k->amount))
		return (REFUSE(b->f, c, "/amount", "too_precise",
		    "%.*s has %d decimals", STR_ARG(b->portfolio.currency),
		    places));
	if (dec_cmp(k->withheld, k->amount) > 0)
		return (REFUSE(b->f, c, "/withheld", "out_of_range",
		    "is more than the amount"));
	return (OK);
}

static enum err
entry_add(struct book *b, struct call *c, const struct entry *e)
{
	struct kept_activity k = {
		.id = uuid_new(), .kind = e->kind, .on_day = e->on,
		.quantity = DEC_NONE, .price = DEC_NONE,
		.commission = none_is_zero(e->commission),
		.withheld = none_is_zero(e->withheld),
		.realised = DEC_NONE, .cost = DEC_NONE, .note = e->note
	};

	if (e->kind == A_BUY || e->kind == A_SELL) {
		k.quantity = e->quantity;
		k.price = e->price;
	}
	TRY(day_check(b, c, e));
	TRY(instrument_check(b, c, e, &k.instrument_id));
	TRY(amount_check(b, c, e, &k));
	book_add(b, &k);
	return (OK);
}

/* ---- what the fold refused, in words ----------------------------- */

static enum err
fold_refused(struct book *b, struct call *c)
{
	const struct fault_found *ff = &b->fault;
	const struct kept_activity *k;
	char held[DEC_TEXT_MAX], asked[DEC_TEXT_MAX], missing[DEC_TEXT_MAX];
	char on[DAY_TEXT_MAX];
	bool own, trade;

	k = &b->kept[ff->activity < b->n ? ff->activity : 0];
	own = ff->activity >= b->old_n;
	trade = k->kind == A_BUY || k->kind == A_SELL;
	dec_print(ff->held, held);
	dec_print(ff->asked, asked);
	dec_print(ff->missing, missing);
	day_print(k->on_day, on);
	switch (ff->kind) {
	case FAULT_MORE_THAN_HELD:
		return (REFUSE(b->f, c, "/quantity", "more_than_held",
		    "%s%s: %s held, %s to be sold: %s too many",
		    own ? "on " : "a later sale, on ", on, held, asked,
		    missing));
	case FAULT_NOT_ENOUGH_CASH:
		return (REFUSE(b->f, c, trade || !own ? "/quantity" :
		    "/amount", "not_enough_cash",
		    "%s%s: %s in cash, %s needed: %s short", own ? "on " :
		    "a later one, on ", on, held, asked, missing));
	case FAULT_NOT_HELD:
		return (REFUSE(b->f, c, "/symbol", "not_held",
		    "was never held before %s", on));
	default:
		return (REFUSE(b->f, c, "/amount", "out_of_range",
		    "more than can be kept"));
	}
}

enum err
portfolio_record(struct flow *f, struct call *c, uuid portfolio,
    const struct entry *entries, size_t n, uuid *first)
{
	struct book b;
	size_t i;

	TRY(book_open(&b, f, portfolio, n));
	for (i = 0; i < n; i++)
		TRY(entry_add(&b, c, &entries[i]));
	if (first != NULL && n > 0)
		*first = b.kept[b.old_n].id;
	if (book_fold(&b) != OK)
		return (fold_refused(&b, c));
	return (book_write(&b));
}

enum err
portfolio_unrecord(struct flow *f, struct call *c, uuid portfolio,
    uuid activity)
{
	struct book b;

	TRY(book_open(&b, f, portfolio, 0));
	TRY(book_remove(&b, activity));
	if (book_fold(&b) != OK)
		return (fold_refused(&b, c));
	TRY(activity_forget(f, portfolio, activity));
	return (book_write(&b));
}
