/*
 * The notation: what is printed reads back as the same, and what cannot be
 * read is told with its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/notation.h"

static struct arena mem;
static struct page page;

static int
begin(void **state)
{
	(void)state;
	arena_init(&mem, 16 * 1024 * 1024, NULL, NULL);
	return (0);
}

static int
end(void **state)
{
	(void)state;
	arena_drop(&mem);
	return (0);
}

static const struct activity *
read_one(const char *line)
{
	if (!page_read(&page, &mem, str_of(line)))
		fail_msg("%s: %s", line, page.wrong);
	assert_int_equal(page.n, 1);
	return (&page.a[0]);
}

static void
assert_line(const char *line)
{
	char out[NOTATION_LINE_MAX];

	activity_print(&page, read_one(line), out);
	assert_string_equal(out, line);
}

static void
every_kind_is_printed_as_it_is_read(void **state)
{
	(void)state;
	assert_line("2024-01-10 buy ACME 100 at 10.5 fee 1 as L1");
	assert_line("2024-01-10 sell ACME 0.5 at 10 fee 1 tax 2 accrued 3 "
	    "rate 0.9 as A0");
	assert_line("2024-01-10 deposit 100 EUR as A0");
	assert_line("2024-01-10 withdrawal 100 USD as A0");
	assert_line("2024-01-10 dividend ACME 12.4 tax 1.86 as A0");
	assert_line("2024-01-10 interest 12.4 JPY tax 1 as A0");
	assert_line("2024-01-10 fee 24 USD as A0");
	assert_line("2024-01-10 tax 24 USD rate 1.5 as A0");
	assert_line("2024-01-10 split ACME 3 for 2 as A0");
	assert_line("2024-01-10 short ACME 3 at 2 as A0");
	assert_line("2024-01-10 cover ACME 3 at 2 amount 7 as A0");
	assert_line("2024-01-10 transfer_in ACME 10 at 40 lot 6 cost 100 "
	    "opened 2020-05-04 lot 4 cost 90 opened 2021-05-04 as A0");
	assert_line("2024-01-10 transfer_in 500 USD as A0");
	assert_line("2024-01-10 transfer_out ACME 10 as A0");
	assert_line("2024-01-10 exchange 500 USD for 450 EUR fee 1 as A0");
	assert_line("2024-01-10 reinvestment ACME 5 units 0.5 at 10 as A0");
	assert_line("2024-01-10 coupon BOND 400 as A0");
	assert_line("2024-01-10 stock_dividend ACME 5 for 100 as A0");
	assert_line("2024-01-10 spin_off ACME 1 for 2 into CHLD at 45 and 5 "
	    "as A0");
	assert_line("2024-01-10 merger ACME 1 for 2 into NEWC new-at 90 "
	    "amount 60 as A0");
	assert_line("2024-01-10 rename ACME into NEWC as A0");
	assert_line("2024-01-10 return_of_capital ACME 120 as A0");
	assert_line("2024-01-10 staking COIN 0.5 at 2000 as A0");
	assert_line("2024-01-10 bonus ACME 5 time 15:30:07 as A0");
}

static void
a_lot_may_be_told_of_further_down(void **state)
{
	(void)state;
	assert_true(page_read(&page, &mem, S(
	    "2024-02-01 sell ACME 5 at 3 from B/2 4 from A 1\n"
	    "2024-01-01 buy ACME 5 at 2 as A\n"
	    "2024-01-01 transfer_in ACME 5 at 2 as B\n")));
	assert_int_equal(page.a[0].lot_n, 2);
	assert_int_equal(page.a[0].lots[0].origin, 2);
	assert_int_equal(page.a[0].lots[0].part, 2);
	assert_int_equal(page.a[0].lots[1].origin, 1);
	assert_int_equal(page.a[0].lots[1].part, 0);
}

static void
a_trade_without_an_amount_leaves_it_to_quantity_and_price(void **state)
{
	(void)state;
	assert_false(dec_ok(read_one("2024-01-10 buy A 1 at 2")->amount));
	assert_true(dec_eq(read_one("2024-01-10 buy A 1 at 2 amount 3")->
	    amount, dec_of(3)));
	assert_true(dec_eq(read_one("2024-01-10 split A 2 for 1")->amount,
	    DEC_ZERO));
}

static void
rates_are_of_the_base_currency(void **state)
{
	char text[DEC_TEXT_MAX];

	(void)state;
	assert_true(page_read(&page, &mem, S("currency EUR\n"
	    "2024-01-02 rate EURUSD 1.25\n2024-01-03 rate USDEUR 0.9\n")));
	assert_int_equal(page.currency_n, 2);
	assert_int_equal(page.currencies[1].rates.n, 2);
	dec_print(page.currencies[1].rates.v[0].price, text);
	assert_string_equal(text, "0.8");
	dec_print(page.currencies[1].rates.v[1].price, text);
	assert_string_equal(text, "0.9");
}

static void
what_is_not_understood_is_told_with_its_line(void **state)
{
	static const char *const lines[] = {
		"2024-01-10 buy", "2024-01-10 buy ACME", "2024-01-10 buy ACME "
		"x at 3", "2024-01-10 buy ACME 1 for 3", "2024-01-10 buy ACME "
		"1 at", "2024-01-10 buy ACME 1 at NaN", "2024-01-10 buy ACME 1 "
		"at 1e5", "2024-01-10 buy ACME 1 at 2 free 3",
		"2024-01-10 buy ACME 1 at 2 fee", "2024-01-10 juggle ACME",
		"2024-01-10", "2024-01-10 deposit 5 for 3",
		"2024-01-10 split ACME 1.5 for 1",
		"2024-01-10 split ACME 99999999999999999999 for 1",
		"2024-01-10 exchange 5 USD for 4 QQQ",
		"2024-01-10 sell ACME 1 at 2 from", "2024-01-10 sell ACME 1 at "
		"2 from L/x 1", "2024-01-10 sell ACME 1 at 2 from L/1",
		"2024-01-10 transfer_in ACME 1 lot 1",
		"2024-01-10 transfer_in ACME 1 lot 1 cost 2 opened",
		"2024-01-10 buy ACME 1 at 2 time", "2024-01-10 buy ACME 1 at 2 "
		"time 25:00", "2024-01-10 buy ACME 1 at 2 time 24:01",
		"2024-01-10 buy ACME 1 at 2 time 9", "2024-01-10 buy ACME 1 at "
		"2 as", "2024-01-10 rate EURUSD", "2024-01-10 rate EURJPY 5",
		"2024-01-10 rate EUR 5", "2024-01-10 rate EURUSD 0",
		"2024-01-10 rate EURUSD -1", "method", "method guess",
		"method fifo on 2024-01-01", "method fifo from then",
		"currency", "currency QQQ", "since", "since ever",
		"ACME in", "ACME in QQQ", "ACME in USD by 100",
		"ACME in USD times", "2024-01-10 close ACME",
		"2024-01-10 close ACME 5\n2024-01-09 close ACME 5",
		"2024-01-10 close ACME 5\n2024-01-10 close ACME 6", NULL
	};
	size_t i;

	(void)state;
	for (i = 0; lines[i] != NULL; i++) {
		if (page_read(&page, &mem, str_of(lines[i])))
			fail_msg("understood: %s", lines[i]);
		assert_int_equal(page.wrong_line,
		    strchr(lines[i], '\n') == NULL ? 1 : 2);
		assert_true(page.wrong[0] != '\0');
	}
}

static void
comments_blanks_and_a_missing_end_are_no_lines(void **state)
{
	(void)state;
	assert_true(page_read(&page, &mem, S("")));
	assert_int_equal(page.line_n, 0);
	assert_true(page_read(&page, &mem, S("# buy\n\n \t\r\n  # 5\n"
	    "2024-01-10 deposit 5 # all of it")));
	assert_int_equal(page.line_n, 1);
	assert_int_equal(page.lines[0].number, 5);
	assert_int_equal(page.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(comments_blanks_and_a_missing_end_are_no_lines),
		TEST(every_kind_is_printed_as_it_is_read),
		TEST(a_lot_may_be_told_of_further_down),
		TEST(a_trade_without_an_amount_leaves_it_to_quantity_and_price),
		TEST(rates_are_of_the_base_currency),
		TEST(what_is_not_understood_is_told_with_its_line),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
