/*
 * What providers send is cut to what was asked for. Whether it can be is not
 * judged here, save a price of now, which nobody else looks at: what has not
 * come yet stays in, so that whoever judges sees it.
 */
#include <stddef.h>
#include <string.h>

#include "base/order.h"
#include "feed/gather.h"

#define LEAP       60 /* beyond every split but a few; pence are a hundred */
#define AHEAD_DAYS 1  /* it is tomorrow already elsewhere */

bool
price_leaps(dec last, dec now)
{
	dec factor = dec_of(LEAP);

	return (dec_sign(last) > 0 && dec_sign(now) > 0 &&
	    (dec_cmp(now, dec_mul(last, factor)) > 0 ||
		dec_cmp(last, dec_mul(now, factor)) > 0));
}

static bool
within(day d, day from, day to)
{
	return (day_cmp(d, from) >= 0 && day_cmp(d, to) <= 0);
}

static bool
to_come(day d, day today)
{
	return (day_cmp(d, day_add(today, AHEAD_DAYS)) > 0);
}

/* `at`: where in an element its day is. The range: from, to, and today, after
 * which what has not come yet stays; or DAY_NONE. */
static void
days_cut(struct list *l, size_t size, size_t at, const day range[3])
{
	char *v = l->v, *p;
	size_t n = 0;
	day d;

	for (size_t i = 0; i < l->n; i++) {
		p = v + i * size;
		memcpy(&d, p + at, sizeof(d));
		if (within(d, range[0], range[1]) ||
		    (day_ok(range[2]) && to_come(d, range[2])))
			memmove(v + n++ * size, p, size);
	}
	l->n = n;
}

#define CUT(l, type, member, from, to, today)                     \
	days_cut((l), sizeof(struct type), offsetof(struct type, member), \
	    (const day[]){ (from), (to), (today) })

void
bars_cut(struct list *bars, day from, day to, day today)
{
	CUT(bars, daily_bar, day, from, to, today);
}

void
rates_cut(struct list *rates, day from, day to, day today)
{
	CUT(rates, fx_rate, day, from, to, today);
}

void
dividends_cut(struct list *l, day from, day to)
{
	CUT(l, dividend, ex_day, from, to, DAY_NONE);
}

void
splits_cut(struct list *l, day from, day to)
{
	CUT(l, split, ex_day, from, to, DAY_NONE);
}

void
intraday_cut(struct list *bars, instant from, instant to, instant now)
{
	struct intraday_bar *v = bars->v;
	size_t n = 0;

	for (size_t i = 0; i < bars->n; i++)
		if (v[i].at.us >= from.us &&
		    (v[i].at.us <= to.us || v[i].at.us > now.us))
			v[n++] = v[i];
	bars->n = n;
}

void
split_reduce(struct split *s)
{
	int64_t a = s->numerator, b = s->denominator, rest;

	while (b != 0) {
		rest = a % b;
		a = b;
		b = rest;
	}
	if (a <= 0)
		return;
	s->numerator /= a;
	s->denominator /= a;
}

/* ---- points: in order, each day once ------------------------------------- */

static int
point_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct series_point *)a)->day,
	    ((const struct series_point *)b)->day));
}

void
points_settle(struct list *points, day from, day to)
{
	struct series_point *v = points->v;

	CUT(points, series_point, day, from, to, DAY_NONE);
	order_stable(v, points->n, sizeof(*v), point_cmp);
	points->n = order_once(v, points->n, sizeof(*v), point_cmp);
}
