/*
 * finnhub_trades: what Finnhub's stream says and is told. Pure. Inner header
 * of feed/.
 */
#ifndef BURSAR_FEED_FINNHUB_TRADES_H
#define BURSAR_FEED_FINNHUB_TRADES_H

#include "feed/provider.h"

enum trades_said {
	SAID_TRADES, /* also none that is worth believing */
	SAID_ALIVE,
	SAID_FULL, /* too many symbols */
	SAID_KEY,
	SAID_ERROR,
	SAID_NONSENSE
};

/* List of struct trade, in order; whatever is no trade is left out. */
enum trades_said finnhub_read_trades(
    struct arena *a, str message, instant now, struct list *out);
str finnhub_trades_ask(struct arena *a, str symbol, bool on);

#endif
