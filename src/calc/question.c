/*
 * Reads a request by its formula's row: parameters with their ranges, inputs
 * by their shapes. The first fault is the answer, and says where it is. It
 * judges shapes only: whether numbers make sense is quant's to say.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "calc/formula.h"

static bool
fault(struct question *q, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static bool
fault(struct question *q, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(q->fault, sizeof(q->fault), fmt, ap);
	va_end(ap);
	return (false);
}

/* The fault goes on, as far as there is room. */
static void
fault_more(struct question *q, const char *before, const char *text)
{
	size_t n = strlen(q->fault);

	snprintf(q->fault + n, sizeof(q->fault) - n, "%s%s", before, text);
}

double *
question_room(struct question *q, size_t n)
{
	return (ARENA_MANY(q->arena, n, double));
}

/* ---- values ------------------------------------------------------ */

/* A JSON number, or a plain decimal in a string. */
static bool
number_read(const json_t *v, double *out)
{
	dec d;

	if (json_is_number(v)) {
		*out = json_number_value(v);
		return (true);
	}
	if (!json_is_string(v) || dec_parse((str){ json_string_value(v),
	    json_string_length(v) }, &d) != OK)
		return (false);
	*out = dec_double(d);
	return (true);
}

static bool
day_read(const json_t *v, day *out)
{
	return (json_is_string(v) && day_parse((str){ json_string_value(v),
	    json_string_length(v) }, out));
}

/*
 * An array: the column it begins with, perhaps an empty one, and what is not
 * of the column's kind, which stands behind the column's name. Nothing else
 * begins with a string.
 */
struct elements {
	const struct gathered	*column;
	const json_t		*array;
	size_t			 name;		/* 1 if it has a name */
	size_t			 n;
};

static struct elements
elements_of(const struct question *q, const json_t *v)
{
	static const struct gathered none = { 0 };
	struct elements l = { &none, v, 0, json_array_size(v) };
	const json_t *first = json_array_get(v, 0);

	if (!json_is_string(first))
		return (l);
	l.column = &q->gather->column[atoi(json_string_value(first) + 1)];
	l.name = 1;
	l.n += l.column->n - 1;
	return (l);
}

/* The i-th, which is not in the column. */
static const json_t *
element_at(const struct elements *l, size_t i)
{
	return (json_array_get(l->array, i - l->column->n + l->name));
}

/* How many of the first are in the column, and of this kind. */
static size_t
elements_fit(const struct elements *l, enum gathered_kind kind)
{
	return (l->column->kind == kind ? l->column->n : 0);
}

/* An array of nothing but this kind; else NULL and q->fault. */
static const struct gathered *
gathered_read(struct question *q, const json_t *v, enum gathered_kind kind,
    const char *name, const char *what)
{
	struct elements l = elements_of(q, v);

	if (!json_is_array(v))
		fault(q, "inputs.%s: an array of %ss", name, what);
	else if (elements_fit(&l, kind) < l.n)
		fault(q, "inputs.%s[%zu]: not a %s", name,
		    elements_fit(&l, kind), what);
	else
		return (l.column);
	return (NULL);
}

static bool
column_read(struct question *q, const json_t *v, const char *name,
    struct column *out)
{
	const struct gathered *c = gathered_read(q, v, GATHERED_NUMBERS, name,
	    "number");

	if (c == NULL)
		return (false);
	*out = (struct column){ c->n > 0 ? c->x : question_room(q, 0), c->n };
	return (true);
}

/* ---- inputs by shape --------------------------------------------- */

static bool
days_read(struct question *q, const json_t *v, struct column *out)
{
	const struct gathered *c = gathered_read(q, v, GATHERED_DAYS, "dates",
	    "day");

	if (c == NULL)
		return (false);
	*out = (struct column){ question_room(q, 0), c->n };
	q->on = c->n > 0 ? c->on : ARENA_MANY(q->arena, 0, day);
	return (true);
}

/* {"date", `member`} each, in the column or behind it. */
static bool
pairs_read(struct question *q, const struct elements *l,
    enum gathered_kind kind, const char *member, day *on, double *x)
{
	const char *name = kind == GATHERED_FLOWS ? "flows" : "values";
	size_t fit = elements_fit(l, kind);
	const json_t *e;

	for (size_t i = 0; i < fit; i++) {
		on[i] = l->column->on[i];
		x[i] = l->column->x[i];
	}
	for (size_t i = fit; i < l->n; i++) {
		e = fit < l->column->n ? NULL : element_at(l, i);
		if (!json_is_object(e))
			return (fault(q, "inputs.%s[%zu]: an object of "
			    "\"date\" and \"%s\"", name, i, member));
		if (!day_read(json_object_get(e, "date"), &on[i]))
			return (fault(q, "inputs.%s[%zu].date: a day as "
			    "\"2024-01-31\"", name, i));
		if (!number_read(json_object_get(e, member), &x[i]))
			return (fault(q, "inputs.%s[%zu].%s: a number", name,
			    i, member));
	}
	return (true);
}

