/* What Finnhub's stream says, and worse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feed/finnhub_trades.h"

/* A second after the trade of the documentation's example. */
#define NOW ((instant){ INT64_C(1628238531221) * 1000 })

static struct arena a;
static struct list list;

static int
begin(void **state)
{
	(void)state;
	arena_init(&a, 16 << 20, NULL, NULL);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&a);
	arena_pool_drop();
	return (0);
}

static enum trades_said
said(const char *message)
{
	return (finnhub_read_trades(&a, str_of(message), NOW, &list));
}

static bool
trade_is(size_t i, const char *symbol, const char *price, int64_t ms)
{
	const struct trade *t = (struct trade *)list.v + i;
	dec want;

	return (i < list.n && str_eqz(t->symbol, symbol) &&
	    dec_parse(str_of(price), &want) == OK && dec_eq(t->price, want) &&
	    t->at.us == ms * 1000);
}

static void
a_message_mixes_trades_of_several_symbols(void **state)
{
	(void)state;
	assert_int_equal(said("{\"type\":\"trade\",\"data\":["
	    "{\"s\":\"AAPL\",\"p\":146.76,\"v\":43,\"t\":1628238530221,"
	    "\"c\":[\"1\",\"24\",\"12\"]},"
	    "{\"c\":null,\"p\":43123.000000000000000001,\"s\":"
	    "\"BINANCE:BTCUSDT\",\"t\":1628238530222,\"v\":0},"
	    " {\"s\":\"AAPL\",\"p\":1.4677e2,\"v\":1,\"t\":1628238530223}]}"),
	    SAID_TRADES);
	assert_int_equal(list.n, 3);
	assert_true(trade_is(0, "AAPL", "146.76", 1628238530221));
	assert_true(trade_is(1, "BINANCE:BTCUSDT", "43123.000000000000000001",
	    1628238530222));
	assert_true(trade_is(2, "AAPL", "146.77", 1628238530223));
}

static void
what_is_no_trade_is_left_out_and_its_neighbours_are_not(void **state)
{
	static const char *const bad[] = { "1", "null", "[]", "{}", "\"}\"",
	    "{\"p\":1,\"t\":1628238530221}",
	    "{\"s\":\"\",\"p\":1,\"t\":1628238530221}",
	    "{\"s\":7,\"p\":1,\"t\":1628238530221}",
	    "{\"s\":\"A B\",\"p\":1,\"t\":1628238530221}",
	    "{\"s\":\"A\\u0041\",\"p\":1,\"t\":1628238530221}",
	    "{\"s\":\"ABCDEFGHIJKLMNOPQ\",\"p\":1,\"t\":1628238530221}",
	    "{\"s\":\"X\",\"p\":0,\"t\":1628238530221}",
	    "{\"s\":\"X\",\"p\":-1,\"t\":1628238530221}",
	    "{\"s\":\"X\",\"p\":\"1\",\"t\":1628238530221}",
	    "{\"s\":\"X\",\"p\":1e300,\"t\":1628238530221}",
	    "{\"s\":\"X\",\"p\":1}", "{\"s\":\"X\",\"p\":1,\"t\":0}",
	    "{\"s\":\"X\",\"p\":1,\"t\":1628238530}",
	    "{\"s\":\"X\",\"p\":1,\"t\":1628324931222}",
	    "{\"s\":\"X\",\"p\":1,\"t\":1.6e12}" };
	char text[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), "{\"data\":["
		    "{\"s\":\"A\",\"p\":1,\"t\":1628238530221},%s,"
		    "{\"s\":\"B\",\"p\":2,\"t\":1628238530221}],"
		    "\"type\":\"trade\"}", bad[i]);
		assert_int_equal(said(text), SAID_TRADES);
		assert_int_equal(list.n, 2);
		assert_true(trade_is(0, "A", "1", 1628238530221));
		assert_true(trade_is(1, "B", "2", 1628238530221));
	}
}

static void
other_messages_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(said("{\"type\":\"ping\"}"), SAID_ALIVE);
	assert_int_equal(said("{\"type\":\"error\",\"msg\":"
	    "\"Subscribing to too many symbols\"}"), SAID_FULL);
	assert_int_equal(said("{\"type\":\"error\",\"msg\":"
	    "\"Invalid API key\"}"), SAID_KEY);
	assert_int_equal(said("{\"type\":\"error\",\"msg\":\"x\"}"),
	    SAID_ERROR);
	assert_int_equal(list.n, 0);
}

static void
nonsense_is_called_so(void **state)
{
	static const char *const nonsense[] = { "", "{", "null", "[]", "1",
	    "\"trade\"", "{}", "{\"type\":1}", "{\"type\":\"trade\"}",
	    "{\"type\":\"trade\",\"data\":{}}", "{\"type\":\"news\"}",
	    "{\"type\":\"error\"}", "{\"type\":\"trade\",\"data\":[}]",
	    "{\"type\":\"trade\",\"data\":[]} x" };
	char deep[9000];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
		assert_int_equal(said(nonsense[i]), SAID_NONSENSE);
		assert_int_equal(list.n, 0);
	}
	memset(deep, '[', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	assert_int_equal(said(deep), SAID_NONSENSE);
}

static void
subscriptions_are_asked_for_by_symbol(void **state)
{
	(void)state;
	assert_true(str_eqz(finnhub_trades_ask(&a, S("BRK.B"), true),
	    "{\"type\":\"subscribe\",\"symbol\":\"BRK.B\"}"));
	assert_true(str_eqz(finnhub_trades_ask(&a, S("AAPL"), false),
	    "{\"type\":\"unsubscribe\",\"symbol\":\"AAPL\"}"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
		T(a_message_mixes_trades_of_several_symbols),
		T(what_is_no_trade_is_left_out_and_its_neighbours_are_not),
		T(other_messages_are_told_apart),
		T(nonsense_is_called_so),
		T(subscriptions_are_asked_for_by_symbol),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
