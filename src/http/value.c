/*
 * One value against one field: its kind, its bounds, its pattern.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http/value.h"

/* What can be wrong: a code for programs, a phrase for people. */
static const struct {
	const char	*code, *why;
} wrongs[] = {
#define W_TYPE		wrongs[0].why
	{ "type",	"of another kind" },
#define W_DECIMAL	wrongs[1].why
	{ "format",	"a decimal in plain notation, such as \"12.5\"" },
#define W_PRECISE	wrongs[2].why
	{ "too_precise", "more decimals than can be kept" },
#define W_BIG		wrongs[3].why
	{ "out_of_range", "beyond what can be kept" },
#define W_POSITIVE	wrongs[4].why
	{ "out_of_range", "must be more than zero" },
#define W_RANGE		wrongs[5].why
	{ "out_of_range", "out of range" },
#define W_DAY		wrongs[6].why
	{ "format",	"a day that exists, as YYYY-MM-DD" },
#define W_INSTANT	wrongs[7].why
	{ "format",	"a moment as RFC 3339 has it" },
#define W_UUID		wrongs[8].why
	{ "format",	"an id" },
#define W_CHOICE	wrongs[9].why
	{ "choice",	"none of the choices" },
#define W_SHORT		wrongs[10].why
	{ "too_short",	"too short" },
#define W_LONG		wrongs[11].why
	{ "too_long",	"too long" },
#define W_CONTROL	wrongs[12].why
	{ "characters",	"holds control characters" },
#define W_SYMBOL	wrongs[13].why
	{ "format",	"a symbol: letters, digits and . ^ = - only" },
#define W_CURRENCY	wrongs[14].why
	{ "format",	"a currency of ISO 4217, such as USD" },
#define W_WHOLE		wrongs[15].why
	{ "format",	"a whole number" },
#define W_TRUTH		wrongs[16].why
	{ "format",	"true or false" },
#define W_REAL		wrongs[17].why
	{ "format",	"a number" },
#define W_EXACT		wrongs[18].why
	{ "too_precise", "a number with more than 15 digits may have been "
	    "rounded on its way: send a string" },
};

const char *
value_code(const char *why)
{
	size_t i;

	for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++)
		if (wrongs[i].why == why)
			return (wrongs[i].code);
	return ("invalid");
}

const char *
value_mistyped(void)
{
	return (W_TYPE);
}

const char *
value_imprecise(void)
{
	return (W_EXACT);
}

const char *
value_too_big(void)
{
	return (W_BIG);
}

/* ---- what would have been right ---------------------------------- */

static const char *const kinds[] = {
	[K_BOOL] = "true or false", [K_LONG] = "a whole number",
	[K_REAL] = "a number", [K_STR] = "a string",
	[K_DEC] = "a decimal, best as a string", [K_DAY] = "a string",
	[K_INSTANT] = "a string", [K_UUID] = "a string",
	[K_ENUM] = "a string", [K_SHAPE] = "an object", [K_LIST] = "a list",
	[K_JSON] = "an object",
};

static str
choices_said(struct arena *a, const char *const *names)
{
	str said = arena_printf(a, "one of: %s", names[0]);

	while (*++names != NULL)
		said = arena_printf(a, "%.*s, %s", STR_ARG(said), *names);
	return (said);
}

str
value_said(struct arena *a, const struct field *fd, const char *why)
{
	if (why == W_TYPE)
		return (arena_printf(a, "must be %s", kinds[fd->kind]));
	if (why == W_CHOICE)
		return (choices_said(a, fd->names));
	if (why == W_RANGE)
		return (arena_printf(a, "must be from %.15g to %.15g",
		    fd->min, fd->max));
	if (why == W_PRECISE && fd->places > 0)
		return (arena_printf(a, "more than %d decimals", fd->places));
	if (why == W_SHORT)
		return (arena_printf(a, "shorter than %.0f characters",
		    fd->min));
	if (why == W_LONG)
		return (arena_printf(a, "longer than %.0f characters",
		    fd->max > 0 ? fd->max : LIMIT_NOTE_BYTES));
	return (str_of(why));
}

/* ---- strings ----------------------------------------------------- */

static const char *
symbol_check(str s)
{
	size_t i;

	if (s.n == 0 || s.n > LIMIT_SYMBOL_BYTES)
		return (W_SYMBOL);
	for (i = 0; i < s.n; i++)
		if (!isalnum((unsigned char)s.p[i]) &&
		    (s.p[i] == '\0' || strchr(".^=-", s.p[i]) == NULL))
			return (W_SYMBOL);
	return (NULL);
}

static const char *
pattern_check(const char *pattern, str *s, struct arena *a)
{
	char *p;
	size_t i;

	if (strcmp(pattern, "currency") == 0)
		return (s->n == 3 && currency_places(*s) >= 0 ? NULL :
		    W_CURRENCY);
	if (strcmp(pattern, "symbol") != 0)
		return (NULL);
	if (symbol_check(*s) != NULL)
		return (W_SYMBOL);
	p = arena_z(a, *s);
	for (i = 0; i < s->n; i++)
		p[i] = (char)toupper((unsigned char)p[i]);
	s->p = p;
	return (NULL);
}

static const char *
str_check(const struct field *fd, str s)
{
	size_t i, points, most;

	points = str_points(s);
	most = fd->max > 0 ? (size_t)fd->max : LIMIT_NOTE_BYTES;
	if (points > most)
		return (W_LONG);
	if (points < (size_t)fd->min)
		return (W_SHORT);
	for (i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\n' &&
		    s.p[i] != '\t') || s.p[i] == 0x7f)
			return (W_CONTROL);
	return (NULL);
}

