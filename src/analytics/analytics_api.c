/*
 * The routes of returns and risk: summary, history, allocation.
 */
#include <math.h>
#include <stdlib.h>

#include "analytics/holdings.h"
#include "ledger/ledger.h"
#include "store/store.h"

#include "analytics_sql.h"

struct analytics_path {
	uuid	portfolio;
};

static const struct field analytics_path_fields[] = {
	MUST(analytics_path, portfolio, "The portfolio's id."),
	FIELDS_END
};

static uuid
path_portfolio(struct call *c)
{
	return (((struct analytics_path *)c->params)->portfolio);
}

/* ---- summary ----------------------------------------------------- */

static const char *const method_names[] = { "twr", NULL };

struct figures_out {
	day	from, to;
	int64_t	n;
	int	method;
	double	ret, annualised_return, mwr, volatility, sharpe, sortino;
	double	calmar, max_drawdown;
	day	drawdown_from, drawdown_to;
	double	beta, alpha, correlation, var95, es95, win_rate, best_day;
	double	worst_day;
	str	benchmark;
	double	benchmark_return;
};

static const struct field figures_out_fields[] = {
	MAY(figures_out, from, "First market day."),
	MAY(figures_out, to, "Last market day."),
	MUST(figures_out, n, "Market days, each with one return."),
	MUST(figures_out, method, "How returns are taken: time-weighted.",
	    .names = method_names),
	{ .name = "return", .doc = "Time-weighted return, linked daily.",
	  .kind = K_REAL, .null = true,
	  .offset = offsetof(struct figures_out, ret) },
	MAY(figures_out, annualised_return, "That a year; under a year it is "
	    "not annualised."),
	MAY(figures_out, mwr, "Money-weighted return: XIRR, or the period's "
	    "when under a year."),
	MAY(figures_out, volatility, "Standard deviation of daily returns, "
	    "annual."),
	MAY(figures_out, sharpe, "Mean excess return over deviation, annual; "
	    "the risk-free rate is 0."),
	MAY(figures_out, sortino, "As Sharpe, over downside deviation."),
	MAY(figures_out, calmar, "Annual return over the deepest drawdown."),
	MAY(figures_out, max_drawdown, "Deepest fall from a peak, negative."),
	MAY(figures_out, drawdown_from, "Day of that peak."),
	MAY(figures_out, drawdown_to, "Day of its trough."),
	MAY(figures_out, beta, "Against the benchmark."),
	MAY(figures_out, alpha, "Jensen's, annual."),
	MAY(figures_out, correlation, "With the benchmark."),
	MAY(figures_out, var95, "Loss of one day, exceeded on one in 20; "
	    "historical."),
	MAY(figures_out, es95, "Mean loss of those days."),
	MAY(figures_out, win_rate, "Share of sales at a gain."),
	MAY(figures_out, best_day, "Best daily return."),
	MAY(figures_out, worst_day, "Worst daily return."),
	MUST(figures_out, benchmark, "Symbol."),
	MAY(figures_out, benchmark_return, "The benchmark's return over the "
	    "same days."),
	FIELDS_END
};

struct summary_out {
	uuid	portfolio_id;
	str	currency;
	instant	as_of;
	dec	value, cash, invested, market_value, cost_basis, unrealised;
	dec	realised, income, fees, total_gain;
	double	total_gain_ratio;
	dec	day_change;
	double	day_change_ratio;
	struct figures_out figures;
	str	reasons, warnings;
};

