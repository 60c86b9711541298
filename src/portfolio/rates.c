/*
 * Rates: the currencies that a portfolio was dealt in besides its own, and
 * what the market knows that they were worth, into the account. What was
 * done keeps the rate it was recorded with; these value it.
 */
#include "market/market.h"
#include "portfolio/book.h"

#include "portfolio_sql.h"

struct foreign {
	uuid	id;
	str	currency;
};

static const struct field foreign_fields[] = {
	MUST(foreign, id, "Instrument."),
	MUST(foreign, currency, "Its currency."),
	FIELDS_END
};

/* Quotients become closes, each rounded once to 18 decimals. */
static enum err
closes_of(struct book *b, str currency, struct closes *out)
{
	const struct fx_quotient *q;
	struct close *c;
	struct list list;
	size_t i;

	TRY(market_fx_series(b->f, currency, b->portfolio.currency,
	    book_begins(b), day_add(day_today(), 1), &list));
	q = list.v;
	c = ARENA_MANY(&b->f->arena, list.n, struct close);
	for (i = 0; i < list.n; i++)
		c[i] = (struct close){ .on = q[i].day, .price = dec_div(
		    q[i].numerator, q[i].denominator) };
	*out = (struct closes){ c, list.n };
	return (OK);
}

static enum err
currency_add(struct book *b, str currency, size_t *index)
{
	struct closes *rates = ARENA_NEW(&b->f->arena, struct closes);

	TRY(closes_of(b, currency, rates));
	*index = account_currency(b->account, currency_places(currency),
	    rates);
	return (OK);
}

static void
dealt_in(struct book *b, uuid id, size_t currency)
{
	size_t i;

	for (i = 0; i < b->dealt_n; i++)
		if (uuid_eq(b->dealt[i].id, id))
			b->dealt[i].currency = currency;
}

enum err
rates_add(struct book *b)
{
	const struct foreign *v;
	struct list list;
	size_t i, index = 0;

	if (b->dealt_n == 0)
		return (OK);
	TRY(store_rows(b->f, &sql_instrument_foreign, SHAPE(foreign), &list,
	    book_ids(b), STR(b->portfolio.currency)));
	v = list.v;
	for (i = 0; i < list.n; i++) {
		if (i == 0 || !str_eq(v[i].currency, v[i - 1].currency))
			TRY(currency_add(b, v[i].currency, &index));
		dealt_in(b, v[i].id, index);
	}
	return (OK);
}
