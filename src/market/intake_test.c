/*
 * The simulated market taken in, found, quoted: twice is as once, a day
 * later is a day more, and an asset that is real is left alone.
 */
#include "market/stand.h"
#include "market/history.h"
#include "market/quotation.h"
#include "market/ticker.h"

#include "market_sql.h"

static enum err
take_flow(struct flow *f, void *arg)
{
	return (market_simulated(f, arg));
}

static int64_t
take(void)
{
	int64_t bars = -1;

	assert_int_equal(in_flow(take_flow, &bars), OK);
	return (bars);
}

#define DIGEST	"select md5(string_agg(p::text, '|' order by day, "	\
    "instrument_id)) as what from prices_daily p"

static void
all_assets_with_their_history(void **state)
{
	int64_t begun = mono_ms(), bars = take();

	(void)state;
	assert_true(mono_ms() - begun < 20000);
	assert_true(bars > 24 * 1200);
	ASSERT_TOLD("select count(*)::text as what from instruments "
	    "where simulated and source = 'simulated'", "24");
	ASSERT_TOLD("select max(day)::text as what from prices_daily",
	    "2026-03-20");
	ASSERT_TOLD("select count(*)::text as what from quotes where "
	    "not stale and source = 'simulated'", "24");
	ASSERT_TOLD("select close::numeric(10, 2)::text as what from "
	    "prices_daily join instruments i on i.id = instrument_id where "
	    "symbol = 'AAPL' and day = '2024-03-05'", "175.50");
}

static void
doing_it_twice_changes_nothing(void **state)
{
	static const struct sql digest = STATEMENT(DIGEST);
	struct asked before = { .sql = &digest }, after = { .sql = &digest };

	(void)state;
	(void)take();
	assert_int_equal(in_flow(ask_flow, &before), OK);
	assert_int_equal(take(), 0);
	assert_int_equal(in_flow(ask_flow, &after), OK);
	assert_string_equal(before.answer, after.answer);
}

/* Day by day or all at once: the same rows, adjusted closes included. */
static void
what_is_new_is_added_and_old_closes_adjusted_anew(void **state)
{
	static const struct sql digest = STATEMENT("select md5(string_agg("
	    "concat_ws(',', i.symbol, day, close, coalesce(adjusted_close, "
	    "close), volume), '|' order by i.symbol, day)) as what from "
	    "prices_daily join instruments i on i.id = instrument_id");
	struct asked stepwise = { .sql = &digest }, whole = { .sql = &digest };
	int64_t days;

	(void)state;
	settings.market_today = 20251112;
	(void)take();
	ASSERT_TOLD("select (adjusted_close is null or adjusted_close = close)"
	    "::text as what from prices_daily join instruments i on "
	    "i.id = instrument_id where symbol = 'NFLX' and "
	    "day = '2025-11-12'", "true");
	for (settings.market_today = 20251113;
	    settings.market_today <= 20251121; settings.market_today++) {
		days = take();
		assert_true(days == 24 || days == 0);
	}
	ASSERT_TOLD("select (adjusted_close = close / 10)::text as what from "
	    "prices_daily join instruments i on i.id = instrument_id where "
	    "symbol = 'NFLX' and day = '2025-11-12'", "true");
	assert_int_equal(in_flow(ask_flow, &stepwise), OK);
	(void)fresh(state);
	settings.market_today = 20251121;
	(void)take();
	assert_int_equal(in_flow(ask_flow, &whole), OK);
	assert_string_equal(stepwise.answer, whole.answer);
}

/* The chain of adjusted returns is the chain of raw ones and dividends. */
static void
adjusted_returns_hold_the_dividends(void **state)
{
	(void)state;
	(void)take();
	ASSERT_TOLD("with p as (select day, close, adjusted_close, lag(close) "
	    "over w as close_before, lag(coalesce(adjusted_close, close)) "
	    "over w as adjusted_before, instrument_id from prices_daily where "
	    "instrument_id = (select id from instruments where symbol = 'KO') "
	    "window w as (order by day)) select (count(*) > 15 and max(abs("
	    "coalesce(adjusted_close, close) / adjusted_before - close / "
	    "(close_before - d.amount))) < 1e-12)::text as what from p join "
	    "dividends d on d.instrument_id = p.instrument_id and "
	    "d.ex_day = p.day where adjusted_before is not null", "true");
}

static void
an_asset_whose_prices_are_real_is_left_alone(void **state)
{
	(void)state;
	RUN("insert into instruments (id, symbol, name, currency, source) "
	    "values (gen_random_uuid(), 'AAPL', 'AAPL', 'USD', 'import')");
	(void)take();
	ASSERT_TOLD("select simulated::text || name || (select count(*) from "
	    "prices_daily where instrument_id = i.id) || (select count(*) "
	    "from quotes where instrument_id = i.id) as what from "
	    "instruments i where symbol = 'AAPL'", "falseAAPL00");
}

