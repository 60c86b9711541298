/*
 * The routes of portfolios, their positions and their activities.
 */
#include "base/settings.h"
#include "market/market.h"
#include "portfolio/book.h"
#include "portfolio/listing.h"
#include "store/store.h"

#include "portfolio_sql.h"

/* ---- what is sent ------------------------------------------------------ */

struct portfolio_path {
	uuid	portfolio;
};

static const struct field portfolio_path_fields[] = {
	MUST(portfolio_path, portfolio, "The portfolio's id."),
	FIELDS_END
};

struct symbol_path {
	uuid	portfolio;
	str	symbol;
};

static const struct field symbol_path_fields[] = {
	MUST(symbol_path, portfolio, "The portfolio's id."),
	MUST(symbol_path, symbol, "Symbol.", .pattern = "symbol"),
	FIELDS_END
};

struct activity_path {
	uuid	portfolio;
	uuid	activity;
};

static const struct field activity_path_fields[] = {
	MUST(activity_path, portfolio, "The portfolio's id."),
	MUST(activity_path, activity, "The activity's id."),
	FIELDS_END
};

struct portfolio_in {
	str	name;
	str	currency;
	str	benchmark;
	day	opened_on;
	int	cost_method;
};

static const struct field portfolio_in_fields[] = {
	MUST(portfolio_in, name, "Name; no two are alike.", .min = 1,
	    .max = LIMIT_NAME_BYTES, .example = "\"Retirement\""),
	MAY(portfolio_in, currency, "Currency, ISO 4217; USD when absent.",
	    .pattern = "currency", .example = "\"USD\""),
	MAY(portfolio_in, benchmark, "Symbol to compare with.",
	    .pattern = "symbol", .example = "\"SPY\""),
	MAY(portfolio_in, opened_on, "Refuse activities before this day."),
	MAY(portfolio_in, cost_method, "How sales take lots; average when "
	    "absent.", .names = portfolio_methods),
	FIELDS_END
};

struct portfolio_change {
	str	name;
	str	benchmark;
	bool	is_default;
	int	cost_method;
	day	cost_method_from;
};

static const struct field portfolio_change_fields[] = {
	MAY(portfolio_change, name, "New name.", .min = 1,
	    .max = LIMIT_NAME_BYTES),
	MAY(portfolio_change, benchmark, "Symbol to compare with.",
	    .pattern = "symbol"),
	MAY(portfolio_change, is_default, "true: /dashboard is about it."),
	MAY(portfolio_change, cost_method, "How sales take lots, from a day "
	    "on.", .names = portfolio_methods),
	MAY(portfolio_change, cost_method_from, "That day; today when "
	    "absent. Gains of sales since then are others."),
	FIELDS_END
};

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

#define MOST_UNITS	1e15
#define RATE_DOC	"The portfolio's currency for one of the " \
	"instrument's; the market's of the day when absent."

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

static const char *const other_kinds[] = {
	"transfer_in", "transfer_out", "reinvestment", "stock_dividend",
	"spin_off", "merger", "rename", "return_of_capital", "staking",
	"bonus", NULL
};

/* What each must have. */
enum {
	UNITS = 1, MONEY = 2, OTHER = 4, RATIO = 8, PRICES = 16
};

static const struct {
	enum activity_kind kind;
	int	needs;
} others[] = {
	{ A_TRANSFER_IN, UNITS | MONEY }, { A_TRANSFER_OUT, UNITS },
	{ A_REINVESTMENT, UNITS | MONEY }, { A_STOCK_DIVIDEND, RATIO },
	{ A_SPIN_OFF, OTHER | RATIO | PRICES }, { A_MERGER, OTHER | RATIO },
	{ A_RENAME, OTHER }, { A_RETURN_OF_CAPITAL, MONEY },
	{ A_STAKING, UNITS }, { A_BONUS, UNITS }
};

struct activity_in {
	int	kind;
	str	symbol;
	str	into;
	dec	quantity;
	dec	price;
	dec	amount;
	dec	withheld;
	int64_t	numerator, denominator;
	dec	price_into;
	dec	received;
	day	acquired_on;
	dec	rate;
	day	on;
	str	note;
};

