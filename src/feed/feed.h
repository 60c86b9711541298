/*
 * feed: the outside world's prices. A provider is a struct of functions in a
 * file named after it; what callers use adds, for all of them, the cache,
 * one flight per symbol, the call budgets, and the last good value when the
 * provider fails. A price that is zero, negative or not a number never gets
 * through.
 */
#ifndef BURSAR_FEED_FEED_H
#define BURSAR_FEED_FEED_H

#include "base/field.h"
#include "flow/flow.h"

enum feed_answer {
	FEED_OK,
	FEED_UNKNOWN_SYMBOL,
	FEED_NO_DATA,
	FEED_RATE_LIMITED,
	FEED_NOT_ENTITLED,
	FEED_KEY,		/* missing, wrong or expired key */
	FEED_UPSTREAM,		/* unreachable, slow, 5xx */
	FEED_NONSENSE,		/* answered, but not with what it promises */
	FEED_LEFT,		/* the flow itself was cancelled or is late */
	FEED_NOBODY		/* no provider is set up for it */
};
extern const char *const feed_answer_names[];

struct quote {
	str	symbol;
	dec	price;
	dec	previous_close;
	dec	change;			/* price - previous_close */
	double	percent_change;		/* fraction; NaN when unknown */
	dec	open, high, low;
	str	currency;		/* STR_NONE when not told */
	instant	as_of;			/* the provider's own time */
	str	source;			/* "finnhub", "simulated" */
	bool	stale;			/* last good; the provider failed */
	int64_t	age_s;			/* since as_of */
};

struct profile {
	str	symbol;
	str	name;
	str	kind;			/* stock, etf, index, crypto .. */
	str	country;
	str	currency;
	str	exchange;
	day	ipo;
	dec	market_cap;		/* in units of currency, not millions */
	dec	shares;
	str	industry;
	str	sector;
	str	logo;
	str	website;
	str	source;
};

struct match {
	str	symbol;
	str	name;
	str	kind;
};

struct daily_bar {
	day	day;
	dec	open, high, low, close;
	dec	volume;
};

struct dividend {
	day	ex_day;
	dec	amount;			/* per share */
};

struct split {
	day	ex_day;
	int64_t	numerator, denominator;	/* 4:1 is 4, 1 */
};

struct feed {
	const char	*name;
	bool		 simulated;
	enum feed_answer (*quote)(struct flow *, str symbol, struct quote *);
	enum feed_answer (*profile)(struct flow *, str symbol,
			    struct profile *);
	/* List of struct match, best first, at most 20. */
	enum feed_answer (*search)(struct flow *, str text, struct list *);
	/* List of struct daily_bar, ascending, from <= day <= to; NULL when the
	 * provider has no history. */
	enum feed_answer (*bars)(struct flow *, str symbol, day from, day to,
			    struct list *);
	/* Lists of struct dividend and struct split; may be NULL. */
	enum feed_answer (*dividends)(struct flow *, str symbol, day from,
			    day to, struct list *);
	enum feed_answer (*splits)(struct flow *, str symbol, day from,
			    day to, struct list *);
};

/* The provider that settings.feed names; NULL and a sentence otherwise. */
const struct feed *feed_open(char *why, size_t why_size);
void	feed_close(void);
const struct feed *feed_current(void);

/*
 * Cached 60 s in Redis (and a few seconds in this process), one flight per
 * symbol over all processes, within the provider's budgets. When the
 * provider fails the last good value is served with .stale, if there is one;
 * otherwise the answer says why.
 */
enum feed_answer feed_quote(struct flow *f, str symbol, struct quote *out);
/* Cached 24 h, else as feed_quote. */
enum feed_answer feed_profile(struct flow *f, str symbol, struct profile *out);
enum feed_answer feed_search(struct flow *f, str text, struct list *out);

/* The enum err and sentence for an answer that is not FEED_OK. */
enum err feed_err(struct flow *f, enum feed_answer a, str symbol);

/* ---- many providers, and whose keys ------------------------------ */

#include "feed/needs.h"
#include "feed/own.h"
#include "feed/trades.h"

/* ---- the simulated market: pure, the same on every machine ------- */

struct sim_asset {
	const char	*symbol, *name, *kind, *sector, *industry, *website;
	const char	*exchange, *country, *currency;
	const char	*ipo;		/* YYYY-MM-DD, or NULL */
	int64_t		 shares;	/* 0: a fund */
};

/* Closing prices of the simulated market that were agreed beforehand, by
 * day; they end with a NULL symbol. */
struct sim_anchor {
	const char	*symbol, *day, *price;
};
extern const struct sim_anchor sim_anchors[];

/* All symbols of the simulated market, ending with a NULL symbol. */
const struct sim_asset *sim_assets(void);
/* A weekday that is not a holiday of the simulated exchange. */
bool	sim_open_on(day d);
/* Does it tell rates of exchange on that day? */
bool	sim_fixed_on(day d);
/* It as a provider, whichever one is current. */
extern const struct feed feed_simulated;
/* The simulated "today": settings.market_today or the clock's UTC day. */
day	sim_today(void);
/* Its clock: the real one, or an evening of settings.market_today. */
instant	sim_now(void);
/*
 * The live price at an instant: between the day's open and close, ticking;
 * outside sessions it still moves a little, so that a demonstration lives.
 */
enum feed_answer sim_quote(str symbol, instant at, struct quote *out);
/* Complete bars of trading days in from..to, ascending; 0 when unknown. */
size_t	sim_bars(struct arena *a, str symbol, day from, day to,
	    struct daily_bar **out);
/* What one euro was, of days in from..to that are over, ascending. */
size_t	sim_rates(struct arena *a, day from, day to, struct fx_rate **out);
/* struct fact: what a company reported up to today; none of a fund. */
enum feed_answer sim_reports(struct arena *a, str symbol, struct list *out);

/* Complete bars of so many minutes within sessions, ascending, those whose
 * first moment is in from..to; 0 when unknown. */
size_t	sim_moments(struct arena *a, str symbol, int minutes, instant from,
	    instant to, struct intraday_bar **out);

#endif
