/*
 * Arenas: zeroed and aligned pieces, the limit, the reuse of blocks, and,
 * under AddressSanitizer, that a piece's neighbours cannot be touched.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/limits.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN
#endif
#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#endif

#define MIB	(1024 * 1024)

static jmp_buf full;

static void
jump(void *arg)
{
	longjmp(*(jmp_buf *)arg, 1);
}

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
	unsigned char *p, *before = NULL;
	struct arena a;
	size_t i, k;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	for (i = 0; i < 300; i++) {
		p = arena_alloc(&a, i);
		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (k = 0; k < i; k++)
			assert_int_equal(p[k], 0);
		memset(p, 0xaa, i);
		assert_true(i <= 1 || p != before);
		before = p;
	}
	arena_drop(&a);
}

static void
memory_is_zeroed_again_when_reused(void **state)
{
	struct arena a;
	unsigned char *p;
	size_t i;
	int round;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	for (round = 0; round < 3; round++) {
		p = arena_alloc(&a, 1000);
		for (i = 0; i < 1000; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, 1000);
		arena_drop(&a);
	}
	/* A piece that takes a whole pooled block. */
	for (i = 16000; i <= LIMIT_ARENA_BLOCK_BYTES; i += 8) {
		p = arena_alloc(&a, i);
		assert_int_equal(p[0] | p[i - 1], 0);
		memset(p, 0xff, i);
		arena_drop(&a);
	}
}

static void
blocks_are_kept_for_the_next_arena(void **state)
{
	struct arena a;
	size_t kept;
	int i;

	(void)state;
	arena_pool_drop();
	assert_int_equal(arena_pooled_bytes(), 0);
	arena_init(&a, 100 * MIB, NULL, NULL);
	arena_alloc(&a, 1);
	assert_int_equal(a.used, LIMIT_ARENA_BLOCK_BYTES);
	arena_drop(&a);
	assert_int_equal(a.used, 0);
	assert_int_equal(arena_pooled_bytes(), LIMIT_ARENA_BLOCK_BYTES);
	arena_alloc(&a, 1);
	assert_int_equal(arena_pooled_bytes(), 0);
	for (i = 0; i < 5 * LIMIT_ARENA_POOLED_BLOCKS; i++)
		arena_alloc(&a, 4000);
	arena_drop(&a);
	kept = arena_pooled_bytes();
	assert_int_equal(kept, (size_t)LIMIT_ARENA_POOLED_BLOCKS *
	    LIMIT_ARENA_BLOCK_BYTES);
	arena_pool_drop();
	assert_int_equal(arena_pooled_bytes(), 0);
}

static void
a_large_piece_does_not_waste_the_block(void **state)
{
	struct arena a;
	char *first, *large, *second;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	first = arena_alloc(&a, 64);
	large = arena_alloc(&a, 100000);
	second = arena_alloc(&a, 64);
	assert_true(second > first && second < first + 200);
	assert_true(a.used < LIMIT_ARENA_BLOCK_BYTES + 100000 + 200);
	memset(large, 1, 100000);
	arena_drop(&a);
	/* First of all, it is the head itself. */
	arena_alloc(&a, 100000);
	arena_alloc(&a, 64);
	arena_drop(&a);
}

static void
the_limit_calls_full_and_leaves_the_arena_whole(void **state)
{
	struct arena a;
	volatile int got = 0;
	char *p;

	(void)state;
	arena_init(&a, 10 * LIMIT_ARENA_BLOCK_BYTES, jump, &full);
	if (setjmp(full) == 0)
		for (;;) {
			p = arena_alloc(&a, 4000);
			memset(p, 1, 4000);
			got++;
		}
	assert_int_equal(got, 40);
	assert_true(a.used <= a.limit);
	arena_drop(&a);
	assert_non_null(arena_alloc(&a, 4000));
	arena_drop(&a);
}

static void
an_impossible_size_is_full(void **state)
{
	volatile int times = 0;
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX, jump, &full);
	if (setjmp(full) == 0)
		arena_array(&a, SIZE_MAX / 2, 3);
	else
		times++;
	if (setjmp(full) == 0)
		arena_alloc(&a, SIZE_MAX - 8);
	else
		times++;
	arena_init(&a, 1000, jump, &full);
	if (setjmp(full) == 0)
		arena_alloc(&a, 1);
	else
		times++;
	assert_int_equal(times, 3);
	assert_null(a.head);
}

