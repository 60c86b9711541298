/* Calls to a server that behaves, and to one that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/day.h"
#include "feed/finnhub_fake.h"
#include "feed/outbound.h"

struct wanted {
	const char *path;
	const char *token;
	int64_t timeout_ms;
	long status; /* what came */
	size_t n;
	char first;
};

static int
setup(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	fake_start();
	loop_open();
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	outbound_close();
	loop_close();
	fake_stop();
	return (0);
}

static int
good_day(void **state)
{
	(void)state;
	fake_reset();
	return (0);
}

static enum err
get(struct flow *f, void *arg)
{
	struct wanted *w = arg;
	const char *headers[] = { w->token, NULL };
	str url = arena_printf(&f->arena, "%s%s", fake.url, w->path);
	struct outbound_reply r;

	TRY(outbound_get(f, url.p, headers, w->timeout_ms, &r));
	w->status = r.status;
	w->n = r.body.n;
	w->first = r.body.n > 0 ? r.body.p[0] : '\0';
	return (OK);
}

#define QUOTE                                                                  \
	{                                                                      \
		"/quote?symbol=AAPL", "X-Finnhub-Token: test-key", 2000, 0, 0, \
		    0                                                          \
	}

static void
answer_comes_with_its_status(void **state)
{
	struct wanted w = QUOTE;

	(void)state;
	assert_int_equal(flow_run(get, &w, 5000), OK);
	assert_int_equal(w.status, 200);
	assert_int_equal(w.first, '{');
	w.token = "X-Finnhub-Token: wrong";
	assert_int_equal(flow_run(get, &w, 5000), OK);
	assert_int_equal(w.status, 401);
	w.path = "/nowhere";
	assert_int_equal(flow_run(get, &w, 5000), OK);
	assert_int_equal(w.status, 404);
}

static void
redirect_is_not_followed(void **state)
{
	struct wanted w = QUOTE;

	(void)state;
	fake_mode("redirect", 0);
	assert_int_equal(flow_run(get, &w, 5000), OK);
	assert_int_equal(w.status, 302);
	assert_int_equal(fake_calls(), 1);
}

static void
proxy_of_the_environment_is_not_used(void **state)
{
	struct wanted w = QUOTE;

	(void)state;
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	assert_int_equal(flow_run(get, &w, 5000), OK);
	assert_int_equal(w.status, 200);
	unsetenv("http_proxy");
	unsetenv("all_proxy");
}

static void
silence_and_dripping_end_with_the_timeout(void **state)
{
	static const char *const modes[] = { "hang", "drip" };
	struct wanted w = QUOTE;
	int64_t began;

	(void)state;
	w.timeout_ms = 300;
	for (int i = 0; i < 2; i++) {
		fake_mode(modes[i], 0);
		began = mono_ms();
		assert_int_equal(flow_run(get, &w, 10000), E_UPSTREAM);
		assert_true(mono_ms() - began < 2000);
	}
}

static void
body_without_end_is_refused(void **state)
{
	struct wanted w = QUOTE;

	(void)state;
	fake_mode("huge", 0);
	assert_int_equal(flow_run(get, &w, 5000), E_UPSTREAM);
}

static void
closed_connection_is_a_failure(void **state)
{
	struct wanted w = QUOTE;

	(void)state;
	fake_mode("close", 0);
	assert_int_equal(flow_run(get, &w, 5000), E_UPSTREAM);
}

static enum err
get_url(struct flow *f, void *arg)
{
	static const char *const none[] = { NULL };
	struct outbound_reply r;

	return (outbound_get(f, arg, none, 2000, &r));
}

static void
only_the_web_is_reached(void **state)
{
	(void)state;
	assert_int_equal(
	    flow_run(get_url, "file:///etc/hostname", 5000), E_UPSTREAM);
	assert_int_equal(
	    flow_run(get_url, "gopher://127.0.0.1/", 5000), E_UPSTREAM);
	assert_int_equal(
	    flow_run(get_url, "http://127.0.0.1:1/", 5000), E_UPSTREAM);
	assert_int_equal(
	    flow_run(get_url, "http://no-such.invalid/", 5000), E_UPSTREAM);
	assert_int_equal(flow_run(get_url, "", 5000), E_UPSTREAM);
}

static enum err ended;
static int endings;

static void
end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	ended = e;
	endings++;
}

static void
cancelled_call_leaves_nothing_behind(void **state)
{
	struct wanted w = QUOTE;
	struct flow *f;

	(void)state;
	fake_mode("hang", 0);
	endings = 0;
	f = flow_start(get, end, &w, 10000);
	for (int i = 0; i < 5; i++)
		loop_step(20);
	flow_cancel(f);
	loop_step(20);
	assert_int_equal(endings, 1);
	assert_int_equal(ended, E_CANCELLED);
	/* Its deadline is the flow's, when that is nearer. */
	w.timeout_ms = 60000;
	assert_int_equal(flow_run(get, &w, 100), E_DEADLINE);
	fake_mode("ok", 0);
	assert_int_equal(flow_run(get, &w, 5000), OK);
}

static void
calls_go_on_side_by_side(void **state)
{
	struct wanted w[8];
	int64_t began = mono_ms();

	(void)state;
	fake_mode("ok", 200);
	endings = 0;
	for (int i = 0; i < 8; i++) {
		w[i] = (struct wanted)QUOTE;
		assert_non_null(flow_start(get, end, &w[i], 5000));
	}
	while (flow_count() > 0)
		loop_step(100);
	assert_int_equal(endings, 8);
	assert_true(mono_ms() - began < 1200);
	for (int i = 0; i < 8; i++)
		assert_int_equal(w[i].status, 200);
}

static void
text_is_escaped_for_an_address(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20, NULL, NULL);
	assert_true(str_eqz(outbound_escape(&a, S("BRK.B")), "BRK.B"));
	assert_true(str_eqz(outbound_escape(&a, S("a&b=c d/\xc3\xa9\r\n")),
	    "a%26b%3Dc%20d%2F%C3%A9%0D%0A"));
	arena_drop(&a);
}

int
main(void)
{
#define DAILY(test) cmocka_unit_test_setup(test, good_day)
	const struct CMUnitTest tests[] = {
		DAILY(answer_comes_with_its_status),
		DAILY(redirect_is_not_followed),
		DAILY(proxy_of_the_environment_is_not_used),
		DAILY(silence_and_dripping_end_with_the_timeout),
		DAILY(body_without_end_is_refused),
		DAILY(closed_connection_is_a_failure),
		DAILY(only_the_web_is_reached),
		DAILY(cancelled_call_leaves_nothing_behind),
		DAILY(calls_go_on_side_by_side),
		DAILY(text_is_escaped_for_an_address),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
