/*
 * Subscriptions: a link that is made when the first channel is asked for,
 * says SUBSCRIBE for all of them whenever it comes up, and hands messages
 * on. It sends a PING now and then, because a connection that only listens
 * would never notice that the other side has gone.
 */
#include <stdlib.h>
#include <string.h>

#include "cache/cache.h"
#include "cache/subscribe.h"

#define PING_MS 2000

struct channel {
	struct channel *next;
	char *name;
	void (*fn)(void *arg, str message);
	void *arg;
};

static struct {
	struct link link;
	struct timer ping;
	struct channel *channels;
	bool on; /* there is a Redis to speak to */
	bool begun;
	bool heard; /* anything since the last PING */
} sub;

static void
say(const char *verb, const char *what)
{
	const char *argv[2] = { verb, what };
	size_t argn[2] = { strlen(verb), what == NULL ? 0 : strlen(what) };

	link_say(&sub.link, what == NULL ? 1 : 2, argv, argn);
}

static void
sub_up(struct link *l)
{
	(void)l;
	for (struct channel *c = sub.channels; c != NULL; c = c->next)
		say("SUBSCRIBE", c->name);
	sub.heard = true;
	timer_set(&sub.ping, PING_MS);
}

static void
sub_down(struct link *l)
{
	(void)l;
	timer_stop(&sub.ping);
}

static void
sub_ping(void *arg)
{
	(void)arg;
	if (!sub.heard) {
		link_fail(&sub.link, "has fallen silent");
		return;
	}
	sub.heard = false;
	timer_set(&sub.ping, PING_MS);
	say("PING", NULL);
}

static bool
is_string(const redisReply *r)
{
	return (r->type == REDIS_REPLY_STRING);
}

/* ["message", channel, payload]; whatever else comes is a sign of life. */
static void
sub_push(struct link *l, redisReply *r)
{
	str message;

	sub.heard = true;
	if (r->type == REDIS_REPLY_ERROR) {
		link_fail(l, r->str);
		return;
	}
	link_healthy(l);
	if (r->type != REDIS_REPLY_ARRAY || r->elements != 3 ||
	    !is_string(r->element[0]) || !is_string(r->element[1]) ||
	    !is_string(r->element[2]) ||
	    strcmp(r->element[0]->str, "message") != 0)
		return;
	message = (str){ r->element[2]->str, r->element[2]->len };
	for (struct channel *c = sub.channels; c != NULL; c = c->next)
		if (strcmp(c->name, r->element[1]->str) == 0)
			c->fn(c->arg, message);
}

static void
sub_begin(void)
{
	if (!sub.on || sub.begun || sub.channels == NULL)
		return;
	sub.begun = true;
	link_open(&sub.link);
}

void
subscribe_open(const struct redis_url *url, int64_t timeout_ms)
{
	sub.link = (struct link){ .name = "subscriptions",
		.url = url,
		.timeout_ms = timeout_ms,
		.up = sub_up,
		.down = sub_down,
		.push = sub_push };
	sub.ping = (struct timer){ .fn = sub_ping };
	sub.on = true;
	sub_begin();
}

void
subscribe_close(void)
{
	struct channel *next;

	timer_stop(&sub.ping);
	if (sub.begun)
		link_close(&sub.link);
	for (struct channel *c = sub.channels; c != NULL; c = next) {
		next = c->next;
		free(c->name);
		free(c);
	}
	memset(&sub, 0, sizeof(sub));
}

void
cache_subscribe(
    const char *channel, void (*fn)(void *arg, str message), void *arg)
{
	struct channel *c = calloc(1, sizeof(*c)), **end = &sub.channels;

	if (c == NULL || (c->name = strdup(channel)) == NULL)
		abort();
	c->fn = fn;
	c->arg = arg;
	while (*end != NULL)
		end = &(*end)->next;
	*end = c;
	if (sub.begun && sub.link.state == LINK_UP)
		say("SUBSCRIBE", channel);
	sub_begin();
}
