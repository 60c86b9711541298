/*
 * history: an instrument's daily bars, dividends and splits. Raw prices are
 * stored as they were paid; adjusted closes follow from them and from the
 * events. Inner header of market/.
 */
#ifndef BURSAR_MARKET_HISTORY_H
#define BURSAR_MARKET_HISTORY_H

#include "market/market.h"

#define HISTORY_DAYS	(6 * 366)	/* of a new instrument */

/* A bar as it is stored; adjusted may be none. */
struct bar_kept {
	uuid	instrument;
	day	day;
	dec	open, high, low, close, adjusted;
	dec	volume;
};

extern const struct field put_count_fields[];

void	put_count_add(struct put_count *sum, const struct put_count *c);

/* At most BATCH_BARS at once, no day twice. */
enum { BATCH_BARS = 1000 };
enum err bars_put(struct flow *f, const struct bar_kept *b, size_t n,
	    str source, struct put_count *out) MUSTCHECK;
/* `*changed` (may be NULL): how many are new or others now. */
enum err dividends_put(struct flow *f, uuid instrument,
	    const struct dividend *v, size_t n, int64_t *changed) MUSTCHECK;
enum err splits_put(struct flow *f, uuid instrument, const struct split *v,
	    size_t n, int64_t *changed) MUSTCHECK;
/* Adjusted closes of the whole series anew. */
enum err history_adjust(struct flow *f, uuid instrument) MUSTCHECK;
/* Everything a provider tells of the days from..to; `*bars` are added. */
enum err history_take(struct flow *f, const struct feed *feed,
	    const struct instrument *in, day from, day to, int64_t *bars)
	    MUSTCHECK;
/* All of a new instrument's, where the provider has any. */
enum err history_fetch(struct flow *f, const struct feed *feed,
	    const struct instrument *in) MUSTCHECK;

#endif
