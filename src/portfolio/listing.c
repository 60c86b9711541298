/*
 * Reading: portfolios, positions and activities as they are kept. The only
 * arithmetic is that of the last price.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "portfolio/listing.h"
#include "store/store.h"

#include "portfolio_sql.h"

const char *const portfolio_methods[] = {
	"fifo", "lifo", "hifo", "lofo", "average", NULL
};

const struct field portfolio_fields[] = {
	MUST(portfolio, id, "Id."),
	MUST(portfolio, name, "Name."),
	MUST(portfolio, currency, "Currency of its amounts, ISO 4217."),
	MUST(portfolio, benchmark, "Symbol it is compared with."),
	MAY(portfolio, opened_on, "No activity may be before this day."),
	MUST(portfolio, is_default, "Whether /dashboard is about it."),
	MUST(portfolio, version, "Grows with each change of its settings."),
	MUST(portfolio, cost_method, "How sales take lots; the newest one.",
	    .names = portfolio_methods),
	FIELDS_END
};

const struct field position_fields[] = {
	MUST(position, symbol, "Symbol."),
	MUST(position, name, "Name of the company or fund."),
	MUST(position, kind, "stock, etf .."),
	MAY(position, sector, "Sector."),
	MUST(position, currency, "Currency of price and amounts."),
	MAY(position, logo, "Address of a picture."),
	MUST(position, quantity, "Units held."),
	MUST(position, average_cost, "Cost of one unit, fees included."),
	MUST(position, cost_basis, "Cost of what is held, fees included."),
	MUST(position, price, "Last price of one unit."),
	MAY(position, price_as_of, "When that was the price."),
	MUST(position, price_stale, "Whether it is an old one."),
	MUST(position, previous_close, "Close of the market day before."),
	MUST(position, market_value, "Quantity at the last price."),
	MUST(position, unrealised, "Market value less cost."),
	MAY(position, unrealised_ratio, "That, as a fraction of cost."),
	MUST(position, realised, "Gains of what was sold."),
	MUST(position, income, "Dividends, net of tax withheld."),
	MUST(position, day_change, "Since the previous close, or since it "
	    "was bought today; zero without a price of the newest session."),
	MAY(position, day_change_ratio, "That, as a fraction of the worth at "
	    "the previous close and of what was paid today; null if zero."),
	MAY(position, weight, "Share of the portfolio's value."),
	MAY(position, opened_on, "Day it was opened; null when sold out."),
	MUST(position, trades, "Trades of it so far."),
	MUST(position, base_currency, "The portfolio's currency."),
	MAY(position, rate, "Of it for one of `currency`, the newest one; "
	    "null when none is known."),
	MUST(position, cost_basis_base, "Cost of what is held, in the "
	    "portfolio's currency at the rates of then."),
	MUST(position, market_value_base, "Market value at that rate; what "
	    "it cost without one."),
	MUST(position, unrealised_base, "That, less cost."),
	MUST(position, price_effect, "Of that: what the price did, at the "
	    "rates of then."),
	MUST(position, currency_effect, "Of that: what the currency did."),
	MUST(position, realised_base, "Gains of what was sold, at the rates "
	    "of then."),
	MUST(position, income_base, "Dividends, at the rates of then."),
	MUST(position, day_change_base, "The day's change at that rate."),
	FIELDS_END
};

const struct field activity_row_fields[] = {
	MUST(activity_row, id, "Id."),
	MUST(activity_row, kind, "What was done.", .names = activity_names),
	MAY(activity_row, symbol, "Symbol, unless it is about cash."),
	MAY(activity_row, quantity, "Units, of trades and transfers."),
	MAY(activity_row, price, "Price of one, of trades."),
	MUST(activity_row, amount, "Gross amount."),
	MUST(activity_row, commission, "Commission; inside cost or proceeds."),
	MUST(activity_row, withheld, "Tax withheld."),
	MAY(activity_row, realised, "Gain of a sale."),
	MAY(activity_row, cost, "What the sold units had cost."),
	MAY(activity_row, note, "Note."),
	MUST(activity_row, traded_on, "Day it was done."),
	MUST(activity_row, recorded_at, "When it was recorded."),
	MAY(activity_row, into, "What came, of a spin-off, a merger, a "
	    "new name."),
	MAY(activity_row, numerator, "So many units of it .."),
	MAY(activity_row, denominator, ".. for so many."),
	MUST(activity_row, currency, "Currency of price and amounts."),
	MAY(activity_row, rate, "The portfolio's currency for one of it."),
	MAY(activity_row, realised_base, "Gain of a sale, in the "
	    "portfolio's currency."),
	FIELDS_END
};

const struct field open_row_fields[] = {
	MUST(open_row, symbol, "Symbol."),
	MUST(open_row, name, "Name."),
	MUST(open_row, kind, "Kind."),
	MAY(open_row, sector, "Sector."),
	MUST(open_row, currency, "Currency."),
	MAY(open_row, logo, "Logo."),
	MUST(open_row, quantity, "Units."),
	MUST(open_row, cost, "Cost."),
	MUST(open_row, realised, "Realised."),
	MUST(open_row, income, "Income."),
	MAY(open_row, opened_on, "Opened."),
	MUST(open_row, trades, "Trades."),
	MUST(open_row, price, "Price."),
	MUST(open_row, previous_close, "Previous close."),
	MAY(open_row, as_of, "As of."),
	MUST(open_row, stale, "Stale."),
	MUST(open_row, cash, "Cash."),
	MUST(open_row, fresh, "Fresh."),
	MUST(open_row, units, "Units since."),
	MUST(open_row, paid, "Paid since."),
	MUST(open_row, received, "Received since."),
	MUST(open_row, cost_base, "Cost."),
	MUST(open_row, realised_base, "Realised."),
	MUST(open_row, income_base, "Income."),
	MUST(open_row, own, "The portfolio's currency."),
	MAY(open_row, rate, "Rate."),
	FIELDS_END
};

const struct field lot_row_fields[] = {
	MUST(lot_row, n, "Place in time."),
	MUST(lot_row, activity_id, "Opened by."),
	MUST(lot_row, opened_on, "Opened."),
	MUST(lot_row, quantity, "Units."),
	MUST(lot_row, cost, "Cost."),
	MUST(lot_row, currency, "Currency."),
	MUST(lot_row, price, "Price."),
	MUST(lot_row, cost_base, "Cost."),
	MUST(lot_row, own, "The portfolio's currency."),
	MAY(lot_row, rate, "Rate."),
	FIELDS_END
};

const struct field held_lot_fields[] = {
	MUST(held_lot, activity, "Id of the purchase it began with."),
	MUST(held_lot, opened_on, "Day it was acquired."),
	MUST(held_lot, days_held, "Days since then."),
	MUST(held_lot, long_term, "Whether that is more than a year."),
	MUST(held_lot, quantity, "Units left of it."),
	MUST(held_lot, cost, "What they cost, fees included."),
	MUST(held_lot, unit_cost, "What one of them cost."),
	MUST(held_lot, market_value, "Quantity at the last price."),
	MUST(held_lot, unrealised, "Market value less cost."),
	MUST(held_lot, cost_base, "Cost in the portfolio's currency."),
	MUST(held_lot, market_value_base, "Market value in it."),
	FIELDS_END
};

static double
ratio(dec part, dec whole)
{
	if (dec_sign(whole) <= 0)
		return (NAN);
	return (dec_double(part) / dec_double(whole));
}

void
day_change_of(const struct day_terms *s, int places, dec *change, dec *base)
{
	dec before;

	*change = *base = DEC_ZERO;
	if (!s->fresh)
		return;
	before = trade_amount(dec_sub(s->quantity, s->units),
	    s->previous_close, places);
	*base = dec_add(before, s->paid);
	*change = dec_sub(dec_add(trade_amount(s->quantity, s->price, places),
	    s->received), *base);
}

dec
holding_worth(dec quantity, dec price, str currency, dec rate,
    str base_currency, dec cost_base)
{
	dec worth = trade_amount(quantity, price, currency_places(currency));

	if (str_eq(currency, base_currency))
		return (worth);
	return (dec_ok(rate) ? dec_mul_round(worth, rate,
	    currency_places(base_currency)) : cost_base);
}

/* The price's part of a gain is the gain at the rates of then. */
static void
position_base(const struct open_row *r, struct position *p)
{
	int places = currency_places(r->own);

	p->base_currency = r->own;
	p->rate = r->rate;
	p->cost_basis_base = r->cost_base;
	p->market_value_base = holding_worth(r->quantity, r->price,
	    r->currency, r->rate, r->own, r->cost_base);
	p->unrealised_base = dec_sub(p->market_value_base, r->cost_base);
	p->price_effect = str_eq(r->currency, r->own) || !dec_ok(r->rate) ?
	    p->unrealised_base : dec_sign(r->cost) == 0 ?
	    dec_mul_round(p->unrealised, r->rate, places) :
	    dec_mul_div_round(p->unrealised, r->cost_base, r->cost, places);
	p->currency_effect = dec_sub(p->unrealised_base, p->price_effect);
	p->realised_base = r->realised_base;
	p->income_base = r->income_base;
	p->day_change_base = !dec_ok(r->rate) ? DEC_ZERO :
	    dec_mul_round(p->day_change, r->rate, places);
}

