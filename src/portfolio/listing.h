/*
 * listing: rows of the portfolio's tables and what is shown of them. Inner
 * header of portfolio/.
 */
#ifndef BURSAR_PORTFOLIO_LISTING_H
#define BURSAR_PORTFOLIO_LISTING_H

#include "ledger/ledger.h"
#include "portfolio/portfolio.h"

/* A holding and its last price, as one statement finds them. */
struct open_row {
	str	symbol, name, kind, sector, currency, logo;
	dec	quantity, cost, realised, income;
	day	opened_on;
	int64_t	trades;
	dec	price, previous_close;
	instant	as_of;
	bool	stale;
	dec	cash;		/* of the portfolio */
};

extern const struct field open_row_fields[];

/* The kinds that are recorded: the first of activity_names. */
extern const char *const recorded_names[];

/* Everything but the weight. */
void	position_of(const struct open_row *r, struct position *p);
/* With weights, largest first. */
void	positions_of(struct arena *a, const struct list *rows,
	    struct list *out);

#endif
