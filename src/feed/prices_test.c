/* Bars, dividends and splits of the providers that have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "feed/recorded.h"

#define LATER ((instant){ INT64_C(1790000000) * 1000000 })

/* ---- Finnhub ------------------------------------------------------------- */

static void
finnhub_candles_are_days_of_their_exchange(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded("providers/finnhub/candle-AAPL-D.json"));
	struct list l;

	(void)state;
	assert_answer(finnhub_read_candles(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 3);
	assert_int_equal(
	    day_cmp(AT(l, daily_bar, 0)->day, on("2019-09-24")), 0);
	assert_true(dec_is(AT(l, daily_bar, 1)->low, "217.1402"));
	assert_true(dec_is(AT(l, daily_bar, 2)->volume, "20730608"));
	r = answer(200, recorded("providers/finnhub/candle-no_data.json"));
	assert_answer(finnhub_read_candles(&arena, &r, &l), FEED_NO_DATA);
}

static void
finnhub_columns_of_different_length_are_nonsense(void **state)
{
	static const char *const bad[] = {
		"{\"s\":\"ok\",\"t\":[1,2],\"o\":[1],\"h\":[1],\"l\":[1],"
		"\"c\":[1],\"v\":[1]}",
		"{\"s\":\"ok\",\"t\":[1],\"o\":[1],\"h\":[1,2],\"l\":[1],"
		"\"c\":[1],\"v\":[1]}",
		"{\"s\":\"ok\",\"t\":[1]}",
		"{\"s\":\"maybe\"}",
		"{}",
		"[]",
		"<html>",
		"{\"s\":\"ok\",\"t\":[\"x\"],\"o\":[1],\"h\":[1],"
		"\"l\":[1],\"c\":[1],\"v\":[1]}",
	};
	struct outbound_reply r;
	struct list l;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = said(bad[i]);
		assert_answer(
		    finnhub_read_candles(&arena, &r, &l), FEED_NONSENSE);
	}
	r = said("{\"error\":\"You don't have access to this resource.\"}");
	assert_answer(finnhub_read_candles(&arena, &r, &l), FEED_NOT_ENTITLED);
	r = said("{\"error\":\"API limit reached.\"}");
	assert_answer(finnhub_read_candles(&arena, &r, &l), FEED_RATE_LIMITED);
}

static void
finnhub_events_are_read(void **state)
{
	struct outbound_reply r =
	    said("[{\"symbol\":\"X\",\"date\":\"2020-08-31\",\"fromFactor\":1,"
		 "\"toFactor\":4},{\"date\":\"2021-01-04\",\"fromFactor\":1.5,"
		 "\"toFactor\":1}]");
	struct list l;

	(void)state;
	assert_answer(finnhub_read_splits(&arena, &r, &l), FEED_OK);
	assert_int_equal(AT(l, split, 0)->numerator, 4);
	assert_int_equal(AT(l, split, 0)->denominator, 1);
	assert_int_equal(AT(l, split, 1)->numerator, 2);
	assert_int_equal(AT(l, split, 1)->denominator, 3);
	r = said("[{\"date\":\"2024-05-10\",\"amount\":12.5,"
		 "\"currency\":\"GBp\"},{\"date\":\"2024-08-12\","
		 "\"amount\":0.25,\"currency\":\"USD\"}]");
	assert_answer(finnhub_read_dividends(&arena, &r, &l), FEED_OK);
	assert_true(dec_is(AT(l, dividend, 0)->amount, "0.125"));
	assert_true(dec_is(AT(l, dividend, 1)->amount, "0.25"));
	r = said("[{\"date\":\"soon\",\"amount\":1}]");
	assert_answer(finnhub_read_dividends(&arena, &r, &l), FEED_NONSENSE);
}

