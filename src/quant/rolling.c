/*
 * Trailing windows in O(n): a pane slides over two lanes at once and keeps
 * their means, their squares and their products about them.
 */
#include "quant/window.h"

struct pane {
	struct lane	x, y;
	bool		alone;		/* there is no y */
	struct slide	xs, ys;
	double		products;
	double		by;		/* 1 / w */
	size_t		w;
};

static void
pane_whole(struct pane *p, size_t at)
{
	struct pair whole;

	if (p->alone) {
		slide_whole(&p->xs, 0, lane_spread(lane_from(p->x, at), p->w));
		return;
	}
	lane_pair(lane_from(p->x, at), lane_from(p->y, at), p->w, &whole);
	slide_whole(&p->xs, 0, whole.x);
	slide_whole(&p->ys, 0, whole.y);
	p->products = whole.products;
}

/* The window now begins at `at`; x_out and y_out have left it. */
static void
pane_move(struct pane *p, size_t at, double x_out, double y_out)
{
	double x = lane_at(p->x, at + p->w - 1), y, y_mean = p->ys.mean;

	slide_meet(&p->xs, x);
	slide_move(&p->xs, x, x_out, p->by);
	if (p->alone) {
		if (slide_due(&p->xs))
			pane_whole(p, at);
		return;
	}
	y = lane_at(p->y, at + p->w - 1);
	slide_meet(&p->ys, y);
	slide_move(&p->ys, y, y_out, p->by);
	p->products += (x - p->xs.mean) * (y - y_mean) -
	    (x_out - p->xs.mean) * (y_out - y_mean);
	if (slide_due(&p->xs) || slide_due(&p->ys))
		pane_whole(p, at);
}

static bool
pane_flat(const struct pane *p, const struct slide *s)
{
	return (slide_flat(s, (double)p->w));
}

/* What a window answers. */
typedef double	pane_read(const struct pane *p);

static size_t
roll_both(struct lane x, struct lane y, size_t n, size_t w, pane_read *read,
    double by, double *out)
{
	struct pane p = { .x = x, .y = y, .w = w, .by = 1 / (double)w,
	    .alone = y.x == NULL };
	double x_out = 0, y_out = 0, value;

	if (w < 2 || n < w || !isfinite(by))
		return (0);
	for (size_t i = 0; i < w; i++) {
		slide_meet(&p.xs, lane_at(x, i));
		if (!p.alone)
			slide_meet(&p.ys, lane_at(y, i));
	}
	pane_whole(&p, 0);
	for (size_t at = 0; at + w <= n; at++) {
		if (at > 0)
			pane_move(&p, at, x_out, y_out);
		/* `out` may be an input: read what leaves before writing. */
		x_out = lane_at(x, at);
		y_out = p.alone ? 0 : lane_at(y, at);
		value = read(&p) * by;
		out[at] = isfinite(value) ? value : NAN;
	}
	return (n - w + 1);
}

static size_t
roll(struct lane x, size_t n, size_t w, pane_read *read, double by,
    double *out)
{
	return (roll_both(x, (struct lane){ .x = NULL }, n, w, read, by,
	    out));
}

static double
read_mean(const struct pane *p)
{
	return (p->xs.same >= (double)p->w ? p->xs.last : p->xs.mean);
}

static double
read_deviation(const struct pane *p)
{
	if (pane_flat(p, &p->xs))
		return (0);
	return (sqrt(p->xs.squares / (double)(p->w - 1)));
}

static double
read_sharpe(const struct pane *p)
{
	if (pane_flat(p, &p->xs))
		return (NAN);
	return (p->xs.mean / read_deviation(p));
}

static double
read_beta(const struct pane *p)
{
	return (pane_flat(p, &p->ys) ? NAN : p->products / p->ys.squares);
}

static double
read_correlation(const struct pane *p)
{
	if (pane_flat(p, &p->xs) || pane_flat(p, &p->ys))
		return (NAN);
	return (fmax(-1, fmin(1,
	    p->products / sqrt(p->xs.squares * p->ys.squares))));
}

size_t
quant_roll_mean(const double *r, size_t n, size_t w, double *out)
{
	return (roll(lane_raw(r), n, w, read_mean, 1, out));
}

size_t
quant_roll_volatility(const double *r, size_t n, size_t w, double p,
    double *out)
{
	return (roll(lane_raw(r), n, w, read_deviation, sqrt(p), out));
}

size_t
quant_roll_sharpe(const struct series *s, size_t w, double *out)
{
	return (roll(lane_excess(s, s->r), s->n, w, read_sharpe,
	    sqrt(s->periods), out));
}

size_t
quant_roll_beta(const struct series *s, size_t w, double *out)
{
	if (s->b == NULL)
		return (0);
	return (roll_both(lane_excess(s, s->r), lane_excess(s, s->b), s->n, w,
	    read_beta, 1, out));
}

size_t
quant_roll_correlation(const struct series *s, size_t w, double *out)
{
	if (s->b == NULL)
		return (0);
	return (roll_both(lane_excess(s, s->r), lane_excess(s, s->b), s->n, w,
	    read_correlation, 1, out));
}
