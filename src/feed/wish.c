/*
 * The order of fall-back. A provider that cannot be asked is passed over,
 * one that fails is followed by the next, and what it sends is judged by
 * whoever asked before that is settled. Of several failures the one that may
 * pass is told.
 */
#include "feed/gather.h"
#include "feed/wish.h"

/* ---- one provider -------------------------------------------------------- */

static enum feed_answer
list_ask(struct asking *a, struct wish *w)
{
	const struct provider *p = a->p;

	switch (w->need) {
	case FOR_SEARCH:
		return (p->search(a, w->about, w->list));
	case FOR_SYMBOLS:
		return (p->symbols(a, w->about, w->list));
	case FOR_BARS:
		return (p->bars(a, w->about, w->from, w->to, w->list));
	case FOR_INTRADAY:
		return (p->intraday(
		    a, w->about, w->minutes, w->since, w->until, w->list));
	case FOR_DIVIDENDS:
		return (p->dividends(a, w->about, w->from, w->to, w->list));
	case FOR_SPLITS:
		return (p->splits(a, w->about, w->from, w->to, w->list));
	case FOR_FX:
		return (p->fx(a, w->from, w->to, w->list));
	case FOR_FACTS:
		return (p->facts(a, w->about, w->list));
	case FOR_FILINGS:
		return (p->filings(a, w->about, w->company, w->list));
	case FOR_METRICS:
		return (p->metrics(a, w->about, w->list));
	case FOR_IDENTITY:
		return (p->identify(a, w->asks, w->asks_n, w->list));
	default:
		return (p->series(a, w->about, w->from, w->to, w->list));
	}
}

/* A price of now is judged here; of lists only what was asked for stays. */
static enum feed_answer
settle(struct wish *w)
{
	switch (w->need) {
	case FOR_QUOTE:
		return (price_leaps(w->last, w->quote->price) ? FEED_NONSENSE
							      : FEED_OK);
	case FOR_BARS:
		bars_cut(w->list, w->from, w->to, day_today());
		break;
	case FOR_INTRADAY:
		intraday_cut(w->list, w->since, w->until, instant_now());
		break;
	case FOR_DIVIDENDS:
		dividends_cut(w->list, w->from, w->to);
		break;
	case FOR_SPLITS:
		splits_cut(w->list, w->from, w->to);
		break;
	case FOR_FX:
		rates_cut(w->list, w->from, w->to, day_today());
		break;
	case FOR_SERIES:
		points_settle(w->list, w->from, w->to);
		break;
	default:
		break;
	}
	return (FEED_OK);
}

static enum feed_answer
provider_ask(
    struct asking *a, struct wish *w, const struct feed_source *source)
{
	enum feed_answer answer;

	if (w->list != NULL)
		*w->list = (struct list){ NULL, 0 };
	if (w->need == FOR_QUOTE)
		answer = a->p->quote(a, w->about, w->quote);
	else if (w->need == FOR_PROFILE)
		answer = a->p->profile(a, w->about, w->profile);
	else
		answer = list_ask(a, w);
	if (answer == FEED_OK && a->p != &provider_simulated)
		answer = settle(w);
	if (answer == FEED_OK && w->list != NULL && source->judge != NULL)
		answer = source->judge(a->f, w->list, source);
	return (answer);
}

/* ---- whose key ----------------------------------------------------------- */

/* False: this provider cannot be asked with such a key. */
static bool
key_choose(struct asking *a, bool own, struct own_key *k)
{
	const struct provider *p = a->p;

	k->key = STR_NONE;
	if (own) {
		if (p->key == KEY_NONE || key_own(a->f, p, k) != OK)
			return (false);
		a->key = k->key;
		a->guard = guard_own(p, k->fingerprint);
		return (true);
	}
	a->key = provider_key(p);
	a->guard = guard_shared(p);
	return (a->key.n > 0 || p->key != KEY_MUST);
}

static void
asked(struct asking *a, const struct own_key *k, enum feed_answer answer)
{
	if (!a->called)
		return;
	guard_note(a->guard, a->need, answer);
	if (a->pause_ms > 0)
		guard_pause(a->guard, a->pause_ms, answer);
	health_tell(a->f, a->guard);
	if (k->key.p != NULL)
		key_proved(a->f, a->p, k, answer);
}

/* ---- one after the other ------------------------------------------------- */

/* Which of two failures tells more. */
static enum feed_answer
graver(enum feed_answer a, enum feed_answer b)
{
	static const int weight[] = { [FEED_NOBODY] = 0,
		[FEED_NO_DATA] = 1,
		[FEED_UNKNOWN_SYMBOL] = 2,
		[FEED_NOT_ENTITLED] = 3,
		[FEED_KEY] = 4,
		[FEED_NONSENSE] = 5,
		[FEED_UPSTREAM] = 6,
		[FEED_RATE_LIMITED] = 7,
		[FEED_LEFT] = 8,
		[FEED_OK] = 9 };

	return (weight[b] > weight[a] ? b : a);
}

/* Nobody else is asked: it came, or whoever knows says there is none. */
static bool
settled(const struct wish *w, enum feed_answer a)
{
	return (a == FEED_OK || a == FEED_LEFT ||
	    (a == FEED_UNKNOWN_SYMBOL && w->need <= FOR_PROFILE));
}

/* All providers in their order, with the tenant's own keys or without. */
static enum feed_answer
order_ask(struct flow *f, struct wish *w, bool own, enum feed_answer worst,
    struct feed_source *source)
{
	const struct provider *p;
	enum feed_answer a;
	struct own_key k;

	for (size_t n = 0; (p = provider_at(w->need, n)) != NULL; n++) {
		struct asking ask = { .f = f, .p = p, .need = w->need };

		if (!key_choose(&ask, own, &k))
			continue;
		source->provider = p->name;
		source->own = own && !provider_shares(p);
		source->raw =
		    w->need == FOR_BARS ? p->raw_bars : p->raw_dividends;
		a = provider_ask(&ask, w, source);
		asked(&ask, &k, a);
		source->called |= ask.called;
		w->fingerprint = own ? k.fingerprint : STR_NONE;
		if (settled(w, a))
			return (a);
		worst = graver(worst, a);
	}
	return (worst);
}

enum feed_answer
wish_grant(struct flow *f, struct wish *w, struct feed_source *source)
{
	struct feed_source nobody = { .mine = false };
	enum feed_answer a = FEED_NOBODY;

	if (source == NULL)
		source = &nobody;
	source->own = source->called = false;
	source->provider = NULL;
	if (source->mine && uuid_ok(f->who.tenant))
		a = order_ask(f, w, true, a, source);
	if (!settled(w, a) && !source->only)
		a = order_ask(f, w, false, a, source);
	if (a != FEED_OK && w->list != NULL)
		*w->list = (struct list){ NULL, 0 };
	return (a);
}
