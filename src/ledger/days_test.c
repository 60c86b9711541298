/*
 * What a portfolio was worth on each day: by hand, the specification's
 * returns, and closes that are missing.
 */
#include <math.h>

#include "ledger/past.h"

enum { ACME, BOLT };

static struct scene s;

static int
begin(void **state)
{
	size_t i;

	(void)state;
	memset(&s, 0, sizeof(s));
	s.calendar.days = s.days;
	s.calendar.closes = s.closes;
	for (i = 0; i < PAST_THINGS; i++)
		s.closes[i].v = s.close[i];
	return (0);
}

static void
open_on(const char *when)
{
	s.days[s.calendar.n++] = on(when);
}

static void
closes_at(size_t thing, const char *when, const char *price)
{
	s.close[thing][s.closes[thing].n++] =
	    (struct close){ on(when), D(price) };
}

static void
deposit(const char *when, const char *amount)
{
	past_money(&s.past, A_DEPOSIT, on(when), D(amount));
}

static void
withdraw(const char *when, const char *amount)
{
	past_money(&s.past, A_WITHDRAWAL, on(when), D(amount));
}

static void
buy(const char *when, size_t thing, const char *quantity, const char *price)
{
	past_trade(&s.past, A_BUY, on(when), thing, D(quantity), D(price),
	    DEC_ZERO);
}

static void
sell(const char *when, size_t thing, const char *quantity, const char *price)
{
	past_trade(&s.past, A_SELL, on(when), thing, D(quantity), D(price),
	    DEC_ZERO);
}

static void
told(void)
{
	if (!past_fold(&s.past))
		fail_msg("refused: %s", fault_names[s.past.fault.kind]);
	scene_days(&s, ALWAYS);
}

static void
worth(size_t i, const char *when, const char *value, bool stale)
{
	assert_true(i < s.made);
	assert_int_equal(s.values[i].on.n, on(when).n);
	assert_dec(s.values[i].value, value);
	assert_int_equal(s.values[i].stale, stale);
}

static void
flows(size_t i, const char *in, const char *out)
{
	assert_dec(s.values[i].inflow, in);
	assert_dec(s.values[i].outflow, out);
}

/* Inflow at the day's start, outflow at its end; 0 without a base. */
static double
day_return(size_t i)
{
	dec before = i == 0 ? DEC_ZERO : s.values[i - 1].value;
	double base = dec_double(dec_add(before, s.values[i].inflow));

	return (base > 0 ? dec_double(dec_add(s.values[i].value,
	    s.values[i].outflow)) / base - 1 : 0);
}

/* ---- by hand ----------------------------------------------------------- */

static void
cash_alone_is_worth_itself(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	open_on("2024-01-04");
	deposit("2024-01-03", "1000");
	told();
	assert_int_equal(s.made, 2);
	worth(0, "2024-01-03", "1000", false);
	worth(1, "2024-01-04", "1000", false);
	flows(0, "1000", "0");
	flows(1, "0", "0");
	assert_dec(s.values[1].cash, "1000");
}

static void
without_activities_or_days_there_is_nothing(void **state)
{
	(void)state;
	open_on("2024-01-02");
	told();
	assert_int_equal(s.made, 0);
	s.calendar.n = 0;
	deposit("2024-01-03", "1000");
	told();
	assert_int_equal(s.made, 0);
}

static void
the_close_of_the_day_counts_and_never_a_later_one(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	closes_at(ACME, "2024-01-02", "11");
	closes_at(ACME, "2024-01-03", "12.345");
	closes_at(ACME, "2024-01-04", "99");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "10");
	told();
	worth(0, "2024-01-02", "1010", false);
	/* 123.45 */
	worth(1, "2024-01-03", "1023.45", false);
	assert_dec(s.values[1].cash, "900");
}

static void
each_holding_is_rounded_by_itself(void **state)
{
	(void)state;
	open_on("2024-01-02");
	closes_at(ACME, "2024-01-02", "0.335");
	closes_at(BOLT, "2024-01-02", "0.335");
	deposit("2024-01-02", "10");
	buy("2024-01-02", ACME, "1", "1");
	buy("2024-01-02", BOLT, "1", "1");
	told();
	/* 0.34 twice, not 0.67. */
	worth(0, "2024-01-02", "8.68", false);
}

