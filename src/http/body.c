/*
 * A JSON body: parsed by jansson, which refuses duplicate members, broken
 * UTF-8, NUL and trailing data; then walked beside the shape.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "http/value.h"

#define DIGITS_SAFE	15	/* that any double keeps */
#define NUMBER_MAX	64

/* RFC 6901: "~" is "~0" and "/" is "~1" within a name. */
static str
pointer_to(struct arena *a, str at, const char *name)
{
	char *p;
	size_t n;

	p = arena_alloc(a, at.n + strlen(name) * 2 + 2);
	memcpy(p, at.p, at.n);
	for (n = at.n, p[n++] = '/'; *name != '\0'; name++) {
		p[n++] = *name == '/' ? '~' : *name;
		if (*name == '~' || *name == '/')
			p[n++] = *name == '~' ? '0' : '1';
	}
	return ((str){ p, n });
}

static void
member_told(struct exchange *ex, str at, const char *name, const char *code,
    const char *why)
{
	(void)fault(&ex->call, pointer_to(&ex->call.f->arena, at, name).p,
	    code, "%s", why);
}

static void
member_fault(struct exchange *ex, str at, const char *name, const char *why)
{
	member_told(ex, at, name, value_code(why), why);
}

static void	object_walk(struct exchange *ex, str at,
		    const struct shape *sh, json_t *object, void *record);

/* An object that somebody else reads: its text. */
static const char *
member_json(struct arena *a, const struct field *fd, json_t *v, void *record)
{
	char *text;

	if (!json_is_object(v))
		return (value_mistyped());
	text = json_dumps(v, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS_SAFE));
	*(str *)((char *)record + fd->offset) = arena_str(a, str_of(text));
	free(text);
	return (NULL);
}

/* Records one after another; each member's fault has its place. */
static const char *
list_take(struct exchange *ex, str at, const struct field *fd, json_t *v,
    struct list *out)
{
	struct arena *a = &ex->call.f->arena;
	size_t n = json_array_size(v), i;
	char place[24], *records;
	json_t *one;

	if (fd->kind != K_LIST || fd->shape == NULL)
		return (value_mistyped());
	if (n > (size_t)fd->max) {
		member_told(ex, at, fd->name, "too_long",
		    arena_printf(a, "at most %.0f", fd->max).p);
		return (NULL);
	}
	at = pointer_to(a, at, fd->name);
	records = arena_array(a, n, fd->shape->size);
	*out = (struct list){ records, n };
	for (i = 0; i < n; i++, records += fd->shape->size) {
		one = json_array_get(v, i);
		snprintf(place, sizeof(place), "%zu", i);
		shape_clear(fd->shape, records);
		if (json_is_object(one))
			object_walk(ex, pointer_to(a, at, place), fd->shape,
			    one, records);
		else
			member_fault(ex, at, place, value_mistyped());
	}
	return (NULL);
}

static const char *
member_take(struct exchange *ex, str at, const struct field *fd, json_t *v,
    void *record)
{
	struct arena *a = &ex->call.f->arena;
	str text;

	if (fd->kind == K_JSON)
		return (member_json(a, fd, v, record));
	switch (json_typeof(v)) {
	case JSON_STRING:
		if (fd->kind == K_BOOL || fd->kind == K_LONG ||
		    fd->kind == K_REAL)
			return (value_mistyped());
		text = (str){ json_string_value(v), json_string_length(v) };
		return (value_of_text(a, fd, arena_str(a, text), record));
	case JSON_INTEGER:
		return (value_of_long(fd, json_integer_value(v), record));
	case JSON_REAL:
		return (value_of_real(fd, json_real_value(v), record));
	case JSON_TRUE:
	case JSON_FALSE:
		return (fd->kind != K_BOOL ? value_mistyped() :
		    value_of_text(a, fd, json_is_true(v) ? S("true") :
		    S("false"), record));
	case JSON_ARRAY:
		return (list_take(ex, at, fd, v,
		    (struct list *)(void *)((char *)record + fd->offset)));
	case JSON_OBJECT:
		if (fd->kind != K_SHAPE)
			return (value_mistyped());
		object_walk(ex, pointer_to(a, at, fd->name), fd->shape, v,
		    (char *)record + fd->offset);
		return (NULL);
	default:
		return (value_mistyped());
	}
}

static void
object_walk(struct exchange *ex, str at, const struct shape *sh,
    json_t *object, void *record)
{
	const struct field *fd;
	const char *name, *why;
	json_t *v;

	json_object_foreach(object, name, v) {
		if (shape_field(sh, str_of(name)) == NULL)
			member_told(ex, at, name, "unknown",
			    "not known here");
	}
	for (fd = sh->fields; fd->name != NULL; fd++) {
		v = json_object_get(object, fd->name);
		if (v == NULL || (json_is_null(v) && !fd->must)) {
			if (fd->must)
				member_told(ex, at, fd->name, "required",
				    "is missing");
			continue;
		}
		why = member_take(ex, at, fd, v, record);
		if (why != NULL)
			member_told(ex, at, fd->name, value_code(why),
			    value_said(&ex->call.f->arena, fd, why).p);
	}
}