static bool
values_read(struct question *q, const json_t *v, struct column *out)
{
	struct elements l = elements_of(q, v);

	if (l.column->n > 0 ? l.column->kind == GATHERED_NUMBERS :
	    !json_is_object(element_at(&l, 0)))
		return (column_read(q, v, "values", out));
	out->n = l.n;
	out->x = question_room(q, l.n);
	q->on = ARENA_MANY(q->arena, l.n, day);
	q->in[IN_DATES] = *out;
	return (pairs_read(q, &l, GATHERED_VALUES, "value", q->on, out->x));
}

static int
flow_order(const void *a, const void *b)
{
	return (day_cmp(((const struct cashflow *)a)->on,
	    ((const struct cashflow *)b)->on));
}

/* In any order; flows of one day are netted, so theirs does not matter. */
static bool
flows_read(struct question *q, const json_t *v, struct column *out)
{
	struct elements l = elements_of(q, v);
	double *amount = question_room(q, l.n);
	day *on = ARENA_MANY(q->arena, l.n, day);

	if (!json_is_array(v))
		return (fault(q, "inputs.flows: an array"));
	if (!pairs_read(q, &l, GATHERED_FLOWS, "amount", on, amount))
		return (false);
	*out = (struct column){ question_room(q, 0), l.n };
	q->flows = ARENA_MANY(q->arena, l.n, struct cashflow);
	for (size_t i = 0; i < l.n; i++)
		q->flows[i] = (struct cashflow){ on[i], amount[i] };
	qsort(q->flows, l.n, sizeof(*q->flows), flow_order);
	return (true);
}

static bool
many_add(struct question *q, struct many *m, const json_t *v,
    const char *input, const char *name)
{
	struct column c;

	if (!column_read(q, v, input, &c))
		return (false);
	if (m->count > 0 && c.n != m->n)
		return (fault(q, "inputs.%s: series of different lengths",
		    input));
	m->n = c.n;
	m->name[m->count] = name;
	m->x[m->count++] = c.x;
	return (true);
}

static bool
many_read(struct question *q, enum input id, json_t *v, struct column *out)
{
	struct many *m = &q->many[id];
	size_t n = json_is_object(v) ? json_object_size(v) :
	    json_array_size(v);
	const char *name, *input = input_name(id);
	json_t *e;

	if (!json_is_object(v) && !json_is_array(v))
		return (fault(q, "inputs.%s: an object of arrays", input));
	m->x = ARENA_MANY(q->arena, n, double *);
	m->name = ARENA_MANY(q->arena, n, const char *);
	json_object_foreach(v, name, e)
		if (!many_add(q, m, e, input, name))
			return (false);
	for (size_t i = 0; json_is_array(v) && i < n; i++)
		if (!many_add(q, m, json_array_get(v, i), input, NULL))
			return (false);
	*out = (struct column){ question_room(q, 0), n };
	return (true);
}

static bool
segment_read(struct question *q, const json_t *e, size_t i,
    struct segment *s)
{
	const struct {
		const char	*name;
		double		*to;
	} member[] = {
		{ "weight", &s->weight }, { "return", &s->r },
		{ "benchmark_weight", &s->b_weight },
		{ "benchmark_return", &s->b },
	};

	for (size_t k = 0; k < sizeof(member) / sizeof(member[0]); k++)
		if (!number_read(json_object_get(e, member[k].name),
		    member[k].to))
			return (fault(q, "inputs.segments[%zu].%s: a number",
			    i, member[k].name));
	return (true);
}

static bool
segments_read(struct question *q, const json_t *v, struct column *out)
{
	struct elements l = elements_of(q, v);
	const json_t *e;

	if (!json_is_array(v))
		return (fault(q, "inputs.segments: an array"));
	*out = (struct column){ question_room(q, 0), l.n };
	q->segments = ARENA_MANY(q->arena, l.n, struct segment);
	for (size_t i = 0; i < l.n; i++) {
		e = l.column->n > 0 ? NULL : element_at(&l, i);
		if (!segment_read(q, e, i, &q->segments[i]))
			return (false);
	}
	return (true);
}

static bool
rate_read(struct question *q, const json_t *v, const char *name,
    struct column *out)
{
	if (json_is_array(v))
		return (column_read(q, v, name, out));
	return (number_read(v, &q->yield) ? true :
	    fault(q, "inputs.%s: a number, or an array of them", name));
}

static bool
input_read(struct question *q, enum input id, json_t *v)
{
	struct column *out = &q->in[id];

	switch (input_shape(id)) {
	case SHAPE_NUMBERS:
		return (column_read(q, v, input_name(id), out));
	case SHAPE_RATE:
		return (rate_read(q, v, input_name(id), out));
	case SHAPE_DAYS:
		return (days_read(q, v, out));
	case SHAPE_VALUES:
		return (values_read(q, v, out));
	case SHAPE_FLOWS:
		return (flows_read(q, v, out));
	case SHAPE_MANY:
		return (many_read(q, id, v, out));
	case SHAPE_SEGMENTS:
		return (segments_read(q, v, out));
	}
	return (false);
}

