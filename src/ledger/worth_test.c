/*
 * Currencies, and what an account is worth: the specification's split of a
 * gain, the identity by hand, days, closes that are missing.
 */
#include "ledger/told.h"

#define HELD(i)		account_holding(acc, (i))
#define TOTALS		account_totals(acc)

#define CLOSES_MOST	16

static struct close price[3][CLOSES_MOST], euro[CLOSES_MOST];
static struct closes prices[3], rates;
static day days[CLOSES_MOST];
static struct calendar market;
static struct worth worth;

/* Euros, with dollars as the other currency; CORD is quoted in them. */
static int
begin(void **state)
{
	size_t i;

	told_begin(state);
	memset(&market, 0, sizeof(market));
	for (i = 0; i < 3; i++)
		prices[i] = (struct closes){ price[i], 0 };
	rates = (struct closes){ euro, 0 };
	market.days = days;
	market.closes = prices;
	assert_int_equal(account_currency(acc, 2, &rates), OTHER);
	return (0);
}

static size_t
dollars(void)
{
	size_t i = account_security(acc, (struct security){
	    .currency = OTHER });

	assert_int_equal(i, 3);
	return (i);
}

static void
close_at(struct closes *c, const char *when, const char *what)
{
	((struct close *)c->v)[c->n++] = (struct close){ .on = on(when),
	    .price = D(what) };
}

static void
look(const char *when)
{
	account_worth(acc, &market, on(when), &worth);
}

/* value - (in - out) is what was gained, term by term. */
static void
identity_holds(void)
{
	const struct totals *t = TOTALS;
	dec gained = dec_sub(dec_sub(worth.value, worth.cash), worth.cost);

	gained = dec_add(gained, dec_add(t->realised, t->income));
	gained = dec_sub(gained, dec_add(t->fees, t->taxes));
	gained = dec_add(gained, dec_sub(worth.fx_cash, t->carried));
	assert_true(dec_eq(dec_sub(worth.value, dec_sub(t->paid_in,
	    t->paid_out)), gained));
}

/* 1 dollar is 1/1.10 euros, then 1/1.05. */
static void
price_and_currency_are_told_apart(void **state)
{
	static struct closes all[4];
	static struct close usd_close[1];
	size_t us = dollars();

	(void)state;
	close_at(&rates, "2024-01-10", "0.909090909090909091");
	close_at(&rates, "2024-01-15", "0.952380952380952381");
	TRADE(A_BUY, "2024-01-10", us, "10", "100", "0");
	assert_dec(HELD(us)->cost, "1000");
	assert_dec(HELD(us)->cost_base, "909.09");
	memcpy(all, prices, sizeof(prices));
	all[3] = (struct closes){ usd_close, 0 };
	close_at(&all[3], "2024-01-15", "110");
	market.closes = all;
	look("2024-01-15");
	assert_dec(worth.price_effect, "90.91");
	assert_dec(dec_sub(dec_sub(worth.value, worth.cash), worth.cost),
	    "138.53");
	assert_dec(worth.fx_cash, "-43.29");
	identity_holds();
	TRADE(A_SELL, "2024-01-15", us, "10", "110", "0");
	assert_dec(realised_gain(last_gain()), "100");
	assert_dec(realised_gain_base(last_gain()), "138.53");
	assert_dec(last_gain()->price_effect, "90.91");
	assert_dec(realised_currency_effect(last_gain()), "47.62");
	assert_dec(TOTALS->price_effect, "90.91");
	look("2024-01-15");
	identity_holds();
}

static void
what_is_exchanged_may_gain(void **state)
{
	struct activity *a;

	(void)state;
	close_at(&rates, "2024-01-10", "0.9");
	MONEY(A_DEPOSIT, "2024-01-10", "1000");
	a = tell_money(A_EXCHANGE, "2024-01-10", "900");
	a->currency_into = OTHER;
	a->received = D("990");
	a->commission = D("2");
	DONE(a);
	assert_dec(account_cash(acc, BASE)->amount, "98");
	assert_dec(account_cash(acc, OTHER)->amount, "990");
	assert_dec(account_cash(acc, OTHER)->book, "891");
	assert_dec(TOTALS->exchanged, "-9");
	assert_dec(TOTALS->fees, "2");
	close_at(&rates, "2024-01-11", "1");
	look("2024-01-11");
	assert_dec(worth.value, "1088");
	assert_dec(worth.fx_cash, "90");
	identity_holds();
	a = tell_money(A_EXCHANGE, "2024-01-11", "900");
	REFUSED(a, FAULT_CURRENCY);
}

static void
without_a_rate_nothing_is_booked(void **state)
{
	struct activity *a = tell_money(A_DEPOSIT, "2024-01-18", "100");

	(void)state;
	a->currency = OTHER;
	close_at(&rates, "2024-01-10", "0.9");
	REFUSED(a, FAULT_NO_RATE);
	assert_true(account_remove(acc, a));
	a->rate = D("0.8");
	DONE(a);
	assert_dec(TOTALS->paid_in, "80");
	a = tell_money(A_DEPOSIT, "2024-01-17", "100");
	a->currency = OTHER;
	DONE(a);
	assert_dec(TOTALS->paid_in, "170");
}

static void
days_have_their_flows(void **state)
{
	struct day_value v[4];

	(void)state;
	days[0] = on("2024-01-10");
	days[1] = on("2024-01-12");
	days[2] = on("2024-01-15");
	market.n = 3;
	close_at(&prices[ACME], "2024-01-10", "11");
	close_at(&prices[ACME], "2024-01-15", "6");
	MONEY(A_DEPOSIT, "2024-01-10", "1000");
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	MONEY(A_DEPOSIT, "2024-01-11", "5");
	MONEY(A_WITHDRAWAL, "2024-01-13", "6");
	TRADE(A_SELL, "2024-01-15", ACME, "1", "5", "0");
	told[told_n] = (struct activity){ .kind = A_SPLIT, .on =
	    on("2024-01-12"), .origin = 99, .numerator = 2,
	    .denominator = 1 };
	DONE(&told[told_n]);
	assert_int_equal(account_days(acc, &market, on("2024-01-01"), v), 3);
	assert_dec(v[0].value, "1010");
	assert_dec(v[0].inflow, "1000");
	/* The close of before the split, at twice the units. */
	assert_dec(v[1].value, "1015");
	assert_dec(v[1].inflow, "5");
	assert_dec(v[2].value, "1018");
	assert_dec(v[2].outflow, "6");
	assert_int_equal(account_days(acc, &market, on("2024-01-13"),
	    &v[1]), 1);
	assert_dec(v[1].value, "1018");
	assert_dec(v[1].outflow, "6");
	assert_dec(HELD(ACME)->quantity, "19");
}

static void
old_closes_are_stale(void **state)
{
	(void)state;
	TRADE(A_BUY, "2024-01-10", ACME, "10", "10", "0");
	look("2024-01-10");
	assert_true(worth.stale);
	assert_dec(worth.value, "0");
	close_at(&prices[ACME], "2024-01-10", "11");
	look("2024-01-17");
	assert_false(worth.stale);
	assert_dec(worth.value, "10");
	assert_dec(worth.price_effect, "10");
	look("2024-01-18");
	assert_true(worth.stale);
	identity_holds();
}

#define T(name)	cmocka_unit_test_setup_teardown(name, begin, told_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(price_and_currency_are_told_apart),
		T(what_is_exchanged_may_gain),
		T(without_a_rate_nothing_is_booked),
		T(days_have_their_flows),
		T(old_closes_are_stale),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
