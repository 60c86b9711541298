/*
 * A small table with one place for each hash of a symbol: the newest of two
 * that meet there stays. It is not what a price is kept in, only what saves
 * asking for it again within the second.
 */
#include <string.h>

#include "market/recent.h"

#define RECENT_MS	1000
#define PLACES		512	/* a power of two */
#define TEXT_MAX	24

struct text {
	char	p[TEXT_MAX];
	size_t	n;
};

static struct place {
	struct quote	quote;		/* its strs are not used */
	struct text	symbol, currency, source;
	int64_t		until_ms;
} places[PLACES];

static struct place *
place_of(str symbol)
{
	uint32_t h;
	size_t i;

	h = 2166136261u;
	for (i = 0; i < symbol.n; i++)
		h = (h ^ (unsigned char)symbol.p[i]) * 16777619u;
	return (&places[h & (PLACES - 1)]);
}

static bool
text_put(struct text *t, str s)
{
	if (s.n > sizeof(t->p))
		return (false);
	if (s.n > 0)
		memcpy(t->p, s.p, s.n);
	t->n = s.n;
	return (true);
}

static str
text_get(struct arena *a, const struct text *t)
{
	return (t->n == 0 ? STR_NONE : arena_str(a, (str){ t->p, t->n }));
}

bool
recent_get(struct arena *a, str symbol, struct quote *out)
{
	const struct place *p = place_of(symbol);
	int64_t age_s;

	if (p->until_ms <= mono_ms() ||
	    !str_eq(symbol, (str){ p->symbol.p, p->symbol.n }))
		return (false);
	*out = p->quote;
	out->symbol = text_get(a, &p->symbol);
	out->currency = text_get(a, &p->currency);
	out->source = text_get(a, &p->source);
	age_s = (instant_now().us - out->as_of.us) / 1000000;
	out->age_s = age_s > 0 ? age_s : 0;
	return (true);
}

void
recent_put(const struct quote *q)
{
	struct place *p = place_of(q->symbol);

	p->until_ms = 0;
	if (!text_put(&p->symbol, q->symbol) ||
	    !text_put(&p->currency, q->currency) ||
	    !text_put(&p->source, q->source))
		return;
	p->quote = *q;
	p->until_ms = mono_ms() + RECENT_MS;
}
