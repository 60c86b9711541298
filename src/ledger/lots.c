/*
 * Lots: a list for each holding in the order of time, a heap by unit cost
 * when somebody asks for it, names when somebody picks. Taking costs what it
 * takes.
 */
#include "ledger/state.h"

/* ---- the list ---------------------------------------------------------- */

/* Nearly always at the end; lots that come from elsewhere may be older. */
void
lot_link(struct account *a, size_t instrument, uint32_t lot)
{
	struct holding *h = &a->holdings.v[instrument];
	struct lot *l = &a->lots.v[lot];
	uint32_t before = h->last, after = NO_LOT;

	while (before != NO_LOT &&
	    day_cmp(a->lots.v[before].opened, l->opened) > 0) {
		after = before;
		before = a->lots.v[before].before;
	}
	l->instrument = (uint32_t)instrument;
	l->before = before;
	l->after = after;
	if (before == NO_LOT)
		h->first = lot;
	else
		lot_touch(a, before)->after = lot;
	if (after == NO_LOT)
		h->last = lot;
	else
		lot_touch(a, after)->before = lot;
	h->lots++;
}

void
lot_unlink(struct account *a, uint32_t lot)
{
	const struct lot *l = &a->lots.v[lot];
	struct holding *h = &a->holdings.v[l->instrument];

	if (l->before == NO_LOT)
		h->first = l->after;
	else
		lot_touch(a, l->before)->after = l->after;
	if (l->after == NO_LOT)
		h->last = l->before;
	else
		lot_touch(a, l->after)->before = l->before;
	h->lots--;
}

/* ---- names ------------------------------------------------------------- */

static size_t
name_slot(const struct account *a, size_t origin, uint32_t part)
{
	uint64_t z = (origin + part) * 0x9e3779b97f4a7c15;

	return ((size_t)(z >> 20) & (a->names.n - 1));
}

static void
lot_name(struct account *a, uint32_t lot)
{
	const struct lot *l = &a->lots.v[lot];
	uint32_t *head = &a->names.v[name_slot(a, l->origin, l->part)];

	COLUMN_ADD(a->mem, &a->chain) = *head;
	*head = lot;
}

void
lots_name(struct account *a)
{
	size_t slots = 64, i;

	while (slots < 2 * a->lots.n)
		slots *= 2;
	if (slots > a->names.room)
		column_grow(a->mem, (void **)&a->names.v, &a->names.room,
		    slots, sizeof(*a->names.v));
	a->names.n = slots;
	for (i = 0; i < slots; i++)
		a->names.v[i] = NO_LOT;
	a->chain.n = 0;
	a->named = true;
	for (i = 0; i < a->lots.n; i++)
		lot_name(a, (uint32_t)i);
}

/* Chains begin with their newest lot, so the newest are cut off first. */
void
lots_unname(struct account *a, size_t from)
{
	const struct lot *l;

	while (a->named && a->chain.n > from) {
		l = &a->lots.v[--a->chain.n];
		a->names.v[name_slot(a, l->origin, l->part)] =
		    a->chain.v[a->chain.n];
	}
}

static uint32_t
lot_named(const struct account *a, size_t instrument,
    const struct lot_told *t)
{
	const struct lot *l;
	uint32_t i;

	for (i = a->names.v[name_slot(a, t->origin, t->part)]; i != NO_LOT;
	    i = a->chain.v[i]) {
		l = &a->lots.v[i];
		if (l->origin == t->origin && l->part == t->part &&
		    l->instrument == instrument && dec_sign(l->quantity) != 0)
			break;
	}
	return (i);
}

/* ---- the heap ---------------------------------------------------------- */

static bool
by_unit(enum cost_method m)
{
	return (m == COST_HIFO || m == COST_LOFO);
}

/* Whether `x` goes before `y`. */
static bool
goes_before(const struct account *a, enum cost_method m, uint32_t x,
    uint32_t y)
{
	const struct lot *p = &a->lots.v[x], *q = &a->lots.v[y];
	int c = dec_cmp(p->unit, q->unit);

	if (c != 0)
		return (m == COST_HIFO ? c > 0 : c < 0);
	c = day_cmp(p->opened, q->opened);
	return (c != 0 ? c < 0 : x < y);
}

static void
heap_add(struct account *a, struct heap *heap, enum cost_method m,
    uint32_t lot)
{
	size_t i, up;

	COLUMN_ADD(a->mem, &heap->lots) = lot;
	for (i = heap->lots.n - 1; i > 0; i = up) {
		up = (i - 1) / 2;
		if (!goes_before(a, m, lot, heap->lots.v[up]))
			break;
		heap->lots.v[i] = heap->lots.v[up];
	}
	heap->lots.v[i] = lot;
}

