/*
 * analytics: returns and risk of portfolios, computed when their days
 * change and kept, so that a page reads one row.
 */
#ifndef BURSAR_ANALYTICS_ANALYTICS_H
#define BURSAR_ANALYTICS_ANALYTICS_H

#include "flow/flow.h"
#include "http/http.h"

extern const struct capability analytics_capability;

/* portfolio's on_change: figures anew, in the writing transaction. */
enum err analytics_refresh(struct flow *f, uuid portfolio) MUSTCHECK;

/* Value now and figures kept; what the summary and the dashboard answer. */
struct overview {
	uuid	portfolio_id;
	str	currency;
	instant	as_of;
	dec	value, cash, invested, market_value, cost_basis;
	dec	unrealised, realised, income, fees, total_gain;
	double	total_gain_ratio;
	dec	day_change;
	double	day_change_ratio;
	/* kept */
	day	from, to;
	int64_t	n;
	str	benchmark;
	double	total_return, annualised_return, mwr, volatility, sharpe;
	double	sortino, calmar, max_drawdown;
	day	drawdown_from, drawdown_to;
	double	beta, alpha, correlation, benchmark_return, var95, es95;
	double	win_rate, best_day, worst_day;
	str	reasons, warnings;	/* JSON */
};

/* One statement, of one row; E_NOT_FOUND. */
enum err analytics_overview(struct flow *f, uuid portfolio,
	    struct overview *out) MUSTCHECK;

#endif
