/*
 * market: instruments, their bars, quotes and profiles, and the live stream.
 * What it keeps is shared by all tenants.
 */
#ifndef BURSAR_MARKET_MARKET_H
#define BURSAR_MARKET_MARKET_H

#include "base/field.h"
#include "feed/feed.h"
#include "flow/flow.h"
#include "http/http.h"
#include "market/arrival.h"
#include "market/exchange.h"

extern const struct capability market_capability;

struct instrument {
	uuid	id;
	str	symbol;
	str	name;
	str	kind;
	str	currency;
	str	exchange;
	str	sector;
	bool	simulated;
};

extern const struct field instrument_fields[];

/* Of each worker: refresh live quotes, take in new bars, fan out ticks. */
void	market_start(void);
/*
 * The instrument of a symbol. One that is not kept yet is asked of the
 * provider and, with the history it gives, kept. Not in a transaction.
 * E_NOT_FOUND: nobody knows it. E_UPSTREAM, E_BUSY: the provider fails.
 */
enum err market_require(struct flow *f, str symbol, struct instrument *out)
	    MUSTCHECK;
/* As market_require, but only those that are kept. */
enum err market_find(struct flow *f, str symbol, struct instrument *out)
	    MUSTCHECK;
/* The last quote, cached, refreshed from the provider, or the last known. */
enum err market_quote(struct flow *f, str symbol, struct quote *out)
	    MUSTCHECK;
enum err market_profile(struct flow *f, str symbol, struct profile *out)
	    MUSTCHECK;
/*
 * Take in all assets of the simulated market with their history up to today,
 * or only what is new since; `*bars` is how many bars came. Doing it twice
 * changes nothing.
 */
enum err market_simulated(struct flow *f, int64_t *bars) MUSTCHECK;
/*
 * Rates of exchange of the simulated market: all up to today, or, unless
 * `begin`, only what is new since. Where there are real ones, none.
 */
enum err market_simulated_rates(struct flow *f, bool begin) MUSTCHECK;
/* Whom to tell, in a flow of its own, that new daily bars were stored. */
void	market_on_bars(enum err (*fn)(struct flow *));
/* `bursar prices …`; the exit code. */
int	market_prices(struct flow *f, int argc, char **argv);
/* `bursar assets …`, `bursar indicators …`; the exit code. */
int	market_assets(struct flow *f, int argc, char **argv);
int	market_indicators(struct flow *f, int argc, char **argv);

#endif
