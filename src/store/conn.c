/*
 * One connection: dialled without waiting, greeted, read, and dialled again
 * when it is lost. It knows nothing of flows.
 */
#include <string.h>

#include "store/wire.h"

#define DIAL_MS		3000	/* from the first packet to READY */
#define BACKOFF_MS_MIN	50
#define BACKOFF_MS_MAX	1500
#define LOOK_MS		250	/* how often the oldest unit is looked at */
#define ORPHAN_MS	30	/* what nobody waits for may still take */

static void	conn_dial(struct conn *c);

int64_t
conn_age_ms(const struct conn *c)
{
	return (c->flying > 0 ? mono_ms() - c->head_ms : 0);
}

/* ---- losing it --------------------------------------------------- */

/* Doubled each time, the upper half of it random, so that the connections of
 * many processes do not all come back at once. */
static int64_t
backoff_ms(unsigned failures)
{
	int64_t ms = BACKOFF_MS_MIN;
	uint16_t dice;

	while (--failures > 0 && ms < BACKOFF_MS_MAX)
		ms *= 2;
	if (ms > BACKOFF_MS_MAX)
		ms = BACKOFF_MS_MAX;
	random_bytes(&dice, sizeof(dice));
	return (ms / 2 + ms / 2 * dice / UINT16_MAX);
}

static void
conn_hang_up(struct conn *c)
{
	watch_set(&c->watch, 0);
	timer_stop(&c->timer);
	units_lose(c);
	if (c->tx != NULL) {
		c->tx->conn = NULL;
		c->tx->failed = E_BUSY;
		c->tx = NULL;
	}
	PQfinish(c->pg);
	c->pg = NULL;
	c->taken = c->draining = c->worn = false;
	c->cancel_ms = 0;
	memset(c->prepared, 0, sizeof(c->prepared));
}

void
conn_lose(struct conn *c, const char *why)
{
	if (c->state == CONN_AWAY)
		return;
	pool_went(c, why);
	c->state = CONN_AWAY;
	conn_hang_up(c);
	if (!c->once)
		timer_set(&c->timer, backoff_ms(++c->failures));
}

void
conn_close(struct conn *c)
{
	c->state = CONN_AWAY;
	conn_hang_up(c);
}

/* ---- using it ---------------------------------------------------- */

void
conn_flush(struct conn *c)
{
	int left;

	left = PQflush(c->pg);
	if (left < 0) {
		conn_lose(c, "cannot send");
		return;
	}
	watch_set(&c->watch, WATCH_READ | (left > 0 ? WATCH_WRITE : 0));
	if (c->state == CONN_READY && c->timer.slot == 0)
		timer_set(&c->timer, LOOK_MS);
}

void
conn_hurry(struct conn *c)
{
	if (c->state == CONN_READY)
		timer_set(&c->timer, c->taken ? 0 : ORPHAN_MS);
}

static void
conn_look(struct conn *c)
{
	if (c->flying == 0)
		return;
	timer_set(&c->timer, LOOK_MS);
	pool_slow(c);
}

static void
conn_ready(struct conn *c)
{
	timer_stop(&c->timer);
	c->state = CONN_READY;
	c->failures = 0;
	pool_came(c);
}

/* libpq has taken all there was, so what arrived before the end counts. */
static void
conn_read(struct conn *c)
{
	bool open;

	open = PQconsumeInput(c->pg);
	units_read(c);
	if (!open || PQstatus(c->pg) == CONNECTION_BAD)
		conn_lose(c, PQerrorMessage(c->pg));
	else if (c->worn && c->flying == 0 && !c->taken)
		conn_lose(c, "its plans are older than the schema");
	else if (c->state == CONN_GREETING && c->flying == 0)
		conn_ready(c);
	else if (c->once && c->flying == 0)
		pool_errand();
}

static void
conn_event(void *arg, unsigned events)
{
	struct conn *c = arg;

	if (events & WATCH_READ)
		c->heard_ms = mono_ms();
	conn_read(c);
	if (c->state != CONN_AWAY)
		conn_flush(c);
	pool_settle();
}

/* ---- making it --------------------------------------------------- */

static void
conn_greet(struct conn *c)
{
	c->state = CONN_GREETING;
	c->watch.fd = PQsocket(c->pg);
	c->watch.fn = conn_event;
	if (PQsetnonblocking(c->pg, 1) != 0 || !PQenterPipelineMode(c->pg) ||
	    !pool_greet(c))
		conn_lose(c, PQerrorMessage(c->pg));
	else
		conn_flush(c);
}

/* libpq may go on with another descriptor at each step. */
static void
conn_dialling(void *arg, unsigned events)
{
	struct conn *c = arg;

	(void)events;
	watch_set(&c->watch, 0);
	switch (PQconnectPoll(c->pg)) {
	case PGRES_POLLING_OK:
		conn_greet(c);
		break;
	case PGRES_POLLING_READING:
		c->watch.fd = PQsocket(c->pg);
		watch_set(&c->watch, WATCH_READ);
		break;
	case PGRES_POLLING_WRITING:
		c->watch.fd = PQsocket(c->pg);
		watch_set(&c->watch, WATCH_WRITE);
		break;
	default:
		conn_lose(c, PQerrorMessage(c->pg));
		break;
	}
	pool_settle();
}

static void
conn_tick(void *arg)
{
	struct conn *c = arg;

	switch (c->state) {
	case CONN_AWAY:
		conn_dial(c);
		break;
	case CONN_DIALLING:
	case CONN_GREETING:
		conn_lose(c, "no answer in time");
		break;
	case CONN_READY:
		conn_look(c);
		break;
	}
	pool_settle();
}

/* Notices quote statements and values. */
static void
notice_drop(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static void
conn_dial(struct conn *c)
{
	c->state = CONN_DIALLING;
	meter_add(M_db_reconnects_total, 1);
	timer_set(&c->timer, DIAL_MS);
	c->pg = address_dial();
	if (PQstatus(c->pg) == CONNECTION_BAD) {
		conn_lose(c, PQerrorMessage(c->pg));
		return;
	}
	PQsetNoticeProcessor(c->pg, notice_drop, NULL);
	c->watch.fd = PQsocket(c->pg);
	c->watch.fn = conn_dialling;
	watch_set(&c->watch, WATCH_WRITE);
}

void
conn_open(struct conn *c)
{
	TAILQ_INIT(&c->units);
	c->watch.arg = c->timer.arg = c;
	c->timer.fn = conn_tick;
	conn_dial(c);
}
