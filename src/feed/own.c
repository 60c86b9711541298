/*
 * What a tenant's own key brings: kept with that key for its tenant, gone
 * with it, and never in a place that others read. Whatever fails, the last
 * good value is told as such.
 */
#include <string.h>

#include "feed/record.h"
#include "feed/wish.h"

#define QUOTE_FRESH_S	60
#define SEARCH_FRESH_S	3600
#define PROFILE_FRESH_S 86400
#define SEARCH_BYTES	64

bool
feed_symbol_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') ||
			strchr(".:^=_/-", s.p[i]) != NULL) ||
		    s.p[i] == '\0')
			return (false);
	return (s.n > 0 && s.n <= LIMIT_SYMBOL_BYTES);
}

bool
feed_text_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return (false);
	return (s.n <= SEARCH_BYTES && str_utf8(s));
}

/* ---- kept, or asked for -------------------------------------------------- */

struct own {
	const char *kind;
	double fresh_s;
	/* What was kept says what may come; may be NULL. */
	void (*known)(struct wish *, str kept);
	str (*record)(struct arena *, const struct wish *);
};

static enum feed_answer
own_ask(struct flow *f, const struct own *o, struct wish *w, str *text)
{
	struct feed_source source = { .mine = true, .only = true };
	enum feed_answer a = wish_grant(f, w, &source);

	if (a != FEED_OK)
		return (a);
	*text = o->record(&f->arena, w);
	own_value_keep(
	    f, source.provider, w->fingerprint, o->kind, w->about, *text);
	return (FEED_OK);
}

/* FEED_OK: a record; `*stale`: the last good one. */
static enum feed_answer
own_text(struct flow *f, const struct own *o, struct wish *w, str *text,
    bool *stale)
{
	enum feed_answer a;
	double age_s;
	bool kept = own_value(f, o->kind, w->about, text, &age_s) == OK;

	*stale = false;
	if (kept && age_s < o->fresh_s)
		return (FEED_OK);
	if (kept && o->known != NULL)
		o->known(w, *text);
	a = own_ask(f, o, w, text);
	*stale = a != FEED_OK;
	return (kept && a != FEED_LEFT && a != FEED_NOBODY ? FEED_OK : a);
}

/* ---- quotes -------------------------------------------------------------- */

static void
quote_known(struct wish *w, str kept)
{
	struct quote q;

	if (record_quote_read(kept, &q))
		w->last = q.price;
}

static str
quote_record(struct arena *a, const struct wish *w)
{
	return (record_quote(a, w->quote));
}

enum feed_answer
feed_quote_own(struct flow *f, str symbol, struct quote *out)
{
	static const struct own own = { "quote", QUOTE_FRESH_S, quote_known,
		quote_record };
	struct wish w = { .need = FOR_QUOTE,
		.about = symbol,
		.quote = out,
		.last = DEC_NONE };
	enum feed_answer a;
	bool stale;
	str text;

	if (!feed_symbol_ok(symbol))
		return (FEED_UNKNOWN_SYMBOL);
	if ((a = own_text(f, &own, &w, &text, &stale)) != FEED_OK)
		return (a);
	if (!record_quote_read(text, out))
		return (FEED_NONSENSE);
	out->stale = stale;
	out->age_s = (instant_now().us - out->as_of.us) / 1000000;
	return (FEED_OK);
}

/* ---- profiles and searches ----------------------------------------------- */

static str
profile_record(struct arena *a, const struct wish *w)
{
	return (record_profile(a, w->profile));
}

enum feed_answer
feed_profile_own(struct flow *f, str symbol, struct profile *out)
{
	static const struct own own = { "profile", PROFILE_FRESH_S, NULL,
		profile_record };
	struct wish w = { .need = FOR_PROFILE,
		.about = symbol,
		.profile = out };
	enum feed_answer a;
	bool stale;
	str text;

	if (!feed_symbol_ok(symbol))
		return (FEED_UNKNOWN_SYMBOL);
	if ((a = own_text(f, &own, &w, &text, &stale)) != FEED_OK)
		return (a);
	return (record_profile_read(text, out) ? FEED_OK : FEED_NONSENSE);
}

static str
matches_record(struct arena *a, const struct wish *w)
{
	return (record_matches(a, w->list));
}

enum feed_answer
feed_search_own(struct flow *f, str text, struct list *out)
{
	static const struct own own = { "search", SEARCH_FRESH_S, NULL,
		matches_record };
	struct wish w = { .need = FOR_SEARCH, .list = out };
	enum feed_answer a;
	bool stale;
	str kept;

	*out = (struct list){ NULL, 0 };
	w.about = text = str_trim(text);
	if (text.n == 0 || !feed_text_ok(text))
		return (FEED_OK);
	if ((a = own_text(f, &own, &w, &kept, &stale)) != FEED_OK)
		return (a);
	return (record_matches_read(&f->arena, kept, out) ? FEED_OK
							  : FEED_NONSENSE);
}
