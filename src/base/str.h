/*
 * str: a view of bytes somebody else owns, with its length; not terminated.
 * `p == NULL` means "none", which is not the same as empty.
 */
#ifndef BURSAR_BASE_STR_H
#define BURSAR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	const char	*p;
	size_t		 n;
} str;

#define STR_NONE	((str){ NULL, 0 })
/* A string literal as a str. */
#define S(lit)		((str){ (lit), sizeof(lit) - 1 })
/* For printf's "%.*s". */
#define STR_ARG(s)	(int)(s).n, (s).p

str	str_of(const char *z);		/* NULL gives STR_NONE */
bool	str_eq(str a, str b);		/* STR_NONE equals only STR_NONE */
bool	str_eqz(str a, const char *z);
bool	str_eq_nocase(str a, str b);	/* ASCII */
bool	str_starts(str s, str prefix);
int	str_cmp(str a, str b);		/* bytewise, as memcmp */
str	str_trim(str s);		/* ASCII white space off both ends */
/*
 * Take the part before the first `sep` off `*rest` and answer it; false at
 * the end. A string without `sep` is one part; STR_NONE has none.
 */
bool	str_cut(str *rest, char sep, str *part);
/* A decimal integer and nothing else; false when it is not one or too big. */
bool	str_long(str s, int64_t *out);
/*
 * Bytes of the UTF-8 code point that `s` begins with; 0 when it begins with
 * none: empty, cut short, a surrogate or an overlong form.
 */
size_t	str_point(str s);
/* Valid UTF-8, no surrogates, no overlong forms. A NUL byte is valid. */
bool	str_utf8(str s);
/* Unicode code points in a valid UTF-8 string. */
size_t	str_points(str s);

#endif
