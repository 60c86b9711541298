/*
 * Indicators of traded volume.
 */
#include "quant/gauge.h"

size_t
obv_size(const double *param)
{
	(void)param;
	return (3);
}

bool
obv_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double before;

	(void)param;
	if (previous(state, bar->close, &before))
		state[2] += (bar->close > before ? bar->volume : 0) -
		    (bar->close < before ? bar->volume : 0);
	*out = state[2];
	return (true);
}

size_t
vwap_size(const double *param)
{
	(void)param;
	return (4);
}

bool
vwap_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	struct sum money = { state[0], state[1] };
	struct sum volume = { state[2], state[3] };

	(void)param;
	sum_add(&money, bar_typical(bar) * bar->volume);
	sum_add(&volume, bar->volume);
	state[0] = money.total;
	state[1] = money.lost;
	state[2] = volume.total;
	state[3] = volume.lost;
	*out = sum_of(volume) > 0 ? sum_of(money) / sum_of(volume) : NAN;
	return (true);
}

size_t
mfi_size(const double *param)
{
	return (2 + 2 * average_size(param[0]));
}

bool
mfi_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double typical = bar_typical(bar), money = typical * bar->volume;
	double *up = state + 2, *down = up + average_size(param[0]);
	double before, in, gone;
	bool ready;

	if (!previous(state, typical, &before))
		return (false);
	ready = average_push(up, param[0], typical > before ? money : 0, &in);
	average_push(down, param[0], typical < before ? money : 0, &gone);
	*out = in + gone > 0 ? 100 * in / (in + gone) : NAN;
	return (ready);
}

/* Volume, by where the close lies between the bar's low and high. */
static double
bar_money_flow(const struct bar *b)
{
	if (!(b->high > b->low))
		return (0);
	return (((b->close - b->low) - (b->high - b->close)) /
	    (b->high - b->low) * b->volume);
}

size_t
ad_size(const double *param)
{
	(void)param;
	return (2);
}

bool
ad_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	struct sum line = { state[0], state[1] };

	(void)param;
	sum_add(&line, bar_money_flow(bar));
	state[0] = line.total;
	state[1] = line.lost;
	*out = sum_of(line);
	return (true);
}

size_t
money_flow_size(const double *param)
{
	return (2 * average_size(param[0]));
}

bool
money_flow_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double *volumes = state + average_size(param[0]), flow, volume;
	bool ready;

	ready = average_push(state, param[0], bar_money_flow(bar), &flow);
	average_push(volumes, param[0], bar->volume, &volume);
	*out = volume > 0 ? flow / volume : NAN;
	return (ready);
}

size_t
chaikin_need(const double *param)
{
	return ((size_t)fmax(param[0], param[1]));
}

size_t
chaikin_size(const double *param)
{
	(void)param;
	return (2 + 2 * EMA_SIZE);
}

bool
chaikin_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double line, fast, slow;
	bool ready;

	ad_step(state, param, bar, &line);
	ready = ema_push(state + 2, param[0], ema_alpha(param[0]), line,
	    &fast);
	ready &= ema_push(state + 2 + EMA_SIZE, param[1],
	    ema_alpha(param[1]), line, &slow);
	*out = fast - slow;
	return (ready);
}
