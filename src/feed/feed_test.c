/*
 * The feed with Finnhub's stand-in and a real Redis: what is called, how
 * often, and what is served when it fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "feed/finnhub_fake.h"
#include "feed/guard.h"
#include "feed/memory.h"
#include "feed/outbound.h"
#include "feed/provider.h"
#include "feed/shelf.h"

static char dir[] = "/tmp/bursar-feed-XXXXXX";
static char redis_url[128];

static void
run(const char *fmt, const char *what)
{
	char cmd[512];

	snprintf(cmd, sizeof(cmd), fmt, dir, what);
	assert_int_equal(system(cmd), 0);
}

static void
redis_say(const char *command)
{
	run("redis-cli -s %s/redis.sock %s >/dev/null", command);
}

static void
redis_connect(void)
{
	int64_t end = mono_ms() + 8000;

	cache_open(redis_url, 500);
	while (cache_state() != CACHE_UP && mono_ms() < end)
		loop_step(5);
	assert_int_equal(cache_state(), CACHE_UP);
}

static int
setup(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_non_null(mkdtemp(dir));
	snprintf(redis_url, sizeof(redis_url), "unix://%s/redis.sock", dir);
	run("sh tests/redis.sh start %s%s", "");
	fake_start();
	loop_open();
	meter_open(1);
	meter_join(0);
	settings.feed = "finnhub";
	settings.finnhub_key = "test-key";
	settings.finnhub_url = fake.url;
	settings.finnhub_timeout_ms = 1000;
	settings.workers = 2;
	settings.log_level = "error";
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	cache_close();
	outbound_close();
	loop_close();
	fake_stop();
	run("sh tests/redis.sh stop %s%s", "");
	run("rm -r %s%s", "");
	return (0);
}

static int
good_day(void **state)
{
	char why[128];

	(void)state;
	fake_reset();
	redis_say("flushall");
	redis_connect();
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
	cache_close();
	return (0);
}

/* ---- one quote --------------------------------------------------- */

struct asked {
	const char *symbol;
	enum feed_answer answer;
	char price[DEC_TEXT_MAX];
	bool stale;
	int64_t age_s;
	int64_t ms;
};

static enum err
ask(struct flow *f, void *arg)
{
	struct asked *a = arg;
	struct quote q = { .price = DEC_NONE };
	int64_t began = mono_ms();

	a->answer = feed_quote(f, str_of(a->symbol), &q);
	a->ms = mono_ms() - began;
	dec_print(q.price, a->price);
	a->stale = q.stale;
	a->age_s = q.age_s;
	return (OK);
}

static struct asked
quote(const char *symbol)
{
	struct asked a = { .symbol = symbol };

	assert_int_equal(flow_run(ask, &a, 20000), OK);
	return (a);
}

static void
expect(const char *symbol, enum feed_answer want)
{
	assert_string_equal(
	    feed_answer_names[quote(symbol).answer], feed_answer_names[want]);
}

/* As if the process had been started anew. */
static void
forget(void)
{
	shelf_clear();
	guards_forget();
}

static void
settings_name_the_provider(void **state)
{
	char why[128];

	(void)state;
	settings.feed = "simulated";
	assert_string_equal(feed_open(why, sizeof(why))->name, "simulated");
	assert_true(feed_current()->simulated);
	settings.feed = "oracle";
	assert_null(feed_open(why, sizeof(why)));
	assert_non_null(strstr(why, "BURSAR_FEED"));
	settings.feed = "finnhub";
	settings.finnhub_key = "";
	assert_null(feed_open(why, sizeof(why)));
	assert_non_null(strstr(why, "BURSAR_FINNHUB_KEY"));
	settings.finnhub_key = "test-key";
	settings.finnhub_url = "ftp://x";
	assert_null(feed_open(why, sizeof(why)));
	settings.finnhub_url = fake.url;
	assert_string_equal(feed_open(why, sizeof(why))->name, "finnhub");
}

