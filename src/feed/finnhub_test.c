/* What Finnhub's answers mean, the recorded ones and worse. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feed/finnhub.h"

/* 2026-05-22 20:01:40 UTC, 100 s after the recorded quote. */
#define NOW ((instant){ INT64_C(1779480100) * 1000000 })

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena, 8 << 20, NULL, NULL);
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

static struct outbound_reply
reply(long status, const char *body)
{
	return ((struct outbound_reply){ status, str_of(body) });
}

static enum feed_answer
quote_of(long status, const char *body, struct quote *q)
{
	struct outbound_reply r = reply(status, body);

	return (finnhub_read_quote(&arena, &r, S("AAPL"), NOW, q));
}

static bool
dec_is(dec d, const char *text)
{
	dec want;

	return (dec_parse(str_of(text), &want) == OK && dec_eq(d, want));
}

static void
quote_is_read_as_it_was_sent(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(
	    quote_of(200,
		"{\"c\":308.82,\"d\":3.83,"
		"\"dp\":1.2558,\"h\":311.4,\"l\":305.84,\"o\":306.12,"
		"\"pc\":304.99,\"t\":1779480000}",
		&q),
	    FEED_OK);
	assert_true(dec_is(q.price, "308.82"));
	assert_true(dec_is(q.high, "311.4"));
	assert_true(dec_is(q.low, "305.84"));
	assert_true(dec_is(q.open, "306.12"));
	assert_true(dec_is(q.previous_close, "304.99"));
	assert_true(dec_is(q.change, "3.83"));
	assert_true(fabs(q.percent_change - 3.83 / 304.99) < 1e-12);
	assert_int_equal(q.as_of.us, INT64_C(1779480000) * 1000000);
	assert_int_equal(q.age_s, 100);
	assert_true(str_eqz(q.symbol, "AAPL"));
	assert_true(str_eqz(q.source, "finnhub"));
	assert_null(q.currency.p);
	assert_false(q.stale);
}

static void
many_places_bring_no_noise(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(quote_of(200,
			     "{\"c\":0.1,\"pc\":125.85669708251953,"
			     "\"o\":1e2,\"t\":1779480000}",
			     &q),
	    FEED_OK);
	assert_true(dec_is(q.price, "0.1"));
	assert_true(dec_is(q.previous_close, "125.85669708251953"));
	assert_true(dec_is(q.open, "100"));
	assert_false(dec_ok(q.high));
}

static void
unknown_symbol_has_no_time(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(quote_of(200,
			     "{\"c\":0,\"d\":null,\"dp\":null,"
			     "\"h\":0,\"l\":0,\"o\":0,\"pc\":0,\"t\":0}",
			     &q),
	    FEED_UNKNOWN_SYMBOL);
}

static void
new_listing_has_no_day_before(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(quote_of(200,
			     "{\"c\":20.5,\"pc\":0,\"o\":20,"
			     "\"h\":21,\"l\":19,\"t\":1779480000}",
			     &q),
	    FEED_OK);
	assert_false(dec_ok(q.previous_close));
	assert_false(dec_ok(q.change));
	assert_true(isnan(q.percent_change));
}

static void
nonsense_never_gets_through(void **state)
{
	static const char *const bodies[] = {
		"",
		" ",
		"null",
		"[]",
		"1",
		"\"c\"",
		"{",
		"{}",
		"<!DOCTYPE html><html>",
		"{\"c\":308.82,\"t\":17794",
		"{\"c\":308.82}",
		"{\"t\":1779480000}",
		"{\"c\":0,\"t\":1779480000}",
		"{\"c\":-1,\"t\":1779480000}",
		"{\"c\":-0.0,\"t\":1779480000}",
		"{\"c\":NaN,\"t\":1779480000}",
		"{\"c\":Infinity,\"t\":1779480000}",
		"{\"c\":1e400,\"t\":1779480000}",
		"{\"c\":1e40,\"t\":1779480000}",
		"{\"c\":1e-400,\"t\":1779480000}",
		"{\"c\":1e-30,\"t\":1779480000}",
		"{\"c\":\"308.82\",\"t\":1779480000}",
		"{\"c\":true,\"t\":1779480000}",
		"{\"c\":[308.82],\"t\":1779480000}",
		"{\"c\":{\"c\":1},\"t\":1779480000}",
		"{\"c\":308.82,\"pc\":-1,\"t\":1779480000}",
		"{\"c\":308.82,\"pc\":\"1\",\"t\":1779480000}",
		"{\"c\":308.82,\"h\":{},\"t\":1779480000}",
		"{\"c\":308.82,\"t\":\"1779480000\"}",
		"{\"c\":308.82,\"t\":1779480000.5}",
		"{\"c\":308.82,\"t\":-5}",
		"{\"c\":308.82,\"t\":1779999999}",
		"{\"c\":308.82,\"t\":1779480000123}",
		"{\"c\":308.82,\"t\":99999999999999999999}",
		"{\"c\":308.82,\"t\":1779480000}x",
		"{\"c\":308.82 \"t\":1779480000}",
		"{\"error\":1}",
	};
	struct quote q;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		if (quote_of(200, bodies[i], &q) != FEED_NONSENSE)
			fail_msg("%s", bodies[i]);
}

