/*
 * What could not be done and why, by field; and what an answer had to do
 * without.
 */
#include <stdio.h>

#include "calc/ledger_figures.h"

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
	    "sum up to quantity, costs not below 0, days not after date; an "
	    "average has none" },
};

/* Which amount it is that cannot be, and why. */
static const char *
amount_amiss(const struct activity *a, const char **field)
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
		if (dec_ok(all[i].d) && dec_sign(all[i].d) < 0) {
			*field = all[i].name;
			return ("less than 0");
		}
	*field = "quantity";
	if (dec_sign(a->quantity) < 0 || (dec_sign(a->quantity) == 0 &&
	    (a->kind == A_BUY || a->kind == A_SELL || a->kind == A_SHORT ||
	    a->kind == A_COVER || a->kind == A_REINVESTMENT ||
	    a->kind == A_STAKING || a->kind == A_BONUS)))
		return ("more than 0 is needed");
	*field = "tax";
	if (dec_sign(a->withheld) > 0)
		return ("more than the amount it is kept back of");
	*field = a->kind == A_MERGER ? "received" : "amount";
	return ("money for a fraction, but all units are whole");
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

	const char *field = causes[v->kind].field;
	const char *detail = causes[v->kind].detail;

	if (v->kind == FAULT_AMOUNT)
		detail = amount_amiss(a, &field);
	else if (v->kind == FAULT_NOT_ENOUGH_CASH &&
	    dec_sign(a->quantity) > 0)
		field = "quantity";
	say_z(f->j, "field", field);
	say_z(f->j, "detail", detail);
	if (v->kind == FAULT_NO_RATE)
		say_pair(f, rateless(f, a));
}

static void
say_fault(struct figures *f, size_t account, const struct ledger_fault *v)
{
	struct json *j = f->j;

	jw_open(j);
	say_origin(f, v->origin);
	say_account(f, &f->r->accounts[account]);
	say_z(j, "code", fault_names[v->kind]);
	say_day(j, "date", v->on);
	if (v->origin < f->r->n)
		say_cause(f, v);
	if (dec_ok(v->held)) {
		say_dec(j, "held", v->held);
		say_dec(j, "asked", v->asked);
		say_dec(j, "missing", v->missing);
	}
	jw_close(j);
}

/* A transfer that the other account could not take was not done at all. */
static void
say_refused(struct figures *f)
{
	const struct transfer *t;

	for (t = f->moves; t < f->moves + f->move_n; t++)
		if (t->fault != FAULT_NONE &&
		    day_cmp(t->out.on, f->r->as_of) <= 0)
			say_fault(f, t->to, &(struct ledger_fault){
			    .kind = t->fault, .origin = t->out.origin,
			    .on = t->out.on, .held = DEC_NONE });
}

void
say_faults(struct figures *f)
{
	const struct ledger_fault *v;
	size_t n;

	jw_key(f->j, "faults");
	jw_array(f->j);
	for (size_t k = 0; k < f->book_n; k++) {
		v = account_faults(f->books[k].a, &n);
		for (size_t i = 0; i < n; i++)
			say_fault(f, k, &v[i]);
	}
	say_refused(f);
	jw_array_end(f->j);
}

/* ---- what was done without --------------------------------------------- */

static bool
currency_matters(const struct figures *f, const struct book *b,
    size_t currency)
{
	const struct thing_told *t = f->r->things;

	if (dec_sign(account_cash(b->a, currency)->amount) != 0)
		return (true);
	for (size_t i = 0; i < f->r->thing_n; i++)
		if (t[i].terms.currency == currency &&
		    dec_sign(account_holding(b->a, i)->quantity) != 0)
			return (true);
	return (false);
}

static void
warn_rate(struct figures *f, size_t currency)
{
	jw_open(f->j);
	say_z(f->j, "code", "no_rate");
	say_pair(f, currency);
	say_day(f->j, "date", f->r->as_of);
	say_z(f->j, "detail", causes[FAULT_NO_RATE].detail);
	jw_close(f->j);
}

static void
warn_rates(struct figures *f)
{
	const struct book *b;

	for (size_t i = 1; i < f->r->currency_n; i++) {
		if (rate_is_known(f->r, i, f->r->as_of))
			continue;
		for (b = f->books; b < f->books + f->book_n &&
		    !currency_matters(f, b, i); b++)
			;
		if (b < f->books + f->book_n)
			warn_rate(f, i);
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
