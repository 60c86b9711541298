/*
 * routes: what is done with portfolios, their holdings and their activities,
 * and the shapes of what is sent and answered; portfolio_api.c puts them in
 * rows. Inner header of portfolio/.
 */
#ifndef BURSAR_PORTFOLIO_ROUTES_H
#define BURSAR_PORTFOLIO_ROUTES_H

#include "market/market.h"
#include "portfolio/book.h"
#include "portfolio/listing.h"

#define MOST_UNITS	1e15
#define RATE_DOC	"The portfolio's currency for one of the " \
	"instrument's; the market's of the day when absent."

struct portfolio_path {
	uuid	portfolio;
};

struct symbol_path {
	uuid	portfolio;
	str	symbol;
};

struct activity_path {
	uuid	portfolio;
	uuid	activity;
};

struct recorded {
	struct activity_row activity;
	struct position	position;
};

uuid	path_portfolio(struct call *c);
/* An instrument nobody has traded yet is fetched before the lock is taken. */
enum err symbol_prepare(struct call *c, const char *pointer, str symbol)
	    MUSTCHECK;
day	or_today(day d);

/* ---- holding_api.c ------------------------------------------------------- */

enum err position_read(struct call *c, uuid portfolio, str symbol,
	    struct position *out) MUSTCHECK;
enum err positions_route(struct call *c) MUSTCHECK;
enum err position_route(struct call *c) MUSTCHECK;
enum err lots_route(struct call *c) MUSTCHECK;

/* ---- activity_api.c ------------------------------------------------------ */

extern const struct shape activities_query_shape, trade_in_shape,
    dividend_in_shape, cash_in_shape, cash_recorded_shape, recorded_shape;

/* What was recorded, and the position that it leaves. */
enum err reply_recorded(struct call *c, uuid id, str symbol) MUSTCHECK;
enum err activities_route(struct call *c) MUSTCHECK;
enum err trade_prepare(struct call *c) MUSTCHECK;
enum err trade_route(struct call *c) MUSTCHECK;
enum err dividend_prepare(struct call *c) MUSTCHECK;
enum err dividend_route(struct call *c) MUSTCHECK;
enum err cash_route(struct call *c) MUSTCHECK;
enum err activity_remove_route(struct call *c) MUSTCHECK;

/* ---- event_api.c --------------------------------------------------------- */

extern const struct shape activity_in_shape;

enum err event_prepare(struct call *c) MUSTCHECK;
enum err event_route(struct call *c) MUSTCHECK;

#endif
