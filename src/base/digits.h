/*
 * digits: unsigned integers as decimal text, two digits at a time. It is
 * here because libc's printf is too slow for the JSON writer. Nothing is
 * terminated; each answers the byte after the last one written.
 */
#ifndef BURSAR_BASE_DIGITS_H
#define BURSAR_BASE_DIGITS_H

#include <stdint.h>

#define DIGITS_MAX	20	/* of a uint64_t */

/* Without leading zeros. */
char	*digits_put(char *p, uint64_t n);
/* Exactly `width` of them: n must be below 10^width, width at most 20. */
char	*digits_pad(char *p, uint64_t n, int width);

#endif
