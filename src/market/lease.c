/*
 * A lease is taken before it is known to be taken, so it is believed a
 * little shorter than it lasts. When its keeper changes, because Redis went
 * or came back, the holder goes first: others wait as long as a lease lasts,
 * so that no two hold it, one from each keeper.
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

static enum err
redis_take(struct flow *f, struct lease *l)
{
	enum err e = cache_extend_if(f, l->name, l->holder, LEASE_MS);

	return (e == E_CONFLICT ? cache_add(f, l->name, l->holder, LEASE_MS) :
	    e);
}

static enum err
table_take(struct flow *f, struct lease *l)
{
	int64_t rows;

	TRY(store_exec(f, &sql_lease_take, &rows, STR(l->name),
	    STR(l->holder), REAL(LEASE_MS / 1000.0)));
	return (rows == 1 ? OK : E_CONFLICT);
}

/* Redis as long as it is there. */
static bool
keeper_look(struct lease *l)
{
	bool redis = cache_state() == CACHE_UP;

	if (redis != l->redis || l->changed_ms == 0) {
		l->redis = redis;
		l->changed_ms = mono_ms();
	}
	return (lease_held(l) ||
	    mono_ms() - l->changed_ms >= (redis ? LEASE_LOOK_MS : LEASE_MS));
}

void
lease_look(struct flow *f, struct lease *l)
{
	int64_t began = mono_ms();
	enum err e;

	if (!keeper_look(l))
		return;
	e = l->redis ? redis_take(f, l) : table_take(f, l);
	if (e == OK)
		l->until_ms = began + LEASE_MS - MARGIN_MS;
	else if (e == E_CONFLICT)
		l->until_ms = 0;
}
