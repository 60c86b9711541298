/* The simulated market: its calendar, its laws, and its very cents. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/settings.h"
#include "feed/provider.h"
#include "feed/sim.h"

#define TODAY day_of(2026, 11, 20)

static struct flow flow;

static int
setup(void **state)
{
	(void)state;
	settings.market_today = 20261120;
	arena_init(&flow.arena, 64 << 20, NULL, NULL);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	arena_drop(&flow.arena);
	arena_pool_drop();
	sim_world_drop();
	return (0);
}

static int
open_days(int year)
{
	int n = 0;

	for (day d = day_of(year, 1, 1); day_cmp(d, day_of(year, 12, 31)) <= 0;
	     d = day_add(d, 1))
		n += sim_open_on(d);
	return (n);
}

static void
exchange_keeps_the_holidays_of_2024(void **state)
{
	static const int closed[][2] = { { 1, 1 }, { 1, 15 }, { 2, 19 },
		{ 3, 29 }, { 5, 27 }, { 6, 19 }, { 7, 4 }, { 9, 2 }, { 11, 28 },
		{ 12, 25 } };

	(void)state;
	for (size_t i = 0; i < 10; i++)
		assert_false(
		    sim_open_on(day_of(2024, closed[i][0], closed[i][1])));
	/* 262 weekdays of that year less the ten. */
	assert_int_equal(open_days(2024), 252);
	assert_int_equal(open_days(2021), 252);
	assert_int_equal(open_days(2022), 251);
	assert_int_equal(open_days(2023), 250);
}

static void
holidays_on_weekends_are_kept_beside_them(void **state)
{
	(void)state;
	/* Sunday 2022-12-25 and 2023-01-01: the Mondays after. */
	assert_false(sim_open_on(day_of(2022, 12, 26)));
	assert_false(sim_open_on(day_of(2023, 1, 2)));
	/* Saturday 2020-07-04 and 2021-12-25: the Fridays before. */
	assert_false(sim_open_on(day_of(2020, 7, 3)));
	assert_false(sim_open_on(day_of(2021, 12, 24)));
	/* Saturday 2022-01-01: the old year's last Friday is a session. */
	assert_true(sim_open_on(day_of(2021, 12, 31)));
	/* Juneteenth was not yet kept in 2021 (Friday 06-18). */
	assert_true(sim_open_on(day_of(2021, 6, 18)));
	assert_false(sim_open_on(day_of(2022, 6, 20)));
}

static void
good_friday_follows_easter(void **state)
{
	(void)state;
	assert_false(sim_open_on(day_of(2021, 4, 2)));
	assert_false(sim_open_on(day_of(2025, 4, 18)));
	assert_false(sim_open_on(day_of(2026, 4, 3)));
	assert_true(sim_open_on(day_of(2026, 4, 6)));
}

static void
models_stand_in_the_order_of_assets(void **state)
{
	const struct sim_asset *a = sim_assets();

	(void)state;
	for (int i = 0; i < SIM_ASSETS; i++)
		assert_string_equal(a[i].symbol, sim_models[i].symbol);
	assert_null(a[SIM_ASSETS].symbol);
}

static struct daily_bar
bar_on(const char *symbol, day d)
{
	struct daily_bar *b;

	assert_int_equal(sim_bars(&flow.arena, str_of(symbol), d, d, &b), 1);
	return (*b);
}

static void
anchored_days_close_at_their_prices(void **state)
{
	struct daily_bar b;
	day d;
	dec price;

	(void)state;
	for (const struct sim_anchor *a = sim_anchors; a->symbol != NULL; a++) {
		assert_true(day_parse(str_of(a->day), &d));
		assert_true(sim_open_on(d));
		assert_int_equal(dec_parse(str_of(a->price), &price), OK);
		b = bar_on(a->symbol, d);
		assert_true(dec_eq(b.close, price));
	}
}

