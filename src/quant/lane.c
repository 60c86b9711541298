/*
 * Sums, spreads and the checks every figure starts with. A block of values
 * is passed twice while it is at hand, for its mean and for squares about
 * it, and blocks are joined with compensated sums: the textbook one-pass
 * variance loses every digit on prices, and a constant 0.1 must have no
 * variance at all.
 */
#include <string.h>

#include "quant/lane.h"

/* Below this share of the largest magnitude a spread is rounding. */
static const double ROUNDING = 1e-12;

/* A lane's next values, at most a block of them. */
enum { BLOCK = 512, PARTS = 4 };

static double
parts_sum(const double part[PARTS])
{
	return ((part[0] + part[1]) + (part[2] + part[3]));
}

/* What is known of a block before its mean is. */
struct first {
	double	sum[PARTS], low[PARTS], high[PARTS];
	double	scale[PARTS];		/* of what is taken off, if it varies */
};

#define FIRST	{ { 0 }, { INFINITY, INFINITY, INFINITY, INFINITY },	\
	{ -INFINITY, -INFINITY, -INFINITY, -INFINITY }, { 0 } }

static inline void
first_meet(struct first *f, size_t j, double d)
{
	f->sum[j] += d;
	f->low[j] = d < f->low[j] ? d : f->low[j];
	f->high[j] = d > f->high[j] ? d : f->high[j];
}

static inline void
first_scale(struct first *f, size_t j, double less)
{
	less = fabs(less);
	f->scale[j] = less > f->scale[j] ? less : f->scale[j];
}

/* Copies n values of a lane to d, and sums them on the way. */
WIDE static void
block_load(struct lane l, size_t n, double *restrict d, struct first *out)
{
	struct first f = *out;
	size_t i;

	for (i = 0; l.less == NULL && i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			d[i + j] = l.x[i + j] - l.flat;
			first_meet(&f, j, d[i + j]);
		}
	for (; l.less != NULL && i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			d[i + j] = l.x[i + j] - l.less[i + j];
			first_meet(&f, j, d[i + j]);
			first_scale(&f, j, l.less[i + j]);
		}
	for (; i < n; i++) {
		d[i] = lane_at(l, i);
		first_meet(&f, 0, d[i]);
		first_scale(&f, 0, l.less != NULL ? l.less[i] : 0);
	}
	*out = f;
}

/* Squares about the mean, less what the mean's own rounding adds. */
WIDE static double
block_squares(const double *d, size_t n, double mean)
{
	double squares[PARTS] = { 0 }, rest[PARTS] = { 0 }, y;
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			y = d[i + j] - mean;
			squares[j] += y * y;
			rest[j] += y;
		}
	for (; i < n; i++) {
		y = d[i] - mean;
		squares[0] += y * y;
		rest[0] += y;
	}
	y = parts_sum(rest);
	return (parts_sum(squares) - y * y / (double)n);
}

/* The same of two lanes, and products of distances from the means. */
struct second {
	double	x, y, products;
};

WIDE static struct second
block_pair(const double *restrict x, double x_mean,
    const double *restrict y, double y_mean, size_t n)
{
	double xs[PARTS] = { 0 }, ys[PARTS] = { 0 }, both[PARTS] = { 0 };
	double dx, dy;
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			dx = x[i + j] - x_mean;
			dy = y[i + j] - y_mean;
			xs[j] += dx * dx;
			ys[j] += dy * dy;
			both[j] += dx * dy;
		}
	for (; i < n; i++) {
		dx = x[i] - x_mean;
		dy = y[i] - y_mean;
		xs[0] += dx * dx;
		ys[0] += dy * dy;
		both[0] += dx * dy;
	}
	return ((struct second){ parts_sum(xs), parts_sum(ys),
	    parts_sum(both) });
}

/* A lane so far: blocks joined by how far their means lie apart. */
struct joined {
	struct sum	total, squares;
	struct first	first;		/* low, high and scale of all */
	double		n, mean;
	double		step;		/* the last block's mean from before */
};

