/*
 * What comes out of the ledger: an account, into which activities are put in
 * any order, and which has lots, holdings, cash by currency, realised gains
 * and faults at any time. Inner header of ledger/: it comes with
 * ledger/ledger.h.
 *
 * The identity it keeps to the last digit, in the base currency, for any
 * history and any day it is looked at:
 *	value - (paid_in - paid_out) = realised + unrealised + income - fees
 *	    - taxes + fx_cash - carried
 * where unrealised is the holdings' worth less their cost_base, fx_cash is
 * cash's worth less its book plus `exchanged`, and carried is what lots that
 * were transferred had gained elsewhere.
 *
 * Memory comes from an arena, which is also what ends an account. What is
 * put in is not copied: it must stay where it is.
 */
#ifndef BURSAR_LEDGER_ACCOUNT_H
#define BURSAR_LEDGER_ACCOUNT_H

#include "base/arena.h"
#include "ledger/ledger.h"

struct account;

enum cost_method {
	COST_FIFO, COST_LIFO,
	COST_HIFO, COST_LOFO,	/* by unit cost in base currency when it was
				   acquired; ties: the oldest */
	COST_AVERAGE,		/* one moving pool: one lot, as old as its
				   oldest unit */
	COST_SPECIFIC		/* no other way than by name */
};

extern const char *const cost_names[];		/* NULL-terminated */

/* An instrument's terms. */
struct security {
	size_t	currency;
	dec	multiplier;	/* of options: 100; 0 counts as 1 */
	bool	percent;	/* quoted in percent of the quantity: bonds */
	bool	home;		/* its money comes and goes in base currency,
				   at the rate of the day */
};

/* Part of what was acquired at one time. Short: quantity and cost < 0. */
struct lot {
	dec	quantity;
	dec	cost;		/* of what is left, commission included */
	dec	cost_base;	/* the same at the rates of then */
	dec	unit;		/* cost_base of one; what HIFO goes by */
	size_t	origin;		/* of the activity that opened it */
	uint32_t part;
	day	opened;
	/* the account's own: neighbours in time, when it was last kept */
	uint32_t before, after, stamp;
	uint32_t instrument;
};

/* Of one instrument, in its currency, or where `_base` is said in base. */
struct holding {
	dec	quantity;
	dec	cost;
	dec	realised;
	dec	income;		/* net of tax withheld */
	day	opened_on;	/* of what is held now; DAY_NONE when nothing */
	int64_t	trades;
	dec	last_price;	/* of the last trade, split-adjusted */
	dec	cost_base;
	dec	realised_base;
	dec	price_effect;	/* of realised_base: at the lots' rates */
	dec	income_base;
	/* the account's own */
	uint32_t first, last, lots, stamp;
	enum cost_method method;
	bool	known;		/* was held at some time */
};

struct cash {
	dec	amount;
	dec	book;		/* in base, at the rates of when it moved */
	uint32_t stamp;
};

/* Sums in base currency. */
struct totals {
	dec	paid_in, paid_out;	/* external flows, at market value */
	dec	moved_in, moved_out;	/* of these, internal transfers */
	dec	realised;
	dec	price_effect;	/* of realised; the rest is the currencies' */
	dec	income;		/* gross; owed on what is short: < 0 */
	dec	fees;		/* not in cost or proceeds */
	dec	taxes;
	dec	exchanged;	/* gains of exchanges */
	dec	carried;	/* gained elsewhere by lots that came, less
				   what those that left had gained here */
};

/* What a disposal took of a lot. */
struct lot_use {
	size_t	origin;
	uint32_t part, lot;	/* lot: the account's own */
	day	opened;
	dec	quantity, cost, cost_base;
	size_t	by;		/* the origin of what took it */
};

/*
 * A disposal, or what is like one: cash in lieu, a return of capital, the
 * cash part of a merger, what a split has left nothing of (these three have
 * quantity 0). Proceeds are net. A cover: quantity, cost, proceeds < 0.
 */
struct realised {
	size_t	origin;		/* of the activity */
	uint32_t instrument;
	uint32_t use, use_n;	/* into account_uses() */
	day	on;
	bool	review;		/* a merger's: for a person to look at */
	dec	quantity;
	dec	proceeds, cost;
	dec	proceeds_base, cost_base;
	dec	price_effect;	/* in base, at the lots' rates */
};

struct ledger_fault {
	enum fault_kind	kind;
	size_t		origin;
	day		on;
	dec		held, asked, missing;	/* DEC_NONE: says nothing */
};

/* ---- opening ----------------------------------------------------------- */

/*
 * An account in a base currency (index 0) of `places`. Without `margin` a
 * day that ends with less than no cash in a currency is a fault; the day's
 * activities stand all the same. `since` may be DAY_NONE.
 */
struct account *account_open(struct arena *mem, int places, day since,
	    bool margin);
/* One more currency and its closes: base currency for one. Its index. */
size_t	account_currency(struct account *a, int places,
	    const struct closes *rates);
