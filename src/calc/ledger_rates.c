/*
 * What a currency is worth in the base one, day by day. Any pair may be told,
 * either way round. A currency's own pair with the base counts where it was
 * told within CARRY_DAYS; else the way leads through one third currency with
 * two such pairs, of several the first in the alphabet. Never a later rate.
 * Products come before quotients, each half-even to 18 decimals.
 */
#include <stdlib.h>
#include <string.h>

#include "calc/ledger_request.h"

struct pair {
	size_t		 from, to;
	struct closes	 rates;		/* `to` for one `from` */
};

struct pairs {
	struct ledger_request *r;
	struct pair	*v;
	size_t		 n;
};

/* ---- as told ----------------------------------------------------------- */

static bool
currencies_of(struct ledger_request *r, const char *name, struct pair *p,
    dec *unit)
{
	dec to;

	if (strlen(name) != 6 || !request_currency(r, (str){ name, 3 },
	    &p->from, unit) || !request_currency(r, (str){ name + 3, 3 },
	    &p->to, &to) || p->from == p->to)
		return (false);
	*unit = dec_div(to, *unit);
	return (true);
}

static const struct pair *
pair_of(const struct pairs *p, size_t from, size_t to)
{
	for (size_t i = 0; i < p->n; i++)
		if ((p->v[i].from == from && p->v[i].to == to) ||
		    (p->v[i].from == to && p->v[i].to == from))
			return (&p->v[i]);
	return (NULL);
}

/* EURUSD: so many dollars for a euro; USDGBX: so many pence for a dollar. */
static bool
pair_read(struct pairs *p, const char *name, json_t *v)
{
	struct pair *one = &p->v[p->n];
	struct close *c;
	size_t i;
	dec unit;

	if (!currencies_of(p->r, name, one, &unit))
		return (amiss(p->r, "fx.%.40s: two currencies, like EURUSD",
		    name));
	if (pair_of(p, one->from, one->to) != NULL)
		return (amiss(p->r, "fx.%.40s: told both ways, or twice",
		    name));
	if (!request_closes(p->r, v, "fx", name, dec_of(1), &one->rates))
		return (false);
	c = (struct close *)one->rates.v;
	for (i = 0; i < one->rates.n; i++) {
		if (dec_sign(c[i].price) <= 0)
			return (amiss(p->r, "fx.%.40s: a rate is more than 0",
			    name));
		c[i].price = dec_mul(c[i].price, unit);
		if (dec_sign(c[i].price) == 0)
			return (amiss(p->r, "fx.%.40s: too large or too small",
			    name));
	}
	p->n++;
	return (true);
}

/* ---- on a day ---------------------------------------------------------- */

/* The last one up to a day, if it is no older than CARRY_DAYS. */
static const struct close *
close_on(const struct closes *c, day on)
{
	size_t low = 0, high = c->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (day_cmp(c->v[mid].on, on) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0 || close_age(&c->v[low - 1], on) > CARRY_DAYS)
		return (NULL);
	return (&c->v[low - 1]);
}

bool
rate_is_known(const struct ledger_request *r, size_t currency, day on)
{
	return (currency == 0 ||
	    close_on(&r->currencies[currency].rates, on) != NULL);
}

/* A way from a currency to the base: its own pair, or two. */
struct way {
	size_t		 currency, through;	/* 0: its own pair */
	const char	*name;			/* of the third currency */
	const struct pair *first, *second;
};

/* What to multiply and what to divide by on a day. */
struct walk {
	dec		 up, down;
	int		 age;
};

static bool
pair_walk(struct walk *w, const struct pair *p, size_t from, day on)
{
	const struct close *c = close_on(&p->rates, on);
	dec *side = p->from == from ? &w->up : &w->down;

	if (c == NULL)
		return (false);
	*side = dec_mul(*side, c->price);
	if (close_age(c, on) > w->age)
		w->age = close_age(c, on);
	return (dec_sign(*side) > 0);
}

