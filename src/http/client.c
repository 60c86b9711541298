/*
 * The client as its request shows it: header fields, its address, its name
 * for the request, and what it is willing to take.
 */
#include <ctype.h>
#include <string.h>

#include <arpa/inet.h>
#include <kore/kore.h>
#include <kore/http.h>

#include "base/settings.h"
#include "http/exchange.h"

#define REQUEST_ID_MAX	64
#define WEIGHT_FULL	1000

/* ---- header fields ----------------------------------------------- */

/* RFC 9110, 5.3: several lines of one name are one list. */
str
call_header(struct call *c, const char *name)
{
	const struct http_header *hdr;
	const struct exchange *ex = exchange_of(c);
	const char *between = strcmp(name, "cookie") == 0 ? "; " : ", ";
	str all = STR_NONE;

	if (ex->req == NULL)
		return (STR_NONE);
	TAILQ_FOREACH(hdr, &ex->req->req_headers, list) {
		if (strcasecmp(hdr->header, name) != 0)
			continue;
		all = all.p == NULL ?
		    arena_str(&c->f->arena, str_of(hdr->value)) :
		    arena_printf(&c->f->arena, "%.*s%s%s", STR_ARG(all),
		    between, hdr->value);
	}
	return (all);
}

str
call_cookie(struct call *c, const char *name)
{
	str list, one, key;

	list = call_header(c, "cookie");
	while (list.p != NULL && str_cut(&list, ';', &one)) {
		one = str_trim(one);
		if (str_cut(&one, '=', &key) && str_eqz(key, name) &&
		    one.p != NULL)
			return (one);
	}
	return (STR_NONE);
}

/* The client's own name for the request, if it is one, or a new one. */
str
client_request_id(struct call *c)
{
	char text[UUID_TEXT_MAX];
	size_t i;
	str id;

	id = call_header(c, "x-request-id");
	for (i = 0; i < id.n && i <= REQUEST_ID_MAX; i++)
		if (!isalnum((unsigned char)id.p[i]) &&
		    memchr("._-", id.p[i], 3) == NULL)
			break;
	if (id.n > 0 && i == id.n && i <= REQUEST_ID_MAX)
		return (id);
	uuid_print(uuid_new(), text);
	return (arena_str(&c->f->arena, str_of(text)));
}

/* The trace id of "00-<32 hex>-<16 hex>-<2 hex>", whatever its version. */
str
client_trace(struct call *c)
{
	static const char hex[] = "0123456789abcdef";
	static const char mask[] =
	    "xx-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxx-xx";
	str s = call_header(c, "traceparent");
	size_t i, zeros;

	if (s.n < sizeof(mask) - 1)
		return (STR_NONE);
	for (i = zeros = 0; mask[i] != '\0'; i++) {
		if (mask[i] == '-' ? s.p[i] != '-' : s.p[i] == '\0' ||
		    strchr(hex, s.p[i]) == NULL)
			return (STR_NONE);
		zeros += i >= 3 && i < 35 && s.p[i] == '0';
	}
	return (zeros == 32 ? STR_NONE : (str){ s.p + 3, 32 });
}

/* ---- its address ------------------------------------------------- */

static str
address_print(struct arena *a, int family, const void *address)
{
	const struct in6_addr *in6 = address;
	char text[INET6_ADDRSTRLEN];

	if (family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(in6)) {
		family = AF_INET;
		address = in6->s6_addr + 12;
	}
	if (inet_ntop(family, address, text, sizeof(text)) == NULL)
		return (STR_NONE);
	return (arena_str(a, str_of(text)));
}

/* "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]:80"; STR_NONE
 * when it is no address. */
str
address_read(struct arena *a, str text)
{
	unsigned char in[sizeof(struct in6_addr)];
	const char *colon;
	str inner;

	text = str_trim(text);
	if (str_starts(text, S("["))) {
		text.p++, text.n--;
		if (!str_cut(&text, ']', &inner) || text.p == NULL)
			return (STR_NONE);
		text = inner;
	} else {
		colon = memchr(text.p, ':', text.n);
		if (colon != NULL && memchr(colon + 1, ':',
		    text.n - (size_t)(colon + 1 - text.p)) == NULL)
			text.n = (size_t)(colon - text.p);
	}
	if (text.n >= INET6_ADDRSTRLEN)
		return (STR_NONE);
	if (inet_pton(AF_INET, arena_z(a, text), in) == 1)
		return (address_print(a, AF_INET, in));
	if (inet_pton(AF_INET6, arena_z(a, text), in) == 1)
		return (address_print(a, AF_INET6, in));
	return (STR_NONE);
}