static enum err
ask_simulated(struct flow *f, void *arg)
{
	struct quote q;
	struct profile p;
	struct list l;

	(void)arg;
	assert_int_equal(feed_quote(f, S("AAPL"), &q), FEED_OK);
	assert_true(str_eqz(q.source, "simulated"));
	assert_int_equal(feed_quote(f, S("ZZZZ"), &q), FEED_UNKNOWN_SYMBOL);
	assert_int_equal(feed_profile(f, S("AAPL"), &p), FEED_OK);
	assert_int_equal(feed_search(f, S(" apple "), &l), FEED_OK);
	assert_int_equal(l.n, 1);
	return (
	    feed_search(f, S(""), &l) == FEED_OK && l.n == 0 ? OK : E_INVALID);
}

static void
simulated_prices_cost_no_call(void **state)
{
	char why[128];

	(void)state;
	settings.feed = "simulated";
	assert_non_null(feed_open(why, sizeof(why)));
	settings.feed = "finnhub";
	assert_int_equal(flow_run(ask_simulated, NULL, 1000), OK);
	assert_int_equal(fake_calls(), 0);
}

static void
one_call_serves_a_minute(void **state)
{
	struct asked a = quote("AAPL");

	(void)state;
	assert_int_equal(a.answer, FEED_OK);
	assert_string_equal(a.price, "308.82");
	assert_false(a.stale);
	assert_true(a.age_s >= 20 && a.age_s < 60);
	for (int i = 0; i < 10; i++)
		expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 1);
	/* Another process finds it in Redis. */
	forget();
	a = quote("AAPL");
	assert_string_equal(a.price, "308.82");
	assert_false(a.stale);
	assert_int_equal(fake_calls(), 1);
	redis_say("del feed:finnhub:quote:AAPL");
	forget();
	expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 2);
}

static void
unknown_symbol_is_remembered(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		expect("ZZZZ", FEED_UNKNOWN_SYMBOL);
	forget();
	expect("ZZZZ", FEED_UNKNOWN_SYMBOL);
	assert_int_equal(fake_calls(), 1);
	/* What cannot be a symbol is not asked about at all. */
	expect("a b", FEED_UNKNOWN_SYMBOL);
	expect("AAPL&token=x", FEED_UNKNOWN_SYMBOL);
	expect("", FEED_UNKNOWN_SYMBOL);
	expect("ABCDEFGHIJKLMNOPQ", FEED_UNKNOWN_SYMBOL);
	assert_int_equal(fake_calls(), 1);
}

