/*
 * Indicators that follow the close: averages of several weights, their
 * differences, and the straight line.
 */
#include "quant/gauge.h"

size_t
sma_size(const double *param)
{
	return (average_size(param[0]));
}

bool
sma_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	return (average_push(state, param[0], bar->close, out));
}

size_t
ema_size(const double *param)
{
	(void)param;
	return (EMA_SIZE);
}

bool
ema_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	return (ema_push(state, param[0], ema_alpha(param[0]), bar->close,
	    out));
}

size_t
wma_size(const double *param)
{
	return (weighted_size(param[0]));
}

bool
wma_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	return (weighted_push(state, param[0], bar->close, out));
}

bool
ema_chain(double *state, double w, int deep, double x, double *e)
{
	for (int i = 0; i < deep; i++) {
		if (!ema_push(state + i * EMA_SIZE, w, ema_alpha(w), x, &e[i]))
			return (false);
		x = e[i];
	}
	return (true);
}

size_t
dema_need(const double *param)
{
	return (2 * (size_t)param[0] - 1);
}

size_t
dema_size(const double *param)
{
	(void)param;
	return (2 * EMA_SIZE);
}

bool
dema_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double e[2];

	if (!ema_chain(state, param[0], 2, bar->close, e))
		return (false);
	*out = 2 * e[0] - e[1];
	return (true);
}

size_t
tema_need(const double *param)
{
	return (3 * (size_t)param[0] - 2);
}

size_t
tema_size(const double *param)
{
	(void)param;
	return (3 * EMA_SIZE);
}

bool
tema_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double e[3];

	if (!ema_chain(state, param[0], 3, bar->close, e))
		return (false);
	*out = 3 * e[0] - 3 * e[1] + e[2];
	return (true);
}

size_t
macd_need(const double *param)
{
	return ((size_t)fmax(param[0], param[1]));
}

size_t
macd_size(const double *param)
{
	(void)param;
	return (3 * EMA_SIZE);
}

bool
macd_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double fast, slow;
	bool ready;

	ready = ema_push(state, param[0], ema_alpha(param[0]), bar->close,
	    &fast);
	ready &= ema_push(state + EMA_SIZE, param[1], ema_alpha(param[1]),
	    bar->close, &slow);
	if (!ready)
		return (false);
	out[0] = fast - slow;
	if (!ema_push(state + 2 * EMA_SIZE, param[2], ema_alpha(param[2]),
	    out[0], &out[1]))
		out[1] = NAN;
	out[2] = out[0] - out[1];
	return (true);
}

size_t
slope_size(const double *param)
{
	return (line_size(param[0]));
}

bool
slope_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double w = param[0], products, squares;
	bool ready = line_push(state, w, bar->close, &products, &squares);

	out[0] = products * (12 / (w * (w * w - 1)));
	out[1] = squares > 0 ? products * out[0] / squares : NAN;
	return (ready);
}
