/*
 * Views of bytes. Nothing here allocates, and nothing reads past s.n: a str
 * may be the middle of somebody's buffer.
 */
#include <string.h>

#include "base/str.h"

str
str_of(const char *z)
{
	if (z == NULL)
		return (STR_NONE);
	return ((str){ z, strlen(z) });
}

bool
str_eq(str a, str b)
{
	if (a.p == NULL || b.p == NULL)
		return (a.p == b.p);
	return (a.n == b.n && memcmp(a.p, b.p, a.n) == 0);
}

bool
str_eqz(str a, const char *z)
{
	return (str_eq(a, str_of(z)));
}

static unsigned char
lower(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u);
}

bool
str_eq_nocase(str a, str b)
{
	size_t i;

	if (a.p == NULL || b.p == NULL)
		return (a.p == b.p);
	if (a.n != b.n)
		return (false);
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return (false);
	return (true);
}

bool
str_starts(str s, str prefix)
{
	if (s.p == NULL || prefix.p == NULL || s.n < prefix.n)
		return (false);
	return (memcmp(s.p, prefix.p, prefix.n) == 0);
}

int
str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return (order != 0 ? order : (a.n > b.n) - (a.n < b.n));
}

static bool
is_blank(char c)
{
	return (c == ' ' || (c >= '\t' && c <= '\r'));
}

str
str_trim(str s)
{
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && is_blank(*s.p)) {
		s.p++;
		s.n--;
	}
	return (s);
}

bool
str_cut(str *rest, char sep, str *part)
{
	const char *at;

	if (rest->p == NULL)
		return (false);
	at = rest->n == 0 ? NULL : memchr(rest->p, sep, rest->n);
	if (at == NULL) {
		*part = *rest;
		*rest = STR_NONE;
		return (true);
	}
	*part = (str){ rest->p, (size_t)(at - rest->p) };
	*rest = (str){ at + 1, rest->n - part->n - 1 };
	return (true);
}

bool
str_long(str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	size_t i = minus;
	int64_t v = 0;
	int digit;

	if (i == s.n)
		return (false);
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return (false);
		digit = s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, minus ? -digit : digit, &v))
			return (false);
	}
	*out = v;
	return (true);
}

/*
 * The second byte of three- and four-byte forms has a narrower range after
 * E0 (overlong), ED (surrogates), F0 (overlong) and F4 (past U+10FFFF):
 * table 3-7 of the Unicode standard.
 */
size_t
str_point(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char lo = 0x80, hi = 0xbf;
	size_t i, n;

	if (s.n == 0)
		return (0);
	if (p[0] < 0x80)
		return (1);
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return (0);
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		lo = 0xa0;
	else if (p[0] == 0xed)
		hi = 0x9f;
	else if (p[0] == 0xf0)
		lo = 0x90;
	else if (p[0] == 0xf4)
		hi = 0x8f;
	if (s.n < n || p[1] < lo || p[1] > hi)
		return (0);
	for (i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return (0);
	return (n);
}

bool
str_utf8(str s)
{
	uint64_t eight;
	size_t n;

	while (s.n > 0) {
		n = 8;
		if (s.n >= n) {
			memcpy(&eight, s.p, n);
			if ((eight & 0x8080808080808080) != 0)
				n = str_point(s);
		} else
			n = str_point(s);
		if (n == 0)
			return (false);
		s = (str){ s.p + n, s.n - n };
	}
	return (true);
}

size_t
str_points(str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return (n);
}