static const struct field activity_in_fields[] = {
	MUST(activity_in, kind, "What was done.", .names = other_kinds,
	    .example = "\"reinvestment\""),
	MUST(activity_in, symbol, "What it was done to.",
	    .pattern = "symbol", .example = "\"AAPL\""),
	MAY(activity_in, into, "What comes of it: of a spin-off, a merger, a "
	    "new name.", .pattern = "symbol"),
	MAY(activity_in, quantity, "Units that come or go.",
	    .above_zero = true, .ranged = true, .max = MOST_UNITS,
	    .example = "\"0.25\""),
	MAY(activity_in, price, "Price of one unit on the day; a transfer "
	    "flows at it, staking is income at it.", .above_zero = true,
	    .ranged = true, .max = MOST_UNITS),
	MAY(activity_in, amount, "Money: what units that come had cost, the "
	    "gross income that bought them, the capital returned, the part "
	    "of a merger in cash, a spin-off's cash for what is not whole.",
	    .ranged = true, .max = MOST_UNITS, .example = "\"45.10\""),
	MAY(activity_in, withheld, "Tax withheld of income.",
	    .ranged = true, .max = MOST_UNITS),
	MAY(activity_in, numerator, "So many new units ..", .ranged = true,
	    .min = 1, .max = 1000000),
	MAY(activity_in, denominator, ".. for so many that are held.",
	    .ranged = true, .min = 1, .max = 1000000),
	MAY(activity_in, price_into, "Price of one unit of what comes.",
	    .ranged = true, .max = MOST_UNITS),
	MAY(activity_in, received, "A merger's cash for what is not whole.",
	    .ranged = true, .max = MOST_UNITS),
	MAY(activity_in, acquired_on, "Day units that come were acquired; "
	    "the same day when absent."),
	MAY(activity_in, rate, RATE_DOC, .above_zero = true, .ranged = true,
	    .max = MOST_UNITS),
	MAY(activity_in, on, "Day; today when absent."),
	MAY(activity_in, note, "Note.", .max = LIMIT_NOTE_BYTES),
	FIELDS_END
};

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

/* ---- what is answered -------------------------------------------------- */

struct recorded {
	struct activity_row activity;
	struct position	position;
};

static const struct field recorded_fields[] = {
	MUST(recorded, activity, "What was recorded.",
	    .shape = SHAPE(activity_row)),
	MUST(recorded, position, "The position it leaves.",
	    .shape = SHAPE(position)),
	FIELDS_END
};

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

struct cash_row {
	dec	cash;
};

static const struct field cash_row_fields[] = {
	MUST(cash_row, cash, "Cash."),
	FIELDS_END
};

/* An instrument nobody has traded yet is fetched before the lock is taken. */
static enum err
symbol_prepare(struct call *c, const char *pointer, str symbol)
{
	struct instrument in;
	enum err e;

	e = market_require(c->f, symbol, &in);
	if (e == E_NOT_FOUND) {
		c->f->fault = NULL;
		return (fault(c, pointer, "unknown",
		    "no instrument is called %.*s", STR_ARG(symbol)));
	}
	return (e);
}

static day
or_today(day d)
{
	return (day_ok(d) ? d : day_today());
}

/* ---- portfolios -------------------------------------------------------- */

static uuid
path_portfolio(struct call *c)
{
	return (((struct portfolio_path *)c->params)->portfolio);
}

static enum err
reply_portfolio(struct call *c, const struct portfolio *p)
{
	reply_etag(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version));
	return (reply(c, p));
}

static enum err
portfolio_list(struct call *c)
{
	struct list list;

	TRY(store_rows(c->f, &sql_portfolio_list, SHAPE(portfolio), &list));
	return (reply_many(c, &list, STR_NONE));
}

static enum err
portfolio_show(struct call *c)
{
	struct portfolio p;

	TRY(portfolio_resolve(c->f, path_portfolio(c), &p));
	return (reply_portfolio(c, &p));
}

static enum err
name_taken(struct call *c, enum err e)
{
	if (e == E_CONFLICT &&
	    str_eqz(store_constraint(c->f), "portfolios_name_key"))
		return (fault(c, "/name", "taken",
		    "another portfolio has this name"));
	return (e);
}

static enum err
benchmark_prepare(struct call *c)
{
	str symbol = c->route->method == POST ?
	    ((struct portfolio_in *)c->body)->benchmark :
	    ((struct portfolio_change *)c->body)->benchmark;

	return (symbol.p == NULL ? OK :
	    symbol_prepare(c, "/benchmark", symbol));
}

static enum err
method_set(struct call *c, int method, day from, struct portfolio *p)
{
	TRY(store_exec(c->f, &sql_method_write, NULL, UUID(p->id), DAY(from),
	    STR(str_of(portfolio_methods[method]))));
	return (store_row(c->f, &sql_portfolio_method, SHAPE(portfolio), p,
	    UUID(p->id)));
}

