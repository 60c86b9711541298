/*
 * Files of daily bars into the tables: what is stored, what is counted, and
 * that a file read twice changes nothing. The real files are read where they
 * are at hand.
 */
#include "market/stand.h"
#include "market/price_file.h"

static char path[128];

/* A file called so, in the test's folder. */
static const char *
file(const char *name, const char *text)
{
	FILE *fp;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fp = fopen(path, "w");
	assert_non_null(fp);
	fputs(text, fp);
	fclose(fp);
	return (path);
}

struct taking {
	const char		*path;
	struct import_words	 words;
	struct tally		 tally;
	char			 fault[256];
};

static enum err
take_flow(struct flow *f, void *arg)
{
	struct taking *t = arg;
	enum err e;

	e = price_file_take(f, t->path, &t->words, &t->tally);
	snprintf(t->fault, sizeof(t->fault), "%s",
	    f->fault == NULL ? "" : f->fault);
	return (e);
}

static const struct import_words usual = { .currency = { "USD", 3 },
    .kind = { "stock", 5 } };

static struct tally
take_with(const char *name, struct import_words words, enum err answer)
{
	struct taking t = { .path = name, .words = words };

	assert_int_equal(in_flow(take_flow, &t), answer);
	assert_true(answer == OK || t.fault[0] != '\0');
	return (t.tally);
}

static struct tally
take(const char *name)
{
	return (take_with(name, usual, OK));
}

static void
assert_tally(struct tally t, int64_t rows, int64_t added, int64_t unchanged,
    int64_t corrected)
{
	int64_t skipped = 0;
	size_t i;

	for (i = 0; i < BAR_FAULTS; i++)
		skipped += t.skipped[i];
	assert_int_equal(t.rows, rows);
	assert_int_equal(t.added, added);
	assert_int_equal(t.unchanged, unchanged);
	assert_int_equal(t.corrected, corrected);
	assert_int_equal(skipped, rows - added - unchanged - corrected);
}

#define HEADER	"Date,Open,High,Low,Close,Volume\n"

static void
rows_are_stored_and_dirty_ones_counted(void **state)
{
	struct tally t;

	(void)state;
	t = take(file("ACME_2022.csv", HEADER
	    "2022-01-03,10,12,9,11,500\n"
	    "2022-01-04,11,13,10.125856697082519531,12,600\n"
	    "\n"
	    "2022-01-04,11,13,10,12,600\n"
	    "2022-01-05,11,10,10,12,600\n"
	    "2022-01-06,,13,10,12,600\n"
	    "2022-01-07,11,13,10,12\n"
	    "2022-02-30,11,13,10,12,600\n"
	    "2022-01-10,0,13,10,12,600\n"
	    "2022-01-11,11,13,10,12,\n"));
	assert_tally(t, 9, 3, 0, 0);
	assert_string_equal(t.symbol, "ACME");
	assert_int_equal(t.skipped[BAR_TWICE], 1);
	assert_int_equal(t.skipped[BAR_ORDER], 1);
	assert_int_equal(t.skipped[BAR_EMPTY], 1);
	assert_int_equal(t.skipped[BAR_WIDTH], 1);
	assert_int_equal(t.skipped[BAR_DATE], 1);
	assert_int_equal(t.skipped[BAR_SIGN], 1);
	ASSERT_TOLD("select symbol || kind || currency || source || simulated"
	    " as what from instruments", "ACMEstockUSDimportfalse");
	ASSERT_TOLD("select string_agg(concat_ws(' ', day, open, high, low, "
	    "close, volume), ';' order by day) as what from (select day, "
	    "trim_scale(open) open, trim_scale(high) high, trim_scale(low) "
	    "low, trim_scale(close) as close, trim_scale(volume) volume from "
	    "prices_daily) p", "2022-01-03 10 12 9 11 500;"
	    "2022-01-04 11 13 10.125856697082519531 12 600;"
	    "2022-01-11 11 13 10 12 0");
}

static void
the_last_close_is_a_quote_that_is_not_fresh(void **state)
{
	(void)state;
	(void)take(file("ACME.csv", HEADER "2022-01-03,10,12,9,11,500\n"
	    "2022-01-04,11,13,10,12,600\n"));
	ASSERT_TOLD("select concat_ws(' ', trim_scale(price), "
	    "trim_scale(previous_close), as_of at time zone 'UTC', stale, "
	    "source) as what from quotes",
	    "12 11 2022-01-04 20:00:00 t import");
}

static void
twice_is_as_once_and_a_changed_row_is_corrected(void **state)
{
	(void)state;
	(void)take(file("ACME.csv", HEADER "2022-01-03,10,12,9,11,500\n"
	    "2022-01-04,11,13,10,12,600\n"));
	assert_tally(take(path), 2, 0, 2, 0);
	assert_tally(take(file("ACME.csv", HEADER
	    "2022-01-03,10,12,9,11,500\n2022-01-04,11,13,10,12.5,600\n"
	    "2022-01-05,11,13,10,12,600\n")), 3, 1, 1, 1);
	ASSERT_TOLD("select trim_scale(close)::text as what from "
	    "prices_daily where day = '2022-01-04'", "12.5");
}

