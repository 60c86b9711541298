/*
 * The gates of bars within the day. They are judged each by itself and by the
 * one before; what a session looks like is not asked, because providers
 * differ in what they tell of the hours around it.
 */
#include "base/order.h"
#include "ingest/bench.h"

#define MINUTE_US	(60 * INT64_C(1000000))
#define GRID_MINUTES	15	/* sessions begin at quarters of an hour */

struct table {
	struct bench		   *b;
	const struct moments_ask   *ask;
	struct intraday_bar	   *v;
	size_t			    n;
};

static bool
on_grid(const struct moments_ask *ask, instant at)
{
	int64_t step = (ask->minutes < GRID_MINUTES ? ask->minutes
						    : GRID_MINUTES) * MINUTE_US;

	return (at.us % step == 0);
}

/* GATES when it may stay; prices that are missing are filled. */
static enum gate
moment_judge(const struct moments_ask *ask, struct intraday_bar *m)
{
	struct daily_bar bar = { day_of_instant(m->at), m->open, m->high,
	    m->low, m->close, m->volume };
	enum gate gate = bar_judge(&bar);

	*m = (struct intraday_bar){ m->at, bar.open, bar.high, bar.low,
	    bar.close, bar.volume };
	if (gate != GATES)
		return (gate);
	if (m->at.us > ask->until.us)
		return (GATE_future);
	return (on_grid(ask, m->at) ? GATES : GATE_grid);
}

static void
moments_sift(struct table *t, const struct intraday_bar *bars, size_t n)
{
	struct intraday_bar m;
	enum gate gate;
	size_t i;

	for (i = 0; i < n; i++) {
		m = bars[i];
		gate = moment_judge(t->ask, &m);
		if (gate == GATES)
			t->v[t->n++] = m;
		else
			doubt(t->b, gate, day_of_instant(m.at),
			    amount(t->b, m.close));
	}
}

/* ---- in order, each once ----------------------------------------- */

static int
by_moment(const void *x, const void *y)
{
	int64_t p = ((const struct intraday_bar *)x)->at.us;
	int64_t q = ((const struct intraday_bar *)y)->at.us;

	return ((p > q) - (p < q));
}

static void
moments_order(struct table *t)
{
	bool up = true, down = true;
	size_t i, n = 0;

	for (i = 1; i < t->n && (up || down); i++) {
		up = up && t->v[i - 1].at.us <= t->v[i].at.us;
		down = down && t->v[i - 1].at.us >= t->v[i].at.us;
	}
	/* Newest first is an order too. */
	if (!up && !down)
		doubt(t->b, GATE_unsorted, day_of_instant(t->v[i - 1].at),
		    STR_NONE);
	order_stable(t->v, t->n, sizeof(*t->v), by_moment);
	for (i = 0; i < t->n; i++) {
		if (n > 0 && t->v[n - 1].at.us == t->v[i].at.us) {
			doubt(t->b, GATE_twice, day_of_instant(t->v[i].at),
			    after(t->b, t->v[i].close, t->v[n - 1].close));
			n--;
		}
		t->v[n++] = t->v[i];
	}
	t->n = n;
}

/* ---- beside the one before --------------------------------------- */

/* One that leaps and is back with the next is dropped; a leap that stays
 * refuses the batch. */
static void
moments_leap(struct table *t)
{
	dec before = t->ask->last, now;
	size_t i, n = 0;
	bool back;

	for (i = 0; i < t->n; i++) {
		now = t->v[i].close;
		if (dec_ok(before) && leap(before, now)) {
			back = i + 1 < t->n ? !leap(before, t->v[i + 1].close)
					    : n > 0;
			doubt(t->b, back ? GATE_hundredfold : GATE_scale,
			    day_of_instant(t->v[i].at),
			    after(t->b, now, before));
			if (!back)
				return;
			continue;
		}
		before = now;
		t->v[n++] = t->v[i];
	}
	t->n = n;
}

static void
closed_judge(struct table *t)
{
	day d, last = DAY_NONE;
	size_t i;

	if (t->ask->open_on == NULL)
		return;
	for (i = 0; i < t->n; i++) {
		d = day_of_instant(t->v[i].at);
		if (day_ok(last) && day_cmp(d, last) == 0)
			continue;
		last = d;
		/* It may be the next day there already. */
		if ((t->ask->known_on == NULL ||
		    t->ask->known_on(t->ask->calendar, d)) &&
		    !t->ask->open_on(t->ask->calendar, d) &&
		    !t->ask->open_on(t->ask->calendar, day_add(d, 1)))
			doubt(t->b, GATE_closed, d, STR_NONE);
	}
}

void
moments_judge(struct arena *a, const struct moments_ask *ask,
    const struct intraday_bar *bars, size_t n, struct quality *out)
{
	struct bench b = { a, NULL, out };
	struct table t = { &b, ask, NULL, 0 };

	*out = (struct quality){
		.seen = n,
		.doubts = ARENA_MANY(a, GATES, struct doubt)
	};
	t.v = ARENA_MANY(a, n, struct intraday_bar);
	moments_sift(&t, bars, n);
	moments_order(&t);
	moments_leap(&t);
	closed_judge(&t);
	out->moments = t.v;
	out->n = t.n;
	if (broken_judge(&b) || out->refused)
		out->n = 0;
}
