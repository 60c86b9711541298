/*
 * Who brings what, how they are, and the keys that tenants bring. A key that
 * was set is never shown again: not to its tenant, not in a list, not in an
 * error.
 */
#include "feed/feed.h"
#include "ingest/ingest.h"
#include "ingest/quality.h"

static enum err
providers_list(struct call *c)
{
	struct list l;

	TRY(feed_status(c->f, &l));
	return (reply_many(c, &l, STR_NONE));
}

static enum err
keys_list(struct call *c)
{
	struct list l;

	TRY(feed_keys(c->f, &l));
	return (reply_many(c, &l, STR_NONE));
}

struct provider_path {
	str	provider;
};

static const struct field provider_path_fields[] = {
	MUST(provider_path, provider, "The provider.", .max = 40),
	FIELDS_END
};

struct key_in {
	str	key;
};

static const struct field key_in_fields[] = {
	MUST(key_in, key, "The key as the provider gave it to you.",
	    .min = 4, .max = 200),
	FIELDS_END
};

static enum err
key_find(struct call *c, str provider, struct feed_key *out)
{
	const struct feed_key *k;
	struct list l;
	size_t i;

	TRY(feed_keys(c->f, &l));
	for (i = 0, k = l.v; i < l.n; i++)
		if (str_eq(k[i].provider, provider)) {
			*out = k[i];
			return (OK);
		}
	return (flow_fault(c->f, E_NOT_FOUND,
	    "there is no key of yours for this provider"));
}

static enum err
key_show(struct call *c)
{
	const struct provider_path *p = c->params;
	struct feed_key k;

	TRY(key_find(c, p->provider, &k));
	return (reply(c, &k));
}

static enum err
key_set(struct call *c)
{
	const struct provider_path *p = c->params;
	const struct key_in *in = c->body;
	struct feed_key k;
	enum err e;

	e = feed_key_put(c->f, p->provider, in->key);
	if (e == E_INVALID)
		return (fault(c, "/key", "pattern", "%s", c->f->fault));
	TRY(e);
	TRY(key_find(c, p->provider, &k));
	return (reply(c, &k));
}

static enum err
key_remove(struct call *c)
{
	const struct provider_path *p = c->params;

	TRY(feed_key_drop(c->f, p->provider));
	return (reply_nothing(c));
}

/* ---- a quote with a key of one's own ------------------------------------- */

struct own_path {
	str	symbol;
};

static const struct field own_path_fields[] = {
	MUST(own_path, symbol, "Ticker.", .pattern = "symbol"),
	FIELDS_END
};

static const struct field own_quote_fields[] = {
	MUST(quote, symbol, "Ticker."),
	MUST(quote, price, "Last price."),
	MAY(quote, previous_close, "Close of the session before."),
	MAY(quote, change, "Since then."),
	MAY(quote, percent_change, "As a fraction."),
	MAY(quote, open, "First price of the session."),
	MAY(quote, high, "Its highest price."),
	MAY(quote, low, "Its lowest price."),
	MAY(quote, currency, "Where the provider tells it."),
	MUST(quote, as_of, "The provider's time."),
	MUST(quote, source, "The provider."),
	MUST(quote, stale, "The last good one; the provider fails."),
	MUST(quote, age_s, "Seconds since as_of."),
	FIELDS_END
};

static const struct shape own_quote = {
	"own_quote", own_quote_fields, sizeof(struct quote)
};

static enum err
own_quote_show(struct call *c)
{
	const struct own_path *p = c->params;
	enum feed_answer a;
	struct quote q;

	a = feed_quote_own(c->f, p->symbol, &q);
	if (a == FEED_NOBODY)
		return (flow_fault(c->f, E_NOT_FOUND,
		    "there is no key of yours that brings quotes"));
	if (a != FEED_OK)
		return (feed_need_err(c->f, a, FOR_QUOTE, NULL, p->symbol));
	return (reply(c, &q));
}

/* ---- daily bars with a key of one's own ---------------------------------- */

#define DAYS_USUAL	100
#define DAYS_MAX	3700

struct own_range {
	day	from, to;
};

static const struct field own_range_fields[] = {
	MAY(own_range, from, "First day; a hundred days before the last."),
	MAY(own_range, to, "Last day; today."),
	FIELDS_END
};

