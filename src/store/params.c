/*
 * Values to the text PostgreSQL reads: "none" is NULL, many values are an
 * array literal with every text quoted. It refuses a text with a NUL byte,
 * which libpq would silently cut.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "store/wire.h"

#define SCALAR_BYTES	48	/* longest text of a value that is not a str */

/* The bytes that a kind's "none" keeps its value from being printed. */
bool
value_none(enum kind k, const void *at)
{
	switch (k) {
	case K_LONG:
		return (*(const int64_t *)at == LONG_NONE);
	case K_REAL:
		return (isnan(*(const double *)at));
	case K_STR:
	case K_JSON:
		return (((const str *)at)->p == NULL);
	case K_DEC:
		return (!dec_ok(*(const dec *)at));
	case K_DAY:
		return (!day_ok(*(const day *)at));
	case K_INSTANT:
		return (!instant_ok(*(const instant *)at));
	case K_UUID:
		return (!uuid_ok(*(const uuid *)at));
	default:
		return (false);
	}
}

static size_t
scalar_print(enum kind k, const void *at, char *out)
{
	switch (k) {
	case K_BOOL:
		return ((size_t)sprintf(out, *(const bool *)at ? "t" : "f"));
	case K_LONG:
		return ((size_t)sprintf(out, "%lld",
		    (long long)*(const int64_t *)at));
	case K_REAL:
		return ((size_t)sprintf(out, "%.17g", *(const double *)at));
	case K_DEC:
		return (dec_print(*(const dec *)at, out));
	case K_DAY:
		return (day_print(*(const day *)at, out));
	case K_INSTANT:
		return (instant_print(*(const instant *)at, out));
	default:
		return (uuid_print(*(const uuid *)at, out));
	}
}

static bool
kind_text(enum kind k)
{
	return (k == K_STR || k == K_JSON);
}

static bool
text_ok(str s)
{
	return (s.p == NULL || memchr(s.p, '\0', s.n) == NULL);
}

/* ---- arrays ------------------------------------------------------ */

static enum err
array_size(const struct param *p, size_t *size)
{
	const str *s = p->list.v;
	size_t i;

	*size = 3;
	if (!kind_text(p->kind)) {
		*size += p->list.n * (SCALAR_BYTES + 1);
		return (OK);
	}
	for (i = 0; i < p->list.n; i++) {
		if (!text_ok(s[i]))
			return (E_INVALID);
		*size += 2 * s[i].n + 5;
	}
	return (OK);
}

static char *
quoted_put(char *out, str s)
{
	size_t i;

	*out++ = '"';
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			*out++ = '\\';
		*out++ = s.p[i];
	}
	*out++ = '"';
	return (out);
}

static char *
element_put(char *out, enum kind k, const void *at)
{
	if (value_none(k, at))
		return (stpcpy(out, "NULL"));
	if (kind_text(k))
		return (quoted_put(out, *(const str *)at));
	return (out + scalar_print(k, at, out));
}

static enum err
array_text(struct arena *a, const struct param *p, const char **out)
{
	const char *at = p->list.v;
	char *text, *end;
	size_t i, size;

	TRY(array_size(p, &size));
	*out = text = end = ARENA_MANY(a, size, char);
	*end++ = '{';
	for (i = 0; i < p->list.n; i++, at += kind_size(p->kind)) {
		if (i > 0)
			*end++ = ',';
		end = element_put(end, p->kind, at);
	}
	*end++ = '}';
	*end = '\0';
	return (OK);
}

/* ---- one value, all of them -------------------------------------- */

static enum err
param_text(struct arena *a, const struct param *p, const char **out)
{
	char *text;

	if (p->kind == K_ENUM || p->kind == K_SHAPE || p->kind == K_LIST)
		return (E_INTERNAL);
	if (p->many)
		return (array_text(a, p, out));
	if (value_none(p->kind, &p->b)) {
		*out = NULL;
		return (OK);
	}
	if (kind_text(p->kind)) {
		*out = arena_z(a, p->s);
		return (text_ok(p->s) ? OK : E_INVALID);
	}
	*out = text = ARENA_MANY(a, SCALAR_BYTES, char);
	scalar_print(p->kind, &p->b, text);
	return (OK);
}

enum err
params_text(struct arena *a, const struct param *p, size_t n,
    const char **values)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(param_text(a, &p[i], &values[i]));
	return (OK);
}
