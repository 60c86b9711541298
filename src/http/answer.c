/*
 * Answers: validators, compression and the headers that every answer has,
 * handed to Kore as one block.
 */
#include <string.h>
#include <time.h>

#include <kore/kore.h>
#include <kore/http.h>
#include <zlib.h>

#include "base/settings.h"
#include "http/exchange.h"
#include "http/sheet.h"
#include "http/text.h"

#define GZIP_FROM_BYTES	1024
#define GZIP_JOB_BYTES	(64 * 1024)	/* more would hold up the loop */
#define GZIP_LEVEL	1
#define TAG_BYTES	24

/* Each on its line, without the last line end. */
static const char fixed_headers[] =
    "vary: accept-encoding\r\n"
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

/* ---- validators -------------------------------------------------- */

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

str
text_tag(struct arena *a, str text)
{
	uint64_t h = text_hash(text);
	char *p = arena_alloc(a, TAG_BYTES);
	int i;

	p[0] = p[17] = '"';
	for (i = 16; i > 0; i--, h >>= 4)
		p[i] = "0123456789abcdef"[h & 15];
	return ((str){ p, 18 });
}

static void
answer_tag(struct exchange *ex)
{
	if (ex->method == GET && ex->status == 200 && ex->etag.p == NULL &&
	    ex->call.route != NULL)
		ex->etag = text_tag(&ex->call.f->arena, ex->text);
}

/* Each coding of a text is a variant, and has a tag of its own. */
static str
variant_tag(struct arena *a, str tag, str coding)
{
	if (tag.p == NULL || coding.p == NULL)
		return (tag);
	return (arena_printf(a, "%.*s-%.*s\"", (int)tag.n - 1, tag.p,
	    STR_ARG(coding)));
}

