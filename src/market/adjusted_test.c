/*
 * Back-adjusted closes: the numbers of the definition, what events do not
 * do, and the law they exist for: a price's adjusted return is what a holder
 * who reinvests has earned.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "market/adjusted.h"

static dec
of(const char *text)
{
	dec d;

	assert_int_equal(dec_parse(str_of(text), &d), OK);
	return (d);
}

static day
on(int dom)
{
	return (day_of(2026, 3, dom));
}

static void
assert_rounded(dec d, const char *text)
{
	char out[DEC_TEXT_MAX];

	dec_print_places(d, 2, out);
	assert_string_equal(out, text);
}

static void
a_split_then_a_dividend(void **state)
{
	struct closing c[] = {
		{ on(2), of("46.99"), DEC_NONE },
		{ on(3), of("48.30"), DEC_NONE },
		{ on(4), of("24.96"), DEC_NONE },
		{ on(5), of("25.10"), DEC_NONE },
	};
	const struct dividend d[] = { { on(5), of("0.08") } };
	const struct split s[] = { { on(4), 2, 1 } };

	(void)state;
	assert_int_equal(closings_adjust(c, 4, &(struct events){ d, 1, s, 1 }),
	    0);
	assert_rounded(c[0].adjusted, "23.42");
	assert_rounded(c[1].adjusted, "24.07");
	assert_rounded(c[2].adjusted, "24.88");
	assert_true(dec_eq(c[3].adjusted, c[3].close));
}

static void
without_events_nothing_is_adjusted(void **state)
{
	struct closing c[] = {
		{ on(2), of("10"), DEC_NONE }, { on(3), of("11"), DEC_NONE },
	};

	(void)state;
	assert_int_equal(closings_adjust(c, 2, &(struct events){ 0 }), 0);
	assert_true(dec_eq(c[0].adjusted, of("10")));
	assert_int_equal(closings_adjust(c, 0, &(struct events){ 0 }), 0);
}

static void
a_reverse_split_makes_old_prices_larger(void **state)
{
	struct closing c[] = {
		{ on(2), of("0.5"), DEC_NONE }, { on(3), of("5.1"), DEC_NONE },
	};
	const struct split s[] = { { on(3), 1, 10 } };

	(void)state;
	(void)closings_adjust(c, 2, &(struct events){ NULL, 0, s, 1 });
	assert_true(dec_eq(c[0].adjusted, of("5")));
}

static void
three_for_two_is_not_rounded_in_between(void **state)
{
	struct closing c[] = {
		{ on(2), of("45"), DEC_NONE }, { on(3), of("30"), DEC_NONE },
		{ on(4), of("20"), DEC_NONE },
	};
	const struct split s[] = { { on(3), 3, 2 }, { on(4), 3, 2 } };

	(void)state;
	(void)closings_adjust(c, 3, &(struct events){ NULL, 0, s, 2 });
	assert_true(dec_eq(dec_round(c[0].adjusted, 12), of("20")));
	assert_true(dec_eq(dec_round(c[1].adjusted, 12), of("20")));
}

/* The dividend is for a new share, so it is measured by new shares. */
static void
a_dividend_on_the_day_of_a_split(void **state)
{
	struct closing c[] = {
		{ on(2), of("100"), DEC_NONE }, { on(3), of("49"), DEC_NONE },
	};
	const struct dividend d[] = { { on(3), of("1") } };
	const struct split s[] = { { on(3), 2, 1 } };

	(void)state;
	(void)closings_adjust(c, 2, &(struct events){ d, 1, s, 1 });
	assert_true(dec_eq(c[0].adjusted, of("49")));
}

static void
an_ex_day_without_a_session_counts_on_the_next(void **state)
{
	struct closing c[] = {
		{ on(6), of("100"), DEC_NONE }, { on(9), of("99"), DEC_NONE },
	};
	const struct dividend d[] = { { on(7), of("1") } };

	(void)state;
	(void)closings_adjust(c, 2, &(struct events){ d, 1, NULL, 0 });
	assert_true(dec_eq(c[0].adjusted, of("99")));
	assert_true(dec_eq(c[1].adjusted, of("99")));
}

