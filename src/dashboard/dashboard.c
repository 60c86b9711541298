/*
 * The dashboard's answers: what portfolio, analytics and market know, in the
 * names, units and rounding that existing clients expect. Percentages are in
 * percent, amounts are numbers rounded for display, drawdown is positive.
 */
#include <math.h>

#include "analytics/analytics.h"
#include "dashboard/dashboard.h"
#include "ledger/ledger.h"
#include "market/market.h"
#include "portfolio/portfolio.h"
#include "quant/quant.h"
#include "store/store.h"

#include "dashboard_sql.h"

#define MONEY	.number = 3	/* two places */
#define PRICE	.number = 5	/* four places */
#define UNITS	.number = 9	/* eight places */
#define PERCENT	.number = 3

struct of_portfolio {
	uuid	portfolio;
};

static const struct field of_portfolio_fields[] = {
	MAY(of_portfolio, portfolio, "Another one than the default."),
	FIELDS_END
};

static uuid
asked(struct call *c)
{
	return (((struct of_portfolio *)c->query)->portfolio);
}

/* Fractions to percent; a figure that does not exist stays none. */
static double
percent(double fraction)
{
	return (fraction * 100);
}

/* These answers have no null: what cannot be computed yet is 0. */
static double
or_zero(double x)
{
	return (isnan(x) ? 0 : x);
}

/* ---- overview ---------------------------------------------------- */

struct dashboard_overview {
	dec	total_value, cash, invested, market_value, unrealized_pnl;
	double	total_return_percent, sharpe_ratio, max_drawdown, volatility;
	double	win_rate;
};

static const struct field dashboard_overview_fields[] = {
	MUST(dashboard_overview, total_value, "Cash and market value.",
	    MONEY),
	MUST(dashboard_overview, cash, "Cash.", MONEY),
	MUST(dashboard_overview, invested, "Cost of what is held.", MONEY),
	MUST(dashboard_overview, market_value, "Of what is held.", MONEY),
	MUST(dashboard_overview, unrealized_pnl, "Market value less cost.",
	    MONEY),
	MUST(dashboard_overview, total_return_percent, "Gain over what was "
	    "paid in, in percent.", PERCENT),
	MUST(dashboard_overview, sharpe_ratio, "Sharpe ratio.", PERCENT),
	MUST(dashboard_overview, max_drawdown, "Deepest fall, in percent, "
	    "positive.", PERCENT),
	MUST(dashboard_overview, volatility, "A year's, in percent.",
	    PERCENT),
	MUST(dashboard_overview, win_rate, "Sales at a gain, in percent.",
	    PERCENT),
	FIELDS_END
};

static enum err
overview_show(struct call *c)
{
	struct dashboard_overview d;
	struct overview o;

	TRY(analytics_overview(c->f, asked(c), &o));
	d = (struct dashboard_overview){
		.total_value = o.value, .cash = o.cash,
		.invested = o.cost_basis, .market_value = o.market_value,
		.unrealized_pnl = o.unrealised,
		.total_return_percent = or_zero(percent(o.total_gain_ratio)),
		.sharpe_ratio = or_zero(o.sharpe),
		.max_drawdown = or_zero(percent(-o.max_drawdown)),
		.volatility = or_zero(percent(o.volatility)),
		.win_rate = or_zero(percent(o.win_rate))
	};
	return (reply(c, &d));
}

/* ---- positions --------------------------------------------------- */

struct dashboard_position {
	str	symbol, company_name;
	dec	quantity, average_cost, current_price, market_value;
	dec	unrealized_pnl;
	double	unrealized_pnl_pct;
	str	logo, sector;
};

static const struct field dashboard_position_fields[] = {
	MUST(dashboard_position, symbol, "Symbol."),
	MUST(dashboard_position, company_name, "Name."),
	MUST(dashboard_position, quantity, "Units.", UNITS),
	MUST(dashboard_position, average_cost, "Cost of one.", PRICE),
	MUST(dashboard_position, current_price, "Last price.", PRICE),
	MUST(dashboard_position, market_value, "At that price.", MONEY),
	MUST(dashboard_position, unrealized_pnl, "Less cost.", MONEY),
	MUST(dashboard_position, unrealized_pnl_pct, "That in percent of "
	    "cost.", PERCENT),
	MUST(dashboard_position, logo, "Address of a picture, or empty."),
	MUST(dashboard_position, sector, "Sector, or empty."),
	FIELDS_END
};

