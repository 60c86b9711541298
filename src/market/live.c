/*
 * Live quotes: a publication's prices that moved become events, each written
 * once, in the ring; whoever watches their symbols is queued, and turns of
 * less than a millisecond give each of the queue what it has not had. A
 * stream that is far behind gets only the newest of each symbol, one that
 * the ring has left behind is cut. When no publications come, because Redis
 * is away, the table is read instead, as often. A stream holds no fiber and
 * no events of its own.
 */
#include <sys/queue.h>

#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "market/instrument.h"
#include "market/live.h"
#include "market/quotation.h"
#include "market/ring.h"

#define PING_MS		15000
#define SILENT_TICKS	3	/* then the table is read */
#define TURN_US		400	/* of sending, before others have theirs */
#define FAR_BEHIND	512	/* events */

const struct field stream_query_fields[] = {
	MAY(stream_query, symbols, "Tickers, separated by commas; all when "
	    "absent.", .max = QUOTE_SYMBOLS_MAX * (LIMIT_SYMBOL_BYTES + 1)),
	FIELDS_END
};

/* On which list a listener is. */
enum place_in_line { RESTS, QUEUES, WAITS };

struct listener {
	struct stream		*stream;
	uint64_t		 at;	/* the ring's next for it */
	enum place_in_line	 line;
	TAILQ_ENTRY(listener)	 lined;
	TAILQ_ENTRY(listener)	 all;	/* of those who watch everything */
	size_t			 n;	/* 0: it does */
	struct watching		 watches[];
};

TAILQ_HEAD(listeners, listener);

static struct {
	struct listeners queue;		/* has something to be told */
	struct listeners waiting;	/* till their sockets take more */
	struct listeners all;
	size_t		 count;
	int64_t		 heard_ms;	/* when the last publication came */
	struct timer	 turn, ping, poll;
	bool		 reading;
} live;

/* ---- telling ----------------------------------------------------- */

static struct listeners *
line_of(enum place_in_line line)
{
	return (line == QUEUES ? &live.queue : &live.waiting);
}

static void
listener_line(struct listener *l, enum place_in_line line)
{
	if (l->line != RESTS)
		TAILQ_REMOVE(line_of(l->line), l, lined);
	l->line = line;
	if (line != RESTS)
		TAILQ_INSERT_TAIL(line_of(line), l, lined);
	if (line == QUEUES && live.turn.slot == 0)
		timer_set(&live.turn, 0);
}

/* It has something to be told, as soon as it takes anything. */
static void
listener_queue(struct listener *l)
{
	if (l->line == RESTS)
		listener_line(l, QUEUES);
}

static bool
listener_wants(const struct listener *l, const struct event *e)
{
	size_t i;

	if (l->n == 0 || e->place == NULL)
		return (true);
	for (i = 0; i < l->n; i++)
		if (l->watches[i].place == e->place)
			return (true);
	return (false);
}

/* The next events for it; `ends` is where each of them ends in the ring,
 * and the last of them also covers what it does not want. */
static size_t
listener_gather(const struct listener *l, str *texts, uint64_t *ends)
{
	bool far = ring_end() - l->at > FAR_BEHIND;
	const struct event *e;
	uint64_t at;
	size_t n = 0;

	ends[0] = ring_end();
	for (at = l->at; at < ring_end() && n < STREAM_PUSH_MAX; at++) {
		e = ring_event(at);
		if (!listener_wants(l, e) || (far && !ring_newest(at)))
			continue;
		texts[n] = (str){ e->text, e->n };
		ends[n++] = at + 1;
	}
	if (n > 0 && at == ring_end())
		ends[n - 1] = at;
	return (n);
}

