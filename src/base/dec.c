/*
 * Exact arithmetic on decimals of 18 places. Everything that multiplies or
 * divides is one primitive, a * b / c through 256 bits, rounded once. There
 * is no wrap-around and no saturation: what does not fit is DEC_NONE.
 */
#include <assert.h>
#include <math.h>

#include "base/dec.h"

typedef unsigned __int128 u128;

#define ONE	1000000000000000000	/* 10^DEC_PLACES */
#define DEC_ONE	((dec){ ONE })

/* What a quotient leaves over, beside half of the divisor. */
enum tail { TAIL_NONE, TAIL_BELOW, TAIL_HALF, TAIL_ABOVE };

static const int64_t tens[DEC_PLACES + 1] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000, 10000000000, 100000000000, 1000000000000,
	10000000000000, 100000000000000, 1000000000000000,
	10000000000000000, 100000000000000000, ONE,
};

/* 10^-places as a count of 10^-18. */
static u128
unit_of(int places)
{
	assert(places >= 0 && places <= DEC_PLACES);
	return ((u128)tens[DEC_PLACES - places]);
}

static u128
magnitude(dec a)
{
	return (a.v < 0 ? -(u128)a.v : (u128)a.v);
}

static dec
dec_signed(bool minus, u128 n)
{
	if (n >> 127 != 0)
		return (DEC_NONE);
	return ((dec){ minus ? -(__int128)n : (__int128)n });
}

bool
dec_ok(dec a)
{
	return (a.v != DEC_NONE.v);
}

dec
dec_of(int64_t whole)
{
	return ((dec){ (__int128)whole * ONE });
}

dec
dec_units(int64_t units, int places)
{
	return ((dec){ units * (__int128)unit_of(places) });
}

dec
dec_add(dec a, dec b)
{
	dec sum;

	if (!dec_ok(a) || !dec_ok(b) ||
	    __builtin_add_overflow(a.v, b.v, &sum.v))
		return (DEC_NONE);
	return (sum);
}

dec
dec_sub(dec a, dec b)
{
	return (dec_add(a, dec_neg(b)));
}

dec
dec_neg(dec a)
{
	return (dec_ok(a) ? (dec){ -a.v } : a);
}

dec
dec_abs(dec a)
{
	return (a.v < 0 ? dec_neg(a) : a);
}

/* Bits above the highest one of n > 0. */
static int
zeros_above(u128 n)
{
	return (n >> 64 != 0 ? __builtin_clzll((uint64_t)(n >> 64)) :
	    64 + __builtin_clzll((uint64_t)n));
}

/* x * y as 256 bits: answers the high half. */
static u128
wide_mul(u128 x, u128 y, u128 *low)
{
	u128 x0 = (uint64_t)x, x1 = x >> 64;
	u128 y0 = (uint64_t)y, y1 = y >> 64;
	u128 bottom = x0 * y0, cross, carry;

	/* (2^64-1)^2 + 2^64-1 still fits 128 bits, so neither sum wraps. */
	cross = x1 * y0 + (bottom >> 64);
	carry = cross >> 64;
	cross = x0 * y1 + (uint64_t)cross;
	*low = cross << 64 | (uint64_t)bottom;
	return (x1 * y1 + carry + (cross >> 64));
}

/*
 * One 64-bit digit of a quotient, and the rest in *rest: (*rest : next) / d,
 * where d has its top bit set and *rest < d. The guess from d's upper half is
 * at most two too large (Knuth, volume 2, 4.3.1, theorem B).
 */
static uint64_t
wide_digit(u128 *rest, uint64_t next, u128 d)
{
	u128 guess = *rest / (d >> 64), left = *rest % (d >> 64);

	/*
	 * A guess of 2^64 or more fails the same test: *rest < d leaves less
	 * than d's lower half then.
	 */
	while (guess * (uint64_t)d > (left << 64 | next)) {
		guess--;
		left += d >> 64;
		if (left >> 64 != 0)
			break;
	}
	/* Modulo 2^128: what is left is below d, so nothing is lost. */
	*rest = (*rest << 64 | next) - guess * d;
	return ((uint64_t)guess);
}

/* (high : low) / d for high < d, and the rest in *rest. */
static u128
wide_div(u128 high, u128 low, u128 d, u128 *rest)
{
	int shift;
	u128 q;

	if (high == 0) {
		*rest = low % d;
		return (low / d);
	}
	/* At least 1, since no decimal's magnitude reaches 2^127. */
	shift = zeros_above(d);
	d <<= shift;
	high = high << shift | low >> (128 - shift);
	low <<= shift;
	q = (u128)wide_digit(&high, (uint64_t)(low >> 64), d) << 64;
	q |= wide_digit(&high, (uint64_t)low, d);
	*rest = high >> shift;
	return (q);
}

static enum tail
tail_of(u128 rest, u128 divisor)
{
	u128 other = divisor - rest;

	if (rest == 0)
		return (TAIL_NONE);
	return (rest < other ? TAIL_BELOW :
	    rest == other ? TAIL_HALF : TAIL_ABOVE);
}