/* ---- numbers ----------------------------------------------------- */

static const char *
range_check(const struct field *fd, double x)
{
	if (fd->above_zero && !(x > 0))
		return (W_POSITIVE);
	if (fd->ranged && (x < fd->min || x > fd->max))
		return (W_RANGE);
	return (NULL);
}

static const char *
dec_check(const struct field *fd, dec d)
{
	if (fd->above_zero && dec_sign(d) <= 0)
		return (W_POSITIVE);
	if (fd->places > 0 && !dec_eq(dec_round(d, fd->places), d))
		return (W_PRECISE);
	if (fd->ranged && (dec_cmp(d, dec_from_double(fd->min, 6)) < 0 ||
	    dec_cmp(d, dec_from_double(fd->max, 6)) > 0))
		return (W_RANGE);
	return (NULL);
}

static const char *
dec_take(const struct field *fd, str text, void *at)
{
	const char *why;
	dec d;

	/* JSON has no plus sign; neither have its decimals. */
	if (str_starts(text, S("+")))
		return (W_DECIMAL);
	switch (dec_parse(text, &d)) {
	case OK:
		break;
	case E_TOO_LARGE:
		return (memchr(text.p, '.', text.n) != NULL ? W_PRECISE :
		    W_BIG);
	default:
		return (W_DECIMAL);
	}
	if ((why = dec_check(fd, d)) == NULL)
		*(dec *)at = d;
	return (why);
}

const char *
value_of_long(const struct field *fd, int64_t n, void *record)
{
	void *at = (char *)record + fd->offset;
	char text[24];
	const char *why;
	int len;

	if (fd->kind == K_DEC) {
		len = snprintf(text, sizeof(text), "%lld", (long long)n);
		return (dec_take(fd, (str){ text, (size_t)len }, at));
	}
	if (fd->kind != K_LONG && fd->kind != K_REAL)
		return (W_TYPE);
	if ((why = range_check(fd, (double)n)) != NULL)
		return (why);
	if (fd->kind == K_REAL)
		*(double *)at = (double)n;
	else
		*(int64_t *)at = n;
	return (NULL);
}

/* A decimal sent as a JSON number is taken only if it cannot have been
 * rounded on its way: at most 15 significant digits. */
const char *
value_of_real(const struct field *fd, double x, void *record)
{
	void *at = (char *)record + fd->offset;
	char text[512];
	const char *why;
	dec d;

	if (fd->kind == K_REAL) {
		if ((why = range_check(fd, x)) == NULL)
			*(double *)at = x;
		return (why);
	}
	if (fd->kind == K_LONG)
		return (W_WHOLE);
	if (fd->kind != K_DEC)
		return (W_TYPE);
	if (!(fabs(x) < 1e15))
		return (W_BIG);
	snprintf(text, sizeof(text), "%.15g", x);
	if (strchr(text, 'e') != NULL || strtod(text, NULL) != x)
		return (W_EXACT);
	d = DEC_NONE;
	why = dec_take(fd, str_of(text), &d);
	if (why == NULL)
		*(dec *)at = d;
	return (why);
}

/* ---- text -------------------------------------------------------- */

static const char *
real_take(const struct field *fd, str text, double *out)
{
	char z[64], *end;
	const char *why;
	double x;

	if (text.n == 0 || text.n >= sizeof(z) ||
	    strspn(text.p, "+-.0123456789eE") < text.n)
		return (W_REAL);
	memcpy(z, text.p, text.n);
	z[text.n] = '\0';
	x = strtod(z, &end);
	if (*end != '\0' || !isfinite(x))
		return (W_REAL);
	if ((why = range_check(fd, x)) == NULL)
		*out = x;
	return (why);
}

static const char *
enum_take(const struct field *fd, str text, int *out)
{
	int n;

	if ((n = enum_of(fd->names, text)) == ENUM_NONE)
		return (W_CHOICE);
	*out = n;
	return (NULL);
}

static const char *
str_take(struct arena *a, const struct field *fd, str text, str *out)
{
	const char *why;

	if ((why = str_check(fd, text)) != NULL)
		return (why);
	if (fd->pattern != NULL &&
	    (why = pattern_check(fd->pattern, &text, a)) != NULL)
		return (why);
	*out = text;
	return (NULL);
}

const char *
value_of_text(struct arena *a, const struct field *fd, str text,
    void *record)
{
	void *at = (char *)record + fd->offset;
	int64_t n;

	switch (fd->kind) {
	case K_STR:
		return (str_take(a, fd, text, at));
	case K_DEC:
		return (dec_take(fd, text, at));
	case K_LONG:
		if (!str_long(text, &n))
			return (W_WHOLE);
		return (value_of_long(fd, n, record));
	case K_REAL:
		return (real_take(fd, text, at));
	case K_DAY:
		return (day_parse(text, at) ? NULL : W_DAY);
	case K_INSTANT:
		return (instant_parse(text, at) ? NULL : W_INSTANT);
	case K_UUID:
		return (uuid_parse(text, at) ? NULL : W_UUID);
	case K_ENUM:
		return (enum_take(fd, text, at));
	case K_BOOL:
		if (!str_eq(text, S("true")) && !str_eq(text, S("false")))
			return (W_TRUTH);
		*(bool *)at = text.n == 4;
		return (NULL);
	case K_SHAPE:
	case K_LIST:
	case K_JSON:
		break;
	}
	return (W_TYPE);
}