static enum err
method_change(struct call *c, struct portfolio *p)
{
	const struct portfolio_change *in = c->body;

	if (in->cost_method == ENUM_NONE)
		return (day_ok(in->cost_method_from) ? fault(c,
		    "/cost_method_from", "alone", "cost_method says which "
		    "one begins on that day") : OK);
	TRY(method_set(c, in->cost_method, or_today(in->cost_method_from),
	    p));
	return (portfolio_relot(c->f, p->id));
}

static enum err
portfolio_create(struct call *c)
{
	const struct portfolio_in *in = c->body;
	char id[UUID_TEXT_MAX];
	struct portfolio p;

	TRY(name_taken(c, portfolio_add(c->f, in->name,
	    in->currency.p != NULL ? in->currency : S("USD"),
	    in->benchmark.p != NULL ? in->benchmark :
	    str_of(settings.benchmark), in->opened_on, &p)));
	if (in->cost_method != ENUM_NONE)
		TRY(method_set(c, in->cost_method, day_of(1, 1, 1), &p));
	uuid_print(p.id, id);
	reply_header(c, "location", arena_printf(&c->f->arena,
	    "/api/v1/portfolios/%s", id));
	return (reply_portfolio(c, &p));
}

static enum err
match_portfolio(struct call *c, struct portfolio *p)
{
	TRY(store_row(c->f, &sql_portfolio_lock, SHAPE(portfolio), p,
	    UUID(path_portfolio(c))));
	return (call_match(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version)));
}

static enum err
portfolio_modify(struct call *c)
{
	const struct portfolio_change *in = c->body;
	struct portfolio p;

	TRY(match_portfolio(c, &p));
	if (in->is_default)
		TRY(store_exec(c->f, &sql_portfolio_undefault, NULL,
		    UUID(p.id)));
	TRY(name_taken(c, store_row(c->f, &sql_portfolio_update,
	    SHAPE(portfolio), &p, UUID(p.id), STR(in->name),
	    STR(in->benchmark), BOOL(in->is_default))));
	TRY(method_change(c, &p));
	/* Its days are those of the benchmark, too. */
	if (in->benchmark.p != NULL)
		TRY(portfolio_rebuild(c->f, p.id));
	return (reply_portfolio(c, &p));
}

static enum err
portfolio_remove(struct call *c)
{
	struct portfolio p;

	TRY(match_portfolio(c, &p));
	TRY(store_exec(c->f, &sql_portfolio_archive, NULL, UUID(p.id)));
	TRY(store_exec(c->f, &sql_portfolio_heir, NULL));
	return (reply_nothing(c));
}

/* ---- positions --------------------------------------------------------- */

static enum err
positions_show(struct call *c)
{
	struct list found, rows, positions;
	const struct query both[] = {
		QUERY(&sql_portfolio_find, SHAPE(portfolio), &found,
		    UUID(path_portfolio(c))),
		QUERY(&sql_position_open, SHAPE(open_row), &rows,
		    UUID(path_portfolio(c)))
	};

	TRY(store_batch(c->f, both, 2));
	if (found.n == 0)
		return (E_NOT_FOUND);
	positions_of(&c->f->arena, &rows, &positions);
	return (reply_many(c, &positions, STR_NONE));
}

static enum err
position_read(struct call *c, uuid portfolio, str symbol,
    struct position *out)
{
	struct open_row row;

	TRY(store_row(c->f, &sql_position_symbol, SHAPE(open_row), &row,
	    UUID(portfolio), STR(symbol)));
	position_of(&row, out);
	return (OK);
}

static enum err
position_show(struct call *c)
{
	const struct symbol_path *path = c->params;
	struct list one, rows, all;
	const struct position *a;
	struct position p;
	size_t i;
	const struct query both[] = {
		QUERY(&sql_position_symbol, SHAPE(open_row), &one,
		    UUID(path->portfolio), STR(path->symbol)),
		QUERY(&sql_position_open, SHAPE(open_row), &rows,
		    UUID(path->portfolio))
	};

	TRY(store_batch(c->f, both, 2));
	if (one.n == 0)
		return (E_NOT_FOUND);
	position_of(one.v, &p);
	/* The weight is known among all that are held. */
	positions_of(&c->f->arena, &rows, &all);
	for (a = all.v, i = 0; i < all.n; i++)
		if (str_eq(a[i].symbol, p.symbol))
			p.weight = a[i].weight;
	return (reply(c, &p));
}

