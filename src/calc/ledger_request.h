/*
 * A request to `bursar ledger`, read: what is told of, in the ledger's own
 * terms. Not for other rooms.
 */
#ifndef BURSAR_CALC_LEDGER_REQUEST_H
#define BURSAR_CALC_LEDGER_REQUEST_H

#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/json.h"
#include "ledger/ledger.h"

enum ledger_member {
#define MEMBER(id, name, how, to, doc)	MEMBER_##id,
#include "calc/ledger_members.def"
#undef MEMBER
	MEMBER_COUNT
};

struct method_told {
	day			from;
	enum cost_method	method;
};

struct account_told {
	const char		*name;
	struct method_told	*methods;
	size_t			 method_n;
	bool			 margin;
};

#define ACCOUNT_NONE	SIZE_MAX

struct thing_told {
	const char	*symbol;
	struct security	 terms;
	dec		 unit;		/* its prices are of: 1, or 0.01 */
	const char	*quoted;	/* GBX of what is in GBP; or NULL */
	bool		 settled;	/* its currency is known */
	bool		 told;		/* in `instruments` */
};

struct currency_told {
	const char	*code;
	int		 places;
	struct closes	 rates;		/* base currency for one */
};

struct ledger_request {
	struct arena		*arena;
	json_t			*id;		/* NULL: none */
	json_t			*symbols;	/* symbol: index */
	json_t			*ids;		/* an activity's id: index */
	json_t			*account_names;	/* name: index */
	json_t			*activities;
	json_t			*prices;
	struct thing_told	*things;
	size_t			 thing_n;
	struct closes		*closes;	/* by thing */
	struct currency_told	*currencies;	/* [0] is the base */
	size_t			 currency_n;
	struct account_told	*accounts;	/* the first has no name when
						   none is told */
	size_t			 account_n;
	bool			 named;		/* they have names */
	size_t			*at, *to;	/* by activity: of `accounts`,
						   and what it goes to */
	struct activity		*a;		/* origin: its index */
	size_t			 n;
	day			 since, from, as_of;	/* or DAY_NONE */
	bool			 positions;	/* scope: without cash */
	char			 fault[200];	/* empty: none */
};

/*
 * False: r->fault says which member is wrong. `root` must outlive the
 * request; ledger_request_drop gives back what it took beside the arena.
 */
bool	ledger_request_read(struct ledger_request *r, json_t *root);
void	ledger_request_drop(struct ledger_request *r);
/* The days of prices, of activities, and r->from less one and r->as_of. */
struct calendar ledger_request_calendar(struct ledger_request *r);

/* Sets the fault; false. */
bool	amiss(struct ledger_request *r, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* STR_NONE when it is no string. */
str	request_text(const json_t *v);
/* A decimal in a string, or a JSON number of at most 15 digits: NULL, or what
 * is wrong with it. */
const char *request_dec(const json_t *v, dec *out);
bool	request_day(const json_t *v, day *out);
/* The first member that is none of `known`, or NULL. */
const char *request_unknown(json_t *object, const char *const *known);
/* By an exact factor; false: it would have more than 18 decimals. */
bool	request_scale(dec *d, dec unit);
/*
 * The index of a currency, an instrument; it is added when it is new. GBX is
 * GBP, and `unit` 0.01.
 */
bool	request_currency(struct ledger_request *r, str code, size_t *out,
	    dec *unit);
bool	request_thing(struct ledger_request *r, const json_t *v, size_t *out);

bool	request_closes(struct ledger_request *r, json_t *v, const char *what,
	    const char *name, dec unit, struct closes *out);

/* ---- ledger_accounts.c ------------------------------------------------- */

/* Which accounts there are, and whose each activity is. */
bool	request_accounts(struct ledger_request *r, json_t *root);

/* A transfer to another account of the request. */
struct transfer {
	struct activity	 out, in;
	size_t		 from, to;	/* of r->accounts */
	enum fault_kind	 fault;		/* that the other account had */
};

/*
 * All accounts, with what was done in them; `moves` gets the transfers. False:
 * r->fault says why that cannot be told.
 */
bool	accounts_fold(struct ledger_request *r, struct account **out,
	    struct transfer **moves, size_t *move_n);

/* ---- ledger_rates.c ---------------------------------------------------- */

/* What each currency is worth in base: as told, or through a third one. */
bool	request_rates(struct ledger_request *r, json_t *fx);
/* Whether there is a rate that is not older than CARRY_DAYS. */
bool	rate_is_known(const struct ledger_request *r, size_t currency,
	    day on);

/* ---- ledger_activity.c ------------------------------------------------- */

bool	request_activities(struct ledger_request *r);

/* ---- ledger_figures.c: what came of it, as the answer's members -------- */

void	ledger_answer(struct ledger_request *r, struct json *j);

/* ---- ledger_help.c ----------------------------------------------------- */

/* What a request may say: as JSON, and for people. */
void	ledger_list(FILE *to);
void	ledger_help(FILE *to);

#endif
