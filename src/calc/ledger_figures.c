/*
 * What came of it: the account is folded and looked at, and its sums, the
 * identity and the returns are told. Money and units are decimals in strings;
 * only returns, which are ratios, are numbers.
 */
#include "calc/ledger_figures.h"
#include "quant/quant.h"

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
	say_warnings(&f);
}
