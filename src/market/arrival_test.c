/*
 * What others bring: kept once, corrected and said so, adjusted anew when the
 * past changes; rates through the euro; what is tracked and how far it is.
 */
#include "market/history.h"
#include "market/stand.h"

static struct instrument acme;

static dec
d(const char *text)
{
	dec out;

	assert_int_equal(dec_parse(str_of(text), &out), OK);
	return (out);
}

static day
on(const char *text)
{
	day out;

	assert_true(day_parse(str_of(text), &out));
	return (out);
}

static enum err
acme_flow(struct flow *f, void *arg)
{
	const struct profile p = { .symbol = S("ACME"), .name = S("Acme"),
	    .kind = S("stock"), .currency = S("USD"), .source = S("test") };

	(void)arg;
	return (market_profile_put(f, S("ACME"), &p, &acme));
}

static int
begin(void **state)
{
	if (fresh(state) != 0)
		return (-1);
	assert_int_equal(in_flow(acme_flow, NULL), OK);
	return (0);
}

struct bring {
	struct daily_bar	bars[2100];
	size_t			n;
	struct put_count	count;
};

static struct bring brought;

static enum err
bars_flow(struct flow *f, void *arg)
{
	struct bring *b = arg;

	return (market_bars_put(f, &acme, b->bars, b->n, S("test"),
	    &b->count));
}

static enum err
bring(size_t n, const char *first, const char *close)
{
	dec c = d(close);
	size_t i;

	brought.n = n;
	for (i = 0; i < n; i++)
		brought.bars[i] = (struct daily_bar){
		    day_add(on(first), (int)i), c, c, c, c, dec_of(5) };
	return (in_flow(bars_flow, &brought));
}

static void
assert_count(int64_t added, int64_t corrected, int64_t unchanged)
{
	assert_int_equal(brought.count.added, added);
	assert_int_equal(brought.count.corrected, corrected);
	assert_int_equal(brought.count.unchanged, unchanged);
}

static void
bars_come_once_however_often_they_are_brought(void **state)
{
	(void)state;
	assert_int_equal(bring(2100, "2019-11-01", "10"), OK);
	assert_count(2100, 0, 0);
	assert_int_equal(bring(2100, "2019-11-01", "10"), OK);
	assert_count(0, 0, 2100);
	ASSERT_TOLD("select count(*) || ' ' || count(distinct tableoid) as "
	    "what from bursar.prices_daily", "2100 3");
}

/* The second time each is compared with what the first time left. */
static void
many_first_bars_are_copied_to_the_last_digit(void **state)
{
	static const char *const prices[] = {
		"0.000000000000000001",
		"99999999999999999999.000000000000000009",
		"1", "10000", "9999.9999", "100000000", "0.0001", "12.34",
		"123456789.987654321", "0.00000001", "40000.00004",
	};
	const size_t kinds = sizeof(prices) / sizeof(prices[0]);
	size_t i;

	(void)state;
	assert_int_equal(bring(440, "2019-11-01", "10"), OK);
	assert_count(440, 0, 0);
	for (i = 0; i < 440; i++) {
		brought.bars[i].day = day_add(on("2001-01-01"), (int)i);
		brought.bars[i].open = brought.bars[i].high =
		    brought.bars[i].low = brought.bars[i].close =
		    d(prices[i % kinds]);
		brought.bars[i].volume = i % 3 == 0 ? DEC_ZERO :
		    d(prices[i % kinds]);
	}
	RUN("delete from bursar.prices_daily");
	assert_int_equal(in_flow(bars_flow, &brought), OK);
	assert_count(440, 0, 0);
	assert_int_equal(in_flow(bars_flow, &brought), OK);
	assert_count(0, 0, 440);
	ASSERT_TOLD("select count(*)::text as what from bursar.prices_daily "
	    "where close = 99999999999999999999.000000000000000009", "40");
	/* One bar that is none, and none of them is there. */
	RUN("delete from bursar.prices_daily");
	brought.bars[439].close = DEC_ZERO;
	assert_int_equal(in_flow(bars_flow, &brought), E_INVALID);
	ASSERT_TOLD("select count(*)::text as what from bursar.prices_daily",
	    "0");
}

static void
a_corrected_bar_replaces_the_old_one_and_that_is_kept(void **state)
{
	(void)state;
	assert_int_equal(bring(10, "2024-01-01", "10"), OK);
	assert_int_equal(bring(1, "2024-01-03", "11.5"), OK);
	assert_count(0, 1, 0);
	ASSERT_TOLD("select p.close::float8 || ' ' || c.close::float8 || ' ' "
	    "|| c.day as what from bursar.bar_corrections c join "
	    "bursar.prices_daily p using (instrument_id, day)",
	    "11.5 10 2024-01-03");
}

static void
the_series_counts_changes_of_its_past_alone(void **state)
{
	(void)state;
	assert_int_equal(bring(10, "2024-01-01", "10"), OK);
	assert_int_equal(bring(10, "2024-01-11", "10"), OK);
	ASSERT_TOLD("select series::text as what from bursar.instruments",
	    "0");
	assert_int_equal(bring(1, "2024-01-05", "12"), OK);
	ASSERT_TOLD("select (series > 0)::text as what from "
	    "bursar.instruments", "true");
}