static void
every_bar_is_whole_and_consistent(void **state)
{
	day first = day_of(2021, 1, 4), was;
	struct daily_bar *b;
	size_t n;

	(void)state;
	for (const struct sim_asset *a = sim_assets(); a->symbol != NULL; a++) {
		n = sim_bars(&flow.arena, str_of(a->symbol), day_of(2000, 1, 1),
		    day_of(2100, 1, 1), &b);
		assert_int_equal(n, 1480);
		assert_int_equal(day_cmp(b[0].day, first), 0);
		assert_int_equal(day_cmp(b[n - 1].day, TODAY), 0);
		was = day_add(first, -1);
		for (size_t i = 0; i < n; was = b[i++].day) {
			assert_true(day_cmp(was, b[i].day) < 0);
			assert_true(sim_open_on(b[i].day));
			assert_true(dec_sign(b[i].low) > 0);
			assert_true(dec_cmp(b[i].low, b[i].open) <= 0);
			assert_true(dec_cmp(b[i].low, b[i].close) <= 0);
			assert_true(dec_cmp(b[i].high, b[i].open) >= 0);
			assert_true(dec_cmp(b[i].high, b[i].close) >= 0);
			assert_true(
			    dec_eq(dec_round(b[i].close, 2), b[i].close));
			assert_true(dec_sign(b[i].volume) > 0);
		}
	}
}

static void
any_range_is_a_part_of_the_whole(void **state)
{
	struct daily_bar *all, *part;
	size_t n, m;

	(void)state;
	n = sim_bars(&flow.arena, S("KO"), day_of(2021, 1, 1), TODAY, &all);
	m = sim_bars(&flow.arena, S("KO"), all[100].day,
	    day_add(all[199].day, 0), &part);
	assert_int_equal(m, 100);
	for (size_t i = 0; i < m; i++)
		assert_true(dec_eq(part[i].close, all[100 + i].close));
	assert_true(n > 200);
	assert_int_equal(sim_bars(&flow.arena, S("KO"), day_of(2024, 1, 6),
			     day_of(2024, 1, 7), &part),
	    0);
	assert_int_equal(
	    sim_bars(&flow.arena, S("KO"), TODAY, day_of(2024, 1, 7), &part),
	    0);
	assert_int_equal(
	    sim_bars(&flow.arena, S("NONE"), day_of(2024, 1, 1), TODAY, &part),
	    0);
}

/* FNV-1a over every cent up to TODAY. */
static uint64_t
digest(const struct sim_world *w)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t n = (size_t)sim_index(w, TODAY) + 1;
	const struct sim_day *d;

	for (int i = 0; i < SIM_ASSETS; i++)
		for (size_t t = 0; t < n; t++) {
			d = &w->path[i][t];
			for (const int32_t *c = &d->open; c <= &d->close; c++)
				h = (h ^ (uint32_t)*c) *
				    UINT64_C(0x100000001b3);
			h = (h ^ (uint64_t)d->volume) * UINT64_C(0x100000001b3);
		}
	return (h);
}

static void
history_is_the_same_on_every_machine(void **state)
{
	(void)state;
	assert_int_equal(
	    digest(sim_world(TODAY)), UINT64_C(0x45efffe88fb18c8c));
}

static void
the_past_does_not_change_as_the_market_grows(void **state)
{
	uint64_t before;

	(void)state;
	sim_world_drop();
	before = digest(sim_world(TODAY));
	assert_int_equal(digest(sim_world(day_of(2031, 6, 2))), before);
}

static double *
returns(const char *symbol, size_t *n)
{
	struct daily_bar *b;
	double *r;

	*n = sim_bars(
		 &flow.arena, str_of(symbol), day_of(2021, 1, 1), TODAY, &b) -
	    1;
	r = ARENA_MANY(&flow.arena, *n, double);
	for (size_t i = 0; i < *n; i++)
		r[i] = dec_double(b[i + 1].close) / dec_double(b[i].close) - 1;
	return (r);
}

