/*
 * Reads lines without keeping them. It judges the shape of numbers and finds
 * where arrays begin; everything else is copied as it is, and whether that
 * is JSON is for its reader to say.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dec.h"
#include "calc/gather.h"
#include "calc/lines.h"

enum {
	READ_BYTES = 256 * 1024,
	TOKEN_BYTES = 1024,		/* of a number, at most */
	COLUMN_FIRST = 64
};

/* What was read and not yet looked at: text[at..n), and a 0. */
static struct {
	char	text[READ_BYTES + 1];
	size_t	at, n;
	bool	ended;
	bool	whole;			/* the line's end was read */
} in;

/* Reads on, until there is a token's worth or the line's end or no more. */
static void
input_fill(void)
{
	ssize_t got;

	memmove(in.text, in.text + in.at, in.n - in.at);
	in.n -= in.at;
	in.at = 0;
	in.whole = memchr(in.text, '\n', in.n) != NULL;
	while (in.n < TOKEN_BYTES && !in.ended && !in.whole) {
		got = read(STDIN_FILENO, in.text + in.n, READ_BYTES - in.n);
		in.ended = got <= 0;
		got = got > 0 ? got : 0;
		in.whole = memchr(in.text + in.n, '\n', (size_t)got) != NULL;
		in.n += (size_t)got;
	}
	in.text[in.n] = '\0';
}

/* The text from here on, at least a token of it. */
static inline const char *
input_here(void)
{
	if (in.n - in.at < TOKEN_BYTES && !in.ended && !in.whole)
		input_fill();
	return (in.text + in.at);
}

/* The next byte, -1 where the line ends. */
static inline int
input_peek(void)
{
	const char *p = input_here();

	return (in.at == in.n || *p == '\n' ? -1 : (unsigned char)*p);
}

static int
input_skip_blanks(void)
{
	int c;

	while ((c = input_peek()) == ' ' || c == '\t' || c == '\r')
		in.at++;
	return (c);
}

/* ---- the text that is left --------------------------------------- */

static bool
text_grow(struct gather *g)
{
	size_t room = g->room * 2 + TOKEN_BYTES;
	char *text = room > LINE_BYTES_MAX ? NULL : realloc(g->text, room);

	if (text == NULL) {
		g->fault = GATHER_LONG;
		return (false);
	}
	g->text = text;
	g->room = room;
	return (true);
}

static inline void
text_put(struct gather *g, int c)
{
	if (g->n < g->room || (g->fault == GATHER_OK && text_grow(g)))
		g->text[g->n++] = (char)c;
}

static void
text_puts(struct gather *g, const char *z)
{
	while (*z != '\0')
		text_put(g, *z++);
}

/* ---- numbers ----------------------------------------------------- */

static inline bool
is_digit(char c)
{
	return ((unsigned)(c - '0') < 10);
}

/* Digits onto *whole while they fit; how many there are. */
static inline size_t
digits_read(const char *p, uint64_t *whole)
{
	size_t n = 0;

	for (; is_digit(p[n]); n++)
		*whole = *whole * 10 + (uint64_t)(p[n] - '0');
	return (n);
}

/*
 * Up to 2^53, times or by a power of ten up to 10^22, each is exact and the
 * product is rounded once.
 */
static bool
number_exact(uint64_t whole, long places, double *out)
{
	static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
	    1e19, 1e20, 1e21, 1e22 };

	if (whole > UINT64_C(1) << 53 || places < -22 || places > 22)
		return (false);
	*out = places >= 0 ? (double)whole * tens[places] :
	    (double)whole / tens[-places];
	return (true);
}

const char *
gather_number(const char *p, double *out)
{
	const char *from = p;
	uint64_t whole = 0;
	size_t before, after = 0;
	bool minus = *p == '-', power;

	p += minus;
	before = digits_read(p, &whole);
	if (before == 0 || (before > 1 && *p == '0'))
		return (NULL);
	p += before;
	if (*p == '.') {
		after = digits_read(p + 1, &whole);
		if (after == 0)
			return (NULL);
		p += after + 1;
	}
	power = *p == 'e' || *p == 'E';
	if (power) {
		p += p[1] == '+' || p[1] == '-' ? 2 : 1;
		if (!is_digit(*p))
			return (NULL);
		while (is_digit(*p))
			p++;
	}
	/* Nineteen digits fit a uint64_t. */
	if (power || before + after > 19 ||
	    !number_exact(whole, -(long)after, out))
		*out = strtod(from, NULL);
	else if (minus)
		*out = -*out;
	return (isfinite(*out) ? p : NULL);
}

