/*
 * The largest amounts, and beyond: nothing wraps, nothing is half-done.
 */
#include "ledger/past.h"

enum { ACME };

static struct past p;

static int
begin(void **state)
{
	(void)state;
	memset(&p, 0, sizeof(p));
	ledger_open(&p.l, 2, p.held, PAST_THINGS);
	return (0);
}

static void
trade(enum activity_kind kind, const char *quantity, const char *price,
    const char *commission)
{
	past_trade(&p, kind, on("2024-01-02"), ACME, D(quantity), D(price),
	    D(commission));
}

static void
money(enum activity_kind kind, const char *amount)
{
	past_money(&p, kind, on("2024-01-02"), D(amount));
}

/* What was told last is done. */
static void
done(void)
{
	assert_int_equal(ledger_apply(&p.l, &p.a[p.n - 1], &p.fault),
	    FAULT_NONE);
}

/* What was told last does not fit: everything is as it was. */
static void
too_big(void)
{
	struct holding held[PAST_THINGS];
	struct ledger before = p.l;
	struct activity *a = &p.a[p.n - 1];

	memcpy(held, p.held, sizeof(held));
	before.holdings = held;
	assert_int_equal(ledger_apply(&p.l, a, &p.fault), FAULT_TOO_BIG);
	assert_int_equal(p.fault.kind, FAULT_TOO_BIG);
	assert_same_ledger(&p.l, &before);
	assert_false(dec_ok(a->realised));
	assert_false(dec_ok(a->cost));
	p.n--;
}

static void
the_largest_amounts_are_booked_to_the_cent(void **state)
{
	const struct holding *h = &p.held[ACME];

	(void)state;
	money(A_DEPOSIT, "1000000000000000.01");
	done();
	trade(A_BUY, "1000000000000000", "1", "0.01");
	done();
	assert_dec(p.l.cash, "0");
	assert_dec(h->cost, "1000000000000000.01");
	trade(A_SELL, "333333333333333", "3", "0");
	done();
	assert_dec(p.a[2].cost, "333333333333333");
	assert_dec(p.a[2].realised, "666666666666666");
	assert_dec(p.l.cash, "999999999999999");
	assert_dec(h->quantity, "666666666666667");
	assert_dec(h->cost, "666666666666667.01");
}

static void
past_a_thousand_times_that_nothing_is_done(void **state)
{
	static const enum activity_kind kinds[] = {
		A_DEPOSIT, A_WITHDRAWAL, A_INTEREST, A_FEE, A_TAX
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		money(kinds[i], "1000000000000000000.01");
		too_big();
		money(kinds[i], "170141183460469231731.6");
		too_big();
		past_money(&p, kinds[i], on("2024-01-02"), DEC_NONE);
		too_big();
	}
}

/* Each sum alone at its end: one more is too much, one less is not. */
static void
no_sum_grows_too_big(void **state)
{
	static const struct {
		enum activity_kind kind;
		size_t	offset;
	} sums[] = {
		{ A_DEPOSIT, offsetof(struct ledger, cash) },
		{ A_DEPOSIT, offsetof(struct ledger, paid_in) },
		{ A_WITHDRAWAL, offsetof(struct ledger, paid_out) },
		{ A_INTEREST, offsetof(struct ledger, income) },
		{ A_FEE, offsetof(struct ledger, fees) },
		{ A_TAX, offsetof(struct ledger, taxes) },
	};
	size_t i;

	for (i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
		begin(state);
		*(dec *)((char *)&p.l + sums[i].offset) =
		    D("999999999999999999");
		money(sums[i].kind, "1.01");
		too_big();
		money(sums[i].kind, "1");
		done();
	}
}

static void
trades_without_a_number_are_not_done(void **state)
{
	static const enum activity_kind kinds[] = { A_BUY, A_SELL };
	size_t i;

	(void)state;
	trade(A_BUY, "10", "1", "0");
	done();
	for (i = 0; i < 2; i++) {
		trade(kinds[i], "5", "1", "0");
		p.a[p.n - 1].amount = DEC_NONE;
		too_big();
		trade(kinds[i], "5", "1", "0");
		p.a[p.n - 1].quantity = DEC_NONE;
		too_big();
		trade(kinds[i], "5", "1", "0");
		p.a[p.n - 1].commission = DEC_NONE;
		too_big();
	}
	past_dividend(&p, on("2024-01-03"), ACME, D("1"), DEC_NONE);
	too_big();
	assert_false(dec_ok(trade_amount(D("1000000000000000"),
	    D("1000000"), 2)));
}

static void
no_holding_costs_too_much(void **state)
{
	(void)state;
	trade(A_BUY, "1", "1", "0");
	done();
	p.held[ACME].cost = D("1000000000000000000");
	trade(A_BUY, "1", "0.01", "0");
	too_big();
	trade(A_BUY, "1", "0.001", "0");
	done();
}

/* One holding's gains would be beyond reach while those of all are not. */
static void
no_holding_gains_too_much(void **state)
{
	(void)state;
	trade(A_BUY, "10", "1", "0");
	done();
	p.held[ACME].realised = D("999999999999999999");
	trade(A_SELL, "1", "3.01", "0");
	too_big();
	trade(A_SELL, "1", "2", "0");
	done();
}

static void
a_split_beyond_reach_is_refused(void **state)
{
	(void)state;
	trade(A_BUY, "1000000000000000", "0.01", "0");
	done();
	past_split(&p, on("2024-01-03"), ACME, 1001, 1);
	too_big();
	past_split(&p, on("2024-01-03"), ACME, INT64_MAX, 1);
	too_big();
	past_split(&p, on("2024-01-03"), ACME, 1, INT64_MAX);
	done();
	assert_dec(p.held[ACME].quantity, "0.00010842021724855");
	/* The last price would be. */
	past_split(&p, on("2024-01-04"), ACME, 1, INT64_MAX);
	too_big();
}

#define T(name)	cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_largest_amounts_are_booked_to_the_cent),
		T(past_a_thousand_times_that_nothing_is_done),
		T(no_sum_grows_too_big),
		T(trades_without_a_number_are_not_done),
		T(no_holding_costs_too_much),
		T(no_holding_gains_too_much),
		T(a_split_beyond_reach_is_refused),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