static double
correlation(const double *a, const double *b, size_t n)
{
	double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;

	for (size_t i = 0; i < n; i++) {
		ma += a[i] / (double)n;
		mb += b[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		ab += (a[i] - ma) * (b[i] - mb);
		aa += (a[i] - ma) * (a[i] - ma);
		bb += (b[i] - mb) * (b[i] - mb);
	}
	return (ab / sqrt(aa * bb));
}

static double
together(const char *a, const char *b)
{
	size_t n;
	const double *ra = returns(a, &n), *rb = returns(b, &n);

	return (correlation(ra, rb, n));
}

static void
assets_move_together_as_their_sectors_do(void **state)
{
	(void)state;
	assert_true(together("SPY", "VTI") > .98);
	assert_true(together("AAPL", "SPY") > .5);
	assert_true(together("AAPL", "MSFT") > together("AAPL", "KO"));
	assert_true(together("KO", "PG") > together("KO", "NVDA"));
	assert_true(together("TLT", "SPY") < 0);
	assert_true(together("AAPL", "MSFT") < .95);
}

static void
market_returns_and_swings_as_markets_do(void **state)
{
	size_t n;
	const double *r = returns("SPY", &n);
	double sum = 0, squares = 0, wealth = 1, yearly, swing;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		sum += r[i];
		squares += r[i] * r[i];
		wealth *= 1 + r[i];
	}
	swing = sqrt((squares - sum * sum / (double)n) / (double)n * 252);
	yearly = pow(wealth, 252 / (double)n) - 1;
	assert_true(swing > .15 && swing < .18);
	/* Without its dividends, about 1.3 % a year. */
	assert_true(yearly > .067 && yearly < .10);
}

static void
calm_and_wild_days_come_in_clusters(void **state)
{
	size_t n;
	double *r = returns("SPY", &n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		r[i] = fabs(r[i]);
	assert_true(correlation(r, r + 1, n - 1) > .08);
}

static void
prices_stay_plausible(void **state)
{
	double ratio;
	dec price;

	(void)state;
	for (const struct sim_anchor *a = sim_anchors; a->symbol != NULL; a++) {
		assert_int_equal(dec_parse(str_of(a->price), &price), OK);
		ratio = dec_double(bar_on(a->symbol, TODAY).close) /
		    dec_double(price);
		assert_true(ratio > .6 && ratio < 3);
	}
}

static void
split_divides_the_raw_price_and_nothing_else(void **state)
{
	struct daily_bar before = bar_on("NFLX", day_of(2025, 11, 14));
	struct daily_bar after = bar_on("NFLX", day_of(2025, 11, 17));
	double ratio = dec_double(before.close) / dec_double(after.close);
	struct list splits;
	struct split *s;
	struct quote q;

	(void)state;
	assert_true(ratio > 8.5 && ratio < 11.5);
	assert_int_equal(feed_simulated.splits(&flow, S("NFLX"),
			     day_of(2021, 1, 1), TODAY, &splits),
	    FEED_OK);
	assert_int_equal(splits.n, 1);
	s = splits.v;
	assert_int_equal(s->numerator, 10);
	assert_int_equal(s->denominator, 1);
	assert_int_equal(day_cmp(s->ex_day, after.day), 0);
	/* The quote of that day compares like with like. */
	assert_int_equal(sim_quote(S("NFLX"),
			     (instant){ instant_of_day(after.day).us +
				 INT64_C(20) * 3600 * 1000000 },
			     &q),
	    FEED_OK);
	assert_true(fabs(q.percent_change) < .15);
	assert_true(dec_eq(
	    q.previous_close, dec_round(dec_div(before.close, dec_of(10)), 2)));
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(
		    feed_simulated.splits(&flow, str_of(sim_anchors[i].symbol),
			day_of(2021, 1, 1), TODAY, &splits),
		    FEED_OK);
		assert_int_equal(splits.n, 0);
	}
}

static void
dividends_come_four_times_a_year(void **state)
{
	struct list l;
	const struct dividend *d;

	(void)state;
	assert_int_equal(feed_simulated.dividends(&flow, S("AAPL"),
			     day_of(2024, 1, 1), day_of(2024, 12, 31), &l),
	    FEED_OK);
	assert_int_equal(l.n, 4);
	d = l.v;
	for (size_t i = 0; i < l.n; i++) {
		assert_true(sim_open_on(d[i].ex_day));
		assert_true(dec_eq(d[i].amount, dec_units(25, 2)));
	}
	assert_int_equal(feed_simulated.dividends(
			     &flow, S("TSLA"), day_of(2021, 1, 1), TODAY, &l),
	    FEED_OK);
	assert_int_equal(l.n, 0);
	/* One in each quarter since 2021 for whoever pays all along. */
	assert_int_equal(feed_simulated.dividends(&flow, S("SPY"),
			     day_of(2021, 1, 1), day_of(2025, 12, 31), &l),
	    FEED_OK);
	assert_int_equal(l.n, 20);
}

