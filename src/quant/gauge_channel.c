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

/* ---- Wilder's parabolic ------------------------------------------ */

struct sar {
	double	bars;		/* 0, 1, many */
	double	trend;		/* 1 up, -1 down */
	double	stop, extreme, rate;
	double	high, low;	/* of the bar before */
};

enum { SAR_SIZE = sizeof(struct sar) / sizeof(double) };

size_t
sar_size(const double *param)
{
	(void)param;
	return (SAR_SIZE);
}

/* Up, unless the low fell by more than the high rose. */
static void
sar_open(struct sar *s, const struct bar *bar, double rate)
{
	double rise = bar->high - s->high, fall = s->low - bar->low;

	s->trend = fall > 0 && fall > rise ? -1 : 1;
	s->stop = s->trend > 0 ? s->low : s->high;
	s->extreme = s->trend > 0 ? bar->high : bar->low;
	s->rate = rate;
	/* The first stop is held against this bar alone. */
	s->high = bar->high;
	s->low = bar->low;
}

/* Not inside the last two bars. */
static double
sar_clear(const struct sar *s, const struct bar *bar, double stop)
{
	return (s->trend > 0 ? fmin(stop, fmin(s->low, bar->low)) :
	    fmax(stop, fmax(s->high, bar->high)));
}

/* The stop was met: the trend turns, and the stop is the old extreme. */
static void
sar_turn(struct sar *s, const struct bar *bar, double rate)
{
	s->trend = -s->trend;
	s->stop = sar_clear(s, bar, s->extreme);
	s->extreme = s->trend > 0 ? bar->high : bar->low;
	s->rate = rate;
}

bool
sar_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	struct sar *s = (struct sar *)state;
	double reached, first = fmin(param[0], param[1]);

	if (s->bars < 2)
		s->bars++;
	if (s->bars == 2 && s->trend == 0)
		sar_open(s, bar, first);
	if (s->bars < 2) {
		s->high = bar->high;
		s->low = bar->low;
		return (false);
	}
	reached = s->trend > 0 ? bar->high : bar->low;
	if (s->trend > 0 ? bar->low <= s->stop : bar->high >= s->stop) {
		sar_turn(s, bar, first);
	} else if (s->trend * (reached - s->extreme) > 0) {
		s->extreme = reached;
		s->rate = fmin(param[1], s->rate + param[0]);
	}
	out[0] = s->stop;
	out[1] = s->trend;
	s->stop = sar_clear(s, bar, s->stop + s->rate *
	    (s->extreme - s->stop));
	s->high = bar->high;
	s->low = bar->low;
	return (true);
}