static void
a_bar_that_is_none_is_refused(void **state)
{
	(void)state;
	assert_int_equal(bring(1, "2024-01-05", "0"), E_INVALID);
	assert_int_equal(bring(1, "2024-01-05", "1"), OK);
	brought.bars[0].high = d("0.5");
	assert_int_equal(in_flow(bars_flow, &brought), E_INVALID);
}

static enum err
split_flow(struct flow *f, void *arg)
{
	const struct split s = { on("2024-01-06"), 2, 1 };
	struct put_count count;

	(void)arg;
	TRY(market_actions_put(f, &acme, NULL, 0, &s, 1, &count));
	return (count.added == 1 ? OK : E_CONFLICT);
}

static void
a_split_adjusts_what_came_before_and_raw_prices_stay(void **state)
{
	(void)state;
	assert_int_equal(bring(5, "2024-01-01", "10"), OK);
	assert_int_equal(bring(5, "2024-01-06", "5"), OK);
	assert_int_equal(in_flow(split_flow, NULL), OK);
	ASSERT_TOLD("select string_agg(distinct close::float8 || ':' || "
	    "coalesce(adjusted_close, close)::float8, ' ') as what from "
	    "bursar.prices_daily", "10:5 5:5");
	ASSERT_TOLD("select (series > 0)::text as what from "
	    "bursar.instruments", "true");
	/* It came before, so nothing follows from it. */
	assert_int_equal(in_flow(split_flow, NULL), E_CONFLICT);
}

/* ---- within the day ------------------------------------------------------ */

static enum err
intraday_flow(struct flow *f, void *arg)
{
	struct intraday_bar b[3];
	struct put_count c;
	instant at;
	size_t i;

	(void)arg;
	assert_true(instant_parse(S("2026-01-31T23:59:00Z"), &at));
	for (i = 0; i < 3; i++)
		b[i] = (struct intraday_bar){ { at.us + (int64_t)i * 60000000 },
		    dec_of(2), dec_of(3), dec_of(1), dec_of(2), DEC_ZERO };
	TRY(market_intraday_put(f, &acme, 1, b, 3, S("test"), &c));
	assert_int_equal(c.added, 3);
	b[2].close = dec_of(3);
	TRY(market_intraday_put(f, &acme, 1, b, 3, S("test"), &c));
	assert_int_equal(c.corrected, 1);
	assert_int_equal(c.unchanged, 2);
	return (OK);
}

static void
bars_within_the_day_go_by_month(void **state)
{
	(void)state;
	assert_int_equal(in_flow(intraday_flow, NULL), OK);
	ASSERT_TOLD("select string_agg(tableoid::regclass || ' ' || n, ', ' "
	    "order by n) as what from (select tableoid, count(*) as n from "
	    "bursar.bars_intraday group by 1) x",
	    "bars_intraday_202601 1, bars_intraday_202602 2");
}

/* ---- rates --------------------------------------------------------------- */

static enum err
rates_flow(struct flow *f, void *arg)
{
	const struct fx_rate v[] = {
		{ S("EUR"), S("USD"), on("2024-03-01"), d("1.0834") },
		{ S("EUR"), S("CHF"), on("2024-03-01"), d("0.9578") },
		{ S("EUR"), S("GBP"), on("2024-03-01"), d("0.85685") },
	};
	struct put_count c;

	(void)arg;
	TRY(market_fx_put(f, v, 3, S("ecb"), &c));
	assert_int_equal(c.added, 3);
	TRY(market_fx_put(f, v, 3, S("ecb"), &c));
	assert_int_equal(c.unchanged, 3);
	return (OK);
}

struct pair {
	const char	*from, *to, *on;
	enum err	 err;
	struct fx_quotient q;
};

static enum err
pair_flow(struct flow *f, void *arg)
{
	struct pair *p = arg;

	return (market_fx(f, str_of(p->from), str_of(p->to), on(p->on),
	    &p->q));
}

static void
a_pair_goes_through_the_euro_and_is_rounded_once(void **state)
{
	struct pair pairs[] = {
		{ "EUR", "USD", "2024-03-01", OK, { .day = { 0 } } },
		{ "USD", "EUR", "2024-03-03", OK, { .day = { 0 } } },
		{ "USD", "CHF", "2024-03-11", OK, { .day = { 0 } } },
		{ "GBX", "USD", "2024-03-01", OK, { .day = { 0 } } },
		{ "USD", "USD", "2024-03-01", OK, { .day = { 0 } } },
		{ "USD", "CHF", "2024-03-12", E_NOT_FOUND, { .day = { 0 } } },
		{ "USD", "CHF", "2024-02-29", E_NOT_FOUND, { .day = { 0 } } },
		{ "USD", "JPY", "2024-03-01", E_NOT_FOUND, { .day = { 0 } } },
	};
	const char *const worth[] = { "108.34", "92.302012", "88.406867",
	    "1.264399", "100" };
	char text[DEC_TEXT_MAX];
	dec amount = dec_of(100);
	size_t i;

	(void)state;
	assert_int_equal(in_flow(rates_flow, NULL), OK);
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		assert_int_equal(in_flow(pair_flow, &pairs[i]), pairs[i].err);
		if (pairs[i].err != OK)
			continue;
		dec_print(dec_round(dec_mul_div(amount, pairs[i].q.numerator,
		    pairs[i].q.denominator), 6), text);
		assert_string_equal(text, worth[i]);
	}
}

