/*
 * Whole arrays at the speed of memory, for the indicators that are asked for
 * most. A window's sum waits for the sum before it, so two stripes of the
 * array go side by side, each begun anew; where the numbers are such that a
 * running sum would lose digits, the stripe is done again by the steps that
 * streams use. Outputs may overwrite the input.
 */
#include <string.h>

#include "quant/window.h"

enum {
	LANES = 2,		/* a pair of doubles at a time */
	STRIPE = 256,		/* outputs of one lane before it starts anew */
	CHUNK = LANES * STRIPE,
	BUFFER = CHUNK + INDICATOR_WINDOW_MAX + 1
};

/*
 * A running sum's error is at most CHUNK / 2 roundings of the largest in
 * the chunk: below 1e-12 of the smallest while they are this near.
 */
static const double SUMS_NEAR = 1.0 / 16;
/* Squares that fell further than this carry the error of their peak. */
static const double FALLEN = 1e-2;
/* Below this share of the level, squares are to be judged exactly. */
static const double LEVEL = 1e-10;

/* Smallest and largest magnitude, four apart at a time. */
struct extent {
	double	low[4], high[4];
};

static const struct extent EXTENT_NONE = {
	{ INFINITY, INFINITY, INFINITY, INFINITY }, { 0, 0, 0, 0 }
};

static inline void
extent_meet(struct extent *e, size_t j, double x)
{
	x = fabs(x);
	e->low[j] = x < e->low[j] ? x : e->low[j];
	e->high[j] = x > e->high[j] ? x : e->high[j];
}

static double
extent_low(const struct extent *e)
{
	return (fmin(fmin(e->low[0], e->low[1]), fmin(e->low[2], e->low[3])));
}

static double
extent_high(const struct extent *e)
{
	return (fmax(fmax(e->high[0], e->high[1]),
	    fmax(e->high[2], e->high[3])));
}

/* The inputs of m outputs, and zeros that are read beyond. */
static void
buffer_fill(double *buffer, const double *x, size_t m, size_t w)
{
	memcpy(buffer, x, (m + w - 1) * sizeof(*x));
	buffer[m + w - 1] = 0;
}

/* ---- simple average ---------------------------------------------- */

/*
 * Four sums at a time wait for one: what each adds to the first is known
 * before. m is a multiple of 4. Answers the first window's magnitude.
 */
static double
sums_run(const double *restrict x, size_t m, size_t w, double *restrict out)
{
	double sum = 0, magnitude = 0, d0, d1, d2, d3;

	for (size_t i = 0; i < w; i++) {
		sum += x[i];
		magnitude += fabs(x[i]);
	}
	for (size_t k = 0; k < m; k += 4) {
		d0 = x[k + w] - x[k];
		d1 = x[k + 1 + w] - x[k + 1];
		d2 = x[k + 2 + w] - x[k + 2];
		d3 = x[k + 3 + w] - x[k + 3];
		out[k] = sum;
		out[k + 1] = sum + d0;
		out[k + 2] = sum + (d0 + d1);
		out[k + 3] = sum + ((d0 + d1) + d2);
		sum += (d0 + d1) + (d2 + d3);
	}
	return (magnitude);
}

/* Sums to averages, and between what the sums were; n is 4 times some. */
WIDE static struct extent
averages_of(double *x, size_t n, double by)
{
	struct extent e = EXTENT_NONE;

	for (size_t k = 0; k < n; k += 4)
		for (size_t j = 0; j < 4; j++) {
			extent_meet(&e, j, x[k + j]);
			x[k + j] *= by;
		}
	return (e);
}

static void
sma_exact(const double *x, size_t m, size_t w, double *out)
{
	struct sum sum = { 0 };

	for (size_t i = 0; i + 1 < w; i++)
		sum_add(&sum, x[i]);
	for (size_t k = 0; k < m; k++) {
		sum_add(&sum, x[k + w - 1]);
		out[k] = sum_of(sum) / (double)w;
		sum_add(&sum, -x[k]);
	}
}

size_t
quant_sma(const double *x, size_t n, size_t w, double *out)
{
	double buffer[BUFFER], first;
	size_t count, m, whole;
	struct extent e;

	if (w < 1 || w > INDICATOR_WINDOW_MAX || n < w)
		return (0);
	count = n - w + 1;
	for (size_t at = 0; at < count; at += m) {
		m = count - at < CHUNK ? count - at : CHUNK;
		whole = m - m % 4;
		buffer_fill(buffer, x + at, m, w);
		first = sums_run(buffer, whole, w, out + at);
		e = averages_of(out + at, whole, 1 / (double)w);
		if (!(extent_low(&e) >= SUMS_NEAR *
		    fmax(first, extent_high(&e))))
			whole = 0;
		sma_exact(buffer + whole, m - whole, w, out + at + whole);
	}
	return (count);
}

/* ---- rolling deviation ------------------------------------------- */

/* Squares about the mean of each window, from a level near all of them. */
static void
squares_lanes(const double *restrict x, size_t w, size_t lane,
    double *restrict out)
{
	double level[LANES], mean[LANES], squares[LANES], y, in, gone, moved;
	double by = 1 / (double)w;

	for (size_t s = 0; s < LANES; s++) {
		level[s] = x[s * lane];
		mean[s] = squares[s] = 0;
		for (size_t i = 0; i < w; i++)
			mean[s] += x[s * lane + i] - level[s];
		mean[s] *= by;
		for (size_t i = 0; i < w; i++) {
			y = x[s * lane + i] - level[s] - mean[s];
			squares[s] += y * y;
		}
	}
	for (size_t j = 0; j < lane; j++)
		for (size_t s = 0; s < LANES; s++) {
			const double *at = x + s * lane + j;

			out[s * lane + j] = squares[s];
			in = at[w] - level[s];
			gone = at[0] - level[s];
			moved = mean[s] + (in - gone) * by;
			squares[s] += (in - gone) *
			    ((in + gone) - (mean[s] + moved));
			mean[s] = moved;
		}
}

