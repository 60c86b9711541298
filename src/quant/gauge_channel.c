/*
 * Indicators drawn about the bars: channels, clouds, and what trails the
 * highs and lows. Nothing is drawn ahead of the bar it is known at.
 */
#include "quant/gauge.h"

/* Window, width, window of the range. */
size_t
keltner_need(const double *param)
{
	return ((size_t)fmax(param[0], param[2] + 1));
}

size_t
keltner_size(const double *param)
{
	(void)param;
	return (EMA_SIZE + 2 + EMA_SIZE);
}

bool
keltner_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double range, middle;
	bool ready;

	ready = ema_push(state, param[0], ema_alpha(param[0]), bar->close,
	    &middle);
	if (!atr_push(state + EMA_SIZE, param[2], bar, &range) || !ready)
		return (false);
	out[0] = middle;
	out[1] = middle + param[1] * range;
	out[2] = middle - param[1] * range;
	return (true);
}

/* ---- Ichimoku: three middles, two of them shifted ---------------- */

size_t
ichimoku_need(const double *param)
{
	return ((size_t)fmax(param[0], param[1]));
}

size_t
ichimoku_size(const double *param)
{
	size_t n = 2 * (RING_HEAD + (size_t)param[3]);

	for (int i = 0; i < 3; i++)
		n += 2 * highest_size(param[i]);
	return (n);
}

/* Halfway between the window's highest high and lowest low. */
static bool
middle_push(double *state, double w, const struct bar *bar, double *middle)
{
	double high, low;
	bool ready;

	ready = highest_push(state, w, bar->high, &high);
	highest_push(state + highest_size(w), w, -bar->low, &low);
	*middle = ready ? (high - low) / 2 : NAN;
	return (ready);
}

/* What went in `shift` bars ago, NaN before there was anything. */
static double
shifted(double *ring, double shift, double x)
{
	bool full = ring_full(ring, shift);
	double left = ring_push(ring, shift, x);

	return (full ? left : NAN);
}

bool
ichimoku_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double middle[3], *leading;
	bool ready = true;

	for (int i = 0; i < 3; i++) {
		if (!middle_push(state, param[i], bar, &middle[i]) && i < 2)
			ready = false;
		state += 2 * highest_size(param[i]);
	}
	leading = state + ring_size(param[3]);
	out[0] = middle[0];
	out[1] = middle[1];
	out[2] = shifted(state, param[3], (middle[0] + middle[1]) / 2);
	out[3] = shifted(leading, param[3], middle[2]);
	return (ready);
}

/* ---- Aroon ------------------------------------------------------- */

size_t
aroon_size(const double *param)
{
	return (2 * highest_size(param[0] + 1));
}

bool
aroon_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	double w = param[0] + 1, *lows = state + highest_size(w), unused;
	bool ready;

	ready = highest_push(state, w, bar->high, &unused);
	highest_push(lows, w, -bar->low, &unused);
	out[0] = 100 * (1 - highest_ago(state, w) / param[0]);
	out[1] = 100 * (1 - highest_ago(lows, w) / param[0]);
	out[2] = out[0] - out[1];
	return (ready);
}
