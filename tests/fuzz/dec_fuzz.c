/*
 * Decimals beside libgmp, on whatever libFuzzer thinks of: the input is three
 * values and a number of places, then a text. It stops at the first answer
 * that differs. To run it for five minutes:
 *
 *   clang -g -O1 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined \
 *	-fno-sanitize-recover=all tests/fuzz/dec_fuzz.c src/base/dec.c \
 *	src/base/dec_text.c src/base/digits.c src/base/str.c -lgmp -lm \
 *	-o dec_fuzz
 *   ./dec_fuzz -max_total_time=300
 */
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/dec.h"

#define MUST_HOLD(claim)	do { if (!(claim)) abort(); } while (0)

struct input {
	dec		d[3];
	unsigned char	places;
};

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

/* Is `got` the integer nearest to n / d, even at a tie, or rightly none? */
static bool
is_nearest(dec got, const mpz_t n, const mpz_t d)
{
	mpz_t q, gap, whole;
	bool ok;

	if (mpz_sgn(d) == 0)
		return (!dec_ok(got));
	mpz_inits(q, gap, whole, NULL);
	if (dec_ok(got))
		big_set(q, got);
	else {
		/* Then the least value past the range must be nearer. */
		mpz_setbit(q, 127);
		if (mpz_sgn(n) * mpz_sgn(d) < 0)
			mpz_neg(q, q);
	}
	mpz_mul(gap, q, d);
	mpz_sub(gap, n, gap);
	mpz_mul_2exp(gap, gap, 1);
	if (dec_ok(got)) {
		ok = mpz_cmpabs(gap, d) < 0 ||
		    (mpz_cmpabs(gap, d) == 0 && mpz_even_p(q));
	} else {
		mpz_tdiv_q(whole, n, d);
		ok = mpz_cmpabs(whole, q) >= 0 || mpz_cmpabs(gap, d) <= 0;
	}
	mpz_clears(q, gap, whole, NULL);
	return (ok);
}

static void
check_scale(const struct input *in)
{
	dec one = dec_of(1), a = in->d[0], b = in->d[1], c = in->d[2];
	mpz_t x, y, z, unit;

	mpz_inits(x, y, z, unit, NULL);
	big_set(x, a);
	big_set(y, b);
	big_set(unit, one);
	mpz_mul(z, x, y);
	MUST_HOLD(is_nearest(dec_mul(a, b), z, unit));
	big_set(unit, c);
	MUST_HOLD(is_nearest(dec_mul_div(a, b, c), z, unit));
	big_set(unit, one);
	mpz_mul(z, x, unit);
	MUST_HOLD(is_nearest(dec_div(a, b), z, y));
	mpz_clears(x, y, z, unit, NULL);
}

/* The same of whole units: a multiple of one, and the nearest. */
static void
check_rounded(const struct input *in)
{
	dec a = in->d[0], b = in->d[1], c = in->d[2], got, none;
	dec unit = dec_units(1, in->places);
	mpz_t x, y, z;

	got = dec_mul_div_round(a, b, c, in->places);
	none = dec_mul_div(a, b, c);
	mpz_inits(x, y, z, NULL);
	big_set(x, a);
	big_set(y, b);
	mpz_mul(z, x, y);
	big_set(x, c);
	big_set(y, unit);
	mpz_mul(x, x, y);
	if (dec_ok(got)) {
		MUST_HOLD(got.v % unit.v == 0);
		MUST_HOLD(is_nearest((dec){ got.v / unit.v }, z, x));
	} else if (dec_ok(none)) {
		/* Rounding alone left the range: within a unit of its end. */
		MUST_HOLD(!dec_ok(dec_add(dec_abs(none), unit)));
	}
	mpz_clears(x, y, z, NULL);
}

static void
check_shares(const struct input *in)
{
	dec weights[2] = { dec_abs(in->d[1]), dec_abs(in->d[2]) };
	dec parts[2], whole = in->d[0];

	if (dec_allocate(whole, weights, 2, in->places, parts) != OK)
		return;
	MUST_HOLD(dec_eq(dec_add(parts[0], parts[1]), whole));
	MUST_HOLD(dec_sign(weights[1]) == 0 ||
	    dec_eq(dec_round(parts[0], in->places), parts[0]));
}

static void
check_round_trip(dec a, int places)
{
	char text[DEC_TEXT_MAX];
	dec back;

	MUST_HOLD(dec_parse((str){ text, dec_print(a, text) }, &back) == OK);
	MUST_HOLD(dec_eq(a, back));
	MUST_HOLD(dec_double(a) == strtod(text, NULL));
	a = dec_round(a, places);
	if (!dec_ok(a))
		return;
	MUST_HOLD(dec_parse((str){ text,
	    dec_print_places(a, places, text) }, &back) == OK);
	MUST_HOLD(dec_eq(a, back));
}

static void
check_text(str s)
{
	dec d;

	if (dec_parse(s, &d) == OK)
		check_round_trip(d, 2);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in;
	int i;

	if (size < sizeof(in.d) + 1)
		return (0);
	memcpy(in.d, data, sizeof(in.d));
	in.places = data[sizeof(in.d)] % (DEC_PLACES + 1);
	for (i = 0; i < 3; i++)
		if (!dec_ok(in.d[i]))
			return (0);
	check_scale(&in);
	check_rounded(&in);
	check_shares(&in);
	check_round_trip(in.d[0], in.places);
	check_text((str){ (const char *)data + sizeof(in.d) + 1,
	    size - sizeof(in.d) - 1 });
	return (0);
}
