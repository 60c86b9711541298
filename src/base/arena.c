/*
 * Blocks of 16 KiB, each cut from the front; what is too large for that gets
 * a block of its own. Standard blocks are kept for reuse, in a list per
 * thread, so that no lock is needed. Under AddressSanitizer every byte that
 * nobody was given is poisoned, with a gap between any two pieces. It refuses
 * to free or to shrink a piece.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/limits.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define HIDE(p, n)	__asan_poison_memory_region((p), (n))
#define SHOW(p, n)	__asan_unpoison_memory_region((p), (n))
#define GAP		16
#else
#define HIDE(p, n)	((void)(p), (void)(n))
#define SHOW(p, n)	((void)(p), (void)(n))
#define GAP		0
#endif

#define ALIGNMENT	_Alignof(max_align_t)

struct arena_block {
	struct arena_block	*next;
	size_t			 size;	/* of data */
	size_t			 used;	/* of data */
	_Alignas(max_align_t) unsigned char data[];
};

#define BLOCK_DATA	(LIMIT_ARENA_BLOCK_BYTES - sizeof(struct arena_block))
/* Past this a piece that does not fit would waste too much of a block. */
#define PIECE_LARGE	(BLOCK_DATA / 4)

static _Thread_local struct arena_block *pool;
static _Thread_local size_t pool_count;

void
arena_init(struct arena *a, size_t limit, void (*full)(void *), void *arg)
{
	*a = (struct arena){ .limit = limit, .full = full, .full_arg = arg };
}

static _Noreturn void
arena_full(struct arena *a)
{
	if (a->full != NULL)
		a->full(a->full_arg);
	fprintf(stderr, "arena: %zu of %zu bytes used, no more to have\n",
	    a->used, a->limit);
	abort();
}

static void
block_release(struct arena_block *b)
{
	if (b->size != BLOCK_DATA || pool_count >= LIMIT_ARENA_POOLED_BLOCKS) {
		SHOW(b->data, b->size);
		free(b);
		return;
	}
	HIDE(b->data, b->size);
	b->used = 0;
	b->next = pool;
	pool = b;
	pool_count++;
}

void
arena_drop(struct arena *a)
{
	struct arena_block *b;

	while ((b = a->head) != NULL) {
		a->head = b->next;
		block_release(b);
	}
	a->used = 0;
}

void
arena_pool_drop(void)
{
	struct arena_block *b;

	while ((b = pool) != NULL) {
		pool = b->next;
		SHOW(b->data, b->size);
		free(b);
	}
	pool_count = 0;
}

size_t
arena_pooled_bytes(void)
{
	return (pool_count * LIMIT_ARENA_BLOCK_BYTES);
}

static struct arena_block *
block_new(struct arena *a, size_t size)
{
	struct arena_block *b = NULL;
	size_t bytes = sizeof(*b) + size;

	if (bytes > a->limit || a->used > a->limit - bytes)
		arena_full(a);
	if (size == BLOCK_DATA && pool != NULL) {
		b = pool;
		pool = b->next;
		pool_count--;
	} else if ((b = calloc(1, bytes)) == NULL)
		arena_full(a);
	b->size = size;
	b->used = 0;
	HIDE(b->data, size);
	a->used += bytes;
	return (b);
}

/* The next `room` bytes of a block, of which `n` are for the asker. */
static void *
block_cut(struct arena_block *b, size_t n, size_t room)
{
	void *p = b->data + b->used;

	b->used += room;
	SHOW(p, n);
	return (p);
}

/* A block for one piece, behind the head, which goes on serving. */
static void *
arena_large(struct arena *a, size_t n, size_t room)
{
	struct arena_block *b = block_new(a, room);
	void *p = block_cut(b, n, room);

	if (a->head == NULL) {
		b->next = NULL;
		a->head = b;
	} else {
		b->next = a->head->next;
		a->head->next = b;
	}
	/* A pooled block has somebody's old bytes, calloc's has none. */
	if (room == BLOCK_DATA)
		memset(p, 0, n);
	return (p);
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct arena_block *b = a->head;
	size_t room;

	if (n > SIZE_MAX / 2)
		arena_full(a);
	room = (n + GAP + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (b == NULL || b->size - b->used < room) {
		if (room > PIECE_LARGE)
			return (arena_large(a, n, room));
		b = block_new(a, BLOCK_DATA);
		b->next = a->head;
		a->head = b;
	}
	return (memset(block_cut(b, n, room), 0, n));
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		arena_full(a);
	return (arena_alloc(a, bytes));
}

char *
arena_z(struct arena *a, str s)
{
	char *p;

	if (s.p == NULL)
		return (NULL);
	p = arena_alloc(a, s.n + 1);
	return (memcpy(p, s.p, s.n));
}

str
arena_str(struct arena *a, str s)
{
	return ((str){ arena_z(a, s), s.n });
}

str
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		arena_full(a);
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return ((str){ p, (size_t)n });
}

str
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	str s;

	va_start(ap, fmt);
	s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return (s);
}
