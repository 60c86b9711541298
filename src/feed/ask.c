/*
 * A call to a provider: admitted by its guard, made, and never explained with
 * more than the provider's name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "feed/gather.h"
#include "feed/provider.h"

#define OWN_MAX     1024 /* keys of tenants this process remembers */
#define TIMEOUT_MS  15000
#define PROVIDERS   16
#define PAUSE_S_MAX INT64_C(3600)

/* A guard for each row of providers[], in its order. */
static struct guard shared[PROVIDERS];
static struct guard *own[OWN_MAX];

/* ---- guards -------------------------------------------------------------- */

static size_t
provider_index(const struct provider *p)
{
	size_t i = 0;

	while (providers[i] != p)
		i++;
	return (i);
}

/* settings.feed_budgets: "alphavantage=75/minute,0/day fred=1/second" */
static void
limits_set(struct limits *l, str text)
{
	int64_t n;
	str part, count;

	while (str_cut(&text, ',', &part)) {
		if (!str_cut(&part, '/', &count) || !str_long(count, &n) ||
		    n < 0)
			continue;
		if (str_eqz(part, "second"))
			l->second = n;
		else if (str_eqz(part, "minute"))
			l->minute = n;
		else if (str_eqz(part, "day"))
			l->day = n;
		else if (str_eqz(part, "month"))
			l->month = n;
	}
}

static struct limits
limits_of(const struct provider *p)
{
	str rest = str_of(settings.feed_budgets), part, name;
	struct limits l = p->limits;

	while (str_cut(&rest, ' ', &part))
		if (str_cut(&part, '=', &name) && str_eqz(name, p->name))
			limits_set(&l, part);
	return (l);
}

struct guard *
guard_shared(const struct provider *p)
{
	struct guard *g = &shared[provider_index(p)];

	if (g->name[0] == '\0') {
		snprintf(g->name, sizeof(g->name), "%s", p->name);
		g->limits = limits_of(p);
		g->succeeded_at = g->failed_at = INSTANT_NONE;
	}
	return (g);
}

/* A place by the name's hash; whoever was there before is forgotten. */
struct guard *
guard_own(const struct provider *p, str fingerprint)
{
	char name[GUARD_NAME_MAX];
	struct guard *breaker = guard_shared(p), **at;
	uint32_t h = 2166136261u;

	snprintf(
	    name, sizeof(name), "%s:k:%.*s", p->name, STR_ARG(fingerprint));
	for (const char *c = name; *c != '\0'; c++)
		h = (h ^ (uint8_t)*c) * 16777619u;
	at = &own[h % OWN_MAX];
	if (*at == NULL && (*at = calloc(1, sizeof(**at))) == NULL)
		abort();
	if (strcmp((*at)->name, name) != 0) {
		**at = (struct guard){ .limits = breaker->limits,
			.breaker = breaker,
			.succeeded_at = INSTANT_NONE,
			.failed_at = INSTANT_NONE };
		memcpy((*at)->name, name, sizeof(name));
	}
	return (*at);
}

void
guards_forget(void)
{
	memset(shared, 0, sizeof(shared));
	for (size_t i = 0; i < OWN_MAX; i++) {
		free(own[i]);
		own[i] = NULL;
	}
}

/* ---- calls --------------------------------------------------------------- */

/* For a price of now people wait; lists come in their own time. */
static int64_t
timeout_of(const struct asking *a)
{
	int64_t most = settings.provider_timeout_ms > 0
	    ? settings.provider_timeout_ms
	    : TIMEOUT_MS;

	return (a->need <= FOR_SEARCH && settings.finnhub_timeout_ms > 0
		? settings.finnhub_timeout_ms
		: most);
}

/* As long as they say, within reason; 0 when they say nothing. */
static int64_t
pause_of(int64_t retry_after_s)
{
	int64_t s = retry_after_s < PAUSE_S_MAX ? retry_after_s : PAUSE_S_MAX;

	return (s * 1000);
}

static enum feed_answer
ask(struct asking *a, struct outbound_call *call, struct outbound_reply *r)
{
	int64_t retry_after_s = 0;
	enum feed_answer answer;
	enum err e;

	if ((answer = guard_admit(a->f, a->guard, a->need)) != FEED_OK)
		return (answer);
	a->called = true;
	call->retry_after_s = &retry_after_s;
	e = outbound_call(a->f, call, r);
	if (e == OK) {
		if (r->status == 429 || r->status == 503)
			a->pause_ms = pause_of(retry_after_s);
		return (FEED_OK);
	}
	return (e == E_UPSTREAM ? FEED_UPSTREAM : FEED_LEFT);
}

enum feed_answer
ask_post(struct asking *a, const char *url, const char *const *headers,
    str body, struct outbound_reply *r)
{
	return (ask(a,
	    &(struct outbound_call){ .url = url,
		.headers = headers,
		.body = body,
		.timeout_ms = timeout_of(a),
		/* Only lists may be long. */
		.body_max = a->need > FOR_SEARCH ? (size_t)a->p->body_max : 0 },
	    r));
}

enum feed_answer
ask_get(struct asking *a, const char *url, const char *const *headers,
    struct outbound_reply *r)
{
	return (ask_post(a, url, headers, STR_NONE, r));
}
