/*
 * Who brings what, how they are, and the keys that tenants bring. A key that
 * was set is never shown again: not to its tenant, not in a list, not in an
 * error.
 */
#include "feed/feed.h"
#include "ingest/ingest.h"
#include "ingest/own_api.h"

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
	  .params = &own_path_shape, .reply = &own_quote_shape,
	  .run = own_quote_show },
	{ GET, "/own-profiles/{symbol}", NEED_VIEWER, "getOwnProfile",
	  "A profile with a key that the tenant brought, as own-quotes.",
	  .params = &own_path_shape, .reply = &own_profile_shape,
	  .run = own_profile_show },
	{ GET, "/own-search", NEED_VIEWER, "searchOwn",
	  "A search with a key that the tenant brought, as own-quotes.",
	  .query = &own_search_query_shape, .reply = &own_match_shape,
	  .many = true, .run = own_search_show },
	{ GET, "/own-figures/{symbol}", NEED_MEMBER, "getOwnFigures",
	  "Figures of a company with a key that the tenant brought, kept "
	  "nowhere.", .params = &own_path_shape, .reply = &own_figures_shape,
	  .run = own_figures_show },
	{ GET, "/own-prices/{symbol}", NEED_MEMBER, "getOwnPrices",
	  "Daily bars with a key that the tenant brought, kept nowhere.",
	  .params = &own_path_shape, .query = &own_range_shape,
	  .reply = &own_prices_shape, .run = own_prices_show },
	ROUTES_END
};

const struct capability providers_capability = {
	"providers", "Data providers, and the keys that tenants bring.", routes
};
