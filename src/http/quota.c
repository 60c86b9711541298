/*
 * Quotas: how many requests one user may make in a minute, counted in memory
 * that all workers share, so that it holds without Redis. Two users that
 * meet in one slot take turns at it: the later one begins anew, so a quota
 * may be wider than said for a moment, never narrower.
 */
#include <stdatomic.h>

#include "base/settings.h"
#include "http/exchange.h"

#define SLOTS		8192	/* a power of two */
#define WINDOW_S	60

struct slot {
	_Atomic uint64_t	whose;	/* hash of the user */
	_Atomic int64_t		window;
	_Atomic int64_t		count;
};

static struct slot *slots;

void
quota_open(void)
{
	if (settings.rate_per_minute > 0 && slots == NULL)
		slots = shared_alloc(SLOTS * sizeof(*slots));
}

static int64_t
quota_take(uint64_t whose, int64_t window)
{
	struct slot *s = &slots[whose & (SLOTS - 1)];
	bool other, later;

	other = atomic_exchange(&s->whose, whose) != whose;
	later = atomic_exchange(&s->window, window) != window;
	if (other || later)
		atomic_store(&s->count, 0);
	return (atomic_fetch_add(&s->count, 1) + 1);
}

static void
quota_fields(struct call *c, int64_t left, int64_t reset_s)
{
	struct arena *a = &c->f->arena;

	reply_header(c, "ratelimit-policy", arena_printf(a,
	    "\"default\";q=%lld;w=%d", (long long)settings.rate_per_minute,
	    WINDOW_S));
	reply_header(c, "ratelimit", arena_printf(a,
	    "\"default\";r=%lld;t=%lld", (long long)(left > 0 ? left : 0),
	    (long long)reset_s));
}

enum err
quota_admit(struct exchange *ex)
{
	struct call *c = &ex->call;
	int64_t now_s, left, reset_s;
	uint64_t whose;

	if (slots == NULL)
		return (OK);
	whose = text_hash((str){ (const char *)&c->f->who.user,
	    sizeof(c->f->who.user) });
	now_s = mono_ms() / 1000;
	reset_s = WINDOW_S - now_s % WINDOW_S;
	left = settings.rate_per_minute - quota_take(whose,
	    now_s / WINDOW_S);
	quota_fields(c, left, reset_s);
	if (left >= 0)
		return (OK);
	reply_header(c, "retry-after", arena_printf(&c->f->arena, "%lld",
	    (long long)reset_s));
	return (flow_fault(c->f, E_RATE, "more than %lld requests a minute",
	    (long long)settings.rate_per_minute));
}
