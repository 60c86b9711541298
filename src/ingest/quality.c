/*
 * The gates, one after the other: bars that cannot be are dropped, the rest
 * is put in order, then held against its neighbours and the calendar. Ratios
 * of neighbours are doubles: they are judged, never kept.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/quality.h"

#define CLOSES_SHARE	20	/* one of so many may be missing */
#define SCALE		100.0	/* pence in a pound */
#define SCALE_SLACK	1.5	/* times or divided by */
#define JUMP_UP		1.6
#define JUMP_DOWN	0.6
#define AROUND		3	/* bars on each side */
#define SPLIT_SLACK	0.03	/* of the ratio */
#define FLAT_DAYS	5
#define VOLUME_TIMES	50.0
#define VOLUME_DAYS	20	/* fewer tell nothing of what is usual */
#define GAP_DAYS_MAX	3660	/* sessions looked for, from `from` on */

const struct gate_row gates[GATES] = {
#define GATE(name, does, doc) { #name, GATE_##does, doc },
#include "ingest/quality.def"
#undef GATE
};

struct bench {
	struct arena		 *a;
	const struct quality_ask *ask;
	struct quality		 *q;
};

/* ---- what is said ------------------------------------------------ */

static struct doubt *
doubt_of(struct bench *b, enum gate gate)
{
	size_t i;

	for (i = 0; i < b->q->doubts_n; i++)
		if (b->q->doubts[i].gate == gate)
			return (&b->q->doubts[i]);
	b->q->doubts[i] = (struct doubt){ gate, DAY_NONE, 0, STR_NONE };
	b->q->doubts_n++;
	return (&b->q->doubts[i]);
}

/* The first day and its detail are kept, the others counted. */
static void
doubt(struct bench *b, enum gate gate, day on, str detail)
{
	struct doubt *x = doubt_of(b, gate);

	if (x->days++ == 0) {
		x->on = on;
		x->detail = detail;
	}
	if (gates[gate].does == GATE_BATCH)
		b->q->refused = true;
}

static str
after(struct bench *b, dec now, dec before)
{
	char p[DEC_TEXT_MAX], q[DEC_TEXT_MAX];

	dec_print(now, p);
	dec_print(before, q);
	return (arena_printf(b->a, "%s after %s", p, q));
}

static str
amount(struct bench *b, dec x)
{
	char p[DEC_TEXT_MAX];

	dec_print(x, p);
	return (arena_printf(b->a, "%s", p));
}

/* ---- one bar by itself ------------------------------------------- */

/* A price that is missing beside a close is the close's. */
static void
bar_fill(struct daily_bar *bar)
{
	if (!dec_ok(bar->open))
		bar->open = bar->close;
	if (!dec_ok(bar->high))
		bar->high = dec_max(bar->open, bar->close);
	if (!dec_ok(bar->low))
		bar->low = dec_min(bar->open, bar->close);
	if (!dec_ok(bar->volume))
		bar->volume = DEC_ZERO;
}

static bool
bar_positive(const struct daily_bar *bar)
{
	return (dec_sign(bar->open) > 0 && dec_sign(bar->high) > 0 &&
	    dec_sign(bar->low) > 0 && dec_sign(bar->close) > 0 &&
	    dec_sign(bar->volume) >= 0);
}

/* Adjusted prices carry the noise of a product: a millionth is let pass. */
static bool
bar_range(struct daily_bar *bar)
{
	dec top = dec_max(bar->open, bar->close);
	dec bottom = dec_min(bar->open, bar->close);
	dec noise = dec_mul(bar->close, dec_units(1, 6));

	if (dec_cmp(bar->high, dec_sub(top, noise)) < 0 ||
	    dec_cmp(bar->low, dec_add(bottom, noise)) > 0 ||
	    dec_cmp(bar->low, dec_add(bar->high, noise)) > 0)
		return (false);
	bar->high = dec_max(bar->high, top);
	bar->low = dec_min(bar->low, bottom);
	return (true);
}

/* GATES when it may stay. */
static enum gate
bar_judge(const struct bench *b, struct daily_bar *bar)
{
	if (!dec_ok(bar->close))
		return (GATE_no_close);
	bar_fill(bar);
	if (!bar_positive(bar))
		return (GATE_negative);
	if (day_cmp(bar->day, b->ask->to) > 0)
		return (GATE_future);
	if (!bar_range(bar))
		return (GATE_inverted);
	return (GATES);
}

static void
bars_sift(struct bench *b, const struct daily_bar *bars, size_t n)
{
	struct daily_bar bar;
	enum gate gate;
	size_t i;

	for (i = 0; i < n; i++) {
		bar = bars[i];
		gate = bar_judge(b, &bar);
		if (gate == GATES)
			b->q->bars[b->q->n++] = bar;
		else
			doubt(b, gate, bar.day, amount(b, bar.close));
	}
}

/* ---- in order, each day once ------------------------------------- */

/* Of one day the one that came later stays later. */
static int
by_day(const void *x, const void *y)
{
	const struct daily_bar *p = *(const struct daily_bar *const *)x;
	const struct daily_bar *q = *(const struct daily_bar *const *)y;
	int c = day_cmp(p->day, q->day);

	return (c != 0 ? c : (p > q) - (p < q));
}