static void
listener_tell(struct listener *l)
{
	uint64_t ends[STREAM_PUSH_MAX];
	str texts[STREAM_PUSH_MAX];
	size_t n, taken = 0;

	if (l->at < ring_first()) {
		stream_shed(l->stream);
		return;
	}
	n = listener_gather(l, texts, ends);
	if (n > 0 && !stream_push(l->stream, texts, n, &taken))
		return;
	if (taken > 0 || n == 0)
		l->at = ends[taken > 0 ? taken - 1 : 0];
	listener_line(l, taken < n ? WAITS : l->at < ring_end() ? QUEUES :
	    RESTS);
}

/* Whoever cannot keep up is not looked for among all, but among those who
 * were found to be slow. */
static void
waiting_shed(void)
{
	struct listener *l, *next;

	for (l = TAILQ_FIRST(&live.waiting); l != NULL; l = next) {
		next = TAILQ_NEXT(l, lined);
		if (l->at < ring_first())
			stream_shed(l->stream);
	}
}

static void
live_turn(void *arg)
{
	int64_t until = mono_us() + TURN_US;
	struct listener *l;

	(void)arg;
	while ((l = TAILQ_FIRST(&live.queue)) != NULL && mono_us() < until)
		listener_tell(l);
	if (l != NULL)
		timer_set(&live.turn, 0);
}

static void
live_ready(struct stream *s, void *arg)
{
	(void)s;
	listener_line(arg, QUEUES);
}

/* ---- what is published ------------------------------------------- */

static void
queue_all(void)
{
	struct listener *l;

	TAILQ_FOREACH(l, &live.all, all)
		listener_queue(l);
}

/* Before what they shall be told is in the ring: whoever rests wanted nothing
 * of what is there, however much that was. */
static void
queue_watchers(const struct place *p)
{
	const struct watching *w;

	for (w = p->watchers; w != NULL; w = w->next) {
		if (w->who->line == RESTS)
			w->who->at = ring_end();
		listener_queue(w->who);
	}
}

/* A price that moved goes to whoever watches it. */
static bool
tick_told(const struct tick *t)
{
	struct place *p;

	if ((p = place_hold(t->symbol)) == NULL)
		return (false);
	if (!place_moves(p, t->price)) {
		place_release(p);
		return (false);
	}
	queue_watchers(p);
	ring_add(p, S("quote"), t->json);
	return (true);
}

static void
live_tell(str message)
{
	bool moved = false;
	struct tick t;

	while (tick_next(&message, &t))
		moved = tick_told(&t) || moved;
	if (moved)
		queue_all();
	waiting_shed();
}

static void	poll_now(void);

static void
live_hear(void *arg, str message)
{
	uint64_t seq, before;
	bool whole = true;

	(void)arg;
	live.heard_ms = mono_ms();
	if (tick_number(&message, &seq, &before))
		whole = ring_publication(seq, before);
	else
		ring_known(ring_clock());
	live_tell(message);
	if (!whole)
		poll_now();
}

/* ---- without messages -------------------------------------------- */

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
	uint64_t before = ring_clock();
	struct list kept;

	(void)arg;
	TRY(quotations_read(f, NULL, 0, RING_EVENTS / 2, &kept));
	ring_known(before);
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
poll_now(void)
{
	if (live.count == 0 || live.reading)
		return;
	live.reading = true;
	if (flow_start(poll_run, poll_end, NULL, LIMIT_REQUEST_MS) == NULL)
		live.reading = false;
}

static void
live_poll(void *arg)
{
	int64_t silent_ms = mono_ms() - live.heard_ms;

	(void)arg;
	timer_set(&live.poll, settings.tick_ms);
	if (cache_state() != CACHE_UP ||
	    silent_ms >= SILENT_TICKS * settings.tick_ms)
		poll_now();
}

static void
watchers_ping(void *arg, const struct place *p)
{
	(void)arg;
	queue_watchers(p);
}

static void
live_ping(void *arg)
{
	(void)arg;
	timer_set(&live.ping, PING_MS);
	if (live.count == 0)
		return;
	board_watched(watchers_ping, NULL);
	ring_say(S("ping"), S("{}"));
	queue_all();
	waiting_shed();
}

