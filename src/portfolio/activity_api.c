/*
 * What was done: trades, dividends and money are recorded, all activities are
 * listed, and one that should not have been is taken back.
 */
#include "portfolio/routes.h"
#include "store/store.h"

#include "portfolio_sql.h"

/* ---- what is sent ------------------------------------------------------ */

static const char *const trade_kinds[] = { "buy", "sell", NULL };

struct picked {
	uuid	activity;
	dec	quantity;
};

static const struct field picked_fields[] = {
	MUST(picked, activity, "The activity the lot began with."),
	MUST(picked, quantity, "Units of it.", .above_zero = true),
	FIELDS_END
};

struct trade_in {
	int	kind;
	str	symbol;
	dec	quantity;
	dec	price;
	dec	commission;
	dec	rate;
	struct list lots;
	day	traded_on;
	str	note;
};

static const struct field trade_in_fields[] = {
	MUST(trade_in, kind, "buy or sell.", .names = trade_kinds,
	    .example = "\"buy\""),
	MUST(trade_in, symbol, "Ticker, as the exchange lists it.",
	    .pattern = "symbol", .example = "\"AAPL\""),
	MUST(trade_in, quantity, "Units.", .above_zero = true,
	    .ranged = true, .max = MOST_UNITS, .example = "\"10\""),
	MUST(trade_in, price, "Price of one unit, in the instrument's "
	    "currency.", .above_zero = true, .ranged = true,
	    .max = MOST_UNITS, .example = "\"175.50\""),
	MAY(trade_in, commission, "What the broker took; 0 when absent.",
	    .ranged = true, .max = MOST_UNITS),
	MAY(trade_in, rate, RATE_DOC, .above_zero = true, .ranged = true,
	    .max = MOST_UNITS),
	MAY(trade_in, lots, "Of a sale: the lots it takes, up to 200; the "
	    "cost method's when absent.", .shape = SHAPE(picked),
	    .max = LOTS_PICKED_MAX),
	MAY(trade_in, traded_on, "Trade date; today when absent."),
	MAY(trade_in, note, "Note.", .max = LIMIT_NOTE_BYTES),
	FIELDS_END
};

SHAPE_OF(trade_in);

static const char *const cash_kinds[] = {
	"deposit", "withdrawal", "interest", "fee", "tax", NULL
};
static const enum activity_kind cash_activities[] = {
	A_DEPOSIT, A_WITHDRAWAL, A_INTEREST, A_FEE, A_TAX
};

struct cash_in {
	int	kind;
	dec	amount;
	day	on;
	str	note;
};

static const struct field cash_in_fields[] = {
	MUST(cash_in, kind, "What was done.", .names = cash_kinds,
	    .example = "\"deposit\""),
	MUST(cash_in, amount, "Amount.", .above_zero = true,
	    .example = "\"1000.00\""),
	MAY(cash_in, on, "Day; today when absent."),
	MAY(cash_in, note, "Note.", .max = LIMIT_NOTE_BYTES),
	FIELDS_END
};

SHAPE_OF(cash_in);

struct dividend_in {
	str	symbol;
	dec	amount;
	dec	withheld;
	dec	rate;
	day	paid_on;
	str	note;
};

static const struct field dividend_in_fields[] = {
	MUST(dividend_in, symbol, "Whose dividend it is.",
	    .pattern = "symbol"),
	MUST(dividend_in, amount, "Gross amount.", .above_zero = true),
	MAY(dividend_in, withheld, "Tax withheld of it; 0 when absent.",
	    .ranged = true, .max = MOST_UNITS),
	MAY(dividend_in, rate, RATE_DOC, .above_zero = true, .ranged = true,
	    .max = MOST_UNITS),
	MAY(dividend_in, paid_on, "Day; today when absent."),
	MAY(dividend_in, note, "Note.", .max = LIMIT_NOTE_BYTES),
	FIELDS_END
};

SHAPE_OF(dividend_in);

struct activities_query {
	str	symbol;
	int	kind;
};

static const struct field activities_query_fields[] = {
	MAY(activities_query, symbol, "Only those about it.",
	    .pattern = "symbol"),
	MAY(activities_query, kind, "Only those of this kind.",
	    .names = activity_names),
	FIELDS_END
};

SHAPE_OF(activities_query);

/* ---- what is answered -------------------------------------------------- */

static const struct field recorded_fields[] = {
	MUST(recorded, activity, "What was recorded.",
	    .shape = SHAPE(activity_row)),
	MUST(recorded, position, "The position it leaves.",
	    .shape = SHAPE(position)),
	FIELDS_END
};

SHAPE_OF(recorded);

struct cash_recorded {
	struct activity_row activity;
	dec	cash;
};

static const struct field cash_recorded_fields[] = {
	MUST(cash_recorded, activity, "What was recorded.",
	    .shape = SHAPE(activity_row)),
	MUST(cash_recorded, cash, "Cash there is now."),
	FIELDS_END
};

SHAPE_OF(cash_recorded);

struct cash_row {
	dec	cash;
};

static const struct field cash_row_fields[] = {
	MUST(cash_row, cash, "Cash."),
	FIELDS_END
};

/* ---- all of them ------------------------------------------------------- */