/* The mean of the block that was loaded last. */
static double
joined_mean(struct joined *t, size_t n)
{
	double mean = parts_sum(t->first.sum) / (double)n;

	memset(t->first.sum, 0, sizeof(t->first.sum));
	return (mean);
}

static void
joined_add(struct joined *t, size_t n, double mean, double squares)
{
	sum_add(&t->squares, squares);
	sum_add(&t->total, mean * (double)n);
	t->step = t->n > 0 ? mean - t->mean : 0;
	sum_add(&t->squares, t->step * t->step * t->n * (double)n /
	    (t->n + (double)n));
	t->n += (double)n;
	t->mean = sum_of(t->total) / t->n;
}

/* About the largest magnitude of x and of what is taken off it. */
static double
joined_scale(const struct joined *t, struct lane l, double low, double high)
{
	double scale = fabs(l.flat);

	if (l.less == NULL)
		return (fmax(scale, fmax(fabs(low + l.flat),
		    fabs(high + l.flat))));
	for (size_t j = 0; j < PARTS; j++)
		scale = fmax(scale, t->first.scale[j]);
	return (fmax(scale, fmax(fabs(low), fabs(high))));
}

static struct spread
joined_spread(const struct joined *t, struct lane l)
{
	struct spread s = { .mean = t->mean, .squares = sum_of(t->squares) };
	const struct first *f = &t->first;
	double low = f->low[0], high = f->high[0];

	if (t->n == 0)
		return ((struct spread){ 0 });
	for (size_t j = 1; j < PARTS; j++) {
		low = fmin(low, f->low[j]);
		high = fmax(high, f->high[j]);
	}
	s.scale = joined_scale(t, l, low, high);
	if (low == high) {
		s.mean = low;
		s.squares = 0;
	}
	if (t->n > 1 && sqrt(s.squares / (t->n - 1)) <= ROUNDING * s.scale)
		s.squares = 0;
	return (s);
}

struct spread
lane_spread(struct lane l, size_t n)
{
	struct joined t = { .first = FIRST };
	double d[BLOCK], mean;
	size_t m;

	for (size_t at = 0; at < n; at += m) {
		m = n - at < BLOCK ? n - at : BLOCK;
		block_load(lane_from(l, at), m, d, &t.first);
		mean = joined_mean(&t, m);
		joined_add(&t, m, mean, block_squares(d, m, mean));
	}
	return (joined_spread(&t, l));
}

void
lane_pair(struct lane x, struct lane y, size_t n, struct pair *out)
{
	struct joined xs = { .first = FIRST }, ys = xs;
	struct sum products = { 0 };
	double dx[BLOCK], dy[BLOCK], before, x_mean, y_mean;
	struct second two;
	size_t m;

	for (size_t at = 0; at < n; at += m) {
		m = n - at < BLOCK ? n - at : BLOCK;
		before = xs.n;
		block_load(lane_from(x, at), m, dx, &xs.first);
		block_load(lane_from(y, at), m, dy, &ys.first);
		x_mean = joined_mean(&xs, m);
		y_mean = joined_mean(&ys, m);
		two = block_pair(dx, x_mean, dy, y_mean, m);
		joined_add(&xs, m, x_mean, two.x);
		joined_add(&ys, m, y_mean, two.y);
		sum_add(&products, two.products);
		sum_add(&products, xs.step * ys.step * before * (double)m /
		    (before + (double)m));
	}
	out->x = joined_spread(&xs, x);
	out->y = joined_spread(&ys, y);
	out->products = sum_of(products);
}

/* n values of a lane, as they are, to d. */
WIDE static void
block_copy(struct lane l, size_t n, double *restrict d)
{
	if (l.less == NULL) {
		for (size_t i = 0; i < n; i++)
			d[i] = l.x[i] - l.flat;
		return;
	}
	for (size_t i = 0; i < n; i++)
		d[i] = l.x[i] - l.less[i];
}

