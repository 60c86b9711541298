/*
 * Sorting beside libc's, on orders that are known to be nasty.
 */
#include "quant/golden.h"
#include "quant/lane.h"

enum { MOST = 3000 };

static double x[MOST], want[MOST];

static int
ascending(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;

	return ((p > q) - (p < q));
}

static double
value_of(int kind, size_t i, size_t n, struct dice *d)
{
	switch (kind) {
	case 0:
		return (dice_normal(d));
	case 1:
		return ((double)i);
	case 2:
		return ((double)(n - i));
	case 3:
		return ((double)(dice_bits(d) % 3));
	case 4:
		return (1);
	case 5:			/* an organ pipe */
		return ((double)(i < n / 2 ? i : n - i));
	default:		/* quicksort's worst, for the middle of three */
		return (i % 2 == 0 ? (double)i : (double)(n + i));
	}
}

static void
every_order_is_put_right(void **state)
{
	struct dice d = { 61 };

	(void)state;
	for (int kind = 0; kind < 7; kind++)
		for (size_t n = 0; n <= MOST; n = n < 60 ? n + 1 : n * 2 + 1) {
			for (size_t i = 0; i < n; i++)
				want[i] = x[i] = value_of(kind, i, n, &d);
			numbers_sort(x, n);
			qsort(want, n, sizeof(want[0]), ascending);
			for (size_t i = 0; i < n; i++)
				assert_true(x[i] == want[i]);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_order_is_put_right),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
