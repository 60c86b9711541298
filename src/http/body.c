/*
 * A JSON body: parsed by jansson, which refuses duplicate members, broken
 * UTF-8, NUL and trailing data; then walked beside the shape.
 */
#include <string.h>

#include <jansson.h>

#include "http/value.h"

#define DIGITS_SAFE	15	/* that any double keeps */

static void
member_fault(struct exchange *ex, str at, const char *name, const char *why)
{
	struct arena *a = &ex->call.f->arena;

	(void)fault(&ex->call, arena_printf(a, "%.*s/%s", STR_ARG(at),
	    name).p, value_code(why), "%s", why);
}

static void	object_walk(struct exchange *ex, str at,
		    const struct shape *sh, json_t *object, void *record);

static const char *
member_take(struct exchange *ex, str at, const struct field *fd, json_t *v,
    void *record)
{
	struct arena *a = &ex->call.f->arena;
	str text;

	switch (json_typeof(v)) {
	case JSON_STRING:
		if (fd->kind == K_BOOL || fd->kind == K_LONG ||
		    fd->kind == K_REAL)
			return ("not of the kind this member has");
		text = (str){ json_string_value(v), json_string_length(v) };
		return (value_of_text(a, fd, arena_str(a, text), record));
	case JSON_INTEGER:
		return (value_of_long(fd, json_integer_value(v), record));
	case JSON_REAL:
		return (value_of_real(fd, json_real_value(v), record));
	case JSON_TRUE:
	case JSON_FALSE:
		return (fd->kind != K_BOOL ? "not of the kind this member has"
		    : value_of_text(a, fd, json_is_true(v) ? S("true") :
		    S("false"), record));
	case JSON_OBJECT:
		if (fd->kind != K_SHAPE)
			return ("not of the kind this member has");
		object_walk(ex, arena_printf(a, "%.*s/%s", STR_ARG(at),
		    fd->name), fd->shape, v, (char *)record + fd->offset);
		return (NULL);
	default:
		return ("not of the kind this member has");
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
			(void)fault(&ex->call, arena_printf(
			    &ex->call.f->arena, "%.*s/%s", STR_ARG(at),
			    name).p, "unknown", "not known here");
	}
	for (fd = sh->fields; fd->name != NULL; fd++) {
		v = json_object_get(object, fd->name);
		if (v == NULL || (json_is_null(v) && !fd->must)) {
			if (fd->must)
				(void)fault(&ex->call, arena_printf(
				    &ex->call.f->arena, "%.*s/%s",
				    STR_ARG(at), fd->name).p, "required",
				    "is missing");
			continue;
		}
		why = member_take(ex, at, fd, v, record);
		if (why != NULL)
			member_fault(ex, at, fd->name, why);
	}
}

/*
 * One number from s.p[*i] on; false when it has a fraction or an exponent
 * and more digits than a double keeps. (Whole numbers stay whole.)
 */
static bool
number_scan(str s, size_t *i)
{
	size_t digits;
	bool broken;
	char c;

	broken = false;
	for (digits = 0; *i < s.n; (*i)++) {
		c = s.p[*i];
		if (c >= '0' && c <= '9')
			digits += digits > 0 || c != '0';
		else if (c == '.' || c == 'e' || c == 'E')
			broken = true;
		else if (c != '-' && c != '+')
			break;
	}
	(*i)--;
	return (!broken || digits <= DIGITS_SAFE);
}

/*
 * jansson turns numbers into doubles and keeps no digits. So before it does,
 * a number is refused that has more digits than a double keeps; and nesting
 * that is deeper than anything we read.
 */
static const char *
text_scan(str s)
{
	size_t i, depth;
	bool quoted;

	quoted = false;
	for (i = depth = 0; i < s.n; i++) {
		if (quoted) {
			if (s.p[i] == '\\')
				i++;
			else
				quoted = s.p[i] != '"';
		} else if (s.p[i] == '"')
			quoted = true;
		else if (s.p[i] == '{' || s.p[i] == '[') {
			if (++depth > LIMIT_JSON_DEPTH)
				return ("nested too deeply");
		} else if (s.p[i] == '}' || s.p[i] == ']')
			depth -= depth > 0;
		else if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-')
			if (!number_scan(s, &i))
				return ("a number with more than 15 digits "
				    "may have been rounded on its way: send "
				    "it as a string");
	}
	return (NULL);
}

static void
root_free(void *arg)
{
	json_decref(arg);
}

enum err
body_decode(struct exchange *ex, str text)
{
	struct flow *f = ex->call.f;
	json_error_t je;
	const char *why;
	json_t *root;

	if ((why = text_scan(text)) != NULL)
		return (flow_fault(f, E_BAD_REQUEST, "%s", why));
	root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &je);
	if (root == NULL)
		return (flow_fault(f, E_BAD_REQUEST,
		    "not JSON: line %d, column %d", je.line, je.column));
	flow_defer(f, root_free, root);
	if (json_is_object(root))
		object_walk(ex, S(""), ex->call.route->body, root,
		    ex->call.body);
	else
		(void)fault(&ex->call, "", "type", "must be an object");
	flow_undefer(f, root_free, root);
	root_free(root);
	return (faults(&ex->call));
}
