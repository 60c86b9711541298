/*
 * A second opinion: decimals beside libgmp's integers, on values of every
 * size and on the edges. Skipped where libgmp is not installed. DEC_CASES in
 * the environment asks for more cases than the usual.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/dec.h"

#ifdef HAVE_GMP
#include <gmp.h>

#define CASES	100000

static uint64_t seed = 0x853c49e6748fea9b;

static uint64_t
next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed * 0x2545f4914f6cdd1d);
}

/* Near a power of two or of ten, short, or of random bits and size. */
static dec
any(void)
{
	unsigned __int128 n = (unsigned __int128)next() << 64 | next();
	int i;

	switch (next() % 4) {
	case 0:
		n = ((unsigned __int128)1 << next() % 127) + next() % 5 - 2;
		break;
	case 1:
		for (n = 1, i = (int)(next() % 38); i > 0; i--)
			n *= 10;
		n = n * (1 + next() % 9) + next() % 3 - 1;
		break;
	case 2:
		n = next() % 2000;
		break;
	default:
		n >>= 1 + next() % 127;
	}
	n &= ~(unsigned __int128)0 >> 1;
	return ((dec){ next() % 2 == 0 ? (__int128)n : -(__int128)n });
}

/* Of 127 random bits. */
static dec
large(void)
{
	return ((dec){ (__int128)(next() >> 1) << 64 | next() });
}

static void
big_set(mpz_t z, dec d)
{
	unsigned __int128 n = d.v < 0 ? -(unsigned __int128)d.v :
	    (unsigned __int128)d.v;
	uint64_t words[2] = { (uint64_t)n, (uint64_t)(n >> 64) };

	mpz_import(z, 2, -1, sizeof(words[0]), 0, 0, words);
	if (d.v < 0)
		mpz_neg(z, z);
}

/* DEC_NONE when `z` is past the range. */
static dec
big_get(const mpz_t z)
{
	uint64_t words[2] = { 0, 0 };
	__int128 n;

	if (mpz_sizeinbase(z, 2) > 127)
		return (DEC_NONE);
	mpz_export(words, NULL, -1, sizeof(words[0]), 0, 0, z);
	n = (__int128)((unsigned __int128)words[1] << 64 | words[0]);
	return ((dec){ mpz_sgn(z) < 0 ? -n : n });
}

/* q = n / d, half-even: floor(n/d + 1/2), less one at an odd tie. */
static void
big_div(mpz_t q, const mpz_t n, const mpz_t d)
{
	mpz_t twice, rest;

	mpz_inits(twice, rest, NULL);
	mpz_mul_ui(twice, n, 2);
	mpz_add(twice, twice, d);
	mpz_mul_ui(rest, d, 2);
	mpz_fdiv_qr(q, rest, twice, rest);
	if (mpz_sgn(rest) == 0 && mpz_odd_p(q))
		mpz_sub_ui(q, q, 1);
	mpz_clears(twice, rest, NULL);
}

static dec
big_scale(dec a, dec b, dec c, dec unit)
{
	mpz_t x, y;
	dec d;

	if (c.v == 0)
		return (DEC_NONE);
	mpz_inits(x, y, NULL);
	big_set(x, a);
	big_set(y, b);
	mpz_mul(x, x, y);
	big_set(y, c);
	if (unit.v != 1) {
		mpz_t u;

		mpz_init(u);
		big_set(u, unit);
		mpz_mul(y, y, u);
		big_div(x, x, y);
		mpz_mul(x, x, u);
		mpz_clear(u);
	} else
		big_div(x, x, y);
	d = big_get(x);
	mpz_clears(x, y, NULL);
	return (d);
}

static const dec one = { 1000000000000000000 };
static const dec bit = { 1 };

static int
cases(void)
{
	const char *z = getenv("DEC_CASES");

	return (z != NULL ? atoi(z) : CASES);
}

static void
products_and_quotients_agree(void **state)
{
	int i, n = cases();
	dec a, b, c;

	(void)state;
	for (i = 0; i < n; i++) {
		a = any();
		b = any();
		c = any();
		assert_true(dec_eq(dec_mul(a, b), big_scale(a, b, one, bit)));
		assert_true(dec_eq(dec_div(a, b), big_scale(a, one, b, bit)));
		assert_true(dec_eq(dec_mul_div(a, b, c),
		    big_scale(a, b, c, bit)));
		assert_true(dec_eq(dec_mul_round(a, b, 2),
		    big_scale(a, b, one, dec_units(1, 2))));
	}
}

/* A quotient rounded once, whatever the places. */
static void
rounded_quotients_agree(void **state)
{
	int i, n = cases(), places;
	dec a, b, c, unit;

	(void)state;
	for (i = 0; i < n; i++) {
		a = any();
		b = any();
		c = any();
		places = (int)(next() % (DEC_PLACES + 1));
		unit = dec_units(1, places);
		assert_true(dec_eq(dec_mul_div_round(a, b, c, places),
		    big_scale(a, b, c, unit)));
		/* Near a tie: half a unit more than so many of them. */
		c.v = 2 * (int64_t)(next() % 50);
		a.v = (__int128)(next() % 1000) * unit.v + c.v / 2 * (unit.v /
		    2) + (__int128)(next() % 3) - 1;
		assert_true(dec_eq(dec_mul_div_round(a, one, c, places),
		    big_scale(a, one, c, unit)));
		assert_true(dec_eq(dec_mul_div_round(a, bit, c, places),
		    big_scale(a, bit, c, unit)));
	}
}

