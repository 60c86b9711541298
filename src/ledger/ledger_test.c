/*
 * What the fold makes of what was done: trades, money, splits and faults as
 * one would tell them.
 */
#include "ledger/past.h"

enum { ACME, BOLT };

static struct past p;

static int
begin(void **state)
{
	(void)state;
	memset(&p, 0, sizeof(p));
	return (0);
}

static void
deposit(const char *when, const char *amount)
{
	past_money(&p, A_DEPOSIT, on(when), D(amount));
}

static void
withdraw(const char *when, const char *amount)
{
	past_money(&p, A_WITHDRAWAL, on(when), D(amount));
}

static void
buy(const char *when, size_t thing, const char *quantity, const char *price,
    const char *commission)
{
	past_trade(&p, A_BUY, on(when), thing, D(quantity), D(price),
	    D(commission));
}

static void
sell(const char *when, size_t thing, const char *quantity, const char *price,
    const char *commission)
{
	past_trade(&p, A_SELL, on(when), thing, D(quantity), D(price),
	    D(commission));
}

static void
stands(void)
{
	if (!past_fold(&p))
		fail_msg("refused: %s", fault_names[p.fault.kind]);
	assert_int_equal(p.fault.kind, FAULT_NONE);
}

static void
refused(enum fault_kind kind, const char *held, const char *asked,
    const char *missing)
{
	assert_false(past_fold(&p));
	assert_string_equal(fault_names[p.fault.kind], fault_names[kind]);
	assert_dec(p.fault.held, held);
	assert_dec(p.fault.asked, asked);
	assert_dec(p.fault.missing, missing);
}

/* The only sale there is, after a fold. */
static const struct activity *
the_sale(void)
{
	size_t i;

	for (i = 0; i < p.n; i++)
		if (p.a[i].kind == A_SELL)
			return (&p.a[i]);
	fail_msg("nothing was sold");
	return (NULL);
}

static void
holds(size_t thing, const char *quantity, const char *cost)
{
	assert_dec(p.held[thing].quantity, quantity);
	assert_dec(p.held[thing].cost, cost);
}

/* ---- trades ------------------------------------------------------------ */

static void
an_empty_past_leaves_nothing(void **state)
{
	(void)state;
	p.fault.kind = FAULT_TOO_BIG;
	stands();
	assert_dec(p.l.cash, "0");
	holds(ACME, "0", "0");
	assert_false(day_ok(p.held[ACME].opened_on));
}

static void
a_purchase_costs_its_commission_too(void **state)
{
	(void)state;
	deposit("2024-01-02", "2000");
	buy("2024-01-03", ACME, "10", "150", "1.50");
	stands();
	holds(ACME, "10", "1501.5");
	assert_dec(p.l.cash, "498.5");
	assert_dec(p.l.fees, "0");
	assert_int_equal(p.held[ACME].trades, 1);
	assert_int_equal(p.held[ACME].opened_on.n, on("2024-01-03").n);
	assert_dec(p.held[ACME].last_price, "150");
}

/* The specification's section 5: cost 1212.00, gain 106.00. */
static void
three_purchases_and_a_sale_at_average_cost(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-01-10", ACME, "100", "10.00", "1.00");
	buy("2024-02-10", ACME, "50", "12.00", "1.00");
	buy("2024-03-10", ACME, "80", "9.00", "1.00");
	sell("2024-04-10", ACME, "120", "11.00", "2.00");
	stands();
	assert_dec(the_sale()->cost, "1212");
	assert_dec(the_sale()->realised, "106");
	holds(ACME, "110", "1111");
	assert_int_equal(p.held[ACME].opened_on.n, on("2024-01-10").n);
	assert_dec(p.held[ACME].realised, "106");
	assert_dec(p.l.realised, "106");
	assert_dec(p.l.cash, "8995");
}

