/*
 * memory: what this process has learnt, by key; bounded, the longest unused
 * goes first. Inner header of feed/.
 */
#ifndef BURSAR_FEED_MEMORY_H
#define BURSAR_FEED_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define MEMORY_ITEMS_MAX 2048

struct item {
	struct item *next;
	char *key;
	char *text; /* last good one, or NULL */
	size_t n;
	int64_t at_ms; /* when it was confirmed */
	int64_t used_ms;
	bool unknown; /* the provider does not know it */
};

/* NULL when there is none. Valid until the next memory_put. */
struct item *memory_find(str key);
/* `text.p == NULL`: unknown to the provider; a text there is kept. */
void memory_put(str key, str text, int64_t at_ms);
void memory_clear(void);

#endif
