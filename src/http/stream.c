/*
 * Live streams: server-sent events on a connection that holds no fiber.
 * What cannot be sent waits in Kore's queue up to a limit; a client slower
 * than that is cut, for it will come again and ask for what is new. A stream
 * lasts no longer than the session of whoever opened it: every few seconds
 * one flow asks which sessions go on.
 */
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "http/exchange.h"

#define IDLE_MS		(365u * 86400 * 1000)
#define LOOK_MS		3000
#define LOOK_BATCH	200
#define EARLY_FIRST	4096
#define EARLY_MAX	(1024 * 1024)

struct stream {
	struct stream		*prev, *next;
	struct connection	*con;	/* NULL until the answer has begun */
	struct who		 who;
	void			*arg;
	void			(*closed)(struct stream *, void *);
	char			*early;	/* sent before it has */
	size_t			 early_n, early_cap;
	size_t			 queue_max;	/* unsent bytes */
	bool			 cut;	/* ends as soon as it has begun */
};

static struct {
	struct stream	*first;
	int64_t		 count;
	alive_fn	 alive;
	struct timer	 look;
	bool		 looking;
} streams;

const struct who *
stream_who(const struct stream *s)
{
	return (&s->who);
}

/* ---- its life ---------------------------------------------------- */

/* The client is gone, or never got its answer. */
void
stream_drop(struct stream *s)
{
	if (s->closed != NULL)
		s->closed(s, s->arg);
	if (s->prev != NULL)
		s->prev->next = s->next;
	else
		streams.first = s->next;
	if (s->next != NULL)
		s->next->prev = s->prev;
	meter_set(M_stream_clients, --streams.count);
	free(s->early);
	free(s);
}

static struct stream *
stream_new(void)
{
	struct stream *s;

	if (streams.count >= LIMIT_STREAM_CLIENTS ||
	    (s = calloc(1, sizeof(*s))) == NULL)
		return (NULL);
	s->next = streams.first;
	if (streams.first != NULL)
		streams.first->prev = s;
	streams.first = s;
	meter_set(M_stream_clients, ++streams.count);
	return (s);
}

enum err
stream_open(struct call *c, void *arg,
    void (*closed)(struct stream *, void *), struct stream **out)
{
	struct exchange *ex = exchange_of(c);
	struct stream *s;

	if ((s = stream_new()) == NULL)
		return (flow_fault(c->f, E_BUSY, "too many live streams"));
	s->who = c->f->who;
	s->arg = arg;
	s->closed = closed;
	s->queue_max = LIMIT_STREAM_QUEUE_BYTES;
	ex->stream = *out = s;
	ex->type = S("text/event-stream");
	ex->caching = "no-store";
	ex->endless = true;
	return (OK);
}

/* Kore frees hdlr_extra itself, so that is a cell which points to ours. */
static void
stream_gone(struct connection *con)
{
	struct stream **cell = con->hdlr_extra;

	if (cell != NULL && *cell != NULL)
		stream_drop(*cell);
	if (cell != NULL)
		*cell = NULL;
}

void
stream_close(struct stream *s)
{
	s->cut = true;
	if (s->con != NULL)
		kore_connection_disconnect(s->con);
}

/* The answer's header is queued; what was sent before it follows. */
void
stream_begin(struct exchange *ex)
{
	struct stream *s = ex->stream, **cell;
	struct connection *con = ex->req->owner;

	con->idle_timer.length = IDLE_MS;
	con->flags &= (u_int16_t)~CONN_IDLE_TIMER_ACT;
	cell = kore_malloc(sizeof(struct stream *));
	*cell = s;
	con->hdlr_extra = cell;
	con->disconnect = stream_gone;
	s->con = con;
	s->queue_max += s->early_n;
	if (s->early_n > 0)
		net_send_queue(con, s->early, s->early_n);
	free(s->early);
	s->early = NULL;
	s->early_n = s->early_cap = 0;
	if (s->cut)
		kore_connection_disconnect(con);
}

/* ---- what is sent ------------------------------------------------ */

