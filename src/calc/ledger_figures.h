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

/* An account; or all of them together, whose `a` is NULL. */
struct book {
	const struct account_told *told;
	struct account		*a;
	struct standing		 first, last;
	struct day_value	*days;
	size_t			 day_n;
	struct stand		*stands;
	size_t			*use_tacks;	/* by use: see `tacks` */
};

struct figures {
	struct ledger_request	*r;
	struct json		*j;
	struct calendar		 calendar;
	struct account		**accounts;
	struct book		*books;		/* one for each */
	size_t			 book_n;
	struct book		 whole;
	struct transfer		*moves;
	size_t			 move_n;
	struct washes		 washes;
	size_t			*tacks;		/* by activity: the first of
						   what is held, plus one */
	size_t			*tack_next;
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

/* ---- ledger_books.c: accounts looked at, one by one and together ------- */

/* False: r->fault says why not. */
bool	books_open(struct figures *f);
dec	standing_unrealised(const struct standing *s);

/* ---- ledger_lists.c: one member of the answer each --------------------- */

void	say_positions(struct figures *f);
void	say_cash(struct figures *f, const struct book *b);
void	say_gains(struct figures *f);
/* Finds what say_positions and say_washes tell of. */
void	washes_find(struct figures *f);
void	say_washes(struct figures *f);
/* An activity by its place among those of the request, and by its id. */
void	say_origin(const struct figures *f, size_t origin);
/* Nothing when accounts have no names. */
void	say_account(const struct figures *f, const struct account_told *t);

/* ---- ledger_faults.c --------------------------------------------------- */

void	say_faults(struct figures *f);
void	say_warnings(struct figures *f);

#endif
