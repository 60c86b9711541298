/*
 * Live quotes: a message from whoever refreshes them goes to every stream of
 * this process that asked for its symbols, if the price is another than the
 * one sent last. When no messages come, because Redis is away, the table is
 * read instead, as often. A stream holds no fiber.
 */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "market/board.h"
#include "market/instrument.h"
#include "market/live.h"
#include "market/quotation.h"

#define PING_MS		15000
#define SILENT_TICKS	3	/* then the table is read */
#define SLICE		200	/* streams told in one turn of the loop */

const struct field stream_query_fields[] = {
	MAY(stream_query, symbols, "Tickers, separated by commas; all when "
	    "absent.", .max = QUOTE_SYMBOLS_MAX * (LIMIT_SYMBOL_BYTES + 1)),
	FIELDS_END
};

struct listener {
	struct stream		*stream;
	struct listener		*prev, *next;
	size_t			 n;	/* 0: all */
	struct {
		uint8_t	n;
		char	p[LIMIT_SYMBOL_BYTES];
	}			 symbols[];
};

/* Several events as one text, so that a client costs one write. */
struct events_text {
	char	*p;
	size_t	 n;
};

/* Ticks on their way to the streams, a slice of them each turn of the loop,
 * so that many streams do not hold up the requests. */
struct fan {
	bool			 busy;
	struct arena		 arena;
	struct tick		*ticks;
	size_t			 n;
	struct events_text	 all, some;
	struct listener		*next;	/* who is told next */
	struct timer		 turn;
};

static struct {
	struct listener	*first;
	int64_t		 heard_ms;	/* when the last message came */
	struct timer	 ping, poll;
	bool		 reading;
	struct fan	 fan;
} live;

/* ---- telling ------------------------------------------------------------- */

static bool
listener_wants(const struct listener *l, str symbol)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->symbols[i].n == symbol.n && memcmp(l->symbols[i].p,
		    symbol.p, symbol.n) == 0)
			return (true);
	return (l->n == 0);
}

static void
events_add(struct events_text *t, str json)
{
	static const char next[] = "\n\nevent: quote\ndata: ";

	if (t->n > 0) {
		memcpy(t->p + t->n, next, sizeof(next) - 1);
		t->n += sizeof(next) - 1;
	}
	memcpy(t->p + t->n, json.p, json.n);
	t->n += json.n;
}

/* A client that is too slow is cut while it is told: its listener goes. */
static void
listener_tell(const struct listener *l, struct fan *fan)
{
	struct events_text *t = &fan->all;
	size_t i;

	if (l->n > 0) {
		t = &fan->some;
		t->n = 0;
		for (i = 0; i < fan->n; i++)
			if (listener_wants(l, fan->ticks[i].symbol))
				events_add(t, fan->ticks[i].json);
	}
	if (t->n > 0)
		(void)stream_send(l->stream, S("quote"), STR_NONE,
		    (str){ t->p, t->n });
}

static void
fan_tell(struct fan *fan, size_t most)
{
	struct listener *l;

	while ((l = fan->next) != NULL && most-- > 0) {
		fan->next = l->next;
		listener_tell(l, fan);
	}
	if (fan->next != NULL) {
		timer_set(&fan->turn, 0);
		return;
	}
	timer_stop(&fan->turn);
	arena_drop(&fan->arena);
	fan->busy = false;
}

static void
fan_turn(void *arg)
{
	fan_tell(arg, SLICE);
}

/* The ticks of a message whose price moved, and their events as one text. */
static void
fan_read(struct fan *fan, str message)
{
	struct tick t;
	str rest;
	size_t n;

	message = arena_str(&fan->arena, message);
	for (n = 0, rest = message; tick_next(&rest, &t); n++)
		;
	fan->ticks = ARENA_MANY(&fan->arena, n, struct tick);
	fan->all.p = arena_alloc(&fan->arena, message.n + n * 32);
	fan->some.p = arena_alloc(&fan->arena, message.n + n * 32);
	fan->all.n = fan->n = 0;
	for (rest = message; tick_next(&rest, &t);) {
		if (!board_moves(&t))
			continue;
		fan->ticks[fan->n++] = t;
		events_add(&fan->all, t.json);
	}
}

/* A message that meets the one before it still on its way ends that first. */
static void
live_tell(str message)
{
	struct fan *fan = &live.fan;

	if (fan->busy)
		fan_tell(fan, SIZE_MAX);
	fan->busy = true;
	arena_init(&fan->arena, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	fan_read(fan, message);
	fan->next = fan->n > 0 ? live.first : NULL;
	fan_tell(fan, SLICE);
}

static void
live_hear(void *arg, str message)
{
	(void)arg;
	live.heard_ms = mono_ms();
	live_tell(message);
}

/* ---- without messages ---------------------------------------------------- */

static str
quotations_message(struct arena *a, const struct list *kept)
{
	struct quote *q = ARENA_MANY(a, kept->n, struct quote);
	size_t i;

	for (i = 0; i < kept->n; i++)
		q[i] = quote_of((const struct quotation *)kept->v + i);
	return (tick_message(a, q, kept->n));
}

static enum err
poll_run(struct flow *f, void *arg)
{
	struct list kept;

	(void)arg;
	TRY(quotations_read(f, NULL, 0, BOARD_SLOTS, &kept));
	live_tell(quotations_message(&f->arena, &kept));
	return (OK);
}

static void
poll_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	(void)e;
	live.reading = false;
}

