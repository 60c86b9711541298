/*
 * Operators: those who may command what belongs to the installation and to
 * no tenant. They are named in the settings, by nobody else's word.
 */
#include "auth/credential.h"
#include "base/settings.h"

#include "auth_sql.h"

static bool
operator_named(str username)
{
	str list = str_of(settings.operators), one;

	while (str_cut(&list, ',', &one))
		if (str_eq_nocase(str_trim(one), username))
			return (true);
	return (false);
}

enum err
auth_operator(struct flow *f, bool *is)
{
	struct names n;
	enum err e;

	*is = false;
	if (settings.operators[0] == '\0' || !uuid_ok(f->who.session))
		return (OK);
	e = store_row(f, &sql_auth_session_names, &shape_names, &n,
	    UUID(f->who.session));
	if (e == OK)
		*is = operator_named(n.username);
	return (e == E_NOT_FOUND ? OK : e);
}
