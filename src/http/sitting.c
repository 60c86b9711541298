/*
 * A stream lasts no longer than the session of whoever opened it: every few
 * seconds one flow asks which sessions go on. Those of a session that is over
 * end in turns, because it may have opened thousands.
 */
#include <stdlib.h>
#include <string.h>

#include "http/stream.h"

#define LOOK_MS		3000
#define LOOK_BATCH	200
#define CUT_US		400	/* of ending streams, before others go on */
#define CHAINS		1024	/* a power of two */

static struct {
	struct sitting	*chains[CHAINS];
	size_t		 count;
	alive_fn	 alive;
	struct timer	 look, cut;
	bool		 looking;
	int64_t		 cut_until_us;	/* of this turn */
} sittings;

const struct who *
stream_who(const struct stream *s)
{
	return (&s->sitting->who);
}

static struct sitting **
chain_of(uuid session)
{
	size_t h;

	memcpy(&h, session.b + sizeof(session.b) - sizeof(h), sizeof(h));
	return (&sittings.chains[h & (CHAINS - 1)]);
}

static bool
who_same(const struct who *a, const struct who *b)
{
	return (uuid_eq(a->session, b->session) && uuid_eq(a->user, b->user) &&
	    uuid_eq(a->tenant, b->tenant) && a->role == b->role);
}

static struct sitting *
sitting_of(const struct who *who)
{
	struct sitting **chain = chain_of(who->session), *t;

	for (t = *chain; t != NULL; t = t->next)
		if (who_same(&t->who, who))
			return (t);
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return (NULL);
	t->who = *who;
	t->next = *chain;
	*chain = t;
	sittings.count++;
	return (t);
}

bool
sitting_join(struct stream *s, const struct who *who)
{
	if ((s->sitting = sitting_of(who)) == NULL)
		return (false);
	s->next = s->sitting->first;
	if (s->next != NULL)
		s->next->prev = s;
	s->sitting->first = s;
	return (true);
}

void
sitting_leave(struct stream *s)
{
	struct sitting *t = s->sitting, **at;

	if (s->prev != NULL)
		s->prev->next = s->next;
	else
		t->first = s->next;
	if (s->next != NULL)
		s->next->prev = s->prev;
	if (t->first != NULL)
		return;
	for (at = chain_of(t->who.session); *at != t; at = &(*at)->next)
		;
	*at = t->next;
	free(t);
	sittings.count--;
}

/* Each sitting, which may end meanwhile. */
static void
sittings_each(void (*fn)(struct sitting *, void *), void *arg)
{
	struct sitting *t, *next;
	size_t i;

	for (i = 0; i < CHAINS; i++)
		for (t = sittings.chains[i]; t != NULL; t = next) {
			next = t->next;
			fn(t, arg);
		}
}

/* ---- they end ---------------------------------------------------- */

static void
sitting_end(struct sitting *t, void *why)
{
	struct stream *s, *next;

	for (s = t->first; s != NULL; s = next) {
		next = s->next;
		stream_end(s, why);
	}
}

void
stream_stop(void)
{
	static char why[] = "stopping";

	sittings_each(sitting_end, why);
}

/* ---- no longer than its session ---------------------------------- */

/* A session's streams end in turns: it may have opened thousands. */
static void
sitting_cut(struct sitting *t, void *left)
{
	struct stream *s, *next;

	for (s = t->over ? t->first : NULL; s != NULL; s = next) {
		next = s->next;
		if (s->leaving)
			continue;
		if (mono_us() > sittings.cut_until_us) {
			*(bool *)left = true;
			return;
		}
		stream_end(s, "session");
	}
}

static void
cut_turn(void *arg)
{
	bool left = false;

	(void)arg;
	sittings.cut_until_us = mono_us() + CUT_US;
	sittings_each(sitting_cut, &left);
	if (left)
		timer_set(&sittings.cut, 0);
}

void
stream_close_session(uuid session)
{
	struct sitting *t;

	for (t = *chain_of(session); t != NULL; t = t->next) {
		if (!uuid_eq(t->who.session, session))
			continue;
		t->over = true;
		timer_set(&sittings.cut, 0);
	}
}

struct census {
	struct who	*who;
	size_t		 n;
};

static void
sitting_count(struct sitting *t, void *arg)
{
	struct census *c = arg;

	c->who[c->n++] = t->who;
}

/* While the question is on its way, streams come and go. When it cannot be
 * answered, they stay. */
static enum err
look_run(struct flow *f, void *arg)
{
	bool alive[LOOK_BATCH];
	struct census c = { .n = 0 };
	size_t i, k, n;

	(void)arg;
	c.who = ARENA_MANY(&f->arena, sittings.count, struct who);
	sittings_each(sitting_count, &c);
	for (i = 0; i < c.n; i += n) {
		n = c.n - i < LOOK_BATCH ? c.n - i : LOOK_BATCH;
		memset(alive, 0, sizeof(alive));
		TRY(sittings.alive(f, c.who + i, n, alive));
		for (k = 0; k < n; k++)
			if (!alive[k])
				stream_close_session(c.who[i + k].session);
	}
	return (OK);
}

static void
look_end(struct flow *f, void *arg, enum err e)
{
	(void)f;
	(void)arg;
	(void)e;
	sittings.looking = false;
}

static void
sitting_overdue(struct sitting *t, void *now)
{
	struct stream *s, *next;

	for (s = t->first; s != NULL; s = next) {
		next = s->next;
		stream_overdue(s, *(const int64_t *)now);
	}
}

static void
look(void *arg)
{
	int64_t now = mono_ms();

	(void)arg;
	timer_set(&sittings.look, LOOK_MS);
	sittings_each(sitting_overdue, &now);
	if (sittings.count == 0 || sittings.looking ||
	    sittings.alive == NULL)
		return;
	sittings.looking = true;
	if (flow_start(look_run, look_end, NULL, LIMIT_REQUEST_MS) == NULL)
		sittings.looking = false;
}

void
http_streams(alive_fn alive)
{
	sittings.alive = alive;
}

void
sitting_start(void)
{
	sittings.look.fn = look;
	sittings.cut.fn = cut_turn;
	timer_set(&sittings.look, LOOK_MS);
}
