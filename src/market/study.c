/*
 * Indicators of quant's table under the names they are served by.
 */
#include "market/study.h"
#include "quant/quant.h"

/* An exponential memory fades by e^-20 over 20 periods: below what a
 * double's ten places would show. */
#define MEMORY_PERIODS	20

const char *const study_names[] = {
	"sma", "ema", "rsi", "daily_return", "volatility", NULL
};

static const struct {
	const char	*indicator;
	size_t		 usual, least;	/* period; 0: it has none */
	bool		 endless;	/* all earlier closes count */
} studies[] = {
	{ "sma",	20, 1, false },
	{ "ema",	20, 1, true },
	{ "rsi",	14, 1, true },
	{ "return",	1, 1, false },
	{ "volatility",	20, 2, false },
};

size_t
study_period(int study, int64_t asked)
{
	if (asked == LONG_NONE)
		return (studies[study].usual);
	if (asked < (int64_t)studies[study].least || asked > STUDY_PERIOD_MAX)
		return (0);
	return (study_names[study][0] == 'd' ? 1 : (size_t)asked);
}

size_t
study_before(int study, size_t period)
{
	return (studies[study].endless ? MEMORY_PERIODS * period : period);
}

size_t
study_run(struct arena *a, int study, size_t period, double periods,
    const double *close, size_t n, double *out, size_t *first)
{
	const struct indicator *row = quant_indicator(studies[study].indicator);
	double param[INDICATOR_PARAMS_MAX] = { (double)period, periods };
	const struct bars in = { .close = close, .n = n };
	double *state;

	state = ARENA_MANY(a, row->size(param), double);
	*first = row->need(param) - 1;
	return (quant_indicator_run(row, param, &in, state, &out));
}
