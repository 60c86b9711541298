/*
 * What companies reported, and which assets move most.
 */
#include <math.h>

#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

#define FACTS_MAX	500
#define MOVERS_MAX	50

/* ---- fundamentals -------------------------------------------------------- */

static const char *const period_names[] = {
	"annual", "quarter", "instant", NULL
};

struct facts_query {
	str	symbol;
	str	metric;
	int	period;
	int64_t	limit;
};

static const struct field facts_query_fields[] = {
	MUST(facts_query, symbol, "Ticker.", .max = LIMIT_SYMBOL_BYTES,
	    .pattern = "symbol", .example = "\"AAPL\""),
	MAY(facts_query, metric, "Some of them, separated by commas: "
	    "us-gaap:Revenues, or Revenues of any taxonomy.", .min = 1,
	    .max = 1000),
	MAY(facts_query, period, "Only such.", .names = period_names),
	MAY(facts_query, limit, "Most values, the newest; 100 when absent.",
	    .ranged = true, .min = 1, .max = FACTS_MAX),
	FIELDS_END
};

SHAPE_OF(facts_query);

struct fact_row {
	str	metric, unit;
	day	period_start, period_end;
	dec	value;
	int64_t	fiscal_year;
	str	fiscal_period, form;
	day	filed;
	str	source;
};

static const struct field fact_row_fields[] = {
	MUST(fact_row, metric, "Taxonomy and concept."),
	MUST(fact_row, unit, "USD, shares, USD/shares."),
	MUST(fact_row, period_start, "First day; the last of a value that is "
	    "of one day."),
	MUST(fact_row, period_end, "Last day."),
	MUST(fact_row, value, "Value."),
	MAY(fact_row, fiscal_year, "Of the filing."),
	MAY(fact_row, fiscal_period, "FY, Q1, Q2, Q3."),
	MAY(fact_row, form, "10-K, 10-Q, 20-F."),
	MUST(fact_row, filed, "Day of the filing that told it last."),
	MUST(fact_row, source, "Who says so."),
	FIELDS_END
};

struct facts {
	str		symbol;
	struct list	items;
};

static const struct field facts_fields[] = {
	MUST(facts, symbol, "Ticker."),
	MUST(facts, items, "Newest period first.", .shape = SHAPE(fact_row)),
	FIELDS_END
};

SHAPE_OF(facts);

enum err
facts_route(struct call *c)
{
	const struct facts_query *q = c->query;
	struct instrument in;
	struct facts out;

	TRY(asset_read(c, q->symbol, &in));
	out.symbol = in.symbol;
	TRY(store_rows(c->f, &sql_fact_list, SHAPE(fact_row), &out.items,
	    UUID(in.id), STR(q->metric), STR(q->period == ENUM_NONE ?
	    STR_NONE : str_of(period_names[q->period])),
	    LONG(q->limit == LONG_NONE ? 100 : q->limit)));
	return (reply(c, &out));
}

/* ---- movers -------------------------------------------------------------- */

static const char *const mover_names[] = {
	"gainers", "losers", "active", NULL
};

struct movers_query {
	int	kind;
	int64_t	limit;
};

static const struct field movers_query_fields[] = {
	MAY(movers_query, kind, "By what; gainers when absent. Active: by "
	    "money traded on the last day.", .names = mover_names),
	MAY(movers_query, limit, "Most assets; 10 when absent.",
	    .ranged = true, .min = 1, .max = MOVERS_MAX),
	FIELDS_END
};

SHAPE_OF(movers_query);

struct mover {
	str	symbol, name, kind, currency;
	dec	price, previous_close, change;
	double	percent_change;
	dec	volume;
	instant	as_of;
	bool	stale, simulated;
};

static const struct field mover_fields[] = {
	MUST(mover, symbol, "Ticker."),
	MUST(mover, name, "Name."),
	MUST(mover, kind, "Kind."),
	MUST(mover, currency, "Currency."),
	MUST(mover, price, "Last price."),
	MUST(mover, previous_close, "Close of the session before."),
	MUST(mover, change, "Since that close."),
	MUST(mover, percent_change, "The same as a fraction.", .number = 9),
	MAY(mover, volume, "Units traded on the last day that is kept."),
	MUST(mover, as_of, "The provider's time."),
	MUST(mover, stale, "The provider failed; the last good one."),
	MUST(mover, simulated, "Whether its prices are made up."),
	FIELDS_END
};

struct movers {
	int		kind;
	struct list	items;
};

static const struct field movers_fields[] = {
	MUST(movers, kind, "By what.", .names = mover_names),
	MUST(movers, items, "Those that moved most first.",
	    .shape = SHAPE(mover)),
	FIELDS_END
};

SHAPE_OF(movers);

enum err
movers_route(struct call *c)
{
	const struct movers_query *q = c->query;
	struct movers out;

	out.kind = q->kind == ENUM_NONE ? 0 : q->kind;
	TRY(store_rows(c->f, &sql_mover_list, SHAPE(mover), &out.items,
	    STR(str_of(mover_names[out.kind])),
	    LONG(q->limit == LONG_NONE ? 10 : q->limit)));
	return (reply(c, &out));
}
