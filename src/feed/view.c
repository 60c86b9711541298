/*
 * The check is a small machine with one bit a level instead of recursion: an
 * answer may be deep, and a fiber's stack is not. The walks believe it.
 */
#include <stdarg.h>
#include <string.h>

#include "feed/member.h"
#include "feed/view.h"

static size_t
blanks(str s, size_t i)
{
	while (i < s.n && memchr(" \t\n\r", s.p[i], 4) != NULL)
		i++;
	return (i);
}

/* ---- the check: past a token that begins at `i`, 0 when it is none ------- */

static bool
hex(char c)
{
	return (
	    (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'));
}

static size_t
past_escape(str s, size_t i)
{
	if (i + 1 >= s.n)
		return (0);
	if (s.p[i + 1] != 'u')
		return (
		    memchr("\"\\/bfnrt", s.p[i + 1], 8) != NULL ? i + 2 : 0);
	if (i + 6 > s.n)
		return (0);
	for (size_t k = i + 2; k < i + 6; k++)
		if (!hex(s.p[k]))
			return (0);
	return (i + 6);
}

static size_t
past_string(str s, size_t i)
{
	for (i++; i < s.n && s.p[i] != '"';) {
		if ((unsigned char)s.p[i] < ' ')
			return (0);
		if (s.p[i] != '\\')
			i++;
		else if ((i = past_escape(s, i)) == 0)
			return (0);
	}
	return (i < s.n ? i + 1 : 0);
}

static size_t
past_digits(str s, size_t i)
{
	size_t begin = i;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return (i > begin ? i : 0);
}

static size_t
past_number(str s, size_t i)
{
	bool zero;

	if (s.p[i] == '-')
		i++;
	zero = i < s.n && s.p[i] == '0';
	if ((i = zero ? i + 1 : past_digits(s, i)) == 0)
		return (0);
	if (i < s.n && s.p[i] == '.' && (i = past_digits(s, i + 1)) == 0)
		return (0);
	if (i < s.n && (s.p[i] | 0x20) == 'e') {
		i++;
		if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		i = past_digits(s, i);
	}
	return (i);
}

/* Past a value that is neither object nor array. */
static size_t
past_scalar(str s, size_t i)
{
	static const char *const words[] = { "true", "false", "null" };
	str rest;

	if (i >= s.n)
		return (0);
	if (s.p[i] == '"')
		return (past_string(s, i));
	if (s.p[i] == '-' || (s.p[i] >= '0' && s.p[i] <= '9'))
		return (past_number(s, i));
	rest = (str){ s.p + i, s.n - i };
	for (size_t w = 0; w < 3; w++)
		if (str_starts(rest, str_of(words[w])))
			return (i + strlen(words[w]));
	return (0);
}

/* Past a name and its colon. */
static size_t
past_name(str s, size_t i)
{
	if (i >= s.n || s.p[i] != '"' || (i = past_string(s, i)) == 0)
		return (0);
	i = blanks(s, i);
	return (i < s.n && s.p[i] == ':' ? blanks(s, i + 1) : 0);
}

struct nest {
	uint64_t objects; /* a bit a level, the innermost lowest */
	size_t depth;
};

static char
closer(const struct nest *n)
{
	return (n->objects & 1 ? '}' : ']');
}

/* From the start of a value to where the next one starts, through whatever
 * opens and closes; s.n at the end of it all, 0 when it is no JSON. */
static size_t
step(str s, size_t i, struct nest *n)
{
	if (s.p[i] == '{' || s.p[i] == '[') {
		if (++n->depth > VIEW_DEPTH_MAX)
			return (0);
		n->objects = n->objects << 1 | (s.p[i] == '{');
		i = blanks(s, i + 1);
		if (i >= s.n)
			return (0);
		if (s.p[i] != closer(n))
			return (n->objects & 1 ? past_name(s, i) : i);
	} else if ((i = past_scalar(s, i)) == 0)
		return (0);
	else
		i = blanks(s, i);
	while (n->depth > 0 && i < s.n && s.p[i] == closer(n)) {
		n->objects >>= 1;
		n->depth--;
		i = blanks(s, i + 1);
	}
	if (n->depth == 0)
		return (i == s.n ? s.n : 0);
	if (i >= s.n || s.p[i] != ',')
		return (0);
	i = blanks(s, i + 1);
	return (n->objects & 1 ? past_name(s, i) : i);
}

bool
view_valid(str json)
{
	struct nest n = { 0, 0 };
	size_t i = blanks(json, 0);

	if (i >= json.n || !str_utf8(json))
		return (false);
	do
		i = step(json, i, &n);
	while (i > 0 && i < json.n);
	return (i == json.n && n.depth == 0);
}

/* ---- walks --------------------------------------------------------------- */

static bool
begins(str v, char c)
{
	return (v.p != NULL && v.n > 0 && v.p[0] == c);
}

bool
view_object(str v)
{
	return (begins(v, '{'));
}

bool
view_array(str v)
{
	return (begins(v, '['));
}

bool
view_text(str v)
{
	return (begins(v, '"'));
}

bool
view_null(str v)
{
	return (v.p == NULL || str_eqz(v, "null"));
}

/* Past a string of text that was checked. */
static size_t
string_end(str s, size_t i)
{
	for (i++; i < s.n && s.p[i] != '"'; i++)
		if (s.p[i] == '\\')
			i++;
	return (i < s.n ? i + 1 : s.n);
}

/* The value that `s` begins with. */
static str
value_first(str s)
{
	size_t depth = 0, i = 0;
	char c;

	while (i < s.n) {
		c = s.p[i];
		if (c == '"') {
			i = string_end(s, i);
		} else {
			if (depth == 0 && memchr(",}] \t\n\r", c, 7) != NULL)
				break;
			depth += c == '{' || c == '[';
			depth -= c == '}' || c == ']';
			i++;
		}
		if (depth == 0 && memchr("\"}]", c, 3) != NULL)
			break;
	}
	return ((str){ s.p, i });
}

static str
skip(str s, size_t n)
{
	n = blanks(s, n);
	return ((str){ s.p + n, s.n - n });
}

/* Past the opening or the comma before the next; false at the end. */
static bool
advance(str *rest)
{
	if (rest->p == NULL || rest->n == 0 ||
	    memchr("[{,", rest->p[0], 3) == NULL)
		return (false);
	*rest = skip(*rest, 1);
	return (rest->n > 0 && rest->p[0] != ']' && rest->p[0] != '}');
}

bool
view_item(str *rest, str *value)
{
	if (!advance(rest))
		return (false);
	*value = value_first(*rest);
	*rest = skip(*rest, value->n);
	return (true);
}

bool
view_pair(str *rest, str *name, str *value)
{
	size_t n;

	if (!advance(rest) || rest->p[0] != '"')
		return (false);
	n = string_end(*rest, 0);
	*name = (str){ rest->p + 1, n - 2 };
	*rest = skip(*rest, n);
	*rest = skip(*rest, 1);
	*value = value_first(*rest);
	*rest = skip(*rest, value->n);
	return (true);
}

str
view_member(str object, const char *name)
{
	str key, value;

	if (!view_object(object))
		return (STR_NONE);
	while (view_pair(&object, &key, &value))
		if (str_eqz(key, name))
			return (value);
	return (STR_NONE);
}

str
view_path(str object, ...)
{
	const char *name;
	va_list ap;

	va_start(ap, object);
	while ((name = va_arg(ap, const char *)) != NULL)
		object = view_member(object, name);
	va_end(ap);
	return (object);
}

/* ---- scalars ------------------------------------------------------------- */

/* Four hex digits. */
static uint32_t
unit_at(const char *p)
{
	uint32_t u = 0;

	for (int i = 0; i < 4; i++)
		u = u << 4 |
		    (uint32_t)(p[i] <= '9' ? p[i] - '0'
					   : (p[i] | 0x20) - 'a' + 10);
	return (u);
}

static size_t
point_write(uint32_t c, char *out)
{
	if (c < 0x80)
		return (out[0] = (char)c, 1);
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 63));
		return (2);
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 63));
		out[2] = (char)(0x80 | (c & 63));
		return (3);
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 63));
	out[2] = (char)(0x80 | (c >> 6 & 63));
	out[3] = (char)(0x80 | (c & 63));
	return (4);
}

