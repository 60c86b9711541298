/*
 * ledger: what was done in a portfolio, folded into what it has. Exact: no
 * binary floating point. Activities in; positions, cash, realised gains and
 * faults out. It knows no clock, no file and no price but those it is given.
 *
 * The identity it keeps to the last digit, for any valid history:
 *	value - (paid in - paid out) =
 *	    realised + unrealised + income - fees - taxes
 */
#ifndef BURSAR_LEDGER_LEDGER_H
#define BURSAR_LEDGER_LEDGER_H

#include <stddef.h>

#include "base/day.h"
#include "base/dec.h"
#include "base/err.h"
#include "ledger/account.h"
#include "ledger/activity.h"

struct ledger {
	int		 places;	/* of the currency */
	struct holding	*holdings;	/* by instrument */
	size_t		 n;
	dec		 cash;
	dec		 paid_in, paid_out;
	dec		 realised;
	dec		 income;	/* gross: dividends and interest */
	dec		 fees;		/* not in cost or proceeds */
	dec		 taxes;
};

/* `held` and `asked` are DEC_NONE where the kind says nothing of them. */
struct fault_found {
	enum fault_kind	kind;
	size_t		activity;	/* index into what was folded */
	dec		held, asked, missing;
};

/* `holdings` has room for `n` instruments and is cleared here. */
void	ledger_open(struct ledger *l, int places, struct holding *holdings,
	    size_t n);
/*
 * Do one activity. On a fault nothing of it is done. Fills a->realised and
 * a->cost of a sale. Cash may go below zero within a day: see ledger_fold.
 */
enum fault_kind ledger_apply(struct ledger *l, struct activity *a,
	    struct fault_found *fault);
/* What an activity does to cash. */
dec	activity_cash(const struct activity *a);
/* quantity x price to `places`, half-even; DEC_NONE when beyond reach. */
dec	trade_amount(dec quantity, dec price, int places);

/*
 * By day; within a day: splits, deposits, purchases, income, fees and taxes,
 * sales, withdrawals; then by `order`.
 */
void	activities_sort(struct activity *a, size_t n);

/*
 * Sort and do them all. Cash must not be below zero at any day's end; told
 * is the day's first activity, in the order above, that the day's money does
 * not reach for. The first fault, in order of time, ends the fold: false.
 */
bool	ledger_fold(struct ledger *l, struct activity *a, size_t n,
	    struct fault_found *fault);

/* ---- days: what a portfolio was worth ---------------------------------- */

struct close {
	day	on;
	dec	price;
};

/* One instrument's closes, ascending, raw as paid on the day. */
struct closes {
	const struct close	*v;
	size_t			 n;
};

/* The market's days, ascending, and the closes of each instrument. */
struct calendar {
	const day		*days;
	size_t			 n;
	const struct closes	*closes;
	const struct closes	*rates;	/* by currency; [0] is not looked at;
					   NULL: those of the account */
};

#define CARRY_DAYS	7	/* calendar days a close is carried forward
				   before it is called stale: 5 sessions */

struct day_value {
	day	on;
	dec	value;			/* DEC_NONE: beyond what a dec holds */
	dec	cash;
	dec	inflow, outflow;	/* since the market day before */
	bool	stale;			/* some close was older than that */
};

/*
 * The value at the close of each market day from the first activity on, each
 * holding's rounded to the currency's places. `l` is opened and `a` sorted
 * and without fault. A close from before a split counts at the units after
 * it; a holding without a close yet counts at its last trade's price. Flows
 * of days on which the market is closed count to the next market day.
 *
 * Rows are made for days `from` and later: as many as the answer says, at
 * most c->n. They do not depend on `from`, as long as c->days has the market
 * day before it.
 */
size_t	ledger_days(struct ledger *l, struct activity *a, size_t n,
	    const struct calendar *c, day from, struct day_value *out);

#endif
