/*
 * Sessions: what a token stands for lasts as long as its session, and that
 * is PostgreSQL's to say. A worker believes its answer for three seconds, so
 * that a busy client costs one hash and one comparison a request. A session
 * that ends on this machine ends for all its workers at once: they share
 * counters, one for many sessions, and an answer older than its counter's
 * last step is not believed.
 */
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "auth/credential.h"
#include "store/store.h"

#include "auth_sql.h"

#define RECENT_SLOTS	4096	/* powers of two */
#define ENDED_SLOTS	1024

struct live {
	uuid	user_id, tenant_id;
	int	role;
};

static const struct field live_fields[] = {
	MUST(live, user_id, "Whose session it is."),
	MUST(live, tenant_id, "In which tenant."),
	MUST(live, role, "What they may do there.", .names = role_names),
	FIELDS_END
};

/* A token that was verified, by its hash. */
static struct recent {
	unsigned char	 hash[32];
	struct who	 who;
	int64_t		 expires_s;	/* by the clock */
	int64_t		 until_ms;	/* on mono_ms()'s clock */
	unsigned	 ended;		/* the counter, before it was asked */
} recents[RECENT_SLOTS];

static _Atomic unsigned *ended;		/* shared by the workers */

void
session_open(void)
{
	if (ended == NULL)
		ended = shared_alloc(ENDED_SLOTS * sizeof(*ended));
	memset(recents, 0, sizeof(recents));
}

static _Atomic unsigned *
ended_counter(uuid session)
{
	unsigned slot;

	memcpy(&slot, session.b + sizeof(session.b) - sizeof(slot),
	    sizeof(slot));
	return (&ended[slot % ENDED_SLOTS]);
}

void
session_ended(uuid session)
{
	atomic_fetch_add(ended_counter(session), 1);
	stream_close_session(session);
}

static struct recent *
recent_slot(const unsigned char hash[32])
{
	unsigned slot;

	memcpy(&slot, hash, sizeof(slot));
	return (&recents[slot % RECENT_SLOTS]);
}

static bool
recent_good(const struct recent *r, const unsigned char hash[32])
{
	return (memcmp(r->hash, hash, sizeof(r->hash)) == 0 &&
	    mono_ms() < r->until_ms && time(NULL) < r->expires_s &&
	    atomic_load(ended_counter(r->who.session)) == r->ended);
}

static enum err
session_ask(struct flow *f, const struct claims *claims)
{
	struct live live;

	TRY(store_row(f, &sql_auth_session_live, SHAPE(live), &live,
	    UUID(claims->who.session)));
	return (uuid_eq(live.user_id, claims->who.user) &&
	    uuid_eq(live.tenant_id, claims->who.tenant) &&
	    live.role == (int)claims->who.role ? OK : E_NOT_FOUND);
}

static enum err
token_refused(struct flow *f)
{
	return (flow_fault(f, E_UNAUTHENTICATED,
	    "the access token is not valid, or not any more"));
}

/* What was true before the question may have ended before the answer. */
static enum err
session_verify(struct call *c, str token, struct recent *r)
{
	struct claims claims;
	enum err e;

	if (!token_read(&c->f->arena, token, time(NULL), &claims))
		return (token_refused(c->f));
	r->ended = atomic_load(ended_counter(claims.who.session));
	r->until_ms = mono_ms() + SESSION_TRUSTED_MS;
	r->expires_s = claims.expires_s;
	r->who = claims.who;
	e = session_ask(c->f, &claims);
	return (e == E_NOT_FOUND ? token_refused(c->f) : e);
}

enum err
session_identify(struct call *c, str token)
{
	unsigned char hash[32];
	struct recent *r, now;

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)token.p,
	    token.n, NULL, 0);
	r = recent_slot(hash);
	if (!recent_good(r, hash)) {
		TRY(session_verify(c, token, &now));
		memcpy(now.hash, hash, sizeof(now.hash));
		*r = now;
	}
	c->f->who = r->who;
	return (OK);
}

/* ---- many at a time, for streams --------------------------------- */

struct live_one {
	uuid	session_id, user_id, tenant_id;
	int	role;
};

static const struct field live_one_fields[] = {
	MUST(live_one, session_id, "The session."),
	MUST(live_one, user_id, "Whose it is."),
	MUST(live_one, tenant_id, "In which tenant."),
	MUST(live_one, role, "What they may do there.", .names = role_names),
	FIELDS_END
};

static bool
live_among(const struct list *live, const struct who *who)
{
	const struct live_one *l = live->v;
	size_t i;

	for (i = 0; i < live->n; i++)
		if (uuid_eq(l[i].session_id, who->session))
			return (uuid_eq(l[i].user_id, who->user) &&
			    uuid_eq(l[i].tenant_id, who->tenant) &&
			    l[i].role == (int)who->role);
	return (false);
}

enum err
auth_sessions_alive(struct flow *f, const struct who *who, size_t n,
    bool *alive)
{
	uuid *ids = ARENA_MANY(&f->arena, n, uuid);
	struct list live;
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = who[i].session;
	TRY(store_rows(f, &sql_auth_sessions_live, SHAPE(live_one), &live,
	    MANY(K_UUID, ids, n)));
	for (i = 0; i < n; i++)
		alive[i] = live_among(&live, &who[i]);
	return (OK);
}
