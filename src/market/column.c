/*
 * Records turned into columns, as unnest wants them.
 */
#include <string.h>

#include "market/column.h"

void *
column_of(struct flow *f, const void *records, size_t n, size_t stride,
    size_t offset, size_t size)
{
	char *out = arena_array(&f->arena, n, size);
	const char *at = (const char *)records + offset;
	size_t i;

	for (i = 0; i < n; i++)
		memcpy(out + i * size, at + i * stride, size);
	return (out);
}

struct param
column_same(struct flow *f, uuid u, size_t n)
{
	uuid *v = ARENA_MANY(&f->arena, n, uuid);
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = u;
	return (MANY(K_UUID, v, n));
}