static void
live_poll(void *arg)
{
	int64_t silent_ms = mono_ms() - live.heard_ms;

	(void)arg;
	timer_set(&live.poll, settings.tick_ms);
	if (live.first == NULL || live.reading ||
	    (cache_state() == CACHE_UP &&
	    silent_ms < SILENT_TICKS * settings.tick_ms))
		return;
	live.reading = flow_start(poll_run, poll_end, NULL,
	    LIMIT_REQUEST_MS) != NULL;
}

static void
live_ping(void *arg)
{
	struct listener *l, *next;

	(void)arg;
	timer_set(&live.ping, PING_MS);
	for (l = live.first; l != NULL; l = next) {
		next = l->next;
		(void)stream_send(l->stream, S("ping"), STR_NONE, S("{}"));
	}
}

void
live_start(void)
{
	live.fan.turn.fn = fan_turn;
	live.fan.turn.arg = &live.fan;
	live.ping.fn = live_ping;
	live.poll.fn = live_poll;
	timer_set(&live.ping, PING_MS);
	timer_set(&live.poll, settings.tick_ms);
	cache_subscribe(QUOTES_CHANNEL, live_hear, NULL);
}

/* ---- a client comes and goes --------------------------------------------- */

static void
live_closed(struct stream *s, void *arg)
{
	struct listener *l = arg;

	(void)s;
	if (live.fan.next == l)
		live.fan.next = l->next;
	if (l->prev != NULL)
		l->prev->next = l->next;
	else
		live.first = l->next;
	if (l->next != NULL)
		l->next->prev = l->prev;
	free(l);
}

enum err
symbols_read(struct call *c, str text, str *out, size_t *n)
{
	str part;
	size_t i;

	for (*n = 0; str_cut(&text, ',', &part);) {
		part = str_trim(part);
		for (i = 0; i < part.n; i++)
			if (part.p[i] >= 'a' && part.p[i] <= 'z')
				((char *)(uintptr_t)part.p)[i] -= 'a' - 'A';
		if (!symbol_ok(part))
			return (fault(c, "?symbols", "format", "tickers, "
			    "separated by commas"));
		for (i = 0; i < *n && !str_eq(out[i], part); i++)
			;
		if (i < *n)
			continue;
		if (*n == QUOTE_SYMBOLS_MAX)
			return (fault(c, "?symbols", "too_many",
			    "at most %d", QUOTE_SYMBOLS_MAX));
		out[(*n)++] = part;
	}
	return (OK);
}

static struct listener *
listener_new(const str *symbols, size_t n)
{
	struct listener *l;
	size_t i;

	l = calloc(1, sizeof(*l) + n * sizeof(l->symbols[0]));
	if (l == NULL)
		return (NULL);
	l->n = n;
	for (i = 0; i < n; i++) {
		l->symbols[i].n = (uint8_t)symbols[i].n;
		memcpy(l->symbols[i].p, symbols[i].p, symbols[i].n);
	}
	return (l);
}

static enum err
live_begin(struct call *c, struct listener *l, str known)
{
	struct tick t;
	enum err e;

	e = stream_open(c, l, live_closed, &l->stream);
	if (e != OK) {
		free(l);
		return (e);
	}
	l->next = live.first;
	if (live.first != NULL)
		live.first->prev = l;
	live.first = l;
	(void)stream_send(l->stream, S("hello"), STR_NONE,
	    feed_current()->simulated ? S("{\"simulated\":true}") :
	    S("{\"simulated\":false}"));
	while (tick_next(&known, &t))
		(void)stream_send(l->stream, S("quote"), STR_NONE, t.json);
	return (OK);
}

enum err
live_open(struct call *c)
{
	const struct stream_query *q = c->query;
	str symbols[QUOTE_SYMBOLS_MAX];
	struct listener *l;
	struct list kept;
	size_t n = 0;

	if (q->symbols.p != NULL)
		TRY(symbols_read(c, q->symbols, symbols, &n));
	TRY(quotations_read(c->f, n > 0 ? symbols : NULL, n, QUOTES_MAX,
	    &kept));
	if ((l = listener_new(symbols, n)) == NULL)
		return (E_BUSY);
	return (live_begin(c, l, quotations_message(&c->f->arena, &kept)));
}
