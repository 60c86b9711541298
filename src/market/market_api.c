/*
 * The market's routes. They read; what keeps prices fresh is elsewhere.
 */
#include "market/asset.h"
#include "market/candle.h"
#include "market/live.h"
#include "market/quotation.h"
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

/* ---- assets -------------------------------------------------------------- */

static const struct field assets_wish_fields[] = {
	MAY(assets_wish, q, "Words that symbol, name, ISIN or FIGI begin with.",
	    .min = 1, .max = 60),
	MAY(assets_wish, kind, "stock, etf, fund, index, currency, crypto, "
	    "commodity, bond.", .min = 1, .max = 20),
	MAY(assets_wish, exchange, "Where it is listed.", .min = 1,
	    .max = 60),
	MAY(assets_wish, currency, "Of its price.", .pattern = "currency"),
	MAY(assets_wish, sector, "Sector.", .min = 1, .max = 60),
	MAY(assets_wish, country, "Country.", .min = 1, .max = 60),
	MAY(assets_wish, tracked, "Only those that are kept up to date."),
	FIELDS_END
};

static const struct field symbol_path_fields[] = {
	MUST(symbol_path, symbol, "Ticker.", .max = LIMIT_SYMBOL_BYTES,
	    .pattern = "symbol", .example = "\"AAPL\""),
	FIELDS_END
};

static enum err
assets_route(struct call *c)
{
	struct list list;
	str next;

	TRY(assets_list(c->f, c->query, call_cursor(c), call_limit(c, 50),
	    &list, &next));
	return (reply_many(c, &list, next));
}

static enum err
asset_route(struct call *c)
{
	const struct symbol_path *path = c->params;
	struct asset_profile p;

	TRY(asset_profile(c->f, path->symbol, &p));
	return (reply(c, &p));
}

/* ---- what is asked about ------------------------------------------------- */

day
today_of(const struct instrument *in)
{
	return (in->simulated ? sim_today() : day_today());
}

enum err
days_read(struct call *c, day today, int range, int usual, day *from, day *to)
{
	if (!day_ok(*to))
		*to = today;
	if (range != ENUM_NONE && day_ok(*from))
		return (fault(c, "?range", "conflict", "not beside `from`"));
	if (!day_ok(*from))
		*from = range_from(range == ENUM_NONE ? usual : range, *to);
	if (!day_ok(*from) || day_cmp(*from, *to) > 0)
		return (fault(c, "?from", "out_of_range",
		    "must not be after `to`"));
	return (OK);
}

bool
symbol_private(str symbol)
{
	return (symbol.n > 0 && symbol.p[0] == '.');
}

enum err
asset_read(struct call *c, str symbol, struct instrument *out)
{
	enum err e;

	e = symbol_private(symbol) ? store_row(c->f, &sql_private_find,
	    SHAPE(instrument), out, STR(symbol)) :
	    market_find(c->f, symbol, out);
	if (e == E_NOT_FOUND)
		return (flow_fault(c->f, e, "no prices of %.*s are kept",
		    STR_ARG(symbol)));
	return (e);
}

/* ---- quotes -------------------------------------------------------------- */

struct quotes_query {
	str	symbols;
};

static const struct field quotes_query_fields[] = {
	MUST(quotes_query, symbols, "Tickers, separated by commas.", .min = 1,
	    .max = QUOTE_SYMBOLS_MAX * (LIMIT_SYMBOL_BYTES + 1),
	    .example = "\"AAPL,MSFT\""),
	FIELDS_END
};

static const struct field quote_fields[] = {
	MUST(quote, symbol, "Ticker."),
	MUST(quote, price, "Last price."),
	MAY(quote, previous_close, "Close of the session before."),
	MAY(quote, change, "Since that close."),
	MAY(quote, percent_change, "The same as a fraction.", .number = 9),
	MAY(quote, open, "First price of the session."),
	MAY(quote, high, "Highest so far."),
	MAY(quote, low, "Lowest so far."),
	MUST(quote, as_of, "The provider's time."),
	MUST(quote, source, "Provider."),
	MUST(quote, stale, "The provider failed; the last good one."),
	MUST(quote, age_s, "Seconds since as_of."),
	FIELDS_END
};

struct quotes {
	struct list	items;
};

static const struct field quotes_fields[] = {
	MUST(quotes, items, "Those that are known.", .shape = SHAPE(quote)),
	FIELDS_END
};

