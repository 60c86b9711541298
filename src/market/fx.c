/*
 * Rates of exchange. What central banks tell has one base, the euro; other
 * pairs are quotients of two of a day's rates, kept as quotients until they
 * meet an amount, so that nothing is rounded twice. A day without a rate has
 * the last one before, of at most ten days ago; an older one is none.
 */
#include "market/column.h"
#include "market/history.h"

#include "market_sql.h"

#define CARRY_DAYS	10	/* the longest pause of a central bank is 5 */
#define BATCH_RATES	1000

static const struct field fx_quotient_fields[] = {
	MUST(fx_quotient, day, "Day."),
	MUST(fx_quotient, numerator, "Units of one."),
	MUST(fx_quotient, denominator, "For units of the other."),
	FIELDS_END
};

static enum err
fx_batch(struct flow *f, const struct fx_rate *v, size_t n, str source,
    struct put_count *sum)
{
	struct put_count count;

	TRY(store_row(f, &sql_fx_put, SHAPE(put_count), &count,
	    COLUMN(K_STR, v, n, base), COLUMN(K_STR, v, n, quote),
	    COLUMN(K_DAY, v, n, day), COLUMN(K_DEC, v, n, rate),
	    STR(source)));
	put_count_add(sum, &count);
	return (OK);
}

enum err
market_fx_put(struct flow *f, const struct fx_rate *v, size_t n, str source,
    struct put_count *out)
{
	struct piece *p;
	enum err e = OK;
	size_t i, some;

	*out = (struct put_count){ 0, 0, 0 };
	for (i = 0; i < n && e == OK; i += some) {
		some = n - i < BATCH_RATES ? n - i : BATCH_RATES;
		p = piece_begin(f);
		e = fx_batch(f, v + i, some, source, out);
		piece_end(p);
	}
	return (e);
}

/* A quote unit of a hundredth, as its currency: one unit is so much. */
static str
major_of(str currency, dec *factor)
{
	str major;

	*factor = dec_of(1);
	return (currency_minor(currency, &major, factor) ? major : currency);
}

static enum err
same_series(struct flow *f, day from_day, struct list *out)
{
	struct fx_quotient *q = ARENA_NEW(&f->arena, struct fx_quotient);

	*q = (struct fx_quotient){ day_add(from_day, -CARRY_DAYS), dec_of(1),
	    dec_of(1) };
	*out = (struct list){ q, 1 };
	return (OK);
}

enum err
market_fx_series(struct flow *f, str from, str to, day from_day, day to_day,
    struct list *out)
{
	struct fx_quotient *q;
	dec from_unit, to_unit;
	size_t i;

	from = major_of(from, &from_unit);
	to = major_of(to, &to_unit);
	if (str_eq(from, to))
		TRY(same_series(f, from_day, out));
	else
		TRY(store_rows(f, &sql_fx_range, SHAPE(fx_quotient), out,
		    STR(from), STR(to), DAY(day_add(from_day, -CARRY_DAYS)),
		    DAY(to_day)));
	for (i = 0, q = out->v; i < out->n; i++) {
		q[i].numerator = dec_mul(q[i].numerator, from_unit);
		q[i].denominator = dec_mul(q[i].denominator, to_unit);
	}
	return (OK);
}

enum err
market_fx(struct flow *f, str from, str to, day on, struct fx_quotient *out)
{
	struct list list;

	TRY(market_fx_series(f, from, to, on, on, &list));
	if (list.n == 0)
		return (flow_fault(f, E_NOT_FOUND, "no rate from %.*s to "
		    "%.*s is known for this day", STR_ARG(from), STR_ARG(to)));
	*out = ((const struct fx_quotient *)list.v)[list.n - 1];
	return (OK);
}
