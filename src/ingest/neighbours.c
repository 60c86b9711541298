/*
 * Bars beside those around them and those that are kept. Ratios are doubles:
 * they are judged, never kept.
 */
#include <math.h>
#include <stdlib.h>

#include "ingest/bench.h"

#define SCALE		100.0	/* pence in a pound */
#define SCALE_SLACK	1.5	/* divided by */
#define LEAP		60.0	/* beyond every split but a few */
#define RESCALED_DAYS	2	/* of which one factor is believed */
#define RESCALED_SLACK	0.005
#define RESCALED_UP	1.2
#define JUMP_UP		1.6
#define JUMP_DOWN	0.6
#define AROUND		3	/* bars on each side */
#define SPLIT_SLACK	0.03	/* of the ratio */
#define FLAT_DAYS	5
#define VOLUME_TIMES	50.0
#define VOLUME_DAYS	20	/* fewer tell nothing of what is usual */

static double
share(dec x, dec y)
{
	return (dec_double(x) / dec_double(y));
}

static bool
hundredfold(double r)
{
	double up = r < 1 ? 1 / r : r;

	return (up > SCALE / SCALE_SLACK);
}

bool
leap(dec before, dec now)
{
	double r = share(now, before);

	return (r > LEAP || r < 1 / LEAP);
}

/* A split on a day after `before`, up to `on`, explains the step. */
static bool
split_known(const struct bench *b, day before, day on, double r)
{
	const struct split *s = b->ask->splits;
	size_t i;
	double want;

	for (i = 0; i < b->ask->splits_n; i++) {
		if (day_cmp(s[i].ex_day, before) <= 0 ||
		    day_cmp(s[i].ex_day, on) > 0)
			continue;
		want = (double)s[i].denominator / (double)s[i].numerator;
		if (r / want < JUMP_UP && r / want > JUMP_DOWN)
			return (true);
	}
	return (false);
}

static day
last_day(const struct bench *b)
{
	return (b->ask->kept_n == 0 ? DAY_NONE
				    : b->ask->kept[b->ask->kept_n - 1].day);
}

static dec
last_close(const struct bench *b)
{
	return (b->ask->kept_n == 0 ? DEC_NONE
				    : b->ask->kept[b->ask->kept_n - 1].close);
}

/* Is the first bar newer than all that is kept? */
static bool
goes_on(const struct bench *b)
{
	return (b->q->n > 0 && b->ask->kept_n > 0 &&
	    day_cmp(b->q->bars[0].day, last_day(b)) > 0);
}

/* Days that are kept already, by how many times they are told now. */
bool
rescaled_judge(struct bench *b)
{
	const struct kept_close *k = b->ask->kept;
	const struct daily_bar *v = b->q->bars;
	double r, low = INFINITY, high = 0;
	size_t i = 0, j = 0, same = 0, at = 0;

	while (i < b->q->n && j < b->ask->kept_n) {
		if (day_cmp(v[i].day, k[j].day) != 0) {
			if (day_cmp(v[i].day, k[j].day) < 0)
				i++;
			else
				j++;
			continue;
		}
		r = share(v[i].close, k[j].close);
		low = fmin(low, r);
		high = fmax(high, r);
		same++;
		at = i++;
		j++;
	}
	if (same < RESCALED_DAYS || high / low > 1 + RESCALED_SLACK ||
	    (high < RESCALED_UP && low > 1 / RESCALED_UP))
		return (true);
	doubt(b, GATE_rescaled, v[at].day, arena_printf(b->a,
	    "%.6g times what is kept", low));
	return (false);
}

/* The whole batch in another unit: its first close beside the last kept. */
bool
scale_judge(struct bench *b)
{
	const struct daily_bar *first = b->q->bars;
	double r;

	if (!goes_on(b))
		return (true);
	r = share(first->close, last_close(b));
	if (!hundredfold(r) || split_known(b, last_day(b), first->day, r))
		return (true);
	/* One bar that is wrong, and back with the next: its own fault. */
	if (b->q->n > 1 &&
	    !hundredfold(share(first[1].close, last_close(b))))
		return (true);
	doubt(b, GATE_scale, first->day,
	    after(b, first->close, last_close(b)));
	return (false);
}

static int
by_size(const void *x, const void *y)
{
	double p = *(const double *)x, q = *(const double *)y;

	return ((p > q) - (p < q));
}

/*
 * How many times what is usual around it a close is: the middle of up to
 * three on each side and the last that is kept. Of two middles the nearer,
 * so that a step that stays is none. 1 where there is too little to tell.
 */
