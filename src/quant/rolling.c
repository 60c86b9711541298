/*
 * Trailing windows in O(n). A pane slides over two lanes: means and sums of
 * products about them take the entering value and give up the leaving one,
 * and are computed afresh every 1024 steps, or when a spread has fallen so
 * far below its peak that what is left would be rounding.
 */
#include "quant/lane.h"

enum { REFRESH = 1024 };
static const double FALLEN = 1e-2;
static const double FLAT = 1e-12;

struct side {
	struct lane	lane;
	double		mean, squares;
	double		peak;		/* of squares since the refresh */
	double		last;
	size_t		same;		/* values in a row equal to last */
};

struct pane {
	struct side	x, y;
	double		products;
	size_t		w, age;
};

static void
side_meet(struct side *s, double v)
{
	s->same = s->same > 0 && v == s->last ? s->same + 1 : 1;
	s->last = v;
}

static void
side_refresh(struct side *s, size_t at, size_t w)
{
	struct spread whole = lane_spread(lane_from(s->lane, at), w);

	s->mean = whole.mean;
	s->peak = s->squares = whole.squares;
}

static void
pane_refresh(struct pane *p, size_t at)
{
	side_refresh(&p->x, at, p->w);
	side_refresh(&p->y, at, p->w);
	p->products = lane_products(lane_from(p->x.lane, at), p->x.mean,
	    lane_from(p->y.lane, at), p->y.mean, p->w);
	p->age = 0;
}

/* Is every value of the window the same, or as good as? */
static bool
side_flat(const struct side *s, size_t w)
{
	return (s->same >= w || s->squares / (double)(w - 1) <=
	    FLAT * s->mean * FLAT * s->mean);
}

static void
side_slide(struct side *s, double in, double out, size_t w)
{
	double mean = s->mean + (in - out) / (double)w;

	s->squares += (in - out) * (in - mean + out - s->mean);
	s->mean = mean;
	s->peak = fmax(s->peak, s->squares);
}

static bool
side_fallen(const struct side *s)
{
	return (!(s->squares >= FALLEN * s->peak));
}

/* The window now begins at `at`; x_out and y_out have left it. */
static void
pane_slide(struct pane *p, size_t at, double x_out, double y_out)
{
	double x = lane_at(p->x.lane, at + p->w - 1);
	double y = lane_at(p->y.lane, at + p->w - 1);
	double y_mean = p->y.mean;

	side_meet(&p->x, x);
	side_meet(&p->y, y);
	side_slide(&p->x, x, x_out, p->w);
	side_slide(&p->y, y, y_out, p->w);
	p->products += (x - p->x.mean) * (y - y_mean) -
	    (x_out - p->x.mean) * (y_out - y_mean);
	p->age++;
	if (p->age >= REFRESH || side_fallen(&p->x) || side_fallen(&p->y))
		pane_refresh(p, at);
}

/* What a window answers, times `by`. */
typedef double	pane_read(const struct pane *p);

static size_t
roll(struct lane x, struct lane y, size_t n, size_t w, pane_read *read,
    double by, double *out)
{
	struct pane p = { .x.lane = x, .y.lane = y, .w = w };
	double x_out = 0, y_out = 0;

	if (w < 2 || n < w || !isfinite(by))
		return (0);
	for (size_t i = 0; i < w; i++) {
		side_meet(&p.x, lane_at(x, i));
		side_meet(&p.y, lane_at(y, i));
	}
	pane_refresh(&p, 0);
	for (size_t at = 0; at + w <= n; at++) {
		if (at > 0)
			pane_slide(&p, at, x_out, y_out);
		/* `out` may be an input: read what leaves before writing. */
		x_out = lane_at(x, at);
		y_out = lane_at(y, at);
		out[at] = read(&p) * by;
	}
	return (n - w + 1);
}

static double
read_mean(const struct pane *p)
{
	return (p->x.same >= p->w ? p->x.last : p->x.mean);
}

static double
read_deviation(const struct pane *p)
{
	if (side_flat(&p->x, p->w))
		return (0);
	return (sqrt(p->x.squares / (double)(p->w - 1)));
}

static double
read_sharpe(const struct pane *p)
{
	if (side_flat(&p->x, p->w))
		return (NAN);
	return (p->x.mean / read_deviation(p));
}

static double
read_beta(const struct pane *p)
{
	return (side_flat(&p->y, p->w) ? NAN : p->products / p->y.squares);
}

static double
read_correlation(const struct pane *p)
{
	if (side_flat(&p->x, p->w) || side_flat(&p->y, p->w))
		return (NAN);
	return (fmax(-1, fmin(1,
	    p->products / sqrt(p->x.squares * p->y.squares))));
}

size_t
quant_roll_mean(const double *r, size_t n, size_t w, double *out)
{
	return (roll(lane_raw(r), lane_raw(r), n, w, read_mean, 1, out));
}

size_t
quant_roll_volatility(const double *r, size_t n, size_t w, double p,
    double *out)
{
	return (roll(lane_raw(r), lane_raw(r), n, w, read_deviation, sqrt(p),
	    out));
}

size_t
quant_roll_sharpe(const struct series *s, size_t w, double *out)
{
	struct lane ex = lane_excess(s, s->r);

	return (roll(ex, ex, s->n, w, read_sharpe, sqrt(s->periods), out));
}

size_t
quant_roll_beta(const struct series *s, size_t w, double *out)
{
	if (s->b == NULL)
		return (0);
	return (roll(lane_excess(s, s->r), lane_excess(s, s->b), s->n, w,
	    read_beta, 1, out));
}

size_t
quant_roll_correlation(const struct series *s, size_t w, double *out)
{
	if (s->b == NULL)
		return (0);
	return (roll(lane_excess(s, s->r), lane_excess(s, s->b), s->n, w,
	    read_correlation, 1, out));
}
