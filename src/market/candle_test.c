/*
 * Laws of what is made of bars: an adjusted return is the events', nothing is
 * rounded twice, a folded bar holds its parts, a thinned series its extremes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "market/candle.h"

#define N	1000

static struct price series[N], thinned[N];

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	return (*x ^= *x << 17);
}

static void
series_make(size_t n, uint64_t seed)
{
	int64_t close, low, high;
	size_t i;

	for (i = 0; i < n; i++) {
		close = 100 + (int64_t)(next(&seed) % 900);
		low = close - (int64_t)(next(&seed) % 50);
		high = close + (int64_t)(next(&seed) % 50);
		series[i] = (struct price){ { (int32_t)(18000 + i) },
		    INSTANT_NONE, dec_of(close), dec_of(high), dec_of(low),
		    dec_of(close), dec_of(close), dec_of(10), STR_NONE };
	}
}

static dec
extreme(const struct price *p, size_t n, size_t offset, int sign)
{
	dec best = *(const dec *)((const char *)p + offset), d;
	size_t i;

	for (i = 1; i < n; i++) {
		d = *(const dec *)((const char *)&p[i] + offset);
		if (dec_cmp(d, best) * sign > 0)
			best = d;
	}
	return (best);
}

static void
thinning_keeps_every_extreme_and_the_budget(void **state)
{
	static const size_t budgets[] = { 10, 11, 50, 137, 400, 999, 1000 };
	size_t b, n, i;

	(void)state;
	for (b = 0; b < sizeof(budgets) / sizeof(budgets[0]); b++) {
		series_make(N, 77 + b);
		for (i = 0; i < N; i++)
			thinned[i] = series[i];
		n = prices_thin(thinned, N, budgets[b]);
		assert_true(n <= budgets[b]);
		assert_true(n >= budgets[b] / 4);
		assert_int_equal(thinned[0].date.n, series[0].date.n);
		assert_int_equal(thinned[n - 1].date.n, series[N - 1].date.n);
#define SAME(member, sign)						\
	assert_true(dec_eq(						\
	    extreme(series, N, offsetof(struct price, member), (sign)),	\
	    extreme(thinned, n, offsetof(struct price, member), (sign))))
		SAME(low, -1);
		SAME(high, 1);
		SAME(close, -1);
		SAME(close, 1);
		for (i = 1; i < n; i++)
			assert_true(thinned[i].date.n > thinned[i - 1].date.n);
	}
}

static void
a_short_series_is_not_thinned(void **state)
{
	(void)state;
	series_make(10, 5);
	assert_int_equal(prices_thin(series, 10, 10), 10);
	assert_int_equal(prices_thin(series, 0, 10), 0);
}

static void
a_week_holds_its_days(void **state)
{
	size_t n, i;
	dec volume = DEC_ZERO;

	(void)state;
	series_make(21, 9);
	for (i = 0; i < 21; i++)
		thinned[i] = series[i];
	n = prices_fold(thinned, 21, INTERVAL_1W);
	/* 2019-04-14 was a Sunday. */
	assert_int_equal(n, 4);
	assert_true(dec_eq(thinned[1].open, series[1].open));
	assert_true(dec_eq(thinned[1].close, series[7].close));
	assert_true(dec_eq(thinned[1].high, extreme(series + 1, 7,
	    offsetof(struct price, high), 1)));
	assert_true(dec_eq(thinned[1].low, extreme(series + 1, 7,
	    offsetof(struct price, low), -1)));
	for (i = 0; i < n; i++)
		volume = dec_add(volume, thinned[i].volume);
	assert_true(dec_eq(volume, dec_of(210)));
	assert_int_equal(prices_fold(series, 21, INTERVAL_1D), 21);
}

static void
a_month_is_the_calendars(void **state)
{
	(void)state;
	series_make(365, 9);
	assert_int_equal(prices_fold(series, 365, INTERVAL_1MO), 13);
}

static void
minutes_fold_by_the_clock(void **state)
{
	size_t i;

	(void)state;
	series_make(12, 3);
	for (i = 0; i < 12; i++)
		series[i].at = instant_of_unix(1700000040 + 60 * (int64_t)i);
	assert_int_equal(prices_fold(series, 12, INTERVAL_5M), 4);
	assert_true(dec_eq(series[1].volume, dec_of(50)));
}

static void
a_split_adjusts_prices_and_shares(void **state)
{
	const struct split split = { { 18005 }, 3, 1 };
	size_t i;

	(void)state;
	series_make(10, 4);
	for (i = 0; i < 5; i++) {
		series[i].close = series[i].open = dec_of(30);
		series[i].adjusted_close = dec_of(10);
		series[i].high = dec_of(33);
	}
	prices_adjust(series, 10, &split, 1);
	assert_true(dec_eq(series[4].open, dec_of(10)));
	assert_true(dec_eq(series[4].high, dec_of(11)));
	assert_true(dec_eq(series[4].volume, dec_of(30)));
	assert_true(dec_eq(series[5].volume, dec_of(10)));
	assert_true(dec_eq(series[5].close, series[5].adjusted_close));
}

static void
a_day_without_a_rate_has_the_last_one_for_ten_days(void **state)
{
	const struct fx_quotient rates[] = {
		{ { 18002 }, dec_of(2), dec_of(1) },
		{ { 18004 }, dec_of(1), dec_of(3) },
	};
	dec third;
	size_t n;

	(void)state;
	series_make(20, 8);
	third = dec_div(series[14].close, dec_of(3));
	n = prices_convert(series, 20, rates, 2);
	assert_int_equal(n, 13);
	assert_int_equal(series[0].date.n, 18002);
	assert_int_equal(series[n - 1].date.n, 18014);
	assert_true(dec_eq(series[n - 1].close, third));
	assert_int_equal(prices_convert(series, 13, rates, 0), 0);
}

static void
ranges_begin_where_they_say(void **state)
{
	const day to = day_of(2024, 3, 31);
	const struct {
		int	range;
		day	from;
	} cases[] = {
		{ 0, day_of(2024, 3, 30) }, { 2, day_of(2024, 2, 29) },
		{ 5, day_of(2024, 1, 1) }, { 6, day_of(2023, 3, 31) },
		{ 9, day_of(2014, 3, 31) }, { 10, day_of(1900, 1, 1) },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(range_from(cases[i].range, to).n,
		    cases[i].from.n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_begin_where_they_say),
		cmocka_unit_test(a_short_series_is_not_thinned),
		cmocka_unit_test(thinning_keeps_every_extreme_and_the_budget),
		cmocka_unit_test(a_week_holds_its_days),
		cmocka_unit_test(a_month_is_the_calendars),
		cmocka_unit_test(minutes_fold_by_the_clock),
		cmocka_unit_test(a_split_adjusts_prices_and_shares),
		cmocka_unit_test(
		    a_day_without_a_rate_has_the_last_one_for_ten_days),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
