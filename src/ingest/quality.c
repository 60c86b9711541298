/*
 * The gates, one after the other: bars that cannot be are dropped, the rest
 * is put in order, then held against its neighbours and the calendar.
 */
#include "base/order.h"
#include "ingest/bench.h"

#define CLOSES_SHARE	20	/* one of so many may be missing */
#define BROKEN_SHARE	10	/* one of so many may be what cannot be */
#define BROKEN_FEW	2	/* and so many in any batch with good ones */
#define GAP_DAYS_MAX	3660	/* sessions looked for, from `from` on */

const struct gate_row gates[GATES] = {
#define GATE(name, does, doc) { #name, GATE_##does, doc },
#include "ingest/quality.def"
#undef GATE
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

bool
doubted(const struct bench *b, enum gate gate)
{
	size_t i;

	for (i = 0; i < b->q->doubts_n; i++)
		if (b->q->doubts[i].gate == gate)
			return (true);
	return (false);
}

void
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

str
after(struct bench *b, dec now, dec before)
{
	char p[DEC_TEXT_MAX], q[DEC_TEXT_MAX];

	dec_print(now, p);
	dec_print(before, q);
	return (arena_printf(b->a, "%s after %s", p, q));
}

str
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

enum gate
bar_judge(struct daily_bar *bar)
{
	if (!dec_ok(bar->close))
		return (GATE_no_close);
	bar_fill(bar);
	if (!bar_positive(bar))
		return (GATE_negative);
	return (bar_range(bar) ? GATES : GATE_inverted);
}

static void
bars_sift(struct bench *b, const struct daily_bar *bars, size_t n)
{
	struct daily_bar bar;
	enum gate gate;
	size_t i;

	for (i = 0; i < n; i++) {
		bar = bars[i];
		gate = day_cmp(bar.day, b->ask->to) > 0 ? GATE_future
							: bar_judge(&bar);
		if (gate == GATES)
			b->q->bars[b->q->n++] = bar;
		else
			doubt(b, gate, bar.day, amount(b, bar.close));
	}
}

/* Those that were dropped, without the ones that are missing at all. */
bool
broken_judge(struct bench *b)
{
	const struct doubt *x = b->q->doubts;
	int64_t bad = 0;
	size_t i, n = b->q->doubts_n;
	day on = DAY_NONE;

	for (i = 0; i < n; i++) {
		if (gates[x[i].gate].does != GATE_BAR ||
		    x[i].gate == GATE_no_close || x[i].gate == GATE_grid)
			continue;
		bad += x[i].days;
		on = x[i].on;
	}
	if (bad * BROKEN_SHARE <= (int64_t)b->q->seen ||
	    (bad <= BROKEN_FEW && b->q->n > 0))
		return (false);
	doubt(b, GATE_broken, on, arena_printf(b->a, "%lld of %zu",
	    (long long)bad, b->q->seen));
	return (true);
}

/* ---- in order, each day once ------------------------------------- */

static int
by_day(const void *x, const void *y)
{
	return (day_cmp(((const struct daily_bar *)x)->day,
	    ((const struct daily_bar *)y)->day));
}

static void
bars_order(struct bench *b)
{
	struct daily_bar *v = b->q->bars;
	bool up = true, down = true;
	size_t i, n = 0;

	for (i = 1; i < b->q->n && (up || down); i++) {
		up = up && day_cmp(v[i - 1].day, v[i].day) <= 0;
		down = down && day_cmp(v[i - 1].day, v[i].day) >= 0;
	}
	/* Newest first is an order too. */
	if (!up && !down)
		doubt(b, GATE_unsorted, v[i - 1].day, STR_NONE);
	order_stable(v, b->q->n, sizeof(*v), by_day);
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
		if (b->ask->known_on != NULL &&
		    !b->ask->known_on(b->ask->calendar, d))
			continue;
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
	if (closes_enough(&b) && !broken_judge(&b) && rescaled_judge(&b) &&
	    scale_judge(&b)) {
		hundredfolds_drop(&b);
		if (leaps_judge(&b)) {
			steps_judge(&b);
			volumes_judge(&b);
			calendar_judge(&b);
		}
	}
	if (out->refused)
		out->n = 0;
}
