/*
 * Records as JSON: the walk over a shape's fields that writes an answer. A
 * field without a value is null, so that a client sees the same members in
 * every answer; only one that is called sparse is left out.
 */
#include <math.h>

#include "base/json.h"

/*
 * Rounded by way of a decimal, which takes the double for exactly what it
 * is; past a decimal's range there are no places left to round.
 */
static void
real_value(struct json *j, double x, int number)
{
	dec d;

	if (number > 0 && dec_ok(d = dec_from_double(x, number - 1)))
		jw_dec_number(j, d, number - 1);
	else
		jw_real(j, x);
}

static void
list_value(struct json *j, const struct field *fd, const struct list *list)
{
	struct field element = *fd;
	size_t i, size = field_element_size(fd);

	if (fd->shape != NULL) {
		jw_records(j, fd->shape, list->v, list->n);
		return;
	}
	element.kind = fd->of;
	element.offset = 0;
	jw_array(j);
	for (i = 0; i < list->n; i++)
		jw_field(j, &element, (const char *)list->v + i * size);
	jw_array_end(j);
}

static void
dec_value(struct json *j, dec d, int number)
{
	if (number > 0)
		jw_dec_number(j, d, number - 1);
	else
		jw_dec(j, d);
}

void
jw_field(struct json *j, const struct field *fd, const void *record)
{
	const void *at = (const char *)record + fd->offset;

	switch (fd->kind) {
	case K_BOOL:
		jw_bool(j, *(const bool *)at);
		break;
	case K_LONG:
		jw_long(j, *(const int64_t *)at);
		break;
	case K_REAL:
		real_value(j, *(const double *)at, fd->number);
		break;
	case K_STR:
		jw_str(j, *(const str *)at);
		break;
	case K_DEC:
		dec_value(j, *(const dec *)at, fd->number);
		break;
	case K_DAY:
		jw_day(j, *(const day *)at);
		break;
	case K_INSTANT:
		jw_instant(j, *(const instant *)at);
		break;
	case K_UUID:
		jw_uuid(j, *(const uuid *)at);
		break;
	case K_ENUM:
		jw_z(j, *(const int *)at < 0 ? NULL :
		    fd->names[*(const int *)at]);
		break;
	case K_SHAPE:
		jw_record(j, fd->shape, at);
		break;
	case K_LIST:
		list_value(j, fd, at);
		break;
	case K_JSON:
		jw_raw(j, *(const str *)at);
		break;
	}
}

void
jw_record(struct json *j, const struct shape *sh, const void *record)
{
	const struct field *fd;

	jw_open(j);
	for (fd = sh->fields; fd->name != NULL; fd++) {
		if (fd->sparse && field_none(fd, record))
			continue;
		jw_key(j, fd->name);
		jw_field(j, fd, record);
	}
	jw_close(j);
}

void
jw_records(struct json *j, const struct shape *sh, const void *v, size_t n)
{
	size_t i;

	jw_array(j);
	for (i = 0; i < n; i++)
		jw_record(j, sh, (const char *)v + i * sh->size);
	jw_array_end(j);
}
