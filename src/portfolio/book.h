/*
 * book: a portfolio's activities in memory, folded, and written back with
 * what follows from them. Inner header of portfolio/.
 */
#ifndef BURSAR_PORTFOLIO_BOOK_H
#define BURSAR_PORTFOLIO_BOOK_H

#include "ledger/ledger.h"
#include "portfolio/portfolio.h"

/* One activity as the table has it. */
struct kept_activity {
	uuid	id;
	int	kind;
	uuid	instrument_id;
	day	on_day;
	dec	quantity, price, amount, commission, withheld;
	dec	realised, cost;
	str	note;
	bool	changed;	/* the fold found another gain than is kept */
};

struct book {
	struct flow		*f;
	struct portfolio	 portfolio;
	struct kept_activity	*kept;		/* old ones, then new ones */
	size_t			 n, old_n;
	struct activity		*activities;	/* folded: kept and splits */
	size_t			 activity_n;
	uuid			*instruments;
	size_t			 instrument_n;
	struct ledger		 ledger;
	struct holding		*holdings;
	struct fault_found	 fault;		/* .activity: index into kept */
	day			 from;		/* first day that changes */
};

/* Lock the portfolio and read its activities, with room for `more`.
 * E_NOT_FOUND. */
enum err book_open(struct book *b, struct flow *f, uuid portfolio,
	    size_t more) MUSTCHECK;
/* One more that is to be written; lowers b->from. */
void	book_add(struct book *b, const struct kept_activity *a);
/* Leave out the old activity of this id; E_NOT_FOUND. */
enum err book_remove(struct book *b, uuid id) MUSTCHECK;
/* Fold; E_INVALID with b->fault. */
enum err book_fold(struct book *b) MUSTCHECK;
/* Write the new activities and all that follows from them. */
enum err book_write(struct book *b) MUSTCHECK;

/* Take out of the table what book_remove took out of the book. */
enum err activity_forget(struct flow *f, uuid portfolio, uuid activity)
	    MUSTCHECK;

/* record.c: take back an activity; refused as portfolio_record refuses. */
enum err portfolio_unrecord(struct flow *f, struct call *c, uuid portfolio,
	    uuid activity) MUSTCHECK;

/* valuation.c: days from b->from on. `*valued_to` is the last one kept. */
enum err book_value(struct book *b, day *valued_to) MUSTCHECK;
enum err portfolio_changed(struct flow *f, uuid portfolio) MUSTCHECK;

#endif
