/*
 * Indicators as they are served: under their names, the right days, and
 * the same value for a day whichever range was asked for.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "market/study.h"

enum { SMA, EMA, RSI, DAILY_RETURN, VOLATILITY };
enum { N = 1500 };

static struct arena a;
static double close_of[N];

static int
begin(void **state)
{
	uint64_t seed = 1;
	int i;

	(void)state;
	arena_init(&a, 8 * 1024 * 1024, NULL, NULL);
	for (i = 0; i < N; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		close_of[i] = 50 + 40 * sin(i / 90.0) +
		    (double)(seed >> 33) / 4e9;
	}
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	return (0);
}

/* The value of the last of n closes. */
static double
last(int study, size_t period, const double *close, size_t n)
{
	double out[N];
	size_t first, values;

	values = study_run(&a, study, period, 252, close, n, out, &first);
	assert_int_equal(first + values, n);
	return (out[values - 1]);
}

static void
averages_of_a_few(void **state)
{
	static const double c[] = { 1, 2, 3, 4, 10 };
	double out[5];
	size_t first;

	(void)state;
	assert_int_equal(study_run(&a, SMA, 3, 252, c, 5, out, &first), 3);
	assert_int_equal(first, 2);
	assert_true(out[0] == 2 && out[1] == 3 && fabs(out[2] - 17. / 3) <
	    1e-12);
	assert_int_equal(study_run(&a, EMA, 3, 252, c, 5, out, &first), 3);
	assert_true(out[0] == 2 && out[1] == 3 && out[2] == 6.5);
}

static void
returns_and_their_spread(void **state)
{
	static const double c[] = { 100, 110, 99, 108.9 };
	double out[4];
	size_t first;

	(void)state;
	assert_int_equal(study_run(&a, DAILY_RETURN, 1, 252, c, 4, out,
	    &first), 3);
	assert_int_equal(first, 1);
	assert_true(fabs(out[0] - .1) < 1e-12 && fabs(out[1] + .1) < 1e-12);
	assert_int_equal(study_run(&a, VOLATILITY, 2, 252, c, 4, out,
	    &first), 2);
	assert_int_equal(first, 2);
	assert_true(fabs(out[0] - sqrt(252 * .02)) < 1e-12);
	assert_true(fabs(last(VOLATILITY, 2, c, 4) / sqrt(252) -
	    out[1] / sqrt(252)) < 1e-15);
	(void)study_run(&a, VOLATILITY, 2, 365, c, 4, out, &first);
	assert_true(fabs(out[0] - sqrt(365 * .02)) < 1e-12);
}

static void
strength_is_all_or_nothing_when_all_days_agree(void **state)
{
	static const double up[] = { 1, 2, 3, 4 }, down[] = { 4, 3, 2, 1 };

	(void)state;
	assert_true(last(RSI, 2, up, 4) == 100);
	assert_true(last(RSI, 2, down, 4) == 0);
}

static void
too_few_closes_have_no_values(void **state)
{
	static const double c[] = { 1, 2 };
	double out[2];
	size_t first;
	int study;

	(void)state;
	for (study = SMA; study <= VOLATILITY; study++) {
		if (study == DAILY_RETURN)
			continue;
		assert_int_equal(study_run(&a, study, 3, 252, c, 2, out,
		    &first), 0);
		assert_int_equal(study_run(&a, study, 3, 252, c, 0, out,
		    &first), 0);
	}
}

/* With as many closes before it as are asked for, a day's value is that of
 * the whole history, to more places than are shown. */
static void
a_day_has_one_value_whatever_the_range(void **state)
{
	static const size_t periods[] = { 2, 14, 20, 50 };
	size_t i, before, from;
	double whole, part;
	int study;

	(void)state;
	for (study = SMA; study <= VOLATILITY; study++)
		for (i = 0; i < 4; i++) {
			before = study_before(study, periods[i]);
			from = N - 1 - before;
			assert_true(before < N);
			whole = last(study, study == DAILY_RETURN ? 1 :
			    periods[i], close_of, N);
			part = last(study, study == DAILY_RETURN ? 1 :
			    periods[i], close_of + from, N - from);
			assert_true(fabs(whole - part) <=
			    1e-6 * fabs(whole));
		}
}

static void
periods_are_usual_or_refused(void **state)
{
	(void)state;
	assert_int_equal(study_period(SMA, LONG_NONE), 20);
	assert_int_equal(study_period(RSI, LONG_NONE), 14);
	assert_int_equal(study_period(SMA, 50), 50);
	assert_int_equal(study_period(DAILY_RETURN, 20), 1);
	assert_int_equal(study_period(VOLATILITY, 1), 0);
	assert_int_equal(study_period(SMA, 0), 0);
	assert_int_equal(study_period(SMA, -5), 0);
	assert_int_equal(study_period(SMA, STUDY_PERIOD_MAX),
	    STUDY_PERIOD_MAX);
	assert_int_equal(study_period(SMA, STUDY_PERIOD_MAX + 1), 0);
}

static void
every_indicator_has_a_name_here(void **state)
{
	const struct indicator *row;
	size_t i, n, names;

	(void)state;
	for (names = 0; study_names[names] != NULL; names++)
		assert_non_null(study_indicator((int)names));
	for (n = 0, row = quant_indicators; row->name != NULL; row++, n++) {
		for (i = 0; study_names[i] != NULL; i++)
			if (study_indicator((int)i) == row)
				break;
		assert_non_null(study_names[i]);
	}
	assert_int_equal(n, names);
}

static int
study_of(const char *name)
{
	return (enum_of(study_names, str_of(name)));
}

static void
parameters_are_named_and_in_range(void **state)
{
	double p[INDICATOR_PARAMS_MAX];
	const int macd = study_of("macd"), vol = study_of("volatility");

	(void)state;
	assert_true(study_params(macd, 0, 252, STR_NONE, p));
	assert_true(p[0] == 12 && p[1] == 26 && p[2] == 9);
	assert_true(study_params(macd, 5, 252, S("signal=4, slow=10"), p));
	assert_true(p[0] == 5 && p[1] == 10 && p[2] == 4);
	assert_true(study_params(vol, 30, 365, STR_NONE, p));
	assert_true(p[0] == 30 && p[1] == 365);
	assert_false(study_params(macd, 0, 252, S("fast"), p));
	assert_false(study_params(macd, 0, 252, S("fast="), p));
	assert_false(study_params(macd, 0, 252, S("fast=0"), p));
	assert_false(study_params(macd, 0, 252, S("fast=1.5"), p));
	assert_false(study_params(macd, 0, 252, S("fast=nan"), p));
	assert_false(study_params(macd, 0, 252, S("window=3"), p));
	assert_false(study_params(macd, 0, 252, S("fast=3x"), p));
	assert_int_equal(study_period(study_of("obv"), 5), 0);
	assert_int_equal(study_period(study_of("obv"), LONG_NONE), 1);
	assert_int_equal(study_period(study_of("atr"), LONG_NONE), 14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_indicator_has_a_name_here),
		cmocka_unit_test(parameters_are_named_and_in_range),
		cmocka_unit_test(averages_of_a_few),
		cmocka_unit_test(returns_and_their_spread),
		cmocka_unit_test(
		    strength_is_all_or_nothing_when_all_days_agree),
		cmocka_unit_test(too_few_closes_have_no_values),
		cmocka_unit_test(a_day_has_one_value_whatever_the_range),
		cmocka_unit_test(periods_are_usual_or_refused),
	};

	return (cmocka_run_group_tests(tests, begin, end));
}
