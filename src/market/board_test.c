/*
 * The board: a price is told once, then only when it is another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "market/board.h"

static bool
moves(const char *symbol, const char *price)
{
	const struct tick t = { str_of(symbol), str_of(price), S("{}") };

	return (board_moves(&t));
}

static void
a_price_is_told_once(void **state)
{
	(void)state;
	assert_true(moves("AAPL", "1.5"));
	assert_false(moves("AAPL", "1.5"));
	assert_true(moves("AAPL", "1.51"));
	assert_true(moves("AAPL", "1.5"));
	assert_true(moves("AAP", "1.5"));
	assert_false(moves("AAPL", "1.5"));
}

static void
the_longest_symbol_has_its_place(void **state)
{
	(void)state;
	assert_true(moves("ABCDEFGHIJKLMNOP", "1"));
	assert_false(moves("ABCDEFGHIJKLMNOP", "1"));
	assert_true(moves("ABCDEFGHIJKLMNO", "1"));
}

static void
what_is_too_long_is_never_told(void **state)
{
	(void)state;
	assert_false(moves("ABCDEFGHIJKLMNOPQ", "1"));
	assert_false(moves("B", "100000000000000000000."
	    "000000000000000000000000"));
}

/* More symbols than places: none is ever kept from being told. */
static void
symbols_without_a_place_are_told_each_time(void **state)
{
	char symbol[16];
	int i, told = 0;

	(void)state;
	for (i = 0; i < 3 * BOARD_SLOTS; i++) {
		snprintf(symbol, sizeof(symbol), "S%d", i);
		assert_true(moves(symbol, "1"));
	}
	for (i = 0; i < 3 * BOARD_SLOTS; i++) {
		snprintf(symbol, sizeof(symbol), "S%d", i);
		told += moves(symbol, "1");
	}
	assert_true(told >= 2 * BOARD_SLOTS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_price_is_told_once),
		cmocka_unit_test(the_longest_symbol_has_its_place),
		cmocka_unit_test(what_is_too_long_is_never_told),
		cmocka_unit_test(symbols_without_a_place_are_told_each_time),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
