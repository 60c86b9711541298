/*
 * What callers use for quotes, profiles and searches: the providers, behind
 * the shelf. The simulated one needs no shelf: it answers at once and for
 * nothing.
 */
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "feed/memory.h"
#include "feed/outbound.h"
#include "feed/record.h"
#include "feed/shelf.h"
#include "feed/sim.h"
#include "feed/wish.h"

#define SECOND       INT64_C(1000)
#define HOUR         (3600 * SECOND)
#define DAY          (24 * HOUR)

const char *const feed_answer_names[] = { "ok", "unknown symbol", "no data",
	"rate limited", "not entitled", "key", "upstream", "nonsense", "left",
	"nobody" };

static const struct feed *current;

/* Whoever is asked first gives it its name. */
static struct feed outside;

/* "BURSAR_FEED=finnhub needs BURSAR_FINNHUB_KEY", or true. */
static bool
provider_ready(const struct provider *p, char *why, size_t why_size)
{
	if (p->key == KEY_MUST && provider_key(p).n == 0)
		snprintf(why, why_size, "BURSAR_FEED=%s needs %s", p->name,
		    p->key_name);
	else if (!provider_enabled(p))
		snprintf(why, why_size,
		    "BURSAR_FEED=%s needs %s, and to be among BURSAR_PROVIDERS",
		    p->name, p->address_name);
	else
		return (true);
	return (false);
}

/* Every address that is set, whether its provider is asked or not. */
static bool
addresses_good(char *why, size_t why_size)
{
	const struct {
		const char *name, *address;
	} all[] = { { "BURSAR_FINNHUB_URL", settings.finnhub_url },
		{ "BURSAR_ALPHAVANTAGE_URL", settings.alphavantage_url },
		{ "BURSAR_YAHOO_URL", settings.yahoo_url },
		{ "BURSAR_FRANKFURTER_URL", settings.frankfurter_url },
		{ "BURSAR_ECB_URL", settings.ecb_url },
		{ "BURSAR_SEC_URL", settings.sec_url },
		{ "BURSAR_SEC_DATA_URL", settings.sec_data_url },
		{ "BURSAR_OPENFIGI_URL", settings.openfigi_url },
		{ "BURSAR_FRED_URL", settings.fred_url } };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].address != NULL && all[i].address[0] != '\0' &&
		    !outbound_may(all[i].address)) {
			snprintf(why, why_size,
			    "%s must begin with https://; http:// is for this "
			    "machine only",
			    all[i].name);
			return (false);
		}
	return (true);
}

const struct feed *
feed_open(char *why, size_t why_size)
{
	const struct provider *p = provider_of(str_of(settings.feed));

	current = NULL;
	if (p == &provider_simulated) {
		if (addresses_good(why, why_size))
			current = &feed_simulated;
		return (current);
	}
	if (p == NULL || p->quote == NULL)
		snprintf(why, why_size,
		    "BURSAR_FEED must be simulated, finnhub, alphavantage or "
		    "yahoo");
	else if (provider_ready(p, why, why_size) &&
	    addresses_good(why, why_size)) {
		outside.name = p->name;
		current = &outside;
	}
	return (current);
}

void
feed_close(void)
{
	shelf_clear();
	sim_world_drop();
	guards_forget();
	if (shelf_flights() == 0)
		outbound_close();
}

const struct feed *
feed_current(void)
{
	return (current);
}

/* ---- what is kept, and for how long ------------------------------ */

/* The price that was good last, as far as this process knows. */
static dec
last_good(struct flow *f, str symbol)
{
	const struct item *i = memory_find(arena_printf(
	    &f->arena, "feed:%s:quote:%.*s", current->name, STR_ARG(symbol)));
	struct quote q;

	return (i != NULL && i->text != NULL &&
		    record_quote_read((str){ i->text, i->n }, &q)
		? q.price
		: DEC_NONE);
}

static enum feed_answer
quote_fetch(struct flow *f, str symbol, str *text)
{
	struct quote q;
	struct wish w = { .need = FOR_QUOTE,
		.about = symbol,
		.last = last_good(f, symbol),
		.quote = &q };
	enum feed_answer a = wish_grant(f, &w, NULL);

	if (a == FEED_OK)
		*text = record_quote(&f->arena, &q);
	return (a);
}

static enum feed_answer
profile_fetch(struct flow *f, str symbol, str *text)
{
	struct profile p;
	struct wish w = { .need = FOR_PROFILE, .about = symbol, .profile = &p };
	enum feed_answer a = wish_grant(f, &w, NULL);

	if (a == FEED_OK)
		*text = record_profile(&f->arena, &p);
	return (a);
}

static enum feed_answer
search_fetch(struct flow *f, str about, str *text)
{
	struct list l;
	struct wish w = { .need = FOR_SEARCH, .about = about, .list = &l };
	enum feed_answer a = wish_grant(f, &w, NULL);

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

enum feed_answer
feed_quote(struct flow *f, str symbol, struct quote *out)
{
	enum feed_answer a;
	int64_t age_us;
	bool stale;
	str text;

	if (current->simulated)
		return (current->quote(f, symbol, out));
	if (!feed_symbol_ok(symbol))
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
	if (!feed_symbol_ok(symbol))
		return (FEED_UNKNOWN_SYMBOL);
	if ((a = shelf_get(f, &profiles, symbol, &text, &stale)) != FEED_OK)
		return (a);
	return (record_profile_read(text, out) ? FEED_OK : FEED_NONSENSE);
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
	if (!feed_text_ok(text))
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
	case FEED_NOBODY:
		return (flow_fault(
		    f, E_UPSTREAM, "no provider is set up for this"));
	case FEED_LEFT:
		break;
	}
	return (f->cancelled ? E_CANCELLED : E_DEADLINE);
}
