/*
 * Idempotency-Key: the same key and body give the same answer again. The
 * key is written in the transaction of the effect, so that both stand or
 * neither does; a second request meanwhile waits for the first.
 */
#include <string.h>

#include <openssl/evp.h>

#include "http/exchange.h"
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

static enum err
once_replay(struct exchange *ex, str key, str hash, bool *replayed)
{
	struct call *c = &ex->call;
	struct kept kept;

	TRY(store_row(c->f, &sql_once_find, SHAPE(kept), &kept,
	    UUID(c->f->who.user), STR(ex->path), STR(key)));
	if (!str_eq(kept.request_hash, hash))
		return (fault(c, "Idempotency-Key", "reused",
		    "this key was used with another body"));
	reply_status(c, (int)kept.status);
	reply_header(c, "idempotency-replayed", S("true"));
	*replayed = true;
	return (reply_text(c, kept.reply));
}

enum err
once_begin(struct exchange *ex, bool *replayed)
{
	struct call *c = &ex->call;
	int64_t added;
	str key, hash;

	key = once_key(c);
	if (key.p == NULL)
		return (OK);
	if (key.n == 0 || key.n > KEY_MAX)
		return (fault(c, "Idempotency-Key", "format",
		    "1 to %d characters", KEY_MAX));
	hash = body_hash(ex);
	TRY(store_exec(c->f, &sql_once_claim, &added, UUID(c->f->who.user),
	    STR(ex->path), STR(key), STR(hash)));
	if (added == 0)
		return (once_replay(ex, key, hash, replayed));
	return (OK);
}

enum err
once_end(struct exchange *ex)
{
	struct call *c = &ex->call;
	str key;

	key = once_key(c);
	if (key.p == NULL)
		return (OK);
	return (store_exec(c->f, &sql_once_keep, NULL, UUID(c->f->who.user),
	    STR(ex->path), STR(key), LONG(ex->status), STR(ex->text)));
}
