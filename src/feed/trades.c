/*
 * Finnhub's trades over a WebSocket. It says "ping" about once a minute, so
 * a longer silence is a connection that died without a word. When it says
 * that there are too many symbols it does not say which: the cap is lowered
 * to what it took.
 */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "feed/feed.h"
#include "feed/finnhub_trades.h"
#include "feed/websocket.h"

#define LINE_SYMBOLS 64
#define WAIT_MS_MIN  INT64_C(1000) /* doubling */
#define WAIT_MS_MAX  INT64_C(60000)
#define KEY_MS	     INT64_C(300000)
#define LIMITED_MS   INT64_C(30000)
#define SCRAP_BYTES  (64 * 1024)

struct wish_row {
	char p[LIMIT_SYMBOL_BYTES];
	size_t n;
};

struct trade_line {
	struct websocket *socket;
	struct wish_row has[LINE_SYMBOLS];
	size_t n, max;
};

int64_t
trade_line_wait_ms(enum feed_answer why, unsigned failures)
{
	int64_t ms = WAIT_MS_MIN;
	uint16_t r;

	for (; failures > 1 && ms < WAIT_MS_MAX; failures--)
		ms *= 2;
	if (why == FEED_KEY || why == FEED_NOT_ENTITLED)
		ms = KEY_MS;
	else if (why == FEED_RATE_LIMITED && ms < LIMITED_MS)
		ms = LIMITED_MS;
	else if (ms > WAIT_MS_MAX)
		ms = WAIT_MS_MAX;
	random_bytes(&r, sizeof(r));
	return (ms * 3 / 4 + ms * r / 131072);
}

static enum feed_answer
status_means(int status)
{
	switch (status) {
	case 101:
		return (FEED_OK);
	case 401:
		return (FEED_KEY);
	case 403:
		return (FEED_NOT_ENTITLED);
	case 429:
		return (FEED_RATE_LIMITED);
	default:
		return (FEED_UPSTREAM);
	}
}

enum feed_answer
trade_line_open(
    struct flow *f, const struct feed_stream *s, struct trade_line **out)
{
	struct trade_line *l = calloc(1, sizeof(*l));
	int status;
	enum err e;

	if (l == NULL)
		return (FEED_UPSTREAM);
	l->max = s->symbols_max < LINE_SYMBOLS ? (size_t)s->symbols_max
					       : LINE_SYMBOLS;
	e = websocket_open(
	    f, s->url.p, settings.finnhub_timeout_ms, &l->socket, &status);
	if (e == OK) {
		*out = l;
		return (FEED_OK);
	}
	free(l);
	return (e == E_UPSTREAM ? status_means(status == 101 ? 0 : status)
				: FEED_LEFT);
}

void
trade_line_close(struct flow *f, struct trade_line *l)
{
	if (l == NULL)
		return;
	websocket_close(f, l->socket);
	free(l);
}

/* ---- what is wanted ---------------------------------------------- */

static str
row_str(const struct wish_row *r)
{
	return ((str){ r->p, r->n });
}

static bool
among(str symbol, const str *symbols, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(symbols[i], symbol))
			return (true);
	return (false);
}

bool
trade_line_has(const struct trade_line *l, str symbol)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(row_str(&l->has[i]), symbol))
			return (true);
	return (false);
}

static enum err
ask(struct flow *f, struct trade_line *l, str symbol, bool on)
{
	struct arena a;
	enum err e;

	arena_init(&a, SCRAP_BYTES, NULL, NULL);
	e = websocket_say(f, l->socket, finnhub_trades_ask(&a, symbol, on));
	arena_drop(&a);
	return (e);
}

/* Those no longer wanted go first, so that the cap is never passed. */
enum err
trade_line_want(
    struct flow *f, struct trade_line *l, const str *symbols, size_t n)
{
	struct wish_row gone;
	size_t i;

	if (n > l->max)
		n = l->max;
	for (i = 0; i < l->n;) {
		if (among(row_str(&l->has[i]), symbols, n)) {
			i++;
			continue;
		}
		gone = l->has[i];
		l->has[i] = l->has[--l->n];
		TRY(ask(f, l, row_str(&gone), false));
	}
	for (i = 0; i < n; i++) {
		if (symbols[i].n > LIMIT_SYMBOL_BYTES ||
		    trade_line_has(l, symbols[i]))
			continue;
		memcpy(l->has[l->n].p, symbols[i].p, symbols[i].n);
		l->has[l->n++].n = symbols[i].n;
		TRY(ask(f, l, symbols[i], true));
	}
	return (OK);
}

/* ---- what comes -------------------------------------------------- */

static enum err
line_ends(const char *why)
{
	LOG(LOG_WARN, "trades.ended", LZ("why", why));
	return (E_UPSTREAM);
}

static enum err
message_means(struct trade_line *l, enum trades_said said)
{
	switch (said) {
	case SAID_FULL:
		LOG(LOG_WARN, "trades.full", LN("symbols", (int64_t)l->n));
		if (l->n > 0)
			l->max = --l->n;
		return (l->max > 0 ? OK : line_ends("takes no symbols"));
	case SAID_KEY:
		return (line_ends("does not accept the key"));
	case SAID_ERROR:
	case SAID_NONSENSE:
		meter_add(M_feed_failures_total, 1);
		return (OK);
	case SAID_TRADES:
	case SAID_ALIVE:
		break;
	}
	return (OK);
}

enum err
trade_line_hear(struct flow *f, struct trade_line *l, struct arena *a,
    int64_t wait_ms, struct list *out)
{
	enum err e;
	str text;

	*out = (struct list){ NULL, 0 };
	e = websocket_hear(f, l->socket, wait_ms, &text);
	if (e == OK)
		return (message_means(
		    l, finnhub_read_trades(a, text, instant_now(), out)));
	if (e == E_UPSTREAM)
		return (line_ends(websocket_why(l->socket)));
	if (e == E_DEADLINE &&
	    mono_ms() - websocket_heard_ms(l->socket) >
		settings.stream_silence_ms)
		return (line_ends("has fallen silent"));
	return (e == E_DEADLINE ? OK : e);
}
