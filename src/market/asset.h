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
 * Kept assets by symbol after `after`, whose symbol begins with `q` or whose
 * name holds it; `*more`: there are others after these. The first page of a
 * search that is not full is filled from the provider.
 */
enum err assets_list(struct flow *f, str q, str after, int64_t limit,
	    struct list *out, bool *more) MUSTCHECK;

#endif
