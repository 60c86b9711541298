/*
 * One cell of a file of bars: a decimal, exactly; a day, in the notations
 * that are about; a symbol.
 */
#include <ctype.h>
#include <string.h>

#include "market/bar_file.h"

/* ---- numbers ------------------------------------------------------------- */

struct digits_text {
	char	digit[80];
	int	n;		/* leading zeros left out */
	int	point;		/* digits before the point; may be < 0 */
	bool	minus;
};

/* Digits and point; false at the first thing that is neither. */
static bool
digits_read(str *s, struct digits_text *d)
{
	bool point = false, any = false;

	for (; s->n > 0 && (isdigit((unsigned char)*s->p) ||
	    (*s->p == '.' && !point)); s->p++, s->n--) {
		if (*s->p == '.') {
			point = true;
			continue;
		}
		any = true;
		if (!point && (d->n > 0 || *s->p != '0'))
			d->point++;
		else if (point && d->n == 0 && *s->p == '0')
			d->point--;
		if ((d->n > 0 || *s->p != '0') &&
		    d->n < (int)sizeof(d->digit))
			d->digit[d->n++] = *s->p;
	}
	return (any);
}

/* "e-05" */
static bool
exponent_read(str s, struct digits_text *d)
{
	int64_t e;

	if (s.n == 0)
		return (true);
	if (*s.p != 'e' && *s.p != 'E')
		return (false);
	s.p++, s.n--;
	if (s.n > 1 && *s.p == '+')
		s.p++, s.n--;
	if (!str_long(s, &e) || e < -1000 || e > 1000)
		return (false);
	d->point += (int)e;
	return (true);
}

/* Is what follows the first `keep` digits more than half a unit, or half of
 * an odd one? */
static bool
digits_up(const struct digits_text *d, int keep, bool odd)
{
	int i;

	if (keep < 0 || keep >= d->n || d->digit[keep] < '5')
		return (false);
	if (d->digit[keep] > '5')
		return (true);
	for (i = keep + 1; i < d->n; i++)
		if (d->digit[i] != '0')
			return (true);
	return (odd);
}

bool
number_read(str s, dec *out)
{
	struct digits_text d = { .n = 0 };
	__int128 v = 0;
	int i, keep;

	if (s.n > 0 && (*s.p == '-' || *s.p == '+')) {
		d.minus = *s.p == '-';
		s.p++, s.n--;
	}
	if (!digits_read(&s, &d) || !exponent_read(s, &d))
		return (false);
	keep = d.point + DEC_PLACES;
	if (d.n > 0 && keep > 38)
		return (false);
	for (i = 0; i < keep && d.n > 0; i++)
		v = v * 10 + (i < d.n ? d.digit[i] - '0' : 0);
	v += digits_up(&d, keep, v & 1);
	*out = (dec){ d.minus ? -v : v };
	return (true);
}

/* ---- days ---------------------------------------------------------------- */

static bool
slashes_read(str s, day *out)
{
	int64_t part[3];
	str text;
	int i;

	for (i = 0; i < 3; i++)
		if (!str_cut(&s, '/', &text) || !str_long(text, &part[i]) ||
		    part[i] < 1 || part[i] > 9999)
			return (false);
	if (part[0] > 12 || part[2] < 1000)
		return (false);
	*out = day_of((int)part[2], (int)part[0], (int)part[1]);
	return (s.p == NULL && day_ok(*out));
}

static bool
compact_read(str s, day *out)
{
	int64_t n;

	if (s.n != 8 || !str_long(s, &n) || n < 10000101)
		return (false);
	*out = day_of((int)(n / 10000), (int)(n / 100 % 100),
	    (int)(n % 100));
	return (day_ok(*out));
}

/* The exchange's own midnight, in whatever zone, is the day itself. */
static bool
midnight(str time)
{
	return (str_starts(time, S("00:00")) &&
	    (time.n < 8 || time.p[5] != ':' ||
	    str_starts((str){ time.p + 5, time.n - 5 }, S(":00"))));
}

enum bar_fault
day_read(str s, day *out)
{
	str only = s;
	size_t i;

	for (i = 0; i < s.n && s.p[i] != ' ' && s.p[i] != 'T'; i++)
		;
	only.n = i;
	if (!day_parse(only, out) && !slashes_read(only, out) &&
	    !compact_read(only, out))
		return (BAR_DATE);
	if (i < s.n && !midnight((str){ s.p + i + 1, s.n - i - 1 }))
		return (BAR_INTRADAY);
	return (BAR_GOOD);
}

/* ---- symbols ------------------------------------------------------------- */

str
symbol_read(str s, char out[LIMIT_SYMBOL_BYTES + 1])
{
	size_t i;

	if (s.n == 0 || s.n > LIMIT_SYMBOL_BYTES)
		return (STR_NONE);
	for (i = 0; i < s.n; i++) {
		out[i] = (char)toupper((unsigned char)s.p[i]);
		if (!isalnum((unsigned char)out[i]) &&
		    (i == 0 || strchr(".^=-", out[i]) == NULL))
			return (STR_NONE);
	}
	out[s.n] = '\0';
	return ((str){ out, s.n });
}

str
symbol_of_path(const char *path, char out[LIMIT_SYMBOL_BYTES + 1])
{
	const char *name = strrchr(path, '/');
	str s, found;

	s = str_of(name == NULL ? path : name + 1);
	if (s.n > 4 && str_eq_nocase((str){ s.p + s.n - 4, 4 }, S(".csv")))
		s.n -= 4;
	if (memchr(s.p, '_', s.n) != NULL)
		s.n = strcspn(s.p, "_");
	found = symbol_read(s, out);
	if (found.p == NULL && memchr(s.p, '-', s.n) != NULL)
		found = symbol_read((str){ s.p, strcspn(s.p, "-") }, out);
	return (found);
}
