/*
 * Traffic: requests and latencies by route, in memory that all workers
 * share, for /metrics.
 */
#include <stdatomic.h>

#include "http/exchange.h"
#include "http/text.h"

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

static struct traffic *traffic;	/* a route each; then all that had none */

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

static const char *
traffic_name(size_t route)
{
	return (route < route_count ? route_entries[route].route->id :
	    "none");
}

static void
requests_print(struct text *out, size_t route)
{
	int64_t n;
	int i;

	for (i = 1; i < CLASSES; i++)
		if ((n = load(&traffic[route].requests[i])) > 0)
			text_printf(out, "bursar_http_requests_total{route="
			    "\"%s\",status=\"%dxx\"} %lld\n",
			    traffic_name(route), i, (long long)n);
}

static void
seconds_print(struct text *out, size_t route)
{
	static const char name[] = "bursar_http_request_seconds";
	const char *id = traffic_name(route);
	struct traffic *t = &traffic[route];
	int64_t sum;
	size_t i;

	for (sum = 0, i = 0; i < BOUNDS; i++) {
		sum += load(&t->within[i]);
		text_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %lld\n",
		    name, id, (double)bounds_us[i] / 1e6, (long long)sum);
	}
	sum += load(&t->within[BOUNDS]);
	text_printf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %lld\n",
	    name, id, (long long)sum);
	text_printf(out, "%s_sum{route=\"%s\"} %.6f\n%s_count{route=\"%s\"}"
	    " %lld\n", name, id, (double)load(&t->sum_us) / 1e6, name, id,
	    (long long)sum);
}

static bool
traffic_seen(size_t route)
{
	int i;

	for (i = 1; i < CLASSES; i++)
		if (load(&traffic[route].requests[i]) > 0)
			return (true);
	return (false);
}

void
http_traffic_print(struct arena *a, str *out)
{
	struct text t;
	size_t i;

	text_init(&t, a);
	text_put(&t, S("# HELP bursar_http_requests_total Requests answered.\n"
	    "# TYPE bursar_http_requests_total counter\n"));
	for (i = 0; i <= route_count; i++)
		requests_print(&t, i);
	text_put(&t, S("# HELP bursar_http_request_seconds Time to answer.\n"
	    "# TYPE bursar_http_request_seconds histogram\n"));
	for (i = 0; i <= route_count; i++)
		if (traffic_seen(i))
			seconds_print(&t, i);
	*out = text_str(&t);
}
