/*
 * Days: the fold once more, stopped at the close of each market day to look
 * at what is held and what it was worth. Never a later price.
 */
#include "ledger/ledger.h"

dec
holding_value(const struct holding *h, dec price, int places)
{
	return (dec_round(dec_mul(h->quantity, price), places));
}

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

static dec
price_on(const struct holding *h, const struct close *c, day on, bool *stale)
{
	if (c == NULL) {
		*stale = true;
		return (h->last_price);
	}
	if (day_between(c->on, on) > CARRY_DAYS)
		*stale = true;
	return (c->price);
}

static void
day_close(const struct ledger *l, const struct closes *closes,
    struct day_value *v)
{
	const struct holding *h;
	dec price;
	size_t i;

	v->cash = v->value = l->cash;
	v->stale = false;
	for (i = 0; i < l->n; i++) {
		h = &l->holdings[i];
		if (dec_sign(h->quantity) == 0)
			continue;
		price = price_on(h, close_of(&closes[i], v->on), v->on,
		    &v->stale);
		v->value = dec_add(v->value, holding_value(h, price,
		    l->places));
	}
}

static void
flow_count_in(const struct activity *a, struct day_value *v)
{
	if (a->kind == A_DEPOSIT)
		v->inflow = dec_add(v->inflow, a->amount);
	else if (a->kind == A_WITHDRAWAL)
		v->outflow = dec_add(v->outflow, a->amount);
}

void
ledger_days(struct ledger *l, struct activity *a, size_t n, const day *days,
    size_t days_n, day from, const struct closes *closes,
    struct day_value *out, size_t *made)
{
	struct day_value v;
	struct fault_found fault;
	size_t i, d;

	*made = 0;
	for (i = d = 0; d < days_n; d++) {
		v = (struct day_value){ .on = days[d], .inflow = DEC_ZERO,
		    .outflow = DEC_ZERO };
		while (i < n && day_cmp(a[i].on, days[d]) <= 0) {
			(void)ledger_apply(l, &a[i], &fault);
			flow_count_in(&a[i++], &v);
		}
		if (i == 0 || day_cmp(days[d], from) < 0)
			continue;
		day_close(l, closes, &v);
		out[(*made)++] = v;
	}
}
