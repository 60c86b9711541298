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
	bool	fresh;		/* the price is of the newest session */
	dec	units, paid, received;	/* since that session began */
	dec	cost_base, realised_base, income_base;
	str	own;		/* the portfolio's currency */
	dec	rate;		/* of it for one; none */
};

extern const struct field open_row_fields[];

/* The cost methods a portfolio may have: the first of cost_names. */
extern const char *const portfolio_methods[];

/* A lot and its instrument's last price, as one statement finds them. */
struct lot_row {
	int64_t	n;
	uuid	activity_id;
	day	opened_on;
	dec	quantity, cost;
	str	currency;
	dec	price;
	dec	cost_base;
	str	own;
	dec	rate;
};

extern const struct field lot_row_fields[];

/* A lot as it is shown. */
struct held_lot {
	uuid	activity;
	day	opened_on;
	int64_t	days_held;
	bool	long_term;
	dec	quantity, cost, unit_cost;
	dec	market_value, unrealised;
	dec	cost_base, market_value_base;
};

extern const struct field held_lot_fields[];

void	lots_of(struct arena *a, const struct list *rows, day today,
	    struct list *out);

/* Everything but the weight. */
void	position_of(const struct open_row *r, struct position *p);
/* With weights, largest first. */
void	positions_of(struct arena *a, const struct list *rows,
	    struct list *out);

#endif
