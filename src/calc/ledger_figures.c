/*
 * What came of it, as the answer's members. All money and all units are
 * decimals in strings; only returns, which are ratios, are numbers.
 */
#include <string.h>

#include "calc/ledger_request.h"
#include "quant/quant.h"

/* Where it stood at the end of a day. */
struct standing {
	struct totals	t;
	struct worth	w;
};

struct figures {
	struct ledger_request	*r;
	struct json		*j;
	struct account		*a;
	struct calendar		 calendar;
	struct standing		 first, last;
	struct stand		*stands;
	struct wash		*washes;
	size_t			 wash_n;
	dec			*washed;	/* by activity: what losses
						   would add to its lot */
	struct day_value	*days;
	size_t			 day_n;
};

static void
say_dec(struct json *j, const char *key, dec d)
{
	jw_key(j, key);
	jw_dec(j, d);
}

static void
say_day(struct json *j, const char *key, day d)
{
	jw_key(j, key);
	jw_day(j, d);
}

static void
say_z(struct json *j, const char *key, const char *z)
{
	jw_key(j, key);
	jw_z(j, z);
}

static void
say_long(struct json *j, const char *key, int64_t n)
{
	jw_key(j, key);
	jw_long(j, n);
}

static void
say_bool(struct json *j, const char *key, bool b)
{
	jw_key(j, key);
	jw_bool(j, b);
}

/* An activity by its place among those of the request, and by its id. */
static void
say_origin(const struct figures *f, size_t origin)
{
	const json_t *id = json_object_get(json_array_get(f->r->activities,
	    origin), "id");

	say_long(f->j, "activity", (int64_t)origin);
	if (json_is_string(id))
		say_z(f->j, "activity_id", json_string_value(id));
}

/* ---- positions --------------------------------------------------------- */