/* Bars within a session are its day's bar in pieces, and what quotes told. */
static void
moments_make_up_their_day(void **state)
{
	struct daily_bar b = bar_on("MSFT", day_of(2026, 11, 19));
	instant from = instant_of_day(b.day),
		to = { from.us + 86400 * INT64_C(1000000) - 1 };
	struct intraday_bar *v, *hours;
	dec high = DEC_ZERO, low = b.high, volume = DEC_ZERO;
	struct quote q;
	size_t n;

	(void)state;
	n = sim_moments(&flow.arena, S("MSFT"), 5, from, to, &v);
	assert_int_equal(n, 78);
	assert_int_equal(v[0].at.us - from.us, SIM_OPEN_S * INT64_C(1000000));
	for (size_t i = 0; i < n; i++) {
		high = dec_max(high, v[i].high);
		low = dec_min(low, v[i].low);
		volume = dec_add(volume, v[i].volume);
		assert_true(i == 0 || dec_eq(v[i].open, v[i - 1].close));
		assert_int_equal(sim_quote(S("MSFT"), v[i].at, &q), FEED_OK);
		assert_true(dec_eq(q.price, v[i].open));
	}
	assert_true(dec_eq(v[0].open, b.open));
	assert_true(dec_eq(v[n - 1].close, b.close));
	assert_true(dec_eq(high, b.high) && dec_eq(low, b.low));
	assert_true(dec_eq(volume, b.volume));
	assert_int_equal(
	    sim_moments(&flow.arena, S("MSFT"), 60, from, to, &hours), 7);
	assert_true(dec_eq(hours[1].open, v[12].open));
	assert_int_equal(
	    sim_moments(&flow.arena, S("NONE"), 5, from, to, &v), 0);
}

/* On the day itself none that is not over; none on a Saturday. */
static void
moments_are_over_when_they_are_told(void **state)
{
	instant from = instant_of_day(TODAY),
		late = { from.us + 9 * 86400 * INT64_C(1000000) };
	struct intraday_bar *v;
	size_t n;

	(void)state;
	settings.market_today = 20240105; /* a Friday, in the evening */
	n = sim_moments(&flow.arena, S("SPY"), 30,
	    instant_of_day(day_of(2024, 1, 5)),
	    instant_of_day(day_of(2024, 1, 9)), &v);
	assert_int_equal(n, 13);
	settings.market_today = 20261120;
	n = sim_moments(&flow.arena, S("SPY"), 1, from, late, &v);
	for (size_t i = 0; i < n; i++)
		assert_true(v[i].at.us + 60000000 <= sim_now().us);
}

/* 2026-11-19, a Thursday. */
static struct quote
quote_at(int hour, int minute, int second)
{
	struct quote q;
	instant t = instant_of_day(day_of(2026, 11, 19));

	t.us += (hour * 3600 + minute * 60 + second) * INT64_C(1000000);
	assert_int_equal(sim_quote(S("AAPL"), t, &q), FEED_OK);
	assert_int_equal(q.as_of.us, t.us);
	return (q);
}

static void
session_runs_from_open_to_close(void **state)
{
	struct daily_bar b = bar_on("AAPL", day_of(2026, 11, 19));
	struct daily_bar before = bar_on("AAPL", day_of(2026, 11, 18));
	struct quote q = quote_at(13, 30, 0);

	(void)state;
	assert_true(dec_eq(q.price, b.open));
	assert_true(dec_eq(q.high, b.open));
	assert_true(dec_eq(q.low, b.open));
	assert_true(dec_eq(q.previous_close, before.close));
	q = quote_at(20, 0, 0);
	assert_true(dec_eq(q.high, b.high));
	assert_true(dec_eq(q.low, b.low));
	assert_true(dec_eq(q.open, b.open));
	assert_true(dec_eq(q.previous_close, before.close));
	assert_true(fabs(dec_double(q.price) / dec_double(b.close) - 1) < .001);
	/* Before the open the last day is still yesterday. */
	q = quote_at(13, 29, 59);
	assert_true(dec_eq(q.open, before.open));
	assert_true(dec_eq(q.high, before.high));
}

