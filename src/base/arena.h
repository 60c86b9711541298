/*
 * arena: memory that is all dropped at once. Nobody frees a piece of it.
 * An arena never answers NULL: at its limit it calls `full`, which must not
 * return (a flow unwinds with E_MEMORY, a tool says so and exits).
 */
#ifndef BURSAR_BASE_ARENA_H
#define BURSAR_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block	*head;		/* newest block, or NULL */
	size_t			 used;		/* bytes asked of the system */
	size_t			 limit;		/* bytes `used` may reach */
	void			(*full)(void *);
	void			*full_arg;
};

/* An empty arena; `full == NULL` prints a line and aborts. */
void	 arena_init(struct arena *a, size_t limit, void (*full)(void *),
	    void *arg);
/* Give everything back. The arena may be used again. */
void	 arena_drop(struct arena *a);
/*
 * `n` zeroed bytes, aligned for any type. n = 0 is allowed. Memory is taken
 * in blocks, so a limit below LIMIT_ARENA_BLOCK_BYTES holds no small piece.
 */
void	*arena_alloc(struct arena *a, size_t n);
/* `n` elements of `size`; an overflow of the product is `full`. */
void	*arena_array(struct arena *a, size_t n, size_t size);
/* A copy that is also NUL-terminated. STR_NONE stays STR_NONE. */
str	 arena_str(struct arena *a, str s);
/* The same as a C string; STR_NONE gives NULL. */
char	*arena_z(struct arena *a, str s);
str	 arena_printf(struct arena *a, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
str	 arena_vprintf(struct arena *a, const char *fmt, va_list ap)
	    __attribute__((format(printf, 2, 0)));

#define ARENA_NEW(a, type)	((type *)arena_alloc((a), sizeof(type)))
#define ARENA_MANY(a, n, type)	((type *)arena_array((a), (n), sizeof(type)))

/*
 * Bytes in the blocks that this thread keeps for reuse. A thread that ends
 * gives them back first.
 */
size_t	 arena_pooled_bytes(void);
void	 arena_pool_drop(void);

#endif