static void
buy_and_sell_partially_until_nothing_is_left(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "3", "100", "0.01");
	sell("2024-01-04", ACME, "1", "100", "0");
	stands();
	/* A third of 300.01 is 100.00333.. */
	assert_dec(the_sale()->cost, "100");
	holds(ACME, "2", "200.01");
	sell("2024-01-05", ACME, "1", "100", "0");
	stands();
	/* Half of 200.01 is a tie: 100.00, not 100.01. */
	holds(ACME, "1", "100.01");
	sell("2024-01-06", ACME, "1", "100", "0");
	stands();
	holds(ACME, "0", "0");
	assert_dec(p.l.realised, "-0.01");
	assert_dec(p.l.cash, "999.99");
	assert_false(day_ok(p.held[ACME].opened_on));
}

/*
 * Half of 200.03 and a little less: through 18 places it would be the tie
 * 100.015, which becomes 100.02.
 */
static void
the_share_of_the_cost_is_rounded_once(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	past_trade(&p, A_BUY, on("2024-01-03"), ACME,
	    D("1000.000000000000000001"), D("0.20003"), DEC_ZERO);
	sell("2024-01-04", ACME, "500", "1", "0");
	stands();
	assert_dec(the_sale()->cost, "100.01");
	holds(ACME, "500.000000000000000001", "100.02");
}

static void
amounts_are_rounded_half_even_and_once(void **state)
{
	static const struct {
		const char	*quantity, *price, *amount;
		int		 places;
	} cases[] = {
		{ "1", "0.125", "0.12", 2 }, { "1", "0.135", "0.14", 2 },
		{ "1", "2.675", "2.68", 2 }, { "1", "1.005", "1", 2 },
		{ "0.5", "0.109999999999999999", "0.05", 2 },
		{ "3", "33.5", "100", 0 }, { "5", "33.3", "166", 0 },
		{ "0.12345678", "20000.5", "2469.197", 3 },
		{ "1000000000000000", "1000000", "null", 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_dec(trade_amount(D(cases[i].quantity),
		    D(cases[i].price), cases[i].places), cases[i].amount);
}

static void
a_loss_is_a_gain_below_zero(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50", "0");
	sell("2024-01-04", ACME, "10", "40", "2");
	stands();
	assert_dec(the_sale()->realised, "-102");
	assert_dec(p.l.realised, "-102");
	assert_dec(p.l.cash, "898");
}

static void
bought_again_after_all_was_sold_it_is_a_new_holding(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50", "0");
	sell("2024-02-03", ACME, "10", "60", "0");
	buy("2024-05-06", ACME, "1", "70", "0");
	stands();
	holds(ACME, "1", "70");
	assert_int_equal(p.held[ACME].opened_on.n, on("2024-05-06").n);
	assert_dec(p.held[ACME].realised, "100");
	assert_int_equal(p.held[ACME].trades, 3);
}

static void
two_instruments_do_not_touch_each_other(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50", "0");
	buy("2024-01-03", BOLT, "4", "25", "0");
	sell("2024-01-04", ACME, "5", "60", "0");
	stands();
	holds(ACME, "5", "250");
	holds(BOLT, "4", "100");
	assert_dec(p.held[BOLT].realised, "0");
}

static void
bought_in_halves_it_is_the_same(void **state)
{
	struct holding whole;

	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50.25", "0");
	sell("2024-01-04", ACME, "3", "60", "0");
	stands();
	whole = p.held[ACME];
	begin(state);
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "5", "50.25", "0");
	buy("2024-01-03", ACME, "5", "50.25", "0");
	sell("2024-01-04", ACME, "3", "60", "0");
	stands();
	assert_true(dec_eq(p.held[ACME].cost, whole.cost));
	assert_true(dec_eq(p.held[ACME].realised, whole.realised));
}

/* ---- money ------------------------------------------------------------- */

static void
money_comes_and_goes(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000.00");
	withdraw("2024-01-03", "100.25");
	past_money(&p, A_FEE, on("2024-01-04"), D("0.75"));
	past_money(&p, A_TAX, on("2024-01-05"), D("9"));
	past_money(&p, A_INTEREST, on("2024-01-06"), D("1.01"))->withheld =
	    D("0.26");
	stands();
	assert_dec(p.l.cash, "890.75");
	assert_dec(p.l.paid_in, "1000");
	assert_dec(p.l.paid_out, "100.25");
	assert_dec(p.l.fees, "0.75");
	assert_dec(p.l.income, "1.01");
	assert_dec(p.l.taxes, "9.26");
}

static void
a_dividend_is_income_and_changes_no_cost(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50", "0");
	past_dividend(&p, on("2024-02-01"), ACME, D("12.40"), D("1.86"));
	stands();
	holds(ACME, "10", "500");
	assert_dec(p.held[ACME].income, "10.54");
	assert_dec(p.held[ACME].realised, "0");
	assert_dec(p.l.income, "12.4");
	assert_dec(p.l.taxes, "1.86");
	assert_dec(p.l.cash, "510.54");
}

/* Who sells between ex-day and pay-day is paid none the less. */
static void
a_dividend_may_come_after_the_sale(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "50", "0");
	sell("2024-01-20", ACME, "10", "50", "0");
	past_dividend(&p, on("2024-02-01"), ACME, D("5"), DEC_ZERO);
	stands();
	assert_dec(p.held[ACME].income, "5");
}

