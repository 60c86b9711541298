/*
 * Decimals as text and back. It refuses exponents, blanks, signs without
 * digits, and any digit that the scale cannot hold: nothing is rounded on
 * the way in.
 */
#include <string.h>

#include "base/dec.h"
#include "base/digits.h"

typedef unsigned __int128 u128;

#define ONE		1000000000000000000
#define WHOLE_DIGITS	21	/* of 2^127 / 10^18 */

/* The digits that `s` begins with. */
static str
digits_span(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return ((str){ s.p, n });
}

static u128
digits_value(str s)
{
	u128 v = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		v = v * 10 + (unsigned int)(s.p[i] - '0');
	return (v);
}

/* Sign, digits and, after a point, digits: nothing else may follow. */
static bool
dec_split(str s, bool *minus, str *whole, str *part)
{
	*minus = s.n > 0 && s.p[0] == '-';
	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s = (str){ s.p + 1, s.n - 1 };
	*whole = digits_span(s);
	*part = S("");
	if (whole->n == 0 || whole->n == s.n)
		return (whole->n != 0);
	if (s.p[whole->n] != '.')
		return (false);
	s = (str){ s.p + whole->n + 1, s.n - whole->n - 1 };
	*part = digits_span(s);
	return (part->n != 0 && part->n == s.n);
}

enum err
dec_parse(str s, dec *out)
{
	u128 most = ((u128)1 << 127) - 1, n, below;
	str whole, part;
	size_t i;
	bool minus;

	if (!dec_split(s, &minus, &whole, &part))
		return (E_INVALID);
	while (whole.n > 0 && *whole.p == '0')
		whole = (str){ whole.p + 1, whole.n - 1 };
	while (part.n > 0 && part.p[part.n - 1] == '0')
		part.n--;
	if (whole.n > WHOLE_DIGITS || part.n > DEC_PLACES)
		return (E_TOO_LARGE);
	n = digits_value(whole);
	below = digits_value(part);
	for (i = part.n; i < DEC_PLACES; i++)
		below *= 10;
	if (n > (most - below) / ONE)
		return (E_TOO_LARGE);
	n = n * ONE + below;
	*out = (dec){ minus ? -(__int128)n : (__int128)n };
	return (OK);
}

static char *
whole_put(char *p, u128 n)
{
	const uint64_t split = 10000000000000000000u;	/* 10^19 */

	if (n < split)
		return (digits_put(p, (uint64_t)n));
	p = digits_put(p, (uint64_t)(n / split));
	return (digits_pad(p, (uint64_t)(n % split), 19));
}

/* With at least `places` digits after the point, and no other zeros. */
static size_t
dec_put(dec a, int places, char *out)
{
	u128 n = a.v < 0 ? -(u128)a.v : (u128)a.v;
	char *p = out, *least;

	if (!dec_ok(a)) {
		memcpy(out, "null", 5);
		return (4);
	}
	if (a.v < 0)
		*p++ = '-';
	p = whole_put(p, n / ONE);
	least = p + (places == 0 ? 0 : 1 + places);
	*p++ = '.';
	p = digits_pad(p, (uint64_t)(n % ONE), DEC_PLACES);
	while (p > least && (p[-1] == '0' || p[-1] == '.'))
		if (*--p == '.')
			break;
	*p = '\0';
	return ((size_t)(p - out));
}

size_t
dec_print(dec a, char out[DEC_TEXT_MAX])
{
	return (dec_put(a, 0, out));
}

size_t
dec_print_places(dec a, int places, char out[DEC_TEXT_MAX])
{
	return (dec_put(dec_round(a, places), places, out));
}
