/* Rates, companies, identities and series: the providers of reference data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "feed/recorded.h"

/* ---- Frankfurter and the ECB --------------------------------------------- */

#define FRANKFURTER "providers/frankfurter/samples.json"

static void
frankfurter_days_are_read(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded_part(FRANKFURTER, "latest_eur", "body"));
	struct list l;

	(void)state;
	assert_answer(frankfurter_read_rates(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 2);
	assert_true(str_eqz(AT(l, fx_rate, 0)->base, "EUR"));
	assert_true(str_eqz(AT(l, fx_rate, 0)->quote, "CHF"));
	assert_true(dec_is(AT(l, fx_rate, 0)->rate, "0.9324"));
	assert_int_equal(day_cmp(AT(l, fx_rate, 0)->day, on("2024-11-25")), 0);
	r = answer(200, recorded_part(FRANKFURTER, "historical", "body"));
	assert_answer(frankfurter_read_rates(&arena, &r, &l), FEED_OK);
	assert_true(dec_is(AT(l, fx_rate, 0)->rate, "0.84825"));
}

static void
frankfurter_ranges_are_read(void **state)
{
	struct outbound_reply r = said(
	    "{\"amount\":1.0,\"base\":\"EUR\",\"start_date\":\"2024-01-02\","
	    "\"end_date\":\"2024-01-03\",\"rates\":{\"2024-01-03\":{\"USD\":"
	    "1.0919},\"2024-01-02\":{\"USD\":1.0956,\"JPY\":155.68}}}");
	struct list l;

	(void)state;
	assert_answer(frankfurter_read_rates(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 3);
	rates_cut(&l, on("2024-01-03"), on("2024-01-31"), on("2024-02-01"));
	assert_int_equal(l.n, 1);
	assert_true(dec_is(AT(l, fx_rate, 0)->rate, "1.0919"));
}

static void
frankfurter_nonsense_is_refused(void **state)
{
	static const char *const bad[] = { "{}", "[]", "<html></html>",
		"{\"base\":\"EUR\",\"date\":\"2024-01-02\"}",
		"{\"base\":\"EUR\",\"date\":\"2024-01-02\",\"rates\":"
		"{\"usd\":1}}",
		"{\"base\":\"EUR\",\"date\":\"2024-01-02\",\"rates\":"
		"{\"USD\":\"1\"}}",
		"{\"base\":\"EUR\",\"date\":\"2024-01-02\",\"rates\":"
		"{\"USD\":null}}",
		"{\"base\":\"EUR\",\"rates\":{\"2024-13-02\":{\"USD\":1}}}" };
	struct outbound_reply r;
	struct list l;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = said(bad[i]);
		assert_answer(
		    frankfurter_read_rates(&arena, &r, &l), FEED_NONSENSE);
	}
	r = answer(404, S("{\"message\":\"not found\"}"));
	assert_answer(frankfurter_read_rates(&arena, &r, &l), FEED_NO_DATA);
}

#define ECB(days)                                                     \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?><gesmes:Envelope " \
	"xmlns:gesmes=\"x\"><gesmes:subject>Reference rates"          \
	"</gesmes:subject><Cube>" days "</Cube></gesmes:Envelope>"

