/*
 * ledger: what was done in an account, folded into what it has. Exact: no
 * binary floating point. Activities in; lots, holdings, cash, realised gains
 * and faults out. It knows no clock, no file and no price but those it is
 * given.
 */
#ifndef BURSAR_LEDGER_LEDGER_H
#define BURSAR_LEDGER_LEDGER_H

#include "ledger/activity.h"

/* ---- prices and rates, as they are given ------------------------------- */

struct close {
	day	on;
	dec	price;
	int32_t	age;	/* days it was old already on that day: of a rate
			   that was made of two, the older one's */
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

/* In days, on a day that is not before it. */
static inline int
close_age(const struct close *c, day on)
{
	return (day_between(c->on, on) + c->age);
}

#define CARRY_DAYS	7	/* calendar days a close is carried forward
				   before it is called stale: 5 sessions */

/* What an account was worth at a market day's close, in base currency. */
struct day_value {
	day	on;
	dec	value;			/* DEC_NONE: beyond what a dec holds */
	dec	cash;
	dec	inflow, outflow;	/* since the market day before */
	bool	stale;			/* some close was older than that */
};

/* quantity x price to `places`, half-even; DEC_NONE when beyond reach. */
dec	trade_amount(dec quantity, dec price, int places);

#include "ledger/account.h"

#endif