/* One more instrument: its index, from 0. */
size_t	account_security(struct account *a, struct security s);
/*
 * How disposals take lots from a day on; COST_FIFO before the first. Lots
 * become a pool, or the pool a lot, when they are next touched.
 */
void	account_method(struct account *a, day from, enum cost_method m);

/* ---- putting in -------------------------------------------------------- */

/*
 * Corporate acts, transfers in and deposits, exchanges, acquisitions,
 * income, fees and taxes, disposals, transfers out, withdrawals; then by
 * `order`, then `origin`. With a known second: after all of the former that
 * have none, before disposals and what follows them that have none.
 */
int	activity_cmp(const struct activity *a, const struct activity *b);
/* Many at once, in any order. */
void	account_fold(struct account *a, const struct activity *v, size_t n);
/*
 * One, wherever its time is. At the end it costs what it touches; in the
 * past all that follows is done again, with the same outcome as account_fold
 * of everything. So does taking one out. The answer is its own fault, of
 * which account_faults tells more; FAULT_NOT_ENOUGH_CASH is only told there.
 */
enum fault_kind account_add(struct account *a, const struct activity *one);
/* False: it is not there. */
bool	account_remove(struct account *a, const struct activity *one);
/* As it was at the end of a day; later activities wait. */
void	account_seek(struct account *a, day on);
/* As it is after all that was done. */
void	account_settle(struct account *a);

/* ---- looking ----------------------------------------------------------- */

const struct totals *account_totals(const struct account *a);
const struct cash *account_cash(const struct account *a, size_t currency);
const struct holding *account_holding(const struct account *a,
	    size_t instrument);
/* The open lot after `last` in the order of time; NULL: the first, the end. */
const struct lot *account_lot(const struct account *a, size_t instrument,
	    const struct lot *last);
const struct realised *account_realised(const struct account *a, size_t *n);
const struct lot_use *account_uses(const struct account *a);
size_t	account_use_n(const struct account *a);
/* In the order of time; what they are about was not done, cash apart. */
const struct ledger_fault *account_faults(struct account *a, size_t *n);

dec	realised_gain(const struct realised *r);
dec	realised_gain_base(const struct realised *r);
/* What the currency did to the gain; the rest is r->price_effect. */
dec	realised_currency_effect(const struct realised *r);
/* Days held, from the day after acquisition. */
int	days_held(day opened, day closed);
/* Over a year: after the same day of the next year. */
bool	held_long(day opened, day closed);

/*
 * A loss that units acquired within 30 days before or after may disallow in
 * the United States; of the same instrument only, and information only. Not
 * made of what was pooled.
 */
struct wash {
	size_t	account;	/* of those asked about */
	size_t	realised;	/* index of the loss */
	size_t	use;		/* the lot that was sold, in account_uses() */
	size_t	replaced_in;	/* the account that it was replaced in */
	size_t	origin;		/* of the replacing acquisition */
	dec	quantity;	/* in units of the sale */
	dec	disallowed;	/* joins the replacement's cost */
	day	held_from;	/* the replacement's day of opening, less the
				   days that what was sold had been held */
};

#define TACK_HELD	SIZE_MAX

/*
 * Units that replaced others, with the time and the cost of those: sold by
 * a use, or still held. Of a lot they are the first to be sold.
 */
struct tack {
	size_t	account;
	size_t	use;		/* or TACK_HELD */
	size_t	origin;		/* of the lot */
	dec	quantity;	/* in units of the sale, or of now */
	dec	disallowed;
	day	held_from;
};

struct washes {
	const struct wash *v;
	size_t		 n;
	const struct tack *tacks;
	size_t		 tack_n;
};

/* Of accounts with the same instruments; memory of the first one. */
struct washes account_washes(struct account *const *a, size_t n);

/* ---- worth ------------------------------------------------------------- */

/* All in base currency. */
struct worth {
	dec	value;		/* cash and holdings */
	dec	cash;
	dec	cost;		/* of the holdings */
	dec	price_effect;	/* of unrealised, at the lots' rates */
	dec	fx_cash;	/* what currencies did to cash so far */
	bool	stale;		/* some close was older than CARRY_DAYS */
};

/*
 * The account as it is now, at the closes of a day. What has no close yet
 * counts at its last trade's price; a close from before a split is adjusted.
 */
void	account_worth(struct account *a, const struct calendar *c,
	    day on, struct worth *out);

/* One holding at the closes of a day. */
struct stand {
	dec	price;		/* the last close, in units of now; without
				   one the last trade's */
	day	priced_on;	/* of that close; DAY_NONE: there is none */
	bool	stale;		/* it, or its currency's rate */
	dec	value;		/* in its currency */
	dec	value_base;
	dec	price_effect;	/* of what is unrealised, at the lots' rates */
};

/* All holdings, `out` by instrument. What is not held is worth nothing. */
void	account_stands(struct account *a, const struct calendar *c, day on,
	    struct stand *out);
/*
 * The worth of each market day `from` and later on which something had been
 * done, and its flows; the account is settled then. As many as is answered.
 */
size_t	account_days(struct account *a, const struct calendar *c, day from,
	    struct day_value *out);

#endif