static const struct field summary_out_fields[] = {
	MUST(summary_out, portfolio_id, "Portfolio."),
	MUST(summary_out, currency, "Currency of the amounts."),
	MUST(summary_out, as_of, "Of the newest price."),
	MUST(summary_out, value, "Cash and market value."),
	MUST(summary_out, cash, "Cash."),
	MUST(summary_out, invested, "Paid in less paid out."),
	MUST(summary_out, market_value, "Of what is held."),
	MUST(summary_out, cost_basis, "Of what is held, fees included."),
	MUST(summary_out, unrealised, "Market value less cost."),
	MUST(summary_out, realised, "Gains of what was sold."),
	MUST(summary_out, income, "Dividends and interest, gross."),
	MUST(summary_out, fees, "Fees and taxes that are not in cost."),
	MUST(summary_out, total_gain, "Value less what was invested: "
	    "realised + unrealised + income - fees."),
	MAY(summary_out, total_gain_ratio, "That as a fraction of all that "
	    "was paid in: the simple return."),
	MUST(summary_out, day_change, "Gain since the previous close: with "
	    "what was dealt in today, income and fees; without old prices."),
	MAY(summary_out, day_change_ratio, "That as a fraction of the value "
	    "less it."),
	MUST(summary_out, figures, "Returns and risk.",
	    .shape = SHAPE(figures_out)),
	JSON_TEXT(summary_out, reasons, "Why a figure is null, by its name."),
	JSON_TEXT(summary_out, warnings, "What to know about the figures.",
	    .of = K_STR),
	FIELDS_END
};

static void
figures_fill(const struct overview *o, struct figures_out *g)
{
	*g = (struct figures_out){
		.from = o->from, .to = o->to, .n = o->n,
		.ret = o->total_return,
		.annualised_return = o->annualised_return, .mwr = o->mwr,
		.volatility = o->volatility, .sharpe = o->sharpe,
		.sortino = o->sortino, .calmar = o->calmar,
		.max_drawdown = o->max_drawdown,
		.drawdown_from = o->drawdown_from,
		.drawdown_to = o->drawdown_to, .beta = o->beta,
		.alpha = o->alpha, .correlation = o->correlation,
		.var95 = o->var95, .es95 = o->es95, .win_rate = o->win_rate,
		.best_day = o->best_day, .worst_day = o->worst_day,
		.benchmark = o->benchmark,
		.benchmark_return = o->benchmark_return
	};
}

static enum err
summary_show(struct call *c)
{
	struct summary_out s;
	struct overview o;

	TRY(analytics_overview(c->f, path_portfolio(c), &o));
	s = (struct summary_out){
		.portfolio_id = o.portfolio_id, .currency = o.currency,
		.as_of = o.as_of, .value = o.value, .cash = o.cash,
		.invested = o.invested, .market_value = o.market_value,
		.cost_basis = o.cost_basis, .unrealised = o.unrealised,
		.realised = o.realised, .income = o.income, .fees = o.fees,
		.total_gain = o.total_gain,
		.total_gain_ratio = o.total_gain_ratio,
		.day_change = o.day_change,
		.day_change_ratio = o.day_change_ratio,
		.reasons = o.reasons, .warnings = o.warnings
	};
	figures_fill(&o, &s.figures);
	return (reply(c, &s));
}

/* ---- history ----------------------------------------------------- */

enum span { SPAN_1M, SPAN_3M, SPAN_6M, SPAN_YTD, SPAN_1Y, SPAN_5Y, SPAN_MAX };

static const char *const span_names[] = {
	"1M", "3M", "6M", "YTD", "1Y", "5Y", "MAX", NULL
};

struct history_query {
	int	range;
	day	from, to;
	str	benchmark;
};

static const struct field history_query_fields[] = {
	MAY(history_query, range, "How far back from today.",
	    .names = span_names),
	MAY(history_query, from, "First day, instead of a range."),
	MAY(history_query, to, "Last day; today when absent."),
	MAY(history_query, benchmark, "Symbol to compare with, instead of "
	    "the portfolio's.", .pattern = "symbol"),
	FIELDS_END
};

struct history_day {
	day	date;
	dec	value, cash, flow;
	double	day_return, wealth, benchmark;	/* as kept */
	double	ret, benchmark_return, drawdown;
};

static const struct field history_row_fields[] = {
	MUST(history_day, date, "Market day."),
	MUST(history_day, value, "Value at its close."),
	MUST(history_day, cash, "Cash."),
	MUST(history_day, flow, "Paid in less paid out since the day before."),
	MUST(history_day, day_return, "Return."),
	MUST(history_day, wealth, "Wealth."),
	MAY(history_day, benchmark, "Close."),
	FIELDS_END
};