/* ---- facts, identities, findings, tracks --------------------------------- */

static enum err
facts_flow(struct flow *f, void *arg)
{
	const struct fact v[] = {
		{ S("us-gaap:Revenues"), S("USD"), on("2023-01-01"),
		    on("2023-12-31"), dec_of(100), 2023, S("FY"), S("10-K"),
		    on("2024-02-01"), STR_NONE },
		{ S("us-gaap:Revenues"), S("USD"), on("2023-01-01"),
		    on("2023-12-31"), dec_of(90), 2023, S("FY"), S("10-K/A"),
		    on("2024-05-01"), STR_NONE },
		{ S("dei:Shares"), S("shares"), on("2023-12-31"),
		    on("2023-12-31"), dec_of(7), LONG_NONE, STR_NONE,
		    STR_NONE, on("2024-02-01"), STR_NONE },
	};
	struct put_count c;

	(void)arg;
	TRY(market_facts_put(f, &acme, v, 3, S("sec"), &c));
	assert_int_equal(c.added, 2);
	TRY(market_facts_put(f, &acme, v, 1, S("sec"), &c));
	assert_int_equal(c.unchanged, 1);
	return (OK);
}

static void
the_latest_filing_of_a_period_stays(void **state)
{
	(void)state;
	assert_int_equal(in_flow(facts_flow, NULL), OK);
	ASSERT_TOLD("select string_agg(value::text, ' ' order by value) as "
	    "what from bursar.fundamentals", "7 90");
}

static enum err
small_things_flow(struct flow *f, void *arg)
{
	const struct identifier ids[] = {
		{ S("isin"), S("US0000000001") }, { S("cik"), S("1") } };
	const struct finding finding = { acme.id, DAY_NONE, S("gap"),
	    S("warning"), S("a hole"), S("test") };
	struct put_count c;
	struct list list;
	const struct tracked *t;

	(void)arg;
	TRY(market_identity_put(f, &acme, ids, 2, S("test"), &c));
	assert_int_equal(c.added, 2);
	TRY(market_identity_put(f, &acme, ids, 2, S("test"), &c));
	assert_int_equal(c.unchanged, 2);
	TRY(market_finding_put(f, &finding));
	TRY(market_finding_put(f, &finding));
	TRY(market_track(f, acme.id, S("daily"), on("2020-01-01"), true));
	TRY(market_track(f, acme.id, S("daily"), on("2021-01-01"), false));
	TRY(market_tracked(f, S("daily"), UUID_NONE, true, 10, &list));
	assert_int_equal(list.n, 1);
	t = list.v;
	assert_int_equal(t->from_day.n, on("2020-01-01").n);
	TRY(market_track_done(f, acme.id, S("daily"), DAY_NONE,
	    S("provider failed")));
	TRY(market_track_done(f, acme.id, S("daily"), on("2024-01-05"),
	    STR_NONE));
	TRY(market_tracked(f, S("daily"), UUID_NONE, true, 10, &list));
	assert_int_equal(list.n, 0);
	TRY(market_untrack(f, acme.id, STR_NONE));
	TRY(market_tracked(f, S("daily"), UUID_NONE, false, 10, &list));
	assert_int_equal(list.n, 0);
	return (market_track_held(f));
}

static void
identities_findings_and_tracks_are_kept_once(void **state)
{
	(void)state;
	assert_int_equal(in_flow(small_things_flow, NULL), OK);
	ASSERT_TOLD("select (select count(*) from bursar.quality_findings) "
	    "|| ' ' || failures || ' ' || watermark as what from "
	    "bursar.tracks", "1 0 2024-01-05");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    bars_come_once_however_often_they_are_brought, begin),
		cmocka_unit_test_setup(
		    many_first_bars_are_copied_to_the_last_digit, begin),
		cmocka_unit_test_setup(
		    a_corrected_bar_replaces_the_old_one_and_that_is_kept,
		    begin),
		cmocka_unit_test_setup(
		    the_series_counts_changes_of_its_past_alone, begin),
		cmocka_unit_test_setup(a_bar_that_is_none_is_refused, begin),
		cmocka_unit_test_setup(
		    a_split_adjusts_what_came_before_and_raw_prices_stay,
		    begin),
		cmocka_unit_test_setup(bars_within_the_day_go_by_month, begin),
		cmocka_unit_test_setup(
		    a_pair_goes_through_the_euro_and_is_rounded_once, begin),
		cmocka_unit_test_setup(the_latest_filing_of_a_period_stays,
		    begin),
		cmocka_unit_test_setup(
		    identities_findings_and_tracks_are_kept_once, begin),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
