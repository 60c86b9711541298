/*
 * A tenant's own instruments: what no exchange lists, with prices entered by
 * hand. Nobody else's searches, prices or lists show them. Their symbols
 * begin with a dot, so that they never meet one that is shared.
 */
#include "market/routes.h"
#include "store/store.h"

#include "market_sql.h"

struct private_asset {
	uuid	id;
	str	symbol, name, kind, currency, note;
	int64_t	version;
};

static const struct field private_asset_fields[] = {
	MUST(private_asset, id, "Id."),
	MUST(private_asset, symbol, "Symbol, with its dot."),
	MUST(private_asset, name, "Name."),
	MUST(private_asset, kind, "Kind."),
	MUST(private_asset, currency, "Currency of its prices."),
	MAY(private_asset, note, "Note."),
	MUST(private_asset, version, "Counts changes."),
	FIELDS_END
};

SHAPE_OF(private_asset);

struct private_in {
	str	symbol, name, kind, currency, note;
};

static const struct field private_in_fields[] = {
	MUST(private_in, symbol, "A dot, a letter or digit, then also dots "
	    "and hyphens.", .min = 2, .max = LIMIT_SYMBOL_BYTES,
	    .pattern = "symbol", .example = "\".HOUSE\""),
	MUST(private_in, name, "Name.", .min = 1, .max = LIMIT_NAME_BYTES),
	MUST(private_in, kind, "stock, fund, bond, commodity, property ..",
	    .min = 1, .max = 20),
	MUST(private_in, currency, "Currency of its prices.",
	    .pattern = "currency"),
	MAY(private_in, note, "Note."),
	FIELDS_END
};

SHAPE_OF(private_in);

struct private_change {
	str	name, note;
};

static const struct field private_change_fields[] = {
	MAY(private_change, name, "Another name.", .min = 1,
	    .max = LIMIT_NAME_BYTES),
	MAY(private_change, note, "Another note."),
	FIELDS_END
};

SHAPE_OF(private_change);

struct private_price {
	day	date;
	dec	price;
};

static const struct field private_price_fields[] = {
	MUST(private_price, date, "Day."),
	MUST(private_price, price, "Price of one unit on that day.",
	    .above_zero = true),
	FIELDS_END
};

SHAPE_OF(private_price);

struct private_price_path {
	str	symbol;
	day	date;
};

static const struct field private_price_path_fields[] = {
	MUST(private_price_path, symbol, "Symbol.", .pattern = "symbol",
	    .max = LIMIT_SYMBOL_BYTES, .example = "\".HOUSE\""),
	MUST(private_price_path, date, "Day."),
	FIELDS_END
};

SHAPE_OF(private_price_path);

static enum err
private_reply(struct call *c, const struct private_asset *p)
{
	reply_etag(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version));
	return (reply(c, p));
}

static enum err
private_read(struct call *c, struct private_asset *out)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;

	return (store_row(c->f, &sql_private_lock, SHAPE(private_asset), out,
	    STR(symbol)));
}

enum err
private_list_route(struct call *c)
{
	int64_t limit = call_limit(c, 50);
	const struct private_asset *v;
	struct list list;
	bool more;

	TRY(store_rows(c->f, &sql_private_page, SHAPE(private_asset), &list,
	    STR(call_cursor(c)), LONG(limit + 1)));
	more = list.n > (size_t)limit;
	list.n -= more;
	v = list.v;
	return (reply_many(c, &list, more ? v[list.n - 1].symbol : STR_NONE));
}

enum err
private_show_route(struct call *c)
{
	str symbol = ((const struct symbol_path *)c->params)->symbol;
	struct private_asset p;

	TRY(store_row(c->f, &sql_private_one, SHAPE(private_asset), &p,
	    STR(symbol)));
	return (private_reply(c, &p));
}

enum err
private_create_route(struct call *c)
{
	const struct private_in *in = c->body;
	struct private_asset p;
	enum err e;

	if (!symbol_private(in->symbol))
		return (fault(c, "/symbol", "format", "begins with a dot"));
	e = store_row(c->f, &sql_private_add, SHAPE(private_asset), &p,
	    UUID(uuid_new()), STR(in->symbol), STR(in->name), STR(in->kind),
	    STR(in->currency), STR(in->note));
	if (e == E_INVALID)
		return (fault(c, "/symbol", "format", "a dot, a letter or "
		    "digit, then also dots and hyphens"));
	if (e == E_CONFLICT)
		return (flow_fault(c->f, e, "there is one with this symbol"));
	TRY(e);
	return (private_reply(c, &p));
}

static enum err
private_match(struct call *c, struct private_asset *p)
{
	TRY(private_read(c, p));
	return (call_match(c, arena_printf(&c->f->arena, "v%lld",
	    (long long)p->version)));
}

enum err
private_change_route(struct call *c)
{
	const struct private_change *in = c->body;
	struct private_asset p;

	TRY(private_match(c, &p));
	TRY(store_row(c->f, &sql_private_change, SHAPE(private_asset), &p,
	    UUID(p.id), STR(in->name), STR(in->note)));
	return (private_reply(c, &p));
}

enum err
private_archive_route(struct call *c)
{
	struct private_asset p;

	TRY(private_match(c, &p));
	TRY(store_exec(c->f, &sql_private_archive, NULL, UUID(p.id)));
	return (reply_nothing(c));
}

enum err
private_price_route(struct call *c)
{
	const struct private_price *in = c->body;
	struct private_asset p;

	TRY(private_read(c, &p));
	if (day_cmp(in->date, day_add(day_today(), 1)) > 0)
		return (fault(c, "/date", "out_of_range", "not yet"));
	TRY(store_exec(c->f, &sql_private_price_put, NULL, UUID(p.id),
	    DAY(in->date), DEC(in->price)));
	return (reply(c, in));
}

enum err
private_price_drop_route(struct call *c)
{
	const struct private_price_path *path = c->params;
	struct private_asset p;
	int64_t n;

	TRY(private_read(c, &p));
	TRY(store_exec(c->f, &sql_private_price_drop, &n, UUID(p.id),
	    DAY(path->date)));
	return (n == 1 ? reply_nothing(c) : E_NOT_FOUND);
}