static void
finnhub_lists_symbols_and_figures(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded("providers/finnhub/stock-symbol-US.json"));
	struct list l;

	(void)state;
	assert_answer(finnhub_read_symbols(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 7);
	assert_true(str_eqz(AT(l, listing, 1)->symbol, "SPOT"));
	assert_true(str_eqz(AT(l, listing, 1)->mic, "XNYS"));
	assert_true(str_eqz(AT(l, listing, 1)->figi, "BBG003T4VFC2"));
	assert_null(AT(l, listing, 1)->isin.p);
	assert_true(str_eqz(AT(l, listing, 2)->kind, "etf"));
	r = answer(200, recorded("providers/finnhub/metric-AAPL.json"));
	assert_answer(finnhub_read_metrics(&arena, &r, &l), FEED_OK);
	assert_true(
	    str_eqz(AT(l, metric, 0)->name, "10DayAverageTradingVolume"));
	assert_true(dec_is(AT(l, metric, 0)->value, "43.24591"));
	for (size_t i = 0; i < l.n; i++)
		assert_false(str_eqz(AT(l, metric, i)->name, "52WeekHighDate"));
	r = said("{\"metric\":{},\"series\":{}}");
	assert_answer(
	    finnhub_read_metrics(&arena, &r, &l), FEED_UNKNOWN_SYMBOL);
}

/* ---- Alpha Vantage ------------------------------------------------------- */

#define AV "providers/alphavantage/"

static void
alphavantage_quote_is_of_a_day(void **state)
{
	struct outbound_reply r = answer(200, recorded(AV "global_quote.json"));
	struct quote q;

	(void)state;
	assert_answer(
	    alphavantage_read_quote(&arena, &r, S("MSFT"), &q), FEED_OK);
	assert_true(dec_is(q.price, "112.13"));
	assert_true(dec_is(q.previous_close, "112.79"));
	assert_true(dec_is(q.change, "-0.66"));
	assert_int_equal(day_cmp(day_of_instant(q.as_of), on("2018-10-05")), 0);
	r = said("{\"Global Quote\":{\"05. price\":\"0.0000\","
		 "\"07. latest trading day\":\"2024-01-02\"}}");
	assert_answer(
	    alphavantage_read_quote(&arena, &r, S("X"), &q), FEED_NONSENSE);
	r = said("{\"Global Quote\":{\"05. price\":\"1.5\","
		 "\"07. latest trading day\":\"2999-01-02\"}}");
	assert_answer(
	    alphavantage_read_quote(&arena, &r, S("X"), &q), FEED_NONSENSE);
}

static void
alphavantage_says_no_with_a_smile(void **state)
{
	static const enum feed_answer want[] = { FEED_RATE_LIMITED,
		FEED_RATE_LIMITED, FEED_RATE_LIMITED, FEED_UNKNOWN_SYMBOL,
		FEED_KEY, FEED_KEY, FEED_UNKNOWN_SYMBOL };
	str cases = str_trim(recorded(AV "errors.json")), one;
	struct outbound_reply r;
	struct quote q;
	size_t n = 0;

	(void)state;
	while (view_item(&cases, &one)) {
		r = answer(200, view_member(one, "body"));
		assert_answer(
		    alphavantage_read_quote(&arena, &r, S("X"), &q), want[n]);
		n++;
	}
	assert_int_equal(n, sizeof(want) / sizeof(want[0]));
	r = said("{\"Information\":\"This is a premium endpoint.\"}");
	assert_answer(
	    alphavantage_read_quote(&arena, &r, S("X"), &q), FEED_NOT_ENTITLED);
}

static void
alphavantage_series_are_read_whatever_their_ordinals(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded(AV "mock_time_series.json"));
	struct list l, splits;

	(void)state;
	assert_answer(alphavantage_read_intraday(&arena, &r, &l), FEED_OK);
	assert_true(l.n > 50);
	/* 14:56 in December is five hours behind. */
	assert_int_equal(
	    AT(l, intraday_bar, 0)->at.us / 1000000, INT64_C(1513626960));
	assert_true(dec_is(AT(l, intraday_bar, 0)->close, "86.5"));
	r = said("{\"Meta Data\":{},\"Time Series (Daily)\":{\"2024-06-10\":"
		 "{\"1. open\":\"120.37\",\"2. high\":\"123.1\",\"3. low\":"
		 "\"117.01\",\"4. close\":\"121.79\",\"5. adjusted close\":"
		 "\"121.7\",\"6. volume\":\"314162700\",\"7. dividend amount\""
		 ":\"0.0100\",\"8. split coefficient\":\"10.0\"}}}");
	assert_answer(alphavantage_read_bars(&arena, &r, &l), FEED_OK);
	assert_true(dec_is(AT(l, daily_bar, 0)->close, "121.79"));
	assert_true(dec_is(AT(l, daily_bar, 0)->volume, "314162700"));
	assert_answer(
	    alphavantage_read_events(&arena, &r, &l, &splits), FEED_OK);
	assert_true(dec_is(AT(l, dividend, 0)->amount, "0.01"));
	assert_int_equal(AT(splits, split, 0)->numerator, 10);
	assert_int_equal(AT(splits, split, 0)->denominator, 1);
	r = said("{\"Time Series (Daily)\":{\"today\":{}}}");
	assert_answer(alphavantage_read_bars(&arena, &r, &l), FEED_NONSENSE);
}