static void
bad_days_are_told_apart(void **state)
{
	static const struct {
		const char *mode;
		enum feed_answer want;
	} days[] = {
		{ "401", FEED_KEY },
		{ "403", FEED_NOT_ENTITLED },
		{ "429", FEED_RATE_LIMITED },
		{ "429-as-200", FEED_RATE_LIMITED },
		{ "500", FEED_UPSTREAM },
		{ "close", FEED_UPSTREAM },
		{ "hang", FEED_UPSTREAM },
		{ "drip", FEED_UPSTREAM },
		{ "redirect", FEED_UPSTREAM },
		{ "huge", FEED_UPSTREAM },
		{ "html", FEED_NONSENSE },
		{ "empty", FEED_NONSENSE },
		{ "truncated", FEED_NONSENSE },
		{ "zero", FEED_NONSENSE },
		{ "null", FEED_NONSENSE },
		{ "nan", FEED_NONSENSE },
		{ "negative", FEED_NONSENSE },
		{ "overflow", FEED_NONSENSE },
		{ "types", FEED_NONSENSE },
		{ "unknown", FEED_UNKNOWN_SYMBOL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		forget();
		redis_say("flushall");
		fake_mode(days[i].mode, 0);
		expect("AAPL", days[i].want);
	}
}

static void
refused_key_is_not_tried_again(void **state)
{
	(void)state;
	fake_mode("401", 0);
	expect("AAPL", FEED_KEY);
	expect("MSFT", FEED_KEY);
	fake_mode("ok", 0);
	expect("TSLA", FEED_KEY);
	assert_int_equal(fake_calls(), 1);
}

static enum err
profile_and_search(struct flow *f, void *arg)
{
	struct profile p;
	struct list l;

	(void)arg;
	assert_int_equal(feed_profile(f, S("AAPL"), &p), FEED_OK);
	assert_true(str_eqz(p.name, "Apple Inc"));
	assert_true(str_eqz(p.source, "finnhub"));
	assert_int_equal(feed_profile(f, S("AAPL"), &p), FEED_OK);
	assert_int_equal(feed_search(f, S("apple"), &l), FEED_OK);
	assert_true(l.n > 0);
	assert_true(str_eqz(((struct match *)l.v)[0].symbol, "AAPL"));
	assert_int_equal(feed_search(f, S("apple"), &l), FEED_OK);
	assert_int_equal(feed_search(f, S("a\nb"), &l), FEED_OK);
	assert_int_equal(l.n, 0);
	return (OK);
}

static void
refused_feature_leaves_the_others_alone(void **state)
{
	(void)state;
	fake_mode("403", 0);
	expect("AAPL", FEED_NOT_ENTITLED);
	fake_mode("ok", 0);
	expect("MSFT", FEED_NOT_ENTITLED);
	assert_int_equal(flow_run(profile_and_search, NULL, 5000), OK);
	assert_int_equal(fake_calls(), 3);
}

/* ---- last good values -------------------------------------------- */

static void
last_good_value_outlives_the_provider(void **state)
{
	int64_t before = meter_sum(M_feed_stale_total);
	struct asked a;

	(void)state;
	expect("AAPL", FEED_OK);
	fake_mode("500", 0);
	redis_say("del feed:finnhub:quote:AAPL");
	/* From Redis, in a process that has never seen it .. */
	forget();
	a = quote("AAPL");
	assert_int_equal(a.answer, FEED_OK);
	assert_true(a.stale);
	assert_string_equal(a.price, "308.82");
	assert_true(a.age_s >= 20);
	/* .. and from memory, without Redis. */
	cache_close();
	a = quote("AAPL");
	assert_int_equal(a.answer, FEED_OK);
	assert_true(a.stale);
	expect("MSFT", FEED_UPSTREAM);
	assert_int_equal(meter_sum(M_feed_stale_total), before + 2);
}

static void
slow_provider_does_not_keep_who_has_a_value(void **state)
{
	struct asked a;

	(void)state;
	settings.finnhub_timeout_ms = 5000;
	expect("AAPL", FEED_OK);
	redis_say("del feed:finnhub:quote:AAPL");
	forget();
	fake_mode("ok", 2500);
	a = quote("AAPL");
	assert_int_equal(a.answer, FEED_OK);
	assert_true(a.stale);
	assert_true(a.ms >= 1400 && a.ms < 2400);
	/* The call went on without whoever left. */
	while (shelf_flights() > 0)
		loop_step(100);
	a = quote("AAPL");
	assert_false(a.stale);
	assert_int_equal(fake_calls(), 2);
	settings.finnhub_timeout_ms = 1000;
}

static void
foreign_value_in_redis_is_not_believed(void **state)
{
	(void)state;
	redis_say("set feed:finnhub:quote:AAPL '+quote 1'");
	redis_say("set feed:finnhub:quote:AAPL:last nonsense");
	expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 1);
}

static void
redis_may_be_gone(void **state)
{
	str key = S("feed:finnhub:quote:AAPL");

	(void)state;
	cache_close();
	expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 1);
	/* Within the minute this process's own memory must do. */
	memory_find(key)->at_ms -= 30000;
	expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 1);
	memory_find(key)->at_ms -= 60000;
	expect("AAPL", FEED_OK);
	assert_int_equal(fake_calls(), 2);
}

/* ---- one call for all -------------------------------------------- */