void
position_of(const struct open_row *r, struct position *p)
{
	int places = currency_places(r->currency);
	struct day_terms s = { r->fresh, r->quantity, r->price,
	    r->previous_close, r->units, r->paid, r->received, r->rate };
	dec base;

	*p = (struct position){
		.symbol = r->symbol, .name = r->name, .kind = r->kind,
		.sector = r->sector, .currency = r->currency,
		.logo = r->logo, .quantity = r->quantity,
		.cost_basis = r->cost, .price = r->price,
		.price_as_of = r->as_of, .price_stale = r->stale,
		.previous_close = r->previous_close, .realised = r->realised,
		.income = r->income, .weight = NAN,
		.opened_on = r->opened_on, .trades = r->trades
	};
	p->average_cost = dec_sign(r->quantity) == 0 ? DEC_ZERO :
	    dec_div(r->cost, r->quantity);
	p->market_value = trade_amount(r->quantity, r->price, places);
	p->unrealised = dec_sub(p->market_value, r->cost);
	p->unrealised_ratio = ratio(p->unrealised, r->cost);
	day_change_of(&s, places, &p->day_change, &base);
	p->day_change_ratio = ratio(p->day_change, base);
	position_base(r, p);
}

void
lots_of(struct arena *a, const struct list *rows, day today,
    struct list *out)
{
	const struct lot_row *r = rows->v;
	struct held_lot *l = ARENA_MANY(a, rows->n, struct held_lot);
	size_t i;