static void
alphavantage_overview_is_a_profile_and_figures(void **state)
{
	struct outbound_reply r = said(
	    "{\"Symbol\":\"IBM\",\"AssetType\":\"Common Stock\",\"Name\":"
	    "\"International Business Machines\",\"CIK\":\"51143\","
	    "\"Currency\":\"USD\",\"Industry\":\"None\",\"Sector\":\"-\","
	    "\"OfficialSite\":\"javascript:alert(1)\","
	    "\"MarketCapitalization\":\"204000000000\",\"Beta\":\"0.64\","
	    "\"EPS\":\"-1.5\",\"PEGRatio\":\"None\"}");
	struct profile p;
	struct list l;

	(void)state;
	assert_answer(
	    alphavantage_read_profile(&arena, &r, S("IBM"), &p), FEED_OK);
	assert_true(str_eqz(p.name, "International Business Machines"));
	assert_true(dec_is(p.market_cap, "204000000000"));
	assert_false(dec_ok(p.shares));
	assert_null(p.industry.p);
	assert_null(p.sector.p);
	assert_null(p.website.p);
	assert_answer(alphavantage_read_metrics(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 3);
	assert_true(dec_is(AT(l, metric, 2)->value, "-1.5"));
	r = said("{}");
	assert_answer(alphavantage_read_profile(&arena, &r, S("X"), &p),
	    FEED_UNKNOWN_SYMBOL);
	r = said("{\"Symbol\":\"IBM\"}");
	assert_answer(
	    alphavantage_read_profile(&arena, &r, S("X"), &p), FEED_NONSENSE);
	r = said("[]");
	assert_answer(
	    alphavantage_read_metrics(&arena, &r, &l), FEED_NONSENSE);
}

#define RATE(from, to, rate, at)                                         \
	"{\"Realtime Currency Exchange Rate\":{\"1. From_Currency Code\":" \
	"\"" from "\",\"3. To_Currency Code\":\"" to                      \
	"\",\"5. Exchange Rate\":\"" rate "\",\"6. Last Refreshed\":\"" at   \
	"\",\"7. Time Zone\":\"UTC\"}}"

static void
alphavantage_rate_is_the_one_that_was_asked_for(void **state)
{
	static const char *const bad[] = {
		RATE("USD", "CHF", "1.05", "2024-01-05 10:00:00"),
		RATE("EUR", "USD", "1.05", "2024-01-05 10:00:00"),
		RATE("EUR", "CHF", "much", "2024-01-05 10:00:00"),
		RATE("EUR", "CHF", "1.05", "yesterday"), "{}", "[]", "<html>"
	};
	struct outbound_reply r =
	    said(RATE("EUR", "CHF", "0.93100000", "2024-01-05 10:00:00"));
	struct fx_rate rate;

	(void)state;
	assert_answer(
	    alphavantage_read_rate(&arena, &r, "CHF", &rate), FEED_OK);
	assert_true(dec_is(rate.rate, "0.931"));
	assert_int_equal(day_cmp(rate.day, on("2024-01-05")), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = said(bad[i]);
		assert_answer(alphavantage_read_rate(&arena, &r, "CHF", &rate),
		    FEED_NONSENSE);
	}
	/* A coin's, as it was recorded, is no euro's. */
	r = answer(200,
	    recorded("providers/alphavantage/mock_foreign_exchange.json"));
	assert_answer(
	    alphavantage_read_rate(&arena, &r, "CNY", &rate), FEED_NONSENSE);
}

static void
alphavantage_finds_companies(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded(AV "symbol_search.json"));
	struct list l;

	(void)state;
	assert_answer(alphavantage_read_search(&arena, &r, &l), FEED_OK);
	assert_true(str_eqz(AT(l, match, 0)->symbol, "BA"));
	assert_true(str_eqz(AT(l, match, 0)->name, "The Boeing Company"));
	assert_true(str_eqz(AT(l, match, 0)->kind, "stock"));
}

/* ---- Yahoo --------------------------------------------------------------- */

#define YAHOO "providers/yahoo/"

