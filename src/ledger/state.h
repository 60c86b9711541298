/*
 * An account from within. Activities are done in the order of time, in
 * blocks: before the first of a block, and before a block touches a lot, a
 * holding or cash for the first time, what it was is kept, so that blocks
 * can be taken back. Inner header of ledger/.
 */
#ifndef BURSAR_LEDGER_STATE_H
#define BURSAR_LEDGER_STATE_H

#include "ledger/ledger.h"

#define BLOCK	64		/* activities */
#define NO_LOT	UINT32_MAX

/* A column that grows; in an arena, so that old ones are not given back. */
#define COLUMN_OF(type)	struct { type *v; size_t n, room; }

void	column_grow(struct arena *mem, void **v, size_t *room, size_t n,
	    size_t size);

#define COLUMN_ROOM(mem, c, more)					\
	((c)->n + (more) > (c)->room ?					\
	    column_grow((mem), (void **)&(c)->v, &(c)->room,		\
	    (c)->n + (more), sizeof(*(c)->v)) : (void)0)
#define COLUMN_ADD(mem, c)						\
	(*(COLUMN_ROOM((mem), (c), 1), &(c)->v[(c)->n++]))

struct purse {
	struct cash	 cash;
	int		 places;
	const struct closes *rates;
	size_t		 hint;		/* of the rate found last */
};

/* Lots by unit cost, the next one to go on top; closed ones are met there
 * and passed by. Made when it is asked for. */
struct heap {
	COLUMN_OF(uint32_t) lots;
	bool		 made;
};

struct change_of_method {
	day		 from;
	enum cost_method method;
};

/* One old unit is n/d new ones. */
struct rescaling {
	size_t		 instrument;
	day		 on;
	dec		 n, d;
};

struct kept_lot {
	uint32_t	 lot;
	struct lot	 was;
};

struct kept_holding {
	size_t		 instrument;
	struct holding	 was;
};

struct kept_cash {
	size_t		 currency;
	struct cash	 was;
};

/* What there was before a block. */
struct block {
	struct totals	 totals;
	day		 on;
	enum cost_method method;
	size_t		 day_first;
	size_t		 lots, uses, realised, told, rescalings;
	size_t		 kept_lots, kept_holdings, kept_cash;
};

struct account {
	struct arena	*mem;
	day		 since;
	bool		 margin;
	COLUMN_OF(struct purse) purses;
	COLUMN_OF(struct security) securities;
	COLUMN_OF(struct holding) holdings;
	COLUMN_OF(struct heap) heaps;
	COLUMN_OF(struct change_of_method) methods;

	COLUMN_OF(const struct activity *) order;
	size_t		 done;		/* so many of them */

	struct totals	 totals;
	day		 on;		/* of the last one done */
	size_t		 day_first;	/* the first one done on that day */
	enum cost_method method;	/* on that day */
	COLUMN_OF(struct lot) lots;
	COLUMN_OF(struct lot_use) uses;
	COLUMN_OF(struct realised) realised;
	COLUMN_OF(struct rescaling) rescalings;
	COLUMN_OF(struct ledger_fault) faults;
	size_t		 told;		/* faults that no later activity of
					   the day can take back */

	COLUMN_OF(struct block) blocks;
	COLUMN_OF(struct kept_lot) kept_lots;
	COLUMN_OF(struct kept_holding) kept_holdings;
	COLUMN_OF(struct kept_cash) kept_cash;
	uint32_t	 stamp;		/* of the block */
	bool		 changed;	/* something was, by what is done now */
	uint64_t	 late;		/* of the block: refused half-way */
	struct ledger_fault late_faults[BLOCK];

	bool		 named;		/* lots can be found by name */
	COLUMN_OF(uint32_t) names;	/* heads of chains, a power of two */
	COLUMN_OF(uint32_t) chain;	/* by lot: the next of its chain */
};

/* What is being done. */
struct act {
	struct account	*a;
	const struct activity *in;
	struct holding	*h;		/* or NULL */
	const struct security *s;
	size_t		 currency;
	int		 places;
	dec		 rate;
	struct ledger_fault fault;
};