static void
flows_of_a_closed_market_count_to_the_next_day(void **state)
{
	(void)state;
	open_on("2024-01-05");
	open_on("2024-01-08");
	deposit("2024-01-05", "1000");
	deposit("2024-01-06", "200");
	deposit("2024-01-08", "30");
	withdraw("2024-01-07", "4");
	withdraw("2024-01-09", "500");
	told();
	worth(0, "2024-01-05", "1000", false);
	worth(1, "2024-01-08", "1226", false);
	flows(1, "230", "4");
}

/* ---- closes that are missing ------------------------------------------- */

static void
a_close_is_carried_for_seven_days_and_then_is_stale(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	open_on("2024-01-09");
	open_on("2024-01-10");
	open_on("2024-01-11");
	closes_at(ACME, "2024-01-02", "11");
	closes_at(ACME, "2024-01-11", "12");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "10");
	told();
	worth(1, "2024-01-03", "1010", false);
	worth(2, "2024-01-09", "1010", false);
	worth(3, "2024-01-10", "1010", true);
	worth(4, "2024-01-11", "1020", false);
}

static void
without_a_close_yet_the_last_trade_counts_and_is_stale(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	open_on("2024-01-04");
	closes_at(ACME, "2024-01-04", "12");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "10");
	buy("2024-01-03", ACME, "1", "10.5");
	told();
	worth(0, "2024-01-02", "1000", true);
	worth(1, "2024-01-03", "1005", true);
	worth(2, "2024-01-04", "1021.5", false);
}

static void
what_is_sold_out_needs_no_close(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	open_on("2024-02-03");
	closes_at(ACME, "2024-01-02", "10");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "10");
	sell("2024-01-03", ACME, "10", "11");
	told();
	worth(1, "2024-01-03", "1010", false);
	worth(2, "2024-02-03", "1010", false);
}

/* ---- splits ------------------------------------------------------------ */

static void
over_a_split_the_value_stays(void **state)
{
	(void)state;
	open_on("2024-06-07");
	open_on("2024-06-10");
	closes_at(ACME, "2024-06-07", "120");
	closes_at(ACME, "2024-06-10", "12");
	deposit("2024-06-07", "1200");
	buy("2024-06-07", ACME, "10", "120");
	past_split(&s.past, on("2024-06-10"), ACME, 10, 1);
	told();
	worth(0, "2024-06-07", "1200", false);
	worth(1, "2024-06-10", "1200", false);
	assert_true(day_return(1) == 0);
}

/* The close of before the split is of old units. */
static void
a_close_carried_over_splits_counts_at_the_new_units(void **state)
{
	(void)state;
	open_on("2024-06-07");
	open_on("2024-06-10");
	open_on("2024-06-11");
	open_on("2024-06-12");
	closes_at(ACME, "2024-06-07", "120");
	closes_at(ACME, "2024-06-12", "60.5");
	deposit("2024-06-07", "1800");
	buy("2024-06-07", ACME, "10", "120");
	buy("2024-06-07", BOLT, "10", "60");
	past_split(&s.past, on("2024-06-10"), ACME, 10, 1);
	past_split(&s.past, on("2024-06-10"), BOLT, 3, 1);
	past_split(&s.past, on("2024-06-11"), ACME, 1, 5);
	told();
	worth(0, "2024-06-07", "1800", true);
	worth(1, "2024-06-10", "1800", true);
	worth(2, "2024-06-11", "1800", true);
	worth(3, "2024-06-12", "1810", true);
}

/* ---- the specification's returns --------------------------------------- */

static void
near(double got, double want)
{
	assert_true(fabs(got - want) < 1e-12);
}

/* Section 13, G2: 10000, +5000, 15300, 15147, -2000, 13450. */
static void
time_weighted_return_of_the_specification(void **state)
{
	static const char *const days[] = { "2024-01-02", "2024-01-03",
	    "2024-01-04", "2024-01-05" };
	static const char *const closes[] = { "1", "1.02", "1.0098",
	    "1.03" };
	size_t i;
	double wealth = 1;

	(void)state;
	for (i = 0; i < 4; i++) {
		open_on(days[i]);
		closes_at(ACME, days[i], closes[i]);
	}
	deposit("2024-01-02", "10000");
	buy("2024-01-02", ACME, "10000", "1");
	deposit("2024-01-03", "5000");
	buy("2024-01-03", ACME, "5000", "1");
	sell("2024-01-05", ACME, "1941.747572815533980582", "1.03");
	withdraw("2024-01-05", "2000");
	told();
	worth(0, "2024-01-02", "10000", false);
	worth(1, "2024-01-03", "15300", false);
	worth(2, "2024-01-04", "15147", false);
	worth(3, "2024-01-05", "13450", false);
	flows(1, "5000", "0");
	flows(3, "0", "2000");
	near(day_return(0), 0);
	near(day_return(1), 0.02);
	near(day_return(2), -0.01);
	near(day_return(3), 0.020003961180);
	for (i = 0; i < s.made; i++)
		wealth *= 1 + day_return(i);
	near(wealth, 1.03);
}