static void
symbols_of_a_column_of_a_word_or_of_the_name(void **state)
{
	struct import_words words = usual;

	(void)state;
	assert_int_equal(take(file("many.csv", "Ticker,Date,Open,High,Low,"
	    "Close\nAA,2022-01-03,1,1,1,1\nbb,2022-01-03,1,1,1,1\n"
	    "AA,2022-01-04,1,1,1,1\nbad one,2022-01-04,1,1,1,1\n")).symbols,
	    2);
	words.symbol = S("CC");
	words.currency = S("EUR");
	(void)take_with(path, words, OK);
	ASSERT_TOLD("select string_agg(symbol || currency || n, ' ' order by "
	    "symbol) as what from (select symbol, currency, count(*) n from "
	    "instruments i join prices_daily p on p.instrument_id = i.id "
	    "group by 1, 2) x", "AAUSD2 BBUSD1 CCEUR2");
	(void)take_with(file("prices of today.csv", HEADER
	    "2022-01-03,1,1,1,1,1\n"), usual, E_INVALID);
}

static void
an_adjusted_close_is_the_files_else_it_follows(void **state)
{
	(void)state;
	(void)take(file("OWN.csv", "Date,Open,High,Low,Close,Adj Close,"
	    "Volume\n2022-01-03,10,12,9,11,8.5,1\n"));
	(void)take(file("DIV.csv", "Date,Open,High,Low,Close,Volume,"
	    "Dividends\n2022-01-03,10,10,10,10,1,0\n"
	    "2022-01-04,9,9,9,9,1,1\n"));
	ASSERT_TOLD("select string_agg(concat_ws(' ', symbol, day, "
	    "trim_scale(coalesce(adjusted_close, close))), ';' order by "
	    "symbol, day) as what from prices_daily p join instruments i on "
	    "i.id = p.instrument_id", "DIV 2022-01-03 9;DIV 2022-01-04 9;"
	    "OWN 2022-01-03 8.5");
	ASSERT_TOLD("select concat_ws(' ', ex_day, trim_scale(amount)) as "
	    "what from dividends", "2022-01-04 1");
}

/* Such files tell prices in units after the split: they are stored raw. */
static void
prices_before_a_split_are_stored_as_they_were_paid(void **state)
{
	(void)state;
	(void)take(file("SPLT.csv", "Date,Open,High,Low,Close,Adj Close,"
	    "Volume,Dividends,Stock Splits\n"
	    "2022-01-03,25,25,25,25,25,400,0,0.0\n"
	    "2022-01-04,26,26,26,26,26,400,0,4.0\n"));
	ASSERT_TOLD("select string_agg(concat_ws(' ', day, trim_scale(close),"
	    " trim_scale(adjusted_close), trim_scale(volume)), ';' order by "
	    "day) as what from prices_daily",
	    "2022-01-03 100 25 100;2022-01-04 26 26 400");
	ASSERT_TOLD("select concat_ws(' ', ex_day, numerator, denominator) "
	    "as what from splits", "2022-01-04 4 1");
	assert_tally(take(path), 2, 0, 2, 0);
}

static void
closes_alone_are_taken_when_asked_for_and_replace_no_bar(void **state)
{
	struct import_words words = usual;

	(void)state;
	(void)take(file("AA.csv", HEADER "2022-01-03,10,12,9,11,500\n"));
	assert_tally(take(file("wide.csv", "date,AA,BB\n2022-01-03,5,\n"
	    "2022-01-04,6,7\n")), 2, 0, 0, 0);
	words.adjusted_only = true;
	assert_tally(take_with(path, words, OK), 3, 2, 1, 0);
	ASSERT_TOLD("select string_agg(concat_ws(' ', symbol, day, "
	    "trim_scale(close)), ';' order by symbol, day) as what from "
	    "prices_daily p join instruments i on i.id = p.instrument_id",
	    "AA 2022-01-03 11;AA 2022-01-04 6;BB 2022-01-04 7");
}

static void
the_simulated_market_stays_as_it_is_unless_replaced(void **state)
{
	struct import_words words = usual;

	(void)state;
	RUN("insert into instruments (id, symbol, name, currency, source, "
	    "simulated) values ('00000000-0000-7000-8000-000000000001', "
	    "'ACME', 'Acme', 'USD', 'simulated', true)");
	RUN("insert into prices_daily (instrument_id, day, open, high, low, "
	    "close, source) values ('00000000-0000-7000-8000-000000000001', "
	    "'2021-12-31', 1, 1, 1, 1, 'simulated')");
	RUN("insert into fundamentals (instrument_id, metric, unit, "
	    "period_start, period_end, value, filed, source) select "
	    "'00000000-0000-7000-8000-000000000001', 'us-gaap:Revenues', 'USD',"
	    " '2021-01-01', day, 1, day, source from (values (date "
	    "'2021-03-31', 'simulated'), ('2021-06-30', 'sec')) x (day, source)"
	    );
	assert_int_equal(take(file("ACME.csv", HEADER
	    "2022-01-03,10,12,9,11,500\n")).skipped[BAR_OTHER_MARKET], 1);
	ASSERT_TOLD("select max(day)::text as what from prices_daily",
	    "2021-12-31");
	words.replace = true;
	assert_tally(take_with(path, words, OK), 1, 1, 0, 0);
	ASSERT_TOLD("select concat_ws(' ', name, simulated, min(day), "
	    "max(day)) as what from prices_daily join instruments i on "
	    "i.id = instrument_id group by name, simulated",
	    "Acme f 2022-01-03 2022-01-03");
	ASSERT_TOLD("select string_agg(source, ' ') as what from fundamentals",
	    "sec");
}