static str
or_empty(str s)
{
	return (s.p != NULL ? s : S(""));
}

/* The default portfolio needs no look-up; another may be nobody's. */
static enum err
asked_exists(struct call *c)
{
	struct portfolio p;

	return (uuid_ok(asked(c)) ? portfolio_resolve(c->f, asked(c), &p) :
	    OK);
}

static enum err
positions_show(struct call *c)
{
	struct dashboard_position *d;
	const struct position *p;
	struct list list;
	size_t i;

	TRY(asked_exists(c));
	TRY(portfolio_positions(c->f, asked(c), &list));
	p = list.v;
	d = ARENA_MANY(&c->f->arena, list.n, struct dashboard_position);
	for (i = 0; i < list.n; i++)
		d[i] = (struct dashboard_position){
			.symbol = p[i].symbol, .company_name = p[i].name,
			.quantity = p[i].quantity,
			.average_cost = p[i].average_cost,
			.current_price = p[i].price,
			.market_value = p[i].market_value_base,
			.unrealized_pnl = p[i].unrealised_base,
			.unrealized_pnl_pct =
			    or_zero(percent(p[i].unrealised_ratio)),
			.logo = or_empty(p[i].logo),
			.sector = or_empty(p[i].sector)
		};
	return (reply_many(c, &(struct list){ d, list.n }, STR_NONE));
}

/* ---- trades ------------------------------------------------------ */

struct trades_query {
	uuid	portfolio;
	int64_t	limit;
};

static const struct field trades_query_fields[] = {
	MAY(trades_query, portfolio, "Another one than the default."),
	MAY(trades_query, limit, "How many; 50 when absent.", .ranged = true,
	    .min = 1, .max = 500),
	FIELDS_END
};

static const char *const trade_types[] = { "buy", "sell", NULL };

struct dashboard_trade {
	uuid	id;
	str	symbol;
	int	trade_type;
	dec	quantity, price, commission;
	day	trade_date;
	dec	realized_pnl;
};

static const struct field dashboard_trade_fields[] = {
	MUST(dashboard_trade, id, "Id."),
	MUST(dashboard_trade, symbol, "Symbol."),
	MUST(dashboard_trade, trade_type, "buy or sell.",
	    .names = trade_types),
	MUST(dashboard_trade, quantity, "Units.", UNITS),
	MUST(dashboard_trade, price, "Price of one.", PRICE),
	MUST(dashboard_trade, commission, "Commission.", MONEY),
	MUST(dashboard_trade, trade_date, "Day."),
	MAY(dashboard_trade, realized_pnl, "Gain of a sale.", MONEY),
	FIELDS_END
};

static enum err
trades_show(struct call *c)
{
	const struct trades_query *q = c->query;
	const struct activity_row *a;
	struct dashboard_trade *d;
	struct portfolio p;
	struct list list;
	size_t i;

	TRY(portfolio_resolve(c->f, q->portfolio, &p));
	TRY(portfolio_activities(c->f, p.id, true, q->limit != LONG_NONE ?
	    q->limit : 50, &list));
	a = list.v;
	d = ARENA_MANY(&c->f->arena, list.n, struct dashboard_trade);
	for (i = 0; i < list.n; i++)
		d[i] = (struct dashboard_trade){
			.id = a[i].id, .symbol = a[i].symbol,
			.trade_type = a[i].kind == A_BUY ? 0 : 1,
			.quantity = a[i].quantity, .price = a[i].price,
			.commission = a[i].commission,
			.trade_date = a[i].traded_on,
			.realized_pnl = a[i].realised
		};
	return (reply_many(c, &(struct list){ d, list.n }, STR_NONE));
}

/* ---- quote and profile ------------------------------------------- */

struct of_symbol {
	str	symbol;
};