static enum feed_answer
chart_of(const char *file, const char *symbol, struct chart *c)
{
	char name[200];
	str body;
	struct outbound_reply r;

	snprintf(name, sizeof(name), YAHOO "%s.json", file);
	body = recorded_part(name, "response", "bodyJson");
	if (body.p == NULL)
		body = view_str(
		    &arena, recorded_part(name, "response", "body"), SIZE_MAX);
	r = answer(200, body);
	return (yahoo_read_chart(&arena, &r, str_of(symbol), LATER, c));
}

static void
yahoo_bars_are_days_of_their_exchange(void **state)
{
	struct chart c;

	(void)state;
	assert_answer(
	    chart_of("chart-AAPL-2020-08-31-to-2020-11-07", "AAPL", &c),
	    FEED_OK);
	assert_int_equal(c.bars.n, 49);
	assert_int_equal(
	    day_cmp(AT(c.bars, daily_bar, 0)->day, on("2020-08-31")), 0);
	assert_int_equal(
	    day_cmp(AT(c.bars, daily_bar, 48)->day, on("2020-11-06")), 0);
	bars_cut(
	    &c.bars, on("2020-01-01"), on("2020-12-31"), on("2025-01-01"));
	assert_int_equal(c.bars.n, 49);
	assert_true(dec_is(c.quote.price, "244.87"));
	assert_true(str_eqz(c.quote.currency, "USD"));
	assert_true(str_eqz(c.profile.name, "Apple Inc."));
	assert_true(str_eqz(c.profile.kind, "stock"));
	assert_int_equal(c.dividends.n, 1);
	assert_int_equal(
	    day_cmp(AT(c.dividends, dividend, 0)->ex_day, on("2020-11-06")), 0);
	assert_int_equal(c.splits.n, 1);
	assert_int_equal(AT(c.splits, split, 0)->numerator, 4);
}

static void
yahoo_weekend_has_no_bars(void **state)
{
	struct chart c;

	(void)state;
	assert_answer(chart_of("chart-AAPL-2025-02-01-to-2025-02-02-"
			       "includePrePost-false-interval-1m",
			  "AAPL", &c),
	    FEED_OK);
	assert_int_equal(c.bars.n, 0);
	assert_int_equal(c.intraday.n, 0);
}

static void
yahoo_currencies_and_coins_are_read(void **state)
{
	struct chart c;

	(void)state;
	assert_answer(
	    chart_of("chart-EURUSD=X-2020-01-01-to-2020-01-03", "EURUSD=X", &c),
	    FEED_OK);
	assert_int_equal(
	    day_cmp(AT(c.bars, daily_bar, 0)->day, on("2020-01-01")), 0);
	assert_true(str_eqz(c.profile.kind, "currency"));
	assert_answer(
	    chart_of("chart-BTC-USD-2020-01-01-to-2020-01-03", "BTC-USD", &c),
	    FEED_OK);
	assert_int_equal(
	    day_cmp(AT(c.bars, daily_bar, 0)->day, on("2020-01-01")), 0);
	assert_true(str_eqz(c.profile.kind, "crypto"));
}

static void
yahoo_splits_and_dividends_of_years_are_read(void **state)
{
	struct chart c;

	(void)state;
	assert_answer(chart_of("historical-via-chart-NVDA-split-2021-02-01-"
			       "to-2022-01-31.csv",
			  "NVDA", &c),
	    FEED_OK);
	assert_int_equal(c.splits.n, 1);
	assert_int_equal(AT(c.splits, split, 0)->numerator, 4);
	assert_int_equal(
	    day_cmp(AT(c.splits, split, 0)->ex_day, on("2021-07-20")), 0);
	assert_answer(chart_of("historical-via-chart-MSFT-dividends-"
			       "2021-02-01-to-2022-01-31.csv",
			  "MSFT", &c),
	    FEED_OK);
	assert_int_equal(c.dividends.n, 4);
	dividends_cut(&c.dividends, on("2021-02-01"), on("2022-01-31"));
	assert_int_equal(c.dividends.n, 4);
	assert_int_equal(
	    day_cmp(AT(c.dividends, dividend, 0)->ex_day, on("2021-02-17")), 0);
	assert_true(dec_is(AT(c.dividends, dividend, 0)->amount, "0.56"));
}

#define CHART(meta, rows)                                           \
	"{\"chart\":{\"result\":[{\"meta\":{\"regularMarketTime\":" \
	"1739998801,\"gmtoffset\":0," meta "}," rows "}],\"error\":null}}"

