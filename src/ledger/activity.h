/*
 * What goes into the ledger: one thing that was done, on a day. Amounts are
 * in the currency of the instrument, or, where there is none, in `currency`.
 * What a kind has no use for is ignored; zero is "none" unless it is said
 * otherwise. Inner header of ledger/: it comes with ledger/ledger.h.
 */
#ifndef BURSAR_LEDGER_ACTIVITY_H
#define BURSAR_LEDGER_ACTIVITY_H

#include <stddef.h>

#include "base/day.h"
#include "base/dec.h"
#include "base/err.h"

enum activity_kind {
	A_BUY, A_SELL, A_DEPOSIT, A_WITHDRAWAL, A_DIVIDEND, A_INTEREST,
	A_FEE, A_TAX, A_SPLIT,
	A_SHORT,		/* sells what is borrowed */
	A_COVER,		/* buys it back */
	A_TRANSFER_IN,		/* of `quantity` units with `lots`, or, when
				   that is zero, of `amount` in cash */
	A_TRANSFER_OUT,
	A_EXCHANGE,		/* `amount` of `currency` for `received` of
				   `currency_into` */
	A_REINVESTMENT,		/* income that bought units at once */
	A_COUPON,
	A_STOCK_DIVIDEND,	/* numerator new units for denominator held,
				   or `quantity` of them */
	A_SPIN_OFF,		/* numerator units of `into` for denominator;
				   cost goes by `price` and `price_into` */
	A_MERGER,		/* the same, and nothing stays; `amount` is
				   the part in cash */
	A_RENAME,		/* it is called `into` from now on */
	A_RETURN_OF_CAPITAL,
	A_STAKING,		/* units for nothing; income at `price` */
	A_BONUS			/* the same: income only if it has a price */
};

extern const char *const activity_names[];	/* NULL-terminated */

/*
 * Of a sale by any method but COST_AVERAGE: how much of which lot. Of a
 * transfer in: a lot that comes, with its day and cost.
 */
struct lot_told {
	size_t	origin;		/* of the activity that opened the lot */
	uint32_t part;		/* 0; of a transfer's lots: 0, 1 .. */
	day	opened;
	dec	quantity;
	dec	cost;
	dec	cost_base;	/* DEC_NONE: cost at that day's rate */
};

struct activity {
	enum activity_kind kind;
	day	on;
	int32_t	second;		/* of the day, 1 .. 86400; 0: not known */
	size_t	instrument;	/* index; of trades, income, corporate acts */
	uint64_t order;		/* among equals of one day */
	size_t	origin;		/* the caller's own name for it; no two
				   activities of an account have the same */
	dec	quantity;	/* units, > 0 */
	dec	price;		/* per unit, as quoted; bonds in percent */
	dec	amount;		/* gross, >= 0; of trades DEC_NONE: follows
				   from quantity and price */
	dec	commission;	/* inside cost and proceeds, >= 0 */
	dec	withheld;	/* tax kept back, <= amount */
	dec	accrued;	/* interest paid with a buy, got with a sell;
				   beside `amount` */
	dec	rate;		/* base currency for one; 0: the account's */
	int64_t	numerator, denominator;	/* of splits: 4:1 is 4, 1 */
	size_t	into;		/* the other instrument */
	size_t	currency;	/* of cash kinds; 0 is the base currency */
	size_t	currency_into;
	dec	received;	/* of an exchange; of a merger, cash for what
				   is not whole */
	dec	price_into;
	const struct lot_told *lots;
	size_t	lot_n;
	bool	internal;	/* of a transfer: to or from another account
				   of the same owner */
};

enum fault_kind {
	FAULT_NONE,
	FAULT_MORE_THAN_HELD,	/* held, asked, missing in units */
	FAULT_NOT_ENOUGH_CASH,	/* held, asked, missing in money */
	FAULT_NOT_HELD,		/* income of what was never held */
	FAULT_RATIO,		/* a split of zero */
	FAULT_TOO_BIG,		/* something would go beyond 10^18 */
	FAULT_BEFORE_OPENING,
	FAULT_AMOUNT,		/* an amount that its kind cannot have */
	FAULT_INSTRUMENT,	/* no such index, or into itself */
	FAULT_CURRENCY,		/* no such index, or into itself */
	FAULT_NO_RATE,		/* of that currency, on or near that day */
	FAULT_NO_PRICE,		/* a spin-off without both prices */
	FAULT_WRONG_SIDE,	/* long where it must be short, or vice versa */
	FAULT_UNKNOWN_LOT,
	FAULT_LOTS		/* the lots told do not sum to the quantity */
};

extern const char *const fault_names[];

#endif
