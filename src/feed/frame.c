/*
 * Frames and the opening handshake of RFC 6455. A server's frames are never
 * masked, a client's always; nothing is negotiated, so every reserved bit is
 * a fault. Lengths are believed only up to a limit.
 */
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/uuid.h"
#include "feed/frame.h"

#define GUID	    "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define KEY_BYTES   16
#define CONTROL_MAX 125
#define ACCEPT_MAX  32

/* ---- the opening ------------------------------------------------- */

void
frame_key(char key[FRAME_KEY_BYTES])
{
	unsigned char raw[KEY_BYTES];

	random_bytes(raw, sizeof(raw));
	EVP_EncodeBlock((unsigned char *)key, raw, sizeof(raw));
}

str
frame_question(
    struct arena *a, str host, str target, const char key[FRAME_KEY_BYTES])
{
	return (arena_printf(a,
	    "GET %.*s HTTP/1.1\r\n"
	    "Host: %.*s\r\n"
	    "Upgrade: websocket\r\n"
	    "Connection: Upgrade\r\n"
	    "Sec-WebSocket-Key: %s\r\n"
	    "Sec-WebSocket-Version: 13\r\n"
	    "User-Agent: bursar\r\n\r\n",
	    STR_ARG(target), STR_ARG(host), key));
}

static bool
accept_right(str value, const char *key)
{
	unsigned char digest[EVP_MAX_MD_SIZE], text[ACCEPT_MAX];
	char both[FRAME_KEY_BYTES + sizeof(GUID)];
	unsigned n;

	strcpy(both, key);
	strcat(both, GUID);
	if (EVP_Digest(both, strlen(both), digest, &n, EVP_sha1(), NULL) != 1)
		return (false);
	EVP_EncodeBlock(text, digest, (int)n);
	return (str_eqz(value, (const char *)text));
}

/* Is the word in a list that commas separate? */
static bool
list_has(str list, str word)
{
	str part;

	while (str_cut(&list, ',', &part))
		if (str_eq_nocase(str_trim(part), word))
			return (true);
	return (false);
}

static int
status_of(str line)
{
	int64_t status;

	if (!str_starts(line, S("HTTP/1.1 ")) || line.n < 12 ||
	    !str_long((str){ line.p + 9, 3 }, &status) || status < 100)
		return (0);
	return ((int)status);
}

enum { UPGRADE = 1, CONNECTION = 2, ACCEPT = 4, NEGOTIATED = 8 };

static int
field_means(str name, str value, const char *key)
{
	if (str_eq_nocase(name, S("upgrade")))
		return (str_eq_nocase(value, S("websocket")) ? UPGRADE : 0);
	if (str_eq_nocase(name, S("connection")))
		return (list_has(value, S("upgrade")) ? CONNECTION : 0);
	if (str_eq_nocase(name, S("sec-websocket-accept")))
		return (accept_right(value, key) ? ACCEPT : 0);
	if (str_eq_nocase(name, S("sec-websocket-extensions")) ||
	    str_eq_nocase(name, S("sec-websocket-protocol")))
		return (NEGOTIATED);
	return (0);
}

int
frame_answer(str head, const char key[FRAME_KEY_BYTES])
{
	int status, found = 0;
	str line, name;

	if (!str_cut(&head, '\n', &line) ||
	    (status = status_of(line)) != 101)
		return (head.p == NULL ? 0 : status_of(line));
	while (str_cut(&head, '\n', &line)) {
		if (!str_cut(&line, ':', &name) || line.p == NULL)
			continue;
		found |= field_means(name, str_trim(line), key);
	}
	return (found == (UPGRADE | CONNECTION | ACCEPT) ? status : 0);
}

/* ---- writing ----------------------------------------------------- */

str
frame_write(struct arena *a, enum frame_kind kind, str payload)
{
	unsigned char *p = arena_alloc(a, payload.n + 8), *mask;
	size_t at = 0;

	p[at++] = (unsigned char)(0x80 | (unsigned)kind);
	if (payload.n <= CONTROL_MAX)
		p[at++] = (unsigned char)(0x80 | payload.n);
	else {
		p[at++] = 0x80 | 126;
		p[at++] = (unsigned char)(payload.n >> 8);
		p[at++] = (unsigned char)payload.n;
	}
	mask = p + at;
	random_bytes(mask, 4);
	at += 4;
	for (size_t i = 0; i < payload.n; i++)
		p[at + i] = (unsigned char)payload.p[i] ^ mask[i & 3];
	return ((str){ (char *)p, at + payload.n });
}

str
frame_farewell(struct arena *a, int code)
{
	char *p = arena_alloc(a, 2);

	p[0] = (char)(code >> 8);
	p[1] = (char)code;
	return ((str){ p, 2 });
}

/* ---- reading ----------------------------------------------------- */

static bool
grow(char **p, size_t *cap, size_t n)
{
	size_t more = *cap > 0 ? *cap : 4096;
	char *q;

	while (more < n)
		more *= 2;
	if (more == *cap)
		return (true);
	if ((q = realloc(*p, more)) == NULL)
		return (false);
	*p = q;
	*cap = more;
	return (true);
}

