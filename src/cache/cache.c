/*
 * The commands, each one request on the link that all flows share. A flow
 * parks until its answer is there or 50 ms have passed; the answer becomes
 * strings of its arena. What Redis says that fits no command is E_BUSY: the
 * caller can do without.
 */
#include <stdio.h>
#include <string.h>

#include "cache/cache.h"
#include "cache/link.h"
#include "cache/subscribe.h"

#define KEYS_MAX 512 /* of one cache_get_many */

static struct {
	bool on;
	bool complained; /* of an error, since it came up */
	struct redis_url url;
	struct link link;
} cache;

/* ---- the connection ---------------------------------------------- */

static void
cache_came_up(struct link *l)
{
	(void)l;
	cache.complained = false;
	meter_set(M_cache_up, 1);
}

static void
cache_went_down(struct link *l)
{
	(void)l;
	meter_set(M_cache_up, 0);
	meter_add(M_cache_breaker_total, 1);
}

void
cache_open(const char *url, int64_t timeout_ms)
{
	if (cache.on)
		cache_close();
	if (url == NULL || url[0] == '\0')
		return;
	if (!redis_url_parse(url, &cache.url)) {
		LOG(LOG_ERROR, "cache.url", LZ("why", "not a Redis address"));
		return;
	}
	cache.on = true;
	cache.link = (struct link){ .name = "commands",
		.url = &cache.url,
		.timeout_ms = timeout_ms,
		.up = cache_came_up,
		.down = cache_went_down };
	link_open(&cache.link);
	subscribe_open(&cache.url, timeout_ms);
}

void
cache_close(void)
{
	subscribe_close();
	if (!cache.on)
		return;
	cache.on = false;
	link_close(&cache.link);
	meter_set(M_cache_up, 0);
}

enum cache_state
cache_state(void)
{
	if (!cache.on)
		return (CACHE_OFF);
	return (cache.link.state == LINK_UP ? CACHE_UP : CACHE_DOWN);
}

/* ---- one request ------------------------------------------------- */

struct request {
	struct flow *flow;
	redisReply *reply;
	bool over;
};

static void
request_over(void *arg, redisReply *reply)
{
	struct request *r = arg;

	r->reply = reply;
	r->over = true;
	flow_wake(r->flow);
}

static enum err
request_wait(struct request *r, struct ask *a)
{
	enum err e;

	while (!r->over) {
		e = flow_park(r->flow);
		if (e != OK && !r->over) {
			a->fn = NULL;
			return (e);
		}
	}
	return (OK);
}

static void
reply_free(void *arg)
{
	freeReplyObject(arg);
}

/* Redis says no (out of memory, read-only ..): once is enough to hear it. */
static void
command_refused(const redisReply *reply)
{
	if (!cache.complained)
		LOG(LOG_WARN, "cache.refused", LZ("why", reply->str));
	cache.complained = true;
}

/*
 * Ask and wait. On OK `*reply` is there, no error, and the flow's to release
 * with reply_done().
 */
static enum err
command(struct flow *f, size_t n, const str *words, redisReply **reply)
{
	struct request r = { .flow = f };
	const char **argv = ARENA_MANY(&f->arena, n, const char *);
	size_t *argn = ARENA_MANY(&f->arena, n, size_t);
	struct ask *a;

	if (!cache.on)
		return (E_BUSY);
	for (size_t i = 0; i < n; i++) {
		argv[i] = words[i].p != NULL ? words[i].p : "";
		argn[i] = words[i].n;
	}
	a = link_ask(&cache.link, (int)n, argv, argn, request_over, &r);
	if (a == NULL)
		return (E_BUSY);
	meter_add(M_cache_commands_total, 1);
	TRY(request_wait(&r, a));
	if (r.reply != NULL && r.reply->type != REDIS_REPLY_ERROR) {
		link_healthy(&cache.link);
		*reply = r.reply;
		flow_defer(f, reply_free, r.reply);
		return (OK);
	}
	meter_add(M_cache_errors_total, 1);
	if (r.reply != NULL) {
		command_refused(r.reply);
		freeReplyObject(r.reply);
	}
	return (E_BUSY);
}

static void
reply_done(struct flow *f, redisReply *reply)
{
	flow_undefer(f, reply_free, reply);
	freeReplyObject(reply);
}

/* A reply of a type that the command never gives. */
static enum err
reply_strange(void)
{
	meter_add(M_cache_errors_total, 1);
	link_fail(&cache.link, "answers strangely");
	return (E_BUSY);
}

static str
reply_str(struct flow *f, const redisReply *r)
{
	bool found = r->type == REDIS_REPLY_STRING;

	meter_add(found ? M_cache_hits_total : M_cache_misses_total, 1);
	return (
	    found ? arena_str(&f->arena, (str){ r->str, r->len }) : STR_NONE);
}

static str
number(struct flow *f, int64_t n)
{
	return (arena_printf(&f->arena, "%lld", (long long)n));
}

/* For commands that answer with a whole number. */
static enum err
command_long(struct flow *f, size_t n, const str *words, int64_t *out)
{
	redisReply *r;
	bool fits;

	TRY(command(f, n, words, &r));
	if ((fits = r->type == REDIS_REPLY_INTEGER))
		*out = r->integer;
	reply_done(f, r);
	return (fits ? OK : reply_strange());
}

