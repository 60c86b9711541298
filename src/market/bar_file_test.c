/*
 * Files of daily bars: every layout that is about, dirty rows each with the
 * fault it has, and numbers exactly as they were written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/bar_file.h"

static struct bar_file bf;

static void
layout(const char *header)
{
	memset(&bf, 0, sizeof(bf));
	assert_null(bar_file_open(&bf, header));
}

/* The row of a line; its texts stay valid until the next. */
static enum bar_fault
row(const char *line, struct bar_row *out)
{
	static char text[BAR_LINE_BYTES];
	str cells[BAR_COLUMNS_MAX];

	snprintf(text, sizeof(text), "%s", line);
	return (bar_row_read(&bf, cells, bar_cells(text, cells,
	    BAR_COLUMNS_MAX), out));
}

static enum bar_fault
fault_of(const char *line)
{
	struct bar_row r;

	return (row(line, &r));
}

static void
assert_dec(dec d, const char *text)
{
	char out[DEC_TEXT_MAX];

	dec_print(d, out);
	assert_string_equal(out, text);
}

static void
assert_day(day d, const char *text)
{
	char out[DAY_TEXT_MAX];

	day_print(d, out);
	assert_string_equal(out, text);
}

static void
assert_prices(const struct bar_row *r, const char *open, const char *high,
    const char *low, const char *close, const char *volume)
{
	assert_dec(r->open, open);
	assert_dec(r->high, high);
	assert_dec(r->low, low);
	assert_dec(r->close, close);
	assert_dec(r->volume, volume);
}

/* ---- layouts ------------------------------------------------------------- */

static void
date_open_high_low_close_volume_name(void **state)
{
	struct bar_row r;

	(void)state;
	layout("Date,Open,High,Low,Close,Volume,Name\n");
	assert_int_equal(row("2006-01-03,20.4,20.5,20.18,20.45,13640800,KO\n",
	    &r), BAR_GOOD);
	assert_day(r.day, "2006-01-03");
	assert_prices(&r, "20.4", "20.5", "20.18", "20.45", "13640800");
	assert_true(str_eq(r.symbol, S("KO")));
	assert_false(dec_ok(r.adjusted));
}

static void
columns_in_another_order_with_float_noise(void **state)
{
	struct bar_row r;

	(void)state;
	layout("Date,Close,High,Low,Open,Volume");
	assert_int_equal(row("2021-01-04,159.3314971923828,"
	    "163.60000610351562,157.2010040283203,163.5,88228000", &r),
	    BAR_GOOD);
	assert_prices(&r, "163.5", "163.60000610351562", "157.2010040283203",
	    "159.3314971923828", "88228000");
	assert_null(r.symbol.p);
}

static void
a_byte_order_mark_american_dates_and_line_ends_of_dos(void **state)
{
	struct bar_row r;

	(void)state;
	layout("\xef\xbb\xbf" "date,open,high,low,close,volume\r\n");
	assert_int_equal(row("1/2/1990,0.378,0.385,0.373,0.385,0\r\n", &r),
	    BAR_GOOD);
	assert_day(r.day, "1990-01-02");
	assert_dec(r.volume, "0");
	assert_int_equal(row("12/31/1990,1,1,1,1,1", &r), BAR_GOOD);
	assert_day(r.day, "1990-12-31");
}

static void
an_adjusted_close(void **state)
{
	struct bar_row r;

	(void)state;
	layout("Date,Open,High,Low,Close,Adj Close,Volume");
	assert_int_equal(row("2004-08-19,2.250714,2.275714,2.168571,2.193571,"
	    "1.966391,97230000", &r), BAR_GOOD);
	assert_dec(r.adjusted, "1.966391");
	assert_int_equal(fault_of("2004-08-19,2,2,2,2,,1"), BAR_EMPTY);
	assert_int_equal(fault_of("2004-08-19,2,2,2,2,-1,1"), BAR_SIGN);
}

