/*
 * portfolio: portfolios, what was done in them, and what follows from it.
 * Every write folds the activities through the ledger and leaves positions,
 * totals and daily values up to date in the same transaction, so that no
 * page computes them.
 */
#ifndef BURSAR_PORTFOLIO_PORTFOLIO_H
#define BURSAR_PORTFOLIO_PORTFOLIO_H

#include "base/field.h"
#include "flow/flow.h"
#include "http/http.h"
#include "jobs/jobs.h"

extern const struct capability portfolio_capability;
extern const struct job_kind *const portfolio_jobs[];

struct portfolio {
	uuid	id;
	str	name;
	str	currency;
	str	benchmark;
	day	opened_on;
	bool	is_default;
	int64_t	version;
	int	cost_method;	/* enum cost_method, the newest one */
};

extern const struct field portfolio_fields[];

struct position {
	str	symbol;
	str	name;
	str	kind;
	str	sector;
	str	currency;
	str	logo;
	dec	quantity;
	dec	average_cost;
	dec	cost_basis;
	dec	price;
	instant	price_as_of;
	bool	price_stale;
	dec	previous_close;
	dec	market_value;
	dec	unrealised;
	double	unrealised_ratio;
	dec	realised;
	dec	income;
	dec	day_change;
	double	day_change_ratio;
	double	weight;
	day	opened_on;
	int64_t	trades;
	/* the same in the portfolio's currency */
	str	base_currency;
	dec	rate;
	dec	cost_basis_base, market_value_base, unrealised_base;
	dec	price_effect, currency_effect;
	dec	realised_base, income_base, day_change_base;
};

extern const struct field position_fields[];

/*
 * A holding at a price of its own currency, in the portfolio's: the worth,
 * rounded, at a rate. Without a rate, what it cost.
 */
dec	holding_worth(dec quantity, dec price, str currency, dec rate,
	    str base_currency, dec cost_base);

/*
 * A holding's change in the session its price is of: what it is worth now,
 * less what the units held before were worth at the previous close, less what
 * was paid since, plus what was received. `base` is the worth before and what
 * was paid: what the change is a fraction of. The previous close is one of
 * today's units. Without a price of the newest session: zero.
 */
struct day_terms {
	bool	fresh;
	dec	quantity, price, previous_close;
	dec	units;		/* that came since, less those that went */
	dec	paid, received;
	dec	rate;		/* for who sums up: of the portfolio's
				   currency for one; 0: none */
};

void	day_change_of(const struct day_terms *s, int places, dec *change,
	    dec *base);

struct activity_row {
	uuid	id;
	int	kind;
	str	symbol;
	dec	quantity;
	dec	price;
	dec	amount;
	dec	commission;
	dec	withheld;
	dec	realised;
	dec	cost;
	str	note;
	day	traded_on;
	instant	recorded_at;
	str	into;
	int64_t	numerator, denominator;
	str	currency;
	dec	rate, realised_base;
};

extern const struct field activity_row_fields[];

/* Of a sale: units of the lot that a purchase began. */
struct pick {
	uuid	activity;
	dec	quantity;
};

#define LOTS_PICKED_MAX	200

/* What is recorded, by a route or by the demonstration. */
struct entry {
	int	kind;		/* enum activity_kind */
	str	symbol;		/* or STR_NONE */
	dec	quantity, price;
	dec	amount;		/* cash kinds; of trades it follows */
	dec	commission, withheld;
	day	on;
	str	note;
	str	into;		/* of a spin-off, merger, new name */
	int64_t	numerator, denominator;
	dec	price_into;
	dec	received;	/* cash for what is not whole */
	day	acquired_on;	/* of a transfer in */
	dec	rate;		/* of another currency: the portfolio's for
				   one; none or 0: the market's of the day */
	const struct pick *picks;	/* of a sale; none: by the method */
	size_t	pick_n;
};

/*
 * Whom to tell, within the writing transaction, that a portfolio's days
 * changed: it keeps the figures.
 */
void	portfolio_on_change(enum err (*fn)(struct flow *, uuid portfolio));
/* The tenant's default portfolio, or the one asked for; E_NOT_FOUND. */
enum err portfolio_resolve(struct flow *f, uuid wanted,
	    struct portfolio *out) MUSTCHECK;
/* Open positions, by market value, largest first: list of struct position. */
enum err portfolio_positions(struct flow *f, uuid portfolio,
	    struct list *out) MUSTCHECK;
/* The newest `limit` activities of the given kinds (NULL: all). */
enum err portfolio_activities(struct flow *f, uuid portfolio,
	    bool trades_only, int64_t limit, struct list *out) MUSTCHECK;
enum err portfolio_add(struct flow *f, str name, str currency,
	    str benchmark, day opened_on, struct portfolio *out) MUSTCHECK;
/*
 * Record entries in one go, in a transaction the caller has begun. With a
 * call, faults are noted there; without, the first is f->fault. `*first` is
 * the id of the first (may be NULL).
 */
enum err portfolio_record(struct flow *f, struct call *c, uuid portfolio,
	    const struct entry *entries, size_t n, uuid *first) MUSTCHECK;
/* Bring every portfolio's days up to the newest bar: market's on_bars. */
enum err portfolio_roll(struct flow *f) MUSTCHECK;
/* Let a worker do so: market's on_bars where jobs run. */
enum err portfolio_roll_soon(struct flow *f) MUSTCHECK;

#endif