/* An escape of `n` bytes at most; how many it took. A lone surrogate and a
 * NUL become what Unicode has for the unreadable. */
static size_t
escape_read(const char *p, size_t n, char *out, size_t *wrote)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	uint32_t c, low;
	size_t took = 6;

	if (p[1] != 'u') {
		out[0] = to[strchr(from, p[1]) - from];
		*wrote = 1;
		return (2);
	}
	c = unit_at(p + 2);
	if (c >= 0xd800 && c < 0xdc00 && n >= 12 && p[6] == '\\' &&
	    p[7] == 'u' && (low = unit_at(p + 8)) >= 0xdc00 && low < 0xe000) {
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		took = 12;
	}
	if (c == 0 || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	*wrote = point_write(c, out);
	return (took);
}

str
view_str(struct arena *a, str v, size_t points)
{
	size_t n = 0, i, wrote, k = 0;
	char *out;

	if (!view_text(v) || v.n <= 2)
		return (STR_NONE);
	v = (str){ v.p + 1, v.n - 2 };
	if (v.n <= points && memchr(v.p, '\\', v.n) == NULL)
		return (v);
	out = arena_alloc(a, v.n + 1);
	for (i = 0; i < v.n && k < points; k++) {
		if (v.p[i] == '\\') {
			i += escape_read(v.p + i, v.n - i, out + n, &wrote);
		} else {
			wrote = str_point((str){ v.p + i, v.n - i });
			memcpy(out + n, v.p + i, wrote);
			i += wrote;
		}
		n += wrote;
	}
	return ((str){ out, n });
}

static str
bare(str v)
{
	return (view_text(v) ? str_trim((str){ v.p + 1, v.n - 2 }) : v);
}

bool
view_dec(str v, dec *out)
{
	*out = DEC_NONE;
	return (v.p != NULL && member_number(bare(v), out));
}

bool
view_long(str v, int64_t *out)
{
	return (v.p != NULL && str_long(bare(v), out));
}

bool
view_day(str v, day *out)
{
	*out = DAY_NONE;
	return (view_text(v) && day_parse(bare(v), out));
}
