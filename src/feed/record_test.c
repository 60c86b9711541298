/* What is written is read again, and nothing else is. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "feed/record.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena, 1 << 20, NULL, NULL);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_drop(&arena);
	arena_pool_drop();
	return (0);
}

static struct quote
quote(void)
{
	return ((struct quote){ .symbol = S("BRK.B"),
	    .price = dec_units(12585669708251953, 14),
	    .previous_close = dec_of(126),
	    .open = dec_of(125),
	    .high = DEC_NONE,
	    .low = dec_units(12475, 2),
	    .currency = STR_NONE,
	    .as_of = { 1779480000123456 },
	    .source = S("finnhub") });
}

static void
quote_comes_back_whole(void **state)
{
	struct quote q = quote(), r;

	(void)state;
	assert_true(record_quote_read(record_quote(&arena, &q), &r));
	assert_true(str_eq(r.symbol, q.symbol));
	assert_true(dec_eq(r.price, q.price));
	assert_true(dec_eq(r.previous_close, q.previous_close));
	assert_true(dec_eq(r.open, q.open));
	assert_false(dec_ok(r.high));
	assert_true(dec_eq(r.low, q.low));
	assert_null(r.currency.p);
	assert_int_equal(r.as_of.us, q.as_of.us);
	assert_true(str_eq(r.source, q.source));
	assert_true(dec_eq(r.change, dec_sub(q.price, q.previous_close)));
	assert_true(
	    fabs(r.percent_change - (125.85669708251953 - 126) / 126) < 1e-15);
}

static void
quote_without_a_day_before_has_no_change(void **state)
{
	struct quote q = quote(), r;

	(void)state;
	q.previous_close = DEC_NONE;
	assert_true(record_quote_read(record_quote(&arena, &q), &r));
	assert_false(dec_ok(r.change));
	assert_true(isnan(r.percent_change));
}

static void
profile_comes_back_whole(void **state)
{
	struct profile p = { .symbol = S("A"),
		.name = S("one\ntwo"),
		.kind = S("stock"),
		.country = S("US"),
		.ipo = day_of(1980, 12, 12),
		.market_cap = dec_of(4535749272209),
		.shares = DEC_NONE,
		.logo = S("https://x/y.png"),
		.source = S("finnhub") },
		       r;

	(void)state;
	assert_true(record_profile_read(record_profile(&arena, &p), &r));
	assert_true(str_eqz(r.name, "one two"));
	assert_true(str_eq(r.logo, p.logo));
	assert_null(r.website.p);
	assert_int_equal(day_cmp(r.ipo, p.ipo), 0);
	assert_true(dec_eq(r.market_cap, p.market_cap));
	assert_false(dec_ok(r.shares));
	p.ipo = DAY_NONE;
	assert_true(record_profile_read(record_profile(&arena, &p), &r));
	assert_false(day_ok(r.ipo));
}

static void
matches_come_back_in_order(void **state)
{
	struct match m[2] = { { S("AAPL"), S("Apple"), S("stock") },
		{ S("APLE"), STR_NONE, S("stock") } };
	struct list l = { m, 2 }, r;
	const struct match *v;

	(void)state;
	assert_true(
	    record_matches_read(&arena, record_matches(&arena, &l), &r));
	assert_int_equal(r.n, 2);
	v = r.v;
	assert_true(str_eqz(v[0].symbol, "AAPL"));
	assert_true(str_eqz(v[1].symbol, "APLE"));
	assert_null(v[1].name.p);
	l.n = 0;
	assert_true(
	    record_matches_read(&arena, record_matches(&arena, &l), &r));
	assert_int_equal(r.n, 0);
}

/* Every shortened text, and each with one byte changed, is refused or read
 * as something with a price above zero. */
static void
damaged_quote_never_has_a_bad_price(void **state)
{
	struct quote q = quote(), r;
	str text = record_quote(&arena, &q);
	char copy[256];

	(void)state;
	for (size_t n = 0; n < text.n - 1; n++)
		assert_false(record_quote_read((str){ text.p, n }, &r) &&
		    n < text.n - 10);
	for (size_t i = 0; i < text.n; i++)
		for (const char *c = "\n-0x"; *c != '\0'; c++) {
			memcpy(copy, text.p, text.n);
			copy[i] = *c;
			if (record_quote_read((str){ copy, text.n }, &r)) {
				assert_true(dec_sign(r.price) > 0);
				assert_non_null(r.symbol.p);
			}
		}
}

static void
other_forms_are_refused(void **state)
{
	struct quote q;
	struct profile p;
	struct list l;

	(void)state;
	assert_false(record_quote_read(S(""), &q));
	assert_false(record_quote_read(STR_NONE, &q));
	assert_false(record_quote_read(S("quote 2\nA\n1\n"), &q));
	assert_false(record_quote_read(S("{\"c\":1}"), &q));
	assert_false(record_profile_read(S("quote 1\n"), &p));
	assert_false(record_matches_read(&arena, S("matches 1\n\n\n\n"), &l));
	assert_false(record_matches_read(&arena, S("matches 1\nA\n"), &l));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quote_comes_back_whole),
		cmocka_unit_test(quote_without_a_day_before_has_no_change),
		cmocka_unit_test(profile_comes_back_whole),
		cmocka_unit_test(matches_come_back_in_order),
		cmocka_unit_test(damaged_quote_never_has_a_bad_price),
		cmocka_unit_test(other_forms_are_refused),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
