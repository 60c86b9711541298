/*
 * Requests that are counted: for people to read, and to say when there were
 * enough of them.
 */
#include <unistd.h>

#include "http/visit.h"

static enum err
nothing(struct call *c)
{
	(void)c;
	return (OK);
}

static const struct route rows[] = {
	{ GET, "/one", NEED_NOBODY, "getOne", "One.", .run = nothing },
	{ GET, "/two", NEED_NOBODY, "getTwo", "Two.", .run = nothing },
	ROUTES_END
};
static const struct capability cap = { "cap", "Cap.", rows };

static enum err
nobody(struct call *c)
{
	(void)c;
	return (OK);
}

static int
begin_all(void **state)
{
	const struct capability *const caps[] = { &cap, NULL };

	(void)state;
	settings.rate_per_minute = 3;
	return (http_prepare(caps, nobody) ? 0 : -1);
}

static str
printed(void)
{
	str out;

	http_traffic_print(&visit_flow.arena, &out);
	return (out);
}

static void
nothing_asked_is_nothing_printed(void **state)
{
	(void)state;
	assert_false(has(printed(), "route="));
	assert_true(has(printed(), "# TYPE bursar_http_requests_total counter"
	    "\n"));
	assert_true(has(printed(), "# TYPE bursar_http_request_seconds "
	    "histogram\n"));
}

static void
requests_are_counted_by_route_and_class(void **state)
{
	(void)state;
	traffic_count(0, 200, 700);
	traffic_count(0, 201, 500);
	traffic_count(0, 404, 3000000);
	traffic_count(0, 503, 20000000);
	traffic_count(2, 404, 0);
	assert_true(has(printed(), "bursar_http_requests_total{route=\"getOne"
	    "\",status=\"2xx\"} 2\n"));
	assert_true(has(printed(), "{route=\"getOne\",status=\"4xx\"} 1\n"));
	assert_true(has(printed(), "{route=\"getOne\",status=\"5xx\"} 1\n"));
	assert_true(has(printed(), "{route=\"none\",status=\"4xx\"} 1\n"));
	assert_false(has(printed(), "getTwo"));
}

static void
times_are_summed_in_buckets_that_hold_the_smaller_ones(void **state)
{
	(void)state;
	assert_true(has(printed(), "_bucket{route=\"getOne\",le=\"0.0005\"} "
	    "1\n"));
	assert_true(has(printed(), "{route=\"getOne\",le=\"0.001\"} 2\n"));
	assert_true(has(printed(), "{route=\"getOne\",le=\"2.5\"} 2\n"));
	assert_true(has(printed(), "{route=\"getOne\",le=\"5\"} 3\n"));
	assert_true(has(printed(), "{route=\"getOne\",le=\"10\"} 3\n"));
	assert_true(has(printed(), "{route=\"getOne\",le=\"+Inf\"} 4\n"));
	assert_true(has(printed(), "_sum{route=\"getOne\"} 23.001200\n"));
	assert_true(has(printed(), "_count{route=\"getOne\"} 4\n"));
}

/* ---- quotas ------------------------------------------------------ */

static enum err
admit(uuid user)
{
	visit_begin(NULL);
	visit_flow.who.user = user;
	return (quota_admit(&visit));
}

static void
the_minute_is_young_enough(void)
{
	while (mono_ms() / 1000 % 60 > 57)
		usleep(100000);
}

static void
who_asks_too_much_has_to_wait_and_others_do_not(void **state)
{
	uuid one = uuid_new(), two = uuid_new();
	int64_t wait;
	int i;

	(void)state;
	the_minute_is_young_enough();
	for (i = 0; i < 3; i++)
		assert_int_equal(admit(one), OK);
	assert_true(str_starts(call_reply_header(&visit.call, "ratelimit"),
	    S("\"default\";r=0;t=")));
	IS(call_reply_header(&visit.call, "ratelimit-policy"),
	    "\"default\";q=3;w=60");
	assert_int_equal(admit(one), E_RATE);
	assert_non_null(visit_flow.fault);
	assert_true(str_long(call_reply_header(&visit.call, "retry-after"),
	    &wait));
	assert_in_range(wait, 1, 60);
	assert_int_equal(admit(two), OK);
	assert_true(str_starts(call_reply_header(&visit.call, "ratelimit"),
	    S("\"default\";r=2;t=")));
	assert_int_equal(admit(one), E_RATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		V(nothing_asked_is_nothing_printed),
		V(requests_are_counted_by_route_and_class),
		V(times_are_summed_in_buckets_that_hold_the_smaller_ones),
		V(who_asks_too_much_has_to_wait_and_others_do_not),
	};

	return (cmocka_run_group_tests(tests, begin_all, NULL));
}
