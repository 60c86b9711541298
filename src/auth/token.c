/*
 * Access tokens: JWT, signed with HMAC-SHA-256, valid for minutes. One is
 * accepted only when this program would write it byte for byte: its header
 * is the header of a key we have, its signature is ours, and its claims
 * print back to the same text. So no algorithm, key or rule is ever chosen
 * by a token, and nothing unsigned reaches a parser.
 *
 * libjwt reads and writes the claims. It does not sign or verify here: it
 * parses a token before it has checked the signature, and writes no other
 * type than "JWT", while ours must not be taken for tokens of another kind
 * (RFC 8725, 3.11; RFC 9068, 2.1).
 */
#include <stdlib.h>
#include <string.h>

#include <jwt.h>
#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

#define MAC_BYTES	crypto_auth_hmacsha256_BYTES
#define MAC_CHARS	43		/* 32 bytes as base64url */
#define HEAD_MAX	96
#define LIFE_S_MAX	900
#define SKEW_S		60		/* between the clocks of our machines */
#define AUDIENCE	"bursar-api"
#define URLSAFE		sodium_base64_VARIANT_URLSAFE_NO_PADDING

struct key {
	unsigned char	 b[KEY_BYTES];
	char		 head[HEAD_MAX];	/* base64url, and a dot */
};

static struct key keys[TOKEN_KEYS_MAX];
static size_t key_count;

void
token_keys_clear(void)
{
	sodium_memzero(keys, sizeof(keys));
	key_count = 0;
}

/* A key's id is the beginning of its hash. */
void
token_key_add(const unsigned char key[KEY_BYTES])
{
	struct key *k = &keys[key_count++];
	unsigned char hash[16];
	char kid[9], head[HEAD_MAX];

	memcpy(k->b, key, KEY_BYTES);
	crypto_generichash(hash, sizeof(hash), key, KEY_BYTES, NULL, 0);
	hex_print(hash, 4, kid);
	snprintf(head, sizeof(head),
	    "{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}", kid);
	sodium_bin2base64(k->head, sizeof(k->head) - 1,
	    (const unsigned char *)head, strlen(head), URLSAFE);
	strcat(k->head, ".");
}

/* ---- claims ------------------------------------------------------ */

static const char *
issuer(void)
{
	return (settings.public_url[0] != '\0' ? settings.public_url :
	    "bursar");
}

static void
grant_uuid(jwt_t *j, const char *name, uuid u)
{
	char text[UUID_TEXT_MAX];

	uuid_print(u, text);
	if (jwt_add_grant(j, name, text) != 0)
		abort();
}

static void
grant_text(jwt_t *j, const char *name, const char *text)
{
	if (jwt_add_grant(j, name, text) != 0)
		abort();
}

static void
grant_long(jwt_t *j, const char *name, int64_t n)
{
	if (jwt_add_grant_int(j, name, (long)n) != 0)
		abort();
}

/* Sorted and without spaces, as libjwt prints. */
static str
claims_print(struct arena *a, const struct claims *c)
{
	char *text;
	jwt_t *j;
	str s;

	if (jwt_new(&j) != 0)
		abort();
	grant_text(j, "iss", issuer());
	grant_text(j, "aud", AUDIENCE);
	grant_uuid(j, "sub", c->who.user);
	grant_uuid(j, "tenant", c->who.tenant);
	grant_uuid(j, "sid", c->who.session);
	grant_text(j, "role", role_names[c->who.role]);
	grant_uuid(j, "jti", c->id);
	grant_long(j, "iat", c->issued_s);
	grant_long(j, "exp", c->expires_s);
	if ((text = jwt_get_grants_json(j, NULL)) == NULL)
		abort();
	s = arena_str(a, str_of(text));
	free(text);
	jwt_free(j);
	return (s);
}

static bool
claim_uuid(jwt_t *j, const char *name, uuid *out)
{
	return (uuid_parse(str_of(jwt_get_grant(j, name)), out));
}

/*
 * Signed text into claims. What is missing or of another type reads as
 * something; it does not print back.
 */