static void
session_stays_in_its_range_and_widens_it_only(void **state)
{
	struct daily_bar b = bar_on("AAPL", day_of(2026, 11, 19));
	struct quote q, was = quote_at(13, 30, 0);
	int moves = 0;

	(void)state;
	for (int s = 1; s < SIM_SESSION_S; s += 7) {
		q = quote_at(13, 30, s);
		assert_true(dec_cmp(q.low, b.low) >= 0);
		assert_true(dec_cmp(q.high, b.high) <= 0);
		assert_true(dec_cmp(q.low, q.price) <= 0);
		assert_true(dec_cmp(q.high, q.price) >= 0);
		assert_true(dec_cmp(q.low, was.low) <= 0);
		assert_true(dec_cmp(q.high, was.high) >= 0);
		moves += !dec_eq(q.price, was.price);
		was = q;
	}
	assert_true(moves > 2000);
	assert_true(dec_eq(was.high, b.high));
	assert_true(dec_eq(was.low, b.low));
}

static void
quote_adds_up_and_is_repeatable(void **state)
{
	struct quote q = quote_at(15, 12, 34), again = quote_at(15, 12, 34);

	(void)state;
	assert_true(dec_eq(q.price, again.price));
	assert_true(dec_eq(q.change, dec_sub(q.price, q.previous_close)));
	assert_true(
	    fabs(q.percent_change -
		dec_double(q.change) / dec_double(q.previous_close)) < 1e-12);
	assert_true(str_eqz(q.source, "simulated"));
	assert_true(str_eqz(q.currency, "USD"));
	assert_false(q.stale);
}

static void
weekend_ticks_around_the_last_close(void **state)
{
	struct daily_bar b = bar_on("MSFT", TODAY);
	instant t = instant_of_day(day_of(2026, 11, 22));
	struct quote q;
	dec was = DEC_ZERO;
	int moves = 0;

	(void)state;
	for (int i = 0; i < 200; i++, t.us += 3000000) {
		assert_int_equal(sim_quote(S("MSFT"), t, &q), FEED_OK);
		assert_true(
		    fabs(dec_double(q.price) / dec_double(b.close) - 1) < .001);
		moves += !dec_eq(q.price, was);
		was = q.price;
	}
	assert_true(moves > 100);
	assert_true(dec_eq(
	    q.previous_close, bar_on("MSFT", day_of(2026, 11, 19)).close));
}

static void
nothing_is_told_of_what_is_not_there(void **state)
{
	struct quote q;

	(void)state;
	assert_int_equal(
	    sim_quote(S("ZZZZ"), instant_now(), &q), FEED_UNKNOWN_SYMBOL);
	assert_int_equal(
	    sim_quote(S("AAPL"), instant_of_day(day_of(2020, 1, 2)), &q),
	    FEED_NO_DATA);
	assert_int_equal(
	    sim_quote(S("AAPL"), instant_of_day(day_of(2021, 1, 4)), &q),
	    FEED_NO_DATA);
	assert_int_equal(
	    sim_quote(S("AAPL"), instant_of_day(day_of(2100, 1, 4)), &q),
	    FEED_NO_DATA);
}

static void
pretended_day_is_an_evening(void **state)
{
	instant now = sim_now();
	struct daily_bar *b;

	(void)state;
	assert_int_equal(day_cmp(sim_today(), TODAY), 0);
	assert_int_equal(day_cmp(day_of_instant(now), TODAY), 0);
	assert_int_equal(
	    sim_bars(&flow.arena, S("SPY"), TODAY, day_add(TODAY, 9), &b), 1);
	settings.market_today = 20240232;
	assert_int_equal(day_cmp(sim_today(), day_today()), 0);
	settings.market_today = 20261120;
}

