/*
 * routes: the market's operations and the shapes of what they are asked and
 * answer; market_api.c puts them in rows. Inner header of market/.
 */
#ifndef BURSAR_MARKET_ROUTES_H
#define BURSAR_MARKET_ROUTES_H

#include "market/market.h"

/* A shape of this room, for rows in another file. */
#define SHAPE_OF(tag)	\
	const struct shape tag##_shape = SHAPE_DEF(tag, tag##_fields)

/* ---- for all of them ----------------------------------------------------- */

/* One that is kept, or the tenant's own (its symbol begins with a dot). */
enum err asset_read(struct call *c, str symbol, struct instrument *out)
	    MUSTCHECK;
bool	 symbol_private(str symbol);
/* "Today" of an instrument's market. */
day	 today_of(const struct instrument *in);
/*
 * The days asked for: `to` is today when absent; `from` follows from `range`
 * (ENUM_NONE: `usual`) when absent. Both ends and a range, or from after to,
 * are faults.
 */
enum err days_read(struct call *c, day today, int range, int usual, day *from,
	    day *to) MUSTCHECK;

/* ---- prices_api.c -------------------------------------------------------- */

extern const struct shape prices_query_shape, prices_shape,
    compare_query_shape, comparison_shape;

enum err prices_route(struct call *c) MUSTCHECK;
enum err prices_csv_route(struct call *c) MUSTCHECK;
enum err compare_route(struct call *c) MUSTCHECK;

#endif