/* The first way that is open. */
static bool
walk_find(const struct way *ways, size_t n, day on, struct walk *out)
{
	for (size_t i = 0; i < n; i++) {
		*out = (struct walk){ .up = dec_of(1), .down = dec_of(1) };
		if (pair_walk(out, ways[i].first, ways[i].currency, on) &&
		    (ways[i].second == NULL || pair_walk(out, ways[i].second,
		    ways[i].through, on)))
			return (true);
	}
	return (false);
}

static int
by_name(const void *a, const void *b)
{
	const struct way *p = a, *q = b;

	return (strcmp(p->name, q->name));
}

/* Its own pair is first, then by the third currency. */
static size_t
ways_find(const struct pairs *p, size_t currency, struct way *out)
{
	size_t n = 0, i;
	struct way w;

	for (i = 0; i < p->r->currency_n; i++) {
		w = (struct way){ currency, i, i == 0 ? "" :
		    p->r->currencies[i].code, pair_of(p, currency, i),
		    i == 0 ? NULL : pair_of(p, i, 0) };
		if (w.first != NULL && (i == 0 || w.second != NULL))
			out[n++] = w;
	}
	if (n > 1)
		qsort(out, n, sizeof(*out), by_name);
	return (n);
}

/* ---- day by day -------------------------------------------------------- */

static int
by_day(const void *a, const void *b)
{
	return (day_cmp(*(const day *)a, *(const day *)b));
}

static size_t
days_add(const struct pair *p, day *days, size_t n)
{
	for (size_t i = 0; p != NULL && i < p->rates.n; i++) {
		days[n++] = p->rates.v[i].on;
		days[n++] = day_add(p->rates.v[i].on, CARRY_DAYS + 1);
	}
	return (n);
}

/* The days on which what a currency is worth may change. */
static size_t
days_of(const struct pairs *p, const struct way *ways, size_t way_n,
    day **out)
{
	size_t room = 0, n = 0, i, kept = 0;
	day *days;

	for (i = 0; i < p->n; i++)
		room += 2 * p->v[i].rates.n;
	*out = days = ARENA_MANY(p->r->arena, room, day);
	for (i = 0; i < way_n; i++)
		n = days_add(ways[i].second, days, days_add(ways[i].first,
		    days, n));
	if (n > 0)
		qsort(days, n, sizeof(*days), by_day);
	for (i = 0; i < n; i++)
		if (day_ok(days[i]) && (kept == 0 ||
		    day_cmp(days[kept - 1], days[i]) < 0))
			days[kept++] = days[i];
	return (kept);
}

/* A day that brings nothing new leaves the one before to grow old. */
static bool
brings(const struct closes *c, dec rate, const struct walk *w, day on)
{
	const struct close *last = &c->v[c->n - 1];

	return (c->n == 0 || !dec_eq(last->price, rate) ||
	    close_age(last, on) != w->age);
}

static void
rates_make(const struct pairs *p, size_t currency)
{
	struct closes *out = &p->r->currencies[currency].rates;
	struct way *ways = ARENA_MANY(p->r->arena, p->r->currency_n,
	    struct way);
	size_t way_n = ways_find(p, currency, ways), n, i;
	struct close *c;
	struct walk w;
	day *days;
	dec rate;

	n = days_of(p, ways, way_n, &days);
	out->v = c = ARENA_MANY(p->r->arena, n, struct close);
	for (i = 0; i < n; i++) {
		if (!walk_find(ways, way_n, days[i], &w))
			continue;
		rate = dec_div(w.up, w.down);
		if (dec_sign(rate) > 0 && brings(out, rate, &w, days[i]))
			c[out->n++] = (struct close){ .on = days[i],
			    .price = rate, .age = w.age };
	}
}

bool
request_rates(struct ledger_request *r, json_t *fx)
{
	struct pairs p = { .r = r };
	const char *name;
	json_t *v;

	if (fx != NULL && !json_is_object(fx))
		return (amiss(r, "fx: an object"));
	p.v = ARENA_MANY(r->arena, json_object_size(fx), struct pair);
	json_object_foreach(fx, name, v)
		if (!pair_read(&p, name, v))
			return (false);
	for (size_t i = 1; i < r->currency_n; i++)
		rates_make(&p, i);
	return (true);
}