static bool
inputs_read(struct question *q, json_t *inputs)
{
	uint32_t must = q->formula->must, may = q->formula->may;
	enum input id;
	json_t *v;

	if (inputs != NULL && !json_is_object(inputs))
		return (fault(q, "inputs: an object"));
	for (id = 0; id < INPUT_COUNT; id++) {
		if (!((must | may) & TAKES(id)))
			continue;
		v = json_object_get(inputs, input_name(id));
		if ((v == NULL || json_is_null(v)) && q->in[id].x == NULL &&
		    (must & TAKES(id)))
			return (fault(q, "inputs.%s is missing",
			    input_name(id)));
		if (v != NULL && !json_is_null(v) && !input_read(q, id, v))
			return (false);
	}
	return (true);
}

/* ---- parameters -------------------------------------------------- */

static bool
word_read(struct question *q, const struct param *p, const json_t *v,
    double *out)
{
	for (size_t i = 0; json_is_string(v) && p->words[i] != NULL; i++)
		if (strcmp(json_string_value(v), p->words[i]) == 0) {
			*out = (double)i;
			return (true);
		}
	fault(q, "params.%s: one of the words", p->name);
	for (size_t i = 0; p->words[i] != NULL; i++)
		fault_more(q, " ", p->words[i]);
	return (false);
}

static bool
param_read(struct question *q, const struct param *p, const json_t *v,
    double *out)
{
	*out = p->standard;
	if (v == NULL || json_is_null(v))
		return (true);
	if (p->words != NULL)
		return (word_read(q, p, v, out));
	if (!number_read(v, out))
		return (fault(q, "params.%s: not a number", p->name));
	if (!(*out >= p->min && *out <= p->max))
		return (fault(q, "params.%s: from %.15g to %.15g", p->name,
		    p->min, p->max));
	if (p->whole && *out != floor(*out))
		return (fault(q, "params.%s: a whole number", p->name));
	return (true);
}

/* "period" and "window" are one word to everybody who draws charts. */
static const json_t *
param_find(const json_t *params, const char *name)
{
	const json_t *v = json_object_get(params, name);

	if (v == NULL && strcmp(name, "period") == 0)
		v = json_object_get(params, "window");
	else if (v == NULL && strcmp(name, "window") == 0)
		v = json_object_get(params, "period");
	return (v);
}

/* Says which of them the function does not know, and what it does. */
static bool
param_strange(struct question *q, json_t *params)
{
	const struct param *p = q->formula->param;
	const char *name;
	json_t *v;

	json_object_foreach(params, name, v) {
		size_t i = 0;

		while (p[i].name != NULL && param_find(params, p[i].name) != v)
			i++;
		if (p[i].name == NULL)
			break;
	}
	fault(q, "params.%.40s: %s has %s", name, q->formula->name,
	    p[0].name == NULL ? "no parameters" : "only");
	for (size_t i = 0; p[i].name != NULL; i++)
		fault_more(q, " ", p[i].name);
	return (false);
}

static bool
params_read(struct question *q, json_t *params)
{
	const struct param *p = q->formula->param;
	size_t known = 0;

	if (params != NULL && !json_is_object(params))
		return (fault(q, "params: an object"));
	for (size_t i = 0; p[i].name != NULL; i++) {
		known += param_find(params, p[i].name) != NULL;
		if (!param_read(q, &p[i], param_find(params, p[i].name),
		    &q->param[i]))
			return (false);
	}
	return (known == json_object_size(params) ||
	    param_strange(q, params));
}

bool
question_read(struct question *q, json_t *root)
{
	const json_t *fn = json_object_get(root, "fn");

	if (!json_is_object(root))
		return (fault(q, "a request is an object"));
	q->id = json_object_get(root, "id");
	q->yield = NAN;
	if (!json_is_string(fn))
		return (fault(q, "fn: the name of a function"));
	q->formula = formula_find(json_string_value(fn));
	if (q->formula == NULL)
		return (fault(q, "unknown function: %.100s",
		    json_string_value(fn)));
	return (params_read(q, json_object_get(root, "params")) &&
	    inputs_read(q, json_object_get(root, "inputs")));
}

double
question_param(const struct question *q, const char *name)
{
	const struct param *p = q->formula->param;

	for (size_t i = 0; p[i].name != NULL; i++)
		if (strcmp(p[i].name, name) == 0)
			return (q->param[i]);
	return (NAN);
}

const char *
many_name(struct question *q, const struct many *m, size_t i)
{
	return (m->name[i] != NULL ? m->name[i] :
	    arena_printf(q->arena, "%zu", i).p);
}

bool
question_word(const struct question *q, const char *name, const char *word)
{
	const struct param *p = q->formula->param;

	for (size_t i = 0; p[i].name != NULL; i++)
		if (strcmp(p[i].name, name) == 0)
			return (strcmp(p[i].words[(int)q->param[i]], word) ==
			    0);
	return (false);
}

bool
question_has(const struct question *q, enum input id)
{
	return (q->in[id].x != NULL);
}
