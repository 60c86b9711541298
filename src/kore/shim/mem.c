/*
 * Kore's allocator as plain malloc, for builds with a sanitizer: each block
 * is then one the sanitizer knows. Tags, which only Kore's Python runtime
 * uses, are left out.
 */
#include <sys/types.h>

#include <stdlib.h>
#include <string.h>

#include "kore.h"

void
kore_mem_init(void)
{
}

void
kore_mem_cleanup(void)
{
}

void *
kore_malloc(size_t len)
{
	return (kore_realloc(NULL, len));
}

void *
kore_realloc(void *ptr, size_t len)
{
	void	*p;

	if ((p = realloc(ptr, len == 0 ? 1 : len)) == NULL)
		fatal("realloc(%zu)", len);
	return (p);
}

void *
kore_calloc(size_t memb, size_t len)
{
	void	*p;

	if ((p = calloc(memb == 0 ? 1 : memb, len == 0 ? 1 : len)) == NULL)
		fatal("calloc(%zu, %zu)", memb, len);
	return (p);
}

void
kore_free(void *ptr)
{
	free(ptr);
}

char *
kore_strdup(const char *str)
{
	size_t	 n = strlen(str) + 1;

	return (memcpy(kore_malloc(n), str, n));
}