/* A cursor holds the place in time of the last lot shown. */
static enum err
lots_show(struct call *c)
{
	const struct symbol_path *path = c->params;
	struct list found, rows, lots;
	const struct lot_row *last;
	int64_t limit, after = 0;
	str next = STR_NONE;

	if (call_cursor(c).p != NULL && !str_long(call_cursor(c), &after))
		return (E_BAD_REQUEST);
	limit = call_limit(c, 50);
	const struct query both[] = {
		QUERY(&sql_position_symbol, SHAPE(open_row), &found,
		    UUID(path->portfolio), STR(path->symbol)),
		QUERY(&sql_lot_page, SHAPE(lot_row), &rows,
		    UUID(path->portfolio), STR(path->symbol), LONG(after),
		    LONG(limit + 1))
	};

	TRY(store_batch(c->f, both, 2));
	if (found.n == 0)
		return (E_NOT_FOUND);
	if ((int64_t)rows.n > limit) {
		rows.n--;
		last = (const struct lot_row *)rows.v + rows.n - 1;
		next = arena_printf(&c->f->arena, "%lld", (long long)last->n);
	}
	lots_of(&c->f->arena, &rows, day_today(), &lots);
	return (reply_many(c, &lots, next));
}

/* ---- activities -------------------------------------------------------- */

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

static enum err
activities_show(struct call *c)
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

static enum err
trade_prepare(struct call *c)
{
	return (symbol_prepare(c, "/symbol",
	    ((struct trade_in *)c->body)->symbol));
}

