/*
 * Portfolios, and the rows of all routes about them.
 */
#include "base/settings.h"
#include "portfolio/routes.h"
#include "store/store.h"

#include "portfolio_sql.h"

/* ---- what is sent ------------------------------------------------------ */

static const struct field portfolio_path_fields[] = {
	MUST(portfolio_path, portfolio, "The portfolio's id."),
	FIELDS_END
};

static const struct field symbol_path_fields[] = {
	MUST(symbol_path, portfolio, "The portfolio's id."),
	MUST(symbol_path, symbol, "Symbol.", .pattern = "symbol"),
	FIELDS_END
};

static const struct field activity_path_fields[] = {
	MUST(activity_path, portfolio, "The portfolio's id."),
	MUST(activity_path, activity, "The activity's id."),
	FIELDS_END
};

struct portfolio_in {
	str	name;
	str	currency;
	str	benchmark;
	day	opened_on;
	int	cost_method;
};

static const struct field portfolio_in_fields[] = {
	MUST(portfolio_in, name, "Name; no two are alike.", .min = 1,
	    .max = LIMIT_NAME_BYTES, .example = "\"Retirement\""),
	MAY(portfolio_in, currency, "Currency, ISO 4217; USD when absent.",
	    .pattern = "currency", .example = "\"USD\""),
	MAY(portfolio_in, benchmark, "Symbol to compare with.",
	    .pattern = "symbol", .example = "\"SPY\""),
	MAY(portfolio_in, opened_on, "Refuse activities before this day."),
	MAY(portfolio_in, cost_method, "How sales take lots; average when "
	    "absent.", .names = portfolio_methods),
	FIELDS_END
};

struct portfolio_change {
	str	name;
	str	benchmark;
	bool	is_default;
	int	cost_method;
	day	cost_method_from;
};

static const struct field portfolio_change_fields[] = {
	MAY(portfolio_change, name, "New name.", .min = 1,
	    .max = LIMIT_NAME_BYTES),
	MAY(portfolio_change, benchmark, "Symbol to compare with.",
	    .pattern = "symbol"),
	MAY(portfolio_change, is_default, "true: /dashboard is about it."),
	MAY(portfolio_change, cost_method, "How sales take lots, from a day "
	    "on.", .names = portfolio_methods),
	MAY(portfolio_change, cost_method_from, "That day; today when "
	    "absent. Gains of sales since then are others."),
	FIELDS_END
};

enum err
symbol_prepare(struct call *c, const char *pointer, str symbol)
{
	struct instrument in;
	enum err e;

	e = market_require(c->f, symbol, &in);
	if (e == E_NOT_FOUND) {
		c->f->fault = NULL;
		return (fault(c, pointer, "unknown",
		    "no instrument is called %.*s", STR_ARG(symbol)));
	}
	return (e);
}

day
or_today(day d)
{
	return (day_ok(d) ? d : day_today());
}

/* ---- portfolios -------------------------------------------------------- */

uuid
path_portfolio(struct call *c)
{
	return (((struct portfolio_path *)c->params)->portfolio);
}

static enum err
reply_portfolio(struct call *c, const struct portfolio *p)
{
	reply_etag(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version));
	return (reply(c, p));
}

static enum err
portfolio_list(struct call *c)
{
	struct list list;

	TRY(store_rows(c->f, &sql_portfolio_list, SHAPE(portfolio), &list));
	return (reply_many(c, &list, STR_NONE));
}

static enum err
portfolio_show(struct call *c)
{
	struct portfolio p;

	TRY(portfolio_resolve(c->f, path_portfolio(c), &p));
	return (reply_portfolio(c, &p));
}

static enum err
name_taken(struct call *c, enum err e)
{
	if (e == E_CONFLICT &&
	    str_eqz(store_constraint(c->f), "portfolios_name_key"))
		return (fault(c, "/name", "taken",
		    "another portfolio has this name"));
	return (e);
}

static enum err
benchmark_prepare(struct call *c)
{
	str symbol = c->route->method == POST ?
	    ((struct portfolio_in *)c->body)->benchmark :
	    ((struct portfolio_change *)c->body)->benchmark;

	return (symbol.p == NULL ? OK :
	    symbol_prepare(c, "/benchmark", symbol));
}

static enum err
method_set(struct call *c, int method, day from, struct portfolio *p)
{
	TRY(store_exec(c->f, &sql_method_write, NULL, UUID(p->id), DAY(from),
	    STR(str_of(portfolio_methods[method]))));
	return (store_row(c->f, &sql_portfolio_method, SHAPE(portfolio), p,
	    UUID(p->id)));
}

static enum err
method_change(struct call *c, struct portfolio *p)
{
	const struct portfolio_change *in = c->body;

	if (in->cost_method == ENUM_NONE)
		return (day_ok(in->cost_method_from) ? fault(c,
		    "/cost_method_from", "alone", "cost_method says which "
		    "one begins on that day") : OK);
	TRY(method_set(c, in->cost_method, or_today(in->cost_method_from),
	    p));
	return (portfolio_relot(c->f, p->id));
}

static enum err
portfolio_create(struct call *c)
{
	const struct portfolio_in *in = c->body;
	char id[UUID_TEXT_MAX];
	struct portfolio p;

	TRY(name_taken(c, portfolio_add(c->f, in->name,
	    in->currency.p != NULL ? in->currency : S("USD"),
	    in->benchmark.p != NULL ? in->benchmark :
	    str_of(settings.benchmark), in->opened_on, &p)));
	if (in->cost_method != ENUM_NONE)
		TRY(method_set(c, in->cost_method, day_of(1, 1, 1), &p));
	uuid_print(p.id, id);
	reply_header(c, "location", arena_printf(&c->f->arena,
	    "/api/v1/portfolios/%s", id));
	return (reply_portfolio(c, &p));
}

