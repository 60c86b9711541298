/*
 * The rows of err.def as an array. A value that is no error of ours reads as
 * E_INTERNAL, so that nobody answers from outside the table.
 */
#include "base/err.h"

static const struct err_row rows[ERR_COUNT] = {
	[OK] = { "OK", 200, "ok", "OK", LOG_FINE },
#define ERR(e, http, tail, words, at)	[e] = { #e, http, tail, words, at },
#include "base/err.def"
#undef ERR
};

const struct err_row *
err_row(enum err e)
{
	if ((unsigned int)e >= ERR_COUNT)
		return (&rows[E_INTERNAL]);
	return (&rows[e]);
}
