/*
 * Compact JSON as indented lines. It copies text; it does not read it.
 */
#include <string.h>

#include "http/schema.h"

struct lines {
	char	*p;
	size_t	 n, depth;
};

static void
line_break(struct lines *out)
{
	out->p[out->n++] = '\n';
	memset(out->p + out->n, ' ', out->depth * 2);
	out->n += out->depth * 2;
}

/* The longest that one byte of input can become: a line end, the deepest
 * indentation, and itself. */
#define GROWTH	(JSON_DEPTH_MAX * 2 + 2)

static void
mark_put(struct lines *out, char c, char before, char after)
{
	bool empty;

	empty = (before == '{' && c == '}') || (before == '[' && c == ']');
	if (c == '}' || c == ']') {
		out->depth--;
		if (!empty)
			line_break(out);
	}
	out->p[out->n++] = c;
	if (c == ':')
		out->p[out->n++] = ' ';
	if (c == '{' || c == '[')
		out->depth++;
	if (c == ',' || ((c == '{' || c == '[') && after != '}' &&
	    after != ']'))
		line_break(out);
}

str
text_indent(struct arena *a, str s)
{
	struct lines out = { .n = 0 };
	bool quoted;
	size_t i;

	out.p = arena_alloc(a, s.n * GROWTH + 1);
	quoted = false;
	for (i = 0; i < s.n; i++) {
		if (quoted && s.p[i] == '\\')
			out.p[out.n++] = s.p[i++];
		else if (s.p[i] == '"')
			quoted = !quoted;
		if (quoted || s.p[i] == '"')
			out.p[out.n++] = s.p[i];
		else
			mark_put(&out, s.p[i], i > 0 ? s.p[i - 1] : '\0',
			    i + 1 < s.n ? s.p[i + 1] : '\0');
	}
	out.p[out.n++] = '\n';
	return ((str){ out.p, out.n });
}
