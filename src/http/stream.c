/*
 * Live streams: server-sent events on a connection that holds no fiber. A
 * client gets what its socket takes, from texts that all share; of what does
 * not fit only the rest of one event is kept, and whoever feeds the stream
 * is told when there is room again. Whoever is cut is told why.
 */
#include <sys/socket.h>
#include <sys/uio.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/stream.h"
#include "kore/boot.h"

#define IDLE_MS		(365u * 86400 * 1000)
#define EARLY_MAX	(1024 * 1024)
#define STUCK_MS	30000	/* a client that reads nothing so long */
#define LEAVE_MS	5000	/* to read why it was cut */
#define RETRY_MS	500	/* to come again, and up to so many times it */
#define RETRY_TIMES	8
#define EVEN_MS		50
#define EVEN_SLACK	200	/* streams a worker may have beyond its share */

static struct {
	int64_t		 count;
	struct timer	 even;
	u_int32_t	 most;		/* connections, as configured */
	int64_t		 others;	/* streams of other workers, last */
} streams;

/* ---- its life ---------------------------------------------------- */

/* Whoever feeds it shall forget it; told once. */
static void
stream_forgotten(struct stream *s)
{
	void (*closed)(struct stream *, void *) = s->closed;

	s->closed = NULL;
	s->ready = NULL;
	if (closed != NULL)
		closed(s, s->arg);
}

/* The client is gone, or never got its answer. */
void
stream_drop(struct stream *s)
{
	stream_forgotten(s);
	sitting_leave(s);
	meter_set(M_stream_clients, --streams.count);
	free(s->early);
	free(s);
}

/* Room is left for those who only ask. */
static bool
streams_full(void)
{
	return (streams.count >= streams.most - streams.most / 8);
}

enum err
stream_open(struct call *c, void *arg,
    void (*closed)(struct stream *, void *), struct stream **out)
{
	struct exchange *ex = exchange_of(c);
	struct stream *s;

	if (streams_full() || (s = calloc(1, sizeof(*s))) == NULL)
		return (flow_fault(c->f, E_BUSY, "too many live streams"));
	if (!sitting_join(s, &c->f->who)) {
		free(s);
		return (E_BUSY);
	}
	meter_set(M_stream_clients, ++streams.count);
	s->arg = arg;
	s->closed = closed;
	s->stuck_ms = mono_ms();
	ex->stream = *out = s;
	ex->type = S("text/event-stream");
	ex->caching = "no-store";
	ex->endless = true;
	return (OK);
}

