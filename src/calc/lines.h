/*
 * lines: standard input, a request a line, each answered before the next is
 * read. Not for other rooms.
 */
#ifndef BURSAR_CALC_LINES_H
#define BURSAR_CALC_LINES_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

enum {
	LINE_BYTES_MAX = 256 * 1024 * 1024,
	LINE_MEMORY_BYTES_MAX = 1024 * 1024 * 1024
};

/*
 * Calls `answer` with each line of standard input, without its end, until
 * there is none; `too_long` says that its beginning was thrown away. 0, or 1
 * when standard output could not be written.
 */
int	lines_answer(void (*answer)(str line, bool too_long));
/* An arena whose end is a longjmp() to `jump`. */
void	line_arena(struct arena *a, jmp_buf *jump);

#endif
