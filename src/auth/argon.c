/*
 * Passwords: Argon2id through threads, 64 MiB and about 0.3 s each, never on
 * the loop and never more at once than was allowed for. What a password is
 * made of is not looked at: its bytes are hashed as they were sent.
 */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "auth/credential.h"
#include "base/settings.h"

#define OPS		crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEMORY		crypto_pwhash_MEMLIMIT_INTERACTIVE
#define WAITING_PER_JOB	4	/* about 2 s of queue */

_Static_assert(AUTH_HASH_MAX == crypto_pwhash_STRBYTES,
    "the face says how long a hash may be");

static char nobodys[AUTH_HASH_MAX];
static int64_t places;		/* taken in this worker */

bool
auth_hash_password(str password, char out[AUTH_HASH_MAX])
{
	return (sodium_init() != -1 && crypto_pwhash_str_alg(out, password.p,
	    password.n, OPS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0);
}

/* A random salt and a random hash in PHC form: no password gives it. */
void
password_open(void)
{
	unsigned char salt[16], hash[32];
	char salt_text[23], hash_text[44];

	random_bytes(salt, sizeof(salt));
	random_bytes(hash, sizeof(hash));
	sodium_bin2base64(salt_text, sizeof(salt_text), salt, sizeof(salt),
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	sodium_bin2base64(hash_text, sizeof(hash_text), hash, sizeof(hash),
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	snprintf(nobodys, sizeof(nobodys), "$argon2id$v=19$m=%zu,t=%llu,p=1"
	    "$%s$%s", (size_t)MEMORY / 1024, (unsigned long long)OPS,
	    salt_text, hash_text);
}

/* ---- places ------------------------------------------------------ */

static void
place_leave(void *arg)
{
	(void)arg;
	places--;
}

enum err
password_place(struct flow *f)
{
	if (places >= settings.hash_jobs * (1 + WAITING_PER_JOB))
		return (flow_fault(f, E_BUSY,
		    "too many log-ins at once: try again in a moment"));
	places++;
	flow_defer(f, place_leave, NULL);
	return (OK);
}

/* ---- on a thread ------------------------------------------------- */

struct check {
	const char	*hash;
	str		 password;
	bool		 good, anew;
	char		 fresh[AUTH_HASH_MAX];
};

static void
check_run(void *arg)
{
	struct check *c = arg;

	c->good = crypto_pwhash_str_verify(c->hash, c->password.p,
	    c->password.n) == 0;
	c->anew = c->good && crypto_pwhash_str_needs_rehash(c->hash, OPS,
	    MEMORY) != 0 && auth_hash_password(c->password, c->fresh);
}

enum err
password_check(struct flow *f, str password, str hash, bool *good, str *fresh)
{
	struct check c = { .password = password };

	c.hash = hash.p != NULL ? arena_z(&f->arena, hash) : nobodys;
	*good = false;
	*fresh = STR_NONE;
	TRY(flow_job(f, check_run, &c));
	*good = c.good && hash.p != NULL;
	if (c.anew)
		*fresh = arena_str(&f->arena, str_of(c.fresh));
	return (OK);
}