static size_t
unsent(struct connection *con)
{
	struct netbuf *nb;
	size_t n;

	n = 0;
	TAILQ_FOREACH(nb, &con->send_queue, list)
		n += nb->b_len - nb->s_off;
	return (n);
}

/* What comes with the answer may be long; more than that is a mistake. */
static void
early_add(struct stream *s, str text)
{
	size_t cap;
	char *p;

	if (s->early_n + text.n > EARLY_MAX) {
		s->cut = true;
		return;
	}
	cap = s->early_cap > 0 ? s->early_cap : EARLY_FIRST;
	while (cap < s->early_n + text.n)
		cap *= 2;
	if (cap > s->early_cap) {
		if ((p = realloc(s->early, cap)) == NULL) {
			s->cut = true;
			return;
		}
		s->early = p;
		s->early_cap = cap;
	}
	memcpy(s->early + s->early_n, text.p, text.n);
	s->early_n += text.n;
}

static void
stream_add(struct stream *s, str text)
{
	if (text.n == 0)
		return;
	if (s->con != NULL)
		net_send_queue(s->con, text.p, text.n);
	else
		early_add(s, text);
}

static void
stream_field(struct stream *s, str name, str value)
{
	if (value.p == NULL)
		return;
	stream_add(s, name);
	stream_add(s, value);
	stream_add(s, S("\n"));
}

static bool
stream_flush(struct stream *s)
{
	size_t left;

	if (s->con == NULL)
		return (true);
	if (!net_send_flush(s->con)) {
		kore_connection_disconnect(s->con);
		return (false);
	}
	left = unsent(s->con);
	if (left == 0)
		s->queue_max = LIMIT_STREAM_QUEUE_BYTES;
	if (left <= s->queue_max)
		return (true);
	meter_add(M_stream_shed_total, 1);
	kore_connection_disconnect(s->con);
	return (false);
}

bool
stream_send(struct stream *s, str event, str id, str data)
{
	stream_field(s, S("id: "), id);
	stream_field(s, S("event: "), event);
	stream_field(s, S("data: "), data);
	stream_add(s, S("\n"));
	meter_add(M_stream_events_total, 1);
	return (stream_flush(s));
}

/* ---- no longer than its session ---------------------------------- */

void
stream_close_session(uuid session)
{
	struct stream *s, *next;

	for (s = streams.first; s != NULL; s = next) {
		next = s->next;
		if (uuid_eq(s->who.session, session))
			stream_close(s);
	}
}

/* Whoever opened the streams, as they are now: while the question is on its
 * way, streams come and go. */
static size_t
look_gather(struct arena *a, struct who **out)
{
	const struct stream *s;
	size_t n;

	*out = ARENA_MANY(a, (size_t)streams.count, struct who);
	for (n = 0, s = streams.first; s != NULL; s = s->next)
		(*out)[n++] = s->who;
	return (n);
}

/* When it cannot be found out, the streams stay. */
static enum err
look_run(struct flow *f, void *arg)
{
	bool alive[LOOK_BATCH];
	struct who *who;
	size_t i, k, n, all;

	(void)arg;
	all = look_gather(&f->arena, &who);
	for (i = 0; i < all; i += n) {
		n = all - i < LOOK_BATCH ? all - i : LOOK_BATCH;
		memset(alive, 0, sizeof(alive));
		TRY(streams.alive(f, who + i, n, alive));
		for (k = 0; k < n; k++)
			if (!alive[k])
				stream_close_session(who[i + k].session);
	}
	return (OK);
}

static void
look_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	(void)e;
	streams.looking = false;
}

static void
look(void *arg)
{
	(void)arg;
	timer_set(&streams.look, LOOK_MS);
	if (streams.first == NULL || streams.looking)
		return;
	streams.looking = true;
	if (flow_start(look_run, look_end, NULL, LIMIT_REQUEST_MS) == NULL)
		streams.looking = false;
}

void
http_streams(alive_fn alive)
{
	streams.alive = alive;
}

void
stream_start(void)
{
	streams.look.fn = look;
	if (streams.alive != NULL)
		timer_set(&streams.look, LOOK_MS);
}
