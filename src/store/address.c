/*
 * Where the pool connects to, and what every session of it begins with.
 */
#include "base/settings.h"
#include "store/wire.h"

static const char *url;
static char options[512];

/*
 * client_connection_check_interval: a worker that dies must not leave locks
 * behind for as long as its statement would have run. jit: no statement here
 * runs for as long as it takes to compile one.
 */
void
address_set(const char *address)
{
	url = address;
	snprintf(options, sizeof(options),
	    "-c search_path=bursar,pg_temp -c timezone=UTC -c datestyle=ISO "
	    "-c default_transaction_isolation=read\\ committed "
	    "-c statement_timeout=%lld -c lock_timeout=%lld "
	    "-c idle_in_transaction_session_timeout=%lld "
	    "-c client_connection_check_interval=1000 -c jit=off",
	    (long long)settings.statement_timeout_ms,
	    (long long)settings.lock_timeout_ms,
	    (long long)settings.request_timeout_ms);
}

/* What the address itself says wins over what stands before it. */
PGconn *
address_dial(void)
{
	static const char *const keys[] = {
		"fallback_application_name", "gssencmode", "client_encoding",
		"tcp_user_timeout", "keepalives_idle", "dbname", "options",
		NULL
	};
	const char *const values[] = {
		"bursar", "disable", "UTF8", "5000", "30", url, options, NULL
	};

	return (PQconnectStartParams(keys, values, 1));
}
