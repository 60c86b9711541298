/*
 * How providers are: each process writes down what it has seen, at times, and
 * all of them read it together, so that one page tells of all processes.
 */
#include <string.h>

#include "base/settings.h"
#include "cache/cache.h"
#include "feed/wish.h"
#include "feed_sql.h"
#include "store/store.h"

#define TELL_MS       INT64_C(15000)
#define WINDOWS       4
#define PROVIDERS_MAX 16

/* ---- writing down -------------------------------------------------------- */

/* At once when it fails or is well again, else now and then. */
static bool
worth_telling(const struct guard *g)
{
	const struct guard *b = g->breaker != NULL ? g->breaker : g;

	return (g->told_ms == 0 || mono_ms() - g->told_ms >= TELL_MS ||
	    b->failures == 1 || b->failures == GUARD_FAILURES_MAX);
}

void
health_tell(struct flow *f, struct guard *g)
{
	int64_t open_ms;

	if (g->breaker != NULL || !store_up() || f->tx != NULL ||
	    !worth_telling(g))
		return;
	g->told_ms = mono_ms();
	open_ms = guard_open(g) ? g->closed_until_ms - mono_ms() : 0;
	if (store_exec(f, &sql_provider_tell, NULL, STR(str_of(g->name)),
		INSTANT(g->succeeded_at), INSTANT(g->failed_at),
		instant_ok(g->failed_at)
		    ? STR(str_of(feed_answer_names[g->failure]))
		    : STR(STR_NONE),
		LONG(open_ms)) != OK)
		return;
}

/* ---- reading ------------------------------------------------------------- */

const struct field feed_budget_fields[] = {
	MUST(feed_budget, window,
	    "second, minute, day or month; the last two "
	    "are UTC's."),
	MUST(feed_budget, calls, "Calls that are allowed in it."),
	MUST(feed_budget, left, "Calls that are left of it."), FIELDS_END
};

const struct field feed_status_fields[] = { MUST(
						feed_status, name, "Its name."),
	MUST(feed_status, doc, "What it is."),
	MUST(feed_status, needs, "What it is asked for.", .of = K_STR),
	MUST(feed_status, enabled,
	    "The installation's settings let it be "
	    "asked."),
	MUST(feed_status, takes_key, "It can be asked with a key of your own."),
	MUST(feed_status, needs_key, "It cannot be asked without a key."),
	MUST(feed_status, has_key, "The installation has a key."),
	MUST(feed_status, shares,
	    "What one tenant's key brought may be shown "
	    "to others."),
	MUST(feed_status, state, "off, no key, unused, up, failing or down."),
	MAY(feed_status, succeeded_at, "When it last answered."),
	MAY(feed_status, failed_at, "When it last failed."),
	MAY(feed_status, failure, "How it last failed."),
	MUST(feed_status, budgets,
	    "Calls that the installation's key has "
	    "left.",
	    .shape = SHAPE(feed_budget)),
	FIELDS_END };

struct health {
	str name;
	instant succeeded_at, failed_at;
	str failure;
	bool open;
};

static const struct field health_fields[] = { MUST(health, name, "Whose."),
	MAY(health, succeeded_at, "When."), MAY(health, failed_at, "When."),
	MAY(health, failure, "How."),
	MUST(health, open, "It is not asked for the moment."), FIELDS_END };

struct used {
	str name, span;
	int64_t calls;
};

static const struct field used_fields[] = { MUST(used, name, "Whose."),
	MUST(used, span, "day or month."), MUST(used, calls, "So many."),
	FIELDS_END };

static int64_t
used_of(const struct list *used, const char *name, const char *span)
{
	const struct used *u = used->v;

	for (size_t i = 0; i < used->n; i++)
		if (str_eqz(u[i].name, name) && str_eqz(u[i].span, span))
			return (u[i].calls);
	return (0);
}

