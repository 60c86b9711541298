/*
 * The accounts of a request, folded and looked at, one by one and together.
 * What went from one to another is no flow of the whole.
 */
#include "calc/ledger_figures.h"

dec
standing_unrealised(const struct standing *s)
{
	return (dec_sub(dec_sub(s->w.value, s->w.cash), s->w.cost));
}

/* ---- one by one -------------------------------------------------------- */

/*
 * A scope without cash: each evening a deposit or a withdrawal brings every
 * currency's to nothing. As many as were made in `out`.
 */
static size_t
flows_make(struct figures *f, struct account *acc, struct activity *out)
{
	dec *before = ARENA_MANY(f->r->arena, f->r->currency_n, dec), now;
	struct activity *a = out;
	size_t i, k;

	for (i = 0; i < f->calendar.n; i++) {
		account_seek(acc, f->calendar.days[i]);
		for (k = 0; k < f->r->currency_n; k++) {
			now = account_cash(acc, k)->amount;
			if (dec_eq(now, before[k]))
				continue;
			*a = (struct activity){ .on = f->calendar.days[i],
			    .kind = dec_cmp(now, before[k]) < 0 ? A_DEPOSIT :
			    A_WITHDRAWAL, .currency = k,
			    .amount = dec_abs(dec_sub(now, before[k])),
			    .order = f->r->n, .origin = f->r->n +
			    (size_t)(a - out) };
			before[k] = now;
			a++;
		}
	}
	account_settle(acc);
	return ((size_t)(a - out));
}

static void
flows_add(struct figures *f, struct account *a)
{
	struct activity *v = ARENA_MANY(f->r->arena,
	    f->calendar.n * f->r->currency_n, struct activity);

	account_fold(a, v, flows_make(f, a, v));
}

static void
stand_at(struct figures *f, struct account *a, day on, struct standing *s)
{
	account_seek(a, on);
	s->t = *account_totals(a);
	account_worth(a, &f->calendar, on, &s->w);
}

static void
book_open(struct figures *f, struct book *b, size_t i)
{
	const struct ledger_request *r = f->r;
	day from = day_ok(r->from) ? r->from : day_of(1, 1, 1);

	b->told = &r->accounts[i];
	b->a = f->accounts[i];
	if (r->positions)
		flows_add(f, b->a);
	b->days = ARENA_MANY(r->arena, f->calendar.n, struct day_value);
	b->day_n = account_days(b->a, &f->calendar, from, b->days);
	stand_at(f, b->a, day_add(from, -1), &b->first);
	stand_at(f, b->a, r->as_of, &b->last);
	b->stands = ARENA_MANY(r->arena, r->thing_n, struct stand);
	account_stands(b->a, &f->calendar, r->as_of, b->stands);
}

/* ---- together ---------------------------------------------------------- */

static void
standing_add(struct standing *s, const struct standing *t)
{
#define ADD(member)	s->member = dec_add(s->member, t->member)
	ADD(t.realised);
	ADD(t.price_effect);
	ADD(t.income);
	ADD(t.fees);
	ADD(t.taxes);
	ADD(t.exchanged);
	ADD(t.carried);
	ADD(t.paid_in);
	ADD(t.paid_out);
	ADD(w.value);
	ADD(w.cash);
	ADD(w.cost);
	ADD(w.price_effect);
	ADD(w.fx_cash);
#undef ADD
	s->t.paid_in = dec_sub(s->t.paid_in, t->t.moved_in);
	s->t.paid_out = dec_sub(s->t.paid_out, t->t.moved_out);
	s->w.stale |= t->w.stale;
}

static struct day_value *
day_among(struct book *whole, size_t *at, day on)
{
	while (*at < whole->day_n && day_cmp(whole->days[*at].on, on) < 0)
		(*at)++;
	return (&whole->days[*at]);
}

/* An account's days; what only moved is taken out of their flows. */
static void
days_sum(struct figures *f, const struct book *b)
{
	struct totals before, now;
	struct day_value *d;
	size_t at = 0, i;

	account_seek(b->a, day_add(f->whole.days[0].on, -1));
	before = *account_totals(b->a);
	for (i = 0; i < b->day_n; i++) {
		d = day_among(&f->whole, &at, b->days[i].on);
		account_seek(b->a, d->on);
		now = *account_totals(b->a);
		d->value = dec_add(d->value, b->days[i].value);
		d->cash = dec_add(d->cash, b->days[i].cash);
		d->inflow = dec_sub(dec_add(d->inflow, b->days[i].inflow),
		    dec_sub(now.moved_in, before.moved_in));
		d->outflow = dec_sub(dec_add(d->outflow, b->days[i].outflow),
		    dec_sub(now.moved_out, before.moved_out));
		d->stale |= b->days[i].stale;
		before = now;
	}
}

/* The days on which any account had begun. */
static void
days_join(struct figures *f)
{
	struct book *w = &f->whole;
	day first = DAY_NONE;
	size_t i;

	if (!f->r->named) {
		w->days = f->books[0].days;
		w->day_n = f->books[0].day_n;
		return;
	}
	w->days = ARENA_MANY(f->r->arena, f->calendar.n, struct day_value);
	for (i = 0; i < f->book_n; i++)
		if (f->books[i].day_n > 0 && (!day_ok(first) ||
		    day_cmp(f->books[i].days[0].on, first) < 0))
			first = f->books[i].days[0].on;
	for (i = 0; day_ok(first) && i < f->calendar.n; i++)
		if (day_cmp(f->calendar.days[i], first) >= 0)
			w->days[w->day_n++].on = f->calendar.days[i];
	for (i = 0; w->day_n > 0 && i < f->book_n; i++)
		days_sum(f, &f->books[i]);
}

bool
books_open(struct figures *f)
{
	struct ledger_request *r = f->r;
	size_t i;

	f->calendar = ledger_request_calendar(r);
	f->book_n = r->account_n;
	f->books = ARENA_MANY(r->arena, f->book_n, struct book);
	f->accounts = ARENA_MANY(r->arena, f->book_n, struct account *);
	if (!accounts_fold(r, f->accounts, &f->moves, &f->move_n))
		return (false);
	for (i = 0; i < f->book_n; i++)
		book_open(f, &f->books[i], i);
	days_join(f);
	for (i = 0; i < f->book_n; i++) {
		account_seek(f->books[i].a, r->as_of);
		standing_add(&f->whole.first, &f->books[i].first);
		standing_add(&f->whole.last, &f->books[i].last);
	}
	return (true);
}
