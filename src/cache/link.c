/*
 * One connection to Redis. hiredis formats and parses; the descriptor and
 * the queue are ours, so that a reply is owned by whoever asked, a reply
 * that comes late is dropped by its place in the queue, and bytes nobody
 * asked for end the connection and nothing else.
 *
 * Failures in a row are what others call a breaker: at three the connection
 * is given up and nothing is sent until a new one has answered a PING, tried
 * after 500 ms, then 1 s, 2 s .. 5 s; and until a command has succeeded on
 * it, one at a time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cache/dial.h"
#include "cache/resolve.h"

#define READ_BYTES     (16 * 1024)
#define READS_PER_STEP 8
#define OUT_BYTES_MAX  (4u << 20)
#define IN_BYTES_MAX   (16u << 20) /* of one unfinished reply */
#define BEAT_MS	       1000	   /* a PING when nothing else is asked */

int64_t
link_wait_ms(unsigned failures)
{
	int64_t ms = LINK_WAIT_MS_MIN;

	if (failures < LINK_FAILURES_MAX)
		return (20 * (int64_t)failures);
	for (; failures > LINK_FAILURES_MAX && ms < LINK_WAIT_MS_MAX;
	     failures--)
		ms *= 2;
	return (ms < LINK_WAIT_MS_MAX ? ms : LINK_WAIT_MS_MAX);
}

/* Three quarters to five quarters of it. */
static int64_t
jitter(int64_t ms)
{
	uint16_t r;

	random_bytes(&r, sizeof(r));
	return (ms * 3 / 4 + ms * r / 131072);
}

/* ---- ending a connection ----------------------------------------- */

/* Back to LINK_IDLE; answers those who waited, who are still to be told. */
static struct ask *
link_reset(struct link *l)
{
	if (l->state > LINK_RESOLVING) {
		watch_set(&l->watch, 0);
		close(l->watch.fd);
	}
	timer_stop(&l->timer);
	resolve_free(l->resolve);
	l->resolve = NULL;
	if (l->reader != NULL)
		redisReaderFree(l->reader);
	l->reader = NULL;
	free(l->out);
	l->out = NULL;
	l->out_n = l->out_cap = 0;
	l->generation++;
	l->state = LINK_IDLE;
	return (asks_take(&l->asks));
}

static void
link_tell(struct link *l, const char *why)
{
	if (l->told)
		return;
	l->told = true;
	LOG(LOG_WARN, "cache.down", LZ("link", l->name), LZ("why", why));
}

void
link_fail(struct link *l, const char *why)
{
	bool was_up = l->state == LINK_UP;
	struct ask *asks;

	if (l->state == LINK_IDLE)
		return;
	link_tell(l, why);
	l->failures++;
	asks = link_reset(l);
	timer_set(&l->timer, jitter(link_wait_ms(l->failures)));
	if (l->down != NULL && was_up)
		l->down(l);
	/* Last: on hearing of it others run, who may close the link. */
	ask_answer_all(asks);
}

void
link_healthy(struct link *l)
{
	l->failures = 0;
}

/* ---- sending ----------------------------------------------------- */

void
link_watch(struct link *l)
{
	watch_set(&l->watch,
	    l->out_n > 0 || l->state == LINK_CONNECTING
		? WATCH_READ | WATCH_WRITE
		: WATCH_READ);
}

/* False when the link is gone. */
bool
link_flush(struct link *l)
{
	ssize_t n;

	while (l->out_n > 0) {
		n = send(
		    l->watch.fd, l->out, l->out_n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN) {
			link_fail(l, "could not send");
			return (false);
		}
		if (n < 0)
			break;
		l->out_n -= (size_t)n;
		memmove(l->out, l->out + n, l->out_n);
	}
	link_watch(l);
	return (true);
}

static bool
out_append(struct link *l, const char *p, size_t n)
{
	size_t cap = l->out_cap > 0 ? l->out_cap : 4096;
	char *out;

	if (n > OUT_BYTES_MAX - l->out_n)
		return (false);
	while (cap < l->out_n + n)
		cap *= 2;
	if (cap > l->out_cap) {
		if ((out = realloc(l->out, cap)) == NULL)
			return (false);
		l->out = out;
		l->out_cap = cap;
	}
	memcpy(l->out + l->out_n, p, n);
	l->out_n += n;
	return (true);
}

static bool
out_command(struct link *l, int argc, const char **argv, const size_t *argn)
{
	char *text = NULL;
	int n = redisFormatCommandArgv(&text, argc, argv, argn);
	bool fits = n > 0 && out_append(l, text, (size_t)n);

	if (text != NULL)
		redisFreeCommand(text);
	return (fits);
}

struct ask *
link_queue(struct link *l, int argc, const char **argv, const size_t *argn,
    ask_fn fn, void *arg)
{
	struct ask *a = calloc(1, sizeof(*a));

	if (a == NULL || !out_command(l, argc, argv, argn)) {
		free(a);
		return (NULL);
	}
	a->fn = fn;
	a->arg = arg;
	a->at_ms = mono_ms() + l->timeout_ms;
	asks_push(&l->asks, a);
	return (a);
}