static void
a_dividend_of_what_was_never_held_is_refused(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-02-02", ACME, "1", "50", "0");
	past_dividend(&p, on("2024-02-01"), ACME, D("5"), DEC_ZERO);
	refused(FAULT_NOT_HELD, "null", "null", "null");
	assert_int_equal(p.fault.activity, 1);
	assert_dec(p.l.cash, "1000");
	assert_dec(p.l.income, "0");
}

/* ---- one day ----------------------------------------------------------- */

/* Told backwards; done so that each finds what it needs. */
static void
a_day_has_an_order_of_its_own(void **state)
{
	static const enum activity_kind order[] = {
		A_SPLIT, A_DEPOSIT, A_BUY, A_DIVIDEND, A_INTEREST, A_FEE,
		A_TAX, A_SELL, A_WITHDRAWAL
	};
	day d = on("2024-01-02");
	size_t i;

	(void)state;
	past_money(&p, A_WITHDRAWAL, d, D("1085"));
	sell("2024-01-02", ACME, "10", "60", "0");
	past_dividend(&p, d, ACME, D("5"), DEC_ZERO);
	past_money(&p, A_INTEREST, d, D("1"));
	past_money(&p, A_FEE, d, D("20"));
	past_money(&p, A_TAX, d, D("1"));
	buy("2024-01-02", ACME, "10", "50", "0");
	deposit("2024-01-02", "1000");
	past_split(&p, d, ACME, 2, 1);
	stands();
	assert_dec(p.l.cash, "0");
	for (i = 0; i < p.n; i++)
		assert_int_equal(p.a[i].kind, order[i]);
}

static void
equals_of_one_day_keep_the_order_they_were_told_in(void **state)
{
	size_t i;

	(void)state;
	deposit("2024-01-02", "3");
	deposit("2024-01-02", "1");
	deposit("2024-01-02", "2");
	p.a[0].order = UINT64_MAX;
	p.a[1].order = 1;
	p.a[2].order = UINT64_MAX - 1;
	stands();
	for (i = 0; i < 3; i++)
		assert_true(dec_eq(p.a[i].amount, dec_of((int64_t)i + 1)));
}

static void
the_proceeds_of_a_day_pay_for_its_purchases(void **state)
{
	(void)state;
	deposit("2024-01-02", "500");
	buy("2024-01-02", ACME, "10", "50", "0");
	buy("2024-02-01", BOLT, "6", "100", "0");
	sell("2024-02-01", ACME, "10", "60", "0");
	stands();
	assert_dec(p.l.cash, "0");
}

/* ---- refusals ---------------------------------------------------------- */