static enum err
quotes_route(struct call *c)
{
	const struct quotes_query *q = c->query;
	str symbols[QUOTE_SYMBOLS_MAX];
	struct quotes out;
	size_t n;

	TRY(symbols_read(c, q->symbols, symbols, &n));
	out.items.v = ARENA_MANY(&c->f->arena, n, struct quote);
	TRY(quotes_gather(c->f, symbols, n, out.items.v, &out.items.n));
	return (reply(c, &out));
}

/* ---- the rows ------------------------------------------------------------ */

static const struct route routes[] = {
	{ GET, "/assets", NEED_VIEWER, "listAssets",
	  "Assets by symbol, or those a search finds, best first.",
	  .query = SHAPE(assets_wish), .reply = SHAPE(asset), .many = true,
	  .page = true, .run = assets_route },
	{ GET, "/assets/{symbol}", NEED_VIEWER, "getAsset",
	  "An asset and its profile.", .params = SHAPE(symbol_path),
	  .reply = SHAPE(asset_profile), .run = asset_route },
	{ GET, "/prices", NEED_VIEWER, "listPrices",
	  "Prices of an asset: any range, interval and currency.",
	  .query = &prices_query_shape, .reply = &prices_shape,
	  .run = prices_route },
	{ GET, "/prices.csv", NEED_VIEWER, "exportPrices",
	  "The same as lines of text.", .query = &prices_query_shape,
	  .type = "text/csv; charset=utf-8", .run = prices_csv_route },
	{ GET, "/compare", NEED_VIEWER, "compareAssets",
	  "Adjusted closes of several assets, all 100 on one day.",
	  .query = &compare_query_shape, .reply = &comparison_shape,
	  .run = compare_route },
	{ GET, "/fx", NEED_VIEWER, "listRates",
	  "Rates of exchange of a day.", .query = &fx_query_shape,
	  .reply = &fx_table_shape, .run = fx_route },
	{ GET, "/fx/history", NEED_VIEWER, "getRateHistory",
	  "A pair's rates, of itself or through the euro.",
	  .query = &fx_pair_query_shape, .reply = &fx_history_shape,
	  .run = fx_history_route },
	{ GET, "/fx/convert", NEED_VIEWER, "convertAmount",
	  "An amount in another currency.", .query = &fx_convert_query_shape,
	  .reply = &fx_conversion_shape, .run = fx_convert_route },
	{ GET, "/calendar", NEED_VIEWER, "getCalendar",
	  "When an exchange trades: holidays, early closes.",
	  .query = &calendar_query_shape, .reply = &calendar_shape,
	  .run = calendar_route },
	{ GET, "/calendar/exchanges", NEED_VIEWER, "listExchanges",
	  "Exchanges whose calendar is known, and whether they trade now.",
	  .reply = &exchange_row_shape, .many = true,
	  .run = exchanges_route },
	{ GET, "/calendar/events", NEED_VIEWER, "listEvents",
	  "Dividends and splits of all that is traded, by ex-day.",
	  .query = &events_query_shape, .reply = &market_event_shape,
	  .many = true, .page = true, .run = events_route },
	{ GET, "/fundamentals", NEED_VIEWER, "listFundamentals",
	  "What a company reported.", .query = &facts_query_shape,
	  .reply = &facts_shape, .run = facts_route },
	{ GET, "/market/movers", NEED_VIEWER, "listMovers",
	  "Assets that gained, lost or traded most.",
	  .query = &movers_query_shape, .reply = &movers_shape,
	  .run = movers_route },
	{ GET, "/assets/{symbol}/tracking", NEED_VIEWER, "getTracking",
	  "What of an asset is kept up to date, and how far it is.",
	  .params = SHAPE(symbol_path), .reply = &tracking_shape,
	  .run = tracking_route },
	{ POST, "/assets/{symbol}/tracking", NEED_ADMIN, "trackAsset",
	  "Keep an asset up to date.", .params = SHAPE(symbol_path),
	  .body = &track_in_shape, .reply = &tracking_shape,
	  .run = track_route },
	{ DELETE, "/assets/{symbol}/tracking", NEED_ADMIN, "untrackAsset",
	  "Keep it up to date no longer; what is there stays.",
	  .params = SHAPE(symbol_path), .query = &untrack_query_shape,
	  .run = untrack_route },
	{ POST, "/assets/{symbol}/backfill", NEED_ADMIN, "backfillAsset",
	  "Have it fetched at the next opportunity, from a day on.",
	  .params = SHAPE(symbol_path), .body = &track_in_shape,
	  .reply = &tracking_shape, .status = 202, .run = backfill_route },
	{ GET, "/assets/{symbol}/quality", NEED_VIEWER, "getQuality",
	  "Where an asset's prices come from, and what looks wrong with them.",
	  .params = SHAPE(symbol_path), .reply = &quality_shape,
	  .run = quality_route },
	{ GET, "/private-assets", NEED_VIEWER, "listPrivateAssets",
	  "Your own instruments.", .reply = &private_asset_shape,
	  .many = true, .page = true, .run = private_list_route },
	{ POST, "/private-assets", NEED_MEMBER, "createPrivateAsset",
	  "An instrument that no exchange lists.", .body = &private_in_shape,
	  .reply = &private_asset_shape, .status = 201, .tx = true,
	  .once = true, .run = private_create_route },
	{ GET, "/private-assets/{symbol}", NEED_VIEWER, "getPrivateAsset",
	  "One of your own.", .params = SHAPE(symbol_path),
	  .reply = &private_asset_shape, .run = private_show_route },
	{ PATCH, "/private-assets/{symbol}", NEED_MEMBER,
	  "changePrivateAsset", "Another name or note.",
	  .params = SHAPE(symbol_path), .body = &private_change_shape,
	  .reply = &private_asset_shape, .tx = true, .match = true,
	  .run = private_change_route },
	{ DELETE, "/private-assets/{symbol}", NEED_ADMIN,
	  "archivePrivateAsset", "Put one of your own away.",
	  .params = SHAPE(symbol_path), .tx = true, .match = true,
	  .run = private_archive_route },
	{ POST, "/private-assets/{symbol}/prices", NEED_MEMBER,
	  "recordPrivatePrice", "Its price of a day, or another one.",
	  .params = SHAPE(symbol_path), .body = &private_price_shape,
	  .reply = &private_price_shape, .tx = true,
	  .run = private_price_route },
	{ DELETE, "/private-assets/{symbol}/prices/{date}", NEED_MEMBER,
	  "deletePrivatePrice", "Take a day's price back.",
	  .params = &private_price_path_shape, .tx = true,
	  .run = private_price_drop_route },
	{ GET, "/quotes", NEED_VIEWER, "listQuotes",
	  "What some assets cost now.", .query = SHAPE(quotes_query),
	  .reply = SHAPE(quotes), .run = quotes_route },
	{ GET, "/indicators", NEED_VIEWER, "listIndicatorValues",
	  "An indicator of an asset's adjusted bars, stored or computed.",
	  .query = &study_query_shape, .reply = &study_shape,
	  .run = study_route },
	{ GET, "/indicators/catalogue", NEED_VIEWER, "listIndicators",
	  "Indicators there are, and their parameters.",
	  .reply = &catalogue_row_shape, .many = true,
	  .run = catalogue_route },
	{ GET, "/assets/{symbol}/indicators", NEED_VIEWER,
	  "listStoredIndicators", "Indicators that are stored of an asset.",
	  .params = SHAPE(symbol_path), .reply = &stored_row_shape,
	  .many = true, .run = stored_list_route },
	{ POST, "/assets/{symbol}/indicators", NEED_ADMIN, "storeIndicator",
	  "Store one more, and keep it up to date.",
	  .params = SHAPE(symbol_path), .body = &store_in_shape,
	  .reply = &stored_row_shape, .many = true,
	  .run = stored_add_route },
	{ DELETE, "/assets/{symbol}/indicators", NEED_ADMIN,
	  "dropIndicator", "Store it no longer.",
	  .params = SHAPE(symbol_path), .query = &store_in_shape,
	  .run = stored_drop_route },
	{ GET, "/stream", NEED_VIEWER, "openStream",
	  "Live quotes as server-sent events: hello, quote, ping, bye; goes "
	  "on after Last-Event-ID.",
	  .query = SHAPE(stream_query), .type = "text/event-stream",
	  .stream = true, .run = live_open },
	ROUTES_END
};

const struct capability market_capability = {
	"market", "Assets, their prices now and then, and what follows from "
	"them.", routes
};
