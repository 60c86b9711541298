/*
 * Back-adjusted closes, from the newest day backwards, by one running
 * multiplier.
 */
#include "market/adjusted.h"

struct walk {
	const struct events	*ev;
	size_t			 dividend, split;	/* not yet met */
	dec			 multiplier;
	size_t			 refused;
};

/* The splits on the session that begins after `before`, up to `on`. */
static void
splits_meet(struct walk *w, day before, dec *close)
{
	const struct split *s;

	while (w->split > 0) {
		s = &w->ev->splits[w->split - 1];
		if (day_cmp(s->ex_day, before) <= 0)
			return;
		w->multiplier = dec_mul_div(w->multiplier,
		    dec_of(s->denominator), dec_of(s->numerator));
		*close = dec_mul_div(*close, dec_of(s->denominator),
		    dec_of(s->numerator));
		w->split--;
	}
}

/* `close`: of the session before, in units after that day's splits. */
static void
dividends_meet(struct walk *w, day before, dec close)
{
	const struct dividend *d;

	while (w->dividend > 0) {
		d = &w->ev->dividends[w->dividend - 1];
		if (day_cmp(d->ex_day, before) <= 0)
			return;
		if (dec_cmp(d->amount, close) < 0)
			w->multiplier = dec_mul_div(w->multiplier,
			    dec_sub(close, d->amount), close);
		else
			w->refused++;
		w->dividend--;
	}
}

/* Events after the newest session have not happened yet. */
static void
walk_begin(struct walk *w, const struct events *ev, day newest)
{
	*w = (struct walk){ .ev = ev, .dividend = ev->dividend_n,
	    .split = ev->split_n, .multiplier = dec_of(1) };
	while (w->dividend > 0 && day_cmp(
	    ev->dividends[w->dividend - 1].ex_day, newest) > 0)
		w->dividend--;
	while (w->split > 0 &&
	    day_cmp(ev->splits[w->split - 1].ex_day, newest) > 0)
		w->split--;
}

size_t
closings_adjust(struct closing *c, size_t n, const struct events *ev)
{
	struct walk w;
	dec close;
	size_t i;

	if (n == 0)
		return (0);
	walk_begin(&w, ev, c[n - 1].day);
	for (i = n - 1;; i--) {
		c[i].adjusted = dec_mul(c[i].close, w.multiplier);
		if (i == 0)
			return (w.refused);
		close = c[i - 1].close;
		splits_meet(&w, c[i - 1].day, &close);
		dividends_meet(&w, c[i - 1].day, close);
	}
}
