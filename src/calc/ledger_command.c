/*
 * `bursar ledger`: one request, one answer. A line that cannot be answered is
 * answered with an error, and the next one is read as if nothing had been.
 */
#include <string.h>

#include "calc/calc.h"
#include "calc/ledger_request.h"
#include "calc/lines.h"

static void
answer_open(struct json *j, struct arena *a, const json_t *id)
{
	char *text = id == NULL ? NULL : json_dumps(id,
	    JSON_COMPACT | JSON_ENCODE_ANY);

	jw_init(j, a);
	jw_open(j);
	jw_key(j, "id");
	if (text != NULL)
		jw_raw(j, str_of(text));
	else
		jw_null(j);
	free(text);
}

static void
answer_close(struct json *j)
{
	str text;

	jw_close(j);
	text = jw_text(j);
	fwrite(text.p, 1, text.n, stdout);
	fputc('\n', stdout);
	fflush(stdout);
}

static bool
request_parse(struct ledger_request *r, str line, json_t **root)
{
	json_error_t why;

	*root = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
	if (*root == NULL)
		snprintf(r->fault, sizeof(r->fault), "malformed JSON: %s",
		    why.text);
	return (*root != NULL);
}

/* Nothing of an answer has left yet when memory runs out. */
static void
request_answer(str line, bool too_long)
{
	/* Kept where a jump out of the arena's limit finds them again. */
	static struct ledger_request r;
	static struct arena arena;
	static struct json j;
	static json_t *root;
	jmp_buf jump;

	r = (struct ledger_request){ .arena = &arena };
	root = NULL;
	line_arena(&arena, &jump);
	if (setjmp(jump) != 0) {
		arena_drop(&arena);
		snprintf(r.fault, sizeof(r.fault), "it needs too much memory");
	} else if (too_long) {
		snprintf(r.fault, sizeof(r.fault), "the line is too long");
	} else if (request_parse(&r, line, &root) &&
	    ledger_request_read(&r, root)) {
		answer_open(&j, &arena, r.id);
		ledger_answer(&r, &j);
	}
	if (r.fault[0] != '\0') {
		answer_open(&j, &arena, r.id);
		jw_key(&j, "error");
		jw_z(&j, r.fault);
	}
	answer_close(&j);
	ledger_request_drop(&r);
	json_decref(root);
	arena_drop(&arena);
}

int
ledger_run(int argc, char **argv)
{
	if (argc == 1 && strcmp(argv[0], "--list") == 0) {
		ledger_list(stdout);
		return (fflush(stdout) == 0 ? 0 : 1);
	}
	if (argc == 1 && strcmp(argv[0], "--help") == 0) {
		ledger_help(stdout);
		return (fflush(stdout) == 0 ? 0 : 1);
	}
	if (argc > 0) {
		fprintf(stderr, "bursar: ledger [--help | --list]\n");
		return (1);
	}
	return (lines_answer(request_answer));
}
