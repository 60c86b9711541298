/*
 * What an account is worth at the closes of a day, and on each market day.
 * Never a later price. A day costs what is held on it: closes are followed,
 * not looked for.
 */
#include "ledger/state.h"

/* What is known of prices on the way through the days. */
struct ticker {
	size_t	next;		/* close that is not reached yet */
	day	on;		/* of the last one; DAY_NONE: none */
	int32_t	age;		/* it was old already then */
	dec	price;		/* in units of now */
};

struct tour {
	struct account	*a;
	const struct calendar *c;
	struct ticker	*prices, *rates;
	size_t		 rescalings;	/* so many are in the prices */
};

static void
ticker_go(struct ticker *t, const struct closes *c, day on)
{
	size_t i = t->next;

	while (i < c->n && day_cmp(c->v[i].on, on) <= 0)
		i++;
	if (i == t->next)
		return;
	t->next = i;
	t->on = c->v[i - 1].on;
	t->age = c->v[i - 1].age;
	t->price = c->v[i - 1].price;
}

/* Closes of before a split, as the units of now would have had them. */
static void
tickers_rescale(struct tour *w)
{
	const struct rescaling *r;
	struct ticker *t;

	for (; w->rescalings < w->a->rescalings.n; w->rescalings++) {
		r = &w->a->rescalings.v[w->rescalings];
		t = &w->prices[r->instrument];
		ticker_go(t, &w->c->closes[r->instrument],
		    day_add(r->on, -1));
		if (day_ok(t->on) && day_cmp(t->on, r->on) < 0)
			t->price = dec_mul_div(t->price, r->d, r->n);
	}
}

static bool
too_old(const struct ticker *t, day on)
{
	return (!day_ok(t->on) || day_between(t->on, on) + t->age > CARRY_DAYS);
}

static const struct closes *
rates_of(const struct tour *w, size_t currency)
{
	return (w->c->rates != NULL ? &w->c->rates[currency] :
	    w->a->purses.v[currency].rates);
}

/* Base currency for one; false: there is none. */
static bool
rate_now(struct tour *w, size_t currency, day on, struct worth *out,
    dec *rate)
{
	struct ticker *t = &w->rates[currency];
	const struct closes *c = rates_of(w, currency);

	if (currency == 0) {
		*rate = dec_of(1);
		return (true);
	}
	if (c != NULL)
		ticker_go(t, c, on);
	out->stale |= too_old(t, on);
	*rate = t->price;
	return (day_ok(t->on));
}

static void
cash_worth(struct tour *w, day on, struct worth *out)
{
	const struct account *a = w->a;
	const struct purse *p;
	dec rate, worth;
	size_t i;

	for (i = 0; i < a->purses.n; i++) {
		p = &a->purses.v[i];
		if (dec_sign(p->cash.amount) == 0 &&
		    dec_sign(p->cash.book) == 0)
			continue;
		worth = !rate_now(w, i, on, out, &rate) ? p->cash.book :
		    i == 0 ? p->cash.amount : dec_mul_round(p->cash.amount,
		    rate, a->purses.v[0].places);
		out->cash = dec_add(out->cash, worth);
		out->fx_cash = dec_add(out->fx_cash,
		    dec_sub(worth, p->cash.book));
	}
}

/* A foreign holding, apart: what the price did and what the currency. */
static dec
foreign_worth(struct tour *w, const struct holding *h, size_t currency,
    dec worth, day on, struct worth *out)
{
	int places = w->a->purses.v[0].places;
	dec rate, gain = dec_sub(worth, h->cost);
	bool known = rate_now(w, currency, on, out, &rate);

	/* Without a rate, that at which it was bought. */
	worth = known ? dec_mul_round(worth, rate, places) :
	    dec_mul_div_round(worth, h->cost_base, h->cost, places);
	if (!dec_ok(worth))
		worth = h->cost_base;
	if (dec_sign(h->cost) != 0)
		gain = dec_mul_div_round(gain, h->cost_base, h->cost, places);
	else
		gain = known ? dec_mul_round(gain, rate, places) : worth;
	out->price_effect = dec_add(out->price_effect, gain);
	return (worth);
}

