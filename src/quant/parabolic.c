/*
 * Wilder's parabolic: a stop that trails the trend, faster with each new
 * extreme, and turns it where a bar meets it. A step and a pass of one body.
 */
#include "quant/batch.h"

struct sar {
	double	bars;		/* 0, 1, many */
	double	trend;		/* 1 up, -1 down */
	double	stop, extreme, rate;
	double	high, low;	/* of the bar before */
};

enum { SAR_SIZE = sizeof(struct sar) / sizeof(double) };

/* The rate at first, what is added to it, and where it ends. */
struct pace {
	double	first, step, most;
};

size_t
sar_size(const double *param)
{
	(void)param;
	return (SAR_SIZE);
}

static struct pace
pace_of(const double *param)
{
	return ((struct pace){ fmin(param[0], param[1]), param[0],
	    param[1] });
}

static inline double
lesser(double a, double b)
{
	return (a < b ? a : b);
}

static inline double
greater(double a, double b)
{
	return (a > b ? a : b);
}

/* Up, unless the low fell by more than the high rose. */
static void
sar_open(struct sar *s, const struct pace *pace, double high, double low)
{
	double rise = high - s->high, fall = s->low - low;

	s->trend = fall > 0 && fall > rise ? -1 : 1;
	s->stop = s->trend > 0 ? s->low : s->high;
	s->extreme = s->trend > 0 ? high : low;
	s->rate = pace->first;
	/* The first stop is held against this bar alone. */
	s->high = high;
	s->low = low;
}

/* Not inside the last two bars. */
static inline double
sar_clear(const struct sar *s, double high, double low, double stop)
{
	return (s->trend > 0 ? lesser(stop, lesser(s->low, low)) :
	    greater(stop, greater(s->high, high)));
}

/* The stop was met: the trend turns, and the stop is the old extreme. */
static inline void
sar_turn(struct sar *s, const struct pace *pace, double high, double low)
{
	s->trend = -s->trend;
	s->stop = sar_clear(s, high, low, s->extreme);
	s->extreme = s->trend > 0 ? high : low;
	s->rate = pace->first;
}

/* The second bar, or a later one: the stop that it meets or leaves. */
static inline double
sar_bar(struct sar *s, const struct pace *pace, double high, double low)
{
	bool up = s->trend > 0;
	double stop;

	if (up ? low <= s->stop : high >= s->stop) {
		sar_turn(s, pace, high, low);
	} else if (up ? high > s->extreme : low < s->extreme) {
		s->extreme = up ? high : low;
		s->rate = lesser(pace->most, s->rate + pace->step);
	}
	stop = s->stop;
	s->stop = sar_clear(s, high, low, stop + s->rate *
	    (s->extreme - stop));
	s->high = high;
	s->low = low;
	return (stop);
}

/* The first bar and what the second makes of it; are there two? */
static bool
sar_begin(struct sar *s, const struct pace *pace, double high, double low)
{
	if (s->bars++ > 0) {
		sar_open(s, pace, high, low);
		return (true);
	}
	s->high = high;
	s->low = low;
	return (false);
}

bool
sar_step(double *state, const double *param, const struct bar *bar,
    double *out)
{
	struct sar *s = (struct sar *)state;
	struct pace pace = pace_of(param);

	if (s->bars < 2 && !sar_begin(s, &pace, bar->high, bar->low))
		return (false);
	out[0] = sar_bar(s, &pace, bar->high, bar->low);
	out[1] = s->trend;
	return (true);
}

void
sar_pass(const double *param, struct pass *p)
{
	struct sar s = *(struct sar *)p->carry;
	struct pace pace = pace_of(param);
	double stop[PASS_ROOM], trend[PASS_ROOM];

	for (size_t i = p->fresh; i < p->n; i++) {
		if (s.bars < 2 && !sar_begin(&s, &pace, p->high[i], p->low[i]))
			continue;
		stop[i] = sar_bar(&s, &pace, p->high[i], p->low[i]);
		trend[i] = s.trend;
	}
	*(struct sar *)p->carry = s;
	pass_put(p, 0, stop, p->from);
	pass_put(p, 1, trend, p->from);
}
