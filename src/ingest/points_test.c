/* What of rates, dividends and splits passes the gates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/points.h"

static struct arena arena;
static struct quality q;
static struct list none;

static int
fresh(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20, NULL, NULL);
	return (0);
}

static int
drop(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

static int64_t
said(const char *gate)
{
	size_t i;

	for (i = 0; i < q.doubts_n; i++)
		if (strcmp(gates[q.doubts[i].gate].name, gate) == 0)
			return (q.doubts[i].days);
	return (0);
}

static day
on(int dom)
{
	return (day_of(2024, 1, dom));
}

static struct fx_rate
rate(int dom, const char *quote, int64_t hundredths)
{
	return ((struct fx_rate){ S("EUR"), str_of(quote), on(dom),
	    dec_units(hundredths, 2) });
}

static void
rates_come_to_order_each_once(void **state)
{
	struct fx_rate v[] = { rate(4, "USD", 109), rate(3, "USD", 108),
	    rate(3, "GBP", 86), rate(4, "USD", 110) };
	struct list l = { v, 4 };

	(void)state;
	rates_judge(&arena, &l, on(5), &none, &q);
	assert_int_equal(l.n, 3);
	assert_int_equal(q.doubts_n, 0);
	assert_true(str_eqz(v[0].quote, "GBP"));
	assert_true(dec_eq(v[2].rate, dec_units(110, 2)));
}

static void
rate_that_cannot_be_is_dropped(void **state)
{
	struct fx_rate v[30];
	struct list l = { v, 30 };
	int i;

	(void)state;
	for (i = 0; i < 30; i++)
		v[i] = rate(i + 1, "USD", 108 + i % 3);
	v[3].rate = DEC_ZERO;
	v[29].day = on(31);
	rates_judge(&arena, &l, on(30), &none, &q);
	assert_int_equal(l.n, 28);
	assert_int_equal(said("negative"), 1);
	assert_int_equal(said("future"), 1);
	assert_false(q.refused);
}

static void
step_refuses_all_of_them(void **state)
{
	struct fx_rate before = rate(1, "USD", 108);
	struct fx_rate v[] = { rate(2, "USD", 108), rate(3, "USD", 10800),
	    rate(4, "USD", 10800) };
	struct fx_rate w[] = { rate(2, "USD", 1) };
	struct list l = { v, 3 }, kept = { &before, 1 };

	(void)state;
	rates_judge(&arena, &l, on(5), &none, &q);
	assert_true(q.refused);
	assert_int_equal(l.n, 0);
	assert_int_equal(said("step"), 1);
	l = (struct list){ w, 1 };
	rates_judge(&arena, &l, on(5), &kept, &q);
	assert_true(q.refused);
	l = (struct list){ w, 1 };
	before.quote = S("CHF");
	rates_judge(&arena, &l, on(5), &kept, &q);
	assert_false(q.refused);
}

static void
all_that_cannot_be_is_refused(void **state)
{
	struct fx_rate v[] = { rate(2, "USD", 0), rate(3, "USD", -1) };
	struct list l = { v, 2 };

	(void)state;
	rates_judge(&arena, &l, on(5), &none, &q);
	assert_true(q.refused);
	assert_int_equal(said("broken"), 1);
}

static void
dividend_is_below_its_price(void **state)
{
	struct kept_close closes[] = { { on(2), dec_of(10) },
	    { on(10), dec_of(300) } };
	struct dividend v[] = { { on(20), dec_of(250) }, { on(1), dec_of(99) },
	    { on(3), dec_of(10) }, { on(4), DEC_ZERO },
	    { on(20), dec_of(25) } };
	struct list l = { v, 5 }, kept = { closes, 2 };

	(void)state;
	dividends_judge(&arena, &l, &kept, &q);
	assert_int_equal(l.n, 2);
	assert_int_equal(day_cmp(v[0].ex_day, on(1)), 0);
	assert_true(dec_eq(v[1].amount, dec_of(25)));
	assert_int_equal(said("dividend"), 1);
	assert_int_equal(said("negative"), 1);
}

static void
split_is_of_something(void **state)
{
	struct split v[] = { { on(9), 4, 1 }, { on(3), 0, 1 },
	    { on(4), 5, -1 }, { on(5), 5000, 1 }, { on(6), 1, 50 } };
	struct list l = { v, 5 };

	(void)state;
	splits_judge(&arena, &l, &q);
	assert_int_equal(l.n, 2);
	assert_int_equal(v[0].denominator, 50);
	assert_int_equal(v[1].numerator, 4);
	assert_int_equal(said("ratio"), 3);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fresh, drop)
	const struct CMUnitTest tests[] = {
		T(rates_come_to_order_each_once),
		T(rate_that_cannot_be_is_dropped),
		T(step_refuses_all_of_them),
		T(all_that_cannot_be_is_refused),
		T(dividend_is_below_its_price),
		T(split_is_of_something),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
