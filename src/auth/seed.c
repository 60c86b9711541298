/*
 * Tenants and users made from the command line, over the owner's connection.
 * Doing it twice changes nothing.
 */
#include "auth/credential.h"
#include "store/store.h"

#include "auth_sql.h"

struct known {
	str	password_hash;
};

static const struct field known_fields[] = {
	MUST(known, password_hash, "In PHC form."),
	FIELDS_END
};

struct made {
	uuid	tenant_id, user_id;
};

static const struct field made_fields[] = {
	MUST(made, tenant_id, "The tenant."),
	MUST(made, user_id, "The user."),
	FIELDS_END
};

/* STR_NONE when the password is theirs already. */
static enum err
seed_hash(struct flow *f, str username, str password, str *hash)
{
	char text[AUTH_HASH_MAX];
	struct known known;
	bool good;
	enum err e;
	str fresh;

	*hash = STR_NONE;
	e = store_row(f, &sql_auth_seed_hash, SHAPE(known), &known,
	    STR(username));
	if (e == OK) {
		TRY(password_check(f, password, known.password_hash, &good,
		    &fresh));
		if (good)
			return (OK);
	} else if (e != E_NOT_FOUND)
		return (e);
	if (!auth_hash_password(password, text))
		return (E_MEMORY);
	*hash = arena_str(&f->arena, str_of(text));
	return (OK);
}

enum err
auth_seed(struct flow *f, str tenant, str username, str name, str password,
    enum role role, uuid *tenant_id, uuid *user_id)
{
	struct made made;
	str hash;

	username = str_trim(username);
	TRY(seed_hash(f, username, password, &hash));
	TRY(store_row(f, &sql_auth_seed, SHAPE(made), &made, STR(tenant),
	    STR(username), STR(name), STR(hash),
	    STR(str_of(role_names[role])), UUID(uuid_new()),
	    UUID(uuid_new())));
	*tenant_id = made.tenant_id;
	*user_id = made.user_id;
	return (OK);
}
