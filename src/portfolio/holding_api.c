/*
 * What is held: positions as they are kept, and the lots they are made of.
 */
#include "portfolio/routes.h"
#include "store/store.h"

#include "portfolio_sql.h"

enum err
positions_route(struct call *c)
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

enum err
position_read(struct call *c, uuid portfolio, str symbol,
    struct position *out)
{
	struct open_row row;

	TRY(store_row(c->f, &sql_position_symbol, SHAPE(open_row), &row,
	    UUID(portfolio), STR(symbol)));
	position_of(&row, out);
	return (OK);
}

enum err
position_route(struct call *c)
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
enum err
lots_route(struct call *c)
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
