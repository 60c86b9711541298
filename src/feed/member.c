/*
 * A walk over the top level of a JSON object that is known to be valid. It
 * understands just enough: strings, nesting, and where a value ends.
 */
#include <string.h>

#include "feed/member.h"

#define DIGITS_MAX 64 /* of a number that is read */
#define SHIFT_MAX  40 /* powers of ten */

static bool
blank(char c)
{
	return (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

static size_t
skip_blank(str s, size_t i)
{
	while (i < s.n && blank(s.p[i]))
		i++;
	return (i);
}

/* Past a string that begins at `i`. */
static size_t
skip_string(str s, size_t i)
{
	for (i++; i < s.n && s.p[i] != '"'; i++)
		if (s.p[i] == '\\')
			i++;
	return (i < s.n ? i + 1 : s.n);
}

/* Past a value that begins at `i`. */
static size_t
skip_value(str s, size_t i)
{
	size_t depth = 0;

	while (i < s.n) {
		char c = s.p[i];

		if (c == '"') {
			i = skip_string(s, i);
			continue;
		}
		if (depth == 0 && (c == ',' || c == '}'))
			break;
		if (c == '{' || c == '[')
			depth++;
		if (c == '}' || c == ']')
			depth--;
		i++;
	}
	return (i);
}

size_t
member_depth(str json)
{
	size_t depth = 0, most = 0;

	for (size_t i = 0; i < json.n;) {
		char c = json.p[i];

		if (c == '"') {
			i = skip_string(json, i);
			continue;
		}
		if ((c == '{' || c == '[') && ++depth > most)
			most = depth;
		if ((c == '}' || c == ']') && depth > 0)
			depth--;
		i++;
	}
	return (most);
}

str
member_text(str json, const char *name)
{
	str found = STR_NONE, key;
	size_t i = skip_blank(json, 0), begin;

	if (i >= json.n || json.p[i] != '{')
		return (STR_NONE);
	i = skip_blank(json, i + 1);
	while (i < json.n && json.p[i] == '"') {
		begin = i + 1;
		i = skip_string(json, i);
		key = (str){ json.p + begin, i > begin ? i - begin - 1 : 0 };
		i = skip_blank(json, skip_blank(json, i) + 1);
		begin = i < json.n ? i : json.n;
		i = skip_value(json, begin);
		if (str_eqz(key, name))
			found = str_trim((str){ json.p + begin, i - begin });
		if (i < json.n && json.p[i] == ',')
			i++;
		i = skip_blank(json, i);
	}
	return (found);
}

/* Digits of a number without sign and point; where the point was. */
struct digits {
	char text[DIGITS_MAX];
	int n, point;
};

static bool
digits_read(str s, struct digits *d)
{
	d->n = 0;
	d->point = -1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && d->point < 0) {
			d->point = d->n;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return (false);
		if (d->n == DIGITS_MAX && d->point >= 0)
			continue;
		if (d->n == DIGITS_MAX)
			return (false);
		d->text[d->n++] = s.p[i];
	}
	if (d->point < 0)
		d->point = d->n;
	return (d->n > 0);
}

/* Digits with the point moved by `shift`, cut at 18 places, as text. */
static size_t
digits_write(const struct digits *d, bool minus, int shift, char *out)
{
	int point = d->point + shift, digit;
	size_t n = 0;

	if (minus)
		out[n++] = '-';
	if (point <= 0)
		out[n++] = '0';
	for (int i = point < 0 ? point : 0;
	     i < (d->n > point ? d->n : point) && i < point + DEC_PLACES; i++) {
		if (i == point)
			out[n++] = '.';
		digit = i < 0 || i >= d->n ? '0' : d->text[i];
		out[n++] = (char)digit;
	}
	return (n);
}

bool
member_number(str s, dec *out)
{
	char text[DIGITS_MAX + 2 * SHIFT_MAX + DEC_PLACES + 8];
	bool minus = s.n > 0 && s.p[0] == '-';
	size_t e = 0;
	struct digits d;
	int64_t shift = 0;

	if (minus)
		s = (str){ s.p + 1, s.n - 1 };
	while (e < s.n && (s.p[e] | 0x20) != 'e')
		e++;
	if (e < s.n) {
		str power = { s.p + e + 1, s.n - e - 1 };

		if (power.n > 0 && power.p[0] == '+')
			power = (str){ power.p + 1, power.n - 1 };
		if (!str_long(power, &shift) || shift > SHIFT_MAX ||
		    shift < -SHIFT_MAX)
			return (false);
	}
	if (!digits_read((str){ s.p, e }, &d))
		return (false);
	return (
	    dec_parse((str){ text, digits_write(&d, minus, (int)shift, text) },
		out) == OK);
}

enum member
member_dec(str json, const char *name, dec *out)
{
	str text = member_text(json, name);

	*out = DEC_NONE;
	if (text.p == NULL || str_eqz(text, "null"))
		return (MEMBER_NULL);
	return (member_number(text, out) ? MEMBER_NUMBER : MEMBER_WRONG);
}