static bool
claims_parse(str text, struct claims *c)
{
	bool good;
	jwt_t *j;
	int role;

	if (jwt_new(&j) != 0)
		abort();
	good = jwt_add_grants_json(j, text.p) == 0 &&
	    claim_uuid(j, "sub", &c->who.user) &&
	    claim_uuid(j, "tenant", &c->who.tenant) &&
	    claim_uuid(j, "sid", &c->who.session) &&
	    claim_uuid(j, "jti", &c->id);
	role = enum_of(role_names, str_of(jwt_get_grant(j, "role")));
	good = good && role > ROLE_NONE;
	if (good) {
		c->who.role = (enum role)role;
		c->issued_s = jwt_get_grant_int(j, "iat");
		c->expires_s = jwt_get_grant_int(j, "exp");
	}
	jwt_free(j);
	return (good);
}

static bool
claims_timely(const struct claims *c, int64_t now_s)
{
	return (c->issued_s > 0 && c->issued_s <= now_s + SKEW_S &&
	    c->expires_s > now_s && c->expires_s > c->issued_s &&
	    c->expires_s - c->issued_s <= LIFE_S_MAX);
}

/* ---- tokens ------------------------------------------------------ */

static void
token_sign(const struct key *k, str signed_part, char out[MAC_CHARS + 1])
{
	crypto_auth_hmacsha256_state st;
	unsigned char mac[MAC_BYTES];

	crypto_auth_hmacsha256_init(&st, k->b, sizeof(k->b));
	crypto_auth_hmacsha256_update(&st,
	    (const unsigned char *)signed_part.p, signed_part.n);
	crypto_auth_hmacsha256_final(&st, mac);
	sodium_bin2base64(out, MAC_CHARS + 1, mac, sizeof(mac), URLSAFE);
}

str
token_issue(struct arena *a, const struct claims *c)
{
	const struct key *k = &keys[0];
	char mac[MAC_CHARS + 1], *body;
	size_t size;
	str claims, token;

	if (key_count == 0)
		abort();
	claims = claims_print(a, c);
	size = sodium_base64_encoded_len(claims.n, URLSAFE);
	body = arena_alloc(a, size);
	sodium_bin2base64(body, size, (const unsigned char *)claims.p,
	    claims.n, URLSAFE);
	token = arena_printf(a, "%s%s", k->head, body);
	token_sign(k, token, mac);
	return (arena_printf(a, "%.*s.%s", STR_ARG(token), mac));
}

static const struct key *
token_key(str token)
{
	size_t i;

	for (i = 0; i < key_count; i++)
		if (str_starts(token, str_of(keys[i].head)))
			return (&keys[i]);
	return (NULL);
}

static bool
token_signed(const struct key *k, str token)
{
	char mac[MAC_CHARS + 1];
	size_t n;

	if (token.n < MAC_CHARS + 1)
		return (false);
	n = token.n - MAC_CHARS - 1;
	if (token.p[n] != '.')
		return (false);
	token_sign(k, (str){ token.p, n }, mac);
	return (sodium_memcmp(token.p + n + 1, mac, MAC_CHARS) == 0);
}

bool
token_read(struct arena *a, str token, int64_t now_s, struct claims *out)
{
	const struct key *k;
	size_t at, n, size;
	char *text;

	if (token.n > TOKEN_BYTES_MAX || (k = token_key(token)) == NULL ||
	    !token_signed(k, token))
		return (false);
	at = strlen(k->head);
	if (at > token.n - MAC_CHARS - 1)
		return (false);
	size = token.n - MAC_CHARS - 1 - at;
	text = arena_alloc(a, size + 1);
	if (sodium_base642bin((unsigned char *)text, size, token.p + at, size,
	    NULL, &n, NULL, URLSAFE) != 0)
		return (false);
	memset(out, 0, sizeof(*out));
	return (claims_parse((str){ text, n }, out) &&
	    str_eq(claims_print(a, out), (str){ text, n }) &&
	    claims_timely(out, now_s));
}