static void
a_deposit_into_an_empty_portfolio_is_no_return(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	open_on("2024-01-04");
	deposit("2024-01-02", "100");
	withdraw("2024-01-03", "100");
	deposit("2024-01-04", "70");
	told();
	worth(1, "2024-01-03", "0", false);
	near(day_return(0), 0);
	near(day_return(1), 0);
	near(day_return(2), 0);
}

static void
sold_out_and_empty_for_months_the_return_stands_still(void **state)
{
	size_t i;

	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	for (i = 0; i < 60; i++)
		s.days[s.calendar.n++] = day_add(on("2024-01-04"), (int)i);
	open_on("2024-04-02");
	open_on("2024-04-03");
	closes_at(ACME, "2024-01-02", "100");
	closes_at(ACME, "2024-01-03", "110");
	closes_at(ACME, "2024-04-02", "300");
	closes_at(ACME, "2024-04-03", "330");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "100");
	sell("2024-01-03", ACME, "10", "110");
	withdraw("2024-01-03", "1100");
	deposit("2024-04-02", "600");
	buy("2024-04-02", ACME, "2", "300");
	told();
	assert_int_equal(s.made, 64);
	near(day_return(1), 0.1);
	for (i = 2; i < 63; i++)
		near(day_return(i), 0);
	worth(61, "2024-03-03", "0", false);
	worth(62, "2024-04-02", "600", false);
	near(day_return(63), 0.1);
}

/* The same sum in and out: in counts from the morning, out until night. */
static void
a_deposit_and_a_withdrawal_of_one_day_count_by_the_rule(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	closes_at(ACME, "2024-01-02", "100");
	closes_at(ACME, "2024-01-03", "110");
	deposit("2024-01-02", "1000");
	buy("2024-01-02", ACME, "10", "100");
	withdraw("2024-01-03", "1000");
	deposit("2024-01-03", "1000");
	told();
	worth(1, "2024-01-03", "1100", false);
	flows(1, "1000", "1000");
	near(day_return(1), 2100.0 / 2000.0 - 1);
}

static void
a_value_beyond_reach_is_none_and_wraps_nowhere(void **state)
{
	(void)state;
	open_on("2024-01-02");
	open_on("2024-01-03");
	closes_at(ACME, "2024-01-02", "1");
	closes_at(ACME, "2024-01-03", "1000000");
	deposit("2024-01-02", "1000000000000000");
	buy("2024-01-02", ACME, "1000000000000000", "1");
	told();
	worth(0, "2024-01-02", "1000000000000000", false);
	assert_false(dec_ok(s.values[1].value));
	assert_dec(s.values[1].cash, "0");
}

#define T(name)	cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(cash_alone_is_worth_itself),
		T(without_activities_or_days_there_is_nothing),
		T(the_close_of_the_day_counts_and_never_a_later_one),
		T(each_holding_is_rounded_by_itself),
		T(flows_of_a_closed_market_count_to_the_next_day),
		T(a_close_is_carried_for_seven_days_and_then_is_stale),
		T(without_a_close_yet_the_last_trade_counts_and_is_stale),
		T(what_is_sold_out_needs_no_close),
		T(over_a_split_the_value_stays),
		T(a_close_carried_over_splits_counts_at_the_new_units),
		T(time_weighted_return_of_the_specification),
		T(a_deposit_into_an_empty_portfolio_is_no_return),
		T(sold_out_and_empty_for_months_the_return_stands_still),
		T(a_deposit_and_a_withdrawal_of_one_day_count_by_the_rule),
		T(a_value_beyond_reach_is_none_and_wraps_nowhere),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