/* Squares of what lies below 0. */
WIDE static double
block_downside(const double *d, size_t n)
{
	double part[PARTS] = { 0 }, y;
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++) {
			y = d[i + j] < 0 ? d[i + j] : 0;
			part[j] += y * y;
		}
	for (; i < n; i++)
		part[0] += d[i] < 0 ? d[i] * d[i] : 0;
	return (parts_sum(part));
}

WIDE static double
block_sum(const double *d, size_t n)
{
	double part[PARTS] = { 0 };
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++)
			part[j] += d[i + j];
	for (; i < n; i++)
		part[0] += d[i];
	return (parts_sum(part));
}

/* Leaves in d what lies above 0, and in down what lies below. */
WIDE static struct sides
block_part(double *restrict d, size_t n, double *restrict down)
{
	size_t ups = 0, downs = 0;

	for (size_t i = 0; i < n; i++) {
		ups += d[i] > 0;
		downs += d[i] < 0;
	}
	for (size_t i = 0; i < n; i++) {
		down[i] = d[i] < 0 ? d[i] : 0;
		d[i] = d[i] > 0 ? d[i] : 0;
	}
	return ((struct sides){ .ups = (double)ups, .downs = (double)downs });
}

struct sides
lane_sides(struct lane l, size_t n)
{
	struct sides all = { 0 }, one;
	struct sum up = { 0 }, down = { 0 };
	double d[BLOCK], below[BLOCK];
	size_t m;

	for (size_t at = 0; at < n; at += m) {
		m = n - at < BLOCK ? n - at : BLOCK;
		block_copy(lane_from(l, at), m, d);
		one = block_part(d, m, below);
		sum_add(&up, block_sum(d, m));
		sum_add(&down, block_sum(below, m));
		all.ups += one.ups;
		all.downs += one.downs;
	}
	all.up = sum_of(up);
	all.down = sum_of(down);
	return (all);
}

double
lane_downside(struct lane l, size_t n, struct spread s)
{
	struct sum squares = { 0 };
	double d[BLOCK], rms;
	size_t m;

	for (size_t at = 0; at < n; at += m) {
		m = n - at < BLOCK ? n - at : BLOCK;
		block_copy(lane_from(l, at), m, d);
		sum_add(&squares, block_downside(d, m));
	}
	rms = sqrt(sum_of(squares) / (double)n);
	return (rms <= ROUNDING * s.scale ? 0 : rms);
}

/* Nothing times what is finite is nothing; of what is not, it is NaN. */
WIDE bool
numbers_ok(const double *x, size_t n)
{
	double part[PARTS] = { 0 };
	size_t i;

	for (i = 0; i + PARTS <= n; i += PARTS)
		for (size_t j = 0; j < PARTS; j++)
			part[j] += x[i + j] * 0;
	for (; i < n; i++)
		part[0] += x[i] * 0;
	return (parts_sum(part) == 0);
}

enum why
series_fault(const struct series *s, size_t least)
{
	enum why why = series_fault_head(s, least);

	if (why != WHY_INVALID_INPUT && (!numbers_ok(s->r, s->n) ||
	    (s->rf != NULL && !numbers_ok(s->rf, s->n))))
		why = WHY_INVALID_INPUT;
	return (why);
}

enum why
series_fault_head(const struct series *s, size_t least)
{
	if (!(s->periods > 0) || !isfinite(s->periods) ||
	    !isfinite(s->rf_flat))
		return (WHY_INVALID_INPUT);
	return (s->n < least ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

enum why
series_fault_pair(const struct series *s, size_t least)
{
	if (s->b == NULL)
		return (WHY_MISALIGNED);
	if (!numbers_ok(s->b, s->n))
		return (WHY_INVALID_INPUT);
	return (series_fault(s, least));
}

unsigned
history_warning(size_t n, double periods)
{
	return (n < (periods > 200 ? 60 : 12) ? WARN_SHORT_HISTORY : 0);
}
