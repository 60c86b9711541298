/*
 * A small hash table of texts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "feed/memory.h"

#define BUCKETS 512

static struct {
	struct item *buckets[BUCKETS];
	size_t n;
} memory;

static struct item **
bucket_of(str key)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (uint8_t)key.p[i]) * 16777619u;
	return (&memory.buckets[h % BUCKETS]);
}

struct item *
memory_find(str key)
{
	for (struct item *i = *bucket_of(key); i != NULL; i = i->next)
		if (str_eqz(key, i->key)) {
			i->used_ms = mono_ms();
			return (i);
		}
	return (NULL);
}

static void
item_drop(struct item **at)
{
	struct item *i = *at;

	*at = i->next;
	free(i->key);
	free(i->text);
	free(i);
	memory.n--;
}

static void
oldest_drop(void)
{
	struct item **oldest = NULL;

	for (size_t b = 0; b < BUCKETS; b++)
		for (struct item **i = &memory.buckets[b]; *i != NULL;
		     i = &(*i)->next)
			if (oldest == NULL ||
			    (*i)->used_ms < (*oldest)->used_ms)
				oldest = i;
	if (oldest != NULL)
		item_drop(oldest);
}

static char *
copy(str s)
{
	char *p = malloc(s.n + 1);

	if (p == NULL)
		abort();
	memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (p);
}

void
memory_put(str key, str text, int64_t at_ms)
{
	struct item *i = memory_find(key), **b;

	if (i == NULL) {
		if (memory.n >= MEMORY_ITEMS_MAX)
			oldest_drop();
		if ((i = calloc(1, sizeof(*i))) == NULL)
			abort();
		i->key = copy(key);
		i->used_ms = mono_ms();
		b = bucket_of(key);
		i->next = *b;
		*b = i;
		memory.n++;
	}
	i->at_ms = at_ms;
	i->unknown = text.p == NULL;
	if (i->unknown)
		return;
	free(i->text);
	i->text = copy(text);
	i->n = text.n;
}

void
memory_clear(void)
{
	for (size_t b = 0; b < BUCKETS; b++)
		while (memory.buckets[b] != NULL)
			item_drop(&memory.buckets[b]);
}