/* No number counts as nothing. */
static inline dec
some(dec d)
{
	return (dec_ok(d) ? d : DEC_ZERO);
}

/* ---- block.c ----------------------------------------------------------- */

void	block_begin(struct account *a);
/* Take back all blocks from the one with activity `i` on. */
void	block_rewind(struct account *a, size_t i);
struct lot *lot_touch(struct account *a, uint32_t lot);
struct holding *holding_touch(struct account *a, size_t instrument);
struct cash *cash_touch(struct account *a, size_t currency);

/* ---- lots.c ------------------------------------------------------------ */

/* Sums of what was taken of lots. */
struct taken {
	dec	cost, cost_base;
	size_t	use;		/* the first one, in a->uses */
};

/* Units come, from `opened` on; they may join a pool. */
void	lot_open(struct act *x, size_t instrument, const struct lot_told *t);
/* Take `quantity` (with the holding's sign) out of lots; each is a use. */
enum fault_kind lots_take(struct act *x, size_t instrument, dec quantity,
	    struct taken *t);
void	lot_link(struct account *a, size_t instrument, uint32_t lot);
void	lot_unlink(struct account *a, uint32_t lot);
/* The holding's lots as the day's method wants them. */
void	lots_prepare(struct account *a, size_t instrument);
/* Unit costs, and all that goes by them, are others now. */
void	lots_repriced(struct account *a, size_t instrument);
/* Forget the names of lots from `from` on. */
void	lots_unname(struct account *a, size_t from);
void	lots_name(struct account *a);

/* ---- apply.c ----------------------------------------------------------- */

/* Do the next one; its fault. */
enum fault_kind account_step(struct account *a);
/* Faults of cash on the day that is not over. */
void	day_tell(struct account *a);
/* False: none within CARRY_DAYS. */
bool	rate_on(struct account *a, size_t currency, day on, dec *rate);
dec	to_base(const struct act *x, dec amount);
void	cash_move(struct account *a, size_t currency, dec amount, dec book);
/* To or from the cash that the thing is paid with. */
void	money_move(struct act *x, dec amount, dec base);
enum fault_kind refuse(struct act *x, enum fault_kind kind, dec held,
	    dec asked);

/* ---- trade.c, income.c, corporate.c: one function for each kind --------- */

enum fault_kind buy_do(struct act *x);
enum fault_kind sell_do(struct act *x);
enum fault_kind short_do(struct act *x);
enum fault_kind cover_do(struct act *x);
enum fault_kind transfer_in_do(struct act *x);
enum fault_kind transfer_out_do(struct act *x);
enum fault_kind deposit_do(struct act *x);
enum fault_kind withdrawal_do(struct act *x);
enum fault_kind exchange_do(struct act *x);
enum fault_kind fee_do(struct act *x);
enum fault_kind tax_do(struct act *x);
enum fault_kind interest_do(struct act *x);
enum fault_kind dividend_do(struct act *x);
enum fault_kind reinvestment_do(struct act *x);
enum fault_kind gift_do(struct act *x);
enum fault_kind split_do(struct act *x);
enum fault_kind stock_dividend_do(struct act *x);
enum fault_kind spin_off_do(struct act *x);
enum fault_kind merger_do(struct act *x);
enum fault_kind rename_do(struct act *x);
enum fault_kind return_of_capital_do(struct act *x);

/* quantity at price by the security's terms, to the currency's places. */
dec	gross_of(const struct security *s, dec quantity, dec price,
	    int places);
/* What quantity and price come to, unless the amount is told. */
dec	act_gross(const struct act *x);
/* A disposal for `proceeds`: the gain is booked; cash is not. */
struct realised *gain_book(struct act *x, size_t instrument, dec quantity,
	    dec proceeds, const struct taken *t);
/* Sell a fraction that cannot be held for `proceeds` in cash. */
enum fault_kind fraction_sell(struct act *x, size_t instrument,
	    dec proceeds, dec price);

#endif
