/*
 * What callers use: the provider that is set, behind the shelf. The
 * simulated one needs no shelf: it answers at once and for nothing.
 */
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "feed/outbound.h"
#include "feed/provider.h"
#include "feed/record.h"
#include "feed/shelf.h"
#include "feed/sim.h"

#define SECOND       INT64_C(1000)
#define HOUR         (3600 * SECOND)
#define DAY          (24 * HOUR)
#define SEARCH_BYTES 64

const char *const feed_answer_names[] = { "ok", "unknown symbol", "no data",
	"rate limited", "not entitled", "key", "upstream", "nonsense", "left" };

static const struct feed *current;

const struct feed *
feed_open(char *why, size_t why_size)
{
	current = NULL;
	if (strcmp(settings.feed, "simulated") == 0)
		current = &feed_simulated;
	else if (strcmp(settings.feed, "finnhub") != 0)
		snprintf(why, why_size,
		    "BURSAR_FEED is neither simulated nor finnhub");
	else if (settings.finnhub_key[0] == '\0')
		snprintf(why, why_size,
		    "BURSAR_FEED=finnhub needs BURSAR_FINNHUB_KEY");
	else if (strncmp(settings.finnhub_url, "https://", 8) != 0 &&
	    strncmp(settings.finnhub_url, "http://", 7) != 0)
		snprintf(why, why_size,
		    "BURSAR_FINNHUB_URL must begin with https:// or http://");
	else
		current = &feed_finnhub;
	return (current);
}

void
feed_close(void)
{
	shelf_clear();
	sim_world_drop();
	finnhub_forget();
	if (shelf_flights() == 0)
		outbound_close();
}

const struct feed *
feed_current(void)
{
	return (current);
}

/* ---- what is kept, and for how long ------------------------------ */

static enum feed_answer
quote_fetch(struct flow *f, str symbol, str *text)
{
	struct quote q;
	enum feed_answer a = current->quote(f, symbol, &q);

	if (a == FEED_OK)
		*text = record_quote(&f->arena, &q);
	return (a);
}

static enum feed_answer
profile_fetch(struct flow *f, str symbol, str *text)
{
	struct profile p;
	enum feed_answer a = current->profile(f, symbol, &p);

	if (a == FEED_OK)
		*text = record_profile(&f->arena, &p);
	return (a);
}

static enum feed_answer
search_fetch(struct flow *f, str about, str *text)
{
	struct list l;
	enum feed_answer a = current->search(f, about, &l);

	if (a == FEED_OK)
		*text = record_matches(&f->arena, &l);
	return (a);
}

static bool
quote_good(struct flow *f, str text)
{
	struct quote q;

	(void)f;
	return (record_quote_read(text, &q));
}

static bool
profile_good(struct flow *f, str text)
{
	struct profile p;

	(void)f;
	return (record_profile_read(text, &p));
}

static bool
search_good(struct flow *f, str text)
{
	struct list l;

	return (record_matches_read(&f->arena, text, &l));
}

static const struct shelf quotes = { "quote", 3 * SECOND, 60 * SECOND, 7 * DAY,
	quote_fetch, quote_good };
static const struct shelf profiles = { "profile", 60 * SECOND, DAY, 30 * DAY,
	profile_fetch, profile_good };
static const struct shelf searches = { "search", 60 * SECOND, HOUR, DAY,
	search_fetch, search_good };

/* What a symbol may look like; it becomes part of keys and addresses. */
static bool
symbol_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') ||
			strchr(".:^=_/-", s.p[i]) != NULL) ||
		    s.p[i] == '\0')
			return (false);
	return (s.n > 0 && s.n <= LIMIT_SYMBOL_BYTES);
}

enum feed_answer
feed_quote(struct flow *f, str symbol, struct quote *out)
{
	enum feed_answer a;
	int64_t age_us;
	bool stale;
	str text;

	if (current->simulated)
		return (current->quote(f, symbol, out));
	if (!symbol_ok(symbol))
		return (FEED_UNKNOWN_SYMBOL);
	if ((a = shelf_get(f, &quotes, symbol, &text, &stale)) != FEED_OK)
		return (a);
	if (!record_quote_read(text, out))
		return (FEED_NONSENSE);
	out->stale = stale;
	age_us = instant_now().us - out->as_of.us;
	out->age_s = age_us > 0 ? age_us / 1000000 : 0;
	return (FEED_OK);
}

enum feed_answer
feed_profile(struct flow *f, str symbol, struct profile *out)
{
	enum feed_answer a;
	bool stale;
	str text;

	if (current->simulated)
		return (current->profile(f, symbol, out));
	if (!symbol_ok(symbol))
		return (FEED_UNKNOWN_SYMBOL);
	if ((a = shelf_get(f, &profiles, symbol, &text, &stale)) != FEED_OK)
		return (a);
	return (record_profile_read(text, out) ? FEED_OK : FEED_NONSENSE);
}

static bool
search_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return (false);
	return (s.n <= SEARCH_BYTES && str_utf8(s));
}

enum feed_answer
feed_search(struct flow *f, str text, struct list *out)
{
	enum feed_answer a;
	bool stale;
	str kept;

	*out = (struct list){ NULL, 0 };
	text = str_trim(text);
	if (text.n == 0)
		return (FEED_OK);
	if (current->simulated)
		return (current->search(f, text, out));
	if (!search_ok(text))
		return (FEED_OK);
	if ((a = shelf_get(f, &searches, text, &kept, &stale)) != FEED_OK)
		return (a);
	return (record_matches_read(&f->arena, kept, out) ? FEED_OK
							  : FEED_NONSENSE);
}

enum err
feed_err(struct flow *f, enum feed_answer a, str symbol)
{
	const char *who = current->name;

	switch (a) {
	case FEED_OK:
		return (OK);
	case FEED_UNKNOWN_SYMBOL:
		return (flow_fault(f, E_NOT_FOUND, "%s does not know %.*s", who,
		    STR_ARG(symbol)));
	case FEED_NO_DATA:
		return (flow_fault(f, E_NOT_FOUND, "%s has no price of %.*s",
		    who, STR_ARG(symbol)));
	case FEED_RATE_LIMITED:
		return (flow_fault(
		    f, E_BUSY, "%s allows no more calls for the moment", who));
	case FEED_NOT_ENTITLED:
		return (flow_fault(f, E_UPSTREAM,
		    "the plan at %s does not include this", who));
	case FEED_KEY:
		return (flow_fault(
		    f, E_UPSTREAM, "%s does not accept the key", who));
	case FEED_UPSTREAM:
		return (flow_fault(f, E_UPSTREAM, "%s does not answer", who));
	case FEED_NONSENSE:
		return (flow_fault(f, E_UPSTREAM,
		    "%s answered with something else than a price", who));
	case FEED_LEFT:
		break;
	}
	return (f->cancelled ? E_CANCELLED : E_DEADLINE);
}