static void
ecb_files_are_read(void **state)
{
	struct outbound_reply r =
	    said(ECB("<Cube time='2025-05-09'><Cube currency='USD' "
		     "rate='1.1252'/><Cube currency='JPY' rate='163.36'/>"
		     "</Cube><Cube time=\"2025-05-08\"><Cube "
		     "currency=\"USD\" rate=\"1.1297\"/></Cube>"));
	struct list l;

	(void)state;
	assert_answer(ecb_read_rates(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 3);
	assert_true(str_eqz(AT(l, fx_rate, 1)->quote, "JPY"));
	assert_true(dec_is(AT(l, fx_rate, 1)->rate, "163.36"));
	assert_int_equal(day_cmp(AT(l, fx_rate, 2)->day, on("2025-05-08")), 0);
}

static void
ecb_file_that_is_not_whole_is_refused(void **state)
{
	static const char whole[] = ECB("<Cube time='2025-05-09'><Cube "
					"currency='USD' rate='1.1252'/>"
					"</Cube>");
	static const char *const bad[] = { "", "<html></html>", ECB(""),
		ECB("<Cube currency='USD' rate='1.1'/>"),
		ECB("<Cube time='2025-05-09'><Cube currency='USD' "
		    "rate='N/A'/></Cube>"),
		ECB("<Cube time='soon'></Cube>"),
		ECB("<Cube time='2025-05-09'><Cube currency='DOLLAR' "
		    "rate='1'/></Cube>") };
	struct outbound_reply r;
	struct list l;

	(void)state;
	for (size_t n = 0; n < sizeof(whole) - 1; n++) {
		r = answer(200, (str){ whole, n });
		assert_answer(ecb_read_rates(&arena, &r, &l), FEED_NONSENSE);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = said(bad[i]);
		assert_answer(ecb_read_rates(&arena, &r, &l), FEED_NONSENSE);
	}
}

/* The file since 1999, as XML, in an arena as large as a flow's. */
static str
ecb_whole(struct arena *a, size_t *rates)
{
	str csv = recorded("fx/eurofxref-hist.csv"), line, head, names, name,
	    cell, when;
	char *xml = arena_alloc(a, 10 << 20);
	size_t n = (size_t)sprintf(xml, "<gesmes:Envelope><Cube>");

	assert_true(str_cut(&csv, '\n', &head));
	*rates = 0;
	while (str_cut(&csv, '\n', &line) && line.n > 0 &&
	    str_cut(&line, ',', &when)) {
		n += (size_t)sprintf(
		    xml + n, "<Cube time=\"%.*s\">", STR_ARG(when));
		names = head;
		(void)str_cut(&names, ',', &name);
		while (
		    str_cut(&line, ',', &cell) && str_cut(&names, ',', &name)) {
			if (cell.n == 0 || str_eqz(cell, "N/A"))
				continue;
			n += (size_t)sprintf(xml + n,
			    "<Cube currency=\"%.*s\" rate=\"%.*s\"/>",
			    STR_ARG(name), STR_ARG(cell));
			++*rates;
		}
		n += (size_t)sprintf(xml + n, "</Cube>");
	}
	n += (size_t)sprintf(xml + n, "</Cube></gesmes:Envelope>");
	return ((str){ xml, n });
}

static void
ecb_history_fits_into_a_flow(void **state)
{
	struct outbound_reply r;
	struct arena flow;
	struct list l;
	size_t n;

	(void)state;
	arena_init(&flow, LIMIT_FLOW_ARENA_BYTES, NULL, NULL);
	r = answer(200, ecb_whole(&flow, &n));
	assert_true(n > 190000);
	assert_answer(ecb_read_rates(&flow, &r, &l), FEED_OK);
	assert_int_equal(l.n, n);
	rates_cut(&l, on("1999-01-04"), on("2025-05-09"), on("2026-01-01"));
	assert_int_equal(l.n, n);
	arena_drop(&flow);
}

/* ---- SEC ----------------------------------------------------------------- */

static void
sec_tickers_have_their_companies(void **state)
{
	struct outbound_reply r =
	    answer(200, recorded("providers/sec/company_tickers.json"));
	bool google[2] = { false, false }, berkshire = false;
	const struct listing *v;
	struct list l;

	(void)state;
	assert_answer(sec_read_symbols(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 302);
	v = l.v;
	assert_true(str_eqz(v[0].symbol, "MSFT"));
	assert_true(str_eqz(v[0].cik, "0000789019"));
	for (size_t i = 0; i < l.n; i++) {
		google[0] = google[0] ||
		    (str_eqz(v[i].symbol, "GOOG") &&
			str_eqz(v[i].cik, "0001652044"));
		google[1] = google[1] ||
		    (str_eqz(v[i].symbol, "GOOGL") &&
			str_eqz(v[i].cik, "0001652044"));
		berkshire = berkshire || str_eqz(v[i].symbol, "BRK.B");
	}
	assert_true(google[0] && google[1] && berkshire);
}

static void
sec_facts_are_told_once(void **state)
{
	struct outbound_reply r = answer(
	    200, recorded("providers/sec/companyfacts-CIK0001640147.json"));
	const struct fact *v;
	struct list l;
	size_t revenue = 0;

	(void)state;
	assert_answer(sec_read_facts(&arena, &r, &l), FEED_OK);
	assert_true(l.n > 100);
	v = l.v;
	for (size_t i = 0; i < l.n; i++) {
		assert_true(dec_ok(v[i].value) && day_ok(v[i].filed));
		assert_true(day_cmp(v[i].period_start, v[i].period_end) <= 0);
		if (i > 0)
			assert_false(str_eq(v[i - 1].metric, v[i].metric) &&
			    str_eq(v[i - 1].unit, v[i].unit) &&
			    day_cmp(v[i - 1].period_end, v[i].period_end) ==
				0 &&
			    day_cmp(v[i - 1].period_start, v[i].period_start) ==
				0);
		revenue += str_starts(v[i].metric, S("us-gaap:Rev"));
	}
	assert_true(revenue > 0);
}

static void
sec_fact_filed_last_counts(void **state)
{
	struct outbound_reply r = said(
	    "{\"cik\":\"0000000042\",\"facts\":{\"us-gaap\":{\"Revenues\":"
	    "{\"units\":{\"USD\":[{\"start\":\"2020-01-01\",\"end\":"
	    "\"2020-12-31\",\"val\":110,\"filed\":\"2022-02-01\",\"form\":"
	    "\"10-K\"},{\"start\":\"2020-01-01\",\"end\":\"2020-12-31\","
	    "\"val\":100,\"filed\":\"2021-02-01\"},{\"end\":\"2020-12-31\","
	    "\"val\":-7.5,\"filed\":\"2021-02-01\",\"fy\":null},{\"end\":"
	    "\"never\",\"val\":1,\"filed\":\"2021-02-01\"}]}}}}}");
	struct list l;

	(void)state;
	assert_answer(sec_read_facts(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 2);
	assert_true(dec_is(AT(l, fact, 0)->value, "110"));
	assert_true(str_eqz(AT(l, fact, 0)->metric, "us-gaap:Revenues"));
	assert_true(str_eqz(AT(l, fact, 0)->form, "10-K"));
	assert_int_equal(AT(l, fact, 0)->fiscal_year, LONG_NONE);
	assert_true(dec_is(AT(l, fact, 1)->value, "-7.5"));
	assert_int_equal(
	    day_cmp(AT(l, fact, 1)->period_start, AT(l, fact, 1)->period_end),
	    0);
}

static void
sec_filings_are_read_across_their_columns(void **state)
{
	struct outbound_reply r = answer(
	    200, recorded("providers/sec/submissions-CIK0001318605.json"));
	struct company c;
	struct list l;

	(void)state;
	assert_answer(sec_read_filings(&arena, &r, &c, &l), FEED_OK);
	assert_true(str_eqz(c.cik, "0001318605"));
	assert_true(str_eqz(c.name, "Tesla, Inc."));
	assert_true(str_eqz(c.year_end, "1231"));
	assert_int_equal(c.tickers.n, 1);
	assert_true(str_eqz(((const str *)c.tickers.v)[0], "TSLA"));
	assert_int_equal(l.n, 60);
	assert_true(
	    str_eqz(AT(l, filing, 0)->accession, "0001790565-22-000015"));
	assert_int_equal(day_cmp(AT(l, filing, 0)->filed, on("2022-11-30")), 0);
}

static void
sec_nonsense_is_refused(void **state)
{
	struct outbound_reply r =
	    said("<html>Request Rate Threshold Exceeded</html>");
	struct company c;
	struct list l;

	(void)state;
	assert_answer(sec_read_facts(&arena, &r, &l), FEED_NONSENSE);
	assert_answer(sec_read_filings(&arena, &r, &c, &l), FEED_NONSENSE);
	assert_answer(sec_read_symbols(&arena, &r, &l), FEED_NONSENSE);
	r = said("{\"0\":{\"cik_str\":0,\"ticker\":\"X\"}}");
	assert_answer(sec_read_symbols(&arena, &r, &l), FEED_NONSENSE);
	r = answer(404, S("not found"));
	assert_answer(sec_read_facts(&arena, &r, &l), FEED_NO_DATA);
}

/* ---- OpenFIGI ------------------------------------------------------------ */

static void
openfigi_answers_in_the_order_of_questions(void **state)
{
	struct outbound_reply r = answer(200,
	    recorded_part(
		"providers/openfigi/mapping.json", "response", "body"));
	struct gather g = GATHER(&arena, struct identity);

	(void)state;
	assert_answer(openfigi_read_mapping(&arena, &r, 10, 4, &g), FEED_OK);
	assert_int_equal(g.list.n, 3);
	assert_int_equal(AT(g.list, identity, 0)->ask, 10);
	assert_int_equal(AT(g.list, identity, 2)->ask, 12);
	assert_true(str_eqz(AT(g.list, identity, 0)->figi, "BBG000BLNNH6"));
	assert_true(
	    str_eqz(AT(g.list, identity, 1)->share_class_figi, "BBG001S5S399"));
	assert_true(str_eqz(AT(g.list, identity, 1)->ticker, "IBM"));
	assert_true(str_eqz(AT(g.list, identity, 1)->exchange, "US"));
}

static void
openfigi_answers_must_be_as_many_as_questions(void **state)
{
	struct gather g = GATHER(&arena, struct identity);
	struct outbound_reply r = said("[{\"warning\":\"none\"}]");

	(void)state;
	assert_answer(openfigi_read_mapping(&arena, &r, 0, 1, &g), FEED_OK);
	assert_int_equal(g.list.n, 0);
	assert_answer(
	    openfigi_read_mapping(&arena, &r, 0, 2, &g), FEED_NONSENSE);
	r = said("[{\"data\":[]},{\"data\":[]}]");
	assert_answer(
	    openfigi_read_mapping(&arena, &r, 0, 1, &g), FEED_NONSENSE);
	r = answer(429, S("Too many requests"));
	assert_answer(
	    openfigi_read_mapping(&arena, &r, 0, 1, &g), FEED_RATE_LIMITED);
	r = answer(401, S(""));
	assert_answer(openfigi_read_mapping(&arena, &r, 0, 1, &g), FEED_KEY);
}

/* ---- FRED ---------------------------------------------------------------- */

static void
fred_series_skip_days_without_a_value(void **state)
{
	struct outbound_reply r = said(
	    "{\"count\":3,\"observations\":[{\"realtime_start\":\"2024-02-01\","
	    "\"date\":\"2024-01-02\",\"value\":\"5.22\"},{\"date\":"
	    "\"2024-01-01\",\"value\":\".\"},{\"date\":\"2024-01-03\","
	    "\"value\":\"-0.05\"}]}");
	struct list l;

	(void)state;
	assert_answer(fred_read_series(&arena, &r, &l), FEED_OK);
	assert_int_equal(l.n, 2);
	assert_true(dec_is(AT(l, series_point, 1)->value, "-0.05"));
	points_settle(&l, on("2024-01-03"), on("2024-01-31"));
	assert_int_equal(l.n, 1);
}

static void
fred_refusals_are_told_apart(void **state)
{
	struct outbound_reply r = answer(400,
	    S("{\"error_code\":400,\"error_message\":\"Bad Request.  The value "
	      "for variable api_key is not registered.\"}"));
	struct list l;

	(void)state;
	assert_answer(fred_read_series(&arena, &r, &l), FEED_KEY);
	r = answer(400,
	    S("{\"error_code\":400,\"error_message\":\"Bad Request.  The "
	      "series does not exist.\"}"));
	assert_answer(fred_read_series(&arena, &r, &l), FEED_NO_DATA);
	r = answer(429, S("{}"));
	assert_answer(fred_read_series(&arena, &r, &l), FEED_RATE_LIMITED);
	r = said("{\"observations\":[{\"date\":\"2024-01-02\",\"value\":"
		 "\"many\"}]}");
	assert_answer(fred_read_series(&arena, &r, &l), FEED_NONSENSE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frankfurter_days_are_read),
		cmocka_unit_test(frankfurter_ranges_are_read),
		cmocka_unit_test(frankfurter_nonsense_is_refused),
		cmocka_unit_test(ecb_files_are_read),
		cmocka_unit_test(ecb_file_that_is_not_whole_is_refused),
		cmocka_unit_test(ecb_history_fits_into_a_flow),
		cmocka_unit_test(sec_tickers_have_their_companies),
		cmocka_unit_test(sec_facts_are_told_once),
		cmocka_unit_test(sec_fact_filed_last_counts),
		cmocka_unit_test(sec_filings_are_read_across_their_columns),
		cmocka_unit_test(sec_nonsense_is_refused),
		cmocka_unit_test(openfigi_answers_in_the_order_of_questions),
		cmocka_unit_test(openfigi_answers_must_be_as_many_as_questions),
		cmocka_unit_test(fred_series_skip_days_without_a_value),
		cmocka_unit_test(fred_refusals_are_told_apart),
	};

	return (cmocka_run_group_tests(tests, arena_setup, arena_teardown));
}
