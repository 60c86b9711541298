/*
 * Many providers over real HTTP, on good days and bad: who is asked, in what
 * order, and what comes of nonsense.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define FAKE_SCRIPT "tests/fakes/providers.py"

#include <sys/resource.h>
#include <sys/stat.h>

#include "base/settings.h"
#include "feed/finnhub_fake.h"
#include "feed/provider.h"

static char urls[7][96];

static const char *
below(int i, const char *name)
{
	snprintf(urls[i], sizeof(urls[i]), "%s/%s", fake.url, name);
	return (urls[i]);
}

static int
setup(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	fake_start();
	loop_open();
	meter_open(1);
	meter_join(0);
	settings.workers = 1;
	settings.log_level = "error";
	settings.provider_timeout_ms = 1500;
	settings.alphavantage_url = below(0, "alphavantage");
	settings.yahoo_url = below(1, "yahoo");
	settings.frankfurter_url = below(2, "frankfurter");
	settings.ecb_url = below(3, "ecb");
	settings.sec_url = settings.sec_data_url = below(4, "sec");
	settings.openfigi_url = below(5, "openfigi");
	settings.fred_url = below(6, "fred");
	settings.sec_contact = "Tests tests@bursar.example";
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	feed_close();
	outbound_close();
	loop_close();
	fake_stop();
	return (0);
}

static int
good_day(void **state)
{
	char why[200];

	(void)state;
	(void)fake_say("POST", "/_reset", "");
	settings.feed = "yahoo";
	settings.providers = "";
	settings.feed_order = "";
	settings.feed_budgets =
	    "alphavantage=0/day,0/second yahoo=0/second "
	    "ecb=0/second,0/minute frankfurter=0/second openfigi=0/second";
	settings.alphavantage_key = "test-key";
	settings.openfigi_key = "";
	settings.fred_key = "test-key";
	settings.csv_dir = "";
	assert_non_null(feed_open(why, sizeof(why)));
	return (0);
}

static int
evening(void **state)
{
	(void)state;
	while (flow_count() > 0)
		loop_step(100);
	feed_close();
	return (0);
}

static void
be(const char *provider, const char *mode)
{
	char body[128];

	snprintf(body, sizeof(body), "{\"provider\":\"%s\",\"mode\":\"%s\"}",
	    provider, mode);
	(void)fake_say("POST", "/_mode", body);
}

/* A number that the stand-in tells of itself. */
static long
told(const char *name)
{
	const char *said = fake_say("GET", "/_calls", "");
	char key[40];
	const char *at;

	snprintf(key, sizeof(key), "\"%s\": ", name);
	at = strstr(said, key);
	return (at == NULL ? 0 : atol(at + strlen(key)));
}

/* ---- asking -------------------------------------------------------------- */

struct question {
	enum feed_need need;
	const char *about;
	day from, to;
	/* what came */
	enum feed_answer answer;
	struct feed_source source;
	size_t n;
	dec first, last;
	bool sorted;
};

static void
bars_look(struct question *q, const struct list *l)
{
	const struct daily_bar *b = l->v;

	q->sorted = true;
	for (size_t i = 1; i < l->n; i++)
		q->sorted = q->sorted && day_cmp(b[i - 1].day, b[i].day) < 0;
	if (l->n > 0) {
		q->first = b[0].close;
		q->last = b[l->n - 1].close;
	}
}

static void
rates_look(struct question *q, const struct list *l)
{
	const struct fx_rate *r = l->v;

	q->sorted = true;
	for (size_t i = 1; i < l->n; i++)
		q->sorted = q->sorted && day_cmp(r[i - 1].day, r[i].day) <= 0;
	if (l->n > 0)
		q->last = r[l->n - 1].rate;
}