static void
heap_drop(struct account *a, struct heap *heap, enum cost_method m)
{
	uint32_t *v = heap->lots.v, lot;
	size_t n = --heap->lots.n, i, down;

	lot = v[n];
	for (i = 0; (down = 2 * i + 1) < n; i = down) {
		if (down + 1 < n && goes_before(a, m, v[down + 1], v[down]))
			down++;
		if (!goes_before(a, m, v[down], lot))
			break;
		v[i] = v[down];
	}
	v[i] = lot;
}

static uint32_t
heap_top(struct account *a, size_t instrument, enum cost_method m)
{
	struct heap *heap = &a->heaps.v[instrument];
	const struct lot *l;
	uint32_t i;

	if (!heap->made) {
		heap->lots.n = 0;
		for (i = a->holdings.v[instrument].first; i != NO_LOT;
		    i = a->lots.v[i].after)
			heap_add(a, heap, m, i);
		heap->made = true;
	}
	for (;;) {
		l = &a->lots.v[heap->lots.v[0]];
		if (dec_sign(l->quantity) != 0 && l->instrument == instrument)
			return (heap->lots.v[0]);
		heap_drop(a, heap, m);
	}
}

/* What costs more than can be said costs most. */
static void
lot_reprice(struct lot *l)
{
	l->unit = dec_div(l->cost_base, l->quantity);
	if (!dec_ok(l->unit))
		l->unit = dec_neg((dec){ DEC_NONE.v + 1 });
}

void
lots_repriced(struct account *a, size_t instrument)
{
	const struct holding *h = &a->holdings.v[instrument];
	uint32_t i;

	a->heaps.v[instrument].made = false;
	if (!by_unit(h->method))
		return;
	for (i = h->first; i != NO_LOT; i = a->lots.v[i].after)
		lot_reprice(lot_touch(a, i));
}

/* ---- the pool ---------------------------------------------------------- */

static void
lot_join(struct lot *pool, dec quantity, dec cost, dec cost_base, day opened)
{
	pool->quantity = dec_add(pool->quantity, quantity);
	pool->cost = dec_add(pool->cost, cost);
	pool->cost_base = dec_add(pool->cost_base, cost_base);
	if (day_cmp(opened, pool->opened) < 0)
		pool->opened = opened;
}

static void
lot_empty(struct account *a, uint32_t lot)
{
	struct lot *l = lot_touch(a, lot);

	l->quantity = l->cost = l->cost_base = DEC_ZERO;
	lot_unlink(a, lot);
}

static void
lots_pool(struct account *a, struct holding *h)
{
	struct lot *pool;
	const struct lot *l;
	uint32_t i;

	if (h->first == NO_LOT)
		return;
	pool = lot_touch(a, h->first);
	while ((i = pool->after) != NO_LOT) {
		l = &a->lots.v[i];
		lot_join(pool, l->quantity, l->cost, l->cost_base, l->opened);
		lot_empty(a, i);
	}
}

void
lots_prepare(struct account *a, size_t instrument)
{
	struct holding *h = &a->holdings.v[instrument];

	if (h->method == a->method)
		return;
	h = holding_touch(a, instrument);
	h->method = a->method;
	if (h->method == COST_AVERAGE)
		lots_pool(a, h);
	lots_repriced(a, instrument);
}

/* ---- units come -------------------------------------------------------- */

static void
lot_new(struct act *x, size_t instrument, const struct lot_told *t)
{
	struct account *a = x->a;
	const struct holding *h = &a->holdings.v[instrument];
	uint32_t i = (uint32_t)a->lots.n;
	struct lot *l = &COLUMN_ADD(a->mem, &a->lots);

	*l = (struct lot){ .quantity = t->quantity, .cost = t->cost,
	    .cost_base = t->cost_base, .origin = t->origin, .part = t->part,
	    .opened = t->opened, .stamp = a->stamp };
	lot_link(a, instrument, i);
	if (a->named && a->names.n < a->lots.n)
		lots_name(a);
	else if (a->named)
		lot_name(a, i);
	if (!by_unit(h->method))
		return;
	lot_reprice(l);
	if (a->heaps.v[instrument].made)
		heap_add(a, &a->heaps.v[instrument], h->method, i);
}

void
lot_open(struct act *x, size_t instrument, const struct lot_told *t)
{
	struct account *a = x->a;
	struct holding *h = holding_touch(a, instrument);

	lots_prepare(a, instrument);
	if (h->method == COST_AVERAGE && h->first != NO_LOT)
		lot_join(lot_touch(a, h->first), t->quantity, t->cost,
		    t->cost_base, t->opened);
	else
		lot_new(x, instrument, t);
	if (dec_sign(h->quantity) == 0 ||
	    day_cmp(t->opened, h->opened_on) < 0)
		h->opened_on = t->opened;
	h->quantity = dec_add(h->quantity, t->quantity);
	h->cost = dec_add(h->cost, t->cost);
	h->cost_base = dec_add(h->cost_base, t->cost_base);
	h->known = true;
}

