/*
 * The connections of this process: which one a unit goes to, who waits for
 * one, and what is done when the server does not answer. It refuses to queue
 * work that nobody could serve: without a connection the answer is E_BUSY.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "store/wire.h"

#define STUCK_MS	1500	/* a head this old holds up newcomers */
#define DOUBT_MS	500	/* a head this old: does the server live? */
#define ERRAND_MS	1000	/* it does, if an errand is back by then */
#define CANCEL_MS	1000	/* between two cancels for one connection */
#define LATE_MS		1500	/* past statement_timeout: it is dead */
#define AWAIT_LOOK_MS	10
#define AWAIT_MS	10000	/* the longest a tool waits for its first */

struct waiter {
	TAILQ_ENTRY(waiter)	 at;
	struct flow		*flow;
	struct conn		*conn;		/* what it got */
	bool			 refused;	/* or that there is none */
};

TAILQ_HEAD(waiters, waiter);

static struct {
	struct conn	 conns[CONNS_MAX];
	size_t		 count;
	size_t		 ready;
	size_t		 taken;
	bool		 told;		/* that the database is away */
	bool		 awaited;	/* the first one; nothing is logged */
	char		 why[256];	/* it did not come */
	struct waiters	 sharers, takers;
	size_t		 waiting;
	struct conn	 errand;	/* made for one purpose, then closed */
	int64_t		 errand_ms;	/* when it left */
	struct timer	 kick;
} pool;

/* Prepared on every connection before it is READY. */
const struct sql wire_begin = { "wire_begin", "begin", true, 0 };
const struct sql wire_commit = { "wire_commit", "commit", true, 0 };
const struct sql wire_rollback = { "wire_rollback", "rollback", true, 0 };
const struct sql wire_tenant = { "wire_tenant",
    "select set_config('app.tenant_id', $1, true)", true, 1 };
static const struct sql wire_cancel = { "wire_cancel",
    "select pg_cancel_backend($1)", true, 1 };

bool
pool_greet(struct conn *c)
{
	if (c == &pool.errand)
		return (unit_prepare(c, &wire_cancel));
	return (unit_prepare(c, &wire_begin) &&
	    unit_prepare(c, &wire_commit) &&
	    unit_prepare(c, &wire_rollback) &&
	    unit_prepare(c, &wire_tenant));
}

/* ---- choosing one ------------------------------------------------ */

static bool
conn_shared(const struct conn *c)
{
	return (c->state == CONN_READY && !c->taken && !c->draining &&
	    !c->worn);
}

/* Units ahead, plus the age of the first: a slow one tends to stay slow. */
static int64_t
conn_load(const struct conn *c)
{
	return ((int64_t)c->flying + conn_age_ms(c));
}

static struct conn *
conn_least(void)
{
	struct conn *c, *best = NULL;

	for (c = pool.conns; c < pool.conns + pool.count; c++)
		if (conn_shared(c) && c->flying < CONN_UNITS_MAX &&
		    (best == NULL || conn_load(c) < conn_load(best)))
			best = c;
	return (best);
}

/* One connection stays with those who only read, if there are two. */
static size_t
taken_max(void)
{
	return (pool.count > 1 ? pool.count - 1 : 1);
}

static struct conn *
conn_idle(void)
{
	struct conn *c;

	for (c = pool.conns; c < pool.conns + pool.count; c++)
		if (c->state == CONN_READY && !c->taken && !c->worn &&
		    c->flying == 0)
			return (c);
	return (NULL);
}

static struct conn *
conn_take(void)
{
	struct conn *c;

	if (pool.taken >= taken_max() || (c = conn_idle()) == NULL)
		return (NULL);
	c->taken = true;
	c->draining = false;
	pool.taken++;
	return (c);
}

/* Let a connection run empty for each that waits to take one. */
static void
conns_drain(void)
{
	struct waiter *w = TAILQ_FIRST(&pool.takers);
	size_t places = taken_max() - pool.taken;
	struct conn *c;

	for (c = pool.conns; c < pool.conns + pool.count; c++) {
		if (!c->draining)
			continue;
		c->draining = w != NULL && places > 0;
		if (!c->draining)
			continue;
		places--;
		w = TAILQ_NEXT(w, at);
	}
	while (w != NULL && places-- > 0 && (c = conn_least()) != NULL) {
		c->draining = true;
		w = TAILQ_NEXT(w, at);
	}
}

