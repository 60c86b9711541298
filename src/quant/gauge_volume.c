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
	if (previous(state, bar->close, &before)) {
		if (bar->close > before)
			state[2] += bar->volume;
		else if (bar->close < before)
			state[2] -= bar->volume;
	}
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
