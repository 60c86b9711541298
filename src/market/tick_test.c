/*
 * Messages of quotes: what is written is read again, and what is something
 * else ends the reading.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "market/tick.h"

static struct arena a;

static int
begin(void **state)
{
	(void)state;
	arena_init(&a, 1024 * 1024, NULL, NULL);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	return (0);
}

static struct quote
quote(const char *symbol, int64_t cents)
{
	return ((struct quote){ .symbol = str_of(symbol),
	    .price = dec_units(cents, 2), .previous_close = dec_of(100),
	    .change = dec_sub(dec_units(cents, 2), dec_of(100)),
	    .percent_change = (double)cents / 10000 - 1,
	    .as_of = instant_of_unix(1774000000) });
}

static void
a_message_is_taken_apart_as_it_was_put_together(void **state)
{
	const struct quote q[] = { quote("AAPL", 10150), quote("BRK.B", 9950) };
	struct tick t;
	str rest;

	(void)state;
	rest = tick_message(&a, q, 2);
	assert_int_equal(rest.p[0], '[');
	assert_int_equal(rest.p[rest.n - 1], ']');
	assert_true(tick_next(&rest, &t));
	assert_true(str_eq(t.symbol, S("AAPL")));
	assert_true(str_eq(t.price, S("101.5")));
	assert_true(str_eq(t.json, S("{\"symbol\":\"AAPL\",\"price\":\"101.5\","
	    "\"previous_close\":\"100\",\"change\":\"1.5\","
	    "\"percent_change\":0.015,\"as_of\":\"2026-03-20T09:46:40Z\","
	    "\"stale\":false}")));
	assert_true(tick_next(&rest, &t));
	assert_true(str_eq(t.symbol, S("BRK.B")));
	assert_false(tick_next(&rest, &t));
}

static void
what_is_unknown_is_null(void **state)
{
	struct quote q = quote("X", 1);
	struct tick t;
	str rest;

	(void)state;
	q.previous_close = q.change = DEC_NONE;
	q.percent_change = NAN;
	rest = tick_message(&a, &q, 1);
	assert_true(tick_next(&rest, &t));
	assert_non_null(strstr(arena_z(&a, t.json), "\"previous_close\":null,"
	    "\"change\":null,\"percent_change\":null"));
}

static void
a_message_of_nothing_has_no_ticks(void **state)
{
	struct tick t;
	str rest;

	(void)state;
	rest = tick_message(&a, NULL, 0);
	assert_true(str_eq(rest, S("[]")));
	assert_false(tick_next(&rest, &t));
}

static void
other_messages_have_none(void **state)
{
	static const char *const others[] = { "", "hello", "[", "[{", "[{}",
	    "[{}]", "[{\"price\":\"1\"}]",
	    "[{\"symbol\":\"\",\"price\":\"1\"}]",
	    "[{\"symbol\":\"A\",\"price\":1}]", "[{\"symbol\":\"A\"", ",,,",
	    "[{\"symbol\":\"A\",\"price\":\"1\"" };
	struct tick t;
	size_t i;
	str rest;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		rest = str_of(others[i]);
		assert_false(tick_next(&rest, &t));
	}
	rest = STR_NONE;
	assert_false(tick_next(&rest, &t));
}

/* Cut anywhere, it holds a few whole quotes and then ends. */
static void
a_message_that_was_cut_short_ends(void **state)
{
	const struct quote q[] = { quote("A", 1), quote("B", 2),
	    quote("C", 3) };
	struct tick t;
	str whole, rest;
	size_t n, ticks, before = 0;

	(void)state;
	whole = tick_message(&a, q, 3);
	for (n = 0; n <= whole.n; n++) {
		rest = arena_str(&a, (str){ whole.p, n });
		for (ticks = 0; tick_next(&rest, &t); ticks++)
			assert_true(t.json.p + t.json.n <= rest.p);
		assert_true(ticks >= before && ticks <= 3);
		before = ticks;
	}
	assert_int_equal(before, 3);
}

static void
a_publication_is_numbered_in_front_or_not_at_all(void **state)
{
	static const char *const none[] = { "", "[]", "1 []", "1 1 []",
	    "2 -1 []", "x 1 []", "1  []", "1 0" };
	uint64_t seq, before;
	str message = S("17 12 [{}]");
	size_t i;

	(void)state;
	assert_true(tick_number(&message, &seq, &before));
	assert_true(seq == 17 && before == 12);
	assert_true(str_eqz(message, "[{}]"));
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		message = str_of(none[i]);
		assert_false(tick_number(&message, &seq, &before));
		assert_true(str_eqz(message, none[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_message_is_taken_apart_as_it_was_put_together),
		cmocka_unit_test(what_is_unknown_is_null),
		cmocka_unit_test(a_message_of_nothing_has_no_ticks),
		cmocka_unit_test(other_messages_have_none),
		cmocka_unit_test(a_message_that_was_cut_short_ends),
		cmocka_unit_test(
		    a_publication_is_numbered_in_front_or_not_at_all),
	};

	return (cmocka_run_group_tests(tests, begin, end));
}
