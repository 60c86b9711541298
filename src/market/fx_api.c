/*
 * Rates of exchange: of a day, of a range, and an amount converted. A rate
 * is a decimal of 18 places; an amount is converted by the quotient behind
 * it, so that nothing is rounded twice.
 */
#include "market/candle.h"
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

/* ---- a day's rates ------------------------------------------------------- */

struct fx_query {
	str	base;
	day	date;
};

static const struct field fx_query_fields[] = {
	MAY(fx_query, base, "One unit of this; EUR when absent.",
	    .pattern = "currency"),
	MAY(fx_query, date, "Day; today when absent."),
	FIELDS_END
};

SHAPE_OF(fx_query);

struct euro_rate {
	str	currency;
	dec	rate;
	day	date;
	str	source;
};

static const struct field euro_rate_fields[] = {
	MUST(euro_rate, currency, "Currency."),
	MUST(euro_rate, rate, "Units of it for one of the base."),
	MUST(euro_rate, date, "The day it was told for."),
	MUST(euro_rate, source, "Who says so."),
	FIELDS_END
};

struct fx_table {
	str		base;
	day		date;
	struct list	items;
};

static const struct field fx_table_fields[] = {
	MUST(fx_table, base, "One unit of this."),
	MUST(fx_table, date, "The day asked for."),
	MUST(fx_table, items, "Rates of that day or of the last ten before, "
	    "by currency.", .shape = SHAPE(euro_rate)),
	FIELDS_END
};

SHAPE_OF(fx_table);

/* What one euro is in the base; the euro itself is 1. */
static const struct euro_rate *
base_find(const struct list *rates, str base)
{
	const struct euro_rate *r = rates->v;
	size_t i;

	for (i = 0; i < rates->n; i++)
		if (str_eq(r[i].currency, base))
			return (&r[i]);
	return (NULL);
}

static void
rates_rebase(struct list *rates, str base, struct list *out)
{
	const struct euro_rate *b = base_find(rates, base);
	struct euro_rate *r = rates->v;
	size_t i;

	out->v = r;
	out->n = 0;
	if (b == NULL)
		return;
	for (i = 0; i < rates->n; i++) {
		if (&r[i] == b)
			continue;
		if (day_cmp(b->date, r[i].date) < 0)
			r[i].date = b->date;
		r[i].rate = dec_div(r[i].rate, b->rate);
	}
	for (i = 0; i < rates->n; i++)
		if (&r[i] != b)
			r[out->n++] = r[i];
}

enum err
fx_route(struct call *c)
{
	struct fx_query *q = c->query;
	struct fx_table out;
	struct list rates;

	out.base = q->base.p != NULL ? q->base : S("EUR");
	out.date = day_ok(q->date) ? q->date : sim_today();
	TRY(store_rows(c->f, &sql_fx_day, SHAPE(euro_rate), &rates,
	    DAY(out.date)));
	rates_rebase(&rates, out.base, &out.items);
	return (reply(c, &out));
}

/* ---- a range ------------------------------------------------------------- */

struct fx_pair_query {
	str	base, quote;
	int	range;
	day	from, to;
};

static const struct field fx_pair_query_fields[] = {
	MUST(fx_pair_query, base, "One unit of this.", .pattern = "currency",
	    .example = "\"EUR\""),
	MUST(fx_pair_query, quote, "In units of this.",
	    .pattern = "currency", .example = "\"USD\""),
	MAY(fx_pair_query, range, "How far back from `to`; instead of `from`.",
	    .names = range_names),
	MAY(fx_pair_query, from, "First day; a year before `to` when absent."),
	MAY(fx_pair_query, to, "Last day; today when absent."),
	FIELDS_END
};

SHAPE_OF(fx_pair_query);

struct fx_point {
	day	date;
	dec	rate;
};

static const struct field fx_point_fields[] = {
	MUST(fx_point, date, "Day."),
	MUST(fx_point, rate, "Units of the quote for one of the base."),
	FIELDS_END
};

struct fx_history {
	str		base, quote;
	struct list	items;
};

static const struct field fx_history_fields[] = {
	MUST(fx_history, base, "One unit of this."),
	MUST(fx_history, quote, "In units of this."),
	MUST(fx_history, items, "Days that have a rate, oldest first.",
	    .shape = SHAPE(fx_point)),
	FIELDS_END
};

SHAPE_OF(fx_history);

enum err
fx_history_route(struct call *c)
{
	struct fx_pair_query *q = c->query;
	struct fx_history out = { .base = q->base, .quote = q->quote };
	const struct fx_quotient *r;
	struct fx_point *v;
	struct list rates;
	size_t i;

	TRY(days_read(c, sim_today(), q->range, RANGE_YEAR, &q->from,
	    &q->to));
	TRY(market_fx_series(c->f, q->base, q->quote, q->from, q->to,
	    &rates));
	r = rates.v;
	v = ARENA_MANY(&c->f->arena, rates.n, struct fx_point);
	out.items.v = v;
	for (i = 0; i < rates.n; i++)
		if (day_cmp(r[i].day, q->from) >= 0)
			v[out.items.n++] = (struct fx_point){ r[i].day,
			    dec_div(r[i].numerator, r[i].denominator) };
	return (reply(c, &out));
}

/* ---- an amount ----------------------------------------------------------- */

struct fx_convert_query {
	str	from, to;
	dec	amount;
	day	date;
};

static const struct field fx_convert_query_fields[] = {
	MUST(fx_convert_query, from, "Its currency.", .pattern = "currency",
	    .example = "\"USD\""),
	MUST(fx_convert_query, to, "Another.", .pattern = "currency",
	    .example = "\"EUR\""),
	MUST(fx_convert_query, amount, "How much.", .example = "\"100\""),
	MAY(fx_convert_query, date, "Day; today when absent."),
	FIELDS_END
};

SHAPE_OF(fx_convert_query);

struct fx_conversion {
	str	from, to;
	dec	amount, rate, result;
	day	date;
};

static const struct field fx_conversion_fields[] = {
	MUST(fx_conversion, from, "Currency."),
	MUST(fx_conversion, to, "Currency."),
	MUST(fx_conversion, amount, "How much."),
	MUST(fx_conversion, rate, "Units of the one for one of the other."),
	MUST(fx_conversion, result, "Rounded half-even to 18 places, once."),
	MUST(fx_conversion, date, "The day the rate was told for."),
	FIELDS_END
};

SHAPE_OF(fx_conversion);

enum err
fx_convert_route(struct call *c)
{
	const struct fx_convert_query *q = c->query;
	day on = day_ok(q->date) ? q->date : sim_today();
	struct fx_quotient r;
	struct fx_conversion out;

	TRY(market_fx(c->f, q->from, q->to, on, &r));
	out = (struct fx_conversion){ q->from, q->to, q->amount,
	    dec_div(r.numerator, r.denominator),
	    dec_mul_div(q->amount, r.numerator, r.denominator),
	    str_eq(q->from, q->to) ? on : r.day };
	if (!dec_ok(out.result))
		return (fault(c, "?amount", "too_large",
		    "more than can be held"));
	return (reply(c, &out));
}
