/*
 * Kore's pools as plain calloc, for builds with a sanitizer: an element that
 * was put back is then memory nobody may touch.
 */
#include <sys/types.h>

#include <stdlib.h>

#include "kore.h"

void
kore_pool_init(struct kore_pool *pool, const char *name, size_t len,
    size_t elm)
{
	(void)elm;
	pool->name = kore_strdup(name);
	pool->elen = len;
}

void
kore_pool_cleanup(struct kore_pool *pool)
{
	kore_free(pool->name);
	pool->name = NULL;
}

void *
kore_pool_get(struct kore_pool *pool)
{
	return (kore_calloc(1, pool->elen));
}

void
kore_pool_put(struct kore_pool *pool, void *ptr)
{
	(void)pool;
	free(ptr);
}
