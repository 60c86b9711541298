/*
 * Shapes as JSON schemas: the part of openapi.json that says what is sent
 * and answered.
 */
#include <string.h>

#include "http/schema.h"

static void
pair(struct json *j, const char *key, const char *value)
{
	jw_key(j, key);
	jw_z(j, value);
}

void
schema_ref(struct json *j, const char *name)
{
	jw_open(j);
	jw_key(j, "$ref");
	jw_str(j, arena_printf(j->arena, "#/components/schemas/%s", name));
	jw_close(j);
}

static const char *
kind_type(const struct field *fd, enum kind k)
{
	switch (k) {
	case K_BOOL:
		return ("boolean");
	case K_LONG:
		return ("integer");
	case K_REAL:
		return ("number");
	case K_DEC:
		return (fd->number > 0 ? "number" : "string");
	case K_SHAPE:
		return ("object");
	case K_JSON:	/* with .of: many of those */
		return (fd->of != K_BOOL ? "array" : "object");
	case K_LIST:
		return ("array");
	case K_STR:
	case K_DAY:
	case K_INSTANT:
	case K_UUID:
	case K_ENUM:
		break;
	}
	return ("string");
}

static void
kind_detail(struct json *j, const struct field *fd, enum kind k)
{
	static const char *const formats[] = {
		[K_DAY] = "date", [K_INSTANT] = "date-time",
		[K_UUID] = "uuid", [K_LONG] = "int64", [K_JSON] = NULL
	};
	int i;

	if (k == K_DEC && fd->number == 0) {
		pair(j, "format", "decimal");
		pair(j, "pattern", "^-?[0-9]+([.][0-9]+)?$");
	} else if (formats[k] != NULL)
		pair(j, "format", formats[k]);
	if (k == K_ENUM) {
		jw_key(j, "enum");
		jw_array(j);
		for (i = 0; fd->names[i] != NULL; i++)
			jw_z(j, fd->names[i]);
		if (fd->null)
			jw_null(j);
		jw_array_end(j);
	}
}

static void
bounds(struct json *j, const struct field *fd)
{
	if (fd->kind == K_STR && fd->max > 0) {
		jw_key(j, "maxLength");
		jw_long(j, (int64_t)fd->max);
	}
	if (fd->kind == K_STR && fd->min > 0) {
		jw_key(j, "minLength");
		jw_long(j, (int64_t)fd->min);
	}
	if (fd->ranged && fd->kind != K_DEC) {
		jw_key(j, "minimum");
		jw_real(j, fd->min);
		jw_key(j, "maximum");
		jw_real(j, fd->max);
	}
}

static void
type_write(struct json *j, const char *type, bool null)
{
	jw_key(j, "type");
	if (!null) {
		jw_z(j, type);
		return;
	}
	jw_array(j);
	jw_z(j, type);
	jw_z(j, "null");
	jw_array_end(j);
}

static void
items_write(struct json *j, const struct field *fd)
{
	jw_key(j, "items");
	if (fd->shape != NULL) {
		schema_ref(j, fd->shape->name);
		return;
	}
	jw_open(j);
	type_write(j, kind_type(fd, fd->of), false);
	kind_detail(j, fd, fd->of);
	jw_close(j);
}

void
schema_field(struct json *j, const struct field *fd)
{
	jw_open(j);
	if (fd->kind == K_SHAPE) {
		jw_key(j, "allOf");
		jw_array(j);
		schema_ref(j, fd->shape->name);
		jw_array_end(j);
	} else {
		type_write(j, kind_type(fd, fd->kind), fd->null);
		kind_detail(j, fd, fd->kind);
		bounds(j, fd);
	}
	if (fd->kind == K_LIST || (fd->kind == K_JSON && fd->of != K_BOOL))
		items_write(j, fd);
	pair(j, "description", fd->doc);
	if (fd->example != NULL) {
		jw_key(j, "examples");
		jw_raw(j, arena_printf(j->arena, "[%s]", fd->example));
	}
	jw_close(j);
}

void
schema_shape(struct json *j, const struct shape *sh)
{
	const struct field *fd;

	jw_key(j, sh->name);
	jw_open(j);
	pair(j, "type", "object");
	jw_key(j, "additionalProperties");
	jw_bool(j, false);
	jw_key(j, "properties");
	jw_open(j);
	for (fd = sh->fields; fd->name != NULL; fd++) {
		jw_key(j, fd->name);
		schema_field(j, fd);
	}
	jw_close(j);
	jw_key(j, "required");
	jw_array(j);
	for (fd = sh->fields; fd->name != NULL; fd++)
		if (fd->must)
			jw_z(j, fd->name);
	jw_array_end(j);
	jw_close(j);
}

void
schema_gather(struct schemas *all, const struct shape *sh)
{
	const struct field *fd;
	size_t i;

	if (sh == NULL)
		return;
	for (i = 0; i < all->n; i++)
		if (strcmp(all->of[i]->name, sh->name) == 0)
			return;
	if (all->n == SCHEMAS_MAX)
		return;
	all->of[all->n++] = sh;
	for (fd = sh->fields; fd->name != NULL; fd++)
		schema_gather(all, fd->shape);
}
