/*
 * The days that are kept, on a real server: whatever was done in between, a
 * trade in the past, a deletion, new bars, late ones, corrected ones, they
 * are what a rebuild from nothing makes.
 */
#include "portfolio/office.h"

/* Rows as written: has any before this day been written again? */
static void
untouched_before(const char *when, void (*deed)(void))
{
	char *before = office_rows(on(when)), *after;

	deed();
	after = office_rows(on(when));
	assert_true(before[0] != '\0');
	office_same(before, after);
}

static char *
days_of(void)
{
	return (office_rows(day_of(9999, 12, 31)));
}

static size_t
count_days(void)
{
	char *rows = days_of();
	size_t i, n = rows[0] != '\0';

	for (i = 0; rows[i] != '\0'; i++)
		n += rows[i] == '\n';
	free(rows);
	return (n);
}

static bool
has_day(const char *when)
{
	char *rows = days_of();
	bool found = strstr(rows, when) != NULL;

	free(rows);
	return (found);
}

/* As if what the market said until now had been said an hour ago. */
static void
market_ages(void)
{
	office_sql("update prices_daily set stored_at = stored_at - interval "
	    "'1 hour'; update splits set stored_at = stored_at - interval "
	    "'1 hour'");
}

/* What has been done until then is written as of another transaction. */
static void
history(void)
{
	prices("SPY", "2024-01-01", "2024-06-28", 0, false);
	prices("ACME", "2024-01-01", "2024-06-28", 3, false);
	prices("BOLT", "2024-03-01", "2024-06-28", 1, false);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-15", "ACME", "50", "48.12");
	RECORD(A_BUY, "2024-02-01", "BOLT", "12.5", "61.07");
	RECORD(A_SELL, "2024-04-01", "ACME", "7", "51.3");
	RECORD(A_WITHDRAWAL, "2024-05-04", NULL, "1000", NULL);
	RECORD(A_DIVIDEND, "2024-05-15", "ACME", "12.40", NULL);
}

/* ---- trades in the past ------------------------------------------------ */

static void
buy_in_the_past(void)
{
	RECORD(A_BUY, "2024-03-05", "CORD", "3", "47.77");
}

static void
a_trade_in_the_past_rewrites_days_from_that_day_on(void **state)
{
	(void)state;
	history();
	untouched_before("2024-03-05", buy_in_the_past);
	equals_a_rebuild();
}

static void
sell_on_a_sunday(void)
{
	RECORD(A_SELL, "2024-04-07", "BOLT", "2.25", "60");
}

static void
a_trade_on_a_closed_day_rewrites_from_the_next_open_one(void **state)
{
	(void)state;
	history();
	untouched_before("2024-04-08", sell_on_a_sunday);
	equals_a_rebuild();
}

static void
begin_earlier(void)
{
	RECORD(A_DEPOSIT, "2023-12-30", NULL, "17", NULL);
}

static void
a_past_before_the_first_day_makes_all_of_them_again(void **state)
{
	(void)state;
	history();
	begin_earlier();
	equals_a_rebuild();
	prices("SPY", "2023-12-01", "2023-12-31", 0, false);
	market_ages();
	roll();
	equals_a_rebuild();
	assert_false(has_day("2023-12-29"));
}

static uuid to_forget;

static void
forget_it(void)
{
	assert_int_equal(forget(to_forget), OK);
}

static void
a_deletion_rewrites_days_from_that_day_on(void **state)
{
	(void)state;
	history();
	to_forget = record(entry(A_SELL, "2024-04-10", "ACME", "3", "52"));
	assert_int_equal(answered, OK);
	untouched_before("2024-04-10", forget_it);
	equals_a_rebuild();
}

static void
an_old_sales_gain_follows_an_earlier_purchase(void **state)
{
	char *state_text;

	(void)state;
	history();
	/* 50 for 2406, then 100 for 5000: a share of 7 costs 345.66. */
	RECORD(A_BUY, "2024-03-29", "ACME", "50", "51.88");
	state_text = office_state();
	assert_non_null(strstr(state_text, "2024-04-01 sell "
	    "7.000000000000000000 9.100000000000000000 "
	    "350.000000000000000000"));
	free(state_text);
	equals_a_rebuild();
}

