/*
 * Idempotency-Key: the same key and body give the same answer again. The
 * key is written in the transaction of the effect, so that both stand or
 * neither does; a second request meanwhile waits for the first.
 */
#include <string.h>

#include <openssl/evp.h>

#include "http/exchange.h"
#include "http/text.h"
#include "store/store.h"

#include "http_sql.h"

#define KEY_MAX	128

struct kept {
	str	request_hash;
	int64_t	status;
	str	reply;
};

static const struct field kept_fields[] = {
	MUST(kept, request_hash, "Hash of the request's body, hex."),
	MAY(kept, status, "Status of the answer."),
	MAY(kept, reply, "Text of the answer."),
	FIELDS_END
};

/* A bare token, or a quoted string of RFC 8941. */
static str
once_key(struct call *c)
{
	str key;

	key = str_trim(call_header(c, "idempotency-key"));
	if (key.n >= 2 && key.p[0] == '"' && key.p[key.n - 1] == '"')
		key.p++, key.n -= 2;
	return (key);
}

static str
body_hash(struct exchange *ex)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	char *hex;
	unsigned i, n;

	n = 0;
	if (EVP_Digest(ex->body.p, ex->body.n, md, &n, EVP_sha256(),
	    NULL) != 1)
		n = 0;
	hex = arena_alloc(&ex->call.f->arena, n * 2 + 1);
	for (i = 0; i < n; i++) {
		hex[i * 2] = "0123456789abcdef"[md[i] >> 4];
		hex[i * 2 + 1] = "0123456789abcdef"[md[i] & 15];
	}
	return ((str){ hex, n * 2 });
}

/* Of the characters that one can see. */
static bool
once_key_good(str key)
{
	size_t i;

	for (i = 0; i < key.n; i++)
		if (key.p[i] <= ' ' || key.p[i] > '~')
			return (false);
	return (key.n > 0 && key.n <= KEY_MAX);
}

/* What the key is for: the method and the path, however it was written. */
static str
once_route(struct exchange *ex)
{
	struct arena *a = &ex->call.f->arena;
	str path = ex->path, plain;
	static const char *const roots[] = { "/api/v1/", "/api/" };
	size_t i, n;

	for (i = 0; i < 2; i++) {
		n = strlen(roots[i]) - 1;
		if (str_starts(path, str_of(roots[i]))) {
			path = (str){ path.p + n, path.n - n };
			break;
		}
	}
	if (!url_decode(a, path, false, &plain))
		plain = path;
	return (arena_printf(a, "%d %.*s", (int)ex->method, STR_ARG(plain)));
}

/* ---- the answer as text: fields of its header, an empty line, its body */

static str
reply_pack(struct exchange *ex)
{
	struct text t;
	size_t i;

	text_init(&t, &ex->call.f->arena);
	if (ex->etag.p != NULL)
		text_printf(&t, "etag: %.*s\n", STR_ARG(ex->etag));
	for (i = ex->once_headers; i < ex->header_count; i++)
		text_printf(&t, "%s: %.*s\n", ex->headers[i].name,
		    STR_ARG(ex->headers[i].value));
	text_put(&t, S("\n"));
	text_put(&t, ex->text);
	return (text_str(&t));
}

static enum err
reply_unpack(struct exchange *ex, str text)
{
	struct call *c = &ex->call;
	str line, name, value;

	while (str_cut(&text, '\n', &line) && line.n > 0) {
		value = line;
		if (!str_cut(&value, ':', &name) || value.p == NULL)
			continue;
		value = str_trim(value);
		if (str_eqz(name, "etag"))
			ex->etag = value;
		else
			reply_header(c, arena_z(&c->f->arena, name), value);
	}
	return (reply_text(c, text.p != NULL ? text : S("")));
}

/* ---- the key ----------------------------------------------------- */

static enum err
once_under_way(struct call *c)
{
	reply_header(c, "retry-after", S("1"));
	return (flow_fault(c->f, E_CONFLICT,
	    "another request with this Idempotency-Key is under way"));
}

static enum err
once_replay(struct exchange *ex, str route, str key, str hash,
    bool *replayed)
{
	struct call *c = &ex->call;
	struct kept kept;

	TRY(store_row(c->f, &sql_once_find, SHAPE(kept), &kept,
	    UUID(c->f->who.user), STR(route), STR(key)));
	if (!str_eq(kept.request_hash, hash))
		return (fault(c, "Idempotency-Key", "reused",
		    "this key was used with another body"));
	if (kept.reply.p == NULL)
		return (once_under_way(c));
	reply_status(c, (int)kept.status);
	reply_header(c, "idempotency-replayed", S("true"));
	*replayed = true;
	return (reply_unpack(ex, kept.reply));
}

/* Who comes second waits for the first, but not for ever. */
enum err
once_begin(struct exchange *ex, bool *replayed)
{
	struct call *c = &ex->call;
	str key, hash, route;
	int64_t added;
	enum err e;

	ex->once_headers = ex->header_count;
	key = once_key(c);
	if (key.p == NULL)
		return (OK);
	if (!once_key_good(key))
		return (fault(c, "Idempotency-Key", "format",
		    "1 to %d visible ASCII characters", KEY_MAX));
	hash = body_hash(ex);
	route = once_route(ex);
	e = store_exec(c->f, &sql_once_claim, &added, UUID(c->f->who.user),
	    STR(route), STR(key), STR(hash));
	if (e == E_BUSY && store_locked(c->f))
		return (once_under_way(c));
	TRY(e);
	if (added == 0)
		return (once_replay(ex, route, key, hash, replayed));
	return (OK);
}

/* Keep the answer; keys that are too old go, a few at a time. */
enum err
once_end(struct exchange *ex)
{
	struct call *c = &ex->call;
	str key;

	key = once_key(c);
	if (key.p == NULL)
		return (OK);
	return (store_batch(c->f, (const struct query[]){
	    QUERY(&sql_once_keep, NULL, NULL, UUID(c->f->who.user),
		STR(once_route(ex)), STR(key), LONG(ex->status),
		STR(reply_pack(ex))),
	    QUERY(&sql_once_forget, NULL, NULL) }, 2));
}