static void
dividends_splits_gains_and_an_offset(void **state)
{
	struct bar_row r;

	(void)state;
	layout("Datetime,Open,High,Low,Close,Adj Close,Volume,Dividends,"
	    "Stock Splits,Capital Gains");
	assert_int_equal(row("2022-01-03 00:00:00-05:00,2,2,2,2,2,10,0.125,"
	    "4.0,0.5", &r), BAR_GOOD);
	assert_day(r.day, "2022-01-03");
	assert_dec(r.dividend, "0.625");
	assert_int_equal(r.split.numerator, 4);
	assert_int_equal(r.split.denominator, 1);
	assert_int_equal(row("2022-01-04 00:00:00-05:00,2,2,2,2,2,10,0.0,0.0,"
	    "0.0", &r), BAR_GOOD);
	assert_dec(r.dividend, "0");
	assert_int_equal(r.split.numerator, 0);
}

static void
splits_are_ratios_of_whole_numbers(void **state)
{
	static const struct {
		const char	*text;
		int64_t		 numerator, denominator;
	} cases[] = {
		{ "4", 4, 1 }, { "1.5", 3, 2 }, { "0.1", 1, 10 },
		{ "1.0", 0, 1 }, { "0", 0, 1 }, { "-2", 0, 1 },
		{ "", 0, 1 }, { "nan", 0, 1 }, { "1.005", 201, 200 },
	};
	char line[64];
	struct bar_row r;
	size_t i;

	(void)state;
	layout("date,close,open,high,low,splits");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(line, sizeof(line), "2022-01-03,1,1,1,1,%s",
		    cases[i].text);
		assert_int_equal(row(line, &r), BAR_GOOD);
		assert_int_equal(r.split.numerator, cases[i].numerator);
		assert_int_equal(r.split.denominator, cases[i].denominator);
	}
}

static void
quoted_cells(void **state)
{
	struct bar_row r;

	(void)state;
	layout("\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Name\"");
	assert_int_equal(row("\"2022-01-03\",\"1\",\"2\",1, 2 ,\"A\"\"B, C\"",
	    &r), BAR_GOOD);
	assert_true(str_eq(r.symbol, S("A\"B, C")));
	assert_dec(r.close, "2");
	assert_int_equal(fault_of("\"2022-01-03"), BAR_WIDTH);
}

static void
a_wide_file_has_symbols_for_columns(void **state)
{
	char text[] = "1989-12-29,,0.117203,x";
	str cells[8];
	struct bar_row r;
	size_t n;

	(void)state;
	layout("date,GOOG,AAPL,FB");
	assert_true(bf.wide);
	n = bar_cells(text, cells, 8);
	assert_int_equal(n, 4);
	assert_int_equal(bar_cell_read(&bf, cells, n, 2, &r), BAR_NO_RANGE);
	bf.adjusted_only = true;
	assert_int_equal(bar_cell_read(&bf, cells, n, 1, &r), BAR_EMPTY);
	assert_int_equal(bar_cell_read(&bf, cells, n, 2, &r), BAR_GOOD);
	assert_true(str_eq(r.symbol, S("AAPL")));
	assert_prices(&r, "0.117203", "0.117203", "0.117203", "0.117203", "0");
	assert_int_equal(bar_cell_read(&bf, cells, n, 3, &r), BAR_NUMBER);
	assert_int_equal(bar_cell_read(&bf, cells, 3, 1, &r), BAR_WIDTH);
}

static void
a_file_of_closes_is_taken_only_when_asked_for(void **state)
{
	struct bar_row r;

	(void)state;
	layout("date,Adj Close");
	assert_false(bf.wide);
	assert_int_equal(fault_of("2022-01-03,5"), BAR_NO_RANGE);
	bf.adjusted_only = true;
	assert_int_equal(row("2022-01-03,5", &r), BAR_GOOD);
	assert_prices(&r, "5", "5", "5", "5", "0");
}

static void
what_is_no_file_of_bars(void **state)
{
	static const char *const headers[] = { "", "\n", "hello", "date",
	    "open,high,low,close", "date,date,close", "date,close,Close",
	    "date,volume,GOOG", "date,volume", "# Data for building" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		memset(&bf, 0, sizeof(bf));
		assert_non_null(bar_file_open(&bf, headers[i]));
	}
}

/* ---- dirty rows ---------------------------------------------------------- */