static void
yahoo_pence_become_pounds(void **state)
{
	struct outbound_reply r = said(CHART(
	    "\"currency\":\"GBp\",\"regularMarketPrice\":312.5",
	    "\"timestamp\":[1598860800,1598947200],\"events\":{\"dividends\":"
	    "{\"1\":{\"amount\":5,\"date\":1598860800}}},\"indicators\":"
	    "{\"quote\":[{\"open\":[300,null],\"high\":[320,1],\"low\":"
	    "[299.5,1],\"close\":[310,1],\"volume\":[7,null]}]}"));
	struct chart c;

	(void)state;
	assert_answer(
	    yahoo_read_chart(&arena, &r, S("OCDO.L"), LATER, &c), FEED_OK);
	assert_true(str_eqz(c.quote.currency, "GBP"));
	assert_true(dec_is(c.quote.price, "3.125"));
	/* A row with a hole is none. */
	assert_int_equal(c.bars.n, 1);
	assert_true(dec_is(AT(c.bars, daily_bar, 0)->low, "2.995"));
	assert_true(dec_is(AT(c.bars, daily_bar, 0)->volume, "7"));
	assert_true(dec_is(AT(c.dividends, dividend, 0)->amount, "0.05"));
}

static void
yahoo_day_under_way_is_no_bar(void **state)
{
	struct outbound_reply r = said(CHART(
	    "\"currency\":\"USD\",\"regularMarketPrice\":3,"
	    "\"currentTradingPeriod\":{\"regular\":{\"start\":1739975400,"
	    "\"end\":1739998800}}",
	    "\"timestamp\":[1739889000,1739975400],\"indicators\":{\"quote\":"
	    "[{\"open\":[1,2],\"high\":[1,2],\"low\":[1,2],\"close\":[1,2],"
	    "\"volume\":[1,2]}]}"));
	instant during = { INT64_C(1739990000) * 1000000 };
	struct chart c;

	(void)state;
	assert_answer(
	    yahoo_read_chart(&arena, &r, S("X"), during, &c), FEED_OK);
	assert_int_equal(c.bars.n, 1);
	assert_int_equal(c.intraday.n, 2);
	assert_answer(yahoo_read_chart(&arena, &r, S("X"), LATER, &c), FEED_OK);
	assert_int_equal(c.bars.n, 2);
}

static void
yahoo_refusals_are_told_apart(void **state)
{
	static const enum feed_answer want[] = { FEED_UNKNOWN_SYMBOL,
		FEED_NO_DATA, FEED_NO_DATA, FEED_RATE_LIMITED,
		FEED_UNKNOWN_SYMBOL };
	str cases = str_trim(recorded(YAHOO "errors.json")), one, body;
	struct outbound_reply r;
	struct chart c;
	int64_t status;
	size_t n = 0;

	(void)state;
	while (view_item(&cases, &one)) {
		assert_true(view_long(view_member(one, "status"), &status));
		body = view_member(one, "body");
		r = answer(
		    status, body.p != NULL ? body : S("Too Many Requests"));
		assert_answer(
		    yahoo_read_chart(&arena, &r, S("X"), LATER, &c), want[n]);
		n++;
	}
	assert_int_equal(n, 5);
	r = said("{\"chart\":{\"result\":[{\"meta\":{\"regularMarketPrice\":0,"
		 "\"regularMarketTime\":1739998801}}]}}");
	assert_answer(
	    yahoo_read_chart(&arena, &r, S("X"), LATER, &c), FEED_NONSENSE);
}

