/*
 * Figures as rows: every function of quant that is not an indicator, under
 * the name the field knows it by.
 */
#include "calc/formula.h"

static const char *const tail_methods[] = { "historical", "normal",
    "cornish_fisher", NULL };
static const char *const shortfall_methods[] = { "historical", "normal",
    NULL };
static const char *const dietz_rules[] = { "end", "start",
    "in_start_out_end", NULL };

#define NONE		NAN
#define PERIODS		{ "periods", 1, 366, 252, false, NULL }
#define RISK_FREE	{ "risk_free", -0.99, 10, 0, false, NULL }
#define MAR		{ "mar", -1, 1, NONE, false, NULL }
#define CONFIDENCE	{ "confidence", 0.5, 0.99999, 0.95, false, NULL }
#define HORIZON		{ "horizon", 1, 1000, 1, true, NULL }
#define WINDOW		{ "window", 2, 1e9, 20, true, NULL }

#define R		TAKES(IN_RETURNS)
#define RB		(TAKES(IN_RETURNS) | TAKES(IN_BENCHMARK))
#define RF		TAKES(IN_RISK_FREE)

static struct figure
series_volatility(const struct series *s)
{
	return (quant_volatility(s->r, s->n, s->periods));
}

/* A figure of returns alone; of a series; beside a benchmark. */
#define NUMBERS(name, doc, fn)	\
	{ name, doc, R, 0, { { 0 } }, { NULL }, run_of_numbers, \
	    { .numbers = fn } }
#define SERIES(name, doc, fn)	\
	{ name, doc, R, RF, { PERIODS, RISK_FREE }, { NULL }, run_of_series, \
	    { .series = fn } }
#define BESIDE(name, doc, fn)	\
	{ name, doc, RB, RF, { PERIODS, RISK_FREE }, { NULL }, \
	    run_of_series, { .series = fn } }
