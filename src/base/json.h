/*
 * json: a writer that cannot produce broken JSON: every string is escaped,
 * NaN and infinity are null, decimals are strings. It does not read.
 */
#ifndef BURSAR_BASE_JSON_H
#define BURSAR_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/field.h"

#define JSON_DEPTH_MAX	32

struct json {
	struct arena	*arena;
	char		*p;		/* text so far, not terminated */
	size_t		 n, cap;
	int		 depth;
	bool		 comma[JSON_DEPTH_MAX];
	bool		 object[JSON_DEPTH_MAX];
	bool		 key;		/* a key waits for its value */
};

void	json_init(struct json *j, struct arena *a);
str	json_text(const struct json *j);	/* valid until the next write */

void	json_open(struct json *j);		/* { */
void	json_close(struct json *j);		/* } */
void	json_array(struct json *j);		/* [ */
void	json_array_end(struct json *j);		/* ] */
void	json_key(struct json *j, const char *key);
void	json_null(struct json *j);
void	json_bool(struct json *j, bool b);
void	json_long(struct json *j, int64_t n);
/* Shortest text that reads back the same; NaN and infinity: null. */
void	json_real(struct json *j, double x);
void	json_str(struct json *j, str s);	/* STR_NONE: null */
void	json_z(struct json *j, const char *z);
void	json_dec(struct json *j, dec d);	/* a string; DEC_NONE: null */
/* As a number rounded half-even to `places`; DEC_NONE: null. */
void	json_dec_number(struct json *j, dec d, int places);
void	json_day(struct json *j, day d);
void	json_instant(struct json *j, instant t);
void	json_uuid(struct json *j, uuid u);
void	json_raw(struct json *j, str text);	/* already JSON */

/* One value of a field; a whole record; a run of records. */
void	json_field(struct json *j, const struct field *fd, const void *record);
void	json_record(struct json *j, const struct shape *sh, const void *record);
void	json_records(struct json *j, const struct shape *sh, const void *v,
	    size_t n);

#endif
