/*
 * prices: an instrument's bars as they are asked for. Inner header of
 * market/.
 */
#ifndef BURSAR_MARKET_PRICES_H
#define BURSAR_MARKET_PRICES_H

#include "market/candle.h"
#include "market/market.h"

#define PRICES_MAX	20000	/* of one answer: 80 years of days */

struct prices_wish {
	int	interval;
	day	from, to;
	bool	adjusted;
	str	currency;		/* STR_NONE: the instrument's */
	int64_t	points;			/* LONG_NONE: all of them */
	int64_t	limit;			/* the newest so many */
};

/*
 * What an answer about a series depends on: the count of changes of its
 * past, and its newest bar. The same tag, the same series.
 */
struct series_tag {
	int64_t	series;
	day	newest;			/* none: no bar */
};

enum err series_tag_read(struct flow *f, uuid instrument,
	    struct series_tag *out) MUSTCHECK;
/*
 * List of struct price, ascending. They are read a few hundred at a time, so
 * that others are served between. E_INVALID with f->fault: no rate of the
 * currency is known on any of those days.
 */
enum err prices_read(struct flow *f, const struct instrument *in,
	    const struct prices_wish *w, struct list *out) MUSTCHECK;
/* The same of an instrument of the tenant's own. */
enum err prices_read_private(struct flow *f, const struct instrument *in,
	    const struct prices_wish *w, struct list *out) MUSTCHECK;

/*
 * A list of struct price as JSON, or as lines of CSV with a header, written
 * to `room` of prices_bytes(); how long it is. Others get their turns.
 */
size_t	prices_bytes(const struct list *prices);
size_t	prices_json(struct flow *f, const struct list *prices, char *room);
size_t	prices_csv(struct flow *f, const struct list *prices, char *room);

#endif