/* RFC 9110, 13.1.2: weak comparison; a list of tags, or "*". */
static bool
answer_known(struct exchange *ex)
{
	str list, tag;

	if (ex->method != GET || ex->etag.p == NULL || ex->status != 200)
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

/* ---- compression ------------------------------------------------- */

/* Log-ins answer with tokens: those are not mixed with what was sent. */
static bool
answer_gzips(struct exchange *ex)
{
	return (ex->call.route != NULL && ex->text.n >= GZIP_FROM_BYTES &&
	    (ex->method == GET || ex->call.f->who.role != ROLE_NONE) &&
	    client_coding(ex, true, false).p != NULL);
}

struct squeeze {
	z_stream	*z;
	str		 text;
	char		*out;
	size_t		 most, n;	/* n: 0 when it failed */
};

static void
squeeze_run(void *arg)
{
	struct squeeze *sq = arg;
	z_stream *z = sq->z;

	z->next_in = (Bytef *)(uintptr_t)sq->text.p;
	z->avail_in = (uInt)sq->text.n;
	z->next_out = (Bytef *)sq->out;
	z->avail_out = (uInt)sq->most;
	sq->n = deflate(z, Z_FINISH) == Z_STREAM_END ? z->total_out : 0;
}

static bool
squeeze_open(z_stream *z)
{
	return (deflateInit2(z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY) == Z_OK);
}

/* On the loop, where there is only one at a time, whose memory is kept. */
static bool
squeeze_here(struct squeeze *sq)
{
	static z_stream kept;
	static bool open;

	if (open ? deflateReset(&kept) != Z_OK : !squeeze_open(&kept))
		return (false);
	open = true;
	sq->z = &kept;
	squeeze_run(sq);
	return (sq->n > 0);
}

/* What the wait answers does not matter: the answer is ready to be sent. */
static bool
squeeze_apart(struct flow *f, struct squeeze *sq)
{
	z_stream z = { 0 };

	if (!squeeze_open(&z))
		return (false);
	sq->z = &z;
	(void)!flow_job(f, squeeze_run, sq);
	deflateEnd(&z);
	return (sq->n > 0);
}

/* One that a sheet keeps lasts as the sheet does. */
static void
answer_gzip(struct exchange *ex)
{
	struct flow *f = ex->call.f;
	struct squeeze sq = { .text = ex->text,
		.most = compressBound((uLong)ex->text.n) + 18 };

	if (ex->sheet != NULL && sheet_gzip(ex->sheet).p != NULL) {
		ex->text = sheet_gzip(ex->sheet);
		return;
	}
	sq.out = arena_alloc(&f->arena, sq.most);
	if (!(ex->text.n <= GZIP_JOB_BYTES ? squeeze_here(&sq) :
	    squeeze_apart(f, &sq))) {
		ex->coding = STR_NONE;
		return;
	}
	ex->text = (str){ sq.out, sq.n };
	if (ex->sheet != NULL)
		sheet_squeezed(ex->sheet, ex->text);
	ex->lasting = false;
}

/* In the flow: which variant of the answer it is, or that it is known. */
void
answer_shape(struct exchange *ex)
{
	str tag;
	bool gzips;

	answer_tag(ex);
	if ((gzips = answer_gzips(ex)))
		ex->coding = S("gzip");
	tag = ex->etag;
	ex->etag = variant_tag(&ex->call.f->arena, tag, ex->coding);
	if (answer_known(ex)) {
		ex->status = 304;
		ex->text = S("");
	} else if (gzips) {
		answer_gzip(ex);
		if (ex->coding.p == NULL)
			ex->etag = tag;
	}
}

/* ---- the block of headers ---------------------------------------- */

static const char *
answer_caching(const struct exchange *ex)
{
	if (ex->caching != NULL)
		return (ex->caching);
	return (ex->etag.p != NULL ? "private, no-cache" : "no-store");
}

static str
date_now(void)
{
	static char text[40];
	static size_t n;
	static time_t of;
	struct tm tm;
	time_t now;

	now = time(NULL);
	if (now != of) {
		of = now;
		gmtime_r(&now, &tm);
		n = strftime(text, sizeof(text),
		    "%a, %d %b %Y %H:%M:%S GMT", &tm);
	}
	return ((str){ text, n });
}

/* A value cannot end its line. */
static void
block_line(struct text *t, str name, str value)
{
	size_t i, from;

	text_put(t, S("\r\n"));
	text_put(t, name);
	text_put(t, S(": "));
	from = t->n;
	text_put(t, value);
	for (i = from; i < t->n; i++)
		if ((unsigned char)t->p[i] < ' ')
			t->p[i] = ' ';
}

/* What every answer has; begins with the value of `date`. */
static void
block_begin(struct text *t, str caching, str request_id)
{
	text_put(t, date_now());
	block_line(t, S("cache-control"), caching);
	block_line(t, S("x-request-id"), request_id);
	text_put(t, S("\r\n"));
	text_put(t, S(fixed_headers));
	if (str_starts(str_of(settings.public_url), S("https://")))
		block_line(t, S("strict-transport-security"),
		    S("max-age=31536000; includeSubDomains"));
}

str
answer_block(struct exchange *ex)
{
	struct text t;
	size_t i;

	text_init(&t, &ex->call.f->arena);
	block_begin(&t, str_of(answer_caching(ex)), ex->request_id);
	if (ex->etag.p != NULL)
		block_line(&t, S("etag"), ex->etag);
	if (ex->status != 204 && ex->status != 304) {
		block_line(&t, S("content-type"), ex->type);
		if (ex->coding.p != NULL)
			block_line(&t, S("content-encoding"), ex->coding);
	}
	for (i = 0; i < ex->header_count; i++)
		block_line(&t, str_of(ex->headers[i].name),
		    ex->headers[i].value);
	return (text_str(&t));
}

str
answer_bare_block(struct arena *a, str request_id, bool retry)
{
	struct text t;

	text_init(&t, a);
	block_begin(&t, S("no-store"), request_id);
	block_line(&t, S("content-type"), S("application/problem+json"));
	if (retry)
		block_line(&t, S("retry-after"), S("1"));
	return (text_str(&t));
}

/* ---- to Kore ----------------------------------------------------- */

/* It is out, or its client is gone. */
static int
sheet_sent(struct netbuf *nb)
{
	sheet_drop(nb->extra);
	return (KORE_RESULT_OK);
}

/* The sheet goes with its text; HEAD has none to go with. */
static void
answer_hand_sheet(struct exchange *ex)
{
	bool sent = !ex->head;

	http_response_stream(ex->req, ex->status,
	    (void *)(uintptr_t)ex->text.p, ex->text.n, sheet_sent, ex->sheet);
	if (sent)
		ex->sheet = NULL;
}

static void
answer_hand(struct exchange *ex)
{
	struct http_request *req = ex->req;
	const char *p = ex->text.n > 0 ? ex->text.p : NULL;

	if (ex->endless)
		req->flags |= HTTP_REQUEST_NO_CONTENT_LENGTH;
	/* A file stays where it is, however slowly it is taken. */
	if (ex->lasting && p != NULL && ex->sheet != NULL)
		answer_hand_sheet(ex);
	else if (ex->lasting && p != NULL)
		http_response_stream(req, ex->status, (void *)(uintptr_t)p,
		    ex->text.n, NULL, NULL);
	else
		http_response(req, ex->status, p, ex->text.n);
}

void
answer_send(struct exchange *ex)
{
	http_response_header(ex->req, "date", answer_block(ex).p);
	answer_hand(ex);
	ex->req->owner->http_timeout = 0;
	if (ex->stream != NULL)
		stream_begin(ex);
}