/* As whoever asks would: what cannot be is refused. */
static enum feed_answer
judge(struct flow *f, struct list *l, const struct feed_source *s)
{
	const struct question *q = s->arg;
	const struct daily_bar *b = l->v;
	const struct fx_rate *r = l->v;
	bool fit = s->provider != NULL;

	(void)f;
	for (size_t i = 0; i < l->n && fit; i++)
		fit = q->need == FOR_BARS
		    ? dec_sign(b[i].close) > 0 &&
			dec_cmp(b[i].close, dec_of(200)) < 0 &&
			day_cmp(b[i].day, q->to) <= 0
		    : dec_sign(r[i].rate) > 0 &&
			day_cmp(r[i].day, q->to) <= 0;
	return (fit ? FEED_OK : FEED_NONSENSE);
}

static enum err
question_ask(struct flow *f, void *arg)
{
	struct question *q = arg;
	str about = str_of(q->about);
	struct company who;
	struct list l;

	if (q->need == FOR_BARS || q->need == FOR_FX)
		q->source.judge = judge;
	q->source.arg = q;
	switch (q->need) {
	case FOR_BARS:
		q->answer = feed_bars(f, about, q->from, q->to, &l, &q->source);
		bars_look(q, &l);
		break;
	case FOR_DIVIDENDS:
		q->answer =
		    feed_dividends(f, about, q->from, q->to, &l, &q->source);
		break;
	case FOR_FX:
		q->answer = feed_fx(f, q->from, q->to, &l, &q->source);
		rates_look(q, &l);
		break;
	case FOR_SYMBOLS:
		q->answer = feed_symbols(f, about, &l, &q->source);
		break;
	case FOR_FACTS:
		q->answer = feed_facts(f, about, &l, &q->source);
		break;
	case FOR_FILINGS:
		q->answer = feed_filings(f, about, &who, &l, &q->source);
		break;
	default:
		q->answer =
		    feed_series(f, about, q->from, q->to, &l, &q->source);
	}
	q->n = l.n;
	return (OK);
}

static struct question
asked(enum feed_need need, const char *about, int days)
{
	struct question q = { .need = need,
		.about = about,
		.from = day_add(day_today(), -days),
		.to = day_today(),
		.first = DEC_NONE,
		.last = DEC_NONE };

	assert_int_equal(flow_run(question_ask, &q, 20000), OK);
	return (q);
}

static void
expect(struct question q, enum feed_answer want, const char *who)
{
	assert_string_equal(
	    feed_answer_names[q.answer], feed_answer_names[want]);
	if (who == NULL)
		assert_null(q.source.provider);
	else
		assert_string_equal(q.source.provider, who);
	assert_false(q.source.own);
	assert_true(want == FEED_OK || q.n == 0 || !q.sorted);
}

/* ---- who is asked -------------------------------------------------------- */

static void
first_of_the_order_answers(void **state)
{
	struct question q = asked(FOR_BARS, "AAPL", 30);

	(void)state;
	expect(q, FEED_OK, "yahoo");
	assert_true(q.n >= 18 && q.n <= 23 && q.sorted);
	assert_int_equal(told("total"), 1);
	expect(asked(FOR_DIVIDENDS, "AAPL", 30), FEED_OK, "yahoo");
	expect(asked(FOR_FX, "", 30), FEED_OK, "ecb");
	expect(asked(FOR_SYMBOLS, "US", 0), FEED_OK, "sec");
	expect(asked(FOR_FACTS, "1318605", 0), FEED_OK, "sec");
	expect(asked(FOR_FILINGS, "0001318605", 0), FEED_OK, "sec");
	expect(asked(FOR_SERIES, "DGS3MO", 30), FEED_OK, "fred");
}

static void
order_is_a_setting(void **state)
{
	(void)state;
	settings.feed = "alphavantage";
	settings.feed_order = "fx=frankfurter,ecb bars=alphavantage";
	expect(asked(FOR_FX, "", 30), FEED_OK, "frankfurter");
	expect(asked(FOR_BARS, "AAPL", 30), FEED_OK, "alphavantage");
}

