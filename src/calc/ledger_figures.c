/*
 * What came of it: sums, the identity and the returns are told, of each
 * account and of all together. Money and units are decimals in strings;
 * only returns, which are ratios, are numbers.
 */
#include "calc/ledger_figures.h"
#include "quant/quant.h"

/* ---- the whole --------------------------------------------------------- */

static dec
net_flows(const struct totals *t)
{
	return (dec_sub(t->paid_in, t->paid_out));
}

/* What the currencies did, to what was sold, to what is held and to cash. */
static void
say_currency_effect(struct figures *f, const struct book *b)
{
	const struct standing *s = &b->last;
	dec sold = dec_sub(s->t.realised, s->t.price_effect);
	dec held = dec_sub(standing_unrealised(s), s->w.price_effect);

	jw_key(f->j, "currency_effect");
	jw_open(f->j);
	say_dec(f->j, "realised", sold);
	say_dec(f->j, "unrealised", held);
	say_dec(f->j, "cash", s->w.fx_cash);
	say_dec(f->j, "total", dec_add(dec_add(sold, held), s->w.fx_cash));
	jw_close(f->j);
}

static void
say_totals(struct figures *f, const struct book *b)
{
	const struct standing *s = &b->last;
	struct json *j = f->j;

	say_dec(j, "value", s->w.value);
	say_bool(j, "stale", s->w.stale);
	say_dec(j, "cost", s->w.cost);
	say_dec(j, "unrealised", standing_unrealised(s));
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
say_identity(struct figures *f, const struct book *b)
{
	const struct standing *p = &b->first, *q = &b->last;
	dec flows = dec_sub(net_flows(&q->t), net_flows(&p->t));
	dec gain = dec_sub(dec_sub(q->w.value, p->w.value), flows);
	const struct {
		const char	*name;
		dec		 d;
		bool		 less;
	} parts[] = {
		{ "realised", dec_sub(q->t.realised, p->t.realised), false },
		{ "unrealised_change", dec_sub(
		    standing_unrealised(q), standing_unrealised(p)), false },
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
simple_return(const struct book *b)
{
	const struct standing *p = &b->first, *q = &b->last;
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
twr(const struct figures *f, const struct book *b, unsigned *warnings)
{
	struct arena *mem = f->r->arena;
	size_t n = b->day_n + 1;
	double *v = ARENA_MANY(mem, n, double), *in = ARENA_MANY(mem, n,
	    double), *out = ARENA_MANY(mem, n, double), *r = ARENA_MANY(mem,
	    n, double);
	struct twr t;
	enum why why;

	v[0] = dec_double(b->first.w.value);
	for (size_t i = 0; i < b->day_n; i++) {
		v[i + 1] = dec_double(b->days[i].value);
		in[i + 1] = dec_double(b->days[i].inflow);
		out[i + 1] = dec_double(b->days[i].outflow);
		*warnings |= b->days[i].stale ? WARN_STALE_PRICES : 0;
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
xirr(const struct figures *f, const struct book *b)
{
	struct cashflow *c = ARENA_MANY(f->r->arena, 2 * b->day_n + 2,
	    struct cashflow);
	const struct day_value *d;
	struct xirr x;
	size_t n = 0;

	if (day_ok(f->r->from))
		cashflow_add(c, &n, day_add(f->r->from, -1),
		    -dec_double(b->first.w.value));
	for (d = b->days; d < b->days + b->day_n; d++) {
		cashflow_add(c, &n, d->on, -dec_double(d->inflow));
		cashflow_add(c, &n, d->on, dec_double(d->outflow));
	}
	cashflow_add(c, &n, f->r->as_of, dec_double(b->last.w.value));
	quant_xirr(c, n, &x);
	return (x);
}

static void
say_performance(struct figures *f, const struct book *b)
{
	unsigned warnings = b->last.w.stale ? WARN_STALE_PRICES : 0;
	struct xirr x = xirr(f, b);
	struct json *j = f->j;

	jw_key(j, "performance");
	jw_open(j);
	say_figure(j, "simple", simple_return(b));
	say_figure(j, "twr", twr(f, b, &warnings));
	say_figure(j, "xirr", x.annual);
	say_figure(j, "xirr_period", x.shown);
	jw_close(j);
}

/* ---- all of it --------------------------------------------------------- */

static void
say_sums(struct figures *f, const struct book *b)
{
	say_totals(f, b);
	say_currency_effect(f, b);
	say_identity(f, b);
	say_performance(f, b);
	say_cash(f, b);
}

static void
say_accounts(struct figures *f)
{
	if (!f->r->named)
		return;
	jw_key(f->j, "accounts");
	jw_open(f->j);
	for (size_t i = 0; i < f->book_n; i++) {
		jw_key(f->j, f->books[i].told->name);
		jw_open(f->j);
		say_sums(f, &f->books[i]);
		jw_close(f->j);
	}
	jw_close(f->j);
}

void
ledger_answer(struct ledger_request *r, struct json *j)
{
	struct figures f = { .r = r, .j = j };

	if (!books_open(&f))
		return;
	washes_find(&f);
	say_z(j, "base", r->currencies[0].code);
	say_day(j, "from", r->from);
	say_day(j, "as_of", r->as_of);
	say_sums(&f, &f.whole);
	say_accounts(&f);
	say_positions(&f);
	say_gains(&f);
	say_washes(&f);
	say_faults(&f);
	say_warnings(&f);
}
