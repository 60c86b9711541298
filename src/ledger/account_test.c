/*
 * The account by hand: the specification's numbers for each cost method, and
 * the kinds of activities, one after another.
 */
#include "ledger/told.h"

#define HELD(i)		account_holding(acc, (i))
#define TOTALS		account_totals(acc)
#define CASH		account_cash(acc, BASE)->amount

/* ---- cost methods ------------------------------------------------------ */

static void
three_purchases_and_a_sale(enum cost_method m)
{
	account_method(acc, on("2000-01-01"), m);
	TRADE(A_BUY, "2024-01-10", ACME, "100", "10.00", "1.00");
	TRADE(A_BUY, "2024-02-10", ACME, "50", "12.00", "1.00");
	TRADE(A_BUY, "2024-03-10", ACME, "80", "9.00", "1.00");
	TRADE(A_SELL, "2024-04-10", ACME, "120", "11.00", "2.00");
}

static void
assert_sale(const char *cost, const char *gain)
{
	assert_dec(last_gain()->cost, cost);
	assert_dec(last_gain()->proceeds, "1318");
	assert_dec(realised_gain(last_gain()), gain);
	assert_dec(HELD(ACME)->realised, gain);
	assert_dec(TOTALS->realised, gain);
	assert_dec(TOTALS->price_effect, gain);
}

static void
fifo_takes_the_oldest(void **state)
{
	(void)state;
	three_purchases_and_a_sale(COST_FIFO);
	assert_sale("1241.4", "76.6");
	assert_lot(ACME, 0, 2, "30", "360.6");
	assert_lot(ACME, 1, 3, "80", "721");
	assert_int_equal(last_gain()->use_n, 2);
	assert_int_equal(account_uses(acc)[0].origin, 1);
	assert_dec(account_uses(acc)[1].cost, "240.4");
}

static void
lifo_takes_the_newest(void **state)
{
	(void)state;
	three_purchases_and_a_sale(COST_LIFO);
	assert_sale("1201.8", "116.2");
	assert_lot(ACME, 0, 1, "100", "1001");
	assert_lot(ACME, 1, 2, "10", "120.2");
}

static void
hifo_takes_the_dearest(void **state)
{
	(void)state;
	three_purchases_and_a_sale(COST_HIFO);
	assert_sale("1301.7", "16.3");
	assert_lot(ACME, 0, 1, "30", "300.3");
	assert_lot(ACME, 1, 3, "80", "721");
}

static void
lofo_takes_the_cheapest(void **state)
{
	(void)state;
	three_purchases_and_a_sale(COST_LOFO);
	assert_sale("1121.4", "196.6");
	assert_lot(ACME, 0, 1, "60", "600.6");
	assert_lot(ACME, 1, 2, "50", "601");
}

static void
average_is_one_pool(void **state)
{
	(void)state;
	three_purchases_and_a_sale(COST_AVERAGE);
	assert_sale("1212", "106");
	assert_lot(ACME, 0, 1, "110", "1111");
	assert_null(account_lot(acc, ACME, account_lot(acc, ACME, NULL)));
	assert_int_equal(HELD(ACME)->lots, 1);
}

static const struct lot_told third_and_first[] = {
	{ .origin = 3, .quantity = { (__int128)80 * 1000000000000000000 } },
	{ .origin = 1, .quantity = { (__int128)40 * 1000000000000000000 } },
};

static struct activity *
specific_sale(void)
{
	struct activity *a;

	account_method(acc, on("2000-01-01"), COST_SPECIFIC);
	TRADE(A_BUY, "2024-01-10", ACME, "100", "10.00", "1.00");
	TRADE(A_BUY, "2024-02-10", ACME, "50", "12.00", "1.00");
	TRADE(A_BUY, "2024-03-10", ACME, "80", "9.00", "1.00");
	a = tell_trade(A_SELL, "2024-04-10", ACME, "120", "11.00", "2.00");
	a->lots = third_and_first;
	a->lot_n = 2;
	return (a);
}

static void
specific_lots_are_those_told(void **state)
{
	(void)state;
	DONE(specific_sale());
	assert_sale("1121.4", "196.6");
	assert_lot(ACME, 0, 1, "60", "600.6");
	assert_lot(ACME, 1, 2, "50", "601");
}

