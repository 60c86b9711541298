/*
 * Every call for a value is a flight: a flow of its own, which the flows
 * that want the value wait for, and which goes on when they leave. Between
 * processes a lock in Redis does the same. Whoever already has an older
 * value waits a little and then takes that.
 */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "feed/memory.h"
#include "feed/shelf.h"

#define PATIENCE_MS 1500 /* with a last good value at hand */
#define OTHERS_MS   1000 /* the same, for another process's call */
#define POLL_MS     50
#define SPARE_MS    3000 /* of a flight beyond the call itself */
#define LONG_AGO    (INT64_MIN / 2)

struct passenger {
	struct passenger *next;
	struct flow *flow;
	struct timer patience;
	bool landed, impatient;
	enum feed_answer answer;
};

struct flight {
	struct flight *next;
	const struct shelf *shelf;
	struct passenger *passengers;
	enum feed_answer answer;
	str about; /* part of `key` */
	size_t key_n;
	char key[]; /* feed:finnhub:quote:AAPL */
};

static struct flight *flights;

size_t
shelf_flights(void)
{
	size_t n = 0;

	for (struct flight *x = flights; x != NULL; x = x->next)
		n++;
	return (n);
}

void
shelf_clear(void)
{
	memory_clear();
}

/* ---- a flight: on its own flow ----------------------------------- */

static str
flight_key(const struct flight *x)
{
	return ((str){ x->key, x->key_n });
}

static str
flight_name(struct flow *f, const struct flight *x, const char *what)
{
	return (arena_printf(&f->arena, "%s:%s", x->key, what));
}

/* In Redis a value begins with '+'; '-' alone is an unknown symbol. */
static bool
value_keep(struct flow *f, const struct flight *x, str value, int64_t at_ms)
{
	str text = STR_NONE;

	if (value.p == NULL || value.n == 0)
		return (false);
	if (value.p[0] == '+')
		text = (str){ value.p + 1, value.n - 1 };
	if (text.p == NULL ? value.p[0] != '-' : !x->shelf->good(f, text))
		return (false);
	memory_put(flight_key(x), text, at_ms);
	return (true);
}

/* What Redis has, taken into memory; OK when that is fresh. */
static enum err
redis_look(struct flow *f, const struct flight *x)
{
	str keys[2] = { flight_key(x), flight_name(f, x, "last") };
	struct item *i;
	str values[2];

	TRY(cache_get_many(f, keys, 2, values));
	if (value_keep(f, x, values[0], mono_ms()))
		return (OK);
	i = memory_find(keys[0]);
	if (i == NULL || i->text == NULL)
		(void)value_keep(f, x, values[1], LONG_AGO);
	return (E_NOT_FOUND);
}

/* Redis may be gone or slow: then this process alone has it. */
static void
redis_write(struct flow *f, const struct flight *x, str value)
{
	const struct shelf *s = x->shelf;

	if (cache_set(f, flight_key(x), value, s->fresh_ms) != OK)
		return;
	if (value.p[0] == '+' &&
	    cache_set(f, flight_name(f, x, "last"), value, s->last_ms) != OK)
		return;
}

static enum feed_answer
flight_call(struct flow *f, struct flight *x)
{
	str key = flight_key(x), text = STR_NONE;
	enum feed_answer a = x->shelf->fetch(f, x->about, &text);

	if (a != FEED_OK && a != FEED_UNKNOWN_SYMBOL)
		return (a);
	memory_put(key, a == FEED_OK ? text : STR_NONE, mono_ms());
	redis_write(f, x,
	    a == FEED_OK ? arena_printf(&f->arena, "+%.*s", STR_ARG(text))
			 : S("-"));
	return (a);
}

static enum feed_answer
memory_answer(str key)
{
	const struct item *i = memory_find(key);

	if (i == NULL)
		return (FEED_NO_DATA);
	return (i->unknown ? FEED_UNKNOWN_SYMBOL : FEED_OK);
}

/* Wait for the process that holds the lock; take it over if it lets go. */
static enum err
lock_take(struct flow *f, const struct flight *x, str lock, str token)
{
	const struct item *i = memory_find(flight_key(x));
	int64_t wait_ms = i != NULL && i->text != NULL
	    ? OTHERS_MS
	    : settings.finnhub_timeout_ms,
		end = mono_ms() + wait_ms;
	enum err e;

	for (;;) {
		e = cache_add(
		    f, lock, token, settings.finnhub_timeout_ms + SPARE_MS);
		if (e != E_CONFLICT || mono_ms() >= end)
			return (e);
		TRY(flow_sleep(f, POLL_MS));
		if (redis_look(f, x) == OK)
			return (E_STALE);
	}
}

