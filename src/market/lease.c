/*
 * A lease is taken before it is known to be taken, so it is believed a
 * little shorter than it lasts. The holder keeps it in Redis and in the
 * table, so that when Redis goes or comes back, or does both all the time,
 * whoever asks the other keeper hears of the same holder.
 */
#include "cache/cache.h"
#include "market/lease.h"
#include "store/store.h"

#include "market_sql.h"

#define MARGIN_MS	500

bool
lease_held(const struct lease *l)
{
	return (l->until_ms > mono_ms());
}

/* `*fresh`: nobody held it. */
static enum err
redis_take(struct flow *f, const struct lease *l, bool *fresh)
{
	enum err e = E_BUSY;

	*fresh = false;
	if (cache_state() == CACHE_UP)
		e = cache_extend_if(f, l->name, l->holder, LEASE_MS);
	if (e != E_CONFLICT)
		return (e);
	*fresh = true;
	return (cache_add(f, l->name, l->holder, LEASE_MS));
}

static enum err
table_take(struct flow *f, const struct lease *l)
{
	int64_t rows;

	TRY(store_exec(f, &sql_lease_take, &rows, STR(l->name),
	    STR(l->holder), REAL(LEASE_MS / 1000.0)));
	return (rows == 1 ? OK : E_CONFLICT);
}

/* OK: it is ours. E_CONFLICT: another's. Else nobody could say. */
static enum err
lease_take(struct flow *f, const struct lease *l)
{
	enum err redis, table;
	bool fresh;

	redis = redis_take(f, l, &fresh);
	if (redis == E_CONFLICT && !lease_held(l))
		return (E_CONFLICT);
	table = table_take(f, l);
	if (redis != OK)
		return (redis == E_CONFLICT && table == OK ? E_BUSY : table);
	if (!fresh || table != E_CONFLICT)
		return (OK);
	/* It was taken while Redis was away. */
	(void)!cache_delete_if(f, l->name, l->holder);
	return (E_CONFLICT);
}

void
lease_look(struct flow *f, struct lease *l)
{
	int64_t began = mono_ms();
	enum err e = lease_take(f, l);

	if (e == OK)
		l->until_ms = began + LEASE_MS - MARGIN_MS;
	else if (e == E_CONFLICT)
		l->until_ms = 0;
}