/* Refused half-way, nothing of it is done. */
static void
specific_lots_must_be_there_and_enough(void **state)
{
	struct lot_told picks[2];
	struct activity *a = specific_sale();

	(void)state;
	memcpy(picks, third_and_first, sizeof(picks));
	a->lots = picks;
	picks[1].origin = 7;
	REFUSED(a, FAULT_UNKNOWN_LOT);
	assert_true(account_remove(acc, a));
	picks[1].origin = 2;
	picks[1].quantity = D("51");
	REFUSED(a, FAULT_MORE_THAN_HELD);
	assert_true(account_remove(acc, a));
	picks[1].quantity = D("39");
	REFUSED(a, FAULT_LOTS);
	assert_lot(ACME, 2, 3, "80", "721");
	assert_dec(HELD(ACME)->quantity, "230");
	assert_dec(CASH, "-2323");
}

static void
the_method_changes_from_a_day_on(void **state)
{
	(void)state;
	account_method(acc, on("2024-04-01"), COST_LIFO);
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	TRADE(A_BUY, "2024-02-10", ACME, "10", "20", "0");
	TRADE(A_BUY, "2024-02-11", ACME, "10", "30", "0");
	TRADE(A_SELL, "2024-03-31", ACME, "5", "30", "0");
	assert_dec(last_gain()->cost, "50");
	TRADE(A_SELL, "2024-04-01", ACME, "5", "30", "0");
	assert_dec(last_gain()->cost, "150");
	/* Told late, it counts from its day on all the same. */
	account_method(acc, on("2024-03-01"), COST_AVERAGE);
	assert_dec(last_gain()->cost, "100");
	assert_lot(ACME, 0, 1, "20", "400");
}

/* ---- long and short ---------------------------------------------------- */

static void
what_is_short_gains_when_it_falls(void **state)
{
	(void)state;
	TRADE(A_SHORT, "2024-01-10", ACME, "100", "10", "1");
	assert_dec(HELD(ACME)->quantity, "-100");
	assert_dec(HELD(ACME)->cost, "-999");
	assert_dec(CASH, "999");
	MONEY(A_FEE, "2024-01-11", "3");
	TRADE(A_COVER, "2024-02-10", ACME, "40", "8", "1");
	assert_dec(realised_gain(last_gain()), "78.6");
	assert_dec(CASH, "675");
	assert_lot(ACME, 0, 1, "-60", "-599.4");
	REFUSED(tell_trade(A_COVER, "2024-02-11", ACME, "61", "8", "1"),
	    FAULT_MORE_THAN_HELD);
	REFUSED(tell_trade(A_SELL, "2024-02-11", ACME, "1", "8", "1"),
	    FAULT_WRONG_SIDE);
	REFUSED(tell_trade(A_BUY, "2024-02-11", ACME, "1", "8", "1"),
	    FAULT_WRONG_SIDE);
}

static void
a_dividend_of_what_is_short_is_owed(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_SHORT, "2024-01-10", ACME, "100", "10", "0");
	a = tell_money(A_DIVIDEND, "2024-01-11", "12");
	a->instrument = ACME;
	DONE(a);
	assert_dec(CASH, "988");
	assert_dec(TOTALS->income, "-12");
	assert_dec(HELD(ACME)->income, "-12");
}

/* ---- terms ------------------------------------------------------------- */

static void
bonds_are_quoted_in_percent_and_accrue(void **state)
{
	size_t bond = account_security(acc, (struct security){
	    .percent = true });
	struct activity *a;

	(void)state;
	a = tell_trade(A_BUY, "2024-01-10", bond, "5000", "98.5", "5");
	a->accrued = D("31.25");
	DONE(a);
	assert_dec(HELD(bond)->cost, "4930");
	assert_dec(CASH, "-4961.25");
	assert_dec(TOTALS->income, "-31.25");
	a = tell_money(A_COUPON, "2024-06-30", "125");
	a->instrument = bond;
	a->withheld = D("25");
	DONE(a);
	assert_dec(TOTALS->income, "93.75");
	assert_dec(TOTALS->taxes, "25");
	a = tell_trade(A_SELL, "2024-07-10", bond, "5000", "99", "0");
	a->accrued = D("3.5");
	DONE(a);
	assert_dec(realised_gain(last_gain()), "20");
	assert_dec(HELD(bond)->income, "72.25");
	assert_dec(CASH, "92.25");
}

static void
options_have_a_multiplier(void **state)
{
	size_t call = account_security(acc, (struct security){
	    .multiplier = dec_of(100) });

	(void)state;
	TRADE(A_BUY, "2024-01-10", call, "2", "3.15", "1.30");
	assert_dec(HELD(call)->cost, "631.3");
	TRADE(A_SELL, "2024-02-16", call, "2", "0", "0");
	assert_dec(realised_gain(last_gain()), "-631.3");
}

static void
a_broker_s_amount_wins(void **state)
{
	struct activity *a;

	(void)state;
	a = tell_trade(A_BUY, "2024-01-10", ACME, "3", "3.333", "0");
	a->amount = D("10.00");
	DONE(a);
	assert_dec(HELD(ACME)->cost, "10");
}

