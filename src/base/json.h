/*
 * json: a writer that cannot produce broken JSON: every string is escaped,
 * NaN and infinity are null, decimals are strings. It does not read.
 * The functions are called jw_, for "JSON writer", because the library that
 * reads JSON owns the prefix json_.
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

void	jw_init(struct json *j, struct arena *a);
str	jw_text(const struct json *j);	/* valid until the next write */
/* Forgets the text so far, which was sent; what is open stays open. */
void	jw_sent(struct json *j);

void	jw_open(struct json *j);		/* { */
void	jw_close(struct json *j);		/* } */
void	jw_array(struct json *j);		/* [ */
void	jw_array_end(struct json *j);		/* ] */
void	jw_key(struct json *j, const char *key);
void	jw_null(struct json *j);
void	jw_bool(struct json *j, bool b);
void	jw_long(struct json *j, int64_t n);	/* LONG_NONE: null */
/* Shortest text that reads back the same; NaN and infinity: null. */
void	jw_real(struct json *j, double x);
void	jw_str(struct json *j, str s);	/* STR_NONE: null */
void	jw_z(struct json *j, const char *z);
void	jw_dec(struct json *j, dec d);	/* a string; DEC_NONE: null */
/* As a number rounded half-even to `places`; DEC_NONE: null. */
void	jw_dec_number(struct json *j, dec d, int places);
void	jw_day(struct json *j, day d);
void	jw_instant(struct json *j, instant t);
void	jw_uuid(struct json *j, uuid u);
void	jw_raw(struct json *j, str text);	/* already JSON */

/* One value of a field; a whole record; a run of records. */
void	jw_field(struct json *j, const struct field *fd, const void *record);
void	jw_record(struct json *j, const struct shape *sh, const void *record);
void	jw_records(struct json *j, const struct shape *sh, const void *v,
	    size_t n);

#endif
