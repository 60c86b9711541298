/*
 * real: the shortest decimal text that reads back as the same double. libc's
 * printf must be asked for 15, 16 and 17 digits in turn, and each answer be
 * read back, which takes a microsecond; a series has a million of them.
 */
#ifndef BURSAR_BASE_REAL_H
#define BURSAR_BASE_REAL_H

#include <stddef.h>

#define REAL_TEXT_MAX	32

/*
 * As printf's %g writes so many digits; x is finite. Answers the length;
 * it is not terminated.
 */
size_t	real_print(double x, char out[REAL_TEXT_MAX]);

#endif