/* ---- income in units --------------------------------------------------- */

static void
a_reinvestment_is_income_that_bought(void **state)
{
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "100", "10", "0");
	a = tell_trade(A_REINVESTMENT, "2024-04-01", ACME, "1.7", "10",
	    NULL);
	a->amount = D("20");
	a->withheld = D("3");
	DONE(a);
	assert_dec(TOTALS->income, "20");
	assert_dec(TOTALS->taxes, "3");
	assert_dec(CASH, "-1000");
	assert_lot(ACME, 1, 2, "1.7", "17");
}

static void
staking_is_income_at_the_market(void **state)
{
	(void)state;
	TRADE(A_STAKING, "2024-01-10", ACME, "0.5", "40", "0");
	assert_dec(TOTALS->income, "20");
	assert_lot(ACME, 0, 1, "0.5", "20");
	TRADE(A_BONUS, "2024-01-11", ACME, "0.5", "0", "0");
	assert_dec(TOTALS->income, "20");
	assert_lot(ACME, 1, 2, "0.5", "0");
	assert_dec(CASH, "0");
}

/* ---- transfers --------------------------------------------------------- */

static void
transferred_lots_keep_day_and_cost(void **state)
{
	const struct lot_told lots[] = {
		{ .opened = on("2015-05-05"), .quantity = D("30"),
		    .cost = D("100") },
		{ .opened = on("2020-05-05"), .quantity = D("20"),
		    .cost = D("150") },
	};
	struct activity *a;

	(void)state;
	TRADE(A_BUY, "2018-01-01", ACME, "10", "8", "0");
	a = tell_trade(A_TRANSFER_IN, "2024-01-10", ACME, "50", "12", "0");
	a->lots = lots;
	a->lot_n = 2;
	DONE(a);
	assert_lot(ACME, 0, 2, "30", "100");
	assert_lot(ACME, 1, 1, "10", "80");
	assert_lot(ACME, 2, 2, "20", "150");
	assert_dec(TOTALS->paid_in, "600");
	assert_dec(TOTALS->carried, "350");
	assert_int_equal(HELD(ACME)->opened_on.n, on("2015-05-05").n);
	TRADE(A_TRANSFER_OUT, "2024-01-11", ACME, "30", "13", "0");
	assert_dec(TOTALS->paid_out, "390");
	assert_dec(TOTALS->carried, "60");
	assert_dec(TOTALS->realised, "0");
	assert_lot(ACME, 0, 1, "10", "80");
	a = tell_trade(A_TRANSFER_IN, "2024-01-12", ACME, "51", "12", "0");
	a->lots = lots;
	a->lot_n = 2;
	REFUSED(a, FAULT_LOTS);
	assert_dec(HELD(ACME)->quantity, "30");
}

static void
transfers_of_cash_are_flows(void **state)
{
	(void)state;
	MONEY(A_TRANSFER_IN, "2024-01-10", "100");
	MONEY(A_TRANSFER_OUT, "2024-01-10", "30");
	assert_dec(CASH, "70");
	assert_dec(TOTALS->paid_in, "100");
	assert_dec(TOTALS->paid_out, "30");
}

/* ---- refusals ---------------------------------------------------------- */

static void
a_fault_names_the_activity_and_the_rest_stands(void **state)
{
	const struct ledger_fault *f;
	size_t n;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	REFUSED(tell_trade(A_SELL, "2024-01-11", ACME, "11", "10", "0"),
	    FAULT_MORE_THAN_HELD);
	REFUSED(tell_trade(A_BUY, "2024-01-11", 9, "11", "10", "0"),
	    FAULT_INSTRUMENT);
	REFUSED(tell_trade(A_BUY, "2024-01-11", ACME, "-1", "10", "0"),
	    FAULT_AMOUNT);
	REFUSED(tell_trade(A_BUY, "2024-01-11", ACME, "1", "-10", "0"),
	    FAULT_AMOUNT);
	REFUSED(tell(A_SPLIT, "2024-01-11"), FAULT_RATIO);
	TRADE(A_SELL, "2024-01-12", ACME, "10", "11", "0");
	/* In the order of a day, which ends with sales. */
	f = account_faults(acc, &n);
	assert_int_equal(n, 5);
	assert_int_equal(f[4].origin, 2);
	assert_int_equal(f[4].kind, FAULT_MORE_THAN_HELD);
	assert_dec(f[4].held, "10");
	assert_dec(f[4].asked, "11");
	assert_dec(f[4].missing, "1");
	assert_dec(CASH, "10");
}

