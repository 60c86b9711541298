/*
 * view: JSON read where it stands. An answer of some megabytes is never made
 * into a tree: its text is checked once and then walked, and a number stays
 * the text it was sent as. Inner header of feed/.
 */
#ifndef BURSAR_FEED_VIEW_H
#define BURSAR_FEED_VIEW_H

#include "base/arena.h"
#include "base/day.h"
#include "base/dec.h"

#define VIEW_DEPTH_MAX 16

/* One JSON value and nothing else, nested no deeper than VIEW_DEPTH_MAX, of
 * valid UTF-8. Everything below wants text that passed. */
bool view_valid(str json);

/* Of the value's first byte. */
bool view_object(str v);
bool view_array(str v);
bool view_text(str v);
bool view_null(str v); /* null, or STR_NONE */

/* The value of `name` in an object; STR_NONE when there is none, or when
 * `object` is none. Of several the first. */
str view_member(str object, const char *name);
/* The same by a path of names, ending with NULL. */
str view_path(str object, ...) __attribute__((sentinel));
/*
 * Step through an object or an array: `*rest` begins as the whole value and
 * is consumed. Names come as they stand, escapes and all.
 */
bool view_pair(str *rest, str *name, str *value);
bool view_item(str *rest, str *value);

/* A string without its quotes and escapes, cut after `points` code points;
 * STR_NONE for what is no string, or empty. Where it stands as it is meant,
 * it points into `v`. */
str view_str(struct arena *a, str v, size_t points);
/* As member_dec reads it; from a number, or from a string that holds one. */
bool view_dec(str v, dec *out);
bool view_long(str v, int64_t *out);
bool view_day(str v, day *out);

#endif
