/*
 * Notes on wash sales: losses of units that were replaced within 30 days
 * before or after, in any account of the owner. Told, not booked. Each lot
 * that a sale took is looked at alone; what was replaced adds its loss and
 * its time to the replacing units, and those are the first to be sold again.
 * What was pooled has no units of its own that could be replaced.
 */
#include <stdlib.h>

#include "ledger/state.h"

#define WASH_DAYS	30
#define NOTHING		SIZE_MAX

/* An acquisition, and what of it is still held, in units of its day. */
struct arrival {
	size_t	account, instrument, origin;
	size_t	seq;
	day	on;
	dec	held;
	dec	spent;		/* of these: has replaced something */
	size_t	chunk;		/* the first one, or NOTHING */
};

/* Units of an arrival that stand in for others, in units of its day. */
struct chunk {
	dec	units, disallowed;
	day	held_from;
	size_t	next;
};

/* A sale of one of the accounts. */
struct sale {
	day	on;
	size_t	account, realised;
};

struct washing {
	struct account *const *a;
	size_t		 accounts;
	struct arena	*mem;
	struct arrival	*v;
	size_t		 n;
	COLUMN_OF(struct chunk) chunks;
	COLUMN_OF(struct wash) out;
	COLUMN_OF(struct tack) tacks;
};

/* Units that were sold out of one lot. */
struct piece {
	const struct sale *sale;
	const struct realised *r;
	size_t	use;
	day	held_from;
	dec	units, gain;
};

/* So many units of one day, on another day. */
static dec
units_on(const struct account *a, size_t instrument, dec units, day from,
    day to)
{
	const struct rescaling *r;
	size_t i;

	for (i = 0; i < a->rescalings.n; i++) {
		r = &a->rescalings.v[i];
		if (r->instrument != instrument)
			continue;
		if (day_cmp(from, r->on) < 0 && day_cmp(r->on, to) <= 0)
			units = dec_mul_div(units, r->n, r->d);
		else if (day_cmp(to, r->on) < 0 && day_cmp(r->on, from) <= 0)
			units = dec_mul_div(units, r->d, r->n);
	}
	return (units);
}

/* ---- acquisitions ------------------------------------------------------ */

/* By instrument; the order of time is kept. */
static int
arrival_cmp(const void *left, const void *right)
{
	const struct arrival *p = left, *q = right;
	int c;

	if (p->instrument != q->instrument)
		return (p->instrument < q->instrument ? -1 : 1);
	if ((c = day_cmp(p->on, q->on)) != 0)
		return (c);
	return (p->seq < q->seq ? -1 : p->seq > q->seq);
}

static void
arrivals_of(struct washing *w, size_t account)
{
	const struct account *a = w->a[account];
	const struct activity *in;
	size_t i, told = 0;

	for (i = 0; i < a->done; i++) {
		in = a->order.v[i];
		while (told < a->told &&
		    a->faults.v[told].kind == FAULT_NOT_ENOUGH_CASH)
			told++;
		if (told < a->told &&
		    a->faults.v[told].origin == in->origin) {
			told++;
			continue;
		}
		if (in->kind != A_BUY && in->kind != A_REINVESTMENT)
			continue;
		w->v[w->n] = (struct arrival){ .account = account,
		    .instrument = in->instrument, .origin = in->origin,
		    .seq = w->n + 1, .on = in->on, .held = in->quantity,
		    .chunk = NOTHING };
		w->n++;
	}
}

static void
arrivals_find(struct washing *w)
{
	size_t i, room = 0;

	for (i = 0; i < w->accounts; i++)
		room += w->a[i]->done;
	w->v = ARENA_MANY(w->mem, room, struct arrival);
	for (i = 0; i < w->accounts; i++)
		arrivals_of(w, i);
	if (w->n > 1)
		qsort(w->v, w->n, sizeof(*w->v), arrival_cmp);
}