/* Told with the later one first. */
static void
of_several_entries_the_earliest_decides(void **state)
{
	struct writing w = { .n = 2, .entries = {
		entry(A_DEPOSIT, "2024-06-03", NULL, "5", NULL),
		entry(A_DEPOSIT, "2024-03-04", NULL, "7", NULL),
	} };

	(void)state;
	history();
	assert_int_equal(record_all(&w), OK);
	equals_a_rebuild();
}

/* Another machine's clock was ahead, so that its id is the greater one. */
static void
the_order_of_a_day_is_that_of_the_ids(void **state)
{
	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	/* A third of 300.02 is 100.01, and then half of the rest 100.00. */
	RECORD(A_BUY, "2024-01-03", "ACME", "3", "100.006667");
	RECORD(A_SELL, "2024-01-04", "ACME", "1", "101");
	office_sql("update activities set id = 'ffffffff-ffff-7fff-bfff-"
	    "ffffffffffff' where kind = 'sell'");
	RECORD(A_SELL, "2024-01-04", "ACME", "1", "101");
	equals_a_rebuild();
}

static void
bars_nobody_rolled_are_taken_in_by_the_next_write(void **state)
{
	(void)state;
	history();
	prices("SPY", "2024-06-29", "2024-07-12", 0, false);
	RECORD(A_DEPOSIT, "2024-07-09", NULL, "1", NULL);
	assert_true(has_day("2024-07-01"));
	equals_a_rebuild();
}

/* ---- returns ----------------------------------------------------------- */

static const struct sql sql_returns = { .name = "returns", .params = 2,
    .text = "select string_agg(round(return::numeric, 12) || ' ' ||"
    " round(wealth::numeric, 12), E'\n' order by day) as what"
    " from portfolio_days where tenant_id = $1 and portfolio_id = $2" };

static void
returns_are(const char *wanted)
{
	struct asking a = { &sql_returns, portfolio, DAY_NONE, NULL };

	assert_int_equal(in_flow(ask_run, &a), OK);
	assert_string_equal(a.text, wanted);
	free(a.text);
}

/* The specification's section 13, G2. */
static void
time_weighted_return_of_the_specification(void **state)
{
	(void)state;
	price("ACME", "2024-01-02", "1");
	price("ACME", "2024-01-03", "1.02");
	price("ACME", "2024-01-04", "1.0098");
	price("ACME", "2024-01-05", "1.03");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-02", "ACME", "10000", "1");
	RECORD(A_DEPOSIT, "2024-01-03", NULL, "5000", NULL);
	RECORD(A_BUY, "2024-01-03", "ACME", "5000", "1");
	RECORD(A_SELL, "2024-01-05", "ACME", "1941.747572815533980582",
	    "1.03");
	RECORD(A_WITHDRAWAL, "2024-01-05", NULL, "2000", NULL);
	returns_are("0.000000000000 1.000000000000\n"
	    "0.020000000000 1.020000000000\n"
	    "-0.010000000000 1.009800000000\n"
	    "0.020003961180 1.030000000000");
}

static void
an_empty_portfolio_has_no_return_and_goes_on_after_it(void **state)
{
	(void)state;
	price("SPY", "2024-01-02", "400");
	price("SPY", "2024-01-03", "401");
	price("SPY", "2024-02-05", "402");
	price("ACME", "2024-01-02", "100");
	price("ACME", "2024-01-03", "110");
	price("ACME", "2024-04-02", "300");
	price("ACME", "2024-04-03", "330");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000", NULL);
	RECORD(A_BUY, "2024-01-02", "ACME", "10", "100");
	RECORD(A_SELL, "2024-01-03", "ACME", "10", "110");
	RECORD(A_WITHDRAWAL, "2024-01-03", NULL, "1100", NULL);
	RECORD(A_DEPOSIT, "2024-04-02", NULL, "600", NULL);
	RECORD(A_BUY, "2024-04-02", "ACME", "2", "300");
	returns_are("0.000000000000 1.000000000000\n"
	    "0.100000000000 1.100000000000\n"
	    "0.000000000000 1.100000000000\n"
	    "0.000000000000 1.100000000000\n"
	    "0.100000000000 1.210000000000");
	equals_a_rebuild();
}