static void
every_fault_has_its_name(void **state)
{
	static const struct {
		const char	*line;
		enum bar_fault	 fault;
	} cases[] = {
		{ "2022-01-03,10,12,9,11,5",	BAR_GOOD },
		{ "2022-01-03,10,10,10,10,0",	BAR_GOOD },
		{ "2022-01-03,10,12,9,11,",	BAR_GOOD },
		{ "2022-01-03,10,12,9,11",	BAR_WIDTH },
		{ "2022-01-03,10,12,9,11,5,6",	BAR_WIDTH },
		{ "",				BAR_WIDTH },
		{ "2022-02-30,10,12,9,11,5",	BAR_DATE },
		{ "13/1/2022,10,12,9,11,5",	BAR_DATE },
		{ "1/1/22,10,12,9,11,5",	BAR_DATE },
		{ "1/1,10,12,9,11,5",		BAR_DATE },
		{ "yesterday,10,12,9,11,5",	BAR_DATE },
		{ ",10,12,9,11,5",		BAR_DATE },
		{ "2022-01-03 09:31,1,2,1,1,5",	BAR_INTRADAY },
		{ "2022-01-03T00:00:30,1,2,1,1,5", BAR_INTRADAY },
		{ "2022-01-03,,12,9,11,5",	BAR_EMPTY },
		{ "2022-01-03,10,12,9,null,5",	BAR_EMPTY },
		{ "2022-01-03,NaN,12,9,11,5",	BAR_EMPTY },
		{ "2022-01-03,,x,9,0,5",	BAR_EMPTY },
		{ "2022-01-03,10,12,9,1l,5",	BAR_NUMBER },
		{ "2022-01-03,inf,12,9,11,5",	BAR_NUMBER },
		{ "2022-01-03,1 0,12,9,11,5",	BAR_NUMBER },
		{ "2022-01-03,10,12,9,11,-5",	BAR_NUMBER },
		{ "2022-01-03,10,12,9,11,many",	BAR_NUMBER },
		{ "2022-01-03,0,12,9,11,5",	BAR_SIGN },
		{ "2022-01-03,10,12,-9,11,5",	BAR_SIGN },
		{ "2022-01-03,10,8,9,11,5",	BAR_ORDER },
		{ "2022-01-03,10,10.9,9,11,5",	BAR_ORDER },
		{ "2022-01-03,13,12,9,11,5",	BAR_ORDER },
		{ "2022-01-03,10,12,10.5,11,5",	BAR_ORDER },
		{ "2022-01-03,12,12,11.5,11,5",	BAR_ORDER },
	};
	size_t i;

	(void)state;
	layout("date,open,high,low,close,volume");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (fault_of(cases[i].line) != cases[i].fault)
			fail_msg("%s: %s", cases[i].line,
			    bar_fault_names[fault_of(cases[i].line)]);
}

static void
days_of_all_notations(void **state)
{
	static const char *const same[] = { "2022-01-03", "20220103",
	    "1/3/2022", "01/03/2022", "2022-01-03 00:00:00-05:00",
	    "2022-01-03T00:00:00Z", "2022-01-03 00:00" };
	size_t i;
	day d;

	(void)state;
	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_int_equal(day_read(str_of(same[i]), &d), BAR_GOOD);
		assert_day(d, "2022-01-03");
	}
}

/* ---- numbers ------------------------------------------------------------- */

static void
numbers_as_they_were_written(void **state)
{
	static const struct {
		const char	*text, *exact;
	} cases[] = {
		{ "0", "0" }, { "-0", "0" }, { "000.500", "0.5" },
		{ ".5", "0.5" }, { "5.", "5" }, { "+7", "7" },
		{ "125.85669708251953", "125.85669708251953" },
		{ "1.2e3", "1200" }, { "1.2E+03", "1200" },
		{ "1.5e-05", "0.000015" }, { "7.08159E11", "708159000000" },
		{ "0e5", "0" }, { "0.0000000000000000005", "0" },
		{ "0.0000000000000000015", "0.000000000000000002" },
		{ "0.0000000000000000025", "0.000000000000000002" },
		{ "0.00000000000000000250001", "0.000000000000000003" },
		{ "0.9999999999999999995", "1" },
		{ "0.9999999999999999994999", "0.999999999999999999" },
		{ "-1.0000000000000000015", "-1.000000000000000002" },
		{ "99999999999999999999", "99999999999999999999" },
		{ "1e-400", "0" }, { "1e-30", "0" },
	};
	size_t i;
	dec d;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (!number_read(str_of(cases[i].text), &d))
			fail_msg("%s", cases[i].text);
		assert_dec(d, cases[i].exact);
	}
}