#define WINS(name, doc)	\
	{ #name, doc, R, 0, { { 0 } }, { NULL }, run_##name, { NULL } }
#define ROLLING(name, doc, must, fn)	\
	{ name, doc, must, RF, { WINDOW, PERIODS, RISK_FREE }, { name }, \
	    run_rolling, { .roll = fn } }

const struct formula formula_rows[] = {
	NUMBERS("mean", "Arithmetic mean.", quant_mean),
	NUMBERS("variance", "Sample variance, by n - 1.", quant_variance),
	NUMBERS("standard_deviation", "Sample deviation, by n - 1.",
	    quant_deviation),
	{ "covariance", "Sample covariance, by n - 1.", RB, 0, { { 0 } },
	    { NULL }, run_of_pair, { .pair = quant_covariance } },
	NUMBERS("skew", "Skewness by the population's moments.",
	    quant_skew_pop),
	NUMBERS("kurtosis", "Excess kurtosis by the population's moments.",
	    quant_excess_kurtosis_pop),
	NUMBERS("cumulative", "Linked return.", quant_cumulative),
	{ "annualised", "(1 + R)^(P / n) - 1; with dates by calendar, and not "
	    "under a year.", R, TAKES(IN_DATES), { PERIODS }, { NULL },
	    run_annualised, { NULL } },
	{ "volatility", "Sample deviation, a year's.", R, 0, { PERIODS },
	    { NULL }, run_of_series, { .series = series_volatility } },
	{ "downside_deviation", "Root mean square below mar (a period's; else "
	    "the risk-free rate), over all n; \"annual\" beside it.", R, 0,
	    { MAR, PERIODS, RISK_FREE }, { NULL }, run_downside_deviation,
	    { NULL } },
	NUMBERS("semi_deviation", "Root mean square below the mean.",
	    quant_semi_deviation),
	WINS(best, "The best return."),
	WINS(worst, "The worst return."),
	WINS(positive_share, "Share of returns above 0."),
	WINS(gain_loss, "Mean gain by mean loss."),
	WINS(profit_factor, "Sum of gains by sum of losses."),
	SERIES("sharpe", "Mean over the risk-free rate by its deviation, a "
	    "year's.", quant_sharpe),
	{ "sortino", "Mean over mar (a period's; else the risk-free rate) by "
	    "the downside deviation, a year's.", R, RF,
	    { MAR, PERIODS, RISK_FREE }, { NULL }, run_sortino, { NULL } },
	{ "calmar", "Annualised return by the deepest drawdown, of all or of "
	    "the last months (36 are the classic window).", R, TAKES(IN_DATES),
	    { PERIODS, { "months", 1, 1200, NONE, true, NULL } }, { NULL },
	    run_calmar, { NULL } },
	{ "omega", "What lies above the threshold by what lies below.", R, 0,
	    { { "threshold", -1, 1, 0, false, NULL } }, { NULL }, run_omega,
	    { NULL } },
	{ "max_drawdown", "Deepest fall from a peak, in [-1, 0], and where; "
	    "index 0 is the start, k the end of period k; with dates also "
	    "how many days down and back.", R,
	    TAKES(IN_DATES), { { 0 } }, { NULL }, run_max_drawdown, { NULL } },
	NUMBERS("ulcer", "Root mean square of drawdowns.", quant_ulcer),
	NUMBERS("pain", "Mean of drawdowns.", quant_pain),
	{ "var", "Value at risk, losses positive.", R, 0, { CONFIDENCE,
	    { "method", 0, 0, 0, true, tail_methods }, HORIZON }, { NULL },
	    run_var, { NULL } },
	{ "es", "Expected shortfall, losses positive.", R, 0, { CONFIDENCE,
	    { "method", 0, 0, 0, true, shortfall_methods }, HORIZON },
	    { NULL }, run_es, { NULL } },
	{ "kupiec", "Probability of so many exceedances of a value at risk.",
	    0, 0, { { "exceedances", 0, 1e9, 0, true, NULL },
	    { "n", 1, 1e9, 250, true, NULL }, CONFIDENCE }, { NULL },
	    run_kupiec, { NULL } },
	BESIDE("beta", "Covariance with the benchmark by its variance, over "
	    "the risk-free rate.", quant_beta),
	BESIDE("alpha", "Jensen's alpha, a year's.", quant_alpha),
	BESIDE("treynor", "Mean over the risk-free rate, a year's, by beta.",
	    quant_treynor),
	BESIDE("tracking_error", "Deviation of the difference, a year's.",
	    quant_tracking_error),
	BESIDE("information_ratio", "Mean difference, a year's, by tracking "
	    "error.", quant_information_ratio),
	BESIDE("correlation", "Pearson's, over the risk-free rate.",
	    quant_correlation),
	BESIDE("r_squared", "Correlation squared.", quant_r_squared),
	BESIDE("up_capture", "Linked return by the benchmark's where that is "
	    "above 0.", quant_up_capture),
	BESIDE("down_capture", "The same where it is below 0.",
	    quant_down_capture),
	BESIDE("capture_ratio", "Up capture by down capture.",
	    quant_capture_ratio),
	BESIDE("batting_average", "Share of periods above the benchmark.",
	    quant_batting_average),
	BESIDE("m_squared", "Risk-free rate, and Sharpe times the benchmark's "
	    "volatility.", quant_m_squared),
	{ "summary", "Every figure a dashboard keeps; warnings of any of them,"
	    " and reasons, beside them.",
	    R, RF | TAKES(IN_BENCHMARK), { PERIODS, RISK_FREE }, { "summary" },
	    run_summary, { NULL } },
	{ "xirr", "Money-weighted rate, ACT/365F, the investor's signs: the "
	    "period's under 365 days; \"annual\" and all \"roots\" beside it.",
	    TAKES(IN_FLOWS), 0, { { 0 } }, { NULL }, run_xirr, { NULL } },
	{ "xnpv", "Present value of flows on the first one's day.",
	    TAKES(IN_FLOWS), 0, { { "rate", -0.999999, 1e6, 0.1, false,
	    NULL } }, { NULL }, run_xnpv, { NULL } },
	{ "twr", "Time-weighted return of closing values; flows are positive "
	    "into the portfolio, in at the day's start, out at its end.",
	    TAKES(IN_VALUES), TAKES(IN_DATES) | TAKES(IN_FLOWS), { { 0 } },
	    { NULL }, run_twr, { NULL } },
	{ "modified_dietz", "Return of the first to the last value; flows are "
	    "positive into the portfolio.",
	    TAKES(IN_VALUES) | TAKES(IN_DATES), TAKES(IN_FLOWS),
	    { { "rule", 0, 0, 0, true, dietz_rules } }, { NULL },
	    run_modified_dietz, { NULL } },
	{ "turnover", "The lesser of bought and sold by the mean value, a "
	    "year's; flows are trades, bought above 0, sold below.",
	    TAKES(IN_VALUES) | TAKES(IN_DATES) | TAKES(IN_FLOWS), 0, { { 0 } },
	    { NULL }, run_turnover, { NULL } },
	{ "monthly_returns", "Returns linked by calendar month.",
	    R | TAKES(IN_DATES), 0, { { 0 } }, { "month", "return" },
	    run_monthly_returns, { NULL } },
	{ "contribution", "Daily contributions linked by Carino's factors, so "
	    "that they add up to the whole return.", R | TAKES(IN_PARTS), 0,
	    { { 0 } }, { "contribution" }, run_contribution, { NULL } },
	{ "brinson", "Brinson and Fachler's effects of one period.",
	    TAKES(IN_SEGMENTS), 0, { { 0 } },
	    { "allocation", "selection", "interaction" }, run_brinson,
	    { NULL } },
	{ "wealth", "What 1 became.", R, 0, { { 0 } }, { "wealth" },
	    run_wealth, { NULL } },
	{ "underwater", "Depth below the peak.", R, 0, { { 0 } },
	    { "underwater" }, run_underwater, { NULL } },
	{ "rolling_mean", "Mean of the window's returns.", R, 0, { WINDOW },
	    { "rolling_mean" }, run_rolling_mean, { NULL } },
	{ "rolling_volatility", "Sample deviation of the window's returns, a "
	    "year's.", R, 0, { WINDOW, PERIODS }, { "rolling_volatility" },
	    run_rolling_volatility, { NULL } },
	ROLLING("rolling_sharpe", "Sharpe of the window.", R,
	    quant_roll_sharpe),
	ROLLING("rolling_beta", "Beta of the window.", RB, quant_roll_beta),
	ROLLING("rolling_correlation", "Correlation of the window.", RB,
	    quant_roll_correlation),
	{ 0 }
};
