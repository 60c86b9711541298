/*
 * Ids and the kernel's randomness. No state is kept, so that processes that
 * were forked from one never make the same id.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/day.h"
#include "base/uuid.h"

void
random_bytes(void *out, size_t n)
{
	unsigned char *p = out;
	ssize_t got;

	while (n > 0) {
		got = getrandom(p, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			fprintf(stderr, "random: the kernel gives none: %s\n",
			    strerror(errno));
			abort();
		}
		p += got;
		n -= (size_t)got;
	}
}

uuid
uuid_new(void)
{
	uint64_t ms = (uint64_t)(instant_now().us / 1000);
	uuid u;
	int i;

	for (i = 0; i < 6; i++)
		u.b[i] = (uint8_t)(ms >> (40 - 8 * i));
	random_bytes(u.b + 6, sizeof(u.b) - 6);
	u.b[6] = (uint8_t)(0x70 | (u.b[6] & 0x0f));	/* version 7 */
	u.b[8] = (uint8_t)(0x80 | (u.b[8] & 0x3f));	/* RFC 9562's variant */
	return (u);
}

bool
uuid_ok(uuid u)
{
	return (!uuid_eq(u, UUID_NONE));
}

bool
uuid_eq(uuid a, uuid b)
{
	return (memcmp(a.b, b.b, sizeof(a.b)) == 0);
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c = (char)(c | 0x20);
	return (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
}

/* Does a dash stand before byte `i` of the text? */
static bool
dash_before(int i)
{
	return (i == 4 || i == 6 || i == 8 || i == 10);
}

bool
uuid_parse(str s, uuid *out)
{
	const char *p = s.p;
	int i, high, low;
	uuid u;

	if (s.n != UUID_TEXT_MAX - 1)
		return (false);
	for (i = 0; i < 16; i++) {
		if (dash_before(i) && *p++ != '-')
			return (false);
		high = nibble(*p++);
		low = nibble(*p++);
		if (high < 0 || low < 0)
			return (false);
		u.b[i] = (uint8_t)(high << 4 | low);
	}
	*out = u;
	return (true);
}

size_t
uuid_print(uuid u, char out[UUID_TEXT_MAX])
{
	static const char hex[] = "0123456789abcdef";
	char *p = out;
	int i;

	for (i = 0; i < 16; i++) {
		if (dash_before(i))
			*p++ = '-';
		*p++ = hex[u.b[i] >> 4];
		*p++ = hex[u.b[i] & 15];
	}
	*p = '\0';
	return ((size_t)(p - out));
}
