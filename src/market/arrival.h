/*
 * arrival: what others bring to the market: bars, events, rates, profiles,
 * identities, what companies report; what they are asked to keep up to date;
 * and what they found wrong. Bringing a thing twice changes nothing. None is
 * called in a transaction. Include market/market.h, not this.
 *
 * `source` is the provider's name as it is shown: "sec", "yahoo".
 */
#ifndef BURSAR_MARKET_ARRIVAL_H
#define BURSAR_MARKET_ARRIVAL_H

#include "feed/feed.h"

struct instrument;

/* What became of n things; `corrected`: they took the place of others. */
struct put_count {
	int64_t	added, corrected, unchanged;
};

/*
 * Daily bars as they were paid on the day: a provider that tells prices in
 * units after later splits is undone before. Any number, in any order, no
 * day twice. Adjusted closes and stored indicators follow. E_INVALID: a bar
 * is none (its range does not hold its open and close, a price is not above
 * zero); bars of other batches may have been stored.
 */
enum err market_bars_put(struct flow *f, const struct instrument *in,
	    const struct daily_bar *b, size_t n, str source,
	    struct put_count *out) MUSTCHECK;

/* Bars of 1, 5, 15, 30 or 60 minutes, as market_bars_put. */
enum err market_intraday_put(struct flow *f, const struct instrument *in,
	    int64_t minutes, const struct intraday_bar *b, size_t n,
	    str source, struct put_count *out) MUSTCHECK;

/* Dividends and splits, each by ex-day; the adjusted series is rebuilt. */
enum err market_actions_put(struct flow *f, const struct instrument *in,
	    const struct dividend *dividends, size_t dividend_n,
	    const struct split *splits, size_t split_n,
	    struct put_count *out) MUSTCHECK;

/* A new real instrument, or what its profile says by now. E_CONFLICT: the
 * symbol is of the simulated market. */
enum err market_profile_put(struct flow *f, str symbol,
	    const struct profile *p, struct instrument *out) MUSTCHECK;

struct identifier {
	/* isin, figi, composite_figi, share_class_figi, cik, cusip, sedol,
	 * wkn, or name: another one it goes by */
	str	kind;
	str	value;
};

enum err market_identity_put(struct flow *f, const struct instrument *in,
	    const struct identifier *v, size_t n, str source,
	    struct put_count *out) MUSTCHECK;

/* Of one period told several times the latest filed stays. */
enum err market_facts_put(struct flow *f, const struct instrument *in,
	    const struct fact *v, size_t n, str source,
	    struct put_count *out) MUSTCHECK;

/* ---- rates of exchange --------------------------------------------------- */

enum err market_fx_put(struct flow *f, const struct fx_rate *v, size_t n,
	    str source, struct put_count *out) MUSTCHECK;

/*
 * A day's rate as a quotient: so many units of one currency for so many of
 * the other, so that amount * numerator / denominator is rounded once.
 */
struct fx_quotient {
	day	day;
	dec	numerator, denominator;
};

/* The newest rate of `on` or of the ten days before, from one currency to
 * another, of the pair itself or through the euro. E_NOT_FOUND: none. */
enum err market_fx(struct flow *f, str from, str to, day on,
	    struct fx_quotient *out) MUSTCHECK;
/* All of from_day..to_day and of the ten days before, ascending: list of
 * struct fx_quotient. The same currency: one rate of 1. */
enum err market_fx_series(struct flow *f, str from, str to, day from_day,
	    day to_day, struct list *out) MUSTCHECK;

/* ---- what to keep up to date --------------------------------------------- */

/* needs: daily, intraday, events, profile, fundamentals, identity */
extern const char *const track_needs[];

struct tracked {
	uuid	instrument_id;
	str	symbol, kind, currency, exchange, mic;
	str	need;
	day	from_day;		/* as far back as it is wanted; none */
	day	watermark;		/* last day that is kept; or none */
	instant	wanted_at;		/* somebody asked for it; none */
	day	wanted_from;		/* and for everything from there on */
	instant	done_at;
	int64_t	failures;		/* in a row */
	str	last_error;		/* of the last; none: it went well */
};

/*
 * Real instruments that shall be kept up to date with a need, by id from
 * `after` (UUID_NONE: the first) on; list of struct tracked.
 */
enum err market_tracked(struct flow *f, str need, uuid after,
	    bool wanted_only, int64_t limit, struct list *out) MUSTCHECK;
/* Begin to track a need, or change its first day; wanted: soon. */
enum err market_track(struct flow *f, uuid instrument, str need,
	    day from_day, bool wanted) MUSTCHECK;
enum err market_untrack(struct flow *f, uuid instrument, str need) MUSTCHECK;
/* What anybody holds is tracked: daily, events, profile, and intraday where
 * the settings want such bars. */
enum err market_track_held(struct flow *f) MUSTCHECK;
/* It was done up to `watermark` (none: as before); `error` STR_NONE: well. */
enum err market_track_done(struct flow *f, uuid instrument, str need,
	    day watermark, str error) MUSTCHECK;

/* ---- what does not look right -------------------------------------------- */

struct finding {
	uuid	instrument_id;		/* UUID_NONE: of none */
	day	day;			/* DAY_NONE: of none */
	str	rule;			/* high_below_low */
	str	severity;		/* note, warning, failure */
	str	detail;
	str	source;
};

/* Kept once as long as it is not settled. */
enum err market_finding_put(struct flow *f, const struct finding *v)
	    MUSTCHECK;

#endif
