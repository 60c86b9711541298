/*
 * What bars within the day pass the gates, and what is said of the others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/quality.h"

#define BARS		78
#define MINUTE_US	(60 * INT64_C(1000000))

static struct arena arena;
static struct intraday_bar bars[BARS];
static struct moments_ask ask;
static struct quality q;
static instant open_at;

static struct intraday_bar
flat(instant at, int64_t cents)
{
	dec p = dec_units(cents, 2);

	return ((struct intraday_bar){ at, p, p, p, p, dec_of(10) });
}

static instant
moment(size_t i)
{
	return ((instant){ open_at.us + (int64_t)i * 5 * MINUTE_US });
}

static bool
weekdays(const void *calendar, day on)
{
	(void)calendar;
	return (day_weekday(on) < 5);
}

/* A session of five-minute bars, Wednesday 2024-01-03 in New York. */
static void
session_fill(void)
{
	size_t i;

	open_at.us = instant_of_day(day_of(2024, 1, 3)).us +
	    (14 * 60 + 30) * MINUTE_US;
	for (i = 0; i < BARS; i++)
		bars[i] = flat(moment(i), 10000 + (int64_t)(i * 37 % 11));
	ask = (struct moments_ask){ .minutes = 5, .until = moment(BARS - 1),
	    .last = dec_of(100), .open_on = weekdays };
}

static int
quiet(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20, NULL, NULL);
	session_fill();
	return (0);
}

static int
drop(void **state)
{
	(void)state;
	arena_drop(&arena);
	return (0);
}

static int64_t
said(const char *gate)
{
	size_t i;

	for (i = 0; i < q.doubts_n; i++)
		if (strcmp(gates[q.doubts[i].gate].name, gate) == 0)
			return (q.doubts[i].days);
	return (0);
}

static void
only(const char *gate, int64_t times, size_t stay)
{
	moments_judge(&arena, &ask, bars, BARS, &q);
	if (gate == NULL)
		assert_int_equal(q.doubts_n, 0);
	else {
		assert_int_equal(said(gate), times);
		assert_int_equal(q.doubts_n, 1);
	}
	assert_int_equal(q.n, stay);
}

static void
quiet_session_passes(void **state)
{
	(void)state;
	only(NULL, 0, BARS);
	ask.last = DEC_NONE;
	only(NULL, 0, BARS);
	moments_judge(&arena, &ask, bars, 0, &q);
	assert_false(q.refused);
}

static void
bar_that_cannot_be_is_dropped(void **state)
{
	(void)state;
	bars[3].close = DEC_NONE;
	only("no_close", 1, BARS - 1);
	bars[3] = flat(moment(3), 0);
	only("negative", 1, BARS - 1);
	bars[3] = flat(moment(3), 10000);
	bars[3].high = dec_of(99);
	only("inverted", 1, BARS - 1);
	bars[3] = flat((instant){ moment(3).us + MINUTE_US }, 10000);
	only("grid", 1, BARS - 1);
	bars[3] = flat((instant){ moment(BARS).us }, 10000);
	only("future", 1, BARS - 1);
}

static void
leap_that_comes_back_is_dropped(void **state)
{
	(void)state;
	bars[0] = flat(moment(0), 1000000);
	only("hundredfold", 1, BARS - 1);
	bars[0] = flat(moment(0), 10000);
	bars[BARS - 1] = flat(moment(BARS - 1), 100);
	only("hundredfold", 1, BARS - 1);
}

static void
leap_that_stays_refuses_all(void **state)
{
	size_t i;

	(void)state;
	for (i = 40; i < BARS; i++)
		bars[i] = flat(moment(i), 1000000);
	only("scale", 1, 0);
	assert_true(q.refused);
	session_fill();
	ask.last = dec_of(1);
	only("scale", 1, 0);
	ask.last = dec_of(10000);
	only("scale", 1, 0);
}

static void
many_that_cannot_be_refuse_all(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < 8; i++)
		bars[i * 9] = flat(moment(i * 9), -5);
	moments_judge(&arena, &ask, bars, BARS, &q);
	assert_true(q.refused);
	assert_int_equal(said("negative"), 8);
	assert_int_equal(said("broken"), 1);
	moments_judge(&arena, &ask, bars, 1, &q);
	assert_true(q.refused);		/* one, and it is none */
}

static void
order_and_doubles_are_mended_and_said(void **state)
{
	struct intraday_bar first = bars[0];

	(void)state;
	bars[0] = bars[BARS - 1];
	bars[BARS - 1] = first;
	bars[30].at = bars[31].at;
	moments_judge(&arena, &ask, bars, BARS, &q);
	assert_int_equal(said("unsorted"), 1);
	assert_int_equal(said("twice"), 1);
	assert_int_equal(q.n, BARS - 1);
	assert_int_equal(q.moments[0].at.us, first.at.us);
	assert_true(dec_eq(q.moments[30].close, bars[31].close));
}

static void
weekend_is_said(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < BARS; i++)
		bars[i].at.us += 3 * 24 * 60 * MINUTE_US;
	ask.until.us += 3 * 24 * 60 * MINUTE_US;
	only("closed", 1, BARS);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, quiet, drop)
	const struct CMUnitTest tests[] = {
		T(quiet_session_passes),
		T(bar_that_cannot_be_is_dropped),
		T(leap_that_comes_back_is_dropped),
		T(leap_that_stays_refuses_all),
		T(many_that_cannot_be_refuse_all),
		T(order_and_doubles_are_mended_and_said),
		T(weekend_is_said),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
