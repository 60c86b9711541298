/*
 * Merging from below: runs of one, two, four .. until one is left. qsort may
 * swap equal elements, and of two that were told for one day the later counts.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/order.h"

struct merge {
	const char	*from;
	char		*to;
	size_t		 size;
	order_fn	 cmp;
};

/* Two runs that follow each other: a..b and b..end. */
static void
runs_merge(const struct merge *m, size_t a, size_t b, size_t end)
{
	size_t a_end = b, k, next;
	bool first;

	for (k = a; k < end; k++) {
		first = a < a_end && (b >= end ||
		    m->cmp(m->from + a * m->size, m->from + b * m->size) <= 0);
		next = first ? a++ : b++;
		memcpy(m->to + k * m->size, m->from + next * m->size, m->size);
	}
}

static size_t
least(size_t a, size_t b)
{
	return (a < b ? a : b);
}

void
order_stable(void *v, size_t n, size_t size, order_fn cmp)
{
	char *room, *from = v, *to, *swap;
	struct merge m;
	size_t width, i;

	if (n < 2)
		return;
	if ((room = malloc(n * size)) == NULL)
		abort();
	to = room;
	for (width = 1; width < n; width *= 2) {
		m = (struct merge){ from, to, size, cmp };
		for (i = 0; i < n; i += 2 * width)
			runs_merge(&m, i, least(i + width, n),
			    least(i + 2 * width, n));
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * size);
	free(room);
}

size_t
order_once(void *v, size_t n, size_t size, order_fn cmp)
{
	char *p = v;
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		if (kept > 0 &&
		    cmp(p + (kept - 1) * size, p + i * size) == 0)
			kept--;
		memmove(p + kept++ * size, p + i * size, size);
	}
	return (kept);
}