/* The child says why on its standard error, which is read here. */
static void
without_full_the_process_says_so_and_stops(void **state)
{
	char said[128] = { 0 };
	int status, ends[2];
	struct arena a;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		arena_init(&a, 1000, NULL, NULL);
		arena_alloc(&a, 1);
		_exit(0);
	}
	close(ends[1]);
	assert_true(read(ends[0], said, sizeof(said) - 1) > 0);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_string_equal(said, "arena: 0 of 1000 bytes used, no more to "
	    "have\n");
}

struct pair {
	int64_t	a;
	char	b;
};

static void
typed_pieces(void **state)
{
	struct arena a;
	struct pair *one, *many;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	one = ARENA_NEW(&a, struct pair);
	many = ARENA_MANY(&a, 10, struct pair);
	one->b = 1;
	many[9].a = 2;
	assert_int_equal(many[9].b + many[0].a, 0);
	assert_non_null(ARENA_MANY(&a, 0, struct pair));
	arena_drop(&a);
}

static void
text_is_copied_and_terminated(void **state)
{
	struct arena a;
	str s;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	s = arena_str(&a, (str){ "AAPL,MSFT", 4 });
	assert_true(str_eq(s, S("AAPL")));
	assert_int_equal(s.p[4], '\0');
	assert_string_equal(arena_z(&a, (str){ "AAPL,MSFT", 4 }), "AAPL");
	assert_null(arena_str(&a, STR_NONE).p);
	assert_null(arena_z(&a, STR_NONE));
	s = arena_str(&a, S(""));
	assert_non_null(s.p);
	assert_int_equal(s.n, 0);
	arena_drop(&a);
}

static void
text_is_formatted(void **state)
{
	struct arena a;
	str s;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	s = arena_printf(&a, "%s is %d %.*s", "this", 7, STR_ARG(S("days")));
	assert_true(str_eq(s, S("this is 7 days")));
	assert_int_equal(s.p[s.n], '\0');
	s = arena_printf(&a, "%*s", 100000, "x");
	assert_int_equal(s.n, 100000);
	assert_int_equal(s.p[99999], 'x');
	arena_drop(&a);
}

static void *
thread(void *arg)
{
	struct arena a;

	arena_init(&a, MIB, NULL, NULL);
	arena_alloc(&a, 10);
	arena_drop(&a);
	*(size_t *)arg = arena_pooled_bytes();
	arena_pool_drop();
	return (NULL);
}

static void
threads_do_not_share_a_pool(void **state)
{
	size_t theirs = 0;
	pthread_t t;

	(void)state;
	arena_pool_drop();
	assert_int_equal(pthread_create(&t, NULL, thread, &theirs), 0);
	assert_int_equal(pthread_join(t, NULL), 0);
	assert_int_equal(theirs, LIMIT_ARENA_BLOCK_BYTES);
	assert_int_equal(arena_pooled_bytes(), 0);
}

#ifdef WITH_ASAN
static void
the_sanitizer_sees_what_nobody_was_given(void **state)
{
	struct arena a;
	char *p, *q;

	(void)state;
	arena_init(&a, MIB, NULL, NULL);
	p = arena_alloc(&a, 13);
	q = arena_alloc(&a, 5000);
	assert_false(__asan_address_is_poisoned(p + 12));
	assert_true(__asan_address_is_poisoned(p + 13));
	assert_true(__asan_address_is_poisoned(q + 5000));
	assert_true(__asan_address_is_poisoned(q - 1));
	assert_true(__asan_address_is_poisoned(arena_alloc(&a, 0)));
	arena_drop(&a);
	assert_true(__asan_address_is_poisoned(p));
	assert_true(__asan_address_is_poisoned(q));
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(memory_is_zeroed_again_when_reused),
		cmocka_unit_test(a_large_piece_does_not_waste_the_block),
		cmocka_unit_test(
		    the_limit_calls_full_and_leaves_the_arena_whole),
		cmocka_unit_test(an_impossible_size_is_full),
		cmocka_unit_test(without_full_the_process_says_so_and_stops),
		cmocka_unit_test(typed_pieces),
		cmocka_unit_test(text_is_copied_and_terminated),
		cmocka_unit_test(text_is_formatted),
		cmocka_unit_test(blocks_are_kept_for_the_next_arena),
		cmocka_unit_test(threads_do_not_share_a_pool),
#ifdef WITH_ASAN
		cmocka_unit_test(the_sanitizer_sees_what_nobody_was_given),
#endif
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_pool_drop();
	return (failed);
}