/* ---- the market says something ----------------------------------------- */

static void
new_bars_make_new_days(void **state)
{
	size_t before;

	(void)state;
	history();
	split("BOLT", "2024-05-20", 2, 1);
	roll();
	market_ages();
	before = count_days();
	prices("SPY", "2024-06-29", "2024-07-12", 0, false);
	prices("ACME", "2024-06-29", "2024-07-12", 3, false);
	prices("BOLT", "2024-06-29", "2024-07-12", 1, false);
	untouched_before("2024-07-01", roll);
	assert_int_equal(count_days(), before + 10);
	assert_true(has_day("2024-07-12"));
	equals_a_rebuild();
}

static void
without_news_nothing_is_written(void **state)
{
	(void)state;
	history();
	roll();
	market_ages();
	untouched_before("9999-12-31", roll);
	equals_a_rebuild();
}

/* One bar of a day comes before the others, and one comes a week late. */
static void
late_bars_find_their_day(void **state)
{
	(void)state;
	history();
	roll();
	price("SPY", "2024-07-01", "410");
	roll();
	assert_true(has_day("2024-07-01"));
	equals_a_rebuild();
	price("ACME", "2024-07-01", "53");
	roll();
	equals_a_rebuild();
	market_ages();
	price("SPY", "2024-07-09", "411");
	roll();
	market_ages();
	price("BOLT", "2024-07-03", "59");
	untouched_before("2024-07-02", roll);
	assert_true(has_day("2024-07-03"));
	equals_a_rebuild();
}

static void
corrected_bars_correct_their_days(void **state)
{
	char *before, *after;

	(void)state;
	history();
	roll();
	market_ages();
	before = office_state();
	price("ACME", "2024-05-02", "99.99");
	untouched_before("2024-05-02", roll);
	after = office_state();
	assert_string_not_equal(before, after);
	free(before);
	free(after);
	equals_a_rebuild();
	price("ACME", "2024-05-02", "43.21");
	roll();
	equals_a_rebuild();
}

static void
bars_of_strangers_are_no_news(void **state)
{
	(void)state;
	history();
	roll();
	market_ages();
	prices("CORD", "2024-01-01", "2024-07-31", 0, false);
	untouched_before("9999-12-31", roll);
	equals_a_rebuild();
}

static void
a_portfolio_without_any_bars_waits_for_them(void **state)
{
	(void)state;
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-15", "ACME", "50", "48.12");
	roll();
	assert_int_equal(count_days(), 0);
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	roll();
	assert_int_equal(count_days(), 22);
	equals_a_rebuild();
}

/* ---- splits ------------------------------------------------------------ */

static void
a_split_that_is_told_late_counts_from_its_day(void **state)
{
	char *text;

	(void)state;
	history();
	roll();
	market_ages();
	split("ACME", "2024-05-20", 4, 1);
	price("SPY", "2024-07-01", "410");
	untouched_before("2024-05-20", roll);
	text = office_state();
	assert_non_null(strstr(text, ",172.000000000000000000,"
	    "2069.160000000000000000,"));
	free(text);
	equals_a_rebuild();
}

static void
a_split_of_before_the_purchase_changes_no_units(void **state)
{
	char *text;

	(void)state;
	history();
	split("ACME", "2024-01-12", 4, 1);
	split("CORD", "2024-02-12", 4, 1);
	RECORD(A_INTEREST, "2024-06-27", NULL, "0.01", NULL);
	text = office_state();
	assert_non_null(strstr(text, ",43.000000000000000000,"));
	free(text);
	equals_a_rebuild();
}