/* ---- waiting for one --------------------------------------------- */

static void
waiter_off(struct waiters *list, struct waiter *w)
{
	TAILQ_REMOVE(list, w, at);
	meter_set(M_db_waiting, (int64_t)--pool.waiting);
}

static enum err
pool_wait(struct flow *f, struct waiters *list, struct conn **out)
{
	struct waiter w = { .flow = f };
	enum err e = OK;

	if (pool.ready == 0)
		return (E_BUSY);
	TAILQ_INSERT_TAIL(list, &w, at);
	meter_set(M_db_waiting, (int64_t)++pool.waiting);
	pool_kick();
	while (w.conn == NULL && !w.refused && e == OK)
		e = flow_park(f);
	*out = w.conn;
	if (w.conn != NULL)
		return (OK);
	if (w.refused)
		return (E_BUSY);
	waiter_off(list, &w);
	pool_kick();
	return (e);
}

/* A head so old on the best connection means that no newcomer is served. */
enum err
pool_take(struct flow *f, struct conn **out)
{
	if (!TAILQ_EMPTY(&pool.sharers) || (*out = conn_least()) == NULL)
		return (pool_wait(f, &pool.sharers, out));
	if (conn_age_ms(*out) >= STUCK_MS)
		return (E_BUSY);
	return (OK);
}

enum err
pool_take_whole(struct flow *f, struct conn **out)
{
	if (TAILQ_EMPTY(&pool.takers) && (*out = conn_take()) != NULL)
		return (OK);
	return (pool_wait(f, &pool.takers, out));
}

static void
waiter_serve(struct waiters *list, struct waiter *w, struct conn *c)
{
	waiter_off(list, w);
	w->conn = c;
	w->refused = c == NULL;
	flow_wake(w->flow);
}

static void
waiters_serve(struct waiters *list, struct conn *(*choose)(void))
{
	struct waiter *w;
	struct conn *c;

	while ((w = TAILQ_FIRST(list)) != NULL) {
		c = pool.ready > 0 ? choose() : NULL;
		if (c == NULL && pool.ready > 0)
			break;
		waiter_serve(list, w, c);
	}
}

static void
meters_set(void)
{
	struct conn *c;
	int64_t busy = 0;

	for (c = pool.conns; c < pool.conns + pool.count; c++)
		busy += c->flying > 0 || c->taken;
	meter_set(M_db_connections, (int64_t)pool.ready);
	meter_set(M_db_connections_busy, busy);
}

void
pool_settle(void)
{
	units_wake();
	waiters_serve(&pool.takers, conn_take);
	waiters_serve(&pool.sharers, conn_least);
	conns_drain();
	meters_set();
}

static void
pool_kicked(void *arg)
{
	(void)arg;
	pool_settle();
}

void
pool_kick(void)
{
	if (pool.kick.slot == 0)
		timer_set(&pool.kick, 0);
}

/* ---- a transaction's end ----------------------------------------- */

/* Back to the others, but never inside a transaction: a cancel may have hit
 * the ROLLBACK itself. The server rolls back what is hung up on. */
void
pool_give(struct conn *c)
{
	if (c->tx != NULL) {
		c->tx->conn = NULL;
		c->tx = NULL;
	}
	if (PQtransactionStatus(c->pg) != PQTRANS_IDLE) {
		conn_lose(c, "still in a transaction");
		return;
	}
	c->taken = false;
	pool.taken--;
	pool_kick();
}

/* ---- when the server takes its time ------------------------------ */

/*
 * An errand is a connection made anew, because those there are may all be in
 * the same queue. It says whether the server is there at all, and asks it to
 * stop what nobody waits for.
 */
static void
errand_send(void)
{
	if (pool.errand.state != CONN_AWAY)
		return;
	pool.errand_ms = mono_ms();
	pool.errand.once = true;
	conn_open(&pool.errand);
}

static bool
conn_blocked(const struct conn *c)
{
	const struct unit *head = TAILQ_FIRST(&c->units);

	return (c->state == CONN_READY && head != NULL &&
	    head->flow == NULL && head->sort == UNIT_CALL &&
	    (c->cancel_ms == 0 || mono_ms() - c->cancel_ms >= CANCEL_MS));
}

/* The statement may end by itself before the request gets there; then its
 * neighbour is hit, and sent again. */
