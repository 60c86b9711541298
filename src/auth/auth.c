/*
 * The routes of auth, and who sends a request. A bearer token is good for
 * all routes; the browser's cookie only where a header cannot be had, and
 * where taking the session further or ending it is all that can be done.
 */
#include <string.h>
#include <time.h>

#include "auth/credential.h"
#include "base/settings.h"
#include "store/store.h"

#include "auth_sql.h"

/* ---- records ----------------------------------------------------- */

const struct field user_fields[] = {
	MUST(user, id, "For programs."),
	MUST(user, username, "What they log in with."),
	MUST(user, name, "For people."),
	FIELDS_END
};

const struct field tenant_fields[] = {
	MUST(tenant, id, "For programs."),
	MUST(tenant, name, "For people."),
	FIELDS_END
};

static const struct field session_fields[] = {
	MUST(session, access_token, "For the header Authorization."),
	MUST(session, token_type, "Always bearer.",
	    .example = "\"bearer\""),
	MUST(session, expires_in, "Seconds the access token is valid."),
	MUST(session, refresh_token, "Good once, for new tokens."),
	MUST(session, user, "Who logged in.", .shape = SHAPE(user)),
	MUST(session, tenant, "Where they work.", .shape = SHAPE(tenant)),
	MUST(session, role, "What they may do there.", .names = role_names),
	FIELDS_END
};
const struct shape shape_session = SHAPE_DEF(session, session_fields);

static const struct field names_fields[] = {
	MUST(names, user_id, "Whose session it is."),
	MUST(names, username, "What they log in with."),
	MUST(names, name, "For people."),
	MUST(names, tenant_id, "Where they work."),
	MUST(names, tenant_name, "Its name."),
	MUST(names, role, "What they may do there.", .names = role_names),
	MUST(names, left_s, "Seconds the session can last."),
	FIELDS_END
};
const struct shape shape_names = SHAPE_DEF(names, names_fields);

struct me {
	struct user	user;
	struct tenant	tenant;
	int		role;
	str		feed;
	bool		simulated;
};

static const struct field me_fields[] = {
	MUST(me, user, "Who you are.", .shape = SHAPE(user)),
	MUST(me, tenant, "Where you work.", .shape = SHAPE(tenant)),
	MUST(me, role, "What you may do there.", .names = role_names),
	MUST(me, feed, "Where prices come from."),
	MUST(me, simulated, "Are they made up?"),
	FIELDS_END
};

/* ---- who sends this? --------------------------------------------- */

struct by_token {
	uuid	session_id, user_id, tenant_id;
	int	role;
};

static const struct field by_token_fields[] = {
	MUST(by_token, session_id, "The session it keeps alive."),
	MUST(by_token, user_id, "Whose it is."),
	MUST(by_token, tenant_id, "In which tenant."),
	MUST(by_token, role, "What they may do there.", .names = role_names),
	FIELDS_END
};

static bool
cookie_serves(struct call *c)
{
	if (!cookie_site_ours(call_header(c, "sec-fetch-site")))
		return (false);
	if (c->route->method == GET)
		return (strcmp(c->route->path, "/stream") == 0);
	return (c->route->method == POST &&
	    strcmp(c->route->path, "/auth/logout") == 0 &&
	    str_eq(call_header(c, "x-bursar"), S("app")));
}

/* Not a failure yet, but what to say if the route needs somebody. */
static enum err
nobody(struct call *c)
{
	(void)flow_fault(c->f, E_UNAUTHENTICATED, "log in first: this needs "
	    "Authorization: Bearer and an access token");
	return (OK);
}

