/*
 * One request, one answer. A line that cannot be answered is answered with
 * an error, and the next one is read as if nothing had been.
 */
#include <stdlib.h>
#include <string.h>

#include "calc/calc.h"
#include "calc/formula.h"
#include "calc/lines.h"

static const char *const faults[] = {
	[GATHER_LONG] = "the line is too long",
	[GATHER_MEMORY] = "it needs too much memory",
	[GATHER_KEY] = "a request's keys are written without escapes",
};

static const char help[] =
    "bursar calc [--list | --help]\n"
    "  reads a JSON request a line and writes its answer a line, in order:\n"
    "{\"id\":1,\"fn\":\"rsi\",\"params\":{\"p"
    "eriod\":2},\"inputs\":{\"close\":[10,11,12,11]}}\n"
    "{\"id\":1,\"values\":{\"rsi\":[null,null,100,50]}}\n"
    "  --list            all functions as JSON: name, params with their\n"
    "                    ranges and defaults, inputs, optional, outputs, doc\n"
    "\n"
    "inputs: open high low close volume, oldest first; returns, benchmark\n"
    "  (fractions), risk_free (a year's yield, or a rate for each period);\n"
    "  values and dates, or [{\"date\", \"value\"}]; "
    "flows [{\"date\", \"amount\"}];\n"
    "  prices {\"A\": [...], ...}. A number may be a decimal in a string.\n"
    "answers: \"values\" has an array for each output, as long as the input,"
    "\n"
    "  null where there is not yet history enough; one figure is \"value\".\n"
    "  What cannot be said is null with a \"reason\" (INSUFFICIENT_DATA,\n"
    "  ZERO_VARIANCE, ...); \"warnings\" qualify what can (SHORT_HISTORY, ...)."
    "\n"
    "  A line that cannot be read is answered by {\"id\", \"error\"}: the"
    " member,\n"
    "  and what it must be. The next line is read.\n";

static bool
question_parse(struct question *q, json_t **root)
{
	const struct gather *g = q->gather;
	json_error_t why;

	if (g->fault != GATHER_OK) {
		snprintf(q->fault, sizeof(q->fault), "%s", faults[g->fault]);
		return (false);
	}
	*root = json_loadb(g->n == 0 ? "" : g->text, g->n,
	    JSON_REJECT_DUPLICATES, &why);
	if (*root == NULL)
		snprintf(q->fault, sizeof(q->fault), "malformed JSON: %s",
		    why.text);
	return (*root != NULL);
}

/* Nothing of an answer has left yet when memory runs out. */
static void
question_answer(const struct gather *g)
{
	/* Kept where a jump out of the arena's limit finds them again. */
	static struct question q;
	static struct arena arena;
	static json_t *root;
	jmp_buf jump;

	q = (struct question){ .gather = g, .arena = &arena, .to = stdout };
	root = NULL;
	line_arena(&arena, &jump);
	if (setjmp(jump) != 0) {
		arena_drop(&arena);
		snprintf(q.fault, sizeof(q.fault), "it needs too much memory");
	} else if (question_parse(&q, &root) && question_read(&q, root)) {
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
	static struct gather g;

	if (argc == 1 && strcmp(argv[0], "--list") == 0) {
		formulas_print(stdout);
		return (fflush(stdout) == 0 ? 0 : 1);
	}
	if (argc == 1 && strcmp(argv[0], "--help") == 0) {
		fputs(help, stdout);
		return (fflush(stdout) == 0 ? 0 : 1);
	}
	if (argc > 0) {
		fprintf(stderr, "bursar: calc [--list | --help]\n");
		return (1);
	}
	while (!ferror(stdout) && gather_line(&g))
		question_answer(&g);
	gather_drop(&g);
	free(g.text);
	return (ferror(stdout) ? 1 : 0);
}
