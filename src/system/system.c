/*
 * Health, readiness and measurements. What it reports is what the rooms
 * below say of themselves; only for jobs, which are nobody's, it asks the
 * database.
 */
#include "base/settings.h"
#include "cache/cache.h"
#include "feed/feed.h"
#include "jobs/jobs.h"
#include "store/store.h"
#include "system/system.h"

struct health {
	int	status;
	int	database;
	int	cache;
	str	feed;
	bool	simulated;
	bool	demo;
	str	version;
};

static const char *const health_words[] = {
	"ok", "degraded", "unavailable", NULL
};
static const char *const part_words[] = { "up", "down", "off", NULL };

static const struct field health_fields[] = {
	MUST(health, status, "The whole of it.", .names = health_words),
	MUST(health, database, "PostgreSQL.", .names = part_words),
	MUST(health, cache, "Redis; without it everything works, slower.",
	    .names = part_words),
	MUST(health, feed, "Where prices come from."),
	MUST(health, simulated, "Whether the market is a simulation."),
	MUST(health, demo, "Whether the log-in page tells of the "
	    "demonstration."),
	MUST(health, version, "The program's version."),
	FIELDS_END
};

struct alive {
	str	status;
};

static const struct field alive_fields[] = {
	MUST(alive, status, "Always \"ok\": the process answers."),
	FIELDS_END
};

static void
health_look(struct health *h)
{
	static const int cache_words[] = {
		[CACHE_UP] = 0, [CACHE_DOWN] = 1, [CACHE_OFF] = 2
	};

	h->database = store_up() ? 0 : 1;
	h->cache = cache_words[cache_state()];
	h->status = h->database != 0 ? 2 : h->cache == 1 ? 1 : 0;
	h->feed = str_of(feed_current()->name);
	h->simulated = feed_current()->simulated;
	h->demo = settings.demo;
	h->version = S("0.1.0");
}

static enum err
health_show(struct call *c)
{
	struct health h;

	health_look(&h);
	return (reply(c, &h));
}

/* Not ready without the database; degraded but ready without Redis. */
static enum err
ready_show(struct call *c)
{
	struct health h;

	health_look(&h);
	if (h.status == 2) {
		reply_status(c, 503);
		reply_header(c, "retry-after", S("1"));
	}
	return (reply(c, &h));
}

static enum err
alive_show(struct call *c)
{
	struct alive a = { S("ok") };

	return (reply(c, &a));
}

/* For others there is no such path. */
static bool
may_measure(str client)
{
	str list, one;

	list = str_of(settings.metrics_from);
	while (str_cut(&list, ',', &one))
		if (str_eq(str_trim(one), client))
			return (true);
	return (false);
}

static enum err
metrics_show(struct call *c)
{
	struct arena *a = &c->f->arena;
	str meters, traffic, jobs;

	if (!may_measure(c->client))
		return (E_NOT_FOUND);
	meter_set(M_arena_bytes, (int64_t)arena_pooled_bytes());
	meter_print(a, &meters);
	http_traffic_print(a, &traffic);
	/* Without the database there is still the rest. */
	if (jobs_print(c->f, &jobs) != OK)
		jobs = S("");
	return (reply_text(c, arena_printf(a, "%.*s%.*s%.*s",
	    STR_ARG(meters), STR_ARG(traffic), STR_ARG(jobs))));
}

static enum err
openapi_show(struct call *c)
{
	static struct arena kept;
	static str text;

	if (text.p == NULL) {
		arena_init(&kept, 64 * 1024 * 1024, NULL, NULL);
		text = http_openapi(&kept);
	}
	return (reply_text(c, text));
}

#define METRICS_TYPE	"text/plain; version=0.0.4; charset=utf-8"

static const struct route routes[] = {
	{ GET, "/health", NEED_NOBODY, "getHealth",
	  "How the program is.", .reply = SHAPE(health), .run = health_show },
	{ GET, "/livez", NEED_NOBODY, "getAlive",
	  "Whether the process answers.", .reply = SHAPE(alive),
	  .run = alive_show },
	{ GET, "/readyz", NEED_NOBODY, "getReady",
	  "Whether it can serve: 503 while the database is away.",
	  .reply = SHAPE(health), .run = ready_show },
	{ GET, "/metrics", NEED_NOBODY, "getMetrics",
	  "Measurements as Prometheus text.", .type = METRICS_TYPE,
	  .run = metrics_show },
	{ GET, "/openapi.json", NEED_NOBODY, "getOpenapi",
	  "This document.", .type = "application/json; charset=utf-8",
	  .run = openapi_show },
	{ GET, "/health", NEED_NOBODY, "getHealthPlain", "As /api/health.",
	  .plain = true, .reply = SHAPE(health), .run = health_show },
	{ GET, "/livez", NEED_NOBODY, "getAlivePlain", "As /api/livez.",
	  .plain = true, .reply = SHAPE(alive), .run = alive_show },
	{ GET, "/readyz", NEED_NOBODY, "getReadyPlain", "As /api/readyz.",
	  .plain = true, .reply = SHAPE(health), .run = ready_show },
	{ GET, "/metrics", NEED_NOBODY, "getMetricsPlain",
	  "As /api/metrics.", .plain = true, .type = METRICS_TYPE,
	  .run = metrics_show },
	ROUTES_END
};

const struct capability system_capability = {
	"system", "How the program itself is.", routes
};