static void
what_is_no_number(void **state)
{
	static const char *const texts[] = { "", "-", ".", "e5", "1e", "1e+",
	    "1.2.3", "1,5", "0x10", "--1", "1-", "nan", "inf", "1e99999",
	    "100000000000000000000", "1e20" };
	size_t i;
	dec d;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (number_read(str_of(texts[i]), &d))
			fail_msg("%s", texts[i]);
}

/* Where a plain decimal is one, both readers agree on it. */
static void
plain_decimals_read_as_everywhere(void **state)
{
	char text[DEC_TEXT_MAX];
	uint64_t seed = 3;
	dec a, b;
	int i;

	(void)state;
	for (i = 0; i < 2000; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		a = dec_units((int64_t)(seed >> (i % 60)), i % 19);
		if (i % 2 == 1)
			a = dec_neg(a);
		dec_print(a, text);
		assert_true(number_read(str_of(text), &b));
		assert_true(dec_eq(a, b));
	}
}

/* ---- splits undone, symbols ---------------------------------------------- */

static void
prices_before_a_split_are_as_they_were_paid(void **state)
{
	const struct split splits[] = {
		{ day_of(2022, 6, 1), 4, 1 }, { day_of(2020, 6, 1), 2, 1 },
		{ day_of(2023, 6, 1), 1, 10 },
	};
	struct bar_row r;

	(void)state;
	layout("date,open,high,low,close,volume,dividends");
	assert_int_equal(row("2021-01-04,10,12,9,11,800,0.5", &r), BAR_GOOD);
	bar_row_unsplit(&r, splits, 3);
	assert_prices(&r, "4", "4.8", "3.6", "4.4", "2000");
	assert_dec(r.dividend, "0.2");
	assert_int_equal(row("2022-06-01,10,12,9,11,800,0", &r), BAR_GOOD);
	bar_row_unsplit(&r, splits, 2);
	assert_prices(&r, "10", "12", "9", "11", "800");
}

static void
symbols_of_file_names(void **state)
{
	static const struct {
		const char	*path, *symbol;
	} cases[] = {
		{ "data/daily/AAPL_2004_2018.csv", "AAPL" },
		{ "AAPL.csv", "AAPL" }, { "aapl.CSV", "AAPL" },
		{ "BRK.B.csv", "BRK.B" },
		{ "./BTC-USD_daily_2021_2026.csv", "BTC-USD" },
		{ "CALM-1d-no-bad-divs.csv", "CALM" },
		{ "EWG-1d-no-bad-divs.csv", "EWG" },
		{ "^GSPC.csv", NULL }, { "prices of today.csv", NULL },
		{ ".csv", NULL }, { "_2004.csv", NULL },
	};
	char out[LIMIT_SYMBOL_BYTES + 1];
	size_t i;
	str s;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		s = symbol_of_path(cases[i].path, out);
		if (!str_eq(s, str_of(cases[i].symbol)))
			fail_msg("%s: %.*s", cases[i].path, STR_ARG(s));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_as_they_were_written),
		cmocka_unit_test(what_is_no_number),
		cmocka_unit_test(plain_decimals_read_as_everywhere),
		cmocka_unit_test(days_of_all_notations),
		cmocka_unit_test(date_open_high_low_close_volume_name),
		cmocka_unit_test(columns_in_another_order_with_float_noise),
		cmocka_unit_test(
		    a_byte_order_mark_american_dates_and_line_ends_of_dos),
		cmocka_unit_test(an_adjusted_close),
		cmocka_unit_test(dividends_splits_gains_and_an_offset),
		cmocka_unit_test(splits_are_ratios_of_whole_numbers),
		cmocka_unit_test(quoted_cells),
		cmocka_unit_test(a_wide_file_has_symbols_for_columns),
		cmocka_unit_test(a_file_of_closes_is_taken_only_when_asked_for),
		cmocka_unit_test(what_is_no_file_of_bars),
		cmocka_unit_test(every_fault_has_its_name),
		cmocka_unit_test(prices_before_a_split_are_as_they_were_paid),
		cmocka_unit_test(symbols_of_file_names),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
