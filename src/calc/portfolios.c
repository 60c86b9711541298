/*
 * Rows about many assets: what to hold of them, what may become of it, and
 * what to trade.
 */
#include "calc/formula.h"

static const char *const yes_no[] = { "yes", "no", NULL };

#define PERIODS		{ "periods", 1, 366, 252, false, NULL }
#define RISK_FREE	{ "risk_free", -0.99, 10, 0, false, NULL }
#define BOUNDS		{ "min", -100, 100, 0, false, NULL }, \
			{ "max", -100, 100, 1, false, NULL }
#define ASSETS		(TAKES(IN_PRICES) | TAKES(IN_COVARIANCE) | \
			TAKES(IN_EXPECTED) | TAKES(IN_LOWER) | \
			TAKES(IN_UPPER))
#define WEIGHTS(name, doc, which)	\
	{ name, doc, 0, ASSETS, { PERIODS, RISK_FREE, BOUNDS }, \
	    { "weights" }, run_weights, { .weigh = which } }

static enum why
weigh_variance(struct question *q, const struct assets *a, double *w,
    double *work)
{
	(void)q;
	return (quant_min_variance(a, w, work));
}

static enum why
weigh_sharpe(struct question *q, const struct assets *a, double *w,
    double *work)
{
	return (quant_max_sharpe(a, question_param(q, "risk_free"), w, work));
}

static enum why
weigh_target(struct question *q, const struct assets *a, double *w,
    double *work)
{
	return (quant_target_return(a, question_param(q, "target"), w,
	    work));
}

static enum why
weigh_utility(struct question *q, const struct assets *a, double *w,
    double *work)
{
	return (quant_max_utility(a, question_param(q, "aversion"), w,
	    work));
}

static enum why
weigh_parity(struct question *q, const struct assets *a, double *w,
    double *work)
{
	const struct column *budget = &q->in[IN_BUDGET];

	if (budget->x != NULL && budget->n != a->n)
		return (WHY_MISALIGNED);
	return (quant_risk_parity(a, budget->x, w, work));
}

static enum why
weigh_tree(struct question *q, const struct assets *a, double *w,
    double *work)
{
	(void)q;
	return (quant_hierarchical_parity(a, w, work));
}

const struct formula portfolio_rows[] = {
	WEIGHTS("min_variance", "Weights of the least variance; of prices, or "
	    "of a covariance and expected returns.", weigh_variance),
	WEIGHTS("max_sharpe", "Weights of the highest Sharpe ratio.",
	    weigh_sharpe),
	{ "target_return", "Weights of the least variance for a return.", 0,
	    ASSETS, { PERIODS, RISK_FREE, BOUNDS,
	    { "target", -10, 10, 0.1, false, NULL } }, { "weights" },
	    run_weights, { .weigh = weigh_target } },
	{ "max_utility", "Weights of the most return less half of aversion "
	    "times variance.", 0, ASSETS, { PERIODS, RISK_FREE, BOUNDS,
	    { "aversion", 1e-6, 1e6, 1, false, NULL } }, { "weights" },
	    run_weights, { .weigh = weigh_utility } },
	{ "efficient_frontier", "Weights from the least variance to the "
	    "highest return, evenly by return.", 0, ASSETS,
	    { PERIODS, RISK_FREE, BOUNDS,
	    { "points", 2, 200, 20, true, NULL } }, { "points" },
	    run_frontier, { NULL } },
	{ "risk_parity", "Long-only weights that share the risk by budget, or "
	    "alike.", 0, ASSETS | TAKES(IN_BUDGET), { PERIODS, RISK_FREE },
	    { "weights" }, run_weights, { .weigh = weigh_parity } },
	{ "hrp", "Hierarchical risk parity.", 0, ASSETS,
	    { PERIODS, RISK_FREE }, { "weights" }, run_weights,
	    { .weigh = weigh_tree } },
	{ "covariance_matrix", "Sample covariances of the prices' returns, a "
	    "year's.", TAKES(IN_PRICES), 0, { PERIODS }, { "covariance" },
	    run_covariance_matrix, { NULL } },
	{ "ledoit_wolf", "Shrunk covariances of the prices' returns, a "
	    "year's; \"shrinkage\" beside them.", TAKES(IN_PRICES), 0,
	    { PERIODS }, { "covariance" }, run_ledoit_wolf, { NULL } },
	{ "regression", "Least squares of returns on factors and a constant.",
	    TAKES(IN_RETURNS) | TAKES(IN_FACTORS), 0, { { 0 } },
	    { "coefficients", "errors", "residuals" }, run_regression,
	    { NULL } },
	{ "projection", "Percentiles of seeded paths, drawn from returns or "
	    "else from the normal; a flow below 0 is a withdrawal.", 0,
	    TAKES(IN_RETURNS), { { "start", 0, 1e15, 1, false, NULL },
	    { "flow", -1e15, 1e15, 0, false, NULL },
	    { "growth", -0.99, 1, 0, false, NULL },
	    { "mean", -1, 10, 0, false, NULL },
	    { "deviation", 0, 10, 0, false, NULL },
	    { "horizon", 1, 1200, 30, true, NULL },
	    { "paths", 1, 100000, 1000, true, NULL },
	    { "seed", 0, 9007199254740991, 1, true, NULL } },
	    { "p5", "p25", "p50", "p75", "p95" }, run_projection, { NULL } },
	{ "rebalance", "Trades from values held to target weights; cash is to "
	    "be invested, or raised if below 0.",
	    TAKES(IN_HELD) | TAKES(IN_TARGET), 0,
	    { { "cash", -1e15, 1e15, 0, false, NULL },
	    { "band", 0, 1, 0, false, NULL },
	    { "least", 0, 1e15, 0, false, NULL },
	    { "sales", 0, 0, 0, true, yes_no } }, { "trades" },
	    run_rebalance, { NULL } },
	{ 0 }
};
