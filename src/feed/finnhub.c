/*
 * Finnhub, on a free or paid key: quotes, profiles, searches. Its history
 * needs a plan of its own and is not asked for. What the key does not allow
 * is left alone for ten minutes, and everything after a 429 for a few
 * seconds: asking again would only make it worse.
 */
#include "base/settings.h"
#include "feed/finnhub.h"
#include "feed/guard.h"

#define REFUSED_MS (10 * 60 * INT64_C(1000))
#define PAUSE_MS   INT64_C(5000)

enum feature { QUOTE, PROFILE, SEARCH, FEATURES };

static const char *const paths[FEATURES] = {
	"/quote?symbol=", "/stock/profile2?symbol=", "/search?q="
};

/* The free plan's, which holds for every plan. */
#define BUDGETS                                         \
	{                                               \
		{ .limit = 30, .window_ms = 1000 },     \
		{                                       \
			.limit = 60, .window_ms = 60000 \
		}                                       \
	}

static struct {
	struct guard guard;
	struct {
		int64_t until_ms;
		enum feed_answer why;
	} refused[FEATURES];
} finnhub = { .guard = { .name = "finnhub", .budgets = BUDGETS } };

static void
refuse(enum feature first, enum feature last, int64_t ms, enum feed_answer why)
{
	for (int i = (int)first; i <= (int)last; i++) {
		finnhub.refused[i].until_ms = mono_ms() + ms;
		finnhub.refused[i].why = why;
	}
}

/* Learn from an answer what to ask in future; answers it again. */
static enum feed_answer
noted(enum feature what, enum feed_answer a)
{
	guard_note(&finnhub.guard, a);
	if (a == FEED_NOT_ENTITLED)
		refuse(what, what, REFUSED_MS, a);
	if (a == FEED_KEY)
		refuse(QUOTE, SEARCH, REFUSED_MS, a);
	if (a == FEED_RATE_LIMITED) {
		meter_add(M_feed_rate_limited_total, 1);
		refuse(QUOTE, SEARCH, PAUSE_MS, a);
	}
	if (a != FEED_OK && a != FEED_UNKNOWN_SYMBOL && a != FEED_LEFT)
		LOG(LOG_WARN, "feed.failed", LZ("provider", "finnhub"),
		    LZ("path", paths[what]), LZ("why", feed_answer_names[a]));
	return (a);
}

/* On FEED_OK there is a reply whose meaning is still to be noted. */
static enum feed_answer
ask(struct flow *f, enum feature what, str about, struct outbound_reply *r)
{
	str key = str_trim(str_of(settings.finnhub_key));
	str url = arena_printf(&f->arena, "%s%s%.*s", settings.finnhub_url,
	    paths[what], STR_ARG(outbound_escape(&f->arena, about)));
	str token =
	    arena_printf(&f->arena, "X-Finnhub-Token: %.*s", STR_ARG(key));
	const char *headers[] = { token.p, "Accept: application/json", NULL };
	enum feed_answer a;
	enum err e;

	if (finnhub.refused[what].until_ms > mono_ms())
		return (finnhub.refused[what].why);
	if ((a = guard_admit(f, &finnhub.guard)) != FEED_OK)
		return (a);
	e = outbound_get(f, url.p, headers, settings.finnhub_timeout_ms, r);
	if (e == OK)
		return (FEED_OK);
	return (noted(what, e == E_UPSTREAM ? FEED_UPSTREAM : FEED_LEFT));
}

static enum feed_answer
finnhub_quote(struct flow *f, str symbol, struct quote *out)
{
	struct outbound_reply r;
	enum feed_answer a = ask(f, QUOTE, symbol, &r);

	return (a != FEED_OK ? a
			     : noted(QUOTE,
				   finnhub_read_quote(&f->arena, &r, symbol,
				       instant_now(), out)));
}

static enum feed_answer
finnhub_profile(struct flow *f, str symbol, struct profile *out)
{
	struct outbound_reply r;
	enum feed_answer a = ask(f, PROFILE, symbol, &r);

	return (a != FEED_OK
		? a
		: noted(PROFILE,
		      finnhub_read_profile(&f->arena, &r, symbol, out)));
}

static enum feed_answer
finnhub_search(struct flow *f, str text, struct list *out)
{
	struct outbound_reply r;
	enum feed_answer a = ask(f, SEARCH, text, &r);

	return (a != FEED_OK
		? a
		: noted(SEARCH, finnhub_read_search(&f->arena, &r, out)));
}

void
finnhub_forget(void)
{
	for (int i = 0; i < FEATURES; i++)
		finnhub.refused[i].until_ms = 0;
	finnhub.guard = (struct guard){ .name = "finnhub", .budgets = BUDGETS };
}

const struct feed feed_finnhub = {
	.name = "finnhub",
	.quote = finnhub_quote,
	.profile = finnhub_profile,
	.search = finnhub_search,
};
