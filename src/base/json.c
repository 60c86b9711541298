/*
 * JSON text into one growing buffer of an arena. Bytes that are not UTF-8
 * become U+FFFD, unbalanced brackets and a second top-level value are
 * asserts: what comes out is JSON or nothing is.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/json.h"
#include "base/real.h"

#define JSON_FIRST_BYTES	1024
#define WHOLE_REAL_MOST		1e15	/* every whole double below prints so */

/*
 * What follows the backslash; 'u' for \u00XX; 1 for a byte of a longer code
 * point, which is checked; 0 for a byte that stands for itself.
 */
#define U8	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u'
#define L16	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
static const char escapes[256] = {
	'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
	'b', 't', 'n', 'u', 'f', 'r', 'u', 'u', U8, U8,
	['"'] = '"', ['\\'] = '\\', [0x7f] = 'u',
	[0x80] = L16, L16, L16, L16, L16, L16, L16, L16,
};

void
jw_init(struct json *j, struct arena *a)
{
	*j = (struct json){ .arena = a };
}

str
jw_text(const struct json *j)
{
	return ((str){ j->p == NULL ? "" : j->p, j->n });
}

void
jw_sent(struct json *j)
{
	j->n = 0;
}

static void
jw_grow(struct json *j, size_t n)
{
	size_t cap = j->cap == 0 ? JSON_FIRST_BYTES : j->cap;
	char *p;

	while (cap - j->n < n)
		cap *= 2;
	p = arena_alloc(j->arena, cap);
	if (j->n > 0)
		memcpy(p, j->p, j->n);
	j->p = p;
	j->cap = cap;
}

/* Where the next `n` bytes go. The caller adds what it wrote to j->n. */
static inline char *
jw_room(struct json *j, size_t n)
{
	if (j->cap - j->n < n)
		jw_grow(j, n);
	return (j->p + j->n);
}

static inline void
jw_put(struct json *j, const char *p, size_t n)
{
	memcpy(jw_room(j, n), p, n);
	j->n += n;
}

static inline void
jw_byte(struct json *j, char c)
{
	*jw_room(j, 1) = c;
	j->n++;
}

static inline void
json_comma(struct json *j)
{
	if (j->comma[j->depth])
		jw_byte(j, ',');
	j->comma[j->depth] = true;
}

/* Every value begins here: behind its key, in an array, or alone. */
static inline void
json_before(struct json *j)
{
	assert(j->key == j->object[j->depth]);
	assert(j->depth > 0 || !j->comma[0]);
	if (!j->key)
		json_comma(j);
	j->key = false;
}

static void
json_begin(struct json *j, char c)
{
	json_before(j);
	assert(j->depth + 1 < JSON_DEPTH_MAX);
	jw_byte(j, c);
	j->depth++;
	j->comma[j->depth] = false;
	j->object[j->depth] = c == '{';
}

static void
json_end(struct json *j, char c)
{
	assert(j->depth > 0 && !j->key);
	assert(j->object[j->depth] == (c == '}'));
	j->depth--;
	jw_byte(j, c);
}

void
jw_open(struct json *j)
{
	json_begin(j, '{');
}

void
jw_close(struct json *j)
{
	json_end(j, '}');
}

void
jw_array(struct json *j)
{
	json_begin(j, '[');
}

void
jw_array_end(struct json *j)
{
	json_end(j, ']');
}

/* One byte or code point that cannot stand as it is; answers its length. */
static size_t
json_escape(struct json *j, str s)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c = (unsigned char)*s.p;
	size_t n = 1;

	if (escapes[c] == 1 && (n = str_point(s)) != 0) {
		jw_put(j, s.p, n);
		return (n);
	}
	if (escapes[c] == 1) {
		jw_put(j, "\xef\xbf\xbd", 3);
		return (1);
	}
	jw_byte(j, '\\');
	jw_byte(j, escapes[c]);
	if (escapes[c] == 'u') {
		jw_put(j, "00", 2);
		jw_byte(j, hex[c >> 4]);
		jw_byte(j, hex[c & 15]);
	}
	return (1);
}

static void
json_quoted(struct json *j, str s)
{
	size_t i, from = 0;

	jw_room(j, s.n + 3);
	jw_byte(j, '"');
	for (i = 0; i < s.n; ) {
		if (escapes[(unsigned char)s.p[i]] == 0) {
			i++;
			continue;
		}
		jw_put(j, s.p + from, i - from);
		i += json_escape(j, (str){ s.p + i, s.n - i });
		from = i;
	}
	jw_put(j, s.p + from, i - from);
	jw_byte(j, '"');
}

void
jw_key(struct json *j, const char *key)
{
	assert(j->object[j->depth] && !j->key);
	json_comma(j);
	json_quoted(j, str_of(key));
	jw_byte(j, ':');
	j->key = true;
}

static void
json_bare(struct json *j, str s)
{
	json_before(j);
	jw_put(j, s.p, s.n);
}

void
jw_null(struct json *j)
{
	json_bare(j, S("null"));
}

void
jw_bool(struct json *j, bool b)
{
	json_bare(j, b ? S("true") : S("false"));
}

void
jw_long(struct json *j, int64_t n)
{
	char text[1 + DIGITS_MAX], *p = text;

	if (n == LONG_NONE) {
		jw_null(j);
		return;
	}
	if (n < 0)
		*p++ = '-';
	p = digits_put(p, (uint64_t)(n < 0 ? -n : n));
	json_bare(j, (str){ text, (size_t)(p - text) });
}

void
jw_real(struct json *j, double x)
{
	char text[REAL_TEXT_MAX];

	if (!isfinite(x)) {
		jw_null(j);
		return;
	}
	if (fabs(x) < WHOLE_REAL_MOST && x == trunc(x) &&
	    !(x == 0 && signbit(x))) {
		jw_long(j, (int64_t)x);
		return;
	}
	json_bare(j, (str){ text, real_print(x, text) });
}

void
jw_str(struct json *j, str s)
{
	if (s.p == NULL) {
		jw_null(j);
		return;
	}
	json_before(j);
	json_quoted(j, s);
}

void
jw_z(struct json *j, const char *z)
{
	jw_str(j, str_of(z));
}

/* Text that needs no escape, in quotes; or null. */
static void
json_plain(struct json *j, const char *text, size_t n, bool ok)
{
	if (!ok) {
		jw_null(j);
		return;
	}
	json_before(j);
	jw_byte(j, '"');
	jw_put(j, text, n);
	jw_byte(j, '"');
}

void
jw_dec(struct json *j, dec d)
{
	char text[DEC_TEXT_MAX];
	size_t n = dec_print(d, text);

	json_plain(j, text, n, dec_ok(d));
}

void
jw_dec_number(struct json *j, dec d, int places)
{
	char text[DEC_TEXT_MAX];
	size_t n = dec_print(dec_round(d, places), text);

	json_bare(j, (str){ text, n });
}

void
jw_day(struct json *j, day d)
{
	char text[DAY_TEXT_MAX];
	size_t n = day_print(d, text);

	json_plain(j, text, n, day_ok(d));
}

void
jw_instant(struct json *j, instant t)
{
	char text[INSTANT_TEXT_MAX];
	size_t n = instant_print(t, text);

	json_plain(j, text, n, instant_ok(t));
}

void
jw_uuid(struct json *j, uuid u)
{
	char text[UUID_TEXT_MAX];
	size_t n = uuid_print(u, text);

	json_plain(j, text, n, uuid_ok(u));
}

void
jw_raw(struct json *j, str text)
{
	json_bare(j, text.n == 0 ? S("null") : text);
}
