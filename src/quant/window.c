/*
 * What indicators keep of their windows, bar by bar.
 */
#include "quant/window.h"

void
slide_whole(struct slide *s, double level, struct spread whole)
{
	s->level = level;
	s->mean = whole.mean;
	s->peak = s->squares = whole.squares;
	s->age = 0;
}

double
ring_back(const double *ring, double w, double ago)
{
	double at = ring[1] - 1 - ago;

	return (ring[RING_HEAD + (size_t)(at < 0 ? at + w : at)]);
}

double
ring_push(double *ring, double w, double x)
{
	double *slot = ring + RING_HEAD + (size_t)ring[1];
	double left = ring_full(ring, w) ? *slot : 0;

	*slot = x;
	ring[0] = fmin(ring[0] + 1, w);
	ring[1] = ring[1] + 1 < w ? ring[1] + 1 : 0;
	return (left);
}

bool
average_push(double *average, double w, double x, double *out)
{
	struct sum sum = { average[0], average[1] };
	double *ring = average + 2;

	sum_add(&sum, -ring_push(ring, w, x));
	sum_add(&sum, x);
	average[0] = sum.total;
	average[1] = sum.lost;
	*out = sum_of(sum) / w;
	return (ring_full(ring, w));
}

bool
ema_push(double *ema, double w, double alpha, double x, double *out)
{
	struct sum seed = { ema[1], ema[2] };

	if (ema[0] >= w) {
		ema[3] += alpha * (x - ema[3]);
	} else {
		sum_add(&seed, x);
		ema[0]++;
		ema[1] = seed.total;
		ema[2] = seed.lost;
		ema[3] = sum_of(seed) / w;
	}
	*out = ema[3];
	return (ema[0] >= w);
}

bool
wilder_push(double *ema, double w, double x, double *out)
{
	return (ema_push(ema, w, 1 / w, x, out));
}

bool
spread_push(double *spread, double w, double x, double *mean,
    double *deviation)
{
	struct slide *s = (struct slide *)spread;
	double *ring = spread + sizeof(*s) / sizeof(double);
	bool was_full = ring_full(ring, w);
	double left = ring_push(ring, w, x);

	slide_meet(s, x);
	if (!ring_full(ring, w))
		return (false);
	if (was_full)
		slide_move(s, x, left, 1 / w);
	if (!was_full || slide_due(s))
		slide_whole(s, x, lane_spread((struct lane){
		    .x = ring_values(ring), .flat = x }, (size_t)w));
	*mean = s->same >= w ? s->last : s->level + s->mean;
	*deviation = slide_flat(s, w) ? 0 : sqrt(s->squares / w);
	return (true);
}

/* The weighted sum of a full ring, from nothing. */
static struct sum
weighted_whole(const double *ring, double w)
{
	struct sum sum = { 0 };

	for (double ago = 0; ago < w; ago++)
		sum_add(&sum, (w - ago) * ring_back(ring, w, ago));
	return (sum);
}

bool
weighted_push(double *weighted, double w, double x, double *out)
{
	struct sum sum = { weighted[0], weighted[1] };
	struct sum plain = { weighted[2], weighted[3] };
	double *ring = weighted + 5;
	bool was_full = ring_full(ring, w);
	double left = ring_push(ring, w, x);

	if (was_full) {
		/* Every weight falls by one before the latest has its w. */
		sum_add(&sum, -plain.total);
		sum_add(&sum, -plain.lost);
	}
	sum_add(&sum, ring[0] * x);
	sum_add(&plain, -left);
	sum_add(&plain, x);
	if (++weighted[4] >= SLIDE_REFRESH && ring_full(ring, w)) {
		sum = weighted_whole(ring, w);
		weighted[4] = 0;
	}
	weighted[0] = sum.total;
	weighted[1] = sum.lost;
	weighted[2] = plain.total;
	weighted[3] = plain.lost;
	*out = sum_of(sum) / (w * (w + 1) / 2);
	return (ring_full(ring, w));
}

void
line_back(const double *x, size_t w, double *sum, double *squares,
    double *placed)
{
	double s = 0, q = 0, p = 0, d;

	for (size_t j = w; j-- > 0;) {
		d = x[j] - x[w - 1];
		placed[j] = p += s;
		sum[j] = s += d;
		squares[j] = q += d * d;
	}
}

/* The block is whole: a window of its own, and what the next begins with. */
static void
line_border(struct line *l, const double *x, size_t w)
{
	double *end = (double *)l + sizeof(*l) / sizeof(double) + w;

	line_back(x, w, end, end + w, end + 2 * w);
	*l = (struct line){ .level = x[w - 1], .full = 1 };
}

bool
line_push(double *line, double w, double x, double *products,
    double *squares)
{
	struct line *l = (struct line *)line;
	double *block = line + sizeof(*l) / sizeof(double), all, d, least;
	const double *end = block + (size_t)w;
	size_t n = (size_t)w, j = (size_t)l->count++;

	block[j] = x;
	d = x - l->level;
	l->placed += (double)j * d;
	l->sum += d;
	l->squares += d * d;
	if (++j == n) {
		line_border(l, block, n);
		j = 0;
	}
	all = end[j] + l->sum;
	*products = end[j + 2 * n] + ((w - (double)j) * l->sum + l->placed) -
	    (w - 1) / 2 * all;
	*squares = end[j + n] + l->squares - all * (all / w);
	least = FLAT * (l->level + all / w);
	if (!(*squares > least * least * (w - 1)))
		*squares = 0;
	return (l->full != 0);
}

/* Pushes so far, the first one's slot, how many; the values; their numbers. */
bool
highest_push(double *highest, double w, double x, double *out)
{
	size_t n = (size_t)w, first = (size_t)highest[1];
	size_t count = (size_t)highest[2];
	double *value = highest + HIGHEST_HEAD, *number = value + n;

	if (count > 0 && number[first] <= highest[0] - w) {
		first = first + 1 < n ? first + 1 : 0;
		count--;
	}
	while (count > 0 && value[(first + count - 1) % n] <= x)
		count--;
	value[(first + count) % n] = x;
	number[(first + count) % n] = highest[0]++;
	highest[1] = (double)first;
	highest[2] = (double)(count + 1);
	*out = value[first];
	return (highest[0] >= w);
}

double
highest_ago(const double *highest, double w)
{
	return (highest[0] - 1 -
	    highest[HIGHEST_HEAD + (size_t)w + (size_t)highest[1]]);
}
