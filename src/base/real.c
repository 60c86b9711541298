/*
 * Doubles between 1e-22 and 1e15 as text, by R. Giulietti's way: the double
 * and the borders of what reads back as it are multiplied by a power of ten,
 * here one that 128 bits hold exactly, and the shortest integer between the
 * borders is the text's digits. The rest is left to printf.
 */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/real.h"

typedef unsigned __int128 wide;

enum { FRACTION_BITS = 52, EXPONENT_BIAS = 1075 };

struct decimal {
	uint64_t	digits;
	int		power;		/* of ten */
};

#define MILLION		((wide)1000000)
#define BILLION		((wide)1000000000)
#define THREE(x)	(x), (x) * 10, (x) * 100

/* What 128 bits hold. */
static const wide tens[] = {
	THREE((wide)1), THREE((wide)1000), THREE(MILLION), THREE(BILLION),
	THREE(MILLION * MILLION), THREE(MILLION * BILLION),
	THREE(BILLION * BILLION), THREE(BILLION * BILLION * 1000),
	THREE(BILLION * BILLION * MILLION),
	THREE(BILLION * BILLION * BILLION),
	THREE(BILLION * BILLION * BILLION * 1000),
	THREE(BILLION * BILLION * BILLION * MILLION),
	THREE(BILLION * BILLION * BILLION * BILLION)
};

/* floor(e * log2(10)), floor(q * log10(2)): exact for a double's exponents. */
static int
log2_of_ten_to(int e)
{
	return ((e * 1741647) >> 19);
}

static int
log10_of_two_to(int q)
{
	return ((q * 1262611) >> 22);
}

/* The top 64 of 192 bits of g * c, the last one set if any below were. */
static uint64_t
top_sticky(wide g, uint64_t c)
{
	wide low = (wide)(uint64_t)g * c;
	wide high = (wide)(uint64_t)(g >> 64) * c + (uint64_t)(low >> 64);

	return ((uint64_t)(high >> 64) | ((uint64_t)high > 1));
}

/* The integer among s and s + 1, in quarters, that is in reach, if one. */
static bool
only_one(uint64_t s, uint64_t step, uint64_t low, uint64_t high,
    uint64_t *out)
{
	bool here = low <= 4 * s, next = 4 * (s + step) <= high;

	*out = next ? s + step : s;
	return (here != next);
}

/*
 * c * 2^q, c of 53 bits and not a power of two: its neighbours are half a
 * unit away on both sides. An even c's borders still read back as it.
 */
static struct decimal
shortest(uint64_t c, int q)
{
	int k = log10_of_two_to(q), h = q + log2_of_ten_to(-k) + 1;
	wide g = tens[-k] << (127 - log2_of_ten_to(-k));
	uint64_t odd = c & 1, s, out;
	uint64_t low = top_sticky(g, (4 * c - 2) << h) + odd;
	uint64_t mid = top_sticky(g, (4 * c) << h);
	uint64_t high = top_sticky(g, (4 * c + 2) << h) - odd;

	s = mid / 4;
	if (only_one(s - s % 10, 10, low, high, &out))
		return ((struct decimal){ out / 10, k + 1 });
	if (!only_one(s, 1, low, high, &out))
		out = s + (mid > 4 * s + 2 || (mid == 4 * s + 2 && (s & 1)));
	return ((struct decimal){ out, k });
}

static size_t
decimal_print(struct decimal d, char *out)
{
	char digits[DIGITS_MAX], *p = out;
	int n, point;

	while (d.digits % 10 == 0) {
		d.digits /= 10;
		d.power++;
	}
	n = (int)(digits_put(digits, d.digits) - digits);
	point = n + d.power;		/* digits before it, if positive */
	if (point < -3) {
		*p++ = digits[0];
		if (n > 1)
			*p++ = '.';
		memcpy(p, digits + 1, (size_t)n - 1);
		p += n - 1;
		*p++ = 'e';
		*p++ = '-';
		return ((size_t)(digits_pad(p, (uint64_t)(1 - point), 2) -
		    out));
	}
	if (point <= 0) {
		memcpy(p, "0.000", 5);
		memcpy(p + 2 - point, digits, (size_t)n);
		return ((size_t)(2 - point + n));
	}
	if (n <= point) {
		memcpy(p, digits, (size_t)n);
		memset(p + n, '0', (size_t)(point - n));
		return ((size_t)point);
	}
	memcpy(p, digits, (size_t)point);
	p[point] = '.';
	memcpy(p + point + 1, digits + point, (size_t)(n - point));
	return ((size_t)n + 1);
}

static size_t
real_slow(double x, char out[REAL_TEXT_MAX])
{
	/* Below DBL_MIN a double has fewer digits than fifteen. */
	int places = fabs(x) < DBL_MIN ? 1 : 15, n;

	do
		n = snprintf(out, REAL_TEXT_MAX, "%.*g", places, x);
	while (strtod(out, NULL) != x && ++places <= 17);
	return ((size_t)n);
}

size_t
real_print(double x, char out[REAL_TEXT_MAX])
{
	uint64_t bits, c;
	int q;
	bool minus = signbit(x);

	memcpy(&bits, &x, sizeof(bits));
	c = bits & ((UINT64_C(1) << FRACTION_BITS) - 1);
	q = (int)(bits >> FRACTION_BITS & 0x7ff) - EXPONENT_BIAS;
	/* 2^-73 is above 1e-22, 2^49 below 1e15; a power of two is rare. */
	if (c == 0 || q < -73 - FRACTION_BITS || q >= 49 - FRACTION_BITS)
		return (real_slow(x, out));
	c |= UINT64_C(1) << FRACTION_BITS;
	*out = '-';
	return (minus + decimal_print(shortest(c, q), out + minus));
}
