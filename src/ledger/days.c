/*
 * Days: the fold once more, stopped at the close of each market day to look
 * at what is held and what it was worth. Never a later price.
 */
#include <assert.h>

#include "ledger/ledger.h"

/* How far the fold has come. */
struct walk {
	struct ledger		*l;
	struct activity		*a;
	size_t			 n, done;
	const struct closes	*closes;
};

/* The newest close up to `on`, or NULL. */
static const struct close *
close_of(const struct closes *c, day on)
{
	size_t low, high, mid;

	for (low = 0, high = c->n; low < high;) {
		mid = low + (high - low) / 2;
		if (day_cmp(c->v[mid].on, on) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low > 0 ? &c->v[low - 1] : NULL);
}

/* What a close says of a unit as it is now, after the splits since then. */
static dec
close_per_unit(const struct walk *w, size_t instrument,
    const struct close *c)
{
	const struct activity *a;
	dec price = c->price;
	size_t i;

	for (i = w->done; i > 0; i--) {
		a = &w->a[i - 1];
		if (day_cmp(a->on, c->on) <= 0)
			break;
		if (a->kind == A_SPLIT && a->instrument == instrument)
			price = dec_mul_div(price, dec_of(a->denominator),
			    dec_of(a->numerator));
	}
	return (price);
}

static dec
price_on(const struct walk *w, size_t instrument, day on, bool *stale)
{
	const struct close *c = close_of(&w->closes[instrument], on);

	if (c == NULL || day_between(c->on, on) > CARRY_DAYS)
		*stale = true;
	return (c == NULL ? w->l->holdings[instrument].last_price :
	    close_per_unit(w, instrument, c));
}

static void
day_close(const struct walk *w, struct day_value *v)
{
	const struct ledger *l = w->l;
	dec price;
	size_t i;

	v->cash = v->value = l->cash;
	for (i = 0; i < l->n; i++) {
		if (dec_sign(l->holdings[i].quantity) == 0)
			continue;
		price = price_on(w, i, v->on, &v->stale);
		v->value = dec_add(v->value, trade_amount(
		    l->holdings[i].quantity, price, l->places));
	}
}

/* Do all that was done up to v->on, counting the flows. */
static void
day_open(struct walk *w, struct day_value *v)
{
	struct fault_found fault;
	struct activity *a;

	for (; w->done < w->n; w->done++) {
		a = &w->a[w->done];
		if (day_cmp(a->on, v->on) > 0)
			break;
		ledger_apply(w->l, a, &fault);
		assert(fault.kind == FAULT_NONE);
		if (a->kind == A_DEPOSIT)
			v->inflow = dec_add(v->inflow, a->amount);
		else if (a->kind == A_WITHDRAWAL)
			v->outflow = dec_add(v->outflow, a->amount);
	}
}

size_t
ledger_days(struct ledger *l, struct activity *a, size_t n,
    const struct calendar *c, day from, struct day_value *out)
{
	struct walk w = { .l = l, .a = a, .n = n, .closes = c->closes };
	struct day_value v;
	size_t i, made = 0;

	for (i = 0; i < c->n; i++) {
		v = (struct day_value){ .on = c->days[i], .inflow = DEC_ZERO,
		    .outflow = DEC_ZERO };
		day_open(&w, &v);
		if (w.done == 0 || day_cmp(v.on, from) < 0)
			continue;
		day_close(&w, &v);
		out[made++] = v;
	}
	return (made);
}