void
stream_when_ready(struct stream *s, void (*ready)(struct stream *, void *))
{
	s->ready = ready;
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

/* ---- what is sent ------------------------------------------------ */

/* What comes with the answer may be long; more than that is a mistake. */
static void
early_add(struct stream *s, str text)
{
	char *p;

	if (s->early_n + text.n > EARLY_MAX ||
	    (p = realloc(s->early, s->early_n + text.n)) == NULL) {
		stream_end(s, "too_much");
		return;
	}
	memcpy(p + s->early_n, text.p, text.n);
	s->early = p;
	s->early_n += text.n;
}

/* Nothing is on its way any more, and the client takes what comes. */
static bool
stream_takes(const struct stream *s)
{
	return (s->con != NULL && TAILQ_EMPTY(&s->con->send_queue) &&
	    (s->con->evt.flags & KORE_EVENT_WRITE));
}

/* False: the client is gone, and so is the stream. */
static bool
stream_flush(struct stream *s)
{
	struct connection *con = s->con;
	struct stream **cell = con->hdlr_extra;

	if (!net_send_flush(con))
		kore_connection_disconnect(con);
	if (*cell == NULL)
		return (false);
	if (!stream_takes(s) && s->stuck_ms == 0)
		s->stuck_ms = mono_ms();
	return (true);
}

/* Bytes the socket took; -1: the client is gone, and so is the stream. */
static ssize_t
stream_write(struct stream *s, const str *events, size_t n)
{
	struct iovec iov[STREAM_PUSH_MAX];
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = n };
	ssize_t sent;
	size_t i;

	for (i = 0; i < n; i++)
		iov[i] = (struct iovec){ (void *)(uintptr_t)events[i].p,
		    events[i].n };
	do
		sent = sendmsg(s->con->fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	if (sent >= 0)
		return (sent);
	if (errno == EAGAIN) {
		s->con->evt.flags &= ~KORE_EVENT_WRITE;
		s->stuck_ms = mono_ms();
		return (0);
	}
	kore_connection_disconnect(s->con);
	return (-1);
}

/* What it takes of events that are not begun yet; false: it is gone. */
static bool
stream_fill(struct stream *s, const str *events, size_t n, size_t *taken)
{
	ssize_t sent = stream_write(s, events, n);
	size_t left;

	if (sent == -1)
		return (false);
	for (left = (size_t)sent; *taken < n && left >= events[*taken].n;)
		left -= events[(*taken)++].n;
	if (left == 0)
		return (true);
	net_send_queue(s->con, events[*taken].p + left,
	    events[*taken].n - left);
	++*taken;
	return (stream_flush(s));
}

bool
stream_push(struct stream *s, const str *events, size_t n, size_t *taken)
{
	size_t k;

	for (*taken = 0; *taken < n && !s->leaving && stream_takes(s);
	    *taken += k) {
		k = 0;
		if (!stream_fill(s, events + *taken, n - *taken, &k))
			return (false);
	}
	meter_add(M_stream_events_total, (int64_t)*taken);
	return (true);
}

void
stream_say(struct stream *s, str text)
{
	if (s->leaving)
		return;
	meter_add(M_stream_events_total, 1);
	if (s->con == NULL) {
		early_add(s, text);
		return;
	}
	net_send_queue(s->con, text.p, text.n);
	(void)stream_flush(s);
}

/* ---- Kore's side of it ------------------------------------------- */

/* There is room again. Nothing is read from the client any more. */
static int
stream_event(struct connection *con)
{
	struct stream **cell = con->hdlr_extra, *s;

	con->evt.flags &= ~KORE_EVENT_READ;
	if (!(con->evt.flags & KORE_EVENT_WRITE))
		return (KORE_RESULT_OK);
	if (!net_send_flush(con))
		return (KORE_RESULT_ERROR);
	if ((s = *cell) == NULL || s->stuck_ms == 0 || !stream_takes(s))
		return (KORE_RESULT_OK);
	s->stuck_ms = 0;
	if (s->ready != NULL)
		s->ready(s, s->arg);
	return (KORE_RESULT_OK);
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
	con->handle = stream_event;
	s->con = con;
	if (s->early_n > 0)
		net_send_queue(con, s->early, s->early_n);
	free(s->early);
	s->early = NULL;
	if (s->leaving)
		con->flags |= CONN_CLOSE_EMPTY;
	s->stuck_ms = mono_ms();
	if (stream_event(con) != KORE_RESULT_OK)
		kore_connection_disconnect(con);
}

/* ---- why it ends ------------------------------------------------- */

void
stream_end(struct stream *s, const char *why)
{
	char text[128];
	uint8_t r;
	int n;

	if (s->leaving)
		return;
	stream_forgotten(s);
	s->leaving = true;
	s->stuck_ms = mono_ms();
	/* A crowd that is cut at once should not come back at once. */
	random_bytes(&r, sizeof(r));
	n = snprintf(text, sizeof(text), "retry: %d\nevent: bye\n"
	    "data: {\"reason\":\"%s\"}\n\n", RETRY_MS + r * RETRY_MS *
	    RETRY_TIMES / 256, why);
	if (s->con == NULL) {
		early_add(s, (str){ text, (size_t)n });
		return;
	}
	s->con->flags |= CONN_CLOSE_EMPTY;
	net_send_queue(s->con, text, (size_t)n);
	(void)stream_flush(s);
}

void
stream_shed(struct stream *s)
{
	meter_add(M_stream_shed_total, 1);
	stream_end(s, "slow");
}

/* Those who do not even read why they were cut are cut all the same. */
void
stream_overdue(struct stream *s, int64_t now)
{
	if (s->stuck_ms == 0 || s->con == NULL)
		return;
	if (s->leaving && now - s->stuck_ms > LEAVE_MS)
		kore_connection_disconnect(s->con);
	else if (!s->leaving && now - s->stuck_ms > STUCK_MS)
		stream_shed(s);
}

/* ---- every worker its share -------------------------------------- */

/*
 * Who comes first in a crowd is not who has most room: a worker with more
 * than its share takes no connection for a moment, as long as others do.
 */
static void
even(void *arg)
{
	int64_t all = meter_sum(M_stream_clients), others;
	int64_t share = all / settings.workers;
	bool over, refusing = worker_max_connections == 0;

	(void)arg;
	timer_set(&streams.even, EVEN_MS);
	if (kore_draining())
		return;
	others = all - streams.count;
	over = streams.count > share + share / 10 + EVEN_SLACK;
	worker_max_connections = over && (!refusing ||
	    others != streams.others) ? 0 : streams.most;
	streams.others = others;
}

void
stream_start(void)
{
	streams.even.fn = even;
	streams.most = worker_max_connections;
	if (settings.workers > 1)
		timer_set(&streams.even, EVEN_MS);
	sitting_start();
}
