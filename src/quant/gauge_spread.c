/*
 * Indicators of width: deviations of the close, ranges of the bars, and the
 * bands drawn with them.
 */
#include "quant/gauge.h"

size_t
deviation_size(const double *param)
{
	return (spread_size(param[0]));
}

bool
deviation_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double mean;

	return (spread_push(state, param[0], bar->close, &mean, out));
}

bool
z_score_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double mean, deviation;

	if (!spread_push(state, param[0], bar->close, &mean, &deviation))
		return (false);
	*out = deviation > 0 ? (bar->close - mean) / deviation : NAN;
	return (true);
}

bool
bollinger_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double mean, deviation, upper, lower;

	if (!spread_push(state, param[0], bar->close, &mean, &deviation))
		return (false);
	upper = mean + param[1] * deviation;
	lower = mean - param[1] * deviation;
	out[0] = mean;
	out[1] = upper;
	out[2] = lower;
	out[3] = upper > lower ? (bar->close - lower) / (upper - lower) : NAN;
	out[4] = mean != 0 ? (upper - lower) / mean : NAN;
	return (true);
}

size_t
volatility_size(const double *param)
{
	return (2 + spread_size(param[0]));
}

bool
volatility_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double w = param[0], before, mean, deviation;

	if (!previous(state, bar->close, &before) ||
	    !spread_push(state + 2, w, bar->close / before - 1, &mean,
	    &deviation))
		return (false);
	*out = deviation * sqrt(w / (w - 1) * param[1]);
	return (true);
}

bool
true_range_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double before;

	(void)param;
	if (!previous(state, bar->close, &before))
		return (false);
	*out = bar_true_range(bar, before);
	return (true);
}

size_t
atr_size(const double *param)
{
	(void)param;
	return (2 + EMA_SIZE);
}

bool
atr_push(double *state, double w, const struct bar *bar, double *out)
{
	double before;

	return (previous(state, bar->close, &before) &&
	    wilder_push(state + 2, w, bar_true_range(bar, before), out));
}

bool
atr_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	if (!atr_push(state, param[0], bar, &out[0]))
		return (false);
	out[1] = bar->close != 0 ? 100 * out[0] / bar->close : NAN;
	return (true);
}

/* The last high and low are kept apart: a bar enters with the next one. */
size_t
donchian_size(const double *param)
{
	return (3 + 2 * highest_size(param[0]));
}

bool
donchian_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double *highs = state + 3, *lows = highs + highest_size(param[0]);
	double high = state[1], low = state[2];
	bool ready = false;

	if (state[0] != 0) {
		ready = highest_push(highs, param[0], high, &high);
		highest_push(lows, param[0], -low, &low);
	}
	state[0] = 1;
	state[1] = bar->high;
	state[2] = bar->low;
	out[0] = high;
	out[1] = (high - low) / 2;
	out[2] = -low;
	return (ready);
}