static void
flows_share_one_call(void **state)
{
	int64_t before = meter_sum(M_feed_shared_total);
	struct asked a[50];

	(void)state;
	fake_mode("ok", 200);
	for (int i = 0; i < 50; i++) {
		a[i] = (struct asked){ .symbol = "AAPL" };
		assert_non_null(flow_start(ask, NULL, &a[i], 5000));
	}
	while (flow_count() > 0)
		loop_step(100);
	for (int i = 0; i < 50; i++) {
		assert_int_equal(a[i].answer, FEED_OK);
		assert_string_equal(a[i].price, "308.82");
	}
	assert_int_equal(fake_calls(), 1);
	assert_int_equal(meter_sum(M_feed_shared_total), before + 49);
}

static void
who_leaves_does_not_take_the_call_along(void **state)
{
	struct asked a = { .symbol = "AAPL" }, b = a;
	struct flow *f;

	(void)state;
	fake_mode("ok", 300);
	f = flow_start(ask, NULL, &a, 5000);
	assert_non_null(flow_start(ask, NULL, &b, 5000));
	for (int i = 0; i < 3; i++)
		loop_step(20);
	flow_cancel(f);
	while (flow_count() > 0)
		loop_step(100);
	assert_int_equal(a.answer, FEED_LEFT);
	assert_int_equal(b.answer, FEED_OK);
	assert_int_equal(fake_calls(), 1);
}

/* In a process of its own; its exit status is the number of bad answers. */
static void
other_process(int flows)
{
	struct asked a[8];
	char why[128];
	int bad = 0;

	loop_open();
	redis_connect();
	if (feed_open(why, sizeof(why)) == NULL)
		_exit(99);
	for (int i = 0; i < flows; i++) {
		a[i] = (struct asked){ .symbol = "AAPL" };
		flow_start(ask, NULL, &a[i], 10000);
	}
	while (flow_count() > 0)
		loop_step(100);
	for (int i = 0; i < flows; i++)
		bad += a[i].answer != FEED_OK || a[i].stale;
	_exit(bad);
}

static void
processes_share_one_call(void **state)
{
	pid_t pids[4];
	int status;

	(void)state;
	feed_close();
	cache_close();
	settings.finnhub_timeout_ms = 5000;
	fake_mode("ok", 500);
	for (int i = 0; i < 4; i++)
		if ((pids[i] = fork()) == 0)
			other_process(8);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	assert_int_equal(fake_calls(), 1);
	settings.finnhub_timeout_ms = 1000;
}

static void
lock_of_a_dead_process_is_outlived(void **state)
{
	struct asked a;

	(void)state;
	redis_say("set feed:finnhub:quote:AAPL:lock gone PX 300");
	a = quote("AAPL");
	assert_int_equal(a.answer, FEED_OK);
	assert_true(a.ms >= 200 && a.ms < 1000);
	/* One that never ends does not keep who has an older value. */
	redis_say("del feed:finnhub:quote:AAPL");
	redis_say("set feed:finnhub:quote:AAPL:lock gone PX 60000");
	forget();
	a = quote("AAPL");
	assert_int_equal(a.answer, FEED_OK);
	assert_true(a.stale);
	assert_true(a.ms < 2000);
}

/* ---- budgets and breaker ----------------------------------------- */

static int
answers(int calls, enum feed_answer want)
{
	char symbol[16];
	int n = 0;

	for (int i = 0; i < calls; i++) {
		snprintf(symbol, sizeof(symbol), "S%d", i);
		n += quote(symbol).answer == want;
	}
	return (n);
}

static void
minute_holds_sixty_calls_for_all_processes(void **state)
{
	(void)state;
	redis_say("set feed:finnhub:calls:60000 57 PX 60000");
	assert_int_equal(answers(6, FEED_OK), 3);
	assert_int_equal(fake_calls(), 3);
	expect("S9", FEED_RATE_LIMITED);
}

static void
second_holds_thirty_calls(void **state)
{
	(void)state;
	redis_say("set feed:finnhub:calls:1000 30 PX 700");
	expect("AAPL", FEED_RATE_LIMITED);
	assert_int_equal(fake_calls(), 0);
	usleep(750000);
	expect("AAPL", FEED_OK);
}