struct ask *
link_ask(struct link *l, int argc, const char **argv, const size_t *argn,
    ask_fn fn, void *arg)
{
	struct ask *a;

	if (l->state != LINK_UP &&
	    (l->state < LINK_CONNECTING || l->failures > 0))
		return (NULL);
	if (l->failures >= LINK_FAILURES_MAX && l->asks.n > 0)
		return (NULL);
	a = link_queue(l, argc, argv, argn, fn, arg);
	if (a == NULL || l->state != LINK_UP)
		return (a);
	if (l->timer.slot == 0 || l->idle)
		link_timer_set(l);
	return (link_flush(l) ? a : NULL);
}

void
link_say(struct link *l, int argc, const char **argv, const size_t *argn)
{
	if (l->state == LINK_UP && out_command(l, argc, argv, argn))
		(void)link_flush(l);
}

/* ---- receiving --------------------------------------------------- */

/* One reply to whoever it is for; false when the link changed meanwhile. */
static bool
link_deliver(struct link *l, redisReply *reply)
{
	unsigned generation = l->generation;
	struct ask *a = asks_pop(&l->asks);

	if (a != NULL)
		ask_answer(a, reply);
	else if (l->push != NULL) {
		l->push(l, reply);
		freeReplyObject(reply);
	} else {
		freeReplyObject(reply);
		link_fail(l, "answered without a question");
	}
	return (l->generation == generation);
}

static bool
link_parse(struct link *l, const char *p, size_t n)
{
	void *reply;

	if (redisReaderFeed(l->reader, p, n) != REDIS_OK) {
		link_fail(l, "could not be read");
		return (false);
	}
	for (;;) {
		reply = NULL;
		if (redisReaderGetReply(l->reader, &reply) != REDIS_OK ||
		    (reply == NULL && l->reader->len > IN_BYTES_MAX)) {
			link_fail(l, "does not speak Redis");
			return (false);
		}
		if (reply == NULL)
			return (true);
		if (!link_deliver(l, reply))
			return (false);
	}
}

static void
link_read(struct link *l)
{
	char p[READ_BYTES];
	ssize_t n;

	for (int i = 0; i < READS_PER_STEP; i++) {
		n = recv(l->watch.fd, p, sizeof(p), MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			link_fail(l,
			    n == 0 ? "closed the connection"
				   : "could not be read");
			return;
		}
		if (!link_parse(l, p, (size_t)n) || (size_t)n < sizeof(p))
			return;
	}
}

void
link_event(void *arg, unsigned events)
{
	struct link *l = arg;
	unsigned generation = l->generation;

	if (l->state == LINK_CONNECTING) {
		dial_connected(l);
		return;
	}
	if ((events & WATCH_WRITE) && !link_flush(l))
		return;
	if ((events & (WATCH_READ | WATCH_ERROR)) &&
	    l->generation == generation)
		link_read(l);
}

/* ---- time -------------------------------------------------------- */

/* A link that hears messages has its own way to notice silence. */
void
link_timer_set(struct link *l)
{
	struct ask *a = asks_oldest(&l->asks);

	l->idle = a == NULL;
	if (a != NULL)
		timer_set(&l->timer, a->at_ms - mono_ms());
	else if (l->push == NULL)
		timer_set(
		    &l->timer, l->failures > 0 ? l->timeout_ms : BEAT_MS);
	else
		timer_stop(&l->timer);
}

static void
beat_heard(void *arg, redisReply *reply)
{
	if (reply == NULL)
		return;
	freeReplyObject(reply);
	link_healthy(arg);
}

/* So that a process nobody asks anything knows as well that Redis hangs. */
static void
link_beat(struct link *l)
{
	const char *ping = "PING";
	size_t n = 4;

	if (link_queue(l, 1, &ping, &n, beat_heard, l) == NULL) {
		link_fail(l, "cannot be asked");
		return;
	}
	link_timer_set(l);
	(void)link_flush(l);
}

/*
 * Whoever has waited too long stops waiting; their replies may still come.
 * A request that nobody waits for any more still shows whether Redis answers.
 */
static void
asks_expire(struct link *l)
{
	unsigned generation = l->generation;
	int64_t now = mono_ms();
	struct ask *a;
	ask_fn fn;

	while ((a = asks_oldest(&l->asks)) != NULL && a->at_ms <= now) {
		if (l->failures + 1 >= LINK_FAILURES_MAX) {
			link_fail(l, "does not answer in time");
			return;
		}
		l->failures++;
		a->late = true;
		fn = a->fn;
		a->fn = NULL;
		if (fn != NULL)
			fn(a->arg, NULL);
		if (l->generation != generation)
			return;
	}
	link_timer_set(l);
}

static void
link_ring(void *arg)
{
	struct link *l = arg;

	switch (l->state) {
	case LINK_IDLE:
		dial_begin(l);
		break;
	case LINK_RESOLVING:
		dial_resolve(l);
		break;
	case LINK_CONNECTING:
	case LINK_GREETING:
		link_fail(l, "does not answer in time");
		break;
	case LINK_UP:
		if (l->idle)
			link_beat(l);
		else
			asks_expire(l);
		break;
	}
}

void
link_open(struct link *l)
{
	l->timer.fn = link_ring;
	l->timer.arg = l;
	asks_init(&l->asks);
	dial_begin(l);
}

void
link_close(struct link *l)
{
	ask_answer_all(link_reset(l));
}