bool
frame_feed(struct frame_reader *r, const char *p, size_t n)
{
	if (r->in_at > 0) {
		memmove(r->in, r->in + r->in_at, r->in_n - r->in_at);
		r->in_n -= r->in_at;
		r->in_at = 0;
	}
	if (!grow(&r->in, &r->in_cap, r->in_n + n))
		return (false);
	memcpy(r->in + r->in_n, p, n);
	r->in_n += n;
	return (true);
}

struct head {
	enum frame_kind kind;
	bool last;
	size_t n;    /* of the payload */
	size_t size; /* of the head itself */
};

static enum frame_kind
wrong(struct frame_reader *r, int code)
{
	r->wrong = code;
	return (FRAME_WRONG);
}

/* Bytes of the length beyond the first. */
static size_t
length_bytes(unsigned char first)
{
	return ((first & 0x7f) == 126 ? 2 : (first & 0x7f) == 127 ? 8 : 0);
}

/* The length must be written as short as it can be. */
static bool
length_read(const unsigned char *p, size_t more, uint64_t *n)
{
	*n = more == 0 ? p[1] & 0x7f : 0;
	for (size_t i = 0; i < more; i++)
		*n = *n << 8 | p[2 + i];
	return (more == 0 || *n > (more == 2 ? CONTROL_MAX : 0xffff));
}

/* FRAME_TEXT when there is a head, FRAME_MORE, FRAME_WRONG. */
static enum frame_kind
head_read(struct frame_reader *r, struct head *h)
{
	const unsigned char *p = (unsigned char *)r->in + r->in_at;
	size_t have = r->in_n - r->in_at, more;
	uint64_t n;

	if (have < 2)
		return (FRAME_MORE);
	more = length_bytes(p[1]);
	if ((p[0] & 0x70) != 0 || (p[1] & 0x80) != 0)
		return (wrong(r, FRAME_PROTOCOL));
	if (have < 2 + more)
		return (FRAME_MORE);
	if (!length_read(p, more, &n))
		return (wrong(r, FRAME_PROTOCOL));
	h->kind = p[0] & 0x0f;
	h->last = (p[0] & 0x80) != 0;
	if (h->kind >= FRAME_CLOSE && (n > CONTROL_MAX || !h->last))
		return (wrong(r, FRAME_PROTOCOL));
	if (n > FRAME_MESSAGE_MAX - r->message_n)
		return (wrong(r, FRAME_TOO_BIG));
	h->n = (size_t)n;
	h->size = 2 + more;
	return (have < h->size + h->n ? FRAME_MORE : FRAME_TEXT);
}

int
frame_close_code(str payload)
{
	if (payload.n < 2)
		return (1005);
	return ((unsigned char)payload.p[0] << 8 |
	    (unsigned char)payload.p[1]);
}

static bool
close_good(str payload)
{
	int code = frame_close_code(payload);

	if (payload.n == 0)
		return (true);
	if (payload.n == 1 || !str_utf8((str){ payload.p + 2, payload.n - 2 }))
		return (false);
	return ((code >= 1000 && code <= 1003) ||
	    (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999));
}

static enum frame_kind
control_take(struct frame_reader *r, enum frame_kind kind, str payload)
{
	if (kind == FRAME_CLOSE && !close_good(payload))
		return (wrong(r, FRAME_PROTOCOL));
	if (kind > FRAME_PONG)
		return (wrong(r, FRAME_PROTOCOL));
	return (kind);
}

/* A fragment; the message's kind when it is whole. */
static enum frame_kind
data_take(struct frame_reader *r, const struct head *h, str *payload)
{
	if (h->kind > FRAME_BINARY ||
	    (h->kind == FRAME_MORE) != (r->begun != FRAME_MORE))
		return (wrong(r, FRAME_PROTOCOL));
	if (h->kind != FRAME_MORE)
		r->begun = h->kind;
	if (!grow(&r->message, &r->message_cap, r->message_n + payload->n))
		return (wrong(r, FRAME_TOO_BIG));
	if (payload->n > 0)
		memcpy(r->message + r->message_n, payload->p, payload->n);
	r->message_n += payload->n;
	if (!h->last)
		return (FRAME_MORE);
	*payload = (str){ r->message, r->message_n };
	if (r->begun == FRAME_TEXT && !str_utf8(*payload))
		return (wrong(r, FRAME_NO_UTF8));
	return (r->begun);
}

enum frame_kind
frame_next(struct frame_reader *r, str *payload)
{
	enum frame_kind kind;
	struct head h;

	while (r->wrong == 0) {
		if ((kind = head_read(r, &h)) != FRAME_TEXT)
			return (kind);
		*payload = (str){ r->in + r->in_at + h.size, h.n };
		r->in_at += h.size + h.n;
		if (h.kind >= FRAME_CLOSE)
			return (control_take(r, h.kind, *payload));
		kind = data_take(r, &h, payload);
		if (kind == FRAME_TEXT || kind == FRAME_BINARY) {
			r->begun = FRAME_MORE;
			r->message_n = 0;
		}
		if (kind != FRAME_MORE)
			return (kind);
	}
	return (FRAME_WRONG);
}

void
frame_drop(struct frame_reader *r)
{
	free(r->in);
	free(r->message);
	memset(r, 0, sizeof(*r));
}
