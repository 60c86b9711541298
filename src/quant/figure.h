/*
 * A figure: a number, or the reason why there is none. No figure is ever
 * NaN or infinite with WHY_OK; one without a value holds NaN, which is
 * JSON null on the wire. Include quant/quant.h, not this.
 */
#ifndef BURSAR_QUANT_FIGURE_H
#define BURSAR_QUANT_FIGURE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Why a figure has no value, and the word the API says it with. */
#define WHYS(X)							\
	X(WHY_OK,		   "OK")			\
	X(WHY_INSUFFICIENT_DATA,   "INSUFFICIENT_DATA")		\
	X(WHY_ZERO_VARIANCE,	   "ZERO_VARIANCE")		\
	X(WHY_ZERO_DENOMINATOR,	   "ZERO_DENOMINATOR")		\
	X(WHY_NO_DOWNSIDE,	   "NO_DOWNSIDE")		\
	X(WHY_NO_DRAWDOWN,	   "NO_DRAWDOWN")		\
	X(WHY_NO_UP_PERIODS,	   "NO_UP_PERIODS")		\
	X(WHY_NO_DOWN_PERIODS,	   "NO_DOWN_PERIODS")		\
	X(WHY_NO_SOLUTION,	   "NO_SOLUTION")		\
	X(WHY_NON_POSITIVE_BASE,   "NON_POSITIVE_BASE")		\
	X(WHY_MISSING_PRICE,	   "MISSING_PRICE")		\
	X(WHY_MISSING_FX,	   "MISSING_FX")		\
	X(WHY_MISALIGNED,	   "MISALIGNED")		\
	X(WHY_OUT_OF_RANGE,	   "OUT_OF_RANGE")		\
	X(WHY_INVALID_INPUT,	   "INVALID_INPUT")

/* What to know about a value that is there; warnings are bits. */
#define WARNS(X)						\
	X(WARN_SHORT_HISTORY,	0, "SHORT_HISTORY")		\
	X(WARN_STALE_PRICES,	1, "STALE_PRICES")		\
	X(WARN_MULTIPLE_ROOTS,	2, "MULTIPLE_ROOTS")		\
	X(WARN_APPROXIMATE,	3, "APPROXIMATE")		\
	X(WARN_TWR_BREAK,	4, "TWR_BREAK")			\
	X(WARN_NOT_ANNUALISED,	5, "NOT_ANNUALISED")		\
	X(WARN_LOW_CONFIDENCE,	6, "LOW_CONFIDENCE")

#define WHY_ENUM(id, name)		id,
#define WARN_ENUM(id, bit, name)	id = 1 << (bit),
enum why { WHYS(WHY_ENUM) WHY_COUNT };
enum warn { WARNS(WARN_ENUM) WARN_END };
#undef WHY_ENUM
#undef WARN_ENUM

struct figure {
	double		value;		/* NaN unless why is WHY_OK */
	enum why	why;
	unsigned	warnings;	/* WARN_ bits */
};

const char	*why_name(enum why w);		/* never NULL */
const char	*warn_name(enum warn one_bit);	/* NULL if no such bit */

/* No value, because. */
static inline struct figure
figure_none(enum why why)
{
	return ((struct figure){ .value = NAN, .why = why });
}

/* A value; WHY_OUT_OF_RANGE if it is not finite. */
static inline struct figure
figure_of(double value, unsigned warnings)
{
	if (!isfinite(value))
		return (figure_none(WHY_OUT_OF_RANGE));
	return ((struct figure){ .value = value, .warnings = warnings });
}

static inline bool
figure_ok(struct figure f)
{
	return (f.why == WHY_OK);
}

#endif
