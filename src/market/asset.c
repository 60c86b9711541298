/*
 * An asset and its profile, which is asked for again after a day; when the
 * provider fails, what is kept is told.
 */
#include "market/asset.h"
#include "market/instrument.h"
#include "store/store.h"

#include "market_sql.h"

#define PROFILE_US	(INT64_C(86400) * 1000000)

const struct field asset_fields[] = {
	MUST(asset, symbol, "Ticker."),
	MUST(asset, name, "Name."),
	MUST(asset, kind, "stock, etf, index, crypto."),
	MAY(asset, exchange, "Where it is listed."),
	MAY(asset, currency, "Currency of its price."),
	MAY(asset, sector, "Sector."),
	MAY(asset, country, "Country."),
	MUST(asset, simulated, "Whether its prices are made up."),
	MUST(asset, tracked, "Whether it is kept up to date."),
	FIELDS_END
};

const struct field asset_profile_fields[] = {
	MUST(asset_profile, symbol, "Ticker."),
	MUST(asset_profile, name, "Name."),
	MUST(asset_profile, kind, "stock, etf, index, crypto."),
	MAY(asset_profile, exchange, "Where it is listed."),
	MAY(asset_profile, currency, "Currency of its price."),
	MAY(asset_profile, sector, "Sector."),
	MAY(asset_profile, country, "Country."),
	MAY(asset_profile, ipo, "First day of trading."),
	MAY(asset_profile, market_cap, "What all its shares cost."),
	MAY(asset_profile, shares, "Shares there are."),
	MAY(asset_profile, industry, "Industry."),
	MAY(asset_profile, logo, "Address of its logo."),
	MAY(asset_profile, website, "Address of its site."),
	MUST(asset_profile, source, "Who says so."),
	MUST(asset_profile, simulated, "Whether its prices are made up."),
	MAY(asset_profile, profile_at, "When it was said."),
	FIELDS_END
};

/* ---- profiles ------------------------------------------------------------ */

static void
profile_shown(const struct profile *p, struct asset_profile *out)
{
	*out = (struct asset_profile){ .symbol = p->symbol,
	    .name = p->name.n > 0 ? p->name : p->symbol,
	    .kind = p->kind.p != NULL ? p->kind : S("stock"),
	    .exchange = p->exchange, .currency = p->currency,
	    .sector = p->sector, .country = p->country, .ipo = p->ipo,
	    .market_cap = p->market_cap, .shares = p->shares,
	    .industry = p->industry, .logo = p->logo,
	    .website = p->website, .source = p->source,
	    .simulated = feed_current()->simulated,
	    .profile_at = instant_now() };
}

/* Is this worth asking the market it belongs to again? */
static bool
profile_old(const struct asset_profile *p)
{
	if (!p->simulated && feed_current()->simulated)
		return (false);
	return (!instant_ok(p->profile_at) ||
	    instant_now().us - p->profile_at.us > PROFILE_US);
}

static enum feed_answer
profile_ask(struct flow *f, str symbol, bool simulated, struct profile *out)
{
	return (simulated && feed_current()->simulated ?
	    feed_simulated.profile(f, symbol, out) :
	    feed_profile(f, symbol, out));
}

enum err
asset_profile(struct flow *f, str symbol, struct asset_profile *out)
{
	struct instrument in;
	struct profile p;
	enum feed_answer a;
	enum err e;

	e = store_row(f, &sql_asset_one, SHAPE(asset_profile), out,
	    STR(symbol));
	if (e == OK && profile_old(out) &&
	    profile_ask(f, symbol, out->simulated, &p) == FEED_OK) {
		TRY(instrument_put(f, symbol, &p, out->simulated, &in));
		return (store_row(f, &sql_asset_one, SHAPE(asset_profile),
		    out, STR(symbol)));
	}
	if (e != E_NOT_FOUND)
		return (e);
	if (!symbol_ok(symbol))
		return (flow_fault(f, E_NOT_FOUND, "no asset has this symbol"));
	if ((a = feed_profile(f, symbol, &p)) != FEED_OK)
		return (feed_err(f, a, symbol));
	profile_shown(&p, out);
	return (OK);
}

enum err
market_profile(struct flow *f, str symbol, struct profile *out)
{
	struct asset_profile p;

	TRY(asset_profile(f, symbol, &p));
	*out = (struct profile){ .symbol = p.symbol, .name = p.name,
	    .kind = p.kind, .country = p.country, .currency = p.currency,
	    .exchange = p.exchange, .ipo = p.ipo,
	    .market_cap = p.market_cap, .shares = p.shares,
	    .industry = p.industry, .sector = p.sector, .logo = p.logo,
	    .website = p.website, .source = p.source };
	return (OK);
}