/* A cursor holds the day and id of the last row shown. */
static bool
cursor_read(str cursor, day *on, uuid *id)
{
	str first;

	*on = DAY_NONE;
	*id = UUID_NONE;
	if (cursor.p == NULL)
		return (true);
	return (str_cut(&cursor, ' ', &first) && day_parse(first, on) &&
	    uuid_parse(cursor, id));
}

static str
cursor_write(struct arena *a, const struct activity_row *r)
{
	char on[DAY_TEXT_MAX], id[UUID_TEXT_MAX];

	day_print(r->traded_on, on);
	uuid_print(r->id, id);
	return (arena_printf(a, "%s %s", on, id));
}

enum err
activities_route(struct call *c)
{
	const struct activities_query *q = c->query;
	struct list found, rows;
	int64_t limit;
	uuid last;
	day on;
	str next;

	if (!cursor_read(call_cursor(c), &on, &last))
		return (E_BAD_REQUEST);
	limit = call_limit(c, 50);
	const struct query both[] = {
		QUERY(&sql_portfolio_find, SHAPE(portfolio), &found,
		    UUID(path_portfolio(c))),
		QUERY(&sql_activity_page, SHAPE(activity_row), &rows,
		    UUID(path_portfolio(c)), STR(q->symbol),
		    STR(q->kind == ENUM_NONE ? STR_NONE :
		    str_of(activity_names[q->kind])), DAY(on), UUID(last),
		    BOOL(false), LONG(limit + 1))
	};

	TRY(store_batch(c->f, both, 2));
	if (found.n == 0)
		return (E_NOT_FOUND);
	next = STR_NONE;
	if ((int64_t)rows.n > limit) {
		rows.n--;
		next = cursor_write(&c->f->arena,
		    (struct activity_row *)rows.v + rows.n - 1);
	}
	return (reply_many(c, &rows, next));
}

static enum err
activity_read(struct call *c, uuid id, struct activity_row *out)
{
	return (store_row(c->f, &sql_activity_one, SHAPE(activity_row), out,
	    UUID(path_portfolio(c)), UUID(id)));
}

enum err
activity_remove_route(struct call *c)
{
	const struct activity_path *path = c->params;

	TRY(portfolio_unrecord(c->f, path->portfolio, path->activity));
	return (reply_nothing(c));
}

/* ---- trades ------------------------------------------------------------ */

enum err
reply_recorded(struct call *c, uuid id, str symbol)
{
	struct recorded out;

	TRY(activity_read(c, id, &out.activity));
	TRY(position_read(c, path_portfolio(c), symbol, &out.position));
	return (reply(c, &out));
}

enum err
trade_prepare(struct call *c)
{
	return (symbol_prepare(c, "/symbol",
	    ((struct trade_in *)c->body)->symbol));
}

static enum err
picks_read(struct call *c, const struct trade_in *in, struct entry *e)
{
	const struct picked *v = in->lots.v;
	struct pick *p = ARENA_MANY(&c->f->arena, in->lots.n, struct pick);
	size_t i;

	if (in->lots.n > 0 && e->kind != A_SELL)
		return (fault(c, "/lots", "not_needed", "a purchase takes no "
		    "lots"));
	for (i = 0; i < in->lots.n; i++)
		p[i] = (struct pick){ v[i].activity, v[i].quantity };
	e->picks = p;
	e->pick_n = in->lots.n;
	return (OK);
}

enum err
trade_route(struct call *c)
{
	const struct trade_in *in = c->body;
	struct entry e = {
		.kind = in->kind == 0 ? A_BUY : A_SELL, .symbol = in->symbol,
		.quantity = in->quantity, .price = in->price,
		.amount = DEC_NONE, .commission = in->commission,
		.withheld = DEC_NONE, .on = or_today(in->traded_on),
		.rate = in->rate,
		.note = in->note
	};
	uuid id;

	TRY(picks_read(c, in, &e));
	TRY(portfolio_record(c->f, c, path_portfolio(c), &e, 1, &id));
	return (reply_recorded(c, id, in->symbol));
}

/* ---- dividends and money ----------------------------------------------- */

enum err
dividend_prepare(struct call *c)
{
	return (symbol_prepare(c, "/symbol",
	    ((struct dividend_in *)c->body)->symbol));
}

enum err
dividend_route(struct call *c)
{
	const struct dividend_in *in = c->body;
	struct entry e = {
		.kind = A_DIVIDEND, .symbol = in->symbol,
		.amount = in->amount, .withheld = in->withheld,
		.commission = DEC_NONE, .on = or_today(in->paid_on),
		.rate = in->rate,
		.note = in->note
	};
	uuid id;

	TRY(portfolio_record(c->f, c, path_portfolio(c), &e, 1, &id));
	return (reply_recorded(c, id, in->symbol));
}

enum err
cash_route(struct call *c)
{
	const struct cash_in *in = c->body;
	struct entry e = {
		.kind = (int)cash_activities[in->kind], .amount = in->amount,
		.commission = DEC_NONE, .withheld = DEC_NONE,
		.on = or_today(in->on), .note = in->note
	};
	struct cash_recorded out;
	struct cash_row cash;
	uuid id;

	TRY(portfolio_record(c->f, c, path_portfolio(c), &e, 1, &id));
	TRY(activity_read(c, id, &out.activity));
	TRY(store_row(c->f, &sql_portfolio_cash, SHAPE(cash_row), &cash,
	    UUID(path_portfolio(c))));
	out.cash = cash.cash;
	return (reply(c, &out));
}