static void
events_that_no_session_has_reached_do_nothing(void **state)
{
	struct closing c[] = {
		{ on(2), of("100"), DEC_NONE }, { on(3), of("99"), DEC_NONE },
	};
	const struct dividend d[] = { { on(2), of("1") }, { on(4), of("1") } };
	const struct split s[] = { { on(2), 2, 1 }, { on(5), 2, 1 } };

	(void)state;
	assert_int_equal(closings_adjust(c, 2, &(struct events){ d, 2, s, 2 }),
	    0);
	assert_true(dec_eq(c[0].adjusted, of("100")));
	assert_true(dec_eq(c[1].adjusted, of("99")));
}

static void
a_dividend_not_below_the_price_is_passed_over(void **state)
{
	struct closing c[] = {
		{ on(2), of("2"), DEC_NONE }, { on(3), of("1"), DEC_NONE },
		{ on(4), of("1"), DEC_NONE },
	};
	const struct dividend d[] = {
		{ on(3), of("2") }, { on(4), of("0.5") },
	};

	(void)state;
	assert_int_equal(closings_adjust(c, 3, &(struct events){ d, 2, NULL,
	    0 }), 1);
	assert_true(dec_eq(c[0].adjusted, of("1")));
	assert_true(dec_eq(c[1].adjusted, of("0.5")));
}

/* Prices and events of nowhere in particular, but always the same. */
static uint64_t
draw(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33);
}

enum { SESSIONS = 400 };

static void
adjusted_returns_are_those_of_who_reinvests(void **state)
{
	static struct closing c[SESSIONS];
	static struct dividend d[SESSIONS];
	static struct split s[SESSIONS];
	struct events ev = { d, 0, s, 0 };
	uint64_t seed = 7;
	double units = 1, paid, before;
	size_t i, dividend = 0, split = 0;

	(void)state;
	for (i = 0; i < SESSIONS; i++) {
		c[i].day = day_add(on(1), (int)i);
		c[i].close = dec_units(1000 + (int64_t)(draw(&seed) % 9000), 2);
		if (draw(&seed) % 9 == 0)
			d[ev.dividend_n++] = (struct dividend){ c[i].day,
			    dec_units(1 + (int64_t)(draw(&seed) % 90), 2) };
		if (draw(&seed) % 40 == 0)
			s[ev.split_n++] = (struct split){ c[i].day,
			    1 + (int64_t)(draw(&seed) % 7),
			    1 + (int64_t)(draw(&seed) % 3) };
	}
	assert_int_equal(closings_adjust(c, SESSIONS, &ev), 0);
	for (i = 0; i < SESSIONS; i++) {
		before = i == 0 ? 0 : dec_double(c[i - 1].close);
		for (; split < ev.split_n &&
		    day_cmp(s[split].ex_day, c[i].day) == 0; split++)
			if (i > 0) {
				units *= (double)s[split].numerator /
				    (double)s[split].denominator;
				before *= (double)s[split].denominator /
				    (double)s[split].numerator;
			}
		for (; dividend < ev.dividend_n &&
		    day_cmp(d[dividend].ex_day, c[i].day) == 0; dividend++)
			if (i > 0) {
				paid = dec_double(d[dividend].amount);
				units *= before / (before - paid);
			}
		assert_true(fabs(units * dec_double(c[i].close) /
		    dec_double(c[0].close) / (dec_double(c[i].adjusted) /
		    dec_double(c[0].adjusted)) - 1) < 1e-12);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_events_nothing_is_adjusted),
		cmocka_unit_test(a_split_then_a_dividend),
		cmocka_unit_test(a_reverse_split_makes_old_prices_larger),
		cmocka_unit_test(three_for_two_is_not_rounded_in_between),
		cmocka_unit_test(a_dividend_on_the_day_of_a_split),
		cmocka_unit_test(
		    an_ex_day_without_a_session_counts_on_the_next),
		cmocka_unit_test(events_that_no_session_has_reached_do_nothing),
		cmocka_unit_test(a_dividend_not_below_the_price_is_passed_over),
		cmocka_unit_test(adjusted_returns_are_those_of_who_reinvests),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
