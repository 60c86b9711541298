/*
 * fold: indicators that are stored: each is a stream whose state is kept, so
 * that a new bar costs a step. When a series' past changes, it is folded
 * anew from its first bar. Inner header of market/.
 */
#ifndef BURSAR_MARKET_FOLD_H
#define BURSAR_MARKET_FOLD_H

#include "market/market.h"

struct indicator;

/* One that is stored, as it is told. */
struct folded {
	int64_t	id;
	str	name;			/* of quant's table */
	str	params;			/* "{20,252}" */
	int64_t	bars;			/* folded so far */
	day	last_day;
	bool	current;		/* nothing has come since */
};

extern const struct field folded_fields[];

/*
 * Bring an instrument's stored indicators up to date, the usual five being
 * made when they are not there. `*bars` (may be NULL) is how many steps were
 * taken. Not in a transaction.
 */
enum err folds_update(struct flow *f, uuid instrument, int64_t *steps)
	    MUSTCHECK;
/* Store one more of an instrument, or one no longer. */
enum err fold_add(struct flow *f, uuid instrument, const struct indicator *row,
	    const double *param) MUSTCHECK;
enum err fold_drop(struct flow *f, uuid instrument,
	    const struct indicator *row, const double *param) MUSTCHECK;
/* Those of an instrument; list of struct folded. */
enum err folds_list(struct flow *f, uuid instrument, struct list *out)
	    MUSTCHECK;
/* The text of parameters as the table has them. */
str	 params_text_of(struct arena *a, const struct indicator *row,
	    const double *param);

#endif
