/*
 * live: the streams of this process. Inner header of market/.
 */
#ifndef BURSAR_MARKET_LIVE_H
#define BURSAR_MARKET_LIVE_H

#include "market/market.h"

#define QUOTES_CHANNEL	"quotes"

struct stream_query {
	str	symbols;
};

extern const struct field stream_query_fields[];

/* Listen for quotes and keep the streams' heartbeat; once a process. */
void	live_start(void);
/* The route: begin with what is known, then every quote that changes. */
enum err live_open(struct call *c) MUSTCHECK;
/*
 * Symbols off a comma-separated text, upper case, each once; at most
 * QUOTE_SYMBOLS_MAX, else a fault of `?symbols`.
 */
enum err symbols_read(struct call *c, str text, str *out, size_t *n)
	    MUSTCHECK;

#endif