void
live_start(void)
{
	TAILQ_INIT(&live.queue);
	TAILQ_INIT(&live.waiting);
	TAILQ_INIT(&live.all);
	live.turn.fn = live_turn;
	live.ping.fn = live_ping;
	live.poll.fn = live_poll;
	timer_set(&live.ping, PING_MS);
	timer_set(&live.poll, settings.tick_ms);
	cache_subscribe(QUOTES_CHANNEL, live_hear, NULL);
}

/* ---- a client comes and goes ------------------------------------- */

static void
listener_free(struct listener *l)
{
	size_t i;

	for (i = 0; i < l->n && l->watches[i].place != NULL; i++)
		place_unwatch(&l->watches[i]);
	free(l);
}

static void
live_closed(struct stream *s, void *arg)
{
	struct listener *l = arg;

	(void)s;
	listener_line(l, RESTS);
	if (l->n == 0)
		TAILQ_REMOVE(&live.all, l, all);
	live.count--;
	listener_free(l);
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

	l = calloc(1, sizeof(*l) + n * sizeof(l->watches[0]));
	if (l == NULL)
		return (NULL);
	l->n = n;
	for (i = 0; i < n; i++) {
		l->watches[i].who = l;
		if (!place_watch(&l->watches[i], symbols[i])) {
			listener_free(l);
			return (NULL);
		}
	}
	return (l);
}

/* It rests on the waiting list until its answer has begun. */
static enum err
listener_open(struct call *c, struct listener *l)
{
	enum err e = stream_open(c, l, live_closed, &l->stream);

	if (e != OK) {
		listener_free(l);
		return (e);
	}
	live.count++;
	if (l->n == 0)
		TAILQ_INSERT_TAIL(&live.all, l, all);
	listener_line(l, WAITS);
	stream_when_ready(l->stream, live_ready);
	return (OK);
}

/* The first event has the id from which the stream goes on. */
static str
hello(struct arena *a, str id, bool resumed)
{
	return (arena_printf(a, "id: %.*s\nevent: hello\n"
	    "data: {\"simulated\":%s,\"resumed\":%s}\n\n", STR_ARG(id),
	    feed_current()->simulated ? "true" : "false",
	    resumed ? "true" : "false"));
}

static void
text_add(str *text, str more)
{
	memcpy((char *)(uintptr_t)text->p + text->n, more.p, more.n);
	text->n += more.n;
}

static str
snapshot(struct arena *a, str begin, const struct list *kept)
{
	str rest = quotations_message(a, kept), text;
	struct tick t;

	text = (str){ arena_alloc(a, begin.n + rest.n + kept->n * 32), 0 };
	text_add(&text, begin);
	while (tick_next(&rest, &t)) {
		text_add(&text, S("event: quote\ndata: "));
		text_add(&text, t.json);
		text_add(&text, S("\n\n"));
	}
	return (text);
}

/* What was published while the table was read is told after it. */
enum err
live_open(struct call *c)
{
	const struct stream_query *q = c->query;
	str symbols[QUOTE_SYMBOLS_MAX], id, text;
	char mark[MARK_TEXT_MAX];
	struct arena *a = &c->f->arena;
	struct listener *l;
	struct list kept;
	uint64_t at;
	bool resumed;
	size_t n = 0;

	if (q->symbols.p != NULL)
		TRY(symbols_read(c, q->symbols, symbols, &n));
	id = call_header(c, "last-event-id");
	resumed = id.p != NULL && ring_after(id, &at);
	if (!resumed) {
		id = arena_str(a, ring_mark(mark));
		at = ring_end();
		TRY(quotations_read(c->f, n > 0 ? symbols : NULL, n,
		    QUOTES_MAX, &kept));
	}
	text = hello(a, id, resumed);
	if (!resumed)
		text = snapshot(a, text, &kept);
	if ((l = listener_new(symbols, n)) == NULL)
		return (E_BUSY);
	l->at = at;
	TRY(listener_open(c, l));
	stream_say(l->stream, text);
	return (OK);
}
