/*
 * The loop: a line in, a line out. A line that cannot be answered is
 * answered with an error, and the next one is read as if nothing had been.
 */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calc/calc.h"
#include "calc/formula.h"

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
	if (in->n > QUESTION_LINE_BYTES_MAX) {
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

static bool
question_parse(struct question *q, str line, json_t **root)
{
	json_error_t why;

	*root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
	if (*root == NULL)
		snprintf(q->fault, sizeof(q->fault), "malformed JSON: %s",
		    why.text);
	return (*root != NULL);
}

/* Nothing of an answer has left yet when memory runs out. */
static void
question_answer(str line, bool too_long)
{
	/* Kept where a jump out of the arena's limit finds them again. */
	static struct question q;
	static struct arena arena;
	static json_t *root;
	jmp_buf jump;

	q = (struct question){ .arena = &arena, .to = stdout };
	root = NULL;
	arena_init(&arena, QUESTION_MEMORY_BYTES_MAX, memory_full, &jump);
	if (setjmp(jump) != 0) {
		arena_drop(&arena);
		snprintf(q.fault, sizeof(q.fault), "it needs too much memory");
	} else if (too_long) {
		snprintf(q.fault, sizeof(q.fault), "the line is too long");
	} else if (question_parse(&q, line, &root) &&
	    question_read(&q, root)) {
		q.formula->run(&q);
	}
	if (q.fault[0] != '\0')
		verdict_fault(&q);
	else
		verdict_end(&q);
	json_decref(root);
	arena_drop(&arena);
}

int
calc_run(int argc, char **argv)
{
	struct input_text in = { 0 };
	str line;

	if (argc == 1 && strcmp(argv[0], "--list") == 0) {
		formulas_print(stdout);
		return (fflush(stdout) == 0 ? 0 : 1);
	}
	if (argc > 0) {
		fprintf(stderr, "bursar: calc [--list]\n");
		return (1);
	}
	while (!ferror(stdout) && (line = input_line(&in)).p != NULL) {
		question_answer(line, in.long_line);
		in.long_line = false;
	}
	free(in.text);
	return (ferror(stdout) ? 1 : 0);
}
