/*
 * A text that grows at its end, and what tells two texts apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "http/exchange.h"
#include "http/text.h"

static struct arena a;
static struct text t;

static int
begin(void **state)
{
	(void)state;
	arena_init(&a, 64 * 1024 * 1024, NULL, NULL);
	text_init(&t, &a);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	return (0);
}

static void
an_empty_text_is_empty(void **state)
{
	(void)state;
	text_put(&t, S(""));
	text_put(&t, STR_NONE);
	text_printf(&t, "%s", "");
	assert_int_equal(text_str(&t).n, 0);
	assert_string_equal(text_str(&t).p, "");
}

static void
pieces_stand_one_behind_the_other(void **state)
{
	(void)state;
	text_put(&t, S("a"));
	text_printf(&t, "%d-%s", 7, "b");
	text_put(&t, (str){ "c\0d", 3 });
	assert_int_equal(text_str(&t).n, 7);
	assert_memory_equal(text_str(&t).p, "a7-bc\0d", 8);
}

/* Whatever the pieces' lengths, a NUL stands behind and nothing is lost. */
static void
growing_loses_nothing(void **state)
{
	char piece[700];
	size_t i, n, sum;

	(void)state;
	for (i = sum = 0; i < 2000; i++, sum += n) {
		n = i % sizeof(piece);
		memset(piece, 'a' + (int)(i % 26), n);
		text_put(&t, (str){ piece, n });
		assert_int_equal(text_str(&t).n, sum + n);
		assert_int_equal(text_str(&t).p[sum + n], 0);
	}
	for (i = sum = 0; i < 2000; i++)
		for (n = 0; n < i % sizeof(piece); n++, sum++)
			assert_int_equal(t.p[sum], 'a' + (int)(i % 26));
}

static void
a_long_text_costs_little_more_than_itself(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 100000; i++)
		text_printf(&t, "%09zu\n", i);
	assert_int_equal(text_str(&t).n, 1000000);
	assert_true(a.used < 5 * 1000000);
}

static void
any_other_byte_is_another_hash(void **state)
{
	char text[40] = "the quick brown fox jumps over the dog";
	uint64_t whole = text_hash((str){ text, 38 });
	size_t i;

	(void)state;
	assert_true(whole == text_hash((str){ text, 38 }));
	for (i = 0; i < 38; i++) {
		text[i] ^= 1;
		assert_true(text_hash((str){ text, 38 }) != whole);
		text[i] ^= 1;
		assert_true(text_hash((str){ text, i }) != whole);
	}
	assert_true(text_hash(S("")) != text_hash((str){ "\0", 1 }));
}

static void
a_tag_is_quoted_hex(void **state)
{
	str tag = text_tag(&a, S("text"));
	char want[20];

	(void)state;
	snprintf(want, sizeof(want), "\"%016llx\"",
	    (unsigned long long)text_hash(S("text")));
	assert_true(str_eqz(tag, want));
}

#define T(name)	cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_empty_text_is_empty),
		T(pieces_stand_one_behind_the_other),
		T(growing_loses_nothing),
		T(a_long_text_costs_little_more_than_itself),
		T(any_other_byte_is_another_hash),
		T(a_tag_is_quoted_hex),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