/* The first arrival of an instrument on a day or later. */
static size_t
arrivals_from(const struct washing *w, size_t instrument, day on)
{
	const struct arrival key = { .instrument = instrument, .on = on };
	size_t low = 0, high = w->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (arrival_cmp(&w->v[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

static bool
arrives(const struct washing *w, size_t i, size_t instrument, day last)
{
	return (i < w->n && w->v[i].instrument == instrument &&
	    day_cmp(w->v[i].on, last) <= 0);
}

/* The acquisition that opened the lot a sale took from, or NULL. */
static struct arrival *
arrival_of(const struct washing *w, const struct realised *r,
    const struct lot_use *u)
{
	size_t i = arrivals_from(w, r->instrument, u->opened);

	for (; arrives(w, i, r->instrument, u->opened); i++)
		if (w->v[i].origin == u->origin)
			return (&w->v[i]);
	return (NULL);
}

/* ---- losses ------------------------------------------------------------ */

static void
chunk_add(struct washing *w, struct arrival *v, const struct chunk *one)
{
	size_t *to = &v->chunk;

	while (*to != NOTHING)
		to = &w->chunks.v[*to].next;
	*to = w->chunks.n;
	COLUMN_ADD(w->mem, &w->chunks) = *one;
}

/* `units` of the sale's day, and the time those that were sold were held. */
static void
loss_replace(struct washing *w, const struct piece *p, size_t i, dec units,
    dec part)
{
	struct arrival *v = &w->v[i];
	const struct account *a = w->a[v->account];
	struct chunk c = { .disallowed = part, .next = NOTHING };
	size_t account = v->account, origin = v->origin;

	c.units = units_on(a, v->instrument, units, p->r->on, v->on);
	c.held_from = day_add(v->on, -day_between(p->held_from, p->r->on));
	v->spent = dec_add(v->spent, c.units);
	chunk_add(w, v, &c);
	COLUMN_ADD(w->mem, &w->out) = (struct wash){
	    .account = p->sale->account, .realised = p->sale->realised,
	    .use = p->use, .replaced_in = account, .origin = origin,
	    .quantity = units, .disallowed = part,
	    .held_from = c.held_from };
}

static void
piece_match(struct washing *w, const struct piece *p)
{
	const struct realised *r = p->r;
	int places = w->a[0]->purses.v[0].places;
	dec left = p->units, loss = dec_neg(p->gain), units, part;
	size_t i;

	if (dec_sign(loss) <= 0)
		return;
	i = arrivals_from(w, r->instrument, day_add(r->on, -WASH_DAYS));
	for (; dec_sign(left) > 0 && arrives(w, i, r->instrument,
	    day_add(r->on, WASH_DAYS)); i++) {
		units = dec_min(left, units_on(w->a[w->v[i].account],
		    r->instrument, dec_sub(w->v[i].held, w->v[i].spent),
		    w->v[i].on, r->on));
		if (dec_sign(units) <= 0)
			continue;
		part = dec_mul_div_round(loss, units, left, places);
		loss_replace(w, p, i, units, part);
		loss = dec_sub(loss, part);
		left = dec_sub(left, units);
	}
}

/* ---- what is sold again ------------------------------------------------ */

/* A part of a chunk goes, with its share of what it was told to cost. */
static void
chunk_take(struct washing *w, struct arrival *v, struct chunk *c,
    struct piece *p, dec have)
{
	const struct account *a = w->a[v->account];
	int places = w->a[0]->purses.v[0].places;
	bool all = dec_eq(p->units, have);
	dec units = all ? c->units : units_on(a, v->instrument, p->units,
	    p->r->on, v->on);
	dec extra = all ? c->disallowed : dec_mul_div_round(c->disallowed,
	    p->units, have, places);

	c->units = dec_sub(c->units, units);
	c->disallowed = dec_sub(c->disallowed, extra);
	v->spent = dec_sub(v->spent, units);
	p->held_from = c->held_from;
	p->gain = dec_sub(p->gain, extra);
	COLUMN_ADD(w->mem, &w->tacks) = (struct tack){
	    .account = p->sale->account, .use = p->use, .origin = v->origin,
	    .quantity = p->units, .disallowed = extra,
	    .held_from = c->held_from };
}

/* A lot that was sold from, in pieces that were held equally long. */
static void
use_match(struct washing *w, const struct piece *whole)
{
	const struct account *a = w->a[whole->sale->account];
	int places = w->a[0]->purses.v[0].places;
	const struct lot_use *u = &a->uses.v[whole->use];
	struct arrival *v = arrival_of(w, whole->r, u);
	size_t i = v == NULL ? NOTHING : v->chunk;
	struct piece rest = *whole, p;
	dec have;

	for (; i != NOTHING && dec_sign(rest.units) > 0;
	    i = w->chunks.v[i].next) {
		have = units_on(w->a[v->account], v->instrument,
		    w->chunks.v[i].units, v->on, rest.r->on);
		if (dec_sign(have) <= 0)
			continue;
		p = rest;
		p.units = dec_min(rest.units, have);
		p.gain = dec_mul_div_round(rest.gain, p.units, rest.units,
		    places);
		rest.units = dec_sub(rest.units, p.units);
		rest.gain = dec_sub(rest.gain, p.gain);
		chunk_take(w, v, &w->chunks.v[i], &p, have);
		piece_match(w, &p);
	}
	if (dec_sign(rest.units) > 0)
		piece_match(w, &rest);
}

static void
uses_leave(struct washing *w, const struct account *a,
    const struct realised *r)
{
	const struct lot_use *u;
	struct arrival *v;
	size_t i;

	for (i = r->use; i < r->use + r->use_n; i++) {
		u = &a->uses.v[i];
		if ((v = arrival_of(w, r, u)) != NULL)
			v->held = dec_sub(v->held, units_on(a,
			    r->instrument, u->quantity, r->on, v->on));
	}
}

static bool
was_pooled(const struct account *a, day on)
{
	enum cost_method m = COST_FIFO;
	size_t i;

	for (i = 0; i < a->methods.n &&
	    day_cmp(a->methods.v[i].from, on) <= 0; i++)
		m = a->methods.v[i].method;
	return (m == COST_AVERAGE);
}

/* Proceeds go by quantity, and the last lot's are what is left. */
static void
sale_match(struct washing *w, const struct sale *s)
{
	const struct account *a = w->a[s->account];
	const struct realised *r = &a->realised.v[s->realised];
	dec proceeds = r->proceeds_base, quantity = r->quantity, part;
	const struct lot_use *u;
	size_t i;

	uses_leave(w, a, r);
	if (was_pooled(a, r->on))
		return;
	for (i = r->use; i < r->use + r->use_n; i++) {
		u = &a->uses.v[i];
		part = dec_eq(u->quantity, quantity) ? proceeds :
		    dec_mul_div_round(proceeds, u->quantity, quantity,
		    a->purses.v[0].places);
		proceeds = dec_sub(proceeds, part);
		quantity = dec_sub(quantity, u->quantity);
		use_match(w, &(struct piece){ .sale = s, .r = r, .use = i,
		    .held_from = u->opened, .units = u->quantity,
		    .gain = dec_sub(part, u->cost_base) });
	}
}

/* ---- the whole --------------------------------------------------------- */

static int
sale_cmp(const void *left, const void *right)
{
	const struct sale *p = left, *q = right;
	int c = day_cmp(p->on, q->on);

	if (c != 0)
		return (c);
	if (p->account != q->account)
		return (p->account < q->account ? -1 : 1);
	return (p->realised < q->realised ? -1 : p->realised > q->realised);
}

static size_t
sales_find(const struct washing *w, struct sale **out)
{
	const struct realised *r;
	size_t room = 0, n = 0, i, k;

	for (i = 0; i < w->accounts; i++)
		room += w->a[i]->realised.n;
	*out = ARENA_MANY(w->mem, room, struct sale);
	for (i = 0; i < w->accounts; i++)
		for (k = 0; k < w->a[i]->realised.n; k++) {
			r = &w->a[i]->realised.v[k];
			if (dec_sign(r->quantity) > 0)
				(*out)[n++] = (struct sale){ r->on, i, k };
		}
	if (n > 1)
		qsort(*out, n, sizeof(**out), sale_cmp);
	return (n);
}

static void
held_tell(struct washing *w, const struct arrival *v)
{
	const struct account *a = w->a[v->account];
	const struct chunk *c;
	size_t i;

	for (i = v->chunk; i != NOTHING; i = c->next) {
		c = &w->chunks.v[i];
		if (dec_sign(c->units) <= 0)
			continue;
		COLUMN_ADD(w->mem, &w->tacks) = (struct tack){
		    .account = v->account, .use = TACK_HELD,
		    .origin = v->origin, .quantity = units_on(a,
		    v->instrument, c->units, v->on, a->on),
		    .disallowed = c->disallowed,
		    .held_from = c->held_from };
	}
}

struct washes
account_washes(struct account *const *a, size_t n)
{
	struct washing w = { .a = a, .accounts = n, .mem = a[0]->mem };
	struct sale *sales;
	size_t sale_n, i;

	arrivals_find(&w);
	sale_n = sales_find(&w, &sales);
	for (i = 0; i < sale_n; i++)
		sale_match(&w, &sales[i]);
	for (i = 0; i < w.n; i++)
		held_tell(&w, &w.v[i]);
	return ((struct washes){ w.out.v, w.out.n, w.tacks.v, w.tacks.n });
}
