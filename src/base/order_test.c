/* Order, and what remains of equal ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/order.h"

struct row {
	int	key, place;
};

static int
by_key(const void *a, const void *b)
{
	return (((const struct row *)a)->key - ((const struct row *)b)->key);
}

static void
equal_ones_stay_as_they_stood(void **state)
{
	struct row v[200];
	size_t n, i, round;

	(void)state;
	srand(3);
	for (round = 0; round < 100; round++) {
		n = (size_t)rand() % 200;
		for (i = 0; i < n; i++)
			v[i] = (struct row){ rand() % 20, (int)i };
		order_stable(v, n, sizeof(v[0]), by_key);
		for (i = 1; i < n; i++)
			assert_true(v[i - 1].key < v[i].key ||
			    (v[i - 1].key == v[i].key &&
			    v[i - 1].place < v[i].place));
	}
}

static void
last_of_equal_ones_remains(void **state)
{
	struct row v[] = { { 1, 0 }, { 1, 1 }, { 2, 2 }, { 3, 3 }, { 3, 4 },
	    { 3, 5 } };

	(void)state;
	assert_int_equal(order_once(v, 6, sizeof(v[0]), by_key), 3);
	assert_int_equal(v[0].place, 1);
	assert_int_equal(v[1].place, 2);
	assert_int_equal(v[2].place, 5);
	assert_int_equal(order_once(v, 0, sizeof(v[0]), by_key), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_ones_stay_as_they_stood),
		cmocka_unit_test(last_of_equal_ones_remains),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
