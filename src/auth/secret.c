/*
 * The installation's secret. It comes as hex or base64, from a file or the
 * environment, and is used for nothing but to derive a key for each purpose.
 * What a person made up is refused: whoever has one token could guess it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

#define SECRET_BYTES_MIN	32
#define DISTINCT_MIN		16	/* of 32 random bytes about 30 differ */
#define FILE_BYTES_MAX		4096

/* ---- is it one? -------------------------------------------------- */

static bool
hex_only(str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!isxdigit((unsigned char)s.p[i]))
			return (false);
	return (s.n % 2 == 0);
}

/* Either alphabet, with or without padding. */
static bool
base64_read(str s, struct secret *out)
{
	static const int variants[] = {
		sodium_base64_VARIANT_ORIGINAL,
		sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
		sodium_base64_VARIANT_URLSAFE,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING
	};
	size_t i;

	for (i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		if (sodium_base642bin(out->b, sizeof(out->b), s.p, s.n, NULL,
		    &out->n, NULL, variants[i]) == 0)
			return (true);
	return (false);
}

static bool
holds_word(const char *p, size_t n)
{
	static const char *const words[] = {
		"secret", "changeme", "change-me", "change_me", "password",
		"bursar", "example", "default", "insecure", "placeholder",
		"qwerty", "letmein"
	};
	size_t i, at, len;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		len = strlen(words[i]);
		for (at = 0; at + len <= n; at++)
			if (strncasecmp(p + at, words[i], len) == 0)
				return (true);
	}
	return (false);
}

/* Does it begin again before its second half? */
static bool
repeats(const unsigned char *p, size_t n)
{
	size_t period;

	for (period = 1; period <= n / 2; period++)
		if (memcmp(p, p + period, n - period) == 0)
			return (true);
	return (false);
}

/* Few different bytes, or steps that are mostly the same. */
static bool
monotonous(const unsigned char *p, size_t n)
{
	bool seen[256] = { false };
	size_t i, distinct, same;

	for (i = distinct = same = 0; i < n; i++) {
		distinct += !seen[p[i]];
		seen[p[i]] = true;
		same += i >= 2 && (unsigned char)(p[i] - p[i - 1]) ==
		    (unsigned char)(p[i - 1] - p[i - 2]);
	}
	return (distinct < DISTINCT_MIN || same > n / 4);
}

/* Random bytes are not all letters, and their base64 is not all lower case. */
static bool
typed(str text, const struct secret *s, bool hex)
{
	bool upper, lower;
	size_t i, printable;

	for (i = printable = 0; i < s->n; i++)
		printable += s->b[i] >= ' ' && s->b[i] < 0x7f;
	upper = lower = hex;
	for (i = 0; i < text.n; i++) {
		upper = upper || isupper((unsigned char)text.p[i]);
		lower = lower || islower((unsigned char)text.p[i]);
	}
	return (printable == s->n || !upper || !lower);
}

const char *
secret_read(str text, struct secret *out)
{
	bool hex;

	memset(out, 0, sizeof(*out));
	if (text.n == 0)
		return ("is empty");
	hex = hex_only(text);
	if (hex && text.n / 2 <= sizeof(out->b))
		sodium_hex2bin(out->b, sizeof(out->b), text.p, text.n, NULL,
		    &out->n, NULL);
	else if (hex || !base64_read(text, out))
		return ("is not hex or base64 of 32 to 256 bytes");
	if (out->n < SECRET_BYTES_MIN)
		return ("has fewer than 32 bytes");
	if (monotonous(out->b, out->n) || repeats(out->b, out->n) ||
	    repeats((const unsigned char *)text.p, text.n) ||
	    holds_word(text.p, text.n) ||
	    holds_word((const char *)out->b, out->n) ||
	    typed(text, out, hex))
		return ("could be guessed: take 32 random bytes");
	return (NULL);
}

/* ---- what is made of it ------------------------------------------ */

/* BLAKE2b(purpose), keyed by BLAKE2b of the secret's bytes. */
void
secret_derive(const struct secret *s, const char *purpose,
    unsigned char out[KEY_BYTES])
{
	unsigned char root[KEY_BYTES];

	crypto_generichash(root, sizeof(root), s->b, s->n, NULL, 0);
	crypto_generichash(out, KEY_BYTES, (const unsigned char *)purpose,
	    strlen(purpose), root, sizeof(root));
	sodium_memzero(root, sizeof(root));
}

static struct secret current;

void
auth_key(const char *purpose, unsigned char out[32])
{
	if (current.n == 0)
		abort();
	secret_derive(&current, purpose, out);
}

static bool
secrets_take(str text, const char *from, char *why, size_t why_size)
{
	unsigned char key[KEY_BYTES];
	struct secret s;
	const char *wrong;
	str line;
	int n;

	token_keys_clear();
	for (n = 0; n < TOKEN_KEYS_MAX && (n == 0 || text.p != NULL); n++) {
		line = STR_NONE;
		(void)str_cut(&text, '\n', &line);
		line = str_trim(line);
		if (n > 0 && line.n == 0)
			break;
		if ((wrong = secret_read(line, &s)) != NULL) {
			snprintf(why, why_size, "the secret in %s %s", from,
			    wrong);
			return (false);
		}
		secret_derive(&s, "jwt", key);
		token_key_add(key);
		if (n == 0)
			current = s;
		sodium_memzero(&s, sizeof(s));
	}
	auth_key("refresh", key);
	opaque_key(key);
	sodium_memzero(key, sizeof(key));
	return (true);
}

static bool
secret_load(char *why, size_t why_size)
{
	char text[FILE_BYTES_MAX];
	bool good;
	size_t n;
	FILE *fp;

	if (settings.secret_file[0] == '\0')
		return (secrets_take(str_of(settings.secret),
		    "BURSAR_SECRET", why, why_size));
	if ((fp = fopen(settings.secret_file, "r")) == NULL) {
		snprintf(why, why_size, "the secret file %s: %s",
		    settings.secret_file, strerror(errno));
		return (false);
	}
	n = fread(text, 1, sizeof(text), fp);
	fclose(fp);
	good = secrets_take((str){ text, n }, settings.secret_file, why,
	    why_size);
	sodium_memzero(text, sizeof(text));
	return (good);
}

bool
auth_open(char *why, size_t why_size)
{
	if (sodium_init() == -1) {
		snprintf(why, why_size, "libsodium cannot be used");
		return (false);
	}
	if (!secret_load(why, why_size))
		return (false);
	password_open();
	session_open();
	return (true);
}