static void
holding_worth(struct tour *w, size_t i, day on, struct worth *out)
{
	const struct account *a = w->a;
	const struct holding *h = &a->holdings.v[i];
	const struct security *s = &a->securities.v[i];
	struct ticker *t = &w->prices[i];
	dec worth;

	if (h->quantity.v == 0)
		return;
	ticker_go(t, &w->c->closes[i], on);
	out->stale |= too_old(t, on);
	worth = gross_of(s, h->quantity, day_ok(t->on) ? t->price :
	    h->last_price, a->purses.v[s->currency].places);
	if (s->currency != 0)
		worth = foreign_worth(w, h, s->currency, worth, on, out);
	else
		out->price_effect = dec_add(out->price_effect,
		    dec_sub(worth, h->cost));
	out->cost = dec_add(out->cost, h->cost_base);
	out->value = dec_add(out->value, worth);
}

static void
tour_look(struct tour *w, day on, struct worth *out)
{
	size_t i;

	*out = (struct worth){ .fx_cash = w->a->totals.exchanged };
	tickers_rescale(w);
	cash_worth(w, on, out);
	out->value = out->cash;
	for (i = 0; i < w->a->securities.n; i++)
		holding_worth(w, i, on, out);
}

static struct tour
tour_begin(struct account *a, const struct calendar *c)
{
	struct tour w = { .a = a, .c = c };
	size_t i;

	w.prices = ARENA_MANY(a->mem, a->securities.n, struct ticker);
	w.rates = ARENA_MANY(a->mem, a->purses.n, struct ticker);
	for (i = 0; i < a->securities.n; i++)
		w.prices[i].on = DAY_NONE;
	for (i = 0; i < a->purses.n; i++)
		w.rates[i].on = DAY_NONE;
	return (w);
}

void
account_worth(struct account *a, const struct calendar *c, day on,
    struct worth *out)
{
	struct tour w = tour_begin(a, c);

	tour_look(&w, on, out);
}

void
account_stands(struct account *a, const struct calendar *c, day on,
    struct stand *out)
{
	struct tour w = tour_begin(a, c);
	const struct security *s;
	const struct ticker *t;
	struct worth one;
	size_t i;

	tickers_rescale(&w);
	for (i = 0; i < a->securities.n; i++) {
		s = &a->securities.v[i];
		t = &w.prices[i];
		one = (struct worth){ .stale = false };
		holding_worth(&w, i, on, &one);
		out[i] = (struct stand){ .priced_on = t->on,
		    .price = day_ok(t->on) ? t->price :
		    a->holdings.v[i].last_price, .stale = one.stale,
		    .value_base = one.value,
		    .price_effect = one.price_effect };
		out[i].value = gross_of(s, a->holdings.v[i].quantity,
		    out[i].price, a->purses.v[s->currency].places);
	}
}

/* The market day before the first that is asked for, or that day. */
static size_t
days_skip(const struct calendar *c, day from)
{
	size_t low = 0, high = c->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (day_cmp(c->days[mid], from) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

size_t
account_days(struct account *a, const struct calendar *c, day from,
    struct day_value *out)
{
	struct tour w = tour_begin(a, c);
	size_t i = days_skip(c, from), made = 0;
	struct totals before;
	struct worth worth;

	account_seek(a, i > 0 ? c->days[i - 1] : day_of(1, 1, 1));
	for (; i < c->n; i++) {
		before = a->totals;
		account_seek(a, c->days[i]);
		if (a->done == 0)
			continue;
		tour_look(&w, c->days[i], &worth);
		out[made++] = (struct day_value){ .on = c->days[i],
		    .value = worth.value, .cash = worth.cash,
		    .inflow = dec_sub(a->totals.paid_in, before.paid_in),
		    .outflow = dec_sub(a->totals.paid_out, before.paid_out),
		    .stale = worth.stale };
	}
	account_settle(a);
	return (made);
}
