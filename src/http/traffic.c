/*
 * Traffic: requests and latencies by route, in memory that all workers
 * share, for /metrics.
 */
#include <stdatomic.h>

#include "http/exchange.h"

#define CLASSES	6	/* status / 100 */

static const int64_t bounds_us[] = {
	500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000,
	1000000, 2500000, 5000000, 10000000
};
#define BOUNDS	(sizeof(bounds_us) / sizeof(bounds_us[0]))

struct traffic {
	_Atomic int64_t	requests[CLASSES];
	_Atomic int64_t	within[BOUNDS + 1];
	_Atomic int64_t	sum_us;
};

static struct traffic *traffic;

void
traffic_open(size_t routes)
{
	traffic = shared_alloc((routes + 1) * sizeof(*traffic));
}

void
traffic_count(size_t route, int status, int64_t us)
{
	struct traffic *t = &traffic[route];
	size_t i;

	for (i = 0; i < BOUNDS && us > bounds_us[i]; i++)
		;
	atomic_fetch_add_explicit(&t->requests[status / 100 % CLASSES], 1,
	    memory_order_relaxed);
	atomic_fetch_add_explicit(&t->within[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&t->sum_us, us, memory_order_relaxed);
}

static int64_t
load(_Atomic int64_t *n)
{
	return (atomic_load_explicit(n, memory_order_relaxed));
}

static str
traffic_requests(struct arena *a, str s, const struct traffic *t,
    const char *id)
{
	int i;
	int64_t n;

	for (i = 1; i < CLASSES; i++)
		if ((n = load((_Atomic int64_t *)(uintptr_t)
		    &t->requests[i])) > 0)
			s = arena_printf(a, "%.*sbursar_http_requests_total{"
			    "route=\"%s\",status=\"%dxx\"} %lld\n",
			    STR_ARG(s), id, i, (long long)n);
	return (s);
}

static str
traffic_seconds(struct arena *a, str s, struct traffic *t, const char *id)
{
	int64_t sum;
	size_t i;

	for (sum = 0, i = 0; i <= BOUNDS; i++) {
		sum += load(&t->within[i]);
		if (i < BOUNDS)
			s = arena_printf(a, "%.*sbursar_http_request_seconds_"
			    "bucket{route=\"%s\",le=\"%g\"} %lld\n",
			    STR_ARG(s), id, (double)bounds_us[i] / 1e6,
			    (long long)sum);
	}
	return (arena_printf(a, "%.*s"
	    "bursar_http_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} "
	    "%lld\nbursar_http_request_seconds_sum{route=\"%s\"} %g\n"
	    "bursar_http_request_seconds_count{route=\"%s\"} %lld\n",
	    STR_ARG(s), id, (long long)sum, id, (double)load(&t->sum_us) /
	    1e6, id, (long long)sum));
}

void
http_traffic_print(struct arena *a, str *out)
{
	str s, one;
	size_t i;

	s = S("# HELP bursar_http_requests_total Requests answered.\n"
	    "# TYPE bursar_http_requests_total counter\n");
	for (i = 0; i < route_count; i++) {
		one = traffic_requests(a, S(""), &traffic[i],
		    route_entries[i].route->id);
		if (one.n > 0)
			s = arena_printf(a, "%.*s%.*s", STR_ARG(s),
			    STR_ARG(one));
	}
	s = arena_printf(a, "%.*s# HELP bursar_http_request_seconds Time to "
	    "answer.\n# TYPE bursar_http_request_seconds histogram\n",
	    STR_ARG(s));
	for (i = 0; i < route_count; i++) {
		if (load(&traffic[i].sum_us) == 0)
			continue;
		one = traffic_seconds(a, S(""), &traffic[i],
		    route_entries[i].route->id);
		s = arena_printf(a, "%.*s%.*s", STR_ARG(s), STR_ARG(one));
	}
	*out = s;
}
