/*
 * Live streams: server-sent events on a connection that holds no fiber.
 * What cannot be sent waits in Kore's queue up to a limit; a client slower
 * than that is cut, for it will come again and ask for what is new.
 */
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "http/exchange.h"

#define IDLE_MS	(365u * 86400 * 1000)

struct stream {
	struct connection	*con;	/* NULL until the answer has begun */
	struct who		 who;
	void			*arg;
	void			(*closed)(struct stream *, void *);
	char			*early;	/* sent before it has */
	size_t			 early_n;
};

static int64_t stream_count;

const struct who *
stream_who(const struct stream *s)
{
	return (&s->who);
}

/* The client is gone, or never got its answer. */
void
stream_drop(struct stream *s)
{
	if (s->closed != NULL)
		s->closed(s, s->arg);
	meter_set(M_stream_clients, --stream_count);
	free(s->early);
	free(s);
}

enum err
stream_open(struct call *c, void *arg,
    void (*closed)(struct stream *, void *), struct stream **out)
{
	struct exchange *ex = exchange_of(c);
	struct stream *s;

	if (stream_count >= LIMIT_STREAM_CLIENTS ||
	    (s = calloc(1, sizeof(*s))) == NULL)
		return (flow_fault(c->f, E_BUSY, "too many live streams"));
	s->who = c->f->who;
	s->arg = arg;
	s->closed = closed;
	meter_set(M_stream_clients, ++stream_count);
	ex->stream = *out = s;
	ex->type = S("text/event-stream");
	ex->caching = "no-store";
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

static bool
stream_put(struct stream *s, const char *p, size_t n)
{
	char *early;

	if (s->con != NULL) {
		net_send_queue(s->con, p, n);
		if (net_send_flush(s->con) &&
		    unsent(s->con) <= LIMIT_STREAM_QUEUE_BYTES)
			return (true);
		meter_add(M_stream_shed_total, 1);
		kore_connection_disconnect(s->con);
		return (false);
	}
	if (s->early_n + n > LIMIT_STREAM_QUEUE_BYTES ||
	    (early = realloc(s->early, s->early_n + n)) == NULL)
		return (true);
	memcpy(early + s->early_n, p, n);
	s->early = early;
	s->early_n += n;
	return (true);
}

bool
stream_send(struct stream *s, str event, str id, str data)
{
	struct arena a;
	bool good;
	str text;

	arena_init(&a, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	text = event.p == NULL ? S(": still here\n\n") : id.p == NULL ?
	    arena_printf(&a, "event: %.*s\ndata: %.*s\n\n", STR_ARG(event),
	    STR_ARG(data)) :
	    arena_printf(&a, "id: %.*s\nevent: %.*s\ndata: %.*s\n\n",
	    STR_ARG(id), STR_ARG(event), STR_ARG(data));
	good = stream_put(s, text.p, text.n);
	arena_drop(&a);
	meter_add(M_stream_events_total, 1);
	return (good);
}

void
stream_close(struct stream *s)
{
	if (s->con != NULL)
		kore_connection_disconnect(s->con);
}

void
stream_begin(struct exchange *ex)
{
	struct stream *s = ex->stream, **cell;
	struct connection *con = ex->req->owner;

	ex->req->flags |= HTTP_REQUEST_NO_CONTENT_LENGTH;
	http_response(ex->req, ex->status, NULL, 0);
	con->http_timeout = 0;
	con->idle_timer.length = IDLE_MS;
	con->flags &= (u_int16_t)~CONN_IDLE_TIMER_ACT;
	cell = kore_malloc(sizeof(struct stream *));
	*cell = s;
	con->hdlr_extra = cell;
	con->disconnect = stream_gone;
	s->con = con;
	if (s->early_n > 0)
		net_send_queue(con, s->early, s->early_n);
	free(s->early);
	s->early = NULL;
	s->early_n = 0;
}