static const struct field history_day_fields[] = {
	MUST(history_day, date, "Market day."),
	MUST(history_day, value, "Value at its close."),
	MUST(history_day, cash, "Cash at its close."),
	MUST(history_day, flow, "Paid in less paid out since the day before."),
	{ .name = "return", .doc = "Time-weighted, since the range began.",
	  .kind = K_REAL, .must = true, .number = 7,
	  .offset = offsetof(struct history_day, ret) },
	MAY(history_day, benchmark_return, "The benchmark's, since then.",
	    .number = 7),
	MUST(history_day, drawdown, "Below the range's peak, negative.",
	    .number = 7),
	FIELDS_END
};

struct history_edge {
	double	wealth, benchmark;
};

static const struct field history_edge_fields[] = {
	MUST(history_edge, wealth, "Wealth."),
	MAY(history_edge, benchmark, "Close."),
	FIELDS_END
};

struct history_out {
	str	currency, benchmark;
	day	from, to;
	struct list days;
};

static const struct field history_out_fields[] = {
	MUST(history_out, currency, "Currency of the amounts."),
	MUST(history_out, benchmark, "Symbol."),
	MAY(history_out, from, "First day of the answer."),
	MAY(history_out, to, "Last day of the answer."),
	MUST(history_out, days, "Market days, ascending.",
	    .shape = SHAPE(history_day)),
	FIELDS_END
};

static day
span_from(int span, day today)
{
	static const int months[] = {
		[SPAN_1M] = -1, [SPAN_3M] = -3, [SPAN_6M] = -6,
		[SPAN_1Y] = -12, [SPAN_5Y] = -60
	};
	int y, m, d;

	if (span == SPAN_MAX || span == ENUM_NONE)
		return (day_of(1900, 1, 1));
	if (span == SPAN_YTD) {
		day_civil(today, &y, &m, &d);
		return (day_of(y, 1, 1));
	}
	return (day_add_months(today, months[span]));
}

/* Kept wealth becomes returns since the range began. */
static void
history_relate(struct history_day *d, size_t n,
    const struct history_edge *edge)
{
	double base, peak;
	size_t i;

	/* A benchmark without an earlier close begins with its first one. */
	base = edge->benchmark;
	for (i = 0; isnan(base) && i < n; i++)
		base = d[i].benchmark;
	peak = edge->wealth;
	for (i = 0; i < n; i++) {
		if (d[i].wealth > peak)
			peak = d[i].wealth;
		d[i].ret = edge->wealth > 0 ? d[i].wealth / edge->wealth - 1 :
		    0;
		d[i].drawdown = peak > 0 ? d[i].wealth / peak - 1 : 0;
		d[i].benchmark_return = d[i].benchmark / base - 1;
	}
}

static enum err
history_read(struct call *c, const struct history_query *q, str benchmark,
    struct list *days, struct history_edge *edge)
{
	static const struct shape row = {
		"history_row", history_row_fields, sizeof(struct history_day)
	};
	struct list edges;
	day from, to;

	to = day_ok(q->to) ? q->to : day_today();
	from = day_ok(q->from) ? q->from : span_from(q->range, to);
	const struct query both[] = {
		QUERY(&sql_history_days, &row, days, UUID(path_portfolio(c)),
		    DAY(from), DAY(to), STR(benchmark)),
		QUERY(&sql_history_edge, SHAPE(history_edge), &edges,
		    UUID(path_portfolio(c)), DAY(from), STR(benchmark))
	};

	TRY(store_batch(c->f, both, 2));
	*edge = *(struct history_edge *)edges.v;
	return (OK);
}

static enum err
history_show(struct call *c)
{
	const struct history_query *q = c->query;
	struct history_edge edge;
	struct history_out out;
	struct history_day *d;
	struct overview o;

	TRY(analytics_overview(c->f, path_portfolio(c), &o));
	out.currency = o.currency;
	out.benchmark = q->benchmark.p != NULL ? q->benchmark : o.benchmark;
	TRY(history_read(c, q, out.benchmark, &out.days, &edge));
	d = out.days.v;
	history_relate(d, out.days.n, &edge);
	out.from = out.days.n > 0 ? d[0].date : DAY_NONE;
	out.to = out.days.n > 0 ? d[out.days.n - 1].date : DAY_NONE;
	return (reply(c, &out));
}

/* ---- allocation -------------------------------------------------- */

struct share {
	str	name;
	dec	value;
	double	weight;
};

