/*
 * Refresh tokens: 32 bytes nobody can guess, as base64url, stored as their
 * hash. The first of a family is random. Each other follows from the one
 * before it, a key, and a salt that is stored when that one is used: so a
 * lost answer can be given again, and parallel uses of one token all get the
 * same successor, without any token being stored.
 */
#include <string.h>

#include <sodium.h>

#include "auth/credential.h"

static unsigned char next_key[KEY_BYTES];

void
hex_print(const unsigned char *p, size_t n, char *hex)
{
	sodium_bin2hex(hex, n * 2 + 1, p, n);
}

bool
hex_read(str hex, unsigned char *out, size_t n)
{
	size_t got;

	return (hex.p != NULL && sodium_hex2bin(out, n, hex.p, hex.n, NULL,
	    &got, NULL) == 0 && got == n);
}

void
opaque_key(const unsigned char key[KEY_BYTES])
{
	memcpy(next_key, key, sizeof(next_key));
}

static void
opaque_print(const unsigned char raw[32], char out[OPAQUE_MAX])
{
	sodium_bin2base64(out, OPAQUE_MAX, raw, 32,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
opaque_new(char out[OPAQUE_MAX])
{
	unsigned char raw[32];

	random_bytes(raw, sizeof(raw));
	opaque_print(raw, out);
}

/* The salt has a fixed length, so that no two pairs read as one text. */
void
opaque_next(str token, const unsigned char salt[16], char out[OPAQUE_MAX])
{
	crypto_generichash_state st;
	unsigned char raw[32];

	crypto_generichash_init(&st, next_key, sizeof(next_key), sizeof(raw));
	crypto_generichash_update(&st, salt, 16);
	crypto_generichash_update(&st, (const unsigned char *)token.p,
	    token.n);
	crypto_generichash_final(&st, raw, sizeof(raw));
	opaque_print(raw, out);
}

void
opaque_hash(str token, char hex[HEX_MAX])
{
	unsigned char md[32];

	crypto_generichash(md, sizeof(md), (const unsigned char *)token.p,
	    token.n, NULL, 0);
	hex_print(md, sizeof(md), hex);
}
