/*
 * trades: a provider's stream of trades. It may be opened once per key over
 * all processes (struct feed_stream's lock). Include feed/feed.h, not this.
 */
#ifndef BURSAR_FEED_TRADES_H
#define BURSAR_FEED_TRADES_H

#include "base/field.h"
#include "feed/needs.h"
#include "flow/flow.h"

struct trade {
	str symbol;
	dec price;
	instant at;
};

struct trade_line; /* an open one; one flow uses it */

/*
 * Open it. FEED_KEY, FEED_RATE_LIMITED, FEED_UPSTREAM: leave it alone for a
 * while; trade_line_wait_ms() says how long.
 */
enum feed_answer trade_line_open(struct flow *f, const struct feed_stream *s,
    struct trade_line **out);
/* Subscribe to these symbols and to no others; those beyond what the key
 * allows are left out. E_UPSTREAM: it has ended. */
enum err trade_line_want(struct flow *f, struct trade_line *l,
    const str *symbols, size_t n) MUSTCHECK;
bool trade_line_has(const struct trade_line *l, str symbol);
/* Trades that came, in `a`; maybe none, after `wait_ms`. E_UPSTREAM: it has
 * ended, or has been silent for too long. */
enum err trade_line_hear(struct flow *f, struct trade_line *l,
    struct arena *a, int64_t wait_ms, struct list *out) MUSTCHECK;
/* NULL is allowed. */
void trade_line_close(struct flow *f, struct trade_line *l);
/* How long to wait after so many failures in a row; drawn by lot. */
int64_t trade_line_wait_ms(enum feed_answer why, unsigned failures);

#endif