static enum feed_answer
flight_locked(struct flow *f, struct flight *x)
{
	str lock = flight_name(f, x, "lock"), token;
	enum feed_answer a;
	uuid u = uuid_new();
	char text[UUID_TEXT_MAX];

	token = arena_str(&f->arena, (str){ text, uuid_print(u, text) });
	switch (lock_take(f, x, lock, token)) {
	case OK:
		/* Another may have been done between look and lock. */
		a = redis_look(f, x) == OK ? memory_answer(flight_key(x))
					   : flight_call(f, x);
		(void)!cache_delete_if(f, lock, token);
		return (a);
	case E_STALE:
		return (memory_answer(flight_key(x)));
	case E_BUSY:
		return (flight_call(f, x));
	default:
		return (FEED_UPSTREAM);
	}
}

static enum err
flight_run(struct flow *f, void *arg)
{
	struct flight *x = arg;
	str key = flight_key(x);
	const struct item *i;

	switch (redis_look(f, x)) {
	case OK:
		x->answer = memory_answer(key);
		break;
	case E_BUSY:
		i = memory_find(key);
		x->answer =
		    i != NULL && mono_ms() - i->at_ms < x->shelf->fresh_ms
		    ? memory_answer(key)
		    : flight_call(f, x);
		break;
	default:
		x->answer = flight_locked(f, x);
		break;
	}
	return (OK);
}

static void
flight_land(struct flow *f, void *arg, enum err e)
{
	struct flight *x = arg, **at = &flights;
	struct passenger *p;

	(void)f;
	while (*at != x)
		at = &(*at)->next;
	*at = x->next;
	if (e != OK || x->answer == FEED_LEFT)
		x->answer = FEED_UPSTREAM;
	while ((p = x->passengers) != NULL) {
		x->passengers = p->next;
		p->landed = true;
		p->answer = x->answer;
		flow_wake(p->flow);
	}
	free(x);
}

static struct flight *
flight_start(const struct shelf *s, str key, str about)
{
	struct flight *x = calloc(1, sizeof(*x) + key.n + 1);

	if (x == NULL)
		return (NULL);
	memcpy(x->key, key.p, key.n);
	x->key_n = key.n;
	x->about = (str){ x->key + key.n - about.n, about.n };
	x->shelf = s;
	x->answer = FEED_UPSTREAM;
	x->next = flights;
	flights = x;
	/* From inside a flow: it begins when the loop comes round. */
	if (flow_start(flight_run, flight_land, x,
		settings.finnhub_timeout_ms * 2 + SPARE_MS) != NULL)
		return (x);
	flights = x->next;
	free(x);
	return (NULL);
}

/* ---- passengers: the flows that want the value ------------------- */

static struct flight *
flight_find(str key)
{
	for (struct flight *x = flights; x != NULL; x = x->next)
		if (str_eq(flight_key(x), key))
			return (x);
	return (NULL);
}

static void
patience_over(void *arg)
{
	struct passenger *p = arg;

	p->impatient = true;
	flow_wake(p->flow);
}

static void
passenger_leave(struct flight *x, struct passenger *p)
{
	struct passenger **at = &x->passengers;

	while (*at != NULL && *at != p)
		at = &(*at)->next;
	if (*at == p)
		*at = p->next;
}

static enum feed_answer
flight_join(struct flow *f, struct flight *x, str key)
{
	struct passenger p = { .flow = f,
		.next = x->passengers,
		.patience = { .fn = patience_over, .arg = &p } };
	enum err e = OK;

	x->passengers = &p;
	timer_set(&p.patience, PATIENCE_MS);
	while (!p.landed && e == OK) {
		if (p.impatient && memory_answer(key) == FEED_OK)
			break;
		e = flow_park(f);
	}
	timer_stop(&p.patience);
	if (p.landed)
		return (p.answer);
	passenger_leave(x, &p);
	return (e == OK ? FEED_UPSTREAM : FEED_LEFT);
}

static enum feed_answer
item_take(struct flow *f, const struct item *i, str *text)
{
	if (i->unknown)
		return (FEED_UNKNOWN_SYMBOL);
	*text = arena_str(&f->arena, (str){ i->text, i->n });
	return (FEED_OK);
}

enum feed_answer
shelf_get(
    struct flow *f, const struct shelf *s, str about, str *text, bool *stale)
{
	str key = arena_printf(&f->arena, "feed:%s:%s:%.*s",
	    feed_current()->name, s->kind, STR_ARG(about));
	struct item *i = memory_find(key);
	struct flight *x = flight_find(key);
	enum feed_answer a;

	*stale = false;
	if (i != NULL && mono_ms() - i->at_ms < s->near_ms)
		return (item_take(f, i, text));
	if (x != NULL)
		meter_add(M_feed_shared_total, 1);
	else if ((x = flight_start(s, key, about)) == NULL)
		return (FEED_UPSTREAM);
	a = flight_join(f, x, key);
	i = memory_find(key);
	if ((a == FEED_OK || a == FEED_UNKNOWN_SYMBOL) && i != NULL)
		return (item_take(f, i, text));
	if (a == FEED_LEFT || i == NULL || i->text == NULL || i->unknown)
		return (a);
	meter_add(M_feed_stale_total, 1);
	*stale = true;
	return (item_take(f, i, text));
}
