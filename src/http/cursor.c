/*
 * Cursors: where a page ended, as the function that made it wants to read
 * it, sealed so that what comes back is what went out, to the same tenant
 * and the same route.
 */
#include <string.h>

#include <openssl/hmac.h>

#include "http/exchange.h"

#define SEAL_BYTES	12
#define CONTENT_MAX	256

static unsigned char seal_key[32];

static const char digits64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
http_key(const unsigned char key[32])
{
	memcpy(seal_key, key, sizeof(seal_key));
}

/* Over the tenant, the route and the content, each at a fixed place. */
static void
seal_make(struct exchange *ex, str content, unsigned char out[SEAL_BYTES])
{
	const struct who *who = &ex->call.f->who;
	unsigned char mac[EVP_MAX_MD_SIZE], *text;
	str id;
	unsigned n;

	id = str_of(ex->call.route->id);
	text = arena_alloc(&ex->call.f->arena,
	    sizeof(who->tenant) + id.n + 1 + content.n);
	memcpy(text, who->tenant.b, sizeof(who->tenant));
	memcpy(text + sizeof(who->tenant), id.p, id.n);
	memcpy(text + sizeof(who->tenant) + id.n + 1, content.p, content.n);
	HMAC(EVP_sha256(), seal_key, sizeof(seal_key), text,
	    sizeof(who->tenant) + id.n + 1 + content.n, mac, &n);
	memcpy(out, mac, SEAL_BYTES);
}

static str
text64(struct arena *a, const unsigned char *p, size_t n)
{
	unsigned bits, have;
	size_t i, len;
	char *out;

	out = arena_alloc(a, n * 4 / 3 + 4);
	bits = have = 0;
	for (i = len = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 6; have -= 6)
			out[len++] = digits64[bits >> (have - 6) & 63];
	}
	if (have > 0)
		out[len++] = digits64[bits << (6 - have) & 63];
	return ((str){ out, len });
}

/* False on a character that is none of the alphabet. */
static bool
bytes64(str s, unsigned char *out, size_t *n)
{
	const char *at;
	unsigned bits, have;
	size_t i;

	bits = have = 0;
	*n = 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\0' || (at = strchr(digits64, s.p[i])) == NULL)
			return (false);
		bits = bits << 6 | (unsigned)(at - digits64);
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[(*n)++] = (unsigned char)(bits >> have);
		}
	}
	return (true);
}

str
cursor_seal(struct exchange *ex, str content)
{
	unsigned char raw[SEAL_BYTES + CONTENT_MAX];

	if (content.n > CONTENT_MAX)
		content.n = CONTENT_MAX;
	seal_make(ex, content, raw);
	memcpy(raw + SEAL_BYTES, content.p, content.n);
	return (text64(&ex->call.f->arena, raw, SEAL_BYTES + content.n));
}

enum err
cursor_open(struct exchange *ex, str sealed)
{
	unsigned char raw[SEAL_BYTES + CONTENT_MAX], seal[SEAL_BYTES];
	size_t n;
	str content;

	n = 0;
	if (sealed.n * 3 / 4 <= sizeof(raw) && bytes64(sealed, raw, &n) &&
	    n >= SEAL_BYTES) {
		content = arena_str(&ex->call.f->arena,
		    (str){ (char *)raw + SEAL_BYTES, n - SEAL_BYTES });
		seal_make(ex, content, seal);
		if (CRYPTO_memcmp(raw, seal, SEAL_BYTES) == 0) {
			ex->cursor = content;
			return (OK);
		}
	}
	return (E_BAD_REQUEST);
}
