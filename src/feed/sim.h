/*
 * sim: what the files of the simulated market share. Prices inside are
 * whole cents; a level is a price before its anchor scales it and before
 * any split.
 */
#ifndef BURSAR_FEED_SIM_H
#define BURSAR_FEED_SIM_H

#include "feed/feed.h"

#define SIM_FIRST_YEAR 2021
#define SIM_LAST_YEAR  2099
#define SIM_ASSETS     24
#define SIM_SESSION_S  23400 /* 13:30 to 20:00 UTC */
#define SIM_OPEN_S     (13 * 3600 + 30 * 60)

enum sim_sector {
	SIM_BROAD,
	SIM_TECH,
	SIM_COMM,
	SIM_RETAIL,
	SIM_STAPLES,
	SIM_HEALTH,
	SIM_FINANCE,
	SIM_ENERGY,
	SIM_BONDS,
	SIM_GOLD,
	SIM_SECTORS
};

/* How an asset moves; the rows stand in the order of sim_assets(). */
struct sim_model {
	const char *symbol;
	double beta; /* of the market's daily return */
	enum sim_sector sector;
	double load;        /* of the sector's daily return */
	double own;         /* own daily volatility */
	double growth;      /* yearly, of the price alone */
	int level_cents;    /* on 2024-01-02, if not anchored */
	int dividend_cents; /* a quarter, in 2024; 0: none */
	int dividend_month; /* 1: Feb May .., 2: Mar Jun .. */
	int dividend_year;  /* the first with dividends */
	int64_t volume;     /* shares on an ordinary day */
};

extern const struct sim_model sim_models[SIM_ASSETS];

struct sim_split {
	const char *symbol;
	const char *ex_day;
	int numerator, denominator;
};

extern const struct sim_split sim_splits[]; /* ends with NULL */

struct sim_day {
	int32_t open, high, low, close; /* cents, as traded that day */
	int64_t volume;
};

struct sim_world {
	day *days; /* trading days */
	size_t n;
	struct sim_day *path[SIM_ASSETS]; /* n each */
};

/*
 * The market from its first day to at least `upto`, made on first use and
 * again when more is asked for; what was there stays the same. Valid until
 * the next call.
 */
const struct sim_world *sim_world(day upto);
void sim_world_drop(void);
/* The row of a symbol, or -1. */
int sim_find(str symbol);
/* Index of the last trading day <= d; -1 before the first. */
ptrdiff_t sim_index(const struct sim_world *w, day d);
/* Units on `d` that one unit of the first day has become. */
double sim_split_factor(int asset, day d);
/* Its shares on that day, in that day's units; 0: a fund. */
double sim_shares(int asset, day d);
/* The last day of which that second (UTC) has come. */
day sim_day_past(int second);
/* Dividend in cents if `d` is an ex-day of the asset, else 0. */
int sim_dividend(int asset, day d);

/* 64 well-mixed bits of a seed and a counter. */
uint64_t sim_bits(uint64_t seed, uint64_t counter);
/* 0 <= x < 1 */
double sim_uniform(uint64_t seed, uint64_t counter);
/* Mean 0, variance 1, within 4.9. */
double sim_normal(uint64_t seed, uint64_t counter);
uint64_t sim_seed(const char *name);

/* A session so far, in cents, `second` in 0..SIM_SESSION_S. */
struct sim_tick {
	int32_t price, high, low;
};
struct sim_tick sim_intraday(
    const struct sim_day *d, uint64_t seed, int second);
/*
 * The bars of `minutes` that make up a session, as sim_intraday would tell
 * them, the last one shorter if need be; their volumes are the day's.
 * Returns how many, at most SIM_SESSION_S / 60.
 */
struct sim_bar {
	int second; /* since the session's open, of its first moment */
	int32_t open, high, low, close;
	int64_t volume;
};
size_t sim_session(const struct sim_day *d, uint64_t seed, int minutes,
    struct sim_bar *out);
/* A price near the close, within the day's range. */
int32_t sim_hover(const struct sim_day *d, uint64_t seed, int64_t unix_s);

#endif
