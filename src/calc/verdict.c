/*
 * Answers, written as they are computed: a long series leaves in pieces, so
 * its text is never held whole. What has no value is null; the writer knows
 * neither NaN nor infinity.
 */
#include <string.h>

#include "calc/formula.h"

enum { PIECE_BYTES = 256 * 1024 };

static void
verdict_flush(struct question *q)
{
	str text = jw_text(&q->answer);

	fwrite(text.p, 1, text.n, q->to);
	jw_sent(&q->answer);
}

static void
verdict_begin(struct question *q)
{
	char *id = q->id == NULL ? NULL : json_dumps(q->id,
	    JSON_COMPACT | JSON_ENCODE_ANY);

	jw_init(&q->answer, q->arena);
	jw_open(&q->answer);
	jw_key(&q->answer, "id");
	if (id != NULL)
		jw_raw(&q->answer, str_of(id));
	else
		jw_null(&q->answer);
	free(id);
	q->begun = true;
}

struct json *
verdict_json(struct question *q)
{
	if (!q->begun)
		verdict_begin(q);
	return (&q->answer);
}

void
verdict_fault(struct question *q)
{
	verdict_begin(q);
	jw_key(&q->answer, "error");
	jw_z(&q->answer, q->fault);
	verdict_end(q);
}

void
verdict_warnings(struct json *j, unsigned warnings)
{
	if (warnings == 0)
		return;
	jw_key(j, "warnings");
	jw_array(j);
	for (unsigned bit = 1; bit != 0 && bit < WARN_END * 2u; bit <<= 1)
		if ((warnings & bit) && warn_name(bit) != NULL)
			jw_z(j, warn_name(bit));
	jw_array_end(j);
}

void
verdict_figure(struct question *q, struct figure f)
{
	struct json *j = verdict_json(q);

	jw_key(j, "value");
	jw_real(j, f.value);
	if (!figure_ok(f)) {
		jw_key(j, "reason");
		jw_z(j, why_name(f.why));
	}
	verdict_warnings(j, f.warnings);
}

void
verdict_beside(struct question *q, const char *key, struct figure f)
{
	jw_key(verdict_json(q), key);
	jw_real(&q->answer, f.value);
}

void
verdict_values(struct question *q)
{
	jw_key(verdict_json(q), "values");
	jw_open(&q->answer);
}

void
verdict_series(struct question *q, const char *name, size_t lead,
    const double *x, size_t n)
{
	struct json *j = verdict_json(q);

	jw_key(j, name);
	jw_array(j);
	for (size_t i = 0; i < lead; i++) {
		jw_null(j);
		if (j->n > PIECE_BYTES)
			verdict_flush(q);
	}
	for (size_t i = 0; i < n; i++) {
		jw_real(j, x[i]);
		if (j->n > PIECE_BYTES)
			verdict_flush(q);
	}
	jw_array_end(j);
}

void
verdict_values_end(struct question *q, enum why why)
{
	jw_close(&q->answer);
	if (why == WHY_OK)
		return;
	jw_key(&q->answer, "reason");
	jw_z(&q->answer, why_name(why));
}

void
verdict_end(struct question *q)
{
	jw_close(&q->answer);
	verdict_flush(q);
	fputc('\n', q->to);
	fflush(q->to);
}
