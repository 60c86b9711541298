/*
 * Recent quotes: what was put is got, for a second, by its own name only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "market/recent.h"

static struct arena a;

static struct quote
quote_made(str symbol, int64_t cents)
{
	return ((struct quote){ .symbol = symbol,
	    .price = dec_units(cents, 2), .currency = S("USD"),
	    .as_of = instant_now(), .source = S("simulated") });
}

static void
a_quote_that_was_put_is_got(void **state)
{
	struct quote in, out;

	(void)state;
	in = quote_made(S("AAPL"), 17550);
	in.as_of.us -= 5000000;
	recent_put(&in);
	assert_true(recent_get(&a, S("AAPL"), &out));
	assert_true(dec_eq(out.price, dec_units(17550, 2)));
	assert_true(str_eq(out.symbol, S("AAPL")));
	assert_true(str_eq(out.source, S("simulated")));
	assert_in_range(out.age_s, 5, 6);
	assert_false(recent_get(&a, S("AAP"), &out));
	assert_false(recent_get(&a, S(""), &out));
}

static void
a_newer_quote_takes_its_place(void **state)
{
	struct quote q, out;

	(void)state;
	q = quote_made(S("MSFT"), 1);
	recent_put(&q);
	q = quote_made(S("MSFT"), 2);
	recent_put(&q);
	assert_true(recent_get(&a, S("MSFT"), &out));
	assert_true(dec_eq(out.price, dec_units(2, 2)));
}

static void
a_name_too_long_is_not_kept(void **state)
{
	const str name = S("A-NAME-THAT-NO-EXCHANGE-WOULD-GIVE");
	struct quote q, out;

	(void)state;
	q = quote_made(name, 1);
	recent_put(&q);
	assert_false(recent_get(&a, name, &out));
}

static void
a_second_later_it_is_forgotten(void **state)
{
	struct quote q, out;

	(void)state;
	q = quote_made(S("TSLA"), 1);
	recent_put(&q);
	usleep(1100 * 1000);
	assert_false(recent_get(&a, S("TSLA"), &out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quote_that_was_put_is_got),
		cmocka_unit_test(a_newer_quote_takes_its_place),
		cmocka_unit_test(a_name_too_long_is_not_kept),
		cmocka_unit_test(a_second_later_it_is_forgotten),
	};

	arena_init(&a, 1 << 20, NULL, NULL);
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
