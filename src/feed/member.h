/*
 * member: a number of a JSON object as the text it was sent as, because a
 * price read as a double would bring digits nobody sent. Inner header of
 * feed/.
 */
#ifndef BURSAR_FEED_MEMBER_H
#define BURSAR_FEED_MEMBER_H

#include "base/dec.h"
#include "base/str.h"

/*
 * The text of the value of `name` in the object that `json` is; of several,
 * the last. STR_NONE when there is none. `json` must be valid JSON: another
 * parser has said so. Names with escapes are not found.
 */
str member_text(str json, const char *name);

/* How deep arrays and objects are nested; also of what is no JSON. */
size_t member_depth(str json);

/* The decimal that a number's text means, as member_dec has it. */
bool member_number(str text, dec *out);

enum member { MEMBER_NUMBER, MEMBER_NULL, MEMBER_WRONG };

/*
 * The decimal that is meant: exponents are worked out, places beyond the
 * eighteenth are cut. MEMBER_NULL (and DEC_NONE) when absent or null.
 */
enum member member_dec(str json, const char *name, dec *out);

#endif
