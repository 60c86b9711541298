/*
 * Log-in. Whatever is wrong with an attempt, the same work is done and the
 * same is answered: an unknown name, a wrong password and a disabled user
 * cannot be told apart. Attempts are counted in PostgreSQL before the
 * password is looked at, by account and by network.
 */
#include <string.h>

#include <arpa/inet.h>

#include "auth/credential.h"
#include "base/settings.h"
#include "store/store.h"

#include "auth_sql.h"

#define NETWORK_FACTOR	10	/* of a network's limit to an account's */
#define NETWORK_MIN	100

static const struct field account_fields[] = {
	MUST(account, wait_s, "Seconds to wait when there were too many."),
	MAY(account, user_id, "Whose name it is."),
	MAY(account, username, "As it is written."),
	MAY(account, name, "For people."),
	MAY(account, password_hash, "In PHC form."),
	MAY(account, tenant_id, "Where they work."),
	MAY(account, tenant_name, "Its name."),
	MAY(account, role, "What they may do.", .names = role_names),
	FIELDS_END
};

struct begun {
	bool	begun;
};

static const struct field begun_fields[] = {
	MUST(begun, begun, "Did a session begin?"),
	FIELDS_END
};

static const struct field login_in_fields[] = {
	MUST(login_in, username, "Case does not matter.", .max = 120,
	    .example = "\"demo\""),
	MUST(login_in, password, "Every byte matters.", .max = 1000,
	    .example = "\"demo123\""),
	MAY(login_in, tenant, "Which of your tenants; else the first you "
	    "joined."),
	FIELDS_END
};
const struct shape shape_login_in = SHAPE_DEF(login_in, login_in_fields);

/* ---- what is counted --------------------------------------------- */

/* An IPv6 customer has a /64 at least. */
str
login_network(struct arena *a, str client)
{
	struct in6_addr in;
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, arena_z(a, client), &in) != 1 ||
	    IN6_IS_ADDR_V4MAPPED(&in))
		return (client);
	memset(in.s6_addr + 8, 0, 8);
	if (inet_ntop(AF_INET6, &in, text, sizeof(text)) == NULL)
		return (client);
	return (arena_str(a, str_of(text)));
}

static int64_t
network_limit(void)
{
	int64_t n = settings.login_failures * NETWORK_FACTOR;

	return (n > NETWORK_MIN ? n : NETWORK_MIN);
}

static enum err
login_wait(struct call *c, int64_t seconds)
{
	meter_add(M_logins_failed_total, 1);
	reply_header(c, "retry-after", arena_printf(&c->f->arena, "%lld",
	    (long long)seconds));
	return (flow_fault(c->f, E_RATE, "too many log-ins failed: try again "
	    "in %lld s", (long long)seconds));
}

/* ---- outcomes ---------------------------------------------------- */

static enum err
login_refused(struct call *c, str username, str network)
{
	TRY(store_exec(c->f, &sql_auth_login_failed, NULL, STR(username),
	    STR(network)));
	meter_add(M_logins_failed_total, 1);
	LOG(LOG_INFORM, "login_failed", LS("client", c->client),
	    LS("request_id", c->f->request_id));
	return (flow_fault(c->f, E_UNAUTHENTICATED,
	    "user name or password are not right"));
}

/* What the database cannot hold is not kept of it. */
static str
user_agent(struct call *c)
{
	str s = c->user_agent;

	return (s.p != NULL && str_utf8(s) && memchr(s.p, '\0', s.n) == NULL ?
	    s : STR_NONE);
}

static enum err
login_begins(struct call *c, const struct account *ac, str network,
    str fresh, uuid session, str token, bool *begun)
{
	char hash[HEX_MAX];
	struct begun b;

	opaque_hash(token, hash);
	TRY(store_row(c->f, &sql_auth_login_done, SHAPE(begun), &b,
	    UUID(session), UUID(ac->user_id), UUID(ac->tenant_id),
	    STR(network), STR(user_agent(c)), STR(str_of(hash)),
	    LONG(settings.refresh_token_s), STR(ac->password_hash),
	    STR(fresh)));
	*begun = b.begun;
	return (OK);
}

static enum err
login_answer(struct call *c, const struct account *ac, uuid session,
    str token, bool cookie)
{
	struct names names = { .user_id = ac->user_id,
		.username = ac->username, .name = ac->name,
		.tenant_id = ac->tenant_id, .tenant_name = ac->tenant_name,
		.role = ac->role, .left_s = settings.access_token_s };

	meter_add(M_logins_total, 1);
	LOG(LOG_INFORM, "login", LS("client", c->client),
	    LS("request_id", c->f->request_id));
	if (cookie)
		reply_header(c, "set-cookie", cookie_text(&c->f->arena,
		    token));
	return (session_reply(c, session, &names, token));
}

static enum err
login(struct call *c, bool cookie)
{
	const struct login_in *in = c->body;
	str username = str_trim(in->username), network, fresh;
	uuid session = uuid_new();
	char token[OPAQUE_MAX];
	struct account ac;
	bool good;

	network = login_network(&c->f->arena, c->client);
	opaque_new(token);
	TRY(password_place(c->f));
	TRY(store_row(c->f, &sql_auth_login_begin, SHAPE(account), &ac,
	    STR(username), STR(network), UUID(in->tenant),
	    LONG(settings.login_failures), LONG(network_limit())));
	if (ac.wait_s > 0)
		return (login_wait(c, ac.wait_s));
	TRY(password_check(c->f, in->password, ac.password_hash, &good,
	    &fresh));
	if (good)
		TRY(login_begins(c, &ac, network, fresh, session,
		    str_of(token), &good));
	if (!good)
		return (login_refused(c, username, network));
	return (login_answer(c, &ac, session, str_of(token), cookie));
}

enum err
login_json(struct call *c)
{
	return (login(c, true));
}

/* A form can be sent from another site's page: it gets no cookie. */
enum err
login_form(struct call *c)
{
	return (login(c, false));
}
