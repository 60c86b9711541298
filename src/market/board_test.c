/*
 * The board: a price is told once, then only when it is another; a place
 * lives as long as somebody refers to it.
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
	struct place *p = place_hold(str_of(symbol));
	bool moved;

	assert_non_null(p);
	moved = place_moves(p, str_of(price));
	place_release(p);
	return (moved);
}

static void
a_price_is_told_once_while_its_place_is_held(void **state)
{
	struct place *p = place_hold(S("AAPL"));

	(void)state;
	assert_true(moves("AAPL", "1.5"));
	assert_false(moves("AAPL", "1.5"));
	assert_true(moves("AAPL", "1.51"));
	assert_true(moves("AAPL", "1.5"));
	assert_true(moves("AAP", "1.5"));
	assert_false(moves("AAPL", "1.5"));
	assert_int_equal(board_count(), 1);
	place_release(p);
	assert_int_equal(board_count(), 0);
	assert_true(moves("AAPL", "1.5"));
}

static void
the_longest_symbol_has_its_place(void **state)
{
	struct place *p = place_hold(S("ABCDEFGHIJKLMNOP"));

	(void)state;
	assert_true(moves("ABCDEFGHIJKLMNOP", "1"));
	assert_false(moves("ABCDEFGHIJKLMNOP", "1"));
	assert_true(moves("ABCDEFGHIJKLMNO", "1"));
	assert_null(place_hold(S("ABCDEFGHIJKLMNOPQ")));
	assert_false(moves("B", "100000000000000000000."
	    "000000000000000000000000"));
	place_release(p);
}

static void
note(void *arg, const struct place *p)
{
	*(size_t *)arg += p->watched;
}

static size_t
watched(void)
{
	size_t n = 0;

	board_watched(note, &n);
	return (n);
}

static void
whoever_watches_is_found_by_symbol_and_leaves_no_trace(void **state)
{
	struct watching w[3] = { 0 };
	const struct place *p;

	(void)state;
	assert_true(place_watch(&w[0], S("AAPL")));
	assert_true(place_watch(&w[1], S("AAPL")));
	assert_true(place_watch(&w[2], S("MSFT")));
	p = w[0].place;
	assert_ptr_equal(w[1].place, p);
	assert_int_equal(p->watched, 2);
	assert_ptr_equal(p->watchers, &w[1]);
	assert_ptr_equal(p->watchers->next, &w[0]);
	assert_int_equal(watched(), 3);
	place_unwatch(&w[0]);
	assert_int_equal(w[1].place->watched, 1);
	place_unwatch(&w[1]);
	place_unwatch(&w[2]);
	assert_int_equal(board_count(), 0);
	assert_int_equal(watched(), 0);
}

static void
there_are_as_many_places_as_are_referred_to(void **state)
{
	static struct place *p[20000];
	char symbol[16];
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		snprintf(symbol, sizeof(symbol), "S%d", i);
		p[i] = place_hold(str_of(symbol));
		assert_true(str_eqz(place_symbol(p[i]), symbol));
	}
	assert_int_equal(board_count(), 20000);
	for (i = 0; i < 20000; i++)
		place_release(p[i]);
	assert_int_equal(board_count(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name)	cmocka_unit_test(name)
		T(a_price_is_told_once_while_its_place_is_held),
		T(the_longest_symbol_has_its_place),
		T(whoever_watches_is_found_by_symbol_and_leaves_no_trace),
		T(there_are_as_many_places_as_are_referred_to),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
