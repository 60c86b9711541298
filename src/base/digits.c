/*
 * Decimal text of unsigned integers. Pairs of digits halve the divisions,
 * which are what the time goes into.
 */
#include <string.h>

#include "base/digits.h"

static const char pairs[] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

char *
digits_pad(char *p, uint64_t n, int width)
{
	int i;

	for (i = width; i >= 2; i -= 2) {
		memcpy(p + i - 2, pairs + 2 * (n % 100), 2);
		n /= 100;
	}
	if (i == 1)
		*p = (char)('0' + n % 10);
	return (p + width);
}

static int
digits_count(uint64_t n)
{
	int count;

	for (count = 1; n >= 10000; count += 4)
		n /= 10000;
	return (count + (n >= 10) + (n >= 100) + (n >= 1000));
}

char *
digits_put(char *p, uint64_t n)
{
	return (digits_pad(p, n, digits_count(n)));
}
