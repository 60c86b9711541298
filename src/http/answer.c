/*
 * Answers: validators, compression and the headers that every answer has,
 * handed to Kore as one block.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <kore/kore.h>
#include <kore/http.h>
#include <zlib.h>

#include "base/settings.h"
#include "http/exchange.h"

#define GZIP_FROM_BYTES	1024
#define GZIP_UPTO_BYTES	(128 * 1024)	/* more would hold up the loop */

/* Each on its line, without the last line end. */
static const char fixed_headers[] =
    "x-content-type-options: nosniff\r\n"
    "referrer-policy: no-referrer\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "permissions-policy: camera=(), geolocation=(), microphone=(), "
	"payment=()\r\n"
    "content-security-policy: default-src 'self'; script-src 'self'; "
	"style-src 'self'; img-src 'self' data:; connect-src 'self'; "
	"object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
	"form-action 'self'; require-trusted-types-for 'script'";

const char *
answer_fixed_headers(void)
{
	return (fixed_headers);
}

/*
 * 64 bits over the text, eight bytes at a time: multiply and fold, with odd
 * constants. It tells versions of an answer apart; it protects nothing.
 */
uint64_t
text_hash(str s)
{
	const uint64_t k = 0x9e3779b97f4a7c15u;
	uint64_t h, w;
	size_t i;

	h = s.n * k;
	for (i = 0; i + 8 <= s.n; i += 8) {
		memcpy(&w, s.p + i, 8);
		h = (h ^ w) * k;
		h ^= h >> 29;
	}
	w = 0;
	memcpy(&w, s.p + i, s.n - i);
	h = (h ^ w) * k;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	return (h ^ h >> 32);
}

static void
answer_tag(struct exchange *ex)
{
	if (ex->method != GET || ex->status != 200 || ex->etag.p != NULL ||
	    ex->stream != NULL || ex->call.route == NULL ||
	    ex->call.route->type != NULL)
		return;
	ex->etag = arena_printf(&ex->call.f->arena, "\"%016llx\"",
	    (unsigned long long)text_hash(ex->text));
}

/* RFC 9110, 13.1.2: weak comparison; a list of tags, or "*". */
static bool
answer_known(struct exchange *ex)
{
	str list, tag;

	if (ex->etag.p == NULL || ex->status != 200)
		return (false);
	list = call_header(&ex->call, "if-none-match");
	while (list.p != NULL && str_cut(&list, ',', &tag)) {
		tag = str_trim(tag);
		if (str_starts(tag, S("W/")))
			tag.p += 2, tag.n -= 2;
		if (str_eq(tag, ex->etag) || str_eq(tag, S("*")))
			return (true);
	}
	return (false);
}

bool
client_takes(struct exchange *ex, str coding)
{
	str list, one, name;

	list = call_header(&ex->call, "accept-encoding");
	while (list.p != NULL && str_cut(&list, ',', &one)) {
		if (!str_cut(&one, ';', &name))
			continue;
		if (str_eq_nocase(str_trim(name), coding) &&
		    !str_eq(str_trim(one), S("q=0")))
			return (true);
	}
	return (false);
}

/* Answers to whoever is not known hold tokens: those stay as they are. */
static void
answer_gzip(struct exchange *ex)
{
	z_stream z = { 0 };
	uLong most;
	Bytef *out;

	if (ex->text.n < GZIP_FROM_BYTES || ex->text.n > GZIP_UPTO_BYTES ||
	    ex->call.f->who.role == ROLE_NONE || !client_takes(ex, S("gzip")))
		return;
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	most = deflateBound(&z, (uLong)ex->text.n);
	out = arena_alloc(&ex->call.f->arena, most);
	z.next_in = (Bytef *)(uintptr_t)ex->text.p;
	z.avail_in = (uInt)ex->text.n;
	z.next_out = out;
	z.avail_out = (uInt)most;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
		ex->text = (str){ (char *)out, z.total_out };
		reply_header(&ex->call, "content-encoding", S("gzip"));
	}
	deflateEnd(&z);
}

static const char *
answer_caching(const struct exchange *ex)
{
	if (ex->caching != NULL)
		return (ex->caching);
	return (ex->etag.p != NULL ? "private, no-cache" : "no-store");
}

static const char *
date_now(void)
{
	static char text[40];
	static time_t of;
	struct tm tm;
	time_t now;

	now = time(NULL);
	if (now == of)
		return (text);
	of = now;
	gmtime_r(&now, &tm);
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	return (text);
}

/* ---- the block of headers ---- */

struct block {
	char	*p;
	size_t	 n;
};

static void
block_put(struct block *b, str s)
{
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

/* A value cannot end its line. */
static void
block_line(struct block *b, str name, str value)
{
	size_t i;

	block_put(b, S("\r\n"));
	block_put(b, name);
	block_put(b, S(": "));
	for (i = 0; i < value.n; i++)
		b->p[b->n++] = (unsigned char)value.p[i] < ' ' ? ' ' :
		    value.p[i];
}

static size_t
block_room(const struct exchange *ex)
{
	size_t i, n;

	n = sizeof(fixed_headers) + 512 + ex->etag.n + ex->type.n +
	    ex->request_id.n;
	for (i = 0; i < ex->header_count; i++)
		n += strlen(ex->headers[i].name) + ex->headers[i].value.n + 4;
	return (n);
}

/* Without the name of the first line, which Kore writes. */
static const char *
answer_block(struct exchange *ex)
{
	struct block b = { .n = 0 };
	size_t i;

	b.p = arena_alloc(&ex->call.f->arena, block_room(ex));
	block_put(&b, str_of(date_now()));
	block_line(&b, S("cache-control"), str_of(answer_caching(ex)));
	block_line(&b, S("x-request-id"), ex->request_id);
	block_put(&b, S("\r\n"));
	block_put(&b, str_of(fixed_headers));
	if (str_starts(str_of(settings.public_url), S("https://")))
		block_line(&b, S("strict-transport-security"),
		    S("max-age=31536000; includeSubDomains"));
	if (ex->etag.p != NULL)
		block_line(&b, S("etag"), ex->etag);
	if (ex->status != 204 && ex->status != 304) {
		block_line(&b, S("content-type"), ex->type);
		block_line(&b, S("vary"), S("accept-encoding"));
	}
	for (i = 0; i < ex->header_count; i++)
		block_line(&b, str_of(ex->headers[i].name),
		    ex->headers[i].value);
	return (b.p);
}

void
answer_send(struct exchange *ex)
{
	if (ex->stream == NULL) {
		answer_tag(ex);
		if (answer_known(ex)) {
			ex->status = 304;
			ex->text = S("");
		} else if (ex->call.route != NULL)
			answer_gzip(ex);
	}
	http_response_header(ex->req, "date", answer_block(ex));
	if (ex->stream != NULL) {
		stream_begin(ex);
		return;
	}
	http_response(ex->req, ex->status,
	    ex->text.n > 0 ? ex->text.p : NULL, ex->text.n);
	ex->req->owner->http_timeout = 0;
}