static str
peer_address(struct arena *a, const struct connection *con)
{
	str text = STR_NONE;

	if (con->family == AF_INET)
		text = address_print(a, AF_INET, &con->addr.ipv4.sin_addr);
	else if (con->family == AF_INET6)
		text = address_print(a, AF_INET6,
		    &con->addr.ipv6.sin6_addr);
	return (text.p != NULL ? text : S("local"));
}

static bool
proxy_trusted(str address)
{
	str list, one;

	list = str_of(settings.trusted_proxies);
	while (list.p != NULL && str_cut(&list, ',', &one))
		if (str_eq(str_trim(one), address))
			return (true);
	return (false);
}

/* The part behind the last comma, off the end of `*list`. */
static bool
list_last(str *list, str *last)
{
	size_t i;

	if (list->p == NULL)
		return (false);
	for (i = list->n; i > 0 && list->p[i - 1] != ','; i--)
		;
	*last = (str){ list->p + i, list->n - i };
	*list = i > 0 ? (str){ list->p, i - 1 } : STR_NONE;
	return (true);
}

/*
 * Each proxy adds whom it heard, at the end. So it is read from there, as
 * long as who says it is trusted and what it says is an address.
 */
static str
address_behind(struct call *c, str peer)
{
	str list, last, before;

	if (!proxy_trusted(peer))
		return (peer);
	list = call_header(c, "x-forwarded-for");
	while (proxy_trusted(peer) && list_last(&list, &last)) {
		before = address_read(&c->f->arena, last);
		if (before.p == NULL)
			break;
		peer = before;
	}
	return (peer);
}

str
client_address(struct call *c)
{
	const struct exchange *ex = exchange_of(c);

	return (address_behind(c, peer_address(&c->f->arena,
	    ex->req->owner)));
}

/* ---- what it takes ----------------------------------------------- */

/* Thousandths of "; q=0.5"; all of it where there is no q. */
static int
weight_read(str params)
{
	int weight, unit;
	size_t i;
	str one;

	while (params.p != NULL && str_cut(&params, ';', &one)) {
		one = str_trim(one);
		if (one.n < 3 || (one.p[0] | 32) != 'q' || one.p[1] != '=')
			continue;
		if (one.p[2] != '0')
			return (WEIGHT_FULL);
		weight = 0;
		for (i = 4, unit = 100; i < one.n && unit > 0; i++, unit /= 10)
			if (one.p[i] >= '0' && one.p[i] <= '9')
				weight += (one.p[i] - '0') * unit;
		return (weight);
	}
	return (WEIGHT_FULL);
}

/* How much a list such as Accept wants `what`; -1 when it is not there. */
static int
list_weight(str list, str what)
{
	str one, name;

	while (list.p != NULL && str_cut(&list, ',', &one))
		if (str_cut(&one, ';', &name) &&
		    str_eq_nocase(str_trim(name), what))
			return (weight_read(one));
	return (-1);
}

static int
coding_weight(str list, str coding)
{
	int weight;

	weight = list_weight(list, coding);
	if (weight == -1)
		weight = list_weight(list, S("*"));
	return (weight);
}

str
client_coding(struct exchange *ex, bool gzip, bool br)
{
	int by_gzip, by_br, by_plain;
	str list;

	if (!gzip && !br)
		return (STR_NONE);
	list = call_header(&ex->call, "accept-encoding");
	by_gzip = gzip ? coding_weight(list, S("gzip")) : 0;
	by_br = br ? coding_weight(list, S("br")) : 0;
	by_plain = list_weight(list, S("identity"));
	if (by_br > 0 && by_br >= by_gzip && by_br >= by_plain)
		return (S("br"));
	return (by_gzip > 0 && by_gzip >= by_plain ? S("gzip") : STR_NONE);
}

/* The most exact range that fits decides. */
bool
client_accepts(struct exchange *ex, str type)
{
	str list, major;
	int weight;

	list = call_header(&ex->call, "accept");
	if (list.p == NULL || str_trim(list).n == 0)
		return (true);
	if (!str_cut(&type, ';', &major))
		return (true);
	type = str_trim(major);
	weight = list_weight(list, type);
	if (weight == -1 && str_cut(&type, '/', &major))
		weight = list_weight(list, arena_printf(
		    &ex->call.f->arena, "%.*s/*", STR_ARG(major)));
	if (weight == -1)
		weight = list_weight(list, S("*/*"));
	return (weight > 0);
}