static void
without_redis_each_process_keeps_to_its_share(void **state)
{
	(void)state;
	cache_close();
	/* Of two workers: 15 a second, 30 a minute. */
	answers(40, FEED_OK);
	assert_true(fake_calls() >= 15 && fake_calls() <= 30);
	expect("AAPL", FEED_RATE_LIMITED);
}

static void
refusal_for_calling_too_often_pauses_all(void **state)
{
	(void)state;
	fake_mode("429", 0);
	expect("AAPL", FEED_RATE_LIMITED);
	fake_mode("ok", 0);
	expect("AAPL", FEED_RATE_LIMITED);
	expect("MSFT", FEED_RATE_LIMITED);
	assert_int_equal(fake_calls(), 1);
}

static void
five_failures_in_a_row_close_the_way(void **state)
{
	(void)state;
	fake_mode("html", 0);
	assert_int_equal(answers(4, FEED_NONSENSE), 4);
	fake_mode("ok", 0);
	expect("A", FEED_OK);
	fake_mode("500", 0);
	assert_int_equal(answers(8, FEED_UPSTREAM), 8);
	assert_int_equal(fake_calls(), 10);
	fake_mode("ok", 0);
	expect("B", FEED_UPSTREAM);
	assert_int_equal(fake_calls(), 10);
}

static enum feed_answer
admitted(struct flow *f, struct guard *g)
{
	return (guard_admit(f, g, FOR_QUOTE));
}

static enum err
guard_story(struct flow *f, void *arg)
{
	struct guard g = { .name = "story",
		.limits = { .second = 1000, .minute = 1000 } };

	(void)arg;
	for (int i = 0; i < GUARD_FAILURES_MAX; i++) {
		assert_int_equal(admitted(f, &g), FEED_OK);
		guard_note(&g, FOR_QUOTE, FEED_UPSTREAM);
	}
	assert_true(guard_open(&g));
	assert_int_equal(admitted(f, &g), FEED_UPSTREAM);
	assert_true(g.closed_until_ms - mono_ms() <= GUARD_WAIT_MS_MIN);
	/* When the wait is over one may try, and one alone. */
	g.closed_until_ms = 0;
	assert_int_equal(admitted(f, &g), FEED_OK);
	assert_int_equal(admitted(f, &g), FEED_UPSTREAM);
	guard_note(&g, FOR_QUOTE, FEED_NONSENSE);
	assert_true(g.closed_until_ms - mono_ms() > GUARD_WAIT_MS_MIN);
	for (int i = 0; i < 10; i++)
		guard_note(&g, FOR_QUOTE, FEED_UPSTREAM);
	assert_true(g.closed_until_ms - mono_ms() <= GUARD_WAIT_MS_MAX);
	g.closed_until_ms = 0;
	assert_int_equal(admitted(f, &g), FEED_OK);
	guard_note(&g, FOR_QUOTE, FEED_OK);
	assert_int_equal(admitted(f, &g), FEED_OK);
	assert_int_equal(g.failures, 0);
	return (OK);
}

static enum err
breaker_story(struct flow *f, void *arg)
{
	struct guard *g = guard_own(&provider_finnhub, S("0123456789abcdef")),
		     *h = guard_own(&provider_finnhub, S("fedcba9876543210"));

	(void)arg;
	/* A key that is refused is that key's matter .. */
	guard_note(g, FOR_QUOTE, FEED_KEY);
	assert_int_equal(admitted(f, g), FEED_KEY);
	assert_int_equal(admitted(f, h), FEED_OK);
	/* .. a provider that is down is down for all. */
	for (int i = 0; i < GUARD_FAILURES_MAX; i++)
		guard_note(h, FOR_QUOTE, FEED_UPSTREAM);
	assert_true(guard_open(guard_shared(&provider_finnhub)));
	assert_int_equal(
	    admitted(f, guard_shared(&provider_finnhub)), FEED_UPSTREAM);
	return (OK);
}