static void
yahoo_finds_companies(void **state)
{
	struct outbound_reply r = said(
	    "{\"quotes\":[{\"symbol\":\"AAPL\",\"longname\":\"Apple Inc.\","
	    "\"quoteType\":\"EQUITY\"},{\"shortname\":\"x\"},{\"symbol\":"
	    "\"VOO\",\"shortname\":\"Vanguard\",\"quoteType\":\"ETF\"}]}");
	struct list l;

	(void)state;
	assert_answer(yahoo_read_search(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 2);
	assert_true(str_eqz(AT(l, match, 1)->name, "Vanguard"));
	assert_true(str_eqz(AT(l, match, 1)->kind, "etf"));
}

/* ---- files --------------------------------------------------------------- */

static void
csv_columns_may_stand_in_any_order(void **state)
{
	struct list l;

	(void)state;
	assert_answer(csv_read_bars(&arena,
			  S("\xef\xbb\xbf\"Date\",Close,High,Low,Open,"
			    "Volume\r\n2024-01-03,2.5,3,2,2.2,100\r\n"
			    "2024-01-02,2,2,2,2,\r\n\r\n"
			    "2024-01-04,,,,,\r\n"),
			  &l),
	    FEED_OK);
	assert_int_equal(l.n, 3);
	assert_false(dec_ok(AT(l, daily_bar, 2)->close));
	assert_true(dec_is(AT(l, daily_bar, 0)->open, "2.2"));
	assert_true(dec_is(AT(l, daily_bar, 0)->close, "2.5"));
	assert_answer(
	    csv_read_bars(&arena, S("day,price\n"), &l), FEED_NONSENSE);
	assert_answer(csv_read_bars(&arena, S(""), &l), FEED_NONSENSE);
	assert_answer(
	    csv_read_bars(&arena,
		S("date,open,high,low,close\n2024-01-02,1,1,1,one\n"), &l),
	    FEED_NONSENSE);
}

static void
csv_of_ten_years_is_read(void **state)
{
	str text = recorded("market/daily/djia_2006_2018/KO.csv");
	struct list l;

	(void)state;
	assert_answer(csv_read_bars(&arena, text, &l), FEED_OK);
	assert_true(l.n >= 3019);
}

/* ---- cut ----------------------------------------------------------------- */

/* What was not asked for goes; what has not come yet is for others to see. */
static void
only_what_was_asked_for_stays(void **state)
{
	static const char *const told[] = { "2024-01-05", "2023-12-29",
		"2024-01-04", "2024-05-01", "2024-08-01" };
	struct daily_bar v[5];
	struct list l = { v, 5 };

	(void)state;
	for (size_t i = 0; i < 5; i++)
		v[i] = (struct daily_bar){ .day = on(told[i]) };
	bars_cut(&l, on("2024-01-01"), on("2024-03-31"), on("2024-06-30"));
	assert_int_equal(l.n, 3);
	assert_int_equal(day_cmp(v[1].day, on("2024-01-04")), 0);
	assert_int_equal(day_cmp(v[2].day, on("2024-08-01")), 0);
}

static void
pence_are_no_pounds_and_splits_no_mistakes(void **state)
{
	(void)state;
	assert_true(price_leaps(dec_of(312), dec_units(312, 2)));
	assert_true(price_leaps(dec_units(312, 2), dec_of(312)));
	assert_false(price_leaps(dec_of(3200), dec_of(64)));
	assert_false(price_leaps(DEC_NONE, dec_of(64)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finnhub_candles_are_days_of_their_exchange),
		cmocka_unit_test(
		    finnhub_columns_of_different_length_are_nonsense),
		cmocka_unit_test(finnhub_events_are_read),
		cmocka_unit_test(finnhub_lists_symbols_and_figures),
		cmocka_unit_test(alphavantage_quote_is_of_a_day),
		cmocka_unit_test(alphavantage_says_no_with_a_smile),
		cmocka_unit_test(
		    alphavantage_series_are_read_whatever_their_ordinals),
		cmocka_unit_test(
		    alphavantage_overview_is_a_profile_and_figures),
		cmocka_unit_test(
		    alphavantage_rate_is_the_one_that_was_asked_for),
		cmocka_unit_test(alphavantage_finds_companies),
		cmocka_unit_test(yahoo_bars_are_days_of_their_exchange),
		cmocka_unit_test(yahoo_weekend_has_no_bars),
		cmocka_unit_test(yahoo_currencies_and_coins_are_read),
		cmocka_unit_test(yahoo_splits_and_dividends_of_years_are_read),
		cmocka_unit_test(yahoo_pence_become_pounds),
		cmocka_unit_test(yahoo_day_under_way_is_no_bar),
		cmocka_unit_test(yahoo_refusals_are_told_apart),
		cmocka_unit_test(yahoo_finds_companies),
		cmocka_unit_test(csv_columns_may_stand_in_any_order),
		cmocka_unit_test(csv_of_ten_years_is_read),
		cmocka_unit_test(only_what_was_asked_for_stays),
		cmocka_unit_test(pence_are_no_pounds_and_splits_no_mistakes),
	};

	return (cmocka_run_group_tests(tests, arena_setup, arena_teardown));
}
