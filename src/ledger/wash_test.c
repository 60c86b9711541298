/*
 * Notes on wash sales: which losses, how much of them, and what replacing
 * units take over of those they replace.
 */
#include "ledger/told.h"

static void
a_loss_that_was_replaced_is_noted(void **state)
{
	struct washes w;

	(void)state;
	TRADE(A_BUY, "2024-01-02", ACME, "100", "10", "0");
	TRADE(A_BUY, "2024-01-20", ACME, "100", "9.50", "0");
	TRADE(A_SELL, "2024-02-01", ACME, "100", "8", "0");
	w = account_washes(&acc, 1);
	assert_int_equal(w.n, 1);
	assert_int_equal(w.v[0].origin, 2);
	assert_dec(w.v[0].quantity, "100");
	assert_dec(w.v[0].disallowed, "200");
	/* Thirty days earlier than it was bought. */
	assert_int_equal(w.v[0].held_from.n, on("2023-12-21").n);
	assert_int_equal(w.tack_n, 1);
	assert_true(w.tacks[0].use == TACK_HELD);
	assert_dec(w.tacks[0].disallowed, "200");
}

static void
only_what_was_replaced_is_disallowed(void **state)
{
	struct washes w;

	(void)state;
	TRADE(A_BUY, "2024-01-02", ACME, "100", "10", "0");
	TRADE(A_BUY, "2024-01-20", ACME, "60", "9.50", "0");
	TRADE(A_SELL, "2024-02-01", ACME, "100", "8", "0");
	w = account_washes(&acc, 1);
	assert_int_equal(w.n, 1);
	assert_dec(w.v[0].disallowed, "120");
	/* The thirtieth day counts, the one after it does not. */
	TRADE(A_BUY, "2024-03-03", ACME, "10", "8", "0");
	assert_int_equal(account_washes(&acc, 1).n, 1);
	TRADE(A_BUY, "2024-03-02", ACME, "10", "8", "0");
	w = account_washes(&acc, 1);
	assert_int_equal(w.n, 2);
	assert_dec(w.v[1].disallowed, "20");
}

/* What replaced is sold at a loss and replaced: cost and time go on. */
static void
what_was_washed_is_washed_again(void **state)
{
	struct washes w;

	(void)state;
	TRADE(A_BUY, "2024-01-02", ACME, "100", "10", "0");
	TRADE(A_BUY, "2024-01-20", ACME, "100", "9.50", "0");
	TRADE(A_SELL, "2024-02-01", ACME, "100", "8", "0");
	TRADE(A_SELL, "2024-03-10", ACME, "40", "9", "0");
	TRADE(A_BUY, "2024-03-20", ACME, "40", "9", "0");
	w = account_washes(&acc, 1);
	assert_int_equal(w.n, 2);
	/* 40 at 9.50 and 2.00 of the first loss each, sold at 9. */
	assert_int_equal(w.v[1].origin, 5);
	assert_dec(w.v[1].disallowed, "100");
	/* 20 January to 10 March are 50 days, and 30 of those before. */
	assert_int_equal(w.v[1].held_from.n,
	    day_add(on("2024-03-20"), -80).n);
	assert_int_equal(w.tack_n, 3);
	assert_int_equal(w.tacks[0].use, 1);
	assert_dec(w.tacks[0].disallowed, "80");
	assert_dec(w.tacks[1].quantity, "60");
	assert_dec(w.tacks[1].disallowed, "120");
	assert_dec(w.tacks[2].disallowed, "100");
}

/* A sale of a gain and a loss: the loss is one all the same. */
static void
each_lot_is_washed_alone(void **state)
{
	struct washes w;

	(void)state;
	TRADE(A_BUY, "2023-01-02", ACME, "10", "1", "0");
	TRADE(A_BUY, "2023-06-02", ACME, "10", "9", "0");
	TRADE(A_SELL, "2024-02-01", ACME, "20", "8", "0");
	TRADE(A_BUY, "2024-02-10", ACME, "10", "8", "0");
	w = account_washes(&acc, 1);
	assert_int_equal(w.n, 1);
	assert_dec(w.v[0].disallowed, "10");
	assert_int_equal(account_uses(acc)[w.v[0].use].origin, 2);
}

/* After a split two units stand in for each that was sold. */
static void
a_split_doubles_what_was_replaced(void **state)
{
	struct activity *a;
	struct washes w;

	(void)state;
	TRADE(A_BUY, "2024-01-02", ACME, "100", "10", "0");
	TRADE(A_BUY, "2024-01-20", ACME, "60", "9.50", "0");
	TRADE(A_SELL, "2024-02-01", ACME, "100", "8", "0");
	a = tell(A_SPLIT, "2024-02-05");
	a->instrument = ACME;
	a->numerator = 2;
	a->denominator = 1;
	DONE(a);
	w = account_washes(&acc, 1);
	assert_dec(w.v[0].quantity, "60");
	assert_dec(w.tacks[0].quantity, "120");
	assert_dec(w.tacks[0].disallowed, "120");
}

#define T(name)	cmocka_unit_test_setup_teardown(name, told_begin, told_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_loss_that_was_replaced_is_noted),
		T(only_what_was_replaced_is_disallowed),
		T(what_was_washed_is_washed_again),
		T(each_lot_is_washed_alone),
		T(a_split_doubles_what_was_replaced),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
