/*
 * schema: shapes as JSON schemas. Inner header of http/.
 */
#ifndef BURSAR_HTTP_SCHEMA_H
#define BURSAR_HTTP_SCHEMA_H

#include "http/exchange.h"

#define SCHEMAS_MAX	256

struct schemas {
	const struct shape	*of[SCHEMAS_MAX];
	size_t			 n;
};

/* `sh` and all it is made of; NULL adds nothing. */
void	schema_gather(struct schemas *all, const struct shape *sh);
/* Its name as a key, and the schema. */
void	schema_shape(struct json *j, const struct shape *sh);
void	schema_field(struct json *j, const struct field *fd);
void	schema_ref(struct json *j, const char *name);
/* JSON text as indented lines, so that a change shows as a few of them. */
str	text_indent(struct arena *a, str s);

#endif
