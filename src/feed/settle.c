/*
 * What providers send is put in order here, once for all of them, and what
 * cannot be true is refused. A leap of sixty is beyond every split there has
 * been but a few, and below the factor between pence and pounds.
 */
#include <stdlib.h>
#include <string.h>

#include "feed/gather.h"

#define LEAP       60
#define BAD_IN_TEN 1
#define AHEAD_DAYS 1 /* it is tomorrow already elsewhere */

/* ---- in order, each once ------------------------------------------------- */

/* Stable: of equals the later told stays later. */
static void
order(struct list *l, size_t size, int (*cmp)(const void *, const void *))
{
	char *v = l->v, *w = malloc(l->n * size + 1), *from, *to, *swap;
	size_t width, i, a, b, a_end, b_end;

	if (w == NULL)
		abort();
	from = v;
	to = w;
	for (width = 1; width < l->n; width *= 2) {
		for (i = 0; i < l->n; i += 2 * width) {
			a = i;
			b = a_end = i + width < l->n ? i + width : l->n;
			b_end = b + width < l->n ? b + width : l->n;
			for (size_t k = i; k < b_end; k++)
				memcpy(to + k * size,
				    from +
					(a < a_end &&
						    (b >= b_end ||
							cmp(from + a * size,
							    from + b * size) <=
							    0)
						? a++
						: b++) *
					    size,
				    size);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, l->n * size);
	free(w);
}

static void
once(struct list *l, size_t size, int (*cmp)(const void *, const void *))
{
	char *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (n > 0 && cmp(v + (n - 1) * size, v + i * size) == 0)
			n--;
		memmove(v + n++ * size, v + i * size, size);
	}
	l->n = n;
}

static void
settle(struct list *l, size_t size, int (*cmp)(const void *, const void *))
{
	if (l->n < 2)
		return;
	order(l, size, cmp);
	once(l, size, cmp);
}

/* ---- daily bars ---------------------------------------------------------- */

bool
price_leaps(dec last, dec now)
{
	dec factor = dec_of(LEAP);

	return (dec_sign(last) > 0 && dec_sign(now) > 0 &&
	    (dec_cmp(now, dec_mul(last, factor)) > 0 ||
		dec_cmp(last, dec_mul(now, factor)) > 0));
}

static bool
prices_whole(dec open, dec high, dec low, dec close, dec *volume)
{
	if (!dec_ok(*volume))
		*volume = DEC_ZERO;
	return (dec_sign(open) > 0 && dec_sign(high) > 0 && dec_sign(low) > 0 &&
	    dec_sign(close) > 0 && dec_sign(*volume) >= 0 &&
	    dec_cmp(low, dec_min(open, close)) <= 0 &&
	    dec_cmp(high, dec_max(open, close)) >= 0);
}

static int
bar_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct daily_bar *)a)->day,
	    ((const struct daily_bar *)b)->day));
}

/*
 * Of those in order: one that leaps and whose successor leaps back is left
 * out. False when a leap stays.
 */
static bool
leaps_out(struct list *l)
{
	struct daily_bar *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (n > 0 && price_leaps(v[n - 1].close, v[i].close)) {
			if (i + 1 < l->n &&
			    price_leaps(v[n - 1].close, v[i + 1].close))
				return (false);
			if (i + 1 == l->n && n == 1)
				return (false);
			continue;
		}
		v[n++] = v[i];
	}
	l->n = n;
	return (true);
}

enum feed_answer
bars_settle(struct list *bars, day from, day to, day today)
{
	struct daily_bar *v = bars->v, *b;
	size_t n = 0, bad = 0, all = bars->n;

	for (size_t i = 0; i < bars->n; i++) {
		b = &v[i];
		if (day_ok(b->day) &&
		    day_cmp(b->day, day_add(today, AHEAD_DAYS)) > 0)
			return (FEED_NONSENSE);
		if (!day_ok(b->day) ||
		    !prices_whole(
			b->open, b->high, b->low, b->close, &b->volume)) {
			bad++;
			continue;
		}
		if (day_cmp(b->day, from) >= 0 && day_cmp(b->day, to) <= 0)
			v[n++] = *b;
	}
	bars->n = n;
	if (bad * 10 > all * BAD_IN_TEN)
		return (FEED_NONSENSE);
	settle(bars, sizeof(*v), bar_cmp);
	return (leaps_out(bars) ? FEED_OK : FEED_NONSENSE);
}

/* ---- the others ---------------------------------------------------------- */

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

static int
rate_cmp(const void *a, const void *b)
{
	const struct fx_rate *x = a, *y = b;
	int c = day_cmp(x->day, y->day);

	if (c == 0)
		c = str_cmp(x->base, y->base);
	return (c != 0 ? c : str_cmp(x->quote, y->quote));
}

enum feed_answer
rates_settle(struct list *rates, day from, day to, day today)
{
	struct fx_rate *v = rates->v;
	size_t n = 0;

	for (size_t i = 0; i < rates->n; i++) {
		if (dec_sign(v[i].rate) <= 0 ||
		    day_cmp(v[i].day, day_add(today, AHEAD_DAYS)) > 0)
			return (FEED_NONSENSE);
		if (day_cmp(v[i].day, from) >= 0 && day_cmp(v[i].day, to) <= 0)
			v[n++] = v[i];
	}
	rates->n = n;
	settle(rates, sizeof(*v), rate_cmp);
	return (FEED_OK);
}

static int
point_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct series_point *)a)->day,
	    ((const struct series_point *)b)->day));
}

enum feed_answer
points_settle(struct list *points, day from, day to)
{
	struct series_point *v = points->v;
	size_t n = 0;

	for (size_t i = 0; i < points->n; i++)
		if (day_cmp(v[i].day, from) >= 0 && day_cmp(v[i].day, to) <= 0)
			v[n++] = v[i];
	points->n = n;
	settle(points, sizeof(*v), point_cmp);
	return (FEED_OK);
}

static int
dividend_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct dividend *)a)->ex_day,
	    ((const struct dividend *)b)->ex_day));
}

/* Announced ones lie ahead: no day is too late here. */
enum feed_answer
dividends_settle(struct list *l, day from, day to)
{
	struct dividend *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (dec_sign(v[i].amount) <= 0)
			return (FEED_NONSENSE);
		if (day_cmp(v[i].ex_day, from) >= 0 &&
		    day_cmp(v[i].ex_day, to) <= 0)
			v[n++] = v[i];
	}
	l->n = n;
	settle(l, sizeof(*v), dividend_cmp);
	return (FEED_OK);
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

static int
split_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct split *)a)->ex_day,
	    ((const struct split *)b)->ex_day));
}

enum feed_answer
splits_settle(struct list *l, day from, day to)
{
	struct split *v = l->v;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (v[i].numerator <= 0 || v[i].denominator <= 0)
			return (FEED_NONSENSE);
		if (day_cmp(v[i].ex_day, from) >= 0 &&
		    day_cmp(v[i].ex_day, to) <= 0)
			v[n++] = v[i];
	}
	l->n = n;
	settle(l, sizeof(*v), split_cmp);
	return (FEED_OK);
}