static enum err
rates_flow(struct flow *f, void *begin)
{
	return (market_simulated_rates(f, *(bool *)begin));
}

static void
rates_take(bool begin)
{
	assert_int_equal(in_flow(rates_flow, &begin), OK);
}

static void
rates_are_made_up_where_they_were_begun(void **state)
{
	(void)state;
	rates_take(false);
	ASSERT_TOLD("select count(*)::text as what from fx_rates", "0");
	settings.market_today = 20260319;
	rates_take(true);
	settings.market_today = 20260320;
	rates_take(false);
	rates_take(false);
	ASSERT_TOLD("select concat_ws(' ', count(*) > 20000, count(*) filter "
	    "(where day = '2026-03-20'), max(day)) as what from fx_rates "
	    "where base = 'EUR' and source = 'simulated'",
	    "t 16 2026-03-20");
}

static enum err
real_rate_flow(struct flow *f, void *arg)
{
	struct fx_rate one = { S("EUR"), S("USD"), day_of(2026, 3, 18),
		dec_units(11, 1) };

	return (market_fx_put(f, &one, 1, str_of(arg), &(struct put_count){
	    0 }));
}

static void
real_rates_are_not_made_up(void **state)
{
	static char ecb[] = "ecb", made_up[] = "simulated";

	(void)state;
	settings.market_today = 20260319;
	rates_take(true);
	assert_int_equal(in_flow(real_rate_flow, ecb), OK);
	assert_int_equal(in_flow(real_rate_flow, made_up), OK);
	settings.market_today = 20260320;
	rates_take(false);
	ASSERT_TOLD("select concat_ws(' ', max(day), max(rate::float) filter "
	    "(where source = 'ecb')) as what from fx_rates",
	    "2026-03-19 1.1");
}

/* ---- instruments --------------------------------------------------------- */

static enum err
find_flow(struct flow *f, void *arg)
{
	struct instrument in;

	(void)arg;
	assert_int_equal(market_find(f, S("MSFT"), &in), E_NOT_FOUND);
	assert_int_equal(market_find(f, S("'; drop"), &in), E_NOT_FOUND);
	assert_int_equal(market_find(f, S(""), &in), E_NOT_FOUND);
	assert_int_equal(market_require(f, S("msft"), &in), OK);
	assert_true(str_eq(in.symbol, S("MSFT")));
	assert_true(str_eq(in.name, S("Microsoft Corporation")));
	assert_true(in.simulated);
	assert_int_equal(market_find(f, S("MSFT"), &in), OK);
	assert_true(str_eq(in.currency, S("USD")));
	assert_int_equal(market_require(f, S("NOPE"), &in), E_NOT_FOUND);
	assert_int_equal(market_require(f, S("no pe"), &in), E_NOT_FOUND);
	return (OK);
}

static void
an_instrument_that_is_needed_is_kept_with_its_history(void **state)
{
	(void)state;
	assert_int_equal(in_flow(find_flow, NULL), OK);
	ASSERT_TOLD("select string_agg(symbol, ',') as what from instruments",
	    "MSFT");
	ASSERT_TOLD("select (count(*) > 1200)::text as what from "
	    "prices_daily", "true");
	ASSERT_TOLD("select count(*)::text as what from quotes", "1");
}

/* ---- quotes -------------------------------------------------------------- */

static enum err
quotes_flow(struct flow *f, void *arg)
{
	const str symbols[] = { S("AAPL"), S("NOPE"), S("SPY") };
	struct quote q[3], alone;
	size_t n;

	(void)arg;
	TRY(quotes_gather(f, symbols, 3, q, &n));
	assert_int_equal(n, 2);
	assert_true(str_eq(q[0].symbol, S("AAPL")));
	assert_true(str_eq(q[1].symbol, S("SPY")));
	assert_false(q[0].stale);
	assert_true(dec_eq(q[0].change, dec_sub(q[0].price,
	    q[0].previous_close)));
	assert_true(q[0].percent_change > -.2 && q[0].percent_change < .2);
	TRY(market_quote(f, S("AAPL"), &alone));
	assert_true(dec_eq(alone.price, q[0].price));
	assert_int_equal(market_quote(f, S("NOPE"), &alone), E_NOT_FOUND);
	return (OK);
}

static void
quotes_of_what_is_known(void **state)
{
	(void)state;
	(void)take();
	assert_int_equal(in_flow(quotes_flow, NULL), OK);
	/* Kept long ago: the simulated market is asked. */
	RUN("update quotes set checked_at = now() - interval '1 hour', "
	    "price = 1");
	RUN("update quotes set price = 1");
	assert_int_equal(in_flow(quotes_flow, NULL), OK);
}

