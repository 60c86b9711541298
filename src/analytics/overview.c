/*
 * The overview: totals and figures as they are kept, and what is held at the
 * last prices. One round trip, no history.
 */
#include <math.h>

#include "analytics/holdings.h"
#include "ledger/ledger.h"
#include "portfolio/portfolio.h"
#include "store/store.h"

#include "analytics_sql.h"

struct kept {
	uuid	id;
	str	currency;
	dec	cash, paid_in, paid_out, realised, income, fees, taxes;
	day	from_day, to_day;
	int64_t	n;
	str	benchmark;
	double	total_return, annualised_return, mwr, volatility, sharpe;
	double	sortino, calmar, max_drawdown;
	day	drawdown_from, drawdown_to;
	double	beta, alpha, correlation, benchmark_return, var95, es95;
	double	win_rate, best_day, worst_day;
	str	reasons, warnings;
	dec	day_cash;	/* income less fees of the session */
};

#define KEPT(member)	MAY(kept, member, "Kept.")

static const struct field kept_fields[] = {
	KEPT(id), KEPT(currency), KEPT(cash), KEPT(paid_in), KEPT(paid_out),
	KEPT(realised), KEPT(income), KEPT(fees), KEPT(taxes),
	KEPT(from_day), KEPT(to_day), KEPT(n), KEPT(benchmark),
	KEPT(total_return), KEPT(annualised_return), KEPT(mwr),
	KEPT(volatility), KEPT(sharpe), KEPT(sortino), KEPT(calmar),
	KEPT(max_drawdown), KEPT(drawdown_from), KEPT(drawdown_to),
	KEPT(beta), KEPT(alpha), KEPT(correlation), KEPT(benchmark_return),
	KEPT(var95), KEPT(es95), KEPT(win_rate), KEPT(best_day),
	KEPT(worst_day),
	JSON_TEXT(kept, reasons, "Kept."), JSON_TEXT(kept, warnings, "Kept."),
	KEPT(day_cash),
	FIELDS_END
};

const struct field held_fields[] = {
	MUST(held, symbol, "Symbol."),
	MUST(held, name, "Name."),
	MUST(held, kind, "Kind."),
	MAY(held, sector, "Sector."),
	MUST(held, currency, "Currency."),
	MUST(held, quantity, "Units."),
	MUST(held, cost_base, "Cost."),
	MUST(held, price, "Price."),
	MUST(held, previous_close, "Previous close."),
	MAY(held, as_of, "As of."),
	MUST(held, own, "The portfolio's currency."),
	MAY(held, rate, "Rate."),
	FIELDS_END
};

static const struct field day_terms_fields[] = {
	MUST(day_terms, fresh, "Fresh."),
	MUST(day_terms, quantity, "Units."),
	MUST(day_terms, price, "Price."),
	MUST(day_terms, previous_close, "Previous close."),
	MUST(day_terms, units, "Units since."),
	MUST(day_terms, paid, "Paid since."),
	MUST(day_terms, received, "Received since."),
	MUST(day_terms, rate, "Rate."),
	FIELDS_END
};

static double
ratio(dec part, dec whole)
{
	return (dec_sign(whole) > 0 ? dec_double(part) / dec_double(whole) :
	    NAN);
}

static void
figures_copy(const struct kept *k, struct overview *o)
{
	o->from = k->from_day;
	o->to = k->to_day;
	o->n = k->n == LONG_NONE ? 0 : k->n;
	o->benchmark = k->benchmark;
	o->total_return = k->total_return;
	o->annualised_return = k->annualised_return;
	o->mwr = k->mwr;
	o->volatility = k->volatility;
	o->sharpe = k->sharpe;
	o->sortino = k->sortino;
	o->calmar = k->calmar;
	o->max_drawdown = k->max_drawdown;
	o->drawdown_from = k->drawdown_from;
	o->drawdown_to = k->drawdown_to;
	o->beta = k->beta;
	o->alpha = k->alpha;
	o->correlation = k->correlation;
	o->benchmark_return = k->benchmark_return;
	o->var95 = k->var95;
	o->es95 = k->es95;
	o->win_rate = k->win_rate;
	o->best_day = k->best_day;
	o->worst_day = k->worst_day;
	o->reasons = k->reasons.p != NULL ? k->reasons : S("{}");
	o->warnings = k->warnings.p != NULL ? k->warnings : S("[]");
}

dec
held_worth(const struct held *h)
{
	return (holding_worth(h->quantity, h->price, h->currency, h->rate,
	    h->own, h->cost_base));
}

static void
holdings_add(const struct list *rows, struct overview *o)
{
	const struct held *h = rows->v;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		o->market_value = dec_add(o->market_value,
		    held_worth(&h[i]));
		o->cost_basis = dec_add(o->cost_basis, h[i].cost_base);
		if (instant_ok(h[i].as_of) && (!instant_ok(o->as_of) ||
		    h[i].as_of.us > o->as_of.us))
			o->as_of = h[i].as_of;
	}
	o->value = dec_add(o->cash, o->market_value);
	o->unrealised = dec_sub(o->market_value, o->cost_basis);
}

/* A fraction of the value before with what was put in since: value - change. */
static void
sessions_add(const struct list *rows, int places, struct overview *o)
{
	const struct day_terms *s = rows->v;
	dec change, base;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		day_change_of(&s[i], places, &change, &base);
		change = dec_mul_round(change, s[i].rate, places);
		o->day_change = dec_add(o->day_change, change);
	}
	o->day_change_ratio = ratio(o->day_change,
	    dec_sub(o->value, o->day_change));
}

enum err
analytics_overview(struct flow *f, uuid portfolio, struct overview *o)
{
	struct list one, rows, sessions;
	const struct kept *k;
	const struct query all[] = {
		QUERY(&sql_overview_one, SHAPE(kept), &one, UUID(portfolio)),
		QUERY(&sql_overview_holdings, SHAPE(held), &rows,
		    UUID(portfolio)),
		QUERY(&sql_overview_session, SHAPE(day_terms), &sessions,
		    UUID(portfolio))
	};

	TRY(store_batch(f, all, 3));
	if (one.n == 0)
		return (E_NOT_FOUND);
	k = one.v;
	*o = (struct overview){
		.portfolio_id = k->id, .currency = k->currency,
		.as_of = INSTANT_NONE, .cash = k->cash,
		.invested = dec_sub(k->paid_in, k->paid_out),
		.market_value = DEC_ZERO, .cost_basis = DEC_ZERO,
		.realised = k->realised, .income = k->income,
		.fees = dec_add(k->fees, k->taxes), .day_change = k->day_cash
	};
	figures_copy(k, o);
	holdings_add(&rows, o);
	sessions_add(&sessions, currency_places(k->currency), o);
	if (!instant_ok(o->as_of))
		o->as_of = instant_now();
	o->total_gain = dec_sub(o->value, o->invested);
	o->total_gain_ratio = ratio(o->total_gain, k->paid_in);
	return (OK);
}