static void
nobody_is_asked_who_is_not_named_or_has_no_key(void **state)
{
	(void)state;
	settings.feed = "alphavantage";
	be("alphavantage", "500");
	/* Yahoo is asked only where it is named. */
	expect(asked(FOR_BARS, "AAPL", 30), FEED_UPSTREAM, "alphavantage");
	assert_int_equal(told("yahoo"), 0);
	settings.providers = "ecb";
	expect(asked(FOR_BARS, "AAPL", 30), FEED_NOBODY, NULL);
	expect(asked(FOR_SERIES, "DGS3MO", 30), FEED_NOBODY, NULL);
	settings.providers = "fred,ecb";
	settings.fred_key = "";
	expect(asked(FOR_SERIES, "DGS3MO", 30), FEED_NOBODY, NULL);
	assert_int_equal(told("fred"), 0);
}

static void
made_up_prices_ask_nobody(void **state)
{
	(void)state;
	settings.feed = "simulated";
	expect(asked(FOR_BARS, "AAPL", 30), FEED_NOBODY, NULL);
	expect(asked(FOR_FX, "", 30), FEED_NOBODY, NULL);
	assert_int_equal(told("total"), 0);
	/* What is real may be asked about all the same, where the settings
	 * say whom. */
	settings.providers = "ecb,yahoo";
	expect(asked(FOR_FX, "", 30), FEED_OK, "ecb");
	expect(asked(FOR_BARS, "AAPL", 30), FEED_OK, "yahoo");
}

static void
files_go_before_the_network(void **state)
{
	static const char text[] = "date,open,high,low,close\n"
				   "2026-01-05,1,2,1,1.5\n2026-01-06,1,2,1,2\n";
	char dir[] = "/tmp/bursar-csv-XXXXXX", path[80];
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/OWN.csv", dir);
	assert_non_null(file = fopen(path, "w"));
	assert_true(fputs(text, file) >= 0);
	fclose(file);
	settings.csv_dir = dir;
	expect(asked(FOR_BARS, "OWN", 3650), FEED_OK, "csv");
	expect(asked(FOR_BARS, "AAPL", 30), FEED_OK, "yahoo");
	/* No way out of the folder. */
	expect(asked(FOR_BARS, "../OWN", 30), FEED_UNKNOWN_SYMBOL, NULL);
	unlink(path);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	expect(asked(FOR_BARS, "OWN", 30), FEED_OK, "yahoo");
	unlink(path);
	rmdir(dir);
	job_close();
}

/* ---- bad days ------------------------------------------------------------ */

static void
nonsense_is_followed_by_the_next(void **state)
{
	static const char *const bad[] = { "500", "html", "empty", "truncated",
		"redirect", "huge", "close", "zero", "negative", "future",
		"jump", "429", "403", "404", "hang" };
	struct question q;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		guards_forget();
		be("yahoo", bad[i]);
		q = asked(FOR_BARS, "AAPL", 30);
		if (q.answer != FEED_OK ||
		    strcmp(q.source.provider, "alphavantage") != 0)
			fail_msg("%s: %s by %s", bad[i],
			    feed_answer_names[q.answer], q.source.provider);
		assert_true(q.n > 15);
		assert_true(
		    dec_sign(q.last) > 0 && dec_cmp(q.last, dec_of(200)) < 0);
	}
}

static void
nonsense_of_rates_is_followed_by_the_next(void **state)
{
	static const char *const bad[] = { "500", "html", "empty", "truncated",
		"redirect", "huge", "zero", "negative", "future" };

	(void)state;
	settings.providers = "ecb,frankfurter";
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		guards_forget();
		be("ecb", bad[i]);
		expect(asked(FOR_FX, "", 30), FEED_OK, "frankfurter");
	}
	be("frankfurter", "html");
	guards_forget();
	expect(asked(FOR_FX, "", 30), FEED_NONSENSE, "frankfurter");
}