#define COMMAND(fn, f, out, ...)                              \
	fn((f), sizeof((str[]){ __VA_ARGS__ }) / sizeof(str), \
	    (str[]){ __VA_ARGS__ }, (out))

/* ---- the face ---------------------------------------------------- */

enum err
cache_get(struct flow *f, str key, str *value)
{
	redisReply *r;
	bool fits;

	TRY(COMMAND(command, f, &r, S("GET"), key));
	fits = r->type == REDIS_REPLY_STRING || r->type == REDIS_REPLY_NIL;
	*value = reply_str(f, r);
	reply_done(f, r);
	if (!fits)
		return (reply_strange());
	return (value->p != NULL ? OK : E_NOT_FOUND);
}

enum err
cache_get_many(struct flow *f, const str *keys, size_t n, str *values)
{
	str *words;
	redisReply *r;
	bool fits;

	if (n == 0)
		return (OK);
	if (n > KEYS_MAX)
		return (E_TOO_LARGE);
	words = ARENA_MANY(&f->arena, n + 1, str);
	words[0] = S("MGET");
	memcpy(words + 1, keys, n * sizeof(*keys));
	TRY(command(f, n + 1, words, &r));
	fits = r->type == REDIS_REPLY_ARRAY && r->elements == n;
	for (size_t i = 0; fits && i < n; i++)
		values[i] = reply_str(f, r->element[i]);
	reply_done(f, r);
	return (fits ? OK : reply_strange());
}

enum err
cache_set(struct flow *f, str key, str value, int64_t ttl_ms)
{
	redisReply *r;
	bool fits;

	TRY(COMMAND(
	    command, f, &r, S("SET"), key, value, S("PX"), number(f, ttl_ms)));
	fits = r->type == REDIS_REPLY_STATUS;
	reply_done(f, r);
	return (fits ? OK : reply_strange());
}

enum err
cache_add(struct flow *f, str key, str value, int64_t ttl_ms)
{
	redisReply *r;
	int type;

	TRY(COMMAND(command, f, &r, S("SET"), key, value, S("PX"),
	    number(f, ttl_ms), S("NX")));
	type = r->type;
	reply_done(f, r);
	if (type == REDIS_REPLY_NIL)
		return (E_CONFLICT);
	return (type == REDIS_REPLY_STATUS ? OK : reply_strange());
}

enum err
cache_delete(struct flow *f, str key)
{
	int64_t n;

	return (COMMAND(command_long, f, &n, S("DEL"), key));
}

enum err
cache_delete_if(struct flow *f, str key, str value)
{
	static const char script[] =
	    "if redis.call('GET', KEYS[1]) == ARGV[1] then "
	    "return redis.call('DEL', KEYS[1]) end return 0";
	int64_t n;

	return (COMMAND(
	    command_long, f, &n, S("EVAL"), S(script), S("1"), key, value));
}

enum err
cache_extend_if(struct flow *f, str key, str value, int64_t ttl_ms)
{
	static const char script[] =
	    "if redis.call('GET', KEYS[1]) == ARGV[1] then "
	    "return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
	int64_t n;

	TRY(COMMAND(command_long, f, &n, S("EVAL"), S(script), S("1"), key,
	    value, number(f, ttl_ms)));
	return (n == 1 ? OK : E_CONFLICT);
}

/* A counter that has lost its end is given one: it must not count for ever. */
enum err
cache_count(struct flow *f, str key, int64_t window_ms, int64_t *count,
    int64_t *left_ms)
{
	static const char script[] =
	    "local n = redis.call('INCR', KEYS[1]) "
	    "local left = redis.call('PTTL', KEYS[1]) "
	    "if left < 0 then left = tonumber(ARGV[1]) "
	    "redis.call('PEXPIRE', KEYS[1], left) end "
	    "return { n, left }";
	redisReply *r;
	bool fits;

	TRY(COMMAND(command, f, &r, S("EVAL"), S(script), S("1"), key,
	    number(f, window_ms)));
	fits = r->type == REDIS_REPLY_ARRAY && r->elements == 2 &&
	    r->element[0]->type == REDIS_REPLY_INTEGER &&
	    r->element[1]->type == REDIS_REPLY_INTEGER;
	if (fits) {
		*count = r->element[0]->integer;
		*left_ms = r->element[1]->integer;
	}
	reply_done(f, r);
	return (fits ? OK : reply_strange());
}

enum err
cache_publish(struct flow *f, str channel, str message)
{
	int64_t n;

	return (COMMAND(command_long, f, &n, S("PUBLISH"), channel, message));
}

enum err
cache_publish_numbered(struct flow *f, str channel, str message)
{
	static const char script[] =
	    "local t = redis.call('TIME') "
	    "local now = t[1] * 1000 + math.floor(t[2] / 1000) "
	    "local last = tonumber(redis.call('GET', KEYS[1]) or '0') "
	    "local n = math.max(last + 1, now) "
	    "redis.call('SET', KEYS[1], string.format('%.0f', n), "
	    "'PX', 86400000) "
	    "return redis.call('PUBLISH', ARGV[1], string.format("
	    "'%.0f %.0f ', n, last) .. ARGV[2])";
	int64_t n;

	return (COMMAND(command_long, f, &n, S("EVAL"), S(script), S("1"),
	    arena_printf(&f->arena, "%.*s:number", STR_ARG(channel)), channel,
	    message));
}