static const struct field own_bar_fields[] = {
	MUST(daily_bar, day, "The session's day."),
	MUST(daily_bar, open, "First price."),
	MUST(daily_bar, high, "Highest price."),
	MUST(daily_bar, low, "Lowest price."),
	MUST(daily_bar, close, "Last price."),
	MUST(daily_bar, volume, "Units traded."),
	FIELDS_END
};

static const struct shape own_bar = {
	"own_bar", own_bar_fields, sizeof(struct daily_bar)
};

struct own_prices {
	str		symbol, source;
	struct list	bars;
};

static const struct field own_prices_fields[] = {
	MUST(own_prices, symbol, "Ticker."),
	MUST(own_prices, source, "The provider."),
	MUST(own_prices, bars, "Daily bars, oldest first, adjusted for splits "
	    "as the provider has it.", .shape = &own_bar),
	FIELDS_END
};

/* The gates that bars pass which are kept; what they doubt is the tenant's,
 * and written nowhere. */
static enum feed_answer
own_bars_judge(struct flow *f, struct list *bars, const struct feed_source *s)
{
	const struct own_range *range = s->arg;
	struct quality_ask ask = { .from = range->from, .to = range->to };
	struct quality q;

	quality_judge(&f->arena, &ask, bars->v, bars->n, &q);
	*bars = (struct list){ q.bars, q.n };
	return (q.seen > 0 && q.refused ? FEED_NONSENSE : FEED_OK);
}

/* Asked anew each time and kept nowhere. */
static enum err
own_prices_show(struct call *c)
{
	const struct own_range *q = c->query;
	const struct own_path *p = c->params;
	struct own_prices out = { .symbol = p->symbol };
	day to = day_ok(q->to) ? q->to : day_today();
	day from = day_ok(q->from) ? q->from : day_add(to, -DAYS_USUAL);
	struct own_range range = { from, to };
	struct feed_source source = { .mine = true, .only = true,
	    .judge = own_bars_judge, .arg = &range };
	enum feed_answer a;

	if (day_cmp(from, to) > 0 || day_between(from, to) > DAYS_MAX)
		return (fault(c, "?from", "range",
		    "is after the last day, or more than ten years before"));
	a = feed_bars(c->f, p->symbol, from, to, &out.bars, &source);
	if (a == FEED_NOBODY)
		return (flow_fault(c->f, E_NOT_FOUND,
		    "there is no key of yours that brings daily bars"));
	if (a != FEED_OK)
		return (feed_need_err(c->f, a, FOR_BARS, &source, p->symbol));
	out.source = str_of(source.provider);
	return (reply(c, &out));
}

#define KEY_PATH "/providers/{provider}/key"

static const struct route routes[] = {
	{ GET, "/providers", NEED_ADMIN, "listProviders",
	  "Who brings what, how they are, and what their budgets have left.",
	  .reply = SHAPE(feed_status), .many = true, .run = providers_list },
	{ GET, "/provider-keys", NEED_ADMIN, "listProviderKeys",
	  "Keys that the tenant brought; never the keys themselves.",
	  .reply = SHAPE(feed_key), .many = true, .run = keys_list },
	{ GET, KEY_PATH, NEED_ADMIN, "getProviderKey",
	  "Whether the tenant brought a key, and whether it works.",
	  .params = SHAPE(provider_path), .reply = SHAPE(feed_key),
	  .run = key_show },
	{ PUT, KEY_PATH, NEED_ADMIN, "setProviderKey",
	  "Bring a key; what another one brought before is removed.",
	  .params = SHAPE(provider_path), .body = SHAPE(key_in),
	  .reply = SHAPE(feed_key), .tx = true, .run = key_set },
	{ DELETE, KEY_PATH, NEED_ADMIN, "removeProviderKey",
	  "Remove the key and everything it brought.",
	  .params = SHAPE(provider_path), .status = 204, .tx = true,
	  .run = key_remove },
	{ GET, "/own-quotes/{symbol}", NEED_VIEWER, "getOwnQuote",
	  "A quote with a key that the tenant brought, for its eyes alone.",
	  .params = SHAPE(own_path), .reply = &own_quote,
	  .run = own_quote_show },
	{ GET, "/own-prices/{symbol}", NEED_MEMBER, "getOwnPrices",
	  "Daily bars with a key that the tenant brought, kept nowhere.",
	  .params = SHAPE(own_path), .query = SHAPE(own_range),
	  .reply = SHAPE(own_prices), .run = own_prices_show },
	ROUTES_END
};

const struct capability providers_capability = {
	"providers", "Data providers, and the keys that tenants bring.", routes
};
