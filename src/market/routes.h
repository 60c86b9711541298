/*
 * routes: the market's operations and the shapes of what they are asked and
 * answer; market_api.c puts them in rows. Inner header of market/.
 */
#ifndef BURSAR_MARKET_ROUTES_H
#define BURSAR_MARKET_ROUTES_H

#include "market/market.h"

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

struct symbol_path {
	str	symbol;
};

/* ---- prices_api.c -------------------------------------------------------- */

extern const struct shape prices_query_shape, prices_shape,
    compare_query_shape, comparison_shape;

enum err prices_route(struct call *c) MUSTCHECK;
enum err prices_csv_route(struct call *c) MUSTCHECK;
enum err compare_route(struct call *c) MUSTCHECK;

/* ---- study_api.c --------------------------------------------------------- */

extern const struct shape study_query_shape, study_shape,
    catalogue_row_shape, stored_row_shape, store_in_shape;

enum err study_route(struct call *c) MUSTCHECK;
enum err catalogue_route(struct call *c) MUSTCHECK;
enum err stored_list_route(struct call *c) MUSTCHECK;
enum err stored_add_route(struct call *c) MUSTCHECK;
enum err stored_drop_route(struct call *c) MUSTCHECK;

/* ---- fx_api.c ------------------------------------------------------------ */

extern const struct shape fx_query_shape, fx_table_shape,
    fx_pair_query_shape, fx_history_shape, fx_convert_query_shape,
    fx_conversion_shape;

enum err fx_route(struct call *c) MUSTCHECK;
enum err fx_history_route(struct call *c) MUSTCHECK;
enum err fx_convert_route(struct call *c) MUSTCHECK;

/* ---- calendar_api.c ------------------------------------------------------ */

extern const struct shape calendar_query_shape, calendar_shape,
    exchange_row_shape;

enum err calendar_route(struct call *c) MUSTCHECK;
enum err exchanges_route(struct call *c) MUSTCHECK;

/* ---- event_api.c --------------------------------------------------------- */

extern const struct shape events_query_shape, market_event_shape;

enum err events_route(struct call *c) MUSTCHECK;

/* ---- fact_api.c ---------------------------------------------------------- */

extern const struct shape facts_query_shape, facts_shape,
    movers_query_shape, movers_shape;

enum err facts_route(struct call *c) MUSTCHECK;
enum err movers_route(struct call *c) MUSTCHECK;

/* ---- track_api.c --------------------------------------------------------- */

extern const struct shape tracking_shape, track_in_shape,
    untrack_query_shape;

enum err tracking_route(struct call *c) MUSTCHECK;
enum err track_route(struct call *c) MUSTCHECK;
enum err untrack_route(struct call *c) MUSTCHECK;
enum err backfill_route(struct call *c) MUSTCHECK;

/* ---- quality_api.c ------------------------------------------------------- */

extern const struct shape quality_shape;

enum err quality_route(struct call *c) MUSTCHECK;

/* ---- private_api.c ------------------------------------------------------- */

extern const struct shape private_asset_shape, private_in_shape,
    private_change_shape, private_price_shape, private_price_path_shape;

enum err private_list_route(struct call *c) MUSTCHECK;
enum err private_show_route(struct call *c) MUSTCHECK;
enum err private_create_route(struct call *c) MUSTCHECK;
enum err private_change_route(struct call *c) MUSTCHECK;
enum err private_archive_route(struct call *c) MUSTCHECK;
enum err private_price_route(struct call *c) MUSTCHECK;
enum err private_price_drop_route(struct call *c) MUSTCHECK;

#endif