static enum err
match_portfolio(struct call *c, struct portfolio *p)
{
	TRY(store_row(c->f, &sql_portfolio_lock, SHAPE(portfolio), p,
	    UUID(path_portfolio(c))));
	return (call_match(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version)));
}

static enum err
portfolio_modify(struct call *c)
{
	const struct portfolio_change *in = c->body;
	struct portfolio p;

	TRY(match_portfolio(c, &p));
	if (in->is_default)
		TRY(store_exec(c->f, &sql_portfolio_undefault, NULL,
		    UUID(p.id)));
	TRY(name_taken(c, store_row(c->f, &sql_portfolio_update,
	    SHAPE(portfolio), &p, UUID(p.id), STR(in->name),
	    STR(in->benchmark), BOOL(in->is_default))));
	TRY(method_change(c, &p));
	/* Its days are those of the benchmark, too. */
	if (in->benchmark.p != NULL)
		TRY(portfolio_rebuild(c->f, p.id));
	return (reply_portfolio(c, &p));
}

static enum err
portfolio_remove(struct call *c)
{
	struct portfolio p;

	TRY(match_portfolio(c, &p));
	TRY(store_exec(c->f, &sql_portfolio_archive, NULL, UUID(p.id)));
	TRY(store_exec(c->f, &sql_portfolio_heir, NULL));
	return (reply_nothing(c));
}

/* ---- the rows ---------------------------------------------------------- */

static const struct route routes[] = {
	{ GET, "/portfolios", NEED_VIEWER, "listPortfolios",
	  "The portfolios there are.", .reply = SHAPE(portfolio),
	  .page = true, .run = portfolio_list },
	{ POST, "/portfolios", NEED_MEMBER, "createPortfolio",
	  "Begin a portfolio.", .body = SHAPE(portfolio_in),
	  .reply = SHAPE(portfolio), .status = 201, .tx = true, .once = true,
	  .prepare = benchmark_prepare, .run = portfolio_create },
	{ GET, "/portfolios/{portfolio}", NEED_VIEWER, "getPortfolio",
	  "One portfolio.", .params = SHAPE(portfolio_path),
	  .reply = SHAPE(portfolio), .run = portfolio_show },
	{ PATCH, "/portfolios/{portfolio}", NEED_MEMBER, "changePortfolio",
	  "Change its name, benchmark, cost method, or make it the default.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(portfolio_change),
	  .reply = SHAPE(portfolio), .tx = true, .match = true,
	  .prepare = benchmark_prepare, .run = portfolio_modify },
	{ DELETE, "/portfolios/{portfolio}", NEED_ADMIN, "archivePortfolio",
	  "Put a portfolio away.", .params = SHAPE(portfolio_path),
	  .tx = true, .match = true, .run = portfolio_remove },
	{ GET, "/portfolios/{portfolio}/positions", NEED_VIEWER,
	  "listPositions", "What is held, largest first.",
	  .params = SHAPE(portfolio_path), .reply = SHAPE(position),
	  .page = true, .run = positions_route },
	{ GET, "/portfolios/{portfolio}/positions/{symbol}", NEED_VIEWER,
	  "getPosition", "One holding, sold out or not.",
	  .params = SHAPE(symbol_path), .reply = SHAPE(position),
	  .run = position_route },
	{ GET, "/portfolios/{portfolio}/positions/{symbol}/lots",
	  NEED_VIEWER, "listLots",
	  "What a holding is made of, oldest first.",
	  .params = SHAPE(symbol_path), .reply = SHAPE(held_lot),
	  .page = true, .run = lots_route },
	{ GET, "/portfolios/{portfolio}/activities", NEED_VIEWER,
	  "listActivities", "What was done, newest first.",
	  .params = SHAPE(portfolio_path), .query = &activities_query_shape,
	  .reply = SHAPE(activity_row), .page = true,
	  .run = activities_route },
	{ POST, "/portfolios/{portfolio}/activities", NEED_MEMBER,
	  "recordActivity", "Record a transfer of units, income in units, or "
	  "what a company did to what is held.",
	  .params = SHAPE(portfolio_path), .body = &activity_in_shape,
	  .reply = &recorded_shape, .status = 201, .tx = true, .once = true,
	  .prepare = event_prepare, .run = event_route },
	{ DELETE, "/portfolios/{portfolio}/activities/{activity}",
	  NEED_MEMBER, "deleteActivity",
	  "Take back an activity that should not have been recorded.",
	  .params = SHAPE(activity_path), .tx = true,
	  .run = activity_remove_route },
	{ POST, "/portfolios/{portfolio}/trades", NEED_MEMBER, "recordTrade",
	  "Record a trade and answer with the position it leaves.",
	  .params = SHAPE(portfolio_path), .body = &trade_in_shape,
	  .reply = &recorded_shape, .status = 201, .tx = true, .once = true,
	  .prepare = trade_prepare, .run = trade_route },
	{ POST, "/portfolios/{portfolio}/cash", NEED_MEMBER, "recordCash",
	  "Record money that came or went.",
	  .params = SHAPE(portfolio_path), .body = &cash_in_shape,
	  .reply = &cash_recorded_shape, .status = 201, .tx = true,
	  .once = true, .run = cash_route },
	{ POST, "/portfolios/{portfolio}/dividends", NEED_MEMBER,
	  "recordDividend", "Record a dividend.",
	  .params = SHAPE(portfolio_path), .body = &dividend_in_shape,
	  .reply = &recorded_shape, .status = 201, .tx = true, .once = true,
	  .prepare = dividend_prepare, .run = dividend_route },
	ROUTES_END
};

const struct capability portfolio_capability = {
	"portfolio", "Portfolios, positions and what was done.", routes
};
