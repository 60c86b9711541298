/*
 * Inner header of auth/: what people and programs present, and what becomes
 * of it.
 *
 *	password -> session -> access token (a JWT, minutes)
 *			    -> refresh token (opaque, used once) -> both anew
 */
#ifndef BURSAR_AUTH_CREDENTIAL_H
#define BURSAR_AUTH_CREDENTIAL_H

#include "auth/auth.h"

#define KEY_BYTES	32
#define TOKEN_BYTES_MAX	4096	/* of an access token */
#define OPAQUE_MAX	44	/* a refresh token as text, and NUL */
#define HEX_MAX		65	/* 32 bytes as text, and NUL */

/* ---- secret.c: the installation's secret and its keys ------------ */

#define SECRET_BYTES_MAX	256

struct secret {
	unsigned char	 b[SECRET_BYTES_MAX];
	size_t		 n;
};

/* Hex or base64 of 32 random bytes or more; NULL, or what is wrong. */
const char *secret_read(str text, struct secret *out);
void	secret_derive(const struct secret *s, const char *purpose,
	    unsigned char out[KEY_BYTES]);

/* ---- token.c: access tokens -------------------------------------- */

#define TOKEN_KEYS_MAX	2	/* the one that signs, and the one before */

/* Forget all keys; then the first that is added signs. */
void	token_keys_clear(void);
void	token_key_add(const unsigned char key[KEY_BYTES]);

struct claims {
	struct who	 who;
	uuid		 id;
	int64_t		 issued_s, expires_s;	/* since 1970 */
};

str	token_issue(struct arena *a, const struct claims *c);
/*
 * False unless this program wrote every byte of it with a key it still has,
 * and it is valid now.
 */
bool	token_read(struct arena *a, str token, int64_t now_s,
	    struct claims *out);

/* ---- opaque.c: refresh tokens ------------------------------------ */

void	opaque_key(const unsigned char key[KEY_BYTES]);
void	opaque_new(char out[OPAQUE_MAX]);
/* The one successor that `token` has with this salt. */
void	opaque_next(str token, const unsigned char salt[16],
	    char out[OPAQUE_MAX]);
/* As it is stored. */
void	opaque_hash(str token, char hex[HEX_MAX]);
void	hex_print(const unsigned char *p, size_t n, char *hex);
/* False unless it is hex of exactly n bytes. */
bool	hex_read(str hex, unsigned char *out, size_t n);

/* ---- argon.c: passwords ------------------------------------------ */

/* What an unknown name is compared with: nobody knows its password. */
void	password_open(void);
/*
 * A place among those that compute a hash or wait to, kept until the flow
 * ends; E_BUSY when all are taken.
 */
enum err password_place(struct flow *f) MUSTCHECK;
/*
 * Off the loop. `hash` is STR_NONE for an unknown name: that takes as long
 * and is never good. `fresh` becomes a hash by today's parameters when the
 * password is right and the old one is not by them; else it is STR_NONE.
 */
enum err password_check(struct flow *f, str password, str hash, bool *good,
	    str *fresh) MUSTCHECK;

/* ---- session.c --------------------------------------------------- */

#define SESSION_TRUSTED_MS	3000	/* before PostgreSQL is asked again */

/* Memory that all workers share; before the fork. */
void	session_open(void);
/* Who a verified token stands for; E_UNAUTHENTICATED when it has ended. */
enum err session_identify(struct call *c, str token) MUSTCHECK;
/* The session was ended: all workers of this machine ask again, at once. */
void	session_ended(uuid session);

/* ---- cookie.c ---------------------------------------------------- */

str	cookie_name(void);
/* The value of set-cookie; STR_NONE as token takes the cookie away. */
str	cookie_text(struct arena *a, str token);
/* "" or one that a browser adds for pages of our own or for the address bar. */
bool	cookie_site_ours(str sec_fetch_site);

/* ---- login.c, refresh.c, auth.c: the routes ---------------------- */

struct account {
	int64_t	wait_s;
	uuid	user_id;
	str	username, name, password_hash;
	uuid	tenant_id;
	str	tenant_name;
	int	role;
};

struct user {
	uuid	id;
	str	username, name;
};

struct tenant {
	uuid	id;
	str	name;
};

struct session {
	str		access_token, token_type;
	int64_t		expires_in;
	str		refresh_token;
	struct user	user;
	struct tenant	tenant;
	int		role;
};

struct login_in {
	str	username, password;
	uuid	tenant;
};

struct refresh_in {
	str	refresh_token;
};

struct names {
	uuid	user_id;
	str	username, name;
	uuid	tenant_id;
	str	tenant_name;
	int	role;
	int64_t	left_s;
};

extern const struct shape shape_session, shape_login_in, shape_refresh_in,
    shape_names;
extern const struct field user_fields[], tenant_fields[];

/* Answer with a session, whose tokens these are. */
enum err session_reply(struct call *c, uuid session, const struct names *n,
	    str refresh_token) MUSTCHECK;
enum err login_json(struct call *c);
enum err login_form(struct call *c);
enum err refresh_run(struct call *c);
/* The part of an address that log-ins are counted by. */
str	login_network(struct arena *a, str client);

#endif