static void
selling_too_much_is_told_with_the_amount(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-01-03", ACME, "50", "100", "0");
	sell("2024-05-05", ACME, "60", "100", "0");
	refused(FAULT_MORE_THAN_HELD, "50", "60", "10");
	assert_int_equal(p.fault.activity, 2);
	holds(ACME, "50", "5000");
	assert_int_equal(p.held[ACME].trades, 1);
	assert_false(dec_ok(p.a[2].realised));
	assert_false(dec_ok(p.a[2].cost));
}

static void
one_unit_of_the_last_place_is_too_much(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-01-03", ACME, "0.1", "100", "0");
	sell("2024-01-04", ACME, "0.100000000000000001", "100", "0");
	refused(FAULT_MORE_THAN_HELD, "0.1", "0.100000000000000001",
	    "0.000000000000000001");
}

static void
selling_before_buying_is_refused(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-03-01", ACME, "50", "100", "0");
	sell("2024-02-29", ACME, "1", "100", "0");
	refused(FAULT_MORE_THAN_HELD, "0", "1", "1");
}

/* The sale that becomes impossible is told, not the one that was added. */
static void
a_past_sale_may_not_take_what_a_later_one_sold(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-02-01", ACME, "50", "100", "0");
	sell("2024-04-01", ACME, "40", "100", "0");
	stands();
	sell("2024-03-01", ACME, "20", "100", "0");
	refused(FAULT_MORE_THAN_HELD, "30", "40", "10");
	assert_int_equal(p.a[p.fault.activity].on.n, on("2024-04-01").n);
}

static void
too_little_cash_is_told_with_the_amount(void **state)
{
	(void)state;
	deposit("2024-01-02", "40");
	buy("2024-01-03", ACME, "1", "99", "1");
	refused(FAULT_NOT_ENOUGH_CASH, "40", "100", "60");
	assert_int_equal(p.fault.activity, 1);
}

static void
money_of_tomorrow_does_not_pay_for_today(void **state)
{
	(void)state;
	buy("2024-05-31", ACME, "1", "100", "0");
	deposit("2024-06-03", "1000");
	refused(FAULT_NOT_ENOUGH_CASH, "0", "100", "100");
}

/* 100 in, 30 from a sale; 80, then 70 are asked for: the second finds 50. */
static void
of_several_takers_the_first_that_finds_too_little_is_told(void **state)
{
	(void)state;
	deposit("2024-01-02", "130");
	buy("2024-01-02", ACME, "3", "10", "0");
	buy("2024-01-03", BOLT, "8", "10", "0");
	buy("2024-01-03", BOLT, "7", "10", "0");
	past_money(&p, A_FEE, on("2024-01-03"), D("5"));
	sell("2024-01-03", ACME, "3", "10", "0");
	past_money(&p, A_WITHDRAWAL, on("2024-01-03"), D("9"));
	refused(FAULT_NOT_ENOUGH_CASH, "50", "70", "20");
	assert_int_equal(p.fault.activity, 3);
}

static void
a_commission_above_the_proceeds_takes_cash(void **state)
{
	(void)state;
	deposit("2024-01-02", "10");
	buy("2024-01-02", ACME, "1", "10", "0");
	sell("2024-01-03", ACME, "1", "1", "3");
	refused(FAULT_NOT_ENOUGH_CASH, "0", "2", "2");
}

static void
a_past_withdrawal_may_not_starve_a_later_purchase(void **state)
{
	(void)state;
	deposit("2024-01-02", "100");
	buy("2024-04-01", ACME, "1", "90", "0");
	withdraw("2024-02-01", "20");
	refused(FAULT_NOT_ENOUGH_CASH, "80", "90", "10");
	assert_int_equal(p.a[p.fault.activity].kind, A_BUY);
}

/* ---- splits ------------------------------------------------------------ */

static void
a_split_changes_units_and_not_cost(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "10", "90", "0");
	past_split(&p, on("2024-06-10"), ACME, 10, 1);
	stands();
	holds(ACME, "100", "900");
	assert_dec(p.held[ACME].last_price, "9");
	assert_int_equal(p.held[ACME].opened_on.n, on("2024-01-03").n);
	assert_int_equal(p.held[ACME].trades, 1);
	sell("2024-06-10", ACME, "50", "9.10", "0");
	stands();
	assert_dec(the_sale()->realised, "5");
}

