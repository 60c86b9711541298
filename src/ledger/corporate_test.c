/*
 * What companies do: units and cost go where they should, to the last digit.
 */
#include "ledger/told.h"

#define HELD(i)		account_holding(acc, (i))
#define TOTALS		account_totals(acc)
#define CASH		account_cash(acc, BASE)->amount

static struct activity *
act(enum activity_kind kind, const char *when, int64_t n, int64_t d)
{
	struct activity *a = tell(kind, when);

	a->instrument = ACME;
	a->into = BOLT;
	a->numerator = n;
	a->denominator = d;
	return (a);
}

static void
a_split_keeps_cost_and_day(void **state)
{
	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "1", "10", "0");
	TRADE(A_BUY, "2024-01-11", ACME, "1", "20", "0");
	TRADE(A_BUY, "2024-01-12", ACME, "1", "30", "0");
	DONE(act(A_SPLIT, "2024-02-01", 1, 3));
	/* A third and a third and the rest: one, and nothing is lost. */
	assert_dec(HELD(ACME)->quantity, "1");
	assert_lot(ACME, 0, 1, "0.333333333333333333", "10");
	assert_lot(ACME, 1, 2, "0.333333333333333334", "20");
	assert_lot(ACME, 2, 3, "0.333333333333333333", "30");
	DONE(act(A_SPLIT, "2024-03-01", 300, 1));
	assert_dec(HELD(ACME)->quantity, "300");
	assert_dec(HELD(ACME)->last_price, "0.3");
}

static void
a_fraction_is_cashed(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "101", "10", "0");
	a = act(A_SPLIT, "2024-02-01", 3, 2);
	a->price = D("7");
	DONE(a);
	assert_dec(HELD(ACME)->quantity, "151");
	assert_dec(CASH, "-1006.5");
	assert_dec(last_gain()->quantity, "0.5");
	assert_dec(last_gain()->cost, "3.33");
	assert_dec(realised_gain(last_gain()), "0.17");
	/* Told as a sum; and there is nothing to be paid for any more. */
	a = act(A_SPLIT, "2024-03-01", 1, 2);
	a->amount = D("4");
	DONE(a);
	assert_dec(HELD(ACME)->quantity, "75");
	assert_dec(last_gain()->proceeds, "4");
	a = act(A_SPLIT, "2024-04-01", 1, 3);
	a->amount = D("4");
	REFUSED(a, FAULT_AMOUNT);
	assert_dec(HELD(ACME)->quantity, "75");
}

static void
nothing_left_is_lost(void **state)
{
	struct activity *a = tell_trade(A_BUY, "2024-01-10", ACME,
	    "0.000000001", "0.01", "0");

	(void)state;
	a->amount = D("10");
	DONE(a);
	DONE(act(A_SPLIT, "2024-02-01", 1, 4000000000));
	assert_dec(HELD(ACME)->quantity, "0");
	assert_dec(HELD(ACME)->cost, "0");
	assert_dec(TOTALS->realised, "-10");
	assert_null(account_lot(acc, ACME, NULL));
	assert_int_equal(HELD(ACME)->opened_on.n, DAY_NONE.n);
}

static void
a_stock_dividend_is_a_split(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "100", "10", "0");
	DONE(act(A_STOCK_DIVIDEND, "2024-02-01", 1, 20));
	assert_lot(ACME, 0, 1, "105", "1000");
	a = act(A_STOCK_DIVIDEND, "2024-03-01", 0, 0);
	a->quantity = D("5");
	DONE(a);
	assert_lot(ACME, 0, 1, "110", "1000");
	REFUSED(act(A_STOCK_DIVIDEND, "2024-03-01", 0, 0), FAULT_RATIO);
}

static void
a_spin_off_takes_cost_by_fair_value(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "100", "50", "0");
	a = act(A_SPIN_OFF, "2024-02-01", 1, 2);
	REFUSED(a, FAULT_NO_PRICE);
	assert_true(account_remove(acc, a));
	a->price = D("45");
	a->price_into = D("5");
	DONE(a);
	assert_lot(ACME, 0, 1, "100", "4736.84");
	assert_lot(BOLT, 0, 2, "50", "263.16");
	assert_int_equal(account_lot(acc, BOLT, NULL)->opened.n,
	    on("2024-01-10").n);
	assert_dec(HELD(ACME)->cost, "4736.84");
	assert_dec(HELD(BOLT)->cost, "263.16");
	assert_dec(TOTALS->realised, "0");
}

static void
a_merger_keeps_days_and_cost(void **state)
{
	(void)state;
	TRADE(A_BUY, "2020-01-10", ACME, "60", "10", "0");
	TRADE(A_BUY, "2024-01-10", ACME, "40", "12", "0");
	TRADE(A_BUY, "2022-01-10", BOLT, "1", "9", "0");
	DONE(act(A_MERGER, "2024-02-01", 1, 2));
	assert_dec(HELD(ACME)->quantity, "0");
	assert_dec(HELD(ACME)->cost, "0");
	assert_dec(HELD(BOLT)->quantity, "51");
	assert_lot(BOLT, 0, 1, "30", "600");
	assert_lot(BOLT, 1, 3, "1", "9");
	assert_lot(BOLT, 2, 2, "20", "480");
	assert_int_equal(HELD(BOLT)->opened_on.n, on("2020-01-10").n);
}

