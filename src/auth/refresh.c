/*
 * New tokens for a refresh token, which is used up by that. Who comes with
 * one that was used before ends the session: one of the two who have it is a
 * thief, and which one cannot be known. Only a lost answer is forgiven.
 */
#include <string.h>

#include "auth/credential.h"
#include "base/settings.h"
#include "store/store.h"

#include "auth_sql.h"

enum outcome { OUT_DEAD, OUT_NEW, OUT_AGAIN, OUT_REUSED };

static const char *const outcome_names[] = {
	"dead", "new", "again", "reused", NULL
};

struct turn {
	int	outcome;
	uuid	session_id;
	str	salt;
};

static const struct field turn_fields[] = {
	MUST(turn, outcome, "What became of it.", .names = outcome_names),
	MAY(turn, session_id, "The session it belongs to."),
	MAY(turn, salt, "What its successor is made with, hex."),
	FIELDS_END
};

static const struct field refresh_in_fields[] = {
	MAY(refresh_in, refresh_token, "The one of the last answer; without "
	    "it the cookie is used.", .max = 200),
	FIELDS_END
};
const struct shape shape_refresh_in =
    SHAPE_DEF(refresh_in, refresh_in_fields);

static enum err
refresh_refused(struct call *c, bool cookie)
{
	if (cookie)
		reply_header(c, "set-cookie", cookie_text(&c->f->arena,
		    STR_NONE));
	return (flow_fault(c->f, E_UNAUTHENTICATED,
	    "the session has ended: log in again"));
}

static enum err
refresh_turn(struct call *c, str token, struct turn *turn)
{
	char hash[HEX_MAX], salt_hex[33], next[OPAQUE_MAX],
	    next_hash[HEX_MAX];
	unsigned char salt[16];

	random_bytes(salt, sizeof(salt));
	hex_print(salt, sizeof(salt), salt_hex);
	opaque_hash(token, hash);
	opaque_next(token, salt, next);
	opaque_hash(str_of(next), next_hash);
	return (store_row(c->f, &sql_auth_refresh, SHAPE(turn), turn,
	    STR(str_of(hash)), STR(str_of(salt_hex)), STR(str_of(next_hash)),
	    LONG(settings.refresh_token_s)));
}

static void
refresh_reused(struct call *c, uuid session)
{
	char text[UUID_TEXT_MAX];

	session_ended(session);
	uuid_print(session, text);
	LOG(LOG_WARN, "refresh_reuse", LZ("session", text),
	    LS("client", c->client), LS("request_id", c->f->request_id));
}

static enum err
refresh_answer(struct call *c, str token, const struct turn *turn,
    bool cookie)
{
	unsigned char salt[16];
	char next[OPAQUE_MAX];
	struct names names;
	enum err e;

	if (!hex_read(turn->salt, salt, sizeof(salt)))
		return (E_INTERNAL);
	opaque_next(token, salt, next);
	e = store_row(c->f, &sql_auth_session_names, &shape_names, &names,
	    UUID(turn->session_id));
	if (e == E_NOT_FOUND)
		return (refresh_refused(c, cookie));
	TRY(e);
	if (cookie)
		reply_header(c, "set-cookie", cookie_text(&c->f->arena,
		    str_of(next)));
	return (session_reply(c, turn->session_id, &names, str_of(next)));
}

static enum err
refresh(struct call *c, str token, bool cookie)
{
	struct turn turn;

	TRY(refresh_turn(c, token, &turn));
	if (turn.outcome == OUT_NEW || turn.outcome == OUT_AGAIN)
		return (refresh_answer(c, token, &turn, cookie));
	if (turn.outcome == OUT_REUSED)
		refresh_reused(c, turn.session_id);
	return (refresh_refused(c, cookie));
}

enum err
refresh_run(struct call *c)
{
	const struct refresh_in *in = c->body;
	str token;

	if (in->refresh_token.p != NULL)
		return (refresh(c, in->refresh_token, false));
	token = call_cookie(c, arena_z(&c->f->arena, cookie_name()));
	if (token.p == NULL)
		return (refresh_refused(c, false));
	if (!str_eq(call_header(c, "x-bursar"), S("app")) ||
	    !cookie_site_ours(call_header(c, "sec-fetch-site")))
		return (flow_fault(c->f, E_FORBIDDEN, "the cookie counts only "
		    "with the header X-Bursar: app, from this site"));
	return (refresh(c, token, true));
}