static void
profile_says_it_is_simulated(void **state)
{
	struct profile p;
	struct quote q;

	(void)state;
	assert_int_equal(feed_simulated.profile(&flow, S("AAPL"), &p), FEED_OK);
	assert_true(str_eqz(p.name, "Apple Inc."));
	assert_true(str_eqz(p.source, "simulated"));
	assert_true(str_eqz(p.sector, "Technology"));
	assert_int_equal(day_cmp(p.ipo, day_of(1980, 12, 12)), 0);
	assert_int_equal(sim_quote(S("AAPL"), sim_now(), &q), FEED_OK);
	assert_true(dec_eq(p.shares, dec_of(INT64_C(14900000000))));
	assert_int_equal(feed_simulated.profile(&flow, S("SPY"), &p), FEED_OK);
	assert_false(dec_ok(p.market_cap));
	assert_int_equal(
	    feed_simulated.profile(&flow, S("ZZ"), &p), FEED_UNKNOWN_SYMBOL);
}

static void
search_puts_the_symbol_first(void **state)
{
	struct list l;
	const struct match *m;

	(void)state;
	assert_int_equal(feed_simulated.search(&flow, S("v"), &l), FEED_OK);
	m = l.v;
	assert_true(l.n > 2);
	assert_true(str_eqz(m[0].symbol, "V"));
	assert_true(str_eqz(m[1].symbol, "VTI"));
	assert_int_equal(
	    feed_simulated.search(&flow, S("hathaway"), &l), FEED_OK);
	assert_int_equal(l.n, 1);
	m = l.v;
	assert_true(str_eqz(m[0].symbol, "BRK.B"));
	assert_int_equal(feed_simulated.search(&flow, S("zzzz"), &l), FEED_OK);
	assert_int_equal(l.n, 0);
}

static void
whole_history_is_made_quickly(void **state)
{
	int64_t began;

	(void)state;
	sim_world_drop();
	began = mono_us();
	sim_world(TODAY);
	/* 3 ms where it was written; the rest is for sanitizers. */
	assert_true(mono_us() - began < 500000);
}

/* ---- rates of exchange ------------------------------------------- */

static void
rates_are_told_on_the_days_of_the_euro(void **state)
{
	struct fx_rate *r;
	size_t n = sim_rates(&flow.arena, day_of(2024, 3, 25),
	    day_of(2024, 4, 5), &r);

	(void)state;
	/* Two weeks without Good Friday and Easter Monday. */
	assert_int_equal(n, 8 * 16);
	assert_true(str_eq(r[0].base, S("EUR")));
	assert_true(str_eq(r[0].quote, S("USD")));
	assert_int_equal(day_cmp(r[0].day, day_of(2024, 3, 25)), 0);
	assert_false(sim_fixed_on(day_of(2024, 3, 29)));
	assert_false(sim_fixed_on(day_of(2024, 4, 1)));
	assert_false(sim_fixed_on(day_of(2024, 5, 1)));
	assert_false(sim_fixed_on(day_of(2024, 12, 26)));
	assert_true(sim_fixed_on(day_of(2024, 7, 4)));
	assert_int_equal(sim_rates(&flow.arena, day_of(2026, 11, 21),
	    day_of(2026, 11, 30), &r), 0);
}

static void
a_days_rates_do_not_depend_on_the_range(void **state)
{
	struct fx_rate *whole, *one;
	size_t n = sim_rates(&flow.arena, day_of(2021, 1, 4), TODAY, &whole);

	(void)state;
	assert_int_equal(n % 16, 0);
	assert_int_equal(sim_rates(&flow.arena, TODAY, TODAY, &one), 16);
	for (size_t i = 0; i < 16; i++) {
		assert_true(dec_eq(one[i].rate, whole[n - 16 + i].rate));
		assert_true(str_eq(one[i].quote, whole[n - 16 + i].quote));
	}
}

/* Years on, the dollar still is about a euro and the krone stays pegged. */
static void
rates_stray_but_come_back(void **state)
{
	struct fx_rate *r;
	double low = 9, high = 0, rate;
	size_t n;

	(void)state;
	settings.market_today = 20600102;
	n = sim_rates(&flow.arena, day_of(2021, 1, 4), day_of(2059, 12, 31),
	    &r);
	for (size_t i = 0; i < n; i++) {
		rate = dec_double(r[i].rate);
		assert_true(rate > 0);
		if (str_eq(r[i].quote, S("DKK")))
			assert_true(fabs(rate - 7.459) < .02);
		if (!str_eq(r[i].quote, S("USD")))
			continue;
		low = rate < low ? rate : low;
		high = rate > high ? rate : high;
	}
	assert_true(low > .8 && low < 1.02);
	assert_true(high > 1.15 && high < 1.4);
	settings.market_today = 20261120;
}

