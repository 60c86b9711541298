/*
 * text: a text that grows at its end, in an arena. Inner header of http/.
 */
#ifndef BURSAR_HTTP_TEXT_H
#define BURSAR_HTTP_TEXT_H

#include "base/arena.h"

struct text {
	struct arena	*arena;
	char		*p;
	size_t		 n, cap;
};

void	text_init(struct text *t, struct arena *a);
void	text_put(struct text *t, str s);
void	text_printf(struct text *t, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));
/* What there is so far; a NUL stands behind it. */
str	text_str(struct text *t);

#endif
