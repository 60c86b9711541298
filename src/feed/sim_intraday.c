/*
 * One session of the simulated market, second by second, between a day's
 * open and close and never outside its range: a bridge over 390 minutes that
 * passes the day's high and low, and ticks within each minute that stay
 * between its ends. So the high and low "so far" are those of the minutes
 * passed and of one minute's seconds.
 */
#include <math.h>

#include "feed/sim.h"

#define MINUTES (SIM_SESSION_S / 60)

static double
between(double x, double a, double b)
{
	double lo = a < b ? a : b, hi = a < b ? b : a;

	return (x < lo ? lo : x > hi ? hi : x);
}

/* Fill the minutes between two that are known, the middle one first. */
static void
bridge(double *k, int a, int b, const struct sim_day *d, uint64_t seed)
{
	int mid = a + (b - a) / 2;
	double rough = ((double)d->high - d->low) / 28; /* per root minute */

	if (mid == a)
		return;
	k[mid] = between((k[a] * (b - mid) + k[b] * (mid - a)) / (b - a) +
		rough * sqrt((double)(b - a)) / 2 *
		    sim_normal(seed, (uint64_t)mid),
	    d->low, d->high);
	bridge(k, a, mid, d, seed);
	bridge(k, mid, b, d, seed);
}

/* The minute in which the day's extreme is met: an end if it is there. */
static int
minute_of(
    int32_t extreme, const struct sim_day *d, uint64_t seed, uint64_t draw)
{
	if (extreme == d->open)
		return (0);
	if (extreme == d->close)
		return (MINUTES);
	return (1 + (int)(sim_bits(seed, draw) % (MINUTES - 1)));
}

static void
minutes_make(const struct sim_day *d, uint64_t seed, double k[MINUTES + 1])
{
	int high = minute_of(d->high, d, seed, 1000);
	int low = minute_of(d->low, d, seed, 1001), first, second;

	if (high == low && high > 0 && high < MINUTES)
		low = low > 1 ? low - 1 : low + 1;
	k[0] = d->open;
	k[MINUTES] = d->close;
	k[high] = d->high;
	k[low] = d->low;
	first = high < low ? high : low;
	second = high < low ? low : high;
	bridge(k, 0, first, d, seed);
	bridge(k, first, second, d, seed);
	bridge(k, second, MINUTES, d, seed);
}

static int32_t
second_price(const double *k, uint64_t seed, int second)
{
	int m = second / 60, s = second % 60;
	double step, tick;

	if (s == 0)
		return ((int32_t)(k[m] + .5));
	step = k[m + 1] - k[m];
	tick = (sim_uniform(seed, 2000 + (uint64_t)second) - .5) * step * s *
	    (60 - s) / 900;
	return ((int32_t)(between(k[m] + step * s / 60 + tick, k[m], k[m + 1]) +
	    .5));
}

static void
tick_widen(struct sim_tick *t, int32_t price)
{
	t->price = price;
	t->high = price > t->high ? price : t->high;
	t->low = price < t->low ? price : t->low;
}

struct sim_tick
sim_intraday(const struct sim_day *d, uint64_t seed, int second)
{
	struct sim_tick t = { d->open, d->open, d->open };
	double k[MINUTES + 1];
	int minute = second / 60;

	minutes_make(d, seed, k);
	for (int m = 1; m <= minute; m++)
		tick_widen(&t, second_price(k, seed, m * 60));
	for (int s = minute * 60 + 1; s <= second; s++)
		tick_widen(&t, second_price(k, seed, s));
	return (t);
}

/* Busy at the open and the close: what was traded up to a minute, as a share
 * of the day, in millionths. */
static int64_t
traded_until(int minute)
{
	int64_t x = 2 * minute - MINUTES, m = MINUTES, all = 2 * m;

	return ((minute + (x * x * x + m * m * m) / (2 * m * m)) * 1000000 /
	    all);
}

size_t
sim_session(
    const struct sim_day *d, uint64_t seed, int minutes, struct sim_bar *out)
{
	double k[MINUTES + 1];
	struct sim_tick t;
	int from, to;
	size_t n = 0;

	minutes_make(d, seed, k);
	for (from = 0; from < MINUTES; from = to) {
		to = from + minutes < MINUTES ? from + minutes : MINUTES;
		t.price = t.high = t.low = second_price(k, seed, from * 60);
		out[n] = (struct sim_bar){ .second = from * 60,
			.open = t.price,
			.volume = d->volume * traded_until(to) / 1000000 -
			    d->volume * traded_until(from) / 1000000 };
		for (int m = from + 1; m <= to; m++)
			tick_widen(&t, second_price(k, seed, m * 60));
		out[n].high = t.high;
		out[n].low = t.low;
		out[n++].close = t.price;
	}
	return (n);
}

/* A slow wave of a few hundredths of a per cent and a tick every 3 s. */
int32_t
sim_hover(const struct sim_day *d, uint64_t seed, int64_t unix_s)
{
	uint64_t slow = (uint64_t)(unix_s / 64), fast = (uint64_t)(unix_s / 3);
	double width = d->close * .0004 + 2, u = (double)(unix_s % 64) / 64;
	double a = sim_uniform(seed, 2 * slow) - .5;
	double b = sim_uniform(seed, 2 * slow + 2) - .5;
	double tick = sim_uniform(seed, 2 * fast + 1) - .5;
	double price = d->close + width * (2 * (a + (b - a) * u) + tick);

	return ((int32_t)(between(price, d->low, d->high) + .5));
}
