/*
 * Fibers on ucontext: mapped stacks with a guard page, pooled by process.
 * AddressSanitizer is told of every switch, and of stacks that are reused.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/limits.h"
#include "flow/fiber.h"

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_ASAN	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN	1
#endif
#endif

#ifdef FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
/* Frames are several times larger under the sanitizers. */
#define STACK_BYTES	((size_t)LIMIT_FLOW_STACK_BYTES * 4)
#else
#define STACK_BYTES	((size_t)LIMIT_FLOW_STACK_BYTES)
#endif

struct fiber {
	ucontext_t	 own;		/* where the fiber goes on */
	ucontext_t	 entered_from;
	char		*map;		/* guard page, then the stack */
	size_t		 map_size;
	void		(*fn)(void *);
	void		*arg;
	struct fiber	*next;		/* in the pool */
	void		*fake;		/* the sanitizer's, of this fiber */
	void		*loop_fake;	/* and of the loop */
	const void	*loop_bottom;
	size_t		 loop_size;
};

static struct {
	struct fiber	*free;
	size_t		 pooled;
	size_t		 mapped;
} pool;

size_t
fiber_stacks(void)
{
	return (pool.mapped);
}

static struct fiber *
fiber_map(void)
{
	struct fiber *fb;
	size_t page;

	page = (size_t)sysconf(_SC_PAGESIZE);
	if ((fb = calloc(1, sizeof(*fb))) == NULL)
		return (NULL);
	fb->map_size = STACK_BYTES + page;
	fb->map = mmap(NULL, fb->map_size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	if (fb->map == MAP_FAILED) {
		free(fb);
		return (NULL);
	}
	if (mprotect(fb->map, page, PROT_NONE) == -1)
		abort();
	pool.mapped++;
	return (fb);
}

static void
fiber_unmap(struct fiber *fb)
{
	munmap(fb->map, fb->map_size);
	pool.mapped--;
	free(fb);
}

static void
switched_in(struct fiber *fb)
{
#ifdef FIBER_ASAN
	__sanitizer_finish_switch_fiber(fb->fake, &fb->loop_bottom,
	    &fb->loop_size);
#else
	(void)fb;
#endif
}

static void
fiber_main(unsigned high, unsigned low)
{
	struct fiber *fb;

	fb = (struct fiber *)((uintptr_t)high << 32 | (uintptr_t)low);
	switched_in(fb);
	fb->fn(fb->arg);
	fiber_exit(fb);
}

/* Apart from fiber_get, because getcontext returns more than once. */
static void
fiber_aim(struct fiber *fb)
{
	size_t page;

	page = (size_t)sysconf(_SC_PAGESIZE);
	if (getcontext(&fb->own) == -1)
		abort();
	fb->own.uc_stack.ss_sp = fb->map + page;
	fb->own.uc_stack.ss_size = fb->map_size - page;
	fb->own.uc_link = NULL;
	makecontext(&fb->own, (void (*)(void))fiber_main, 2,
	    (unsigned)((uintptr_t)fb >> 32),
	    (unsigned)((uintptr_t)fb & 0xffffffffu));
}

struct fiber *
fiber_get(void (*fn)(void *), void *arg)
{
	struct fiber *fb;

	if ((fb = pool.free) != NULL) {
		pool.free = fb->next;
		pool.pooled--;
	} else if ((fb = fiber_map()) == NULL)
		return (NULL);
	fb->fn = fn;
	fb->arg = arg;
	fb->fake = NULL;
	fiber_aim(fb);
	return (fb);
}

void
fiber_put(struct fiber *fb)
{
	if (pool.pooled >= LIMIT_FLOW_POOLED_STACKS) {
		fiber_unmap(fb);
		return;
	}
#ifdef FIBER_ASAN
	/* Frames that were left by a jump have poisoned what they held. */
	__asan_unpoison_memory_region(fb->own.uc_stack.ss_sp,
	    fb->own.uc_stack.ss_size);
#endif
	fb->next = pool.free;
	pool.free = fb;
	pool.pooled++;
}

void
fiber_enter(struct fiber *fb)
{
#ifdef FIBER_ASAN
	__sanitizer_start_switch_fiber(&fb->loop_fake,
	    fb->own.uc_stack.ss_sp, fb->own.uc_stack.ss_size);
#endif
	if (swapcontext(&fb->entered_from, &fb->own) == -1)
		abort();
#ifdef FIBER_ASAN
	__sanitizer_finish_switch_fiber(fb->loop_fake, NULL, NULL);
#endif
}

void
fiber_leave(struct fiber *fb)
{
#ifdef FIBER_ASAN
	__sanitizer_start_switch_fiber(&fb->fake, fb->loop_bottom,
	    fb->loop_size);
#endif
	if (swapcontext(&fb->own, &fb->entered_from) == -1)
		abort();
	switched_in(fb);
}

void
fiber_exit(struct fiber *fb)
{
#ifdef FIBER_ASAN
	__sanitizer_start_switch_fiber(NULL, fb->loop_bottom, fb->loop_size);
#endif
	setcontext(&fb->entered_from);
	abort();
}
