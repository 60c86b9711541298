/*
 * auth: who is asking. Log-in with a password, short-lived access tokens,
 * sessions that can be ended at once, refresh tokens that work one time.
 */
#ifndef BURSAR_AUTH_AUTH_H
#define BURSAR_AUTH_AUTH_H

#include "http/http.h"

extern const struct capability auth_capability;

/*
 * Read the installation's secret (settings.secret_file, else
 * settings.secret) and derive the keys; before the fork. False, and a
 * sentence in `why`, when there is none or it could be guessed.
 */
bool	 auth_open(char *why, size_t why_size);
/* A key for one purpose, derived from the secret; after auth_open. */
void	 auth_key(const char *purpose, unsigned char out[32]);

/*
 * A secret that must come back, as text to keep; it opens only in the context
 * it was sealed in, and only while the installation's secret is the same.
 * A fingerprint is 16 hex digits that tell two apart and nothing more.
 */
str	 auth_seal(struct arena *a, str context, str plain);
bool	 auth_unseal(struct arena *a, str context, str sealed, str *plain);
str	 auth_fingerprint(struct arena *a, str plain);

/*
 * Fill c->f->who from the bearer token, or from the cookie where that is
 * enough; ROLE_NONE when nothing was presented. E_UNAUTHENTICATED for what
 * is not valid (any more), E_BUSY when that cannot be found out.
 */
enum err auth_identify(struct call *c) MUSTCHECK;

/* Is it one of settings.operators who is logged in? */
enum err auth_operator(struct flow *f, bool *is) MUSTCHECK;
/* Of n people: whose session goes on, with the role they had? For
 * http_streams. */
enum err auth_sessions_alive(struct flow *f, const struct who *who, size_t n,
	    bool *alive) MUSTCHECK;

#define AUTH_HASH_MAX	128

/* Argon2id in PHC form, NUL-terminated. Takes 0.3 s and 64 MiB, so not on
 * the loop; false when there is no memory for it. */
bool	 auth_hash_password(str password, char out[AUTH_HASH_MAX]);
/*
 * A tenant of that name with that user in that role, made where they do not
 * exist. A user who exists gets this password (ending all sessions) unless
 * it is theirs already. Needs the owner's connection; for tools only.
 */
enum err auth_seed(struct flow *f, str tenant, str username, str name,
	    str password, enum role role, uuid *tenant_id, uuid *user_id)
	    MUSTCHECK;

#endif