static void
nothing_is_before_the_opening(void **state)
{
	(void)state;
	acc = account_open(&told_mem, 2, on("2024-01-10"), true);
	REFUSED(tell_money(A_DEPOSIT, "2024-01-09", "5"),
	    FAULT_BEFORE_OPENING);
	MONEY(A_DEPOSIT, "2024-01-10", "5");
}

static void
cash_below_zero_at_night_is_told(void **state)
{
	const struct ledger_fault *f;
	size_t n;

	(void)state;
	acc = account_open(&told_mem, 2, DAY_NONE, false);
	account_security(acc, (struct security){ .currency = BASE });
	MONEY(A_DEPOSIT, "2024-01-10", "100");
	TRADE(A_BUY, "2024-01-11", ACME, "6", "10", "0");
	TRADE(A_BUY, "2024-01-11", ACME, "5", "10", "0");
	f = account_faults(acc, &n);
	assert_int_equal(n, 1);
	assert_int_equal(f[0].kind, FAULT_NOT_ENOUGH_CASH);
	assert_int_equal(f[0].origin, 3);
	assert_dec(f[0].held, "40");
	assert_dec(f[0].missing, "10");
	/* Of the same day, it helps. */
	TRADE(A_SELL, "2024-01-11", ACME, "1", "10", "0");
	account_faults(acc, &n);
	assert_int_equal(n, 0);
}

/* Beyond reach is only known when it is done: it is taken back. */
static void
what_is_too_big_leaves_nothing_behind(void **state)
{
	(void)state;
	MONEY(A_DEPOSIT, "2024-01-10", "999999999999999999");
	REFUSED(tell_money(A_DEPOSIT, "2024-01-11", "2"), FAULT_TOO_BIG);
	assert_dec(CASH, "999999999999999999");
	REFUSED(tell_money(A_DEPOSIT, "2024-01-11", "3"), FAULT_TOO_BIG);
	MONEY(A_DEPOSIT, "2024-01-11", "1");
	assert_dec(TOTALS->paid_in, "1000000000000000000");
	REFUSED(tell_trade(A_BUY, "2024-01-12", ACME, "1000000000",
	    "1000000000000", "0"), FAULT_TOO_BIG);
	assert_dec(HELD(ACME)->quantity, "0");
	assert_null(account_lot(acc, ACME, NULL));
}

/* ---- time -------------------------------------------------------------- */

static void
seconds_order_a_day_that_has_them(void **state)
{
	struct activity *early, *late;

	(void)state;
	account_method(acc, on("2000-01-01"), COST_AVERAGE);
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	late = tell_trade(A_BUY, "2024-01-11", ACME, "10", "20", "0");
	late->second = 36000;
	early = tell_trade(A_SELL, "2024-01-11", ACME, "5", "30", "0");
	early->second = 35000;
	DONE(late);
	DONE(early);
	assert_dec(last_gain()->cost, "50");
}

static void
an_account_can_be_looked_at_on_any_day(void **state)
{
	size_t n;

	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	TRADE(A_SELL, "2024-01-12", ACME, "4", "12", "0");
	account_seek(acc, on("2024-01-11"));
	assert_dec(HELD(ACME)->quantity, "10");
	account_realised(acc, &n);
	assert_int_equal(n, 0);
	account_settle(acc);
	assert_dec(HELD(ACME)->quantity, "6");
	assert_int_equal(days_held(on("2024-01-10"), on("2024-01-12")), 2);
	assert_false(held_long(on("2024-01-10"), on("2025-01-10")));
	assert_true(held_long(on("2024-01-10"), on("2025-01-11")));
}

#define T(name)	cmocka_unit_test_setup_teardown(name, told_begin, told_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(fifo_takes_the_oldest),
		T(lifo_takes_the_newest),
		T(hifo_takes_the_dearest),
		T(lofo_takes_the_cheapest),
		T(average_is_one_pool),
		T(specific_lots_are_those_told),
		T(specific_lots_must_be_there_and_enough),
		T(the_method_changes_from_a_day_on),
		T(what_is_short_gains_when_it_falls),
		T(a_dividend_of_what_is_short_is_owed),
		T(bonds_are_quoted_in_percent_and_accrue),
		T(options_have_a_multiplier),
		T(a_broker_s_amount_wins),
		T(a_reinvestment_is_income_that_bought),
		T(staking_is_income_at_the_market),
		T(transferred_lots_keep_day_and_cost),
		T(transfers_of_cash_are_flows),
		T(a_fault_names_the_activity_and_the_rest_stands),
		T(nothing_is_before_the_opening),
		T(cash_below_zero_at_night_is_told),
		T(what_is_too_big_leaves_nothing_behind),
		T(seconds_order_a_day_that_has_them),
		T(an_account_can_be_looked_at_on_any_day),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
