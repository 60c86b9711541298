/*
 * asset: an instrument as it is shown, with its profile. Inner header of
 * market/.
 */
#ifndef BURSAR_MARKET_ASSET_H
#define BURSAR_MARKET_ASSET_H

#include "market/market.h"

struct asset {
	str	symbol;
	str	name;
	str	kind;
	str	exchange;
	str	currency;
	str	sector;
	str	country;
	bool	simulated;
	bool	tracked;
};

/* Which assets are wanted; STR_NONE: any. */
struct assets_wish {
	str	q;
	str	kind, exchange, currency, sector, country;
	bool	tracked;		/* only those */
};

struct asset_profile {
	str	symbol;
	str	name;
	str	kind;
	str	exchange;
	str	currency;
	str	sector;
	str	country;
	day	ipo;
	dec	market_cap;
	dec	shares;
	str	industry;
	str	logo;
	str	website;
	str	source;
	bool	simulated;
	instant	profile_at;
};

extern const struct field asset_fields[];
extern const struct field asset_profile_fields[];

/* Of an instrument, or of one that only the provider knows. */
enum err asset_profile(struct flow *f, str symbol, struct asset_profile *out)
	    MUSTCHECK;
/*
 * A page of assets: without a text by symbol; with one best first, each of
 * its words beginning a word of symbol, name or identifier, and where there
 * are few, also words that were misspelt. `cursor`: what `*next` was before
 * (STR_NONE: no more). The first page begins with the tenant's own, and ends
 * with what the provider knows besides if it is not full.
 */
enum err assets_list(struct flow *f, const struct assets_wish *w, str cursor,
	    int64_t limit, struct list *out, str *next) MUSTCHECK;

#endif
