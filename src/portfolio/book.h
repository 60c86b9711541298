/*
 * book: a portfolio's activities in memory, folded, and written back with
 * what follows from them. Inner header of portfolio/.
 */
#ifndef BURSAR_PORTFOLIO_BOOK_H
#define BURSAR_PORTFOLIO_BOOK_H

#include "ledger/ledger.h"
#include "portfolio/portfolio.h"
#include "store/store.h"

/* One activity as the table has it. */
struct kept_activity {
	uuid	id;
	int	kind;
	uuid	instrument_id;
	day	on_day;
	dec	quantity, price, amount, commission, withheld;
	dec	realised, cost;
	str	note;
	uuid	into_id;
	int64_t	numerator, denominator;
	dec	price_into, received;
	day	acquired_on;
	dec	rate;		/* of an instrument in another currency: the
				   portfolio's for one */
	dec	realised_base;
	const struct pick *picks;	/* lots that were told */
	size_t	pick_n;
	bool	fresh;		/* not in the table yet */
	bool	changed;	/* the fold found another gain than is kept */
};

/* An instrument, and the first day it was dealt in. */
struct dealt {
	uuid	id;
	day	since;
	size_t	currency;	/* the account's index */
};

struct book {
	struct flow		*f;
	struct portfolio	 portfolio;
	struct kept_activity	*kept;		/* by day, then id */
	size_t			 n;
	struct activity		*activities;	/* folded: kept and splits */
	size_t			 activity_n;
	struct dealt		*dealt;		/* by the account's index */
	size_t			 dealt_n;
	struct account		*account;
	struct ledger_fault	 fault;		/* .origin: index into kept;
						   beyond: a split */
	day			 from;		/* first day that changes */
	uuid			 gone;		/* an instrument whose
						   activity was taken out */
	bool			 lots_anew;	/* all lots are others now */
};

/* Lock the portfolio and read its activities, with room for `more`.
 * E_NOT_FOUND. */
enum err book_open(struct book *b, struct flow *f, uuid portfolio,
	    size_t more) MUSTCHECK;
/* One more that is to be written; lowers b->from. */
void	book_add(struct book *b, const struct kept_activity *a);
/* Leave out the activity of this id; E_NOT_FOUND. */
enum err book_remove(struct book *b, uuid id) MUSTCHECK;
/* Fold; E_INVALID with b->fault. */
enum err book_fold(struct book *b) MUSTCHECK;
/* Day of the first activity of a folded book, or DAY_NONE. */
day	book_begins(const struct book *b);
/* The instruments' ids as an array, for a statement. */
struct param book_ids(const struct book *b);
/* Write the new activities and all that follows from them. */
enum err book_write(struct book *b) MUSTCHECK;

/* picks.c: lots that sales were told to take, from and to the table; and as
 * the ledger wants them, once the activities are in order. */
enum err picks_keep(struct book *b, const struct list *rows) MUSTCHECK;
const struct lot_told *picks_told(struct book *b,
	    const struct kept_activity *k);
enum err picks_write(struct book *b) MUSTCHECK;

struct pick_row {
	uuid	activity_id, lot_id;
	dec	quantity;
};

extern const struct field pick_row_fields[];

/* rates.c: the currencies that were dealt in besides the portfolio's, with
 * their rates, into the account. */
enum err rates_add(struct book *b) MUSTCHECK;

/* lots.c: how sales take lots goes into the account; the lots that changed
 * go into the table. */
enum err lots_method(struct book *b) MUSTCHECK;
enum err lots_write(struct book *b) MUSTCHECK;

/* record.c: take back an activity; refused as portfolio_record refuses. */
enum err portfolio_unrecord(struct flow *f, uuid portfolio, uuid activity)
	    MUSTCHECK;

/* valuation.c: the days from b->from on; E_INVALID: worth too much. */
enum err book_value(struct book *b) MUSTCHECK;
enum err portfolio_changed(struct flow *f, uuid portfolio) MUSTCHECK;

/* roll.c: gains and lots again, after a change of method. */
enum err portfolio_relot(struct flow *f, uuid portfolio) MUSTCHECK;
/* roll.c: all days again, in a transaction the caller has begun. */
enum err portfolio_rebuild(struct flow *f, uuid portfolio) MUSTCHECK;

#endif
