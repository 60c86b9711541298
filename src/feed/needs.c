/*
 * The face of many providers: each need said as a wish, and what a failure
 * is called for people.
 */
#include <string.h>

#include "feed/wish.h"

/* What a symbol may look like; it becomes part of addresses and file names. */
static bool
word_ok(str s, size_t max)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(s.p[i] >= 'a' && s.p[i] <= 'z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] != '\0' && strchr(".:^=_-", s.p[i]) != NULL)))
			return (false);
	return (s.n > 0 && s.n <= max && s.p[0] != '.');
}

#define NAME_MAX_BYTES 60 /* of a series, an exchange */
#define CIK_DIGITS     10

/* How long what is asked about may be; 0: nothing is asked about. */
static const size_t about_max[FEED_NEEDS] = {
	[FOR_BARS] = LIMIT_SYMBOL_BYTES,
	[FOR_INTRADAY] = LIMIT_SYMBOL_BYTES,
	[FOR_DIVIDENDS] = LIMIT_SYMBOL_BYTES,
	[FOR_SPLITS] = LIMIT_SYMBOL_BYTES,
	[FOR_METRICS] = LIMIT_SYMBOL_BYTES,
	[FOR_SYMBOLS] = NAME_MAX_BYTES,
	[FOR_SERIES] = NAME_MAX_BYTES,
	[FOR_FACTS] = CIK_DIGITS,
	[FOR_FILINGS] = CIK_DIGITS,
};

static enum feed_answer
grant(struct flow *f, struct wish *w, struct list *out,
    struct feed_source *source)
{
	w->list = out;
	*out = (struct list){ NULL, 0 };
	if (about_max[w->need] > 0 && !word_ok(w->about, about_max[w->need])) {
		if (source != NULL)
			source->provider = NULL;
		return (FEED_UNKNOWN_SYMBOL);
	}
	return (wish_grant(f, w, source));
}

/* A need of which only this much is said. */
#define GRANT(f, out, source, ...) \
	grant((f), &(struct wish){ __VA_ARGS__ }, (out), (source))

enum feed_answer
feed_bars(struct flow *f, str symbol, day from, day to, struct list *out,
    struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_BARS, .about = symbol,
	    .from = from, .to = to));
}

enum feed_answer
feed_intraday(struct flow *f, str symbol, int minutes, instant from, instant to,
    struct list *out, struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_INTRADAY, .about = symbol,
	    .minutes = minutes, .since = from, .until = to));
}

enum feed_answer
feed_dividends(struct flow *f, str symbol, day from, day to, struct list *out,
    struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_DIVIDENDS, .about = symbol,
	    .from = from, .to = to));
}

enum feed_answer
feed_splits(struct flow *f, str symbol, day from, day to, struct list *out,
    struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_SPLITS, .about = symbol,
	    .from = from, .to = to));
}

enum feed_answer
feed_fx(struct flow *f, day from, day to, struct list *out,
    struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_FX, .from = from, .to = to));
}

enum feed_answer
feed_symbols(
    struct flow *f, str exchange, struct list *out, struct feed_source *source)
{
	return (
	    GRANT(f, out, source, .need = FOR_SYMBOLS, .about = exchange));
}

/* Ten digits; STR_NONE when it is none. */
static str
cik_of(struct flow *f, str s)
{
	int64_t n;

	if (s.n > CIK_DIGITS || !str_long(s, &n) || n <= 0)
		return (STR_NONE);
	return (arena_printf(&f->arena, "%010lld", (long long)n));
}

enum feed_answer
feed_facts(
    struct flow *f, str cik, struct list *out, struct feed_source *source)
{
	return (GRANT(
	    f, out, source, .need = FOR_FACTS, .about = cik_of(f, cik)));
}

enum feed_answer
feed_filings(struct flow *f, str cik, struct company *who, struct list *out,
    struct feed_source *source)
{
	*who = (struct company){ .cik = STR_NONE };
	return (GRANT(f, out, source, .need = FOR_FILINGS,
	    .about = cik_of(f, cik), .company = who));
}

enum feed_answer
feed_metrics(
    struct flow *f, str symbol, struct list *out, struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_METRICS, .about = symbol));
}

enum feed_answer
feed_identify(struct flow *f, const struct identity_ask *asks, size_t n,
    struct list *out, struct feed_source *source)
{
	*out = (struct list){ NULL, 0 };
	return (n == 0 ? FEED_OK
		       : GRANT(f, out, source, .need = FOR_IDENTITY,
			     .asks = asks, .asks_n = n));
}

enum feed_answer
feed_series(struct flow *f, str id, day from, day to, struct list *out,
    struct feed_source *source)
{
	return (GRANT(f, out, source, .need = FOR_SERIES, .about = id,
	    .from = from, .to = to));
}

enum err
feed_need_err(struct flow *f, enum feed_answer a, enum feed_need need,
    const struct feed_source *s, str about)
{
	const char *who = s != NULL && s->provider != NULL ? s->provider
							   : "no provider",
		   *what = feed_need_names[need];

	switch (a) {
	case FEED_OK:
		return (OK);
	case FEED_NOBODY:
		return (flow_fault(
		    f, E_UPSTREAM, "no provider is set up for %s", what));
	case FEED_UNKNOWN_SYMBOL:
	case FEED_NO_DATA:
		return (flow_fault(f, E_NOT_FOUND, "%s has no %s of %.*s", who,
		    what, STR_ARG(about)));
	case FEED_RATE_LIMITED:
		return (flow_fault(
		    f, E_BUSY, "%s allows no more calls for the moment", who));
	case FEED_NOT_ENTITLED:
		return (flow_fault(f, E_UPSTREAM,
		    "the plan at %s does not include %s", who, what));
	case FEED_KEY:
		return (flow_fault(
		    f, E_UPSTREAM, "%s does not accept the key", who));
	case FEED_UPSTREAM:
		return (flow_fault(f, E_UPSTREAM, "%s does not answer", who));
	case FEED_NONSENSE:
		return (flow_fault(f, E_UPSTREAM,
		    "%s answered with something else than %s", who, what));
	case FEED_LEFT:
		break;
	}
	return (f->cancelled ? E_CANCELLED : E_DEADLINE);
}
