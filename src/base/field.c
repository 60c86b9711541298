/*
 * What can be said of a record's fields without knowing where they are read
 * from or written to.
 */
#include <math.h>
#include <string.h>

#include "base/field.h"

static const size_t sizes[] = {
	[K_BOOL] = sizeof(bool),
	[K_LONG] = sizeof(int64_t),
	[K_REAL] = sizeof(double),
	[K_STR] = sizeof(str),
	[K_DEC] = sizeof(dec),
	[K_DAY] = sizeof(day),
	[K_INSTANT] = sizeof(instant),
	[K_UUID] = sizeof(uuid),
	[K_ENUM] = sizeof(int),
	[K_SHAPE] = 0,		/* the shape says */
	[K_LIST] = sizeof(struct list),
	[K_JSON] = sizeof(str),
};

size_t
kind_size(enum kind k)
{
	return (sizes[k]);
}

size_t
field_element_size(const struct field *fd)
{
	return (fd->shape != NULL ? fd->shape->size : kind_size(fd->of));
}

/* Kinds whose "none" is all bits zero are done by shape_clear's memset. */
static void
field_clear(const struct field *fd, char *at)
{
	switch (fd->kind) {
	case K_LONG:
		*(int64_t *)at = LONG_NONE;
		break;
	case K_REAL:
		*(double *)at = NAN;
		break;
	case K_DEC:
		*(dec *)at = DEC_NONE;
		break;
	case K_DAY:
		*(day *)at = DAY_NONE;
		break;
	case K_INSTANT:
		*(instant *)at = INSTANT_NONE;
		break;
	case K_ENUM:
		*(int *)at = ENUM_NONE;
		break;
	case K_SHAPE:
		shape_clear(fd->shape, at);
		break;
	case K_BOOL:
	case K_STR:
	case K_UUID:
	case K_LIST:
	case K_JSON:
		break;
	}
}

void
shape_clear(const struct shape *sh, void *record)
{
	const struct field *fd;

	memset(record, 0, sh->size);
	for (fd = sh->fields; fd->name != NULL; fd++)
		field_clear(fd, (char *)record + fd->offset);
}

const struct field *
shape_field(const struct shape *sh, str name)
{
	const struct field *fd;

	for (fd = sh->fields; fd->name != NULL; fd++)
		if (str_eqz(name, fd->name))
			return (fd);
	return (NULL);
}

int
enum_of(const char *const *names, str s)
{
	int i;

	for (i = 0; names[i] != NULL; i++)
		if (str_eqz(s, names[i]))
			return (i);
	return (ENUM_NONE);
}

bool
field_none(const struct field *fd, const void *record)
{
	const void *at = (const char *)record + fd->offset;

	switch (fd->kind) {
	case K_BOOL:
		return (!*(const bool *)at);
	case K_LONG:
		return (*(const int64_t *)at == LONG_NONE);
	case K_REAL:
		return (isnan(*(const double *)at));
	case K_STR:
	case K_JSON:
		return (((const str *)at)->p == NULL);
	case K_DEC:
		return (!dec_ok(*(const dec *)at));
	case K_DAY:
		return (!day_ok(*(const day *)at));
	case K_INSTANT:
		return (!instant_ok(*(const instant *)at));
	case K_UUID:
		return (!uuid_ok(*(const uuid *)at));
	case K_ENUM:
		return (*(const int *)at == ENUM_NONE);
	case K_SHAPE:
	case K_LIST:
		break;
	}
	return (false);
}