static double
times_usual(const struct bench *b, const struct daily_bar *v, size_t n,
    size_t i)
{
	double near[2 * AROUND + 1], at = dec_double(v[i].close), x, y;
	size_t j = i > AROUND ? i - AROUND : 0, m = 0;

	if (i < AROUND && goes_on(b))
		near[m++] = dec_double(last_close(b));
	for (; j <= i + AROUND && j < n; j++)
		if (j != i)
			near[m++] = dec_double(v[j].close);
	if (m < 2)
		return (1);
	qsort(near, m, sizeof(*near), by_size);
	x = at / near[m / 2];
	y = at / near[(m - 1) / 2];
	return (fabs(log(x)) < fabs(log(y)) ? x : y);
}

void
hundredfolds_drop(struct bench *b)
{
	struct daily_bar *v = b->q->bars;
	bool *odd = ARENA_MANY(b->a, b->q->n, bool);
	size_t i, kept = 0;
	double r;

	for (i = 0; i < b->q->n; i++) {
		r = times_usual(b, v, b->q->n, i);
		odd[i] = hundredfold(r) &&
		    !split_known(b, day_add(v[i].day, -7), v[i].day, r);
		if (odd[i])
			doubt(b, GATE_hundredfold, v[i].day,
			    amount(b, v[i].close));
	}
	for (i = 0; i < b->q->n; i++)
		if (!odd[i])
			v[kept++] = v[i];
	b->q->n = kept;
}

/* What is left after the odd ones are dropped steps like that for good. */
bool
leaps_judge(struct bench *b)
{
	const struct daily_bar *v = b->q->bars;
	size_t i;

	for (i = 1; i < b->q->n; i++) {
		if (!leap(v[i - 1].close, v[i].close) ||
		    split_known(b, v[i - 1].day, v[i].day,
		    share(v[i].close, v[i - 1].close)))
			continue;
		doubt(b, GATE_scale, v[i].day,
		    after(b, v[i].close, v[i - 1].close));
		return (false);
	}
	return (true);
}

/* 2:1, 3:1, 3:2, 4:1 .. 50:1 and their reverses. */
static bool
like_a_split(double r)
{
	static const double ratios[] = { 2, 3, 1.5, 4, 5, 6, 7, 8, 10, 15,
	    20, 25, 50 };
	double up = r < 1 ? 1 / r : r;
	size_t i;

	for (i = 0; i < sizeof(ratios) / sizeof(ratios[0]); i++)
		if (fabs(up / ratios[i] - 1) < SPLIT_SLACK)
			return (true);
	return (false);
}

static void
step_judge(struct bench *b, day before, dec last, const struct daily_bar *bar)
{
	double r = share(bar->close, last);
	enum gate gate;

	if ((r < JUMP_UP && r > JUMP_DOWN) ||
	    split_known(b, before, bar->day, r))
		return;
	gate = like_a_split(share(bar->open, last)) ? GATE_split : GATE_jump;
	doubt(b, gate, bar->day, after(b, bar->close, last));
}

static bool
bar_still(const struct daily_bar *x, const struct daily_bar *y)
{
	return (dec_eq(x->close, y->close) && dec_eq(x->open, y->open) &&
	    dec_eq(x->high, y->high) && dec_eq(x->low, y->low));
}

void
steps_judge(struct bench *b)
{
	const struct daily_bar *v = b->q->bars;
	size_t i, still = 1;

	if (goes_on(b))
		step_judge(b, last_day(b), last_close(b), &v[0]);
	for (i = 1; i < b->q->n; i++) {
		step_judge(b, v[i - 1].day, v[i - 1].close, &v[i]);
		still = bar_still(&v[i - 1], &v[i]) ? still + 1 : 1;
		if (still >= FLAT_DAYS)
			doubt(b, GATE_flat, v[i + 1 - still].day,
			    amount(b, v[i].close));
	}
}

void
volumes_judge(struct bench *b)
{
	const struct daily_bar *v = b->q->bars;
	size_t i, n = b->q->n;
	double *sizes, usual;

	if (n < VOLUME_DAYS)
		return;
	sizes = ARENA_MANY(b->a, n, double);
	for (i = 0; i < n; i++)
		sizes[i] = dec_double(v[i].volume);
	qsort(sizes, n, sizeof(*sizes), by_size);
	usual = sizes[n / 2];
	for (i = 0; i < n && usual > 0; i++)
		if (dec_double(v[i].volume) > VOLUME_TIMES * usual)
			doubt(b, GATE_volume, v[i].day, amount(b, v[i].volume));
}