/* ---- reports ----------------------------------------------------- */

static void
companies_report_when_it_is_time(void **state)
{
	struct list facts;
	const struct fact *v;
	size_t years = 0, quarters = 0;

	(void)state;
	assert_int_equal(sim_reports(&flow.arena, S("AAPL"), &facts), FEED_OK);
	v = facts.v;
	for (size_t i = 0; i < facts.n; i++) {
		assert_true(dec_sign(v[i].value) > 0);
		assert_true(day_cmp(v[i].filed, TODAY) <= 0);
		if (!str_eqz(v[i].metric, "us-gaap:NetIncomeLoss"))
			continue;
		years += str_eqz(v[i].fiscal_period, "FY");
		quarters += !str_eqz(v[i].fiscal_period, "FY");
	}
	/* From 2021 to the third quarter of 2026. */
	assert_int_equal(years, 5);
	assert_int_equal(quarters, 23);
	assert_int_equal(sim_reports(&flow.arena, S("SPY"), &facts),
	    FEED_NO_DATA);
	assert_int_equal(sim_reports(&flow.arena, S("NOPE"), &facts),
	    FEED_UNKNOWN_SYMBOL);
}

/* A period is told once: the year's end is not the last quarter's too. */
static void
no_figure_is_told_twice(void **state)
{
	struct list facts;
	const struct fact *v;

	(void)state;
	assert_int_equal(sim_reports(&flow.arena, S("KO"), &facts), FEED_OK);
	v = facts.v;
	for (size_t i = 0; i < facts.n; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(v[i].metric, v[k].metric) &&
			    day_cmp(v[i].period_start, v[k].period_start) == 0
			    && day_cmp(v[i].period_end, v[k].period_end) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exchange_keeps_the_holidays_of_2024),
		cmocka_unit_test(rates_are_told_on_the_days_of_the_euro),
		cmocka_unit_test(a_days_rates_do_not_depend_on_the_range),
		cmocka_unit_test(rates_stray_but_come_back),
		cmocka_unit_test(companies_report_when_it_is_time),
		cmocka_unit_test(no_figure_is_told_twice),
		cmocka_unit_test(holidays_on_weekends_are_kept_beside_them),
		cmocka_unit_test(good_friday_follows_easter),
		cmocka_unit_test(models_stand_in_the_order_of_assets),
		cmocka_unit_test(anchored_days_close_at_their_prices),
		cmocka_unit_test(every_bar_is_whole_and_consistent),
		cmocka_unit_test(any_range_is_a_part_of_the_whole),
		cmocka_unit_test(history_is_the_same_on_every_machine),
		cmocka_unit_test(the_past_does_not_change_as_the_market_grows),
		cmocka_unit_test(assets_move_together_as_their_sectors_do),
		cmocka_unit_test(market_returns_and_swings_as_markets_do),
		cmocka_unit_test(calm_and_wild_days_come_in_clusters),
		cmocka_unit_test(prices_stay_plausible),
		cmocka_unit_test(split_divides_the_raw_price_and_nothing_else),
		cmocka_unit_test(dividends_come_four_times_a_year),
		cmocka_unit_test(session_runs_from_open_to_close),
		cmocka_unit_test(moments_make_up_their_day),
		cmocka_unit_test(moments_are_over_when_they_are_told),
		cmocka_unit_test(session_stays_in_its_range_and_widens_it_only),
		cmocka_unit_test(quote_adds_up_and_is_repeatable),
		cmocka_unit_test(weekend_ticks_around_the_last_close),
		cmocka_unit_test(nothing_is_told_of_what_is_not_there),
		cmocka_unit_test(pretended_day_is_an_evening),
		cmocka_unit_test(profile_says_it_is_simulated),
		cmocka_unit_test(search_puts_the_symbol_first),
		cmocka_unit_test(whole_history_is_made_quickly),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