static void
cancel_send(struct conn *c)
{
	char pid[12];
	const char *values[] = { pid };
	const struct line line = { &wire_cancel, values, 1 };

	snprintf(pid, sizeof(pid), "%d", PQbackendPID(c->pg));
	c->cancel_ms = mono_ms();
	unit_send(&pool.errand, unit_new(UNIT_ASIDE, &line, 1), &line);
}

void
pool_errand(void)
{
	struct conn *c;

	for (c = pool.conns; c < pool.conns + pool.count; c++)
		if (conn_blocked(c) && pool.errand.state == CONN_READY)
			cancel_send(c);
	if (pool.errand.flying == 0)
		conn_close(&pool.errand);
}

static bool
server_hangs(void)
{
	struct conn *c;

	if (pool.errand.state == CONN_AWAY ||
	    mono_ms() - pool.errand_ms < ERRAND_MS)
		return (false);
	for (c = pool.conns; c < pool.conns + pool.count; c++)
		if (c->state == CONN_READY && c->heard_ms >= pool.errand_ms)
			return (false);
	return (true);
}

static void
conns_lose(const char *why)
{
	struct conn *c;

	for (c = pool.conns; c < pool.conns + pool.count; c++)
		if (c->state == CONN_READY)
			conn_lose(c, why);
}

void
pool_slow(struct conn *c)
{
	int64_t age = conn_age_ms(c);

	if (age >= DOUBT_MS || conn_blocked(c))
		errand_send();
	if (age >= settings.statement_timeout_ms + LATE_MS)
		conn_lose(c, "no answer in time");
	else if (age >= DOUBT_MS && server_hangs())
		conns_lose("the server does not answer");
}

/* ---- coming and going -------------------------------------------- */

void
pool_came(struct conn *c)
{
	if (c == &pool.errand) {
		pool_errand();
		return;
	}
	pool.ready++;
	if (pool.told && !pool.awaited)
		LOG(LOG_INFORM, "db_up", LN("connections",
		    (int64_t)pool.ready));
	pool.told = pool.awaited = false;
	pool_kick();
}

/* Said once, when the last one is gone, and not at every attempt. */
void
pool_went(struct conn *c, const char *why)
{
	if (c == &pool.errand)
		return;
	if (c->state == CONN_READY)
		pool.ready--;
	if (c->taken)
		pool.taken--;
	if (pool.ready == 0 && !pool.told) {
		if (pool.awaited)
			snprintf(pool.why, sizeof(pool.why), "%.*s",
			    (int)strcspn(why, "\n"), why);
		else
			LOG(LOG_WARN, "db_down", LS("why",
			    str_trim(str_of(why))));
		pool.told = true;
	}
	pool_kick();
}

void
store_open(const char *url, size_t connections)
{
	struct conn *c;

	assert(pool.count == 0 && connections > 0);
	address_set(url);
	pool.count = connections < CONNS_MAX ? connections : CONNS_MAX;
	pool.kick.fn = pool_kicked;
	TAILQ_INIT(&pool.sharers);
	TAILQ_INIT(&pool.takers);
	for (c = pool.conns; c < pool.conns + pool.count; c++)
		conn_open(c);
}

void
store_open_tool(const char *url)
{
	pool.awaited = true;
	store_open(url, 1);
}

static enum err
unreached(struct flow *f)
{
	return (flow_fault(f, E_BUSY, "the database cannot be reached (%s): "
	    "%s", pool.why[0] != '\0' ? pool.why : "no answer",
	    settings.owner_url[0] != '\0' ?
	    "look at what BURSAR_OWNER_URL says" :
	    settings.database_url[0] != '\0' ?
	    "BURSAR_OWNER_URL is not set, look at what BURSAR_DATABASE_URL "
	    "says" : "set BURSAR_OWNER_URL"));
}

enum err
store_await(struct flow *f)
{
	int64_t waited;

	for (waited = 0; pool.awaited; waited += AWAIT_LOOK_MS) {
		if (pool.told || waited > AWAIT_MS)
			return (unreached(f));
		TRY(flow_sleep(f, AWAIT_LOOK_MS));
	}
	return (OK);
}

void
store_close(void)
{
	struct conn *c;

	pool.ready = 0;
	for (c = pool.conns; c < pool.conns + pool.count; c++)
		conn_close(c);
	conn_close(&pool.errand);
	pool_settle();
	timer_stop(&pool.kick);
	memset(&pool, 0, sizeof(pool));
}

bool
store_up(void)
{
	return (pool.ready > 0);
}
