/*
 * What came of a history, on its way into an answer. Not for other rooms.
 */
#ifndef BURSAR_CALC_LEDGER_FIGURES_H
#define BURSAR_CALC_LEDGER_FIGURES_H

#include "calc/ledger_request.h"

/* Where it stood at the end of a day. */
struct standing {
	struct totals	t;
	struct worth	w;
};

struct figures {
	struct ledger_request	*r;
	struct json		*j;
	struct account		*a;
	struct calendar		 calendar;
	struct standing		 first, last;
	struct stand		*stands;
	struct washes		 washes;
	size_t			*tacks;		/* by activity: the first of
						   what is held, plus one */
	size_t			*use_tacks;	/* by use: the same */
	size_t			*tack_next;
	struct day_value	*days;
	size_t			 day_n;
};

static inline void
say_dec(struct json *j, const char *key, dec d)
{
	jw_key(j, key);
	jw_dec(j, d);
}

static inline void
say_day(struct json *j, const char *key, day d)
{
	jw_key(j, key);
	jw_day(j, d);
}

static inline void
say_z(struct json *j, const char *key, const char *z)
{
	jw_key(j, key);
	jw_z(j, z);
}

static inline void
say_long(struct json *j, const char *key, int64_t n)
{
	jw_key(j, key);
	jw_long(j, n);
}

static inline void
say_bool(struct json *j, const char *key, bool b)
{
	jw_key(j, key);
	jw_bool(j, b);
}

/* ---- ledger_lists.c: one member of the answer each --------------------- */

void	say_positions(struct figures *f);
void	say_cash(struct figures *f);
void	say_gains(struct figures *f);
/* Finds what say_positions and say_washes tell of. */
void	washes_find(struct figures *f);
void	say_washes(struct figures *f);
void	say_faults(struct figures *f);
void	say_warnings(struct figures *f);

#endif