static void
say_lots(struct figures *f, size_t thing)
{
	const struct lot *l = NULL;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	while ((l = account_lot(f->a, thing, l)) != NULL) {
		jw_open(j);
		say_origin(f, l->origin);
		say_long(j, "part", l->part);
		say_day(j, "opened", l->opened);
		say_dec(j, "quantity", l->quantity);
		say_dec(j, "cost", l->cost);
		say_dec(j, "cost_base", l->cost_base);
		if (dec_sign(f->washed[l->origin]) > 0)
			say_dec(j, "washed_cost_base", dec_add(l->cost_base,
			    f->washed[l->origin]));
		say_long(j, "days_held", days_held(l->opened, f->r->as_of));
		say_bool(j, "long_term", held_long(l->opened, f->r->as_of));
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_stand(struct figures *f, size_t thing, const struct holding *h)
{
	const struct stand *s = &f->stands[thing];
	struct json *j = f->j;
	dec gain = dec_sub(s->value_base, h->cost_base);

	say_dec(j, "price", s->price);
	say_day(j, "price_on", s->priced_on);
	say_bool(j, "stale", s->stale);
	say_dec(j, "value", s->value);
	say_dec(j, "value_base", s->value_base);
	say_dec(j, "unrealised", gain);
	say_dec(j, "price_effect", s->price_effect);
	say_dec(j, "currency_effect", dec_sub(gain, s->price_effect));
}

static void
say_position(struct figures *f, size_t thing)
{
	const struct holding *h = account_holding(f->a, thing);
	const struct thing_told *t = &f->r->things[thing];
	struct json *j = f->j;

	jw_open(j);
	say_z(j, "symbol", t->symbol);
	say_z(j, "currency", f->r->currencies[t->terms.currency].code);
	say_dec(j, "quantity", h->quantity);
	say_day(j, "opened_on", h->opened_on);
	say_dec(j, "cost", h->cost);
	say_dec(j, "cost_base", h->cost_base);
	if (dec_sign(h->quantity) != 0)
		say_stand(f, thing, h);
	say_dec(j, "realised", h->realised);
	say_dec(j, "realised_base", h->realised_base);
	say_dec(j, "income", h->income);
	say_dec(j, "income_base", h->income_base);
	say_long(j, "trades", h->trades);
	say_lots(f, thing);
	jw_close(j);
}

static void
say_positions(struct figures *f)
{
	jw_key(f->j, "positions");
	jw_array(f->j);
	for (size_t i = 0; i < f->r->thing_n; i++)
		say_position(f, i);
	jw_array_end(f->j);
}

static void
say_cash(struct figures *f)
{
	const struct cash *c;

	jw_key(f->j, "cash");
	jw_open(f->j);
	for (size_t i = 0; i < f->r->currency_n; i++) {
		c = account_cash(f->a, i);
		jw_key(f->j, f->r->currencies[i].code);
		jw_open(f->j);
		say_dec(f->j, "amount", c->amount);
		say_dec(f->j, "book", c->book);
		jw_close(f->j);
	}
	jw_close(f->j);
}

/* ---- gains ------------------------------------------------------------- */

static void
say_uses(struct figures *f, const struct realised *r)
{
	const struct lot_use *u;
	struct json *j = f->j;

	jw_key(j, "lots");
	jw_array(j);
	for (size_t i = 0; i < r->use_n; i++) {
		u = &account_uses(f->a)[r->use + i];
		jw_open(j);
		say_origin(f, u->origin);
		say_long(j, "part", u->part);
		say_day(j, "opened", u->opened);
		say_dec(j, "quantity", u->quantity);
		say_dec(j, "cost", u->cost);
		say_dec(j, "cost_base", u->cost_base);
		say_long(j, "days_held", days_held(u->opened, r->on));
		say_bool(j, "long_term", held_long(u->opened, r->on));
		jw_close(j);
	}
	jw_array_end(j);
}

static void
say_gain(struct figures *f, const struct realised *r)
{
	struct json *j = f->j;

	jw_open(j);
	say_origin(f, r->origin);
	say_day(j, "date", r->on);
	say_z(j, "symbol", f->r->things[r->instrument].symbol);
	say_dec(j, "quantity", r->quantity);
	say_dec(j, "proceeds", r->proceeds);
	say_dec(j, "cost", r->cost);
	say_dec(j, "gain", realised_gain(r));
	say_dec(j, "gain_base", realised_gain_base(r));
	say_dec(j, "price_effect", r->price_effect);
	say_dec(j, "currency_effect", realised_currency_effect(r));
	if (r->review)
		say_bool(j, "review", true);
	say_uses(f, r);
	jw_close(j);
}

static void
say_gains(struct figures *f)
{
	const struct realised *r;
	size_t n;

	r = account_realised(f->a, &n);
	jw_key(f->j, "realised");
	jw_array(f->j);
	for (size_t i = 0; i < n; i++)
		say_gain(f, &r[i]);
	jw_array_end(f->j);
}

static void
washes_find(struct figures *f)
{
	struct arena *mem = f->r->arena;

	f->wash_n = account_washes(f->a, NULL, 0);
	f->washes = ARENA_MANY(mem, f->wash_n, struct wash);
	(void)account_washes(f->a, f->washes, f->wash_n);
	f->washed = ARENA_MANY(mem, f->r->n, dec);
	for (size_t i = 0; i < f->wash_n; i++)
		f->washed[f->washes[i].origin] = dec_add(
		    f->washed[f->washes[i].origin], f->washes[i].disallowed);
}

static void
say_washes(struct figures *f)
{
	const struct wash *w = f->washes;

	jw_key(f->j, "washes");
	jw_array(f->j);
	for (size_t i = 0; i < f->wash_n; i++) {
		jw_open(f->j);
		say_long(f->j, "realised", (int64_t)w[i].realised);
		say_origin(f, w[i].origin);
		say_dec(f->j, "quantity", w[i].quantity);
		say_dec(f->j, "disallowed", w[i].disallowed);
		jw_close(f->j);
	}
	jw_array_end(f->j);
}

static void
say_faults(struct figures *f)
{
	const struct ledger_fault *v;
	struct json *j = f->j;
	size_t n;

	v = account_faults(f->a, &n);
	jw_key(j, "faults");
	jw_array(j);
	for (size_t i = 0; i < n; i++) {
		jw_open(j);
		say_origin(f, v[i].origin);
		say_z(j, "code", fault_names[v[i].kind]);
		say_day(j, "date", v[i].on);
		if (dec_ok(v[i].held)) {
			say_dec(j, "held", v[i].held);
			say_dec(j, "asked", v[i].asked);
			say_dec(j, "missing", v[i].missing);
		}
		jw_close(j);
	}
	jw_array_end(j);
}

/* ---- the whole --------------------------------------------------------- */

static dec
unrealised(const struct worth *w)
{
	return (dec_sub(dec_sub(w->value, w->cash), w->cost));
}

static dec
net_flows(const struct totals *t)
{
	return (dec_sub(t->paid_in, t->paid_out));
}

/* What the currencies did, to what was sold, to what is held and to cash. */
static void
say_currency_effect(struct figures *f)
{
	const struct standing *s = &f->last;
	dec sold = dec_sub(s->t.realised, s->t.price_effect);
	dec held = dec_sub(unrealised(&s->w), s->w.price_effect);

	jw_key(f->j, "currency_effect");
	jw_open(f->j);
	say_dec(f->j, "realised", sold);
	say_dec(f->j, "unrealised", held);
	say_dec(f->j, "cash", s->w.fx_cash);
	say_dec(f->j, "total", dec_add(dec_add(sold, held), s->w.fx_cash));
	jw_close(f->j);
}

static void
say_totals(struct figures *f)
{
	const struct standing *s = &f->last;
	struct json *j = f->j;

	say_dec(j, "value", s->w.value);
	say_bool(j, "stale", s->w.stale);
	say_dec(j, "cost", s->w.cost);
	say_dec(j, "unrealised", unrealised(&s->w));
	say_dec(j, "realised_total", s->t.realised);
	say_dec(j, "paid_in", s->t.paid_in);
	say_dec(j, "paid_out", s->t.paid_out);
	say_dec(j, "income", s->t.income);
	say_dec(j, "fees", s->t.fees);
	say_dec(j, "taxes", s->t.taxes);
}

/*
 * value_end - value_start - net_flows = realised + unrealised_change + income
 *     - fees - taxes + fx_cash - carried
 */
static void
say_identity(struct figures *f)
{
	const struct standing *p = &f->first, *q = &f->last;
	dec flows = dec_sub(net_flows(&q->t), net_flows(&p->t));
	dec gain = dec_sub(dec_sub(q->w.value, p->w.value), flows);
	const struct {
		const char	*name;
		dec		 d;
		bool		 less;
	} parts[] = {
		{ "realised", dec_sub(q->t.realised, p->t.realised), false },
		{ "unrealised_change", dec_sub(unrealised(&q->w),
		    unrealised(&p->w)), false },
		{ "income", dec_sub(q->t.income, p->t.income), false },
		{ "fees", dec_sub(q->t.fees, p->t.fees), true },
		{ "taxes", dec_sub(q->t.taxes, p->t.taxes), true },
		{ "fx_cash", dec_sub(q->w.fx_cash, p->w.fx_cash), false },
		{ "carried", dec_sub(q->t.carried, p->t.carried), true },
	};
	dec sum = DEC_ZERO;

	jw_key(f->j, "identity");
	jw_open(f->j);
	say_dec(f->j, "value_start", p->w.value);
	say_dec(f->j, "value_end", q->w.value);
	say_dec(f->j, "net_flows", flows);
	say_dec(f->j, "gain", gain);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		say_dec(f->j, parts[i].name, parts[i].d);
		sum = parts[i].less ? dec_sub(sum, parts[i].d) :
		    dec_add(sum, parts[i].d);
	}
	say_dec(f->j, "explained", sum);
	say_bool(f->j, "holds", dec_ok(gain) && dec_eq(gain, sum));
	jw_close(f->j);
}

/* ---- returns ----------------------------------------------------------- */

static void
say_figure(struct json *j, const char *key, struct figure g)
{
	jw_key(j, key);
	jw_open(j);
	jw_key(j, "value");
	jw_real(j, g.value);
	if (!figure_ok(g))
		say_z(j, "reason", why_name(g.why));
	if (g.warnings != 0) {
		jw_key(j, "warnings");
		jw_array(j);
		for (unsigned bit = 1; bit < WARN_END * 2u; bit <<= 1)
			if ((g.warnings & bit) != 0 && warn_name(bit) != NULL)
				jw_z(j, warn_name(bit));
		jw_array_end(j);
	}
	jw_close(j);
}

/* Gain over what was paid in, and what there was at the start. */
static struct figure
simple_return(const struct figures *f)
{
	const struct standing *p = &f->first, *q = &f->last;
	dec invested = dec_add(p->w.value, dec_sub(q->t.paid_in,
	    p->t.paid_in));
	dec gain = dec_sub(dec_sub(q->w.value, p->w.value),
	    dec_sub(net_flows(&q->t), net_flows(&p->t)));

	if (!dec_ok(gain) || !dec_ok(invested))
		return (figure_none(WHY_OUT_OF_RANGE));
	if (dec_sign(invested) <= 0)
		return (figure_none(WHY_ZERO_DENOMINATOR));
	return (figure_of(dec_double(gain) / dec_double(invested), 0));
}

/* The day before the first counts as one, so that the first has a return. */
static struct figure
twr(const struct figures *f, unsigned *warnings)
{
	struct arena *mem = f->r->arena;
	size_t n = f->day_n + 1;
	double *v = ARENA_MANY(mem, n, double), *in = ARENA_MANY(mem, n,
	    double), *out = ARENA_MANY(mem, n, double), *r = ARENA_MANY(mem,
	    n, double);
	struct twr t;
	enum why why;

	v[0] = dec_double(f->first.w.value);
	for (size_t i = 0; i < f->day_n; i++) {
		v[i + 1] = dec_double(f->days[i].value);
		in[i + 1] = dec_double(f->days[i].inflow);
		out[i + 1] = dec_double(f->days[i].outflow);
		*warnings |= f->days[i].stale ? WARN_STALE_PRICES : 0;
	}
	why = n < 2 ? WHY_INSUFFICIENT_DATA : quant_twr(v, in, out, n, r, &t);
	if (why != WHY_OK)
		return (figure_none(why));
	t.total.warnings |= *warnings;
	return (t.total);
}

static void
cashflow_add(struct cashflow *c, size_t *n, day on, double amount)
{
	if (amount != 0)
		c[(*n)++] = (struct cashflow){ on, amount };
}

static struct xirr
xirr(const struct figures *f)
{
	struct cashflow *c = ARENA_MANY(f->r->arena, 2 * f->day_n + 2,
	    struct cashflow);
	const struct day_value *d;
	struct xirr x;
	size_t n = 0;

	if (day_ok(f->r->from))
		cashflow_add(c, &n, day_add(f->r->from, -1),
		    -dec_double(f->first.w.value));
	for (d = f->days; d < f->days + f->day_n; d++) {
		cashflow_add(c, &n, d->on, -dec_double(d->inflow));
		cashflow_add(c, &n, d->on, dec_double(d->outflow));
	}
	cashflow_add(c, &n, f->r->as_of, dec_double(f->last.w.value));
	quant_xirr(c, n, &x);
	return (x);
}

static void
say_performance(struct figures *f)
{
	unsigned warnings = f->last.w.stale ? WARN_STALE_PRICES : 0;
	struct xirr x = xirr(f);
	struct json *j = f->j;

	jw_key(j, "performance");
	jw_open(j);
	say_figure(j, "simple", simple_return(f));
	say_figure(j, "twr", twr(f, &warnings));
	say_figure(j, "xirr", x.annual);
	say_figure(j, "xirr_period", x.shown);
	jw_close(j);
}

/* ---- all of it --------------------------------------------------------- */

static struct account *
account_told(const struct ledger_request *r)
{
	struct account *a = account_open(r->arena, r->currencies[0].places,
	    r->since, r->margin);

	for (size_t i = 1; i < r->currency_n; i++)
		(void)account_currency(a, r->currencies[i].places,
		    &r->currencies[i].rates);
	for (size_t i = 0; i < r->thing_n; i++)
		(void)account_security(a, r->things[i].terms);
	for (size_t i = 0; i < r->method_n; i++)
		account_method(a, r->methods[i].from, r->methods[i].method);
	account_fold(a, r->a, r->n);
	return (a);
}

/*
 * A scope without cash: each evening a deposit or a withdrawal brings every
 * currency's to nothing. As many as were made in `out`.
 */
static size_t
flows_make(struct figures *f, struct activity *out)
{
	dec *before = ARENA_MANY(f->r->arena, f->r->currency_n, dec), now;
	struct activity *a = out;
	size_t i, k;

	for (i = 0; i < f->calendar.n; i++) {
		account_seek(f->a, f->calendar.days[i]);
		for (k = 0; k < f->r->currency_n; k++) {
			now = account_cash(f->a, k)->amount;
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
	account_settle(f->a);
	return ((size_t)(a - out));
}

static void
flows_add(struct figures *f)
{
	struct activity *v = ARENA_MANY(f->r->arena,
	    f->calendar.n * f->r->currency_n, struct activity);

	account_fold(f->a, v, flows_make(f, v));
}

static void
stand_at(struct figures *f, day on, struct standing *s)
{
	account_seek(f->a, on);
	s->t = *account_totals(f->a);
	account_worth(f->a, &f->calendar, on, &s->w);
}

void
ledger_answer(struct ledger_request *r, struct json *j)
{
	struct figures f = { .r = r, .j = j, .a = account_told(r) };
	day begin = day_of(1, 1, 1);

	f.calendar = ledger_request_calendar(r);
	if (r->positions)
		flows_add(&f);
	f.days = ARENA_MANY(r->arena, f.calendar.n, struct day_value);
	f.day_n = account_days(f.a, &f.calendar, day_ok(r->from) ? r->from :
	    begin, f.days);
	stand_at(&f, day_add(day_ok(r->from) ? r->from : begin, -1),
	    &f.first);
	stand_at(&f, r->as_of, &f.last);
	f.stands = ARENA_MANY(r->arena, r->thing_n, struct stand);
	account_stands(f.a, &f.calendar, r->as_of, f.stands);
	washes_find(&f);
	say_z(j, "base", r->currencies[0].code);
	say_day(j, "from", r->from);
	say_day(j, "as_of", r->as_of);
	say_totals(&f);
	say_currency_effect(&f);
	say_identity(&f);
	say_performance(&f);
	say_cash(&f);
	say_positions(&f);
	say_gains(&f);
	say_washes(&f);
	say_faults(&f);
}