/* What is out of order is for the caller to see; pence are not. */
static void
disorder_is_told_and_pence_are_pounds(void **state)
{
	struct question good = asked(FOR_BARS, "AAPL", 60), q;

	(void)state;
	be("yahoo", "unsorted");
	q = asked(FOR_BARS, "AAPL", 60);
	expect(q, FEED_OK, "yahoo");
	assert_true(q.n >= good.n && !q.sorted);
	be("yahoo", "pence");
	q = asked(FOR_BARS, "AAPL", 60);
	assert_true(dec_eq(q.last, good.last));
}

static void
gigabyte_is_cut_off_while_it_comes(void **state)
{
	struct rusage before, after;

	(void)state;
	settings.providers = "ecb,frankfurter";
	be("ecb", "huge");
	be("frankfurter", "huge");
	getrusage(RUSAGE_SELF, &before);
	assert_int_not_equal(asked(FOR_FX, "", 30).answer, FEED_OK);
	getrusage(RUSAGE_SELF, &after);
	/* Two answers of 12 MiB at most, doubled while they grow; the rest is
	 * what sockets hold. */
	assert_true(told("sent") < 64 << 20);
	assert_true(after.ru_maxrss - before.ru_maxrss < 96 << 10);
}

static void
failing_provider_is_left_alone_for_a_while(void **state)
{
	(void)state;
	be("ecb", "500");
	for (int i = 0; i < 12; i++)
		expect(asked(FOR_FX, "", 30), FEED_OK, "frankfurter");
	assert_int_equal(told("ecb"), GUARD_FAILURES_MAX);
}

static void
quota_of_a_day_is_not_tried_again_in_seconds(void **state)
{
	struct guard *g = guard_shared(&provider_alphavantage);

	(void)state;
	settings.feed = "alphavantage";
	be("alphavantage", "quota");
	for (int i = 0; i < 4; i++)
		expect(asked(FOR_BARS, "AAPL", 30), FEED_RATE_LIMITED,
		    "alphavantage");
	assert_int_equal(told("alphavantage"), 1);
	assert_true(g->refused[FOR_QUOTE].until_ms - mono_ms() > 3000000);
}

static void
told_to_wait_it_waits(void **state)
{
	struct guard *g = guard_shared(&provider_ecb);

	(void)state;
	be("ecb", "wait");
	expect(asked(FOR_FX, "", 30), FEED_OK, "frankfurter");
	assert_true(g->refused[FOR_FX].until_ms - mono_ms() > 100000);
	assert_true(g->refused[FOR_FX].until_ms - mono_ms() <= 120000);
	be("ecb", "ok");
	expect(asked(FOR_FX, "", 30), FEED_OK, "frankfurter");
	assert_int_equal(told("ecb"), 1);
}

static void
budget_of_a_second_is_kept(void **state)
{
	(void)state;
	settings.feed = "alphavantage";
	settings.feed_budgets = "alphavantage=1/second,0/day";
	guards_forget();
	expect(asked(FOR_BARS, "AAPL", 30), FEED_OK, "alphavantage");
	expect(asked(FOR_BARS, "AAPL", 30), FEED_RATE_LIMITED, "alphavantage");
	assert_int_equal(told("alphavantage"), 1);
}

static void
day_that_cannot_be_counted_allows_no_call(void **state)
{
	(void)state;
	settings.feed = "alphavantage";
	settings.feed_budgets = "";
	guards_forget();
	/* Here is no PostgreSQL. */
	expect(asked(FOR_BARS, "AAPL", 30), FEED_RATE_LIMITED, "alphavantage");
	assert_int_equal(told("alphavantage"), 0);
}

static void
company_that_is_not_there_has_no_data(void **state)
{
	(void)state;
	expect(asked(FOR_FACTS, "42", 0), FEED_NO_DATA, "sec");
	expect(asked(FOR_FACTS, "x", 0), FEED_UNKNOWN_SYMBOL, NULL);
	expect(asked(FOR_FACTS, "", 0), FEED_UNKNOWN_SYMBOL, NULL);
	settings.sec_contact = "nobody";
	guards_forget();
	/* Whoever does not say who they are is blocked. */
	expect(asked(FOR_FACTS, "1318605", 0), FEED_RATE_LIMITED, "sec");
	settings.sec_contact = "Tests tests@bursar.example";
}