static void
bars_sort(struct arena *a, struct daily_bar *v, size_t n)
{
	const struct daily_bar **order;
	struct daily_bar *copy;
	size_t i;

	order = ARENA_MANY(a, n, const struct daily_bar *);
	copy = ARENA_MANY(a, n, struct daily_bar);
	memcpy(copy, v, n * sizeof(*v));
	for (i = 0; i < n; i++)
		order[i] = &copy[i];
	qsort(order, n, sizeof(const struct daily_bar *), by_day);
	for (i = 0; i < n; i++)
		v[i] = *order[i];
}

static void
bars_order(struct bench *b)
{
	struct daily_bar *v = b->q->bars;
	size_t i, n = 0;
	bool sorted = true;

	for (i = 1; i < b->q->n && sorted; i++)
		sorted = day_cmp(v[i - 1].day, v[i].day) <= 0;
	if (!sorted) {
		doubt(b, GATE_unsorted, v[i - 1].day, STR_NONE);
		bars_sort(b->a, v, b->q->n);
	}
	for (i = 0; i < b->q->n; i++) {
		if (n > 0 && day_cmp(v[n - 1].day, v[i].day) == 0) {
			doubt(b, GATE_twice, v[i].day,
			    after(b, v[i].close, v[n - 1].close));
			n--;
		}
		v[n++] = v[i];
	}
	b->q->n = n;
}

/* ---- beside its neighbours --------------------------------------- */

static double
share(dec x, dec y)
{
	return (dec_double(x) / dec_double(y));
}

static bool
hundredfold(double r)
{
	double up = r < 1 ? 1 / r : r;

	return (up > SCALE / SCALE_SLACK && up < SCALE * SCALE_SLACK);
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

/* The whole batch in another unit: its first close beside the last kept. */
static bool
scale_judge(struct bench *b)
{
	const struct daily_bar *first = b->q->bars;
	double r;

	if (b->q->n == 0 || !dec_ok(b->ask->last_close) ||
	    day_cmp(first->day, b->ask->last_day) <= 0)
		return (true);
	r = share(first->close, b->ask->last_close);
	if (!hundredfold(r) ||
	    split_known(b, b->ask->last_day, first->day, r))
		return (true);
	/* One bar that is wrong, and back with the next: its own fault. */
	if (b->q->n > 1 &&
	    !hundredfold(share(first[1].close, b->ask->last_close)))
		return (true);
	doubt(b, GATE_scale, first->day,
	    after(b, first->close, b->ask->last_close));
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

	if (i < AROUND && dec_ok(b->ask->last_close) &&
	    day_cmp(v[0].day, b->ask->last_day) > 0)
		near[m++] = dec_double(b->ask->last_close);
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

static void
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

static void
steps_judge(struct bench *b)
{
	const struct daily_bar *v = b->q->bars;
	size_t i, still = 1;

	if (b->q->n > 0 && dec_ok(b->ask->last_close) &&
	    day_cmp(v[0].day, b->ask->last_day) > 0)
		step_judge(b, b->ask->last_day, b->ask->last_close, &v[0]);
	for (i = 1; i < b->q->n; i++) {
		step_judge(b, v[i - 1].day, v[i - 1].close, &v[i]);
		still = bar_still(&v[i - 1], &v[i]) ? still + 1 : 1;
		if (still >= FLAT_DAYS)
			doubt(b, GATE_flat, v[i + 1 - still].day,
			    amount(b, v[i].close));
	}
}

static void
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

/* ---- beside the calendar ----------------------------------------- */

static bool
due(const struct bench *b, day d)
{
	return (b->ask->open_on == NULL ||
	    b->ask->open_on(b->ask->calendar, d));
}

static void
calendar_judge(struct bench *b)
{
	const struct daily_bar *v = b->q->bars;
	size_t i = 0, looked = 0, expected = 0;
	day d;

	for (d = b->ask->from; day_cmp(d, b->ask->to) <= 0 &&
	    looked < GAP_DAYS_MAX; d = day_add(d, 1), looked++) {
		while (i < b->q->n && day_cmp(v[i].day, d) < 0)
			i++;
		if (!due(b, d)) {
			if (i < b->q->n && day_cmp(v[i].day, d) == 0)
				doubt(b, GATE_closed, d, STR_NONE);
			continue;
		}
		expected++;
		if (i >= b->q->n || day_cmp(v[i].day, d) != 0)
			doubt(b, GATE_missing, d, STR_NONE);
	}
	if (b->q->seen == 0 && expected > 0)
		doubt(b, GATE_empty, b->ask->from, STR_NONE);
}

/* ---- the whole --------------------------------------------------- */

static bool
closes_enough(struct bench *b)
{
	struct doubt *x;
	size_t i;

	for (i = 0; i < b->q->doubts_n; i++) {
		x = &b->q->doubts[i];
		if (x->gate != GATE_no_close ||
		    (size_t)x->days * CLOSES_SHARE <= b->q->seen)
			continue;
		doubt(b, GATE_no_closes, x->on, STR_NONE);
		return (false);
	}
	return (true);
}

void
quality_judge(struct arena *a, const struct quality_ask *ask,
    const struct daily_bar *bars, size_t n, struct quality *out)
{
	struct bench b = { a, ask, out };

	*out = (struct quality){
		.bars = ARENA_MANY(a, n, struct daily_bar),
		.seen = n,
		.doubts = ARENA_MANY(a, GATES, struct doubt)
	};
	bars_sift(&b, bars, n);
	bars_order(&b);
	if (closes_enough(&b) && scale_judge(&b)) {
		hundredfolds_drop(&b);
		steps_judge(&b);
		volumes_judge(&b);
		calendar_judge(&b);
	}
	if (out->refused)
		out->n = 0;
}