static const struct field share_fields[] = {
	MUST(share, name, "Of what."),
	MUST(share, value, "Market value."),
	MAY(share, weight, "Share of the whole."),
	FIELDS_END
};

struct allocation {
	str	currency;
	struct list by_position, by_sector, by_kind;
};

static const struct field allocation_fields[] = {
	MUST(allocation, currency, "Currency of the amounts."),
	MUST(allocation, by_position, "By what is held, and cash.",
	    .shape = SHAPE(share)),
	MUST(allocation, by_sector, "By sector, and cash.",
	    .shape = SHAPE(share)),
	MUST(allocation, by_kind, "By kind, and cash.",
	    .shape = SHAPE(share)),
	FIELDS_END
};

static int
share_cmp(const void *left, const void *right)
{
	const struct share *a = left, *b = right;
	bool known = dec_ok(a->value);
	int c = 0;

	/* One beyond what can be kept is the largest. */
	if (known != dec_ok(b->value))
		return (known ? 1 : -1);
	if (known)
		c = dec_cmp(b->value, a->value);
	return (c != 0 ? c : str_cmp(a->name, b->name));
}

static void
share_add(struct share *shares, size_t *n, str name, dec value)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (str_eq(shares[i].name, name))
			break;
	if (i == *n)
		shares[(*n)++] = (struct share){ name, DEC_ZERO, NAN };
	shares[i].value = dec_add(shares[i].value, value);
}

static str
share_name(const struct held *h, size_t by)
{
	str name;

	name = by == 0 ? h->symbol : by == 1 ? h->sector : h->kind;
	return (name.p != NULL ? name : S("other"));
}

static struct list
shares_by(struct arena *a, const struct list *rows, dec cash, size_t by)
{
	const struct held *h = rows->v;
	struct share *shares;
	size_t i, n;
	dec whole;

	shares = ARENA_MANY(a, rows->n + 1, struct share);
	whole = DEC_ZERO;
	for (i = n = 0; i < rows->n; i++)
		share_add(shares, &n, share_name(&h[i], by),
		    held_worth(&h[i]));
	if (dec_sign(cash) != 0)
		share_add(shares, &n, S("cash"), cash);
	for (i = 0; i < n; i++)
		whole = dec_add(whole, shares[i].value);
	for (i = 0; i < n && dec_sign(whole) > 0; i++)
		shares[i].weight = dec_double(shares[i].value) /
		    dec_double(whole);
	if (n > 1)
		qsort(shares, n, sizeof(*shares), share_cmp);
	return ((struct list){ shares, n });
}

static enum err
allocation_show(struct call *c)
{
	struct allocation out;
	struct overview o;
	struct list rows;

	TRY(analytics_overview(c->f, path_portfolio(c), &o));
	TRY(store_rows(c->f, &sql_overview_holdings, SHAPE(held), &rows,
	    UUID(path_portfolio(c))));
	out.currency = o.currency;
	out.by_position = shares_by(&c->f->arena, &rows, o.cash, 0);
	out.by_sector = shares_by(&c->f->arena, &rows, o.cash, 1);
	out.by_kind = shares_by(&c->f->arena, &rows, o.cash, 2);
	return (reply(c, &out));
}

/* ---- the rows ---------------------------------------------------- */

static const struct route routes[] = {
	{ GET, "/portfolios/{portfolio}/summary", NEED_VIEWER, "getSummary",
	  "What it is worth, what it gained, returns and risk.",
	  .params = SHAPE(analytics_path), .reply = SHAPE(summary_out),
	  .run = summary_show },
	{ GET, "/portfolios/{portfolio}/history", NEED_VIEWER, "getHistory",
	  "Value and returns by market day.",
	  .params = SHAPE(analytics_path), .query = SHAPE(history_query),
	  .reply = SHAPE(history_out), .run = history_show },
	{ GET, "/portfolios/{portfolio}/allocation", NEED_VIEWER,
	  "getAllocation", "What it is made of.",
	  .params = SHAPE(analytics_path), .reply = SHAPE(allocation),
	  .run = allocation_show },
	ROUTES_END
};

const struct capability analytics_capability = {
	"analytics", "Returns, risk and what a portfolio is made of.", routes
};
