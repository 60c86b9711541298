/*
 * A text that grows at its end: its room doubles, so that a long text is
 * copied a few times and not once for each piece.
 */
#include <stdio.h>
#include <string.h>

#include "http/text.h"

#define FIRST_BYTES	1024

void
text_init(struct text *t, struct arena *a)
{
	*t = (struct text){ .arena = a };
}

/* Where n more bytes and a NUL have room. */
static char *
text_room(struct text *t, size_t n)
{
	size_t cap;
	char *p;

	if (t->p != NULL && n < t->cap - t->n)
		return (t->p + t->n);
	cap = t->cap > 0 ? t->cap : FIRST_BYTES;
	while (cap - t->n <= n)
		cap *= 2;
	p = arena_alloc(t->arena, cap);
	if (t->n > 0)
		memcpy(p, t->p, t->n);
	t->p = p;
	t->cap = cap;
	return (p + t->n);
}

void
text_put(struct text *t, str s)
{
	if (s.n == 0)
		return;
	memcpy(text_room(t, s.n), s.p, s.n);
	t->n += s.n;
}

void
text_printf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	va_start(ap, fmt);
	vsnprintf(text_room(t, (size_t)n), (size_t)n + 1, fmt, ap);
	va_end(ap);
	t->n += (size_t)n;
}

str
text_str(struct text *t)
{
	*text_room(t, 0) = '\0';
	return ((str){ t->p, t->n });
}