static enum err
cookie_identify(struct call *c)
{
	char hash[HEX_MAX];
	struct by_token by;
	enum err e;
	str token;

	if (!cookie_serves(c))
		return (nobody(c));
	token = call_cookie(c, arena_z(&c->f->arena, cookie_name()));
	if (token.p == NULL)
		return (nobody(c));
	opaque_hash(token, hash);
	e = store_row(c->f, &sql_auth_session_by_token, SHAPE(by_token), &by,
	    STR(str_of(hash)));
	if (e == E_NOT_FOUND)
		return (flow_fault(c->f, E_UNAUTHENTICATED,
		    "the session has ended: log in again"));
	TRY(e);
	c->f->who = (struct who){ .tenant = by.tenant_id, .user = by.user_id,
		.session = by.session_id, .role = (enum role)by.role };
	return (OK);
}

enum err
auth_identify(struct call *c)
{
	str value, scheme;

	value = call_header(c, "authorization");
	if (value.p == NULL)
		return (cookie_identify(c));
	if (!str_cut(&value, ' ', &scheme) || value.n == 0 ||
	    !str_eq_nocase(scheme, S("bearer")))
		return (flow_fault(c->f, E_UNAUTHENTICATED,
		    "send Authorization: Bearer and an access token"));
	return (session_identify(c, value));
}

/* ---- answers ----------------------------------------------------- */

static struct user
user_of(const struct names *n)
{
	return ((struct user){ n->user_id, n->username, n->name });
}

static struct tenant
tenant_of(const struct names *n)
{
	return ((struct tenant){ n->tenant_id, n->tenant_name });
}

enum err
session_reply(struct call *c, uuid session, const struct names *n,
    str refresh_token)
{
	struct session out = { .token_type = S("bearer"),
		.refresh_token = refresh_token, .user = user_of(n),
		.tenant = tenant_of(n), .role = n->role };
	struct claims claims = { .who = { .tenant = n->tenant_id,
		.user = n->user_id, .session = session,
		.role = (enum role)n->role }, .id = uuid_new() };

	out.expires_in = settings.access_token_s;
	if (out.expires_in > n->left_s)
		out.expires_in = n->left_s;
	claims.issued_s = time(NULL);
	claims.expires_s = claims.issued_s + out.expires_in;
	out.access_token = token_issue(&c->f->arena, &claims);
	return (reply(c, &out));
}

static enum err
logout(struct call *c)
{
	TRY(store_exec(c->f, &sql_auth_session_end, NULL,
	    UUID(c->f->who.session)));
	session_ended(c->f->who.session);
	reply_header(c, "set-cookie", cookie_text(&c->f->arena, STR_NONE));
	reply_header(c, "clear-site-data", S("\"cache\", \"storage\""));
	return (reply_nothing(c));
}

static enum err
me(struct call *c)
{
	struct names n;
	struct me out;

	TRY(store_row(c->f, &sql_auth_session_names, &shape_names, &n,
	    UUID(c->f->who.session)));
	out = (struct me){ .user = user_of(&n), .tenant = tenant_of(&n),
		.role = n.role, .feed = str_of(settings.feed) };
	out.simulated = str_eq(out.feed, S("simulated"));
	return (reply(c, &out));
}

static const struct route routes[] = {
	{ POST, "/auth/login", NEED_NOBODY, "logIn",
	  "Log in with a user name and a password.",
	  .body = &shape_login_in, .reply = &shape_session,
	  .run = login_json },
	{ POST, "/auth/token", NEED_NOBODY, "getToken",
	  "Log in with a form, as OAuth2 clients do.",
	  .body = &shape_login_in, .reply = &shape_session, .form = true,
	  .run = login_form },
	{ POST, "/auth/refresh", NEED_NOBODY, "refreshSession",
	  "Exchange a refresh token, or the cookie, for new tokens.",
	  .body = &shape_refresh_in, .reply = &shape_session,
	  .run = refresh_run },
	{ POST, "/auth/logout", NEED_ANYBODY, "logOut",
	  "End this session at once.", .status = 204, .run = logout },
	{ GET, "/auth/me", NEED_ANYBODY, "getMe",
	  "Who you are, where, and where prices come from.",
	  .reply = SHAPE(me), .run = me },
	ROUTES_END
};

const struct capability auth_capability = {
	.name = "auth",
	.doc = "Logging in and out, and staying so.",
	.routes = routes,
};
