/*
 * The browser's cookie. It holds the refresh token, which scripts cannot
 * read and other sites cannot have sent; it is written by hand because
 * nothing in it needs quoting.
 */
#include "auth/credential.h"
#include "base/settings.h"

static bool
secure(void)
{
	return (str_starts(str_of(settings.public_url), S("https://")));
}

/* A browser takes a name with __Host- only from this host, under TLS. */
str
cookie_name(void)
{
	return (secure() ? S("__Host-bursar_session") : S("bursar_session"));
}

str
cookie_text(struct arena *a, str token)
{
	str name = cookie_name();

	return (arena_printf(a, "%.*s=%.*s; Path=/; Max-Age=%lld; HttpOnly; "
	    "SameSite=Strict%s", STR_ARG(name), (int)token.n,
	    token.p != NULL ? token.p : "",
	    token.p != NULL ? (long long)settings.refresh_token_s : 0LL,
	    secure() ? "; Secure" : ""));
}

bool
cookie_site_ours(str sec_fetch_site)
{
	return (sec_fetch_site.n == 0 ||
	    str_eq_nocase(sec_fetch_site, S("same-origin")) ||
	    str_eq_nocase(sec_fetch_site, S("none")));
}