/* Gain up to the cash, as far as there is one. */
static void
the_cash_of_a_merger_is_gain_for_a_person_to_look_at(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2020-01-10", ACME, "100", "10", "0");
	a = act(A_MERGER, "2024-02-01", 1, 1);
	a->amount = D("300");
	a->price_into = D("8");
	DONE(a);
	/* 800 + 300 - 1000 is 100. */
	assert_dec(realised_gain(last_gain()), "100");
	assert_true(last_gain()->review);
	assert_lot(BOLT, 0, 1, "100", "800");
	assert_dec(CASH, "-700");
}

static void
without_a_price_the_cash_lowers_the_cost(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2020-01-10", ACME, "100", "10", "0");
	a = act(A_MERGER, "2024-02-01", 101, 200);
	a->amount = D("300");
	a->received = D("5");
	DONE(a);
	assert_dec(HELD(BOLT)->quantity, "50");
	assert_dec(last_gain()->quantity, "0.5");
	assert_dec(last_gain()->cost, "6.93");
	assert_dec(TOTALS->realised, "-1.93");
	assert_lot(BOLT, 0, 1, "50", "693.07");
}

static void
a_new_name_changes_nothing_else(void **state)
{
	(void)state;
	TRADE(A_BUY, "2020-01-10", ACME, "100", "10", "0");
	TRADE(A_SELL, "2020-02-10", ACME, "10", "12", "0");
	DONE(act(A_RENAME, "2024-02-01", 0, 0));
	assert_lot(BOLT, 0, 1, "90", "900");
	assert_dec(HELD(BOLT)->realised, "20");
	assert_int_equal(HELD(BOLT)->trades, 2);
	assert_dec(HELD(BOLT)->last_price, "12");
	assert_dec(HELD(ACME)->realised, "0");
	TRADE(A_SELL, "2024-03-10", BOLT, "90", "12", "0");
	assert_dec(TOTALS->realised, "200");
	REFUSED(tell_trade(A_SELL, "2024-03-11", ACME, "1", "1", "0"),
	    FAULT_MORE_THAN_HELD);
}

static void
capital_lowers_cost_and_then_gains(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2020-01-10", ACME, "50", "1", "0");
	TRADE(A_BUY, "2020-02-10", ACME, "50", "3", "0");
	a = act(A_RETURN_OF_CAPITAL, "2024-02-01", 0, 0);
	a->amount = D("120");
	DONE(a);
	assert_lot(ACME, 0, 1, "50", "0");
	assert_lot(ACME, 1, 2, "50", "90");
	assert_dec(TOTALS->realised, "10");
	assert_dec(CASH, "-80");
	assert_dec(HELD(ACME)->cost, "90");
}

/* Each kind, told late, and taken back again. */
static void
corporate_acts_can_be_told_late(void **state)
{
	struct activity *a;

	(void)state;
	account_method(acc, on("2000-01-01"), COST_HIFO);
	TRADE(A_BUY, "2020-01-10", ACME, "50", "1", "0");
	TRADE(A_BUY, "2020-02-10", ACME, "50", "3", "0");
	TRADE(A_SELL, "2021-02-10", ACME, "30", "4", "0");
	assert_dec(realised_gain(last_gain()), "30");
	a = act(A_SPLIT, "2020-06-01", 2, 1);
	DONE(a);
	assert_dec(realised_gain(last_gain()), "75");
	assert_dec(HELD(ACME)->quantity, "170");
	DONE(act(A_MERGER, "2020-05-01", 1, 1));
	/* What was sold is not held any more. */
	assert_dec(HELD(ACME)->quantity, "0");
	assert_dec(HELD(BOLT)->quantity, "100");
	assert_dec(TOTALS->realised, "0");
	assert_true(account_remove(acc, &told[4]));
	assert_true(account_remove(acc, a));
	assert_dec(realised_gain(last_gain()), "30");
	assert_lot(ACME, 1, 2, "20", "60");
}

#define T(name)	cmocka_unit_test_setup_teardown(name, told_begin, told_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_split_keeps_cost_and_day),
		T(a_fraction_is_cashed),
		T(nothing_left_is_lost),
		T(a_stock_dividend_is_a_split),
		T(a_spin_off_takes_cost_by_fair_value),
		T(a_merger_keeps_days_and_cost),
		T(the_cash_of_a_merger_is_gain_for_a_person_to_look_at),
		T(without_a_price_the_cash_lowers_the_cost),
		T(a_new_name_changes_nothing_else),
		T(capital_lowers_cost_and_then_gains),
		T(corporate_acts_can_be_told_late),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