/*
 * The number that begins at s.p[*i]; what is wrong with it, or NULL. A
 * fraction or an exponent with more digits than a double keeps may have been
 * rounded on its way; whole numbers stay whole.
 */
static const char *
number_scan(str s, size_t *i)
{
	char text[NUMBER_MAX];
	size_t digits, from;
	bool broken;
	char c;

	broken = false;
	from = *i;
	for (digits = 0; *i < s.n; (*i)++) {
		c = s.p[*i];
		if (c >= '0' && c <= '9')
			digits += digits > 0 || c != '0';
		else if (c == '.' || c == 'e' || c == 'E')
			broken = true;
		else if (c != '-' && c != '+')
			break;
	}
	if (broken && digits > DIGITS_SAFE)
		return (value_imprecise());
	if (*i - from >= sizeof(text))
		return (value_too_big());
	memcpy(text, s.p + from, *i - from);
	text[*i - from] = '\0';
	(*i)--;
	return (isfinite(strtod(text, NULL)) ? NULL : value_too_big());
}

/* The string that begins at s.p[*i], as it is written. */
static str
string_scan(str s, size_t *i)
{
	size_t from;

	for (from = ++(*i); *i < s.n && s.p[*i] != '"'; (*i)++)
		if (s.p[*i] == '\\')
			(*i)++;
	return ((str){ s.p + from, (*i < s.n ? *i : s.n) - from });
}

/*
 * jansson turns numbers into doubles and keeps no digits. So before it does,
 * numbers that would change are faults of the member they belong to; and
 * nesting deeper than anything we read is refused.
 */
static enum err
text_scan(struct exchange *ex, str s)
{
	size_t i, depth;
	const char *why;
	str name;

	name = S("");
	for (i = depth = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			name = string_scan(s, &i);
		else if (s.p[i] == '{' || s.p[i] == '[') {
			if (++depth > LIMIT_JSON_DEPTH)
				return (flow_fault(ex->call.f, E_BAD_REQUEST,
				    "nested too deeply"));
		} else if (s.p[i] == '}' || s.p[i] == ']')
			depth -= depth > 0;
		else if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-')
			if ((why = number_scan(s, &i)) != NULL)
				member_fault(ex, S(""), arena_z(
				    &ex->call.f->arena, name), why);
	}
	return (faults(&ex->call));
}

/* The parser stopped at `position`, where a member came again. */
static str
member_at(str text, size_t position)
{
	str name = S("");
	size_t i;

	for (i = 0; i < text.n && i < position; i++)
		if (text.p[i] == '"')
			name = string_scan(text, &i);
	return (name);
}

static enum err
unreadable(struct flow *f, str text, const json_error_t *je)
{
	if (json_error_code(je) == json_error_duplicate_key)
		return (flow_fault(f, E_BAD_REQUEST,
		    "it has the member \"%.*s\" twice: line %d",
		    STR_ARG(member_at(text, (size_t)je->position)),
		    je->line));
	return (flow_fault(f, E_BAD_REQUEST, "not JSON: line %d, column %d",
	    je->line, je->column));
}

static void
root_free(void *arg)
{
	json_decref(arg);
}

static enum err
text_decode(struct exchange *ex, str at, const struct shape *sh, str text,
    void *record)
{
	struct flow *f = ex->call.f;
	json_error_t je;
	json_t *root;

	TRY(text_scan(ex, text));
	root = json_loadb(text.p, text.n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &je);
	if (root == NULL)
		return (unreadable(f, text, &je));
	flow_defer(f, root_free, root);
	if (json_is_object(root))
		object_walk(ex, at, sh, root, record);
	else
		(void)fault(&ex->call, at.p, "type", "must be an object");
	flow_undefer(f, root_free, root);
	root_free(root);
	return (faults(&ex->call));
}

enum err
body_decode(struct exchange *ex, str text)
{
	return (text_decode(ex, S(""), ex->call.route->body, text,
	    ex->call.body));
}

enum err
call_read(struct call *c, const char *at, const struct shape *sh, str text,
    void *record)
{
	shape_clear(sh, record);
	return (text_decode(exchange_of(c), str_of(at), sh, text, record));
}

enum err
text_read(struct flow *f, const struct shape *sh, str text, void *record)
{
	struct exchange *ex = ARENA_NEW(&f->arena, struct exchange);
	enum err e;

	ex->call.f = f;
	ex->call.exchange = ex;
	shape_clear(sh, record);
	e = text_decode(ex, S(""), sh, text, record);
	if (ex->fault_count > 0)
		return (flow_fault(f, e, "%.*s %.*s",
		    STR_ARG(ex->faults[0].pointer),
		    STR_ARG(ex->faults[0].detail)));
	return (e);
}