static enum err
reply_recorded(struct call *c, uuid id, str symbol)
{
	struct recorded out;

	TRY(activity_read(c, id, &out.activity));
	TRY(position_read(c, path_portfolio(c), symbol, &out.position));
	return (reply(c, &out));
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

static enum err
trade_record(struct call *c)
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

static enum err
dividend_prepare(struct call *c)
{
	return (symbol_prepare(c, "/symbol",
	    ((struct dividend_in *)c->body)->symbol));
}

static enum err
dividend_record(struct call *c)
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

static enum err
other_check(struct call *c, const struct activity_in *in)
{
	int needs = others[in->kind].needs;
	const struct {
		int	need;
		bool	there;
		const char *pointer;
	} members[] = {
		{ UNITS, dec_ok(in->quantity), "/quantity" },
		{ MONEY, dec_ok(in->amount), "/amount" },
		{ OTHER, in->into.p != NULL, "/into" },
		{ RATIO, in->numerator != LONG_NONE, "/numerator" },
		{ RATIO, in->denominator != LONG_NONE, "/denominator" },
		{ PRICES, dec_ok(in->price), "/price" },
		{ PRICES, dec_ok(in->price_into), "/price_into" },
	};
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if ((needs & members[i].need) != 0 && !members[i].there)
			return (fault(c, members[i].pointer, "required",
			    "a %s needs it", other_kinds[in->kind]));
	if (day_ok(in->acquired_on) &&
	    day_cmp(in->acquired_on, or_today(in->on)) > 0)
		return (fault(c, "/acquired_on", "future",
		    "what comes was acquired before"));
	return (OK);
}

static enum err
other_prepare(struct call *c)
{
	const struct activity_in *in = c->body;

	if (in->into.p != NULL)
		TRY(symbol_prepare(c, "/into", in->into));
	return (symbol_prepare(c, "/symbol", in->symbol));
}

static enum err
other_record(struct call *c)
{
	const struct activity_in *in = c->body;
	struct entry e = {
		.kind = (int)others[in->kind].kind, .symbol = in->symbol,
		.into = in->into, .quantity = in->quantity,
		.price = in->price, .amount = in->amount,
		.commission = DEC_NONE, .withheld = in->withheld,
		.numerator = in->numerator, .denominator = in->denominator,
		.price_into = in->price_into, .received = in->received,
		.acquired_on = in->acquired_on, .on = or_today(in->on),
		.rate = in->rate,
		.note = in->note
	};
	struct portfolio p;
	uuid id;

	TRY(portfolio_resolve(c->f, path_portfolio(c), &p));
	TRY(other_check(c, in));
	TRY(portfolio_record(c->f, c, p.id, &e, 1, &id));
	return (reply_recorded(c, id, in->into.p != NULL ? in->into :
	    in->symbol));
}

static enum err
cash_record(struct call *c)
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

static enum err
activity_remove(struct call *c)
{
	const struct activity_path *path = c->params;

	TRY(portfolio_unrecord(c->f, path->portfolio, path->activity));
	return (reply_nothing(c));
}

/* ---- the rows ---------------------------------------------------------- */

static const struct route routes[] = {
	{ GET, "/portfolios", NEED_VIEWER, "listPortfolios",
	  "The portfolios there are.", .reply = SHAPE(portfolio),
	  .page = true, .run = portfolio_list },
	{ POST, "/portfolios", NEED_MEMBER, "createPortfolio",
	  "Begin a portfolio.", .body = SHAPE(portfolio_in),
	  .reply = SHAPE(portfolio), .status = 201, .tx = true, .once = true,
	  .prepare = benchmark_prepare, .run = portfolio_create },
	{ GET, "/portfolios/{portfolio}", NEED_VIEWER, "getPortfolio",
	  "One portfolio.", .params = SHAPE(portfolio_path),
	  .reply = SHAPE(portfolio), .run = portfolio_show },
	{ PATCH, "/portfolios/{portfolio}", NEED_MEMBER, "changePortfolio",
	  "Change its name, benchmark, cost method, or make it the default.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(portfolio_change),
	  .reply = SHAPE(portfolio), .tx = true, .match = true,
	  .prepare = benchmark_prepare, .run = portfolio_modify },
	{ DELETE, "/portfolios/{portfolio}", NEED_ADMIN, "archivePortfolio",
	  "Put a portfolio away.", .params = SHAPE(portfolio_path),
	  .tx = true, .match = true, .run = portfolio_remove },
	{ GET, "/portfolios/{portfolio}/positions", NEED_VIEWER,
	  "listPositions", "What is held, largest first.",
	  .params = SHAPE(portfolio_path), .reply = SHAPE(position),
	  .page = true, .run = positions_show },
	{ GET, "/portfolios/{portfolio}/positions/{symbol}", NEED_VIEWER,
	  "getPosition", "One holding, sold out or not.",
	  .params = SHAPE(symbol_path), .reply = SHAPE(position),
	  .run = position_show },
	{ GET, "/portfolios/{portfolio}/positions/{symbol}/lots",
	  NEED_VIEWER, "listLots",
	  "What a holding is made of, oldest first.",
	  .params = SHAPE(symbol_path), .reply = SHAPE(held_lot),
	  .page = true, .run = lots_show },
	{ GET, "/portfolios/{portfolio}/activities", NEED_VIEWER,
	  "listActivities", "What was done, newest first.",
	  .params = SHAPE(portfolio_path), .query = SHAPE(activities_query),
	  .reply = SHAPE(activity_row), .page = true,
	  .run = activities_show },
	{ POST, "/portfolios/{portfolio}/activities", NEED_MEMBER,
	  "recordActivity", "Record a transfer of units, income in units, or "
	  "what a company did to what is held.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(activity_in),
	  .reply = SHAPE(recorded), .status = 201, .tx = true, .once = true,
	  .prepare = other_prepare, .run = other_record },
	{ DELETE, "/portfolios/{portfolio}/activities/{activity}",
	  NEED_MEMBER, "deleteActivity",
	  "Take back an activity that should not have been recorded.",
	  .params = SHAPE(activity_path), .tx = true,
	  .run = activity_remove },
	{ POST, "/portfolios/{portfolio}/trades", NEED_MEMBER, "recordTrade",
	  "Record a trade and answer with the position it leaves.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(trade_in),
	  .reply = SHAPE(recorded), .status = 201, .tx = true, .once = true,
	  .prepare = trade_prepare, .run = trade_record },
	{ POST, "/portfolios/{portfolio}/cash", NEED_MEMBER, "recordCash",
	  "Record money that came or went.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(cash_in),
	  .reply = SHAPE(cash_recorded), .status = 201, .tx = true,
	  .once = true, .run = cash_record },
	{ POST, "/portfolios/{portfolio}/dividends", NEED_MEMBER,
	  "recordDividend", "Record a dividend.",
	  .params = SHAPE(portfolio_path), .body = SHAPE(dividend_in),
	  .reply = SHAPE(recorded), .status = 201, .tx = true, .once = true,
	  .prepare = dividend_prepare, .run = dividend_record },
	ROUTES_END
};

const struct capability portfolio_capability = {
	"portfolio", "Portfolios, positions and what was done.", routes
};
