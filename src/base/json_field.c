/*
 * Records as JSON: the walk over a shape's fields that writes an answer. A
 * field without a value is null, never left out, so that a client sees the
 * same members in every answer.
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
		json_dec_number(j, d, number - 1);
	else
		json_real(j, x);
}

static void
list_value(struct json *j, const struct field *fd, const struct list *list)
{
	struct field element = *fd;
	size_t i, size = field_element_size(fd);

	if (fd->shape != NULL) {
		json_records(j, fd->shape, list->v, list->n);
		return;
	}
	element.kind = fd->of;
	element.offset = 0;
	json_array(j);
	for (i = 0; i < list->n; i++)
		json_field(j, &element, (const char *)list->v + i * size);
	json_array_end(j);
}

static void
dec_value(struct json *j, dec d, int number)
{
	if (number > 0)
		json_dec_number(j, d, number - 1);
	else
		json_dec(j, d);
}

void
json_field(struct json *j, const struct field *fd, const void *record)
{
	const void *at = (const char *)record + fd->offset;

	switch (fd->kind) {
	case K_BOOL:
		json_bool(j, *(const bool *)at);
		break;
	case K_LONG:
		json_long(j, *(const int64_t *)at);
		break;
	case K_REAL:
		real_value(j, *(const double *)at, fd->number);
		break;
	case K_STR:
		json_str(j, *(const str *)at);
		break;
	case K_DEC:
		dec_value(j, *(const dec *)at, fd->number);
		break;
	case K_DAY:
		json_day(j, *(const day *)at);
		break;
	case K_INSTANT:
		json_instant(j, *(const instant *)at);
		break;
	case K_UUID:
		json_uuid(j, *(const uuid *)at);
		break;
	case K_ENUM:
		json_z(j, *(const int *)at < 0 ? NULL :
		    fd->names[*(const int *)at]);
		break;
	case K_SHAPE:
		json_record(j, fd->shape, at);
		break;
	case K_LIST:
		list_value(j, fd, at);
		break;
	case K_JSON:
		json_raw(j, *(const str *)at);
		break;
	}
}

void
json_record(struct json *j, const struct shape *sh, const void *record)
{
	const struct field *fd;

	json_open(j);
	for (fd = sh->fields; fd->name != NULL; fd++) {
		json_key(j, fd->name);
		json_field(j, fd, record);
	}
	json_close(j);
}

void
json_records(struct json *j, const struct shape *sh, const void *v, size_t n)
{
	size_t i;

	json_array(j);
	for (i = 0; i < n; i++)
		json_record(j, sh, (const char *)v + i * sh->size);
	json_array_end(j);
}