/* What Redis has counted in a window; 0 also when it cannot be asked. */
static int64_t
counted(struct flow *f, const char *name, int64_t window_ms)
{
	str text;
	int64_t n;

	if (cache_get(f,
		arena_printf(&f->arena, "feed:%s:calls:%lld", name,
		    (long long)window_ms),
		&text) != OK ||
	    !str_long(text, &n))
		return (0);
	return (n);
}

static struct list
budgets_of(struct flow *f, const struct guard *g, const struct list *used)
{
	const struct limits *l = &g->limits;
	const struct {
		const char *window;
		int64_t calls, ms;
	} rows[WINDOWS] = { { "second", l->second, 1000 },
		{ "minute", l->minute, 60000 }, { "day", l->day, 0 },
		{ "month", l->month, 0 } };
	struct feed_budget *b =
	    ARENA_MANY(&f->arena, WINDOWS, struct feed_budget);
	size_t n = 0;
	int64_t spent;

	for (size_t i = 0; i < WINDOWS; i++) {
		if (rows[i].calls == 0)
			continue;
		spent = rows[i].ms > 0 ? counted(f, g->name, rows[i].ms)
				       : used_of(used, g->name, rows[i].window);
		b[n++] =
		    (struct feed_budget){ str_of(rows[i].window), rows[i].calls,
			    spent < rows[i].calls ? rows[i].calls - spent : 0 };
	}
	return ((struct list){ b, n });
}

static struct list
needs_of(struct flow *f, const struct provider *p)
{
	str *v = ARENA_MANY(&f->arena, FEED_NEEDS, str);
	size_t n = 0;

	for (int i = 0; i < FEED_NEEDS; i++)
		if (provider_answers(p, (enum feed_need)i))
			v[n++] = str_of(feed_need_names[i]);
	return ((struct list){ v, n });
}

static str
state_of(const struct feed_status *s, bool open)
{
	if (!s->enabled)
		return (S("off"));
	if (s->needs_key && !s->has_key)
		return (S("no key"));
	if (open)
		return (S("down"));
	if (instant_ok(s->failed_at) &&
	    (!instant_ok(s->succeeded_at) ||
		s->failed_at.us > s->succeeded_at.us))
		return (S("failing"));
	return (instant_ok(s->succeeded_at) ? S("up") : S("unused"));
}

static void
status_of(struct flow *f, const struct provider *p, const struct list *healths,
    const struct list *used, struct feed_status *s)
{
	const struct health *h = healths->v;
	bool open = guard_open(guard_shared(p));

	*s = (struct feed_status){ .name = str_of(p->name),
		.doc = str_of(p->doc),
		.needs = needs_of(f, p),
		.enabled = provider_enabled(p),
		.takes_key = p->key != KEY_NONE,
		.needs_key = p->key == KEY_MUST,
		.has_key = provider_key(p).n > 0,
		.shares = provider_shares(p),
		.succeeded_at = INSTANT_NONE,
		.failed_at = INSTANT_NONE,
		.budgets = budgets_of(f, guard_shared(p), used) };
	for (size_t i = 0; i < healths->n; i++)
		if (str_eq(h[i].name, s->name)) {
			s->succeeded_at = h[i].succeeded_at;
			s->failed_at = h[i].failed_at;
			s->failure = h[i].failure;
			open = open || h[i].open;
		}
	s->state = state_of(s, open);
}

enum err
feed_status(struct flow *f, struct list *out)
{
	struct feed_status *s =
	    ARENA_MANY(&f->arena, PROVIDERS_MAX, struct feed_status);
	struct list healths, used;
	size_t n = 0;

	TRY(store_rows(f, &sql_provider_health, SHAPE(health), &healths));
	TRY(store_rows(f, &sql_provider_used, SHAPE(used), &used));
	for (size_t i = 0; providers[i] != NULL; i++)
		if (providers[i] != &provider_simulated)
			status_of(f, providers[i], &healths, &used, &s[n++]);
	*out = (struct list){ s, n };
	return (OK);
}
