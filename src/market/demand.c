/*
 * A table of processes and the text each said last. Nobody answers and
 * nothing is kept elsewhere: whoever comes to hold the provider's stream
 * knows already what is wanted. Without Redis a process knows of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/uuid.h"
#include "cache/cache.h"
#include "market/board.h"
#include "market/demand.h"

#define CHANNEL		"watched"
#define PEERS		256
#define NAME_BYTES	16
#define HOLDS_MS	20000	/* messages may be lost */
#define TOLD_MAX	512	/* symbols of one process */

static struct {
	struct peer {
		char	name[NAME_BYTES];
		char	*text;
		size_t	n;
		int64_t	until_ms;
	}	peers[PEERS];
	char	name[NAME_BYTES + 1];
} demand;

void
demand_start(void)
{
	unsigned char raw[NAME_BYTES / 2];
	size_t i;

	random_bytes(raw, sizeof(raw));
	for (i = 0; i < sizeof(raw); i++)
		snprintf(demand.name + 2 * i, 3, "%02x", raw[i]);
	cache_subscribe(CHANNEL, demand_hear, NULL);
}

/* ---- saying ------------------------------------------------------ */

struct telling {
	struct arena	*arena;
	char		*p;
	size_t		 n, symbols;
};

static void
place_tell(void *arg, const struct place *p)
{
	struct telling *t = arg;

	if (t->symbols++ >= TOLD_MAX)
		return;
	t->n += (size_t)snprintf(t->p + t->n, LIMIT_SYMBOL_BYTES + 24,
	    "%s%.*s %zu", t->n > 0 ? "," : "", STR_ARG(place_symbol(p)),
	    p->watched);
}

static str
demand_own(struct arena *a)
{
	struct telling t = { .arena = a };

	t.p = arena_alloc(a, TOLD_MAX * (LIMIT_SYMBOL_BYTES + 24));
	board_watched(place_tell, &t);
	return ((str){ t.p, t.n });
}

void
demand_tell(struct flow *f)
{
	str text = arena_printf(&f->arena, "%s %.*s", demand.name,
	    STR_ARG(demand_own(&f->arena)));

	demand_hear(NULL, text);
	(void)!cache_publish(f, S(CHANNEL), text);
}

/* ---- hearing ----------------------------------------------------- */

/* Its own row, an empty one, or the one that has been silent longest. */
static struct peer *
peer_of(str name)
{
	struct peer *p, *oldest = &demand.peers[0];
	size_t i;

	for (i = 0; i < PEERS; i++) {
		p = &demand.peers[i];
		if (memcmp(p->name, name.p, NAME_BYTES) == 0)
			return (p);
		if (p->until_ms < oldest->until_ms)
			oldest = p;
	}
	memcpy(oldest->name, name.p, NAME_BYTES);
	return (oldest);
}

void
demand_hear(void *arg, str message)
{
	struct peer *p;
	str name;
	char *text;

	(void)arg;
	if (!str_cut(&message, ' ', &name) || name.n != NAME_BYTES ||
	    message.p == NULL ||
	    message.n > TOLD_MAX * (LIMIT_SYMBOL_BYTES + 24) ||
	    (text = malloc(message.n + 1)) == NULL)
		return;
	memcpy(text, message.p, message.n);
	p = peer_of(name);
	free(p->text);
	p->text = text;
	p->n = message.n;
	p->until_ms = mono_ms() + HOLDS_MS;
}

/* ---- all together ------------------------------------------------ */

static int
by_symbol(const void *a, const void *b)
{
	return (str_cmp(((const struct demanded *)a)->symbol,
	    ((const struct demanded *)b)->symbol));
}

static int
by_watched(const void *a, const void *b)
{
	const struct demanded *x = a, *y = b;

	if (x->watched != y->watched)
		return (x->watched > y->watched ? -1 : 1);
	return (by_symbol(a, b));
}

static size_t
text_gather(str text, struct demanded *d)
{
	str part, symbol;
	size_t n = 0;

	while (n < TOLD_MAX && str_cut(&text, ',', &part))
		if (str_cut(&part, ' ', &symbol) && symbol.n > 0 &&
		    symbol.n <= LIMIT_SYMBOL_BYTES && part.p != NULL &&
		    str_long(part, &d[n].watched) && d[n].watched > 0 &&
		    d[n].watched < INT32_MAX)
			d[n++].symbol = symbol;
	return (n);
}

static size_t
demanded_merge(struct demanded *d, size_t n)
{
	size_t i, k = 0;

	qsort(d, n, sizeof(*d), by_symbol);
	for (i = 0; i < n; i++) {
		if (k > 0 && str_eq(d[k - 1].symbol, d[i].symbol))
			d[k - 1].watched += d[i].watched;
		else
			d[k++] = d[i];
	}
	return (k);
}

void
demand_gather(struct arena *a, struct list *out)
{
	const struct peer *p;
	struct demanded *d;
	size_t i, n = 0, live = 0;

	for (i = 0; i < PEERS; i++)
		live += demand.peers[i].until_ms > mono_ms();
	d = ARENA_MANY(a, live * TOLD_MAX, struct demanded);
	for (i = 0; i < PEERS && live > 0; i++) {
		p = &demand.peers[i];
		if (p->until_ms <= mono_ms())
			continue;
		n += text_gather(arena_str(a, (str){ p->text, p->n }), d + n);
		live--;
	}
	n = demanded_merge(d, n);
	qsort(d, n, sizeof(*d), by_watched);
	*out = (struct list){ d, n < DEMAND_SYMBOLS ? n : DEMAND_SYMBOLS };
}