/* A quote cut anywhere is nonsense. */
static void
truncated_quote_is_nonsense(void **state)
{
	static const char whole[] =
	    "{\"c\":308.82,\"d\":3.83,\"h\":311.4,"
	    "\"l\":305.84,\"o\":306.12,\"pc\":304.99,\"t\":1779480000}";
	struct outbound_reply r = { 200, { whole, 0 } };
	struct quote q;

	(void)state;
	for (; r.body.n < sizeof(whole) - 1; r.body.n++)
		assert_int_equal(
		    finnhub_read_quote(&arena, &r, S("A"), NOW, &q),
		    FEED_NONSENSE);
	assert_int_equal(
	    finnhub_read_quote(&arena, &r, S("A"), NOW, &q), FEED_OK);
}

static void
deep_nesting_is_refused_before_it_is_parsed(void **state)
{
	struct outbound_reply r = { 200, STR_NONE };
	char *deep = arena_alloc(&arena, 200000);
	struct quote q;

	(void)state;
	memset(deep, '[', 200000);
	r.body = (str){ deep, 200000 };
	assert_int_equal(
	    finnhub_read_quote(&arena, &r, S("A"), NOW, &q), FEED_NONSENSE);
}

static void
refusals_are_told_apart(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(
	    quote_of(401, "{\"error\":\"Invalid API key.\"}", &q), FEED_KEY);
	assert_int_equal(quote_of(403,
			     "{\"error\":\"You don't have access "
			     "to this resource.\"}",
			     &q),
	    FEED_NOT_ENTITLED);
	assert_int_equal(quote_of(429, "", &q), FEED_RATE_LIMITED);
	assert_int_equal(
	    quote_of(200, "{\"error\":\"API limit reached.\"}", &q),
	    FEED_RATE_LIMITED);
	assert_int_equal(quote_of(200,
			     "{\"error\":\"Please use an API "
			     "key.\"}",
			     &q),
	    FEED_KEY);
	assert_int_equal(quote_of(200,
			     "{\"error\":\"You don't have access"
			     "\"}",
			     &q),
	    FEED_NOT_ENTITLED);
	assert_int_equal(quote_of(200, "{\"error\":\"?\"}", &q), FEED_UPSTREAM);
	assert_int_equal(quote_of(302, "", &q), FEED_UPSTREAM);
	assert_int_equal(quote_of(404, "", &q), FEED_UPSTREAM);
	assert_int_equal(quote_of(500, "{\"c\":1}", &q), FEED_UPSTREAM);
	assert_int_equal(quote_of(503, "<html>", &q), FEED_UPSTREAM);
}

static void
market_cap_is_told_in_units(void **state)
{
	struct outbound_reply r = reply(200,
	    "{\"country\":\"US\","
	    "\"currency\":\"USD\",\"exchange\":\"NASDAQ\","
	    "\"finnhubIndustry\":\"Technology\",\"ipo\":\"1980-12-12\","
	    "\"logo\":\"https://x.example/AAPL.png\","
	    "\"marketCapitalization\":4535749.272209372,"
	    "\"name\":\"Apple Inc\",\"shareOutstanding\":14687.36,"
	    "\"ticker\":\"AAPL\",\"weburl\":\"https://www.apple.com/\"}");
	struct profile p;

	(void)state;
	assert_int_equal(
	    finnhub_read_profile(&arena, &r, S("AAPL"), &p), FEED_OK);
	assert_true(dec_is(p.market_cap, "4535749272209.372"));
	assert_true(dec_is(p.shares, "14687360000"));
	assert_true(str_eqz(p.name, "Apple Inc"));
	assert_true(str_eqz(p.sector, "Technology"));
	assert_true(str_eqz(p.website, "https://www.apple.com/"));
	assert_int_equal(day_cmp(p.ipo, day_of(1980, 12, 12)), 0);
	r = reply(200, "{}");
	assert_int_equal(
	    finnhub_read_profile(&arena, &r, S("Z"), &p), FEED_UNKNOWN_SYMBOL);
	r = reply(200, "{\"ticker\":\"Z\"}");
	assert_int_equal(
	    finnhub_read_profile(&arena, &r, S("Z"), &p), FEED_NONSENSE);
}