/* The close that is carried into the first day is of before it. */
static void
a_split_of_before_the_purchase_counts_for_an_older_close(void **state)
{
	char *text;

	(void)state;
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	price("ACME", "2024-01-10", "100");
	split("ACME", "2024-01-12", 4, 1);
	RECORD(A_DEPOSIT, "2024-01-15", NULL, "1000", NULL);
	RECORD(A_BUY, "2024-01-15", "ACME", "10", "26");
	text = office_state();
	assert_non_null(strstr(text, ",2024-01-15,990.000000000000000000,"));
	free(text);
	equals_a_rebuild();
}

static void
a_split_to_come_is_not_there_yet(void **state)
{
	char when[DAY_TEXT_MAX], *before;

	(void)state;
	history();
	before = office_state();
	day_print(day_add(day_today(), 3), when);
	split("ACME", when, 4, 1);
	roll();
	office_same(before, office_state());
}

/* ---- which days -------------------------------------------------------- */

static void
weekends_are_no_days_beside_a_stock_market(void **state)
{
	(void)state;
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	prices("COIN", "2024-01-01", "2024-01-31", 0, true);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-03", "COIN", "2", "50");
	assert_int_equal(count_days(), 22);
	assert_false(has_day("2024-01-06"));
	equals_a_rebuild();
}

static void
what_trades_around_the_clock_alone_has_weekends(void **state)
{
	(void)state;
	office_portfolio("USD", "COIN", NULL);
	prices("COIN", "2024-01-01", "2024-02-29", 0, true);
	prices("ACME", "2024-01-01", "2024-02-29", 0, false);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-03", "COIN", "2", "50");
	assert_int_equal(count_days(), 59);
	assert_true(has_day("2024-01-06"));
	/* From then on there is a stock market. */
	RECORD(A_BUY, "2024-02-01", "ACME", "2", "50");
	assert_true(has_day("2024-01-28"));
	assert_false(has_day("2024-02-03"));
	equals_a_rebuild();
}

/* Another exchange's open day is one once something was dealt in there. */
static void
an_exchange_counts_from_the_first_deal_there_on(void **state)
{
	(void)state;
	prices("SPY", "2024-01-01", "2024-02-29", 5, false);
	prices("BOLT", "2024-01-01", "2024-02-29", 5, false);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	equals_a_rebuild();
	RECORD(A_BUY, "2024-02-05", "BOLT", "2", "50");
	equals_a_rebuild();
	RECORD(A_BUY, "2024-01-22", "BOLT", "2", "50");
	equals_a_rebuild();
}

static const struct sql sql_other_benchmark = { .name = "other_benchmark",
    .params = 2, .text = "update portfolios set benchmark = 'COIN' where"
    " tenant_id = $1 and id = $2" };

static enum err
benchmark_run(struct flow *f, void *arg)
{
	(void)arg;
	f->who.tenant = tenant;
	TRY(store_begin(f));
	TRY(store_exec(f, &sql_other_benchmark, NULL, UUID(portfolio)));
	TRY(portfolio_rebuild(f, portfolio));
	return (store_commit(f));
}

static void
another_benchmark_has_other_days(void **state)
{
	(void)state;
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	prices("COIN", "2024-01-01", "2024-01-31", 0, true);
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	assert_int_equal(count_days(), 22);
	assert_int_equal(in_flow(benchmark_run, NULL), OK);
	assert_int_equal(count_days(), 30);
	equals_a_rebuild();
}

/* The close before the first kept day is carried however old it is. */
static void
an_old_close_is_carried_into_later_days(void **state)
{
	(void)state;
	prices("SPY", "2024-01-01", "2024-06-28", 0, false);
	price("ACME", "2024-01-10", "55");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-09", "ACME", "2", "50");
	equals_a_rebuild();
	RECORD(A_DEPOSIT, "2024-05-02", NULL, "1", NULL);
	equals_a_rebuild();
	split("ACME", "2024-05-15", 2, 1);
	RECORD(A_DEPOSIT, "2024-06-03", NULL, "1", NULL);
	roll();
	equals_a_rebuild();
}

/* ---- many -------------------------------------------------------------- */