static const struct field of_symbol_fields[] = {
	MUST(of_symbol, symbol, "Symbol.", .pattern = "symbol"),
	FIELDS_END
};

struct dashboard_quote {
	str	symbol;
	dec	current_price, change;
	double	percent_change;
	dec	high, low, open, previous_close;
	instant	updated_at;
	bool	stale;
	int64_t	age_s;
};

static const struct field dashboard_quote_fields[] = {
	MUST(dashboard_quote, symbol, "Symbol."),
	MUST(dashboard_quote, current_price, "Last price.", PRICE),
	MAY(dashboard_quote, change, "Since the previous close.", PRICE),
	MAY(dashboard_quote, percent_change, "That in percent.", PRICE),
	MAY(dashboard_quote, high, "Of the day.", PRICE),
	MAY(dashboard_quote, low, "Of the day.", PRICE),
	MAY(dashboard_quote, open, "Of the day.", PRICE),
	MAY(dashboard_quote, previous_close, "Of the market day before.",
	    PRICE),
	MUST(dashboard_quote, updated_at, "When that was the price."),
	MAY(dashboard_quote, stale, "true: the provider failed, and this is "
	    "the last good price.", .sparse = true),
	MAY(dashboard_quote, age_s, "How old that is, in seconds.",
	    .sparse = true),
	FIELDS_END
};

static enum err
quote_show(struct call *c)
{
	struct dashboard_quote d;
	struct quote q;

	TRY(market_quote(c->f, ((struct of_symbol *)c->params)->symbol, &q));
	d = (struct dashboard_quote){
		.symbol = q.symbol, .current_price = q.price,
		.change = q.change,
		.percent_change = percent(q.percent_change), .high = q.high,
		.low = q.low, .open = q.open,
		.previous_close = q.previous_close, .updated_at = q.as_of,
		.stale = q.stale, .age_s = q.stale ? q.age_s : LONG_NONE
	};
	return (reply(c, &d));
}

struct dashboard_profile {
	str	symbol, name, country, currency, exchange;
	day	ipo;
	dec	market_cap;
	str	industry, logo, website;
};

static const struct field dashboard_profile_fields[] = {
	MUST(dashboard_profile, symbol, "Symbol."),
	MUST(dashboard_profile, name, "Name."),
	MAY(dashboard_profile, country, "Country."),
	MAY(dashboard_profile, currency, "Currency."),
	MAY(dashboard_profile, exchange, "Exchange."),
	MAY(dashboard_profile, ipo, "First day it was listed."),
	MAY(dashboard_profile, market_cap, "In units of the currency.",
	    MONEY),
	MAY(dashboard_profile, industry, "Industry."),
	MAY(dashboard_profile, logo, "Address of a picture."),
	MAY(dashboard_profile, website, "Address of its pages."),
	FIELDS_END
};

static enum err
profile_show(struct call *c)
{
	struct dashboard_profile d;
	struct profile p;

	TRY(market_profile(c->f, ((struct of_symbol *)c->params)->symbol,
	    &p));
	d = (struct dashboard_profile){
		.symbol = p.symbol, .name = p.name, .country = p.country,
		.currency = p.currency, .exchange = p.exchange, .ipo = p.ipo,
		.market_cap = p.market_cap, .industry = p.industry,
		.logo = p.logo, .website = p.website
	};
	return (reply(c, &d));
}

/* ---- performance ------------------------------------------------- */

struct performance_query {
	uuid	portfolio;
	int64_t	days;
};

static const struct field performance_query_fields[] = {
	MAY(performance_query, portfolio, "Another one than the default."),
	MAY(performance_query, days, "How far back; 30 when absent.",
	    .ranged = true, .min = 1, .max = 3660),
	FIELDS_END
};

struct performance_day {
	day	date;
	dec	total_value;
	double	return_pct, sharpe_ratio;
};

static const struct field performance_day_fields[] = {
	MUST(performance_day, date, "Market day."),
	MUST(performance_day, total_value, "Value at its close.", MONEY),
	MUST(performance_day, return_pct, "That day's return, in percent.",
	    PRICE),
	MUST(performance_day, sharpe_ratio, "Of the 60 market days up to "
	    "then; 0 where it does not exist.", PRICE),
	FIELDS_END
};

