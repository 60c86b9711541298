/*
 * Blocks: what was, kept before it is changed, and put back. The price of
 * taking back is that of what was touched, never that of all there is.
 */
#include <string.h>
#include <sys/mman.h>

#include "ledger/state.h"

#define HUGE_PAGE	((size_t)2 * 1024 * 1024)

/* A thousand small pages take longer to come than what is put in them. */
static void
huge_pages(void *v, size_t n)
{
	uintptr_t from = ((uintptr_t)v + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	uintptr_t to = ((uintptr_t)v + n) & ~(HUGE_PAGE - 1);

	if (from < to)
		madvise((void *)from, to - from, MADV_HUGEPAGE);
}

void
column_grow(struct arena *mem, void **v, size_t *room, size_t n, size_t size)
{
	size_t more = *room < 8 ? 16 : *room * 2;
	void *wider;

	if (more < n)
		more = n;
	wider = arena_array(mem, more, size);
	huge_pages(wider, more * size);
	if (*room > 0)
		memcpy(wider, *v, *room * size);
	*v = wider;
	*room = more;
}

void
block_begin(struct account *a)
{
	COLUMN_ADD(a->mem, &a->blocks) = (struct block){
		.totals = a->totals, .on = a->on, .method = a->method,
		.day_first = a->day_first,
		.lots = a->lots.n, .uses = a->uses.n,
		.realised = a->realised.n, .told = a->told,
		.rescalings = a->rescalings.n, .kept_lots = a->kept_lots.n,
		.kept_holdings = a->kept_holdings.n,
		.kept_cash = a->kept_cash.n
	};
	a->stamp = (uint32_t)a->blocks.n;
	a->late = 0;
}

struct lot *
lot_touch(struct account *a, uint32_t lot)
{
	struct lot *l = &a->lots.v[lot];

	if (l->stamp != a->stamp) {
		COLUMN_ADD(a->mem, &a->kept_lots) =
		    (struct kept_lot){ lot, *l };
		l->stamp = a->stamp;
	}
	return (l);
}

struct holding *
holding_touch(struct account *a, size_t instrument)
{
	struct holding *h = &a->holdings.v[instrument];

	if (h->stamp != a->stamp) {
		COLUMN_ADD(a->mem, &a->kept_holdings) =
		    (struct kept_holding){ instrument, *h };
		h->stamp = a->stamp;
	}
	a->changed = true;
	return (h);
}

struct cash *
cash_touch(struct account *a, size_t currency)
{
	struct cash *c = &a->purses.v[currency].cash;

	if (c->stamp != a->stamp) {
		COLUMN_ADD(a->mem, &a->kept_cash) =
		    (struct kept_cash){ currency, *c };
		c->stamp = a->stamp;
	}
	a->changed = true;
	return (c);
}

/* The last block, taken back. */
static void
block_undo(struct account *a)
{
	const struct block *b = &a->blocks.v[--a->blocks.n];
	const struct kept_holding *h;
	const struct kept_cash *c;
	const struct kept_lot *l;

	while (a->kept_lots.n > b->kept_lots) {
		l = &a->kept_lots.v[--a->kept_lots.n];
		a->lots.v[l->lot] = l->was;
	}
	while (a->kept_holdings.n > b->kept_holdings) {
		h = &a->kept_holdings.v[--a->kept_holdings.n];
		a->holdings.v[h->instrument] = h->was;
		a->heaps.v[h->instrument].made = false;
	}
	while (a->kept_cash.n > b->kept_cash) {
		c = &a->kept_cash.v[--a->kept_cash.n];
		a->purses.v[c->currency].cash = c->was;
	}
	lots_unname(a, b->lots);
	a->lots.n = b->lots;
	a->uses.n = b->uses;
	a->realised.n = b->realised;
	a->rescalings.n = b->rescalings;
	a->faults.n = a->told = b->told;
	a->totals = b->totals;
	a->on = b->on;
	a->method = b->method;
	a->day_first = b->day_first;
}

void
block_rewind(struct account *a, size_t i)
{
	size_t keep = i / BLOCK;

	if (a->blocks.n <= keep)
		return;
	while (a->blocks.n > keep)
		block_undo(a);
	a->done = keep * BLOCK;
	a->stamp = (uint32_t)a->blocks.n;
	a->late = 0;
}