static void
every_tenant_is_rolled_and_none_is_in_the_way(void **state)
{
	uuid kept[3], tenants[3];
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		if (i > 0) {
			office_sql("insert into tenants (id, name) select "
			    "'00000000-0000-7000-9000-00000000000%d', 'more'"
			    " on conflict do nothing", i);
			tenant = (uuid){ { [6] = 0x70, [8] = 0x90,
			    [15] = (uint8_t)i } };
			office_portfolio("USD", "SPY", NULL);
		}
		tenants[i] = tenant;
		kept[i] = portfolio;
		RECORD(A_DEPOSIT, "2024-01-02", NULL, "1000000000000000",
		    NULL);
		RECORD(A_BUY, "2024-01-03", i == 1 ? "ACME" : "BOLT",
		    "1000000000000000", "1");
	}
	prices("SPY", "2024-01-01", "2024-01-31", 0, false);
	price("BOLT", "2024-01-10", "2");
	/* What the second holds is worth too much to be kept. */
	price("ACME", "2024-01-10", "5000");
	roll();
	for (i = 0; i < 3; i++) {
		tenant = tenants[i];
		portfolio = kept[i];
		assert_int_equal(count_days(), i == 1 ? 0 : 22);
	}
	price("ACME", "2024-01-10", "5");
	roll();
	tenant = tenants[1];
	portfolio = kept[1];
	assert_int_equal(count_days(), 22);
	equals_a_rebuild();
}

static void
more_portfolios_than_one_answer_tells_are_rolled(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 205; i++) {
		office_portfolio("USD", "SPY", NULL);
		RECORD(A_DEPOSIT, "2024-01-02", NULL, "1", NULL);
	}
	prices("SPY", "2024-01-01", "2024-01-05", 0, false);
	roll();
	assert_int_equal(count_days(), 4);
	office_sql("do 'begin assert (select count(*) from portfolio_days) = "
	    "820; end'");
}

/* ---- anything, in any order -------------------------------------------- */

static uint64_t dice;

static int
roll_of(int least, int most)
{
	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return (least + (int)((dice >> 33) % (uint64_t)(most - least + 1)));
}

/* Some entry; it may well be refused. */
static struct entry
some_entry(void)
{
	static const char *const symbols[] = { "ACME", "BOLT", "CORD", "COIN" };
	static const enum activity_kind kinds[] = { A_DEPOSIT, A_BUY, A_BUY,
	    A_BUY, A_SELL, A_SELL, A_DIVIDEND, A_FEE, A_WITHDRAWAL,
	    A_INTEREST, A_TAX };
	enum activity_kind kind = kinds[roll_of(0, 10)];
	struct entry e = entry(A_DEPOSIT, "2024-01-02", NULL, "1", NULL);

	e.kind = (int)kind;
	e.on = day_add(e.on, roll_of(0, 170));
	e.symbol = str_of(symbols[roll_of(0, 3)]);
	e.quantity = dec_units(roll_of(1, 5000), roll_of(0, 4));
	e.price = dec_units(roll_of(3000, 7000), 2);
	e.amount = dec_units(roll_of(1, kind == A_DEPOSIT ? 5000000 : 20000),
	    2);
	if (roll_of(0, 1) == 0)
		e.commission = dec_units(roll_of(0, 300), 2);
	if (roll_of(0, 1) == 0)
		e.withheld = dec_units(roll_of(0, 1), 2);
	return (e);
}

static void
some_news(void)
{
	static const char *const symbols[] = { "ACME", "BOLT", "CORD", "SPY" };
	char when[DAY_TEXT_MAX], close[32];

	day_print(day_add(on("2024-01-02"), roll_of(0, 200)), when);
	snprintf(close, sizeof(close), "%d.%02d", roll_of(20, 90),
	    roll_of(0, 99));
	price(symbols[roll_of(0, 3)], when, close);
	if (roll_of(0, 3) == 0) {
		day_print(day_add(on("2024-01-02"), roll_of(0, 200)), when);
		office_sql("insert into splits (instrument_id, ex_day, "
		    "numerator, denominator) select id, '%s', %d, %d from "
		    "instruments where symbol = '%s' on conflict do nothing",
		    when, roll_of(2, 5), 1, symbols[roll_of(0, 2)]);
	}
	roll();
}