struct performance_row {
	day	date;
	dec	total_value;
	double	day_return;
};

static const struct field performance_row_fields[] = {
	MUST(performance_row, date, "Day."),
	MUST(performance_row, total_value, "Value."),
	MUST(performance_row, day_return, "Return."),
	FIELDS_END
};

#define SHARPE_DAYS	60	/* market days */
#define WARM_UP_DAYS	100	/* calendar days that hold as many */

static double
sharpe_upto(const double *r, size_t end)
{
	size_t n = end < SHARPE_DAYS ? end : SHARPE_DAYS;
	struct series s = { .r = r + end - n, .n = n, .periods = 252 };
	struct figure f;

	f = quant_sharpe(&s);
	return (figure_ok(f) ? f.value : 0);
}

/* The days from `from` on; those before only warm up. */
static struct list
performance_of(struct arena *a, const struct list *rows, day from)
{
	const struct performance_row *r = rows->v;
	struct performance_day *d;
	double *returns;
	size_t i, n;

	d = ARENA_MANY(a, rows->n, struct performance_day);
	returns = ARENA_MANY(a, rows->n, double);
	for (i = n = 0; i < rows->n; i++) {
		returns[i] = r[i].day_return;
		if (day_cmp(r[i].date, from) < 0)
			continue;
		d[n++] = (struct performance_day){
			.date = r[i].date, .total_value = r[i].total_value,
			.return_pct = percent(r[i].day_return),
			.sharpe_ratio = sharpe_upto(returns, i + 1)
		};
	}
	return ((struct list){ d, n });
}

static enum err
performance_show(struct call *c)
{
	const struct performance_query *q = c->query;
	struct portfolio p;
	struct list rows, days;
	day from;

	TRY(portfolio_resolve(c->f, q->portfolio, &p));
	from = day_add(day_today(), q->days != LONG_NONE ? -(int)q->days :
	    -30);
	TRY(store_rows(c->f, &sql_performance_days, SHAPE(performance_row),
	    &rows, UUID(p.id), DAY(day_add(from, -WARM_UP_DAYS))));
	days = performance_of(&c->f->arena, &rows, from);
	return (reply_many(c, &days, STR_NONE));
}

/* ---- the rows ---------------------------------------------------- */

static const struct route routes[] = {
	{ GET, "/dashboard/overview", NEED_VIEWER, "dashboardOverview",
	  "The portfolio at a glance.", .query = SHAPE(of_portfolio),
	  .reply = SHAPE(dashboard_overview), .wrapped = true,
	  .run = overview_show },
	{ GET, "/dashboard/positions", NEED_VIEWER, "dashboardPositions",
	  "What is held.", .query = SHAPE(of_portfolio),
	  .reply = SHAPE(dashboard_position), .many = true,
	  .run = positions_show },
	{ GET, "/dashboard/trades", NEED_VIEWER, "dashboardTrades",
	  "Trades, newest first.", .query = SHAPE(trades_query),
	  .reply = SHAPE(dashboard_trade), .many = true,
	  .run = trades_show },
	{ GET, "/dashboard/quote/{symbol}", NEED_VIEWER, "dashboardQuote",
	  "The last price.", .params = SHAPE(of_symbol),
	  .reply = SHAPE(dashboard_quote), .run = quote_show },
	{ GET, "/dashboard/profile/{symbol}", NEED_VIEWER,
	  "dashboardProfile", "The company or fund.",
	  .params = SHAPE(of_symbol), .reply = SHAPE(dashboard_profile),
	  .run = profile_show },
	{ GET, "/dashboard/performance", NEED_VIEWER,
	  "dashboardPerformance", "Value and return by market day.",
	  .query = SHAPE(performance_query), .reply = SHAPE(performance_day),
	  .many = true, .run = performance_show },
	ROUTES_END
};

const struct capability dashboard_capability = {
	"dashboard", "The answers of the systems this one replaces.", routes
};