static void
three_for_two_keeps_the_half_unit(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-01-03", ACME, "101", "30", "0");
	past_split(&p, on("2024-06-10"), ACME, 3, 2);
	stands();
	holds(ACME, "151.5", "3030");
	assert_dec(p.held[ACME].last_price, "20");
}

static void
a_reverse_split_leaves_fewer(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-01-03", ACME, "105", "2", "0");
	past_split(&p, on("2024-06-10"), ACME, 1, 10);
	stands();
	holds(ACME, "10.5", "210");
	assert_dec(p.held[ACME].last_price, "20");
}

static void
a_split_on_the_day_of_a_purchase_comes_before_it(void **state)
{
	(void)state;
	deposit("2024-01-02", "10000");
	buy("2024-06-10", ACME, "10", "9", "0");
	past_split(&p, on("2024-06-10"), ACME, 10, 1);
	stands();
	holds(ACME, "10", "90");
}

static void
a_split_of_zero_is_refused(void **state)
{
	static const int64_t bad[][2] = { { 0, 1 }, { 1, 0 }, { 0, 0 },
	    { -2, 1 }, { 2, -1 } };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		begin(state);
		deposit("2024-01-02", "1000");
		buy("2024-01-03", ACME, "10", "90", "0");
		past_split(&p, on("2024-06-10"), ACME, bad[i][0], bad[i][1]);
		refused(FAULT_RATIO, "null", "null", "null");
		holds(ACME, "10", "900");
	}
}

static void
what_a_split_rounds_away_is_a_loss(void **state)
{
	(void)state;
	deposit("2024-01-02", "1000");
	buy("2024-01-03", ACME, "0.000000000000000001", "1", "0.50");
	past_split(&p, on("2024-06-10"), ACME, 1, 10);
	stands();
	holds(ACME, "0", "0");
	assert_dec(p.l.realised, "-0.5");
	assert_dec(p.held[ACME].realised, "-0.5");
	assert_false(day_ok(p.held[ACME].opened_on));
}

#define T(name)	cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_empty_past_leaves_nothing),
		T(a_purchase_costs_its_commission_too),
		T(three_purchases_and_a_sale_at_average_cost),
		T(buy_and_sell_partially_until_nothing_is_left),
		T(the_share_of_the_cost_is_rounded_once),
		T(amounts_are_rounded_half_even_and_once),
		T(a_loss_is_a_gain_below_zero),
		T(bought_again_after_all_was_sold_it_is_a_new_holding),
		T(two_instruments_do_not_touch_each_other),
		T(bought_in_halves_it_is_the_same),
		T(money_comes_and_goes),
		T(a_dividend_is_income_and_changes_no_cost),
		T(a_dividend_may_come_after_the_sale),
		T(a_dividend_of_what_was_never_held_is_refused),
		T(a_day_has_an_order_of_its_own),
		T(equals_of_one_day_keep_the_order_they_were_told_in),
		T(the_proceeds_of_a_day_pay_for_its_purchases),
		T(selling_too_much_is_told_with_the_amount),
		T(one_unit_of_the_last_place_is_too_much),
		T(selling_before_buying_is_refused),
		T(a_past_sale_may_not_take_what_a_later_one_sold),
		T(too_little_cash_is_told_with_the_amount),
		T(money_of_tomorrow_does_not_pay_for_today),
		T(of_several_takers_the_first_that_finds_too_little_is_told),
		T(a_commission_above_the_proceeds_takes_cash),
		T(a_past_withdrawal_may_not_starve_a_later_purchase),
		T(a_split_changes_units_and_not_cost),
		T(three_for_two_keeps_the_half_unit),
		T(a_reverse_split_leaves_fewer),
		T(a_split_on_the_day_of_a_purchase_comes_before_it),
		T(a_split_of_zero_is_refused),
		T(what_a_split_rounds_away_is_a_loss),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
