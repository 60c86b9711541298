/*
 * The last two sessions of each exchange that somebody holds something of,
 * written down for statements that ask what is of today. An exchange whose
 * holidays are not known has no row, and weekdays are its sessions.
 */
#include "market/market.h"
#include "market/ticker.h"
#include "store/store.h"

#include "market_sql.h"

struct name {
	str	name;
};

static const struct field name_fields[] = {
	MUST(name, name, "A code, or what a provider calls it."),
	FIELDS_END
};

enum err
exchange_days_keep(struct flow *f)
{
	instant now = instant_now();
	const struct exchange *x;
	const struct name *v;
	struct list names;
	day newest, kept;
	size_t i;

	TRY(store_rows(f, &sql_exchange_names, SHAPE(name), &names));
	for (i = 0, v = names.v; i < names.n; i++) {
		x = exchange_find(v[i].name, v[i].name, STR_NONE);
		if (!exchange_sessions(x, now, &newest, &kept))
			continue;
		TRY(store_exec(f, &sql_exchange_day_put, NULL,
		    STR(v[i].name), STR(str_of(x->zone)), DAY(newest),
		    DAY(kept)));
	}
	return (OK);
}
