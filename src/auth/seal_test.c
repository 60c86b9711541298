/* What is sealed comes back, to its own place only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "auth/auth.h"
#include "base/settings.h"

#define ONE	"9f4c1b7e6d02a85331c4e7f890ab5d16" \
	"e2738c49b0f5a61d7c8e93042b5f6a17"
#define OTHER	"0b8d57a2f39c46e1857ad02c6f4be913" \
	"2d7c5fa80e64b193c8a70d25fe361b49"

static struct arena arena;

static void
with_secret(const char *secret)
{
	char why[200];

	settings.secret_file = "";
	settings.secret = secret;
	assert_true(auth_open(why, sizeof(why)));
}

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena, 8 << 20, NULL, NULL);
	with_secret(ONE);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_drop(&arena);
	arena_pool_drop();
	return (0);
}

static void
what_is_sealed_comes_back(void **state)
{
	str sealed = auth_seal(&arena, S("t1:finnhub"), S("my-key-1")),
	    plain;

	(void)state;
	assert_true(auth_unseal(&arena, S("t1:finnhub"), sealed, &plain));
	assert_true(str_eqz(plain, "my-key-1"));
	assert_null(memmem(sealed.p, sealed.n, "my-key", 6));
	/* Twice the same is not told from two. */
	assert_false(str_eq(sealed,
	    auth_seal(&arena, S("t1:finnhub"), S("my-key-1"))));
	sealed = auth_seal(&arena, S("x"), S(""));
	assert_true(auth_unseal(&arena, S("x"), sealed, &plain));
	assert_int_equal(plain.n, 0);
}

static void
it_opens_nowhere_else(void **state)
{
	str sealed = auth_seal(&arena, S("t1:finnhub"), S("my-key-1")),
	    plain;

	(void)state;
	assert_false(auth_unseal(&arena, S("t2:finnhub"), sealed, &plain));
	assert_false(auth_unseal(&arena, S("t1:fred"), sealed, &plain));
	with_secret(OTHER);
	assert_false(auth_unseal(&arena, S("t1:finnhub"), sealed, &plain));
	with_secret(ONE);
	assert_true(auth_unseal(&arena, S("t1:finnhub"), sealed, &plain));
}

static void
no_changed_letter_and_no_part_opens(void **state)
{
	str sealed = auth_seal(&arena, S("t1"), S("my-key-1")), plain;
	char *copy = arena_z(&arena, sealed);
	size_t i;

	(void)state;
	/* Of the last letter not all bits are used. */
	for (i = 0; i < sealed.n - 1; i++) {
		copy[i] = copy[i] == 'A' ? 'B' : 'A';
		assert_false(auth_unseal(&arena, S("t1"),
		    (str){ copy, sealed.n }, &plain));
		copy[i] = sealed.p[i];
		assert_false(auth_unseal(&arena, S("t1"),
		    (str){ sealed.p, i }, &plain));
	}
	assert_false(auth_unseal(&arena, S("t1"), S("s1.!!"), &plain));
	assert_false(auth_unseal(&arena, S("t1"), STR_NONE, &plain));
}

static void
fingerprints_tell_apart(void **state)
{
	str a = auth_fingerprint(&arena, S("one"));

	(void)state;
	assert_int_equal(a.n, 16);
	assert_true(str_eq(a, auth_fingerprint(&arena, S("one"))));
	assert_false(str_eq(a, auth_fingerprint(&arena, S("two"))));
	with_secret(OTHER);
	assert_false(str_eq(a, auth_fingerprint(&arena, S("one"))));
	with_secret(ONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_sealed_comes_back),
		cmocka_unit_test(it_opens_nowhere_else),
		cmocka_unit_test(no_changed_letter_and_no_part_opens),
		cmocka_unit_test(fingerprints_tell_apart),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
