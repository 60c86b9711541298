/*
 * The two forms of a Redis address. Whatever does not fit a buffer is
 * refused rather than cut short.
 */
#include <string.h>

#include "base/str.h"
#include "cache/redis_url.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c |= 0x20;
	return (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
}

static bool
copy(str s, char *out, size_t size)
{
	if (s.n >= size || memchr(s.p, '\0', s.n) != NULL)
		return (false);
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
	return (true);
}

static bool
unescape(str s, char *out, size_t size)
{
	size_t n = 0;
	int hi, lo;

	for (size_t i = 0; i < s.n; i++, n++) {
		if (n + 1 >= size)
			return (false);
		out[n] = s.p[i];
		if (s.p[i] != '%')
			continue;
		if (i + 2 >= s.n || (hi = hex_digit(s.p[i + 1])) < 0 ||
		    (lo = hex_digit(s.p[i + 2])) < 0 || hi + lo == 0)
			return (false);
		out[n] = (char)(hi * 16 + lo);
		i += 2;
	}
	out[n] = '\0';
	return (true);
}

/* user:password@ off the front of `*rest`, if it is there. */
static bool
login_take(str *rest, struct redis_url *out)
{
	size_t slash = 0, at = SIZE_MAX;
	str login, user;

	while (
	    slash < rest->n && rest->p[slash] != '/' && rest->p[slash] != '?')
		slash++;
	for (size_t i = 0; i < slash; i++)
		if (rest->p[i] == '@')
			at = i;
	if (at == SIZE_MAX)
		return (true);
	login = (str){ rest->p, at };
	*rest = (str){ rest->p + at + 1, rest->n - at - 1 };
	if (!str_cut(&login, ':', &user))
		user = S("");
	return (unescape(user, out->user, sizeof(out->user)) &&
	    (login.p == NULL ||
		unescape(login, out->password, sizeof(out->password))));
}

static bool
db_read(str s, int *db)
{
	int64_t n;

	if (s.n == 0)
		return (true);
	if (!str_long(s, &n) || n < 0 || n > 9999)
		return (false);
	*db = (int)n;
	return (true);
}

static bool
tcp_read(str rest, struct redis_url *out)
{
	str place, host, port = STR_NONE;
	int64_t n = 6379;

	if (!str_cut(&rest, '/', &place))
		return (false);
	if (place.n > 0 && place.p[0] == '[') {
		place = (str){ place.p + 1, place.n - 1 };
		if (!str_cut(&place, ']', &host) || place.p == NULL)
			return (false);
		if (place.n > 0 && place.p[0] != ':')
			return (false);
		if (place.n > 0)
			port = (str){ place.p + 1, place.n - 1 };
	} else {
		if (!str_cut(&place, ':', &host))
			return (false);
		port = place;
	}
	if (host.n == 0 || !copy(host, out->host, sizeof(out->host)))
		return (false);
	if (port.p == NULL)
		port = S("6379");
	if (!str_long(port, &n) || n < 1 || n > 65535 ||
	    !copy(port, out->port, sizeof(out->port)))
		return (false);
	return (rest.p == NULL || db_read(rest, &out->db));
}

static bool
unix_read(str rest, struct redis_url *out)
{
	str path;

	if (!str_cut(&rest, '?', &path) || path.n < 2 || path.p[0] != '/' ||
	    !copy(path, out->path, sizeof(out->path)))
		return (false);
	if (rest.p == NULL)
		return (true);
	if (!str_starts(rest, S("db=")))
		return (false);
	return (db_read((str){ rest.p + 3, rest.n - 3 }, &out->db));
}

bool
redis_url_parse(const char *text, struct redis_url *out)
{
	str rest = str_of(text);

	memset(out, 0, sizeof(*out));
	if (str_starts(rest, S("redis://"))) {
		rest = (str){ rest.p + 8, rest.n - 8 };
		return (login_take(&rest, out) && tcp_read(rest, out));
	}
	if (str_starts(rest, S("unix://"))) {
		rest = (str){ rest.p + 7, rest.n - 7 };
		return (login_take(&rest, out) && unix_read(rest, out));
	}
	return (false);
}
