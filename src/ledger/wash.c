/*
 * Notes on wash sales: losses of units that were replaced within 30 days
 * before or after. Told, not booked. What was pooled has no units of its own
 * that could be replaced.
 */
#include <stdlib.h>

#include "ledger/state.h"

#define WASH_DAYS	30

/* An acquisition, and what of it is still held, in units of its day. */
struct arrival {
	size_t	instrument, origin;
	day	on;
	dec	held;
	dec	spent;		/* has replaced something already */
};

struct washing {
	const struct account *a;
	struct arrival	*v;
	size_t		 n;
	struct wash	*out;
	size_t		 most, found;
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

	if (p->instrument != q->instrument)
		return (p->instrument < q->instrument ? -1 : 1);
	return (day_cmp(p->on, q->on));
}

static void
arrivals_find(struct washing *w)
{
	const struct account *a = w->a;
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
		if (in->kind == A_BUY || in->kind == A_REINVESTMENT)
			w->v[w->n++] = (struct arrival){ in->instrument,
			    in->origin, in->on, in->quantity, DEC_ZERO };
	}
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

/* ---- sales ------------------------------------------------------------- */

static void
uses_leave(struct washing *w, const struct realised *r)
{
	const struct lot_use *u;
	struct arrival *v;
	size_t i, k;

	for (i = r->use; i < r->use + r->use_n; i++) {
		u = &w->a->uses.v[i];
		k = arrivals_from(w, r->instrument, u->opened);
		for (; arrives(w, k, r->instrument, u->opened); k++) {
			v = &w->v[k];
			if (v->origin == u->origin)
				v->held = dec_sub(v->held, units_on(w->a,
				    r->instrument, u->quantity, r->on, v->on));
		}
	}
}

static void
loss_match(struct washing *w, size_t which, dec loss)
{
	const struct realised *r = &w->a->realised.v[which];
	int places = w->a->purses.v[0].places;
	dec left = r->quantity, units, part;
	struct arrival *v;
	size_t i;

	i = arrivals_from(w, r->instrument, day_add(r->on, -WASH_DAYS));
	for (; dec_sign(left) > 0 && arrives(w, i, r->instrument,
	    day_add(r->on, WASH_DAYS)); i++) {
		v = &w->v[i];
		units = dec_min(left, units_on(w->a, r->instrument,
		    dec_sub(v->held, v->spent), v->on, r->on));
		if (dec_sign(units) <= 0)
			continue;
		v->spent = dec_add(v->spent, units_on(w->a, r->instrument,
		    units, r->on, v->on));
		part = dec_mul_div_round(loss, units, left, places);
		if (w->found++ < w->most)
			w->out[w->found - 1] = (struct wash){ which,
			    v->origin, units, part };
		loss = dec_sub(loss, part);
		left = dec_sub(left, units);
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

size_t
account_washes(struct account *a, struct wash *out, size_t most)
{
	struct washing w = { .a = a, .out = out, .most = most };
	const struct realised *r;
	dec gain;
	size_t i;

	w.v = ARENA_MANY(a->mem, a->done, struct arrival);
	arrivals_find(&w);
	for (i = 0; i < a->realised.n; i++) {
		r = &a->realised.v[i];
		if (dec_sign(r->quantity) <= 0)
			continue;
		uses_leave(&w, r);
		gain = realised_gain_base(r);
		if (dec_sign(gain) < 0 && !was_pooled(a, r->on))
			loss_match(&w, i, dec_neg(gain));
	}
	return (w.found);
}