static enum err
imported_quote_flow(struct flow *f, void *arg)
{
	struct quote q;

	(void)arg;
	assert_int_equal(market_quote(f, S("V"), &q), E_NOT_FOUND);
	return (OK);
}

static void
a_real_instrument_gets_no_made_up_price(void **state)
{
	(void)state;
	RUN("insert into instruments (id, symbol, name, currency, source) "
	    "values (gen_random_uuid(), 'V', 'V', 'USD', 'import')");
	assert_int_equal(in_flow(imported_quote_flow, NULL), OK);
	ASSERT_TOLD("select count(*)::text as what from quotes", "0");
}

/* ---- bars of a provider without history ---------------------------------- */

static enum err
session_flow(struct flow *f, void *arg)
{
	return (session_bars(f, arg));
}

static int64_t
sessions(void)
{
	int64_t bars = -1;

	assert_int_equal(in_flow(session_flow, &bars), OK);
	return (bars);
}

/* At 16:00 of New York's yesterday. */
#define CLOSED	"((date_trunc('day', now() at time zone 'America/New_York')"\
    " - interval '8 hours') at time zone 'America/New_York')"

static void
a_session_that_is_over_leaves_its_bar(void **state)
{
	(void)state;
	RUN("insert into instruments (id, symbol, name, kind, currency, "
	    "source, simulated) select gen_random_uuid(), s, s, "
	    "case s when 'COIN' then 'crypto' else 'stock' end, 'USD', "
	    "'finnhub', s = 'MADEUP' from unnest(array['OVER', 'STALE', "
	    "'MADEUP', 'COIN', 'OPENED', 'IMPORT', 'BARE']) s");
	RUN("insert into quotes (instrument_id, price, open, high, low, "
	    "as_of, source, stale) select id, 12, nullif(10, "
	    "case symbol when 'BARE' then 10 end), 11, "
	    "nullif(9, case symbol when 'BARE' then 9 end), "
	    "case symbol when 'OPENED' then now() else " CLOSED " end, "
	    "case symbol when 'IMPORT' then 'import' else 'finnhub' end, "
	    "symbol = 'STALE' from instruments");
	assert_int_equal(sessions(), 2);
	ASSERT_TOLD("select string_agg(concat_ws(' ', symbol, p.day = (now() "
	    "at time zone 'America/New_York')::date - 1, "
	    "trim_scale(open), trim_scale(high), trim_scale(low), "
	    "trim_scale(close), p.source), ';' order by symbol) as what from "
	    "prices_daily p join instruments i on i.id = p.instrument_id",
	    "BARE t 12 12 12 12 finnhub;OVER t 10 12 9 12 finnhub");
	assert_int_equal(sessions(), 0);
}

/* ---- statements ---------------------------------------------------------- */

static enum err
statement_flow(struct flow *f, void *arg)
{
	/* A connection remembers what it prepared for as long as it lives. */
	static struct sql prepares[300];
	static size_t n;
	const struct sql *q = arg;
	struct sql *prepare = &prepares[n++];
	char *name, *text;

	assert_true(n <= sizeof(prepares) / sizeof(prepares[0]));
	assert_true(asprintf(&name, "prepare_%s", q->name) > 0);
	assert_true(asprintf(&text, "prepare check_%s as %s", q->name,
	    q->text) > 0);
	*prepare = (struct sql){ .global = true, .name = name, .text = text };
	return (store_exec(f, prepare, NULL));
}

static void
every_statement_is_one(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; market_sql[i] != NULL; i++) {
		if (in_flow(statement_flow, (void *)(uintptr_t)market_sql[i])
		    != OK)
			fail_msg("%s", market_sql[i]->name);
		/* Only what is a tenant's own asks for the tenant. */
		assert_int_equal(market_sql[i]->global, strncmp(
		    market_sql[i]->name, "private_", 8) != 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_statement_is_one, fresh),
		cmocka_unit_test_setup(
		    an_instrument_that_is_needed_is_kept_with_its_history,
		    fresh),
		cmocka_unit_test_setup(all_assets_with_their_history, fresh),
		cmocka_unit_test_setup(doing_it_twice_changes_nothing, fresh),
		cmocka_unit_test_setup(
		    what_is_new_is_added_and_old_closes_adjusted_anew, fresh),
		cmocka_unit_test_setup(adjusted_returns_hold_the_dividends,
		    fresh),
		cmocka_unit_test_setup(
		    an_asset_whose_prices_are_real_is_left_alone, fresh),
		cmocka_unit_test_setup(rates_are_made_up_where_they_were_begun,
		    fresh),
		cmocka_unit_test_setup(real_rates_are_not_made_up, fresh),
		cmocka_unit_test_setup(quotes_of_what_is_known, fresh),
		cmocka_unit_test_setup(
		    a_real_instrument_gets_no_made_up_price, fresh),
		cmocka_unit_test_setup(a_session_that_is_over_leaves_its_bar,
		    fresh),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
