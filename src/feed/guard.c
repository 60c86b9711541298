/*
 * The breaker keeps a provider that has failed from being asked by everyone;
 * the budgets keep a key from being blocked. Seconds and minutes are counted
 * in Redis, and without it each process keeps to its share of them. Days and
 * months are counted in PostgreSQL, because they must outlive both; where
 * that cannot be asked no such call is made.
 */
#include <string.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "feed/guard.h"
#include "feed_sql.h"
#include "store/store.h"

#define SECOND_MS  INT64_C(1000)
#define MINUTE_MS  INT64_C(60000)
#define REFUSED_MS (10 * MINUTE_MS)
#define PAUSE_MS   INT64_C(5000)

/* ---- budgets ------------------------------------------------------------- */

static bool
share_take(struct share *s, int64_t limit, int64_t window_ms)
{
	int64_t share = limit / (settings.workers > 0 ? settings.workers : 1),
		now = mono_ms();

	if (s->count == 0 || now - s->began_ms >= window_ms) {
		s->began_ms = now;
		s->count = 0;
	}
	return (s->count++ < (share > 0 ? share : 1));
}

static enum feed_answer
window_take(struct flow *f, const struct guard *g, struct share *s,
    int64_t limit, int64_t window_ms)
{
	int64_t count, left_ms;
	enum err e;

	if (limit == 0)
		return (FEED_OK);
	e = cache_count(f,
	    arena_printf(
		&f->arena, "feed:%s:calls:%lld", g->name, (long long)window_ms),
	    window_ms, &count, &left_ms);
	if (e == E_CANCELLED || e == E_DEADLINE)
		return (FEED_LEFT);
	return ((e == OK ? count <= limit : share_take(s, limit, window_ms))
		? FEED_OK
		: FEED_RATE_LIMITED);
}

struct taken {
	bool taken;
};

static const struct field taken_fields[] = {
	MUST(taken, taken, "The budgets had one call left."), FIELDS_END
};

static enum feed_answer
ledger_take(struct flow *f, const struct guard *g)
{
	struct taken t = { false };
	enum err e;

	if (g->limits.day == 0 && g->limits.month == 0)
		return (FEED_OK);
	e = store_row(f, &sql_provider_take, SHAPE(taken), &t,
	    STR(str_of(g->name)), LONG(g->limits.day), LONG(g->limits.month));
	if (e == E_CANCELLED || e == E_DEADLINE)
		return (FEED_LEFT);
	return (e == OK && t.taken ? FEED_OK : FEED_RATE_LIMITED);
}

static enum feed_answer
budgets_take(struct flow *f, struct guard *g)
{
	const struct limits *l = &g->limits;
	enum feed_answer a;

	a = window_take(f, g, &g->second, l->second, SECOND_MS);
	if (a == FEED_OK)
		a = window_take(f, g, &g->minute, l->minute, MINUTE_MS);
	if (a == FEED_OK)
		a = ledger_take(f, g);
	if (a == FEED_RATE_LIMITED)
		meter_add(M_feed_rate_limited_total, 1);
	return (a);
}

/* ---- the breaker --------------------------------------------------------- */

bool
guard_open(const struct guard *g)
{
	const struct guard *b = g->breaker != NULL ? g->breaker : g;

	return (b->failures >= GUARD_FAILURES_MAX &&
	    mono_ms() < b->closed_until_ms);
}

/* One call in a while may try a provider that has failed. */
static bool
breaker_admits(struct guard *g)
{
	if (g->failures < GUARD_FAILURES_MAX)
		return (true);
	if (guard_open(g))
		return (false);
	g->closed_until_ms = mono_ms() + GUARD_WAIT_MS_MIN;
	return (true);
}

enum feed_answer
guard_admit(struct flow *f, struct guard *g, enum feed_need need)
{
	enum feed_answer a;

	if (g->refused[need].until_ms > mono_ms())
		return (g->refused[need].why);
	if (!breaker_admits(g->breaker != NULL ? g->breaker : g))
		return (FEED_UPSTREAM);
	if ((a = budgets_take(f, g)) != FEED_OK)
		return (a);
	meter_add(M_feed_calls_total, 1);
	return (FEED_OK);
}

/* A refusal is an answer: whoever refuses is there. */
static void
breaker_note(struct guard *g, enum feed_answer a)
{
	int64_t wait = GUARD_WAIT_MS_MIN;

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

/* ---- what an answer teaches ---------------------------------------------- */

void
guard_pause(struct guard *g, int64_t ms, enum feed_answer why)
{
	for (int i = 0; i < FEED_NEEDS; i++) {
		g->refused[i].until_ms = mono_ms() + ms;
		g->refused[i].why = why;
	}
}

static bool
answered(enum feed_answer a)
{
	return (a == FEED_OK || a == FEED_UNKNOWN_SYMBOL || a == FEED_NO_DATA);
}

void
guard_note(struct guard *g, enum feed_need need, enum feed_answer a)
{
	if (a == FEED_LEFT)
		return;
	if (answered(a)) {
		g->succeeded_at = instant_now();
	} else {
		meter_add(M_feed_failures_total, 1);
		g->failed_at = instant_now();
		g->failure = a;
		LOG(LOG_WARN, "feed.failed", LZ("provider", g->name),
		    LZ("need", feed_need_names[need]),
		    LZ("why", feed_answer_names[a]));
	}
	breaker_note(g->breaker != NULL ? g->breaker : g, a);
	if (a == FEED_NOT_ENTITLED) {
		g->refused[need].until_ms = mono_ms() + REFUSED_MS;
		g->refused[need].why = a;
	}
	if (a == FEED_KEY)
		guard_pause(g, REFUSED_MS, a);
	if (a == FEED_RATE_LIMITED) {
		meter_add(M_feed_rate_limited_total, 1);
		guard_pause(g, PAUSE_MS, a);
	}
}
