/*
 * quotation: the last quote of each instrument as it is kept for all
 * processes. Inner header of market/.
 */
#ifndef BURSAR_MARKET_QUOTATION_H
#define BURSAR_MARKET_QUOTATION_H

#include "market/market.h"

#define QUOTE_SYMBOLS_MAX	50	/* of one call */
#define QUOTES_MAX		200	/* of a stream's beginning */

/* A kept quote, and how long ago its provider was asked. */
struct quotation {
	str	symbol;
	dec	price, previous_close, open, high, low;
	str	currency;
	instant	as_of;
	str	source;
	bool	stale;
	bool	simulated;
	int64_t	kept_ms;
};

/* Keep quotes of one source. Those of symbols that are not kept, or that
 * are of the other market, are taken out of the list. */
enum err quotations_put(struct flow *f, struct list *quotes) MUSTCHECK;
/* List of struct quotation by symbol; symbols NULL: all, at most `most`. */
enum err quotations_read(struct flow *f, const str *symbols, size_t n,
	    int64_t most, struct list *out) MUSTCHECK;
/* change, percent_change and age from what is kept. */
struct quote quote_of(const struct quotation *k);
/* Each of n symbols as market_quote; those nobody knows are left out. */
enum err quotes_gather(struct flow *f, const str *symbols, size_t n,
	    struct quote *out, size_t *found) MUSTCHECK;
/* The provider's quote of a real instrument, kept when it is good. */
enum err quote_refresh(struct flow *f, str symbol, struct quote *out)
	    MUSTCHECK;

#endif