/* Divisors chosen so that a quotient is near the edge, or a tie. */
static void
hard_quotients_agree(void **state)
{
	int i, n = cases();
	dec a, b, c;

	(void)state;
	for (i = 0; i < n; i++) {
		a = any();
		b = any();
		c = any();
		c.v = a.v / 2 + (__int128)(next() % 3) - 1;
		assert_true(dec_eq(dec_mul_div(a, b, c),
		    big_scale(a, b, c, bit)));
		c.v = a.v - a.v % ((__int128)1 << 64);
		assert_true(dec_eq(dec_mul_div(a, b, c),
		    big_scale(a, b, c, bit)));
		c.v = 2 * (int64_t)(next() % 50);
		assert_true(dec_eq(dec_mul_div(a, bit, c),
		    big_scale(a, bit, c, bit)));
	}
}

/* a * b / 2^bits + more, which makes a * b / c about 2^bits. */
static dec
edge_divisor(dec a, dec b, unsigned int bits, int more)
{
	mpz_t x, y;
	dec c;

	mpz_inits(x, y, NULL);
	big_set(x, a);
	big_set(y, b);
	mpz_mul(x, x, y);
	mpz_tdiv_q_2exp(x, x, bits);
	c = big_get(x);
	mpz_clears(x, y, NULL);
	return ((dec){ c.v + more });
}

/* 2^127 is the first that does not fit, 2^128 the first that wraps. */
static void
quotients_at_the_edge_agree(void **state)
{
	int i, n = cases();
	dec a, b, c;

	(void)state;
	for (i = 0; i < n; i++) {
		/* The closest quotients need the largest factors. */
		a = large();
		b = i % 4 < 2 ? large() : any();
		c = edge_divisor(a, b, 127 + i % 2, (int)(next() % 3) - 1);
		assert_true(dec_eq(dec_mul_div(a, b, c),
		    big_scale(a, b, c, bit)));
		assert_true(dec_eq(dec_mul_div_round(a, b, c, i % 19),
		    big_scale(a, b, c, dec_units(1, i % 19))));
	}
}

static void
rounding_agrees(void **state)
{
	int i, n = cases(), places;
	dec a, unit;

	(void)state;
	for (i = 0; i < n; i++) {
		a = any();
		places = (int)(next() % 19);
		unit = dec_units(1, places);
		assert_true(dec_eq(dec_round(a, places),
		    big_scale(a, bit, bit, unit)));
		/* A tie, about half the size. */
		a.v = a.v / 2 - a.v / 2 % unit.v + unit.v / 2;
		assert_true(dec_eq(dec_round(a, places),
		    big_scale(a, bit, bit, unit)));
	}
}

static void
sums_agree(void **state)
{
	int i, n = cases();
	mpz_t x, y;
	dec a, b;

	(void)state;
	mpz_inits(x, y, NULL);
	for (i = 0; i < n; i++) {
		a = any();
		b = any();
		big_set(x, a);
		big_set(y, b);
		mpz_add(x, x, y);
		assert_true(dec_eq(dec_add(a, b), big_get(x)));
		mpz_sub(x, x, y);
		mpz_sub(x, x, y);
		assert_true(dec_eq(dec_sub(a, b), big_get(x)));
	}
	mpz_clears(x, y, NULL);
}

/* The first share is the only one that does not depend on another. */
static void
shares_are_rounded_once(void **state)
{
	dec whole, weights[2], parts[2], total;
	int i, n = cases(), places;
	enum err e;

	(void)state;
	for (i = 0; i < n; i++) {
		whole = any();
		weights[0] = dec_abs(any());
		weights[1] = dec_abs(any());
		places = (int)(next() % 19);
		total = dec_add(weights[0], weights[1]);
		if (!dec_ok(total) || weights[0].v == 0 || weights[1].v == 0)
			continue;
		e = dec_allocate(whole, weights, 2, places, parts);
		assert_true(dec_eq(parts[0], big_scale(whole, weights[0],
		    total, dec_units(1, places))));
		assert_true(e == OK ? dec_eq(dec_add(parts[0], parts[1]),
		    whole) : e == E_TOO_LARGE && !dec_ok(parts[0]));
	}
}

static void
texts_agree(void **state)
{
	char text[DEC_TEXT_MAX], digits[64];
	int i, n = cases(), j, k;
	mpz_t x;
	dec a;

	(void)state;
	mpz_init(x);
	for (i = 0; i < n; i++) {
		a = any();
		dec_print_places(a, DEC_PLACES, text);
		/* Without its point the text is the integer itself. */
		for (j = k = 0; text[j] != '\0'; j++)
			if (text[j] != '.')
				digits[k++] = text[j];
		digits[k] = '\0';
		assert_int_equal(mpz_set_str(x, digits, 10), 0);
		assert_true(dec_eq(big_get(x), a));
	}
	mpz_clear(x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_agree),
		cmocka_unit_test(products_and_quotients_agree),
		cmocka_unit_test(rounded_quotients_agree),
		cmocka_unit_test(hard_quotients_agree),
		cmocka_unit_test(quotients_at_the_edge_agree),
		cmocka_unit_test(rounding_agrees),
		cmocka_unit_test(shares_are_rounded_once),
		cmocka_unit_test(texts_agree),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}

#else

static void
libgmp_is_not_installed(void **state)
{
	(void)state;
	print_message("libgmp is not installed: nothing to compare with\n");
	skip();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(libgmp_is_not_installed),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}

#endif