/* ---- identities ---------------------------------------------------------- */

#define ASKS 12

static enum err
identify(struct flow *f, void *arg)
{
	struct identity_ask asks[ASKS];
	const struct identity *x;
	size_t *n = arg, found = 0;
	struct list l;

	for (size_t i = 0; i < ASKS; i++)
		asks[i] = (struct identity_ask){ S("ticker"),
			arena_printf(&f->arena, i == 7 ? "ZZZZ%zu" : "T%zu", i),
			S("US") };
	assert_int_equal(feed_identify(f, asks, ASKS, &l, NULL), FEED_OK);
	x = l.v;
	for (size_t i = 0; i < ASKS; i++) {
		if (i == 7)
			continue;
		assert_int_equal(x[found].ask, i);
		assert_true(str_eq(x[found].ticker, asks[i].value));
		found++;
	}
	*n = l.n;
	asks[3].kind = S("telephone");
	assert_int_equal(feed_identify(f, asks, ASKS, &l, NULL), FEED_NO_DATA);
	assert_int_equal(feed_identify(f, asks, 0, &l, NULL), FEED_OK);
	return (OK);
}

static void
identities_are_asked_in_as_few_calls_as_may_be(void **state)
{
	size_t n;

	(void)state;
	assert_int_equal(flow_run(identify, &n, 9000), OK);
	assert_int_equal(n, ASKS - 1);
	/* Five each, and none for what is no kind of name. */
	assert_int_equal(told("openfigi"), 3);
	settings.openfigi_key = "test-key";
	assert_int_equal(flow_run(identify, &n, 9000), OK);
	assert_int_equal(told("openfigi"), 4);
}

/* ---- addresses ----------------------------------------------------------- */

static void
nothing_goes_out_in_the_clear(void **state)
{
	char why[200];

	(void)state;
	assert_true(outbound_may("https://data.sec.gov/x"));
	assert_true(outbound_may("http://127.0.0.1:8080/x"));
	assert_true(outbound_may("http://localhost"));
	assert_false(outbound_may("http://127.0.0.1.evil.example/"));
	assert_false(outbound_may("http://localhost@evil.example/"));
	assert_false(outbound_may("http://127.0.0.1:1@evil.example/"));
	assert_false(outbound_may("http://data.sec.gov/x"));
	assert_false(outbound_may("file:///etc/passwd"));
	assert_false(outbound_may("gopher://127.0.0.1/"));
	settings.fred_url = "http://fred.example";
	assert_null(feed_open(why, sizeof(why)));
	assert_non_null(strstr(why, "BURSAR_FRED_URL"));
	settings.fred_url = urls[6];
}

int
main(void)
{
#define DAILY(test) cmocka_unit_test_setup_teardown(test, good_day, evening)
	const struct CMUnitTest tests[] = {
		DAILY(first_of_the_order_answers),
		DAILY(order_is_a_setting),
		DAILY(nobody_is_asked_who_is_not_named_or_has_no_key),
		DAILY(made_up_prices_ask_nobody),
		DAILY(files_go_before_the_network),
		DAILY(nonsense_is_followed_by_the_next),
		DAILY(nonsense_of_rates_is_followed_by_the_next),
		DAILY(disorder_is_told_and_pence_are_pounds),
		DAILY(gigabyte_is_cut_off_while_it_comes),
		DAILY(failing_provider_is_left_alone_for_a_while),
		DAILY(quota_of_a_day_is_not_tried_again_in_seconds),
		DAILY(told_to_wait_it_waits),
		DAILY(budget_of_a_second_is_kept),
		DAILY(day_that_cannot_be_counted_allows_no_call),
		DAILY(company_that_is_not_there_has_no_data),
		DAILY(identities_are_asked_in_as_few_calls_as_may_be),
		DAILY(nothing_goes_out_in_the_clear),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
