/*
 * The breaker keeps a provider that has failed from being asked by everyone;
 * the budgets keep a key from being blocked. Without Redis each process
 * keeps to its share of them.
 */
#include "base/settings.h"
#include "cache/cache.h"
#include "feed/guard.h"

static bool
share_take(struct budget *b)
{
	int64_t limit = b->limit / settings.workers, now = mono_ms();

	if (b->count == 0 || now - b->began_ms >= b->window_ms) {
		b->began_ms = now;
		b->count = 0;
	}
	return (b->count++ < (limit > 0 ? limit : 1));
}

static enum feed_answer
budget_take(struct flow *f, const char *name, struct budget *b)
{
	int64_t count, left_ms;
	enum err e = cache_count(f,
	    arena_printf(
		&f->arena, "feed:%s:calls:%lld", name, (long long)b->window_ms),
	    b->window_ms, &count, &left_ms);
	bool fits = e == OK ? count <= b->limit : share_take(b);

	if (e == E_CANCELLED || e == E_DEADLINE)
		return (FEED_LEFT);
	if (!fits)
		meter_add(M_feed_rate_limited_total, 1);
	return (fits ? FEED_OK : FEED_RATE_LIMITED);
}

/* One call in a while may try a provider that has failed. */
static bool
breaker_admits(struct guard *g)
{
	int64_t now = mono_ms();

	if (g->failures < GUARD_FAILURES_MAX)
		return (true);
	if (now < g->closed_until_ms)
		return (false);
	g->closed_until_ms = now + GUARD_WAIT_MS_MIN;
	return (true);
}

enum feed_answer
guard_admit(struct flow *f, struct guard *g)
{
	enum feed_answer a;

	if (!breaker_admits(g))
		return (FEED_UPSTREAM);
	for (size_t i = 0; i < GUARD_BUDGETS; i++)
		if ((a = budget_take(f, g->name, &g->budgets[i])) != FEED_OK)
			return (a);
	meter_add(M_feed_calls_total, 1);
	return (FEED_OK);
}

/* A refusal is an answer: whoever refuses is there. */
void
guard_note(struct guard *g, enum feed_answer a)
{
	int64_t wait = GUARD_WAIT_MS_MIN;

	if (a != FEED_OK && a != FEED_UNKNOWN_SYMBOL)
		meter_add(M_feed_failures_total, 1);
	if (a == FEED_LEFT)
		return;
	if (a != FEED_UPSTREAM && a != FEED_NONSENSE) {
		g->failures = g->opened = 0;
		return;
	}
	if (++g->failures < GUARD_FAILURES_MAX)
		return;
	for (unsigned i = 0; i < g->opened && wait < GUARD_WAIT_MS_MAX; i++)
		wait *= 2;
	g->opened++;
	g->closed_until_ms =
	    mono_ms() + (wait < GUARD_WAIT_MS_MAX ? wait : GUARD_WAIT_MS_MAX);
	LOG(LOG_WARN, "feed.down", LZ("provider", g->name),
	    LZ("why", feed_answer_names[a]));
}
