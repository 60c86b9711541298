/*
 * The ring: what is told in which order, where someone who comes again goes
 * on, and when that cannot be said.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/ring.h"

static int
begin(void **state)
{
	(void)state;
	ring_clear();
	return (0);
}

static int
end(void **state)
{
	(void)state;
	ring_clear();
	assert_int_equal(board_count(), 0);
	return (0);
}

static void
tell(const char *symbol, const char *data)
{
	ring_add(place_hold(str_of(symbol)), S("quote"), str_of(data));
}

static bool
is(uint64_t at, const char *text)
{
	const struct event *e = ring_event(at);

	return (str_eqz((str){ e->text, e->n }, text));
}

static void
an_event_is_written_once_with_the_mark_of_its_publication(void **state)
{
	char mark[MARK_TEXT_MAX];

	(void)state;
	assert_true(ring_publication(100, 0));
	tell("AAPL", "{1}");
	tell("MSFT", "{2}");
	(void)ring_publication(107, 100);
	tell("AAPL", "{3}");
	ring_say(S("ping"), S("{}"));
	assert_int_equal(ring_end() - ring_first(), 4);
	assert_true(is(0, "id: 100-1\nevent: quote\ndata: {1}\n\n"));
	assert_true(is(1, "id: 100-2\nevent: quote\ndata: {2}\n\n"));
	assert_true(is(2, "id: 107-1\nevent: quote\ndata: {3}\n\n"));
	assert_true(is(3, "event: ping\ndata: {}\n\n"));
	assert_true(str_eqz(ring_mark(mark), "107-1"));
}

static void
the_newest_of_a_symbol_is_known(void **state)
{
	(void)state;
	(void)ring_publication(1, 0);
	tell("A", "1");
	tell("B", "1");
	tell("A", "2");
	ring_say(S("ping"), S("{}"));
	assert_false(ring_newest(0));
	assert_true(ring_newest(1));
	assert_true(ring_newest(2));
	assert_false(ring_newest(3));
}

static void
whoever_comes_again_goes_on_after_the_last_event(void **state)
{
	uint64_t at;

	(void)state;
	(void)ring_publication(10, 0);
	tell("A", "1");
	tell("B", "1");
	(void)ring_publication(20, 10);
	tell("A", "2");
	assert_true(ring_after(S("10-0"), &at) && at == 0);
	assert_true(ring_after(S("10-1"), &at) && at == 1);
	assert_true(ring_after(S("10-2"), &at) && at == 2);
	assert_true(ring_after(S("15-7"), &at) && at == 2);
	assert_true(ring_after(S("20-1"), &at) && at == 3);
	/* Another process may have heard a little more already. */
	assert_true(ring_after(S("30-1"), &at) && at == 3);
}

static void
what_was_dropped_or_never_heard_cannot_be_gone_on_from(void **state)
{
	uint64_t at;
	int i;

	(void)state;
	assert_true(ring_publication(50, 0));
	tell("A", "1");
	assert_false(ring_after(S("39-9"), &at));
	assert_false(ring_after(S("49-1"), &at));
	assert_true(ring_after(S("50-0"), &at));
	assert_true(ring_publication(60, 50));
	tell("A", "2");
	assert_true(ring_after(S("50-1"), &at));
	assert_false(ring_publication(80, 70));
	assert_false(ring_after(S("60-1"), &at));
	for (i = 0; i < RING_EVENTS; i++)
		tell("B", "x");
	assert_int_equal(ring_end() - ring_first(), RING_EVENTS);
	assert_true(ring_after(S("80-0"), &at));
	assert_int_equal(at, ring_first());
	tell("B", "x");
	assert_false(ring_after(S("80-0"), &at));
	assert_true(ring_after(S("80-1"), &at));
	/* What goes now is older than the gap. */
	assert_false(ring_publication(99, 90));
	tell("B", "x");
	assert_false(ring_after(S("81-1"), &at));
	assert_true(ring_after(S("99-0"), &at));
}

static void
numbers_that_fall_far_begin_the_ring_anew(void **state)
{
	uint64_t at;

	(void)state;
	(void)ring_publication(100100, 0);
	tell("A", "1");
	assert_false(ring_publication(50, 40));
	tell("A", "2");
	assert_int_equal(ring_end() - ring_first(), 1);
	assert_false(ring_after(S("40-1"), &at));
	assert_true(ring_after(S("50-0"), &at));
	assert_int_equal(at, 1);
}

/* It was on its way when the table was read: nobody loses anything by it. */
static void
a_publication_that_comes_late_cuts_nobody(void **state)
{
	uint64_t at;

	(void)state;
	(void)ring_publication(100, 0);
	tell("A", "1");
	ring_known(130);
	tell("A", "2");
	assert_true(ring_publication(120, 100));
	tell("A", "3");
	assert_int_equal(ring_first(), 0);
	assert_int_equal(ring_end(), 3);
	assert_true(ring_after(S("130-1"), &at) && at == 2);
	assert_true(ring_publication(140, 120));
	tell("A", "4");
	assert_true(ring_after(S("100-1"), &at) && at == 1);
	assert_true(ring_after(S("130-2"), &at) && at == 3);
}

static void
what_was_read_closes_the_gap_of_what_was_not_heard(void **state)
{
	uint64_t at;

	(void)state;
	(void)ring_publication(100, 0);
	ring_known(130);
	assert_true(ring_publication(150, 120));
	assert_true(ring_after(S("100-0"), &at));
	assert_false(ring_publication(170, 160));
	assert_false(ring_after(S("150-0"), &at));
	/* Whoever numbers them forgot where it was. */
	assert_false(ring_publication(180, 0));
	ring_known(175);
	assert_true(ring_after(S("180-0"), &at));
}

static void
what_is_no_mark_is_not_gone_on_from(void **state)
{
	static const char *const none[] = { "", "-", "1", "1-", "-1", "1-x",
	    "x-1", "1-1-1", "99999999999999999999-1", "5-4294967296",
	    "100000-1", " 1-1" };
	uint64_t at;
	size_t i;

	(void)state;
	(void)ring_publication(5, 0);
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(ring_after(str_of(none[i]), &at));
}

static void
what_nobody_numbered_grows_like_time(void **state)
{
	char first[MARK_TEXT_MAX], second[MARK_TEXT_MAX];
	uint64_t at;
	str a, b;

	(void)state;
	ring_known(ring_clock());
	a = ring_mark(first);
	ring_known(ring_clock() + 1);
	b = ring_mark(second);
	assert_true(a.n == b.n && str_cmp(a, b) < 0);
	assert_true(ring_after(a, &at));
	tell("A", "1");
	assert_true(ring_after(a, &at));
	assert_int_equal(at, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name)	cmocka_unit_test_setup_teardown(name, begin, end)
		T(an_event_is_written_once_with_the_mark_of_its_publication),
		T(the_newest_of_a_symbol_is_known),
		T(whoever_comes_again_goes_on_after_the_last_event),
		T(what_was_dropped_or_never_heard_cannot_be_gone_on_from),
		T(numbers_that_fall_far_begin_the_ring_anew),
		T(a_publication_that_comes_late_cuts_nobody),
		T(what_was_read_closes_the_gap_of_what_was_not_heard),
		T(what_is_no_mark_is_not_gone_on_from),
		T(what_nobody_numbered_grows_like_time),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