static void
what_cannot_be_read_says_so(void **state)
{
	(void)state;
	(void)take_with("/nowhere/AA.csv", usual, E_NOT_FOUND);
	(void)take_with(dir, usual, E_INVALID);
	(void)take_with(file("AA.csv", ""), usual, E_INVALID);
	(void)take_with(file("AA.csv", "hello\nworld\n"), usual, E_INVALID);
	ASSERT_TOLD("select count(*)::text as what from instruments", "0");
}

/* More rows than a flow's memory would hold, and lines longer than any. */
static void
a_long_file_is_read_in_bounded_memory(void **state)
{
	enum { SYMBOLS = 60, DAYS = 2500 };
	char day_text[DAY_TEXT_MAX];
	FILE *fp;
	int i, k;

	(void)state;
	snprintf(path, sizeof(path), "%s/long.csv", dir);
	fp = fopen(path, "w");
	assert_non_null(fp);
	fputs("Date,Open,High,Low,Close,Volume,Name\n", fp);
	for (k = 0; k < SYMBOLS; k++)
		for (i = 0; i < DAYS; i++) {
			day_print(day_add(day_of(2010, 1, 1), i), day_text);
			fprintf(fp, "%s,10.5,12.25,9.75,11,%d,S%d\n",
			    day_text, i, k);
		}
	for (i = 0; i < BAR_LINE_BYTES * 3; i++)
		fputc('x', fp);
	fputs("\n2022-01-03,1,1,1,1,1,S0\n", fp);
	fclose(fp);
	assert_tally(take(path), SYMBOLS * DAYS + 2, SYMBOLS * DAYS + 1, 0,
	    0);
}

/* ---- the real files ------------------------------------------------------ */

#define MARKET	"../shared/data/market/"

static void
files_of_all_sources(void **state)
{
	static const struct {
		const char	*path;
		int64_t		 rows, added;
	} files[] = {
		{ MARKET "daily/adjclose/AAPL_2004_2018.csv", 3379, 3379 },
		{ MARKET "daily/adjclose/SPY_2008_2018.csv", 2519, 2517 },
		{ MARKET "daily/djia_2006_2018/KO.csv", 3020, 3014 },
		{ MARKET "daily/MSFT_1990_2022.csv", 8111, 8111 },
		{ MARKET "daily/SPY_adj_close_1993_2019.csv", 6765, 0 },
		{ MARKET "daily/adj_close_20_tickers_1989_2018.csv", 7126,
		    0 },
		{ MARKET "daily/yahoo_2021_2026/AMZN.csv", 1313, 1312 },
		{ MARKET "crypto/BTCUSDT_daily_2017_2021.csv", 1246, 1246 },
		{ MARKET "corporate_actions/CALM-1d-no-bad-divs.csv", 662,
		    662 },
		{ MARKET "intraday/SPY_1min_2020-12-15_18.csv", 1564, 0 },
	};
	size_t i;

	(void)state;
	if (access(MARKET, R_OK) != 0)
		skip();
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_tally(take(files[i].path), files[i].rows,
		    files[i].added, 0, 0);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_tally(take(files[i].path), files[i].rows, 0,
		    files[i].added, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(rows_are_stored_and_dirty_ones_counted,
		    fresh),
		cmocka_unit_test_setup(
		    the_last_close_is_a_quote_that_is_not_fresh, fresh),
		cmocka_unit_test_setup(
		    twice_is_as_once_and_a_changed_row_is_corrected, fresh),
		cmocka_unit_test_setup(
		    symbols_of_a_column_of_a_word_or_of_the_name, fresh),
		cmocka_unit_test_setup(
		    an_adjusted_close_is_the_files_else_it_follows, fresh),
		cmocka_unit_test_setup(
		    prices_before_a_split_are_stored_as_they_were_paid,
		    fresh),
		cmocka_unit_test_setup(
		    closes_alone_are_taken_when_asked_for_and_replace_no_bar,
		    fresh),
		cmocka_unit_test_setup(
		    the_simulated_market_stays_as_it_is_unless_replaced,
		    fresh),
		cmocka_unit_test_setup(what_cannot_be_read_says_so, fresh),
		cmocka_unit_test_setup(a_long_file_is_read_in_bounded_memory,
		    fresh),
		cmocka_unit_test_setup(files_of_all_sources, fresh),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