/* ---- units go ---------------------------------------------------------- */

static dec
share(dec whole, dec part, dec of, int places)
{
	return (dec_sign(whole) == 0 ? whole :
	    dec_mul_div_round(whole, part, of, places));
}

/* `quantity` of a lot, or all of it. */
static void
lot_take(struct act *x, uint32_t i, dec quantity, struct taken *t)
{
	struct account *a = x->a;
	struct lot *l = lot_touch(a, i);
	struct lot_use *u = &COLUMN_ADD(a->mem, &a->uses);

	*u = (struct lot_use){ .origin = l->origin, .part = l->part,
	    .lot = i, .opened = l->opened, .quantity = quantity,
	    .cost = l->cost, .cost_base = l->cost_base,
	    .by = x->in->origin };
	if (dec_eq(quantity, l->quantity)) {
		l->quantity = l->cost = l->cost_base = DEC_ZERO;
		lot_unlink(a, i);
	} else {
		u->cost = share(l->cost, quantity, l->quantity, x->places);
		u->cost_base = x->currency == 0 ? u->cost :
		    share(l->cost_base, quantity, l->quantity,
		    a->purses.v[0].places);
		l->quantity = dec_sub(l->quantity, quantity);
		l->cost = dec_sub(l->cost, u->cost);
		l->cost_base = dec_sub(l->cost_base, u->cost_base);
	}
	t->cost = dec_add(t->cost, u->cost);
	t->cost_base = dec_add(t->cost_base, u->cost_base);
}

/* Whichever of the two is nearer to nothing. */
static dec
nearer(dec p, dec q)
{
	return (dec_sign(p) < 0 ? dec_max(p, q) : dec_min(p, q));
}

static void
lots_take_next(struct act *x, size_t instrument, dec quantity,
    struct taken *t)
{
	struct account *a = x->a;
	const struct holding *h = &a->holdings.v[instrument];
	dec some;
	uint32_t i;

	while (dec_sign(quantity) != 0) {
		i = by_unit(h->method) ?
		    heap_top(a, instrument, h->method) :
		    h->method == COST_LIFO ? h->last : h->first;
		some = nearer(quantity, a->lots.v[i].quantity);
		lot_take(x, i, some, t);
		quantity = dec_sub(quantity, some);
	}
}

static enum fault_kind
lots_take_told(struct act *x, size_t instrument, dec quantity,
    struct taken *t)
{
	const struct activity *in = x->in;
	dec some, sum = DEC_ZERO;
	uint32_t lot;
	size_t i;

	if (x->a->holdings.v[instrument].method == COST_AVERAGE)
		return (FAULT_LOTS);
	if (!x->a->named)
		lots_name(x->a);
	for (i = 0; i < in->lot_n; i++) {
		lot = lot_named(x->a, instrument, &in->lots[i]);
		if (lot == NO_LOT)
			return (FAULT_UNKNOWN_LOT);
		some = dec_sign(quantity) < 0 ?
		    dec_neg(in->lots[i].quantity) : in->lots[i].quantity;
		if (dec_sign(some) != dec_sign(quantity))
			return (FAULT_LOTS);
		if (dec_cmp(dec_abs(some),
		    dec_abs(x->a->lots.v[lot].quantity)) > 0)
			return (refuse(x, FAULT_MORE_THAN_HELD,
			    dec_abs(x->a->lots.v[lot].quantity),
			    dec_abs(some)));
		lot_take(x, lot, some, t);
		sum = dec_add(sum, some);
	}
	return (dec_eq(sum, quantity) ? FAULT_NONE : FAULT_LOTS);
}

enum fault_kind
lots_take(struct act *x, size_t instrument, dec quantity, struct taken *t)
{
	struct holding *h = holding_touch(x->a, instrument);
	enum fault_kind kind = FAULT_NONE;

	lots_prepare(x->a, instrument);
	*t = (struct taken){ .use = x->a->uses.n };
	if ((h->method == COST_SPECIFIC || x->in->lot_n > 0) &&
	    x->in->instrument == instrument &&
	    (x->in->kind == A_SELL || x->in->kind == A_COVER ||
	    x->in->kind == A_TRANSFER_OUT))
		kind = lots_take_told(x, instrument, quantity, t);
	else
		lots_take_next(x, instrument, quantity, t);
	h->quantity = dec_sub(h->quantity, quantity);
	h->cost = dec_sub(h->cost, t->cost);
	h->cost_base = dec_sub(h->cost_base, t->cost_base);
	if (dec_sign(h->quantity) == 0)
		h->opened_on = DAY_NONE;
	return (kind);
}
