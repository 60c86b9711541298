/*
 * adjusted: back-adjusted closes. Pure. Inner header of market/.
 *
 * A close is multiplied by what every later event does to a holding: a
 * split of n for d by d / n, a dividend D by 1 - D / close before its
 * ex-day. An event whose ex-day no session has reached yet does nothing.
 */
#ifndef BURSAR_MARKET_ADJUSTED_H
#define BURSAR_MARKET_ADJUSTED_H

#include "feed/feed.h"

struct closing {
	day	day;
	dec	close;
	dec	adjusted;
};

/* Everything that is told of one instrument; each ascending by day. */
struct events {
	const struct dividend	*dividends;
	size_t			 dividend_n;
	const struct split	*splits;
	size_t			 split_n;
};

/*
 * Fill .adjusted of n closes, ascending by day. Answers how many dividends
 * were passed over because they are not below the close before them.
 */
size_t	closings_adjust(struct closing *c, size_t n, const struct events *ev);

#endif
