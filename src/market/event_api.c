/*
 * Dividends and splits of everything that is traded, by ex-day. A dividend is
 * told as it was paid for a share of its day, and for a share of today.
 */
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

#define DAYS_MAX	800
#define DAYS_USUAL	30

static const char *const event_names[] = { "dividend", "split", NULL };

struct events_query {
	day	from, to;
	int	kind;
	str	symbol;
};

static const struct field events_query_fields[] = {
	MAY(events_query, from, "First ex-day; today when absent."),
	MAY(events_query, to, "Last ex-day; 30 days later when absent."),
	MAY(events_query, kind, "Only such.", .names = event_names),
	MAY(events_query, symbol, "Only of this one.",
	    .max = LIMIT_SYMBOL_BYTES, .pattern = "symbol"),
	FIELDS_END
};

SHAPE_OF(events_query);

struct market_event {
	uuid	instrument_id;
	str	symbol, name, currency;
	str	kind;
	day	ex_day;
	dec	amount, adjusted_amount;
	int64_t	numerator, denominator;
	bool	simulated;
};

static const struct field row_fields[] = {
	MUST(market_event, instrument_id, "Instrument."),
	MUST(market_event, symbol, "Ticker."),
	MUST(market_event, name, "Name."),
	MUST(market_event, currency, "Currency."),
	MUST(market_event, kind, "Kind."),
	MUST(market_event, ex_day, "Day."),
	MAY(market_event, amount, "Paid."),
	MAY(market_event, numerator, "New."),
	MAY(market_event, denominator, "Old."),
	MUST(market_event, simulated, "Made up."),
	FIELDS_END
};

static const struct shape row_shape = SHAPE_DEF(market_event, row_fields);

static const struct field market_event_fields[] = {
	MUST(market_event, symbol, "Ticker."),
	MUST(market_event, name, "Name."),
	MUST(market_event, currency, "Currency of the amount."),
	MUST(market_event, kind, "dividend or split."),
	MUST(market_event, ex_day, "First day without the dividend, or of the "
	    "new count."),
	MAY(market_event, amount, "Paid for a share of that day."),
	MAY(market_event, adjusted_amount, "The same for a share of today, "
	    "after later splits."),
	MAY(market_event, numerator, "New shares"),
	MAY(market_event, denominator, "for so many old ones."),
	MUST(market_event, simulated, "Whether it is made up."),
	FIELDS_END
};

SHAPE_OF(market_event);

struct later_split {
	uuid	instrument_id;
	day	ex_day;
	int64_t	numerator, denominator;
};

static const struct field later_split_fields[] = {
	MUST(later_split, instrument_id, "Instrument."),
	MUST(later_split, ex_day, "Day."),
	MUST(later_split, numerator, "New."),
	MUST(later_split, denominator, "Old."),
	FIELDS_END
};

static void
event_adjust(struct market_event *e, const struct list *splits)
{
	const struct later_split *s = splits->v;
	size_t i;

	e->adjusted_amount = e->amount;
	for (i = 0; i < splits->n && dec_ok(e->amount); i++)
		if (uuid_eq(s[i].instrument_id, e->instrument_id) &&
		    day_cmp(s[i].ex_day, e->ex_day) > 0)
			e->adjusted_amount = dec_mul_div(e->adjusted_amount,
			    dec_of(s[i].denominator), dec_of(s[i].numerator));
}

static enum err
events_adjust(struct call *c, struct list *rows)
{
	uuid *ids = ARENA_MANY(&c->f->arena, rows->n, uuid);
	struct market_event *e = rows->v;
	struct list splits;
	size_t i;

	for (i = 0; i < rows->n; i++)
		ids[i] = e[i].instrument_id;
	TRY(store_rows(c->f, &sql_event_splits, SHAPE(later_split), &splits,
	    MANY(K_UUID, ids, rows->n), DAY(sim_today())));
	for (i = 0; i < rows->n; i++)
		event_adjust(&e[i], &splits);
	return (OK);
}

/* Where the last page ended: "2024-05-10 dividend AAPL". */
struct place {
	day	on;
	str	kind, symbol;
};

static struct place
place_of(str cursor)
{
	struct place p = { DAY_NONE, STR_NONE, STR_NONE };
	str part;

	if (cursor.n == 0 || !str_cut(&cursor, ' ', &part) ||
	    !day_parse(part, &p.on))
		return (p);
	(void)str_cut(&cursor, ' ', &p.kind);
	p.symbol = cursor;
	return (p);
}

static str
place_text(struct call *c, const struct market_event *e)
{
	char on[DAY_TEXT_MAX];

	day_print(e->ex_day, on);
	return (arena_printf(&c->f->arena, "%s %.*s %.*s", on,
	    STR_ARG(e->kind), STR_ARG(e->symbol)));
}

enum err
events_route(struct call *c)
{
	const struct events_query *q = c->query;
	day from = day_ok(q->from) ? q->from : sim_today();
	day to = day_ok(q->to) ? q->to : day_add(from, DAYS_USUAL);
	struct place after = place_of(call_cursor(c));
	int64_t limit = call_limit(c, 100);
	const struct market_event *e;
	struct list rows;
	bool more;

	if (day_cmp(from, to) > 0 || day_between(from, to) > DAYS_MAX)
		return (fault(c, "?to", "out_of_range", "up to %d days later",
		    DAYS_MAX));
	TRY(store_rows(c->f, &sql_event_page, &row_shape, &rows, DAY(from),
	    DAY(to), STR(q->kind == ENUM_NONE ? STR_NONE :
	    str_of(event_names[q->kind])), STR(q->symbol), DAY(after.on),
	    STR(after.kind), STR(after.symbol), LONG(limit + 1)));
	more = rows.n > (size_t)limit;
	rows.n -= more;
	TRY(events_adjust(c, &rows));
	e = rows.v;
	return (reply_many(c, &rows, more ? place_text(c, &e[rows.n - 1])
					  : STR_NONE));
}