/* ---- columns ----------------------------------------------------- */

/* An element as it was read. */
struct element {
	enum gathered_kind	kind;
	double			x;
	day			on;
};

/* `*array` for `room` elements of `size`, where there was room for `had`. */
static bool
array_grow(struct gather *g, void *array, size_t had, size_t room,
    size_t size)
{
	void **at = array, *more;

	g->bytes += (room - had) * size;
	more = g->bytes > LINE_MEMORY_BYTES_MAX ? NULL :
	    realloc(*at, room * size);
	if (more == NULL) {
		g->fault = GATHER_MEMORY;
		return (false);
	}
	*at = more;
	return (true);
}

static bool
column_grow(struct gather *g, struct gathered *c)
{
	size_t room = c->room + c->room / 2 + COLUMN_FIRST;

	if ((c->kind != GATHERED_DAYS &&
	    !array_grow(g, &c->x, c->room, room, sizeof(*c->x))) ||
	    (c->kind != GATHERED_NUMBERS &&
	    !array_grow(g, &c->on, c->room, room, sizeof(*c->on))))
		return (false);
	c->room = room;
	return (true);
}

static inline bool
column_put(struct gather *g, struct gathered *c, const struct element *e)
{
	if (c->n == 0)
		c->kind = e->kind;
	if (c->kind != e->kind || (c->n == c->room && !column_grow(g, c)))
		return (false);
	if (c->kind != GATHERED_DAYS)
		c->x[c->n] = e->x;
	if (c->kind != GATHERED_NUMBERS)
		c->on[c->n] = e->on;
	c->n++;
	return (true);
}

/* What is in quotes, without an escape; the byte after them, or NULL. */
static const char *
quoted_read(const char *p, str *out)
{
	const char *end = p + 1;

	if (*p != '"')
		return (NULL);
	while (*end != '"' && *end != '\\' && (unsigned char)*end >= ' ')
		end++;
	*out = (str){ p + 1, (size_t)(end - p) - 1 };
	return (*end == '"' ? end + 1 : NULL);
}

/* A number, or a decimal or a day in quotes. */
static const char *
scalar_read(const char *p, struct element *e)
{
	dec d;
	str s;

	e->kind = GATHERED_NUMBERS;
	if (*p != '"')
		return (gather_number(p, &e->x));
	p = quoted_read(p, &s);
	if (p == NULL)
		return (NULL);
	if (day_parse(s, &e->on)) {
		e->kind = GATHERED_DAYS;
		return (p);
	}
	if (dec_parse(s, &d) != OK)
		return (NULL);
	e->x = dec_double(d);
	return (p);
}

static const char *
blanks_skip(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r')
		p++;
	return (p);
}

/* "date": a day, or "value" or "amount": a number; which, to *kind. */
static const char *
member_read(const char *p, struct element *e, enum gathered_kind *kind)
{
	str name;

	p = quoted_read(blanks_skip(p), &name);
	if (p == NULL)
		return (NULL);
	*kind = str_eq(name, S("date")) ? GATHERED_DAYS :
	    str_eq(name, S("value")) ? GATHERED_VALUES :
	    str_eq(name, S("amount")) ? GATHERED_FLOWS : GATHERED_NUMBERS;
	p = blanks_skip(p);
	if (*kind == GATHERED_NUMBERS || *p++ != ':')
		return (NULL);
	p = scalar_read(blanks_skip(p), e);
	if (p == NULL || (e->kind == GATHERED_DAYS) != (*kind == GATHERED_DAYS))
		return (NULL);
	return (blanks_skip(p));
}

