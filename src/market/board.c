/*
 * A table of symbols and prices as texts, so that a price is told once. It
 * never grows: a symbol looks at a few places and then goes without.
 */
#include <string.h>

#include "base/limits.h"
#include "market/board.h"

#define PLACES		8
#define PRICE_MAX	DEC_TEXT_MAX

static struct place {
	char	symbol[LIMIT_SYMBOL_BYTES];	/* ends with zeros, if any */
	char	price[PRICE_MAX];
} board[BOARD_SLOTS];

static size_t
symbol_hash(str symbol)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < symbol.n; i++)
		h = (h ^ (uint8_t)symbol.p[i]) * 16777619u;
	return (h);
}

static bool
text_is(const char *kept, size_t size, str s)
{
	return (strnlen(kept, size) == s.n && memcmp(kept, s.p, s.n) == 0);
}

static void
text_set(char *kept, size_t size, str s)
{
	memset(kept, 0, size);
	memcpy(kept, s.p, s.n);
}

bool
board_moves(const struct tick *t)
{
	size_t i, slot = symbol_hash(t->symbol);
	struct place *p;

	if (t->symbol.n > LIMIT_SYMBOL_BYTES || t->price.n > PRICE_MAX)
		return (false);
	for (i = 0; i < PLACES; i++) {
		p = &board[(slot + i) % BOARD_SLOTS];
		if (p->symbol[0] != '\0' &&
		    !text_is(p->symbol, LIMIT_SYMBOL_BYTES, t->symbol))
			continue;
		if (text_is(p->price, PRICE_MAX, t->price))
			return (false);
		text_set(p->symbol, LIMIT_SYMBOL_BYTES, t->symbol);
		text_set(p->price, PRICE_MAX, t->price);
		return (true);
	}
	return (true);
}
