/*
 * Secrets that must come back, such as keys that tenants bring: sealed with a
 * key derived from the installation's secret (XChaCha20-Poly1305, a random
 * nonce each) and bound to a context, so that a sealed text moved to another
 * tenant's row does not open. What need not come back is hashed elsewhere.
 */
#include <string.h>

#include <sodium.h>

#include "auth/credential.h"

#define FORM		"s1."
#define NONCE		crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define MORE		crypto_aead_xchacha20poly1305_ietf_ABYTES
#define VARIANT		sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define MARK_BYTES	16	/* the least libsodium gives; half is shown */
#define SEALED_BYTES_MAX 4096

str
auth_seal(struct arena *a, str context, str plain)
{
	size_t n, text_n;
	unsigned char key[KEY_BYTES], *raw;
	unsigned long long wrote;
	char *text;

	raw = arena_alloc(a, NONCE + plain.n + MORE);
	randombytes_buf(raw, NONCE);
	auth_key("seal", key);
	crypto_aead_xchacha20poly1305_ietf_encrypt(raw + NONCE, &wrote,
	    (const unsigned char *)plain.p, plain.n,
	    (const unsigned char *)context.p, context.n, NULL, raw, key);
	sodium_memzero(key, sizeof(key));
	n = NONCE + (size_t)wrote;
	text_n = sodium_base64_encoded_len(n, VARIANT);
	text = arena_alloc(a, text_n);
	sodium_bin2base64(text, text_n, raw, n, VARIANT);
	return (arena_printf(a, FORM "%s", text));
}

bool
auth_unseal(struct arena *a, str context, str sealed, str *plain)
{
	unsigned char key[KEY_BYTES], *raw, *out;
	unsigned long long wrote;
	size_t n;
	bool good;

	if (!str_starts(sealed, S(FORM)) || sealed.n > SEALED_BYTES_MAX)
		return (false);
	raw = arena_alloc(a, sealed.n);
	out = arena_alloc(a, sealed.n);
	if (sodium_base642bin(raw, sealed.n, sealed.p + strlen(FORM),
	    sealed.n - strlen(FORM), NULL, &n, NULL, VARIANT) != 0 ||
	    n < NONCE + MORE)
		return (false);
	auth_key("seal", key);
	good = crypto_aead_xchacha20poly1305_ietf_decrypt(out, &wrote, NULL,
	    raw + NONCE, n - NONCE, (const unsigned char *)context.p,
	    context.n, raw, key) == 0;
	sodium_memzero(key, sizeof(key));
	if (good)
		*plain = (str){ (const char *)out, (size_t)wrote };
	return (good);
}

str
auth_fingerprint(struct arena *a, str plain)
{
	unsigned char key[KEY_BYTES], mark[MARK_BYTES];
	char hex[MARK_BYTES + 1];

	auth_key("fingerprint", key);
	crypto_generichash(mark, sizeof(mark), (const unsigned char *)plain.p,
	    plain.n, key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	hex_print(mark, MARK_BYTES / 2, hex);
	return (arena_str(a, str_of(hex)));
}