	for (i = 0; i < rows->n; i++) {
		l[i] = (struct held_lot){ .activity = r[i].activity_id,
		    .opened_on = r[i].opened_on,
		    .days_held = days_held(r[i].opened_on, today),
		    .long_term = held_long(r[i].opened_on, today),
		    .quantity = r[i].quantity, .cost = r[i].cost,
		    .unit_cost = dec_div(r[i].cost, r[i].quantity),
		    .market_value = trade_amount(r[i].quantity, r[i].price,
		    currency_places(r[i].currency)) };
		l[i].unrealised = dec_sub(l[i].market_value, r[i].cost);
		l[i].cost_base = r[i].cost_base;
		l[i].market_value_base = holding_worth(r[i].quantity,
		    r[i].price, r[i].currency, r[i].rate, r[i].own,
		    r[i].cost_base);
	}
	*out = (struct list){ l, rows->n };
}

/* A price may make of a holding more than a decimal holds: the largest. */
static int
by_value(const void *left, const void *right)
{
	const struct position *a = left, *b = right;
	bool known = dec_ok(a->market_value_base);
	int c = 0;

	if (known != dec_ok(b->market_value_base))
		return (known ? 1 : -1);
	if (known)
		c = dec_cmp(b->market_value_base, a->market_value_base);
	return (c != 0 ? c : str_cmp(a->symbol, b->symbol));
}

void
positions_of(struct arena *a, const struct list *rows, struct list *out)
{
	const struct open_row *r = rows->v;
	struct position *p;
	size_t i;
	dec value;

	p = ARENA_MANY(a, rows->n, struct position);
	value = rows->n > 0 ? r[0].cash : DEC_ZERO;
	for (i = 0; i < rows->n; i++) {
		position_of(&r[i], &p[i]);
		value = dec_add(value, p[i].market_value_base);
	}
	for (i = 0; i < rows->n; i++)
		p[i].weight = ratio(p[i].market_value_base, value);
	if (rows->n > 1)
		qsort(p, rows->n, sizeof(*p), by_value);
	*out = (struct list){ p, rows->n };
}

enum err
portfolio_positions(struct flow *f, uuid portfolio, struct list *out)
{
	struct list rows;

	TRY(store_rows(f, &sql_position_open, SHAPE(open_row), &rows,
	    UUID(portfolio)));
	positions_of(&f->arena, &rows, out);
	return (OK);
}

enum err
portfolio_resolve(struct flow *f, uuid wanted, struct portfolio *out)
{
	return (store_row(f, &sql_portfolio_find, SHAPE(portfolio), out,
	    UUID(wanted)));
}

enum err
portfolio_activities(struct flow *f, uuid portfolio, bool trades_only,
    int64_t limit, struct list *out)
{
	return (store_rows(f, &sql_activity_page, SHAPE(activity_row), out,
	    UUID(portfolio), STR(STR_NONE), STR(STR_NONE), DAY(DAY_NONE),
	    UUID(UUID_NONE), BOOL(trades_only), LONG(limit)));
}

enum err
portfolio_add(struct flow *f, str name, str currency, str benchmark,
    day opened_on, struct portfolio *out)
{
	return (store_row(f, &sql_portfolio_insert, SHAPE(portfolio), out,
	    UUID(uuid_new()), STR(name), STR(currency), STR(benchmark),
	    DAY(opened_on)));
}
