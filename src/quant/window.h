/*
 * What slides: a spread that follows its window, and the rings and averages
 * indicators keep in their state. Everything here is made of doubles alone,
 * zeroed at the start, so that a state is one array of them. Not for other
 * rooms.
 */
#ifndef BURSAR_QUANT_WINDOW_H
#define BURSAR_QUANT_WINDOW_H

#include "quant/lane.h"

/*
 * Mean and squares about it of the last w values. The mean is kept as its
 * distance from a level near the values: at a price of a million a mean's
 * last digit is worth more than a small spread's.
 */
struct slide {
	double	level, mean, squares;
	double	peak;		/* of squares since they were computed whole */
	double	age;		/* moves since then */
	double	last, same;	/* how many in a row are equal to last */
};

/* A deviation below this share of the mean is rounding. */
#define FLAT	1e-12

enum { SLIDE_REFRESH = 1024 };		/* moves */
#define SLIDE_FALLEN	0.1		/* squares, of their peak */

static inline void
slide_meet(struct slide *s, double x)
{
	s->same = s->same > 0 && x == s->last ? s->same + 1 : 1;
	s->last = x;
}

/* `whole` is of values less `level`. */
void	slide_whole(struct slide *s, double level, struct spread whole);

/* `by` is one over the window. */
static inline void
slide_move(struct slide *s, double in, double out, double by)
{
	double mean = s->mean + (in - out) * by;

	s->squares += (in - out) * ((in - s->level) + (out - s->level) -
	    (mean + s->mean));
	s->mean = mean;
	s->peak = s->squares > s->peak ? s->squares : s->peak;
	s->age++;
}

/*
 * Must the window be computed whole again? After so many moves, or when what
 * is left of the squares would be rounding.
 */
static inline bool
slide_due(const struct slide *s)
{
	return (s->age >= SLIDE_REFRESH ||
	    !(s->squares >= SLIDE_FALLEN * s->peak));
}

/* Is every value of the window the same, or as good as? */
static inline bool
slide_flat(const struct slide *s, double w)
{
	double mean = FLAT * (s->level + s->mean);

	return (s->same >= w || (s->squares <= mean * mean * (w - 1) &&
	    s->squares < INFINITY));
}

/* ---- the last w values: count, where the next goes, the values --- */

enum { RING_HEAD = 2 };

static inline size_t
ring_size(double w)
{
	return (RING_HEAD + (size_t)w);
}

static inline bool
ring_full(const double *ring, double w)
{
	return (ring[0] >= w);
}

/* In no order that matters to a sum. */
static inline double *
ring_values(double *ring)
{
	return (ring + RING_HEAD);
}

/* The value `ago` steps back, 0 the latest; fewer than were pushed. */
double	ring_back(const double *ring, double w, double ago);
/* Takes x; the one that left, 0 while the ring was not full. */
double	ring_push(double *ring, double w, double x);

/* ---- averages; a push is true once `out` is one of w values ------ */

enum { EMA_SIZE = 4 };

static inline size_t
average_size(double w)
{
	return (2 + ring_size(w));
}

bool	average_push(double *average, double w, double x, double *out);
/* Exponential, seeded with the mean of the first w. */
bool	ema_push(double *ema, double w, double alpha, double x, double *out);
/* As Wilder smooths: alpha is 1 / w. */
bool	wilder_push(double *ema, double w, double x, double *out);

static inline size_t
spread_size(double w)
{
	return (sizeof(struct slide) / sizeof(double) + ring_size(w));
}

/* Its ring, once full, in no order. */
static inline double *
spread_values(double *spread)
{
	return (spread + sizeof(struct slide) / sizeof(double) + RING_HEAD);
}

/* Mean and population deviation of w values. */
bool	spread_push(double *spread, double w, double x, double *mean,
	    double *deviation);

/* Weighted 1, 2, .. w up to the latest. */
static inline size_t
weighted_size(double w)
{
	return (5 + ring_size(w));
}

bool	weighted_push(double *weighted, double w, double x, double *out);

/*
 * Sums of the straight line through w values, in blocks, as span.h says: the
 * head, the block's values, and its sums from each place to its end.
 */
struct line {
	double	level, count, full;
	double	sum, squares, placed;	/* since the border */
};

static inline size_t
line_size(double w)
{
	return (sizeof(struct line) / sizeof(double) + 4 * (size_t)w);
}

/* Sums of distances from x[w - 1], from each place to the block's end. */
void	line_back(const double *x, size_t w, double *sum, double *squares,
	    double *placed);
/*
 * True once there are w values: products of distances from the means of
 * place and value, and squares about the mean, 0 where only rounding.
 */
bool	line_push(double *line, double w, double x, double *products,
	    double *squares);

/*
 * The highest of w values; of -x it is the lowest. It keeps those that
 * nothing later exceeds, each with its number, so a push costs the same
 * whichever way the market goes.
 */
enum { HIGHEST_HEAD = 3 };

static inline size_t
highest_size(double w)
{
	return (HIGHEST_HEAD + 2 * (size_t)w);
}

bool	highest_push(double *highest, double w, double x, double *out);
/* How many pushes ago the highest was, the latest of equals; 0: now. */
double	highest_ago(const double *highest, double w);

#endif