/* `n`, of which `tail` was cut off already, half-even to whole `unit`s. */
static u128
round_even(u128 n, enum tail tail, u128 unit)
{
	enum tail mine = tail;
	u128 q = n / unit;

	if (unit > 1) {
		mine = tail_of(n % unit, unit);
		if (mine == TAIL_HALF && tail != TAIL_NONE)
			mine = TAIL_ABOVE;
	}
	if (mine == TAIL_ABOVE || (mine == TAIL_HALF && (q & 1) != 0))
		q++;
	return (q * unit);
}

/* a * b / c, rounded once, to whole `unit`s. */
static dec
dec_scale(dec a, dec b, dec c, u128 unit)
{
	bool minus = (a.v < 0) ^ (b.v < 0) ^ (c.v < 0);
	u128 high, low, divisor, q, rest;

	if (!dec_ok(a) || !dec_ok(b) || !dec_ok(c) || c.v == 0)
		return (DEC_NONE);
	divisor = magnitude(c);
	high = wide_mul(magnitude(a), magnitude(b), &low);
	if (high >= divisor)
		return (DEC_NONE);
	q = wide_div(high, low, divisor, &rest);
	/* A whole unit past 2^127 none comes back, and rounding could wrap. */
	if (q >= ((u128)1 << 127) + unit)
		return (DEC_NONE);
	return (dec_signed(minus,
	    round_even(q, tail_of(rest, divisor), unit)));
}

dec
dec_mul(dec a, dec b)
{
	return (dec_scale(a, b, DEC_ONE, 1));
}

dec
dec_div(dec a, dec b)
{
	return (dec_scale(a, DEC_ONE, b, 1));
}

dec
dec_mul_div(dec a, dec b, dec c)
{
	return (dec_scale(a, b, c, 1));
}

dec
dec_mul_round(dec a, dec b, int places)
{
	return (dec_scale(a, b, DEC_ONE, unit_of(places)));
}

dec
dec_mul_div_round(dec a, dec b, dec c, int places)
{
	return (dec_scale(a, b, c, unit_of(places)));
}

dec
dec_round(dec a, int places)
{
	if (!dec_ok(a))
		return (a);
	return (dec_signed(a.v < 0,
	    round_even(magnitude(a), TAIL_NONE, unit_of(places))));
}

int
dec_cmp(dec a, dec b)
{
	assert(dec_ok(a) && dec_ok(b));
	return ((a.v > b.v) - (a.v < b.v));
}

int
dec_sign(dec a)
{
	return (dec_ok(a) ? (a.v > 0) - (a.v < 0) : 0);
}

bool
dec_eq(dec a, dec b)
{
	return (a.v == b.v);
}

dec
dec_min(dec a, dec b)
{
	/* DEC_NONE is the least value, so it wins. */
	return (a.v < b.v ? a : b);
}

dec
dec_max(dec a, dec b)
{
	if (!dec_ok(a) || !dec_ok(b))
		return (DEC_NONE);
	return (a.v > b.v ? a : b);
}

enum err
dec_allocate(dec whole, const dec *weights, size_t n, int places, dec *parts)
{
	dec rest = whole, weight = DEC_ZERO;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!dec_ok(weights[i]) || weights[i].v < 0)
			return (E_INVALID);
		weight = dec_add(weight, weights[i]);
	}
	if (!dec_ok(whole) || weight.v == 0)
		return (E_INVALID);
	for (i = 0; i < n; i++) {
		if (weights[i].v == 0)
			parts[i] = DEC_ZERO;
		else if (dec_eq(weights[i], weight))
			parts[i] = rest;
		else
			parts[i] = dec_scale(rest, weights[i], weight,
			    unit_of(places));
		rest = dec_sub(rest, parts[i]);
		weight = dec_sub(weight, weights[i]);
	}
	/* A weight or a part that did not fit has made this DEC_NONE. */
	return (dec_ok(rest) ? OK : E_TOO_LARGE);
}

/*
 * The quotient by 10^18 < 2^60 of a number whose top bit is set has 68 bits
 * or more, so what is cut off lies below the 53 that count: one bit that
 * says "there is more" is enough for a correctly rounded answer.
 */
double
dec_double(dec a)
{
	u128 n = magnitude(a), q;
	int shift;

	if (!dec_ok(a))
		return (NAN);
	if (n == 0)
		return (0.0);
	shift = zeros_above(n);
	n <<= shift;
	q = n / ONE | (n % ONE != 0);
	return (ldexp(a.v < 0 ? -(double)q : (double)q, -shift));
}

/* The double is taken for the binary fraction it is, exactly. */
dec
dec_from_double(double x, int places)
{
	u128 unit = unit_of(places), n;
	int exponent;

	/* 2^68 * 10^18 < 2^128, so below nothing wraps. */
	if (!isfinite(x) || fabs(x) >= 0x1p68)
		return (DEC_NONE);
	/* |x| = n * 2^exponent with n < 2^53; 2^-126 is far below 10^-18. */
	n = (u128)ldexp(frexp(fabs(x), &exponent), 53);
	exponent -= 53;
	if (exponent < -126)
		return (DEC_ZERO);
	n *= (u128)tens[places];
	if (exponent < 0)
		n = round_even(n, TAIL_NONE, (u128)1 << -exponent) >>
		    -exponent;
	else
		n <<= exponent;
	return (dec_signed(x < 0, n * unit));
}