static void
deviation_exact(const double *x, size_t m, size_t w, double *out)
{
	double state[sizeof(struct slide) / sizeof(double) + RING_HEAD +
	    INDICATOR_WINDOW_MAX];
	double mean, deviation;
	size_t k = 0;

	memset(state, 0, spread_size((double)w) * sizeof(state[0]));
	for (size_t i = 0; i < m + w - 1; i++)
		if (spread_push(state, (double)w, x[i], &mean, &deviation))
			out[k++] = deviation;
}

/* Squares to deviations, and between what the squares were. */
WIDE static struct extent
roots_of(double *x, size_t n, double by)
{
	struct extent e = EXTENT_NONE;
	size_t k;

	for (k = 0; k + 4 <= n; k += 4)
		for (size_t j = 0; j < 4; j++) {
			extent_meet(&e, j, x[k + j]);
			x[k + j] = sqrt(fabs(x[k + j] * by));
		}
	for (; k < n; k++) {
		extent_meet(&e, 0, x[k]);
		x[k] = sqrt(fabs(x[k] * by));
	}
	return (e);
}

/* A lane's squares to deviations; anew if they cannot be trusted. */
static void
deviation_lane(const double *x, size_t m, size_t w, double *out)
{
	struct extent e = roots_of(out, m, 1 / (double)w);
	double low = extent_low(&e), high = extent_high(&e), level;

	/* No mean in the lane is further off than this. */
	level = LEVEL * (fabs(x[0]) + (double)(m + w) * sqrt(high));
	if (!(low >= FALLEN * high && low > (double)w * level * level))
		deviation_exact(x, m, w, out);
}

size_t
quant_roll_deviation(const double *x, size_t n, size_t w, double *out)
{
	double buffer[BUFFER];
	size_t count, m, lane;

	if (w < 2 || w > INDICATOR_WINDOW_MAX || n < w)
		return (0);
	count = n - w + 1;
	for (size_t at = 0; at < count; at += m) {
		m = count - at < CHUNK ? count - at : CHUNK;
		lane = m / LANES;
		buffer_fill(buffer, x + at, m, w);
		squares_lanes(buffer, w, lane, out + at);
		for (size_t s = 0; lane > 0 && s < LANES; s++)
			deviation_lane(buffer + s * lane, lane, w,
			    out + at + s * lane);
		if (m > LANES * lane)
			deviation_exact(buffer + LANES * lane,
			    m - LANES * lane, w, out + at + LANES * lane);
	}
	return (count);
}

/* ---- exponential averages ---------------------------------------- */

static double
seed_mean(const double *x, size_t w)
{
	struct sum seed = { 0 };

	for (size_t i = 0; i < w; i++)
		sum_add(&seed, x[i]);
	return (sum_of(seed) / (double)w);
}

/*
 * Four at a time: what they add to the average is known before the average
 * is, so that it waits for one product and one sum in four.
 */
size_t
quant_ema(const double *x, size_t n, size_t w, double *out)
{
	double a = 2 / ((double)w + 1), c = 1 - a, e, p1, p2, p3, p4;
	double c2 = c * c, c3 = c2 * c, c4 = c2 * c2;
	size_t count, k;

	if (w < 1 || n < w)
		return (0);
	count = n - w + 1;
	e = seed_mean(x, w);
	x += w - 1;
	out[0] = e;
	for (k = 1; k + 4 <= count; k += 4) {
		p1 = a * x[k];
		p2 = a * x[k + 1] + c * p1;
		p3 = a * x[k + 2] + c * p2;
		p4 = a * x[k + 3] + c * p3;
		out[k] = p1 + c * e;
		out[k + 1] = p2 + c2 * e;
		out[k + 2] = p3 + c3 * e;
		e = out[k + 3] = p4 + c4 * e;
	}
	for (; k < count; k++)
		e = out[k] = a * x[k] + c * e;
	return (count);
}

/* 100 where all is gain, 0 where all is loss; nothing where neither. */
static double
share_of(double up, double down)
{
	double all = up + down;

	return (all > 0 ? 100 * up / all : NAN);
}

size_t
quant_rsi(const double *x, size_t n, size_t w, double *out)
{
	double a = 1 / (double)w, c = 1 - a, gain, loss, before, move;
	struct sum ups = { 0 }, downs = { 0 };

	if (w < 1 || n < w + 1)
		return (0);
	for (size_t i = 1; i <= w; i++) {
		sum_add(&ups, fmax(x[i] - x[i - 1], 0));
		sum_add(&downs, fmax(x[i - 1] - x[i], 0));
	}
	gain = sum_of(ups) / (double)w;
	loss = sum_of(downs) / (double)w;
	before = x[w];
	out[0] = share_of(gain, loss);
	for (size_t k = 1; k + w < n; k++) {
		move = x[k + w] - before;
		before = x[k + w];
		gain = c * gain + a * (move > 0 ? move : 0);
		loss = c * loss + a * (move < 0 ? -move : 0);
		out[k] = share_of(gain, loss);
	}
	return (n - w);
}
