/*
 * The gates of what is one number a day. A rate is held against the one of the
 * day before, a dividend against the price it is paid out of.
 */
#include "base/order.h"
#include "ingest/bench.h"
#include "ingest/points.h"

#define STEP		5	/* no central bank's rate has gone so far */
#define SPLIT_MOST	1000	/* new for one old, or old for one new */

static struct bench
bench_open(struct arena *a, size_t n, struct quality *out)
{
	*out = (struct quality){ .seen = n,
	    .doubts = ARENA_MANY(a, GATES, struct doubt) };
	return ((struct bench){ a, NULL, out });
}

/* ---- rates ------------------------------------------------------- */

static int
pair_cmp(const void *a, const void *b)
{
	const struct fx_rate *x = a, *y = b;
	int c = str_cmp(x->base, y->base);

	return (c != 0 ? c : str_cmp(x->quote, y->quote));
}

static int
rate_cmp(const void *a, const void *b)
{
	int c = pair_cmp(a, b);

	return (c != 0 ? c : day_cmp(((const struct fx_rate *)a)->day,
	    ((const struct fx_rate *)b)->day));
}

static bool
rate_sound(struct bench *b, const struct fx_rate *r, day today)
{
	enum gate gate = GATES;

	if (!dec_ok(r->rate) || dec_sign(r->rate) <= 0)
		gate = GATE_negative;
	else if (day_cmp(r->day, today) > 0)
		gate = GATE_future;
	if (gate != GATES)
		doubt(b, gate, r->day, doubted(b, gate) ? STR_NONE :
		    arena_printf(b->a, "%.*s %.*s", STR_ARG(r->quote),
		    STR_ARG(amount(b, r->rate))));
	return (gate == GATES && !str_eq(r->base, r->quote));
}

static bool
steps(dec x, dec y)
{
	dec most = dec_of(STEP);

	return (dec_cmp(x, dec_mul(y, most)) > 0 ||
	    dec_cmp(y, dec_mul(x, most)) > 0);
}

static const struct fx_rate *
kept_of(const struct list *kept, const struct fx_rate *r)
{
	const struct fx_rate *v = kept->v;
	size_t i;

	for (i = 0; i < kept->n; i++)
		if (pair_cmp(&v[i], r) == 0)
			return (&v[i]);
	return (NULL);
}

static void
steps_refuse(struct bench *b, const struct list *rates,
    const struct list *kept)
{
	const struct fx_rate *v = rates->v, *before;
	size_t i;

	for (i = 0; i < rates->n; i++) {
		before = i > 0 && pair_cmp(&v[i - 1], &v[i]) == 0 ? &v[i - 1]
		    : kept_of(kept, &v[i]);
		if (before != NULL && steps(before->rate, v[i].rate))
			doubt(b, GATE_step, v[i].day, doubted(b, GATE_step) ?
			    STR_NONE : arena_printf(b->a, "%.*s %.*s",
			    STR_ARG(v[i].quote),
			    STR_ARG(after(b, v[i].rate, before->rate))));
	}
}

void
rates_judge(struct arena *a, struct list *rates, day today,
    const struct list *kept, struct quality *out)
{
	struct bench b = bench_open(a, rates->n, out);
	struct fx_rate *v = rates->v;
	size_t i, n = 0;

	for (i = 0; i < rates->n; i++)
		if (rate_sound(&b, &v[i], today))
			v[n++] = v[i];
	order_stable(v, n, sizeof(*v), rate_cmp);
	out->n = rates->n = order_once(v, n, sizeof(*v), rate_cmp);
	steps_refuse(&b, rates, kept);
	if (broken_judge(&b) || out->refused)
		out->n = rates->n = 0;
}

/* ---- dividends and splits ---------------------------------------- */

static int
dividend_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct dividend *)a)->ex_day,
	    ((const struct dividend *)b)->ex_day));
}

/* The last close before a day; DEC_NONE: none is kept. */
static dec
close_before(const struct list *kept, day on)
{
	const struct kept_close *v = kept->v;
	size_t low = 0, high = kept->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (day_cmp(v[mid].day, on) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low == 0 ? DEC_NONE : v[low - 1].close);
}

static bool
dividend_sound(struct bench *b, const struct dividend *d,
    const struct list *kept)
{
	dec close = close_before(kept, d->ex_day);
	enum gate gate = GATES;

	if (!dec_ok(d->amount) || dec_sign(d->amount) <= 0)
		gate = GATE_negative;
	else if (dec_ok(close) && dec_cmp(d->amount, close) >= 0)
		gate = GATE_dividend;
	if (gate == GATES)
		return (true);
	doubt(b, gate, d->ex_day, amount(b, d->amount));
	return (false);
}

void
dividends_judge(struct arena *a, struct list *dividends,
    const struct list *kept, struct quality *out)
{
	struct bench b = bench_open(a, dividends->n, out);
	struct dividend *v = dividends->v;
	size_t i, n = 0;

	for (i = 0; i < dividends->n; i++)
		if (dividend_sound(&b, &v[i], kept))
			v[n++] = v[i];
	order_stable(v, n, sizeof(*v), dividend_cmp);
	out->n = dividends->n = order_once(v, n, sizeof(*v), dividend_cmp);
}

static int
split_cmp(const void *a, const void *b)
{
	return (day_cmp(((const struct split *)a)->ex_day,
	    ((const struct split *)b)->ex_day));
}

static bool
split_sound(struct bench *b, const struct split *s)
{
	if (s->numerator > 0 && s->denominator > 0 &&
	    s->numerator / s->denominator <= SPLIT_MOST &&
	    s->denominator / s->numerator <= SPLIT_MOST)
		return (true);
	doubt(b, GATE_ratio, s->ex_day, arena_printf(b->a, "%lld for %lld",
	    (long long)s->numerator, (long long)s->denominator));
	return (false);
}

void
splits_judge(struct arena *a, struct list *splits, struct quality *out)
{
	struct bench b = bench_open(a, splits->n, out);
	struct split *v = splits->v;
	size_t i, n = 0;

	for (i = 0; i < splits->n; i++)
		if (split_sound(&b, &v[i]))
			v[n++] = v[i];
	order_stable(v, n, sizeof(*v), split_cmp);
	out->n = splits->n = order_once(v, n, sizeof(*v), split_cmp);
}
