/*
 * What is quoted in another currency: the days are worth the rates that were
 * known, and follow rates that come late or are corrected; what was done
 * keeps the rate it was recorded with.
 */
#include "portfolio/office.h"

static void
euro(const char *when, const char *usd, const char *jpy)
{
	office_sql("insert into fx_rates (base, quote, day, rate, source) "
	    "values ('EUR', 'USD', '%s', %s, 'ecb'), ('EUR', 'JPY', '%s', "
	    "%s, 'ecb') on conflict (base, quote, day) do update set rate = "
	    "excluded.rate, stored_at = now()", when, usd, when, jpy);
}

static void
market_ages(void)
{
	office_sql("update prices_daily set stored_at = stored_at - interval "
	    "'1 hour'; update fx_rates set stored_at = stored_at - interval "
	    "'1 hour'");
}

/* A yen is worth 0.0075 dollars, then 0.008. */
static void
history(void)
{
	office_sql("delete from fx_rates");
	euro("2024-01-02", "1.2", "160");
	euro("2024-01-08", "1.2", "150");
	prices("SPY", "2024-01-01", "2024-01-12", 0, false);
	price("SONY", "2024-01-03", "1000");
	price("SONY", "2024-01-10", "1100");
	RECORD(A_DEPOSIT, "2024-01-02", NULL, "10000", NULL);
	RECORD(A_BUY, "2024-01-03", "SONY", "100", "1000");
	market_ages();
}

OWN(sql_worths, "select string_agg(concat_ws(' ', day, trim_scale(value)),"
    " E'\\n' order by day) as what from portfolio_days where tenant_id = $1"
    " and portfolio_id = $2", 2);

static bool
worth_on(const char *when, const char *value)
{
	struct asking a = { &sql_worths, portfolio, DAY_NONE, NULL };
	char line[80];
	bool found;

	assert_int_equal(in_flow(ask_run, &a), OK);
	snprintf(line, sizeof(line), "%s %s\n", when, value);
	found = strstr(a.text, line) != NULL;
	if (!found)
		print_error("%s is not in\n%s\n", line, a.text);
	free(a.text);
	return (found);
}

static void
yen_are_worth_what_they_are_by_way_of_the_euro(void **state)
{
	(void)state;
	history();
	roll();
	/* 100000 yen at 1.2 / 160, then at 1.2 / 150, then 110000 of them. */
	assert_true(worth_on("2024-01-03", "10000"));
	assert_true(worth_on("2024-01-08", "10050"));
	assert_true(worth_on("2024-01-10", "10130"));
	equals_a_rebuild();
}

static void
a_rate_that_comes_late_is_news_of_its_day(void **state)
{
	char *before;

	(void)state;
	history();
	roll();
	market_ages();
	before = office_rows(on("2024-01-09"));
	euro("2024-01-09", "1.2", "120");
	roll();
	office_same(before, office_rows(on("2024-01-09")));
	assert_true(worth_on("2024-01-10", "10350"));
	equals_a_rebuild();
}

static void
a_corrected_rate_leaves_what_was_paid(void **state)
{
	(void)state;
	history();
	roll();
	market_ages();
	euro("2024-01-02", "1.2", "100");
	roll();
	/* 750 dollars were paid; on the day they are worth 1200. */
	assert_true(worth_on("2024-01-03", "10450"));
	assert_true(worth_on("2024-01-10", "10130"));
	equals_a_rebuild();
}

static void
a_split_of_before_the_first_rate_needs_none(void **state)
{
	(void)state;
	history();
	split("SONY", "2000-05-01", 2, 1);
	RECORD(A_SELL, "2024-01-10", "SONY", "50", "1100");
	equals_a_rebuild();
}

#define T(name)	cmocka_unit_test_setup(name, office_new)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(yen_are_worth_what_they_are_by_way_of_the_euro),
		T(a_rate_that_comes_late_is_news_of_its_day),
		T(a_corrected_rate_leaves_what_was_paid),
		T(a_split_of_before_the_first_rate_needs_none),
	};

	return (cmocka_run_group_tests(tests, office_start, office_stop));
}
