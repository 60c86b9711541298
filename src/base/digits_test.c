/* Digits, beside libc's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/digits.h"

static void
assert_as_libc(uint64_t n)
{
	char mine[DIGITS_MAX + 1] = { 0 }, libc[DIGITS_MAX + 1];

	*digits_put(mine, n) = '\0';
	snprintf(libc, sizeof(libc), "%llu", (unsigned long long)n);
	assert_string_equal(mine, libc);
	*digits_pad(mine, n, 20) = '\0';
	snprintf(libc, sizeof(libc), "%020llu", (unsigned long long)n);
	assert_string_equal(mine, libc);
}

static void
every_length_prints_as_libc_does(void **state)
{
	uint64_t n;
	int i;

	(void)state;
	for (n = 1; ; n *= 10) {
		assert_as_libc(n - 1);
		assert_as_libc(n);
		assert_as_libc(n + 1);
		if (n > UINT64_MAX / 10)
			break;
	}
	assert_as_libc(UINT64_MAX);
	srandom(1);
	for (i = 0; i < 100000; i++)
		assert_as_libc((uint64_t)random() << 32 >> random() % 63);
}

static void
odd_and_even_widths_are_padded(void **state)
{
	char text[8] = "xxxxxxx";

	(void)state;
	assert_ptr_equal(digits_pad(text, 7, 3), text + 3);
	assert_memory_equal(text, "007xxxx", 7);
	digits_pad(text, 42, 2);
	assert_memory_equal(text, "427xxxx", 7);
	digits_pad(text, 5, 1);
	assert_memory_equal(text, "527xxxx", 7);
	assert_ptr_equal(digits_pad(text, 0, 0), text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_and_even_widths_are_padded),
		cmocka_unit_test(every_length_prints_as_libc_does),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