/* {"date": .., "value": ..}, in either order and nothing else. */
static const char *
pair_read(const char *p, struct element *e)
{
	enum gathered_kind one, two;

	p = member_read(p + 1, e, &one);
	if (p == NULL || *p != ',')
		return (NULL);
	p = member_read(p + 1, e, &two);
	if (p == NULL || *p != '}' ||
	    (one == GATHERED_DAYS) == (two == GATHERED_DAYS))
		return (NULL);
	e->kind = one == GATHERED_DAYS ? two : one;
	return (p + 1);
}

/* One element, if it is of the column's kind. */
static bool
element_read(struct gather *g, struct gathered *c)
{
	const char *p = input_here(), *end;
	struct element e;

	end = *p == '{' ? pair_read(p, &e) : scalar_read(p, &e);
	if (end == NULL || !column_put(g, c, &e))
		return (false);
	in.at += (size_t)(end - p);
	return (true);
}

static struct gathered *
column_new(struct gather *g)
{
	size_t room = g->column_room * 2 + 8;
	char name[32];

	if (g->count == g->column_room) {
		if (!array_grow(g, &g->column, g->column_room, room,
		    sizeof(*g->column)))
			return (NULL);
		g->column_room = room;
	}
	snprintf(name, sizeof(name), "\"@%zu\"", g->count);
	text_puts(g, name);
	g->column[g->count] = (struct gathered){ 0 };
	return (&g->column[g->count++]);
}

/* An array, up to its end or to what is not of its kind. */
static void
column_read(struct gather *g)
{
	struct gathered *c = column_new(g);

	while (c != NULL && element_read(g, c)) {
		if (input_skip_blanks() != ',') {
			if (input_peek() != ']')
				text_put(g, ' ');
			return;
		}
		in.at++;
		input_skip_blanks();
	}
	text_put(g, ',');
}

/* ---- a line ------------------------------------------------------ */

/* Where in the text the copy is. */
struct place {
	size_t	depth;
	bool	key;		/* a string here is a key of the request */
	bool	id;		/* inside the request's "id" */
};

static void
string_copy(struct gather *g, struct place *at)
{
	size_t from = g->n;
	bool escaped = false;
	int c;

	text_put(g, '"');
	for (in.at++; (c = input_peek()) >= 0; ) {
		text_put(g, c);
		in.at++;
		if (c == '"')
			break;
		if (c == '\\' && (c = input_peek()) >= 0) {
			escaped = true;
			text_put(g, c);
			in.at++;
		}
	}
	if (!at->key)
		return;
	/* Its name must be known here as it will be there. */
	if (escaped && g->fault == GATHER_OK)
		g->fault = GATHER_KEY;
	at->id = str_eq((str){ g->text + from, g->n - from }, S("\"id\""));
	at->key = false;
}

static void
byte_copy(struct gather *g, struct place *at, int c)
{
	if (c == '"') {
		string_copy(g, at);
		return;
	}
	text_put(g, c);
	in.at++;
	if (c == ',' || c == '{')
		at->key = at->depth == (c == '{' ? 0 : 1);
	if (c == '{' || c == '[')
		at->depth++;
	if ((c == '}' || c == ']') && at->depth > 0)
		at->depth--;
	if (c == '[' && !at->id) {
		c = input_skip_blanks();
		if (c == '-' || c == '"' || c == '{' || is_digit((char)c))
			column_read(g);
	}
}

bool
gather_line(struct gather *g)
{
	struct place at = { 0 };
	int c;

	gather_drop(g);
	in.whole = false;
	input_here();
	if (in.at == in.n)
		return (false);
	while ((c = input_peek()) >= 0) {
		/* Too much of a line is passed over to its end. */
		if (g->fault == GATHER_LONG || g->fault == GATHER_MEMORY)
			in.at++;
		else
			byte_copy(g, &at, c);
	}
	in.at += in.at < in.n;
	return (true);
}

void
gather_drop(struct gather *g)
{
	for (size_t i = 0; i < g->count; i++) {
		free(g->column[i].x);
		free(g->column[i].on);
	}
	free(g->column);
	*g = (struct gather){ .text = g->text, .room = g->room };
}
