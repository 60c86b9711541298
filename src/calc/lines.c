/*
 * The loop of every command here: a line in, a line out. It does not know
 * what is in them.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calc/lines.h"

enum { READ_BYTES = 64 * 1024 };

/* What was read and not yet answered: text[at..n) */
struct input_text {
	char	*text;
	size_t	 at, n, room;
	bool	 ended;
	bool	 long_line;		/* its beginning was thrown away */
};

static bool
input_grow(struct input_text *in)
{
	size_t room = in->room * 2 + READ_BYTES;
	char *text = realloc(in->text, room);

	if (text == NULL)
		return (false);
	in->text = text;
	in->room = room;
	return (true);
}

static bool
input_more(struct input_text *in)
{
	ssize_t got;

	if (in->at > 0)
		memmove(in->text, in->text + in->at, in->n - in->at);
	in->n -= in->at;
	in->at = 0;
	if (in->n > LINE_BYTES_MAX) {
		in->long_line = true;
		in->n = 0;
	}
	if (in->room - in->n < READ_BYTES && !input_grow(in))
		return (false);
	got = read(STDIN_FILENO, in->text + in->n, in->room - in->n);
	if (got > 0)
		in->n += (size_t)got;
	in->ended = got <= 0;
	return (!in->ended);
}

/* The next line without its end; STR_NONE when there is none. */
static str
input_line(struct input_text *in)
{
	size_t seen = 0;
	char *end;
	str line;

	while ((end = in->n == 0 ? NULL : memchr(in->text + in->at + seen,
	    '\n', in->n - in->at - seen)) == NULL) {
		seen = in->n - in->at;
		if (!in->ended && input_more(in)) {
			seen = in->long_line ? 0 : seen;
			continue;
		}
		line = (str){ in->text + in->at, in->n - in->at };
		in->at = in->n;
		return (line.n > 0 ? line : STR_NONE);
	}
	line = (str){ in->text + in->at, (size_t)(end - in->text) - in->at };
	in->at += line.n + 1;
	return (line);
}

static _Noreturn void
memory_full(void *jump)
{
	longjmp(*(jmp_buf *)jump, 1);
}

void
line_arena(struct arena *a, jmp_buf *jump)
{
	arena_init(a, LINE_MEMORY_BYTES_MAX, memory_full, jump);
}

int
lines_answer(void (*answer)(str line, bool too_long))
{
	struct input_text in = { 0 };
	str line;

	while (!ferror(stdout) && (line = input_line(&in)).p != NULL) {
		answer(line, in.long_line);
		in.long_line = false;
	}
	free(in.text);
	return (ferror(stdout) ? 1 : 0);
}