static void
refused_key_is_its_owners_matter_and_an_outage_everybodys(void **state)
{
	(void)state;
	assert_int_equal(flow_run(breaker_story, NULL, 5000), OK);
}

static void
closed_way_is_tried_by_one_after_ever_longer_waits(void **state)
{
	(void)state;
	assert_int_equal(flow_run(guard_story, NULL, 5000), OK);
}

/* ---- the rest ---------------------------------------------------- */

static enum err
explain(struct flow *f, void *arg)
{
	(void)arg;
	assert_int_equal(feed_err(f, FEED_OK, S("X")), OK);
	assert_int_equal(feed_err(f, FEED_UNKNOWN_SYMBOL, S("X")), E_NOT_FOUND);
	assert_string_equal(f->fault, "finnhub does not know X");
	assert_int_equal(feed_err(f, FEED_RATE_LIMITED, S("X")), E_BUSY);
	assert_int_equal(feed_err(f, FEED_KEY, S("X")), E_UPSTREAM);
	assert_int_equal(feed_err(f, FEED_NONSENSE, S("X")), E_UPSTREAM);
	assert_int_equal(feed_err(f, FEED_LEFT, S("X")), E_DEADLINE);
	return (OK);
}

static void
answers_become_errors(void **state)
{
	(void)state;
	assert_int_equal(flow_run(explain, NULL, 1000), OK);
}

static void
memory_forgets_the_longest_unused(void **state)
{
	char key[16];
	int found = 0;

	(void)state;
	memory_put(S("kept"), S("x"), mono_ms());
	for (int i = 0; i < MEMORY_ITEMS_MAX + 50; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		memory_put(str_of(key), S("y"), mono_ms());
		if (i % 500 == 0) {
			usleep(2000);
			assert_non_null(memory_find(S("kept")));
		}
	}
	assert_non_null(memory_find(S("kept")));
	for (int i = 0; i < MEMORY_ITEMS_MAX + 50; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		found += memory_find(str_of(key)) != NULL;
	}
	assert_int_equal(found, MEMORY_ITEMS_MAX - 1);
	for (int i = 1000; i < MEMORY_ITEMS_MAX + 50; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		assert_non_null(memory_find(str_of(key)));
	}
	memory_put(S("kept"), STR_NONE, mono_ms());
	assert_true(memory_find(S("kept"))->unknown);
	assert_string_equal(memory_find(S("kept"))->text, "x");
}

int
main(void)
{
#define DAILY(test) cmocka_unit_test_setup_teardown(test, good_day, evening)
	const struct CMUnitTest tests[] = {
		DAILY(settings_name_the_provider),
		DAILY(simulated_prices_cost_no_call),
		DAILY(one_call_serves_a_minute),
		DAILY(unknown_symbol_is_remembered),
		DAILY(bad_days_are_told_apart),
		DAILY(refused_key_is_not_tried_again),
		DAILY(refused_feature_leaves_the_others_alone),
		DAILY(flows_share_one_call),
		DAILY(who_leaves_does_not_take_the_call_along),
		DAILY(processes_share_one_call),
		DAILY(lock_of_a_dead_process_is_outlived),
		DAILY(last_good_value_outlives_the_provider),
		DAILY(slow_provider_does_not_keep_who_has_a_value),
		DAILY(foreign_value_in_redis_is_not_believed),
		DAILY(redis_may_be_gone),
		DAILY(minute_holds_sixty_calls_for_all_processes),
		DAILY(second_holds_thirty_calls),
		DAILY(without_redis_each_process_keeps_to_its_share),
		DAILY(refusal_for_calling_too_often_pauses_all),
		DAILY(five_failures_in_a_row_close_the_way),
		DAILY(closed_way_is_tried_by_one_after_ever_longer_waits),
		DAILY(
		    refused_key_is_its_owners_matter_and_an_outage_everybodys),
		DAILY(answers_become_errors),
		DAILY(memory_forgets_the_longest_unused),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
