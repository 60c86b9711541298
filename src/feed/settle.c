/*
 * What providers send is cut to what was asked for. Whether it can be is not
 * judged here, save a price of now, which nobody else looks at: what has not
 * come yet stays in, so that whoever judges sees it.
 */
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

void
bars_cut(struct list *bars, day from, day to, day today)
{
	struct daily_bar *v = bars->v;
	size_t n = 0;

	for (size_t i = 0; i < bars->n; i++)
		if (within(v[i].day, from, to) || to_come(v[i].day, today))
			v[n++] = v[i];
	bars->n = n;
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
rates_cut(struct list *rates, day from, day to, day today)
{
	struct fx_rate *v = rates->v;
	size_t n = 0;

	for (size_t i = 0; i < rates->n; i++)
		if (within(v[i].day, from, to) || to_come(v[i].day, today))
			v[n++] = v[i];
	rates->n = n;
}

void
dividends_cut(struct list *l, day from, day to)
{
	struct dividend *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (within(v[i].ex_day, from, to))
			v[n++] = v[i];
	l->n = n;
}

void
splits_cut(struct list *l, day from, day to)
{
	struct split *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (within(v[i].ex_day, from, to))
			v[n++] = v[i];
	l->n = n;
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
	size_t n = 0;

	for (size_t i = 0; i < points->n; i++)
		if (within(v[i].day, from, to))
			v[n++] = v[i];
	order_stable(v, n, sizeof(*v), point_cmp);
	points->n = order_once(v, n, sizeof(*v), point_cmp);
}