static void
odd_members_of_a_profile_are_left_out(void **state)
{
	struct outbound_reply r = reply(200,
	    "{\"name\":\"X\",\"ipo\":"
	    "\"soon\",\"logo\":\"javascript:alert(1)\",\"weburl\":"
	    "\"https://x/\\\"onload=\",\"marketCapitalization\":\"much\","
	    "\"shareOutstanding\":-1,\"country\":7,\"currency\":\"\"}");
	struct profile p;

	(void)state;
	assert_int_equal(finnhub_read_profile(&arena, &r, S("X"), &p), FEED_OK);
	assert_false(day_ok(p.ipo));
	assert_null(p.logo.p);
	assert_null(p.website.p);
	assert_false(dec_ok(p.market_cap));
	assert_false(dec_ok(p.shares));
	assert_null(p.country.p);
	assert_null(p.currency.p);
}

static void
long_name_is_cut_between_letters(void **state)
{
	char *body = arena_alloc(&arena, 2048);
	struct outbound_reply r;
	struct profile p;
	size_t n;

	(void)state;
	n = (size_t)sprintf(body, "{\"name\":\"");
	for (int i = 0; i < 300; i++)
		n += (size_t)sprintf(body + n, "\xc3\xa9");
	sprintf(body + n, "\"}");
	r = reply(200, body);
	assert_int_equal(finnhub_read_profile(&arena, &r, S("X"), &p), FEED_OK);
	assert_int_equal(p.name.n, 400);
	assert_true(str_utf8(p.name));
}

static void
search_gives_symbols_names_and_kinds(void **state)
{
	struct outbound_reply r = reply(200,
	    "{\"count\":4,\"result\":["
	    "{\"description\":\"Apple \\u0026 Co\",\"symbol\":\"AAPL\","
	    "\"type\":\"Common Stock\"},{\"symbol\":\"\"},7,"
	    "{\"symbol\":\"MUCHTOOLONGASYMBOL\"},"
	    "{\"symbol\":\"SPY\",\"type\":\"ETP\"}]}");
	const struct match *m;
	struct list l;

	(void)state;
	assert_int_equal(finnhub_read_search(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 2);
	m = l.v;
	assert_true(str_eqz(m[0].name, "Apple & Co"));
	assert_true(str_eqz(m[0].kind, "stock"));
	assert_true(str_eqz(m[1].symbol, "SPY"));
	assert_true(str_eqz(m[1].kind, "etf"));
	r = reply(200, "{\"count\":0,\"result\":{}}");
	assert_int_equal(finnhub_read_search(&arena, &r, &l), FEED_NONSENSE);
}

/* The recorded answers, where they are at hand. */
static struct outbound_reply
recorded(const char *name)
{
	const char *shared = getenv("BURSAR_SHARED");
	char path[512], *body = arena_alloc(&arena, 65536);
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "%s/data/providers/finnhub/%s",
	    shared != NULL ? shared : "../shared", name);
	if ((file = fopen(path, "r")) == NULL) {
		print_message("no %s: skipped\n", path);
		skip();
	}
	n = fread(body, 1, 65535, file);
	fclose(file);
	return ((struct outbound_reply){ 200, { body, n } });
}

static void
recorded_answers_are_understood(void **state)
{
	struct outbound_reply r = recorded("quote-AAPL.json");
	struct profile p;
	struct quote q;
	struct list l;

	(void)state;
	assert_int_equal(
	    finnhub_read_quote(&arena, &r, S("AAPL"), NOW, &q), FEED_OK);
	assert_true(dec_is(q.price, "308.82"));
	r = recorded("profile2-AAPL.json");
	assert_int_equal(
	    finnhub_read_profile(&arena, &r, S("AAPL"), &p), FEED_OK);
	assert_true(dec_is(p.market_cap, "4535749272209.372"));
	r = recorded("search-apple.json");
	assert_int_equal(finnhub_read_search(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quote_is_read_as_it_was_sent),
		cmocka_unit_test(many_places_bring_no_noise),
		cmocka_unit_test(unknown_symbol_has_no_time),
		cmocka_unit_test(new_listing_has_no_day_before),
		cmocka_unit_test(nonsense_never_gets_through),
		cmocka_unit_test(truncated_quote_is_nonsense),
		cmocka_unit_test(deep_nesting_is_refused_before_it_is_parsed),
		cmocka_unit_test(refusals_are_told_apart),
		cmocka_unit_test(market_cap_is_told_in_units),
		cmocka_unit_test(odd_members_of_a_profile_are_left_out),
		cmocka_unit_test(long_name_is_cut_between_letters),
		cmocka_unit_test(search_gives_symbols_names_and_kinds),
		cmocka_unit_test(recorded_answers_are_understood),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
