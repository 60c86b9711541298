/*
 * A table of symbols, chained by hash. A place lives while an event of the
 * ring or a watching stream refers to it, so the table is as large as those
 * and no larger.
 */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "market/board.h"

#define CHAINS	4096	/* a power of two */

static struct place	*chains[CHAINS];
static size_t		 count;

static struct place **
chain_of(str symbol)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < symbol.n; i++)
		h = (h ^ (uint8_t)symbol.p[i]) * 16777619u;
	return (&chains[h & (CHAINS - 1)]);
}

str
place_symbol(const struct place *p)
{
	return ((str){ p->symbol, p->symbol_n });
}

static struct place *
place_new(struct place **chain, str symbol)
{
	struct place *p;

	if (symbol.n > LIMIT_SYMBOL_BYTES ||
	    (p = calloc(1, sizeof(*p))) == NULL)
		return (NULL);
	memcpy(p->symbol, symbol.p, symbol.n);
	p->symbol_n = (uint8_t)symbol.n;
	p->next = *chain;
	*chain = p;
	count++;
	return (p);
}

struct place *
place_hold(str symbol)
{
	struct place **chain = chain_of(symbol), *p;

	for (p = *chain; p != NULL; p = p->next)
		if (str_eq(place_symbol(p), symbol))
			break;
	if (p == NULL && (p = place_new(chain, symbol)) == NULL)
		return (NULL);
	p->refs++;
	return (p);
}

void
place_release(struct place *p)
{
	struct place **at;

	if (p == NULL || --p->refs > 0)
		return;
	for (at = chain_of(place_symbol(p)); *at != p; at = &(*at)->next)
		;
	*at = p->next;
	count--;
	free(p);
}

bool
place_moves(struct place *p, str price)
{
	if (price.n > sizeof(p->price) ||
	    str_eq(price, (str){ p->price, p->price_n }))
		return (false);
	memcpy(p->price, price.p, price.n);
	p->price_n = (uint8_t)price.n;
	return (true);
}

/* ---- who watches ------------------------------------------------- */

bool
place_watch(struct watching *w, str symbol)
{
	struct place *p;

	if ((p = place_hold(symbol)) == NULL)
		return (false);
	w->place = p;
	w->prev = NULL;
	w->next = p->watchers;
	if (w->next != NULL)
		w->next->prev = w;
	p->watchers = w;
	p->watched++;
	return (true);
}

void
place_unwatch(struct watching *w)
{
	struct place *p = w->place;

	if (w->prev != NULL)
		w->prev->next = w->next;
	else
		p->watchers = w->next;
	if (w->next != NULL)
		w->next->prev = w->prev;
	p->watched--;
	w->place = NULL;
	place_release(p);
}

size_t
board_count(void)
{
	return (count);
}

void
board_watched(void (*fn)(void *arg, const struct place *p), void *arg)
{
	const struct place *p;
	size_t i;

	for (i = 0; i < CHAINS; i++)
		for (p = chains[i]; p != NULL; p = p->next)
			if (p->watched > 0)
				fn(arg, p);
}
