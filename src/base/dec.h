/*
 * dec: an exact decimal with 18 places in a wrapped 128-bit integer, so that
 * `a + b` does not compile. The scale is one for prices, quantities and
 * money: 18 places hold a crypto quantity's smallest unit, and what is left
 * of 128 bits reaches 1.7e20, a hundred thousand times the 10^15 that money
 * needs. README.md argues the choice.
 *
 * An operation that cannot be held answers DEC_NONE, which every operation
 * hands on, so a sum is checked once, at its end, by dec_ok(). DEC_NONE is
 * also how a record says "no amount"; it prints as null.
 */
#ifndef BURSAR_BASE_DEC_H
#define BURSAR_BASE_DEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define DEC_PLACES	18
#define DEC_TEXT_MAX	42	/* sign, 21 digits, point, 18 digits, NUL */

typedef struct {
	__int128	v;
} dec;

#define DEC_NONE	\
	((dec){ (__int128)((unsigned __int128)1 << 127) })
#define DEC_ZERO	((dec){ 0 })

bool	dec_ok(dec a);			/* holds a number */
dec	dec_of(int64_t whole);
/* `units` of 10^-places, 0 <= places <= 18: dec_units(12345, 2) is 123.45 */
dec	dec_units(int64_t units, int places);

/*
 * Plain notation only: sign, digits, point, digits; no exponent, no blanks.
 * E_INVALID: not a number. E_TOO_LARGE: more than 18 places (trailing zeros
 * do not count) or beyond the range. *out is untouched on failure.
 */
enum err dec_parse(str s, dec *out) MUSTCHECK;
/*
 * Shortest text, no trailing zeros ("12.34", "-0.5", "100"); its length. It
 * is terminated. DEC_NONE is "null", which dec_parse does not read.
 */
size_t	dec_print(dec a, char out[DEC_TEXT_MAX]);
/* Rounded half-even to `places` and padded to them: "12.30". */
size_t	dec_print_places(dec a, int places, char out[DEC_TEXT_MAX]);

dec	dec_add(dec a, dec b);
dec	dec_sub(dec a, dec b);
dec	dec_neg(dec a);
dec	dec_abs(dec a);
/* Exact product or quotient through 256 bits, then half-even to 18 places. */
dec	dec_mul(dec a, dec b);
dec	dec_div(dec a, dec b);			/* by zero: DEC_NONE */
dec	dec_mul_div(dec a, dec b, dec c);	/* a * b / c, rounded once */
/* a * b rounded once, to 0..18 places; dec_round(dec_mul()) rounds twice. */
dec	dec_mul_round(dec a, dec b, int places);
/* a * b / c rounded once, to 0..18 places. */
dec	dec_mul_div_round(dec a, dec b, dec c, int places);
/* Half-even to 0..18 places. */
dec	dec_round(dec a, int places);

int	dec_cmp(dec a, dec b);		/* <0, 0, >0; both must be dec_ok */
int	dec_sign(dec a);		/* -1, 0, 1; DEC_NONE has 0 */
bool	dec_eq(dec a, dec b);		/* DEC_NONE equals DEC_NONE */
dec	dec_min(dec a, dec b);
dec	dec_max(dec a, dec b);

/*
 * Split `whole` over `n` weights into parts rounded to `places`, half-even
 * on the running remainder, so that the parts sum to `whole` exactly.
 * Weights must not be negative nor all zero: E_INVALID.
 */
enum err dec_allocate(dec whole, const dec *weights, size_t n, int places,
	    dec *parts) MUSTCHECK;

/*
 * The nearest double (NaN for DEC_NONE), for statistics only: never back into
 * money.
 */
double	dec_double(dec a);
/* The one documented way back: rounded half-even to `places`. NaN, infinity
 * and what does not fit give DEC_NONE. */
dec	dec_from_double(double x, int places);

/* ISO 4217 minor units of a currency code: 0, 2, 3 or 4; -1 when unknown. */
int	currency_places(str code);
/*
 * Quote units that are a fixed factor of a currency: GBX and GBp are 0.01
 * GBP, ZAc 0.01 ZAR, ILA 0.01 ILS. False when `code` is none of them.
 */
bool	currency_minor(str code, str *major, dec *factor);

#endif
