/*
 * Indicators of quant's table under the names they are served by.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "market/study.h"

/* An exponential memory fades by e^-20 over 20 periods: below what a
 * double's ten places would show. */
#define MEMORY_PERIODS	20

const char *const study_names[] = {
	"sma", "ema", "rsi", "daily_return", "volatility",
	"wma", "dema", "tema", "hma", "kama", "trix", "macd", "slope",
	"momentum", "roc", "stochastic", "stochastic_rsi", "ultimate", "aroon",
	"williams_r", "cci", "adx", "deviation", "z_score", "bollinger",
	"true_range", "atr", "keltner", "ichimoku", "sar", "donchian", "obv",
	"vwap", "ad", "chaikin_money_flow", "chaikin", "mfi", NULL
};

static const struct {
	const char	*indicator;
	size_t		 usual, least;	/* period; 0: it has none */
	bool		 endless;	/* all earlier closes count */
} studies[STUDIES_USUAL] = {
	{ "sma",	20, 1, false },
	{ "ema",	20, 1, true },
	{ "rsi",	14, 1, true },
	{ "return",	1, 1, false },
	{ "volatility",	20, 2, false },
};

const struct indicator *
study_indicator(int study)
{
	return (quant_indicator(study < STUDIES_USUAL ?
	    studies[study].indicator : study_names[study]));
}

/* Of one that is not usual the period is its first parameter, if that is a
 * whole number; 1 stands for one that has none. */
static size_t
period_other(int study, int64_t asked)
{
	const struct indicator_param *p = study_indicator(study)->param;

	if (p->name == NULL || !p->whole)
		return (asked == LONG_NONE);
	if (asked == LONG_NONE)
		return ((size_t)p->standard);
	return (asked < (int64_t)p->min || asked > STUDY_PERIOD_MAX ? 0 :
	    (size_t)asked);
}

size_t
study_period(int study, int64_t asked)
{
	if (study >= STUDIES_USUAL)
		return (period_other(study, asked));
	if (asked == LONG_NONE)
		return (studies[study].usual);
	if (asked < (int64_t)studies[study].least || asked > STUDY_PERIOD_MAX)
		return (0);
	return (study_names[study][0] == 'd' ? 1 : (size_t)asked);
}

size_t
study_before(int study, size_t period)
{
	if (study >= STUDIES_USUAL)
		return (STUDY_BARS_MAX);
	return (studies[study].endless ? MEMORY_PERIODS * period : period);
}

/* One of "fast=12,slow=26". */
static bool
param_take(const struct indicator *row, str part, double *param)
{
	char text[40], *end;
	str name;
	size_t i;

	if (!str_cut(&part, '=', &name) || part.p == NULL || part.n == 0 ||
	    part.n >= sizeof(text))
		return (false);
	memcpy(text, part.p, part.n);
	text[part.n] = '\0';
	for (i = 0; row->param[i].name != NULL; i++)
		if (str_eqz(name, row->param[i].name)) {
			param[i] = strtod(text, &end);
			return (*end == '\0' && isfinite(param[i]));
		}
	return (false);
}

bool
study_params(int study, size_t period, double periods, str text,
    double param[INDICATOR_PARAMS_MAX])
{
	const struct indicator *row = study_indicator(study);
	str part;
	size_t i;

	memset(param, 0, INDICATOR_PARAMS_MAX * sizeof(*param));
	quant_indicator_defaults(row, param);
	if (period > 0 && row->param[0].name != NULL && row->param[0].whole)
		param[0] = (double)period;
	for (i = 0; row->param[i].name != NULL; i++)
		if (strcmp(row->param[i].name, "periods") == 0)
			param[i] = periods;
	while (text.p != NULL && str_cut(&text, ',', &part))
		if (!param_take(row, str_trim(part), param))
			return (false);
	return (quant_indicator_fits(row, param));
}

size_t
study_run(struct arena *a, int study, size_t period, double periods,
    const double *close, size_t n, double *out, size_t *first)
{
	const struct indicator *row = study_indicator(study);
	double param[INDICATOR_PARAMS_MAX] = { (double)period, periods };
	const struct bars in = { .close = close, .n = n };
	double *state;

	state = ARENA_MANY(a, row->size(param), double);
	*first = row->need(param) - 1;
	return (quant_indicator_run(row, param, &in, state, &out));
}