/* One step; true when something was changed. */
static bool
some_step(uuid *ids, size_t *n)
{
	size_t i;
	uuid id;

	if (*n > 5 && roll_of(0, 4) == 0) {
		i = (size_t)roll_of(0, (int)*n - 1);
		if (forget(ids[i]) != OK)
			return (false);
		ids[i] = ids[--*n];
		return (true);
	}
	id = record(some_entry());
	assert_true(answered == OK || answered == E_INVALID);
	if (answered == OK)
		ids[(*n)++] = id;
	return (answered == OK);
}

#define STEPS	120

static void
seed_equals_a_rebuild(uint64_t seed)
{
	uuid ids[STEPS];
	size_t n = 0, done = 0;
	int i;

	print_message("seed %llu\n", (unsigned long long)seed);
	office_new(NULL);
	dice = seed;
	prices("SPY", "2024-01-01", "2024-06-28", 1, false);
	prices("ACME", "2024-01-01", "2024-06-28", 4, false);
	prices("BOLT", "2024-03-01", "2024-06-28", 2, false);
	prices("COIN", "2024-02-01", "2024-06-28", 0, true);
	office_sql("insert into portfolio_methods select tenant_id, id, "
	    "'2024-03-01', (array['average', 'fifo', 'lifo', 'hifo', 'lofo'])"
	    "[%d] from portfolios", 1 + (int)(seed % 5));
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "20000", NULL);
	for (i = 0; i < STEPS; i++) {
		done += some_step(ids, &n);
		if (i % 15 == 7)
			some_news();
		if (i % 5 == 4 || i + 1 == STEPS)
			equals_a_rebuild();
	}
	assert_true(done > STEPS / 3);
}

/* PORTFOLIO_SEED tells one and only that one again. */
static void
whatever_was_done_the_days_are_those_of_a_rebuild(void **state)
{
	const char *z = getenv("PORTFOLIO_SEED");
	uint64_t seed;

	(void)state;
	if (z != NULL) {
		seed_equals_a_rebuild(strtoull(z, NULL, 10));
		return;
	}
	for (seed = 1; seed <= 4; seed++)
		seed_equals_a_rebuild(seed);
}

#define T(name)	cmocka_unit_test_setup(name, office_new)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_trade_in_the_past_rewrites_days_from_that_day_on),
		T(a_trade_on_a_closed_day_rewrites_from_the_next_open_one),
		T(a_past_before_the_first_day_makes_all_of_them_again),
		T(a_deletion_rewrites_days_from_that_day_on),
		T(an_old_sales_gain_follows_an_earlier_purchase),
		T(of_several_entries_the_earliest_decides),
		T(the_order_of_a_day_is_that_of_the_ids),
		T(bars_nobody_rolled_are_taken_in_by_the_next_write),
		T(time_weighted_return_of_the_specification),
		T(an_empty_portfolio_has_no_return_and_goes_on_after_it),
		T(new_bars_make_new_days),
		T(without_news_nothing_is_written),
		T(late_bars_find_their_day),
		T(corrected_bars_correct_their_days),
		T(bars_of_strangers_are_no_news),
		T(a_portfolio_without_any_bars_waits_for_them),
		T(a_split_that_is_told_late_counts_from_its_day),
		T(a_split_of_before_the_purchase_changes_no_units),
		T(a_split_of_before_the_purchase_counts_for_an_older_close),
		T(a_split_to_come_is_not_there_yet),
		T(weekends_are_no_days_beside_a_stock_market),
		T(what_trades_around_the_clock_alone_has_weekends),
		T(an_exchange_counts_from_the_first_deal_there_on),
		T(another_benchmark_has_other_days),
		T(an_old_close_is_carried_into_later_days),
		T(every_tenant_is_rolled_and_none_is_in_the_way),
		T(more_portfolios_than_one_answer_tells_are_rolled),
		T(whatever_was_done_the_days_are_those_of_a_rebuild),
	};

	return (cmocka_run_group_tests(tests, office_start, office_stop));
}
