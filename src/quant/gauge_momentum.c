/*
 * Indicators of speed: changes of the close, and where it lies between its
 * gains and losses or its highs and lows. A range of nothing is its middle;
 * neither gains nor losses is no value.
 */
#include "quant/gauge.h"

bool
return_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double before;

	(void)param;
	if (!previous(state, bar->close, &before))
		return (false);
	*out = bar->close / before - 1;
	return (true);
}

bool
momentum_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	bool full = ring_full(state, param[0]);

	*out = bar->close - ring_push(state, param[0], bar->close);
	return (full);
}

bool
roc_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	bool full = ring_full(state, param[0]);

	*out = 100 * (bar->close / ring_push(state, param[0], bar->close) - 1);
	return (full);
}

/* up and down against each other, 0 to 100. */
static double
share_of(double up, double down)
{
	return (up + down > 0 ? 100 * up / (up + down) : NAN);
}

size_t
rsi_size(const double *param)
{
	(void)param;
	return (2 + 2 * EMA_SIZE);
}

bool
rsi_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double before, gain, loss;
	bool ready;

	if (!previous(state, bar->close, &before))
		return (false);
	ready = wilder_push(state + 2, param[0],
	    fmax(bar->close - before, 0), &gain);
	wilder_push(state + 2 + EMA_SIZE, param[0],
	    fmax(before - bar->close, 0), &loss);
	*out = share_of(gain, loss);
	return (ready);
}

size_t
williams_r_size(const double *param)
{
	return (2 * highest_size(param[0]));
}

/* Where the close lies between the window's low and high, 0 to 1. */
static bool
range_push(double *state, double w, const struct bar *bar, double *where)
{
	double high, low;
	bool ready;

	ready = highest_push(state, w, bar->high, &high);
	highest_push(state + highest_size(w), w, -bar->low, &low);
	low = -low;
	/* Of an RSI that stands still, what is left is rounding. */
	*where = high - low > FLAT * fabs(high) ?
	    (bar->close - low) / (high - low) : 0.5;
	return (ready);
}

bool
williams_r_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double where;
	bool ready = range_push(state, param[0], bar, &where);

	*out = 100 * (where - 1);
	return (ready);
}

size_t
stochastic_need(const double *param)
{
	return ((size_t)(param[0] + param[1]) - 1);
}

size_t
stochastic_size(const double *param)
{
	return (2 * highest_size(param[0]) + average_size(param[1]) +
	    average_size(param[2]));
}

bool
stochastic_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double *smooth = state + 2 * highest_size(param[0]);
	double *signal = smooth + average_size(param[1]);
	double where;

	if (!range_push(state, param[0], bar, &where) ||
	    !average_push(smooth, param[1], 100 * where, &out[0]))
		return (false);
	if (!average_push(signal, param[2], out[0], &out[1]))
		out[1] = NAN;
	return (true);
}

size_t
stochastic_rsi_need(const double *param)
{
	return ((size_t)(param[0] + param[1] + param[2]) - 1);
}

size_t
stochastic_rsi_size(const double *param)
{
	return (rsi_size(param) + stochastic_size(param + 1));
}

/* The RSI as a bar without height; one without a value is its middle. */
bool
stochastic_rsi_step(double *state, const double *param,
    const struct bar *bar, double *out)
{
	double rsi;

	if (!rsi_step(state, param, bar, &rsi))
		return (false);
	rsi = isnan(rsi) ? 50 : rsi;
	return (stochastic_step(state + rsi_size(param), param + 1,
	    &(struct bar){ .high = rsi, .low = rsi, .close = rsi }, out));
}

size_t
ultimate_need(const double *param)
{
	return ((size_t)fmax(param[0], fmax(param[1], param[2])) + 1);
}

size_t
ultimate_size(const double *param)
{
	return (2 + 2 * (average_size(param[0]) + average_size(param[1]) +
	    average_size(param[2])));
}

bool
ultimate_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	static const double weight[] = { 4, 2, 1 };
	double *window = state + 2, before, pressure, range, up, all;
	bool ready = true;

	if (!previous(state, bar->close, &before))
		return (false);
	pressure = bar->close - fmin(bar->low, before);
	range = bar_true_range(bar, before);
	*out = 0;
	for (int i = 0; i < 3; i++) {
		ready &= average_push(window, param[i], pressure, &up);
		window += average_size(param[i]);
		average_push(window, param[i], range, &all);
		window += average_size(param[i]);
		*out += all > 0 ? weight[i] * up / all : NAN;
	}
	*out *= 100.0 / 7;
	return (ready);
}

/* The mean moves with every bar, so its distances are added up anew. */
WIDE static double
distance_mean(const double *x, size_t n, double mean)
{
	double part[4] = { 0 };
	size_t i;

	for (i = 0; i + 4 <= n; i += 4)
		for (size_t j = 0; j < 4; j++)
			part[j] += fabs(x[i + j] - mean);
	for (; i < n; i++)
		part[0] += fabs(x[i] - mean);
	return (((part[0] + part[1]) + (part[2] + part[3])) / (double)n);
}

size_t
cci_size(const double *param)
{
	return (spread_size(param[0]));
}

bool
cci_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double typical = bar_typical(bar), w = param[0], mean, deviation;

	if (!spread_push(state, w, typical, &mean, &deviation))
		return (false);
	*out = deviation > 0 ? (typical - mean) / (0.015 *
	    distance_mean(spread_values(state), (size_t)w, mean)) : NAN;
	return (true);
}

/* Last bar's high, low and close; then four of Wilder's averages. */
enum { ADX_AVERAGES = 4, ADX_SIZE = 4 + ADX_AVERAGES * EMA_SIZE };

size_t
adx_size(const double *param)
{
	(void)param;
	return (ADX_SIZE);
}

/* How far the bar reached beyond the last one, up and down: one is 0. */
static void
adx_moves(const double *last, const struct bar *bar, double *plus,
    double *minus)
{
	double up = bar->high - last[1], down = last[2] - bar->low;

	*plus = up > down && up > 0 ? up : 0;
	*minus = down > up && down > 0 ? down : 0;
}

bool
adx_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double *average = state + 4, w = param[0], plus, minus, range;
	bool seen = state[0] != 0, ready;

	adx_moves(state, bar, &plus, &minus);
	range = bar_true_range(bar, state[3]);
	state[0] = 1;
	state[1] = bar->high;
	state[2] = bar->low;
	state[3] = bar->close;
	if (!seen)
		return (false);
	ready = wilder_push(average, w, plus, &plus);
	wilder_push(average + EMA_SIZE, w, minus, &minus);
	wilder_push(average + 2 * EMA_SIZE, w, range, &range);
	if (!ready)
		return (false);
	out[0] = range > 0 ? 100 * plus / range : 0;
	out[1] = range > 0 ? 100 * minus / range : 0;
	if (!wilder_push(average + 3 * EMA_SIZE, w, plus + minus > 0 ?
	    100 * fabs(plus - minus) / (plus + minus) : 0, &out[2]))
		out[2] = NAN;
	return (true);
}
