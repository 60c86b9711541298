/*
 * What is neither a trade nor money: transfers of units, income in units, and
 * what companies do to what is held.
 */
#include "portfolio/routes.h"

static const char *const event_kinds[] = {
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
} events[] = {
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
	MUST(activity_in, kind, "What was done.", .names = event_kinds,
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

SHAPE_OF(activity_in);

static enum err
event_check(struct call *c, const struct activity_in *in)
{
	int needs = events[in->kind].needs;
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
			    "a %s needs it", event_kinds[in->kind]));
	if (day_ok(in->acquired_on) &&
	    day_cmp(in->acquired_on, or_today(in->on)) > 0)
		return (fault(c, "/acquired_on", "future",
		    "what comes was acquired before"));
	return (OK);
}

enum err
event_prepare(struct call *c)
{
	const struct activity_in *in = c->body;

	if (in->into.p != NULL)
		TRY(symbol_prepare(c, "/into", in->into));
	return (symbol_prepare(c, "/symbol", in->symbol));
}

enum err
event_route(struct call *c)
{
	const struct activity_in *in = c->body;
	struct entry e = {
		.kind = (int)events[in->kind].kind, .symbol = in->symbol,
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
	TRY(event_check(c, in));
	TRY(portfolio_record(c->f, c, p.id, &e, 1, &id));
	return (reply_recorded(c, id, in->into.p != NULL ? in->into :
	    in->symbol));
}
